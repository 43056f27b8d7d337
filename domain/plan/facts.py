"""What a plan must know of others: the plans above it, its successor, administrations, and what it names.

References to objectives, which commitments and budgets also have, are in `domain.objectives`.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from domain.errors import Words
from domain.facts import Facts, UnknownAdministration, UnknownMinutes, UnknownSession
from domain.objectives import UnknownPlan, UnknownPlanVersion
from domain.plan import errors
from domain.plan.types import ParentVersion


class Parentage(Facts, frozen=True, kw_only=True):
    """The plan that a command names as parent, as of its day, with all plans above it as known now.

    `versions` are those it had on the day and still has; `above` holds the plan itself too. `id` is the plan that the
    command is about, where it exists already.
    """

    id: UUID | None = None
    name: str = ""
    exists: bool = False
    versions: tuple[int, ...] = ()
    above: frozenset[UUID] = frozenset()

    def must_fit(self, parent: ParentVersion | None, day: date) -> None:
        """Require the parent's version to be recorded by a day, and the parent not to descend from this plan.

        :raises UnknownPlan: the parent is not recorded, or had not begun.
        :raises UnknownPlanVersion: it has no such version, or had not by then.
        :raises PlanDescendsFromItself: it is this plan, or built into it.
        """
        if parent is None:
            return
        if self.id is not None and self.id in {parent.plan, *self.above}:
            raise errors.PlanDescendsFromItself(field="parent", plan=parent.plan)
        if not self.exists:
            raise UnknownPlan(field="parent.plan", id=parent.plan, occurred_on=day)
        if parent.version not in self.versions:
            there = ", ".join(map(str, self.versions)) or "-"
            raise UnknownPlanVersion(
                field="parent.version", plan=self.name, version=parent.version, versions=there, occurred_on=day
            )


class Successor(Facts, frozen=True, kw_only=True):
    """The plan that is to take another's place, as of the day, with those that took its own place as known now."""

    id: UUID | None = None
    exists: bool = False
    name: str = ""
    adopted: bool = False
    state: Words = Words("", "")
    line: frozenset[UUID] = frozenset()

    def must_succeed(self, successor: UUID, day: date) -> None:
        """Require an adopted plan that is not the one that gives way, and did not give way to it.

        :raises PlanSucceedsItself: it is, or did.
        :raises UnknownPlan: it is not recorded, or had not begun.
        :raises SuccessorNotInForce: it was not adopted by then, or had ended.
        """
        if self.id is not None and self.id in {successor, *self.line}:
            raise errors.PlanSucceedsItself(field="successor", successor=successor)
        if not self.exists:
            raise UnknownPlan(field="successor", id=successor, occurred_on=day)
        if not self.adopted:
            raise errors.SuccessorNotInForce(field="successor", successor=self.name, state=self.state, occurred_on=day)


class Government(msgspec.Struct, frozen=True, kw_only=True):
    """An administration as a command finds it: of which institution, from which day up to and without which."""

    institution: UUID
    from_: date
    until: date

    def governs(self, day: date) -> bool:
        """Tell whether it is in office on a day."""
        return self.from_ <= day < self.until


class Governments(Facts, frozen=True, kw_only=True):
    """The administrations that a command names, as known now."""

    known: Mapping[UUID, Government] = {}

    def must_be_there(self, id: UUID) -> Government:
        """Return an administration.

        :raises UnknownAdministration: it is not recorded.
        """
        found = self.known.get(id)
        if found is None:
            raise UnknownAdministration(field="administration", id=id)
        return found


class Named(Facts, frozen=True, kw_only=True):
    """The sessions, minutes and transitions that a command names and that are not recorded, each with its field."""

    sessions: Mapping[UUID, str] = {}
    minutes: Mapping[UUID, str] = {}
    transitions: Mapping[UUID, str] = {}

    def must_be_recorded(self, day: date) -> None:
        """Require all of them to be recorded.

        :raises UnknownSession: a session is not.
        :raises UnknownMinutes: the minutes are not.
        :raises UnknownTransition: the transition is not.
        """
        for id, field in self.sessions.items():
            raise UnknownSession(field=field, id=id, occurred_on=day)
        for id, field in self.minutes.items():
            raise UnknownMinutes(field=field, id=id)
        for id, field in self.transitions.items():
            raise errors.UnknownTransition(field=field, id=id)
