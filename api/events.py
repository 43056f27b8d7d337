"""The log: /v1/events, whole or by who recorded, for which institution, about what and when."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.cursors import cut
from api.exports import CSV_PAGE, FormatParameter, as_csv
from api.histories import EventView, event_fields
from api.reading import InstantParameter, Reader, When, answer, reader
from domain.aggregate import KINDS
from domain.errors import Invalid
from domain.events import EVENTS
from domain.texts import Day, Slug
from domain.values import Value, model_of
from roundtable.store import finding, log
from roundtable.store.finding import Wanted
from roundtable.store.mapper import entry
from roundtable.store.recorder import Recorded
from roundtable.tokens import Caller

TopicParameter = Annotated[str, Field(max_length=80, pattern=r"^[a-z-]+\.[a-z-]+$")]


class KindUnknown(Invalid):
    """No kind of object has this name."""

    en = "{field} {given} is no kind of object. Send one of: {known}."
    es = "{field} {given} no es un tipo de objeto. Envíe uno de: {known}."


class TopicUnknown(Invalid):
    """No kind of event has this name."""

    en = "{field} {given} is no kind of event. /v1/events shows the topic of each, such as commitment.registered."
    es = "{field} {given} no es un tipo de hecho. /v1/events muestra el de cada uno, como commitment.registered."


class Feed(Value, frozen=True, kw_only=True):
    """A page of the log; `next` is what to send as `after`."""

    items: tuple[EventView, ...]
    next: str | None


class FeedPaging(When):
    """A page of the log, and which events. `valid_at` leaves out what was recorded as happening later.

    Un evento es de una institución por quien lo registró (`actor_organization`) o por quien habló (`on_behalf_of`);
    `institution` busca ambas.
    """

    after: Annotated[int, Field(ge=0, le=2**53, description="Events after this position.")] = 0
    limit: Annotated[int, Field(ge=1, le=1000, description="How many items at most.")] = 200
    actor: Annotated[UUID | None, Field(description="Recorded by this actor. · Registrado por este actor.")] = None
    institution: Annotated[
        UUID | None,
        Field(
            description="The actor's organization or the one spoken for. · La del actor o aquella por la que se habló."
        ),
    ] = None
    actor_organization: Annotated[
        UUID | None, Field(description="The actor belonged to it. · El actor pertenecía a ella.")
    ] = None
    on_behalf_of: Annotated[UUID | None, Field(description="Spoken for it. · En nombre de ella.")] = None
    aggregate: Annotated[
        Slug | None, Field(description="Only of this kind of object. · Solo de este tipo de objeto.")
    ] = None
    id: Annotated[UUID | None, Field(description="Of this object. · De este objeto.")] = None
    topic: Annotated[
        tuple[TopicParameter, ...], Field(max_length=20, description="Any of these topics. · Cualquiera de estos.")
    ] = ()
    correlation: Annotated[UUID | None, Field(description="Of this request. · De esta solicitud.")] = None
    recorded_from: Annotated[
        InstantParameter | None, Field(description="Recorded at this instant or later. · Registrado desde.")
    ] = None
    recorded_until: Annotated[
        InstantParameter | None, Field(description="Recorded at this instant or before. · Registrado hasta.")
    ] = None
    occurred_from: Annotated[Day | None, Field(description="Happened on this day or later. · Ocurrió desde.")] = None
    occurred_until: Annotated[Day | None, Field(description="Happened on this day or before. · Ocurrió hasta.")] = None
    format: FormatParameter = "json"


class _Span(NamedTuple):
    """Positions: after one, up to another."""

    after: int
    upto: int


router = APIRouter(prefix="/v1", tags=["Log"])


@router.get("/events", response_model=model_of(Feed), operation_id="events.list")
def feed(request: Request, who: MayRead, asked: Annotated[FeedPaging, Query()]) -> Response:
    """Read the log in the order recorded: whole, or by actor, institution, object, topic, request and period.

    Lee el registro en su orden: completo o por actor, institución, objeto, tipo de hecho, solicitud y periodo.

    :raises KindUnknown: no object is of this kind.
    :raises TopicUnknown: no event has this topic.
    """
    _must_be_known(asked)
    with reader(request, who, asked) as read:
        upto = read.moment.position
        span = _span(read.connection, asked, upto)
        if asked.format == "csv":
            return as_csv("events", EventView, upto, _all(request, who, asked, span))
        rows, last = _page(read, asked, span, asked.limit)
        return answer(request, Feed(items=_shown(rows), next=None if last is None else str(last)), upto)


def _must_be_known(asked: FeedPaging) -> None:
    if asked.aggregate is not None and asked.aggregate not in KINDS:
        raise KindUnknown(field="aggregate", given=asked.aggregate, known=", ".join(sorted(KINDS)))
    for topic in asked.topic:
        if topic not in EVENTS:
            raise TopicUnknown(field="topic", given=topic)


def _span(connection: sa.Connection, asked: FeedPaging, upto: int) -> _Span:
    """Return the positions that a period of recording covers: `recorded_at` never goes back."""
    after = asked.after
    if asked.recorded_from:
        after = max(after, _position_before(connection, asked.recorded_from))
    if asked.recorded_until:
        upto = min(upto, log.position_at(connection, _stored(asked.recorded_until)))
    return _Span(after, upto)


def _position_before(connection: sa.Connection, instant: datetime) -> int:
    try:
        return log.position_at(connection, _stored(instant - timedelta(microseconds=1)))
    except OverflowError:
        return 0


def _stored(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def _page(read: Reader, asked: FeedPaging, span: _Span, limit: int) -> tuple[list[Recorded], int | None]:
    """Return the next events, and the position of the last where more follow."""
    wanted = Wanted(**{name: getattr(asked, name) for name in Wanted._fields})
    if asked.valid_at is not None:
        until = asked.valid_at if wanted.occurred_until is None else min(asked.valid_at, wanted.occurred_until)
        wanted = wanted._replace(occurred_until=until)
    page, last = cut(finding.page(read.connection, wanted, after=span.after, upto=span.upto, limit=limit + 1), limit)
    return list(page), None if last is None else last.position


def _shown(rows: list[Recorded]) -> tuple[EventView, ...]:
    return tuple(EventView(**event_fields(row, entry(row))) for row in rows)


def _all(request: Request, who: Caller | None, asked: FeedPaging, span: _Span) -> Iterator[tuple[EventView, ...]]:
    after: int | None = span.after
    now = When()
    while after is not None:
        with reader(request, who, asked.model_copy(update=now.model_dump())) as read:
            rows, after = _page(read, asked, span._replace(after=after), CSV_PAGE)
        yield _shown(rows)
