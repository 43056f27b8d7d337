"""Entries: an event with all its columns as the bytes of a leaf."""

import json
import re
from datetime import date, datetime
from typing import Any, NamedTuple, NoReturn, Self

from roundtable.verify.errors import Malformed
from roundtable.verify.texts import MAX_SIZE
from roundtable.verify.tiles import MAX_ENTRY

HEADER = b"roundtable-entry/v1\n"
_NUMBER = rb"(0|[1-9][0-9]{0,18})\n"
_UUID = rb"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\n"
_HEAD = re.compile(
    HEADER
    + _NUMBER
    + _UUID
    + rb"([a-z][a-z-]*)\n"
    + _UUID
    + _NUMBER
    + rb"([a-z][a-z0-9-]*\.[a-z][a-z0-9-]*)\n"
    + _NUMBER
    + rb"([0-9]{4}-[0-9]{2}-[0-9]{2})\n"
    + rb"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}\+00:00)\n"
    + _UUID * 2
    + rb"\n"
)


class Entry(NamedTuple):
    """The columns of an event as they are stored, its body as parsed JSON."""

    leaf_index: int
    event_id: str
    kind: str
    originator_id: str
    originator_version: int
    topic: str
    schema_version: int
    occurred_on: str
    recorded_at: str
    actor: str
    correlation: str
    body: dict[str, Any]

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read the bytes of a leaf.

        :raises Malformed: they differ in any way from what an event is framed as.
        """
        if len(data) > MAX_ENTRY:
            raise Malformed("an entry has at most 65,535 bytes")
        head = _HEAD.match(data)
        if head is None:
            raise Malformed("not framed as an entry of this version")
        _, leaf, event_id, kind, originator, version, topic, schema, day, instant, actor, correlation, *_ = (
            data[: head.end()].decode("ascii").split("\n")
        )
        numbers = int(leaf), int(version), int(schema)
        if not (numbers[0] <= MAX_SIZE and 0 < numbers[1] <= MAX_SIZE and 0 < numbers[2] <= MAX_SIZE):
            raise Malformed("a number out of its range")
        try:
            date.fromisoformat(day)
            datetime.fromisoformat(instant)
        except ValueError as error:
            raise Malformed("no such day or time") from error
        body = parse_json(data[head.end() :])
        if not isinstance(body, dict):
            raise Malformed("the body is no JSON object")
        return cls(
            numbers[0],
            event_id,
            kind,
            originator,
            numbers[1],
            topic,
            numbers[2],
            day,
            instant,
            actor,
            correlation,
            body,
        )


def claimed_topic(data: bytes) -> str:
    """Return what an entry that is not to be trusted says it is about, to name it; nothing where it says nothing."""
    head = _HEAD.match(data)
    return head[6].decode("ascii") if head else ""


def parse_json(data: bytes) -> Any:
    """Read JSON in which every key is given once and every number is a number.

    :raises Malformed: it is not.
    """
    try:
        return _decoder.decode(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON that can be read in one way only") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("a key is given twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise Malformed(f"{constant} is no number")


_decoder = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_refuse)
