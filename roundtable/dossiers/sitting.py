"""What the minutes of a session print: the session, its minutes, its table, as known when they were last spoken of."""

from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.minutes.types import MinutesState
from domain.roundtable.types import RoundtableState, Seat
from domain.session.quorum import Quorum
from domain.session.types import AgendaEntry, SessionState
from projections import commitments, minutes, roundtables, sessions
from projections.dossiers.scope import Scope
from projections.moment import Moment
from roundtable.dossiers.reading import last_said

NOBODY = UUID(int=0)


class Sitting(NamedTuple):
    """A session with its minutes; `names` tells how organizations were called on its day."""

    minutes: MinutesState
    session: SessionState | None
    table: RoundtableState | None
    quorum: Quorum | None
    moment: Moment
    names: Scope

    def seat(self, key: str) -> Seat | None:
        """Return a seat of the table by its key, withdrawn or not."""
        seats = (*self.table.seats, *self.table.former_seats) if self.table else ()
        return next((one for one in seats if one.key == key), None)

    def holder(self, key: str) -> str:
        """Return whose seat it is."""
        seat = self.seat(key)
        return (self.names.name(seat.organization) if seat else None) or key

    def came_from(self, item: AgendaEntry) -> str | None:
        """Return where an item of the agenda comes from."""
        if item.origin is None:
            return None
        if item.origin.commitment is not None:
            return self.names.code(commitments.ROWS, item.origin.commitment)
        session = self.names.state(sessions.ROWS, item.origin.session)
        name = session.number or session.code if session else str(item.origin.session)
        return f"{name}, {item.origin.item}"


def sitting(connection: sa.Connection, found: sa.Row[Any], moment: Moment) -> Sitting:
    """Return what minutes write down; later facts about anything else change nothing of it."""
    state: MinutesState = minutes.ROWS.decode(found.state)
    at = last_said(connection, moment, UUID(found.id), state.session)
    newest = minutes.find(connection, UUID(found.id), at) or found
    row = sessions.find(connection, state.session, at)
    session: SessionState | None = sessions.ROWS.decode(row.state) if row else None
    day = session.opened_on or session.scheduled_on if session else at.day
    then = Scope(connection, NOBODY, at._replace(day=day))
    return Sitting(
        minutes=minutes.ROWS.decode(newest.state),
        session=session,
        table=then.state(roundtables.ROWS, session.roundtable) if session else None,
        quorum=sessions.session_detail(connection, row, at).quorum if row else None,
        moment=at,
        names=then,
    )
