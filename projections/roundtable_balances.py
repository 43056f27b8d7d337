"""The balance of a roundtable: all that was agreed at it, in money and in count, currency by currency."""

from collections import Counter
from collections.abc import Hashable, Iterable
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa

from domain.commitment.types import Headline, Responsible, Status
from domain.types import Money, Territory, decimals_of
from domain.values import Value
from projections.balances import Apart, Tally
from projections.commitments import INVENTED, made_at, row
from projections.moment import Moment

LINES = ("pledged", "itemised", "approved", "executed")
PROMISED = {"headline", "headline-amended.headline", "amount"}
"""Fields that, where they are invented, make a pledge so."""
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
    commitments, with which those without money are counted; others stand in `other_currencies`. `illustrative` names
    the lines that hold invented amounts.
    """

    id: UUID
    code: str | None
    commitments: int
    other_currencies: tuple[CurrencyBalance, ...]
    position: int
    valid_at: date
    illustrative: tuple[str, ...]


class _Amount(msgspec.Struct, frozen=True):
    """The currency of an amount."""

    currency: str


class _Said(msgspec.Struct, frozen=True):
    """What a balance reads of the state of a commitment, besides the columns of its row."""

    currency: str | None
    headline: Headline | None
    responsibles: tuple[Responsible, ...]
    territories: tuple[Territory, ...]
    ladder: dict[str, _Amount | None]
    illustrative: tuple[str, ...] = ()

    @property
    def money(self) -> str | None:
        """The currency of its amounts, even where a voided correction took away the field that named it."""
        if self.headline is not None:
            return self.headline.amount.currency
        return next((amount.currency for amount in self.ladder.values() if amount), self.currency)


_decode = msgspec.json.Decoder(_Said).decode
_COLUMNS = (
    row.state,
    row.invented,
    row.status,
    row.sector,
    row.part_of,
    row.projects,
    row.promised,
    row.amount,
    row.approved,
    row.executed,
)


def _amounts(one: Any, said: _Said) -> Iterable[tuple[str, int, int]]:
    """Yield what of a commitment counts in which line: minor units and projects."""
    replaced = one.status == Status.SUPERSEDED
    if said.headline is not None:
        if not replaced:
            yield "pledged", said.headline.amount.minor_units, said.headline.projects
        return
    if not replaced:
        if one.part_of is None:
            yield "pledged", one.amount or 0 if one.promised is None else one.promised, one.projects
        yield "itemised", one.amount or 0, one.projects
        yield "approved", one.approved or 0, 0 if one.approved is None else one.projects
    yield "executed", one.executed or 0, one.projects if one.executed else 0


class _Sums(Counter[str]):
    """Minor units and projects, line by line, in one currency."""

    def put(self, line: str, units: int, projects: int) -> None:
        self[f"{line}:money"] += units
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

    def enter(self, one: Any, said: _Said) -> None:
        """Count a commitment."""
        if one.status in APART and said.headline:
            self.all.put(f"announced {one.status}", said.headline.amount.minor_units, said.headline.projects)
        elif one.status in APART:
            self.all.put(one.status, one.amount or 0, one.projects)
        sums = [self.all, self.by["sector"].setdefault(one.sector, _Sums())]
        sums += self._of("territory", said.territories)
        sums += self._of("organization", [r.organization for r in said.responsibles])
        for line, units, projects in _amounts(one, said):
            for of in sums:
                of.put(line, units, projects)

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
        for key, sums in sorted(found, key=_by_size):
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


def _by_size(line: tuple[Hashable, _Sums]) -> tuple[int, str]:
    key, sums = line
    return -sums["itemised:money"], "" if key is None else str(key)


def roundtable_balance(connection: sa.Connection, id: UUID, code: str | None, moment: Moment) -> RoundtableBalance:
    """Return the balance of a roundtable at a moment."""
    found = connection.execute(sa.select(*_COLUMNS).where(made_at(id, moment), moment.selects(row))).all()
    counted = [(one, _decode(one.state)) for one in found]
    currencies = Counter(said.money for _, said in counted if said.money)
    ordered = sorted(currencies, key=lambda currency: (-currencies[currency], currency))
    main = ordered[0] if ordered else None
    ledgers = {currency: _Ledger() for currency in [main, *ordered[1:]]}
    for one, said in counted:
        ledgers[said.money or main].enter(one, said)
    bits = reduce(or_, (one.invented for one in found), 0)
    invented = {line for line, bit in INVENTED.items() if bits & bit}
    if any(one.part_of is None and PROMISED.intersection(said.illustrative) for one, said in counted):
        invented.add("pledged")
    first, *others = (ledger.shown(currency) for currency, ledger in ledgers.items())
    return RoundtableBalance(
        **first,
        id=id,
        code=code,
        commitments=len(counted),
        other_currencies=tuple(CurrencyBalance(**other) for other in others),
        position=moment.position,
        valid_at=moment.day,
        illustrative=tuple(sorted(invented)),
    )
