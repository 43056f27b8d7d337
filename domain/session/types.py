"""What a session carries: agenda, attendance, participation, outcomes."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from msgspec.structs import replace
from pydantic import AfterValidator, Field

from domain.aggregate import State
from domain.texts import (
    NFC,
    ONCE,
    CommitmentId,
    Count,
    Language,
    OrganizationId,
    Reason,
    SessionId,
    Slug,
    Text,
    Title,
    line,
)
from domain.values import Value

SessionType = Literal["installation", "ordinary", "extraordinary", "technical"]
Modality = Literal["in_person", "virtual", "mixed"]
Capacity = Literal["principal", "alternate"]
OutcomeType = Literal["agreement", "request", "commitment", "disagreement", "report"]
Decision = Literal["consensus", "vote"]
DECIDING_SESSIONS = frozenset({"ordinary", "extraordinary"})
"""Types of session that sit only while their roundtable may decide."""
DECIDING_OUTCOMES = frozenset({"agreement", "commitment"})
"""Types of outcome that bind, and so need a quorum."""
Number = Annotated[str, line(40), NFC]
"""The number of a session or of minutes, as the parties write it: `03-2018`."""
ItemKey = Annotated[str, line(60), NFC]
"""The name of an agenda item or an outcome within its session, such as `Acuerdo 7`."""
SeatKey = Slug
"""The name of a seat within its roundtable."""
Seats = Annotated[tuple[SeatKey, ...], Field(max_length=200), ONCE]
Parties = Annotated[tuple[OrganizationId, ...], Field(max_length=50), ONCE]
Languages = Annotated[tuple[Language, ...], Field(max_length=20), ONCE]


class Status(StrEnum):
    """Where a session stands."""

    CONVENED = "convened"
    OPEN = "open"
    RECESSED = "recessed"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    FAILED_QUORUM = "failed_quorum"

    @property
    def es(self) -> str:
        """The state in Spanish."""
        return _STATUS_ES[self]


_STATUS_ES = {
    Status.CONVENED: "convocada",
    Status.OPEN: "abierta",
    Status.RECESSED: "en cuarto intermedio",
    Status.CLOSED: "cerrada",
    Status.CANCELLED: "cancelada",
    Status.FAILED_QUORUM: "sin quórum",
}
HELD = frozenset({Status.OPEN, Status.RECESSED, Status.CLOSED})
"""States of a session that was opened."""
OVER = frozenset({Status.CLOSED, Status.CANCELLED, Status.FAILED_QUORUM})
"""States in which the items without an outcome return to a later agenda."""


class ItemOrigin(Value, frozen=True, kw_only=True):
    """Where an agenda item comes from: an item of an earlier session, or a commitment."""

    session: SessionId | None = None
    item: ItemKey | None = None
    commitment: CommitmentId | None = None

    def checked(self) -> Self:
        """Require a session with its item, or a commitment, and not both."""
        if (self.session is None) == (self.commitment is None) or (self.session is None) != (self.item is None):
            msg = "name a session and its item, or a commitment"
            raise ValueError(msg)
        return self


class AgendaItem(Value, frozen=True, kw_only=True):
    """A matter to be dealt with, and where it comes from."""

    key: ItemKey
    title: Title
    origin: ItemOrigin | None = None


def _keys_once(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
    keys = [item.key for item in items]
    for key in keys:
        if keys.count(key) > 1:
            msg = f"{key} names two items"
            raise ValueError(msg)
    return items


Agenda = Annotated[tuple[AgendaItem, ...], Field(max_length=100), AfterValidator(_keys_once)]


class AgendaEntry(Value, frozen=True, kw_only=True):
    """An item on the agenda; withdrawn where it gives a reason."""

    key: str
    title: str
    origin: ItemOrigin | None = None
    added_on: date
    withdrawn_on: date | None = None
    withdrawn_reason: str | None = None


class Stay(Value, frozen=True, kw_only=True):
    """The presence of one seat from an arrival until a departure, by its principal or its alternate."""

    seat: str
    capacity: str
    representing: UUID | None
    arrived_on: date
    arrived: str | None = None
    left_on: date | None = None
    left: str | None = None

    def began_by(self, day: date, at: str | None) -> bool:
        """Tell whether it had begun at a time of a day, or by its end."""
        return (self.arrived_on, self.arrived or "") <= (day, at or _LAST)

    def ended_by(self, day: date, at: str | None) -> bool:
        """Tell whether it had ended at a time of a day, or by its end."""
        return self.left_on is not None and (self.left_on, self.left or "") <= (day, at or _LAST)


_LAST = "24:00"


class LanguageCount(Value, frozen=True, kw_only=True):
    """How many of those present speak a language."""

    language: Language
    people: Count


LanguageCounts = Annotated[tuple[LanguageCount, ...], Field(max_length=20), ONCE]


class Participation(Value, frozen=True, kw_only=True):
    """How many took part: counts, never persons."""

    people: int | None
    women: int | None
    men: int | None
    youth: int | None
    indigenous: int | None
    languages: tuple[LanguageCount, ...]
    interpreted: tuple[str, ...]


class Votes(Value, frozen=True, kw_only=True, rename={"for_": "for"}):
    """How the seats voted."""

    for_: Seats = ()
    against: Seats = ()
    abstain: Seats = ()

    def checked(self) -> Self:
        """Require votes, and one of each seat."""
        cast = self.cast
        if not cast:
            msg = "nobody voted"
            raise ValueError(msg)
        for seat in cast:
            if cast.count(seat) > 1:
                msg = f"{seat} votes twice"
                raise ValueError(msg)
        return self

    @property
    def cast(self) -> tuple[str, ...]:
        """The seats that voted, abstentions included."""
        return (*self.for_, *self.against, *self.abstain)


class Dissent(Value, frozen=True, kw_only=True):
    """A seat that does not share an outcome, and why."""

    seat: SeatKey
    reason: Reason


def _seats_once(dissents: tuple[Dissent, ...]) -> tuple[Dissent, ...]:
    seats = [d.seat for d in dissents]
    for seat in seats:
        if seats.count(seat) > 1:
            msg = f"{seat} dissents twice"
            raise ValueError(msg)
    return dissents


Dissents = Annotated[tuple[Dissent, ...], Field(max_length=200), AfterValidator(_seats_once)]


class Outcome(Value, frozen=True, kw_only=True):
    """What came of a session on one item, in its literal words."""

    key: str
    agenda_item: str | None
    type: str
    text: str
    language: str
    decision: str | None
    votes: Votes | None
    dissents: tuple[Dissent, ...]
    responsibles: tuple[UUID, ...]
    deadline: date | None
    occurred_on: date
    at: str | None
    present: tuple[str, ...] = ()
    """The seats that were there, as the attendance tells."""


class Rescheduling(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A session that was put off or brought forward."""

    from_: date
    to: date
    reason: str
    occurred_on: date


