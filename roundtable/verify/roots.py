"""One pass over all entries: the root at every size that was signed or is remembered, and every tile of the tree."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from typing import NamedTuple

from roundtable.verify.archives import Archive
from roundtable.verify.entries import claimed_topic
from roundtable.verify.errors import Malformed
from roundtable.verify.findings import MOST, Findings
from roundtable.verify.merkle import HASH_SIZE, CompactRange, perfect_root
from roundtable.verify.tiles import MAX_ENTRY, WIDTH, Tile, unbundle

MAX_BUNDLE = WIDTH * (MAX_ENTRY + 2)
_HEIGHT = 8
_MOST_ALTERED = 100_000
Tell = Callable[[str, int, int], None]


class Target(NamedTuple):
    """A size at which a root is known from elsewhere."""

    size: int
    root: bytes
    source: str = ""
    """The pin that remembers it; nothing for a signed checkpoint."""


class Passed(NamedTuple):
    """What the pass over the entries showed."""

    size: int
    root: bytes
    good: int
    """All entries before this index lead to a root that was signed."""
    sealed: int
    """The tiles lead to a signed root of this size: entries before it are intact unless altered."""
    failed: bool
    altered: frozenset[int]
    about_log: tuple[int, ...]
    """The entries that may be facts about the log itself."""

    def is_intact(self, leaf_index: int) -> bool:
        """Whether an entry may be read: it leads to a signed root, or nothing speaks against it."""
        if leaf_index < self.good:
            return True
        return leaf_index not in self.altered and (leaf_index < self.sealed or not self.failed)


class Roots:
    """The pass itself."""

    def __init__(self, archive: Archive, targets: Iterable[Target], findings: Findings, tell: Tell) -> None:
        self._archive = archive
        self._findings = findings
        self._tell = tell
        self._targets = sorted(targets)
        self._next = 0
        self._tree = CompactRange()
        self._claimed: CompactRange | None = None
        self._rows: list[list[bytes]] = []
        self._numbers: list[int] = []
        self._good = self._sealed = 0
        self._failed = False
        self._differing: list[int] = []
        self._topics: dict[int, str] = {}
        self._about_log: list[int] = []

    def run(self) -> Passed:
        """Read all bundles and compare."""
        total = max((target.size for target in self._targets), default=0)
        self._compare()
        try:
            for entries in bundles(self._archive):
                self._take(entries)
                self._tell("roots", self._tree.size, max(total, self._tree.size))
        except Malformed as error:
            self._findings.add("ARCHIVE", why=error)
        self._finish_tiles()
        self._miss()
        self._name_altered()
        return Passed(
            self._tree.size,
            self._tree.root(),
            self._good,
            self._sealed if len(self._differing) < _MOST_ALTERED else self._good,
            self._failed,
            frozenset(self._differing),
            tuple(self._about_log),
        )

    def _take(self, entries: list[bytes]) -> None:
        start = self._tree.size
        hashes = [sha256(b"\x00" + entry).digest() for entry in entries]
        self._about_log += [i for i, entry in enumerate(entries, start) if entry.find(b"\nlog\n", 50, 100) > 0]
        claimed = self._tile(0, hashes)
        if claimed != hashes:
            self._differ(entries, hashes, claimed)
        self._append(hashes, claimed)

    def _miss(self) -> None:
        """Say which known sizes the entries do not reach."""
        newest = max((target.size for target in self._targets if not target.source), default=0)
        for target in self._targets[self._next :]:
            if target.source and target.size > newest:
                self._findings.add("ROLLBACK", pin=target.source, size=target.size, newest=newest)
            else:
                self._findings.add("TRUNCATED", size=target.size, held=self._tree.size)

    def _append(self, hashes: list[bytes], claimed: list[bytes]) -> None:
        start, end = self._tree.size, self._tree.size + len(hashes)
        done = 0
        while self._next < len(self._targets) and (size := self._targets[self._next].size) <= end:
            self._extend(hashes[done : size - start], claimed[done : size - start])
            done = size - start
            self._compare()
        self._extend(hashes[done:], claimed[done:])

    def _differ(self, entries: list[bytes], hashes: list[bytes], claimed: list[bytes]) -> None:
        """Follow from here on also the tree that the tiles claim, and note which entries are not in it."""
        if self._claimed is None:
            self._claimed = CompactRange(self._tree.size, self._tree.hashes)
        for i, (entry, ours, theirs) in enumerate(zip(entries, hashes, claimed, strict=True), self._tree.size):
            if ours != theirs and len(self._differing) < _MOST_ALTERED:
                self._differing.append(i)
                if len(self._differing) <= MOST:
                    self._topics[i] = claimed_topic(entry)

    def _extend(self, hashes: list[bytes], claimed: list[bytes]) -> None:
        self._tree.extend(hashes)
        if self._claimed is not None:
            self._claimed.extend(claimed)

    def _compare(self) -> None:
        """Compare with all roots that are known for the present size."""
        root = sealed = None
        while self._next < len(self._targets) and self._targets[self._next].size == self._tree.size:
            target = self._targets[self._next]
            self._next += 1
            root = root or self._tree.root()
            sealed = sealed or (self._claimed.root() if self._claimed else root)
            if target.root == root and not target.source:
                self._good = target.size
            elif target.root != root:
                self._disagree(target, matches_tiles=target.root == sealed)
            if target.root == sealed and not target.source:
                self._sealed = target.size

    def _disagree(self, target: Target, *, matches_tiles: bool) -> None:
        if target.source:
            self._findings.add("INCONSISTENT_WITH_PINNED", pin=target.source, size=target.size)
            return
        if not self._failed or not matches_tiles:
            self._findings.add("ROOT_MISMATCH", size=target.size, good=self._good)
        self._failed = True

    def _tile(self, level: int, hashes: list[bytes]) -> list[bytes]:
        """Compare the next hashes of a level with their tile, go up one level, and return what the tile holds."""
        while len(self._rows) <= level:
            self._rows.append([])
            self._numbers.append(0)
        tile = Tile(level, self._numbers[level], len(hashes))
        self._numbers[level] += 1
        claimed = self._read_tile(tile) or hashes
        if level and claimed != hashes and not self._differing:
            self._findings.add("TILE", path=tile.path())
        if len(hashes) == WIDTH:
            self._up(level + 1, perfect_root(hashes))
        return claimed

    def _up(self, level: int, root: bytes) -> None:
        while len(self._rows) <= level:
            self._rows.append([])
            self._numbers.append(0)
        row = self._rows[level]
        row.append(root)
        if len(row) == WIDTH:
            self._rows[level] = []
            self._tile(level, row)

    def _finish_tiles(self) -> None:
        for level, row in enumerate(self._rows):
            if row and level:
                self._tile(level, row)

    def _read_tile(self, tile: Tile) -> list[bytes]:
        path = tile.path()
        if path not in self._archive.names and tile.width < WIDTH:
            path = tile._replace(width=WIDTH).path()
        try:
            data = self._archive.read(path, WIDTH * HASH_SIZE)
        except Malformed as error:
            self._findings.add("ARCHIVE", why=error)
            return []
        if len(data) < tile.width * HASH_SIZE or len(data) % HASH_SIZE:
            self._findings.add("TILE", path=path)
            return []
        return [data[i : i + HASH_SIZE] for i in range(0, tile.width * HASH_SIZE, HASH_SIZE)]

    def _name_altered(self) -> None:
        """Say of each entry that differs from its tile which of the two was signed."""
        named = [i for i in self._differing if i < self._sealed]
        for i in named:
            if i >= self._good:
                self._findings.add("ENTRY_ALTERED", i, self._topics.get(i, ""), size=self._sealed)
        for number in sorted({i // WIDTH for i in self._differing if i < self._good or i >= self._sealed}):
            self._findings.add("TILE", path=Tile(0, number).path())


def bundles(archive: Archive) -> Iterator[list[bytes]]:
    """Yield the entries in bundles of 256, the last one perhaps of fewer, until one is missing.

    :raises Malformed: a bundle is damaged.
    """
    partial: dict[int, int] = {}
    for name in archive.names:
        if name.startswith("tile/entries/") and ".p/" in name:
            with suppress(Malformed):
                tile = Tile.parse(name)
                partial[tile.number] = max(tile.width, partial.get(tile.number, 0))
    number, width = 0, WIDTH
    while width == WIDTH:
        width = WIDTH if Tile(None, number).path() in archive.names else partial.get(number, 0)
        if width:
            yield read_bundle(archive, Tile(None, number, width))
        number += 1


def read_bundle(archive: Archive, tile: Tile) -> list[bytes]:
    """Return the entries of a bundle.

    :raises Malformed: it is absent, damaged, or holds another number of entries than its name says.
    """
    entries = unbundle(archive.read(tile.path(), MAX_BUNDLE))
    if len(entries) != tile.width:
        raise Malformed(f"{tile.path()} holds {len(entries)} entries")
    return entries
