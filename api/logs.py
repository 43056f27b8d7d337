"""What the log says of itself: /v1/logs. Its checkpoints, tiles and proofs are in api/transparency.py."""

from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access import MayRead
from api.commands import add_commands
from api.exports import FormatParameter, Listing, listing
from api.histories import add_history
from api.reading import ObjectName, Paging, When, answer, found, reader
from domain.log import Log
from domain.values import Value, model_of
from projections import logs
from projections.logs import ORDERS, ROWS, LogView, log_view
from projections.moment import Moment


class LogPage(Value, frozen=True, kw_only=True):
    """A page of logs."""

    items: tuple[LogView, ...]
    next: str | None


class LogList(Paging):
    """Which logs, in which order."""

    sort: Literal["recorded", "origin", "-recorded", "-origin"] = "recorded"
    format: FormatParameter = "json"


router = APIRouter(prefix="/v1/logs", tags=["Log"])


def _where(asked: LogList, moment: Moment) -> list[sa.ColumnElement[bool]]:
    del asked, moment
    return []


def _shown(row: sa.Row[Any], _: Moment) -> LogView:
    return log_view(row)


LISTING = Listing(ROWS, ORDERS, _where, _shown, LogView)


@router.get("", response_model=model_of(LogPage), operation_id="log.list")
def index(request: Request, who: MayRead, asked: Annotated[LogList, Query()]) -> Response:
    """List what is known of the log: one, unless entries were lost for good and another was begun."""
    return listing(request, who, asked, LISTING)


@router.get("/{id}", response_model=model_of(LogView), operation_id="log.show")
def show(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show the keys that sign a log, and the forms of its entries."""
    with reader(request, who, when) as read:
        shown = _shown(found("log", id, read, logs.find), read.moment)
    return answer(request, shown, read.moment.position, version=shown.version)


add_history(router, Log, logs.find)
add_commands(router, Log, logs.find)
