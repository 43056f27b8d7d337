"""Fresh databases for a measurement, with durable commits."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import sqlalchemy as sa

from tests.postgres import Server

Kind = Literal["sqlite", "postgresql"]


@contextmanager
def databases(kind: Kind, folder: Path, *names: str) -> Iterator[dict[str, str]]:
    """Make empty databases in a folder and give their addresses; on PostgreSQL, in one server with fsync on.

    The folder should have a short path, be on a real disk, and be open to others where PostgreSQL is run by root.
    """
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "sqlite":
        yield {name: f"sqlite:///{folder / name}.db" for name in names}
        return
    server = Server.start(folder, durable=True)
    try:
        yield {name: server.new_database() for name in names}
    finally:
        server.stop()


def named(url: str) -> str:
    """Return the name and version of the database at an address."""
    if url.startswith("sqlite"):
        return f"SQLite {sqlite3.sqlite_version}"
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        version = str(connection.scalar(sa.text("SHOW server_version")))
    engine.dispose()
    return f"PostgreSQL {version}"


def key_file(url: str) -> Path:
    """Return where a test keeps the key of a log: beside its database, in a folder that goes when the test ends."""
    parsed = sa.make_url(url)
    folder = Path(str(parsed.query.get("host") or Path(parsed.database or "").parent))
    return folder / f"{Path(parsed.database or '').name}.keys" / "log.key"
