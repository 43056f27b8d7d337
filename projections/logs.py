"""Logs as shown: what the transparency log said of itself. There is one, unless entries were lost for good."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.log import KeyInForce, Log, LogState, SchemaDigest
from domain.log.types import Restore
from domain.values import Value
from projections.base import Projection
from projections.codes import Coded
from projections.rows import Rows
from projections.times import at
from projections.views import view


class LogView(Value, frozen=True, kw_only=True):
    """A log as a reader sees it: its name, the keys that sign it, the forms of its entries."""

    id: UUID
    version: int
    origin: str
    keys: tuple[KeyInForce, ...]
    schemas: tuple[SchemaDigest, ...]
    restores: tuple[Restore, ...]
    began_on: date
    illustrative: tuple[str, ...]


def _columns(state: LogState) -> tuple[Any, ...]:
    return (state.origin,)


ROWS = Rows("log", LogState, (sa.Column("origin", sa.Text, nullable=False),), _columns, lambda _: ())
logs = Projection(Log, ROWS)
codes: Coded[LogState] = Coded(ROWS, "origin")
find = codes.find
row = ROWS.table.c
ORDERS = {"recorded": row.born, "origin": row.origin}


def log_view(found: sa.Row[Any]) -> LogView:
    """Return the view of a row."""
    state: LogState = ROWS.decode(found.state)
    return view(LogView, state, id=UUID(found.id), version=found.version)


def opened(connection: sa.Connection, origin: str) -> tuple[UUID, LogState] | None:
    """Return the log of a name as known now, the one opened first."""
    query = sa.select(row.id, row.state).where(row.origin == origin, at(row)).order_by(row.born).limit(1)
    found = connection.execute(query).first()
    return None if found is None else (UUID(found.id), ROWS.decode(found.state))
