"""Clocks: by when something is due, counted from an event in business or calendar days."""

import calendar
from collections.abc import Container
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints

from domain.texts import Count, Slug, Text
from domain.values import Value

SATURDAY = 5
Unit = Literal["business_days", "calendar_days", "months", "years", "day_of_year"]
Certainty = Literal["confirmed", "partly_confirmed", "inferred", "from_memory", "by_design"]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=80)]
"""The name of a clock, such as `handover.commission`."""
MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
"""A day of any year, written `12-31`."""


class Words(Value, frozen=True, kw_only=True):
    """A text in Spanish and in English."""

    es: Text
    en: Text


class Backing(Value, frozen=True, kw_only=True):
    """What a rule rests on: the norm or page that says it, and how sure that is.

    `from_memory` means that nobody has seen the text of the norm: readers are told that it is unconfirmed.
    """

    source: Text
    certainty: Certainty

    @property
    def unconfirmed(self) -> bool:
        """Tell whether readers must be warned."""
        return self.certainty not in {"confirmed", "by_design"}


class Clock(Value, frozen=True, kw_only=True):
    """A deadline as a rule: so many days after an event, or a fixed day of the event's year.

    Days are counted from the day after the event, so that one business day after a Friday is a Monday. Where practice
    gives a range, `at_least` is its lower end and `quantity` the upper one. `rolls` says that a last day on which
    offices are closed moves to the next business day.
    """

    key: Key
    after: Slug
    unit: Unit
    quantity: Count = 0
    at_least: Count | None = None
    day: MonthDay | None = None
    years_on: Annotated[int, Field(ge=-5, le=5)] = 0
    rolls: bool = False
    duty: Words
    if_missed: Words
    met_by: Slug | None = None
    backing: Backing

    def checked(self) -> Self:
        """Require what the unit needs.

        :raises ValueError: a fixed day without its day, or a count without a quantity.
        """
        if (self.unit == "day_of_year") != (self.day is not None):
            msg = f"{self.key}: `day` belongs to the unit day_of_year, and to no other"
            raise ValueError(msg)
        if self.unit != "day_of_year" and self.quantity == 0:
            msg = f"{self.key}: how many {self.unit}?"
            raise ValueError(msg)
        return self

    def due(self, base: date, closed: Container[date]) -> date:
        """Return the last day on which the duty is met in time; `closed` holds the holidays."""
        return self._counted(base, self.quantity, closed)

    def earliest(self, base: date, closed: Container[date]) -> date | None:
        """Return the lower end of a range, where practice gives one."""
        return None if self.at_least is None else self._counted(base, self.at_least, closed)

    def _counted(self, base: date, quantity: int, closed: Container[date]) -> date:
        match self.unit:
            case "business_days":
                return business_days_after(base, quantity, closed)
            case "calendar_days":
                last = base + timedelta(days=quantity)
            case "months":
                last = months_after(base, quantity)
            case "years":
                last = months_after(base, 12 * quantity)
            case "day_of_year":
                month, day = map(int, (self.day or "12-31").split("-"))
                last = _in_year(base.year + self.years_on, month, day)
        return next_business_day(last, closed) if self.rolls else last


def is_business_day(day: date, closed: Container[date]) -> bool:
    """Tell whether offices are open: neither a weekend nor a holiday."""
    return day.weekday() < SATURDAY and day not in closed


def next_business_day(day: date, closed: Container[date]) -> date:
    """Return the day itself or the first business day after it."""
    while not is_business_day(day, closed):
        day += timedelta(days=1)
    return day


def business_days_after(base: date, quantity: int, closed: Container[date]) -> date:
    """Return the last of so many business days, the first of which is the one after `base`."""
    day = base
    for _ in range(quantity):
        day = next_business_day(day + timedelta(days=1), closed)
    return day


def months_after(base: date, months: int) -> date:
    """Return the same day of a later month, or the last day of a shorter one."""
    year, month = divmod(base.year * 12 + base.month - 1 + months, 12)
    return _in_year(year, month + 1, base.day)


def _in_year(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
