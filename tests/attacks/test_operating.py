"""Clocks, backups, crashes, renamed facts, strange machines: the log stays one log, and what it says can be checked."""

import os
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from roundtable.checks import Check
from roundtable.installation import Installation
from roundtable.log.errors import LogRewritten, LogRolledBack
from roundtable.store import bulk
from roundtable.store.mapper import Body
from roundtable.store.recorder import Recorder
from roundtable.store.tables import disclosure, event, log_head
from roundtable.verify import packing
from tests.attacks.world import FIRST, World, edited
from tests.bench.servers import ROOT
from tests.harness import Person, migrated, pen
from tests.postgres import scratch

CRASHES = """
import errno, os, signal, sys
from itertools import count
from pathlib import Path
from api.app import create_app
from fastapi.testclient import TestClient
from roundtable import tokens
from tests.attacks.world import World
from tests.harness import Person

url, folder = sys.argv[1], Path(sys.argv[2])
world = World.opened(url, folder)
client = TestClient(create_app(world.installation), raise_server_exceptions=False)

def crashing(how, moment):
    passed = count(1)

    def boundary():
        if next(passed) == moment:
            if how == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(errno.ENOSPC, "no space left")

    def around(call):
        def called(*given):
            boundary()
            result = call(*given)
            boundary()
            return result
        return called

    token = tokens.create(world.installation.database, "secretariat")
    dialect = world.installation.database.engine.dialect
    dialect.do_commit, os.fsync, Path.replace = map(around, (dialect.do_commit, os.fsync, Path.replace))
    made = Person(client, token).registers_organization(contact="Rosa Huaman")
    with (folder / "acknowledged").open("a") as file:
        file.write(made + "\\n")
    world.installation.log.checkpoint(force=True)
    world.cosigned("contraloria", "transicion")

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.dup2(2, 1)
        try:
            crashing(line.split()[0], int(line.split()[1]))
        except Exception:
            os._exit(1)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
ALONE = """
import sys
class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"socket", "_socket", "ssl", "_ssl"}:
            raise ImportError("this machine has no network")
sys.meta_path.insert(0, Refusing())
import importlib.util, runpy
assert importlib.util.find_spec("roundtable") is None
assert importlib.util.find_spec("cryptography") is None
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_a_log_is_proven_without_the_project_and_without_a_network(world: World) -> None:
    """A00, A36: an export, a policy and one file, in a Python that has nothing else; an edited one is not proven."""
    lonely = world.folder / "lonely"
    lonely.mkdir()
    (lonely / packing.NAME).write_bytes(packing.build())
    (lonely / "policy.txt").write_text(world.policy())
    world.exported("lonely/clean.zip")
    world.edits(FIRST, body="{}")
    world.exported("lonely/edited.zip")
    found = []
    for name in ("clean.zip", "edited.zip"):
        command = [sys.executable, "-I", "-S", "-c", ALONE, packing.NAME, "bundle", name, "--policy", "policy.txt"]
        done = subprocess.run(
            command, cwd=lonely, capture_output=True, text=True, check=False, env={"PATH": os.defpath}
        )
        assert done.stderr == ""
        found.append((done.returncode, f"position {FIRST}, commitment.progress-reported" in done.stdout))
    assert found == [(0, False), (1, True)]


def test_a_clock_set_back_is_not_recorded_with(world: World) -> None:
    """A27: the last fact was recorded in a time that the clock has not reached."""
    ahead = (datetime.now(UTC) + timedelta(hours=1)).isoformat(timespec="microseconds")
    world.sql("UPDATE log_head SET recorded_at = :ahead", ahead=ahead)
    body = {"name": "Late", "kind": "company", "occurred_on": "2019"}
    refused = world.person().post("/organizations", body)
    assert (refused.status_code, refused.json()["type"]) == (503, "urn:roundtable:problem:clock-behind")
    assert len(world.story()) == world.newest().size


def test_after_yesterdays_backup_nothing_is_recorded_and_nothing_signed(world: World) -> None:
    """A28: the signer remembers more than the database holds."""
    world.retold(world.story()[:FIRST])
    world.sql("DELETE FROM log_checkpoint WHERE size > :size", size=FIRST)
    with pytest.raises(LogRolledBack):
        world.installation.log.checkpoint(force=True)
    person = world.person()
    refused = person.post("/organizations", {"name": "New", "kind": "company", "occurred_on": "2019"})
    assert (refused.status_code, refused.json()["type"]) == (503, "urn:roundtable:problem:log-rolled-back")
    assert person.client.get("/readyz").json()["status"] == "read-only"
    assert len(person.sees("/organizations")["items"]) == 2


