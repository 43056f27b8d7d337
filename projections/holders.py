"""Who held an object since it began: each institution in each capacity, under each of its administrations, in days.

The rows of the object give the days on which an institution stood in it, the calendar divides these by terms. Nothing
is copied when a term ends: what is told of passing it on stands in the transition.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.administration.types import AdministrationState
from domain.transition.types import TransitionState
from domain.types import Money
from domain.values import Value
from projections import administrations, transitions
from projections.handovers import decided
from projections.inheritable import Inheritable
from projections.inheritance import CAPACITIES, Decided
from projections.moment import Moment

DAY = timedelta(days=1)


class Standing(Value, frozen=True, kw_only=True):
    """Where the object stood at the end of a day."""

    on: date
    version: int
    state: str
    tracks: dict[str, str] | None
    amount: Money | None
    deadline: date | None
    overdue: bool


class PassedOn(Value, frozen=True, kw_only=True):
    """How the object passed to the next administration: by the calendar, and what the transition tells of it."""

    to: UUID | None
    transition: UUID | None
    transition_state: str | None
    decision: Decided | None


class Holder(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """An institution that stood in the object in one capacity, under one administration, where one is recorded.

    `until` is the first day after, or nothing while it lasts on the day asked about. `at_start` is on the first of
    these days, `at_end` on the last one.
    """

    institution: UUID
    capacity: str
    administration: UUID | None
    title: str | None
    from_: date
    until: date | None
    at_start: Standing
    at_end: Standing
    passed_on: PassedOn | None


class Holders(Value, frozen=True, kw_only=True):
    """The chain of holders of an object, from its beginning to the day asked about."""

    kind: str
    id: UUID
    began_on: date
    valid_at: date
    position: int
    items: tuple[Holder, ...]


class _Days(NamedTuple):
    """Days from one on, up to and without another."""

    first: date
    after: date

    def within(self, first: date, after: date) -> "_Days":
        return _Days(max(self.first, first), min(self.after, after))


class _Chain:
    """What the holders of one object are told from."""

    def __init__(self, connection: sa.Connection, source: Inheritable, id: UUID, moment: Moment) -> None:
        self.source, self.id, self.moment = source, id, moment
        self.steps = _steps(connection, source, id, moment)
        self.held = _held(source, self.steps)
        self.governments = administrations.of_institutions(connection, {who for who, _ in self.held}, moment)
        self.handovers = transitions.of(connection, [id for id, _ in self.governments], moment)

    def holders(self) -> Iterator[Holder]:
        """Yield the holders, one institution and capacity after the other."""
        for (institution, capacity), spans in self.held.items():
            terms = [(id, state) for id, state in self.governments if state.institution == institution]
            for days in spans:
                for government, part in _divided(days, terms):
                    yield self._holder(institution, capacity, government, part)

    def _holder(
        self, institution: UUID, capacity: str, government: tuple[UUID, AdministrationState] | None, days: _Days
    ) -> Holder:
        lasts = days.after > self.moment.day
        id, state = government or (None, None)
        passes = state is not None and not lasts and days.after == state.term.until
        return Holder(
            institution=institution,
            capacity=capacity,
            administration=id,
            title=state.titles[0].text if state else None,
            from_=days.first,
            until=None if lasts else days.after,
            at_start=self._standing(days.first),
            at_end=self._standing(self.moment.day if lasts else days.after - DAY),
            passed_on=self._passed_on(id, institution, days.after) if passes and id else None,
        )

    def _standing(self, day: date) -> Standing:
        row = next(row for row, days in self.steps if days.first <= day < days.after)
        about = self.source.about(self.source.rows.decode(row.state), day)
        return Standing(
            on=day,
            version=row.version,
            state=about.state,
            tracks=dict(about.tracks) if about.tracks else None,
            amount=about.amount,
            deadline=about.deadline,
            overdue=about.overdue,
        )

    def _passed_on(self, outgoing: UUID, institution: UUID, on: date) -> PassedOn:
        known: tuple[UUID, TransitionState] | None
        known = next(((id, state) for id, state in self.handovers if state.outgoing == outgoing), None)
        follows = (id for id, state in self.governments if (state.institution, state.term.from_) == (institution, on))
        return PassedOn(
            to=next(follows, None),
            transition=known[0] if known else None,
            transition_state=known[1].status.value if known else None,
            decision=decided(*known).get(self.id) if known else None,
        )


def _steps(connection: sa.Connection, source: Inheritable, id: UUID, moment: Moment) -> list[tuple[sa.Row[Any], _Days]]:
    """Return the steps of an object that are seen at the end of some day up to that of the moment, with their days."""
    c = source.rows.table.c
    query = sa.select(c.valid_from, c.valid_to, c.recorded_to, c.version, c.links, c.state).where(
        c.id == str(id),
        c.recorded_from <= moment.position,
        c.replaced_at > moment.position,
        c.valid_from <= moment.day.isoformat(),
    )
    found: Iterable[sa.Row[Any]] = connection.execute(query.order_by(c.valid_from, c.recorded_from))
    days = ((row, _Days(date.fromisoformat(row.valid_from), _end(row, moment))) for row in found)
    return [(row, span) for row, span in days if span.first < span.after]


def _end(row: sa.Row[Any], moment: Moment) -> date:
    return date.fromisoformat(row.valid_to) if row.recorded_to <= moment.position else date.max


def _held(source: Inheritable, steps: Iterable[tuple[sa.Row[Any], _Days]]) -> dict[tuple[UUID, str], list[_Days]]:
    """Return on which days each institution stood in the object in each capacity."""
    held: dict[tuple[UUID, str], list[_Days]] = {}
    for row, days in steps:
        for link in row.links.split("|"):
            capacity, _, institution = link.partition(":")
            if capacity not in source.capacities:
                continue
            spans = held.setdefault((UUID(institution), capacity), [])
            if spans and spans[-1].after == days.first:
                spans[-1] = _Days(spans[-1].first, days.after)
            else:
                spans.append(days)
    return held


def _divided(
    days: _Days, terms: Sequence[tuple[UUID, AdministrationState]]
) -> Iterator[tuple[tuple[UUID, AdministrationState] | None, _Days]]:
    """Divide days by terms, in their order; what no term covers stands by itself."""
    first = days.first
    for government in terms:
        part = days.within(government[1].term.from_, government[1].term.until)
        if part.first >= part.after:
            continue
        if first < part.first:
            yield None, _Days(first, part.first)
        yield government, part
        first = part.after
    if first < days.after:
        yield None, _Days(first, days.after)


def holders(connection: sa.Connection, source: Inheritable, id: UUID, moment: Moment) -> Holders:
    """Return the chain of holders of an object, from its beginning to a moment."""
    chain = _Chain(connection, source, id, moment)
    found = (one for one in chain.holders() if one.from_ <= moment.day)
    return Holders(
        kind=source.kind,
        id=id,
        began_on=chain.steps[0][1].first,
        valid_at=moment.day,
        position=moment.position,
        items=tuple(sorted(found, key=lambda one: (one.from_, CAPACITIES.index(one.capacity), str(one.institution)))),
    )
