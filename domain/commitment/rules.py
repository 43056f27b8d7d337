"""What a commitment allows, as far as it can tell by itself; commands ask, and so do corrections and voids."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from domain.commitment import errors
from domain.commitment import events as e
from domain.commitment.facts import Announcement
from domain.commitment.types import RUNNING, CommitmentState, Headline, Responsible, Status
from domain.errors import Words
from domain.events import Context, Event
from domain.facts import Dependents, UnknownCommitment
from domain.states import must_be_in
from domain.types import Money

ANSWERS = Words("answers for it", "responde por él")
REPORTED = Words("reported it", "lo reportó")
REPRESENTED = Words("is represented by the actor who reported it", "está representada por quien lo reportó")
VERIFIES = Words("verifies it", "lo verifica")
VERIFIED = Words("verified its fulfilment", "verificó su cumplimiento")

_WORK = frozenset({Status.AGREED, Status.IN_PROGRESS, Status.BLOCKED})
ALLOWED: Mapping[type[Event], frozenset[Status]] = {
    e.CommitmentAccepted: frozenset({Status.REQUESTED}),
    e.CommitmentDismissed: frozenset({Status.REQUESTED}),
    e.CommitmentStarted: frozenset({Status.AGREED}),
    e.ProgressReported: _WORK,
    e.CommitmentBlocked: frozenset({Status.AGREED, Status.IN_PROGRESS}),
    e.CommitmentUnblocked: frozenset({Status.BLOCKED}),
    e.FulfilmentReported: frozenset({Status.IN_PROGRESS}),
    e.FulfilmentVerified: frozenset({Status.REPORTED_FULFILLED}),
    e.FulfilmentRejected: frozenset({Status.REPORTED_FULFILLED}),
    e.UnfulfilmentDeclared: _WORK,
    e.CommitmentReactivated: frozenset({Status.UNFULFILLED, Status.PARTIALLY_FULFILLED, Status.REVERSED}),
    e.CommitmentSuperseded: RUNNING,
    e.CommitmentWithdrawn: RUNNING,
    e.CommitmentReversed: frozenset({Status.FULFILLED, Status.PARTIALLY_FULFILLED}),
    e.AmountAmended: RUNNING,
    e.AmountApproved: RUNNING,
    e.ExecutionReported: RUNNING | {Status.FULFILLED},
    e.HeadlineAmended: RUNNING,
    e.DeadlineSet: RUNNING,
    e.DeadlineExtended: RUNNING,
    e.DeadlineWaived: RUNNING,
    e.FollowUpBodyAssigned: RUNNING,
    e.FollowUpWaived: RUNNING,
    e.VerifierAssigned: RUNNING,
    e.ResponsiblesAssigned: RUNNING,
    e.CollaboratorAdded: RUNNING,
    e.CounterpartAdded: RUNNING,
    e.ObjectivesAligned: RUNNING | {Status.FULFILLED},
}
"""The states in which each fact may happen; facts that are not here may happen in any state."""


def must_follow(state: CommitmentState, event: Event) -> None:
    """Refuse a fact that could not have been decided on a state.

    :raises DomainError: its command would have refused it.
    """
    name, topic = state.code or str(event.originator_id), event.TOPIC
    must_be_open(state, type(event), topic, name)
    match event:
        case e.FulfilmentReported():
            must_have_evidence(state, event.evidence, name)
        case e.FulfilmentVerified() | e.FulfilmentRejected() | e.CommitmentAssessed():
            must_be_another(state, event.context, topic)
        case e.VerifierAssigned():
            must_not_answer(event.organization, state.responsibles, topic)
        case e.ResponsiblesAssigned():
            must_not_answer(state.verifier, event.responsibles, topic, VERIFIES)
        case e.CommitmentWithdrawn():
            must_be_agreed(state, event.agreed_by, name)
        case e.AmountAmended() | e.AmountApproved() | e.ExecutionReported():
            must_have_ladder(state, topic, name)
            must_match(state.currency, event.amount, "amount", name)
        case e.HeadlineAmended():
            must_have_headline(state, name)
            must_match(state.currency, event.headline.amount, "headline", name)
        case e.DeadlineSet():
            must_have_no_deadline(state, name)
            must_come_after(state.began_on, event.deadline)
        case e.DeadlineExtended():
            must_extend(state, event.deadline, name)
        case _:
            pass


def must_be_open(state: CommitmentState, event: type[Event], command: str, name: str) -> None:
    """Require a state in which the fact may happen.

    :raises CommitmentNotOpen: it is another one.
    """
    must_be_in(
        ALLOWED.get(event),
        state.status,
        errors.CommitmentNotOpen,
        since=state.moved_on,
        command=command,
        commitment=name,
    )


def must_carry(state: CommitmentState, dependents: Dependents) -> None:
    """Require the items of an announcement to be in its currency, and successors whose place it did not take.

    :raises CurrencyMismatch: an item is in another currency.
    :raises SucceedsItself: it took the place of a successor.
    """
    must_not_come_back(state.successors, dependents, state.code or "-")
    for currency in sorted(dependents.currencies - {state.currency}):
        raise errors.CurrencyMismatch(
            field="headline", currency=state.currency, commitment=state.code or "-", expected=currency
        )


def must_not_come_back(successors: Iterable[UUID], dependents: Dependents, name: str) -> None:
    """Require that no successor is a commitment whose place this one took, directly or over others.

    :raises SucceedsItself: one is.
    """
    if not dependents.descendants.isdisjoint(successors):
        raise errors.SucceedsItself(field="successors", commitment=name)


def must_be_another(state: CommitmentState, context: Context, command: str) -> None:
    """Require whoever verifies to be another than who reported or answers: actor and institution both.

    :raises InstitutionUnknown: nobody said for which institution.
    :raises NotAnotherParty: it is the same.
    """
    institution, reported = context.institution, state.reported
    if institution is None:
        raise errors.InstitutionUnknown(command=command, field="on_behalf_of")
    if reported is not None and reported.actor == context.actor:
        raise errors.NotAnotherParty(command=command, institution=institution, relation=REPRESENTED)
    if reported is not None and reported.institution == institution:
        raise errors.NotAnotherParty(command=command, institution=institution, relation=REPORTED)
    must_not_answer(institution, state.responsibles, command)


def must_not_answer(
    institution: UUID | None, responsibles: Iterable[Responsible], command: str, relation: Words = ANSWERS
) -> None:
    """Require an institution that verifies to be none of those that answer.

    :raises NotAnotherParty: it is.
    """
    if institution in [r.organization for r in responsibles]:
        raise errors.NotAnotherParty(command=command, institution=institution, relation=relation)


def must_have_evidence(state: CommitmentState, evidence: tuple[object, ...], name: str) -> None:
    """Require a means of verification, here or attached before.

    :raises EvidenceMissing: there is none.
    """
    if not evidence and not state.evidence:
        raise errors.EvidenceMissing(field="evidence", commitment=name)


def must_be_agreed(state: CommitmentState, agreed_by: tuple[UUID, ...], name: str) -> None:
    """Require the consent of every party.

    :raises PartyNotAgreed: one is missing.
    """
    missing = [str(id) for id in state.parties if id not in agreed_by]
    if missing:
        raise errors.PartyNotAgreed(field="agreed_by", commitment=name, missing=", ".join(missing))


def must_have_ladder(state: CommitmentState, command: str, name: str) -> None:
    """Require a commitment with amounts of its own.

    :raises HeadlineHasNoLadder: it is an announcement.
    """
    if state.headline is not None:
        raise errors.HeadlineHasNoLadder(commitment=name, command=command)


def must_have_headline(state: CommitmentState, name: str) -> None:
    """Require an announcement.

    :raises NoHeadline: it is none.
    """
    if state.headline is None:
        raise errors.NoHeadline(commitment=name)


def must_match(expected: str | None, amount: Money, field: str, name: object) -> None:
    """Require an amount in the one currency of a commitment.

    :raises CurrencyMismatch: it is in another.
    """
    if expected is not None and amount.currency != expected:
        raise errors.CurrencyMismatch(field=field, currency=amount.currency, commitment=name, expected=expected)


def must_have_no_deadline(state: CommitmentState, name: str) -> None:
    """Require that there is no deadline yet.

    :raises DeadlineAlreadySet: there is one.
    """
    if state.deadline is not None:
        raise errors.DeadlineAlreadySet(commitment=name, deadline=state.deadline)


def must_come_after(began_on: date, deadline: date | None) -> None:
    """Require a deadline that does not lie before the commitment.

    :raises DeadlineBeforeCommitment: it does.
    """
    if deadline is not None and deadline < began_on:
        raise errors.DeadlineBeforeCommitment(field="deadline", deadline=deadline, began_on=began_on)


def must_extend(state: CommitmentState, deadline: date, name: str) -> None:
    """Require a deadline to move, and one later than it.

    :raises DeadlineNotSet: there is none.
    :raises NotLater: the new one is not after it.
    """
    if state.deadline is None:
        raise errors.DeadlineNotSet(commitment=name)
    if deadline <= state.deadline:
        raise errors.NotLater(field="deadline", deadline=deadline, present=state.deadline)


def must_fit_whole(announcement: Announcement, amount: Money | None, day: date) -> None:
    """Require the commitment named in `part_of` to be an announcement in the currency of the amount.

    :raises UnknownCommitment: it was no commitment on the day.
    :raises NoHeadline: it is no announcement.
    :raises CurrencyMismatch: the amount is in another currency.
    """
    if not announcement.exists:
        raise UnknownCommitment(field="part_of", id=announcement.id, occurred_on=day)
    if announcement.headline is None:
        raise errors.NoHeadline(commitment=announcement.id)
    if amount is not None:
        must_match(announcement.headline.amount.currency, amount, "amount", announcement.id)


def currency_of(amount: Money | None, headline: Headline | None, announcement: Announcement) -> str | None:
    """Return the one currency of a commitment: its own, else that of the whole it is part of."""
    whole = headline or announcement.headline
    return amount.currency if amount else whole.amount.currency if whole else None
