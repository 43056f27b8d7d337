"""What a version of a plan says: objectives with their indicators and yearly targets, and actions."""

import re
from decimal import Decimal
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from domain.texts import OrganizationId, Text, Title
from domain.values import Value

T = TypeVar("T", bound="PlanObjective | Action")


def _written_out(raw: Any) -> Any:
    if isinstance(raw, Decimal):
        return raw
    if not isinstance(raw, str) or not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", raw):
        msg = f'write quantities as text, such as "12.5", not as {str(raw)[:40]!r}'
        raise ValueError(msg)
    return raw


Quantity = Annotated[
    Decimal,
    BeforeValidator(_written_out),
    WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$", "examples": ["62.5"]}),
]
"""A number as text, never a float; it may lie below nought."""
Year = Annotated[int, Field(ge=1900, le=2200, strict=True)]


class Measure(Value, frozen=True, kw_only=True):
    """A value of an indicator in a year: measured for a baseline, aimed at for a target."""

    year: Year
    value: Quantity


def _years_once(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    years = [measure.year for measure in measures]
    if len(set(years)) < len(years):
        msg = "two targets are for the same year; give one for each"
        raise ValueError(msg)
    return measures


Targets = Annotated[tuple[Measure, ...], Field(max_length=60), AfterValidator(_years_once)]


class Indicator(Value, frozen=True, kw_only=True):
    """By what an objective is measured: unit, where it started, and what is aimed at year by year."""

    name: Title
    unit: Title
    formula: Text | None = None
    source: Title | None = None
    baseline: Measure | None = None
    targets: Targets = ()

    def checked(self) -> Self:
        """Refuse targets that lie before the baseline."""
        if self.baseline is not None and any(target.year < self.baseline.year for target in self.targets):
            msg = f"a target lies before the baseline of {self.baseline.year}"
            raise ValueError(msg)
        return self


class PlanObjective(Value, frozen=True, kw_only=True):
    """What a version of a plan wants to reach, by a code that stays with it within the version."""

    code: Title
    statement: Text
    indicators: Annotated[tuple[Indicator, ...], Field(max_length=10)] = ()


class Action(Value, frozen=True, kw_only=True):
    """What is to be done for an objective of the same version, and by whom where that is known."""

    code: Title
    objective: Title
    statement: Text
    responsible: OrganizationId | None = None


def codes_once(items: tuple[T, ...]) -> tuple[T, ...]:
    """Require every code of a list to stand there once.

    :raises ValueError: one stands there twice.
    """
    codes = [item.code for item in items]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            msg = f"{code} is listed twice"
            raise ValueError(msg)
    return items


Objectives = Annotated[tuple[PlanObjective, ...], Field(min_length=1, max_length=40), AfterValidator(codes_once)]
Actions = Annotated[tuple[Action, ...], Field(min_length=1, max_length=60), AfterValidator(codes_once)]


def merged(before: tuple[T, ...], said: tuple[T, ...]) -> tuple[T, ...]:
    """Return a list in which items of the same code are replaced in their place and new ones come last."""
    new = {item.code: item for item in said}
    kept = tuple(new.pop(item.code, item) for item in before)
    return (*kept, *new.values())
