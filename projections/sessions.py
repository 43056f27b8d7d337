"""Sessions as listed and shown."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.session import Session
from domain.session import types as t
from domain.session.facts import FirstCall
from domain.session.quorum import Quorum
from domain.values import Value
from projections.base import Projection
from projections.codes import Coded
from projections.listing import folded, linked, matching
from projections.moment import Moment
from projections.rows import Rows
from projections.seating import seats_in_force
from projections.times import at
from projections.views import view
from roundtable.store.columns import Day, Id


class SessionView(Value, frozen=True, kw_only=True):
    """A session as a reader sees it on a day."""

    id: UUID
    version: int
    code: str | None
    state: str
    since: date
    roundtable: UUID
    number: str | None
    type: str
    modality: str
    place: str | None
    medium: str | None
    called_on: date
    scheduled_on: date
    scheduled_at: str | None
    reschedulings: tuple[t.Rescheduling, ...]
    second_call_of: UUID | None
    agenda: tuple[t.AgendaEntry, ...]
    withdrawn_items: tuple[t.AgendaEntry, ...]
    agenda_waiver: t.Waiver | None
    previous_minutes_waiver: t.Waiver | None
    attendance: tuple[t.Stay, ...]
    participation: t.Participation | None
    opened_on: date | None
    recesses: tuple[t.Recess, ...]
    outcomes: tuple[t.Outcome, ...]
    open_items: tuple[str, ...]
    ended_on: date | None
    ended_because: str | None
    next_session_on: date | None
    began_on: date
    illustrative: tuple[str, ...]


class OutcomeQuorum(Value, frozen=True, kw_only=True):
    """The quorum of those present when something was decided."""

    outcome: str
    quorum: Quorum


class SessionDetail(SessionView, frozen=True, kw_only=True):
    """A session with its quorum, computed from the seats that its roundtable had on the day and those present.

    Once opened it is that of the opening; before, that of those recorded as present so far. Each outcome that binds has
    its own, of those present at the time: a seat or an attendance corrected later shows there.
    """

    quorum: Quorum | None
    quorum_of_outcomes: tuple[OutcomeQuorum, ...]


def _columns(state: t.SessionState) -> tuple[Any, ...]:
    return (
        state.code,
        str(state.roundtable),
        state.status.value,
        state.type,
        state.modality,
        state.held_on.isoformat(),
        str(state.second_call_of) if state.second_call_of else None,
        folded(" ".join((state.code or "", state.number or "", state.place or "", *_texts(state)))),
    )


def _texts(state: t.SessionState) -> Iterable[str]:
    yield from (item.title for item in state.all_items)
    yield from (outcome.text for outcome in state.outcomes)


def _links(state: t.SessionState) -> Iterable[str]:
    yield f"roundtable:{state.roundtable}"
    origins = [item.origin for item in state.agenda if item.origin]
    before = {state.second_call_of, *(origin.session for origin in origins)}
    yield from {f"session:{id}" for id in before if id}
    yield from {f"organization:{stay.representing}" for stay in state.attendance if stay.representing}
    yield from {f"responsible:{id}" for outcome in state.outcomes for id in outcome.responsibles}
    yield from {f"outcome:{outcome.type}" for outcome in state.outcomes}
    yield from {f"commitment:{origin.commitment}" for origin in origins if origin.commitment}
    if state.agenda_waiver:
        yield "waived:agenda"
    if state.previous_minutes_waiver:
        yield "waived:previous_minutes"


ROWS = Rows(
    "session",
    t.SessionState,
    (
        sa.Column("code", sa.Text),
        sa.Column("roundtable", Id, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("modality", sa.Text, nullable=False),
        sa.Column("held_on", Day, nullable=False, comment="of the opening, else of the call"),
        sa.Column("second_call_of", Id),
        sa.Column("search", sa.Text, nullable=False),
    ),
    _columns,
    _links,
)
ROWS.index("code", "code", newest=True)
ROWS.index("of", "roundtable")
sessions = Projection(Session, ROWS)
codes: Coded[t.SessionState] = Coded(ROWS)
find, holders, state_of = codes.find, codes.holders, codes.state_of
row = ROWS.table.c
ORDERS = {"recorded": row.born, "code": sa.func.coalesce(row.code, ""), "held_on": row.held_on}


def session_view(found: sa.Row[Any]) -> SessionView:
    """Return the view of a row."""
    state: t.SessionState = ROWS.decode(found.state)
    return view(SessionView, state, **_more(found, state))


def session_detail(connection: sa.Connection, found: sa.Row[Any], moment: Moment) -> SessionDetail:
    """Return the view of a row with its quorum, from the seats of the day as known at the moment."""
    state: t.SessionState = ROWS.decode(found.state)
    again = state.second_call_of is not None

    def quorum(day: date, present: tuple[str, ...]) -> Quorum | None:
        then = moment._replace(day=day, today=moment.today and day >= moment.day)
        table = seats_in_force(connection, state.roundtable, then)
        return table.quorum(frozenset(present), second_call=again) if table.exists else None

    day = state.opened_on or state.ended_on or moment.day
    bound = (o for o in state.outcomes if o.type in t.DECIDING_OUTCOMES)
    computed = ((o.key, quorum(o.occurred_on, o.present)) for o in bound)
    return view(
        SessionDetail,
        state,
        **_more(found, state),
        quorum=quorum(day, state.opened_with if state.opened_on else state.seats_present(day)),
        quorum_of_outcomes=tuple(OutcomeQuorum(outcome=key, quorum=q) for key, q in computed if q),
    )


def _more(found: sa.Row[Any], state: t.SessionState) -> dict[str, Any]:
    return {
        "id": UUID(found.id),
        "version": found.version,
        "state": state.status,
        "since": state.moved_on,
        "withdrawn_items": tuple(item for item in state.all_items if item.withdrawn_on is not None),
        "open_items": tuple(item.key for item in state.open_items),
    }


def filters(
    *,
    roundtable: UUID | None = None,
    state: Iterable[str] = (),
    type: str | None = None,
    modality: str | None = None,
    held_from: date | None = None,
    held_until: date | None = None,
    organization: UUID | None = None,
    responsible: UUID | None = None,
    commitment: UUID | None = None,
    outcome: str | None = None,
    waived: Iterable[str] = (),
    q: str | None = None,
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a list."""
    named = (("organization", organization), ("responsible", responsible), ("commitment", commitment))
    links = [f"{name}:{id}" for name, id in (*named, ("outcome", outcome)) if id]
    where = [linked(ROWS, link) for link in (*links, *(f"waived:{name}" for name in waived))]
    where += [column == value for column, value in ((row.type, type), (row.modality, modality)) if value]
    if roundtable:
        where.append(row.roundtable == str(roundtable))
    if states := list(state):
        where.append(row.status.in_(states))
    if held_from:
        where.append(row.held_on >= held_from.isoformat())
    if held_until:
        where.append(row.held_on <= held_until.isoformat())
    return where + (matching(row.search, q) if q else [])


