"""The database is what the code describes, however many processes bring it there at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic import command

from roundtable import schema
from roundtable.checks import Check
from roundtable.installation import Installation
from roundtable.store import finding
from roundtable.store.database import Database
from roundtable.store.finding import Wanted
from tests.harness import Person


@pytest.fixture
def database(database_url: str):
    opened = Database(database_url, synchronous="OFF")
    yield opened
    opened.close()


def test_an_upgrade_from_nothing_makes_what_the_code_describes(database: Database) -> None:
    assert schema.is_empty(database)
    assert not schema.is_current(database)
    schema.upgrade(database)
    assert schema.is_current(database)
    assert schema.differences(database) == []


def test_a_difference_is_seen(database: Database) -> None:
    schema.upgrade(database)
    with database.writing() as connection:
        connection.execute(sa.text("DROP INDEX ix_commitment_newest"))
        connection.execute(sa.text("ALTER TABLE token ADD COLUMN purpose TEXT"))
    assert {difference[0] for difference in schema.differences(database)} == {"add_index", "remove_column"}


def test_a_downgrade_leaves_nothing_and_an_upgrade_works_again(database: Database) -> None:
    schema.upgrade(database)
    with database.writing() as connection:
        command.downgrade(schema.config(connection), "base")
    assert sa.inspect(database.engine).get_table_names() == ["alembic_version"]
    schema.upgrade(database)
    assert schema.differences(database) == []


def test_events_recorded_before_are_found_by_institution_after_an_upgrade(installation: Installation) -> None:
    organization = UUID(Person.arrives(installation).registers_organization())
    made = Person.arrives(installation, organization=organization).registers_commitment(str(organization))
    with installation.database.writing() as connection:
        command.downgrade(schema.config(connection), "transparency_log")
    schema.upgrade(installation.database)
    with installation.database.reading() as connection:
        found = finding.page(connection, Wanted(institution=organization), after=0, upto=9, limit=9)
        assert [row.position for row in found] == [made["position"]]
        assert Check(installation).run().finding is None


def test_an_upgrade_of_what_is_current_changes_nothing(database: Database) -> None:
    schema.upgrade(database)
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE log_head SET position = 7"))
    schema.upgrade(database)
    with database.reading() as connection:
        assert connection.scalar(sa.text("SELECT position FROM log_head")) == 7


def test_processes_that_migrate_at_once_do_not_disturb_each_other(database_url: str, database: Database) -> None:
    program = (
        "import sys; from roundtable import schema; from roundtable.store.database import Database;"
        "schema.upgrade(Database(sys.argv[1]))"
    )
    with ThreadPoolExecutor(3) as pool:
        arguments = [sys.executable, "-c", program, database_url]
        runs = [pool.submit(subprocess.run, arguments, capture_output=True, text=True, check=False) for _ in range(3)]
        assert [run.result().stderr for run in runs if run.result().returncode] == []
    assert schema.differences(database) == []
