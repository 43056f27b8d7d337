"""`roundtable check --export`: replay the entries of an export, and compare what follows with what a database shows."""

import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from roundtable import importing, schema
from roundtable.bootstrap import open_installation
from roundtable.checks import Finding, Tell
from roundtable.installation import Installation
from roundtable.store import bulk, log
from roundtable.store.entries import framed
from roundtable.store.recorder import LOG
from roundtable.store.tables import event, log_head
from roundtable.verify.archives import open_archive
from roundtable.verify.roots import bundles

MOST = 20
"""Differences that are named; the first tell where to look."""
SHOWN = 200
Rows = Iterator[tuple[Any, ...]]


class Replayed(NamedTuple):
    """What a replay went through, and what differs."""

    events: int
    rows: int
    compared: bool
    differences: tuple[Finding, ...]


def replay(installation: Installation, file: Path, tell: Tell = lambda *_: None) -> Replayed:
    """Replay an export in an installation of its own; compare events and read models with an installation.

    What the installation has recorded since the export is replayed as well, so that both stand at the same position.
    An empty installation is not compared: then only the replay is made.

    :raises ImportFailed: the export cannot be read, or its entries do not lead to its checkpoint.
    """
    with tempfile.TemporaryDirectory(prefix="roundtable-") as folder:
        url = f"sqlite:///{folder}/replay.db"
        settings = installation.settings._replace(
            database_url=url, sqlite_synchronous="OFF", log_key=f"{folder}/unused.key", log_policy=""
        )
        apart = open_installation(settings)
        try:
            return _Replay(installation, apart, tell).run(file)
        finally:
            apart.close()


class _Replay:
    def __init__(self, shown: Installation, apart: Installation, tell: Tell) -> None:
        self.shown, self.apart, self.tell = shown, apart, tell
        self.found: list[Finding] = []
        self.rows = 0

    def run(self, file: Path) -> Replayed:
        schema.upgrade(self.apart.database)
        size = importing.restore(self.apart, file, self.tell).size
        with self.shown.database.snapshot() as connection:
            head = log.head(connection)
            if head:
                self._events(connection, file, size)
                if not self.found:
                    self._append(connection, size)
            self.apart.projector.rebuild(self.tell)
            if head and not self.found:
                self._read_models(connection)
        return Replayed(max(size, head), self.rows, bool(head), tuple(self.found[:MOST]))

    def _events(self, connection: sa.Connection, file: Path, size: int) -> None:
        """Compare every stored event with its entry."""
        done = 0
        with open_archive(file) as archive:
            for entries in bundles(archive):
                rows = log.after(connection, done, len(entries))
                for position, (entry, row) in enumerate(zip_longest(entries, rows), done + 1):
                    if row is None or row.position != position or framed(row) != entry:
                        what = "the database has none" if row is None else "the database has another one"
                        self._differ(f"event at position {position}", f"the export has an entry, {what}")
                        if row is None or len(self.found) >= MOST:
                            return
                done += len(entries)
                self.tell("events", done, size)

    def _append(self, connection: sa.Connection, size: int) -> None:
        """Replay what was recorded since."""
        with self.apart.database.writing() as target:
            while rows := log.after(connection, size, log.PAGE):
                bulk.insert(target, event, [row.columns() for row in rows])
                size = rows[-1].position
                moved = log_head.update().where(log_head.c.log == LOG)
                target.execute(moved.values(position=size, recorded_at=rows[-1].recorded_at))

    def _read_models(self, connection: sa.Connection) -> None:
        with self.apart.database.reading() as replayed:
            for projection in self.shown.projector.projections.values():
                for table in (projection.rows.table, projection.rows.link):
                    self._table(table, _all(replayed, table), _all(connection, table))
        for name, error in self.shown.projector.errors().items():
            self._differ(f"read model {name}", f"set aside: {error}")

    def _table(self, table: sa.Table, replayed: Rows, shown: Rows) -> None:
        """Walk through two tables side by side, by their key."""
        keys = [table.columns.keys().index(column.name) for column in table.primary_key]

        def key(row: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
            return None if row is None else tuple(row[i] for i in keys)

        ours, theirs = next(replayed, None), next(shown, None)
        while (ours is not None or theirs is not None) and len(self.found) < MOST:
            a, b = key(ours), key(theirs)
            self.rows += 1
            where = f"{table.name} {' '.join(map(str, min(k for k in (a, b) if k is not None)))}"
            if a == b and ours is not None and theirs is not None:
                self._cells(table, where, ours, theirs)
                ours, theirs = next(replayed, None), next(shown, None)
            elif b is None or (a is not None and a < b):
                self._differ(where, "the row is missing")
                ours = next(replayed, None)
            else:
                self._differ(where, "the log knows no such row")
                theirs = next(shown, None)

    def _cells(self, table: sa.Table, where: str, ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> None:
        for name, mine, other in zip(table.columns.keys(), ours, theirs, strict=True):
            if mine != other:
                for field, said, shown in _parts(name, mine, other):
                    self._differ(where, f"{field} is {str(shown)[:SHOWN]}, the export says {str(said)[:SHOWN]}")

    def _differ(self, where: str, what: str) -> None:
        self.found.append(Finding(where, what))


def _parts(name: str, mine: Any, other: Any) -> list[tuple[str, Any, Any]]:
    """Name the fields of a state that differ, rather than the whole of it."""
    try:
        ours, theirs = (msgspec.json.decode(text, type=dict[str, Any]) for text in (mine, other))
    except (msgspec.MsgspecError, TypeError):
        return [(name, mine, other)]
    fields = [field for field in ours | theirs if ours.get(field) != theirs.get(field)]
    return [(f"{name}.{field}", ours.get(field), theirs.get(field)) for field in fields] or [(name, mine, other)]


def _all(connection: sa.Connection, table: sa.Table) -> Rows:
    """Yield a table in the order of its key, the same in both databases: texts by their bytes."""
    keys = [sa.collate(column, "C") if _is_text(column, connection) else column for column in table.primary_key]
    query = sa.select(table).order_by(*keys).execution_options(yield_per=log.PAGE)
    return (tuple(row) for row in connection.execute(query))


def _is_text(column: sa.Column[Any], connection: sa.Connection) -> bool:
    return connection.dialect.name == "postgresql" and isinstance(column.type, sa.Text)
