"""What serves objectives of plans: one entry for each kind of object that cites them."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from domain.objectives import Objective
from projections.base import Projection
from projections.inheritable import About
from projections.rows import Rows


class Citing(NamedTuple):
    """A kind of object that cites objectives, each pinned to a version of a plan.

    Its rows have a link `plan:<id>` for each plan. `cites` yields the objectives of a state, each with the part of
    the object that cites it (a proposal of a budget) or nothing where it is the whole object; `about` tells of a state.
    """

    kind: str
    projection: Projection
    cites: Callable[[Any], Iterable[tuple[Objective, str | None]]]
    about: Callable[[Any, date], About]

    @property
    def rows(self) -> Rows:
        """The steps of all objects of the kind."""
        return self.projection.rows
