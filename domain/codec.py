"""Events as JSON that an auditor can read: sorted keys, decimals as text, no floats. Old schema versions are upcast."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

import msgspec

from domain.corrections import FactCorrected
from domain.events import EVENTS, Created, Event

_encoder = msgspec.json.Encoder(order="sorted", decimal_format="string")
_OUTSIDE = ("originator_id", "originator_version", "timestamp", "originator_topic")


class UnreadableEvent(Exception):
    """A stored event cannot be read by this version of the software."""


def encode(event: Event) -> bytes:
    """Return the body of an event: its fact and its context, without what the log keeps in columns."""
    body = msgspec.to_builtins(event)
    for name in _OUTSIDE:
        body.pop(name, None)
    return _encoder.encode(body)


def decode(
    topic: str,
    schema: int,
    body: bytes,
    *,
    id: UUID,
    version: int,
    recorded_at: datetime,
    corrections: Iterable[FactCorrected] = (),
) -> Event:
    """Return the event of a stored body, brought to the present schema and read with corrections.

    :raises UnreadableEvent: the topic or the schema version is unknown to this version of the software, or the body
        does not hold what every version of that event held.
    """
    cls = EVENTS.get(topic)
    if cls is None:
        msg = f"event {id} v{version} has the unknown topic {topic}; a newer version of the software wrote it"
        raise UnreadableEvent(msg)
    try:
        if schema == cls.SCHEMA and not corrections:
            kind = f'"originator_topic":"{topic.partition(".")[0]}",' if issubclass(cls, Created) else ""
            place = f'"originator_id":"{id}","originator_version":{version},'
            head = f'{{{kind}{place}"timestamp":"{recorded_at.isoformat()}",'
            return cast("Event", _decoder(cls).decode(head.encode() + body[1:]))
        fields = msgspec.json.decode(body)
        for correction in corrections:
            _upcast(cls, fields, schema, correction.schema)
            schema = max(schema, correction.schema)
            context = fields["context"] | correction.changes.get("context", {})
            fields |= correction.changes | {"context": context}
        _upcast(cls, fields, schema, cls.SCHEMA)
        fields |= {"originator_id": id, "originator_version": version, "timestamp": recorded_at}
        fields |= {"originator_topic": topic.partition(".")[0]} if issubclass(cls, Created) else {}
        return msgspec.convert(fields, cls)
    except (msgspec.MsgspecError, KeyError) as error:
        msg = f"event {id} v{version} ({topic}@{schema}) cannot be read: {error}"
        raise UnreadableEvent(msg) from error


def _upcast(cls: type[Event], fields: dict[str, Any], schema: int, to: int) -> None:
    """Bring a body from one schema version to a later one.

    :raises UnreadableEvent: the body is newer than this version of the software.
    """
    if (newest := max(schema, to)) > cls.SCHEMA:
        msg = f"{cls.TOPIC} is stored at schema version {newest}; this version of the software knows {cls.SCHEMA}"
        raise UnreadableEvent(msg)
    for version in range(schema, to):
        cls.UPCASTS[version](fields)


@cache
def _decoder(cls: type[Event]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(cls)
