"""What every read has: the moment it is about, the position it answers from, and a tag to ask again with."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple, TypeVar
from uuid import UUID

import msgspec
import sqlalchemy as sa
from fastapi import Path, Request
from fastapi.responses import Response
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from api import access
from domain.errors import Invalid, NotFound, ObjectNotFound, ObjectVoided
from domain.texts import Day
from projections import moment
from projections.moment import Moment
from projections.views import naming, people_of
from roundtable import people
from roundtable.installation import Installation
from roundtable.store import log
from roundtable.tokens import Caller

POSITION = "Roundtable-Position"
LOG_SIZE = "Roundtable-Log-Size"
LOG_ROOT = "Roundtable-Log-Root"
CACHING = {"Cache-Control": "no-cache", "Vary": "Authorization"}
ObjectName = Annotated[str, Path(max_length=80, pattern=r"^[A-Za-z0-9-]+$", description="The id, or the code.")]
V = TypeVar("V", bound=msgspec.Struct)
_follows_from: ContextVar[tuple[int, str] | None] = ContextVar("follows_from", default=None)
"""The size and root of the log that the answer of this request follows from, where the root is known."""


class NotYetBegun(NotFound):
    """There was no such object at the moment asked about."""

    en = "There was no {kind} {id} as known at position {position} and true on {valid_at}. Ask about a later moment."
    es = (
        "No había {kind} {id} según lo conocido en la posición {position} al {valid_at}. Consulte un momento posterior."
    )


class ParameterRepeated(Invalid):
    """A parameter that holds one value was sent twice."""

    en = "{field} was sent {times} times and holds one value. Send it once."
    es = "{field} se envió {times} veces y admite un solo valor. Envíelo una vez."


def _with_offset(raw: Any) -> Any:
    """Accept RFC 3339, and a `+` that stands unescaped in an address and so arrives as a space."""
    if isinstance(raw, str) and re.match(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d", raw):
        return re.sub(r" (\d\d:\d\d)$", r"+\1", raw)
    msg = "write an instant as YYYY-MM-DDThh:mm:ss with its offset, such as 2018-07-25T15:04:05-05:00"
    raise ValueError(msg)


def _utc(instant: datetime) -> datetime:
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        msg = "the instant lies outside the years 1 to 9999"
        raise ValueError(msg) from None


InstantParameter = Annotated[AwareDatetime, BeforeValidator(_with_offset), AfterValidator(_utc)]


class When(BaseModel):
    """The moment a read is about. Nothing given means everything known, true today."""

    model_config = ConfigDict(extra="forbid")
    as_of: Annotated[InstantParameter | None, Field(description="As known at this instant (with its offset).")] = None
    at_position: Annotated[int | None, Field(ge=0, le=2**53, description="As known at this log position.")] = None
    valid_at: Annotated[Day | None, Field(description="As true on this day.")] = None


class Paging(When):
    """A page of a list."""

    limit: Annotated[int, Field(ge=1, le=200, description="How many items at most.")] = 50
    cursor: Annotated[str | None, Field(max_length=2000, description="`next` of the page before.")] = None

    @classmethod
    def filters_of(cls) -> list[str]:
        """Return the names of the parameters that select items: all but the moment, the page, its order and format."""
        return [name for name in cls.model_fields if name not in _PAGED]

    @classmethod
    def filters(cls, asked: BaseModel, *, but: str | None = None) -> dict[str, Any]:
        """Return what a request asks of the items, be it for their list or for the difference of two moments."""
        return {name: getattr(asked, name) for name in cls.filters_of() if name != but}


_PAGED = {*Paging.model_fields, "sort", "format"}


class Reader(NamedTuple):
    """A connection that sees one state of the database, and the moment that the request is about."""

    connection: sa.Connection
    moment: Moment
    sees_people: bool

    def naming(self, views: Iterable[V]) -> list[V]:
        """Fill in the texts about people, where the caller may see them and they are still known."""
        shown = list(views)
        if not self.sees_people:
            return shown
        values = people.values(self.connection, [digest for view in shown for digest in people_of(view)])
        return [naming(view, values) for view in shown] if values else shown


@contextmanager
def reader(request: Request, who: Caller | None, when: When) -> Iterator[Reader]:
    """Open a snapshot and resolve the moment of a request.

    :raises ParameterRepeated: a parameter that holds one value was sent twice.
    """
    must_be_single(request, when)
    installation: Installation = request.app.state.installation
    with installation.database.snapshot() as connection:
        today = installation.settings.today()
        at = moment.resolve(connection, today, as_of=when.as_of, at_position=when.at_position, valid_at=when.valid_at)
        root = installation.log.root(connection, at.position)
        _follows_from.set(None if root is None else (at.position, root.hex()))
        yield Reader(connection, at, access.sees_people(who))


def must_be_single(request: Request, asked: BaseModel) -> None:
    """Refuse to choose between two values of one parameter.

    :raises ParameterRepeated: one that is no list was sent twice.
    """
    sent = [name for name, _ in request.query_params.multi_items()]
    if len(sent) == len(set(sent)):
        return
    for name in sent:
        if (times := sent.count(name)) > 1 and not isinstance(getattr(asked, name, None), tuple):
            raise ParameterRepeated(field=name[:80], times=times)


def answer(request: Request, content: Any, position: int | None = None, *, version: int | None = None) -> Response:
    """Answer with JSON, the position it follows from, and a tag: the version, which If-Match takes, and a digest."""
    body = _encode(content)
    tag = hashlib.blake2b(body, digest_size=6).hexdigest()
    tag = f'"{tag}"' if version is None else f'"{version}-{tag}"'
    headers = {"ETag": tag, **CACHING} | ({} if position is None else position_headers(position))
    if is_known(request, tag):
        return Response(None, 304, headers)
    return Response(body, 200, headers, "application/json")


def position_headers(position: int) -> dict[str, str]:
    """Return the headers that say from which position an answer follows, and from which log."""
    size, root = _follows_from.get() or (None, "")
    proven = {LOG_SIZE: str(size), LOG_ROOT: root} if size == position else {}
    return {POSITION: str(position), **proven}


def is_known(request: Request, tag: str) -> bool:
    """Tell whether the caller has what the tag stands for (If-None-Match, RFC 9110 §13.1.2)."""
    known = request.headers.get("if-none-match")
    return known is not None and (known.strip() == "*" or tag in re.findall(r'"[^"]*"', known))


_encode = msgspec.json.Encoder(decimal_format="string").encode
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
    at = read.moment
    recorded: Sequence[Any] = log.rows_of(read.connection, known) if isinstance(known, UUID) else ()
    if recorded and recorded[0].aggregate == kind:
        if recorded[0].position <= at.position and at.today:
            raise ObjectVoided(kind=kind, id=name)
        raise NotYetBegun(kind=kind, id=name, position=at.position, valid_at=at.day)
    if isinstance(known, str) and find(read.connection, known, at._replace(all_known=True, today=True)) is not None:
        raise NotYetBegun(kind=kind, id=name, position=at.position, valid_at=at.day)
    raise ObjectNotFound(kind=kind, id=name)
