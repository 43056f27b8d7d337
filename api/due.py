"""What is due, by who answers for it or who follows it up: /v1/commitments/due."""

from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.exports import FormatParameter, Listing, as_csv, listing
from api.reading import Paging, When, answer, reader
from domain.texts import Slug, Title
from domain.values import Value, model_of
from projections import due
from projections.commitments import ORDERS, ROWS, made_at
from projections.due import By, DueItem, DueLine, DueList, Horizon, Standing
from projections.moment import Moment

Days = Annotated[int, Field(ge=0, le=36_500)]


class Which(When):
    """Which promises: agreed, in progress or blocked, and neither reported done nor closed."""

    by: Annotated[By, Field(description="Whose list it is: who answers for it, or who follows it up.")] = "responsible"
    within_days: Annotated[Days, Field(description="How many days ahead it is due soon.")] = 30
    stale_days: Annotated[Days, Field(description="After how many days without a fact it is stale.")] = 90
    organization: Annotated[UUID | None, Field(description="Only what this one answers for, or follows up.")] = None
    sector: Slug | None = None
    territory: Annotated[Title | None, Field(description="System and code; a province has its districts' too.")] = None
    roundtable: Annotated[UUID | None, Field(description="Agreed there, or itemising what was.")] = None
    standing: Annotated[tuple[Standing, ...], Field(max_length=5, description="Any of these.")] = ()
    stale: Annotated[bool | None, Field(description="Whether nothing was heard of it for `stale_days`.")] = None
    format: FormatParameter = "json"


class DueItems(Which, Paging):
    """Which promises, in which order."""

    sort: Literal["deadline", "-deadline", "amount", "-amount", "code", "-code", "title", "-title"] = "deadline"


class DuePage(Value, frozen=True, kw_only=True):
    """A page of what is due."""

    items: tuple[DueItem, ...]
    next: str | None


router = APIRouter(prefix="/v1/commitments", tags=["Commitment"])
FILTERS = ("organization", "sector", "territory", "standing", "stale")


def _horizon(asked: Which, at: Moment) -> Horizon:
    return Horizon(at.day, asked.within_days, asked.stale_days)


def _where(asked: Which, at: Moment) -> list[sa.ColumnElement[bool]]:
    where = due.filters(_horizon(asked, at), asked.by, **{name: getattr(asked, name) for name in FILTERS})
    return [*where, *([made_at(asked.roundtable, at)] if asked.roundtable else [])]


@router.get("/due", response_model=model_of(DueList), operation_id="commitment.due")
def bodies(request: Request, who: MayRead, asked: Annotated[Which, Query()]) -> Response:
    """Count what is due, overdue, undated, waived and stale, with its amounts, for each responsible or follow-up body.

    `/v1/commitments/due/items` lists the commitments themselves, with the same filters.
    """
    with reader(request, who, asked) as read:
        at = read.moment
        shown = due.due(read.connection, at, _horizon(asked, at), asked.by, _where(asked, at), asked.organization)
    if asked.format == "csv":
        return as_csv("due", DueLine, at.position, [shown.lines])
    return answer(request, shown, at.position)


@router.get("/due/items", response_model=model_of(DuePage), operation_id="commitment.due-items")
def items(request: Request, who: MayRead, asked: Annotated[DueItems, Query()]) -> Response:
    """List what is to be kept, the longest overdue first, what has no deadline last."""

    def shown(row: sa.Row[Any], at: Moment) -> DueItem:
        return due.item(row, _horizon(asked, at))

    return listing(request, who, asked, Listing(ROWS, ORDERS, _where, shown, DueItem))
