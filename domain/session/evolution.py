"""How the facts of a session change it. One `match`; it refuses nothing."""

from typing import assert_never

from msgspec.structs import replace

from domain.events import Event
from domain.session import events as e
from domain.session.types import (
    AgendaEntry,
    Dissent,
    Outcome,
    Participation,
    Recess,
    Rescheduling,
    SessionState,
    Status,
    Stay,
    Waiver,
)

SessionEvent = (
    e.SessionConvened
    | e.SessionRescheduled
    | e.SessionCancelled
    | e.AgendaItemAdded
    | e.AgendaItemWithdrawn
    | e.AgendaWaived
    | e.PreviousMinutesWaived
    | e.AttendanceRecorded
    | e.DepartureRecorded
    | e.ParticipationRecorded
    | e.SessionOpened
    | e.SessionRecessed
    | e.SessionResumed
    | e.OutcomeRecorded
    | e.DissentStated
    | e.SessionClosed
    | e.QuorumFailed
)


def evolve(state: SessionState, event: SessionEvent) -> SessionState:  # noqa: PLR0911 - one match
    """Return the session after one more fact."""
    day = event.occurred_on
    match event:
        case e.SessionConvened():
            return _convened(event)
        case e.SessionRescheduled():
            return _rescheduled(state, event)
        case e.SessionCancelled():
            return _ended(state, Status.CANCELLED, event)
        case e.AgendaItemAdded():
            added = AgendaEntry(key=event.key, title=event.title, origin=event.origin, added_on=day)
            return replace(state, all_items=(*state.all_items, added))
        case e.AgendaItemWithdrawn():
            return state.with_item(event.key, withdrawn_on=day, withdrawn_reason=_reason(event))
        case e.AgendaWaived():
            return replace(state, agenda_waiver=Waiver(reason=_reason(event), occurred_on=day))
        case e.PreviousMinutesWaived():
            return replace(state, previous_minutes_waiver=Waiver(reason=_reason(event), occurred_on=day))
        case e.AttendanceRecorded():
            return replace(state, attendance=(*state.attendance, _stay(event)))
        case e.DepartureRecorded():
            return replace(state, attendance=tuple(_left(stay, event) for stay in state.attendance))
        case e.ParticipationRecorded():
            return replace(state, participation=_counted(event))
        case e.SessionOpened():
            return replace(state, status=Status.OPEN, opened_on=day, opened_with=state.seats_present(day))
        case e.SessionRecessed():
            recess = Recess(began_on=day, until=event.until)
            return replace(state, status=Status.RECESSED, recesses=(*state.recesses, recess))
        case e.SessionResumed():
            recesses = tuple(r if r.resumed_on else replace(r, resumed_on=day) for r in state.recesses)
            return replace(state, status=Status.OPEN, recesses=recesses)
        case e.OutcomeRecorded():
            return replace(state, outcomes=(*state.outcomes, _outcome(state, event)))
        case e.DissentStated():
            return _dissented(state, event)
        case e.SessionClosed():
            return replace(_ended(state, Status.CLOSED, event), next_session_on=event.next_session_on)
        case e.QuorumFailed():
            return _ended(state, Status.FAILED_QUORUM, event)
        case _:
            assert_never(event)


def _convened(event: e.SessionConvened) -> SessionState:
    day = event.occurred_on
    items = (AgendaEntry(key=i.key, title=i.title, origin=i.origin, added_on=day) for i in event.agenda)
    return SessionState(
        began_on=day,
        moved_on=day,
        moved_by=event.TOPIC,
        status=Status.CONVENED,
        roundtable=event.roundtable,
        code=event.code,
        number=event.number,
        type=event.type,
        modality=event.modality,
        place=event.place,
        medium=event.medium,
        called_on=day,
        scheduled_on=event.scheduled_on,
        scheduled_at=event.scheduled_at,
        second_call_of=event.second_call_of,
        all_items=tuple(items),
    )


def _rescheduled(state: SessionState, event: e.SessionRescheduled) -> SessionState:
    put_off = Rescheduling(
        from_=state.scheduled_on, to=event.scheduled_on, reason=_reason(event), occurred_on=event.occurred_on
    )
    return replace(
        state,
        scheduled_on=event.scheduled_on,
        scheduled_at=event.scheduled_at,
        place=event.place or state.place,
        reschedulings=(*state.reschedulings, put_off),
    )


def _ended(state: SessionState, status: Status, event: Event) -> SessionState:
    return replace(state, status=status, ended_on=event.occurred_on, ended_because=event.context.reason)


def _stay(event: e.AttendanceRecorded) -> Stay:
    return Stay(
        seat=event.seat,
        capacity=event.capacity,
        representing=event.representing,
        arrived_on=event.occurred_on,
        arrived=event.arrived,
    )


def _left(stay: Stay, event: e.DepartureRecorded) -> Stay:
    """End the stay of a seat that was there when it left."""
    day, left = event.occurred_on, event.left
    if stay.seat != event.seat or stay.left_on is not None or not stay.began_by(day, left):
        return stay
    return replace(stay, left_on=day, left=left)


def _counted(event: e.ParticipationRecorded) -> Participation:
    return Participation(
        people=event.people,
        women=event.women,
        men=event.men,
        youth=event.youth,
        indigenous=event.indigenous,
        languages=event.languages,
        interpreted=event.interpreted,
    )


def _outcome(state: SessionState, event: e.OutcomeRecorded) -> Outcome:
    return Outcome(
        key=event.key,
        agenda_item=event.agenda_item,
        type=event.type,
        text=event.text,
        language=event.language,
        decision=event.decision,
        votes=event.votes,
        dissents=event.dissents,
        responsibles=event.responsibles,
        deadline=event.deadline,
        occurred_on=event.occurred_on,
        at=event.at,
        present=state.seats_present(event.occurred_on, event.at),
    )


def _dissented(state: SessionState, event: e.DissentStated) -> SessionState:
    dissent = Dissent(seat=event.seat, reason=_reason(event))
    return replace(
        state,
        outcomes=tuple(
            replace(o, dissents=(*o.dissents, dissent)) if o.key == event.outcome else o for o in state.outcomes
        ),
    )


def _reason(event: Event) -> str:
    return event.context.reason or ""
