"""The balance of an announcement: headline, itemised, remainder, approved, executed, in money and in count."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.commitment.types import CommitmentState, Status
from domain.types import Money, decimals_of
from domain.values import Value
from projections.commitments import INVENTED, ROWS, row
from projections.moment import Moment

LINES = INVENTED
"""The lines that items are added up in, each with the bit that marks an invented amount."""


class Tally(Value, frozen=True, kw_only=True):
    """So much money for so many projects. Without money, the amount is null."""

    amount: Money | None
    projects: int


class Apart(Value, frozen=True, kw_only=True):
    """Amounts shown apart: dismissed and withdrawn are inside the itemised sum, superseded ones outside.

    What was executed of a superseded item stays executed.
    """

    dismissed: Tally
    withdrawn: Tally
    superseded: Tally


class SectorTally(Value, frozen=True, kw_only=True):
    """What is itemised for one sector, and what of it is approved and executed."""

    sector: str | None
    amount: Money | None
    projects: int
    approved: Tally
    executed: Tally


class Balance(Value, frozen=True, kw_only=True):
    """How an announcement and its items reconcile on a day, as known at a position. No difference is hidden.

    `illustrative` names the invented fields of the announcement, and the lines that hold invented amounts.
    """

    id: UUID
    code: str | None
    headline: Tally
    itemised: Tally
    remainder: Tally
    approved: Tally
    executed: Tally
    apart: Apart
    by_sector: tuple[SectorTally, ...]
    position: int
    valid_at: date
    illustrative: tuple[str, ...]


class _Sum:
    """A running sum of minor units and projects."""

    def __init__(self, currency: str | None) -> None:
        self.currency, self.units, self.projects = currency, 0, 0

    def add(self, units: Any, projects: Any) -> None:
        self.units += int(units or 0)
        self.projects += int(projects or 0)

    def tally(self) -> Tally:
        if self.currency is None:
            return Tally(amount=None, projects=self.projects)
        amount = Decimal(self.units).scaleb(-decimals_of(self.currency))
        return Tally(amount=Money(amount=amount, currency=self.currency), projects=self.projects)


def balance(connection: sa.Connection, found: sa.Row[Any], moment: Moment) -> Balance:
    """Return the balance of a commitment; one without items or headline is its own only item."""
    state: CommitmentState = ROWS.decode(found.state)
    # A voided correction can take away the currency that a later one left unsaid.
    whole = state.headline.amount if state.headline else state.ladder.promised or state.ladder.current
    currency = whole.currency if whole else state.currency
    sums = {
        name: _Sum(currency) for name in ("itemised", "approved", "executed", "dismissed", "withdrawn", "superseded")
    }
    sectors: dict[str | None, dict[str, _Sum]] = {}
    invented = set(state.illustrative)
    for part in connection.execute(_parts(found.id, moment, own=state.headline is None)):
        if part.status in sums:
            sums[part.status].add(part.amount, part.projects)
        invented |= {name for name in LINES if getattr(part, f"{name}_invented")}
        sector = sectors.setdefault(part.sector, {name: _Sum(currency) for name in LINES})
        for of in (sums, sector):
            of["executed"].add(part.executed, part.executing)
            if part.status != Status.SUPERSEDED:
                of["itemised"].add(part.amount, part.projects)
                of["approved"].add(part.approved, part.approving)
    announced, rest = _Sum(currency), _Sum(currency)
    if state.headline:
        announced.add(state.headline.amount.minor_units, state.headline.projects)
    else:
        promised = state.ladder.promised or state.ladder.current
        announced.add(promised.minor_units if promised else 0, state.projects)
    rest.add(announced.units - sums["itemised"].units, announced.projects - sums["itemised"].projects)
    by_sector = sorted(sectors.items(), key=lambda item: (-item[1]["itemised"].units, item[0] or ""))
    return Balance(
        id=UUID(found.id),
        code=state.code,
        headline=announced.tally(),
        itemised=sums["itemised"].tally(),
        remainder=rest.tally(),
        approved=sums["approved"].tally(),
        executed=sums["executed"].tally(),
        apart=Apart(**{name: sums[name].tally() for name in ("dismissed", "withdrawn", "superseded")}),
        by_sector=tuple(_sector_tally(name, of) for name, of in by_sector),
        position=moment.position,
        valid_at=moment.day,
        illustrative=tuple(sorted(invented)),
    )


def _sector_tally(name: str | None, of: dict[str, _Sum]) -> SectorTally:
    itemised = of["itemised"].tally()
    return SectorTally(
        sector=name,
        amount=itemised.amount,
        projects=itemised.projects,
        approved=of["approved"].tally(),
        executed=of["executed"].tally(),
    )


def _parts(id: str, moment: Moment, *, own: bool) -> sa.Select[Any]:
    """Select the sums of a whole's parts by state and sector; of the commitment itself where it is no whole."""
    counted = (
        sa.func.sum(row.projects).label("projects"),
        sa.func.sum(row.amount).label("amount"),
        sa.func.sum(row.approved).label("approved"),
        sa.func.sum(sa.case((row.approved.is_not(None), row.projects), else_=0)).label("approving"),
        sa.func.sum(row.executed).label("executed"),
        sa.func.sum(sa.case((row.executed > 0, row.projects), else_=0)).label("executing"),
        *(sa.func.max(row.invented.op("&")(bit)).label(f"{name}_invented") for name, bit in LINES.items()),
    )
    query = sa.select(row.status, row.sector, *counted).group_by(row.status, row.sector)
    return query.where(row.id == id if own else row.part_of == id, moment.selects(row))
