"""The feed of all events: /v1/events."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.cursors import cut
from api.exports import CSV_PAGE, FormatParameter, as_csv
from api.histories import EventView, event_fields
from api.reading import Reader, When, answer, reader
from domain.aggregate import KINDS
from domain.errors import Invalid
from domain.texts import Slug
from domain.values import Value, model_of
from roundtable.store import log
from roundtable.store.mapper import entry
from roundtable.store.recorder import Recorded
from roundtable.tokens import Caller


class KindUnknown(Invalid):
    """No kind of object has this name."""

    en = "{field} {given} is no kind of object. Send one of: {known}."
    es = "{field} {given} no es un tipo de objeto. Envíe uno de: {known}."


class Feed(Value, frozen=True, kw_only=True):
    """A page of the log; `next` is what to send as `after`."""

    items: tuple[EventView, ...]
    next: str | None


class FeedPaging(When):
    """A page of the log. `valid_at` leaves out what was recorded as happening later."""

    after: Annotated[int, Field(ge=0, le=2**53, description="Events after this position.")] = 0
    limit: Annotated[int, Field(ge=1, le=1000, description="How many items at most.")] = 200
    aggregate: Annotated[Slug | None, Field(description="Only of this kind of object.")] = None
    format: FormatParameter = "json"


router = APIRouter(prefix="/v1", tags=["Log"])


@router.get("/events", response_model=model_of(Feed), operation_id="events.list")
def feed(request: Request, who: MayRead, asked: Annotated[FeedPaging, Query()]) -> Response:
    """Read the log: every event after a position, in the order recorded."""
    if asked.aggregate is not None and asked.aggregate not in KINDS:
        raise KindUnknown(field="aggregate", given=asked.aggregate, known=", ".join(sorted(KINDS)))
    with reader(request, who, asked) as read:
        upto = read.moment.position
        rows, last = _after(read, asked, upto, asked.after, asked.limit)
    if asked.format == "csv":
        return as_csv("events", EventView, upto, _all(request, who, asked, upto))
    items = tuple(EventView(**event_fields(row, entry(row))) for row in _happened(rows, asked.valid_at))
    return answer(request, Feed(items=items, next=None if last is None else str(last)), upto)


def _after(read: Reader, asked: FeedPaging, upto: int, after: int, limit: int) -> tuple[list[Recorded], int | None]:
    """Return the next events, and the position of the last where more follow."""
    rows = [r for r in log.after(read.connection, after, limit + 1, asked.aggregate) if r.position <= upto]
    page, last = cut(rows, limit)
    return list(page), None if last is None else last.position


def _happened(rows: list[Recorded], valid_at: date | None) -> list[Recorded]:
    return rows if valid_at is None else [row for row in rows if row.occurred_on <= valid_at.isoformat()]


def _all(request: Request, who: Caller | None, asked: FeedPaging, upto: int) -> Iterator[list[EventView]]:
    after: int | None = asked.after
    fixed = asked.model_copy(update={"at_position": upto, "as_of": None})
    while after is not None:
        with reader(request, who, fixed) as read:
            rows, after = _after(read, asked, upto, after, CSV_PAGE)
        yield [EventView(**event_fields(row, entry(row))) for row in _happened(rows, asked.valid_at)]
