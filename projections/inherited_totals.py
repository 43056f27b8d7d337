"""Totals of what an administration inherits: by capacity, kind, state and currency, as on the eve of its term."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from domain.types import Money, decimals_of
from domain.values import Value
from projections.inheritable import Inheritable


class StateTotal(Value, frozen=True, kw_only=True):
    """How many objects were in one state on the eve, and their amounts, one for each currency."""

    state: str
    count: int
    amounts: tuple[Money, ...]


class KindTotal(Value, frozen=True, kw_only=True):
    """What was inherited of one kind in one capacity, as it was on the eve.

    `amounts` leave out what a successor replaced, and `headlines` are announced sums, whose items stand in `amounts`.
    """

    count: int
    overdue: int
    amounts: tuple[Money, ...]
    headlines: tuple[Money, ...]
    by_state: tuple[StateTotal, ...]


class CapacityTotal(Value, frozen=True, kw_only=True):
    """What was inherited in one capacity, as it was on the eve. Capacities overlap: their totals are never added.

    Nor are the amounts of two kinds: a project is how a commitment is kept, and its cost the same money.
    """

    count: int
    overdue: int
    by_kind: dict[str, KindTotal]


def total(by_kind: dict[str, KindTotal]) -> CapacityTotal:
    """Return the total of a capacity from those of its kinds."""
    every = by_kind.values()
    return CapacityTotal(
        count=sum(total.count for total in every), overdue=sum(total.overdue for total in every), by_kind=by_kind
    )


def kind_total(source: Inheritable, rows: list[sa.Row[Any]]) -> KindTotal:
    """Return the total of a kind from sums by state and currency."""
    counted = [row for row in rows if row.status not in source.replaced]
    states = sorted({row.status for row in rows})
    return KindTotal(
        count=sum(row.objects for row in rows),
        overdue=sum(int(row.overdue) for row in rows),
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
