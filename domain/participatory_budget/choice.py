"""What a participatory budget requires of proposals, votes and priorities, as far as it can tell by itself."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain.errors import Words
from domain.participatory_budget import errors
from domain.participatory_budget.types import CarriedOver, ParticipatoryBudgetState, Proposal
from domain.types import Money

_NOT_EVALUATED = Words("not evaluated", "sin evaluar")
_INFEASIBLE = Words("infeasible", "declarada no viable")


def must_match(state: ParticipatoryBudgetState, amount: Money | None, field: str, name: str) -> None:
    """Require an amount in the currency of the ceiling, or of the first proposal.

    :raises BudgetCurrencyDiffers: it is in another one.
    """
    known = [amount for amount in (state.ceiling, *(p.cost for p in state.proposals)) if amount]
    if amount is not None and known and amount.currency != known[0].currency:
        raise errors.BudgetCurrencyDiffers(
            field=field, currency=amount.currency, budget=name, expected=known[0].currency
        )


def must_have_ceiling(state: ParticipatoryBudgetState, name: str) -> Money:
    """Return the ceiling.

    :raises CeilingMissing: there is none.
    """
    if state.ceiling is None:
        raise errors.CeilingMissing(budget=name)
    return state.ceiling


def must_fit(
    state: ParticipatoryBudgetState, priorities: tuple[str, ...], ceiling: Money, field: str, name: str
) -> None:
    """Require proposals to cost together no more than a ceiling, in its currency.

    :raises BudgetCurrencyDiffers: a cost is in another currency.
    :raises CeilingExceeded: they cost more.
    """
    for proposal in state.proposals:
        if proposal.cost.currency != ceiling.currency:
            raise errors.BudgetCurrencyDiffers(
                field=field, currency=ceiling.currency, budget=name, expected=proposal.cost.currency
            )
    cost = state.cost_of(priorities)
    if cost > ceiling.amount:
        raise errors.CeilingExceeded(
            field=field, cost=cost, currency=ceiling.currency, over=cost - ceiling.amount, ceiling=ceiling.amount
        )


def must_be_new_proposal(state: ParticipatoryBudgetState, code: str, name: str) -> None:
    """Require a code that no proposal has.

    :raises ProposalCodeTaken: one has it.
    """
    if (known := state.proposal(code)) is not None:
        raise errors.ProposalCodeTaken(field="code", proposal=code, budget=name, submitted_on=known.submitted_on)


def must_have(state: ParticipatoryBudgetState, code: str, day: date, name: str, field: str = "proposal") -> Proposal:
    """Return a proposal that was submitted and not taken back.

    :raises UnknownProposal: it was not submitted.
    :raises ProposalTakenBack: it was taken back.
    """
    proposal = state.proposal(code)
    if proposal is None:
        raise errors.UnknownProposal(field=field, proposal=code, budget=name, occurred_on=day)
    if proposal.withdrawn is not None:
        raise errors.ProposalTakenBack(field=field, proposal=code, reason=proposal.withdrawn)
    return proposal


def must_be_feasible(state: ParticipatoryBudgetState, codes: Iterable[str], field: str, day: date, name: str) -> None:
    """Require proposals that were found feasible.

    :raises UnknownProposal: one was not submitted.
    :raises ProposalTakenBack: one was taken back.
    :raises ProposalNotFeasible: one was not evaluated, or found infeasible.
    """
    for code in codes:
        found = must_have(state, code, day, name, field).evaluation
        if found is None or found.verdict != "feasible":
            why = _NOT_EVALUATED if found is None else _INFEASIBLE
            raise errors.ProposalNotFeasible(field=field, proposal=code, state=why)


def must_be_explained(code: str, verdict: str, explanation: str | None) -> None:
    """Require an explanation where a proposal is found infeasible.

    :raises ExplanationMissing: there is none.
    """
    if verdict == "infeasible" and explanation is None:
        raise errors.ExplanationMissing(field="explanation", proposal=code)


def must_not_be_prioritised(state: ParticipatoryBudgetState, code: str) -> None:
    """Require a proposal that is not among the priorities.

    :raises ProposalPrioritised: it is.
    """
    if code in state.priorities:
        raise errors.ProposalPrioritised(field="proposal", proposal=code)


def must_be_priorities(state: ParticipatoryBudgetState, codes: Iterable[str], field: str, name: str) -> None:
    """Require proposals that are among the priorities.

    :raises ProposalNotPrioritised: one is not.
    """
    for code in codes:
        if code not in state.priorities:
            there = ", ".join(state.priorities) or "-"
            raise errors.ProposalNotPrioritised(field=field, proposal=code, budget=name, priorities=there)


def must_not_have_voted(state: ParticipatoryBudgetState, agent: UUID) -> None:
    """Require an agent that has not voted.

    :raises AgentVotedAlready: it has.
    """
    for ballot in state.ballots:
        if ballot.agent == agent:
            raise errors.AgentVotedAlready(field="agent", agent=agent, cast_on=ballot.cast_on)


def must_have_priorities(state: ParticipatoryBudgetState, name: str) -> None:
    """Require priorities.

    :raises PrioritiesMissing: there are none.
    """
    if not state.priorities:
        raise errors.PrioritiesMissing(budget=name)


def must_be_replaceable(state: ParticipatoryBudgetState, code: str, instead: str | None, day: date, name: str) -> None:
    """Require a priority that became nothing yet, and in its place a feasible proposal that fits the ceiling.

    :raises ProposalNotPrioritised: it is no priority.
    :raises CarriedOverAlready: it became a project and a commitment.
    :raises UnknownProposal: the other one was not submitted.
    :raises ProposalTakenBack: the other one was taken back.
    :raises ProposalNotFeasible: the other one was not found feasible.
    :raises ProposalPrioritised: the other one is a priority already.
    :raises CeilingExceeded: with it, the priorities cost more than the ceiling.
    """
    must_be_priorities(state, [code], "proposal", name)
    must_not_have_become(state, [code])
    if instead is None:
        return
    must_be_feasible(state, [instead], "instead", day, name)
    must_not_be_prioritised(state, instead)
    after = tuple(instead if priority == code else priority for priority in state.priorities)
    must_fit(state, after, must_have_ceiling(state, name), "instead", name)


def must_be_carried_over_once(state: ParticipatoryBudgetState, winners: tuple[CarriedOver, ...]) -> None:
    """Require proposals that became nothing yet.

    :raises CarriedOverAlready: one became a project and a commitment.
    """
    must_not_have_become(state, [winner.proposal for winner in winners])


def must_not_have_become(state: ParticipatoryBudgetState, codes: Iterable[str]) -> None:
    """Require proposals that became nothing yet.

    :raises CarriedOverAlready: one became a project and a commitment.
    """
    for code in codes:
        if (before := state.became(code)) is not None:
            raise errors.CarriedOverAlready(proposal=code, project=before.project, commitment=before.commitment)
