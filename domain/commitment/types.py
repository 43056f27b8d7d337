"""What a commitment carries: states, parties, headline, ladder of amounts, evidence."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from msgspec.structs import replace
from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from domain.aggregate import State
from domain.objectives import Objective
from domain.texts import (
    ONCE,
    Count,
    Day,
    Digest,
    MinutesId,
    OrganizationId,
    Page,
    ParticipatoryBudgetId,
    Percent,
    RoundtableId,
    SessionId,
    Slug,
    Text,
    Title,
    each_once,
)
from domain.types import Act, Money, Quote, Source, Territory
from domain.values import Value

CommitmentKind = Literal[
    "investment",
    "financial_transfer",
    "legal_act",
    "technical_assistance",
    "study",
    "service",
    "procedure",
    "employment",
    "environmental",
]
Stage = Literal["requested", "agreed"]
Assessment = Literal["no_evidence", "not_started", "limited", "substantial", "complete"]
Outcome = Literal["complete", "partial"]
Voice = Literal["supports", "observes", "objects"]
Role = Annotated[
    str,
    StringConstraints(pattern=r"^(lead|co|support)$"),
    WithJsonSchema({"type": "string", "enum": ["lead", "co", "support"]}),
]
"""How an organization answers for a commitment: a text once recorded, so that a role given up later still loads."""
SdgTarget = Annotated[str, StringConstraints(pattern=r"^(1[0-7]|[1-9])\.([1-9]|1[0-9]|[a-d])$")]
"""A target of the Sustainable Development Goals, such as `6.1`."""
Parties = Annotated[tuple[OrganizationId, ...], Field(max_length=50), ONCE]
Successors = Annotated[tuple[UUID, ...], Field(min_length=1, max_length=50), ONCE]
Territories = Annotated[tuple[Territory, ...], Field(max_length=200), ONCE]
SdgTargets = Annotated[tuple[SdgTarget, ...], Field(max_length=30), ONCE]
Conditions = Annotated[tuple[Text, ...], Field(max_length=20), ONCE]


class Status(StrEnum):
    """Where a commitment stands. What the calendar alone brings (overdue) is no status."""

    REQUESTED = "requested"
    AGREED = "agreed"
    DISMISSED = "dismissed"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    REPORTED_FULFILLED = "reported_fulfilled"
    FULFILLED = "fulfilled"
    PARTIALLY_FULFILLED = "partially_fulfilled"
    UNFULFILLED = "unfulfilled"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"

    @property
    def es(self) -> str:
        """The state in Spanish."""
        return _STATUS_ES[self]


_STATUS_ES = {
    Status.REQUESTED: "solicitado",
    Status.AGREED: "acordado",
    Status.DISMISSED: "desestimado",
    Status.IN_PROGRESS: "en curso",
    Status.BLOCKED: "bloqueado",
    Status.REPORTED_FULFILLED: "reportado como cumplido",
    Status.FULFILLED: "cumplido",
    Status.PARTIALLY_FULFILLED: "cumplido en parte",
    Status.UNFULFILLED: "incumplido",
    Status.SUPERSEDED: "sustituido",
    Status.WITHDRAWN: "retirado",
    Status.REVERSED: "revertido",
}
OPEN = frozenset({Status.REQUESTED, Status.AGREED, Status.IN_PROGRESS, Status.BLOCKED, Status.REPORTED_FULFILLED})
"""States that are not closed."""
DUE = frozenset({Status.AGREED, Status.IN_PROGRESS, Status.BLOCKED})
"""States in which the deadline counts: it is promised, and nobody has reported it done."""
RUNNING = OPEN | {Status.PARTIALLY_FULFILLED, Status.UNFULFILLED, Status.REVERSED}
"""States in which the record of a commitment can still be completed."""


class Responsible(Value, frozen=True, kw_only=True):
    """An organization that answers for a commitment; its share is a percentage."""

    organization: OrganizationId
    role: Role = "lead"
    share: Percent | None = None


class Counterpart(Value, frozen=True, kw_only=True):
    """What the other side owes: land, maintenance, co-financing."""

    organization: OrganizationId
    obligation: Text


class Beneficiaries(Value, frozen=True, kw_only=True):
    """Whom a commitment is for; counts, never persons."""

    description: Title
    people: Count | None = None
    women: Count | None = None

    def checked(self) -> Self:
        """Refuse more women than people."""
        if self.people is not None and self.women is not None and self.women > self.people:
            msg = f"{self.women} women cannot be among {self.people} people"
            raise ValueError(msg)
        return self


class Headline(Value, frozen=True, kw_only=True):
    """What was announced before any breakdown: so much money for so many projects in these sectors."""

    amount: Money
    projects: Annotated[int, Field(ge=1, le=1_000_000, strict=True)]
    sectors: Annotated[tuple[Slug, ...], Field(max_length=20), ONCE] = ()


class Origin(Value, frozen=True, kw_only=True):
    """Where a commitment was made, down to item, page and words: at a table, or in a participatory budget."""

    roundtable: RoundtableId | None = None
    session: SessionId | None = None
    minutes: MinutesId | None = None
    item: Title | None = None
    page: Page | None = None
    quote: Quote | None = None
    participatory_budget: ParticipatoryBudgetId | None = None


Objectives = Annotated[tuple[Objective, ...], Field(min_length=1, max_length=30), ONCE]
Counterparts = Annotated[tuple[Counterpart, ...], Field(max_length=30), ONCE]


class Evidence(Value, frozen=True, kw_only=True):
    """A means of verification: a document by the SHA-256 digest of its bytes."""

    document: Digest
    kind: Slug = "report"
    description: Title | None = None
    issued_on: Day | None = None


def documents_once(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Require every document to stand there once.

    :raises ValueError: one stands there twice.
    """
    each_once(tuple(item.document for item in evidence))
    return evidence


