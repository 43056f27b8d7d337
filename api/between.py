"""Two moments: what reads of differences have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from api import access
from api.cursors import CursorInvalid, read_cursor, write_cursor
from api.exports import FormatParameter
from api.reading import InstantParameter, Reader, must_be_single
from domain.errors import Invalid
from domain.texts import Day
from domain.values import Value
from projections import moment
from projections.differences import Pair
from projections.moment import Moment
from roundtable.installation import Installation
from roundtable.tokens import Caller


class NothingToCompare(Invalid):
    """A difference is between two moments."""

    en = "Say from when: send {field}, from_as_of or from_valid_at. Without to_…, it is the difference to now."
    es = "Indique desde cuándo: envíe {field}, from_as_of o from_valid_at. Sin to_…, se compara con lo actual."


class MomentView(Value, frozen=True, kw_only=True):
    """A moment: what was known at a position, true on a day."""

    position: int
    valid_at: date


class Between(BaseModel):
    """The two moments of a difference, in either order. Without `to_…` the second is now.

    Un extremo que no dice día compara lo vigente hoy; el que no dice posición ni instante, todo lo conocido.
    """

    model_config = ConfigDict(extra="forbid")
    from_position: Annotated[int | None, Field(ge=0, le=2**53, description="From what was known here. · Desde.")] = None
    from_as_of: Annotated[InstantParameter | None, Field(description="From what was known then. · Desde.")] = None
    from_valid_at: Annotated[Day | None, Field(description="From what was true on this day. · Desde este día.")] = None
    to_position: Annotated[int | None, Field(ge=0, le=2**53, description="To what was known here. · Hasta.")] = None
    to_as_of: Annotated[InstantParameter | None, Field(description="To what was known then. · Hasta.")] = None
    to_valid_at: Annotated[Day | None, Field(description="To what was true on this day. · Hasta este día.")] = None


class BetweenPaging(Between):
    """A page of a difference."""

    limit: Annotated[int, Field(ge=1, le=200, description="How many items at most.")] = 50
    cursor: Annotated[str | None, Field(max_length=2000, description="`next` of the page before.")] = None
    format: FormatParameter = "json"


@contextmanager
def reading(request: Request, who: Caller | None, asked: Any) -> Iterator[tuple[Reader, Pair]]:
    """Open a snapshot and resolve both moments of a request.

    :raises NothingToCompare: it says nothing of the first moment.
    :raises ParameterRepeated: a parameter that holds one value was sent twice.
    """
    must_be_single(request, asked)
    installation: Installation = request.app.state.installation
    with installation.database.snapshot() as connection:
        moments = _resolved(connection, installation.settings.today(), asked)
        yield Reader(connection, moments.after, access.sees_people(who)), moments


def _resolved(connection: sa.Connection, today: date, asked: Any) -> Pair:
    if asked.from_position is None and asked.from_as_of is None and asked.from_valid_at is None:
        raise NothingToCompare(field="from_position")

    def at(side: str) -> Moment:
        position, as_of, day = (getattr(asked, f"{side}_{name}") for name in ("position", "as_of", "valid_at"))
        names = (f"{side}_as_of", f"{side}_position")
        return moment.resolve(connection, today, as_of=as_of, at_position=position, valid_at=day, names=names)

    return Pair(at("from"), at("to"))


def shown(at: Moment) -> MomentView:
    """Return what readers see of a moment."""
    return MomentView(position=at.position, valid_at=at.day)


def fixed(asked: Any, moments: Pair) -> Any:
    """Return what is asked, at moments that are resolved."""
    before, after = moments
    said = {"from_position": before.position, "from_as_of": None, "from_valid_at": before.day}
    said |= {"to_position": after.position, "to_as_of": None, "to_valid_at": after.day}
    return asked.model_copy(update=said)


def write(digest: str, moments: Pair, born: int) -> str:
    """Return the cursor after an object."""
    before, after = moments
    return write_cursor(digest, after, f"{before.position} {before.day}", born)


def resume(asked: Any, digest: str) -> tuple[Any, int]:
    """Return what is asked at the moments that its cursor began at, and the birth of the object it goes on after.

    :raises CursorInvalid: the cursor is of another difference.
    """
    if asked.cursor is None:
        return asked, 0
    cursor = read_cursor(asked.cursor, digest, str)
    position, _, day = str(cursor.key).partition(" ")
    try:
        before = Moment(int(position), date.fromisoformat(day), all_known=False, today=False)
    except ValueError:
        raise CursorInvalid(field="cursor") from None
    return fixed(asked, Pair(before, Moment(cursor.position, cursor.day, all_known=False, today=False))), cursor.born