class Waiver(Value, frozen=True, kw_only=True):
    """Why something that is due is missing."""

    reason: Text
    occurred_on: date


class Recess(Value, frozen=True, kw_only=True):
    """A pause of an open session."""

    began_on: date
    until: date | None
    resumed_on: date | None = None


class SessionState(State, frozen=True, kw_only=True):
    """What a session is on a day."""

    status: Status
    roundtable: UUID
    code: str | None
    number: str | None
    type: str
    modality: str
    place: str | None
    medium: str | None
    called_on: date
    scheduled_on: date
    scheduled_at: str | None = None
    second_call_of: UUID | None = None
    reschedulings: tuple[Rescheduling, ...] = ()
    all_items: tuple[AgendaEntry, ...] = ()
    agenda_waiver: Waiver | None = None
    previous_minutes_waiver: Waiver | None = None
    attendance: tuple[Stay, ...] = ()
    participation: Participation | None = None
    recesses: tuple[Recess, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    opened_on: date | None = None
    opened_with: tuple[str, ...] = ()
    ended_on: date | None = None
    ended_because: str | None = None
    next_session_on: date | None = None

    @property
    def held_on(self) -> date:
        """The day whose seats count for the quorum: of the opening, else the day it is called for."""
        return self.opened_on or self.scheduled_on

    @property
    def agenda(self) -> tuple[AgendaEntry, ...]:
        """The items that were not withdrawn."""
        return tuple(item for item in self.all_items if item.withdrawn_on is None)

    @property
    def open_items(self) -> tuple[AgendaEntry, ...]:
        """The items on which nothing came out."""
        dealt_with = {outcome.agenda_item for outcome in self.outcomes}
        return tuple(item for item in self.agenda if item.key not in dealt_with)

    @property
    def attended(self) -> tuple[str, ...]:
        """The seats that were present at any time."""
        return tuple(dict.fromkeys(stay.seat for stay in self.attendance))

    def present(self, day: date, at: str | None = None) -> tuple[Stay, ...]:
        """Return who is present at a time of a day, or at its end."""
        return tuple(s for s in self.attendance if s.began_by(day, at) and not s.ended_by(day, at))

    def seats_present(self, day: date, at: str | None = None) -> tuple[str, ...]:
        """Return the seats present at a time of a day, or at its end."""
        return tuple(stay.seat for stay in self.present(day, at))

    def item(self, key: str | None) -> AgendaEntry | None:
        """Return the item on the agenda that has a key."""
        return next((item for item in self.agenda if item.key == key), None)

    def outcome(self, key: str) -> Outcome | None:
        """Return the outcome that has a key."""
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)

    def with_item(self, key: str, **changes: object) -> "SessionState":
        """Return the session with something changed about one agenda item."""
        return replace(self, all_items=tuple(replace(i, **changes) if i.key == key else i for i in self.all_items))
