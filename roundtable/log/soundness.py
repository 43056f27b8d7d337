"""What `roundtable check` asks of the log: that seals, tiles and checkpoints are all of the same entries."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from roundtable.log import checkpoints, tiles
from roundtable.log.checkpoints import Stored
from roundtable.log.tiles import HEIGHT, WIDTH, folded
from roundtable.store.entries import leaf
from roundtable.store.recorder import Recorded
from roundtable.store.tables import event, log_tile
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.errors import Malformed
from roundtable.verify.merkle import HASH_SIZE, CompactRange
from roundtable.verify.notes import Key, Note, is_signed


class Unsound(Exception):
    """Something of the log does not fit the entries."""

    def __init__(self, where: str, what: str) -> None:
        """Name the place and the difference."""
        self.where, self.what = where, what
        super().__init__(f"{where}: {what}")


class Soundness:
    """Goes along while the events are read, in order and once, and compares everything that follows from them."""

    def __init__(self, connection: sa.Connection, keys: Iterable[Key]) -> None:
        """Compare with what a snapshot holds; `keys` are those that may sign checkpoints."""
        self.connection, self.keys = connection, tuple(keys)
        self.tree = tiles.tree(connection)
        self.signed: dict[int, list[Stored]] = {}
        for stored in checkpoints.every(connection):
            self.signed.setdefault(stored.size, []).append(stored)
        self._range = CompactRange()
        self._open: list[list[bytes]] = [[]]
        self._tiles = 0

    def take(self, rows: Sequence[Recorded]) -> None:
        """Compare the seals of the next events, and the checkpoints and tiles that they complete.

        :raises Unsound: an event is not sealed, or sealed as something else; a root or a tile is another.
        """
        span = {"first": rows[0].position, "last": rows[-1].position}
        seals = {row.position: row.leaf_hash for row in self.connection.execute(_seals, span)}
        for row in rows:
            self._take(row, seals.get(row.position))

    def _take(self, row: Recorded, seal: bytes | None) -> None:
        expected = leaf(row)
        if seal is None:
            raise Unsound(f"event at position {row.position}", "it is not sealed")
        if bytes(seal) != expected:
            raise Unsound(f"event at position {row.position}", "its seal is that of another entry")
        self._range.append(expected)
        for stored in self.signed.get(self._range.size, ()):
            self._check(stored, self._range.root())
        if self._range.size <= self.tree.size:
            self._append(0, expected)

    def finish(self) -> None:
        """Compare what lies at the right edge of the tree and beyond.

        :raises Unsound: a tile is another, or one too many; a checkpoint is larger than the log.
        """
        if self.tree.size > self._range.size:
            raise Unsound("log tree", f"its tiles hold {self.tree.size} leaves of {self._range.size} events")
        for size, (stored, *_) in self.signed.items():
            if size > self._range.size:
                raise Unsound(f"checkpoint {stored.number}", f"it covers {size} of {self._range.size} events")
        for level, hashes in enumerate(self._open):
            if hashes:
                self._compare(level, (self.tree.size >> HEIGHT * level) // WIDTH, hashes)
        found = self.connection.scalar(sa.select(sa.func.count()).select_from(log_tile))
        if found != self._tiles:
            raise Unsound("log tiles", f"there are {found}, a tree of {self.tree.size} has {self._tiles}")

    def _append(self, level: int, added: bytes) -> None:
        if level == len(self._open):
            self._open.append([])
        hashes = self._open[level]
        hashes.append(added)
        if len(hashes) == WIDTH:
            n = (self._range.size >> HEIGHT * (level + 1)) - 1
            self._compare(level, n, hashes)
            self._open[level] = []
            self._append(level + 1, folded(hashes))

    def _compare(self, level: int, n: int, hashes: Sequence[bytes]) -> None:
        self._tiles += 1
        held = tiles.tile(self.connection, level, n)
        if held is None:
            raise Unsound(f"log tile {n} of level {level}", "it is missing")
        if held != b"".join(hashes):
            at = next((i for i, h in enumerate(hashes) if held[i * HASH_SIZE : (i + 1) * HASH_SIZE] != h), len(hashes))
            raise Unsound(f"log tile {n} of level {level}", f"hash {at} is not that of the entries")

    def _check(self, stored: Stored, root: bytes) -> None:
        where = f"checkpoint {stored.number} of size {stored.size}"
        try:
            note = Note.parse(stored.note.encode())
            said = Checkpoint.parse(note.text)
        except Malformed as error:
            raise Unsound(where, f"its note cannot be read: {error}") from error
        if (said.size, said.root, said.root.hex()) != (stored.size, root, stored.root):
            raise Unsound(where, f"it says {said.size} {said.root.hex()}, the entries lead to {root.hex()}")
        if said.origin != self.tree.origin:
            raise Unsound(where, f"it is of the log {said.origin}, not of {self.tree.origin}")
        if not any(is_signed(note, key) for key in self.keys):
            raise Unsound(where, "none of the keys in the log has signed it")


_seals = sa.select(event.c.position, event.c.leaf_hash).where(
    event.c.position >= sa.bindparam("first"), event.c.position <= sa.bindparam("last")
)
