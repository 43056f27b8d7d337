"""Reading the log: streams, pages, positions at an instant."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.corrections import Entry
from roundtable.store.columns import Id, Position
from roundtable.store.mapper import entry
from roundtable.store.recorder import LOG, Recorded
from roundtable.store.tables import event, log_head, read_model

PAGE = 5000


def head(connection: sa.Connection) -> int:
    """Return the last position of the log."""
    return connection.scalar(_head) or 0


class Reach(NamedTuple):
    """The last position of the log, and the read model that stopped first, if one did, with its position."""

    head: int
    stopped: str | None
    at: int | None


def reach(connection: sa.Connection) -> Reach:
    """Return how far the log goes, and how far all read models follow it."""
    return Reach._make(connection.execute(_reach).one())


def position_at(connection: sa.Connection, instant: str) -> int:
    """Return the last position recorded at or before an instant (in the form of `recorded_at`)."""
    return connection.scalar(_position_at, {"instant": instant}) or 0


def version_of(connection: sa.Connection, id: UUID) -> int:
    """Return how many events an object has; nought for an unknown one."""
    return connection.scalar(_version_of, {"id": str(id)}) or 0


def stream(connection: sa.Connection, id: UUID | str, upto: int | None = None) -> list[Entry]:
    """Return the events of one object in the order recorded, up to a position."""
    return [entry(row) for row in rows_of(connection, id, upto)]


def rows_of(connection: sa.Connection, id: UUID | str, upto: int | None = None) -> list[Recorded]:
    """Return the log rows of one object in the order recorded, up to a position."""
    about = {"id": str(id), "upto": 2**62 if upto is None else upto}
    return [Recorded._make(row) for row in connection.execute(_stream, about)]


def rows_of_all(connection: sa.Connection, ids: Iterable[str], upto: int) -> Iterator[Recorded]:
    """Yield the log rows of several objects, each object's in the order recorded, up to a position."""
    query = _recorded.where(event.c.originator_id.in_(list(ids)), event.c.position <= upto)
    for row in connection.execute(query.order_by(event.c.originator_id, event.c.originator_version)):
        yield Recorded._make(row)


def after(connection: sa.Connection, position: int, limit: int, aggregate: str | None = None) -> list[Recorded]:
    """Return the next events of the log, of one kind of aggregate or of all."""
    query = _recorded.where(event.c.position > position).order_by(event.c.position).limit(limit)
    if aggregate:
        query = query.where(event.c.aggregate == aggregate)
    return [Recorded._make(row) for row in connection.execute(query)]


def object_by_object(connection: sa.Connection, aggregate: str, page: int = PAGE) -> Iterator[Recorded]:
    """Yield all events of a kind of aggregate, each object's together and in the order recorded."""
    last: dict[str, Any] = {"id": "00000000-0000-0000-0000-000000000000", "version": 0}
    while True:
        found = connection.execute(_object_by_object, {**last, "aggregate": aggregate, "limit": page})
        events = [Recorded._make(row) for row in found]
        if not events:
            return
        yield from events
        last = {"id": events[-1].originator_id, "version": events[-1].originator_version}


_head = sa.select(log_head.c.position).where(log_head.c.log == LOG)
_reach = (
    sa.select(log_head.c.position, read_model.c.name, read_model.c.position)
    .outerjoin(read_model, read_model.c.position.is_not(None))
    .where(log_head.c.log == LOG)
    .order_by(read_model.c.position)
    .limit(1)
)
_position_at = (
    sa.select(event.c.position)
    .where(event.c.recorded_at <= sa.bindparam("instant"))
    .order_by(event.c.recorded_at.desc(), event.c.position.desc())
    .limit(1)
)
_version_of = sa.select(sa.func.max(event.c.originator_version)).where(event.c.originator_id == sa.bindparam("id"))
_recorded = sa.select(*(event.c[name] for name in Recorded._fields))
_stream = _recorded.where(
    event.c.originator_id == sa.bindparam("id"), event.c.position <= sa.bindparam("upto", type_=Position)
).order_by(event.c.originator_version)
_key = sa.tuple_(event.c.originator_id, event.c.originator_version)
_object_by_object = (
    _recorded.where(event.c.aggregate == sa.bindparam("aggregate"))
    .where(_key > sa.tuple_(sa.bindparam("id", type_=Id), sa.bindparam("version", type_=Position)))
    .order_by(event.c.originator_id, event.c.originator_version)
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
