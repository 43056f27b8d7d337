"""What a roundtable carries: states, seats, rules, validity."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal, Self
from uuid import UUID

import msgspec
from pydantic import AfterValidator, Field, StringConstraints

from domain.aggregate import State
from domain.texts import ONCE, Day, OneOf, OrganizationId, Slug, Text, Title
from domain.types import Act, Source, Territory
from domain.values import Value

RoundtableType = Literal[
    "dialogue_table",
    "technical_table",
    "working_table",
    "multisectoral_commission",
    "municipal_led_table",
    "regional_led_table",
    "follow_up_committee",
]
Level = Literal["national", "macroregional", "regional", "provincial", "inter_municipal", "district", "community"]
Sector = Annotated[str, OneOf("state", "company", "civil_society", "community", "academia", "cooperation", "guarantor")]
Basis = Literal["ex_officio", "designated", "elected_among_peers", "community_assembly"]
Decision = Annotated[str, OneOf("consensus", "majority")]
SeatKey = Slug
"""The name of a seat within its roundtable, such as `pcm` or `community_3`; never given twice."""
Territories = Annotated[tuple[Territory, ...], Field(max_length=200), ONCE]
Chairs = Annotated[tuple[OrganizationId, ...], Field(max_length=20), ONCE]


class Status(StrEnum):
    """What the facts made of a roundtable. That its validity ran out (expired) the calendar says, not a fact."""

    PROPOSED = "proposed"
    CONSTITUTED = "constituted"
    ACCREDITED = "accredited"
    INSTALLED = "installed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CONCLUDED = "concluded"
    EXTINGUISHED = "extinguished"

    @property
    def es(self) -> str:
        """The state in Spanish."""
        return _STATUS_ES[self]


_STATUS_ES = {
    Status.PROPOSED: "propuesta",
    Status.CONSTITUTED: "constituida",
    Status.ACCREDITED: "acreditada",
    Status.INSTALLED: "instalada",
    Status.ACTIVE: "activa",
    Status.SUSPENDED: "suspendida",
    Status.CONCLUDED: "concluida",
    Status.EXTINGUISHED: "extinguida",
}
EXPIRED = "expired"
"""What readers see in place of the status once the validity ran out."""
OVER = frozenset({Status.CONCLUDED, Status.EXTINGUISHED})
"""States in which a roundtable has ended."""
STANDING = frozenset(Status) - OVER - {Status.PROPOSED}
"""States from the constituting act to the end."""
RUNNING = STANDING | {Status.PROPOSED}
"""States in which the record of a roundtable can still be completed."""
SEATED = frozenset({Status.INSTALLED, Status.ACTIVE, Status.SUSPENDED})
"""States in which a roundtable has begun to sit."""


def _is_a_share(text: str) -> str:
    above, below = map(int, text.split("/"))
    if not 0 < above <= below:
        msg = f"{text} is no share of the seats: write 1/2, 2/3 or 1/1"
        raise ValueError(msg)
    return text


Share = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}/[0-9]{1,3}$"), AfterValidator(_is_a_share)]
"""A part of the whole, such as `1/2`."""
Seats = Annotated[int, Field(ge=1, le=1000, strict=True)]


class Quorum(Value, frozen=True, kw_only=True):
    """How many voting seats must be present: a share, a number, or both, of which the larger counts.

    An absolute majority is `{"share": "1/2", "exceeded": true}`; a third but never fewer than three
    `{"share": "1/3", "seats": 3}`.
    """

    share: Share | None = None
    exceeded: bool = False
    seats: Seats | None = None

    def checked(self) -> Self:
        """Require a share or a number."""
        if self.share is None and self.seats is None:
            msg = "a quorum is a share of the seats, a number of seats, or both"
            raise ValueError(msg)
        return self

    def needed(self, of: int) -> int:
        """Return how many of so many seats must be present."""
        part = Fraction(self.share) * of if self.share else Fraction(0)
        whole = part.numerator // part.denominator
        shared = whole + 1 if self.share and (self.exceeded or part != whole) else whole
        return max(shared, self.seats or 0)


class SectorPresence(Value, frozen=True, kw_only=True):
    """How many seats of a sector must be present."""

    sector: Sector
    seats: Seats = 1


class Rules(Value, frozen=True, kw_only=True):
    """How a roundtable decides: its quorum, on second call too, and by consensus or majority."""

    quorum: Quorum
    decision: Decision = "consensus"
    quorum_by_sector: Annotated[tuple[SectorPresence, ...], Field(max_length=10), ONCE] = ()
    second_call: Quorum | None = None


class Term(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """How long a roundtable is valid, counted from its act, its publication or the installation (180 days, 2 years)."""

    count: Annotated[int, Field(ge=1, le=10_000, strict=True)]
    unit: Annotated[str, OneOf("day", "month", "year")] = "day"
    from_: Annotated[str, OneOf("act", "publication", "installation")] = "installation"

    def ends(self, first: date) -> date:
        """Return the last day of a term that began on a day."""
        if self.unit == "day":
            return first + min(timedelta(days=self.count), date.max - first)
        months = first.month - 1 + self.count * (12 if self.unit == "year" else 1)
        year, month = min(first.year + months // 12, date.max.year), months % 12 + 1
        return date(year, month, min(first.day, monthrange(year, month)[1]))


class Agreement(Value, frozen=True, kw_only=True):
    """An agreement of a session: the session or its minutes with the item, or a citation where neither is recorded."""

    session: UUID | None = None
    minutes: UUID | None = None
    item: Title | None = None
    citation: Text | None = None

    def checked(self) -> Self:
        """Require a session, minutes or a citation."""
        if self.session is None and self.minutes is None and self.citation is None:
            msg = "name the session or its minutes, or write a citation"
            raise ValueError(msg)
        return self


class ValidityExtension(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One extension of the validity; retroactive where it came after the end that it moved."""

    from_: date | None
    to: date
    act: Act | None
    agreement: Agreement | None
    reason: str | None
    occurred_on: date
    retroactive: bool


