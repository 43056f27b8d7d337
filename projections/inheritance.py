"""What an administration inherits: everything its institution stood in on the eve of its term, in any capacity.

Each kind of object is read at two moments, on the eve and now, joined by id. Nothing is copied.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.administration.types import AdministrationState, Term
from domain.commitment.types import Origin
from domain.types import Act, Money, Source
from domain.values import Value
from projections.administrations import eve
from projections.gone import Gone
from projections.held import ALL, CAPACITIES, MANY, SOURCES, Filters, Held, Span, capacities_of, steps
from projections.inheritable import Inheritable
from projections.inherited_totals import CapacityTotal, totals
from projections.moment import Moment

__all__ = [
    "ALL", "CAPACITIES", "SOURCES", "Decided", "Filters", "Found", "Inheritance", "InheritedItem", "Span", "Told",
    "between", "digest_of", "everything", "item", "objects", "page", "span", "totals",
]  # fmt: skip
PAGE = 500


class Provenance(Value, frozen=True, kw_only=True):
    """Where an object comes from: the table, session, minutes, item, page and words, and what is written down of it."""

    origin: Origin | None
    source: Source | None


class Decided(Value, frozen=True, kw_only=True):
    """What the incoming administration decided of an object: a later fact, which leaves the object as it was."""

    transition: UUID
    decision: str
    reason: str
    act: Act
    occurred_on: date
    revised: int


class InheritedItem(Value, frozen=True, kw_only=True):
    """One inherited object in one capacity: on the eve of the term (`…_at_start`) and at the moment asked about.

    `changed` compares these two; `changed_since_cut_off` compares with the frozen inventory, where there is one. A kind
    with several independent states has all of them in `tracks`; `state` is then the first of them.
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
    changed_since_cut_off: bool = False
    inherited_from: UUID | None = None
    decision: Decided | None = None


class Inheritance(Value, frozen=True, kw_only=True):
    """A page of what an administration inherited, with the totals of all pages.

    `inherited_from` is the administration before it. `cut_off` is that of the inventory which the transition froze.
    Asked for what changed since then, `gone_count` says how much of the inventory is not inherited any more, and the
    first page holds as much of that in `gone` as it holds items; `…/gone` lists all. Totals leave it out.
    """

    administration: UUID
    institution: UUID
    term: Term
    at_start: date
    valid_at: date
    position: int
    items: tuple[InheritedItem, ...]
    totals: dict[str, CapacityTotal]
    next: str | None
    inherited_from: UUID | None = None
    transition: UUID | None = None
    cut_off: date | None = None
    gone_count: int | None = None
    gone: tuple[Gone, ...] = ()


def span(state: AdministrationState, now: Moment, cut_off: Moment | None = None) -> Span:
    """Return the two moments for an administration; before its term begins, both are the one asked about."""
    return between(state.institution, min(eve(state.term), now.day), now, cut_off)


def between(institution: UUID, day: date, now: Moment, cut_off: Moment | None = None) -> Span:
    """Return the two moments for a day that is not after `now`."""
    return Span(institution, now if day == now.day else now._replace(day=day, today=False), now, cut_off)


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
    connection: sa.Connection,
    asked: Span,
    which: Filters,
    *,
    after: tuple[int, int] | None,
    limit: int,
    known: Mapping[str, CapacityTotal] | None = None,
) -> list[Found]:
    """Return the next items after a capacity and the birth of an object; totals that are `known` spare questions."""
    ordinal, born = after or (len(CAPACITIES), 0)
    found = [
        Found(source, row, capacity)
        for source in which.sources
        for row in _objects(connection, source, asked, which, born, limit, known)
        for capacity in capacities_of(row.mask)
        if (row.born, capacity) > (born, ordinal)
    ]
    return sorted(found, key=lambda one: (one.born, one.sort))[:limit]


def _objects(
    connection: sa.Connection,
    source: Inheritable,
    asked: Span,
    which: Filters,
    born: int,
    limit: int,
    known: Mapping[str, CapacityTotal] | None,
) -> Iterable[sa.Row[Any]]:
    if known is None:
        count = Held(source, asked, which).count(connection)
    else:
        count = max((total.of(source.kind) for total in known.values()), default=0)
    if not count:
        return ()
    query = _listed(source, asked.anywhere, which, count > MANY)
    return connection.execute(query, {"born": born, "most": limit + 1, **asked.bound})


