"""The first hundred days of the incoming term: sessions called, deadlines of commitments, projects, the regime."""

from collections.abc import Iterator
from datetime import date
from typing import Literal
from uuid import UUID

from domain.clocks import Words
from domain.project.tracks import BUILT
from domain.session.types import Status
from domain.values import Value
from projections import roundtables, sessions
from projections.deadlines import Deadline
from projections.dossiers.holdings import CommitmentSection
from projections.dossiers.portfolio import ProjectSection
from projections.dossiers.scope import Scope

DAYS = 100
Occasion = Literal["session", "announced_session", "commitment", "project", "milestone", "regime"]


class Due(Value, frozen=True, kw_only=True):
    """Something that comes up on a day. `unconfirmed` where a rule rests on memory: its `source` says on what.

    Of a duty under the regime, `what` holds both languages; of anything else, the words recorded.
    """

    on: date
    occasion: Occasion
    code: str | None
    id: UUID | None
    what: Words
    who: tuple[str, ...]
    unconfirmed: bool = False
    source: str | None = None


class HundredDays(Value, frozen=True, kw_only=True):
    """What comes up from the `first` day of the incoming term to its hundredth, in the order of days.

    `before` is what comes up after the cut-off and before that term begins: it is still for the outgoing side to do.
    """

    first: date
    last: date
    items: tuple[Due, ...]
    before: tuple[Due, ...]


def read(
    scope: Scope, start: date, promised: CommitmentSection, built: ProjectSection, clocks: tuple[Deadline, ...]
) -> HundredDays:
    """Return what comes up for an institution in the first hundred days of a term that begins on `start`."""
    every = (*_sessions(scope), *_commitments(promised), *_projects(built), *_clocks(clocks))
    coming = sorted(every, key=lambda one: (one.on, one.occasion))
    last = date.fromordinal(min(start.toordinal() + DAYS - 1, date.max.toordinal()))
    return HundredDays(
        first=start,
        last=last,
        items=tuple(one for one in coming if start <= one.on <= last),
        before=tuple(one for one in coming if scope.moment.day < one.on < start),
    )


def tables(scope: Scope) -> list[UUID]:
    """Return the roundtables in which an institution stands."""
    return [id for id, _, _ in scope.held(roundtables.roundtables)]


def _sessions(scope: Scope) -> Iterator[Due]:
    for table in tables(scope):
        who = tuple(filter(None, [scope.table(table)]))
        every = sessions.of_roundtable(scope.connection, table, scope.moment)
        called = {state.scheduled_on for _, _, state in every if state.status is Status.CONVENED}
        for id, _, state in every:
            words = state.number or state.code or state.type
            code = state.code or state.number
            if state.status is Status.CONVENED:
                yield _due(state.scheduled_on, "session", code, id, words, who)
            elif state.next_session_on is not None and state.next_session_on not in called:
                yield _due(state.next_session_on, "announced_session", code, id, words, who)


def _commitments(promised: CommitmentSection) -> Iterator[Due]:
    for one in promised.items:
        if one.open and one.deadline is not None:
            yield _due(one.deadline, "commitment", one.code, one.id, one.title, one.responsibles)


def _projects(built: ProjectSection) -> Iterator[Due]:
    for one in built.items:
        who = tuple(filter(None, [one.executing or one.responsible]))
        name = one.code or one.cui
        if one.planned_end is not None and one.works not in BUILT:
            yield _due(one.planned_end, "project", name, one.id, one.title, who)
        yield from (_due(mark.due, "milestone", name, one.id, mark.title, who) for mark in one.milestones)


def _clocks(clocks: tuple[Deadline, ...]) -> Iterator[Due]:
    for one in clocks:
        if one.due is not None and one.met_on is None:
            yield Due(
                on=one.due,
                occasion="regime",
                code=None,
                id=None,
                what=one.duty,
                who=(),
                unconfirmed=one.unconfirmed,
                source=one.source,
            )


def _due(on: date, occasion: Occasion, code: str | None, id: UUID, words: str, who: tuple[str, ...]) -> Due:
    return Due(on=on, occasion=occasion, code=code, id=id, what=Words(es=words, en=words), who=who)
