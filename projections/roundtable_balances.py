"""The balance of a roundtable: all that was agreed at it, in money and in count, currency by currency."""

from collections import Counter
from collections.abc import Hashable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa

from domain.commitment.types import Headline, Ladder, Responsible, Status
from domain.types import Money, Territory, decimals_of
from domain.values import Value
from projections.balances import Apart, Tally
from projections.commitments import ROWS, made_at
from projections.moment import Moment

LINES = ("pledged", "itemised", "approved", "executed")
APART = (Status.DISMISSED, Status.WITHDRAWN, Status.SUPERSEDED)


class ApartAtTable(Value, frozen=True, kw_only=True):
    """Amounts shown apart; those of announcements beside those of items, since the two would count the same twice.

    Dismissed and withdrawn amounts are inside the sums, superseded ones outside: a successor replaces, it never adds.
    """

    dismissed: Tally
    withdrawn: Tally
    superseded: Tally
    announcements: Apart


class SectorLine(Value, frozen=True, kw_only=True):
    """What is itemised for one sector; what is pledged without a sector has a line without one."""

    sector: str | None
    amount: Money | None
    projects: int
    pledged: Tally
    approved: Tally
    executed: Tally


class TerritoryLine(Value, frozen=True, kw_only=True):
    """What concerns one territory. What concerns several stands in full with each: lines are not to be added."""

    territory: Territory | None
    amount: Money | None
    projects: int
    pledged: Tally
    approved: Tally
    executed: Tally


class ResponsibleLine(Value, frozen=True, kw_only=True):
    """What one organization answers for, alone or with others. Joint ones stand in full with each: do not add lines."""

    organization: UUID | None
    amount: Money | None
    projects: int
    pledged: Tally
    approved: Tally
    executed: Tally


class CurrencyBalance(Value, frozen=True, kw_only=True):
    """The balance of a roundtable in one currency. Currencies are never added."""

    currency: str | None
    pledged: Tally
    itemised: Tally
    remainder: Tally
    approved: Tally
    executed: Tally
    apart: ApartAtTable
    by_sector: tuple[SectorLine, ...]
    by_territory: tuple[TerritoryLine, ...]
    by_responsible: tuple[ResponsibleLine, ...]


class RoundtableBalance(CurrencyBalance, frozen=True, kw_only=True):
    """What was agreed at a roundtable, on a day and as known at a position.

    Announcements count in `pledged` by their headline, their items in `itemised`; what is neither counts in both. An
    item that names no roundtable counts where its announcement does. The balance is in the currency of most
    commitments, with which those without money are counted; others stand in `other_currencies`.
    """

    id: UUID
    code: str | None
    commitments: int
    other_currencies: tuple[CurrencyBalance, ...]
    position: int
    valid_at: date
    illustrative: tuple[str, ...]


class _Counted(msgspec.Struct, frozen=True):
    """What a balance reads of the state of a commitment."""

    status: Status
    sector: str | None
    projects: int
    part_of: UUID | None
    headline: Headline | None
    ladder: Ladder
    currency: str | None
    responsibles: tuple[Responsible, ...]
    territories: tuple[Territory, ...]
    illustrative: tuple[str, ...] = ()

    def amounts(self) -> Iterable[tuple[str, Money | None, int]]:
        """Yield what counts in which line: the amount and the projects."""
        ladder, replaced = self.ladder, self.status is Status.SUPERSEDED
        if not replaced and self.headline is not None:
            yield "pledged", self.headline.amount, self.headline.projects
        if self.headline is not None:
            return
        if not replaced:
            if self.part_of is None:
                yield "pledged", ladder.promised or ladder.current, self.projects
            yield "itemised", ladder.current, self.projects
            yield "approved", ladder.approved, self.projects if ladder.approved else 0
        yield "executed", ladder.executed, self.projects if ladder.executed and ladder.executed.amount else 0


_decode = msgspec.json.Decoder(_Counted).decode


