"""Fresh databases for a measurement, with durable commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

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