class Postponement(Value, frozen=True, kw_only=True):
    """One postponement of the installation, to a day where one was named."""

    occurred_on: date
    reason: str
    until: Day | None = None


class AccreditationWaiver(Value, frozen=True, kw_only=True):
    """Why the accreditation was complete without some required seats."""

    reason: str
    seats: tuple[str, ...]
    occurred_on: date


class Representative(Value, frozen=True, kw_only=True):
    """Who speaks for a seat: a random id of the person, and the digest of the name."""

    person: UUID
    name: str | None = None


class Accreditation(Value, frozen=True, kw_only=True):
    """The document that accredits the representatives of a seat, and since when."""

    document: Source
    accredited_on: date


class Seat(Value, frozen=True, kw_only=True):
    """A place at the table, in force from `since` until it is withdrawn."""

    key: str
    organization: UUID
    title: str | None
    sector: str
    basis: str | None
    voice: bool
    vote: bool
    required: bool
    since: date
    withdrawn_on: date | None = None
    principal: Representative | None = None
    alternate: Representative | None = None
    accreditation: Accreditation | None = None


class RoundtableState(State, frozen=True, kw_only=True):
    """What a roundtable is on a day."""

    status: Status
    code: str | None
    name: str
    type: str
    level: str
    territories: tuple[Territory, ...]
    purpose: str | None
    parent: UUID | None
    predecessor: UUID | None
    chairs: tuple[UUID, ...]
    co_chairs: tuple[UUID, ...]
    secretariat: UUID | None
    act: Act | None = None
    extinguishing_act: Act | None = None
    all_seats: tuple[Seat, ...] = ()
    accreditation_waiver: AccreditationWaiver | None = None
    postponements: tuple[Postponement, ...] = ()
    installed_on: date | None = None
    installation_minutes: UUID | None = None
    rules: Rules | None = None
    rules_document: Source | None = None
    rules_approved_on: date | None = None
    work_plan: Source | None = None
    work_plan_approved_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    term: Term | None = None
    extensions: tuple[ValidityExtension, ...] = ()
    follow_up_body: UUID | None = None
    final_report: Source | None = None

    @property
    def seats(self) -> tuple[Seat, ...]:
        """The seats in force."""
        return tuple(s for s in self.all_seats if s.withdrawn_on is None)

    @property
    def former_seats(self) -> tuple[Seat, ...]:
        """The seats that were withdrawn."""
        return tuple(s for s in self.all_seats if s.withdrawn_on is not None)

    @property
    def voting(self) -> tuple[Seat, ...]:
        """The seats in force that vote: those a quorum counts."""
        return tuple(s for s in self.seats if s.vote)

    @property
    def unaccredited(self) -> tuple[str, ...]:
        """The keys of required seats whose representatives are not accredited."""
        return tuple(s.key for s in self.seats if s.required and s.accreditation is None)

    @property
    def ended_on(self) -> date | None:
        """The day it was concluded or extinguished."""
        return self.moved_on if self.status in OVER else None

    def seat(self, key: str) -> Seat | None:
        """Return the seat in force that has a key."""
        return next((s for s in self.seats if s.key == key), None)

    def expired(self, day: date) -> bool:
        """Tell whether its validity ran out before a day, without its having ended."""
        return self.status in STANDING and self.valid_until is not None and self.valid_until < day

    def standing(self, day: date) -> str:
        """Return the state as readers see it on a day: the status, or `expired`."""
        return EXPIRED if self.expired(day) else self.status.value

    def with_seat(self, key: str, **changes: object) -> "RoundtableState":
        """Return the roundtable with something changed about one seat."""
        replace = msgspec.structs.replace
        return replace(self, all_seats=tuple(replace(s, **changes) if s.key == key else s for s in self.all_seats))
