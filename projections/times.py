"""Two times on every row: what was known at a log position, and what was true on a day."""

from typing import Any

import sqlalchemy as sa

OPEN = 2**63 - 1
"""A position that has not come yet."""
NEVER = "9999-12-31"
"""A day that has not come yet. Days are ISO text, which sorts as days follow each other."""


def at(row: Any, position: Any = None, day: Any = None) -> sa.ColumnElement[bool]:
    """Select the steps known at `position` and true on `day`: at most one per object.

    `row` has the columns of a read model; the times may be values or parameters. Without `position`: everything
    known. Without `day`: true today, since no fact lies in the future.
    """
    if position is None and day is None:
        return sa.and_(row.recorded_to == literal(OPEN))
    if day is None:
        return sa.and_(row.recorded_from <= position, row.recorded_to > position)
    if position is None:
        return sa.and_(row.valid_from <= day, row.valid_to > day, row.replaced_at == literal(OPEN))
    return sa.and_(
        sa.or_(row.recorded_to > position, row.valid_to > day),
        row.recorded_from <= position,
        row.valid_from <= day,
        row.replaced_at > position,
    )


def literal(position: int) -> sa.ColumnElement[int]:
    """Write a position into the SQL itself: planners match partial indexes with constants, not with parameters."""
    return sa.literal_column(str(position), sa.BigInteger)