Evidences = Annotated[tuple[Evidence, ...], Field(max_length=20), AfterValidator(documents_once)]


class Extension(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One rescheduling of a deadline. `from_` is the deadline it replaced."""

    from_: date | None
    to: date
    reason: str
    act: Act
    occurred_on: date


class Amendment(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One change of an amount."""

    from_: Money | None
    to: Money
    reason: str
    occurred_on: date


class Position(Value, frozen=True, kw_only=True):
    """What civil society or another party says of a commitment."""

    organization: UUID | None
    voice: str
    text: str
    occurred_on: date


class Report(Value, frozen=True, kw_only=True):
    """Who reported something: the actor, and the institution spoken for."""

    actor: UUID
    institution: UUID | None
    occurred_on: date


class Ladder(Value, frozen=True, kw_only=True):
    """The amounts of a commitment, one currency: promised, approved, adjusted by amendment, executed so far."""

    promised: Money | None = None
    approved: Money | None = None
    adjusted: Money | None = None
    executed: Money | None = None

    @property
    def current(self) -> Money | None:
        """What the commitment amounts to now: as adjusted, else as promised."""
        return self.adjusted or self.promised


class CommitmentState(State, frozen=True, kw_only=True):
    """What a commitment is on a day."""

    status: Status
    started: bool = False
    code: str | None
    kind: str
    title: str
    statement: str
    language: str
    origin: Origin | None
    source: Source | None = None
    sector: str | None
    headline: Headline | None
    part_of: UUID | None
    projects: int
    ladder: Ladder
    currency: str | None
    responsibles: tuple[Responsible, ...]
    collaborators: tuple[UUID, ...]
    counterparts: tuple[Counterpart, ...]
    follow_up_body: UUID | None
    follow_up_waiver: str | None
    verifier: UUID | None
    original_deadline: date | None
    deadline: date | None
    deadline_waiver: str | None
    territories: tuple[Territory, ...]
    beneficiaries: Beneficiaries | None
    conditions: tuple[str, ...]
    sdg_targets: tuple[str, ...]
    extensions: tuple[Extension, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    objectives: tuple[Objective, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    percent: int | None = None
    note: str | None = None
    reported: Report | None = None
    verified: Report | None = None
    assessment: str | None = None
    block_cause: str | None = None
    unblocker: UUID | None = None
    positions: tuple[Position, ...] = ()
    successors: tuple[UUID, ...] = ()
    contact: str | None = None

    @property
    def parties(self) -> tuple[UUID, ...]:
        """Everybody who agreed: responsibles, collaborators and counterparts."""
        named = (*(r.organization for r in self.responsibles), *self.collaborators)
        return tuple(dict.fromkeys((*named, *(c.organization for c in self.counterparts))))

    def with_amount(self, **step: Money) -> "CommitmentState":
        """Return the commitment with another amount on one step of its ladder."""
        amount = next(iter(step.values()))
        return replace(self, ladder=replace(self.ladder, **step), currency=self.currency or amount.currency)


def shares_add_up(responsibles: tuple[Responsible, ...]) -> tuple[Responsible, ...]:
    """Require shares, where all are given, to sum to a hundred, and an organization to stand once.

    :raises ValueError: they do not.
    """
    named = [r.organization for r in responsibles]
    if len(set(named)) < len(named):
        msg = "an organization is named twice; give it one role and one share"
        raise ValueError(msg)
    shares = [r.share for r in responsibles if r.share is not None]
    if sum(shares) > 100 or (len(shares) == len(responsibles) and shares and sum(shares) != 100):  # noqa: PLR2004
        msg = f"shares are percentages of the whole: these sum to {sum(shares)}, not to 100"
        raise ValueError(msg)
    return responsibles


Responsibles = Annotated[tuple[Responsible, ...], Field(min_length=1, max_length=30), AfterValidator(shares_add_up)]
"""Who answers for a commitment: at least one organization."""
