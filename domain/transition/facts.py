"""What a transition must know of others: two administrations, and what the log says was inherited."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from domain.facts import Facts
from domain.transition import errors
from domain.transition.types import CapacityCount, ItemRef


class Government(msgspec.Struct, frozen=True, kw_only=True):
    """An administration as a transition finds it."""

    id: UUID
    institution: UUID
    from_day: date
    until: date
    re_elected: bool = False


class Handover(Facts, frozen=True, kw_only=True):
    """The administrations named by the command or by the transition; those not recorded are missing."""

    outgoing: Government | None = None
    incoming: Government | None = None

    def must_fit(self, outgoing: UUID, incoming: UUID | None) -> Government:
        """Require both to be recorded, of one institution, and the terms to meet; return the outgoing one.

        :raises NoSuchAdministration: one is not recorded.
        :raises OtherInstitution: they are of two institutions.
        :raises TermsNotAdjacent: one does not end when the other begins.
        """
        if self.outgoing is None:
            raise errors.NoSuchAdministration(field="outgoing", id=outgoing)
        if incoming is None:
            return self.outgoing
        before, after = self.outgoing, self.incoming
        if after is None:
            raise errors.NoSuchAdministration(field="incoming", id=incoming)
        if before.institution != after.institution:
            raise errors.OtherInstitution(field="incoming", outgoing=before.institution, incoming=after.institution)
        if before.until != after.from_day:
            raise errors.TermsNotAdjacent(field="incoming", until=before.until, from_day=after.from_day)
        return before


class Siblings(Facts, frozen=True, kw_only=True):
    """The other transitions that stand, each by code or id, by the outgoing administrations that matter here."""

    of: Mapping[UUID, str] = {}

    def must_be_none(self, outgoing: UUID) -> None:
        """Require that no other transition is of an outgoing administration.

        :raises TransitionExists: one is.
        """
        if (other := self.of.get(outgoing)) is not None:
            raise errors.TransitionExists(field="outgoing", outgoing=outgoing, transition=other)


NO_SIBLINGS = Siblings()
"""Where nothing else is known of."""


class Assembled(Facts, frozen=True, kw_only=True):
    """The inventory as the log gives it at a position, for the cut-off date of the command."""

    institution: UUID = UUID(int=0)
    position: int = 0
    digest: str = ""
    counts: tuple[CapacityCount, ...] = ()


class Inventoried(Facts, frozen=True, kw_only=True):
    """Which of the objects that a command names are in the frozen inventory."""

    items: tuple[ItemRef, ...] = ()


class Inherited(Facts, frozen=True, kw_only=True):
    """Which of the objects that a command names the incoming administration inherited."""

    items: tuple[ItemRef, ...] = ()
