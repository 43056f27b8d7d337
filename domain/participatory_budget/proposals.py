"""What is proposed in a participatory budget, what was found of it, and what comes first."""

from domain.aggregate import command
from domain.events import Context
from domain.facts import Organizations
from domain.objectives import Objective, PlanObjectives
from domain.participatory_budget import choice, rules
from domain.participatory_budget import events as e
from domain.participatory_budget import types as t
from domain.participatory_budget.participation import BudgetParticipation
from domain.texts import Code, OrganizationId, Percent, Text, Title
from domain.types import Act, Money


class BudgetProposals(BudgetParticipation):
    """The commands about proposals, votes and priorities."""

    @command(e.ProposalSubmitted)
    def submit_proposal(
        self,
        *,
        code: Code,
        title: Title,
        objective: Objective,
        cost: Money,
        proposer: OrganizationId,
        territories: t.Territories = (),
        description: Text | None = None,
        context: Context,
        organizations: Organizations,
        plan_objectives: PlanObjectives,
    ) -> None:
        """Submit a proposal of an agent. It serves an objective of a plan whose version is in force on the day.

        :raises UnknownOrganization: the proposer is not recorded.
        :raises OrganizationEnded: the proposer had ended by then.
        :raises ParticipatoryBudgetNotOpen: it is not in concertation.
        :raises ProposalCodeTaken: another proposal of it has the code.
        :raises NotAnAgent: the proposer does not take part.
        :raises BudgetCurrencyDiffers: the cost is not in the currency of the ceiling or of the other proposals.
        :raises UnknownPlan: the plan is not recorded, or had not begun.
        :raises UnknownPlanVersion: the plan has no such version, or had not by then.
        :raises UnknownObjective: the version has no such objective, or had not by then.
        :raises PlanNotInForce: the version was not in force on that day.
        """
        day = context.occurred_on
        organizations.must_stand(day)
        self._must_be_open("submit-proposal", e.ProposalSubmitted)
        choice.must_be_new_proposal(self.latest, code, self._name)
        rules.must_be_agents(self.known, {"proposer": proposer}, day, self._name)
        choice.must_match(self.latest, cost, "cost", self._name)
        plan_objectives.must_be_in_force(objective, day, "objective")
        self.record(
            e.ProposalSubmitted,
            context,
            code=code,
            title=title,
            objective=objective,
            cost=cost,
            proposer=proposer,
            territories=territories,
            description=description,
        )

    @command(e.ProposalEvaluated)
    def evaluate_proposal(
        self,
        *,
        proposal: Code,
        verdict: t.Verdict,
        explanation: Text | None = None,
        score: Percent | None = None,
        context: Context,
    ) -> None:
        """Record what the technical team found of a proposal, in place of what it found before.

        :raises ParticipatoryBudgetNotOpen: it is not in concertation or coordination.
        :raises TechnicalTeamMissing: there is no technical team.
        :raises UnknownProposal: there was no such proposal.
        :raises ProposalTakenBack: the proposal was withdrawn.
        :raises ExplanationMissing: it is found infeasible, and nobody says why.
        :raises ProposalPrioritised: it is found infeasible, and is among the priorities.
        """
        self._must_be_open("evaluate-proposal", e.ProposalEvaluated)
        rules.must_have_team(self.known, self._name)
        choice.must_have(self.known, proposal, context.occurred_on, self._name)
        choice.must_be_explained(proposal, verdict, explanation)
        if verdict == "infeasible":
            choice.must_not_be_prioritised(self.latest, proposal)
        self.record(
            e.ProposalEvaluated, context, proposal=proposal, verdict=verdict, explanation=explanation, score=score
        )

    @command(e.ProposalWithdrawn, needs=("reason",))
    def withdraw_proposal(self, *, proposal: Code, context: Context) -> None:
        """Take a proposal back, and say why. Votes for it stay on record.

        :raises ParticipatoryBudgetNotOpen: it is not in concertation or coordination.
        :raises UnknownProposal: there was no such proposal.
        :raises ProposalTakenBack: the proposal was withdrawn before.
        :raises ProposalPrioritised: it is among the priorities.
        """
        self._must_be_open("withdraw-proposal", e.ProposalWithdrawn)
        choice.must_have(self.known, proposal, context.occurred_on, self._name)
        choice.must_have(self.latest, proposal, context.occurred_on, self._name)
        choice.must_not_be_prioritised(self.latest, proposal)
        self.record(e.ProposalWithdrawn, context, proposal=proposal)

    @command(e.BallotRecorded)
    def record_ballot(
        self, *, agent: OrganizationId, proposals: t.Proposals, context: Context, organizations: Organizations
    ) -> None:
        """Record for which feasible proposals an agent voted: one vote for each.

        :raises UnknownOrganization: the agent is not recorded.
        :raises OrganizationEnded: the agent had ended by then.
        :raises ParticipatoryBudgetNotOpen: it is not in concertation.
        :raises NotAnAgent: whoever votes does not take part.
        :raises AgentVotedAlready: the agent voted before.
        :raises UnknownProposal: a proposal was not submitted.
        :raises ProposalTakenBack: a proposal was withdrawn.
        :raises ProposalNotFeasible: a proposal was not evaluated, or found infeasible.
        """
        day = context.occurred_on
        organizations.must_stand(day)
        self._must_be_open("record-ballot", e.BallotRecorded)
        rules.must_be_agents(self.known, {"agent": agent}, day, self._name)
        choice.must_not_have_voted(self.latest, agent)
        choice.must_be_feasible(self.known, proposals, "proposals", day, self._name)
        self.record(e.BallotRecorded, context, agent=agent, proposals=proposals)

    @command(e.CeilingSet)
    def set_ceiling(self, *, ceiling: Money, act: Act | None = None, context: Context) -> None:
        """Say how much the priorities may cost together, in place of what was said before.

        :raises ParticipatoryBudgetNotOpen: it is formalised.
        :raises BudgetCurrencyDiffers: proposals are in another currency.
        :raises CeilingExceeded: the priorities cost more.
        """
        self._must_be_open("set-ceiling", e.CeilingSet)
        choice.must_fit(self.known, self.known.priorities, ceiling, "ceiling", self._name)
        self.record(e.CeilingSet, context, ceiling=ceiling, act=act)

    @command(e.PrioritiesSet)
    def set_priorities(self, *, priorities: t.Proposals, context: Context) -> None:
        """Record which feasible proposals come first, in this order, in place of those before. They fit the ceiling.

        :raises ParticipatoryBudgetNotOpen: it is not in concertation or coordination.
        :raises UnknownProposal: a proposal was not submitted.
        :raises ProposalTakenBack: a proposal was withdrawn.
        :raises ProposalNotFeasible: a proposal was not evaluated, or found infeasible.
        :raises CeilingMissing: nobody said how much they may cost.
        :raises BudgetCurrencyDiffers: a proposal is not in the currency of the ceiling.
        :raises CeilingExceeded: they cost more than the ceiling.
        """
        self._must_be_open("set-priorities", e.PrioritiesSet)
        choice.must_be_feasible(self.known, priorities, "priorities", context.occurred_on, self._name)
        ceiling = choice.must_have_ceiling(self.known, self._name)
        choice.must_fit(self.known, priorities, ceiling, "priorities", self._name)
        self.record(e.PrioritiesSet, context, priorities=priorities)

    @command(e.PriorityReplaced, needs=("reason",))
    def replace_priority(self, *, proposal: Code, act: Act, instead: Code | None = None, context: Context) -> None:
        """Give up a priority by an act, for another feasible proposal or for none, once it is formalised.

        :raises ParticipatoryBudgetNotOpen: it is not formalised, or accounted for.
        :raises ProposalNotPrioritised: the proposal is no priority.
        :raises CarriedOverAlready: the proposal became a project and a commitment.
        :raises UnknownProposal: the other one was not submitted.
        :raises ProposalTakenBack: the other one was withdrawn.
        :raises ProposalNotFeasible: the other one was not found feasible.
        :raises ProposalPrioritised: the other one is a priority already.
        :raises CeilingMissing: nobody said how much the priorities may cost.
        :raises BudgetCurrencyDiffers: a proposal is not in the currency of the ceiling.
        :raises CeilingExceeded: with the other one, the priorities cost more than the ceiling.
        """
        self._must_be_open("replace-priority", e.PriorityReplaced)
        choice.must_be_replaceable(self.known, proposal, instead, context.occurred_on, self._name)
        choice.must_not_have_become(self.latest, [proposal])
        self.record(e.PriorityReplaced, context, proposal=proposal, act=act, instead=instead)
