"""What commands about sessions ask of other objects."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.commitment.facts import Chain
from domain.errors import Words
from domain.minutes.facts import Sitting
from domain.minutes.types import FINAL
from domain.session.facts import AgendaSources, FirstCall, PreviousMinutes, SeatsInForce, Written
from domain.session.types import HELD, ItemOrigin, Status
from projections.commitments import commitments
from projections.commitments import known_on as commitments_on
from projections.minutes import minutes, minutes_of
from projections.minutes import state_of as minutes_state
from projections.moment import Moment
from projections.roundtables import roundtables
from projections.seating import seats_in_force
from projections.sessions import first_call, items_of, of_roundtable, sessions, state_of
from roundtable.commands import Ask


def table(connection: sa.Connection, ask: Ask) -> SeatsInForce:
    """Find the roundtable of a session, as known now and on the day."""
    roundtables.must_follow(connection)
    id = ask.fields.get("roundtable") or _roundtable_of(connection, ask)
    return seats_in_force(connection, id, _on(ask.context.occurred_on)) if id else SeatsInForce()


def first(connection: sa.Connection, ask: Ask) -> FirstCall:
    """Find the session that a second call names."""
    named = ask.fields.get("second_call_of")
    if named is None:
        return FirstCall()
    sessions.must_follow(connection)
    return first_call(connection, named, ask.id, ask.context.occurred_on)


def sources(connection: sa.Connection, ask: Ask) -> AgendaSources:
    """Find what the origins of agenda items name."""
    origins = list(_origins(ask))
    if not origins:
        return AgendaSources()
    sessions.must_follow(connection)
    commitments.must_follow(connection)
    day = ask.context.occurred_on
    return AgendaSources(
        items=items_of(connection, {o.session for o in origins if o.session}, day),
        commitments=commitments_on(connection, {o.commitment for o in origins if o.commitment}, day),
    )


def _origins(ask: Ask) -> Iterator[ItemOrigin]:
    items: Any = ask.fields.get("agenda", ())
    found = (ask.fields.get("origin"), *(item.origin for item in items))
    yield from (origin for origin in found if origin is not None)


def previous(connection: sa.Connection, ask: Ask) -> PreviousMinutes:
    """Find the session that the roundtable held before this one, and whether its minutes are final on the day."""
    sessions.must_follow(connection)
    roundtable = _roundtable_of(connection, ask)
    if roundtable is None:
        return PreviousMinutes()
    day = ask.context.occurred_on
    held = [s for s in of_roundtable(connection, roundtable, _on(day)) if s[2].status in HELD or s[0] == ask.id]
    at = next((place for place, (id, _, _) in enumerate(held) if id == ask.id), 0)
    if not at:
        return PreviousMinutes()
    id, _, state = held[at - 1]
    found = minutes_of(connection, id, day)
    return PreviousMinutes(session=id, name=state.code or str(id), final=found is not None and found[1].status in FINAL)


def written(connection: sa.Connection, ask: Ask) -> Written:
    """Find the minutes of a session where they are signed, as known now."""
    minutes.must_follow(connection)
    found = minutes_of(connection, ask.id) if ask.id else None
    if found is None or found[1].status not in FINAL:
        return Written()
    id, state = found
    return Written(signed=state.code or str(id))


def sitting(connection: sa.Connection, ask: Ask) -> Sitting:
    """Find the session that minutes write down, on the day of the command, and its other minutes as known now."""
    minutes.must_follow(connection)
    sessions.must_follow(connection)
    id = ask.fields.get("session")
    if id is None and ask.id is not None and (known := minutes_state(connection, ask.id)) is not None:
        id = known.session
    state = state_of(connection, id, ask.context.occurred_on) if id else None
    if id is None or state is None:
        return Sitting(id=id)
    other = minutes_of(connection, id, but=ask.id)
    return Sitting(
        id=id,
        exists=True,
        name=state.code or str(id),
        state=Words(state.status.value, state.status.es),
        held=state.status in HELD | {Status.FAILED_QUORUM},
        ended=state.status in {Status.CLOSED, Status.FAILED_QUORUM},
        attended=state.attended,
        minutes=(other[1].code or str(other[0])) if other else None,
    )


def chain(connection: sa.Connection, ask: Ask) -> Chain:
    """Find the session and the minutes that the origin of a commitment names, as known now and true today."""
    origin = ask.fields.get("origin")
    if origin is None or (origin.session is None and origin.minutes is None):
        return Chain()
    minutes.must_follow(connection)
    sessions.must_follow(connection)
    written = minutes_state(connection, origin.minutes) if origin.minutes else None
    id = origin.session or (written.session if written else None)
    state = state_of(connection, id) if id else None
    return Chain(
        session=id if state else None,
        roundtable=state.roundtable if state else None,
        outcomes=tuple(outcome.key for outcome in state.outcomes) if state else (),
        minutes=origin.minutes if written else None,
        written_of=written.session if written else None,
        name=(written.code or str(origin.minutes)) if written else "",
        state=Words(written.status.value, written.status.es) if written else Words("", ""),
        final=written is not None and written.status in FINAL,
    )


def _roundtable_of(connection: sa.Connection, ask: Ask) -> UUID | None:
    sessions.must_follow(connection)
    state = state_of(connection, ask.id) if ask.id else None
    return state.roundtable if state else None


def _on(day: date) -> Moment:
    return Moment(0, day, all_known=True, today=False)
