"""Stored checkpoints: every note that was signed, with the lines that witnesses added."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from roundtable.store.columns import Position
from roundtable.store.tables import log_checkpoint
from roundtable.verify.notes import Note, Signature

PAGE = 500


class Stored(NamedTuple):
    """A checkpoint as it is kept; `number` counts them, several may be of one size."""

    number: int
    size: int
    root: str
    note: str
    created_at: str


def latest(connection: sa.Connection) -> Stored | None:
    """Return the newest checkpoint."""
    row = connection.execute(_latest).first()
    return None if row is None else Stored._make(row)


def newest(connection: sa.Connection, most: int) -> list[Stored]:
    """Return the last checkpoints, the newest first."""
    query = _all.order_by(log_checkpoint.c.number.desc()).limit(most)
    return [Stored._make(row) for row in connection.execute(query)]


def covering(connection: sa.Connection, position: int) -> Stored | None:
    """Return the newest checkpoint, if the event at a position is under it."""
    found = latest(connection)
    return found if found is not None and found.size >= position else None


def of_size(connection: sa.Connection, size: int) -> Stored | None:
    """Return the newest checkpoint of a size."""
    row = connection.execute(_of_size, {"of_size": size}).first()
    return None if row is None else Stored._make(row)


def every(connection: sa.Connection, from_size: int = 0) -> Iterator[Stored]:
    """Yield checkpoints in the order signed, from a size on."""
    last = 0
    while page := connection.execute(_page, {"from_size": from_size, "last": last}).all():
        for row in page:
            yield Stored._make(row)
        last = page[-1].number


def after(connection: sa.Connection, number: int, upto: int, most: int) -> list[Stored]:
    """Return the next checkpoints in the order signed, after the number of one and up to that of another."""
    query = _all.where(log_checkpoint.c.number > number, log_checkpoint.c.number <= upto)
    page = connection.execute(query.order_by(log_checkpoint.c.number).limit(most))
    return [Stored._make(row) for row in page]


def keep(connection: sa.Connection, *, size: int, root: bytes, note: Note, at: str) -> Stored:
    """Store a checkpoint that was just signed, in the transaction that holds the tree."""
    number = (connection.scalar(sa.select(sa.func.max(log_checkpoint.c.number))) or 0) + 1
    row = Stored(number, size, root.hex(), bytes(note).decode(), at)
    connection.execute(log_checkpoint.insert(), row._asdict())
    return row


def add(connection: sa.Connection, stored: Stored, lines: Sequence[Signature]) -> Stored:
    """Add lines of witnesses, already verified, to a checkpoint; those it has are not added twice."""
    row = connection.execute(_locked, {"of_number": stored.number}).one()
    note = Note.parse(row.note.encode())
    fresh = tuple(line for line in dict.fromkeys(lines) if line not in note.signatures)
    if not fresh:
        return Stored._make(row)
    grown = bytes(Note(note.text, (*note.signatures, *fresh))).decode()
    connection.execute(log_checkpoint.update().where(log_checkpoint.c.number == stored.number).values(note=grown))
    return Stored._make(row)._replace(note=grown)


_all = sa.select(*(log_checkpoint.c[name] for name in Stored._fields))
_latest = _all.order_by(log_checkpoint.c.number.desc()).limit(1)
_of_size = (
    _all.where(log_checkpoint.c.size == sa.bindparam("of_size", type_=Position))
    .order_by(log_checkpoint.c.number.desc())
    .limit(1)
)
_locked = _all.where(log_checkpoint.c.number == sa.bindparam("of_number", type_=Position)).with_for_update()
_page = (
    _all.where(
        log_checkpoint.c.size >= sa.bindparam("from_size", type_=Position),
        log_checkpoint.c.number > sa.bindparam("last", type_=Position),
    )
    .order_by(log_checkpoint.c.number)
    .limit(PAGE)
)
