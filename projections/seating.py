"""The seats, rules and standing of a roundtable, as sessions need them."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from domain.errors import Words
from domain.roundtable import types as t
from domain.session.facts import SeatInForce, SeatsInForce
from projections.moment import Moment
from projections.roundtables import EXPIRED, ROWS

WITHOUT_RULES = t.Quorum(share="1/2", exceeded=True)
"""The quorum of a roundtable that has approved no rules: an absolute majority of the seats that vote."""
row = ROWS.table.c


def seats_in_force(connection: sa.Connection, id: UUID, moment: Moment) -> SeatsInForce:
    """Return a roundtable as a session on the day of a moment finds it."""
    found = connection.scalar(sa.select(row.state).where(row.id == str(id), moment.selects(row)))
    if found is None:
        return SeatsInForce(id=id)
    state: t.RoundtableState = ROWS.decode(found)
    rules, voting = state.rules, len(state.voting)
    quorum = rules.quorum if rules else WITHOUT_RULES
    second = (rules.second_call if rules else None) or quorum
    lapsed = state.valid_until if state.expired(moment.day) else None
    return SeatsInForce(
        id=id,
        exists=True,
        name=state.code or state.name,
        state=EXPIRED if lapsed else Words(state.status.value, state.status.es),
        since=lapsed or state.moved_on,
        installed=state.installed_on is not None,
        halted=lapsed is not None or _halted(state, moment.day),
        seats=tuple(
            SeatInForce(key=s.key, organization=s.organization, sector=s.sector, voice=s.voice, vote=s.vote)
            for s in state.seats
        ),
        required=quorum.needed(voting),
        required_on_second_call=second.needed(voting),
        by_sector=tuple((s.sector, s.seats) for s in rules.quorum_by_sector) if rules else (),
        decides_by=rules.decision if rules else None,
    )


def _halted(state: t.RoundtableState, day: date) -> bool:
    """Tell whether it is suspended or has ended; on the day itself it may still sit, to decide just that."""
    return (state.status in t.OVER or state.status is t.Status.SUSPENDED) and state.moved_on < day