def of_roundtable(
    connection: sa.Connection, roundtable: UUID, moment: Moment
) -> list[tuple[UUID, int, t.SessionState]]:
    """Return the sessions of a roundtable at a moment in the order of their days: id, birth, state."""
    query = sa.select(row.id, row.born, row.state).where(row.roundtable == str(roundtable), moment.selects(row))
    found = connection.execute(query.order_by(row.held_on, row.born))
    return [(UUID(one.id), one.born, ROWS.decode(one.state)) for one in found]


def first_call(connection: sa.Connection, id: UUID, but: UUID | None, day: date) -> FirstCall:
    """Return a session as one that another calls a second time on a day."""
    state = state_of(connection, id, day)
    if state is None:
        return FirstCall(id=id)
    again = sa.select(row.id).where(row.second_call_of == str(id), at(row), row.id != str(but or UUID(int=0)))
    called = connection.scalar(again.where(row.status != t.Status.CANCELLED.value))
    return FirstCall(
        id=id,
        exists=True,
        name=state.code or str(id),
        roundtable=state.roundtable,
        status=state.status,
        called_again_by=UUID(called) if called else None,
        open_items=tuple(
            t.AgendaItem(key=item.key, title=item.title, origin=t.ItemOrigin(session=id, item=item.key))
            for item in state.open_items
        ),
    )


def items_of(connection: sa.Connection, ids: Iterable[UUID], day: date) -> dict[UUID, tuple[str, ...]]:
    """Return the keys of the agenda items of sessions on a day, withdrawn ones included."""
    states = {id: state_of(connection, id, day) for id in ids}
    return {id: tuple(item.key for item in state.all_items) for id, state in states.items() if state}


def dependents(connection: sa.Connection, kind: str, id: UUID) -> tuple[UUID, ...]:
    """Return the other sessions that name an object of a kind, as known now."""
    named = [linked(ROWS, f"{kind}:{id}"), *([linked(ROWS, f"responsible:{id}")] if kind == "organization" else [])]
    query = sa.select(row.id).where(sa.or_(*named), at(row), row.id != str(id)).order_by(row.born)
    return tuple(UUID(other) for other in connection.scalars(query))
