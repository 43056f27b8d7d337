"""A server killed amid a stream of writes loses nothing that it acknowledged, and doubles nothing that is retried."""

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from roundtable import tokens
from roundtable.checks import Check
from roundtable.installation import Installation
from roundtable.store.tables import event
from tests.bench.databases import key_file
from tests.bench.servers import ROOT, free_port, wait_for
from tests.harness import Person, migrated

ROUNDS = 4
CLIENTS = 4
ALIVE_S = 0.6
LONGEST_ANSWER_S = 10.0


@contextmanager
def server(url: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run the real server as a process, and kill it at the end."""
    port = free_port()
    command = [sys.executable, "-m", "roundtable.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(url), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(process, f"http://127.0.0.1:{port}/healthz")
        yield process, f"http://127.0.0.1:{port}/v1"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def environment(url: str) -> dict[str, str]:
    signing = {"ROUNDTABLE_LOG_KEY": str(key_file(url)), "ROUNDTABLE_LOG_INTERVAL": "3600"}
    return {**os.environ, "ROUNDTABLE_DATABASE_URL": url, **signing}


class Client(threading.Thread):
    """Somebody who writes, notes every answer, and leaves off when the server is gone."""

    def __init__(self, base: str, token: str, path: str, number: int) -> None:
        super().__init__()
        self.base, self.path, self.number = base, path, number
        self.headers = {"Authorization": f"Bearer {token}"}
        self.sent: dict[str, tuple[str, dict[str, Any]]] = {}
        self.answered: dict[str, Any] = {}

    def run(self) -> None:
        with httpx.Client(headers=self.headers, timeout=LONGEST_ANSWER_S) as http:
            for turn in itertools.count():
                key = f"{self.number}-{time.time_ns()}-{turn}"
                name = f"{key} {turn}"
                about = {"name": name, "occurred_on": "2019"}
                new = ("/organizations", about | {"kind": "company", "contact": name})
                self.sent[key] = new if turn % 2 else (f"{self.path}/rename", about)
                try:
                    self.send(http, key)
                except httpx.TransportError:
                    return

    def send(self, http: httpx.Client, key: str) -> None:
        """Send a request under its key, again as long as somebody else's change comes between."""
        path, body = self.sent[key]
        while (answer := http.post(self.base + path, json=body, headers={"Idempotency-Key": key})).status_code == 409:
            pass
        assert answer.status_code in {200, 201}, answer.text
        self.answered[key] = answer.json()


def test_what_was_acknowledged_survives_sigkill_exactly_once(installation: Installation) -> None:
    url = installation.database.url.render_as_string(hide_password=False)
    token = tokens.create(installation.database, "secretariat")
    person = Person.arrives(installation)._replace(token=token)
    path = f"/organizations/{person.registers_organization()}"
    sent: dict[str, Any] = {}
    answered: dict[str, Any] = {}
    for _ in range(ROUNDS):
        with server(url) as (process, base):
            clients = [Client(base, token, path, n) for n in range(CLIENTS)]
            for client in clients:
                client.start()
            time.sleep(ALIVE_S)
            process.send_signal(signal.SIGKILL)
            for client in clients:
                client.join()
                sent |= client.sent
                answered |= client.answered
    assert len(answered) > ROUNDS * CLIENTS, "too little was under way for the test to mean anything"
    reopened = migrated(url)
    must_hold_exactly_once(reopened, answered)
    again = Person.arrives(reopened)._replace(token=token)
    for key, (to, body) in sent.items():
        answer = again.post(to, body, Idempotency_Key=key)
        assert answer.status_code in {200, 201}, answer.text
        assert answered.setdefault(key, answer.json()) == answer.json(), "a retried request got another answer"
    must_hold_exactly_once(reopened, answered)
    with reopened.database.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(event)) == len(sent) + 1
    shown = rows(reopened)
    reopened.projector.rebuild()
    assert rows(reopened) == shown
    reopened.close()


def must_hold_exactly_once(installation: Installation, answered: dict[str, Any]) -> None:
    """Check that every receipt is true, positions have no gap, and the read models show what the log says."""
    with installation.database.reading() as connection:
        query = sa.select(event.c.position, event.c.originator_id, event.c.originator_version)
        found = {row.position: row for row in connection.execute(query)}
    assert sorted(found) == list(range(1, len(found) + 1))
    for receipt in answered.values():
        row = found[receipt["position"]]
        assert (row.originator_id, row.originator_version) == (receipt["id"], receipt["version"])
    assert len({receipt["position"] for receipt in answered.values()}) == len(answered)
    assert Check(installation).run().finding is None


def rows(installation: Installation) -> list[Any]:
    with installation.database.reading() as connection:
        return [
            sorted(map(tuple, connection.execute(sa.select(projection.rows.table))), key=repr)
            for projection in installation.projector.projections.values()
        ]


@pytest.mark.parametrize("moment", [0.02, 0.1])
def test_a_server_killed_while_it_migrates_starts_again(database_url: str, moment: float) -> None:
    command = [sys.executable, "-m", "roundtable.cli", "migrate"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(database_url), stdin=subprocess.DEVNULL)
    time.sleep(0.8 + moment)
    process.kill()
    process.wait()
    opened = migrated(database_url)
    assert Person.arrives(opened).registers_organization()
    assert Check(opened).run().finding is None
    opened.close()
