"""/administrations"""

from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.commands import command_router, identify
from api.exports import FormatParameter, listing
from api.histories import History, HistoryPaging, history
from api.reading import ObjectName, Paging, Reader, When, found, json, reader
from domain.administration import Administration
from domain.administration.types import Standing
from domain.texts import Day, Title
from domain.values import Value, model_of
from projections import administrations
from projections.administrations import ROWS, AdministrationView, administration_view


class AdministrationPage(Value, frozen=True, kw_only=True):
    """A page of administrations."""

    items: tuple[AdministrationView, ...]
    next: str | None


class AdministrationList(Paging):
    """Which administrations, in which order."""

    institution: UUID | None = None
    state: Annotated[list[Standing], Field(max_length=3, description="Any of these, on the day asked about.")] = []
    on: Annotated[Day | None, Field(description="In office on this day.")] = None
    predecessor: UUID | None = None
    re_elected: bool | None = None
    q: Annotated[Title | None, Field(description="Words of the titles or the code, without accents.")] = None
    sort: Literal["recorded", "code", "title", "from", "-recorded", "-code", "-title", "-from"] = "recorded"
    format: FormatParameter = "json"


FILTERS = ("institution", "state", "on", "predecessor", "re_elected", "q")
router = APIRouter()
router.include_router(command_router(Administration, "/administrations", administrations.find))
reads = APIRouter(prefix="/administrations", tags=["Administration"])


def _shown(row: sa.Row[Any], read: Reader) -> AdministrationView:
    successors = administrations.successors(read.connection, [row.id], read.moment)
    return administration_view(row, read.moment.day, successors.get(row.id))


@reads.get("", response_model=model_of(AdministrationPage), operation_id="administration.list")
def index(request: Request, who: MayRead, asked: Annotated[AdministrationList, Query()]) -> Response:
    """List administrations."""
    filters = {name: getattr(asked, name) for name in FILTERS}
    return listing(
        request,
        who,
        asked,
        rows=ROWS,
        order=administrations.ORDERS[asked.sort.removeprefix("-")],
        where=lambda at: administrations.filters(at.day, **filters),
        shown=_shown,
    )


@reads.get("/{id}", response_model=model_of(AdministrationView), operation_id="administration.show")
def show(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show an administration by id or code."""
    with reader(request, who, when) as read:
        shown = _shown(found("administration", id, read, administrations.find), read)
    return json(shown, read.moment.position, ETag=f'"{shown.version}"')


@reads.get("/{id}/history", response_model=model_of(History), operation_id="administration.history")
def show_history(request: Request, who: MayRead, id: ObjectName, paging: Annotated[HistoryPaging, Query()]) -> Response:
    """Show everything recorded of an administration, with corrections and voids."""
    return history(request, who, "administration", identify(request, Administration, id, administrations.find), paging)


router.include_router(reads)
