"""Finding events: by who recorded them, for which institution, about what, and when."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from roundtable.store.recorder import Recorded
from roundtable.store.tables import event

_RECORDED = tuple(event.c[name] for name in Recorded._fields)


class Wanted(NamedTuple):
    """Which events; nothing given means all. `occurred_until` is the last day wanted."""

    actor: UUID | None = None
    institution: UUID | None = None
    """The actor's own, or the one spoken for."""
    actor_organization: UUID | None = None
    on_behalf_of: UUID | None = None
    aggregate: str | None = None
    id: UUID | None = None
    topic: tuple[str, ...] = ()
    correlation: UUID | None = None
    occurred_from: date | None = None
    occurred_until: date | None = None


def page(connection: sa.Connection, wanted: Wanted, *, after: int, upto: int, limit: int) -> list[Recorded]:
    """Return the next events of the log that are wanted, after a position and up to another."""
    where = [event.c.position > after, event.c.position <= upto, *_conditions(wanted)]
    if wanted.institution is None:
        query = _ordered(where, limit)
    else:
        # Two walks along an index each, rather than one that gathers all that either index leads to.
        named = str(wanted.institution)
        own, other = event.c.actor_organization, event.c.on_behalf_of
        spoken = sa.and_(other == named, sa.or_(own != named, own.is_(None)))
        both = sa.union_all(*(sa.select(_ordered([*where, c], limit).subquery()) for c in (own == named, spoken)))
        query = both.order_by("position").limit(limit)  # type: ignore[assignment]
    return [Recorded._make(row) for row in connection.execute(query)]


def _ordered(where: Iterable[sa.ColumnElement[bool]], limit: int) -> sa.Select[Any]:
    return sa.select(*_RECORDED).where(*where).order_by(event.c.position).limit(limit)


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    c = event.c
    equal = (
        (c.actor, wanted.actor),
        (c.actor_organization, wanted.actor_organization),
        (c.on_behalf_of, wanted.on_behalf_of),
        (c.aggregate, wanted.aggregate),
        (c.originator_id, wanted.id),
        (c.correlation, wanted.correlation),
    )
    where = [column == str(value) for column, value in equal if value is not None]
    if wanted.topic:
        where.append(c.topic == wanted.topic[0] if len(wanted.topic) == 1 else c.topic.in_(wanted.topic))
    happened = []
    if wanted.occurred_from:
        happened.append(c.occurred_on >= wanted.occurred_from.isoformat())
    if wanted.occurred_until:
        happened.append(c.occurred_on <= wanted.occurred_until.isoformat())
    if happened:
        # SQLite cannot tell how narrow a period is, and would rather walk along the whole log.
        where.append(c.position.in_(sa.select(c.position).where(*happened).correlate(None)))
    return where
