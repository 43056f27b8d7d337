"""What an administration can inherit: one entry for each kind of object that an institution stands in."""

from collections.abc import Callable, Iterable, Mapping
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
    tracks: Mapping[str, str] | None = None
    """Where each track stands, of kinds that have several; `state` is then that of the first."""


def _by_status(c: Any, states: Iterable[str]) -> sa.ColumnElement[bool]:
    condition: sa.ColumnElement[bool] = c.status.in_(list(states))
    return condition


class Inheritable(NamedTuple):
    """A kind of object that institutions stand in, in one of several capacities.

    Its rows have a link `<capacity>:<institution>` for each capacity, the column `status` and, where it has amounts,
    `amount` (or `headline`) with `currency`. Amounts in the states `replaced` count under a successor. `overdue`
    selects rows that are late on a day, `in_states` those in any of some states; `about` tells of a state on a day.
    """

    kind: str
    projection: Projection
    capacities: tuple[str, ...]
    replaced: tuple[str, ...]
    overdue: Callable[[Any, date], sa.ColumnElement[bool]]
    about: Callable[[Any, date], About]
    in_states: Callable[[Any, Iterable[str]], sa.ColumnElement[bool]] = _by_status

    @property
    def rows(self) -> Rows:
        """The steps of all objects of the kind."""
        return self.projection.rows
