"""What was frozen in an inventory and is not inherited any more: voided since, begun later, or passed to others."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Literal, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.types import Money
from domain.values import Value
from projections.held import CAPACITIES, Filters, Span, steps
from projections.inheritable import Inheritable
from projections.listing import place_of
from projections.moment import Moment
from roundtable.store import log
from roundtable.store.mapper import entry
from roundtable.store.recorder import Recorded


class Cause(Value, frozen=True, kw_only=True):
    """The fact by which an object left an inheritance: a void, a correction, or what passed it to others."""

    position: int
    topic: str
    occurred_on: date
    reason: str | None


class Gone(Value, frozen=True, kw_only=True):
    """An object that was frozen in one capacity and is not inherited in it, as it stood at the cut-off.

    `why` is `voided` where it was entered in error, `begun_later` where it began after the eve by what is known now,
    `no_longer_held` where the institution did not stand in it any more on the eve.
    """

    kind: str
    id: UUID
    version: int
    code: str | None
    title: str
    capacity: str
    state_at_cut_off: str
    amount_at_cut_off: Money | None
    deadline_at_cut_off: date | None
    why: Literal["voided", "begun_later", "no_longer_held"]
    by: Cause | None
    illustrative: tuple[str, ...]


class Lost(NamedTuple):
    """An object that left in one capacity: objects by birth, capacities in their order."""

    source: Inheritable
    row: sa.Row[Any]
    sort: int

    @property
    def born(self) -> int:
        """The position at which the object entered the log."""
        return int(self.row.born)


def count(connection: sa.Connection, asked: Span, which: Filters) -> int:
    """Return how many objects and capacities are gone since the cut-off; none without a frozen inventory."""
    return sum(1 for source in which.sources for _ in _lost(connection, source, asked, which, (0, 0), None))


def page(
    connection: sa.Connection, asked: Span, which: Filters, *, after: tuple[int, int] | None, limit: int | None
) -> list[Lost]:
    """Return the next that are gone, after a capacity and the birth of an object."""
    ordinal, born = after or (len(CAPACITIES), 0)
    found = [one for s in which.sources for one in _lost(connection, s, asked, which, (born, ordinal), limit)]
    return sorted(found, key=lambda one: (one.born, one.sort))[:limit]


def shown(connection: sa.Connection, lost: Lost, asked: Span) -> Gone:
    """Return the view of something that is gone."""
    source, row, ordinal = lost
    then = asked.compared
    about = source.about(source.rows.decode(row.state), then.day)
    why: Literal["voided", "begun_later", "no_longer_held"] = "no_longer_held"
    if row.later is None:
        why = "begun_later" if _step(connection, source, row.id, asked.now._replace(today=True)) else "voided"
    return Gone(
        kind=source.kind,
        id=UUID(row.id),
        version=row.version,
        code=about.code,
        title=about.title,
        capacity=CAPACITIES[ordinal],
        state_at_cut_off=about.state,
        amount_at_cut_off=about.amount,
        deadline_at_cut_off=about.deadline,
        why=why,
        by=_cause(connection, source, row, CAPACITIES[ordinal], asked),
        illustrative=about.illustrative,
    )


def _lost(
    connection: sa.Connection,
    source: Inheritable,
    asked: Span,
    which: Filters,
    after: tuple[int, int],
    limit: int | None,
) -> Iterator[Lost]:
    if asked.cut_off is None:
        return
    names = {c: f"{c}:{asked.institution}" for c in source.capacities if which.capacity in (None, c)}
    query = _query(source, asked, asked.cut_off, names).where(steps(source, "at_cut_off").c.born >= after[0])
    for row in connection.execute(query if limit is None else query.limit(limit + 1)):
        for capacity, name in names.items():
            sort = CAPACITIES.index(capacity)
            if f"|{name}|" in row.links and f"|{name}|" not in (row.later or "") and (row.born, sort) > after:
                yield Lost(source, row, sort)


def _query(source: Inheritable, asked: Span, cut_off: Moment, names: dict[str, str]) -> sa.Select[Any]:
    """Select what was held at the cut-off and, by what is known now, is not on the eve."""
    then, eve, link = steps(source, "at_cut_off"), steps(source, "held"), source.rows.link.c
    lost = sa.or_(
        *(
            sa.and_(
                place_of(then.c.links, f"|{name}|") > 0, sa.func.coalesce(place_of(eve.c.links, f"|{name}|"), 0) == 0
            )
            for name in names.values()
        )
    )
    both = then.outerjoin(eve, sa.and_(eve.c.id == then.c.id, asked.start.selects(eve.c)))
    query = sa.select(then.c.id, then.c.born, then.c.version, then.c.state, then.c.links, eve.c.links.label("later"))
    ever = then.c.id.in_(sa.select(link.id).where(link.link.in_(list(names.values()))))
    return query.select_from(both).where(cut_off.selects(then.c), ever, lost).order_by(then.c.born)


def _cause(
    connection: sa.Connection, source: Inheritable, row: sa.Row[Any], capacity: str, asked: Span
) -> Cause | None:
    """Return the first fact after which the object was not held on the eve: recorded later, else of a later day."""
    frozen, mark = asked.compared, f"|{capacity}:{asked.institution}|"
    facts = log.rows_of(connection, row.id, asked.now.position)

    def lacks(at: Moment) -> bool:
        return mark not in (_step(connection, source, row.id, at) or "")

    at_freezing = Moment(frozen.position, asked.start.day, all_known=False, today=False)
    if lacks(at_freezing):
        known = [
            fact for fact in facts if fact.position <= frozen.position and fact.occurred_on > frozen.day.isoformat()
        ]
        days = sorted(known, key=lambda fact: (fact.occurred_on, fact.position))
        return _first(days, lambda fact: lacks(at_freezing._replace(day=date.fromisoformat(fact.occurred_on))))
    later = [fact for fact in facts if fact.position > frozen.position]
    return _first(later, lambda fact: lacks(at_freezing._replace(position=fact.position)))


def _first(facts: Iterable[Recorded], ended: Callable[[Recorded], bool]) -> Cause | None:
    fact = next(filter(ended, facts), None)
    if fact is None:
        return None
    told = entry(fact).event
    return Cause(position=fact.position, topic=fact.topic, occurred_on=told.occurred_on, reason=told.context.reason)


def _step(connection: sa.Connection, source: Inheritable, id: str, at: Moment) -> str | None:
    """Return the links of the step of an object at a moment; nothing where there is none."""
    c = source.rows.table.c
    found: str | None = connection.scalar(sa.select(c.links).where(c.id == id, at.selects(c)))
    return found
