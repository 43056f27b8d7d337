"""Reads in the past against the same reads now: an object, pages of a list and totals over HTTP, totals in the process.

One worker of ours answers eight clients, from one database filled with the made-up log. Asked are: an object drawn by
chance; the first page of the whole list; the first page of the items of one announcement; the balance of that
announcement. The past of an object is any moment since it began, the past of the rest any moment after the last item
was recorded, so that as many objects take part as now. `as known` asks `as_of` and `at_position` by turns, `as true`
asks `valid_at`, `both` asks both. Compared are the medians of the times of the answers.
"""

import random
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

import sqlalchemy as sa

from roundtable.installation import Installation
from roundtable.store.tables import event
from tests.bench import load
from tests.bench.dataset import DAYS, ITEMISED, START, Dataset
from tests.bench.http import CLIENTS, COLLECTION, PAGE, Side, Tell, figures
from tests.bench.report import Row, duration, interleaved

OBJECTS = 1000
ROUNDS = 5
SECONDS = 4.0
WARM_UP_S = 0.5
TARGET = 1.3
MODES = ("now", "as known", "as true", "both")


class Since(NamedTuple):
    """From when on something is there: its path, and what the log says of its beginning."""

    path: str
    position: int
    recorded_at: datetime
    day: date


class Pasts:
    """Draws moments of the past in which something was already there."""

    def __init__(self, head: int) -> None:
        """Draw from a log up to its end; the same moments every time."""
        self.head, self.rng = head, random.Random(11)
        self.end = START + timedelta(days=DAYS + 2)

    def position(self, since: Since) -> int:
        """Draw a position."""
        return self.rng.randint(since.position, self.head)

    def day(self, since: Since) -> date:
        """Draw a day."""
        return since.day + timedelta(self.rng.randint(0, (self.end.date() - since.day).days))

    def instant(self, since: Since) -> datetime:
        """Draw an instant."""
        return since.recorded_at + (self.end - since.recorded_at) * self.rng.random()

    def query(self, mode: str, since: Since) -> dict[str, Any]:
        """Draw the parameters of a request."""
        asked: dict[str, Any] = {}
        if mode in {"as known", "both"} and self.rng.random() < 0.5:
            asked["at_position"] = self.position(since)
        elif mode in {"as known", "both"}:
            asked["as_of"] = self.instant(since).isoformat()
        if mode in {"as true", "both"}:
            asked["valid_at"] = self.day(since).isoformat()
        return asked


def rows(
    installation: Installation, dataset: Dataset, side: Side, scale: float, about: Mapping[str, str], tell: Tell
) -> Iterator[Row]:
    """Measure reads over HTTP; `about` has the cells that say on what."""
    with installation.database.reading() as connection:
        head = connection.scalar(sa.select(sa.func.max(event.c.position))) or 0
        itemised = after_items(connection)
        objects = sample(connection)
    whole = {
        f"page of {PAGE}": [itemised._replace(path=f"{COLLECTION}?limit={PAGE}")],
        f"page of {PAGE} of {dataset.items:,} items": [
            itemised._replace(path=f"{COLLECTION}?limit={PAGE}&part_of={dataset.announcement}")
        ],
        f"totals of {dataset.items:,} items": [itemised._replace(path=f"{COLLECTION}/{dataset.announcement}/balance")],
    }
    for what, subjects in {"object": objects, **whole}.items():
        tell(f"{about['database']}: {what} over HTTP")
        ways = {
            mode: partial(load.run, side.port, requests(mode, subjects, Pasts(head), side.token), clients=CLIENTS)
            for mode in MODES
        }
        for way in ways.values():
            way(seconds=WARM_UP_S)
        found = interleaved({m: partial(w, seconds=duration(SECONDS, scale)) for m, w in ways.items()}, ROUNDS)
        for mode in MODES[1:]:
            yield Row.at_most(
                TARGET,
                found[mode].p50 / found["now"].p50,
                what=f"{what}, {mode}, against now, over HTTP (p50)",
                **about,
                compared=figures(found["now"]),
                ours=figures(found[mode]),
            )


def requests(mode: str, subjects: list[Since], pasts: Pasts, token: str) -> list[bytes]:
    """Render a thousand requests."""
    rendered = []
    for n in range(OBJECTS):
        since = subjects[n % len(subjects)]
        query = urlencode(pasts.query(mode, since))
        rendered.append(load.get(f"{since.path}{'&' if '?' in since.path else '?'}{query}", token))
    return rendered


def after_items(connection: sa.Connection) -> Since:
    """Find the first event after the last item of the announcement was recorded."""
    moment = START + timedelta(days=ITEMISED)
    found = sa.select(sa.func.min(event.c.position)).where(
        event.c.recorded_at >= moment.astimezone(UTC).isoformat(timespec="microseconds")
    )
    return Since("", connection.scalar(found) or 0, moment, moment.date())


def sample(connection: sa.Connection) -> list[Since]:
    """Draw commitments by chance: event ids are random, so that their order is."""
    query = sa.select(event).where(event.c.topic == "commitment.registered").order_by(event.c.event_id).limit(OBJECTS)
    return [
        Since(
            f"{COLLECTION}/{found.originator_id}",
            found.position,
            datetime.fromisoformat(found.recorded_at),
            date.fromisoformat(found.occurred_on),
        )
        for found in connection.execute(query)
    ]
