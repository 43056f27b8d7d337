"""What an administration inherits: everything its institution stood in on the eve of its term, in any capacity.

Each kind of object is read at two moments, on the eve and now, joined by id. Nothing is copied.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from itertools import groupby
from operator import add
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.administration.types import AdministrationState, Term
from domain.commitment.types import Origin
from domain.types import Money, Source
from domain.values import Value
from projections import commitments, plans, projects
from projections.administrations import eve
from projections.inheritable import Inheritable
from projections.inherited_totals import CapacityTotal, kind_total, total
from projections.moment import Moment

SOURCES: tuple[Inheritable, ...] = (commitments.INHERITABLE, projects.INHERITABLE, plans.INHERITABLE)
"""Every kind of object that is inherited. Others plug in here."""
CAPACITIES = tuple(dict.fromkeys(capacity for source in SOURCES for capacity in source.capacities))
"""In the order in which an object is listed under them."""


PAGE = 500


class Provenance(Value, frozen=True, kw_only=True):
    """Where an object comes from: the table, session, minutes, item, page and words, and what is written down of it."""

    origin: Origin | None
    source: Source | None


class InheritedItem(Value, frozen=True, kw_only=True):
    """One inherited object in one capacity: on the eve of the term (`…_at_start`) and at the moment asked about.

    A kind with several independent states has all of them in `tracks`; `state` is then the first of them.
    """

    kind: str
    id: UUID
    version: int
    code: str | None
    title: str
    capacity: str
    state_at_start: str
    state: str
    changed: bool
    amount_at_start: Money | None
    amount: Money | None
    headline_at_start: Money | None
    deadline_at_start: date | None
    deadline: date | None
    overdue_at_start: bool
    overdue: bool
    provenance: Provenance
    illustrative: tuple[str, ...]
    tracks_at_start: dict[str, str] | None = None
    tracks: dict[str, str] | None = None


class Inheritance(Value, frozen=True, kw_only=True):
    """A page of what an administration inherited, with the totals of all pages."""

    administration: UUID
    institution: UUID
    term: Term
    at_start: date
    valid_at: date
    position: int
    items: tuple[InheritedItem, ...]
    totals: dict[str, CapacityTotal]
    next: str | None


class Filters(NamedTuple):
    """Which inherited items; nothing given means all."""

    kind: str | None = None
    capacity: str | None = None
    state: tuple[str, ...] = ()
    state_at_start: tuple[str, ...] = ()
    changed: bool | None = None
    overdue_at_start: bool | None = None
    but: frozenset[UUID] = frozenset()

    @property
    def looks_at_now(self) -> bool:
        """Tell whether the later moment decides."""
        return bool(self.state) or self.changed is not None


ALL = Filters()


class Span(NamedTuple):
    """The institution that inherits, and the two moments: on the eve of the term, and now."""

    institution: UUID
    start: Moment
    now: Moment


def span(state: AdministrationState, now: Moment) -> Span:
    """Return the two moments for an administration; before its term begins, both are the one asked about."""
    return between(state.institution, min(eve(state.term), now.day), now)


def between(institution: UUID, day: date, now: Moment) -> Span:
    """Return the two moments for a day that is not after `now`."""
    return Span(institution, now if day == now.day else now._replace(day=day, today=False), now)


class Found(NamedTuple):
    """One inherited object in one capacity, as a page lists it: objects by birth, capacities in their order."""

    source: Inheritable
    row: sa.Row[Any]
    sort: int

    @property
    def born(self) -> int:
        """The position at which the object entered the log."""
        return int(self.row.born)


def page(
    connection: sa.Connection, asked: Span, which: Filters, *, after: tuple[int, int] | None, limit: int
) -> list[Found]:
    """Return the next items after a capacity and the birth of an object."""
    ordinal, born = after or (len(CAPACITIES), 0)
    found = [
        Found(source, row, capacity)
        for source in _sources(which)
        for row in _objects(connection, _Held(source, asked, which), born, limit)
        for capacity in _capacities(row.mask)
        if (row.born, capacity) > (born, ordinal)
    ]
    return sorted(found, key=lambda one: (one.born, one.sort))[:limit]


def _objects(connection: sa.Connection, held: "_Held", born: int, limit: int) -> Iterable[sa.Row[Any]]:
    """Find the objects of a page first; then read both states of these alone."""
    keys = held.select(held.start.c.id, held.start.c.born, held.mask.label("mask"))
    some = keys.where(held.start.c.born >= born).order_by(held.start.c.born).limit(limit + 1).subquery("some")
    start, now = (held.source.rows.table.alias(name) for name in ("at_start", "at_now"))
    both = some.join(start, sa.and_(start.c.id == some.c.id, held.asked.start.selects(start.c)))
    both = both.join(now, sa.and_(now.c.id == some.c.id, held.asked.now.selects(now.c)))
    states = (start.c.version, start.c.state.label("before"), now.c.state.label("after"))
    return connection.execute(sa.select(some, *states).select_from(both))


class _Held:
    """What an institution held on the eve: its links lead to the objects, and filters narrow them."""

    def __init__(self, source: Inheritable, asked: Span, which: Filters) -> None:
        self.source, self.asked, self.which = source, asked, which
        self.start = source.rows.table.alias("held")
        self.now = source.rows.table.alias("held_now") if which.looks_at_now else None
        capacities = [c for c in source.capacities if which.capacity in (None, c)]
        links = {f"{capacity}:{asked.institution}": CAPACITIES.index(capacity) for capacity in capacities}
        link = source.rows.link.c
        self._ever = self.start.c.id.in_(sa.select(link.id).where(link.link.in_(list(links))))
        has = {ordinal: self.start.c.links.contains(f"|{name}|", autoescape=True) for name, ordinal in links.items()}
        self._has = sa.or_(*has.values())
        bits = (sa.case((condition, 1 << ordinal), else_=0) for ordinal, condition in has.items())
        self.mask: sa.ColumnElement[int] = reduce(add, bits)

    def select(self, *columns: Any) -> sa.Select[Any]:
        """Select of the steps on the eve in which the institution stood."""
        query = sa.select(*columns).where(self._ever, self._has, self.asked.start.selects(self.start.c))
        if self.now is not None:
            query = query.where(self.now.c.id == self.start.c.id, self.asked.now.selects(self.now.c))
        return query.where(*self._filters())

    def _filters(self) -> Iterator[sa.ColumnElement[bool]]:
        which = self.which
        if which.but:
            yield self.start.c.id.not_in([str(id) for id in sorted(which.but)])
        if which.state_at_start:
            yield self.source.in_states(self.start.c, which.state_at_start)
        if which.overdue_at_start is not None:
            late = self.source.overdue(self.start.c, self.asked.start.day)
            yield late if which.overdue_at_start else sa.not_(late)
        if self.now is not None and which.state:
            yield self.source.in_states(self.now.c, which.state)
        if self.now is not None and which.changed is not None:
            differs = self.now.c.state != self.start.c.state
            yield differs if which.changed else sa.not_(differs)


def _capacities(mask: int) -> Iterator[int]:
    return (ordinal for ordinal in range(len(CAPACITIES)) if mask >> ordinal & 1)


def item(found: Found, asked: Span) -> InheritedItem:
    """Return the view of an item."""
    source, row, ordinal = found
    before = source.about(source.rows.decode(row.before), asked.start.day)
    after = source.about(source.rows.decode(row.after), asked.now.day)
    return InheritedItem(
        kind=source.kind,
        id=UUID(row.id),
        version=row.version,
        code=after.code,
        title=after.title,
        capacity=CAPACITIES[ordinal],
        state_at_start=before.state,
        state=after.state,
        changed=row.before != row.after,
        amount_at_start=before.amount,
        amount=after.amount,
        headline_at_start=before.headline,
        deadline_at_start=before.deadline,
        deadline=after.deadline,
        overdue_at_start=before.overdue,
        overdue=after.overdue,
        provenance=Provenance(origin=before.origin, source=before.source),
        illustrative=tuple(sorted({*before.illustrative, *after.illustrative})),
        tracks_at_start=dict(before.tracks) if before.tracks else None,
        tracks=dict(after.tracks) if after.tracks else None,
    )


def everything(connection: sa.Connection, asked: Span, which: Filters = ALL) -> Iterator[InheritedItem]:
    """Yield all items in the order of pages."""
    after = None
    while rows := page(connection, asked, which, after=after, limit=PAGE):
        yield from (item(row, asked) for row in rows)
        after = (rows[-1].sort, rows[-1].born)


def objects(connection: sa.Connection, asked: Span, wanted: Iterable[tuple[str, UUID]]) -> set[tuple[str, UUID]]:
    """Return which of some objects, by kind and id, the institution stood in on the day."""
    found = set()
    for kind, group in groupby(sorted(wanted), key=lambda pair: pair[0]):
        for source in _sources(Filters(kind=kind)):
            source.projection.must_follow(connection)
            held = _Held(source, asked, Filters())
            ids = [str(id) for _, id in group]
            query = held.select(held.start.c.id).where(held.start.c.id.in_(ids))
            found |= {(kind, UUID(id)) for id in connection.scalars(query)}
    return found


def digest_of(items: Iterable[InheritedItem]) -> str:
    """Return the SHA-256 digest of items: a line for each, of kind, id, capacity, state and version."""
    digest = hashlib.sha256()
    for one in items:
        digest.update(f"{one.kind} {one.id} {one.capacity} {one.state} {one.version}\n".encode())
    return digest.hexdigest()


def totals(connection: sa.Connection, asked: Span, which: Filters) -> dict[str, CapacityTotal]:
    """Return the totals of each capacity in which something was inherited, kind by kind, as on the eve."""
    sums: dict[int, dict[str, list[sa.Row[Any]]]] = defaultdict(lambda: defaultdict(list))
    for source in _sources(which):
        for row in connection.execute(_sums(source, asked, which)):
            for ordinal in _capacities(row.mask):
                sums[ordinal][source.kind].append(row)
    kinds = {source.kind: source for source in SOURCES}
    return {
        CAPACITIES[ordinal]: total({kind: kind_total(kinds[kind], rows) for kind, rows in sums[ordinal].items()})
        for ordinal in sorted(sums)
    }


def _sums(source: Inheritable, asked: Span, which: Filters) -> sa.Select[Any]:
    """Select counts and amounts by capacities, state and currency; a kind without amounts has none."""
    held = _Held(source, asked, which)
    c = held.start.c
    late = sa.case((source.overdue(c, asked.start.day), 1), else_=0)
    amount, headline = (c.get(name, sa.cast(sa.null(), sa.BigInteger)) for name in ("amount", "headline"))
    currency = c.get("currency", sa.cast(sa.null(), sa.Text))
    query = held.select(
        held.mask.label("mask"),
        c.status,
        currency.label("currency"),
        sa.func.count().label("objects"),
        sa.func.sum(late).label("overdue"),
        sa.func.sum(amount).label("amount"),
        sa.func.sum(headline).label("headline"),
    )
    return query.group_by(sa.text("mask"), c.status, currency)


def _sources(which: Filters) -> list[Inheritable]:
    return [s for s in SOURCES if which.kind in (None, s.kind) and which.capacity in (None, *s.capacities)]
