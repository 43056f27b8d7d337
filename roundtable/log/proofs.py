"""Roots and proofs (RFC 6962) of any size that the log ever had, from the tiles."""

from collections.abc import Sequence

import sqlalchemy as sa

from domain.errors import Invalid
from roundtable.log import tiles
from roundtable.log.errors import LogInconsistent
from roundtable.log.tiles import HEIGHT, WIDTH, folded
from roundtable.verify.merkle import EMPTY, HASH_SIZE, CompactRange, node_hash


class BeyondLog(Invalid):
    """The log is not as long as asked for, or no checkpoint covers so much of it yet."""

    en = "{field} {given} lies beyond the log as far as it is published: {size} entries. Ask for less, or again later."
    es = "{field} {given} excede lo publicado del registro: {size} entradas. Consulte menos, o más tarde."


class NoProof(Invalid):
    """Nothing can be shown between these."""

    en = "{field} {given} proves nothing with {with_field} {with_given}. {field} must be {rule}."
    es = "{field} {given} no demuestra nada con {with_field} {with_given}. {field} debe ser {rule}."


class Prover:
    """Answers from one state of the tiles; every tile is read once."""

    def __init__(self, connection: sa.Connection) -> None:
        """Read from a connection that sees one state."""
        self.connection = connection
        self.size = tiles.tree(connection).size
        self._tiles: dict[tuple[int, int], bytes] = {}

    def root(self, size: int) -> bytes:
        """Return the root of the log when it had a size.

        :raises BeyondLog: it never had.
        """
        self._must_cover("size", size)
        return self._subtrees([(0, size)])[0] if size else EMPTY

    def compact(self, size: int) -> CompactRange:
        """Return what appending to the log goes on from when it had a size.

        :raises BeyondLog: it never had.
        """
        self._must_cover("size", size)
        self._read([(0, size)])
        return CompactRange(size, [self._node(*place) for place in _perfect(0, size)])

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Return the proof that the leaf at an index is in the log of a size.

        :raises BeyondLog: the log never had that size.
        :raises NoProof: the index lies outside that size.
        """
        self._must_cover("size", size)
        if index >= size:
            raise NoProof(field="index", given=index, with_field="size", with_given=size, rule=f"0 … {size - 1}")
        spans, start, end = [], 0, size
        while end - start > 1:
            middle = start + _half(end - start)
            if index < middle:
                spans.append((middle, end))
                end = middle
            else:
                spans.append((start, middle))
                start = middle
        return self._subtrees(spans[::-1])

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the log of a size continues the log of a smaller one.

        :raises BeyondLog: the log never had the new size.
        :raises NoProof: the old size is nought or larger.
        """
        self._must_cover("new", new)
        if not 0 < old <= new:
            raise NoProof(field="old", given=old, with_field="new", with_given=new, rule=f"1 … {new}")
        spans, start, end, whole = [], 0, new, True
        while old != end:
            middle = start + _half(end - start)
            if old <= middle:
                spans.append((middle, end))
                end = middle
            else:
                spans.append((start, middle))
                start, whole = middle, False
        if not whole:
            spans.append((start, end))
        return self._subtrees(spans[::-1])

    def _must_cover(self, field: str, size: int) -> None:
        must_reach(field, size, self.size)

    def _subtrees(self, spans: Sequence[tuple[int, int]]) -> list[bytes]:
        """Return the hashes of spans of leaves; their tiles are read at once."""
        self._read(spans)
        return [self._subtree(*span) for span in spans]

    def _read(self, spans: Sequence[tuple[int, int]]) -> None:
        wanted = {_place(*place)[:2] for span in spans for place in _perfect(*span)} - self._tiles.keys()
        self._tiles |= tiles.several(self.connection, sorted(wanted))

    def _subtree(self, start: int, end: int) -> bytes:
        """Return the hash of the leaves from `start`, which is a multiple of what they would fill, up to `end`."""
        *left, last = _perfect(start, end)
        found = self._node(*last)
        for place in reversed(left):
            found = node_hash(self._node(*place), found)
        return found

    def _node(self, level: int, index: int) -> bytes:
        """Return the hash of a perfect subtree: of one hash of a tile, or of some of them folded."""
        tile_level, n, offset = _place(level, index)
        held = self._tiles.get((tile_level, n))
        if held is None:
            raise TileMissing(level=tile_level, n=n)
        end = offset + (1 << level % HEIGHT)
        return folded([held[i * HASH_SIZE : (i + 1) * HASH_SIZE] for i in range(offset, end)])


def must_reach(field: str, size: int, known: int) -> None:
    """Refuse a size that the log does not have.

    :raises BeyondLog: it does not.
    """
    if not 0 <= size <= known:
        raise BeyondLog(field=field, given=size, size=known)


class TileMissing(LogInconsistent):
    """The tree has a tile that is not there."""

    en = "Tile {n} of level {level} is missing from the log. Run `roundtable check` and restore what was changed."
    es = "Falta la tesela {n} del nivel {level} del registro. Ejecute `roundtable check` y restaure lo cambiado."


def _place(level: int, index: int) -> tuple[int, int, int]:
    """Return the tile in which a perfect subtree lies, level and number, and the first of its hashes there."""
    tile_level, within = divmod(level, HEIGHT)
    return tile_level, *divmod(index << within, WIDTH)


def _half(width: int) -> int:
    """Return the largest power of two below a width."""
    half: int = 1 << (width - 1).bit_length() - 1
    return half


def _perfect(start: int, end: int) -> Sequence[tuple[int, int]]:
    """Return the perfect subtrees, level and index, that lie side by side from one leaf to another."""
    found = []
    while start < end:
        level = min((start & -start).bit_length() - 1 if start else end.bit_length(), (end - start).bit_length() - 1)
        found.append((level, start >> level))
        start += 1 << level
    return found
