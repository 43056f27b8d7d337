"""Totals of what an administration inherits: by capacity, kind, state and currency, as on the eve of its term."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

import sqlalchemy as sa

from domain.types import Money, decimals_of
from domain.values import Value
from projections.held import CAPACITIES, SOURCES, Filters, Span, capacities_of
from projections.inheritable import Inheritable
from projections.inherited_sums import Group, Sum, sums

_Part: TypeAlias = tuple[Group, Sum]


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


def totals(connection: sa.Connection, asked: Span, which: Filters) -> dict[str, CapacityTotal]:
    """Return the totals of each capacity in which something was inherited, kind by kind, as on the eve."""
    parts: dict[int, dict[str, list[_Part]]] = defaultdict(lambda: defaultdict(list))
    for part in sums(connection, asked, which).items():
        for ordinal in capacities_of(part[0].mask):
            parts[ordinal][part[0].kind].append(part)
    return {
        CAPACITIES[ordinal]: _total(
            {
                source.kind: _kind_total(source, parts[ordinal][source.kind])
                for source in SOURCES
                if source.kind in parts[ordinal]
            }
        )
        for ordinal in sorted(parts)
    }


def _total(by_kind: dict[str, KindTotal]) -> CapacityTotal:
    every = by_kind.values()
    return CapacityTotal(
        count=sum(total.count for total in every),
        overdue=sum(total.overdue for total in every),
        overdue_now=sum(total.overdue_now for total in every),
        by_kind=by_kind,
    )


def _kind_total(source: Inheritable, parts: list[_Part]) -> KindTotal:
    """Return the total of a kind from sums by state and currency."""
    counted = [part for part in parts if part[0].state not in source.replaced]
    states = sorted({group.state for group, _ in parts})
    return KindTotal(
        count=sum(one.objects for _, one in parts),
        overdue=sum(one.overdue for _, one in parts),
        overdue_now=sum(one.overdue_now for _, one in parts),
        amounts=_money((group.currency, one.amounts, one.amount) for group, one in counted),
        headlines=_money((group.currency, one.headlines, one.headline) for group, one in counted),
        by_state=tuple(
            StateTotal(
                state=state,
                count=sum(one.objects for group, one in parts if group.state == state),
                amounts=_money(
                    (group.currency, one.amounts, one.amount) for group, one in parts if group.state == state
                ),
            )
            for state in states
        ),
    )


def _money(parts: Iterable[tuple[str | None, int, int]]) -> tuple[Money, ...]:
    """Add minor units, each currency by itself; of a currency in which nothing has an amount there is none."""
    added: dict[str, int] = defaultdict(int)
    for currency, objects, units in parts:
        if currency is not None and objects:
            added[currency] += units
    return tuple(
        Money(amount=Decimal(units).scaleb(-decimals_of(currency)), currency=currency)
        for currency, units in sorted(added.items())
    )
