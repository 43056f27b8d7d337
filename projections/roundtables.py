"""Roundtables as listed and shown."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from domain.commitment.facts import Table
from domain.errors import Words
from domain.roundtable import Roundtable
from domain.roundtable import types as t
from domain.types import Act, Source, Territory
from domain.values import Value
from projections.base import Projection
from projections.codes import Coded
from projections.listing import folded, linked, matching
from projections.organizations import within
from projections.rows import Rows
from projections.times import NEVER, at
from projections.views import PersonalView, personal, view
from roundtable.store.columns import Day, Id

Capacity = Literal["seat", "chair", "secretariat", "follow_up_body"]
EXPIRED = Words(t.EXPIRED, "vencida")


class RepresentativeView(Value, frozen=True, kw_only=True):
    """Who speaks for a seat: a random id, and the name where it is still known and may be seen."""

    person: UUID
    name: PersonalView | None


class SeatView(Value, frozen=True, kw_only=True):
    """A seat on a day, with who speaks for it."""

    key: str
    organization: UUID
    title: str | None
    sector: str
    basis: str | None
    voice: bool
    vote: bool
    required: bool
    since: date
    withdrawn_on: date | None
    principal: RepresentativeView | None
    alternate: RepresentativeView | None
    accreditation: t.Accreditation | None


class RoundtableView(Value, frozen=True, kw_only=True):
    """A roundtable as a reader sees it on a day.

    `status` is what the facts made of it; `state` is the same, or `expired` once its validity has run out.
    """

    id: UUID
    version: int
    code: str | None
    state: str
    status: str
    since: date
    expired: bool
    name: str
    type: str
    level: str
    territories: tuple[Territory, ...]
    purpose: str | None
    parent: UUID | None
    predecessor: UUID | None
    act: Act | None
    extinguishing_act: Act | None
    valid_from: date | None
    valid_until: date | None
    term: t.Term | None
    extensions: tuple[t.ValidityExtension, ...]
    chairs: tuple[UUID, ...]
    co_chairs: tuple[UUID, ...]
    secretariat: UUID | None
    seats: tuple[SeatView, ...]
    former_seats: tuple[SeatView, ...]
    unaccredited: tuple[str, ...]
    accreditation_waiver: t.AccreditationWaiver | None
    postponements: tuple[t.Postponement, ...]
    postponed: int
    installed_on: date | None
    installation_minutes: UUID | None
    rules: t.Rules | None
    rules_document: Source | None
    rules_approved_on: date | None
    work_plan: Source | None
    work_plan_approved_on: date | None
    follow_up_body: UUID | None
    final_report: Source | None
    began_on: date
    illustrative: tuple[str, ...]


def _columns(state: t.RoundtableState) -> tuple[Any, ...]:
    ends = state.status in t.STANDING and state.valid_until is not None
    return (
        state.code,
        state.status.value,
        state.type,
        state.level,
        str(state.parent) if state.parent else None,
        str(state.predecessor) if state.predecessor else None,
        state.valid_until.isoformat() if ends and state.valid_until else NEVER,
        folded(state.name)[:200],
        folded(" ".join((state.code or "", state.name, state.purpose or ""))),
    )


def _links(state: t.RoundtableState) -> Iterable[str]:
    for capacity, id in capacities(state):
        yield f"{capacity}:{id}"
        yield f"organization:{id}"
    for territory in state.territories:
        yield from (f"territory:{label}" for label in within(territory))


def capacities(state: t.RoundtableState) -> Iterable[tuple[Capacity, UUID]]:
    """Yield every organization that a roundtable concerns, with its capacity; co-chairs chair."""
    yield from {("seat", seat.organization): None for seat in state.seats}
    yield from {("chair", id): None for id in (*state.chairs, *state.co_chairs)}
    if state.secretariat:
        yield "secretariat", state.secretariat
    if state.follow_up_body:
        yield "follow_up_body", state.follow_up_body


ROWS = Rows(
    "roundtable",
    t.RoundtableState,
    (
        sa.Column("code", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("parent", Id),
        sa.Column("predecessor", Id),
        sa.Column("valid_until", Day, nullable=False, comment="while it can expire"),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
    ),
    _columns,
    _links,
)
ROWS.index("code", "code", newest=True)
roundtables = Projection(Roundtable, ROWS)
codes: Coded[t.RoundtableState] = Coded(ROWS)
find, holders, state_of = codes.find, codes.holders, codes.state_of
row = ROWS.table.c
ORDERS = {
    "recorded": row.born,
    "code": sa.func.coalesce(row.code, ""),
    "name": row.name_key,
    "valid_until": row.valid_until,
}


def roundtable_view(found: sa.Row[Any], day: date, values: Mapping[str, str]) -> RoundtableView:
    """Return the view of a row on a day."""
    state: t.RoundtableState = ROWS.decode(found.state)
    return view(
        RoundtableView,
        state,
        id=UUID(found.id),
        version=found.version,
        state=state.standing(day),
        since=state.moved_on,
        expired=state.expired(day),
        seats=tuple(_seat(seat, values) for seat in state.seats),
        former_seats=tuple(_seat(seat, values) for seat in state.former_seats),
        postponed=len(state.postponements),
    )


def _seat(seat: t.Seat, values: Mapping[str, str]) -> SeatView:
    principal, alternate = (_representative(who, values) for who in (seat.principal, seat.alternate))
    return view(SeatView, seat, principal=principal, alternate=alternate)


def _representative(who: t.Representative | None, values: Mapping[str, str]) -> RepresentativeView | None:
    return RepresentativeView(person=who.person, name=personal(who.name, values)) if who else None


def filters(
    day: date,
    *,
    organization: UUID | None = None,
    capacity: Capacity | None = None,
    territory: str | None = None,
    state: Iterable[str] = (),
    type: str | None = None,
    level: str | None = None,
    parent: UUID | None = None,
    predecessor: UUID | None = None,
    expired: bool | None = None,
    q: str | None = None,
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a list on a day."""
    where = [linked(ROWS, f"territory:{territory}")] if territory else []
    if organization:
        where.append(linked(ROWS, f"{capacity or 'organization'}:{organization}"))
    lapsed = row.valid_until < day.isoformat()
    if states := set(state):
        standing = sa.and_(row.status.in_(sorted(states - {t.EXPIRED})), sa.not_(lapsed))
        where.append(sa.or_(standing, lapsed) if t.EXPIRED in states else standing)
    ids = [(row.parent, parent), (row.predecessor, predecessor)]
    where += [column == str(id) for column, id in ids if id]
    where += [column == value for column, value in ((row.type, type), (row.level, level)) if value]
    if expired is not None:
        where.append(lapsed if expired else sa.not_(lapsed))
    return where + (matching(row.search, q) if q else [])


def table(connection: sa.Connection, id: UUID, day: date) -> Table:
    """Return a roundtable as one at which something was agreed on a day."""
    state = state_of(connection, id, day)
    if state is None:
        return Table(id=id)
    lapsed = state.valid_until if state.expired(day) else None
    return Table(
        id=id,
        exists=True,
        name=state.code or state.name,
        state=EXPIRED if lapsed else Words(state.status.value, state.status.es),
        over_since=state.ended_on or lapsed,
        followed_up=state.status is not t.Status.CONCLUDED or state.follow_up_body is not None,
    )


def chain(connection: sa.Connection, column: str, id: UUID, day: date) -> tuple[UUID, ...]:
    """Return a roundtable and those above it (`parent`) or before it (`predecessor`), as known now; none, if none."""
    if state_of(connection, id, day) is None:
        return ()
    found: list[UUID] = []
    following: UUID | None = id
    while following is not None and following not in found:
        found.append(following)
        above = connection.scalar(sa.select(row[column]).where(row.id == str(following), at(row)))
        following = UUID(above) if above else None
    return tuple(found)
