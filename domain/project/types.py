"""What a project carries: place, parties, funders, milestones, modifications, snapshots of other systems."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from domain.objectives import Objective
from domain.project.budget import Budget
from domain.project.tracks import BUILT, OVER_AS_INVESTMENT, OVER_AT_TABLE, Investment, Table, Works
from domain.texts import ONCE, CommitmentId, OneOf, OrganizationId, Slug, Title
from domain.tracks import TrackedState
from domain.types import Act, Money, Source, Territory
from domain.values import Value

MOST_DECIMALS = 7
"""Decimals of a degree: about a centimetre."""
Cui = Annotated[str, StringConstraints(pattern=r"^([0-9]{6,10}|DEMO-CUI-[0-9]{1,7})$")]
"""A unified investment code (CUI, formerly SNIP): digits; `DEMO-CUI-001` where it is invented."""
Role = Annotated[
    str,
    OneOf(
        "formulating", "supervising", "operating", "counterpart", "beneficiary", "collaborator", "follow_up_body"
    ),
]  # fmt: skip
"""In which capacity an organization takes part, besides those that answer, execute or pay."""
Closing = Annotated[str, OneOf("settled", "pending_settlement", "unfinished")]
"""How an investment was closed: accounts settled, finished with accounts to settle, or not finished."""
MilestoneKey = Slug
"""The name of a milestone within its project; never given twice."""


def _degrees(raw: Any) -> Any:
    """Read degrees from a number (as GeoJSON has it) or a text (as the log keeps it)."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        msg = "write degrees as a number, such as -71.98"
        raise ValueError(msg)  # noqa: TRY004 - pydantic reports a ValueError with its field
    text = format(Decimal(str(raw)), "f") if isinstance(raw, float) else str(raw)
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,7})?", text):
        msg = f"{text[:40]!r} is no number of degrees: up to three digits, a point and at most {MOST_DECIMALS} decimals"
        raise ValueError(msg)
    return Decimal(text)


Degrees = Annotated[Decimal, BeforeValidator(_degrees), WithJsonSchema({"type": "number"})]
"""Degrees of longitude or latitude."""


class Point(Value, frozen=True, kw_only=True):
    """A place on the map as a GeoJSON point (RFC 7946): longitude first, then latitude, WGS 84."""

    type: Annotated[str, OneOf("Point")] = "Point"
    coordinates: Annotated[tuple[Degrees, ...], Field(min_length=2, max_length=2)]

    def checked(self) -> Self:
        """Refuse degrees that are not on the globe."""
        longitude, latitude = self.coordinates
        if abs(longitude) > 180 or abs(latitude) > 90:  # noqa: PLR2004 - the globe
            msg = f"longitude {longitude}, latitude {latitude} is nowhere: GeoJSON has the longitude first"
            raise ValueError(msg)
        return self


def _percent(raw: Any) -> Any:
    if isinstance(raw, bool) or not isinstance(raw, int | str | Decimal):
        msg = 'write percentages as text, such as "45.37"'
        raise ValueError(msg)  # noqa: TRY004 - pydantic reports a ValueError with its field
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", str(raw)):
        msg = f"{str(raw)[:40]!r} is no percentage: up to three digits, a point and two decimals"
        raise ValueError(msg)
    return Decimal(str(raw))


Share = Annotated[
    Decimal,
    BeforeValidator(_percent),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9]{1,2})?$", "examples": ["45.37"]}),
]
"""A percentage with up to two decimals, as text. Accounts may pass one hundred; works may not."""
Done = Annotated[Share, Field(le=100)]
"""A percentage of the works, at most one hundred."""


class Participant(Value, frozen=True, kw_only=True):
    """An organization that takes part, and in which capacity."""

    organization: OrganizationId
    role: Role


class Funder(Value, frozen=True, kw_only=True):
    """An organization that pays, how much where that is known, and by what mechanism (`works_for_taxes`, `canon`)."""

    organization: OrganizationId
    amount: Money | None = None
    mechanism: Slug | None = None


def _each_funds_once(funders: tuple[Funder, ...]) -> tuple[Funder, ...]:
    named = [funder.organization for funder in funders]
    if len(set(named)) < len(named):
        msg = "a funder is named twice; give it one amount"
        raise ValueError(msg)
    return funders


