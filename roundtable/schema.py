"""The schema of the database: bring it up to date, and tell whether it is."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from roundtable.store.database import Database
from roundtable.store.tables import metadata

ROOT = Path(__file__).parent.parent
MIGRATION_LOCK = 7_245_901
"""The key of PostgreSQL's advisory lock under which migrations run, so that two processes do not migrate at once."""


def config(connection: sa.Connection | None = None) -> Config:
    """Return the configuration of Alembic, which stands in pyproject.toml."""
    found = Config(toml_file=str(ROOT / "pyproject.toml"))
    found.set_main_option("script_location", str(ROOT / "migrations"))
    found.attributes["connection"] = connection
    return found


def upgrade(database: Database) -> None:
    """Bring the tables of a database up to date, or change nothing."""
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        command.upgrade(config(connection), "head")


def is_current(database: Database) -> bool:
    """Tell whether a database has all migrations."""
    with database.reading() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(config()).get_current_head()


def is_empty(database: Database) -> bool:
    """Tell whether a database has no tables at all."""
    return not sa.inspect(database.engine).get_table_names()


def differences(database: Database) -> list[Any]:
    """Return how the tables of a database differ from what the code describes."""
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))
