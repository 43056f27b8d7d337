"""When read models fold: with every append while they follow, in pages when they were set aside, anew in a rebuild."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.aggregate import Aggregate
from domain.corrections import Entry, readings
from projections.base import PAGE, Projection
from projections.times import at
from roundtable.store import log
from roundtable.store.database import Database, remembered
from roundtable.store.mapper import entry
from roundtable.store.recorder import LOG
from roundtable.store.tables import event, log_head
from roundtable.store.tables import read_model as progress

Progress = Callable[[str, int, int], None]
"""Told the name of a read model, the events done and the events in all."""
PATIENCE = 0.3
"""Seconds to let others finish before a rebuild asks for its tables again."""


class ProjectionFailed(Exception):
    """A read model could not fold an event."""

    def __init__(self, name: str) -> None:
        """Name the read model."""
        super().__init__(name)
        self.name = name


class Loaded(NamedTuple):
    """An object as a command finds it: its version, its state on a day, and its state after all its facts."""

    version: int
    state: Any
    newest: Any


class Projector:
    """Keeps the read models of one database in step with its log."""

    def __init__(self, database: Database, projections: Sequence[Projection], page: int = PAGE) -> None:
        """Keep these read models; those set aside catch up by so many events at a time."""
        self.database, self.page = database, page
        self.projections: Mapping[str, Projection] = {p.kind.TOPIC: p for p in projections}
        self._names = {p.name: p for p in projections}

    def follow(self, connection: sa.Connection, kind: str, events: Sequence[tuple[str, Entry]]) -> None:
        """Fold events, just appended in this transaction, into the read model of their kind.

        :raises ProjectionFailed: it could not; the transaction is to be rolled back and the read model set aside.
        """
        projection = self.projections[kind]
        if not projection.follows(connection):
            # Rows of another shape would look complete to the software that wrote them.
            _stop(connection, projection.name, events[0][1].position - 1, "its rows are of another shape")
            return
        with _blamed(projection):
            projection.apply(connection, events)

    def set_aside(self, failure: ProjectionFailed) -> None:
        """Stop a read model with its error, so that recording goes on without it.

        It stops where the log ends: it followed so far, or somebody stopped it before.
        """
        with self.database.writing() as connection:
            head = connection.execute(_lock_head).scalar_one()
            _stop(connection, failure.name, head, repr(failure.__cause__))

    def catch_up(self, name: str) -> None:
        """Fold, page by page, what a read model that was set aside has missed; then it follows again.

        :raises ProjectionFailed: it failed again and stays aside, where it stopped now; or its rows are of another
            shape and need a rebuild.
        """
        projection = self._names[name]
        if name in self.outdated():
            raise ProjectionFailed(name)
        try:
            while self._next_page(projection):
                pass
        except ProjectionFailed as failure:
            with self.database.writing() as connection:
                known = progress.update().where(progress.c.name == name, progress.c.position.is_not(None))
                connection.execute(known.values(error=repr(failure.__cause__)))
            raise

    def _next_page(self, projection: Projection) -> bool:
        """Fold the next page of what a read model has missed; tell whether there may be more."""
        with self.database.writing() as connection:
            connection.execute(_lock_head).scalar_one()
            this = progress.c.name == projection.name
            position = connection.scalar(sa.select(progress.c.position).where(this))
            if position is None:
                return False
            page = log.after(connection, position, self.page, projection.kind.TOPIC)
            with _blamed(projection):
                projection.apply(connection, [(row.originator_id, entry(row)) for row in page])
            to = page[-1].position if len(page) == self.page else None
            done = {"position": to} if to else {"position": None, "error": None}
            connection.execute(progress.update().where(this).values(**done))
            return to is not None

    def rebuild(self, tell: Progress = lambda *_: None) -> None:
        """Fold the whole log into empty read models, in one maintenance transaction."""
        tables = [table for p in self._names.values() for table in (p.rows.table, p.rows.link)]
        while True:
            with self.database.writing() as connection:
                connection.execute(_lock_head).scalar_one()
                if self.database.locked(connection, tables):
                    for projection in self._names.values():
                        self._rebuild(connection, projection, tell)
                    return
            time.sleep(PATIENCE)

    @staticmethod
    def _rebuild(connection: sa.Connection, projection: Projection, tell: Progress) -> None:
        total = connection.scalar(_count, {"aggregate": projection.kind.TOPIC}) or 0
        for done in projection.rebuild(connection):
            tell(projection.name, done, total)
        connection.execute(progress.delete().where(progress.c.name == projection.name))
        connection.execute(progress.insert().values(name=projection.name, fingerprint=projection.fingerprint))

    def outdated(self) -> list[str]:
        """Return the read models whose rows are missing or of another shape; they need a rebuild."""
        with self.database.reading() as connection:
            known = {row.name: row.fingerprint for row in connection.execute(sa.select(progress))}
        return [p.name for p in self._names.values() if known.get(p.name) != p.fingerprint]

    def errors(self) -> dict[str, str]:
        """Return the read models that were set aside, each with its error."""
        with self.database.reading() as connection:
            found = connection.execute(sa.select(progress).where(progress.c.position.is_not(None)))
            return {row.name: f"{row.error} (stopped at position {row.position})" for row in found}

    def load(self, connection: sa.Connection, kind: type[Aggregate[Any]], id: UUID, day: str) -> Loaded | None:
        """Return an object as known now: on a day, and after all its facts. Nothing for an unknown id."""
        projection = self.projections[kind.TOPIC]
        version = log.version_of(connection, id)
        if not version:
            return None
        if not projection.follows(connection):
            return _replayed(connection, kind, id, day, version)
        row = projection.rows.table
        newest = connection.execute(sa.select(row).where(row.c.id == str(id), at(row.c))).first()
        if newest is None:
            known = log.rows_of(connection, id, None)[0].aggregate == kind.TOPIC
            return Loaded(version, None, None) if known else None
        state = after = projection.rows.decode(newest.state)
        if day < newest.valid_from:
            past = connection.execute(sa.select(row.c.state).where(row.c.id == str(id), at(row.c, day=day))).first()
            state = projection.rows.decode(past.state) if past else None
        return Loaded(version, state, after)


def _replayed(connection: sa.Connection, kind: type[Aggregate[Any]], id: UUID, day: str, version: int) -> Loaded | None:
    rows = log.rows_of(connection, id)
    if rows[0].aggregate != kind.TOPIC:
        return None
    facts = readings([entry(row) for row in rows])
    return Loaded(version, kind.folded(f for f in facts if f.day.isoformat() <= day), kind.folded(facts))


@contextmanager
def _blamed(projection: Projection) -> Iterator[None]:
    """Turn what goes wrong into the failure of a read model; where the database itself fails, its error stays.

    :raises ProjectionFailed: something went wrong.
    """
    try:
        yield
    except sa.exc.OperationalError:
        raise
    except Exception as error:
        raise ProjectionFailed(projection.name) from error


def _stop(connection: sa.Connection, name: str, position: int, error: str) -> None:
    """Set a read model aside at a position unless it was before."""
    following = progress.update().where(progress.c.name == name, progress.c.position.is_(None))
    connection.execute(following.values(position=position, error=error))
    remembered(connection).pop("progress", None)


_lock_head = sa.select(log_head.c.position).where(log_head.c.log == LOG).with_for_update()
_count = sa.select(sa.func.count()).where(event.c.aggregate == sa.bindparam("aggregate"))
