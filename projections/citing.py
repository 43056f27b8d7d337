"""What serves objectives of plans: one entry for each kind of object that cites them."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.objectives import Objective
from projections.base import Projection
from projections.inheritable import About
from projections.listing import linked
from projections.rows import Rows
from projections.times import at


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

    def naming(self, connection: sa.Connection, plan: UUID) -> dict[tuple[int, str | None], UUID]:
        """Return the objectives of a plan that are cited, by version and code, each with one that cites it, now."""
        c = self.rows.table.c
        query = sa.select(c.id, c.state).where(linked(self.rows, f"plan:{plan}"), at(c)).order_by(c.born)
        return {
            (cited.version, cited.code): UUID(found.id)
            for found in connection.execute(query)
            for cited, _ in self.cites(self.rows.decode(found.state))
            if cited.plan == plan
        }
