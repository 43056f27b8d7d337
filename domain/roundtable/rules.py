"""What a roundtable allows, as far as it can tell by itself; commands ask, and so do corrections and voids."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.errors import Words
from domain.events import Event
from domain.roundtable import errors
from domain.roundtable import events as e
from domain.roundtable.types import RUNNING, SEATED, STANDING, Agreement, RoundtableState, Seat, Status, Term
from domain.states import must_be_in
from domain.types import Act, Source

NO_SEAT = Words("all of them: it has no seats", "todos: no tiene asientos")
ENDS_TWICE = Words("ends by a day and by a term", "termina en una fecha y por un plazo")
UNPUBLISHED = Words(
    "counts from the publication, of which the act says nothing",
    "corre desde la publicación, de la que la norma nada dice",
)

_BEFORE_INSTALLATION = frozenset({Status.CONSTITUTED, Status.ACCREDITED})
ALLOWED: Mapping[type[Event], frozenset[Status]] = {
    e.RoundtableConstituted: frozenset({Status.PROPOSED}),
    e.SeatDefined: RUNNING,
    e.SeatWithdrawn: RUNNING,
    e.RepresentativesDesignated: RUNNING,
    e.SeatAccredited: STANDING,
    e.AccreditationLapsed: STANDING,
    e.AccreditationCompleted: _BEFORE_INSTALLATION,
    e.InstallationPostponed: _BEFORE_INSTALLATION,
    e.RoundtableInstalled: frozenset({Status.ACCREDITED}),
    e.RulesApproved: STANDING,
    e.WorkPlanApproved: STANDING,
    e.RoundtableActivated: frozenset({Status.INSTALLED}),
    e.RoundtableSuspended: frozenset({Status.ACTIVE}),
    e.RoundtableResumed: frozenset({Status.SUSPENDED}),
    e.ValidityExtended: STANDING,
    e.ChairsNamed: RUNNING,
    e.SecretariatNamed: RUNNING,
    e.RoundtableConcluded: SEATED,
    e.RoundtableExtinguished: RUNNING,
}
"""The states in which each fact may happen; facts that are not here may happen in any state."""


def must_follow(state: RoundtableState, event: Event) -> None:
    """Refuse a fact that could not have been decided on a state.

    :raises DomainError: its command would have refused it.
    """
    name, topic, day = state.code or str(event.originator_id), event.TOPIC, event.occurred_on
    must_be_open(state, type(event), topic, name)
    match event:
        case e.SeatDefined():
            must_be_new(state, event.seat, name)
        case e.SeatWithdrawn() | e.RepresentativesDesignated():
            seat_of(state, event.seat, day, name)
        case e.SeatAccredited():
            must_be_represented(seat_of(state, event.seat, day, name), day)
        case e.AccreditationLapsed():
            must_be_accredited(seat_of(state, event.seat, day, name), day)
        case e.AccreditationCompleted():
            must_be_complete(state, event.waiver, name)
        case e.RoundtableInstalled():
            must_be_ready(state, name)
        case e.RoundtableActivated():
            must_have_approved(state, day, name)
        case e.ValidityExtended():
            must_extend(state, event.until, day, name)
        case _:
            pass


def must_be_open(state: RoundtableState, event: type[Event], command: str, name: str) -> None:
    """Require a state in which the fact may happen.

    :raises RoundtableNotOpen: it is another one.
    """
    must_be_in(
        ALLOWED.get(event),
        state.status,
        errors.RoundtableNotOpen,
        since=state.moved_on,
        command=command,
        roundtable=name,
    )


def must_be_new(state: RoundtableState, seat: str, name: str) -> None:
    """Require a key that no seat has or had.

    :raises SeatKeyTaken: one does.
    """
    if seat in {s.key for s in state.all_seats}:
        raise errors.SeatKeyTaken(field="seat", roundtable=name, seat=seat)


def must_speak(seat: str, *, voice: bool, vote: bool) -> None:
    """Require a voice where there is a vote.

    :raises VoteNeedsVoice: there is none.
    """
    if vote and not voice:
        raise errors.VoteNeedsVoice(field="voice", seat=seat)


def seat_of(state: RoundtableState, key: str, day: date, name: str) -> Seat:
    """Return the seat in force that has a key.

    :raises UnknownSeat: there is none.
    """
    found = state.seat(key)
    if found is None:
        there = ", ".join(s.key for s in state.seats) or "-"
        raise errors.UnknownSeat(field="seat", roundtable=name, seat=key, occurred_on=day, seats=there)
    return found


def must_be_two(seat: str, principal: UUID, alternate: UUID | None) -> None:
    """Require the alternate to be somebody else.

    :raises OwnAlternate: it is the principal.
    """
    if alternate == principal:
        raise errors.OwnAlternate(field="alternate", seat=seat)


def must_be_represented(seat: Seat, day: date) -> None:
    """Require somebody who can be accredited.

    :raises RepresentativeMissing: nobody is designated.
    """
    if seat.principal is None:
        raise errors.RepresentativeMissing(seat=seat.key, occurred_on=day)


def must_be_accredited(seat: Seat, day: date) -> None:
    """Require an accreditation that can lapse.

    :raises SeatNotAccredited: there is none.
    """
    if seat.accreditation is None:
        raise errors.SeatNotAccredited(seat=seat.key, occurred_on=day)


def must_be_complete(state: RoundtableState, waiver: str | None, name: str) -> None:
    """Require all required seats to be accredited, or those missing to be waived.

    :raises AccreditationIncomplete: some are not, or there are no seats, and nothing is waived.
    :raises AccreditationNotMissing: there is nothing to waive.
    """
    missing = ", ".join(state.unaccredited) if state.seats else NO_SEAT
    if missing and waiver is None:
        raise errors.AccreditationIncomplete(
            field="waiver", command="complete-accreditation", roundtable=name, missing=missing
        )
    if waiver is not None and not missing:
        raise errors.AccreditationNotMissing(field="waiver", roundtable=name)


def must_be_ready(state: RoundtableState, name: str) -> None:
    """Require that no accreditation lapsed since all were complete, but for those waived.

    :raises AccreditationIncomplete: one did.
    """
    waived = state.accreditation_waiver.seats if state.accreditation_waiver else ()
    if missing := [key for key in state.unaccredited if key not in waived]:
        raise errors.AccreditationIncomplete(
            field="waiver", command="install", roundtable=name, missing=", ".join(missing)
        )


def must_be_recorded(minutes: UUID | None, source: Source | None, name: str) -> None:
    """Require minutes or a source of an installation.

    :raises InstallationWithoutRecord: there are neither.
    """
    if minutes is None and source is None:
        raise errors.InstallationWithoutRecord(field="source", roundtable=name)


def must_have_approved(state: RoundtableState, day: date, name: str) -> None:
    """Require rules or a work plan.

    :raises NothingApproved: there are neither.
    """
    if state.rules is None and state.work_plan is None:
        raise errors.NothingApproved(roundtable=name, occurred_on=day)


def must_make_sense(act: Act, first: date, until: date | None, term: Term | None) -> None:
    """Require one end of the validity at most, and not before its beginning.

    :raises ValidityContradictory: there are two, it lies before, or it counts from a day that the act lacks.
    """
    if term is not None and until is not None:
        raise errors.ValidityContradictory(field="term", problem=ENDS_TWICE)
    if term is not None and term.from_ == "publication" and act.published_on is None:
        raise errors.ValidityContradictory(field="term", problem=UNPUBLISHED)
    if until is not None and until < first:
        before = Words(f"would end before it begins, on {first}", f"terminaría antes de comenzar, el {first}")
        raise errors.ValidityContradictory(field="valid_until", problem=before)


def must_have_ground(act: Act | None, agreement: Agreement | None, name: str) -> None:
    """Require an act or an agreement.

    :raises ExtensionWithoutGround: there are neither, or both.
    """
    if (act is None) == (agreement is None):
        raise errors.ExtensionWithoutGround(field="act" if act is None else "agreement", roundtable=name)


def must_extend(state: RoundtableState, until: date, day: date, name: str) -> None:
    """Require an end of the validity, and one later than it.

    :raises ValidityNotLimited: there is none.
    :raises ValidityNotLonger: the new one is not after it.
    """
    present = state.valid_until
    if present is None:
        raise errors.ValidityNotLimited(roundtable=name, occurred_on=day)
    if until <= present:
        raise errors.ValidityNotLonger(field="until", until=until, present=present, roundtable=name)
