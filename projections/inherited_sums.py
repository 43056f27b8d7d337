"""What is added up of an inheritance, object by object: kept, and followed by what was recorded since.

Sums at one position are those at another one, less what the objects counted for that were touched between, and with
what they count for now. Nothing is stored: the rows answer for both positions.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

import sqlalchemy as sa

from projections.held import Filters, Held, Span
from projections.inheritable import Inheritable
from projections.kept import FEW, Kept, touched
from projections.times import literal
from roundtable.store.columns import Position


class Group(NamedTuple):
    """Objects of one kind, in the same capacities (bit by bit), state and currency."""

    kind: str
    mask: int
    state: str
    currency: str | None


class Sum(NamedTuple):
    """What a group adds up to; `amounts` and `headlines` are how many objects have one."""

    objects: int
    overdue: int
    overdue_now: int
    amounts: int
    amount: int
    headlines: int
    headline: int

    def plus(self, other: "Sum", sign: int) -> "Sum":
        """Add another one, or take it away."""
        return Sum(*(mine + sign * others for mine, others in zip(self, other, strict=True)))


Part: TypeAlias = tuple[Group, Sum]
Sums: TypeAlias = Mapping[Group, Sum]
NOTHING = Sum(0, 0, 0, 0, 0, 0, 0)


class _At(NamedTuple):
    """By what the answers to one question differ: the position, and which objects are named."""

    position: int
    but: frozenset[UUID]
    only: frozenset[UUID] | None

    def narrowed(self, ids: frozenset[UUID]) -> frozenset[UUID]:
        """Return those of some objects that may count."""
        return (ids if self.only is None else ids & self.only) - self.but

    def differing(self, other: "_At") -> frozenset[UUID]:
        """Return the objects that are named in one of two answers only."""
        return (self.but ^ other.but) | ((self.only or frozenset()) ^ (other.only or frozenset()))


_kept: Kept[_At, Sums] = Kept(64)
_BEFORE: Any = sa.bindparam("before", type_=Position)


def sums(connection: sa.Connection, asked: Span, which: Filters) -> Sums:
    """Return what the inherited objects add up to, as on the eve."""
    question = which._replace(but=frozenset(), only=None)
    days = (asked.start.day, asked.now.day, asked.cut_off)
    at = _At(asked.now.position, which.but, which.only)
    return _kept.get(
        connection,
        (asked.institution, days, question, which.only is None),
        at,
        lambda: _added((1, part) for source in which.sources for part in _all(connection, source, asked, which)),
        lambda others: _followed(connection, asked, question, at, others),
    )


def _followed(
    connection: sa.Connection, asked: Span, question: Filters, at: _At, others: Mapping[_At, Sums]
) -> Sums | None:
    """Return the sums that follow from those of the nearest answer; nothing where too many objects lie between."""
    before = min(others, key=lambda other: (len(at.differing(other)), abs(at.position - other.position)))
    named, between = at.differing(before), touched(connection, before.position, at.position)
    if between is None or len(named) > FEW:
        return None

    begun = frozenset(UUID(id) for (_, id), begun in between.items() if begun)
    earlier = min(before.position, at.position)

    def counting(one: _At, ids: frozenset[UUID]) -> list[str]:
        return [str(id) for id in sorted(one.narrowed(ids - begun if one.position == earlier else ids))]

    def parts() -> Iterator[tuple[int, Part]]:
        yield from ((1, part) for part in others[before].items())
        for source in question.sources:
            ids = named | {UUID(id) for kind, id in between if kind == source.kind}
            some = {"ids_before": counting(before, ids), "ids_at": counting(at, ids)}
            if any(some.values()):
                query = _each(source, asked.anywhere, question, tuple(name for name, found in some.items() if found))
                wanted = {**some, **asked.bound, _BEFORE.key: before.position}
                rows = connection.execute(query, wanted)
                yield from ((sign, _part(source, numbers)) for sign, *numbers in rows if numbers[0])

    return _added(parts())


def _added(parts: Iterable[tuple[int, Part]]) -> Sums:
    found: dict[Group, Sum] = {}
    for sign, (group, one) in parts:
        found[group] = found.get(group, NOTHING).plus(one, sign)
    return {group: one for group, one in found.items() if one.objects}


def _all(connection: sa.Connection, source: Inheritable, asked: Span, which: Filters) -> Iterator[Part]:
    """Yield the sums of all objects of a kind."""
    held = Held(source, asked, which)
    if held.count(connection):
        yield from (_part(source, row) for row in connection.execute(_grouped(held)))


@lru_cache(maxsize=64)
def _each(source: Inheritable, asked: Span, which: Filters, names: tuple[str, ...]) -> Any:
    """Some objects one by one: what they counted for, to be taken away, what they count for, to be added, or both.

    Other positions and objects share the query.
    """

    def of(name: str) -> sa.Select[Any]:
        sign, span = (-1, asked.at(_BEFORE)) if name == "ids_before" else (1, asked)
        held = Held(source, span, which)
        ids: Any = sa.bindparam(name, expanding=True)
        return held.select(literal(sign).label("sign"), *_counting(held)).where(held.start.c.id.in_(ids))

    first, *more = map(of, names)
    return first.union_all(*more) if more else first


def _part(source: Inheritable, numbers: Iterable[Any]) -> Part:
    mask, state, currency, *sums = numbers
    return Group(source.kind, mask, state, currency), Sum(*(int(one or 0) for one in sums))


def _grouped(held: Held) -> sa.Select[Any]:
    """Select the sums of groups of objects."""
    each = held.select(*_counting(held)).where(held.ever, held.stood).subquery("each").c
    group = (each.mask, each.status, each.currency)
    return sa.select(*group, *(sa.func.sum(each[name]) for name in Sum._fields)).group_by(*group)


def _counting(held: Held) -> Iterator[sa.ColumnElement[Any]]:
    """Yield what one object belongs to and counts for; a kind without amounts has none."""
    c = held.start.c
    amount, headline = (c.get(name, sa.cast(sa.null(), sa.BigInteger)) for name in ("amount", "headline"))
    yield held.mask.label("mask")
    yield c.status
    yield c.get("currency", sa.cast(sa.null(), sa.Text)).label("currency")
    numbers = (
        literal(1),
        _one_if(held.source.overdue(c, held.asked.start.day)),
        _late_now(held),
        _one_if(amount.is_not(None)),
        amount,
        _one_if(headline.is_not(None)),
        headline,
    )
    yield from (number.label(name) for name, number in zip(Sum._fields, numbers, strict=True))


def _late_now(held: Held) -> sa.ColumnElement[int]:
    """Tell by 1 or 0 what is overdue now: most steps of the eve still stand; of the others the later is looked up."""
    now, day = held.asked.now, held.asked.now.day
    late, later = (_one_if(held.source.overdue(c, day)) for c in (held.start.c, held.later.c))
    found = sa.select(later).where(held.later.c.id == held.start.c.id, now.selects(held.later.c))
    return sa.case((now.selects(held.start.c), late), else_=found.correlate(held.start).scalar_subquery())


def _one_if(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.case((condition, literal(1)), else_=literal(0))
