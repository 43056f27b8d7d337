"""When read models fold: with every append while they follow, in pages when they were set aside, anew in a rebuild."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.aggregate import Aggregate
from domain.corrections import Entry, readings
from projections.base import PAGE, Projection
from projections.times import at
from roundtable.store import log
from roundtable.store.columns import Position
from roundtable.store.database import Database
from roundtable.store.mapper import entry
from roundtable.store.recorder import LOG
from roundtable.store.tables import log_head, metadata

progress = sa.Table(
    "projection",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False, comment="the shape of its rows"),
    sa.Column("position", Position, comment="where it stopped; null while it follows every append"),
    sa.Column("error", sa.Text),
)
Progress = Callable[[str, int, int], None]
"""Told the name of a read model, the events done and the events in all."""


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

    def __init__(self, database: Database, projections: Sequence[Projection]) -> None:
        """Keep these read models."""
        self.database = database
        self.projections: Mapping[str, Projection] = {p.kind.TOPIC: p for p in projections}
        self._names = {p.name: p for p in projections}

    def follow(self, connection: sa.Connection, kind: str, events: Sequence[tuple[str, Entry]]) -> None:
        """Fold events, just appended in this transaction, into the read model of their kind.

        :raises ProjectionFailed: it could not; the transaction is to be rolled back and the read model set aside.
        """
        projection = self.projections[kind]
        if not self.follows(connection, projection):
            return
        try:
            projection.apply(connection, events)
        except Exception as error:
            raise ProjectionFailed(projection.name) from error

    def follows(self, connection: sa.Connection, projection: Projection) -> bool:
        """Tell whether a read model has all events."""
        return connection.execute(_stopped, {"name": projection.name}).first() is None

    def set_aside(self, failure: ProjectionFailed) -> None:
        """Stop a read model at its position with its error, so that recording goes on without it."""
        with self.database.writing() as connection:
            head = connection.execute(_lock_head).scalar_one()
            about = {"error": repr(failure.__cause__), "position": head}
            connection.execute(progress.update().where(progress.c.name == failure.name).values(**about))

    def catch_up(self, name: str) -> None:
        """Fold, page by page, what a read model that was set aside has missed; then it follows again."""
        projection = self._names[name]
        while True:
            with self.database.writing() as connection:
                connection.execute(_lock_head).scalar_one()
                position = connection.scalar(_stopped, {"name": name})
                if position is None:
                    return
                page = log.after(connection, position, PAGE, projection.kind.TOPIC)
                projection.apply(connection, [(row.originator_id, entry(row)) for row in page])
                to = page[-1].position if len(page) == PAGE else None
                moved = progress.update().where(progress.c.name == name).values(position=to, error=None)
                connection.execute(moved)

    def rebuild(self, tell: Progress = lambda *_: None) -> None:
        """Fold the whole log into empty read models, in one maintenance transaction."""
        with self.database.writing() as connection:
            connection.execute(_lock_head).scalar_one()
            for projection in self._names.values():
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
        if not self.follows(connection, projection):
            return self._replayed(connection, kind, id, day, version)
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

    @staticmethod
    def _replayed(
        connection: sa.Connection, kind: type[Aggregate[Any]], id: UUID, day: str, version: int
    ) -> Loaded | None:
        stream = log.stream(connection, id)
        facts = readings(stream)
        if log.rows_of(connection, id, None)[0].aggregate != kind.TOPIC:
            return None
        return Loaded(version, kind.folded(f for f in facts if f.day.isoformat() <= day), kind.folded(facts))


_stopped = sa.select(progress.c.position).where(
    progress.c.name == sa.bindparam("name"), progress.c.position.is_not(None)
)
_lock_head = sa.select(log_head.c.position).where(log_head.c.log == LOG).with_for_update()
_count = sa.text("SELECT count(*) FROM event WHERE aggregate = :aggregate")
