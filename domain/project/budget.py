"""The budget of a project: a ladder of stages for each fiscal year, as other systems showed it up to a cut-off day."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field

from domain.types import Money, Source
from domain.values import Value

STAGES = ("pia", "pim", "certified", "annual_commitment", "accrued", "disbursed")
"""In the order of the ladder: opening and modified budget, reserved, committed for the year, owed, paid out."""
LADDER = STAGES[1:]
"""Stages of which none should exceed one before it; the modified budget may well exceed the opening one."""
FiscalYear = Annotated[int, Field(ge=1990, le=2100, strict=True)]


class Stages(Value, frozen=True, kw_only=True):
    """Amounts by stage of the ladder, one currency; a stage that is left out is not known."""

    pia: Money | None = None
    pim: Money | None = None
    certified: Money | None = None
    annual_commitment: Money | None = None
    accrued: Money | None = None
    disbursed: Money | None = None

    def checked(self) -> Self:
        """Require at least one stage, and one currency."""
        currencies = {amount.currency for _, amount in self.known()}
        if not currencies:
            msg = f"say at least one stage of {', '.join(STAGES)}"
            raise ValueError(msg)
        if len(currencies) > 1:
            msg = f"one ladder is in one currency, not in {' and '.join(sorted(currencies))}"
            raise ValueError(msg)
        return self

    def known(self) -> Iterator[tuple[str, Money]]:
        """Yield the stages that are known, in the order of the ladder."""
        for stage in STAGES:
            if (amount := getattr(self, stage)) is not None:
                yield stage, amount

    @property
    def currency(self) -> str | None:
        """The currency of the ladder."""
        return next((amount.currency for _, amount in self.known()), None)

    def broken(self) -> Iterator[tuple[tuple[str, Money], tuple[str, Money]]]:
        """Yield every step that exceeds one before it: the higher one first."""
        steps = [step for step in self.known() if step[0] in LADDER]
        for place, (stage, amount) in enumerate(steps):
            yield from (((stage, amount), before) for before in steps[:place] if amount.amount > before[1].amount)


class Budget(Value, frozen=True, kw_only=True):
    """The ladder of one fiscal year up to a cut-off day, as stated on `occurred_on`."""

    fiscal_year: int
    cut_off: date
    stages: Stages
    source: Source | None
    occurred_on: date


def totals(budgets: Iterable[Budget]) -> Stages:
    """Add the ladders of several years, stage by stage, in the currency of the first."""
    every = [budget.stages for budget in budgets]
    currency = next((stages.currency for stages in every if stages.currency), None)
    sums: dict[str, Decimal] = {}
    for stages in every:
        for stage, amount in stages.known():
            if amount.currency == currency:
                sums[stage] = sums.get(stage, Decimal(0)) + amount.amount
    return Stages(**{stage: Money(amount=total, currency=str(currency)) for stage, total in sums.items()})