class _Sums(Counter[str]):
    """Minor units and projects, line by line, in one currency."""

    def put(self, line: str, amount: Money | None, projects: int) -> None:
        self[f"{line}:money"] += amount.minor_units if amount else 0
        self[f"{line}:projects"] += projects

    def tally(self, line: str, currency: str | None, less: str = "") -> Tally:
        units = self[f"{line}:money"] - self[f"{less}:money"]
        projects = self[f"{line}:projects"] - self[f"{less}:projects"]
        if currency is None:
            return Tally(amount=None, projects=projects)
        amount = Decimal(units).scaleb(-decimals_of(currency))
        return Tally(amount=Money(amount=amount, currency=currency), projects=projects)


class _Ledger:
    """The running balance in one currency."""

    def __init__(self) -> None:
        self.all = _Sums()
        self.by: dict[str, dict[Hashable, _Sums]] = {"sector": {}, "territory": {}, "organization": {}}

    def enter(self, one: _Counted) -> None:
        """Count a commitment."""
        if one.status in APART:
            what = f"announced {one.status}" if one.headline else one.status.value
            amount = one.headline.amount if one.headline else one.ladder.current
            self.all.put(what, amount, one.headline.projects if one.headline else one.projects)
        places = [self.by["sector"].setdefault(one.sector, _Sums())]
        places += self._of("territory", one.territories)
        places += self._of("organization", [r.organization for r in one.responsibles])
        for line, amount, projects in one.amounts():
            self.all.put(line, amount, projects)
            for sums in places if one.status is not Status.SUPERSEDED else ():
                sums.put(line, amount, projects)

    def _of(self, what: str, keys: Iterable[Hashable]) -> list[_Sums]:
        return [self.by[what].setdefault(key, _Sums()) for key in dict.fromkeys(keys) or (None,)]

    def shown(self, currency: str | None) -> dict[str, Any]:
        """Return the fields of the balance."""
        tally = {line: self.all.tally(line, currency) for line in LINES}
        apart = {s.value: self.all.tally(s.value, currency) for s in APART}
        announced = {s.value: self.all.tally(f"announced {s}", currency) for s in APART}
        return tally | {
            "currency": currency,
            "remainder": self.all.tally("pledged", currency, less="itemised"),
            "apart": ApartAtTable(**apart, announcements=Apart(**announced)),
            "by_sector": tuple(SectorLine(**line) for line in self._lines("sector", currency)),
            "by_territory": tuple(TerritoryLine(**line) for line in self._lines("territory", currency)),
            "by_responsible": tuple(ResponsibleLine(**line) for line in self._lines("organization", currency)),
        }

    def _lines(self, what: str, currency: str | None) -> Iterable[dict[str, Any]]:
        """Yield the lines of a breakdown, the largest itemised amount first; empty ones are left out."""
        found = [(key, sums) for key, sums in self.by[what].items() if any(sums.values())]
        for key, sums in sorted(found, key=lambda line: (-line[1]["itemised:money"], str("" if line[0] is None else line[0]))):
            itemised, *rest = (sums.tally(line, currency) for line in ("itemised", "pledged", "approved", "executed"))
            pledged, approved, executed = rest
            yield {
                what: key,
                "amount": itemised.amount,
                "projects": itemised.projects,
                "pledged": pledged,
                "approved": approved,
                "executed": executed,
            }


def roundtable_balance(connection: sa.Connection, id: UUID, code: str | None, moment: Moment) -> RoundtableBalance:
    """Return the balance of a roundtable at a moment."""
    row = ROWS.table.c
    counted = [
        _decode(state)
        for state in connection.scalars(sa.select(row.state).where(made_at(id, moment), moment.selects(row)))
    ]
    currencies = Counter(one.currency for one in counted if one.currency)
    ordered = sorted(currencies, key=lambda currency: (-currencies[currency], currency))
    main = ordered[0] if ordered else None
    ledgers = {currency: _Ledger() for currency in [main, *ordered[1:]]}
    for one in counted:
        ledgers[one.currency or main].enter(one)
    first, *others = (ledger.shown(currency) for currency, ledger in ledgers.items())
    return RoundtableBalance(
        **first,
        id=id,
        code=code,
        commitments=len(counted),
        other_currencies=tuple(CurrencyBalance(**other) for other in others),
        position=moment.position,
        valid_at=moment.day,
        illustrative=tuple(sorted({name for one in counted for name in one.illustrative})),
    )
