"""`roundtable check` replays everything, and names the row that somebody damaged."""

import pytest
import sqlalchemy as sa

from domain.aggregate import KINDS
from projections.commitments import ROWS
from roundtable.checks import Check, Finding
from roundtable.installation import Installation
from roundtable.store.tables import event
from tests.harness import Person, pen


@pytest.fixture
def story(secretary: Person) -> str:
    """An announcement with an item that was amended late, corrected and partly voided; the id of the item."""
    ministry = secretary.registers_organization(code="MTC")
    headline = {"amount": pen(100), "projects": 2}
    whole = secretary.registers_commitment(ministry, headline=headline, code="DEMO-ALL")
    item = secretary.registers_commitment(ministry, part_of=whole["id"], amount=pen(60), sector="transport")["id"]
    path = f"/commitments/{item}"
    secretary.does(f"{path}/start", occurred_on="2019-03-01")
    secretary.does(f"{path}/report-progress", percent=40, occurred_on="2019-05-01")
    secretary.does(f"{path}/report-progress", percent=10, occurred_on="2019-04-01")
    amended = secretary.does(f"{path}/amend-amount", amount=pen(50), reason="addendum", occurred_on="2019-04-15")
    secretary.corrects(path, amended["position"], {"amount": pen(55)})
    secretary.voids(path, secretary.does(f"{path}/report-progress", percent=90, occurred_on="2019-06-01")["position"])
    return str(item)


def found(installation: Installation) -> Finding | None:
    return Check(installation).run().finding


def damage(installation: Installation, statement: str, **values: object) -> None:
    with installation.database.writing() as connection:
        assert connection.execute(sa.text(statement), values).rowcount > 0


def test_a_sound_installation_passes_with_everything_compared(installation: Installation, story: str) -> None:
    result = Check(installation).run()
    assert result.finding is None
    assert (result.events, result.objects) == (10, 3)
    assert result.rows > 10


@pytest.mark.parametrize("column", ["actor_organization", "on_behalf_of"])
def test_an_event_that_would_be_found_for_another_institution_is_named(
    installation: Installation, story: str, column: str
) -> None:
    with installation.database.writing() as connection:
        connection.execute(event.update().where(event.c.position == 4).values({column: event.c.originator_id}))
    finding = found(installation)
    assert finding is not None
    assert finding.where == "event at position 4"
    assert finding.what.startswith(f"column {column}")


@pytest.mark.parametrize(
    ("column", "value"), [("amount", 1), ("status", "fulfilled"), ("links", "|"), ("state", "{}"), ("version", 99)]
)
def test_a_damaged_read_row_is_named_with_its_column(
    installation: Installation, story: str, column: str, value: object
) -> None:
    with installation.database.writing() as connection:
        connection.execute(ROWS.table.update().where(ROWS.table.c.id == story).values({column: value}))
    finding = found(installation)
    assert finding is not None
    assert f"commitment {story}" in finding.where
    assert finding.what.startswith(column)


def test_a_removed_read_row_is_missed(installation: Installation, story: str) -> None:
    damage(installation, "DELETE FROM commitment WHERE id = :id AND recorded_to = 9223372036854775807", id=story)
    finding = found(installation)
    assert finding is not None
    assert story in finding.where
    assert "missing" in finding.what


def test_an_invented_read_row_is_noticed(installation: Installation, story: str) -> None:
    with installation.database.writing() as connection:
        connection.execute(
            ROWS.link.insert(), {"link": "sector:transport", "id": "00000000-0000-4000-8000-000000000000"}
        )
    finding = found(installation)
    assert finding is not None
    assert "no such object" in finding.what


def test_a_removed_link_is_missed(installation: Installation, story: str) -> None:
    damage(installation, "DELETE FROM commitment_link WHERE link = 'sector:transport'")
    finding = found(installation)
    assert finding is not None
    assert finding.what.endswith("sector:transport")


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE event SET occurred_on = '2001-01-01' WHERE position = 4", "occurred_on"),
        ("UPDATE event SET body = '{}' WHERE position = 4", "cannot be read"),
        ("UPDATE event SET topic = 'commitment.unheard-of' WHERE position = 4", "unknown topic"),
        ("UPDATE log_head SET position = 99", "says 99"),
        ("DELETE FROM event WHERE position = 4", "position 4 is missing"),
    ],
)
def test_a_damaged_log_is_noticed(installation: Installation, story: str, statement: str, what: str) -> None:
    damage(installation, statement)
    finding = found(installation)
    assert finding is not None
    assert what in f"{finding.where} {finding.what}"


def test_a_rebuild_repairs_damaged_read_rows(installation: Installation, story: str) -> None:
    damage(installation, "UPDATE commitment SET amount = 1")
    assert found(installation) is not None
    told: list[tuple[str, int, int]] = []
    installation.projector.rebuild(lambda *what: told.append(what))
    assert found(installation) is None
    read_models = installation.projector.projections
    assert read_models.keys() == KINDS.keys()
    assert {name for name, _, _ in told} == {read_model.name for read_model in read_models.values()}
