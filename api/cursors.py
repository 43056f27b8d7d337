"""Cursors: where a list goes on, at the moment it began at.

A cursor gives nobody anything that its parameters could not ask for, so it is not signed: a check against slips and
against use on another list is enough.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

import msgspec

from domain.errors import Invalid
from projections.moment import Moment

P = TypeVar("P")
MOST = 2**62
"""Numbers of a cursor fit the databases."""


class CursorInvalid(Invalid):
    """The cursor is not one that this list gave out."""

    en = "{field} is none that this list with these parameters gave out. Start again without it."
    es = "{field} no es uno que esta lista con estos parámetros haya dado. Comience de nuevo sin él."


class Cursor(NamedTuple):
    """Where a list goes on: at the moment it began at, after a sort key and a birth."""

    position: int
    day: date
    key: str | int
    born: int


def fingerprint(*asked: Any) -> str:
    """Return a digest of what a list was asked, so that cursors of other lists are refused."""
    return hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()


def write_cursor(asked: str, at: Moment, key: str | int, born: int) -> str:
    """Return the cursor after the last item of a page."""
    cursor = Cursor(at.position, at.day, key, born)
    return base64.urlsafe_b64encode(msgspec.json.encode((_check(asked, cursor), *cursor))).rstrip(b"=").decode()


def read_cursor(text: str, asked: str, key: type[Any]) -> Cursor:
    """Read a cursor of the list that was asked, whose sort keys have a type.

    :raises CursorInvalid: the cursor is of another list, or nobody gave it out.
    """
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
        check, *parts = msgspec.json.decode(raw, type=tuple[str, int, date, str | int, int])
    except (msgspec.MsgspecError, binascii.Error, UnicodeError, ValueError):
        raise CursorInvalid(field="cursor") from None
    cursor = Cursor._make(parts)
    numbers = (cursor.position, cursor.born, cursor.key if isinstance(cursor.key, int) else 0)
    if check != _check(asked, cursor) or not isinstance(cursor.key, key) or max(map(abs, numbers)) > MOST:
        raise CursorInvalid(field="cursor")
    return cursor


def cut(rows: Sequence[P], limit: int) -> tuple[Sequence[P], P | None]:
    """Cut the one row too many that tells whether there is a next page; return the last row where there is."""
    return (rows, None) if len(rows) <= limit else (rows[:limit], rows[limit - 1])


def _check(asked: str, cursor: Cursor) -> str:
    return hashlib.sha256(msgspec.json.encode((asked, *cursor))).hexdigest()[:12]
