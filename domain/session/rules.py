"""What a session allows, as far as it can tell by itself; commands ask, and so do corrections and voids."""

from collections.abc import Iterable, Mapping
from datetime import date

from domain.errors import Words
from domain.events import Event
from domain.session import errors
from domain.session import events as e
from domain.session.types import (
    DECIDING_OUTCOMES,
    AgendaEntry,
    Decision,
    Dissent,
    Outcome,
    SessionState,
    Status,
    Stay,
    Votes,
)
from domain.states import must_be_in

NEEDS_DECISION = Words("says how it was decided: consensus or vote", "indica cómo se decidió: consensus o vote")
NEEDS_VOTES = Words("that was decided by vote says how the seats voted", "decidido por votación indica los votos")
NEEDS_NO_VOTES = Words("has votes only where the decision is vote", "solo lleva votos si la decisión es vote")
VOTED_FOR = Words("voted for", "votó a favor de")
DISSENTED = Words("dissented already from", "ya disintió de")

_BEFORE_THE_END = frozenset({Status.CONVENED, Status.OPEN, Status.RECESSED})
_BEFORE_A_DECISION = frozenset({Status.CONVENED, Status.OPEN})
_CONVENED = frozenset({Status.CONVENED})
ALLOWED: Mapping[type[Event], frozenset[Status]] = {
    e.SessionRescheduled: _CONVENED,
    e.SessionCancelled: _CONVENED,
    e.AgendaItemAdded: _BEFORE_A_DECISION,
    e.AgendaItemWithdrawn: _BEFORE_A_DECISION,
    e.AgendaWaived: _CONVENED,
    e.PreviousMinutesWaived: _BEFORE_A_DECISION,
    e.AttendanceRecorded: _BEFORE_THE_END,
    e.DepartureRecorded: _BEFORE_THE_END,
    e.ParticipationRecorded: _BEFORE_THE_END | {Status.CLOSED},
    e.SessionOpened: _CONVENED,
    e.SessionRecessed: frozenset({Status.OPEN}),
    e.SessionResumed: frozenset({Status.RECESSED}),
    e.OutcomeRecorded: frozenset({Status.OPEN}),
    e.DissentStated: frozenset({Status.OPEN, Status.RECESSED}),
    e.SessionClosed: frozenset({Status.OPEN, Status.RECESSED}),
    e.QuorumFailed: _CONVENED,
}
"""The states in which each fact may happen; facts that are not here may happen in any state."""


def must_follow(state: SessionState, event: Event) -> None:
    """Refuse a fact that could not have been decided on a state.

    :raises DomainError: its command would have refused it.
    """
    name, day = state.code or str(event.originator_id), event.occurred_on
    must_be_open(state, type(event), event.TOPIC, name)
    match event:
        case e.AgendaItemAdded():
            must_be_new(state.all_items, event.key, name)
        case e.AgendaItemWithdrawn():
            must_be_withdrawable(state, event.key, name)
        case e.AttendanceRecorded():
            must_have_begun(state, day, name)
            must_be_free(state, event.seat, event.capacity, day, event.arrived)
        case e.DepartureRecorded():
            must_be_leaving(state, event.seat, day, event.left, name)
        case e.SessionOpened():
            must_have_begun(state, day, name)
            must_have_agenda(state, name)
        case e.OutcomeRecorded():
            must_be_new(state.outcomes, event.key, name)
            must_be_on_agenda(state, event.agenda_item, event.type, name)
            seats = event.votes.cast if event.votes else ()
            must_be_present(state, seats, "votes", day, event.at, name)
            must_be_present(state, [d.seat for d in event.dissents], "dissents", day, event.at, name)
        case e.DissentStated():
            must_be_able_to_dissent(must_have_outcome(state, event.outcome, name), event.seat)
            must_have_attended(state, event.seat, name)
        case _:
            pass


def must_be_open(state: SessionState, event: type[Event], command: str, name: str) -> None:
    """Require a state in which the fact may happen.

    :raises SessionNotOpen: it is another one.
    """
    must_be_in(
        ALLOWED.get(event), state.status, errors.SessionNotOpen, since=state.moved_on, command=command, session=name
    )


def must_come_after(scheduled_on: date, called_on: date) -> None:
    """Require a session to be called for the day of the call or a later one.

    :raises ScheduledBeforeCall: it is not.
    """
    if scheduled_on < called_on:
        raise errors.ScheduledBeforeCall(field="scheduled_on", scheduled_on=scheduled_on, occurred_on=called_on)


def must_have_begun(state: SessionState, day: date, name: str) -> None:
    """Require the day for which a session is called to have come.

    :raises TooEarly: it has not.
    """
    if day < state.scheduled_on:
        raise errors.TooEarly(session=name, scheduled_on=state.scheduled_on, occurred_on=day)


def must_have_agenda(state: SessionState, name: str) -> None:
    """Require an agenda, or the reason for having none.

    :raises AgendaMissing: there is neither.
    """
    if not state.agenda and state.agenda_waiver is None:
        raise errors.AgendaMissing(session=name)


def must_be_new(there: Iterable[AgendaEntry | Outcome], key: str, name: str) -> None:
    """Require a name that nothing of the session has.

    :raises ItemKeyTaken: something has it.
    """
    if key in {thing.key for thing in there}:
        raise errors.ItemKeyTaken(field="key", session=name, key=key)


def must_be_withdrawable(state: SessionState, key: str, name: str) -> None:
    """Require an item on the agenda that nothing came of yet.

    :raises UnknownItem: there is no such item.
    :raises ItemHasOutcome: something came of it.
    """
    if state.item(key) is None:
        raise errors.UnknownItem(field="key", session=name, key=key, items=_keys(state.agenda))
    outcome = next((o.key for o in state.outcomes if o.agenda_item == key), None)
    if outcome is not None:
        raise errors.ItemHasOutcome(key=key, outcome=outcome)


