"""References to objectives of plans, pinned to the version that stated them, and what must hold of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from domain.errors import Conflict, Invalid
from domain.facts import Facts
from domain.texts import PlanId, Title
from domain.values import Value

VersionNumber = Annotated[int, Field(ge=1, le=10_000, strict=True)]
"""A version of a plan, counted from one."""


class Objective(Value, frozen=True, kw_only=True):
    """An objective of a plan, pinned to the version that stated it."""

    plan: PlanId
    version: VersionNumber
    code: Title


class UnknownPlan(Invalid):
    """A command names a plan that is not recorded or had not begun."""

    en = "{field} names {id}, which was no recorded plan on {occurred_on}. Draft it first, or check the id."
    es = "{field} indica {id}, que no era un plan registrado el {occurred_on}. Regístrelo primero o revise el id."


class UnknownPlanVersion(Invalid):
    """A command names a version that a plan does not have, or did not have on the day."""

    en = "{field}: on {occurred_on} plan {plan} had no version {version}. It had {versions}."
    es = "{field}: al {occurred_on} el plan {plan} no tenía la versión {version}. Tenía {versions}."


class UnknownObjective(Invalid):
    """A command names an objective that a version of a plan does not have, or did not have on the day."""

    en = "{field}: on {occurred_on} version {version} of plan {plan} had no objective {code}. It had {objectives}."
    es = "{field}: al {occurred_on} la versión {version} de {plan} no tenía el objetivo {code}. Tenía {objectives}."


class PlanNotInForce(Conflict):
    """The version of a plan that a command names was not in force on the day."""

    en = "{field}: version {version} of plan {plan} was not in force on {occurred_on}; it was {state}."
    es = "{field}: la versión {version} del plan {plan} no estaba vigente el {occurred_on}; estaba {state}."


class KnownVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a plan as a command finds it: its objectives, its state on the day, the parent version it names."""

    objectives: frozenset[str] = frozenset()
    in_force: bool = False
    state: str = ""
    parent: tuple[UUID, int] | None = None


class KnownPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as a command finds it, with those of its versions that there were on the day and still are."""

    name: str
    versions: Mapping[int, KnownVersion] = {}


class PlanObjectives(Facts, frozen=True, kw_only=True):
    """The plans whose objectives a command names, as of its day; those not recorded by then are not there."""

    plans: Mapping[UUID, KnownPlan] = {}

    def version(self, named: Objective, day: date, field: str) -> KnownVersion:
        """Return the version that a reference pins.

        :raises UnknownPlan: the plan is not recorded, or had not begun.
        :raises UnknownPlanVersion: it has no such version, or had not by then.
        """
        plan = self.plans.get(named.plan)
        if plan is None:
            raise UnknownPlan(field=f"{field}.plan", id=named.plan, occurred_on=day)
        found = plan.versions.get(named.version)
        if found is None:
            there = ", ".join(map(str, sorted(plan.versions))) or "-"
            raise UnknownPlanVersion(
                field=f"{field}.version", plan=plan.name, version=named.version, versions=there, occurred_on=day
            )
        return found

    def must_exist(self, named: Objective, day: date, field: str) -> KnownVersion:
        """Require plan, version and objective of a reference to be recorded by a day; return the version.

        :raises UnknownPlan: the plan is not recorded, or had not begun.
        :raises UnknownPlanVersion: it has no such version, or had not by then.
        :raises UnknownObjective: the version has no such objective, or had not by then.
        """
        found = self.version(named, day, field)
        if named.code not in found.objectives:
            raise UnknownObjective(
                field=f"{field}.code",
                plan=self.plans[named.plan].name,
                version=named.version,
                code=named.code,
                objectives=", ".join(sorted(found.objectives)[:20]) or "-",
                occurred_on=day,
            )
        return found

    def must_be_in_force(self, named: Objective, day: date, field: str) -> KnownVersion:
        """Require an objective to exist, and the version that it is pinned to to be in force on a day.

        :raises UnknownPlan: the plan is not recorded, or had not begun.
        :raises UnknownPlanVersion: it has no such version, or had not by then.
        :raises UnknownObjective: the version has no such objective, or had not by then.
        :raises PlanNotInForce: the version was not in force on the day.
        """
        found = self.must_exist(named, day, field)
        if not found.in_force:
            raise PlanNotInForce(
                field=field,
                plan=self.plans[named.plan].name,
                version=named.version,
                state=found.state,
                occurred_on=day,
            )
        return found

    def must_all_exist(self, named: Iterable[Objective], day: date, field: str = "objectives") -> None:
        """Require plan, version and objective of every reference in a list to be recorded by a day.

        :raises UnknownPlan: a plan is not recorded, or had not begun.
        :raises UnknownPlanVersion: it has no such version, or had not by then.
        :raises UnknownObjective: the version has no such objective, or had not by then.
        """
        for place, one in enumerate(named):
            self.must_exist(one, day, f"{field}.{place}")
