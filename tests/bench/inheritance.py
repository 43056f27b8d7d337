"""What an administration inherited against the plain list, page by page, over HTTP.

One institution stood in every commitment of the made-up log before the term began, so that both lists are of the same
size. One worker of ours answers one client; the plain list takes turns with the inheritance, request by request, and
each is asked in the same way:

- `asked again`: the first page, as before.
- `after a write`: a commitment of before the term is recorded, which changes totals; then the first page is asked for.
- `to the end`: such a write, then every page.
- `another day`: the first page on a day that nobody asked about, so that nothing is known of its totals.
"""

import json
import random
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from domain.administration import Administration
from roundtable import tokens
from roundtable.commands import creation
from roundtable.installation import Installation
from tests.bench import load, product
from tests.bench.clients import Client
from tests.bench.databases import Kind, databases, named
from tests.bench.dataset import Dataset
from tests.bench.http import COLLECTION, PAGE, Side, Tell, new_commitment
from tests.bench.lives import Life
from tests.bench.report import Row, Times

OBJECTS = 10_000
TERM_FROM = date(2025, 1, 1)
"""After the last commitment of the log was registered."""
DAYS = 365
ASKED = 100
WALKS = 5
TARGET = 1.3


class Town(Dataset):
    """A log of which one institution answers for every commitment, and another one verifies."""

    def _life(self, number: int) -> Life:
        life = super()._life(number)
        life.owner, life.verifier = self.parties[:2]
        return life


def rows(kind: Kind, folder: Path, scale: float, tell: Tell) -> Iterator[Row]:
    """Measure inheritance on one database."""
    dataset = Town(OBJECTS)
    with databases(kind, folder, "town") as urls:
        name = f"{named(urls['town'])}, durable"
        with product.opened(urls["town"]) as installation:
            product.fill(installation, dataset, lambda what: tell(f"{name}: {what}"))
            administration = registered(installation, dataset.parties[0].organization)
            product.settle(installation.database)
        with product.serving(urls["town"]) as side:
            asked = Asked(side, administration, dataset.parties[0].organization)
            yield from measured(asked, scale, {"database": name, "size": f"{OBJECTS:,} commitments"})


def registered(installation: Installation, institution: UUID) -> UUID:
    """Register an administration of an institution and return its id."""
    who = product.caller(installation, tokens.create(installation.database, "secretariat"))
    register = creation(Administration)
    body = {
        "institution": institution,
        "term": {"from": TERM_FROM, "until": TERM_FROM.replace(year=TERM_FROM.year + 4)},
        "titles": [{"text": "Gestión de prueba"}],
        "occurred_on": "2024-10-06",
    }
    return installation.app.execute(register, register.body.model_validate(body), caller=who).id


class Asked:
    """A client with one connection, who asks for the plain list or for the inheritance."""

    def __init__(self, side: Side, administration: UUID, institution: UUID) -> None:
        """Connect."""
        self.client, self.token = Client(side.port), side.token
        inheritance = f"/v1/administrations/{administration}/inheritance"
        self.paths = {way: f"{path}?limit={PAGE}" for way, path in (("plain", COLLECTION), ("ours", inheritance))}
        self._write = load.post(COLLECTION, side.token, new_commitment(str(institution)))
        self._days = [TERM_FROM + timedelta(n) for n in range(DAYS)]
        random.Random(1).shuffle(self._days)

    def again(self, path: str) -> float:
        """Time the first page."""
        return self._timed(path)[0]

    def after_a_write(self, path: str) -> float:
        """Record something, then time the first page."""
        self._answer(self._write)
        return self._timed(path)[0]

    def to_the_end(self, path: str) -> float:
        """Record something, then time all pages."""
        self._answer(self._write)
        took, page = self._timed(path)
        while page["next"]:
            seconds, page = self._timed(f"{path}&cursor={quote(page['next'])}")
            took += seconds
        return took

    def another_day(self, path: str) -> float:
        """Time the first page on a day that was not asked about."""
        return self._timed(f"{path}&valid_at={self._days.pop()}")[0]

    def _timed(self, path: str) -> tuple[float, Any]:
        seconds, body = self._answer(load.get(path, self.token))
        return seconds, json.loads(body)

    def _answer(self, request: bytes) -> tuple[float, bytes]:
        """Return how long an answer took, and its body."""
        client = self.client
        client.send(request)
        while not client.receive():
            pass
        took = time.perf_counter() - client.sent_at
        if not client.succeeded:
            raise load.Refused(client.answer.decode(errors="replace"))
        return took, client.answer.partition(b"\r\n\r\n")[2]


def measured(asked: Asked, scale: float, about: dict[str, str]) -> Iterator[Row]:
    """Measure both lists over HTTP."""
    few = max(10, round(ASKED * min(1.0, scale * 10)))
    ways: dict[str, tuple[Callable[[str], float], int]] = {
        f"page of {PAGE} of an inheritance, asked again": (asked.again, few),
        f"page of {PAGE} of an inheritance, first after a write": (asked.after_a_write, few),
        f"an inheritance to the end, pages of {PAGE}, from a write on": (asked.to_the_end, WALKS),
        f"page of {PAGE} of an inheritance, another day": (asked.another_day, few),
    }
    for what, (ask, times) in ways.items():
        found = taking_turns(asked.paths, ask, times)
        yield Row.at_most(
            TARGET,
            found["ours"].p50 / found["plain"].p50,
            what=f"{what}, against the plain list, over HTTP (p50)",
            **about,
            compared=str(found["plain"]),
            ours=str(found["ours"]),
        )


def taking_turns(paths: dict[str, str], ask: Callable[[str], float], times: int) -> dict[str, Times]:
    """Ask for each in turn; every other time the other begins. The first answers of each are not counted."""
    taken: dict[str, list[float]] = {way: [] for way in paths}
    for turn in range(times + 1):
        for way in list(paths)[:: -1 if turn % 2 else 1]:
            seconds = ask(paths[way])
            if turn:
                taken[way].append(seconds)
    return {way: Times.of(seconds) for way, seconds in taken.items()}
