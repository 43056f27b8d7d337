"""What minutes allow, as far as they can tell by themselves; commands ask, and so do corrections and voids."""

from collections.abc import Container, Mapping

from domain.events import Context, Event
from domain.minutes import errors
from domain.minutes import events as e
from domain.minutes.types import FINAL, MinutesState, Status
from domain.states import must_be_in

_WRITTEN = frozenset({Status.DRAFT, Status.OBSERVED})
_AGREED = FINAL | {Status.APPROVED}
_UNSIGNED = frozenset({Status.DRAFT, Status.UNDER_REVIEW, Status.OBSERVED, Status.APPROVED})
ALLOWED: Mapping[type[Event], frozenset[Status]] = {
    e.MinutesRevised: _WRITTEN,
    e.MinutesCirculated: _WRITTEN,
    e.MinutesObserved: frozenset({Status.UNDER_REVIEW, Status.OBSERVED, Status.APPROVED}),
    e.MinutesApproved: frozenset({Status.UNDER_REVIEW, Status.APPROVED}),
    e.MinutesSigned: _AGREED,
    e.SignatureRefused: _AGREED,
    e.MinutesPublished: frozenset({Status.SIGNED}),
    e.MinutesCorrectionIssued: FINAL,
    e.MinutesDiscarded: _UNSIGNED,
}
"""The states in which each fact may happen."""
CHANGES = frozenset({e.MinutesRevised, e.MinutesCirculated, e.MinutesObserved, e.MinutesDiscarded})
"""Facts that cannot happen any more, on any day, once a seat has signed."""

CONTENT = frozenset({"session", "number", "language", "text"})
"""What seats sign when they sign: the fields of a draft or a version that stay from then on."""


def must_not_be_sealed(state: MinutesState, event: Event, changes: Container[str] | None, name: str) -> None:
    """Require that a fact, or the fields of it that would change, are none that seats have signed.

    :raises SignedContentStays: they are.
    """
    if not state.signatures or not isinstance(event, e.MinutesDrafted | e.MinutesRevised):
        return
    if changes is None or any(field in changes for field in CONTENT):
        raise errors.SignedContentStays(minutes=name, seats=", ".join(state.signed_by))


def must_follow(state: MinutesState, event: Event) -> None:
    """Refuse a fact that could not have been decided on a state.

    :raises DomainError: its command would have refused it.
    """
    name = state.code or str(event.originator_id)
    must_be_open(state, type(event), event.TOPIC, name)
    match event:
        case e.MinutesRevised():
            must_change(state, event.text)
        case e.MinutesApproved():
            must_be_another(state, event.context, name)
        case e.MinutesSigned():
            must_not_have_signed(state, event.seat, name)
            must_be_current(state, event.seat, event.text, name)
        case e.SignatureRefused():
            must_not_have_signed(state, event.seat, name)
            must_not_have_refused(state, event.seat, name)
        case _:
            pass


def must_be_open(state: MinutesState, event: type[Event], command: str, name: str) -> None:
    """Require a state in which the fact may happen.

    :raises MinutesNotOpen: it is another one.
    """
    must_be_in(
        ALLOWED.get(event), state.status, errors.MinutesNotOpen, since=state.since, command=command, minutes=name
    )


def must_change(state: MinutesState, text: str) -> None:
    """Require a text that differs from the one before.

    :raises TextUnchanged: it is the same.
    """
    if text == state.current.text:
        raise errors.TextUnchanged(field="text", text=text, version=state.current.number)


def must_be_another(state: MinutesState, context: Context, name: str) -> None:
    """Require somebody who has not approved yet, and, for the first approval, who wrote no version of the text.

    :raises DrafterApprovesAlone: the first to approve wrote the text.
    :raises ApprovedAlready: the same actor approved before.
    """
    if not state.approvals and context.actor in state.drafters:
        raise errors.DrafterApprovesAlone(minutes=name)
    for approval in state.approvals:
        if approval.actor == context.actor:
            raise errors.ApprovedAlready(minutes=name, approved_on=approval.occurred_on)


def must_not_have_signed(state: MinutesState, seat: str, name: str) -> None:
    """Require a seat that has not signed.

    :raises SeatSignedAlready: it has.
    """
    for signature in state.signatures:
        if signature.seat == seat:
            raise errors.SeatSignedAlready(field="seat", seat=seat, minutes=name, signed_on=signature.signed_on)


def must_be_current(state: MinutesState, seat: str, text: str | None, name: str) -> None:
    """Require what a seat signs to be the current version of the text.

    :raises SignedTextDiffers: it is another text.
    """
    if text is not None and text != state.current.text:
        raise errors.SignedTextDiffers(field="text", seat=seat, text=text, minutes=name, current=state.current.text)


def must_not_have_refused(state: MinutesState, seat: str, name: str) -> None:
    """Require a seat that has not refused.

    :raises SeatRefusedAlready: it has.
    """
    for refusal in state.refusals:
        if refusal.seat == seat:
            raise errors.SeatRefusedAlready(field="seat", seat=seat, minutes=name, refused_on=refusal.refused_on)
