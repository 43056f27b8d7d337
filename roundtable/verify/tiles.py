"""Paths of tiles and bundles of entries, after c2sp.org/tlog-tiles."""

import re
from collections.abc import Iterator
from typing import NamedTuple, Self

from roundtable.verify.errors import Malformed

WIDTH = 256
ENTRIES = "entries"
MAX_LEVEL = 63
MAX_ENTRY = 65_535
_LENGTH = 2
_PATH = re.compile(r"tile/(0|[1-9][0-9]|[1-9]|entries)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class Tile(NamedTuple):
    """A tile of hashes, or a bundle of entries where the level is None; `width` 256 is a full one."""

    level: int | None
    number: int
    width: int = WIDTH

    @classmethod
    def parse(cls, path: str) -> Self:
        """Read `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`.

        :raises Malformed: the path is written in another way or names what cannot be.
        """
        found = _PATH.fullmatch(path)
        if not found:
            raise Malformed("not the path of a tile")
        level, index, width = found.groups()
        tile = cls(
            None if level == ENTRIES else int(level),
            int(re.sub("[x/]", "", index)),
            int(width) if width else WIDTH,
        )
        if (tile.level or 0) > MAX_LEVEL or (width and tile.width >= WIDTH) or tile.path() != path:
            raise Malformed("not the path of a tile")
        return tile

    def path(self) -> str:
        """Return where the tile lies below the prefix of a log."""
        digits = f"{self.number:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        *above, last = (digits[i : i + 3] for i in range(0, len(digits), 3))
        folders = "".join(f"x{part}/" for part in above)
        partial = f".p/{self.width}" if self.width < WIDTH else ""
        return f"tile/{ENTRIES if self.level is None else self.level}/{folders}{last}{partial}"


def tiles(level: int | None, size: int) -> Iterator[Tile]:
    """Yield the tiles of a level, full ones and the partial one, that a tree of a size has."""
    full, rest = divmod(size >> 8 * (level or 0), WIDTH)
    yield from (Tile(level, number) for number in range(full))
    if rest:
        yield Tile(level, full, rest)


def levels(size: int) -> range:
    """Return the levels on which a tree of a size has tiles."""
    return range(-(-max(size.bit_length(), 1) // 8) if size else 0)


def unbundle(data: bytes) -> list[bytes]:
    """Split a bundle into its entries, each after its length in two bytes.

    :raises Malformed: the last one is cut off.
    """
    entries = []
    start, end = 0, len(data)
    while start < end:
        length = int.from_bytes(data[start : start + _LENGTH], "big")
        start += _LENGTH
        if start + length > end:
            raise Malformed("an entry is cut off")
        entries.append(data[start : start + length])
        start += length
    return entries


def bundle(entries: list[bytes]) -> bytes:
    """Join entries of at most 65,535 bytes into a bundle."""
    return b"".join(len(entry).to_bytes(_LENGTH, "big") + entry for entry in entries)
