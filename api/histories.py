"""The history of an object and the feed of all events: who said what, for whom, when it happened, when recorded."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.reading import When, json, reader
from domain.corrections import Entry, FactCorrected, FactVoided, marks, readings
from domain.errors import ObjectNotFound
from domain.events import ENVELOPE
from domain.texts import Slug
from domain.types import Source
from domain.values import Value, model_of
from projections.moment import Moment
from roundtable.store import log
from roundtable.store.mapper import entry
from roundtable.store.recorder import Recorded
from roundtable.tokens import Caller


class EventView(Value, frozen=True, kw_only=True):
    """A recorded event: `data` as it was recorded."""

    position: int
    event_id: UUID
    aggregate: str
    id: UUID
    version: int
    topic: str
    schema_version: int
    occurred_on: date
    precision: str
    recorded_at: datetime
    actor: UUID
    actor_organization: UUID | None
    on_behalf_of: UUID | None
    reason: str | None
    source: Source | None
    illustrative: tuple[str, ...]
    correlation: UUID
    data: dict[str, Any]


class HistoryItem(EventView, frozen=True, kw_only=True):
    """An event with what later ones say of it; `reads_as` is there where a correction changed it."""

    voided_at: int | None = None
    corrected_at: tuple[int, ...] = ()
    reads_as: dict[str, Any] | None = None


class History(Value, frozen=True, kw_only=True):
    """A page of a history."""

    items: tuple[HistoryItem, ...]
    next: str | None


class Feed(Value, frozen=True, kw_only=True):
    """A page of the log; `next` is what to send as `after`."""

    items: tuple[EventView, ...]
    next: str | None


class HistoryPaging(When):
    """A page of a history."""

    limit: Annotated[int, Field(ge=1, le=1000)] = 200
    cursor: Annotated[str | None, Field(pattern=r"^[0-9]{1,15}$", description="`next` of the page before.")] = None


class FeedPaging(When):
    """A page of the log."""

    after: Annotated[int, Field(ge=0, le=2**53, description="Events after this position.")] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 200
    aggregate: Annotated[Slug | None, Field(description="Only of this kind of object.")] = None


def history(request: Request, who: Caller | None, kind: str, id: UUID, paging: HistoryPaging) -> Response:
    """Answer with the events of an object, oldest first."""
    with reader(request, who, paging) as read:
        rows = log.rows_of(read.connection, id, read.moment.position)
        position = read.moment.position
        shown = _shown(rows, read.moment) if rows and rows[0].aggregate == kind else []
    if not rows or rows[0].aggregate != kind:
        raise ObjectNotFound(kind=kind, id=id)
    after = int(paging.cursor or 0)
    items = [item for item in shown if item.position > after]
    page = tuple(items[: paging.limit])
    more = str(page[-1].position) if len(items) > paging.limit else None
    return json(History(items=page, next=more), position)


def _shown(rows: list[Recorded], moment: Moment) -> list[HistoryItem]:
    stream = [entry(row) for row in rows]
    found = marks(stream)
    read = {reading.position: reading for reading in readings(stream)}
    items = []
    for row, recorded in zip(rows, stream, strict=True):
        corrected = tuple(e.position for e in found.corrections.get(row.position, ()))
        now = read.get(row.position)
        if not moment.today and (now.day if now else recorded.day) > moment.day and _is_fact(recorded):
            continue
        reads_as = _data(now.event) | {"occurred_on": now.day} if now and corrected else None
        said = {"voided_at": found.voids.get(row.position), "corrected_at": corrected, "reads_as": reads_as}
        items.append(HistoryItem(**(_fields(row, recorded) | said)))
    return items


def _is_fact(recorded: Entry) -> bool:
    return not isinstance(recorded.event, FactCorrected | FactVoided)


def _data(event: Any) -> dict[str, Any]:
    return {k: v for k, v in msgspec.to_builtins(event).items() if k not in ENVELOPE and k != "aggregate"}


def _fields(row: Recorded, recorded: Entry) -> dict[str, Any]:
    context = recorded.event.context
    return {
        "position": row.position,
        "event_id": UUID(row.event_id),
        "aggregate": row.aggregate,
        "id": UUID(row.originator_id),
        "version": row.originator_version,
        "topic": row.topic,
        "schema_version": row.schema_version,
        "occurred_on": context.occurred_on,
        "precision": context.precision,
        "recorded_at": datetime.fromisoformat(row.recorded_at),
        "actor": context.actor,
        "actor_organization": context.actor_organization,
        "on_behalf_of": context.on_behalf_of,
        "reason": context.reason,
        "source": context.source,
        "illustrative": context.illustrative,
        "correlation": context.correlation,
        "data": _data(recorded.event),
    }


router = APIRouter(tags=["Log"])


@router.get("/events", response_model=model_of(Feed), operation_id="events.list")
def feed(request: Request, who: MayRead, paging: Annotated[FeedPaging, Query()]) -> Response:
    """Read the log: every event after a position, in the order recorded."""
    with reader(request, who, paging) as read:
        upto, after = read.moment.position, paging.after
        rows = [r for r in log.after(read.connection, after, paging.limit, paging.aggregate) if r.position <= upto]
    if paging.valid_at is not None:
        shown = [row for row in rows if row.occurred_on <= paging.valid_at.isoformat()]
    else:
        shown = rows
    items = tuple(EventView(**_fields(row, entry(row))) for row in shown)
    more = str(rows[-1].position) if len(rows) == paging.limit else None
    return json(Feed(items=items, next=more), upto)
