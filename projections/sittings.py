"""What commands about sessions ask of other objects."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.session.facts import AgendaSources, FirstCall, PreviousMinutes, SeatsInForce
from domain.session.types import HELD, ItemOrigin
from projections.commitments import commitments
from projections.commitments import known_on as commitments_on
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
    return PreviousMinutes(session=id, name=state.code or str(id))


def _roundtable_of(connection: sa.Connection, ask: Ask) -> UUID | None:
    sessions.must_follow(connection)
    state = state_of(connection, ask.id) if ask.id else None
    return state.roundtable if state else None


def _on(day: date) -> Moment:
    return Moment(0, day, all_known=True, today=False)
