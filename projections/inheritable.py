"""What an administration can inherit: one entry for each kind of object that an institution stands in."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from domain.types import Money, Source
from projections.base import Projection
from projections.rows import Rows


class About(NamedTuple):
    """What an inherited object is on a day, whatever its kind."""

    code: str | None
    title: str
    state: str
    amount: Money | None
    headline: Money | None
    deadline: date | None
    overdue: bool
    origin: Any
    source: Source | None
    illustrative: tuple[str, ...]


class Inheritable(NamedTuple):
    """A kind of object that institutions stand in, in one of several capacities.

    Its rows have a link `<capacity>:<institution>` for each capacity, and the columns `status`, `amount`, `headline`
    and `currency`. Amounts in the states `replaced` count under a successor. `overdue` selects rows that are late on a
    day; `about` tells of a state on a day.
    """

    kind: str
    projection: Projection
    capacities: tuple[str, ...]
    replaced: tuple[str, ...]
    overdue: Callable[[Any, date], sa.ColumnElement[bool]]
    about: Callable[[Any, date], About]

    @property
    def rows(self) -> Rows:
        """The steps of all objects of the kind."""
        return self.projection.rows