Participants = Annotated[tuple[Participant, ...], Field(max_length=50), ONCE]
Funders = Annotated[tuple[Funder, ...], Field(max_length=50), AfterValidator(_each_funds_once)]
Commitments = Annotated[tuple[CommitmentId, ...], Field(max_length=50), ONCE]
Territories = Annotated[tuple[Territory, ...], Field(max_length=200), ONCE]
Objectives = Annotated[tuple[Objective, ...], Field(min_length=1, max_length=30), ONCE]


class Milestone(Value, frozen=True, kw_only=True):
    """Something to be reached by a day; `original_due` is the first day that was said."""

    key: str
    title: str
    due: date
    original_due: date
    reached_on: date | None = None
    cancelled_on: date | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be reached."""
        return self.reached_on is None and self.cancelled_on is None


class Terms(Value, frozen=True, kw_only=True):
    """What a modification changes: one of the day of the end, the value, and the scope."""

    planned_end: date | None = None
    cost: Money | None = None
    scope: str | None = None


class Modification(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One change of duration, value or scope: what it was, what it is, why and by which act."""

    kind: str
    from_: Terms
    to: Terms
    reason: str
    act: Act
    occurred_on: date


class Figure(Value, frozen=True, kw_only=True):
    """One field of another system, with its value as that system writes it."""

    name: Slug
    value: Title


def _each_named_once(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    names = [figure.name for figure in figures]
    if len(set(names)) < len(names):
        msg = "a field is named twice"
        raise ValueError(msg)
    return figures


Figures = Annotated[tuple[Figure, ...], Field(min_length=1, max_length=100), AfterValidator(_each_named_once)]


class Snapshot(Value, frozen=True, kw_only=True):
    """What another system said of a project up to its cut-off day."""

    system: str
    cut_off: date
    figures: tuple[Figure, ...]
    source: Source | None
    occurred_on: date


class Progress(Value, frozen=True, kw_only=True):
    """How far works and money are, in percent, and since when that is known."""

    physical: Decimal | None = None
    physical_on: date | None = None
    financial: Decimal | None = None
    financial_on: date | None = None


class ProjectState(TrackedState, frozen=True, kw_only=True):
    """What a project is on a day."""

    code: str | None
    cui: str | None
    title: str
    language: str
    scope: str | None
    sector: str | None
    source: Source | None
    table: Table
    investment: Investment
    works: Works
    table_cause: str | None = None
    investment_cause: str | None = None
    halt_cause: str | None = None
    before_deactivation: Investment | None = None
    deactivated_for_good: bool = False
    closing: str | None = None
    responsible: UUID
    executing: UUID | None
    participants: tuple[Participant, ...]
    funders: tuple[Funder, ...]
    roundtable: UUID | None
    commitments: tuple[UUID, ...]
    objectives: tuple[Objective, ...] = ()
    territories: tuple[Territory, ...]
    location: Point | None
    cost: Money | None
    planned_end: date | None
    currency: str | None
    budgets: tuple[Budget, ...] = ()
    progress: Progress = Progress()
    milestones: tuple[Milestone, ...] = ()
    modifications: tuple[Modification, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()

    @property
    def due(self) -> date | None:
        """The planned end while the project is still to be built."""
        over = self.table in OVER_AT_TABLE or self.investment in OVER_AS_INVESTMENT or self.works in BUILT
        return None if over else self.planned_end

    @property
    def next_milestone(self) -> date | None:
        """The day of the first milestone that is still to be reached."""
        return min((m.due for m in self.milestones if m.open), default=None)

    def milestone(self, key: str) -> Milestone | None:
        """Return the milestone of a name."""
        return next((m for m in self.milestones if m.key == key), None)

    def organizations(self) -> Iterator[tuple[str, UUID]]:
        """Yield everybody who takes part, with the capacity; an organization may have several."""
        yield "responsible", self.responsible
        if self.executing:
            yield "executing", self.executing
        yield from (("funder", funder.organization) for funder in self.funders)
        yield from ((participant.role, participant.organization) for participant in self.participants)
