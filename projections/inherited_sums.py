"""What is added up of an inheritance, object by object: kept, and followed by what was recorded since.

Sums at one position are those at another one, less what the objects counted for that were touched between, and with
what they count for now. Nothing is stored: the rows answer for both positions.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

import sqlalchemy as sa

from projections.held import IDS, Filters, Held, Span
from projections.inheritable import Inheritable
from projections.kept import FEW, Kept, touched


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

    def parts() -> Iterator[tuple[int, tuple[Group, Sum]]]:
        yield from ((1, part) for part in others[before].items())
        for source in question.sources:
            ids = named | {UUID(id) for kind, id in between if kind == source.kind}
            for sign, one in ((-1, before), (1, at)) if ids else ():
                some = one.narrowed(ids)
                yield from ((sign, part) for part in _of(connection, source, asked.at(one.position), question, some))

    return _added(parts())


def _added(parts: Iterable[tuple[int, tuple[Group, Sum]]]) -> Sums:
    found: dict[Group, Sum] = {}
    for sign, (group, one) in parts:
        found[group] = found.get(group, NOTHING).plus(one, sign)
    return {group: one for group, one in found.items() if one.objects}


def _all(connection: sa.Connection, source: Inheritable, asked: Span, which: Filters) -> Iterator[tuple[Group, Sum]]:
    """Yield the sums of all objects of a kind."""
    held = Held(source, asked, which)
    if held.count(connection):
        yield from _summed(connection, source, _query(held).where(held.ever), {})


def _of(
    connection: sa.Connection, source: Inheritable, asked: Span, which: Filters, ids: frozenset[UUID]
) -> Iterator[tuple[Group, Sum]]:
    """Yield the sums of some objects of a kind."""
    if ids:
        wanted = {IDS.key: [str(id) for id in sorted(ids)], **asked.bound}
        yield from _summed(connection, source, _query_of_some(source, asked.anywhere, which), wanted)


@lru_cache(maxsize=64)
def _query_of_some(source: Inheritable, asked: Span, which: Filters) -> sa.Select[Any]:
    held = Held(source, asked, which)
    return _query(held).where(held.start.c.id.in_(IDS))


def _summed(
    connection: sa.Connection, source: Inheritable, query: sa.Select[Any], wanted: dict[str, Any]
) -> Iterator[tuple[Group, Sum]]:
    for mask, state, currency, *numbers in connection.execute(query, wanted):
        yield Group(source.kind, mask, state, currency), Sum(*(int(number or 0) for number in numbers))


def _query(held: Held) -> sa.Select[Any]:
    """Select the sums of groups; a kind without amounts has none."""
    source, c = held.source, held.start.c
    amount, headline = (c.get(name, sa.cast(sa.null(), sa.BigInteger)) for name in ("amount", "headline"))
    currency = c.get("currency", sa.cast(sa.null(), sa.Text))
    query = held.select(
        held.mask.label("mask"),
        c.status,
        currency.label("currency"),
        sa.func.count(),
        sa.func.sum(sa.case((source.overdue(c, held.asked.start.day), 1), else_=0)),
        sa.func.sum(_late_now(held)),
        sa.func.count(amount),
        sa.func.sum(amount),
        sa.func.count(headline),
        sa.func.sum(headline),
    )
    return query.group_by(sa.text("mask"), c.status, currency)


def _late_now(held: Held) -> sa.ColumnElement[int]:
    """Tell by 1 or 0 what is overdue now: most steps of the eve still stand; of the others the later is looked up."""
    now, day = held.asked.now, held.asked.now.day
    late, later = (sa.case((held.source.overdue(c, day), 1), else_=0) for c in (held.start.c, held.later.c))
    found = sa.select(later).where(held.later.c.id == held.start.c.id, now.selects(held.later.c))
    return sa.case((now.selects(held.start.c), late), else_=found.correlate(held.start).scalar_subquery())
