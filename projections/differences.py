"""What differs between two moments: which objects, and which of their events lie between."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from domain.corrections import FactCorrected, FactVoided, readings
from projections.moment import Moment
from projections.rows import Rows
from roundtable.store import log
from roundtable.store.mapper import entry
from roundtable.store.recorder import Recorded

Where = Sequence[sa.ColumnElement[bool]]


class Pair(NamedTuple):
    """Two of something: as it was before, and after."""

    before: Any
    after: Any


class Found(NamedTuple):
    """An object at two moments: its row at each, if it existed, and whether that is in the list asked about."""

    id: str
    born: int
    rows: Pair
    matches: Pair


def page(connection: sa.Connection, rows: Rows, moments: Pair, where: Pair, *, after: int, limit: int) -> list[Found]:
    """Return the next objects of a list, in the order they entered the log, that two moments show differently.

    `where` are the conditions of the list at each moment. An object is found where another step of it is in force, or
    where one moment has it in the list and the other does not.
    """
    sides = Pair(*(_side(rows, moments, where, first=first) for first in (True, False)))
    born = rows.table.c.born
    found: dict[str, int] = {}
    for side in sides:
        query = sa.select(rows.table.c.id, born).where(*side, born > after).order_by(born).limit(limit)
        found |= {row.id: row.born for row in connection.execute(query)}
    ids = sorted(found, key=found.__getitem__)[:limit]
    shown = Pair(*(_rows(connection, rows, moment, ids) for moment in moments))
    listed = Pair(*(_listed(connection, rows, m, w, ids) for m, w in zip(moments, where, strict=True)))
    return [
        Found(id, found[id], Pair(*(side.get(id) for side in shown)), Pair(*(id in side for side in listed)))
        for id in ids
    ]


def at_both(connection: sa.Connection, rows: Rows, moments: Pair, id: str) -> Pair:
    """Return the row of an object at each of two moments, where it existed."""
    return Pair(*(_rows(connection, rows, moment, [id]).get(id) for moment in moments))


def _side(rows: Rows, moments: Pair, where: Pair, *, first: bool) -> list[sa.ColumnElement[bool]]:
    """Select the steps that one moment has in the list, where the other has another step or none in the list."""
    c = rows.table.c
    one, other = moments if first else reversed(moments)
    ours, theirs = where if first else reversed(where)
    changed = sa.not_(other.selects(c))
    if ours:
        here, there = (sa.select(c.id).where(m.selects(c), *w) for m, w in ((one, ours), (other, theirs)))
        changed = sa.or_(changed, c.id.in_(sa.except_(here.correlate(None), there.correlate(None))))
    return [one.selects(c), *ours, changed]


def _rows(connection: sa.Connection, rows: Rows, moment: Moment, ids: list[str]) -> dict[str, sa.Row[Any]]:
    query = sa.select(rows.table).where(rows.table.c.id.in_(ids), moment.selects(rows.table.c))
    return {row.id: row for row in connection.execute(query)}


def _listed(connection: sa.Connection, rows: Rows, moment: Moment, where: Where, ids: list[str]) -> set[str]:
    c = rows.table.c
    return set(connection.scalars(sa.select(c.id).where(c.id.in_(ids), moment.selects(c), *where)))


def between(connection: sa.Connection, ids: Iterable[str], moments: Pair) -> Mapping[str, list[Recorded]]:
    """Return the events of objects that one of two moments knows, or has as true, and the other does not."""
    first, last = sorted(moment.position for moment in moments)
    early, late = sorted(moment.day for moment in moments)
    found: dict[str, list[Recorded]] = {}
    for row in log.rows_of_all(connection, ids, last):
        found.setdefault(row.originator_id, []).append(row)
    return {id: _between(rows, first, early, late) for id, rows in found.items()}


def _between(rows: list[Recorded], first: int, early: date, late: date) -> list[Recorded]:
    days = _days(rows)
    return [
        row
        for row in rows
        if days.get(row.position, early) <= late and (row.position > first or early < days.get(row.position, early))
    ]


def _days(rows: list[Recorded]) -> dict[int, date]:
    """Return the day of each fact as it is read after all these events; corrections and voids are of every day."""
    stream = [entry(row) for row in rows]
    recorded = {e.position: e.day for e in stream if not isinstance(e.event, FactCorrected | FactVoided)}
    return recorded | {reading.position: reading.day for reading in readings(stream)}
