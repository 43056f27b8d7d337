"""What a plan carries: its states and those of its versions, participation, decisions on priorities, validity."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from msgspec.structs import replace
from pydantic import Field

from domain.aggregate import State
from domain.objectives import Objective, VersionNumber
from domain.plan.content import Action, PlanObjective
from domain.texts import ONCE, Count, OrganizationId, PlanId, SessionId
from domain.types import Act, Source, Territory
from domain.values import Value

PlanType = Literal[
    "concerted_development_regional",
    "concerted_development_provincial",
    "concerted_development_district",
    "local_economic_development",
    "neighbourhood",
    "sector",
    "municipal",
    "inter_municipal",
    "institutional",
    "operational",
    "investment_programme",
    "thematic",
]
Disposal = Literal["adopted", "merged", "deferred", "rejected"]
Opinion = Literal["favourable", "with_observations", "unfavourable"]
Participants = Annotated[tuple[OrganizationId, ...], Field(max_length=200), ONCE]
Sessions = Annotated[tuple[SessionId, ...], Field(max_length=600), ONCE]
Territories = Annotated[tuple[Territory, ...], Field(max_length=200), ONCE]
EXPIRED = "expired"
"""The state that the calendar alone brings."""


class Status(StrEnum):
    """Where a plan stands. What the calendar alone brings (expired) is no status."""

    DRAFTING = "drafting"
    CONCERTED = "concerted"
    REVIEWED = "reviewed"
    ADOPTED = "adopted"
    IN_FORCE = "in_force"
    UPDATING = "updating"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"

    @property
    def es(self) -> str:
        """The state in Spanish."""
        return _STATUS_ES[self]


_STATUS_ES = {
    Status.DRAFTING: "en formulación",
    Status.CONCERTED: "concertado",
    Status.REVIEWED: "con informe técnico",
    Status.ADOPTED: "aprobado",
    Status.IN_FORCE: "vigente",
    Status.UPDATING: "en actualización",
    Status.SUPERSEDED: "sustituido",
    Status.REPEALED: "derogado",
}
OVER = frozenset({Status.SUPERSEDED, Status.REPEALED})
"""States in which a plan has ended."""
VALID = frozenset({Status.IN_FORCE, Status.UPDATING})
"""States in which a version is in force until its validity runs out."""
BEFORE_FORCE = frozenset({Status.DRAFTING, Status.CONCERTED, Status.REVIEWED, Status.ADOPTED})
"""States of the first version on its way; later ones pass through them while the plan is updating."""


class Stage(StrEnum):
    """Where one version stands."""

    DRAFTING = "drafting"
    CONCERTED = "concerted"
    REVIEWED = "reviewed"
    ADOPTED = "adopted"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"
    ABANDONED = "abandoned"

    @property
    def es(self) -> str:
        """The state in Spanish."""
        return "abandonada" if self is Stage.ABANDONED else _STATUS_ES[Status(self.value)]


OPEN = frozenset({Stage.DRAFTING, Stage.CONCERTED, Stage.REVIEWED, Stage.ADOPTED})
"""Stages of the version that is on its way."""


class Horizon(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """The years that a plan is made for, the last one included."""

    from_: Annotated[int, Field(ge=1900, le=2200, strict=True)]
    until: Annotated[int, Field(ge=1900, le=2200, strict=True)]

    def checked(self) -> Self:
        """Refuse a horizon that ends before it begins."""
        if self.until < self.from_:
            msg = f"a horizon ends after it begins: {self.until} is before {self.from_}"
            raise ValueError(msg)
        return self

    @property
    def ends_on(self) -> date:
        """The last day of the last year that the calendar has."""
        return date(min(max(self.until, date.min.year), date.max.year), 12, 31)


class ParentVersion(Value, frozen=True, kw_only=True):
    """A plan that another one is built into, pinned to one of its versions."""

    plan: PlanId
    version: VersionNumber


class ParticipationCounts(Value, frozen=True, kw_only=True):
    """How many took part; counts, never persons."""

    people: Count | None = None
    women: Count | None = None
    men: Count | None = None
    youth: Count | None = None
    indigenous: Count | None = None

    def checked(self) -> Self:
        """Refuse more of a kind than people."""
        kinds = {name: getattr(self, name) for name in ("women", "men", "youth", "indigenous")}
        for name, count in kinds.items():
            if self.people is not None and count is not None and count > self.people:
                msg = f"{count} {name} cannot be among {self.people} people"
                raise ValueError(msg)
        if self.people is not None and (self.women or 0) + (self.men or 0) > self.people:
            msg = f"{self.women} women and {self.men} men are more than {self.people} people"
            raise ValueError(msg)
        return self


class Participation(Value, frozen=True, kw_only=True):
    """One part of the participation process: assemblies or workshops, who took part, how many."""

    version: int
    kind: str
    occurred_on: date
    sessions: tuple[UUID, ...] = ()
    organizations: tuple[UUID, ...] = ()
    counts: ParticipationCounts | None = None


class Review(Value, frozen=True, kw_only=True):
    """A technical report on a version, and who wrote it."""

    report: Source
    opinion: str
    reviewer: UUID | None
    reviewed_on: date


class Adoption(Value, frozen=True, kw_only=True):
    """By whom, by which act and on what day a version was adopted; why without a review, where there was none."""

    institution: UUID
    act: Act
    adopted_on: date
    review_waiver: str | None = None


class Extension(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One extension of the validity by an act; retroactive where it came after the end that it moved."""

    from_: date | None
    to: date
    act: Act
    occurred_on: date
    retroactive: bool


