"""Tiles, roots and proofs of any size that the log had are those of RFC 6962, on both databases."""

import random
from hashlib import sha256

import pytest
import sqlalchemy as sa

from roundtable.installation import Installation
from roundtable.log import tiles
from roundtable.log.proofs import BeyondLog, NoProof, Prover
from roundtable.log.tiles import LeafMissing
from roundtable.store import bulk
from roundtable.store.entries import framed, leaf
from roundtable.store.recorder import Recorded
from roundtable.store.tables import event, log_head, log_tile
from roundtable.verify.merkle import verify_consistency, verify_inclusion
from tests.log import rfc6962

ID = "00000000-0000-4000-8000-000000000000"


def row(position: int) -> Recorded:
    """An event of no known kind, sealed like any other."""
    at = "2026-01-01T00:00:00.000000+00:00"
    number = f"{position:08x}-0000-4000-8000-000000000000"
    return Recorded(
        position, number, "x", ID, position, "x.happened", 1, "2026-01-01", at, ID, ID, f'{{"n":{position}}}'
    )


def append(installation: Installation, first: int, last: int) -> list[bytes]:
    """Put sealed events at positions from the first to the last; return their leaves."""
    told = [row(position) for position in range(first, last + 1)]
    with installation.database.writing() as connection:
        bulk.insert(connection, event, [each.columns() for each in told])
        connection.execute(log_head.update().values(position=last))
    return [leaf(each) for each in told]


def integrate(installation: Installation, upto: int | None = None, most: int = tiles.BATCH) -> int:
    with installation.database.writing() as connection:
        return tiles.integrate(connection, upto, most)


def test_an_entry_is_the_row_as_stored_line_by_line() -> None:
    entry = framed(row(7)._replace(body='{"a":"ñ"}'))
    at = "2026-01-01T00:00:00.000000+00:00"
    expected = (
        f"roundtable-entry/v1\n6\n00000007-0000-4000-8000-000000000000\nx\n{ID}\n7\nx.happened\n1\n"
        f'2026-01-01\n{at}\n{ID}\n{ID}\n\n{{"a":"ñ"}}'
    )
    assert entry == expected.encode()
    assert leaf(row(7)._replace(body='{"a":"ñ"}')) == sha256(b"\x00" + entry).digest()


def test_a_line_break_in_a_column_is_refused_as_two_events_could_share_an_entry() -> None:
    with pytest.raises(ValueError, match="position 7 holds a line break"):
        framed(row(7)._replace(topic="x\ny"))


def test_every_size_has_its_root_however_the_tiles_grew(installation: Installation) -> None:
    chance = random.Random(6962)
    leaves = append(installation, 1, 900)
    while (size := integrate(installation, most=chance.choice([1, 2, 37, 255, 256, 257]))) < 900:
        assert size > 0
    with installation.database.reading() as connection:
        prover = Prover(connection)
        for size in [0, 1, 2, 255, 256, 257, 511, 512, 513, 767, 768, 900, *chance.sample(range(900), 25)]:
            assert prover.root(size) == rfc6962.root(leaves[:size]), size
            assert prover.compact(size).root() == prover.root(size)


def test_proofs_are_those_of_the_definition_and_verify(installation: Installation) -> None:
    chance = random.Random(1)
    leaves = append(installation, 1, 700)
    integrate(installation)
    with installation.database.reading() as connection:
        prover = Prover(connection)
        for _ in range(60):
            size = chance.randint(1, 700)
            index, old = chance.randrange(size), chance.randint(1, size)
            proof = prover.inclusion(index, size)
            assert proof == rfc6962.inclusion(index, leaves[:size])
            verify_inclusion(index, size, leaves[index], proof, prover.root(size))
            proof = prover.consistency(old, size)
            assert proof == rfc6962.consistency(old, leaves[:size])
            verify_consistency(old, size, prover.root(old), prover.root(size), proof)


def test_a_third_level_of_tiles_grows_like_the_others(sqlite_installation: Installation) -> None:
    leaves = append(sqlite_installation, 1, 256 * 256 + 300)
    while integrate(sqlite_installation) < len(leaves):
        pass
    with sqlite_installation.database.reading() as connection:
        prover = Prover(connection)
        for size in (65_535, 65_536, 65_537, 65_836):
            assert prover.root(size) == rfc6962.root(leaves[:size])
        assert prover.inclusion(70, 65_836) == rfc6962.inclusion(70, leaves)
        levels = sa.select(log_tile.c.level, sa.func.count()).group_by(log_tile.c.level).order_by(log_tile.c.level)
        assert [tuple(found) for found in connection.execute(levels)] == [(0, 258), (1, 2), (2, 1)]


def test_a_full_tile_never_changes(installation: Installation) -> None:
    append(installation, 1, 300)
    integrate(installation)
    with installation.database.reading() as connection:
        before = tiles.tile(connection, 0, 0)
        edge = tiles.tile(connection, 0, 1)
    append(installation, 301, 600)
    integrate(installation)
    with installation.database.reading() as connection:
        assert tiles.tile(connection, 0, 0) == before
        grown = tiles.tile(connection, 0, 1)
    assert before is not None
    assert edge is not None
    assert grown is not None
    assert (len(before), len(edge), len(grown)) == (256 * 32, 44 * 32, 256 * 32)
    assert grown.startswith(edge)


def test_what_lies_beyond_the_published_log_is_refused_with_its_size(installation: Installation) -> None:
    append(installation, 1, 5)
    integrate(installation, upto=3)
    with installation.database.reading() as connection:
        prover = Prover(connection)
        for ask in (lambda: prover.root(4), lambda: prover.inclusion(0, 4), lambda: prover.consistency(1, 4)):
            with pytest.raises(BeyondLog, match="3 entries"):
                ask()
        with pytest.raises(NoProof, match="0 … 2"):
            prover.inclusion(3, 3)
        with pytest.raises(NoProof, match="1 … 2"):
            prover.consistency(0, 2)
        with pytest.raises(NoProof, match="1 … 2"):
            prover.consistency(3, 2)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET leaf_hash = NULL WHERE position = 4",
        "DELETE FROM event WHERE position = 4",
        "UPDATE event SET position = 9 WHERE position = 4",
    ],
)
def test_no_tree_is_made_of_a_log_with_a_hole(installation: Installation, statement: str) -> None:
    append(installation, 1, 6)
    with installation.database.writing() as connection:
        connection.execute(sa.text(statement))
    with pytest.raises(LeafMissing, match="position 4"):
        integrate(installation)
    with installation.database.reading() as connection:
        assert tiles.tree(connection).size == 0
