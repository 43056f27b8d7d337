"""What a participatory budget allows in which phase; commands ask, and so do corrections and voids."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from domain.events import Event
from domain.participatory_budget import choice, errors
from domain.participatory_budget import events as e
from domain.participatory_budget.types import ParticipatoryBudgetState, Status
from domain.states import must_be_in

_S = Status
_BEFORE_FORMAL = frozenset({_S.REGULATED, _S.PREPARATION, _S.CONCERTATION, _S.COORDINATION})
_AGREEING = frozenset({_S.CONCERTATION, _S.COORDINATION})
_FORMAL = frozenset({_S.FORMALISED, _S.IN_EXECUTION})
ALLOWED: Mapping[type[Event], frozenset[Status]] = {
    e.CeilingSet: _BEFORE_FORMAL,
    e.PreparationStarted: frozenset({_S.REGULATED}),
    e.AgentRegistered: frozenset({_S.PREPARATION, _S.CONCERTATION}),
    e.AgentRejected: frozenset({_S.PREPARATION, _S.CONCERTATION}),
    e.TechnicalTeamNamed: _BEFORE_FORMAL,
    e.ConcertationStarted: frozenset({_S.PREPARATION}),
    e.ProposalSubmitted: frozenset({_S.CONCERTATION}),
    e.ProposalEvaluated: _AGREEING,
    e.ProposalWithdrawn: _AGREEING,
    e.BallotRecorded: frozenset({_S.CONCERTATION}),
    e.PrioritiesSet: _AGREEING,
    e.CoordinationStarted: frozenset({_S.CONCERTATION}),
    e.BudgetFormalised: frozenset({_S.COORDINATION}),
    e.CommitteeElected: _AGREEING | {_S.FORMALISED},
    e.PriorityReplaced: _FORMAL,
    e.CarryOverRecorded: _FORMAL,
    e.ExecutionStarted: frozenset({_S.FORMALISED}),
    e.ExecutionReported: frozenset({_S.IN_EXECUTION}),
    e.AccountsRendered: frozenset({_S.IN_EXECUTION}),
}
"""The phases in which each fact may happen; facts that are not here may happen in any phase."""


def must_follow(state: ParticipatoryBudgetState, event: Event) -> None:
    """Refuse a fact that could not have been decided on a state.

    :raises DomainError: its command would have refused it.
    """
    name, day = state.code or str(event.originator_id), event.occurred_on
    must_be_open(state, type(event), event.TOPIC, name)
    match event:
        case e.CeilingSet():
            choice.must_fit(state, state.priorities, event.ceiling, "ceiling", name)
        case e.AgentRegistered():
            must_be_new_agent(state, event.organization)
        case e.WorkshopRecorded():
            must_be_new_workshop(state, event.key, name)
        case e.ConcertationStarted():
            must_have_agents(state, name)
        case e.ProposalSubmitted():
            choice.must_be_new_proposal(state, event.code, name)
            must_be_agents(state, {"proposer": event.proposer}, day, name)
            choice.must_match(state, event.cost, "cost", name)
        case e.ProposalEvaluated():
            must_have_team(state, name)
            choice.must_have(state, event.proposal, day, name)
        case e.ProposalWithdrawn():
            choice.must_have(state, event.proposal, day, name)
            choice.must_not_be_prioritised(state, event.proposal)
        case e.BallotRecorded():
            must_be_agents(state, {"agent": event.agent}, day, name)
            choice.must_not_have_voted(state, event.agent)
            choice.must_be_feasible(state, event.proposals, "proposals", day, name)
        case e.PrioritiesSet():
            choice.must_be_feasible(state, event.priorities, "priorities", day, name)
            choice.must_fit(state, event.priorities, choice.must_have_ceiling(state, name), "priorities", name)
        case e.CommitteeElected():
            must_be_agents(state, seats(member.organization for member in event.members), day, name)
        case e.PriorityReplaced():
            choice.must_be_replaceable(state, event.proposal, event.instead, day, name)
        case e.CarryOverRecorded():
            choice.must_be_carried_over_once(state, event.winners)
            choice.must_be_priorities(state, [winner.proposal for winner in event.winners], "winners", name)
        case e.CoordinationStarted() | e.BudgetFormalised():
            choice.must_have_priorities(state, name)
        case e.ExecutionStarted():
            must_have_committee(state, name)
            must_be_in_year(state, day, name)
        case e.ExecutionReported():
            choice.must_be_priorities(state, [event.proposal], "proposal", name)
            choice.must_match(state, event.executed, "executed", name)
        case _:
            pass


def must_be_open(state: ParticipatoryBudgetState, event: type[Event], command: str, name: str) -> None:
    """Require a phase in which the fact may happen.

    :raises ParticipatoryBudgetNotOpen: it is another one.
    """
    must_be_in(
        ALLOWED.get(event),
        state.status,
        errors.ParticipatoryBudgetNotOpen,
        since=state.since,
        command=command,
        budget=name,
    )


def must_be_new_agent(state: ParticipatoryBudgetState, organization: UUID) -> None:
    """Require an organization that does not take part yet.

    :raises AgentRegisteredAlready: it does.
    """
    for agent in state.agents:
        if agent.organization == organization:
            raise errors.AgentRegisteredAlready(
                field="organization", organization=organization, registered_on=agent.registered_on
            )


def must_be_agents(state: ParticipatoryBudgetState, named: Mapping[str, UUID], day: date, name: str) -> None:
    """Require organizations, by the field that names each, to take part.

    :raises NotAnAgent: one does not.
    """
    for field, organization in named.items():
        if not state.is_agent(organization):
            raise errors.NotAnAgent(field=field, organization=organization, budget=name, occurred_on=day)


def seats(organizations: Iterable[UUID]) -> dict[str, UUID]:
    """Return the organizations of a committee by the field that names each."""
    return {f"members.{place}.organization": id for place, id in enumerate(organizations)}


def must_have_agents(state: ParticipatoryBudgetState, name: str) -> None:
    """Require somebody to take part.

    :raises NoAgents: nobody does.
    """
    if not state.agents:
        raise errors.NoAgents(budget=name)


def must_have_team(state: ParticipatoryBudgetState, name: str) -> None:
    """Require a technical team.

    :raises TechnicalTeamMissing: there is none.
    """
    if not state.technical_team:
        raise errors.TechnicalTeamMissing(budget=name)


def must_be_new_workshop(state: ParticipatoryBudgetState, key: str, name: str) -> None:
    """Require a key that no workshop has.

    :raises WorkshopKeyTaken: one has it.
    """
    for workshop in state.workshops:
        if workshop.key == key:
            raise errors.WorkshopKeyTaken(field="key", key=key, budget=name, held_on=workshop.held_on)


def must_have_committee(state: ParticipatoryBudgetState, name: str) -> None:
    """Require an oversight committee.

    :raises OversightCommitteeMissing: there is none.
    """
    if not state.committee:
        raise errors.OversightCommitteeMissing(budget=name)


def must_be_in_year(state: ParticipatoryBudgetState, day: date, name: str) -> None:
    """Require the fiscal year to have begun.

    :raises FiscalYearNotBegun: it has not.
    """
    if day.year < state.fiscal_year:
        raise errors.FiscalYearNotBegun(fiscal_year=state.fiscal_year, budget=name, occurred_on=day)
