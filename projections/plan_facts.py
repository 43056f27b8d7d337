"""What commands ask of plans, and what commands about plans ask of other objects."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa

from domain.errors import Words
from domain.objectives import KnownPlan, KnownVersion, Objective, PlanObjectives
from domain.plan.facts import Government, Governments, Named, Parentage, Successor
from domain.plan.types import BEFORE_FORCE, EXPIRED, OVER, PlanState, Stage, Status, Version
from projections import administrations, minutes, sessions, transitions
from projections.base import Projection
from projections.plans import in_force, plans, state_of
from projections.times import at
from roundtable.commands import Ask


def objectives(connection: sa.Connection, ask: Ask) -> PlanObjectives:
    """Find the plans of the objectives that a command names: as they were on the day, without what is gone since."""
    named = {cited.plan for value in ask.fields.values() for cited in _cited(value)}
    if not named:
        return PlanObjectives()
    plans.must_follow(connection)
    day = ask.context.occurred_on
    found: dict[UUID, KnownPlan] = {}
    for id in sorted(named):
        then, now = state_of(connection, id, day), state_of(connection, id)
        if then is not None and now is not None:
            still = {version.number: version for version in now.versions}
            known = {v.number: _known(then, v, still[v.number], ask) for v in then.versions if v.number in still}
            found[id] = KnownPlan(name=now.code or str(id), versions=known)
    return PlanObjectives(plans=found)


def _cited(value: Any) -> Iterator[Objective]:
    """Yield the references to objectives in the fields of a command, however deep they stand."""
    if isinstance(value, Objective):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _cited(item)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _cited(getattr(value, name))


def _known(state: PlanState, then: Version, now: Version, ask: Ask) -> KnownVersion:
    day = ask.context.occurred_on
    return KnownVersion(
        objectives=then.codes & now.codes,
        in_force=in_force(state, day) == then.number,
        state=_spoken(then, ask),
        parent=(then.parent.plan, then.parent.version) if then.parent else None,
    )


def _spoken(version: Version, ask: Ask) -> Words:
    stands = version.standing(ask.context.occurred_on)
    return Words(EXPIRED, "vencida") if stands == EXPIRED else Words(stands, Stage(stands).es)


def parentage(connection: sa.Connection, ask: Ask) -> Parentage:
    """Find the plan that a command names as parent, and all plans above it."""
    parent = ask.fields.get("parent")
    if parent is None:
        return Parentage(id=ask.id)
    plans.must_follow(connection)
    then, now = state_of(connection, parent.plan, ask.context.occurred_on), state_of(connection, parent.plan)
    if then is None or now is None:
        return Parentage(id=ask.id)
    still = {version.number for version in now.versions}
    return Parentage(
        id=ask.id,
        name=now.code or str(parent.plan),
        exists=True,
        versions=tuple(version.number for version in then.versions if version.number in still),
        above=_above(connection, parent.plan),
    )


def _above(connection: sa.Connection, id: UUID) -> frozenset[UUID]:
    """Return a plan and all above it, in whichever version they are named, as known now."""
    found, left = {id}, [id]
    while left:
        state = state_of(connection, left.pop())
        new = {v.parent.plan for v in state.versions if v.parent} - found if state else set[UUID]()
        found |= new
        left += new
    return frozenset(found)


def successor(connection: sa.Connection, ask: Ask) -> Successor:
    """Find the plan that is to take another's place, and those that took its own."""
    id: UUID = ask.fields["successor"]
    plans.must_follow(connection)
    state = state_of(connection, id, ask.context.occurred_on)
    if state is None:
        return Successor(id=ask.id)
    adopted = state.status is Status.ADOPTED or state.status not in BEFORE_FORCE | OVER
    return Successor(
        id=ask.id,
        exists=True,
        name=state.code or str(id),
        adopted=adopted,
        state=Words(state.status.value, state.status.es),
        line=_line(connection, id),
    )


def _line(connection: sa.Connection, id: UUID) -> frozenset[UUID]:
    """Return a plan and those that took its place one after another, as known now."""
    found = set[UUID]()
    following: UUID | None = id
    while following is not None and following not in found:
        found.add(following)
        state = state_of(connection, following)
        following = state.successor if state else None
    return frozenset(found)


def governments(connection: sa.Connection, ask: Ask) -> Governments:
    """Find the administrations that a command names, as known now."""
    administrations.administrations.must_follow(connection)
    found = {id: administrations.state_of(connection, id) for id in ask.named("administration")}
    return Governments(
        known={
            id: Government(institution=state.institution, from_=state.term.from_, until=state.term.until)
            for id, state in found.items()
            if state is not None
        }
    )


def named(connection: sa.Connection, ask: Ask) -> Named:
    """Find which of the sessions, minutes and transitions that a command names are not recorded."""
    return Named(
        sessions=_missing(connection, sessions.sessions, ask.named("session")),
        minutes=_missing(connection, minutes.minutes, ask.named("minutes")),
        transitions=_missing(connection, transitions.transitions, ask.named("transition")),
    )


def _missing(connection: sa.Connection, projection: Projection, ids: Mapping[UUID, str]) -> dict[UUID, str]:
    if not ids:
        return {}
    projection.must_follow(connection)
    c = projection.rows.table.c
    there = set(connection.scalars(sa.select(c.id).where(c.id.in_([str(id) for id in ids]), at(c))))
    return {id: field for id, field in ids.items() if str(id) not in there}
