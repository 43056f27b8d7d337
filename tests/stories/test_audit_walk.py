"""The walk of an auditor: export, take only the export and the verifier away, verify; then somebody changes an amount.

And of an incoming administration: take the whole history over into another database and go on with it.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
import sqlalchemy as sa

from roundtable.store.database import Database
from roundtable.store.tables import event, log_checkpoint
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.notes import Note
from tests.cli.test_commands import Terminal
from tests.postgres import Server, scratch

READY_S = 60


class Office:
    """A secretariat with a terminal and a server, and an auditor's witness that the server knows."""

    def __init__(self, url: str, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = str(free.getsockname()[1])
        self.base, self.folder = f"http://127.0.0.1:{self.port}", folder
        self.shell = Terminal(url, ROUNDTABLE_LOG_POLICY=str(folder / "server-policy.txt"))
        self.url = url

    def keys(self) -> list[str]:
        return re.findall(r"^key +(.*)$", self.shell.runs("log", "status").stdout, re.MULTILINE)

    def meets_witness(self) -> str:
        """Let an auditor make a witness for the log; return the auditor's policy."""
        [key] = self.keys()
        log = f"{key} {self.base}/v1/log"
        words = ("--log", log, "--folder", str(self.folder / "witness"))
        line = self.shell.runs("witness", "init", "auditoria.example/walk", *words).stdout.splitlines()[-1]
        policy = f"log {key}\n{line}\nquorum {line.split()[1]}\n"
        (self.folder / "server-policy.txt").write_text(policy)
        return policy

    def serves(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "roundtable.cli", "serve", "--port", self.port]
        server = subprocess.Popen(command, env=self.shell.env, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + READY_S
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.base}/healthz"):
                    return server
            except OSError:
                assert server.poll() is None, "the server ended"
                time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def is_cosigned(self) -> None:
        self.shell.runs("checkpoint")
        self.shell.runs("witness", "cosign", "--folder", str(self.folder / "witness"))


class Auditor:
    """Somebody with an empty directory and a Python, and nothing of the project."""

    def __init__(self, folder: Path, verifier: bytes, policy: str) -> None:
        folder.mkdir()
        self.folder = folder
        (folder / "roundtable-verify.pyz").write_bytes(verifier)
        (folder / "policy.txt").write_text(policy)

    def verifies(self, export: Path, *more: str) -> tuple[int, dict[str, object]]:
        (self.folder / export.name).write_bytes(export.read_bytes())
        command = [sys.executable, "-I", "-S", "roundtable-verify.pyz", "bundle", export.name, "--policy", "policy.txt"]
        bare = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [*command, "--json", *more], cwd=self.folder, env=bare, capture_output=True, text=True, check=False
        )
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Office:
    office = Office(database_url, tmp_path)
    office.shell.runs("demo", "--no-serve")
    office.shell.runs("checkpoint")
    return office


@pytest.mark.slow
def test_an_export_is_proven_without_the_project_and_one_changed_amount_is_named(
    office: Office, tmp_path: Path
) -> None:
    policy = office.meets_witness()
    server = office.serves()
    try:
        office.is_cosigned()
        with urllib.request.urlopen(f"{office.base}/v1/log/roundtable-verify.pyz") as answer:
            auditor = Auditor(tmp_path / "away", answer.read(), policy)
    finally:
        server.terminate()
        server.wait()
    good = tmp_path / "good.zip"
    office.shell.runs("export", "--output", str(good))
    code, report = auditor.verifies(good)
    assert (code, report["verdict"]) == (0, "proven"), report
    assert office.shell.runs("check", "--export", str(good)).stdout.startswith("Replayed")

    position = changes_an_amount(office.url)
    bad = tmp_path / "bad.zip"
    office.shell.runs("export", "--output", str(bad))
    code, report = auditor.verifies(bad)
    assert code == 1
    named = [f for f in report["findings"] if f["code"] == "ENTRY_ALTERED"]  # type: ignore[attr-defined]
    assert [f["position"] for f in named] == [position]
    said = office.shell.runs("check", "--export", str(good), fails=True).stderr
    assert f"event at position {position}" in said


def changes_an_amount(url: str) -> int:
    """Change one amount as somebody with the database would; return its position."""
    database = Database(url)
    with database.writing() as connection:
        query = sa.select(event.c.position, event.c.body).where(event.c.topic == "commitment.registered")
        position, body = next(
            (row.position, row.body) for row in connection.execute(query) if '"amount":{"amount":"' in row.body
        )
        changed = re.sub(r'("amount":\{"amount":")\d', r"\g<1>9", body, count=1)
        assert changed != body or '"amount":{"amount":"9' in body
        changed = changed if changed != body else body.replace('"amount":{"amount":"9', '"amount":{"amount":"8', 1)
        connection.execute(event.update().where(event.c.position == position).values(body=changed))
    database.close()
    return int(position)


@pytest.mark.slow
@pytest.mark.postgres
def test_an_incoming_administration_takes_the_history_over_and_goes_on(tmp_path: Path, postgres_server: Server) -> None:
    with scratch() as folder:
        outgoing = Office(f"sqlite:///{folder}/old.db", tmp_path)
        outgoing.shell.runs("demo", "--no-serve")
        export = tmp_path / "handover.zip"
        outgoing.shell.runs("export", "--with-disclosures", "--with-documents", "--output", str(export))
        before = head(f"sqlite:///{folder}/old.db")
    url = postgres_server.new_database()
    incoming = Terminal(url)
    incoming.runs("migrate")
    told = incoming.runs("import", str(export)).stdout
    assert f"{before.size} events of {before.origin}, root {before.root.hex()}" in told
    refused = incoming.runs("import", str(export), fails=True)
    assert "already holds a log" in refused.stderr
    incoming.runs("check")

    token = incoming.token()
    receipt = incoming.does(
        "organization", "register", "name=DEMO", "kind=local_government", "occurred_on=2019", "--token", token
    )
    assert receipt["position"] == before.size + 2
    incoming.runs("checkpoint")
    continued = tmp_path / "continued.zip"
    incoming.runs("export", "--output", str(continued))
    after = head(url)
    assert (after.origin, after.size) == (before.origin, before.size + 2)
    command = [sys.executable, "-m", "roundtable.verify", "diff", str(export), str(continued), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    postgres_server.drop_database(url)


def head(url: str) -> Checkpoint:
    database = Database(url)
    with database.reading() as connection:
        note = connection.scalar(sa.select(log_checkpoint.c.note).order_by(log_checkpoint.c.number.desc()).limit(1))
    database.close()
    return Checkpoint.parse(Note.parse(str(note).encode()).text)
