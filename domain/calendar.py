"""Days known to the day, the month or the year."""

import calendar
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

Precision = Literal["day", "month", "year"]


def _is_a_date(text: str) -> str:
    last_day(text)
    return text


PartialDate = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
    AfterValidator(_is_a_date),
]
"""A day, or only its month or year: `2018-07-25`, `2018-07`, `2018` (reduced precision of ISO 8601)."""


def last_day(text: str) -> tuple[date, Precision]:
    """Return the last day that a partial date may mean, and how precise it is.

    :raises ValueError: there is no such day.
    """
    parts = [int(part) for part in text.split("-")]
    if parts[0] == 0:
        msg = "year 0000 is out of range"
        raise ValueError(msg)
    match parts:
        case [year]:
            return date(year, 12, 31), "year"
        case [year, month] if 1 <= month <= 12:  # noqa: PLR2004 - months of a year
            return date(year, month, calendar.monthrange(year, month)[1]), "month"
        case [year, month]:
            msg = f"month {month} of {year} does not exist"
            raise ValueError(msg)
        case [year, month, day]:
            return date(year, month, day), "day"
    raise ValueError(text)


def resolve(text: str, today: date) -> tuple[date, Precision]:
    """Return the day that a partial date counts as: its last day, or today where that comes earlier.

    A full date is returned as it is, even when it lies in the future.
    """
    day, precision = last_day(text)
    first = date(day.year, 1 if precision == "year" else day.month, 1)
    return (today if precision != "day" and first <= today < day else day), precision


def shorten(day: date, precision: Precision) -> str:
    """Write a day with no more than its precision."""
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]]
