"""Totals of what an administration inherits: by capacity, kind, state and currency, as on the eve of its term."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from domain.types import Money, decimals_of
from domain.values import Value
from projections.held import CAPACITIES, SOURCES, Filters, Held, Span, capacities_of
from projections.inheritable import Inheritable
from projections.kept import Kept


class StateTotal(Value, frozen=True, kw_only=True):
    """How many objects were in one state on the eve, and their amounts, one for each currency."""

    state: str
    count: int
    amounts: tuple[Money, ...]


class KindTotal(Value, frozen=True, kw_only=True):
    """What was inherited of one kind in one capacity, as it was on the eve.

    `overdue` is at the handover, `overdue_now` at the moment asked about, also of what was not overdue then. `amounts`
    leave out what a successor replaced, and `headlines` are announced sums, whose items stand in `amounts`.
    """

    count: int
    overdue: int
    overdue_now: int
    amounts: tuple[Money, ...]
    headlines: tuple[Money, ...]
    by_state: tuple[StateTotal, ...]


class CapacityTotal(Value, frozen=True, kw_only=True):
    """What was inherited in one capacity, as it was on the eve. Capacities overlap: their totals are never added.

    Nor are the amounts of two kinds: a project is how a commitment is kept, and its cost the same money.
    """

    count: int
    overdue: int
    overdue_now: int
    by_kind: dict[str, KindTotal]

    def of(self, kind: str) -> int:
        """Return how many objects of a kind are among them."""
        return self.by_kind[kind].count if kind in self.by_kind else 0


_kept: Kept[dict[str, CapacityTotal]] = Kept(32)
"""The pages of one list add it up once."""


def totals(connection: sa.Connection, asked: Span, which: Filters) -> dict[str, CapacityTotal]:
    """Return the totals of each capacity in which something was inherited, kind by kind, as on the eve."""
    moments = tuple((at.position, at.day) for at in (asked.start, asked.now, asked.compared))
    key = (asked.institution, moments, which)
    return _kept.get(connection, key, lambda: _added_up(connection, asked, which))


def _added_up(connection: sa.Connection, asked: Span, which: Filters) -> dict[str, CapacityTotal]:
    sums: dict[int, dict[str, list[sa.Row[Any]]]] = defaultdict(lambda: defaultdict(list))
    for source in which.sources:
        held = Held(source, asked, which)
        for row in connection.execute(_sums(held)) if held.count(connection) else ():
            for ordinal in capacities_of(row.mask):
                sums[ordinal][source.kind].append(row)
    kinds = {source.kind: source for source in SOURCES}
    return {
        CAPACITIES[ordinal]: _total({kind: _kind_total(kinds[kind], rows) for kind, rows in sums[ordinal].items()})
        for ordinal in sorted(sums)
    }


def _sums(held: Held) -> sa.Select[Any]:
    """Select counts and amounts by capacities, state and currency; a kind without amounts has none."""
    source, asked, c = held.source, held.asked, held.start.c
    late = sa.case((source.overdue(c, asked.start.day), 1), else_=0)
    late_now = sa.case((source.overdue(held.now.c, asked.now.day), 1), else_=0)
    amount, headline = (c.get(name, sa.cast(sa.null(), sa.BigInteger)) for name in ("amount", "headline"))
    currency = c.get("currency", sa.cast(sa.null(), sa.Text))
    query = held.select(
        held.mask.label("mask"),
        c.status,
        currency.label("currency"),
        sa.func.count().label("objects"),
        sa.func.sum(late).label("overdue"),
        sa.func.sum(late_now).label("overdue_now"),
        sa.func.sum(amount).label("amount"),
        sa.func.sum(headline).label("headline"),
        now=True,
    )
    return query.where(held.ever).group_by(sa.text("mask"), c.status, currency)


def _total(by_kind: dict[str, KindTotal]) -> CapacityTotal:
    every = by_kind.values()
    return CapacityTotal(
        count=sum(total.count for total in every),
        overdue=sum(total.overdue for total in every),
        overdue_now=sum(total.overdue_now for total in every),
        by_kind=by_kind,
    )


def _kind_total(source: Inheritable, rows: list[sa.Row[Any]]) -> KindTotal:
    """Return the total of a kind from sums by state and currency."""
    counted = [row for row in rows if row.status not in source.replaced]
    states = sorted({row.status for row in rows})
    return KindTotal(
        count=sum(row.objects for row in rows),
        overdue=sum(int(row.overdue) for row in rows),
        overdue_now=sum(int(row.overdue_now) for row in rows),
        amounts=_money((row.currency, row.amount) for row in counted),
        headlines=_money((row.currency, row.headline) for row in counted),
        by_state=tuple(
            StateTotal(
                state=state,
                count=sum(row.objects for row in rows if row.status == state),
                amounts=_money((row.currency, row.amount) for row in rows if row.status == state),
            )
            for state in states
        ),
    )


def _money(parts: Iterable[tuple[str | None, Any]]) -> tuple[Money, ...]:
    """Add minor units, each currency by itself."""
    sums: dict[str, int] = defaultdict(int)
    for currency, units in parts:
        if currency is not None and units is not None:
            sums[currency] += int(units)
    return tuple(
        Money(amount=Decimal(units).scaleb(-decimals_of(currency)), currency=currency)
        for currency, units in sorted(sums.items())
    )
