"""The way of an objective: from which priorities it came, where it went from version to version, and what serves it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from domain.plan import types as t
from domain.plan.content import PlanObjective
from domain.values import Value
from projections.moment import Moment
from projections.plan_trees import Fate, Node, Use, children, fate_of, uses
from projections.plans import ROWS, row


class Step(Value, frozen=True, kw_only=True):
    """An objective on its way: in which version of which plan, and what became of it in the version above.

    `sessions` are the assemblies and workshops of the plan.
    """

    depth: int
    id: UUID
    plan_version: int
    plan_code: str | None
    plan_title: str
    type: str
    code: str
    statement: str
    sessions: tuple[UUID, ...]
    disposition: str | None
    parent: t.ParentVersion | None
    into: str | None
    reason: str | None
    decided_on: date | None


class Trace(Value, frozen=True, kw_only=True):
    """An objective with the priorities that it came from, where it went from version to version, and what serves it."""

    id: UUID
    plan_version: int
    valid_at: date
    position: int
    objective: PlanObjective
    came_from: tuple[Step, ...]
    went_to: tuple[Step, ...]
    uses: tuple[Use, ...]


def node(connection: sa.Connection, id: UUID, number: int, moment: Moment) -> Node | None:
    """Return a version of a plan at a moment."""
    found = connection.scalar(sa.select(row.state).where(row.id == str(id), moment.selects(row)))
    state: t.PlanState | None = ROWS.decode(found) if found is not None else None
    version = state.version(number) if state else None
    return Node(id, state, version) if state and version else None


def trace(connection: sa.Connection, one: Node, objective: PlanObjective, moment: Moment) -> Trace:
    """Return where an objective came from, where it went, and what serves it."""
    return Trace(
        id=one.id,
        plan_version=one.version.number,
        valid_at=moment.day,
        position=moment.position,
        objective=objective,
        came_from=tuple(_sources(connection, one, objective, moment, 1, {one.pin})),
        went_to=tuple(_upwards(connection, one, objective, moment)),
        uses=tuple(use for use in uses(connection, one, moment) if use.objective == objective.code),
    )


def _sources(
    connection: sa.Connection,
    above: Node,
    into: PlanObjective,
    moment: Moment,
    depth: int,
    seen: set[tuple[UUID, int]],
) -> Iterator[Step]:
    """Yield the priorities that went into an objective, each followed by those that it came from itself."""
    for one in children(connection, [above.pin], moment):
        if one.pin in seen:
            continue
        for objective in one.version.objectives:
            fate = fate_of(above, one, objective)
            if fate.into == into.code:
                yield _step(depth, one, objective, fate)
                yield from _sources(connection, one, objective, moment, depth + 1, {*seen, one.pin})


def _upwards(connection: sa.Connection, one: Node, objective: PlanObjective, moment: Moment) -> Iterator[Step]:
    """Yield what became of an objective in the version above, and of what it went into, as far as it came."""
    following: tuple[Node, PlanObjective] | None = (one, objective)
    seen = {one.pin}
    depth = 0
    while following is not None:
        here, said = following
        parent = here.version.parent
        above = node(connection, parent.plan, parent.version, moment) if parent else None
        if above is None or above.pin in seen:
            return
        seen.add(above.pin)
        fate = fate_of(above, here, said)
        yield _step(depth, here, said, fate)
        depth += 1
        into = next((o for o in above.version.objectives if o.code == fate.into), None)
        following = (above, into) if into else None
        if into is not None and above.version.parent is None:
            yield _step(depth, above, into, None)


def _step(depth: int, one: Node, objective: PlanObjective, fate: Fate | None) -> Step:
    return Step(
        depth=depth,
        **one.named(),
        code=objective.code,
        statement=objective.statement,
        sessions=one.sessions,
        disposition=fate.disposition if fate else None,
        parent=one.version.parent,
        into=fate.into if fate else None,
        reason=fate.reason if fate else None,
        decided_on=fate.decided_on if fate else None,
    )
