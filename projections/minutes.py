"""Minutes as listed and shown."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.minutes import Minutes
from domain.minutes import types as t
from domain.values import Value
from projections import sessions
from projections.base import Projection
from projections.codes import Coded
from projections.listing import folded, linked, matching
from projections.moment import Moment
from projections.rows import Rows
from projections.times import at
from projections.views import view
from roundtable.store.columns import Id


class MinutesView(Value, frozen=True, kw_only=True):
    """Minutes as a reader sees them on a day."""

    id: UUID
    version: int
    code: str | None
    state: str
    since: date
    session: UUID
    number: str
    language: str
    summary: str | None
    text: str
    text_version: int
    versions: tuple[t.Version, ...]
    observations: tuple[t.Observation, ...]
    approvals: tuple[t.Approval, ...]
    signatures: tuple[t.Signature, ...]
    refusals: tuple[t.Refusal, ...]
    final: bool
    file: str | None
    published_on: date | None
    corrections: tuple[t.MinutesCorrection, ...]
    discarded_because: str | None
    began_on: date
    illustrative: tuple[str, ...]


class MinutesDetail(MinutesView, frozen=True, kw_only=True):
    """Minutes with their roundtable and session, and the seats that were there and have neither signed nor refused."""

    roundtable: UUID | None
    session_code: str | None
    unsigned: tuple[str, ...]


def _columns(state: t.MinutesState) -> tuple[Any, ...]:
    texts = (state.code or "", state.number, state.summary or "")
    return state.code, str(state.session), state.status.value, state.number, folded(" ".join(texts))


def _links(state: t.MinutesState) -> Iterable[str]:
    yield from (f"signed_by:{seat}" for seat in state.signed_by)
    yield from (f"refused_by:{seat}" for seat in state.refused_by)
    if state.corrections:
        yield "corrected"


ROWS = Rows(
    "minutes",
    t.MinutesState,
    (
        sa.Column("code", sa.Text),
        sa.Column("session", Id, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
    ),
    _columns,
    _links,
)
ROWS.index("code", "code", newest=True)
ROWS.index("of", "session")
minutes = Projection(Minutes, ROWS)
codes: Coded[t.MinutesState] = Coded(ROWS)
find, holders, state_of = codes.find, codes.holders, codes.state_of
row = ROWS.table.c
ORDERS = {"recorded": row.born, "code": sa.func.coalesce(row.code, ""), "number": row.number}


def minutes_view(found: sa.Row[Any]) -> MinutesView:
    """Return the view of a row."""
    state: t.MinutesState = ROWS.decode(found.state)
    return view(MinutesView, state, **_more(found, state))


def minutes_detail(connection: sa.Connection, found: sa.Row[Any], moment: Moment) -> MinutesDetail:
    """Return the view of a row with its session and the signatures that are missing."""
    state: t.MinutesState = ROWS.decode(found.state)
    row_of = sessions.find(connection, state.session, moment)
    session = sessions.ROWS.decode(row_of.state) if row_of else None
    settled = {*state.signed_by, *state.refused_by}
    return view(
        MinutesDetail,
        state,
        **_more(found, state),
        roundtable=session.roundtable if session else None,
        session_code=session.code if session else None,
        unsigned=tuple(seat for seat in session.attended if seat not in settled) if session else (),
    )


def _more(found: sa.Row[Any], state: t.MinutesState) -> dict[str, Any]:
    return {
        "id": UUID(found.id),
        "version": found.version,
        "state": state.status,
        "text": state.current.text,
        "text_version": state.current.number,
        "final": state.status in t.FINAL,
    }


def filters(
    moment: Moment,
    *,
    session: UUID | None = None,
    roundtable: UUID | None = None,
    state: Iterable[str] = (),
    signed_by: str | None = None,
    refused_by: str | None = None,
    corrected: bool | None = None,
    q: str | None = None,
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a list."""
    seats = (("signed_by", signed_by), ("refused_by", refused_by))
    where = [linked(ROWS, f"{name}:{seat}") for name, seat in seats if seat]
    if corrected is not None:
        where.append(linked(ROWS, "corrected") if corrected else sa.not_(linked(ROWS, "corrected")))
    if session:
        where.append(row.session == str(session))
    if roundtable:
        held = sa.select(sessions.row.id).where(sessions.row.roundtable == str(roundtable))
        where.append(row.session.in_(held.where(moment.selects(sessions.row))))
    if states := list(state):
        where.append(row.status.in_(states))
    return where + (matching(row.search, q) if q else [])


def minutes_of(
    connection: sa.Connection, session: UUID, day: date | None = None, *, but: UUID | None = None
) -> tuple[UUID, t.MinutesState] | None:
    """Return the minutes of a session that were not discarded, as known now, on a day or today."""
    query = sa.select(row.id, row.state).where(
        row.session == str(session),
        at(row, day=day.isoformat() if day else None),
        row.status != t.Status.VOIDED.value,
        row.id != str(but or UUID(int=0)),
    )
    found = connection.execute(query.order_by(row.born)).first()
    return (UUID(found.id), ROWS.decode(found.state)) if found else None


def dependents(connection: sa.Connection, kind: str, id: UUID) -> tuple[UUID, ...]:
    """Return the minutes that write down a session, as known now."""
    if kind != "session":
        return ()
    query = sa.select(row.id).where(row.session == str(id), at(row)).order_by(row.born)
    return tuple(UUID(other) for other in connection.scalars(query))