def test_a_second_root_at_the_same_size_is_not_signed(world: World) -> None:
    """A29: the signer is asked to sign another history of the same length."""
    signed = world.installation.log.signer.last()
    world.retold(edited(world.story()))
    with pytest.raises(LogRewritten):
        world.installation.log.checkpoint(force=True)
    assert world.installation.log.signer.last() == signed


@pytest.mark.slow
def test_at_whatever_commit_or_file_it_crashes_the_log_goes_on(world: World) -> None:
    """A31: before and after every commit, every sync and every file put in place, of server, signer and witness.

    The process is killed there, or told that the disk is full: at every other moment, the others on the other database.
    """
    ways = ("killed", "failing") if world.installation.database.is_sqlite else ("failing", "killed")
    url = world.installation.database.url.render_as_string(hide_password=False)
    program = [sys.executable, "-c", CRASHES, url, str(world.folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(program, cwd=ROOT, text=True, env=dict(os.environ), **pipes) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for moment in range(1, 100):
            print(ways[moment % 2], moment, file=running.stdin, flush=True)
            code = int(running.stdout.readline())
            must_be_whole(world)
            if code == 0:
                break
        running.stdin.close()
    assert code == 0
    assert moment > 20, "there are more moments than that"
    world.installation.log.checkpoint(force=True)
    world.cosigned("contraloria", "transicion")
    assert world.verdict(world.exported(disclosures=True)) == (0, set())


def must_be_whole(world: World) -> None:
    """Check that the log is whole and continues what was signed, and that all that was acknowledged is in it."""
    assert Check(world.installation).run().finding is None
    acknowledged = world.folder / "acknowledged"
    if acknowledged.exists():
        assert set(acknowledged.read_text().split()) <= {row.originator_id for row in world.story()}


def rebuilt(folder: Path, world: World, size: int) -> Installation:
    """Return an installation of the first events and the texts about people, its read models built from them."""
    made = migrated(f"sqlite:///{folder}/{size}.db")
    rows = world.story()[:size]
    with made.database.writing() as connection:
        bulk.insert(connection, event, [row.columns() for row in rows])
        connection.execute(disclosure.insert(), [row._asdict() for row in world.disclosures()])
        connection.execute(log_head.update().values(position=size, recorded_at=rows[-1].recorded_at))
    made.projector.rebuild()
    return made


@pytest.mark.parametrize("seed", range(34, 34 + int(os.environ.get("ROUNDTABLE_TEST_HISTORIES", "1"))))
def test_what_was_reported_at_a_size_is_what_its_entries_alone_lead_to(world: World, seed: int) -> None:
    """A34: read models built from the first N entries show what the server says of position N, with its root."""
    chance, person = random.Random(seed), world.person()
    for _ in range(12):
        percent, month = chance.randrange(100), chance.randint(3, 9)
        report = "/commitments/DEMO-ROAD/report-progress"
        position = person.does(report, percent=percent, occurred_on=f"2019-{month:02d}-01")["position"]
        if chance.random() < 0.3:
            person.corrects("/commitments/DEMO-ROAD", position, {"percent": 100 - percent})
        if chance.random() < 0.3:
            person.does("/commitments/DEMO-ROAD/amend-amount", amount=pen(percent + 1), reason="addendum")
        if chance.random() < 0.2:
            person.voids("/commitments/DEMO-ROAD", position)
    head = len(world.story())
    with scratch() as folder:
        for size in chance.sample(range(FIRST - 4, head + 1), 4):
            alone = rebuilt(folder, world, size)
            for path in ("/organizations", "/commitments", "/commitments/DEMO-ROAD", "/commitments/DEMO-ROAD/history"):
                said = person.get(path, at_position=size)
                shown = Person.arrives(alone).get(path, at_position=size)
                assert (said.status_code, said.json()) == (200, shown.json()), (path, size)
                roots = [answer.headers["Roundtable-Log-Root"] for answer in (said, shown)]
                assert roots[0] == roots[1]
            alone.close()


def test_an_entry_whose_fact_no_code_knows_is_proven_like_the_others(world: World) -> None:
    """A33: the code calls a fact otherwise than when it was recorded; the verifier reads bytes, not code."""
    unknown = Body(UUID(int=33), 1, "commitment.begun", b'{"percent":10}', "commitment", 7, "2019-01-01")
    [position] = Recorder(world.installation.database).insert_events([unknown]) or []
    world.installation.log.checkpoint(covering=position)
    world.cosigned()
    file = world.exported()
    assert world.verdict(file) == (0, set())
    assert world.checked(file).size == position
    world.edits(position, topic="commitment.started")
    report = world.checked(world.exported())
    assert ("ENTRY_ALTERED", position - 1) in {(f.code, f.leaf_index) for f in report.findings}
