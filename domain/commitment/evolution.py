"""How the facts of a commitment change it. One `match`; it refuses nothing."""

from datetime import date
from typing import Any, assert_never

from msgspec.structs import replace

from domain.commitment import events as e
from domain.commitment.types import Amendment, CommitmentState, Extension, Ladder, Position, Report, Status
from domain.events import Event

CommitmentEvent = (
    e.CommitmentRegistered
    | e.CommitmentAccepted
    | e.CommitmentDismissed
    | e.CommitmentStarted
    | e.ProgressReported
    | e.CommitmentBlocked
    | e.CommitmentUnblocked
    | e.FulfilmentReported
    | e.FulfilmentVerified
    | e.FulfilmentRejected
    | e.UnfulfilmentDeclared
    | e.CommitmentReactivated
    | e.CommitmentSuperseded
    | e.CommitmentWithdrawn
    | e.CommitmentReversed
    | e.AmountAmended
    | e.AmountApproved
    | e.ExecutionReported
    | e.HeadlineAmended
    | e.DeadlineSet
    | e.DeadlineExtended
    | e.DeadlineWaived
    | e.FollowUpBodyAssigned
    | e.FollowUpWaived
    | e.VerifierAssigned
    | e.ResponsiblesAssigned
    | e.CollaboratorAdded
    | e.CounterpartAdded
    | e.EvidenceAttached
    | e.CommitmentAssessed
    | e.PositionStated
    | e.ObjectivesAligned
    | e.CommitmentContactNamed
)


def evolve(state: CommitmentState, event: CommitmentEvent) -> CommitmentState:  # noqa: PLR0911 - one match
    """Return the commitment after one more fact."""
    match event:
        case e.CommitmentRegistered():
            return _registered(event)
        case e.CommitmentAccepted():
            return _moved(state, Status.AGREED)
        case e.CommitmentDismissed():
            return _moved(state, Status.DISMISSED)
        case e.CommitmentStarted():
            return _moved(state, Status.IN_PROGRESS, started=True)
        case e.ProgressReported():
            return replace(state, percent=event.percent, note=event.note)
        case e.CommitmentBlocked():
            return _moved(state, Status.BLOCKED, block_cause=event.cause, unblocker=event.unblocker)
        case e.CommitmentUnblocked():
            return _moved(state, Status.IN_PROGRESS if state.started else Status.AGREED)
        case e.FulfilmentReported():
            found = (*state.evidence, *event.evidence)
            return _moved(state, Status.REPORTED_FULFILLED, evidence=found, reported=_report(event), verified=None)
        case e.FulfilmentVerified():
            status = Status.FULFILLED if event.outcome == "complete" else Status.PARTIALLY_FULFILLED
            return _moved(state, status, verified=_report(event))
        case e.FulfilmentRejected():
            return _moved(state, Status.IN_PROGRESS)
        case e.UnfulfilmentDeclared():
            return _moved(state, Status.UNFULFILLED)
        case e.CommitmentReactivated():
            return _moved(state, Status.IN_PROGRESS, started=True, verified=None)
        case e.CommitmentSuperseded():
            return _moved(state, Status.SUPERSEDED, successors=event.successors)
        case e.CommitmentWithdrawn():
            return _moved(state, Status.WITHDRAWN)
        case e.CommitmentReversed():
            return _moved(state, Status.REVERSED, verified=None)
        case e.AmountAmended():
            return _amended(state, event)
        case e.AmountApproved():
            return state.with_amount(approved=event.amount)
        case e.ExecutionReported():
            return state.with_amount(executed=event.amount)
        case e.HeadlineAmended():
            return replace(state, headline=event.headline)
        case e.DeadlineSet():
            return _dated(state, event.deadline)
        case e.DeadlineExtended():
            return _extended(state, event)
        case e.DeadlineWaived():
            return state if state.deadline else replace(state, deadline_waiver=event.context.reason)
        case e.FollowUpBodyAssigned():
            return replace(state, follow_up_body=event.organization, follow_up_waiver=None)
        case e.FollowUpWaived():
            return state if state.follow_up_body else replace(state, follow_up_waiver=event.context.reason)
        case e.VerifierAssigned():
            return replace(state, verifier=event.organization)
        case e.ResponsiblesAssigned():
            return replace(state, responsibles=event.responsibles)
        case e.CollaboratorAdded():
            return replace(state, collaborators=(*state.collaborators, event.organization))
        case e.CounterpartAdded():
            return replace(state, counterparts=(*state.counterparts, event.counterpart))
        case e.EvidenceAttached():
            return replace(state, evidence=(*state.evidence, event.evidence))
        case e.CommitmentAssessed():
            return replace(state, assessment=event.assessment)
        case e.PositionStated():
            said = Position(
                organization=event.context.institution,
                voice=event.voice,
                text=event.text,
                occurred_on=event.occurred_on,
            )
            return replace(state, positions=(*state.positions, said))
        case e.ObjectivesAligned():
            return replace(state, objectives=event.objectives)
        case e.CommitmentContactNamed():
            return replace(state, contact=event.contact)
        case _:
            assert_never(event)


def _registered(event: e.CommitmentRegistered) -> CommitmentState:
    return CommitmentState(
        began_on=event.occurred_on,
        moved_on=event.occurred_on,
        moved_by=event.TOPIC,
        status=Status.REQUESTED if event.stage == "requested" else Status.AGREED,
        code=event.code,
        kind=event.kind,
        title=event.title,
        statement=event.statement,
        language=event.language,
        origin=event.origin,
        source=event.context.source,
        sector=event.sector,
        headline=event.headline,
        part_of=event.part_of,
        projects=event.projects,
        ladder=Ladder(promised=event.amount),
        currency=event.currency,
        responsibles=event.responsibles,
        collaborators=event.collaborators,
        counterparts=event.counterparts,
        follow_up_body=event.follow_up_body,
        follow_up_waiver=None,
        verifier=event.verifier,
        original_deadline=event.deadline,
        deadline=event.deadline,
        deadline_waiver=None,
        territories=event.territories,
        beneficiaries=event.beneficiaries,
        conditions=event.conditions,
        sdg_targets=event.sdg_targets,
    )


def _moved(state: CommitmentState, status: Status, **more: Any) -> CommitmentState:
    """Return the commitment in another state; what blocked it blocks it no more unless said again."""
    return replace(state, status=status, **({"block_cause": None, "unblocker": None} | more))


def _dated(state: CommitmentState, deadline: date) -> CommitmentState:
    """Return the commitment with a deadline, which no waiver stands for any more."""
    first = state.original_deadline or deadline
    return replace(state, original_deadline=first, deadline=deadline, deadline_waiver=None)


def _report(event: Event) -> Report:
    context = event.context
    return Report(actor=context.actor, institution=context.institution, occurred_on=context.occurred_on)


def _amended(state: CommitmentState, event: e.AmountAmended) -> CommitmentState:
    amendment = Amendment(
        from_=state.ladder.current,
        to=event.amount,
        reason=event.context.reason or "",
        occurred_on=event.occurred_on,
    )
    return replace(state.with_amount(adjusted=event.amount), amendments=(*state.amendments, amendment))


def _extended(state: CommitmentState, event: e.DeadlineExtended) -> CommitmentState:
    extension = Extension(
        from_=state.deadline,
        to=event.deadline,
        reason=event.context.reason or "",
        act=event.act,
        occurred_on=event.occurred_on,
    )
    return replace(_dated(state, event.deadline), extensions=(*state.extensions, extension))