@lru_cache(maxsize=64)
def _listed(source: Inheritable, asked: Span, which: Filters, many: bool) -> sa.Select[Any]:  # noqa: FBT001 - a key
    """Find the objects of a page first, with their states on the eve; then the later states of those that have one.

    The pages of a list share the query.
    """
    held = Held(source, asked, which)
    c = held.start.c
    stands = sa.case((asked.now.selects(c), 1), else_=0).label("stands")
    keys = held.select(c.id, c.born, c.version, c.state.label("before"), held.mask.label("mask"), stands).where(
        held.stood
    )
    if not many:
        keys = keys.where(held.ever)
    found = keys.where(c.born >= sa.bindparam("born")).order_by(c.born).limit(sa.bindparam("most")).subquery("some")
    some, now = found.c, steps(source, "at_now").c
    changed = sa.case((now.state != some.before, now.state))
    # The subquery stands inside another one too, where nothing ties it to the page by itself.
    later = sa.select(changed).where(now.id == some.id, asked.now.selects(now)).correlate(found).scalar_subquery()
    after = sa.case((some.stands == 0, later)).label("after")
    columns = (some.id, some.born, some.mask, some.version, some.before, after)
    return sa.select(*columns, _changed_since_cut_off(source, asked, some, after).label("changed_since_cut_off"))


def _changed_since_cut_off(source: Inheritable, asked: Span, some: Any, after: Any) -> Any:
    """Tell by 1 or 0 whether objects differ from the frozen inventory, where there is one."""
    if asked.cut_off is None:
        return sa.null()
    then = steps(source, "at_cut_off").c
    found = sa.select(sa.literal(1)).where(then.id == some.id, asked.cut_off.selects(then))
    return sa.case((found.where(then.state == sa.func.coalesce(after, some.before)).exists(), 0), else_=1)


class Told(NamedTuple):
    """What a handover tells of all items: from whom they come, and what was decided of each object."""

    inherited_from: UUID | None = None
    decisions: Mapping[UUID, Decided] = {}


NOTHING_TOLD = Told()


def item(found: Found, asked: Span, told: Told = NOTHING_TOLD) -> InheritedItem:
    """Return the view of an item."""
    source, row, ordinal = found
    state = source.rows.decode(row.before)
    before = source.about(state, asked.start.day)
    after = source.about(source.rows.decode(row.after) if row.after else state, asked.now.day)
    return InheritedItem(
        kind=source.kind,
        id=UUID(row.id),
        version=row.version,
        code=after.code,
        title=after.title,
        capacity=CAPACITIES[ordinal],
        state_at_start=before.state,
        state=after.state,
        changed=row.after is not None,
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
        changed_since_cut_off=bool(row.after if asked.cut_off is None else row.changed_since_cut_off),
        inherited_from=told.inherited_from,
        decision=told.decisions.get(UUID(row.id)),
    )


def everything(
    connection: sa.Connection, asked: Span, which: Filters = ALL, told: Told = NOTHING_TOLD
) -> Iterator[InheritedItem]:
    """Yield all items in the order of pages."""
    after = None
    while rows := page(connection, asked, which, after=after, limit=PAGE):
        yield from (item(row, asked, told) for row in rows)
        after = (rows[-1].sort, rows[-1].born)


def objects(connection: sa.Connection, asked: Span, wanted: Iterable[tuple[str, UUID]]) -> set[tuple[str, UUID]]:
    """Return which of some objects, by kind and id, the institution stood in on the day."""
    found = set()
    for kind, group in groupby(sorted(wanted), key=lambda pair: pair[0]):
        for source in Filters(kind=kind).sources:
            source.projection.must_follow(connection)
            held = Held(source, asked, ALL)
            ids = [str(id) for _, id in group]
            query = held.select(held.start.c.id).where(held.stood, held.start.c.id.in_(ids))
            found |= {(kind, UUID(id)) for id in connection.scalars(query)}
    return found


def digest_of(items: Iterable[InheritedItem]) -> str:
    """Return the SHA-256 digest of items: a line for each, of kind, id, capacity, state and version."""
    digest = hashlib.sha256()
    for one in items:
        digest.update(f"{one.kind} {one.id} {one.capacity} {one.state} {one.version}\n".encode())
    return digest.hexdigest()
