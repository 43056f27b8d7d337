"""Comparing two notes with tiles, an export with printed minutes, and two exports with each other."""

from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from roundtable.verify.archives import Archive, open_archive
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.errors import Malformed, Unproven
from roundtable.verify.history import NEWEST
from roundtable.verify.merkle import HASH_SIZE, CompactRange, leaf_hash
from roundtable.verify.notes import Note
from roundtable.verify.roots import bundles
from roundtable.verify.tiles import WIDTH, Tile, tiles

FEWEST_PRINTED = 32
"""As many hexadecimal digits of a root must be printed for nobody to find another tree that shows the same."""


class Difference(NamedTuple):
    """Where two exports part, and what was signed of each."""

    size: int
    """The size of the smaller one."""
    leaf_index: int | None
    """The first entry that differs; nothing where one continues the other."""
    notes: tuple[bytes, bytes]


def check_consistency(old: Checkpoint, new: Checkpoint, path: Path) -> None:
    """Check that one tree continues the other, by the hashes of the leaves of both.

    :raises Malformed: the tiles cannot be read.
    :raises Unproven: the checkpoints are of two logs, in the wrong order, or not both of this tree.
    """
    if old.origin != new.origin:
        raise Unproven(f"two logs: {old.origin} and {new.origin}")
    if old.size > new.size:
        raise Unproven(f"{new.size} is smaller than {old.size}")
    with open_archive(path) as archive:
        found = roots(lambda tile: _hashes(archive, tile), old.size, new.size)
    for checkpoint, root in zip((old, new), found, strict=True):
        if root != checkpoint.root:
            raise Unproven(f"the tiles lead to another root at size {checkpoint.size}")


def roots(read: Callable[[Tile], list[bytes]], old: int, new: int) -> tuple[bytes, bytes]:
    """Return the roots at two sizes, the larger one last, from the hashes of the leaves as tiles hold them."""
    tree = CompactRange()
    first = tree.root()
    for tile in tiles(0, new):
        hashes = read(tile)
        if tree.size < old <= tree.size + len(hashes):
            cut = old - tree.size
            tree.extend(hashes[:cut])
            first = tree.root()
            hashes = hashes[cut:]
        tree.extend(hashes)
    return first, tree.root()


def _hashes(archive: Archive, tile: Tile) -> list[bytes]:
    name = tile.path()
    if name not in archive.names:  # a larger tree has this tile wider
        name = next((n for n in _wider(tile) if n in archive.names), name)
    data = archive.read(name, WIDTH * HASH_SIZE)
    if len(data) < tile.width * HASH_SIZE:
        raise Malformed(f"{name} holds fewer than {tile.width} hashes")
    return [data[i : i + HASH_SIZE] for i in range(0, tile.width * HASH_SIZE, HASH_SIZE)]


def _wider(tile: Tile) -> list[str]:
    return [tile._replace(width=width).path() for width in range(WIDTH, tile.width, -1)]


def check_printed(size: int, printed: str, path: Path) -> str:
    """Return the root that the entries of an export lead to at a size that minutes show.

    :raises Malformed: the export or the printed root cannot be read, or is too short.
    :raises Unproven: the export has fewer entries.
    """
    digits = printed.lower().replace(" ", "")
    if len(digits) < FEWEST_PRINTED or set(digits) - set("0123456789abcdef"):
        raise Malformed(f"a printed root has at least {FEWEST_PRINTED} hexadecimal digits")
    tree = CompactRange()
    with open_archive(path) as archive:
        for entries in bundles(archive):
            tree.extend([leaf_hash(entry) for entry in entries[: size - tree.size]])
            if tree.size == size:
                break
    if tree.size != size:
        raise Unproven(f"the export has {tree.size} entries")
    return tree.root().hex()


def compare(first: Path, second: Path) -> Difference:
    """Find where two exports part.

    :raises Malformed: one of them cannot be read.
    """
    with open_archive(first) as ours, open_archive(second) as theirs:
        notes = (ours.read(NEWEST), theirs.read(NEWEST))
        for note in notes:
            Note.parse(note)
        start, nothing = 0, list[bytes]()
        for left, right in zip_longest(bundles(ours), bundles(theirs), fillvalue=nothing):
            for i, (a, b) in enumerate(zip(left, right, strict=False), start):
                if a != b:
                    return Difference(i + 1, i, notes)
            start += min(len(left), len(right))
            if len(left) != len(right):
                break
        return Difference(start, None, notes)
