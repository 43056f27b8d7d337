"""The HTTP rows of the speed table: a command, an object and a first page, against the CRUD peer.

Both sides answer from one worker, over the same number of commitments made through the same API, on the same database
with the same durability. Peer and ours take turns.
"""

import json
import secrets
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from tests.bench import load, report, servers
from tests.bench.databases import Kind, databases, named

COMMITMENTS = 10_000
CHUNK = 500
PAGE = 50
PAGES = 20
CLIENTS = 8
ROUNDS = 5
SECONDS = 4.0
WARM_UP_S = 1.0
COLLECTION = "/v1/commitments"


@dataclass(frozen=True)
class Side:
    """A running server that keeps commitments, and what a client needs to use it."""

    port: int
    token: str
    organization_id: str


Start = Callable[[str], AbstractContextManager[Side]]
Tell = Callable[[str], object]


def new_commitment(organization_id: str) -> dict[str, Any]:
    """Make the body of the measured command."""
    return {
        "title": "Mejoramiento de la carretera departamental",
        "statement": "El sector se compromete a financiar y ejecutar la obra en el plazo acordado por la mesa.",
        "kind": "investment",
        "sector": "transport",
        "territories": [{"system": "PE-UBIGEO-INEI", "code": "080701"}],
        "responsibles": [{"organization": organization_id}],
        "amount": {"amount": "12400000.00", "currency": "PEN"},
        "deadline": "2021-12-31",
        "occurred_on": "2018-07-25",
        "source": {"citation": "Acta 3, item 7"},
    }


@contextmanager
def peer(database_url: str) -> Iterator[Side]:
    """Serve the peer from an empty database."""
    token = secrets.token_urlsafe(32)
    command = servers.uvicorn("tests.bench.peer:app")
    with servers.serving(command, DATABASE_URL=database_url, PEER_TOKEN=token) as port:
        yield Side(port, token, str(uuid4()))


def rows(kind: Kind, folder: Path, ours: Start, scale: float = 1.0, progress: Tell = str) -> list[report.Row]:
    """Measure the HTTP rows on one database.

    `ours` gets the address of an empty database, prepares it and serves the product from it while it is entered.
    `scale` says how many commitments there are, and how long runs take. `progress` is told what is being done.
    """
    commitments = max(PAGE * (PAGES + 1), int(COMMITMENTS * scale))
    seconds = report.duration(SECONDS, scale)
    with (
        databases(kind, folder, "peer", "ours") as urls,
        peer(urls["peer"]) as theirs,
        ours(urls["ours"]) as us,
    ):
        sides = {"peer": theirs, "ours": us}
        for name, side in sides.items():
            for made in range(0, commitments, CHUNK):
                progress(f"{kind}: {made:,} of {commitments:,} commitments for {name}")
                load.run(side.port, [create(side)], clients=CLIENTS, seconds=600, limit=min(CHUNK, commitments - made))
        requests = {name: reads(side) | {"create command": [create(side)]} for name, side in sides.items()}
        about = {"database": f"{named(urls['ours'])}, durable", "size": f"{commitments:,} commitments"}
        return [
            measure(what, sides, {name: requests[name][what] for name in sides}, seconds, about, progress)
            for what in ("create command", "object", f"first page of {PAGE}")
        ]


def measure(
    what: str,
    sides: dict[str, Side],
    requests: dict[str, list[bytes]],
    seconds: float,
    about: dict[str, str],
    progress: Tell,
) -> report.Row:
    """Let the sides take turns at one kind of request; commands must keep up in their slowest hundredth, too."""
    progress(f"{about['database']}: {what}, {ROUNDS} rounds of {seconds:.1f} s each")
    send = {name: partial(load.run, side.port, requests[name], clients=CLIENTS) for name, side in sides.items()}
    for warm_up in send.values():
        warm_up(seconds=WARM_UP_S)
    medians = report.interleaved({name: partial(run, seconds=seconds) for name, run in send.items()}, ROUNDS)
    row = report.Row.at_least(
        1.0,
        medians["ours"].rate / medians["peer"].rate,
        what=f"{what} over HTTP, {CLIENTS} clients, against CRUD peer (requests/s)",
        **about,
        compared=figures(medians["peer"]),
        ours=figures(medians["ours"]),
    )
    if what != "create command":
        return row
    return row.also("p99 no worse", met=medians["ours"].p99 <= medians["peer"].p99)


def create(side: Side) -> bytes:
    """Render the command that creates a commitment."""
    return load.post(COLLECTION, side.token, new_commitment(side.organization_id))


def reads(side: Side) -> dict[str, list[bytes]]:
    """Render the reads: objects found on the first pages, and the first page."""
    path, objects = f"{COLLECTION}?limit={PAGE}", []
    for _ in range(PAGES):
        page = fetch(side, path)
        objects += [load.get(f"{COLLECTION}/{item['id']}", side.token) for item in page["items"]]
        path = f"{COLLECTION}?limit={PAGE}&cursor={quote(page['next'])}"
    return {"object": objects, f"first page of {PAGE}": [load.get(f"{COLLECTION}?limit={PAGE}", side.token)]}


def fetch(side: Side, path: str) -> Any:
    """Read one answer."""
    request = urllib.request.Request(f"http://127.0.0.1:{side.port}{path}")
    request.add_header("Authorization", f"Bearer {side.token}")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def figures(result: load.Result) -> str:
    """Write a result as a cell of the table."""
    return f"{result.rate:,.0f}/s, p50 {result.p50:.1f} ms, p99 {result.p99:.1f} ms"
