"""The totals of one announcement in the past against now, in the process.

A call resolves the moment, finds the announcement and sums its items, as the API does for a request; nothing is
rendered or sent. The past is as for the reads over HTTP. Compared are the medians of the times of the calls.
"""

import time
from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from projections import commitments
from projections.balances import balance
from projections.moment import resolve
from roundtable.installation import Installation
from roundtable.store import log
from tests.bench.dataset import Dataset
from tests.bench.http import Tell
from tests.bench.reads import MODES, ROUNDS, TARGET, Pasts, Since, after_items
from tests.bench.report import Row, Times, duration, interleaved

SECONDS = 2.0
FEWEST = 5


def rows(
    installation: Installation, dataset: Dataset, scale: float, about: Mapping[str, str], tell: Tell
) -> Iterator[Row]:
    """Measure totals in the process; `about` has the cells that say on what."""
    tell(f"{about['database']}: totals of {dataset.items:,} items")
    with installation.database.reading() as connection:
        since, pasts = after_items(connection), Pasts(log.head(connection))
    ways = {
        mode: lambda mode=mode: run(installation, dataset, mode, since, pasts, duration(SECONDS, scale))
        for mode in MODES
    }
    found = interleaved(ways, ROUNDS)
    for mode in MODES[1:]:
        yield Row.at_most(
            TARGET,
            found[mode].p50 / found["now"].p50,
            what=f"totals of {dataset.items:,} items, {mode}, against now, in the process (p50)",
            **about,
            compared=str(found["now"]),
            ours=str(found[mode]),
        )


def run(installation: Installation, dataset: Dataset, mode: str, since: Since, pasts: Pasts, seconds: float) -> Times:
    """Ask for the totals again and again for some seconds."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    while len(times) < FEWEST or time.perf_counter() < end:
        with installation.database.snapshot() as connection:
            times.append(once(connection, installation, dataset, mode, since, pasts))
    return Times.of(times)


def once(
    connection: sa.Connection, installation: Installation, dataset: Dataset, mode: str, since: Since, pasts: Pasts
) -> float:
    """Time one question."""
    position = pasts.position(since) if mode in {"as known", "both"} else None
    day = pasts.day(since) if mode in {"as true", "both"} else None
    start = time.perf_counter()
    moment = resolve(connection, installation.settings.today(), at_position=position, valid_at=day)
    found = commitments.find(connection, dataset.announcement, moment)
    assert found is not None, "the announcement stands before all items"
    shown = balance(connection, found, moment)
    took = time.perf_counter() - start
    assert shown.itemised.projects == dataset.items, "all items take part"
    return took
