"""What is stored stays readable: the shape of every event, and a real body of every schema version."""

import json
import re
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
import pytest

from domain.aggregate import KINDS
from domain.codec import decode, encode
from domain.corrections import FactCorrected, FactVoided
from domain.events import ENVELOPE, EVENTS, Context, Created, Event
from tests.contract.golden import golden
from tests.domain.samples import FIELDS, sample

ABOUT_FACTS = (FactCorrected, FactVoided)
STORED = {"id": UUID(int=0xC0), "version": 1, "recorded_at": datetime(2026, 1, 1, tzinfo=UTC)}


def shape(cls: type[msgspec.Struct], prefix: str = "", skip: frozenset[str] = frozenset()) -> dict[str, str]:
    """Describe the fields of a struct by stored name, those of nested values by their path."""
    hints, found = get_type_hints(cls), {}
    for field in msgspec.structs.fields(cls):
        if field.name not in skip:
            path = prefix + field.encode_name
            found[path] = _typed(hints[field.name]) + ("" if field.required else " = default")
            for nested in _nested(hints[field.name]):
                found |= shape(nested, f"{path}.")
    return found


def _typed(hint: Any) -> str:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return "object"
    args = [repr(a) if get_origin(hint) is Literal else _typed(a) for a in get_args(hint) if a is not Ellipsis]
    name = {type(None): "null"}.get(hint, getattr(hint, "__name__", str(hint)))
    if type(None) in get_args(hint) or get_origin(hint) is Literal:
        return " | ".join(args)
    return f"{get_origin(hint).__name__}[{', '.join(args)}]" if args else name


def _nested(hint: Any) -> list[type[msgspec.Struct]]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return [hint]
    return [nested for arg in get_args(hint) for nested in _nested(arg)]


def described(cls: type[Event]) -> dict[str, Any]:
    return {"moves": cls.MOVES, "created": issubclass(cls, Created), "fields": shape(cls, skip=ENVELOPE)}


SHAPES = {f"{topic}@{cls.SCHEMA}": described(cls) for topic, cls in EVENTS.items() if topic.split(".")[0] in KINDS}
SHAPES |= {f"{cls.TOPIC}@{cls.SCHEMA}": described(cls) for cls in ABOUT_FACTS}
SHAPES |= {"context@1": {"fields": shape(Context)}}
BODIES = {f"{cls.TOPIC}@{cls.SCHEMA}": encode(sample(cls)).decode() for cls in FIELDS}


@pytest.mark.parametrize("entry", SHAPES)
def test_the_shape_of_an_event_is_the_golden_one(entry):
    kept = golden("events.json", SHAPES)
    assert entry in kept, f"{entry} is new: add it with ROUNDTABLE_GOLDEN=add"
    before, now = kept[entry]["fields"], SHAPES[entry]["fields"]
    changed = f"{entry} changed: give it a new schema version and an upcaster"
    assert SHAPES[entry] | {"fields": before} == kept[entry], changed
    assert {name: now.get(name) for name in before} == before, changed
    new = {name for name in now if name not in before}
    assert all(now[name].endswith(" = default") for name in new), f"old bodies lack {new}: give them defaults"
    assert not new, f"{new} of {entry} can be added with ROUNDTABLE_GOLDEN=add"


def test_no_event_was_removed_or_renamed():
    known = {entry.partition("@")[0] for entry in golden("events.json", SHAPES)}
    assert known == {entry.partition("@")[0] for entry in SHAPES}


@pytest.mark.parametrize("entry", golden("bodies.json", BODIES))
def test_every_body_ever_written_is_read(entry):
    topic, _, schema = entry.partition("@")
    body = golden("bodies.json", BODIES)[entry].encode()
    event = decode(topic, int(schema), body, **STORED)
    assert type(event) is EVENTS[topic]
    assert (event.originator_id, event.originator_version, event.timestamp) == tuple(STORED.values())
    if int(schema) == EVENTS[topic].SCHEMA:
        now, then = json.loads(encode(event)), json.loads(body)
        assert without_what_came_later(now, then) == then


def without_what_came_later(now: Any, then: Any) -> Any:
    """Leave out fields that were added since, with a default: nothing can be said in them where a body lacks them."""
    if not isinstance(now, dict) or not isinstance(then, dict):
        return now
    assert all(now[name] in (None, [], {}) for name in now.keys() - then.keys())
    return {name: without_what_came_later(now[name], value) for name, value in then.items()}


def test_every_event_has_a_body_for_every_schema_version():
    versions = {f"{cls.TOPIC}@{n}" for cls in FIELDS for n in range(1, cls.SCHEMA + 1)}
    assert versions == golden("bodies.json", BODIES).keys()
    assert {cls.TOPIC for cls in FIELDS} == {entry.partition("@")[0] for entry in SHAPES} - {"context"}


@pytest.mark.parametrize("cls", FIELDS, ids=lambda cls: cls.TOPIC)
def test_a_body_holds_sorted_keys_no_floats_and_nothing_that_the_log_keeps_beside_it(cls):
    body = encode(sample(cls))

    def no_float(text):
        raise AssertionError(f"{cls.TOPIC} holds the float {text}")

    fields = json.loads(body, parse_float=no_float)
    assert body.decode() == json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert fields.keys() == {f.encode_name for f in msgspec.structs.fields(cls)} - (ENVELOPE - {"context"})
    assert fields["context"].keys() == set(Context.__struct_fields__)


@pytest.mark.parametrize("cls", FIELDS, ids=lambda cls: cls.TOPIC)
def test_a_body_with_only_what_is_required_and_a_field_of_tomorrow_is_read(cls):
    fields = json.loads(encode(sample(cls)))
    optional = {f.encode_name for f in msgspec.structs.fields(cls) if not f.required}
    least = {name: value for name, value in fields.items() if name not in optional} | {"tomorrow": {"a": [1]}}
    event = decode(cls.TOPIC, cls.SCHEMA, json.dumps(least).encode(), **STORED)
    assert type(event) is cls


@pytest.mark.parametrize("cls", [*FIELDS, Context], ids=lambda cls: cls.__name__)
def test_stored_fields_are_plain_so_that_the_past_always_loads(cls):
    """A choice that is closed today (a kind, a role) may lose a member; `precision` is the calendar's own."""
    closed = {name for name, hint in get_type_hints(cls).items() if _is_closed(hint) and not name.isupper()}
    assert closed <= {"precision"}


def _is_closed(hint: Any) -> bool:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return True
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and hint is not Context:
        return any(_is_closed(inner) for inner in get_type_hints(hint).values())
    return get_origin(hint) is Literal or any(_is_closed(arg) for arg in get_args(hint))


@pytest.mark.parametrize("topic", [entry.partition("@")[0] for entry in SHAPES if entry != "context@1"])
def test_a_topic_names_its_aggregate_and_a_past_participle(topic):
    assert topic.partition(".")[0] in {*KINDS, "fact"}
    assert re.fullmatch(r"[a-z-]+\.[a-z]+(-[a-z]+)*", topic)
    assert topic.endswith(("ed", "set", "withdrawn", "frozen"))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_evolve_has_a_case_for_every_event(kind):
    """Folding an event without a case would end in `assert_never`."""
    events = [cls for cls in FIELDS if cls.TOPIC.startswith(f"{kind.TOPIC}.")]
    began = kind.fold(None, sample(next(cls for cls in events if issubclass(cls, Created))))
    for cls in events:
        assert isinstance(kind.evolve(began, sample(cls)), kind.STATE)
    with pytest.raises(AssertionError):
        kind.evolve(began, sample(FactVoided))
