"""Plans: /v1/plans."""

from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.commands import add_commands
from api.cursors import cut, write_cursor
from api.exports import CapacityOfNobody, FormatParameter, Listing, as_csv, asked_for, listing, resume
from api.histories import add_history
from api.holding import add_holders
from api.reading import ObjectName, Paging, When, answer, found, reader
from domain.errors import NotFound
from domain.plan import Plan
from domain.plan.types import PlanType
from domain.texts import Title
from domain.values import Value, model_of
from projections import plan_traces, plan_trees, plans
from projections.moment import Moment
from projections.plan_traces import Trace
from projections.plan_trees import Node, PlanTree, PlanUses, PriorityView
from projections.plan_views import PlanView, plan_view
from projections.plans import ORDERS, ROWS, Capacity, PlanItem, plan_item

State = Literal[
    "drafting", "concerted", "reviewed", "adopted", "in_force", "updating", "expired", "superseded", "repealed"
]
Became = Literal["adopted", "merged", "deferred", "rejected", "undecided"]
VersionParameter = Annotated[
    int | None, Field(ge=1, le=10_000, description="A version of the plan; else the one in force, or the newest.")
]


class PlanVersionNotFound(NotFound):
    """The plan has no such version at the moment asked about."""

    en = "Plan {plan} has no version {version} as known at position {position} and true on {valid_at}."
    es = "El plan {plan} no tiene la versión {version} según lo conocido en la posición {position} al {valid_at}."


class PlanObjectiveNotFound(NotFound):
    """The version of the plan has no such objective at the moment asked about."""

    en = "Version {version} of plan {plan} has no objective {objective}. It has {objectives}."
    es = "La versión {version} del plan {plan} no tiene el objetivo {objective}. Tiene {objectives}."


class PlanPage(Value, frozen=True, kw_only=True):
    """A page of plans."""

    items: tuple[PlanItem, ...]
    next: str | None


class PriorityPage(Value, frozen=True, kw_only=True):
    """A page of priorities of the plans that are built into a version of a plan; the counts are of all pages."""

    id: UUID
    plan_version: int
    counts: dict[str, int]
    items: tuple[PriorityView, ...]
    next: str | None


class PlanList(Paging):
    """Which plans, in which order."""

    type: Annotated[tuple[PlanType, ...], Field(max_length=12, description="Any of these types.")] = ()
    state: Annotated[tuple[State, ...], Field(max_length=9, description="Any of these states.")] = ()
    territory: Annotated[Title | None, Field(description="System and code; a province has its districts' too.")] = None
    owner: Annotated[UUID | None, Field(description="This organization answers for it.")] = None
    organization: Annotated[UUID | None, Field(description="It stands in the plan, in any capacity.")] = None
    capacity: Annotated[Capacity | None, Field(description="The capacity of `organization`.")] = None
    parent: Annotated[UUID | None, Field(description="One of its versions is built into this plan.")] = None
    in_force: Annotated[bool | None, Field(description="A version is in force on the day asked about.")] = None
    handed_over: Annotated[bool | None, Field(description="It was handed over to an administration.")] = None
    handed_over_to: Annotated[UUID | None, Field(description="It was handed over to this administration.")] = None
    ratified_by: Annotated[UUID | None, Field(description="This administration ratified it.")] = None
    recognised: Annotated[bool | None, Field(description="It was recognised as public policy.")] = None
    q: Annotated[Title | None, Field(description="Words of code, title or vision, without accents.")] = None
    sort: Literal[
        "recorded", "code", "title", "valid_until", "state",
        "-recorded", "-code", "-title", "-valid_until", "-state",
    ] = "recorded"  # fmt: skip
    format: FormatParameter = "json"


class VersionAsked(When):
    """One version of a plan."""

    version: VersionParameter = None


class TraceAsked(VersionAsked):
    """One objective of a version of a plan."""

    objective: Annotated[Title, Field(description="The code of the objective.")]


class PriorityList(Paging):
    """Which priorities of the plans that are built into a version."""

    version: VersionParameter = None
    disposition: Annotated[tuple[Became, ...], Field(max_length=5, description="What became of it.")] = ()
    child: Annotated[UUID | None, Field(description="Of this plan.")] = None
    format: FormatParameter = "json"


router = APIRouter(prefix="/v1/plans", tags=["Plan"])


def _where(asked: PlanList, at: Moment) -> list[sa.ColumnElement[bool]]:
    return plans.filters(at.day, **PlanList.filters(asked))


def _shown(row: sa.Row[Any], at: Moment) -> PlanItem:
    return plan_item(row, at.day)


LISTING = Listing(ROWS, ORDERS, _where, _shown, PlanItem)


def _node(row: sa.Row[Any], name: str, version: int | None, at: Moment) -> Node:
    one = plan_trees.root(row, version)
    if one is None:
        raise _no_version(name, version, at)
    return one


