"""The life of an organization: registered, renamed, merged, dissolved."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Self, assert_never
from uuid import UUID

from msgspec.structs import replace

from domain.aggregate import Aggregate, command
from domain.events import Context, Event
from domain.facts import Codes, Dependents, Organizations
from domain.organization.errors import IdentifierKnown, MergesIntoItself, NameUnchanged, OrganizationNotStanding
from domain.organization.events import (
    OrganizationContactNamed,
    OrganizationDissolved,
    OrganizationEvent,
    OrganizationIdentified,
    OrganizationMerged,
    OrganizationRegistered,
    OrganizationRenamed,
)
from domain.organization.types import (
    Identifiers,
    NameInForce,
    OrganizationKind,
    OrganizationState,
    OrganizationStatus,
    Territories,
)
from domain.texts import Code, OrganizationId, Personal, Slug, Title
from domain.types import Identifier


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
        territories: Territories = (),
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
        _must_be_new(self.known, identifier)
        _must_be_new(self.latest, identifier)
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
    def merge(
        self, *, into: OrganizationId, context: Context, organizations: Organizations, dependents: Dependents
    ) -> None:
        """Record that the organization merged into another, which continues.

        :raises OrganizationNotStanding: it had merged or was dissolved.
        :raises MergesIntoItself: both are the same, or the other one merged into this one, directly or over others.
        :raises UnknownOrganization: the other one is not recorded.
        :raises OrganizationEnded: the other one had ended, or ended that very day.
        """
        self._must_stand()
        if into == self.id:
            raise MergesIntoItself(field="into", id=into)
        _must_not_come_back(into, dependents)
        organizations.must_stand(context.occurred_on + timedelta(days=1))
        self.record(OrganizationMerged, context, into=into)

    @command(OrganizationDissolved, needs=("reason",))
    def dissolve(self, *, context: Context) -> None:
        """Record that the organization ceased to exist.

        :raises OrganizationNotStanding: it had merged or was dissolved.
        """
        self._must_stand()
        self.record(OrganizationDissolved, context)

    def _must_stand(self) -> None:
        _must_stand(self.known)

    @classmethod
    def must_follow(cls, state: OrganizationState, event: Event) -> None:
        """Refuse a fact of an organization that no longer stands, or an identifier that it already has."""
        _must_stand(state)
        if isinstance(event, OrganizationIdentified):
            _must_be_new(state, event.identifier)

    @classmethod
    def must_carry(cls, state: OrganizationState, dependents: Dependents) -> None:
        """Refuse a merger into an organization that merged into this one."""
        _must_not_come_back(state.merged_into, dependents)

    @classmethod
    def claims(cls, state: OrganizationState) -> Iterable[str | None]:
        """Yield the code and the identifiers: no other organization may have them."""
        return state.code, *map(str, state.identifiers)

    @staticmethod
    def evolve(state: OrganizationState, event: OrganizationEvent) -> OrganizationState:
        """Return the organization after one more fact."""
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


def _must_stand(state: OrganizationState) -> None:
    if state.status is not OrganizationStatus.REGISTERED:
        raise OrganizationNotStanding(name=state.name, status=state.status, moved_on=state.moved_on)


def _must_not_come_back(into: UUID | None, dependents: Dependents) -> None:
    if into in dependents.descendants:
        raise MergesIntoItself(field="into", id=into)


def _must_be_new(state: OrganizationState, identifier: Identifier) -> None:
    if identifier in state.identifiers:
        raise IdentifierKnown(field="identifier", identifier=identifier)


def _renamed(names: Iterable[NameInForce], name: str, day: date) -> Iterable[NameInForce]:
    *before, last = names
    yield from before
    yield replace(last, valid_until=day)
    yield NameInForce(name=name, valid_from=day)
