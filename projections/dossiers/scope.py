"""What every section of a dossier is read from: one institution, at one position of the log, on one day."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.types import Source
from domain.values import Value
from projections import minutes, organizations, participatory_budgets, roundtables, sessions
from projections.base import Projection
from projections.listing import linked
from projections.moment import Moment
from projections.rows import Rows
from roundtable.store.tables import event

SOME = 500
"""Objects that are looked up by one question."""


class Written(Value, frozen=True, kw_only=True):
    """Where something is written down: the table, its session, the acta with item and page, or a cited source.

    What was agreed in a participatory budget names that instead.
    """

    roundtable: str | None = None
    session: str | None = None
    acta: str | None = None
    participatory_budget: str | None = None
    item: str | None = None
    page: int | None = None
    source: str | None = None


class Scope:
    """An institution at a moment. What is looked up by id is remembered, since many records name the same few."""

    def __init__(self, connection: sa.Connection, institution: UUID, moment: Moment) -> None:
        """Read of an institution what was known at a moment, and true on its day."""
        self.connection, self.institution, self.moment = connection, institution, moment
        self._known: dict[tuple[str, UUID], Any] = {}

    def state(self, rows: Rows, id: UUID | None) -> Any:
        """Return the state of an object at the moment, or nothing."""
        if id is None:
            return None
        key = rows.name, id
        if key not in self._known:
            row = rows.table.c
            where = row.id == str(id), self.moment.selects(row)
            found = self.connection.scalar(sa.select(row.state).where(*where))
            self._known[key] = None if found is None else rows.decode(found)
        return self._known[key]

    def linked(self, projection: Projection, link: str) -> Iterator[tuple[UUID, int, Any]]:
        """Yield the objects that have a link at the moment, in the order in which they entered the log."""
        row = projection.rows.table.c
        query = sa.select(row.id, row.version, row.state).where(linked(projection.rows, link))
        for found in self.connection.execute(query.where(self.moment.selects(row)).order_by(row.born)):
            yield UUID(found.id), found.version, projection.rows.decode(found.state)

    def held(self, projection: Projection) -> Iterator[tuple[UUID, int, Any]]:
        """Yield the objects in which the institution stands."""
        return self.linked(projection, f"organization:{self.institution}")

    def delays(self, ids: Iterable[UUID]) -> dict[UUID, int]:
        """Return how many days after it happened the beginning of each of some objects was recorded."""
        wanted, found = sorted(map(str, ids)), {}
        for first in range(0, len(wanted), SOME):
            some = wanted[first : first + SOME]
            query = sa.select(event.c.originator_id, event.c.occurred_on, event.c.recorded_at)
            query = query.where(event.c.originator_id.in_(some), event.c.originator_version == 1)
            for one in self.connection.execute(query):
                late = date.fromisoformat(one.recorded_at[:10]) - date.fromisoformat(one.occurred_on)
                found[UUID(one.originator_id)] = late.days
        return found

    def name(self, id: UUID | None) -> str | None:
        """Return how an organization was called on the day."""
        state = self.state(organizations.ROWS, id)
        return None if id is None else state.name if state else str(id)

    def names(self, ids: Any) -> tuple[str, ...]:
        """Return how organizations were called on the day."""
        return tuple(name for name in map(self.name, ids) if name)

    def code(self, rows: Rows, id: UUID | None) -> str | None:
        """Return the code of an object, or its id where it has none."""
        state = self.state(rows, id)
        return None if id is None else (state.code if state and state.code else str(id))

    def table(self, id: UUID | None) -> str | None:
        """Return how a roundtable is called."""
        state = self.state(roundtables.ROWS, id)
        return None if id is None else state.name if state else str(id)

    def provenance(self, origin: Any, source: Source | None) -> Written:
        """Return where something was agreed, in words that a reader can follow: acta, item, page."""
        if origin is None:
            return Written(source=source.citation if source else None, page=source.page if source else None)
        acta = self.state(minutes.ROWS, origin.minutes)
        session = self.state(sessions.ROWS, origin.session or (acta.session if acta else None))
        return Written(
            roundtable=self.table(origin.roundtable or (session.roundtable if session else None)),
            session=session and (session.code or session.number),
            acta=acta.number if acta else None,
            participatory_budget=self.code(participatory_budgets.ROWS, origin.participatory_budget),
            item=origin.item,
            page=origin.page or (source.page if source else None),
            source=source.citation if source else None,
        )
