"""The plans in force in which an institution stands, and how far what serves their objectives is."""

from datetime import date
from uuid import UUID

from domain.commitment.types import CommitmentState
from domain.commitment.types import Status as Fulfilment
from domain.plan import types as t
from domain.project.tracks import BUILT
from domain.project.types import ProjectState
from domain.types import Act
from domain.values import Value
from projections import commitments, plans, projects
from projections.dossiers.scope import Scope


class PlanProgress(Value, frozen=True, kw_only=True):
    """How far a version is: how many of its objectives anything serves, and what of that is fulfilled or built."""

    objectives: int
    served: int
    commitments: int
    fulfilled: int
    projects: int
    built: int


class HeldPlan(Value, frozen=True, kw_only=True):
    """A plan in force as it was handed over, with the act by which its version was adopted.

    `state` is `expired` where the validity of the version has run out and nothing took its place.
    """

    id: UUID
    version: int
    code: str | None
    title: str
    type: str
    state: str
    capacities: tuple[str, ...]
    plan_version: int
    adopted_by: str | None
    act: Act | None
    adopted_on: date | None
    valid_from: date | None
    valid_until: date | None
    progress: PlanProgress
    illustrative: tuple[str, ...]


class PlanSection(Value, frozen=True, kw_only=True):
    """All plans with a version in force in which the institution stands."""

    count: int
    expired: int
    items: tuple[HeldPlan, ...]


def read(scope: Scope) -> PlanSection:
    """Return the plans in force of an institution at a moment."""
    items = tuple(
        _held(scope, id, version, state, state.current, found)
        for id, version, state in scope.held(plans.plans)
        if state.status in t.VALID and state.current and (found := _capacities(scope, state))
    )
    return PlanSection(count=len(items), expired=sum(one.state == t.EXPIRED for one in items), items=items)


def _capacities(scope: Scope, state: t.PlanState) -> tuple[str, ...]:
    named = {capacity for capacity, id in plans.capacities(state) if id == scope.institution}
    return tuple(capacity for capacity in plans.INHERITABLE.capacities if capacity in named)


def _held(
    scope: Scope, id: UUID, version: int, state: t.PlanState, current: t.Version, found: tuple[str, ...]
) -> HeldPlan:
    adoption = current.adoption
    return HeldPlan(
        id=id,
        version=version,
        code=state.code,
        title=state.title,
        type=state.type,
        state=state.standing(scope.moment.day),
        capacities=found,
        plan_version=current.number,
        adopted_by=scope.name(adoption.institution) if adoption else None,
        act=adoption.act if adoption else None,
        adopted_on=adoption.adopted_on if adoption else None,
        valid_from=current.valid_from,
        valid_until=current.valid_until,
        progress=_progress(scope, id, current),
        illustrative=state.illustrative,
    )


def _progress(scope: Scope, id: UUID, current: t.Version) -> PlanProgress:
    def serve(state: CommitmentState | ProjectState) -> set[str]:
        cited = {one.code for one in state.objectives if one.plan == id and one.version == current.number}
        return cited & current.codes

    link = f"plan:{id}"
    promised = [state for _, _, state in scope.linked(commitments.commitments, link) if serve(state)]
    built = [state for _, _, state in scope.linked(projects.projects, link) if serve(state)]
    return PlanProgress(
        objectives=len(current.objectives),
        served=len({code for state in (*promised, *built) for code in serve(state)}),
        commitments=len(promised),
        fulfilled=sum(state.status is Fulfilment.FULFILLED for state in promised),
        projects=len(built),
        built=sum(state.works in BUILT for state in built),
    )