class Version(Value, frozen=True, kw_only=True):
    """One version of a plan: what it says, how far it came, by whom it was adopted, in which days it is valid."""

    number: int
    stage: Stage
    horizon: Horizon
    opened_on: date
    parent: ParentVersion | None = None
    vision: str | None = None
    objectives: tuple[PlanObjective, ...] = ()
    actions: tuple[Action, ...] = ()
    concerted_on: date | None = None
    minutes: UUID | None = None
    review: Review | None = None
    adoption: Adoption | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    ended_on: date | None = None
    extensions: tuple[Extension, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its objectives."""
        return frozenset(objective.code for objective in self.objectives)

    def lapsed(self, day: date) -> bool:
        """Tell whether its validity ran out before a day, without its having ended."""
        return self.stage is Stage.IN_FORCE and self.valid_until is not None and self.valid_until < day

    def standing(self, day: date) -> str:
        """Return the stage as readers see it on a day: `expired` where the validity has run out."""
        return EXPIRED if self.lapsed(day) else self.stage.value


class Disposition(Value, frozen=True, kw_only=True):
    """What became of a priority of a child plan in a version of this one."""

    version: int
    priority: Objective
    disposition: str
    into: str | None
    reason: str | None
    occurred_on: date


class Handover(Value, frozen=True, kw_only=True):
    """To which administration the plan was handed over, in which version and transition."""

    administration: UUID
    version: int | None
    transition: UUID | None
    occurred_on: date


class Ratification(Value, frozen=True, kw_only=True):
    """Which administration took the plan on as its own, in which version, by which act."""

    administration: UUID
    version: int | None
    act: Act
    occurred_on: date


class Recognition(Value, frozen=True, kw_only=True):
    """By which act a version was recognised as public policy."""

    version: int | None
    act: Act
    occurred_on: date


class PlanState(State, frozen=True, kw_only=True):
    """What a plan is on a day."""

    status: Status
    code: str | None
    title: str
    type: str
    owner: UUID
    territories: tuple[Territory, ...]
    versions: tuple[Version, ...]
    participation: tuple[Participation, ...] = ()
    dispositions: tuple[Disposition, ...] = ()
    handovers: tuple[Handover, ...] = ()
    ratifications: tuple[Ratification, ...] = ()
    recognition: Recognition | None = None
    successor: UUID | None = None
    repeal: Act | None = None
    source: Source | None = None

    @property
    def draft(self) -> Version | None:
        """The version that is on its way to being in force."""
        return next((v for v in self.versions if v.stage in OPEN), None)

    @property
    def current(self) -> Version | None:
        """The version in force, also when its validity has run out."""
        return next((v for v in self.versions if v.stage is Stage.IN_FORCE), None)

    @property
    def shown(self) -> Version:
        """The version that readers see first: in force, else the last that was, else the first one on its way."""
        return self.current or self.last_in_force or self.versions[-1]

    @property
    def last_in_force(self) -> Version | None:
        """The version that was in force when the plan ended."""
        return next((v for v in reversed(self.versions) if v.valid_from is not None), None)

    @property
    def participants(self) -> tuple[UUID, ...]:
        """The organizations that took part in making it."""
        return tuple(dict.fromkeys(id for part in self.participation for id in part.organizations))

    @property
    def adopters(self) -> tuple[UUID, ...]:
        """The institutions that adopted one of its versions."""
        return tuple(dict.fromkeys(v.adoption.institution for v in self.versions if v.adoption))

    def version(self, number: int) -> Version | None:
        """Return a version by its number."""
        return next((v for v in self.versions if v.number == number), None)

    def disposition(self, version: int, priority: Objective) -> Disposition | None:
        """Return what became of a child's priority in a version."""
        return next((d for d in self.dispositions if (d.version, d.priority) == (version, priority)), None)

    def expired(self, day: date) -> bool:
        """Tell whether the validity of the version in force ran out before a day."""
        return self.status in VALID and self.current is not None and self.current.lapsed(day)

    def standing(self, day: date) -> str:
        """Return the state as readers see it on a day: the status, or `expired`."""
        return EXPIRED if self.expired(day) else self.status.value

    def with_version(self, which: Callable[[Version], bool], **changes: Any) -> "PlanState":
        """Return the plan with something changed about those versions that are meant."""
        return replace(self, versions=tuple(replace(v, **changes) if which(v) else v for v in self.versions))
