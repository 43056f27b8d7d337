"""What a transition carries: its frozen inventory, its items, its acta, and the decisions on what was inherited."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID, uuid5

from pydantic import AfterValidator, Field

from domain.aggregate import State
from domain.errors import SPANISH
from domain.texts import PersonId, Slug, Title, each_once
from domain.types import Act
from domain.values import Value

CATALOGUE = UUID("6f0e7d52-6f0c-4f5b-9c0e-7a1f5d0c2b11")
"""The namespace of the ids of catalogue entries."""
ENTRY = "entry"
"""The kind of an item that is an entry of a catalogue."""
STEPS = frozenset(
    {
        "proclaimed",
        "credentials_received",
        "team_notified",
        "commission_installed",
        "reported",
        "delivered",
        "acta_signed",
        "complemented",
        "term_ended",
        "left_office",
        "term_begun",
        "council_installed",
        "council_informed",
        "published",
        "registered",
    }
)
"""The steps of a handover that the record dates: what clocks can be counted from or met by."""
Side = Literal["outgoing", "incoming"]
Continuity = Literal["ratified", "adopted_with_changes", "under_review", "not_continued"]


class Status(StrEnum):
    """Where a transition stands."""

    PLANNED = "planned"
    PREPARING = "preparing"
    READY = "ready"
    IN_TRANSFER = "in_transfer"
    REPORTED = "reported"
    SIGNED = "signed"
    UNSIGNED = "unsigned"
    COMPLEMENTED = "complemented"
    CLOSED = "closed"
    NOT_DELIVERED = "not_delivered"
    DELIVERED_LATE = "delivered_late"
    NOT_REQUIRED = "not_required"

    @property
    def es(self) -> str:
        """The state in Spanish."""
        return _STATUS_ES[self]


_STATUS_ES = {
    Status.PLANNED: "prevista",
    Status.PREPARING: "en acciones preparatorias",
    Status.READY: "lista",
    Status.IN_TRANSFER: "en transferencia",
    Status.REPORTED: "con informe",
    Status.SIGNED: "con acta suscrita",
    Status.UNSIGNED: "con acta no suscrita",
    Status.COMPLEMENTED: "con acta complementaria",
    Status.CLOSED: "cerrada",
    Status.NOT_DELIVERED: "no entregada",
    Status.DELIVERED_LATE: "entregada fuera de plazo",
    Status.NOT_REQUIRED: "no requerida",
}


class ItemRef(Value, frozen=True, kw_only=True):
    """What is handed over: an object by kind and id, or an `entry` of the regime's catalogue by the id of its key."""

    kind: Slug
    id: UUID

    def __str__(self) -> str:
        """Write kind and id in one."""
        return f"{self.kind} {self.id}"

    @property
    def es(self) -> str:
        """The same in Spanish."""
        return f"{SPANISH.get(self.kind, 'entrada' if self.kind == ENTRY else self.kind)} {self.id}"


def entry_of(key: str) -> ItemRef:
    """Return what an entry of a catalogue is handed over as: its id is the name-based UUID of its key (RFC 9562 §5.5).

    Regimes share keys, so that an entry keeps its id when a new regime takes the place of an old one.
    """
    return ItemRef(kind=ENTRY, id=uuid5(CATALOGUE, key))


Items = Annotated[tuple[ItemRef, ...], Field(min_length=1, max_length=200), AfterValidator(each_once)]


class Member(Value, frozen=True, kw_only=True):
    """Somebody in a team, by the random id that the log knows actors by, and what they do there."""

    person: PersonId
    role: Title

    def __str__(self) -> str:
        """Tell who; a person stands in a team once."""
        return str(self.person)


def _once(members: tuple[Member, ...]) -> tuple[Member, ...]:
    each_once(tuple(member.person for member in members))
    return members


Members = Annotated[tuple[Member, ...], Field(min_length=1, max_length=40), AfterValidator(_once)]


class Team(Value, frozen=True, kw_only=True):
    """One side's team: who acts for it, since when and by which act. Who left it, `former`, acts for no other."""

    side: str
    members: tuple[Member, ...]
    act: Act
    appointed_on: date
    former: tuple[UUID, ...] = ()

    def has(self, person: UUID) -> bool:
        """Tell whether somebody is in the team or was."""
        return person in self.former or any(member.person == person for member in self.members)


class Filed(Value, frozen=True, kw_only=True):
    """A deliverable of the regime that was filed."""

    deliverable: str
    document: str
    occurred_on: date


class Reached(Value, frozen=True, kw_only=True):
    """The day on which a step of the process was reached, by the name that clocks know it by."""

    step: str
    on: date


class Report(Value, frozen=True, kw_only=True):
    """Who did something: the actor, the institution spoken for, the side whose team the actor is in, the day."""

    actor: UUID
    institution: UUID | None
    occurred_on: date
    side: str | None = None


class Item(Value, frozen=True, kw_only=True):
    """How far the handover of one object is; objects that are not listed are pending."""

    item: ItemRef
    state: str
    moved_on: date
    document: str | None = None
    delivered: Report | None = None
    examined: Report | None = None
    observation: str | None = None
    answer: str | None = None
    reason: str | None = None


class CapacityCount(Value, frozen=True, kw_only=True):
    """How many items an inventory has in one capacity."""

    capacity: str
    count: int


class Inventory(Value, frozen=True, kw_only=True):
    """What was handed over, frozen: as known at a log position and true on the cut-off date, with a digest of it.

    `closed` are the days that decrees close, besides holidays, as they were known then; none said where none was kept.
    """

    institution: UUID
    position: int
    cut_off: date
    digest: str
    counts: tuple[CapacityCount, ...]
    closed: tuple[date, ...] | None = None


class Signature(Value, frozen=True, kw_only=True):
    """One side's signature under the acta."""

    side: str
    document: str
    occurred_on: date


class Refusal(Value, frozen=True, kw_only=True):
    """One side did not sign the acta, and why."""

    side: str
    reason: str
    occurred_on: date


class Decision(Value, frozen=True, kw_only=True):
    """What the incoming administration decided of one inherited object."""

    item: ItemRef
    decision: str
    reason: str
    act: Act
    occurred_on: date
    revised: int = 0


class TransitionState(State, frozen=True, kw_only=True):
    """What a transition is on a day."""

    status: Status
    code: str | None
    outgoing: UUID
    incoming: UUID | None
    installed_by: str | None = None
    regime: str = "generic"
    teams: tuple[Team, ...] = ()
    deliverables: tuple[Filed, ...] = ()
    reached: tuple[Reached, ...] = ()
    address: str | None = None
    registered_as: str | None = None
    inventory: Inventory | None = None
    items: tuple[Item, ...] = ()
    report: str | None = None
    signatures: tuple[Signature, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    complements: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def side_of(self, person: UUID) -> str | None:
        """Return the side whose team somebody is or was in; nothing for others, such as a secretariat."""
        return next((team.side for team in reversed(self.teams) if team.has(person)), None)

    def reached_on(self, step: str) -> date | None:
        """Return the day on which a step was first reached."""
        return next((one.on for one in self.reached if one.step == step), None)

    def item(self, ref: ItemRef) -> Item | None:
        """Return how far an object is, or nothing while it is pending."""
        return next((item for item in self.items if item.item == ref), None)

    def decision(self, ref: ItemRef) -> Decision | None:
        """Return what was decided of an object."""
        return next((decision for decision in self.decisions if decision.item == ref), None)
