"""`roundtable check` follows every entry to its seal, the tiles and every checkpoint, and names what does not fit."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from roundtable.checks import Check, Finding
from roundtable.installation import Installation
from roundtable.store.entries import leaf
from roundtable.store.recorder import Recorded
from roundtable.store.tables import event, log_checkpoint, log_tile, log_tree
from roundtable.verify.notes import Note
from tests.harness import Person
from tests.verify.keys import signer


@pytest.fixture
def sealed(installation: Installation, secretary: Person) -> Installation:
    """Facts under two checkpoints, and one more that none covers yet."""
    for _ in range(2):
        secretary.registers_organization()
        installation.log.checkpoint(force=True)
    secretary.registers_organization()
    assert found(installation) is None
    return installation


def found(installation: Installation) -> Finding | None:
    return Check(installation).run().finding


def run(statement: str) -> Callable[[sa.Connection], Any]:
    return lambda connection: connection.execute(sa.text(statement))


def resealed(connection: sa.Connection) -> None:
    """Change an event and its seal alike."""
    row = connection.execute(sa.select(event).where(event.c.position == 2)).mappings().one()
    changed = {name: row[name] for name in Recorded._fields} | {"event_id": "00000000-0000-4000-8000-000000000000"}
    seal = leaf(Recorded(**changed))
    connection.execute(event.update().where(event.c.position == 2).values(**changed, leaf_hash=seal))


def signed_by_another(connection: sa.Connection) -> None:
    row = connection.execute(sa.select(log_checkpoint).where(log_checkpoint.c.number == 1)).one()
    note = Note.parse(row.note.encode())
    forged = bytes(Note(note.text, (signer(note.text.partition("\n")[0]).sign(note.text),))).decode()
    connection.execute(log_checkpoint.update().where(log_checkpoint.c.number == 1).values(note=forged))


def flipped(connection: sa.Connection) -> None:
    held = connection.scalar(sa.select(log_tile.c.hashes))
    assert held is not None
    changed = bytes(held[:40]) + bytes((held[40] ^ 1,)) + bytes(held[41:])
    connection.execute(log_tile.update().values(hashes=changed))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (run("UPDATE event SET event_id = '00000000-0000-4000-8000-000000000000' WHERE position = 2"), "position 2"),
        (run("UPDATE event SET leaf_hash = NULL WHERE position = 2"), "position 2: it is not sealed"),
        (resealed, "the entries lead to"),
        (flipped, "log tile 0 of level 0: hash 1"),
        (run("DELETE FROM log_tile"), "log tile 0 of level 0: it is missing"),
        (lambda c: c.execute(log_tile.insert(), {"level": 1, "n": 0, "hashes": b"x" * 32}), "log tiles: there are 2"),
        (lambda c: c.execute(log_tree.update().values(size=99)), "hold 99 leaves"),
        (run("UPDATE log_checkpoint SET root = 'ab' WHERE number = 1"), "checkpoint 1 of size"),
        (run("UPDATE log_checkpoint SET size = 99 WHERE number = 1"), "covers 99 of"),
        (run("UPDATE log_checkpoint SET note = 'x' WHERE number = 1"), "cannot be read"),
        (run("UPDATE log_tree SET origin = 'example.org/x'"), "not of example.org/x"),
        (signed_by_another, "none of the keys in the log has signed it"),
    ],
    ids=["event", "unsealed", "resealed", "tile", "missing", "extra", "tree", "root", "size", "note", "origin", "key"],
)  # fmt: skip
def test_what_does_not_fit_is_named(sealed: Installation, damage: Callable[[sa.Connection], Any], told: str) -> None:
    with sealed.database.writing() as connection:
        damage(connection)
    finding = found(sealed)
    assert finding is not None
    assert told in f"{finding.where}: {finding.what}"


def test_a_log_made_anew_from_changed_events_does_not_continue_what_was_signed(sealed: Installation) -> None:
    with sealed.database.writing() as connection:
        resealed(connection)
        for table in (log_tile, log_checkpoint):
            connection.execute(table.delete())
        connection.execute(log_tree.update().values(size=0))
    finding = found(sealed)
    assert finding is not None
    assert "not those that were signed" in finding.what


def test_a_log_of_several_tiles_and_levels_is_checked_whole(sqlite_installation: Installation) -> None:
    person = Person.arrives(sqlite_installation)
    organization = person.registers_organization()
    for n in range(270):
        person.does(f"/organizations/{organization}/rename", name=f"Name {n}")
        if n % 100 == 0:
            sqlite_installation.log.checkpoint(force=True)
    sqlite_installation.log.checkpoint(force=True)
    assert found(sqlite_installation) is None
    with sqlite_installation.database.writing() as connection:
        connection.execute(log_tile.update().where(log_tile.c.level == 1).values(hashes=b"x" * 32))
    finding = found(sqlite_installation)
    assert finding is not None
    assert finding.where == "log tile 0 of level 1"
