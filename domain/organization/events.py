"""The facts of an organization."""

from uuid import UUID

from domain.events import Created, Event, fact
from domain.types import Identifier, Territory


@fact("organization.registered", moves=True)
class OrganizationRegistered(Created, frozen=True, kw_only=True):
    """An organization entered the record."""

    name: str
    kind: str
    code: str | None = None
    sector: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    territories: tuple[Territory, ...] = ()
    contact: str | None = None


@fact("organization.renamed")
class OrganizationRenamed(Event, frozen=True, kw_only=True):
    """An organization took another name."""

    name: str


@fact("organization.identified")
class OrganizationIdentified(Event, frozen=True, kw_only=True):
    """An outside register gave an organization an identifier."""

    identifier: Identifier


@fact("organization.contact-named")
class OrganizationContactNamed(Event, frozen=True, kw_only=True):
    """An organization named whom to reach; the event holds a salted digest."""

    contact: str


@fact("organization.merged", moves=True)
class OrganizationMerged(Event, frozen=True, kw_only=True):
    """An organization merged into another, which continues."""

    into: UUID


@fact("organization.dissolved", moves=True)
class OrganizationDissolved(Event, frozen=True, kw_only=True):
    """An organization ceased to exist."""


OrganizationEvent = (
    OrganizationRegistered
    | OrganizationRenamed
    | OrganizationIdentified
    | OrganizationContactNamed
    | OrganizationMerged
    | OrganizationDissolved
)
