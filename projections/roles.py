"""Who held which role on a day: administrations in office, seats and chairs of roundtables, tokens that may record."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import Any, Literal, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.roundtable.types import Representative, RoundtableState, Seat
from domain.values import Value
from projections import administrations, listing, roundtables
from projections.moment import Moment
from projections.times import NEVER
from projections.views import PersonalView, personal
from roundtable import tokens

Scope = Literal["administration", "roundtable", "token"]
Role = Literal[
    "in_office", "seat", "principal", "alternate", "chair", "co_chair", "secretariat", "follow_up_body",
    "auditor", "reader",
]  # fmt: skip
SCOPES: tuple[Scope, ...] = ("administration", "roundtable", "token")
PAGE = 100


class RoleView(Value, frozen=True, kw_only=True):
    """A role that an institution, a person or an actor held on a day.

    `since` is the first day of holding it without a break, `until` the first day after; both as known at the moment.
    """

    scope: Scope
    role: Role
    organization: UUID | None
    person: UUID | None = None
    name: PersonalView | None = None
    actor: UUID | None = None
    roundtable: UUID | None = None
    seat: str | None = None
    administration: UUID | None = None
    title: str | None = None
    accredited_on: date | None = None
    since: date
    until: date | None

    @property
    def held(self) -> tuple[Any, ...]:
        """What makes it the same role of the same holder on another day."""
        return self.role, self.organization, self.person, self.seat


class Wanted(NamedTuple):
    """Whose roles, and which."""

    organization: UUID | None = None
    roundtable: UUID | None = None
    person: UUID | None = None
    actor: UUID | None = None
    scope: tuple[Scope, ...] = SCOPES
    role: tuple[Role, ...] = ()

    def takes(self, role: RoleView) -> bool:
        """Tell whether a role is wanted."""
        named = ("organization", "roundtable", "person", "actor")
        asked = ((getattr(self, name), getattr(role, name)) for name in named)
        return all(wanted in {None, has} for wanted, has in asked) and (not self.role or role.role in self.role)


class Mark(NamedTuple):
    """Where a list of roles goes on: after this many roles of this object, of this scope."""

    scope: int = 0
    born: int = 0
    done: int = 0


class Knowing(NamedTuple):
    """When tokens were known: they are not facts of the log."""

    until: datetime | None
    timezone: tzinfo


def page(
    connection: sa.Connection, moment: Moment, wanted: Wanted, knowing: Knowing, after: Mark
) -> Iterator[tuple[Mark, RoleView]]:
    """Yield the roles of a moment, each with the mark after it; lazily, while the connection is open."""
    for number, scope in enumerate(SCOPES):
        if scope not in wanted.scope or number < after.scope:
            continue
        start = after if number == after.scope else Mark(number)
        for born, roles in _SOURCES[scope](connection, moment, wanted, knowing, start.born):
            for done, role in enumerate(roles, 1):
                if wanted.takes(role) and (born, done) > (start.born, start.done):
                    yield Mark(number, born, done), role


Objects = Iterator[tuple[int, Iterable[RoleView]]]


def _administrations(connection: sa.Connection, moment: Moment, wanted: Wanted, _: Knowing, after: int) -> Objects:
    if wanted.roundtable or wanted.person or wanted.actor:
        return
    where = administrations.filters(moment.day, on=moment.day, institution=wanted.organization)
    for row in _rows(connection, administrations.ROWS, moment, where, after):
        state = administrations.ROWS.decode(row.state)
        yield (
            row.sort,
            [
                RoleView(
                    scope="administration",
                    role="in_office",
                    organization=state.institution,
                    administration=UUID(row.id),
                    title=state.titles[0].text,
                    since=state.term.from_,
                    until=state.term.until,
                )
            ],
        )


def _roundtables(connection: sa.Connection, moment: Moment, wanted: Wanted, _: Knowing, after: int) -> Objects:
    if wanted.actor:
        return
    where = roundtables.filters(moment.day, organization=wanted.organization)
    if wanted.roundtable:
        where.append(roundtables.ROWS.table.c.id == str(wanted.roundtable))
    found = _rows(connection, roundtables.ROWS, moment, where, after)
    while some := [row for row, _ in zip(found, range(PAGE), strict=False)]:
        spans = _spans(connection, moment, [row.id for row in some])
        for row in some:
            yield row.sort, spans[row.id]


def _rows(connection: sa.Connection, rows: Any, moment: Moment, where: Any, after: int) -> Iterator[sa.Row[Any]]:
    """Yield the rows of a moment from the object born at a position on."""
    order, last = listing.Order(rows.table.c.born), after - 1
    while some := listing.page(connection, rows, moment, where, order, after=(last, last), limit=PAGE):
        yield from some
        last = some[-1].sort


def _spans(connection: sa.Connection, moment: Moment, ids: list[str]) -> dict[str, list[RoleView]]:
    """Return the roles at roundtables on the day, each from the step in which it began to the one in which it ended."""
    c = roundtables.ROWS.table.c
    known = sa.select(c.id, c.recorded_to, c.valid_from, c.valid_to, c.state).where(
        c.id.in_(ids), c.recorded_from <= moment.position, c.replaced_at > moment.position
    )
    found = connection.execute(known.order_by(c.id, c.valid_from, c.recorded_from))
    return {id: _of_day(steps, moment) for id, steps in groupby(found, lambda row: row.id)}


def _of_day(steps: Iterable[Any], moment: Moment) -> list[RoleView]:
    day = moment.day.isoformat()
    open_: dict[tuple[Any, ...], RoleView] = {}
    for step in steps:
        ends = NEVER if step.recorded_to > moment.position else step.valid_to
        if step.valid_from == ends:
            continue  # more came on the same day
        roles = {r.held: r for r in _at_table(UUID(step.id), roundtables.ROWS.decode(step.state), step.valid_from)}
        if step.valid_from <= day:
            open_ = {held: _since(role, open_.get(held)) for held, role in roles.items()}
        else:
            ended = date.fromisoformat(step.valid_from)
            open_ = {held: role if held in roles or role.until else _until(role, ended) for held, role in open_.items()}
    return list(open_.values())


def _since(role: RoleView, before: RoleView | None) -> RoleView:
    return role if before is None else _replace(role, since=before.since)


def _until(role: RoleView, ended: date) -> RoleView:
    return _replace(role, until=ended)


def _replace(role: RoleView, **changes: Any) -> RoleView:
    return RoleView(**{name: getattr(role, name) for name in role.__struct_fields__} | changes)


def _at_table(id: UUID, state: RoundtableState, valid_from: str) -> Iterator[RoleView]:
    about: dict[str, Any] = {"scope": "roundtable", "roundtable": id, "since": date.fromisoformat(valid_from)}
    about |= {"until": None}
    named: tuple[tuple[Role, tuple[UUID | None, ...]], ...] = (
        ("chair", state.chairs),
        ("co_chair", state.co_chairs),
        ("secretariat", (state.secretariat,)),
        ("follow_up_body", (state.follow_up_body,)),
    )
    for role, organizations in named:
        for organization in organizations:
            if organization:
                yield RoleView(role=role, organization=organization, **about)
    for seat in state.seats:
        yield from _in_seat(seat, about)


def _in_seat(seat: Seat, about: dict[str, Any]) -> Iterator[RoleView]:
    about = about | {"organization": seat.organization, "seat": seat.key, "title": seat.title}
    accredited = seat.accreditation.accredited_on if seat.accreditation else None
    yield RoleView(role="seat", **about | {"since": seat.since})
    speak: tuple[tuple[Role, Representative | None], ...] = (
        ("principal", seat.principal),
        ("alternate", seat.alternate),
    )
    for role, who in speak:
        if who:
            name = personal(who.name, {})
            yield RoleView(role=role, person=who.person, name=name, accredited_on=accredited, **about)


def _tokens(connection: sa.Connection, moment: Moment, wanted: Wanted, knowing: Knowing, after: int) -> Objects:
    if wanted.roundtable or wanted.person:
        return
    issued = tokens.all_of(connection, organization=wanted.organization, actor=wanted.actor)
    for number, token in enumerate(issued, 1):
        role = _of_token(token, knowing)
        if number >= after and role and role.since <= moment.day and (role.until is None or moment.day < role.until):
            yield number, [role]


def _of_token(token: tokens.Issued, knowing: Knowing) -> RoleView | None:
    began, ended = (text and datetime.fromisoformat(text) for text in (token.created_at, token.revoked_at))
    known = knowing.until or datetime.max.replace(tzinfo=UTC)
    if not began or began > known:
        return None
    last = ended.astimezone(knowing.timezone).date() if ended and ended <= known else None
    return RoleView(
        scope="token",
        role=token.role,
        organization=UUID(token.organization) if token.organization else None,
        actor=UUID(token.actor),
        since=began.astimezone(knowing.timezone).date(),
        until=last + timedelta(days=1) if last else None,
    )


_SOURCES = {"administration": _administrations, "roundtable": _roundtables, "token": _tokens}
