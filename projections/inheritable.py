"""What an administration can inherit: one entry for each kind of object that an institution stands in."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

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


class said_of(GenericFunction[str]):  # noqa: N801 - the name of a function in SQL
    """What the state of a step says under a name, as text."""

    type = sa.Text()
    inherit_cache = True


@compiles(said_of, "sqlite")
def _json_extract(function: Any, compiler: Any, **about: Any) -> str:
    state, name = function.clauses
    return f"json_extract({compiler.process(state, **about)}, '$.' || {compiler.process(name, **about)})"


@compiles(said_of, "postgresql")
def _json_text(function: Any, compiler: Any, **about: Any) -> str:
    state, name = function.clauses
    return f"(CAST({compiler.process(state, **about)} AS jsonb) ->> CAST({compiler.process(name, **about)} AS text))"


def differs(earlier: Any, later: Any, *names: str) -> sa.ColumnElement[bool]:
    """Select pairs of steps whose states say something else under one of some names."""
    said = ((said_of(earlier.state, name), said_of(later.state, name)) for name in names)
    return sa.or_(*(before.is_distinct_from(after) for before, after in said))


def _by_status(c: Any, states: Iterable[str]) -> sa.ColumnElement[bool]:
    condition: sa.ColumnElement[bool] = c.status.in_(list(states))
    return condition


class Inheritable(NamedTuple):
    """A kind of object that institutions stand in, in one of several capacities.

    Its rows have a link `<capacity>:<institution>` for each capacity, the column `status` and, where it has amounts,
    `amount` (or `headline`) with `currency`. Amounts in the states `replaced` count under a successor. `overdue`
    selects rows that are late on a day, `in_states` those in any of some states; `about` tells of a state on a day.

    What the questions of an incoming team mean for the kind stands here, too, as conditions on rows: `closed` selects
    rows of objects with which nobody has to do anything more, `verified` those that another party has found done;
    `amended` selects, of two rows of one object, an earlier one with another amount, deadline or scope than the later.
    """

    kind: str
    projection: Projection
    capacities: tuple[str, ...]
    replaced: tuple[str, ...]
    overdue: Callable[[Any, date], sa.ColumnElement[bool]]
    about: Callable[[Any, date], About]
    closed: Callable[[Any], sa.ColumnElement[bool]]
    verified: Callable[[Any], sa.ColumnElement[bool]]
    amended: Callable[[Any, Any], sa.ColumnElement[bool]]
    in_states: Callable[[Any, Iterable[str]], sa.ColumnElement[bool]] = _by_status

    @property
    def rows(self) -> Rows:
        """The steps of all objects of the kind."""
        return self.projection.rows
