"""What the transparency log costs: an append with its seal against one without, integration, proofs."""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import NamedTuple
from unittest import mock
from uuid import uuid4

import sqlalchemy as sa

from roundtable.installation import Installation
from roundtable.log import tiles
from roundtable.log.proofs import Prover
from roundtable.store import entries, log, recorder
from roundtable.store.mapper import Body
from roundtable.store.tables import log_tile, log_tree
from roundtable.verify.merkle import verify_consistency, verify_inclusion
from tests.bench.product import Tell
from tests.bench.report import Row, Times, duration, interleaved

APPEND_SECONDS = 6.0
PROOFS = 2000
BODY = json.dumps({"context": {"actor": str(uuid4())}, "name": "x" * 300}).encode()


class Rate(NamedTuple):
    """How many a second."""

    per_second: float


def rows(installation: Installation, scale: float, about: dict[str, str], tell: Tell) -> Iterator[Row]:
    """Measure on a filled database; what is appended stays in it."""
    tell(f"{about['database']}: appending with and without a seal")
    yield append_row(installation, scale, about)
    tell(f"{about['database']}: integrating")
    yield integrate_row(installation, about)
    tell(f"{about['database']}: proving")
    yield proof_row(installation, about)


def append_row(installation: Installation, scale: float, about: dict[str, str]) -> Row:
    """Append one event a transaction, durably, with its seal and without."""
    seconds = duration(APPEND_SECONDS, scale)

    def plain() -> Rate:
        with without_seals():
            return appended(installation, seconds)

    found = interleaved({"sealed": lambda: appended(installation, seconds), "plain": plain})
    seal_the_rest(installation)
    return Row.at_most(
        1.3,
        found["plain"].per_second / found["sealed"].per_second,
        what="append one event, sealed",
        compared=f"not sealed: {found['plain'].per_second:,.0f} /s",
        ours=f"{found['sealed'].per_second:,.0f} /s",
        **about,
    )


def appended(installation: Installation, seconds: float) -> Rate:
    """Append for some time."""
    appending = recorder.Recorder(installation.database)
    begin, count = perf_counter(), 0
    while (spent := perf_counter() - begin) < seconds:
        appending.insert_events([Body(uuid4(), 1, "fact.noted", BODY, "fact", 1, "2026-01-01")])
        count += 1
    return Rate(count / spent)


@contextmanager
def without_seals() -> Iterator[None]:
    """Let the recorder write no seal: what it did before there was a log."""
    with mock.patch.object(recorder, "leaf", return_value=None):
        yield


def seal_the_rest(installation: Installation) -> None:
    """Seal what was appended without, so that the log is whole again."""
    event = recorder.event
    bare = sa.select(*(event.c[name] for name in recorder.Recorded._fields)).where(event.c.leaf_hash.is_(None))
    with installation.database.writing() as connection:
        for row in map(recorder.Recorded._make, connection.execute(bare).all()):
            seal = event.update().where(event.c.position == row.position)
            connection.execute(seal.values(leaf_hash=entries.leaf(row)))


def integrate_row(installation: Installation, about: dict[str, str]) -> Row:
    """Bring all events into tiles, against reading their leaves only."""
    with installation.database.writing() as connection:
        connection.execute(log_tile.delete())
        connection.execute(log_tree.update().values(size=0))
    begin = perf_counter()
    size = 0
    while True:
        with installation.database.writing() as connection:
            size = tiles.integrate(connection)
            if size == log.head(connection):
                break
    spent = perf_counter() - begin
    begin = perf_counter()
    with installation.database.reading() as connection:
        for start in range(0, size, tiles.BATCH):
            tiles.leaves(connection, start, min(size, start + tiles.BATCH))
    read = perf_counter() - begin
    return Row.at_most(
        4,
        spent / read,
        what="integrate into tiles",
        compared=f"read the leaves: {size / read:,.0f} /s",
        ours=f"{size / spent:,.0f} /s",
        **about,
    )


def proof_row(installation: Installation, about: dict[str, str]) -> Row:
    """Prove entries and growth for random sizes, with nothing remembered between proofs, and check every proof."""
    chance = random.Random(6962)
    inclusion, consistency = [], []
    with installation.database.snapshot() as connection:
        size = tiles.tree(connection).size
        for _ in range(PROOFS):
            new = chance.randint(2, size)
            old, index = chance.randint(1, new), chance.randrange(new)
            begin = perf_counter()
            path = Prover(connection).inclusion(index, new)
            inclusion.append(perf_counter() - begin)
            begin = perf_counter()
            growth = Prover(connection).consistency(old, new)
            consistency.append(perf_counter() - begin)
            prover = Prover(connection)
            root = prover.root(new)
            verify_inclusion(index, new, tiles.leaves(connection, index, index + 1)[0], path, root)
            verify_consistency(old, new, prover.root(old), root, growth)
    one, other = Times.of(inclusion), Times.of(consistency)
    return Row.at_most(
        1.5,
        one.p50 / other.p50,
        what="inclusion proof, any size",
        compared=f"consistency proof: {other}",
        ours=str(one),
        **about,
    ).also("p50 ≤ 5 ms", met=one.p50 <= 5)