def must_be_on_agenda(state: SessionState, key: str | None, type: str, name: str) -> None:
    """Require an outcome to belong to an item; one that does not bind, or without an agenda, need not.

    :raises UnknownItem: there is no such item, or it names none and has to.
    """
    if key is None and (type not in DECIDING_OUTCOMES or not state.agenda):
        return
    if state.item(key) is None:
        raise errors.UnknownItem(field="agenda_item", session=name, key=key or "-", items=_keys(state.agenda))


def must_be_free(state: SessionState, seat: str, capacity: str, day: date, arrived: str | None) -> None:
    """Require nobody to be there for a seat.

    :raises SeatOccupied: its principal or its alternate is.
    """
    stays = (s for s in state.attendance if s.seat == seat and not s.ended_by(day, arrived))
    there: Stay | None = next(stays, None)
    if there is not None:
        present, other = _CAPACITY.get(there.capacity, there.capacity), _CAPACITY.get(capacity, capacity)
        raise errors.SeatOccupied(field="seat", seat=seat, present=present, capacity=other)


def must_be_leaving(state: SessionState, seat: str, day: date, left: str | None, name: str) -> None:
    """Require somebody to be there for a seat, arrived before leaving.

    :raises SeatNotPresent: nobody is.
    :raises LeavesBeforeArrival: the time lies before the arrival.
    """
    there = next((s for s in state.attendance if s.seat == seat and s.left_on is None), None)
    if there is None:
        raise errors.SeatNotPresent(field="seat", seat=seat, session=name)
    if not there.began_by(day, left):
        raise errors.LeavesBeforeArrival(field="left", left=left, seat=seat, arrived=there.arrived)


def must_be_present(
    state: SessionState, seats: Iterable[str], field: str, day: date, at: str | None, name: str
) -> None:
    """Require seats to be there at a time of a day.

    :raises SeatNotPresent: one is not.
    """
    there = {stay.seat for stay in state.present(day, at)}
    for seat in seats:
        if seat not in there:
            raise errors.SeatNotPresent(field=field, seat=seat, session=name)


def must_have_attended(state: SessionState, seat: str, name: str) -> None:
    """Require a seat to have been there at any time.

    :raises SeatNotPresent: it was not.
    """
    if seat not in state.attended:
        raise errors.SeatNotPresent(field="seat", seat=seat, session=name)


def must_have_outcome(state: SessionState, key: str, name: str) -> Outcome:
    """Return an outcome of the session.

    :raises UnknownOutcome: there is no such outcome.
    """
    found = state.outcome(key)
    if found is None:
        raise errors.UnknownOutcome(field="outcome", session=name, key=key, outcomes=_keys(state.outcomes))
    return found


def must_be_able_to_dissent(outcome: Outcome, seat: str) -> None:
    """Require a seat that neither voted for an outcome nor dissented before.

    :raises DissentsFromOwnVote: it did.
    """
    if outcome.votes is not None and seat in outcome.votes.for_:
        raise errors.DissentsFromOwnVote(field="seat", seat=seat, key=outcome.key, problem=VOTED_FOR)
    if seat in {d.seat for d in outcome.dissents}:
        raise errors.DissentsFromOwnVote(field="seat", seat=seat, key=outcome.key, problem=DISSENTED)


def must_be_decided(type: str, decision: Decision | None, votes: Votes | None) -> None:
    """Require what binds to say how it was decided, and votes where it was a vote.

    :raises DecisionMissing: it does not.
    """
    if decision is None and type in DECIDING_OUTCOMES:
        raise errors.DecisionMissing(field="decision", type=type, problem=NEEDS_DECISION)
    if decision == "vote" and votes is None:
        raise errors.DecisionMissing(field="votes", type=type, problem=NEEDS_VOTES)
    if decision != "vote" and votes is not None:
        raise errors.DecisionMissing(field="votes", type=type, problem=NEEDS_NO_VOTES)


def must_have_majority(key: str, type: str, votes: Votes | None) -> None:
    """Require what binds and was voted on to have more votes for than against.

    :raises MajorityNotReached: it has not.
    """
    if votes is not None and type in DECIDING_OUTCOMES and len(votes.for_) <= len(votes.against):
        raise errors.MajorityNotReached(field="votes", key=key, votes_for=len(votes.for_), against=len(votes.against))


def must_not_oppose_themselves(key: str, votes: Votes | None, dissents: Iterable[Dissent]) -> None:
    """Require those who dissent not to have voted for it.

    :raises DissentsFromOwnVote: one did.
    """
    for dissent in dissents:
        if votes is not None and dissent.seat in votes.for_:
            raise errors.DissentsFromOwnVote(field="dissents", seat=dissent.seat, key=key, problem=VOTED_FOR)


def must_add_up(people: int | None, parts: Mapping[str, int | None]) -> None:
    """Require no part to be more than the whole, nor women and men together.

    :raises CountsContradict: one is.
    """
    if people is None:
        return
    both = (parts.get("women") or 0) + (parts.get("men") or 0)
    for field, part in {**parts, "women + men": both}.items():
        if part is not None and part > people:
            raise errors.CountsContradict(field=field, part=part, people=people)


_CAPACITY = {"principal": Words("principal", "titular"), "alternate": Words("alternate", "alterno")}


def _keys(things: Iterable[AgendaEntry | Outcome]) -> str:
    return ", ".join(thing.key for thing in things) or "-"
