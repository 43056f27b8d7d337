"""Roundtables: /v1/roundtables."""

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
from api.reading import ObjectName, Paging, When, answer, found, reader
from domain.roundtable import Roundtable
from domain.roundtable.types import Level, RoundtableType
from domain.texts import Title
from domain.values import Value, model_of
from projections import roundtables
from projections.moment import Moment
from projections.roundtable_balances import RoundtableBalance, roundtable_balance
from projections.roundtables import ORDERS, ROWS, Capacity, RoundtableView, roundtable_view

Standing = Literal[
    "proposed",
    "constituted",
    "accredited",
    "installed",
    "active",
    "suspended",
    "concluded",
    "expired",
    "extinguished",
]


class RoundtablePage(Value, frozen=True, kw_only=True):
    """A page of roundtables."""

    items: tuple[RoundtableView, ...]
    next: str | None


class RoundtableList(Paging):
    """Which roundtables, in which order."""

    organization: Annotated[UUID | None, Field(description="It sits there, in any capacity.")] = None
    capacity: Annotated[Capacity | None, Field(description="The capacity of `organization`.")] = None
    territory: Annotated[Title | None, Field(description="System and code; a province has its districts' too.")] = None
    state: Annotated[tuple[Standing, ...], Field(max_length=9, description="Any of these states.")] = ()
    type: RoundtableType | None = None
    level: Level | None = None
    parent: Annotated[UUID | None, Field(description="Sub-groups of this roundtable.")] = None
    predecessor: Annotated[UUID | None, Field(description="Those that continue this roundtable.")] = None
    expired: Annotated[bool | None, Field(description="Its validity ran out, on the day asked about.")] = None
    q: Annotated[Title | None, Field(description="Words of code, name or purpose, without accents.")] = None
    sort: Literal[
        "recorded", "code", "name", "valid_until", "-recorded", "-code", "-name", "-valid_until"
    ] = "recorded"  # fmt: skip
    format: FormatParameter = "json"


router = APIRouter(prefix="/v1/roundtables", tags=["Roundtable"])


def _where(asked: RoundtableList, at: Moment) -> list[sa.ColumnElement[bool]]:
    return roundtables.filters(at.day, **RoundtableList.filters(asked))


def _shown(row: sa.Row[Any], at: Moment) -> RoundtableView:
    return roundtable_view(row, at.day, {})


LISTING = Listing(ROWS, ORDERS, _where, _shown, RoundtableView)


@router.get("", response_model=model_of(RoundtablePage), operation_id="roundtable.list")
def index(request: Request, who: MayRead, asked: Annotated[RoundtableList, Query()]) -> Response:
    """List roundtables."""
    if asked.capacity and not asked.organization:
        raise CapacityOfNobody(field="capacity", capacity=asked.capacity)
    return listing(request, who, asked, LISTING)


@router.get("/{id}", response_model=model_of(RoundtableView), operation_id="roundtable.show")
def show(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show a roundtable by id or code, with the seats and the validity of the day asked about."""
    with reader(request, who, when) as read:
        row = found("roundtable", id, read, roundtables.find)
        [shown] = read.naming([_shown(row, read.moment)])
    return answer(request, shown, read.moment.position, version=shown.version)


@router.get("/{id}/balance", response_model=model_of(RoundtableBalance), operation_id="roundtable.balance")
def show_balance(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show what was agreed at a roundtable: pledged, itemised, remainder, approved, executed; by whom and where."""
    with reader(request, who, when) as read:
        row = found("roundtable", id, read, roundtables.find)
        shown = roundtable_balance(read.connection, UUID(row.id), row.code, read.moment)
    return answer(request, shown, read.moment.position)


add_history(router, Roundtable, roundtables.find)
add_commands(router, Roundtable, roundtables.find)
