"""Run migrations on the database of the settings, or on a connection handed in by the command line."""

from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

import projections.administrations
import projections.commitments
import projections.logs
import projections.minutes
import projections.organizations
import projections.participatory_budgets
import projections.plans
import projections.projector
import projections.projects
import projections.roundtables
import projections.sessions
import projections.transitions  # noqa: F401 - the read models add their tables to the metadata
from roundtable.settings import Settings
from roundtable.store.columns import AsText
from roundtable.store.database import Database
from roundtable.store.tables import metadata


def migrate() -> None:
    """Run migrations in one transaction."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _run(connection)
        return
    database = Database(Settings.from_environment().database_url)
    with database.writing() as own:
        _run(own)
    database.close()


def _render(kind: str, item: object, about: AutogenContext) -> str | Literal[False]:
    """Write our column types by name."""
    if kind == "type" and isinstance(item, AsText):
        about.imports.add(f"from roundtable.store.columns import {item!r}")
        return repr(item)
    return False


def _run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_render,
    )
    with context.begin_transaction():
        context.run_migrations()


migrate()
