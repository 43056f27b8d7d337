"""A page of what an administration inherited against the same page of the plain list, over HTTP.

The institution of the administration stands in every commitment of the made-up log, so that both lists are of the same
size. One worker of ours answers; the ways take turns. `again` asks about the same moment each time, as readers do who
page through it. `first` asks about another day since the term began each time, so that nothing was computed before.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from uuid import UUID

from domain.administration import Administration
from roundtable import tokens
from roundtable.commands import creation
from roundtable.installation import Installation
from tests.bench import load, product
from tests.bench.databases import Kind, databases, named
from tests.bench.dataset import Dataset
from tests.bench.http import COLLECTION, PAGE, Side, Tell, figures
from tests.bench.report import Row, duration, interleaved

OBJECTS = 10_000
PARTIES = 2
"""Each commitment has an owner and a verifier: with two institutions, either stands in all of them."""
TERM_FROM = date(2025, 1, 1)
"""After the last commitment of the log was registered."""
DAYS = 365
CLIENTS = 1
"""Compared are times of answers, not how many clients wait for each other."""
ROUNDS = 5
SECONDS = 4.0
WARM_UP_S = 1.0
TARGET = 1.3


def rows(kind: Kind, folder: Path, scale: float, tell: Tell) -> Iterator[Row]:
    """Measure inheritance on one database."""
    dataset = Dataset(OBJECTS)
    del dataset.parties[PARTIES:]
    with databases(kind, folder, "town") as urls:
        name = f"{named(urls['town'])}, durable"
        with product.opened(urls["town"]) as installation:
            product.fill(installation, dataset, lambda what: tell(f"{name}: {what}"))
            administration = registered(installation, dataset.parties[0].organization)
            product.settle(installation.database)
        with product.serving(urls["town"]) as side:
            yield from measured(side, administration, scale, {"database": name, "size": f"{OBJECTS:,} commitments"})


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


def measured(side: Side, administration: UUID, scale: float, about: dict[str, str]) -> Iterator[Row]:
    """Measure both lists over HTTP."""
    path = f"/v1/administrations/{administration}/inheritance?limit={PAGE}"
    days = count()

    def plain() -> list[bytes]:
        return [load.get(f"{COLLECTION}?limit={PAGE}", side.token)]

    def again() -> list[bytes]:
        return [load.get(path, side.token)]

    def first() -> list[bytes]:
        asked = (TERM_FROM + timedelta(next(days) % DAYS) for _ in range(DAYS // (ROUNDS + 1)))
        return [load.get(f"{path}&valid_at={day}", side.token) for day in asked]

    ways = {"plain": plain, "again": again, "first": first}

    def send(way: Callable[[], list[bytes]], seconds: float = duration(SECONDS, scale)) -> load.Result:
        requests = way()
        limit = len(requests) if way is first else None
        return load.run(side.port, requests, clients=CLIENTS, seconds=seconds, limit=limit)

    for way in (plain, again):
        send(way, WARM_UP_S)
    found = interleaved({name: partial(send, way) for name, way in ways.items()}, ROUNDS)
    for name in ("again", "first"):
        yield Row.at_most(
            TARGET,
            found[name].p50 / found["plain"].p50,
            what=f"page of {PAGE} of an inheritance, {name}, against the plain list, over HTTP (p50)",
            **about,
            compared=figures(found["plain"]),
            ours=figures(found[name]),
        )
