"""What an auditor would stop at: figures and tracks of a project that do not fit each other. Never a refusal."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from domain.project.budget import LADDER, totals
from domain.project.tracks import BUILT, Investment, Table, Works
from domain.project.types import ProjectState
from domain.types import Money
from domain.values import Value

LADDER_CODES = tuple(f"{high}_above_{low}" for place, high in enumerate(LADDER) for low in LADDER[:place])
CODES = (
    *LADDER_CODES,
    "accrued_above_cost",
    "funding_above_cost",
    "financial_above_hundred",
    "finished_incomplete",
    "works_before_approval",
    "works_while_dismissed",
    "closed_with_open_works",
)
"""Everything that can be found."""
_WHOLE = Decimal(100)


class FoundValue(Value, frozen=True, kw_only=True):
    """One of the values that do not fit: an amount, a percentage, or the state of a track."""

    name: str
    amount: Money | None = None
    percent: Decimal | None = None
    state: str | None = None


class ProjectFinding(Value, frozen=True, kw_only=True):
    """Something that does not fit, with the values; of one fiscal year and its cut-off day where it is of a year."""

    code: str
    fiscal_year: int | None = None
    cut_off: date | None = None
    values: tuple[FoundValue, ...]


def findings(state: ProjectState) -> tuple[ProjectFinding, ...]:
    """Return what does not fit in a project."""
    return (*_ladders(state), *_wholes(state), *_tracks(state))


def _ladders(state: ProjectState) -> Iterator[ProjectFinding]:
    for budget in state.budgets:
        for (high, more), (low, less) in budget.stages.broken():
            yield ProjectFinding(
                code=f"{high}_above_{low}",
                fiscal_year=budget.fiscal_year,
                cut_off=budget.cut_off,
                values=(FoundValue(name=high, amount=more), FoundValue(name=low, amount=less)),
            )


def _wholes(state: ProjectState) -> Iterator[ProjectFinding]:
    """Yield what exceeds the whole: the cost, or a hundred percent."""
    cost, accrued = state.cost, totals(state.budgets).accrued
    if cost and accrued and accrued.currency == cost.currency and accrued.amount > cost.amount:
        yield _beyond("accrued_above_cost", accrued, cost)
    funding = sum((f.amount.amount for f in state.funders if f.amount and _like(f.amount, cost)), Decimal(0))
    if cost and funding > cost.amount:
        yield _beyond("funding_above_cost", Money(amount=funding, currency=cost.currency), cost)
    financial = state.progress.financial
    if financial is not None and financial > _WHOLE:
        yield ProjectFinding(code="financial_above_hundred", values=(FoundValue(name="financial", percent=financial),))


def _like(amount: Money, cost: Money | None) -> bool:
    return cost is not None and amount.currency == cost.currency


def _beyond(code: str, amount: Money, cost: Money) -> ProjectFinding:
    name = code.partition("_above_")[0]
    return ProjectFinding(
        code=code, values=(FoundValue(name=name, amount=amount), FoundValue(name="cost", amount=cost))
    )


def _tracks(state: ProjectState) -> Iterator[ProjectFinding]:
    """Yield what one track says against another, or against the progress reported."""
    works, physical = FoundValue(name="works", state=state.works), state.progress.physical
    begun = state.works is not Works.NOT_STARTED
    if state.works in BUILT and physical is not None and physical < _WHOLE:
        yield ProjectFinding(code="finished_incomplete", values=(works, FoundValue(name="physical", percent=physical)))
    investment = FoundValue(name="investment", state=state.investment)
    if begun and state.investment in {Investment.IDEA, Investment.FORMULATION}:
        yield ProjectFinding(code="works_before_approval", values=(works, investment))
    if state.works is Works.RUNNING and state.table is Table.DISMISSED:
        table = FoundValue(name="table", state=state.table)
        yield ProjectFinding(code="works_while_dismissed", values=(works, table))
    if begun and state.works not in BUILT and state.investment is Investment.CLOSED and state.closing != "unfinished":
        yield ProjectFinding(code="closed_with_open_works", values=(works, investment))
