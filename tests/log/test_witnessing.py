"""The server asks witnesses for signatures, keeps the good ones, and records on whatever they answer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from roundtable.installation import Installation
from roundtable.log import checkpoints
from roundtable.log.checkpointer import Checkpointer
from roundtable.log.checkpoints import Stored
from roundtable.log.witnessing import Witnesses
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.cosignatures import cosignatures
from roundtable.verify.merkle import verify_consistency
from roundtable.verify.notes import Note
from roundtable.verify.texts import decode_base64
from tests.harness import Person
from tests.postgres import scratch
from tests.verify.keys import witness

PLACE = witness("witness.example/province")


class Server(HTTPServer):
    """A witness after C2SP tlog-witness that remembers one log."""

    seen: Checkpoint | None = None
    asked = 0
    answers: tuple[int, bytes] | None = None


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self.server.asked += 1
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head, _, rest = body.partition(b"\n\n")
        old, *proof = head.decode().split("\n")
        note = Note.parse(rest)
        said, seen = Checkpoint.parse(note.text), self.server.seen
        if self.server.answers:
            return self.answer(*self.server.answers)
        if int(old.removeprefix("old ")) != (seen.size if seen else 0):
            return self.answer(409, f"{seen.size if seen else 0}\n".encode(), "text/x.tlog.size")
        if seen:
            verify_consistency(seen.size, said.size, seen.root, said.root, [decode_base64(h) for h in proof])
        self.server.seen = said
        return self.answer(200, f"{PLACE.cosign(note.text, 1_800_000_000)}\n".encode())

    def answer(self, status: int, body: bytes, media_type: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    with listening() as found:
        yield found


@pytest.fixture
def watched(installation: Installation, server: Server) -> Iterator[Installation]:
    """An installation whose policy names the witness with its address."""
    with scratch() as folder:
        file = Path(folder) / "policy"
        file.write_text(f"witness province {PLACE.key} http://127.0.0.1:{server.server_port}/\nquorum province\n")
        installation.log.settings = installation.settings._replace(log_policy=str(file), log_interval=0.0)
        yield installation


def cosigned(installation: Installation) -> list[int | None]:
    stored = installation.log.checkpoint()
    assert stored is not None
    return cosignatures(Note.parse(stored.note.encode()), PLACE.key)


def test_a_witness_signs_what_it_has_seen_continue(watched: Installation, server: Server) -> None:
    person, rounds = Person.arrives(watched), Checkpointer(watched.log, Witnesses(watched.log).ask)
    for _ in range(3):
        person.registers_organization()
        rounds.round()
        assert cosigned(watched) == [1_800_000_000]
    assert server.asked == 3
    rounds.round()
    assert server.asked == 3, "it has signed that already"


def test_a_server_that_starts_anew_learns_how_much_the_witness_has_seen(watched: Installation, server: Server) -> None:
    person = Person.arrives(watched)
    for _ in range(2):
        person.registers_organization()
        Checkpointer(watched.log, Witnesses(watched.log).ask).round()
        assert cosigned(watched) == [1_800_000_000]
    assert server.asked == 1 + 2


@pytest.mark.parametrize(
    "answers",
    [
        (500, b""),
        (403, b"unknown key"),
        (409, b"many"),
        (200, b""),
        (200, b"noise"),
        (200, b"\xff"),
        (200, f"{witness('witness.example/other').cosign('x', 1)}\n".encode()),
        (200, f"{PLACE.cosign('something else', 1)}\n".encode()),
    ],
)
def test_what_a_witness_answers_wrongly_is_not_kept_and_recording_goes_on(
    watched: Installation, server: Server, answers: tuple[int, bytes]
) -> None:
    person = Person.arrives(watched)
    person.registers_organization()
    server.answers = answers
    Checkpointer(watched.log, Witnesses(watched.log).ask).round()
    assert cosigned(watched) == []
    assert watched.log.trouble is None
    assert person.registers_organization()


def test_a_witness_that_has_seen_more_than_there_is_signs_nothing(watched: Installation, server: Server) -> None:
    Person.arrives(watched).registers_organization()
    server.seen = Checkpoint("x", 99, b"x" * 32)
    Checkpointer(watched.log, Witnesses(watched.log).ask).round()
    assert cosigned(watched) == []
    assert server.asked == 1


def test_a_witness_that_is_not_there_stops_nothing(watched: Installation, server: Server) -> None:
    file = Path(watched.log.settings.log_policy)
    file.write_text(file.read_text().replace(str(server.server_port), "9"))
    person = Person.arrives(watched)
    person.registers_organization()
    asked: list[Stored] = []
    Checkpointer(watched.log, lambda stored: (asked.append(stored), Witnesses(watched.log, 1.0).ask(stored))[0]).round()
    assert len(asked) == 1
    assert person.registers_organization()


def test_the_server_signs_by_itself_while_it_runs(watched: Installation) -> None:
    person = Person.arrives(watched)
    person.registers_organization()
    done = threading.Event()
    with Checkpointer(watched.log, lambda _: done.set()).running():
        assert done.wait(20)
    with watched.database.reading() as connection:
        assert checkpoints.latest(connection) is not None


def test_a_policy_that_cannot_be_read_is_told_and_stops_nothing(watched: Installation) -> None:
    Path(watched.log.settings.log_policy).write_text("nonsense\n")
    person = Person.arrives(watched)
    person.registers_organization()
    Checkpointer(watched.log, Witnesses(watched.log).ask).round()
    ready = person.client.get("/readyz").json()
    assert ready["status"] == "degraded"
    assert "ROUNDTABLE_LOG_POLICY" in ready["log"]
    assert person.registers_organization()
