"""Constrained texts and numbers that commands accept. The constraints hold for commands, never for stored events."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, StringConstraints
from pydantic.types import UuidVersion
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")
PRINTABLE = r"^[^\x00-\x08\x0B-\x1F\x7F]*$"
"""No control characters but tab and line feed."""
PRINTABLE_LINE = r"^[^\x00-\x1F\x7F]*$"
"""No control characters at all."""


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _no_id(code: str) -> str:
    if re.fullmatch(r"[0-9A-F]{32}", code.replace("-", "")):
        msg = "a code cannot have the form of an id"
        raise ValueError(msg)
    return code


def each_once(items: tuple[T, ...]) -> tuple[T, ...]:
    """Require every item of a list to stand there once.

    :raises ValueError: one stands there twice.
    """
    for index, item in enumerate(items):
        if item in items[:index]:
            msg = f"{str(item)[:80]} is listed twice"
            raise ValueError(msg)
    return items


def line(longest: int) -> StringConstraints:
    """Constrain a text of one line: not blank, at most `longest` characters."""
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest, pattern=PRINTABLE_LINE)


def paragraph(longest: int) -> StringConstraints:
    """Constrain a text of several lines: not blank, at most `longest` characters."""
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest, pattern=PRINTABLE)


NFC = AfterValidator(_nfc)
ONCE = AfterValidator(each_once)
Title = Annotated[str, line(300), NFC]
"""A name or heading."""
Text = Annotated[str, paragraph(4000), NFC]
"""A statement as it was made."""
Reason = Annotated[str, paragraph(2000), NFC]
"""Why something was done."""
Code = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$", min_length=2, max_length=40),
    AfterValidator(_no_id),
]
"""A code that people can say on the phone, such as `CHU-2018-A03-07`. Never the id of another object."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$", max_length=40)]
"""A name in a catalogue, such as a sector."""
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
"""A language tag (BCP 47), such as `es`, `qu` or `en`."""
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""The SHA-256 digest of a document, in lower-case hexadecimal."""


def _iso_day(raw: Any) -> Any:
    if isinstance(raw, date) or (isinstance(raw, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw)):
        return raw
    msg = "write a day as YYYY-MM-DD"
    raise ValueError(msg)


Day = Annotated[date, BeforeValidator(_iso_day)]
"""A calendar day, written `2018-07-25`."""
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day, written `15:40`."""
Percent = Annotated[int, Field(ge=0, le=100, strict=True)]
"""A share of one hundred."""
Count = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
"""How many there are."""
Page = Annotated[int, Field(ge=1, le=100_000, strict=True)]
"""A page, counted from one."""
Position = Annotated[int, Field(ge=1, le=2**53 - 1, strict=True)]
"""The place of a fact in the log, counted from one."""


class OneOf:
    """Require one of some names in what events keep as a text, so that a name given up later still loads."""

    def __init__(self, *names: str) -> None:
        """List the names."""
        self.names = names

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate as the literal."""
        return core_schema.literal_schema(list(self.names))


class Refers:
    """Mark an id that must be that of an existing object of a kind."""

    def __init__(self, kind: str) -> None:
        """Name the kind of object."""
        self.kind = kind


class Erasable:
    """Mark a text about a person: the event holds its salted digest, a side table its value."""


OrganizationId = Annotated[UUID, Refers("organization")]
"""The id of a recorded organization."""
CommitmentId = Annotated[UUID, Refers("commitment")]
"""The id of a recorded commitment."""
AdministrationId = Annotated[UUID, Refers("administration")]
"""The id of a recorded administration."""
RoundtableId = Annotated[UUID, Refers("roundtable")]
"""The id of a recorded roundtable."""
SessionId = Annotated[UUID, Refers("session")]
"""The id of a recorded session."""
MinutesId = Annotated[UUID, Refers("minutes")]
"""The id of recorded minutes."""
PlanId = Annotated[UUID, Refers("plan")]
"""The id of a recorded plan."""
ProjectId = Annotated[UUID, Refers("project")]
"""The id of a recorded project."""
ParticipatoryBudgetId = Annotated[UUID, Refers("participatory-budget")]
"""The id of a recorded participatory budget."""
TransitionId = Annotated[UUID, Refers("transition")]
"""The id of a recorded transition."""
PersonId = Annotated[UUID, UuidVersion(4)]
"""A random id of a person: it says nothing, and other records may name the same person by it."""
Personal = Annotated[str, line(300), NFC, Erasable()]
"""A name or contact of a person. Events hold the RFC 9901 digest; the value can be erased."""
