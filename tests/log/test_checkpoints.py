"""Checkpoints: signed with what continues what was signed before, and with nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from roundtable.bootstrap import open_installation
from roundtable.installation import Installation
from roundtable.log import checkpoints
from roundtable.log.errors import KeyMissing, LogForeign, LogRewritten, LogRolledBack, NoEntry
from roundtable.log.proofs import Prover
from roundtable.log.signer import FileSigner, Signed, Wanted
from roundtable.settings import Settings
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.merkle import CompactRange, leaf_hash
from roundtable.verify.notes import Key, Note, is_signed
from tests.bench.databases import key_file
from tests.harness import Person
from tests.postgres import scratch


def signed(installation: Installation, **how: Any) -> Checkpoint:
    """Ask for a checkpoint and return what it says, its signature checked."""
    stored = installation.log.checkpoint(**how)
    assert stored is not None
    note = Note.parse(stored.note.encode())
    assert all(is_signed(note, key) for key in _keys(installation))
    said = Checkpoint.parse(note.text)
    assert (said.size, said.root.hex()) == (stored.size, stored.root)
    return said


def _keys(installation: Installation) -> list[Key]:
    return installation.log.signer.held()


def test_an_empty_log_has_no_checkpoint(installation: Installation) -> None:
    assert installation.log.checkpoint(force=True) is None
    assert not installation.log.signer.file.exists()


def test_the_first_checkpoint_names_the_log_for_good(installation: Installation, secretary: Person) -> None:
    secretary.registers_organization()
    first = signed(installation)
    assert first.origin.startswith("localhost/roundtable/")
    secretary.registers_organization()
    second = signed(installation, force=True)
    assert second.origin == first.origin
    assert second.size > first.size
    with installation.database.reading() as connection:
        prover = Prover(connection)
        assert (prover.root(first.size), prover.root(second.size)) == (first.root, second.root)
        assert [stored.size for stored in checkpoints.every(connection)] == [first.size, second.size]


def test_a_checkpoint_is_signed_when_it_is_due_and_not_before(installation: Installation, secretary: Person) -> None:
    secretary.registers_organization()
    first = signed(installation)
    assert signed(installation) == first
    last = secretary.does("/organizations", name="One", kind="company")["position"]
    assert signed(installation) == first, "sixty seconds have not gone by"
    assert signed(installation, covering=last).size >= last
    with installation.database.reading() as connection:
        assert len(list(checkpoints.every(connection))) == 2
    impatient = open_installation(installation.settings._replace(log_interval=0.0))
    secretary.registers_organization()
    assert signed(impatient).size > last
    assert signed(impatient) == signed(impatient), "it has not grown"
    beating = open_installation(installation.settings._replace(log_heartbeat=0.0))
    assert signed(beating) == signed(impatient)
    with installation.database.reading() as connection:
        sizes = [stored.size for stored in checkpoints.every(connection)]
    assert sizes[-1] == sizes[-2], "a heartbeat signs again what has not grown"
    impatient.close()
    beating.close()


def test_a_position_that_is_not_there_cannot_be_covered(installation: Installation, secretary: Person) -> None:
    secretary.registers_organization()
    for position in (0, 2):
        with pytest.raises(NoEntry, match="ends at 1"):
            installation.log.checkpoint(covering=position)


def test_the_key_is_for_its_owner_alone(sqlite_installation: Installation) -> None:
    Person.arrives(sqlite_installation).registers_organization()
    signed(sqlite_installation)
    file = sqlite_installation.log.signer.file
    assert {f.stat().st_mode & 0o777 for f in file.parent.iterdir()} == {0o600}
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_log_whose_key_is_elsewhere_gets_no_fresh_one(installation: Installation, secretary: Person) -> None:
    secretary.registers_organization()
    signed(installation)
    elsewhere = installation.settings.key_file().with_name("other.key")
    other = open_installation(installation.settings._replace(log_key=str(elsewhere)))
    with pytest.raises(KeyMissing, match="roundtable log new-key"):
        other.log.checkpoint(force=True)
    assert not elsewhere.exists()
    other.close()


# A signer by itself


ORIGIN = "example.org/roundtable/1"


@pytest.fixture
def signer() -> Iterator[FileSigner]:
    with scratch() as folder:
        made = FileSigner(folder / "keys" / "log.key")
        made.add_key(ORIGIN)
        yield made


def tree(size: int, seed: str = "") -> CompactRange:
    made = CompactRange()
    for n in range(size):
        made.append(leaf_hash(f"{seed}{n}".encode()))
    return made


def wanted(old: int, size: int, *proof: bytes, seed: str = "", origin: str = ORIGIN) -> Wanted:
    return Wanted(origin, old, size, tree(size, seed).root(), proof)


def test_a_signer_signs_what_continues_its_memory(signer: FileSigner) -> None:
    signer.sign(wanted(0, 1))
    signer.sign(wanted(1, 2, leaf_hash(b"1")))
    signer.sign(wanted(2, 2))
    assert signer.last() == Signed(ORIGIN, 2, tree(2).root())


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (wanted(2, 1), LogRolledBack),
        (wanted(0, 1), LogRolledBack),
        (wanted(2, 2, seed="x"), LogRewritten),
        (wanted(2, 3), LogRewritten),
        (wanted(2, 3, leaf_hash(b"x")), LogRewritten),
        (wanted(2, 3, leaf_hash(b"2"), seed="x"), LogRewritten),
        (wanted(1, 3, leaf_hash(b"2")), LogRewritten),
        (wanted(0, 3), LogRewritten),
        (wanted(2, 3, leaf_hash(b"2"), origin="example.org/roundtable/2"), LogForeign),
    ],
    ids=[
        "smaller",
        "smaller-from-nothing",
        "second-root",
        "no-proof",
        "wrong-proof",
        "other-tree",
        "other-old",
        "from-nothing",
        "other-log",
    ],
)
def test_a_signer_refuses_what_does_not(signer: FileSigner, asked: Wanted, refusal: type[Exception]) -> None:
    signer.sign(wanted(0, 2))
    again = FileSigner(signer.file)
    with pytest.raises(refusal):
        again.sign(asked)
    assert again.last() == Signed(ORIGIN, 2, tree(2).root())
    assert again.sign(wanted(2, 3, leaf_hash(b"2"))).signatures


def test_two_keys_sign_until_one_is_dropped(signer: FileSigner) -> None:
    (old,) = signer.held()
    new = signer.add_key(ORIGIN)
    both = signer.sign(wanted(0, 1))
    assert is_signed(both, old)
    assert is_signed(both, new)
    signer.drop_key(old)
    one = signer.sign(wanted(1, 1))
    assert (is_signed(one, old), is_signed(one, new)) == (False, True)


# A database that does not continue what was signed


@pytest.fixture
def ahead(installation: Installation, secretary: Person) -> Iterator[Installation]:
    """An installation of four signed entries or more."""
    for _ in range(4):
        secretary.registers_organization()
    signed(installation)
    again = open_installation(installation.settings)
    yield again
    again.close()


def rolled_back(installation: Installation, to: int) -> None:
    """Do what restoring a backup of that moment does."""
    with installation.database.writing() as connection:
        for statement in (
            "DELETE FROM event WHERE position > :to",
            "UPDATE log_head SET position = :to",
            "DELETE FROM log_checkpoint",
            "DELETE FROM log_tile",
            "UPDATE log_tree SET size = 0",
        ):
            connection.execute(sa.text(statement), {"to": to} if ":to" in statement else {})


def test_after_a_restored_backup_reading_goes_on_and_recording_does_not(ahead: Installation) -> None:
    rolled_back(ahead, 3)
    again = open_installation(ahead.settings)
    person = Person.arrives(again)
    refused = person.post("/organizations", {"name": "New", "kind": "company", "occurred_on": "2019"})
    assert (refused.status_code, refused.json()["type"]) == (503, "urn:roundtable:problem:log-rolled-back")
    assert "roundtable import" in refused.json()["detail"]
    assert refused.headers["Retry-After"] == "30"
    assert len(person.sees("/organizations")["items"]) == 4
    with pytest.raises(LogRolledBack):
        again.log.checkpoint(force=True)
    with again.database.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM event")) == 3
    ready = person.client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["status"] == "read-only"
    again.close()


def test_a_rewritten_entry_stops_the_recording_even_where_every_hash_was_made_anew(ahead: Installation) -> None:
    with ahead.database.writing() as connection:
        for statement, values in (
            ("UPDATE event SET leaf_hash = :leaf WHERE position = 2", {"leaf": b"x" * 32}),
            ("DELETE FROM log_tile", {}),
            ("DELETE FROM log_checkpoint", {}),
            ("UPDATE log_tree SET size = 0", {}),
        ):
            connection.execute(sa.text(statement), values)
    again = open_installation(ahead.settings)
    with pytest.raises(LogRewritten):
        again.log.must_be_consistent()
    with pytest.raises(LogRewritten):
        again.log.checkpoint(force=True)
    again.close()


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("DELETE FROM log_tile", "tile-missing"),
        ("UPDATE log_tree SET size = 5; UPDATE event SET leaf_hash = NULL WHERE position = 6", "leaf-missing"),
        ("UPDATE log_tile SET hashes = leaf_hash FROM event WHERE position = 1", "log-rewritten"),
    ],
)
def test_a_log_with_holes_is_read_but_not_written(ahead: Installation, statement: str, refusal: str) -> None:
    person = Person.arrives(ahead)
    with ahead.database.writing() as connection:
        for each in statement.split("; "):
            connection.execute(sa.text(each))
    refused = person.post("/organizations", {"name": "New", "kind": "company", "occurred_on": "2019"})
    assert (refused.status_code, refused.json()["type"]) == (503, f"urn:roundtable:problem:{refusal}")
    assert len(person.sees("/organizations")["items"]) == 4
    assert person.client.get("/readyz").json()["status"] == "read-only"


def test_the_key_of_another_log_signs_nothing_here(ahead: Installation) -> None:
    with ahead.database.writing() as connection:
        connection.execute(sa.text("UPDATE log_tree SET origin = 'example.org/roundtable/other'"))
    with pytest.raises(LogForeign, match="holds example"):
        ahead.log.must_be_consistent()
    with pytest.raises(LogForeign):
        ahead.log.checkpoint(force=True)


def test_recording_goes_on_as_soon_as_the_entries_are_back(
    ahead: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ahead.database.writing() as connection:
        connection.execute(sa.text("UPDATE log_tree SET origin = 'x'"))
    with pytest.raises(LogForeign):
        ahead.log.must_be_consistent()
    with ahead.database.writing() as connection:
        connection.execute(sa.text("UPDATE log_tree SET origin = :origin"), {"origin": ahead.log.signer.held()[0].name})
    monkeypatch.setattr("roundtable.log.transparency.RECHECK_SECONDS", 0.0)
    ahead.log.must_be_consistent()


def test_the_key_stands_beside_the_folder_of_the_data_not_in_it() -> None:
    with scratch() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/data/log.db")
        assert settings.key_file() == folder / "data.keys" / "log.key"
        assert key_file("sqlite:////x/log.db") == Path("/x/log.db.keys/log.key")
