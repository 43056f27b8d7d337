"""What an organization carries: kind, names, identifiers, territories."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from domain.aggregate import State
from domain.texts import ONCE
from domain.types import Identifier, Territory
from domain.values import Value

OrganizationKind = Literal[
    "national_government",
    "regional_government",
    "local_government",
    "company",
    "community",
    "association",
    "ngo",
    "university",
    "cooperation_agency",
]
Identifiers = Annotated[tuple[Identifier, ...], Field(max_length=10), ONCE]
Territories = Annotated[tuple[Territory, ...], Field(max_length=50), ONCE]


class OrganizationStatus(StrEnum):
    """Where an organization stands."""

    REGISTERED = "registered"
    MERGED = "merged"
    DISSOLVED = "dissolved"

    @property
    def es(self) -> str:
        """The state in Spanish."""
        return {"registered": "registrada", "merged": "fusionada", "dissolved": "disuelta"}[self]


class NameInForce(Value, frozen=True, kw_only=True):
    """A name and since when it was in force, until the day that the next one began; an old acta keeps the old name."""

    name: str
    valid_from: date
    valid_until: date | None = None


class OrganizationState(State, frozen=True, kw_only=True):
    """What an organization is on a day."""

    status: OrganizationStatus
    kind: str
    code: str | None
    sector: str | None
    names: tuple[NameInForce, ...]
    identifiers: tuple[Identifier, ...]
    territories: tuple[Territory, ...]
    contact: str | None = None
    merged_into: UUID | None = None

    @property
    def name(self) -> str:
        """The name in force."""
        return self.names[-1].name

    @property
    def ended_on(self) -> date | None:
        """The day it merged or was dissolved."""
        return None if self.status is OrganizationStatus.REGISTERED else self.moved_on
