"""What is built into what: everything below a version of a plan, its priorities, and what serves its objectives."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.objectives import Objective
from domain.plan import types as t
from domain.plan.content import PlanObjective
from domain.types import Territory
from domain.values import Value
from projections import commitments, participatory_budgets, plans, projects
from projections.citing import Citing
from projections.listing import linked
from projections.moment import Moment
from projections.plans import ROWS, row

CITING: tuple[Citing, ...] = (commitments.CITING, projects.CITING, participatory_budgets.CITING)
"""Every kind of object that serves objectives of plans. Others plug in here."""
UNDECIDED = "undecided"


class TreeNode(Value, frozen=True, kw_only=True):
    """A version of a plan in the tree below another one; `depth` counts from the plan asked about.

    `priorities` are its objectives, by what became of them in the version that it is built into.
    """

    depth: int
    id: UUID
    plan_version: int
    code: str | None
    title: str
    type: str
    state: str
    territories: tuple[Territory, ...]
    parent: t.ParentVersion | None
    sessions: int
    people: int
    priorities: dict[str, int]


class TypeTotal(Value, frozen=True, kw_only=True):
    """The plans of one type in a tree: how many, with how many sessions, and which territories had none."""

    type: str
    plans: int
    sessions: int
    without_sessions: int
    territories_without_sessions: tuple[str, ...]
    priorities: dict[str, int]


class PlanTree(Value, frozen=True, kw_only=True):
    """A version of a plan with everything that is built into it, level by level, and totals of each type of plan."""

    id: UUID
    plan_version: int
    valid_at: date
    position: int
    nodes: tuple[TreeNode, ...]
    by_type: tuple[TypeTotal, ...]


class PriorityView(Value, frozen=True, kw_only=True):
    """A priority of a plan that is built into another one, and what became of it there."""

    id: UUID
    plan_version: int
    plan_code: str | None
    plan_title: str
    type: str
    territories: tuple[Territory, ...]
    code: str
    statement: str
    disposition: str
    into: str | None
    reason: str | None
    decided_on: date | None


class Use(Value, frozen=True, kw_only=True):
    """An object that serves an objective; `part` is the proposal or line that does."""

    objective: str
    kind: str
    id: UUID
    code: str | None
    title: str
    state: str
    part: str | None


class PlanUses(Value, frozen=True, kw_only=True):
    """What serves a version of a plan, objective by objective; `by_kind` counts objects, each once.

    `unserved` are the objectives that nothing serves, `unknown` the codes that are cited but not there.
    """

    id: UUID
    plan_version: int
    valid_at: date
    position: int
    by_kind: dict[str, int]
    unserved: tuple[str, ...]
    unknown: tuple[str, ...]
    uses: tuple[Use, ...]


class Node(NamedTuple):
    """A version of a plan as found at a moment."""

    id: UUID
    state: t.PlanState
    version: t.Version

    @property
    def pin(self) -> tuple[UUID, int]:
        """The plan and the number of the version."""
        return self.id, self.version.number

    @property
    def sessions(self) -> tuple[UUID, ...]:
        """The sessions of the participation process of the version."""
        return tuple(dict.fromkeys(id for part in self._parts for id in part.sessions))

    @property
    def people(self) -> int:
        """How many took part, where that was counted."""
        return sum(part.counts.people or 0 for part in self._parts if part.counts)

    @property
    def _parts(self) -> list[t.Participation]:
        return [part for part in self.state.participation if part.version == self.version.number]

    def named(self) -> dict[str, Any]:
        """Return what a step and a priority say of the plan."""
        return {
            "id": self.id,
            "plan_version": self.version.number,
            "plan_code": self.state.code,
            "plan_title": self.state.title,
            "type": self.state.type,
        }


def children(connection: sa.Connection, pins: Iterable[tuple[UUID, int]], moment: Moment) -> Iterator[Node]:
    """Yield the versions of plans that are built into versions of others; those given up are left out."""
    wanted = set(pins)
    link = ROWS.link.c
    ever = sa.select(link.id).where(link.link.in_(sorted(f"parent:{id}:{number}" for id, number in wanted)))
    query = sa.select(row.id, row.state).where(row.id.in_(ever), moment.selects(row)).order_by(row.born)
    for found in connection.execute(query):
        state: t.PlanState = ROWS.decode(found.state)
        for version in state.versions:
            parent = version.parent
            if parent and (parent.plan, parent.version) in wanted and version.stage is not t.Stage.ABANDONED:
                yield Node(UUID(found.id), state, version)


def tree(connection: sa.Connection, root: Node, moment: Moment) -> PlanTree:
    """Return a version of a plan with everything that is built into it."""
    level, above, depth = [root], {root.pin: root}, 0
    nodes: list[tuple[int, Node]] = [(0, root)]
    while level:
        depth += 1
        level = [one for one in children(connection, [n.pin for n in level], moment) if one.pin not in above]
        above |= {one.pin: one for one in level}
        nodes += [(depth, one) for one in level]
    shown = tuple(_tree_node(depth, one, above, moment.day) for depth, one in nodes)
    return PlanTree(
        id=root.id,
        plan_version=root.version.number,
        valid_at=moment.day,
        position=moment.position,
        nodes=shown,
        by_type=tuple(_totals(shown)),
    )


def _tree_node(depth: int, one: Node, above: dict[tuple[UUID, int], Node], day: date) -> TreeNode:
    parent = one.version.parent
    into = above.get((parent.plan, parent.version)) if parent and depth else None
    became = Counter(fate_of(into, one, objective).disposition for objective in one.version.objectives) if into else {}
    return TreeNode(
        depth=depth,
        id=one.id,
        plan_version=one.version.number,
        code=one.state.code,
        title=one.state.title,
        type=one.state.type,
        state=one.version.standing(day),
        territories=one.state.territories,
        parent=parent,
        sessions=len(one.sessions),
        people=one.people,
        priorities=dict(sorted(became.items())),
    )


def _totals(nodes: Iterable[TreeNode]) -> Iterator[TypeTotal]:
    by_type: dict[str, list[TreeNode]] = {}
    for one in nodes:
        by_type.setdefault(one.type, []).append(one)
    for type, some in by_type.items():
        silent = [one for one in some if not one.sessions]
        became = sum((Counter(one.priorities) for one in some), Counter())
        yield TypeTotal(
            type=type,
            plans=len(some),
            sessions=sum(one.sessions for one in some),
            without_sessions=len(silent),
            territories_without_sessions=tuple(str(place) for one in silent for place in one.territories),
            priorities=dict(sorted(became.items())),
        )


class Fate(NamedTuple):
    """What became of an objective in the version above."""

    disposition: str
    into: str | None = None
    reason: str | None = None
    decided_on: date | None = None


def fate_of(above: Node, one: Node, objective: PlanObjective) -> Fate:
    """Return what became of an objective in the version above."""
    cited = Objective(plan=one.id, version=one.version.number, code=objective.code)
    decided = above.state.disposition(above.version.number, cited)
    if decided is None:
        return Fate(UNDECIDED)
    return Fate(decided.disposition, decided.into, decided.reason, decided.occurred_on)


def priorities(connection: sa.Connection, above: Node, moment: Moment) -> Iterator[PriorityView]:
    """Yield every priority of the plans that are built into a version, with what became of it."""
    for one in children(connection, [above.pin], moment):
        for objective in one.version.objectives:
            fate = fate_of(above, one, objective)
            yield PriorityView(
                **one.named(),
                **fate._asdict(),
                territories=one.state.territories,
                code=objective.code,
                statement=objective.statement,
            )


def plan_uses(connection: sa.Connection, one: Node, moment: Moment) -> PlanUses:
    """Return what serves a version of a plan, objective by objective."""
    found = sorted(uses(connection, one, moment), key=lambda use: use.objective)
    served = {use.objective for use in found}
    objects = Counter(kind for kind, _ in {(use.kind, use.id) for use in found})
    return PlanUses(
        id=one.id,
        plan_version=one.version.number,
        valid_at=moment.day,
        position=moment.position,
        by_kind=dict(sorted(objects.items())),
        unserved=tuple(o.code for o in one.version.objectives if o.code not in served),
        unknown=tuple(sorted(served - one.version.codes)),
        uses=tuple(found),
    )


def uses(connection: sa.Connection, one: Node, moment: Moment) -> Iterator[Use]:
    """Yield what serves objectives of a version of a plan at a moment."""
    for source in CITING:
        c = source.rows.table.c
        named = linked(source.rows, f"plan:{one.id}")
        query = sa.select(c.id, c.state).where(named, moment.selects(c)).order_by(c.born)
        for found in connection.execute(query):
            state = source.rows.decode(found.state)
            about = source.about(state, moment.day)
            for cited, part in source.cites(state):
                if (cited.plan, cited.version) == one.pin:
                    yield Use(
                        objective=cited.code,
                        kind=source.kind,
                        id=UUID(found.id),
                        code=about.code,
                        title=about.title,
                        state=about.state,
                        part=part,
                    )


def root(found: sa.Row[Any], number: int | None) -> Node | None:
    """Return a version of the plan of a row: the one asked for, or the one that is shown first."""
    state: t.PlanState = plans.ROWS.decode(found.state)
    version = state.shown if number is None else state.version(number)
    return Node(UUID(found.id), state, version) if version else None
