"""What a participatory budget must know of others: the other budgets of its municipality, what its winners became."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.facts import Facts
from domain.participatory_budget.errors import BudgetOfYearExists, OutcomeNotRecorded
from domain.participatory_budget.types import CarriedOver


class BudgetsOfYears(Facts, frozen=True, kw_only=True):
    """The other participatory budgets of the municipalities that a command concerns, by municipality and year."""

    others: Mapping[tuple[UUID, int], UUID] = {}

    def must_be_free(self, municipality: UUID, fiscal_year: int) -> None:
        """Require a municipality to have no other participatory budget for a fiscal year.

        :raises BudgetOfYearExists: it has one.
        """
        if (other := self.others.get((municipality, fiscal_year))) is not None:
            raise BudgetOfYearExists(
                field="fiscal_year", municipality=municipality, fiscal_year=fiscal_year, other=other
            )


NO_BUDGETS = BudgetsOfYears()
"""Nothing to agree with."""


class Outcomes(Facts, frozen=True, kw_only=True):
    """Which of the projects and commitments that a command names there were on the day."""

    projects: frozenset[UUID] = frozenset()
    commitments: frozenset[UUID] = frozenset()

    def must_exist(self, winners: tuple[CarriedOver, ...], day: date) -> None:
        """Require what proposals became to be recorded by a day.

        :raises OutcomeNotRecorded: a project or a commitment is not.
        """
        for place, winner in enumerate(winners):
            known = {"project": self.projects, "commitment": self.commitments}
            for kind, ids in known.items():
                if (id := getattr(winner, kind)) not in ids:
                    raise OutcomeNotRecorded(field=f"winners.{place}.{kind}", id=id, kind=kind, occurred_on=day)
