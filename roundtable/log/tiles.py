"""Tiles (C2SP tlog-tiles): the tree in rows of up to 256 hashes, integrated in batches from the sealed events."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from roundtable.log.errors import LogInconsistent
from roundtable.store import log
from roundtable.store.recorder import LOG
from roundtable.store.tables import event, log_tile, log_tree
from roundtable.verify.merkle import HASH_SIZE, node_hash

WIDTH = 256
HEIGHT = 8
"""Levels of the tree in one tile."""
BATCH = 64 * WIDTH
"""Leaves integrated in one go."""


class LeafMissing(LogInconsistent):
    """An event is not sealed, or its position is empty: no tree can be made of the log."""

    en = "The event at position {position} is missing or not sealed. Run `roundtable check`; restore what was changed."
    es = "Falta el evento en la posición {position} o no está sellado. Ejecute `roundtable check` y restaure."


class Tree(NamedTuple):
    """Which log the tiles are of, and how many leaves they hold."""

    origin: str | None
    size: int


def tree(connection: sa.Connection, *, locked: bool = False) -> Tree:
    """Return the state of the tiles; `locked` keeps others from changing it until the transaction ends."""
    return Tree._make(connection.execute(_locked_tree if locked else _tree).one())


def leaves(connection: sa.Connection, start: int, end: int) -> list[bytes]:
    """Return the hashes of the leaves from an index up to another one.

    :raises LeafMissing: an event between them is missing or not sealed.
    """
    found = connection.execute(_leaves, {"start": start, "end": end}).all()
    for expected, (position, leaf_hash) in enumerate(found, start + 1):
        if position != expected or leaf_hash is None:
            raise LeafMissing(position=expected)
    if len(found) != end - start:
        raise LeafMissing(position=start + len(found) + 1)
    return [bytes(leaf_hash) for _, leaf_hash in found]


def integrate(connection: sa.Connection, upto: int | None = None, most: int = BATCH) -> int:
    """Bring the tiles up to a size, or to the end of the log, by at most so many leaves; return their size then.

    :raises LeafMissing: an event is missing or not sealed.
    """
    start = tree(connection, locked=True).size
    end = min(log.head(connection) if upto is None else upto, start + most)
    if end <= start:
        return start
    edge = _Edge(connection, start)
    edge.extend(leaves(connection, start, end))
    edge.write()
    connection.execute(log_tree.update().where(log_tree.c.log == LOG).values(size=end))
    return end


def tile(connection: sa.Connection, level: int, n: int) -> bytes | None:
    """Return the hashes of a tile as far as it is filled; nothing where there is none."""
    found: bytes | None = connection.scalar(_tile, {"level": level, "n": n})
    return None if found is None else bytes(found)


def several(connection: sa.Connection, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Return tiles by level and number, as far as they are there, with one question to the database."""
    if not places:
        return {}
    query = sa.select(log_tile).where(sa.tuple_(log_tile.c.level, log_tile.c.n).in_(places))
    return {(row.level, row.n): bytes(row.hashes) for row in connection.execute(query)}


class _Edge:
    """The right edge of the tree: the tiles that are not full, one a level, and those that became full."""

    def __init__(self, connection: sa.Connection, size: int) -> None:
        self.connection, self.size = connection, size
        self.full: dict[tuple[int, int], bytes] = {}
        self.open: dict[int, list[bytes]] = {}

    def extend(self, hashes: Sequence[bytes]) -> None:
        """Append leaves; a full tile becomes one hash of the level above."""
        self._append(0, hashes)
        self.size += len(hashes)

    def _append(self, level: int, hashes: Sequence[bytes]) -> None:
        if not hashes:
            return
        n, width = divmod(self.size >> HEIGHT * level, WIDTH)
        held = [*_split(tile(self.connection, level, n) or b"", width), *hashes]
        whole = len(held) // WIDTH * WIDTH
        above = []
        for first in range(0, whole, WIDTH):
            filled = held[first : first + WIDTH]
            self.full[level, n + first // WIDTH] = b"".join(filled)
            above.append(folded(filled))
        self.open[level] = held[whole:]
        self._append(level + 1, above)

    def write(self) -> None:
        """Store the tiles that changed."""
        rows = [{"level": level, "n": n, "hashes": hashes} for (level, n), hashes in self.full.items()]
        for level, hashes in self.open.items():
            if hashes:
                n = (self.size >> HEIGHT * level) // WIDTH
                rows.append({"level": level, "n": n, "hashes": b"".join(hashes)})
        self.connection.execute(_upsert(self.connection), rows)


def folded(hashes: Sequence[bytes]) -> bytes:
    """Return the root of a perfect subtree, given the hashes of one of its levels."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def _split(hashes: bytes, width: int) -> Iterator[bytes]:
    return (hashes[i : i + HASH_SIZE] for i in range(0, width * HASH_SIZE, HASH_SIZE))


def _upsert(connection: sa.Connection) -> sa.Insert:
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(log_tile)
    upsert: sa.Insert = insert.on_conflict_do_update(
        index_elements=["level", "n"], set_={"hashes": insert.excluded.hashes}
    )
    return upsert


_tree = sa.select(log_tree.c.origin, log_tree.c.size).where(log_tree.c.log == LOG)
_locked_tree = _tree.with_for_update()
_tile = sa.select(log_tile.c.hashes).where(log_tile.c.level == sa.bindparam("level"), log_tile.c.n == sa.bindparam("n"))
_leaves = (
    sa.select(event.c.position, event.c.leaf_hash)
    .where(event.c.position > sa.bindparam("start"), event.c.position <= sa.bindparam("end"))
    .order_by(event.c.position)
)
