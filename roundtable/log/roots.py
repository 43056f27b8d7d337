"""The root of the log at any position, cheap enough for every answer to name the one that it follows from."""

import threading
from collections import OrderedDict

import sqlalchemy as sa

from roundtable.log import tiles
from roundtable.log.proofs import Prover
from roundtable.verify.merkle import CompactRange

FARTHEST = 10_000
"""So many leaves beyond the tiles are hashed for an answer; beyond that it names no root until they are integrated."""
MOST_KNOWN = 1000


class Roots:
    """Roots that a process knows: the entries up to a position never change, so neither does their root."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: OrderedDict[int, bytes] = OrderedDict()
        self._edge = CompactRange()
        self._turn = threading.Lock()

    def at(self, connection: sa.Connection, size: int) -> bytes | None:
        """Return the root of the first `size` entries; nothing where that would take long."""
        with self._turn:
            if size not in self._known:
                found = self._find(connection, size)
                if found is None:
                    return None
                self._known[size] = found
                if len(self._known) > MOST_KNOWN:
                    self._known.popitem(last=False)
            return self._known[size]

    def _find(self, connection: sa.Connection, size: int) -> bytes | None:
        if size < self._edge.size or size - self._edge.size > FARTHEST:
            integrated = tiles.tree(connection).size
            if size <= integrated:
                return Prover(connection).root(size)
            self._edge = Prover(connection).compact(integrated)
        if not 0 <= size - self._edge.size <= FARTHEST:
            return None
        _extend(connection, self._edge, size)
        return self._edge.root()


def root_at(connection: sa.Connection, size: int) -> bytes:
    """Return the root of the first `size` entries, however many of them are not in the tiles yet.

    :raises LeafMissing: an event is missing or not sealed.
    """
    prover = Prover(connection)
    if size <= prover.size:
        return prover.root(size)
    edge = prover.compact(prover.size)
    while edge.size < size:
        _extend(connection, edge, min(size, edge.size + tiles.BATCH))
    return edge.root()


def _extend(connection: sa.Connection, edge: CompactRange, size: int) -> None:
    for leaf_hash in tiles.leaves(connection, edge.size, size):
        edge.append(leaf_hash)
