"""The life of a participatory budget, phase by phase, and what became of its priorities."""

from collections.abc import Iterable
from typing import Self, cast

from domain.aggregate import AFTER_ALL, command
from domain.corrections import Entry, FactVoided, Past, readings
from domain.events import Context, Event
from domain.facts import Codes, Dependents, Organizations
from domain.participatory_budget import choice, evolution, rules
from domain.participatory_budget import events as e
from domain.participatory_budget import types as t
from domain.participatory_budget.facts import NO_BUDGETS, BudgetsOfYears, Outcomes
from domain.participatory_budget.proposals import BudgetProposals
from domain.participatory_budget.types import ParticipatoryBudgetState
from domain.texts import Code, Digest, OrganizationId, Percent, Position
from domain.types import Act, Money


class ParticipatoryBudget(BudgetProposals):
    """What the agents of a municipality decide for a fiscal year, and which objectives of plans it serves."""

    TOPIC = "participatory-budget"
    STATE = ParticipatoryBudgetState

    @command(e.BudgetRegulated)
    @classmethod
    def regulate(
        cls,
        *,
        municipality: OrganizationId,
        fiscal_year: t.FiscalYear,
        ordinance: Act,
        code: Code | None = None,
        ceiling: Money | None = None,
        context: Context,
        organizations: Organizations,
        codes: Codes,
        years: BudgetsOfYears,
    ) -> Self:
        """Begin the participatory budget of a municipality for a fiscal year with the ordinance that regulates it.

        :raises UnknownOrganization: the municipality is not recorded.
        :raises OrganizationEnded: the municipality had ended by then.
        :raises CodeTaken: another participatory budget has the code.
        :raises BudgetOfYearExists: the municipality has a participatory budget for the fiscal year.
        """
        organizations.must_stand(context.occurred_on)
        codes.must_be_free([code])
        years.must_be_free(municipality, fiscal_year)
        return cls.begin(
            e.BudgetRegulated,
            context,
            municipality=municipality,
            fiscal_year=fiscal_year,
            ordinance=ordinance,
            code=code,
            ceiling=ceiling,
        )

    @command(e.PreparationStarted)
    def start_preparation(self, *, context: Context) -> None:
        """Record that it was announced and agents were called.

        :raises ParticipatoryBudgetNotOpen: it is in preparation, or past it.
        """
        self._must_be_open("start-preparation", e.PreparationStarted)
        self.record(e.PreparationStarted, context)

    @command(e.ConcertationStarted)
    def start_concertation(self, *, context: Context) -> None:
        """Record that the workshops began in which agents propose and decide.

        :raises ParticipatoryBudgetNotOpen: it is not in preparation.
        :raises NoAgents: nobody takes part.
        """
        self._must_be_open("start-concertation", e.ConcertationStarted)
        rules.must_have_agents(self.known, self._name)
        self.record(e.ConcertationStarted, context)

    @command(e.CoordinationStarted)
    def start_coordination(self, *, context: Context) -> None:
        """Record that the levels of government began to agree on who does what.

        :raises ParticipatoryBudgetNotOpen: it is not in concertation.
        :raises PrioritiesMissing: there are no priorities.
        """
        self._must_be_open("start-coordination", e.CoordinationStarted)
        choice.must_have_priorities(self.known, self._name)
        self.record(e.CoordinationStarted, context)

    @command(e.BudgetFormalised)
    def formalise(self, *, act: Act, acta: Digest, context: Context) -> None:
        """Record the act that put the priorities into the budget, and the acta of agreements and commitments.

        :raises ParticipatoryBudgetNotOpen: it is not in coordination.
        :raises PrioritiesMissing: there are no priorities.
        """
        self._must_be_open("formalise", e.BudgetFormalised)
        choice.must_have_priorities(self.known, self._name)
        self.record(e.BudgetFormalised, context, act=act, acta=acta)

    @command(e.CommitteeElected)
    def elect_committee(self, *, members: t.Committee, context: Context, organizations: Organizations) -> None:
        """Record who was elected to watch over what was agreed, in place of those before. Its seats are agents.

        :raises UnknownOrganization: an organization is not recorded.
        :raises OrganizationEnded: an organization had ended by then.
        :raises ParticipatoryBudgetNotOpen: it is not in concertation, in coordination or formalised.
        :raises NotAnAgent: a seat is nobody who takes part.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be_open("elect-committee", e.CommitteeElected)
        seats = rules.seats(member.organization for member in members)
        rules.must_be_agents(self.known, seats, context.occurred_on, self._name)
        self.record(e.CommitteeElected, context, members=members)

    @command(e.CarryOverRecorded)
    def record_carry_over(self, *, winners: t.Winners, context: Context, outcomes: Outcomes) -> None:
        """Record which project and which commitment priorities became, each of them once.

        `carry-over` makes both for all priorities and records this in the same decision.

        :raises ParticipatoryBudgetNotOpen: it is not formalised, or accounted for.
        :raises ProposalNotPrioritised: a proposal is no priority.
        :raises CarriedOverAlready: a proposal became something before.
        :raises OutcomeNotRecorded: a project or a commitment is not recorded, or had not begun.
        """
        self._must_be_open("record-carry-over", e.CarryOverRecorded)
        named = [winner.proposal for winner in winners]
        choice.must_be_priorities(self.known, named, "winners", self._name)
        choice.must_not_have_become(self.latest, named)
        outcomes.must_exist(winners, context.occurred_on)
        self.record(e.CarryOverRecorded, context, winners=winners)

    @command(e.ExecutionStarted)
    def start_execution(self, *, context: Context) -> None:
        """Record that it is executed, on a day of its fiscal year or later.

        :raises ParticipatoryBudgetNotOpen: it is not formalised.
        :raises OversightCommitteeMissing: nobody was elected to watch over it.
        :raises FiscalYearNotBegun: the fiscal year had not begun by then.
        """
        self._must_be_open("start-execution", e.ExecutionStarted)
        rules.must_have_committee(self.known, self._name)
        rules.must_be_in_year(self.known, context.occurred_on, self._name)
        self.record(e.ExecutionStarted, context)

    @command(e.ExecutionReported)
    def report_execution(
        self,
        *,
        proposal: Code,
        stage: t.Stage,
        executed: Money | None = None,
        percent: Percent | None = None,
        context: Context,
    ) -> None:
        """Report how far a budget line is, and how much was spent on it up to a day, in all.

        :raises ParticipatoryBudgetNotOpen: it is not in execution.
        :raises ProposalNotPrioritised: the proposal is no priority.
        :raises BudgetCurrencyDiffers: the amount is in another currency.
        """
        self._must_be_open("report-execution", e.ExecutionReported)
        choice.must_be_priorities(self.known, [proposal], "proposal", self._name)
        choice.must_match(self.known, executed, "executed", self._name)
        said = {"proposal": proposal, "stage": stage, "executed": executed, "percent": percent}
        self.record(e.ExecutionReported, context, **said)

    @command(e.AccountsRendered)
    def render_accounts(self, *, report: Digest, context: Context) -> None:
        """Record that the municipality accounted for what was agreed, by the digest of its report.

        :raises ParticipatoryBudgetNotOpen: it is not in execution.
        """
        self._must_be_open("render-accounts", e.AccountsRendered)
        self.record(e.AccountsRendered, context, report=report)

    @command(FactVoided, needs=("reason",), dated=False)
    def void(
        self,
        *,
        position: Position,
        context: Context,
        past: Past,
        codes: Codes,
        dependents: Dependents,
        years: BudgetsOfYears = NO_BUDGETS,
    ) -> None:
        """Void a fact of this participatory budget as entered in error, wherever it stands.

        Who asks about a time of recording before the void still reads the fact. Voiding a void restores the fact;
        voiding the first fact takes the whole participatory budget out of every list and total.

        :raises FactNotFound: the participatory budget has no fact at that position.
        :raises FactAlreadyVoided: the fact is already void.
        :raises CodeTaken: a code that this would restore has gone to another participatory budget.
        :raises FactsContradict: another fact of it rests on this one; void that one first.
        :raises OthersRestOnIt: it is the first fact, and other objects name the participatory budget.
        :raises BudgetOfYearExists: the fiscal year that this would restore has gone to another participatory budget.
        """
        super().void(position=position, context=context, past=past, codes=codes, dependents=dependents)
        event = cast("Event", self.pending_events[-1])
        state = self.folded(readings((*past.stream, Entry(AFTER_ALL, event, lambda _: event))))
        if state is not None and (self.newest is None or state.claimed != self.newest.claimed):
            years.must_be_free(*state.claimed)

    @classmethod
    def claims(cls, state: ParticipatoryBudgetState) -> Iterable[str | None]:
        """Yield the code: no other participatory budget may have it."""
        return (state.code,)

    @classmethod
    def must_follow(cls, state: ParticipatoryBudgetState, event: Event) -> None:
        """Refuse a fact that could not have been decided on a state."""
        rules.must_follow(state, event)

    @staticmethod
    def evolve(state: ParticipatoryBudgetState, event: e.ParticipatoryBudgetEvent) -> ParticipatoryBudgetState:
        """Return the participatory budget after one more fact."""
        return evolution.evolve(state, event)
