"""The rows of an export: commitments in the order in which they entered the log, a page at a time."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from uuid import UUID

import sqlalchemy as sa

from projections.commitments import ORDERS, ROWS, made_at
from projections.listing import Order, page
from projections.moment import Moment
from roundtable.matrix.exports import cells_of
from roundtable.matrix.names import Names

PAGE = 200
Opens = Callable[[], AbstractContextManager[tuple[sa.Connection, Moment]]]
"""Opens a connection and says which moment it is asked about; once for each page, so that none is held for long."""


def exported(opens: Opens, roundtable: UUID | None = None) -> Iterator[Mapping[str, str]]:
    """Yield the rows of all commitments of a moment, or of those that belong to a roundtable."""
    after: tuple[int, int] | None = None
    order = Order(ORDERS["recorded"])
    while True:
        with opens() as (connection, moment):
            where = [made_at(roundtable, moment)] if roundtable else []
            found = page(connection, ROWS, moment, where, order, after=after, limit=PAGE)
            names = Names(connection)
            rows = [cells_of(ROWS.decode(row.state), names, UUID(row.id)) for row in found]
        yield from rows
        if len(found) < PAGE:
            return
        after = (found[-1].sort, found[-1].born)
