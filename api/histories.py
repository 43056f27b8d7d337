"""The history of an object: who said what, for whom, when it happened and was recorded, what later facts say of it."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.commands import identify
from api.cursors import cut, write_cursor
from api.exports import FormatParameter, as_csv, asked_for, resume
from api.reading import Find, NotYetBegun, ObjectName, Paging, Reader, answer, reader
from domain.corrections import Entry, FactCorrected, FactVoided, marks, readings
from domain.errors import ObjectNotFound
from domain.events import ENVELOPE
from domain.types import Source
from domain.values import Value, model_of
from projections.moment import Moment
from roundtable.commands import Kind
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


class HistoryPaging(Paging):
    """A page of a history."""

    limit: Annotated[int, Field(ge=1, le=1000, description="How many items at most.")] = 200
    format: FormatParameter = "json"


def add_history(router: APIRouter, aggregate: Kind, find: Find) -> None:
    """Let the history of objects of a kind be asked for; `find` looks an object up by its code."""

    @router.get("/{id}/history", response_model=model_of(History), operation_id=f"{aggregate.TOPIC}.history")
    def show_history(
        request: Request, who: MayRead, id: ObjectName, asked: Annotated[HistoryPaging, Query()]
    ) -> Response:
        """Show everything recorded of it, with corrections and voids."""
        return _history(request, who, aggregate.TOPIC, identify(request, aggregate, id, find), asked)


def _history(request: Request, who: Caller | None, kind: str, id: UUID, asked: HistoryPaging) -> Response:
    """Answer with the events of an object, oldest first.

    :raises NotYetBegun: there is such an object, but nothing was recorded of it then.
    :raises ObjectNotFound: there is none.
    """
    digest = asked_for(f"history {id}", asked)
    paging, cursor = resume(asked, digest, int, request)
    with reader(request, who, paging) as read:
        at = read.moment
        rows = _stream(read, kind, id)
    items = [item for item in _shown(rows, at) if cursor is None or item.position > cursor.born]
    if asked.format == "csv":
        return as_csv(f"{kind}-{id}", HistoryItem, at.position, [items])
    page, last = cut(items, asked.limit)
    more = None if last is None else write_cursor(digest, at, 0, last.position)
    return answer(request, History(items=tuple(page), next=more), at.position)


def _stream(read: Reader, kind: str, id: UUID) -> list[Recorded]:
    rows = log.rows_of(read.connection, id, read.moment.position)
    if not rows:
        later = log.rows_of(read.connection, id)
        if later and later[0].aggregate == kind:
            raise NotYetBegun(kind=kind, id=id, position=read.moment.position, valid_at=read.moment.day)
    if not rows or rows[0].aggregate != kind:
        raise ObjectNotFound(kind=kind, id=id)
    return rows


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
        items.append(HistoryItem(**(event_fields(row, recorded) | said)))
    return items


def _is_fact(recorded: Entry) -> bool:
    return not isinstance(recorded.event, FactCorrected | FactVoided)


def _data(event: Any) -> dict[str, Any]:
    return {k: v for k, v in msgspec.to_builtins(event).items() if k not in ENVELOPE and k != "aggregate"}


def event_fields(row: Recorded, recorded: Entry) -> dict[str, Any]:
    """Return what is shown of an event."""
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
