"""The JSON Schemas of the bodies of all events, and which of their fields may be erased."""

import hashlib
from functools import cache
from typing import Any

import msgspec

from domain.aggregate import KINDS
from domain.corrections import FactCorrected, FactVoided
from domain.events import ENVELOPE, EVENTS, Event
from domain.log import SchemaDigest
from roundtable.commands import commands_of

CONTEXT = "context"
ERASABLE = "erasable"
_encode = msgspec.json.Encoder(order="sorted").encode


@cache
def schemas() -> dict[str, bytes]:
    """Return the schema of every body that this version of the software writes, by topic and schema version."""
    own = (cls for topic, cls in EVENTS.items() if topic.partition(".")[0] in KINDS)
    kinds: tuple[type[Event], ...] = (FactCorrected, FactVoided, *own)
    return {f"{cls.TOPIC}@{cls.SCHEMA}": _encode(_schema(cls)) for cls in sorted(kinds, key=lambda c: c.TOPIC)}


@cache
def digests() -> tuple[SchemaDigest, ...]:
    """Return the digests under which the log publishes them."""
    return tuple(
        SchemaDigest(name=name, digest=hashlib.sha256(schema).hexdigest(), erasable=_erasable().get(name, ()))
        for name, schema in schemas().items()
    )


@cache
def _erasable() -> dict[str, tuple[str, ...]]:
    """Return the fields that hold the digest of a text about people: those that their command takes as such."""
    commands = (command for kind in KINDS.values() for command in commands_of(kind).values())
    return {
        f"{command.spec.records.TOPIC}@{command.spec.records.SCHEMA}": tuple(sorted(command.personal))
        for command in commands
        if command.personal
    }


def _schema(cls: type[Event]) -> dict[str, Any]:
    """Describe a body: the fact and its context, without what stands in the lines above it."""
    whole = msgspec.json.schema(cls)
    parts = whole["$defs"]
    own = parts.pop(cls.__name__)
    outside = ENVELOPE - {CONTEXT}
    name = f"{cls.TOPIC}@{cls.SCHEMA}"
    erasable = _erasable().get(name, ())
    said = {field: about for field, about in own["properties"].items() if field not in outside}
    for field in erasable:
        said[field] = {**said[field], ERASABLE: True}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        "description": own.get("description", ""),
        "type": "object",
        "properties": said,
        "required": [field for field in own.get("required", ()) if field not in outside],
        "$defs": parts,
    }
