"""The recorder: appends events at gapless positions, in a transaction that read rows can share.

It implements the recorder interfaces of the `eventsourcing` library and passes its conformance cases. Positions come
from one head row, locked while they are given out, so a reader that saw position P has seen everything before it.
Every event is sealed as it is appended: its row holds the hash of its entry, the leaf at index position - 1.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple, cast
from uuid import UUID, uuid4

import sqlalchemy as sa
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    IntegrityError,
    Notification,
    ProcessRecorder,
    StoredEvent,
    Tracking,
)

from domain.errors import DomainError
from roundtable.store.columns import Position
from roundtable.store.database import Database, forget, remembered
from roundtable.store.entries import EventTooLarge, leaf
from roundtable.store.mapper import Body, institutions
from roundtable.store.tables import event, log_head, tracking

LOG = "main"
UNKNOWN = UUID(int=0)


class ClockBehind(DomainError):
    """The clock of the server is behind the last time that it recorded."""

    en = (
        "The clock says {now}, and the last fact was recorded at {last}. Nothing is recorded, as its time would not be "
        "true. Set the clock of the server right; if it was ahead before, recording goes on when it has caught up."
    )
    es = (
        "El reloj marca {now} y el último hecho se registró el {last}. No se registra nada, porque su hora no sería "
        "cierta. Corrija el reloj del servidor; si antes estaba adelantado, se podrá registrar cuando lo alcance."
    )


CLOCK_TOLERANCE = timedelta(minutes=5)
"""By so much a clock may be corrected backwards while recording goes on, at the last time recorded."""


class Recorded(NamedTuple):
    """One row of the log, columns as stored."""

    position: int
    event_id: str
    aggregate: str
    originator_id: str
    originator_version: int
    topic: str
    schema_version: int
    occurred_on: str
    recorded_at: str
    actor: str
    correlation: str
    body: str

    def columns(self) -> tuple[Any, ...]:
        """Return the whole row of the table: with the hash that seals it, and what is found by as its body says.

        :raises EventTooLarge: no log entry can hold it.
        """
        named = institutions(self.body)
        return (*self, leaf(self), named.actor_organization, named.on_behalf_of)


class Head(NamedTuple):
    """The end of the log: its last position, and when that was recorded."""

    position: int
    recorded_at: str


class Recorder(ProcessRecorder, ApplicationRecorder, AggregateRecorder):
    """The log in one database."""

    def __init__(self, database: Database, name: str = "roundtable") -> None:
        """Use a migrated database; `name` is the follower's whose tracking this records."""
        self.database, self.name = database, name

    def lock_head(self, connection: sa.Connection) -> int:
        """Keep other writers off the log until the transaction ends; return its last position."""
        return self._head(connection).position

    @staticmethod
    def _head(connection: sa.Connection) -> "Head":
        """Lock the head of the log, once in a transaction."""
        if "head" not in remembered(connection):
            forget(connection)
            remembered(connection)["head"] = Head(*connection.execute(_lock_head).one())
        return cast("Head", remembered(connection)["head"])

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        connection: sa.Connection | None = None,
        tracking: Tracking | None = None,
        **_: Any,
    ) -> Sequence[int] | None:
        """Append events in the caller's transaction, or in one of their own; return their positions.

        :raises IntegrityError: an event of that object and version is already there.
        :raises EventTooLarge: an event exceeds what a log entry may hold.
        """
        if not stored_events and tracking is None:
            return []
        own: AbstractContextManager[sa.Connection] = (
            self.database.writing() if connection is None else nullcontext(connection)
        )
        with own as conn:
            positions = self._append(conn, stored_events) if stored_events else []
            if tracking:
                self._track(conn, tracking)
        return positions

    def _append(self, connection: sa.Connection, stored: Sequence[StoredEvent]) -> list[int]:
        head = self._head(connection)
        now = _stamp(head.recorded_at)
        rows = [_row(position, now, s) for position, s in enumerate(stored, head.position + 1)]
        try:
            connection.execute(_insert, [dict(zip(_columns, row.columns(), strict=True)) for row in rows])
        except sa.exc.IntegrityError as error:
            raise IntegrityError(error) from error
        connection.execute(_move_head, {"to": rows[-1].position, "at": now})
        remembered(connection)["head"] = Head(rows[-1].position, now)
        return [row.position for row in rows]

    def select_events(
        self,
        originator_id: Any,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Return stored events of one object, by version."""
        version = event.c.originator_version
        query = sa.select(event).where(event.c.originator_id == str(originator_id))
        if gt is not None:
            query = query.where(version > gt)
        if lte is not None:
            query = query.where(version <= lte)
        query = query.order_by(version.desc() if desc else version).limit(limit)
        with self.database.reading() as connection:
            return [_stored(row) for row in connection.execute(query)]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Return events in log order, from a position on."""
        after = (start or 0) - (1 if inclusive_of_start else 0)
        query = sa.select(event).where(event.c.position > after).order_by(event.c.position).limit(limit)
        if stop is not None:
            query = query.where(event.c.position <= stop)
        if topics:
            query = query.where(event.c.topic.in_(topics))
        with self.database.reading() as connection:
            return [_notification(row) for row in connection.execute(query)]

    def max_notification_id(self) -> int | None:
        """Return the last position, or nothing while the log is empty."""
        with self.database.reading() as connection:
            return cast("int | None", connection.scalar(sa.select(sa.func.max(event.c.position))))

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Any:
        """Refuse: followers of this log read pages by position.

        :raises NotImplementedError: always.
        """
        raise NotImplementedError

    def insert_tracking(self, tracking: Tracking) -> None:
        """Record how far a follower has read.

        :raises IntegrityError: it had read that far already.
        """
        with self.database.writing() as connection:
            self._track(connection, tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        """Return how far a follower has read."""
        query = sa.select(tracking.c.position)
        query = query.where(tracking.c.name == self.name, tracking.c.upstream == application_name)
        with self.database.reading() as connection:
            return cast("int | None", connection.scalar(query))

    def _track(self, connection: sa.Connection, read: Tracking) -> None:
        about = {"name": self.name, "upstream": read.application_name, "position": read.notification_id}
        moved = connection.execute(_move_tracking, {f"its_{name}": value for name, value in about.items()}).rowcount
        if not moved:
            try:
                connection.execute(tracking.insert(), about)
            except sa.exc.IntegrityError as error:
                raise IntegrityError(error) from error


_lock_head = sa.select(log_head.c.position, log_head.c.recorded_at).where(log_head.c.log == LOG).with_for_update()
_move_head = (
    log_head.update()
    .where(log_head.c.log == LOG)
    .values(position=sa.bindparam("to", type_=Position), recorded_at=sa.bindparam("at"))
)
_insert = event.insert()
_columns = event.columns.keys()
_move_tracking = (
    tracking.update()
    .where(
        tracking.c.name == sa.bindparam("its_name"),
        tracking.c.upstream == sa.bindparam("its_upstream"),
        tracking.c.position < sa.bindparam("its_position"),
    )
    .values(position=sa.bindparam("its_position"))
)


def _stamp(last: str) -> str:
    """Return the time of recording: now, or the last one where the clock was corrected a little.

    :raises ClockBehind: the clock is too far behind.
    """
    clock = datetime.now(UTC)
    now = clock.isoformat(timespec="microseconds")
    if now < last and clock + CLOCK_TOLERANCE < datetime.fromisoformat(last):
        raise ClockBehind(now=now, last=last)
    return max(now, last)


def _row(position: int, recorded_at: str, stored: StoredEvent) -> Recorded:
    body = stored.state.decode()
    if len(stored.state) > EventTooLarge.MOST:
        raise EventTooLarge(len(stored.state))
    about = stored if isinstance(stored, Body) else Body.bare(stored)
    return Recorded(
        position,
        str(uuid4()),
        about.aggregate,
        str(stored.originator_id),
        stored.originator_version,
        stored.topic,
        about.schema_version,
        about.occurred_on or date.today().isoformat(),  # noqa: DTZ011 - only for events that are not ours
        recorded_at,
        str(about.actor),
        str(about.correlation),
        body,
    )


def _stored(row: sa.Row[Any]) -> StoredEvent:
    return StoredEvent(UUID(row.originator_id), row.originator_version, _versioned(row), row.body.encode())


def _notification(row: sa.Row[Any]) -> Notification:
    return Notification(
        UUID(row.originator_id), row.originator_version, _versioned(row), row.body.encode(), id=row.position
    )


def _versioned(row: sa.Row[Any]) -> str:
    return f"{row.topic}@{row.schema_version}" if row.schema_version > 1 else str(row.topic)
