"""Every event is sealed in the transaction that appends it, whoever writes it, and so is what was there before."""

import sqlalchemy as sa
from alembic import command

from roundtable import schema
from roundtable.installation import Installation
from roundtable.log import tiles
from roundtable.store import log
from roundtable.store.entries import leaf
from roundtable.store.tables import event, log_head
from tests.harness import Person, migrated


def seals(installation: Installation) -> list[bytes]:
    with installation.database.reading() as connection:
        return tiles.leaves(connection, 0, log.head(connection))


def expected(installation: Installation) -> list[bytes]:
    with installation.database.reading() as connection:
        return [leaf(row) for row in log.after(connection, 0, 1000)]


def test_what_a_command_records_is_sealed_over_every_column_as_stored(
    installation: Installation, secretary: Person
) -> None:
    ministry = secretary.registers_organization(name="Ministerio de Educación – Ñuñoa", contact="Rosa Quispe")
    secretary.registers_commitment(ministry, title="Línea «uno» y dos")
    assert len(seals(installation)) == 2
    assert seals(installation) == expected(installation)


def test_any_change_of_any_column_breaks_the_seal(installation: Installation, secretary: Person) -> None:
    secretary.registers_organization()
    with installation.database.reading() as connection:
        (row,) = log.after(connection, 0, 10)
    sealed = seals(installation)[0]
    assert sealed == leaf(row)
    for name in row._fields:
        value = getattr(row, name)
        other = row._replace(**{name: value + 1 if isinstance(value, int) else value + " "})
        assert leaf(other) != sealed, name


def test_events_stored_before_the_log_was_sealed_are_sealed_by_the_migration(database_url: str) -> None:
    installation = migrated(database_url)
    person = Person.arrives(installation)
    for _ in range(3):
        person.registers_organization()
    before = expected(installation)
    with installation.database.writing() as connection:
        command.downgrade(schema.config(connection), "sessions")
        assert "leaf_hash" not in {column["name"] for column in sa.inspect(connection).get_columns("event")}
    schema.upgrade(installation.database)
    assert seals(installation) == before
    person.registers_organization()
    assert seals(installation) == expected(installation)
    installation.close()


def test_a_refused_append_leaves_no_seal(installation: Installation, secretary: Person) -> None:
    body = {"name": "One", "kind": "company", "code": "DEMO-ONE", "occurred_on": "2019"}
    assert secretary.post("/organizations", body).status_code == 201
    assert secretary.post("/organizations", body).status_code == 409
    with installation.database.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count(event.c.leaf_hash))) == 1
        assert connection.scalar(sa.select(log_head.c.position)) == 1
