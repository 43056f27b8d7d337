"""`roundtable check --export`: what a database shows follows from an export, or the difference is named."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from projections.commitments import ROWS
from roundtable.importing import ImportFailed
from roundtable.installation import Installation
from roundtable.replaying import replay
from roundtable.store.tables import event
from tests.exports.telling import exported, tells
from tests.harness import Person, migrated, pen
from tests.postgres import scratch


@pytest.fixture
def export(installation: Installation, secretary: Person, tmp_path: Path) -> Path:
    tells(secretary)
    return exported(installation, tmp_path)


def test_a_database_shows_what_follows_from_its_export_and_from_what_came_later(
    installation: Installation, secretary: Person, export: Path
) -> None:
    assert replay(installation, export).differences == ()
    secretary.does("/commitments/DEMO-ROAD/amend-amount", amount=pen("70.00"), reason="addendum 2")
    secretary.registers_organization()
    result = replay(installation, export)
    assert (result.compared, result.differences) == (True, ())
    assert result.rows > 10


def test_an_edited_read_model_is_named_with_both_values(
    installation: Installation, secretary: Person, export: Path
) -> None:
    with installation.database.writing() as connection:
        c = ROWS.table.c
        percent = sa.func.replace(c.state, '"percent":30', '"percent":99')
        connection.execute(ROWS.table.update().where(c.recorded_to > 2**62).values(state=percent))
    [difference] = replay(installation, export).differences
    assert difference.where.startswith("commitment ")
    assert difference.what == "state.percent is 99, the export says 30"


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda table: table.delete().where(table.c.recorded_to > 2**62), "the row is missing"),
        (lambda table: table.update().where(table.c.recorded_to > 2**62).values(amount=1), "amount is 1"),
    ],
    ids=["removed", "amount"],
)
def test_a_damaged_row_is_named(
    installation: Installation, export: Path, damage: Callable[[sa.Table], sa.Executable], what: str
) -> None:
    with installation.database.writing() as connection:
        connection.execute(damage(ROWS.table))
    [difference, *_] = replay(installation, export).differences
    assert what in difference.what


def test_a_row_that_no_entry_accounts_for_is_named(installation: Installation, export: Path) -> None:
    with installation.database.writing() as connection:
        row = dict(connection.execute(sa.select(ROWS.table).limit(1)).mappings().one())
        connection.execute(ROWS.table.insert(), row | {"id": "ffffffff-ffff-4fff-bfff-ffffffffffff"})
    [difference] = replay(installation, export).differences
    assert difference.what == "the log knows no such row"
    assert "ffffffff" in difference.where


@pytest.mark.parametrize("gone", [False, True], ids=["changed", "removed"])
def test_an_event_that_is_not_as_exported_is_named_by_its_position(
    installation: Installation, export: Path, *, gone: bool
) -> None:
    with installation.database.writing() as connection:
        third = event.c.position == 3
        changed = event.update().where(third).values(occurred_on="2001-01-01")
        connection.execute(event.delete().where(third) if gone else changed)
    [first, *_] = replay(installation, export).differences
    assert first.where == "event at position 3"
    assert "the database has another one" in first.what


def test_into_an_empty_database_an_export_is_only_replayed(export: Path) -> None:
    with scratch() as folder:
        empty = migrated(f"sqlite:///{folder}/empty.db")
        result = replay(empty, export)
        empty.close()
    assert (result.compared, result.rows, result.differences) == (False, 0, ())
    assert result.events > 6


def test_what_is_no_export_is_not_replayed(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"x")
    with pytest.raises(ImportFailed):
        replay(installation, tmp_path / "x.zip")


def test_a_replay_leaves_the_database_and_its_key_as_they_were(
    installation: Installation, secretary: Person, export: Path
) -> None:
    before = installation.log.signer.last()
    head = secretary.get("/organizations").headers["Roundtable-Position"]
    replay(installation, export)
    assert installation.log.signer.last() == before
    assert secretary.get("/organizations").headers["Roundtable-Position"] == head
