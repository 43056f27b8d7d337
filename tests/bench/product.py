"""Ours, prepared for a measurement: a migrated installation, filled with a made-up log, and served over HTTP."""

import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from uuid import UUID

import sqlalchemy as sa

from domain.organization import Organization
from roundtable import schema, tokens
from roundtable.bootstrap import open_installation
from roundtable.commands import creation
from roundtable.installation import Installation
from roundtable.settings import Settings
from roundtable.store import bulk
from roundtable.store.database import Database
from roundtable.store.recorder import LOG
from roundtable.store.tables import event, log_head
from roundtable.tokens import Caller
from tests.bench import servers
from tests.bench.databases import key_file
from tests.bench.dataset import Dataset
from tests.bench.http import Side

Tell = Callable[[str], None]
BATCH = 5000
COMMAND = [sys.executable, "-m", "roundtable.cli", "serve", "--port", servers.PORT]


@contextmanager
def opened(url: str) -> Iterator[Installation]:
    """Open an installation on a database with the settings of production, bringing it up to date first."""
    installation = open_installation(Settings(database_url=url, log_key=str(key_file(url))))
    try:
        schema.upgrade(installation.database)
        if installation.projector.outdated():
            installation.projector.rebuild()
        yield installation
    finally:
        installation.close()


def caller(installation: Installation, secret: str) -> Caller:
    """Return who a token belongs to."""
    with installation.database.reading() as connection:
        found = tokens.caller(connection, secret)
    assert found is not None, "the token was made a moment ago"
    return found


@contextmanager
def serving(url: str) -> Iterator[Side]:
    """Serve a database as `roundtable serve` does, with a new token and a new organization."""
    with opened(url) as installation:
        token = tokens.create(installation.database, "secretariat")
        organization = register_organization(installation, caller(installation, token))
    key = str(key_file(url))
    with servers.serving(COMMAND, ready="/healthz", ROUNDTABLE_DATABASE_URL=url, ROUNDTABLE_LOG_KEY=key) as port:
        yield Side(port, token, str(organization))


def register_organization(installation: Installation, who: Caller) -> UUID:
    """Register an organization and return its id."""
    register = creation(Organization)
    name = f"Institución {secrets.token_hex(4)}"
    body = register.body.model_validate({"name": name, "kind": "national_government", "occurred_on": "1990"})
    return installation.app.execute(register, body, caller=who).id


def fill(installation: Installation, dataset: Dataset, tell: Tell) -> int:
    """Put a made-up log into an empty installation and rebuild its read models; return the last position."""
    rows, position = dataset.rows(), 0
    while page := list(islice(rows, BATCH)):
        position = page[-1].position
        with installation.database.writing() as connection:
            bulk.insert(connection, event, [row.columns() for row in page])
            moved = log_head.update().where(log_head.c.log == LOG)
            connection.execute(moved.values(position=position, recorded_at=page[-1].recorded_at))
        tell(f"loading: {position:,} events")
    installation.projector.rebuild(lambda name, done, total: tell(f"building {name}: {done:,} of {total:,} events"))
    settle(installation.database)
    return position


def settle(database: Database) -> None:
    """Do at once what a database does by itself in time: clean up, collect statistics, write to the disk."""
    ours = ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)")
    for statement in ours if database.is_sqlite else ("VACUUM ANALYZE", "CHECKPOINT"):
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text(statement))
