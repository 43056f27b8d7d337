"""How the facts of minutes change them. One `match`; it refuses nothing."""

from typing import assert_never

from msgspec.structs import replace

from domain.events import Event
from domain.minutes import events as e
from domain.minutes.types import (
    FINAL,
    Approval,
    MinutesCorrection,
    MinutesState,
    Observation,
    Refusal,
    Signature,
    Status,
    Version,
)

MinutesEvent = (
    e.MinutesDrafted
    | e.MinutesRevised
    | e.MinutesCirculated
    | e.MinutesObserved
    | e.MinutesApproved
    | e.MinutesSigned
    | e.SignatureRefused
    | e.MinutesPublished
    | e.MinutesCorrectionIssued
    | e.MinutesDiscarded
)


def evolve(state: MinutesState, event: MinutesEvent) -> MinutesState:  # noqa: PLR0911 - one match
    """Return the minutes after one more fact."""
    day = event.occurred_on
    match event:
        case e.MinutesDrafted():
            return _drafted(event)
        case e.MinutesRevised():
            version = Version(
                number=state.current.number + 1, text=event.text, actor=event.context.actor, occurred_on=day
            )
            return replace(state, versions=(*state.versions, version), summary=event.summary or state.summary)
        case e.MinutesCirculated():
            return replace(state, status=Status.UNDER_REVIEW)
        case e.MinutesObserved():
            found = Observation(seat=event.seat, reason=_reason(event), version=state.current.number, occurred_on=day)
            return replace(state, status=Status.OBSERVED, observations=(*state.observations, found), approvals=())
        case e.MinutesApproved():
            approval = Approval(
                actor=event.context.actor,
                institution=event.context.institution,
                version=state.current.number,
                occurred_on=day,
            )
            return replace(state, status=Status.APPROVED, approvals=(*state.approvals, approval))
        case e.MinutesSigned():
            signature = _signature(state, event)
            status = state.status if state.status in FINAL else Status.SIGNED
            return replace(state, status=status, signatures=(*state.signatures, signature))
        case e.SignatureRefused():
            refusal = Refusal(seat=event.seat, reason=_reason(event), refused_on=day)
            return replace(state, refusals=(*state.refusals, refusal))
        case e.MinutesPublished():
            return replace(state, status=Status.PUBLISHED, file=event.file, published_on=day)
        case e.MinutesCorrectionIssued():
            return replace(state, corrections=(*state.corrections, _correction(event)))
        case e.MinutesDiscarded():
            return replace(state, status=Status.VOIDED, discarded_because=_reason(event))
        case _:
            assert_never(event)


def _drafted(event: e.MinutesDrafted) -> MinutesState:
    day = event.occurred_on
    return MinutesState(
        began_on=day,
        moved_on=day,
        moved_by=event.TOPIC,
        status=Status.DRAFT,
        session=event.session,
        number=event.number,
        code=event.code,
        language=event.language,
        summary=event.summary,
        versions=(Version(number=1, text=event.text, actor=event.context.actor, occurred_on=day),),
    )


def _signature(state: MinutesState, event: e.MinutesSigned) -> Signature:
    return Signature(
        seat=event.seat,
        mode=event.mode,
        version=state.current.number,
        text=event.text or state.current.text,
        signed_on=event.occurred_on,
    )


def _correction(event: e.MinutesCorrectionIssued) -> MinutesCorrection:
    return MinutesCorrection(
        kind=event.kind,
        text=event.text,
        language=event.language,
        document=event.document,
        occurred_on=event.occurred_on,
    )


def _reason(event: Event) -> str:
    return event.context.reason or ""
