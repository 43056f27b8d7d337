"""Many processes record and sign at once, some are killed amid it; the log stays one log."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from roundtable import backups
from roundtable.bootstrap import open_installation
from roundtable.checks import Check
from roundtable.installation import Installation
from roundtable.log import checkpoints, tiles
from roundtable.log.errors import LogRolledBack
from roundtable.log.proofs import Prover
from roundtable.store import log
from roundtable.verify.merkle import verify_consistency
from tests.bench.servers import ROOT
from tests.harness import Person, migrated

PROCESSES = 8
EACH = 40
PROGRAM = """
import json, sys
from uuid import uuid4
from eventsourcing.persistence import StoredEvent
from roundtable.log.transparency import TransparencyLog
from roundtable.settings import Settings
from roundtable.store.database import Database
from roundtable.store.recorder import Recorder
settings, count, number = Settings(*json.loads(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
database = Database(settings.database_url, synchronous=settings.sqlite_synchronous)
recorder, signing = Recorder(database), TransparencyLog(database, settings)
for n in range(count):
    print(*recorder.insert_events([StoredEvent(uuid4(), 1, "fact.noted", b"{}") for _ in range(1 + n % 2)]), flush=True)
    if n % 10 == number:
        signing.checkpoint(force=True)
"""


def start(installation: Installation, count: int, number: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", PROGRAM, json.dumps(installation.settings), str(count), str(number)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=dict(os.environ))


def acknowledged(outputs: Sequence[bytes]) -> list[int]:
    return sorted(int(word) for output in outputs for word in output.split())


def must_be_one_log(installation: Installation) -> list[int]:
    """Check that indices are dense, and that every checkpoint continues the one before; return the sizes signed."""
    with installation.database.reading() as connection:
        assert len(tiles.leaves(connection, 0, log.head(connection))) == log.head(connection)
        signed = list(checkpoints.every(connection))
        prover = Prover(connection)
        for older, newer in itertools.pairwise(signed):
            proof = prover.consistency(older.size, newer.size)
            roots = bytes.fromhex(older.root), bytes.fromhex(newer.root)
            verify_consistency(older.size, newer.size, *roots, proof)
    installation.log.must_be_consistent()
    return [stored.size for stored in signed]


@pytest.mark.slow
def test_eight_processes_record_and_sign_one_dense_log(installation: Installation) -> None:
    running = [start(installation, EACH, number) for number in range(PROCESSES)]
    outputs = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES
    assert acknowledged(outputs) == list(range(1, PROCESSES * EACH * 3 // 2 + 1))
    sizes = must_be_one_log(installation)
    assert len(sizes) == PROCESSES * EACH // 10
    assert sizes == sorted(sizes)


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0.0, 0.05, 0.11])
def test_a_process_killed_while_it_records_and_signs_leaves_a_log_that_goes_on(
    installation: Installation, moment: float
) -> None:
    process = start(installation, 100_000, 0)
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(12)]
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    told += process.stdout.read().splitlines(keepends=True)
    process.wait()
    process.stdout.close()
    with installation.database.reading() as connection:
        head = log.head(connection)
    whole = acknowledged([line for line in told if line.endswith(b"\n")])
    assert whole == list(range(1, len(whole) + 1))
    assert head >= len(whole)
    sizes = must_be_one_log(installation)
    stored = installation.log.checkpoint(force=True)
    assert stored is not None
    assert must_be_one_log(installation) == [*sizes, stored.size]


def test_a_signature_that_was_never_stored_is_given_again(installation: Installation, secretary: Person) -> None:
    secretary.registers_organization()
    first = installation.log.checkpoint()
    assert first is not None
    secretary.registers_organization()
    with installation.database.reading() as connection:
        before = len(list(checkpoints.every(connection)))
    _die_before_storing(installation)
    with installation.database.reading() as connection:
        assert len(list(checkpoints.every(connection))) == before
    last = installation.log.signer.last()
    assert last is not None
    assert last.size > first.size, "the signer remembers what it signed"
    again = installation.log.checkpoint(force=True)
    assert again is not None
    assert (again.size, again.root) == (last.size, last.root.hex())
    assert Check(installation).run().finding is None


def _die_before_storing(installation: Installation) -> None:
    """Sign, and lose the transaction that would have stored it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints, "keep", lambda *_, **__: (_ for _ in ()).throw(ConnectionError))
        with pytest.raises(ConnectionError):
            installation.log.checkpoint(force=True)


def test_an_installation_restored_from_an_older_backup_only_reads(sqlite_installation: Installation) -> None:
    person = Person.arrives(sqlite_installation)
    person.registers_organization()
    sqlite_installation.log.checkpoint()
    folder = Path(sqlite_installation.settings.key_file()).parent
    backups.backup(sqlite_installation.settings, folder / "monday")
    person.registers_organization()
    sqlite_installation.log.checkpoint(force=True)
    url = f"sqlite:///{folder}/restored.db"
    settings = sqlite_installation.settings._replace(database_url=url)
    backups.restore(settings, folder / "monday")
    restored = open_installation(settings)
    with pytest.raises(LogRolledBack):
        restored.log.must_be_consistent()
    again = Person.arrives(restored)
    assert again.post("/organizations", {"name": "X", "kind": "company", "occurred_on": "2019"}).status_code == 503
    assert len(again.sees("/organizations")["items"]) == 1
    finding = Check(restored).run().finding
    assert finding is not None
    assert "were signed" in finding.what
    restored.close()
    elsewhere = migrated(url)
    assert Person.arrives(elsewhere).registers_organization(), "with a key of its own it would be another log"
    elsewhere.close()
