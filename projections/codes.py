"""Objects found by id, or by a code that no other object of their kind has."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa

from projections.moment import Moment
from projections.rows import Rows
from projections.times import at
from roundtable.store.columns import Id

S = TypeVar("S")


class Coded(Generic[S]):
    """The objects of a read model by their names: the id, and what is in one of the columns `names`."""

    def __init__(self, rows: Rows, *names: str) -> None:
        """Find objects by `code`, or by other columns."""
        row = rows.table.c
        self._rows, self._names = rows, [row[name] for name in names or ("code",)]
        codes: sa.BindParameter[Any] = sa.bindparam("codes", expanding=True)
        but = sa.bindparam("but", type_=Id)
        has = sa.or_(*(name.in_(codes) for name in self._names))
        self._holders = sa.select(row.id, *self._names).where(has, at(row), row.id != but)

    def find(self, connection: sa.Connection, name: str | UUID, moment: Moment) -> sa.Row[Any] | None:
        """Return the row of an object by id or code, at a moment."""
        row = self._rows.table.c
        named = row.id == str(name) if isinstance(name, UUID) else sa.or_(*(column == name for column in self._names))
        query = sa.select(self._rows.table).where(named, moment.selects(row))
        return connection.execute(query if isinstance(name, UUID) else query.order_by(row.born)).first()

    def holders(self, connection: sa.Connection, codes: Iterable[str], but: UUID | None) -> dict[str, UUID]:
        """Return which objects, other than one, have any of these codes now."""
        wanted = set(codes)
        found = connection.execute(self._holders, {"codes": sorted(wanted), "but": str(but or UUID(int=0))})
        return {code: UUID(id) for id, *names in found for code in names if code in wanted}

    def state_of(self, connection: sa.Connection, id: UUID | None, day: date | None = None) -> S | None:
        """Return an object as known now: on a day, or after all its facts; nothing of none."""
        if id is None:
            return None
        row = self._rows.table.c
        state = connection.scalar(sa.select(row.state).where(row.id == str(id), at(row, day=day and day.isoformat())))
        found: S | None = self._rows.decode(state) if state is not None else None
        return found
