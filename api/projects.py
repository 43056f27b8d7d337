"""Projects: /v1/projects."""

from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.commands import add_commands
from api.exports import CapacityOfNobody, FormatParameter, Listing, listing
from api.histories import add_history
from api.holding import add_holders
from api.reading import ObjectName, Paging, When, answer, found, reader
from domain.project import Project
from domain.project.findings import CODES
from domain.project.tracks import Investment, Table, Works
from domain.texts import OneOf, Slug, Title
from domain.values import Value, model_of
from projections import projects
from projections.moment import Moment
from projections.project_views import ProjectView, project_view
from projections.projects import ORDERS, ROWS, Capacity

FindingCode = Annotated[str, OneOf(*CODES)]


class ProjectPage(Value, frozen=True, kw_only=True):
    """A page of projects."""

    items: tuple[ProjectView, ...]
    next: str | None


class ProjectList(Paging):
    """Which projects, in which order."""

    organization: Annotated[UUID | None, Field(description="It takes part, in any capacity.")] = None
    capacity: Annotated[Capacity | None, Field(description="The capacity of `organization`.")] = None
    responsible: Annotated[UUID | None, Field(description="It answers for the project.")] = None
    funder: Annotated[UUID | None, Field(description="It pays, alone or with others.")] = None
    roundtable: Annotated[UUID | None, Field(description="It stands on the list of this roundtable.")] = None
    commitment: Annotated[UUID | None, Field(description="It serves this commitment.")] = None
    plan: Annotated[UUID | None, Field(description="It serves an objective of any version of this plan.")] = None
    sector: Slug | None = None
    territory: Annotated[Title | None, Field(description="System and code; a province has its districts' too.")] = None
    fiscal_year: Annotated[int | None, Field(ge=1990, le=2100, description="It has a budget of this year.")] = None
    table: Annotated[tuple[Table, ...], Field(max_length=8, description="Any of these states at the table.")] = ()
    investment: Annotated[tuple[Investment, ...], Field(max_length=6, description="Any of these as investment.")] = ()
    works: Annotated[tuple[Works, ...], Field(max_length=5, description="Any of these states of the works.")] = ()
    halted: Annotated[bool | None, Field(description="The works are halted.")] = None
    overdue: Annotated[bool | None, Field(description="To be built after its planned end, on the day.")] = None
    milestone_overdue: Annotated[bool | None, Field(description="A milestone is late, on the day.")] = None
    finding: Annotated[tuple[FindingCode, ...], Field(max_length=8, description="All of these do not fit.")] = ()
    q: Annotated[Title | None, Field(description="Words of codes, title or scope, without accents.")] = None
    sort: Literal[
        "recorded", "code", "title", "planned_end", "cost", "accrued",
        "-recorded", "-code", "-title", "-planned_end", "-cost", "-accrued",
    ] = "recorded"  # fmt: skip
    format: FormatParameter = "json"


router = APIRouter(prefix="/v1/projects", tags=["Project"])


def _where(asked: ProjectList, at: Moment) -> list[sa.ColumnElement[bool]]:
    return projects.filters(at.day, **ProjectList.filters(asked))


def _shown(row: sa.Row[Any], at: Moment) -> ProjectView:
    return project_view(row, at.day)


LISTING = Listing(ROWS, ORDERS, _where, _shown, ProjectView)


@router.get("", response_model=model_of(ProjectPage), operation_id="project.list")
def index(request: Request, who: MayRead, asked: Annotated[ProjectList, Query()]) -> Response:
    """List projects."""
    if asked.capacity and not asked.organization:
        raise CapacityOfNobody(field="capacity", capacity=asked.capacity)
    return listing(request, who, asked, LISTING)


@router.get("/{id}", response_model=model_of(ProjectView), operation_id="project.show")
def show(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show a project by id, code or unified investment code: three tracks, budgets by year, findings."""
    with reader(request, who, when) as read:
        shown = _shown(found("project", id, read, projects.find), read.moment)
    return answer(request, shown, read.moment.position, version=shown.version)


add_history(router, Project, projects.find)
add_holders(router, projects.INHERITABLE, projects.find)
add_commands(router, Project, projects.find)
