"""What every read has: the moment it is about, pages with cursors, and the position it answers from."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import msgspec
import sqlalchemy as sa
from fastapi import Path, Request
from fastapi.responses import Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api import access
from domain.errors import Invalid, NotFound, ObjectNotFound, ObjectVoided
from domain.texts import Day
from projections import moment
from projections.moment import Moment
from roundtable import people
from roundtable.installation import Installation
from roundtable.store import log
from roundtable.tokens import Caller

POSITION = "Roundtable-Position"
ObjectName = Annotated[str, Path(max_length=80, pattern=r"^[A-Za-z0-9-]+$", description="The id, or the code.")]


class CursorInvalid(Invalid):
    """The cursor is not one that this list gave out."""

    en = "{field} is none that this list with these filters gave out. Start again without it."
    es = "{field} no es uno que esta lista con estos filtros haya dado. Comience de nuevo sin él."


class NotYetBegun(NotFound):
    """There was no such object at the moment asked about."""

    en = "There was no {kind} {id} as known at position {position} and true on {valid_at}. Ask about a later moment."
    es = (
        "No había {kind} {id} según lo conocido en la posición {position} al {valid_at}. Consulte un momento posterior."
    )


class When(BaseModel):
    """The moment a read is about. Nothing given means everything known, true today."""

    model_config = ConfigDict(extra="forbid")
    as_of: Annotated[AwareDatetime | None, Field(description="As known at this instant (with its offset).")] = None
    at_position: Annotated[int | None, Field(ge=0, le=2**53, description="As known at this log position.")] = None
    valid_at: Annotated[Day | None, Field(description="As true on this day.")] = None


class Paging(When):
    """A page of a list."""

    limit: Annotated[int, Field(ge=1, le=200, description="How many items at most.")] = 50
    cursor: Annotated[str | None, Field(max_length=2000, description="`next` of the page before.")] = None


class Reader(NamedTuple):
    """A connection that sees one state of the database, and the moment that the request is about."""

    connection: sa.Connection
    moment: Moment
    sees_people: bool

    def values(self, digests: Iterable[str | None]) -> dict[str, str]:
        """Return the texts about people that the caller may see, by digest."""
        wanted = [digest for digest in digests if digest]
        return people.values(self.connection, wanted) if self.sees_people and wanted else {}


@contextmanager
def reader(request: Request, who: Caller | None, when: When) -> Iterator[Reader]:
    """Open a snapshot and resolve the moment of a request."""
    installation: Installation = request.app.state.installation
    sees = access.sees_people(who)
    with installation.database.snapshot() as connection:
        today = installation.settings.today()
        at = moment.resolve(connection, today, as_of=when.as_of, at_position=when.at_position, valid_at=when.valid_at)
        yield Reader(connection, at, sees)


def json(content: Any, position: int, **headers: str) -> Response:
    """Answer with JSON and the position it follows from."""
    return Response(_encode(content), media_type="application/json", headers={POSITION: str(position), **headers})


_encode = msgspec.json.Encoder(decimal_format="string").encode


class Cursor(NamedTuple):
    """Where a list goes on: at the moment it began at, after a sort key and a birth."""

    position: int
    day: date
    key: str | int
    born: int


def read_cursor(paging: Paging, today: date, asked: str) -> tuple[Paging, Cursor | None]:
    """Return the paging with the moment that its cursor began at.

    :raises CursorInvalid: the cursor is of another list, or nobody gave it out.
    """
    if paging.cursor is None:
        return paging, None
    try:
        raw = base64.urlsafe_b64decode(paging.cursor.encode("ascii", "strict") + b"==")
        digest, position, day, key, born = msgspec.json.decode(raw, type=tuple[str, int, date, str | int, int])
    except (msgspec.MsgspecError, binascii.Error, UnicodeError, ValueError):
        raise CursorInvalid(field="cursor") from None
    if digest != asked or not 0 <= position < 2**53 or not 0 <= born < 2**53:
        raise CursorInvalid(field="cursor")
    cursor = Cursor(position, day, key, born)
    moved = {"at_position": position, "as_of": None, "valid_at": day if day != today else None}
    return paging.model_copy(update=moved), cursor


def fingerprint(*asked: Any) -> str:
    """Return a digest of what a list was asked, so that cursors of other lists are refused."""
    return hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def write_cursor(asked: str, at: Moment, key: Any, born: int) -> str:
    """Return the cursor after the last item of a page."""
    raw = msgspec.json.encode((asked, at.position, at.day, key, born))
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def page_of(
    rows: Sequence[sa.Row[Any]], limit: int, asked: str, at: Moment
) -> tuple[Sequence[sa.Row[Any]], str | None]:
    """Cut the one row too many that tells whether there is a next page."""
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], write_cursor(asked, at, last.sort, last.born)


Find = Callable[[sa.Connection, UUID | str, Moment], sa.Row[Any] | None]
"""The query of a read model that finds an object by id or code."""


def named(text: str) -> UUID | str:
    """Read an id or a code from a path."""
    try:
        return UUID(text) if len(text) == len(str(UUID(int=0))) else text
    except ValueError:
        return text


def found(kind: str, name: str, read: Reader, find: Find) -> sa.Row[Any]:
    """Return the row of an object by id or code.

    :raises ObjectVoided: it was entered in error.
    :raises NotYetBegun: there is one, but there was none at that moment.
    :raises ObjectNotFound: there is none.
    """
    known = named(name)
    row = find(read.connection, known, read.moment)
    if row is not None:
        return row
    recorded = log.rows_of(read.connection, known) if isinstance(known, UUID) else []
    if recorded and recorded[0].aggregate == kind:
        if recorded[0].position <= read.moment.position and read.moment.today:
            raise ObjectVoided(kind=kind, id=name)
        raise NotYetBegun(kind=kind, id=name, position=read.moment.position, valid_at=read.moment.day)
    raise ObjectNotFound(kind=kind, id=name)
