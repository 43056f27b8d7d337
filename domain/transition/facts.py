"""What a transition must know of others: two administrations, its regime, and what the log says was inherited."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from domain.facts import Facts
from domain.regimes import Regime
from domain.transition import errors
from domain.transition.types import CapacityCount, ItemRef, entry_of


class Government(msgspec.Struct, frozen=True, kw_only=True):
    """An administration as a transition finds it."""

    id: UUID
    institution: UUID
    from_day: date
    until: date
    re_elected: bool = False
    proclaimed_on: date | None = None


class Handover(Facts, frozen=True, kw_only=True):
    """The administrations named by the command or by the transition; those not recorded are missing."""

    outgoing: Government | None = None
    incoming: Government | None = None

    def expected(self, incoming: UUID | None) -> UUID | None:
        """Return the incoming administration: the one stated, else the one that the transition has by now."""
        return incoming or (self.incoming.id if self.incoming else None)

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


NOBODY = Handover()
"""Where nothing is known of any administration."""


class Rulebook(Facts, frozen=True, kw_only=True):
    """The regimes of the installation by id, the days on which offices are closed under each, and what day it is.

    The regime of a transition is the one it was planned under, whatever its file says by now. One that nobody has any
    longer binds nobody: what was recorded under it stands. `texts` are regimes as the log keeps them.
    """

    today: date | None = None
    texts: Mapping[str, dict[str, Any] | None] = {}
    regimes: Mapping[str, Regime] = {}
    closed: Mapping[str, Container[date]] = {}

    def must_apply(self, regime: str, outgoing: Government) -> None:
        """Require a known regime in force when a term ends.

        :raises UnknownRegime: the installation has no such regime for transitions.
        :raises RegimeDoesNotApply: the term ends before it was in force, or after.
        """
        rules = self.regimes.get(regime)
        if rules is None or rules.subject != "transition":
            known = (one.id for one in self.regimes.values() if one.subject == "transition")
            raise errors.UnknownRegime(field="regime", regime=regime, known=_either(known))
        from_day, until = rules.applies_from or date.min, rules.applies_until or date.max
        if not from_day <= outgoing.until < until:
            raise errors.RegimeDoesNotApply(regime=regime, from_day=from_day, until=until, ends=outgoing.until)

    def must_ask_for(self, deliverable: str, regime: str) -> None:
        """Require a deliverable of the regime.

        :raises UnknownDeliverable: it is none.
        """
        rules = self.regimes.get(regime)
        known = [one.key for one in rules.deliverables] if rules else [deliverable]
        if deliverable not in known:
            raise errors.UnknownDeliverable(
                field="deliverable", deliverable=deliverable, regime=regime, known=_either(known)
            )

    def must_list(self, item: ItemRef, regime: str) -> None:
        """Require an entry of the regime's catalogue.

        :raises NotInCatalogue: it is none.
        """
        rules = self.regimes.get(regime)
        if rules is not None and item not in {entry_of(one.key) for one in rules.catalogue}:
            raise errors.NotInCatalogue(item=item, regime=regime)

    def closed_under(self, regime: str) -> tuple[date, ...] | None:
        """Return the days that decrees close under a regime, holidays apart."""
        rules = self.regimes.get(regime)
        return rules.closed if rules else None

    def must_have_waited(self, regime: str, proclaimed_on: date | None, day: date) -> None:
        """Require that the time in which the outgoing side installs the commission is over.

        :raises TooEarlyToInstallAlone: it is not.
        """
        rules = self.regimes.get(regime)
        clock = next((one for one in rules.clocks if one.met_by == "commission_installed"), None) if rules else None
        if clock is None or proclaimed_on is None:
            return
        due = clock.due(proclaimed_on, self.closed.get(regime, ()))
        if day <= due:
            raise errors.TooEarlyToInstallAlone(proclaimed_on=proclaimed_on, due=due, occurred_on=day)


NO_RULES = Rulebook()
"""Where nothing is known of any regime."""


def _either(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "-"


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
