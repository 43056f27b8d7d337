"""How the facts of a participatory budget change it. One `match`; it refuses nothing."""

from typing import Any, assert_never

from msgspec.structs import replace

from domain.events import Event
from domain.participatory_budget import events as e
from domain.participatory_budget import types as t
from domain.participatory_budget.types import ParticipatoryBudgetState, Status


def evolve(  # noqa: PLR0911 - one match
    state: ParticipatoryBudgetState, event: e.ParticipatoryBudgetEvent
) -> ParticipatoryBudgetState:
    """Return the participatory budget after one more fact."""
    match event:
        case e.BudgetRegulated():
            return _begun(event)
        case e.CeilingSet():
            return replace(state, ceiling=event.ceiling)
        case e.PreparationStarted():
            return _in(state, event, Status.PREPARATION)
        case e.AgentRegistered():
            return replace(state, agents=(*state.agents, _agent(event)))
        case e.AgentRejected():
            rejected = t.RejectedAgent(
                organization=event.organization, reason=event.context.reason or "", rejected_on=event.occurred_on
            )
            return replace(state, rejected=(*state.rejected, rejected))
        case e.TechnicalTeamNamed():
            return replace(state, technical_team=event.members)
        case e.WorkshopRecorded():
            return replace(state, workshops=(*state.workshops, _workshop(event)))
        case e.ConcertationStarted():
            return _in(state, event, Status.CONCERTATION)
        case e.ProposalSubmitted():
            return replace(state, proposals=(*state.proposals, _proposal(event)))
        case e.ProposalEvaluated():
            return state.with_proposal(event.proposal, evaluation=_evaluation(event))
        case e.ProposalWithdrawn():
            return state.with_proposal(event.proposal, withdrawn=event.context.reason or "")
        case e.BallotRecorded():
            ballot = t.Ballot(agent=event.agent, proposals=event.proposals, cast_on=event.occurred_on)
            return replace(state, ballots=(*state.ballots, ballot))
        case e.PrioritiesSet():
            return replace(state, priorities=event.priorities)
        case e.CoordinationStarted():
            return _in(state, event, Status.COORDINATION)
        case e.BudgetFormalised():
            said = t.Formalisation(act=event.act, acta=event.acta, formalised_on=event.occurred_on)
            return _in(state, event, Status.FORMALISED, formalisation=said)
        case e.CommitteeElected():
            return replace(state, committee=event.members)
        case e.PriorityReplaced():
            return _replaced(state, event)
        case e.CarryOverRecorded():
            return replace(state, carried_over=(*state.carried_over, *event.winners))
        case e.ExecutionStarted():
            return _in(state, event, Status.IN_EXECUTION)
        case e.ExecutionReported():
            return _executed(state, event)
        case e.AccountsRendered():
            accounts = t.Accounts(report=event.report, rendered_on=event.occurred_on)
            return _in(state, event, Status.ACCOUNTED, accounts=accounts)
        case _:
            assert_never(event)


def _begun(event: e.BudgetRegulated) -> ParticipatoryBudgetState:
    return ParticipatoryBudgetState(
        began_on=event.occurred_on,
        moved_on=event.occurred_on,
        moved_by=event.TOPIC,
        status=Status.REGULATED,
        since=event.occurred_on,
        municipality=event.municipality,
        fiscal_year=event.fiscal_year,
        code=event.code,
        ordinance=event.ordinance,
        ceiling=event.ceiling,
    )


def _in(state: ParticipatoryBudgetState, event: Event, phase: Status, **said: Any) -> ParticipatoryBudgetState:
    return replace(state, status=phase, since=event.occurred_on, **said)


def _agent(event: e.AgentRegistered) -> t.Agent:
    return t.Agent(
        organization=event.organization,
        legal_personality=event.legal_personality,
        registration=event.registration,
        registered_on=event.occurred_on,
    )


def _workshop(event: e.WorkshopRecorded) -> t.Workshop:
    return t.Workshop(key=event.key, kind=event.kind, place=event.place, counts=event.counts, held_on=event.occurred_on)


def _proposal(event: e.ProposalSubmitted) -> t.Proposal:
    return t.Proposal(
        code=event.code,
        title=event.title,
        description=event.description,
        objective=event.objective,
        cost=event.cost,
        territories=event.territories,
        proposer=event.proposer,
        submitted_on=event.occurred_on,
    )


def _evaluation(event: e.ProposalEvaluated) -> t.Evaluation:
    return t.Evaluation(
        verdict=event.verdict, explanation=event.explanation, score=event.score, evaluated_on=event.occurred_on
    )


def _replaced(state: ParticipatoryBudgetState, event: e.PriorityReplaced) -> ParticipatoryBudgetState:
    """Return the budget with another proposal in the place of one, or with none there."""
    others = () if event.instead is None else (event.instead,)
    priorities = tuple(p for code in state.priorities for p in (others if code == event.proposal else (code,)))
    replacement = t.Replacement(
        proposal=event.proposal,
        instead=event.instead,
        reason=event.context.reason or "",
        act=event.act,
        replaced_on=event.occurred_on,
    )
    return replace(state, priorities=priorities, replaced=(*state.replaced, replacement))


def _executed(state: ParticipatoryBudgetState, event: e.ExecutionReported) -> ParticipatoryBudgetState:
    """Return the budget with the latest that is known of a line; a sum or share that is not said stays."""
    before = next((line for line in state.execution if line.proposal == event.proposal), None)
    line = t.LineExecution(
        proposal=event.proposal,
        stage=event.stage,
        executed=event.executed or (before.executed if before else None),
        percent=event.percent if event.percent is not None else (before.percent if before else None),
        reported_on=event.occurred_on,
    )
    others = tuple(known for known in state.execution if known.proposal != event.proposal)
    return replace(state, execution=(*others, line))
