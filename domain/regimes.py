"""Regimes: the rules under which something is done, as data. A new norm is a new file, not a new release."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints

from domain.clocks import Backing, Clock, Key, Words
from domain.texts import Day, Slug, each_once
from domain.values import Value

RegimeId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
"""The name of a regime, such as `peru-2022`."""
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""A country by its ISO 3166-1 code; its holidays close offices."""
Kind = Annotated[tuple[Slug, ...], Field(max_length=20), AfterValidator(each_once)]


class Role(Value, frozen=True, kw_only=True):
    """What a regime calls a team or a person of the handover."""

    key: Slug
    name: Words
    backing: Backing


class Deliverable(Value, frozen=True, kw_only=True):
    """A document that a regime asks for, at one of its stages."""

    key: Slug
    name: Words
    stage: Slug
    backing: Backing


class Entry(Value, frozen=True, kw_only=True):
    """One line of the catalogue of what is handed over.

    `assembled_from` names the kinds of records that the system puts there by itself; without any, the outgoing side
    delivers a document.
    """

    key: Key
    name: Words
    assembled_from: Kind = ()
    backing: Backing


class Regime(Value, frozen=True, kw_only=True):
    """A set of rules: who takes part, what is delivered, what is handed over, and by when.

    `untracked` names steps that clocks know and the record does not date.
    """

    id: RegimeId
    subject: Literal["transition", "roundtable", "participation"]
    name: Words
    country: CountryCode | None = None
    applies_from: Day | None = None
    applies_until: Day | None = None
    closed: tuple[Day, ...] = ()
    untracked: Kind = ()
    backing: Backing
    roles: tuple[Role, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    catalogue: tuple[Entry, ...] = ()
    clocks: tuple[Clock, ...] = ()

    def checked(self) -> Self:
        """Require every key to stand there once.

        :raises ValueError: one stands there twice.
        """
        for group in (self.roles, self.deliverables, self.catalogue, self.clocks):
            each_once(tuple(str(one.key) for one in group))
        return self

    def clock(self, key: str) -> Clock:
        """Return a clock by its key.

        :raises KeyError: the regime has no such clock.
        """
        return {clock.key: clock for clock in self.clocks}[key]

    def role(self, key: str) -> Words | None:
        """Return what the regime calls a role."""
        return next((role.name for role in self.roles if role.key == key), None)
