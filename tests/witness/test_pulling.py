"""A witness on a laptop pulls a log, signs what continues, sends its signature, and raises an alarm otherwise."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from roundtable.verify.cosignatures import cosigned_at
from roundtable.verify.notes import Key, Note, Signature
from roundtable.verify.policies import Log
from roundtable.witness.pulling import Unreachable, pull
from roundtable.witness.witness import Refused, Witness
from tests.verify import archives
from tests.verify.archives import LOG, entries, story
from tests.verify.keys import signer
from tests.witness.logs import LogServer, Shown

LEAVES = entries(story(600))
OTHER = entries([*story(5), *story(595)])


@pytest.fixture
def log():
    server = LogServer(Shown(LEAVES, 3))
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def witness(tmp_path, log):
    return Witness.begin(tmp_path / "witness", "transicion.example", [f"{LOG.key} {log.url}"])


def signed_size(witness: Witness) -> int:
    return witness.memory.read()[archives.ORIGIN].checkpoint.size


@pytest.mark.parametrize("proofs", [True, False], ids=["by proof", "by tiles"])
def test_a_growing_log_is_followed(log, witness, proofs):
    log.shown.proofs = proofs
    for size in (3, 3, 7, 256, 300, 600):
        log.shown.show(LEAVES, size)
        pulled = pull(witness, witness.policy.logs[0])
        assert pulled.checkpoint.size == signed_size(witness) == size
        line = Signature.parse(log.shown.sent[-1].removesuffix("\n"))
        assert cosigned_at(Note.parse(log.shown.note).text, line, witness.key.key)


@pytest.mark.parametrize("proofs", [True, False], ids=["by proof", "by tiles"])
@pytest.mark.parametrize(
    ("leaves", "size"), [(OTHER, 300), (OTHER, 7), (LEAVES, 5)], ids=["rewritten", "forked", "cut"]
)
def test_a_log_that_contradicts_itself_raises_an_alarm_with_evidence(log, witness, proofs, leaves, size):
    log.shown.proofs = proofs
    log.shown.show(LEAVES, 7)
    pull(witness, witness.policy.logs[0])
    log.shown.show(leaves, size)
    with pytest.raises(Refused) as refused:
        pull(witness, witness.policy.logs[0])
    assert refused.value.is_alarm
    assert signed_size(witness) == 7
    shown = next((witness.folder / "evidence").rglob("shown.note"))
    assert shown.read_bytes() == log.shown.note
    assert len(log.shown.sent) == 1


def test_what_was_signed_and_not_taken_is_remembered_all_the_same(log, witness):
    log.shown.takes = False
    with pytest.raises(Unreachable):
        pull(witness, witness.policy.logs[0])
    assert signed_size(witness) == 3


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/v1/log", "file:///etc/passwd", "ftp://example.org/", "nowhere"])
def test_a_log_that_does_not_answer_is_no_alarm(witness, url):
    with pytest.raises(Unreachable):
        pull(witness, Log(LOG.key, url))


def test_another_log_behind_the_address_is_not_signed(log, witness):
    stranger = Key("otra.example/mesa", 1, LOG.key.public)
    with pytest.raises(Refused) as refused:
        pull(witness, Log(stranger, log.url))
    assert not refused.value.is_alarm
    log.shown.note = archives.checkpoint(LEAVES, 3, (), log=signer(archives.ORIGIN, seed="foreign"))
    with pytest.raises(Refused):
        pull(witness, witness.policy.logs[0])
    log.shown.note = b"<html>"
    with pytest.raises(Unreachable):
        pull(witness, witness.policy.logs[0])


class Terminal:
    """A shell in an empty folder, with a database address that nothing can open."""

    def __init__(self, folder: Path) -> None:
        here = str(Path(__file__).parents[2])
        self.cwd = folder
        self.env = os.environ | {"PYTHONPATH": here, "ROUNDTABLE_LANGUAGE": "en"}
        self.env["ROUNDTABLE_DATABASE_URL"] = "sqlite:////nonexistent/nothing.db"

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-c", "from roundtable.witness.cli import app; app()", *words]

    def runs(self, *words: str) -> tuple[int, str]:
        done = subprocess.run(
            self.command(*words), cwd=self.cwd, env=self.env, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr


def test_from_making_a_witness_to_an_alarm_at_the_terminal(tmp_path, log):
    shell = Terminal(tmp_path)
    code, said = shell.runs("init", "transicion.example/w1", "--log", f"{LOG.key} {log.url}")
    assert code == 0
    assert said.splitlines()[-1].startswith("witness w1 transicion.example/w1+")
    assert shell.runs("init", "transicion.example/w1")[0] == 2
    code, said = shell.runs("cosign")
    assert (code, "signed at size 3" in said) == (0, True)
    code, said = shell.runs("status")
    assert (code, f"{archives.ORIGIN}: 3 entries" in said) == (0, True)
    log.shown.show(OTHER, 300)
    log.shown.show(LEAVES, 2)
    code, said = shell.runs("cosign")
    assert (code, "ALARM" in said) == (1, True)
    (tmp_path / "witness" / "memory.json").unlink()
    code, said = shell.runs("cosign")
    assert (code, "memory" in said) == (2, True)


def test_the_project_offers_the_same_commands(tmp_path):
    shell = Terminal(tmp_path)
    command = [sys.executable, "-m", "roundtable.cli", "witness", "init", "w.example"]
    done = subprocess.run(command, cwd=tmp_path, env=shell.env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1].partition("+")[0]) == (0, "witness w.example w.example")


def test_a_running_witness_signs_again_and_again_until_it_is_stopped(tmp_path, log):
    shell = Terminal(tmp_path)
    shell.runs("init", "transicion.example", "--log", f"{LOG.key} {log.url}")
    running = subprocess.Popen(
        shell.command("run", "--every", "1s", "--listen", "127.0.0.1:0"),
        cwd=tmp_path,
        env=shell.env,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        deadline = time.monotonic() + 60
        while len(log.shown.sent) < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(log.shown.sent) >= 2
    finally:
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=30)[0]
    assert running.returncode == 0
    assert "/add-checkpoint" in said
