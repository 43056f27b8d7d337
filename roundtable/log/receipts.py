"""Receipts: the proof that an entry is in the log under a signed checkpoint (c2sp.org/tlog-proof@v1)."""

import sqlalchemy as sa

from roundtable.log import checkpoints, tiles
from roundtable.log.errors import NoEntry
from roundtable.log.proofs import Prover
from roundtable.log.transparency import TransparencyLog
from roundtable.store import log
from roundtable.store.entries import framed
from roundtable.verify.merkle import HASH_SIZE
from roundtable.verify.notes import Note
from roundtable.verify.proofs import Proof
from roundtable.verify.tiles import WIDTH, Tile, bundle


def receipt(transparency: TransparencyLog, position: int) -> Proof:
    """Return the receipt of the event at a position; where no checkpoint covers it yet, one is signed.

    :raises NoEntry: the log does not reach it.
    :raises LogInconsistent: the log does not continue what was signed.
    """
    with transparency.database.reading() as connection:
        stored = checkpoints.covering(connection, position) if position > 0 else None
    stored = stored or transparency.checkpoint(covering=position)
    if stored is None:
        raise NoEntry(position=position, head=0)
    with transparency.database.snapshot() as connection:
        hashes = Prover(connection).inclusion(position - 1, stored.size)
    return Proof(position - 1, tuple(hashes), Note.parse(stored.note.encode()))


def entry(connection: sa.Connection, position: int) -> bytes:
    """Return the bytes of an entry.

    :raises NoEntry: the log has none there.
    """
    found = log.after(connection, position - 1, 1)
    if not found or found[0].position != position:
        raise NoEntry(position=position, head=log.head(connection))
    return framed(found[0])


def tile_content(connection: sa.Connection, tile: Tile) -> bytes | None:
    """Return the bytes of a tile or of a bundle of entries; nothing where the log has none of that width."""
    if tile.level is not None:
        held = tiles.tile(connection, tile.level, tile.number) or b""
        wanted = tile.width * HASH_SIZE
        return held[:wanted] if len(held) >= wanted else None
    first = tile.number * WIDTH
    if first + tile.width > tiles.tree(connection).size:
        return None
    rows = log.after(connection, first, tile.width)
    return bundle([framed(row) for row in rows]) if len(rows) == tile.width else None
