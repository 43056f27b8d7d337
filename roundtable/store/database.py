"""One database, SQLite or PostgreSQL: connections for reading, transactions for writing."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from psycopg.errors import LockNotAvailable
from psycopg.types.string import TextLoader


class Database:
    """A database and the way to write to it."""

    def __init__(self, url: str, *, synchronous: str = "FULL") -> None:
        """Open a database by its URL; `synchronous` is SQLite's (FULL survives a power cut, NORMAL the process)."""
        self.url = sa.make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url, synchronous) if self.is_sqlite else _postgresql(self.url)
        self._writer = self.engine.execution_options(writes=True)
        # One writer at a time holds the head of the log. Those of one process queue here rather than at the database:
        # SQLite would make them poll, and on PostgreSQL they would compete with the writer for the interpreter.
        self._turn = threading.Lock()

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """Open a connection for reading."""
        return self.engine.connect()

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """Open a connection whose reads all see the same moment, whatever is written meanwhile."""
        options: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Open a transaction that may write; it is committed at the end, or rolled back by any exception."""
        with self._turn, self._writer.begin() as connection:
            yield connection

    def locked(self, connection: sa.Connection, tables: Iterable[sa.Table]) -> bool:
        """Keep everybody else out of tables until the transaction ends; not if that takes more than a moment.

        Others may hold these tables and wait for what this transaction holds: let go, and try again later. SQLite
        needs no lock of its own: a transaction that may write is the only one.
        """
        if self.is_sqlite:
            return True
        names = ", ".join(table.name for table in tables)
        try:
            with connection.begin_nested():
                connection.exec_driver_sql("SET LOCAL lock_timeout = '200ms'")
                connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
                connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        except sa.exc.OperationalError as error:
            if isinstance(error.orig, LockNotAvailable):
                return False
            raise
        return True

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def remembered(connection: sa.Connection) -> dict[str, Any]:
    """Return what the transaction has read and may rely on until it ends, since it holds the head of the log."""
    found: dict[str, Any] = connection.info.setdefault("remembered", {})
    return found


def forget(connection: sa.Connection) -> None:
    """Rely on nothing read before: a transaction begins, takes the head of the log, or has gone back to a savepoint."""
    connection.info["remembered"] = {}


def _sqlite(url: sa.URL, synchronous: str) -> sa.Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"check_same_thread": False, "timeout": 30}, pool_size=40)

    @sa.event.listens_for(engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "cache_size=-16384"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        forget(connection)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


def _postgresql(url: sa.URL) -> sa.Engine:
    # A plan made without knowing position and day, as for prepared statements, can be a hundred times slower.
    options = "-c timezone=UTC -c plan_cache_mode=force_custom_plan"
    engine = sa.create_engine(url, pool_size=40, max_overflow=10, connect_args={"options": options})

    @sa.event.listens_for(engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        for name in ("uuid", "date"):
            connection.adapters.register_loader(name, TextLoader)
        connection.adapters.register_loader("timestamptz", _InstantLoader)

    sa.event.listen(engine, "begin", forget)
    return engine


class _InstantLoader(TextLoader):
    """Read an instant in the form in which it is written: with a T, six decimals and an offset of +00:00."""

    def load(self, data: Any) -> str:
        text = bytes(data).decode()
        day, _, clock = text.partition(" ")
        whole, _, fraction = clock.removesuffix("+00").partition(".")
        return f"{day}T{whole}.{fraction:0<6}+00:00"
