"""What an in-order command costs as its object grows, and as the log grows.

A command is `report-progress` through the application, in one durable transaction: load, decide, append, project. It
follows all facts of its object. First, the same log holds an object of 10⁴ events and objects of ten, and commands
on it and on them are compared. Then objects of ten events are compared in the log filled with the made-up data and in
a log that holds nothing else. One run is some commands one after the other; compared are the medians of their times.
The log of 10⁷ events of the speed table is there at a scale of 10.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import cycle
from typing import Any
from uuid import UUID

from domain.commitment import Commitment
from roundtable import tokens
from roundtable.commands import commands_of
from roundtable.installation import Installation
from roundtable.store import log
from tests.bench.dataset import DAYS, Dataset, day
from tests.bench.http import Tell
from tests.bench.product import caller, settle
from tests.bench.report import Row, Times, interleaved

LARGE = 10_000
SMALL = 10
SMALL_OBJECTS = 60
HISTORIES = (LARGE, *[SMALL] * SMALL_OBJECTS)
COMMANDS = 100
ROUNDS = 5
TARGET = 1.2


def rows(
    grown: Installation,
    dataset: Dataset,
    empty: Installation,
    smaller: Dataset,
    about: Mapping[str, str],
    tell: Tell,
) -> Iterator[Row]:
    """Measure commands on a filled installation and on one with nothing but the small objects of `smaller`."""
    tell(f"{about['database']}: commands on grown objects and logs")
    events = length(grown), length(empty)
    ways = {
        "large": reporting(grown, dataset.grown[:1]),
        "small": reporting(grown, dataset.grown[1:]),
        "empty": reporting(empty, smaller.grown),
    }
    for installation in (grown, empty):
        settle(installation.database)
    for way in ways.values():
        way(COMMANDS // 5)
    found = interleaved({name: partial(way, COMMANDS) for name, way in ways.items()}, ROUNDS)
    yield Row.at_most(
        TARGET,
        found["large"].p50 / found["small"].p50,
        what=f"command on an object of {LARGE:,} events, against one of {SMALL} (p50)",
        database=about["database"],
        size=f"log of {events[0]:,}",
        compared=str(found["small"]),
        ours=str(found["large"]),
    )
    yield Row.at_most(
        TARGET,
        found["small"].p50 / found["empty"].p50,
        what=f"command in a log of {events[0]:,} events, against one of {events[1]:,} (p50)",
        database=about["database"],
        size=f"objects of {SMALL} events",
        compared=str(found["empty"]),
        ours=str(found["small"]),
    )


def reporting(installation: Installation, ids: list[UUID]) -> Callable[[int], Times]:
    """Return a function that reports progress so often, on one object after the other."""
    report = commands_of(Commitment)["report_progress"]
    who = caller(installation, tokens.create(installation.database, "secretariat"))
    asked: dict[str, Any] = {"percent": 50, "note": "Avance según informe mensual"}
    body = report.body.model_validate({**asked, "occurred_on": day(DAYS + 10).isoformat()})
    turn = cycle(ids)

    def run(commands: int) -> Times:
        times = []
        for _ in range(commands):
            start = time.perf_counter()
            installation.app.execute(report, body, caller=who, id=next(turn))
            times.append(time.perf_counter() - start)
        return Times.of(times)

    return run


def length(installation: Installation) -> int:
    """Return how many events an installation has."""
    with installation.database.reading() as connection:
        return log.head(connection)
