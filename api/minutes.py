"""Minutes: /v1/minutes."""

from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.commands import add_commands
from api.exports import FormatParameter, Listing, listing
from api.histories import add_history
from api.reading import ObjectName, Paging, When, answer, found, reader
from domain.minutes import Minutes
from domain.minutes.types import SeatKey, Status
from domain.texts import Title
from domain.values import Value, model_of
from projections import minutes
from projections.minutes import ORDERS, ROWS, MinutesDetail, MinutesView, minutes_detail, minutes_view
from projections.moment import Moment


class MinutesPage(Value, frozen=True, kw_only=True):
    """A page of minutes."""

    items: tuple[MinutesView, ...]
    next: str | None


class MinutesList(Paging):
    """Which minutes, in which order."""

    session: Annotated[UUID | None, Field(description="Minutes of this session.")] = None
    roundtable: Annotated[UUID | None, Field(description="Minutes of this roundtable's sessions.")] = None
    state: Annotated[tuple[Status, ...], Field(max_length=7, description="Any of these states.")] = ()
    signed_by: Annotated[SeatKey | None, Field(description="This seat signed.")] = None
    refused_by: Annotated[SeatKey | None, Field(description="This seat refused to sign, and has not signed.")] = None
    corrected: Annotated[bool | None, Field(description="With an erratum or a clarification.")] = None
    q: Annotated[Title | None, Field(description="Words of code, number or summary, without accents.")] = None
    sort: Literal["recorded", "code", "number", "-recorded", "-code", "-number"] = "recorded"
    format: FormatParameter = "json"


router = APIRouter(prefix="/v1/minutes", tags=["Minutes"])


def _where(asked: MinutesList, at: Moment) -> list[sa.ColumnElement[bool]]:
    return minutes.filters(at, **MinutesList.filters(asked))


def _shown(row: sa.Row[Any], _: Moment) -> MinutesView:
    return minutes_view(row)


LISTING = Listing(ROWS, ORDERS, _where, _shown, MinutesView)


@router.get("", response_model=model_of(MinutesPage), operation_id="minutes.list")
def index(request: Request, who: MayRead, asked: Annotated[MinutesList, Query()]) -> Response:
    """List minutes."""
    return listing(request, who, asked, LISTING)


@router.get("/{id}", response_model=model_of(MinutesDetail), operation_id="minutes.show")
def show(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show minutes by id or code, with the seats that have neither signed nor refused."""
    with reader(request, who, when) as read:
        shown = minutes_detail(read.connection, found("minutes", id, read, minutes.find), read.moment)
    return answer(request, shown, read.moment.position, version=shown.version)


add_history(router, Minutes, minutes.find)
add_commands(router, Minutes, minutes.find)
