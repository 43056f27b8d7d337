"""Organization: an institution that can promise, answer for, follow or verify something."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self, assert_never
from uuid import UUID

import msgspec
from pydantic import Field

from domain.aggregate import Aggregate, State, command
from domain.errors import Conflict, Invalid
from domain.events import Context, Created, Event, fact
from domain.facts import Codes, Organizations
from domain.texts import Code, OrganizationId, Personal, Slug, Title
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
Identifiers = Annotated[tuple[Identifier, ...], Field(max_length=10)]


class OrganizationStatus(StrEnum):
    """Where an organization stands."""

    REGISTERED = "registered"
    MERGED = "merged"
    DISSOLVED = "dissolved"


class NameInForce(Value, frozen=True, kw_only=True):
    """A name with the days on which it was in force; an old acta keeps the old name."""

    name: str
    valid_from: date
    valid_until: date | None = None


class OrganizationNotStanding(Conflict):
    """The organization has merged or was dissolved."""

    en = "{name} is {status} since {moved_on}; only a registered organization can change."
    es = "{name} está {status} desde el {moved_on}; solo cambia una organización registrada."


class MergesIntoItself(Invalid):
    """An organization cannot merge into itself."""

    en = "Organization {id} cannot merge into itself. Name the institution that continues in {field}."
    es = "La organización {id} no puede fusionarse consigo misma. Indique en {field} la institución que continúa."


class NameUnchanged(Conflict):
    """The organization already has the name."""

    en = "The organization already bears the name {name} on {occurred_on}."
    es = "La organización ya lleva el nombre {name} el {occurred_on}."


class IdentifierKnown(Conflict):
    """The organization already has the identifier."""

    en = "The organization already has {identifier}."
    es = "La organización ya tiene {identifier}."


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


OrganizationEvent = (
    OrganizationRegistered
    | OrganizationRenamed
    | OrganizationIdentified
    | OrganizationContactNamed
    | OrganizationMerged
    | OrganizationDissolved
)


class Organization(Aggregate[OrganizationState]):
    """An institution, with names that change over time."""

    TOPIC = "organization"
    STATE = OrganizationState

    @command(OrganizationRegistered)
    @classmethod
    def register(
        cls,
        *,
        name: Title,
        kind: OrganizationKind,
        code: Code | None = None,
        sector: Slug | None = None,
        identifiers: Identifiers = (),
        territories: Annotated[tuple[Territory, ...], Field(max_length=50)] = (),
        contact: Personal | None = None,
        context: Context,
        codes: Codes,
    ) -> Self:
        """Enter an organization into the record.

        `occurred_on` is the day since which it exists, or since which it concerns the record.

        :raises CodeTaken: another organization has the code or one of the identifiers.
        """
        codes.must_be_free([code, *map(str, identifiers)])
        return cls.begin(
            OrganizationRegistered,
            context,
            name=name,
            kind=kind,
            code=code,
            sector=sector,
            identifiers=identifiers,
            territories=territories,
            contact=contact,
        )

    @command(OrganizationRenamed)
    def rename(self, *, name: Title, context: Context) -> None:
        """Record that the organization bears another name from a day on; older facts keep the older name.

        :raises OrganizationNotStanding: it had merged or was dissolved.
        :raises NameUnchanged: it bears that name already.
        """
        self._must_stand()
        if name == self.known.name:
            raise NameUnchanged(field="name", name=name, occurred_on=context.occurred_on)
        self.record(OrganizationRenamed, context, name=name)

    @command(OrganizationIdentified)
    def identify(self, *, identifier: Identifier, context: Context, codes: Codes) -> None:
        """Add an identifier that an outside register gave.

        :raises OrganizationNotStanding: it had merged or was dissolved.
        :raises IdentifierKnown: it has that identifier already.
        :raises CodeTaken: another organization has it.
        """
        self._must_stand()
        if identifier in self.known.identifiers:
            raise IdentifierKnown(field="identifier", identifier=identifier)
        codes.must_be_free([str(identifier)])
        self.record(OrganizationIdentified, context, identifier=identifier)

    @command(OrganizationContactNamed)
    def name_contact(self, *, contact: Personal, context: Context) -> None:
        """Name whom to reach. The log keeps a salted digest; the name itself can be erased.

        :raises OrganizationNotStanding: it had merged or was dissolved.
        """
        self._must_stand()
        self.record(OrganizationContactNamed, context, contact=contact)

    @command(OrganizationMerged)
    def merge(self, *, into: OrganizationId, context: Context, organizations: Organizations) -> None:
        """Record that the organization merged into another, which continues.

        :raises OrganizationNotStanding: it had merged or was dissolved.
        :raises MergesIntoItself: both are the same.
        :raises UnknownOrganization: the other one is not recorded.
        :raises OrganizationEnded: the other one had ended.
        """
        self._must_stand()
        if into == self.id:
            raise MergesIntoItself(field="into", id=into)
        organizations.must_stand(context.occurred_on)
        self.record(OrganizationMerged, context, into=into)

    @command(OrganizationDissolved, needs=("reason",))
    def dissolve(self, *, context: Context) -> None:
        """Record that the organization ceased to exist.

        :raises OrganizationNotStanding: it had merged or was dissolved.
        """
        self._must_stand()
        self.record(OrganizationDissolved, context)

    def _must_stand(self) -> None:
        state = self.known
        if state.status is not OrganizationStatus.REGISTERED:
            raise OrganizationNotStanding(name=state.name, status=state.status, moved_on=state.moved_on)

    @classmethod
    def claims(cls, state: OrganizationState) -> Iterable[str | None]:
        """Yield the code and the identifiers: no other organization may have them."""
        return state.code, *map(str, state.identifiers)

    @staticmethod
    def evolve(state: OrganizationState, event: OrganizationEvent) -> OrganizationState:
        """Return the organization after one more fact."""
        replace = msgspec.structs.replace
        match event:
            case OrganizationRegistered():
                return OrganizationState(
                    began_on=event.occurred_on,
                    moved_on=event.occurred_on,
                    moved_by=event.TOPIC,
                    status=OrganizationStatus.REGISTERED,
                    kind=event.kind,
                    code=event.code,
                    sector=event.sector,
                    names=(NameInForce(name=event.name, valid_from=event.occurred_on),),
                    identifiers=event.identifiers,
                    territories=event.territories,
                    contact=event.contact,
                )
            case OrganizationRenamed():
                return replace(state, names=tuple(_renamed(state.names, event.name, event.occurred_on)))
            case OrganizationIdentified():
                return replace(state, identifiers=(*state.identifiers, event.identifier))
            case OrganizationContactNamed():
                return replace(state, contact=event.contact)
            case OrganizationMerged():
                return replace(state, status=OrganizationStatus.MERGED, merged_into=event.into)
            case OrganizationDissolved():
                return replace(state, status=OrganizationStatus.DISSOLVED)
            case _:
                assert_never(event)


def _renamed(names: Iterable[NameInForce], name: str, day: date) -> Iterable[NameInForce]:
    *before, last = names
    yield from before
    yield msgspec.structs.replace(last, valid_until=day)
    yield NameInForce(name=name, valid_from=day)