def _no_version(name: str, version: int | None, at: Moment) -> PlanVersionNotFound:
    return PlanVersionNotFound(plan=name, version=version, position=at.position, valid_at=at.day)


@router.get("", response_model=model_of(PlanPage), operation_id="plan.list")
def index(request: Request, who: MayRead, asked: Annotated[PlanList, Query()]) -> Response:
    """List plans."""
    if asked.capacity and not asked.organization:
        raise CapacityOfNobody(field="capacity", capacity=asked.capacity)
    return listing(request, who, asked, LISTING)


@router.get("/{id}", response_model=model_of(PlanView), operation_id="plan.show")
def show(request: Request, who: MayRead, id: ObjectName, asked: Annotated[VersionAsked, Query()]) -> Response:
    """Show a plan by id or code, with one of its versions whole and the government under which each was adopted."""
    with reader(request, who, asked) as read:
        row = found("plan", id, read, plans.find)
        shown = plan_view(read.connection, row, read.moment, asked.version)
        if shown is None:
            raise _no_version(id, asked.version, read.moment)
    return answer(request, shown, read.moment.position, version=shown.version)


@router.get("/{id}/tree", response_model=model_of(PlanTree), operation_id="plan.tree")
def show_tree(request: Request, who: MayRead, id: ObjectName, asked: Annotated[VersionAsked, Query()]) -> Response:
    """Show everything that is built into a version of a plan, level by level, with sessions and priorities counted."""
    with reader(request, who, asked) as read:
        row = found("plan", id, read, plans.find)
        one = _node(row, id, asked.version, read.moment)
        shown = plan_trees.tree(read.connection, one, read.moment)
    return answer(request, shown, read.moment.position)


@router.get("/{id}/priorities", response_model=model_of(PriorityPage), operation_id="plan.priorities")
def show_priorities(
    request: Request, who: MayRead, id: ObjectName, asked: Annotated[PriorityList, Query()]
) -> Response:
    """List the priorities of the plans that are built into a version, each with what became of it and why."""
    digest = asked_for(f"priorities of {id}", asked)
    paging, cursor = resume(asked, digest, int, request)
    with reader(request, who, paging) as read:
        at = read.moment
        one = _node(found("plan", id, read, plans.find), id, asked.version, at)
        every = [item for item in plan_trees.priorities(read.connection, one, at) if _wanted(item, asked)]
    if asked.format == "csv":
        return as_csv("priorities", PriorityView, at.position, [every])
    numbered = list(enumerate(every, 1))[cursor.born if cursor else 0 :]
    page, last = cut(numbered, asked.limit)
    counts = {name: sum(item.disposition == name for item in every) for name in _dispositions(every)}
    shown = PriorityPage(
        id=one.id,
        plan_version=one.version.number,
        counts=counts,
        items=tuple(item for _, item in page),
        next=None if last is None else write_cursor(digest, at, 0, last[0]),
    )
    return answer(request, shown, at.position)


def _wanted(item: PriorityView, asked: PriorityList) -> bool:
    became = not asked.disposition or item.disposition in asked.disposition
    return became and asked.child in {None, item.id}


def _dispositions(items: list[PriorityView]) -> list[str]:
    return sorted({item.disposition for item in items})


@router.get("/{id}/trace", response_model=model_of(Trace), operation_id="plan.trace")
def show_trace(request: Request, who: MayRead, id: ObjectName, asked: Annotated[TraceAsked, Query()]) -> Response:
    """Show where an objective came from, down to the assemblies, where it went and why, and what serves it."""
    with reader(request, who, asked) as read:
        row = found("plan", id, read, plans.find)
        one = _node(row, id, asked.version, read.moment)
        objective = next((o for o in one.version.objectives if o.code == asked.objective), None)
        if objective is None:
            there = ", ".join(sorted(one.version.codes)[:20]) or "-"
            raise PlanObjectiveNotFound(
                plan=id, version=one.version.number, objective=asked.objective, objectives=there
            )
        shown = plan_traces.trace(read.connection, one, objective, read.moment)
    return answer(request, shown, read.moment.position)


@router.get("/{id}/uses", response_model=model_of(PlanUses), operation_id="plan.uses")
def show_uses(request: Request, who: MayRead, id: ObjectName, asked: Annotated[VersionAsked, Query()]) -> Response:
    """Show what serves a version of a plan, objective by objective, and the objectives that nothing serves."""
    with reader(request, who, asked) as read:
        row = found("plan", id, read, plans.find)
        one = _node(row, id, asked.version, read.moment)
        shown = plan_trees.plan_uses(read.connection, one, read.moment)
    return answer(request, shown, read.moment.position)


add_history(router, Plan, plans.find)
add_holders(router, plans.INHERITABLE, plans.find)
add_commands(router, Plan, plans.find)
