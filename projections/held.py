"""What an institution held on the eve of a term: the steps of that day in which it stood, narrowed by filters."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, cached_property, reduce
from operator import add
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from projections import commitments, plans, projects
from projections.inheritable import Inheritable
from projections.listing import place_of
from projections.moment import Moment
from projections.times import OPEN, literal
from roundtable.store.columns import Position

SOURCES: tuple[Inheritable, ...] = (commitments.INHERITABLE, projects.INHERITABLE, plans.INHERITABLE)
"""Every kind of object that is inherited. Others plug in here."""
CAPACITIES = tuple(dict.fromkeys(capacity for source in SOURCES for capacity in source.capacities))
"""In the order in which an object is listed under them."""
_POSITION: Any = sa.bindparam("position", type_=Position)
MANY = 1000
"""An institution that ever stood in more objects than these is looked for object by object, in the order of a page."""


class Filters(NamedTuple):
    """Which inherited items; nothing given means all. `only` and `but` name objects, the rest is as the API says."""

    kind: str | None = None
    capacity: str | None = None
    state: tuple[str, ...] = ()
    state_at_start: tuple[str, ...] = ()
    changed: bool | None = None
    changed_since_cut_off: bool | None = None
    overdue_at_start: bool | None = None
    overdue: bool | None = None
    closed_before: int | None = None
    amended_before: int | None = None
    never_verified: bool | None = None
    but: frozenset[UUID] = frozenset()
    only: frozenset[UUID] | None = None

    @property
    def sources(self) -> list[Inheritable]:
        """The kinds that can be among them."""
        return [s for s in SOURCES if self.kind in (None, s.kind) and self.capacity in (None, *s.capacities)]


ALL = Filters()


class Span(NamedTuple):
    """The institution that inherits, and the two moments: on the eve of the term, and now.

    `cut_off` is the moment of the inventory that was frozen for the handover, where there is one.
    """

    institution: UUID
    start: Moment
    now: Moment
    cut_off: Moment | None = None

    @property
    def compared(self) -> Moment:
        """The moment that later changes are compared with: of the frozen inventory, else the eve."""
        return self.cut_off or self.start

    def at(self, position: Any) -> "Span":
        """Return the same days as known at another position, which may be a parameter."""
        start, now = (one._replace(position=position, all_known=False) for one in (self.start, self.now))
        return self._replace(start=start, now=now)

    @property
    def anywhere(self) -> "Span":
        """The same days at a position that is a parameter: queries made of it serve every position, see `bound`."""
        start, now = (one._replace(position=_POSITION) for one in (self.start, self.now))
        return self._replace(start=start, now=now)

    @property
    def bound(self) -> dict[str, Any]:
        """The parameter of queries made of `anywhere`."""
        return {_POSITION.key: self.now.position}


@cache
def steps(source: Inheritable, name: str) -> Any:
    """Return the steps of a kind under a name; to make an alias anew costs more than to read a page."""
    return source.rows.table.alias(name)


@cache
def _some_links(source: Inheritable) -> sa.Select[Any]:
    link = source.rows.link.c
    some = sa.select(link.id).where(link.link.in_(sa.bindparam("links", expanding=True))).limit(MANY + 1)
    return sa.select(sa.func.count()).select_from(some.subquery("some"))


class Held:
    """What an institution held on the eve: its links lead to the objects, and filters narrow them."""

    def __init__(self, source: Inheritable, asked: Span, which: Filters) -> None:
        """Look for one kind of object."""
        self.source, self.asked, self.which = source, asked, which
        self.start, self.now, self.later = (steps(source, name) for name in ("held", "held_now", "held_later"))
        capacities = [c for c in source.capacities if which.capacity in (None, c)]
        self._links = {f"{capacity}:{asked.institution}": CAPACITIES.index(capacity) for capacity in capacities}

    @cached_property
    def mask(self) -> sa.ColumnElement[int]:
        """The capacities in which the institution stood, bit by bit."""
        links = self.start.c.links
        bits = (
            sa.case((place_of(links, f"|{name}|") > literal(0), literal(1 << n)), else_=literal(0))
            for name, n in self._links.items()
        )
        return reduce(add, bits)

    @property
    def ever(self) -> sa.ColumnElement[bool]:
        """Select the objects in which the institution ever stood."""
        link = self.source.rows.link.c
        found: sa.ColumnElement[bool] = self.start.c.id.in_(sa.select(link.id).where(link.link.in_(list(self._links))))
        return found

    def count(self, connection: sa.Connection) -> int:
        """Return in how many objects the institution ever stood, as far as `MANY` and one more."""
        return connection.scalar(_some_links(self.source), {"links": list(self._links)}) or 0

    @property
    def stood(self) -> sa.ColumnElement[bool]:
        """Select the steps in which the institution stood."""
        stands: sa.ColumnElement[bool] = self.mask > literal(0)
        return stands

    def select(self, *columns: Any) -> sa.Select[Any]:
        """Select of the steps on the eve that filters leave.

        What the steps of now must be like is asked of each object: joined, they would be read first, all of them.
        """
        query = sa.select(*columns).where(self.asked.start.selects(self.start.c))
        if so := list(self._as_now()):
            now = self.now.c
            found = sa.select(sa.literal(1)).where(now.id == self.start.c.id, self.asked.now.selects(now), *so)
            query = query.where(found.exists())
        return query.where(*self._as_named(), *self._as_at_start(), *self._as_before())

    def _as_named(self) -> Iterator[sa.ColumnElement[bool]]:
        if self.which.but:
            yield self.start.c.id.not_in([str(id) for id in sorted(self.which.but)])
        if self.which.only is not None:
            yield self.start.c.id.in_([str(id) for id in sorted(self.which.only)])

    def _as_at_start(self) -> Iterator[sa.ColumnElement[bool]]:
        which = self.which
        if which.state_at_start:
            yield self.source.in_states(self.start.c, which.state_at_start)
        if which.overdue_at_start is not None:
            yield _either(self.source.overdue(self.start.c, self.asked.start.day), which.overdue_at_start)

    def _as_now(self) -> Iterator[sa.ColumnElement[bool]]:
        which, now = self.which, self.now.c
        if which.state:
            yield self.source.in_states(now, which.state)
        if which.overdue is not None:
            yield _either(self.source.overdue(now, self.asked.now.day), which.overdue)
        if which.changed is not None:
            yield _either(now.state != self.start.c.state, which.changed)
        if which.changed_since_cut_off is not None:
            yield _either(sa.not_(self.as_at_cut_off(self.start.c, now)), which.changed_since_cut_off)

    def as_at_cut_off(self, start: Any, now: Any) -> sa.ColumnElement[bool]:
        """Select the steps of now that say what was said at the cut-off."""
        if self.asked.cut_off is None:
            same: sa.ColumnElement[bool] = now.state == start.state
            return same
        then = steps(self.source, "at_cut_off").c
        found = sa.select(sa.literal(1)).where(then.id == now.id, then.state == now.state)
        return found.where(self.asked.cut_off.selects(then)).exists()

    def _as_before(self) -> Iterator[sa.ColumnElement[bool]]:
        """Select by the days before the eve, as known at the moment asked about."""
        which, source, start = self.which, self.source, self.start.c
        if which.closed_before is not None:
            yield source.closed(start)
            yield self._was(lambda c: sa.not_(source.closed(c)), _before(self.asked.compared.day, which.closed_before))
        if which.amended_before is not None:
            first = _before(self.asked.start.day, which.amended_before)
            yield self._was(lambda c: source.amended(c, start), first)
        if which.never_verified is not None:
            yield _either(sa.not_(self._was(source.verified, None)), which.never_verified)

    def _was(self, so: Any, after: date | None) -> sa.ColumnElement[bool]:
        """Select objects of which something was so at some time: on the eve, or on an earlier day after one."""
        step, at = steps(self.source, "was").c, self.asked.start
        known = step.replaced_at == literal(OPEN) if at.all_known else step.replaced_at > at.position
        query = sa.select(sa.literal(1)).where(step.id == self.start.c.id, step.recorded_from <= at.position, known)
        query = query.where(step.valid_from <= at.day.isoformat(), so(step))
        if after is not None:
            query = query.where(sa.or_(step.recorded_to > at.position, step.valid_to > after.isoformat()))
        return query.exists()


def _before(day: date, days: int) -> date:
    return day - timedelta(days=min(days, day.toordinal() - 1))


def _either(condition: sa.ColumnElement[bool], wanted: bool) -> sa.ColumnElement[bool]:  # noqa: FBT001 - a filter
    return condition if wanted else sa.not_(condition)


def capacities_of(mask: int) -> Iterable[int]:
    """Return the capacities of a mask by their place in `CAPACITIES`."""
    return (ordinal for ordinal in range(len(CAPACITIES)) if mask >> ordinal & 1)
