"""A mirror follows a log, keeps a copy that is an export, and raises the alarm where the log forks."""

import shutil
import zipfile
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from roundtable.cli import app
from roundtable.export_cli import follow
from roundtable.exports.copies import CopyDamaged
from roundtable.installation import Installation
from roundtable.mirroring import Alarm, Mirror, Unreachable
from roundtable.store.tables import event, log_checkpoint, log_tile, log_tree
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.notes import Note
from tests.exports.telling import cosigned, tells, verified
from tests.harness import Person, migrated
from tests.postgres import scratch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "copy"


@pytest.fixture
def mirror(secretary: Person, folder: Path) -> Mirror:
    tells(secretary)
    return Mirror(secretary.client, "http://testserver", folder)


def grows(installation: Installation, person: Person, by: int = 1) -> None:
    for _ in range(by):
        person.registers_organization()
    installation.log.checkpoint(force=True)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_copy_is_an_export_that_is_proven_packed_or_not(
    installation: Installation, mirror: Mirror, folder: Path, tmp_path: Path
) -> None:
    installation.log.checkpoint(force=True)
    cosigned(installation)
    seen = mirror.round()
    assert seen.grown == seen.checkpoint.size > 0
    report = verified(folder, installation)
    assert (list(report.findings), report.verdict, report.size) == ([], 0, seen.checkpoint.size)
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", folder))
    assert verified(packed, installation).verdict == 0
    with zipfile.ZipFile(packed) as archive:
        assert "manifest.json" in archive.namelist()


@pytest.mark.parametrize("step", [1, 100, 255, 300])
def test_round_by_round_a_copy_becomes_what_the_server_has(
    installation: Installation, secretary: Person, mirror: Mirror, folder: Path, step: int
) -> None:
    installation.log.checkpoint(force=True)
    for _ in range(3):
        mirror.round()
        grows(installation, secretary, step)
    cosigned(installation)
    seen = mirror.round()
    assert seen.grown == step
    report = verified(folder, installation)
    assert (list(report.findings), report.size) == ([], seen.checkpoint.size)
    assert mirror.round().grown == 0


def test_lines_of_witnesses_that_come_later_come_into_the_copy(
    installation: Installation, mirror: Mirror, folder: Path
) -> None:
    installation.log.checkpoint(force=True)
    mirror.round()
    assert verified(folder, installation).verdict == 3
    cosigned(installation)
    mirror.round()
    assert verified(folder, installation).verdict == 0


def rewritten(installation: Installation, position: int) -> None:
    """Alter an event as somebody who has the database and the key of the log would: nothing remembers."""
    installation.log.signer.memory.unlink()
    with installation.database.writing() as connection:
        c = event.c
        changed = sa.func.replace(c.body, '"60.00"', '"90.00"')
        connection.execute(event.update().where(c.position == position).values(body=changed, leaf_hash=b"x" * 32))
        connection.execute(log_tile.delete())
        connection.execute(log_checkpoint.delete())
        connection.execute(log_tree.update().values(size=0))
    installation.log.checkpoint(force=True)


def test_a_log_that_was_rewritten_and_signed_again_raises_the_alarm_with_both_notes(
    installation: Installation, secretary: Person, mirror: Mirror, folder: Path
) -> None:
    installation.log.checkpoint(force=True)
    ours = mirror.round().checkpoint
    kept = files(folder)
    rewritten(installation, 4)
    grows(installation, secretary)
    with pytest.raises(Alarm, match=r"forked|served differently") as alarm:
        mirror.round()
    notes = {p.name.rpartition("-")[2]: p.read_bytes() for p in alarm.value.evidence.iterdir()}
    heads = {name: Checkpoint.parse(Note.parse(note).text) for name, note in notes.items()}
    assert heads["ours.note"] == ours
    assert heads["theirs.note"].root != ours.root
    assert files(folder) == kept
    assert follow(mirror) == 1


def test_another_root_at_the_same_size_is_an_alarm(installation: Installation, mirror: Mirror, folder: Path) -> None:
    installation.log.checkpoint(force=True)
    mirror.round()
    rewritten(installation, 4)
    with pytest.raises(Alarm):
        mirror.round()


def test_an_older_state_of_the_same_log_is_no_fork_but_nothing_is_verified(
    installation: Installation, secretary: Person, mirror: Mirror, folder: Path
) -> None:
    installation.log.checkpoint(force=True)
    grows(installation, secretary, 3)
    mirror.round()
    kept = files(folder)
    with installation.database.writing() as connection:
        newest = connection.scalar(sa.select(sa.func.max(log_checkpoint.c.number)))
        connection.execute(log_checkpoint.delete().where(log_checkpoint.c.number == newest))
    with pytest.raises(Unreachable, match="older state"):
        mirror.round()
    assert files(folder) == kept
    assert follow(mirror) == 3


def test_entries_that_are_served_otherwise_than_they_were_signed_are_an_alarm(
    installation: Installation, secretary: Person, mirror: Mirror, folder: Path
) -> None:
    installation.log.checkpoint(force=True)
    size = mirror.round().checkpoint.size
    grows(installation, secretary, 2)
    with installation.database.writing() as connection:
        body = sa.func.replace(event.c.body, "national_government", "local_government")
        connection.execute(event.update().where(event.c.position == size + 1).values(body=body))
    with pytest.raises(Alarm, match="served otherwise than they were signed"):
        mirror.round()


def test_a_checkpoint_that_no_known_key_signed_raises_no_alarm_and_changes_nothing(
    installation: Installation, secretary: Person, mirror: Mirror, folder: Path
) -> None:
    installation.log.checkpoint(force=True)
    mirror.round()
    kept = files(folder)
    with scratch() as other:
        impostor = migrated(f"sqlite:///{other}/log.db")
        person = Person.arrives(impostor)
        tells(person)
        impostor.log.checkpoint(force=True)
        with pytest.raises((Unreachable, Alarm)) as refused:
            Mirror(person.client, "http://testserver", folder).round()
        impostor.close()
    assert "known key" in str(refused.value) or "calls itself" in str(refused.value)
    assert files(folder) == kept


def test_a_copy_that_somebody_changed_is_said_to_be_damaged(
    installation: Installation, secretary: Person, mirror: Mirror, folder: Path
) -> None:
    installation.log.checkpoint(force=True)
    size = mirror.round().checkpoint.size
    tile = folder / f"tile/0/000.p/{size}"
    tile.write_bytes(bytes(len(tile.read_bytes())))
    with pytest.raises(CopyDamaged):
        mirror.round()
    assert follow(mirror) == 2
    tile.unlink()
    with pytest.raises(CopyDamaged):
        mirror.round()


def test_what_a_round_left_unfinished_is_forgotten(
    installation: Installation, secretary: Person, mirror: Mirror, folder: Path
) -> None:
    installation.log.checkpoint(force=True)
    mirror.round()
    stray = folder.with_name("copy.new") / "tile" / "entries" / "000"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"half")
    grows(installation, secretary)
    cosigned(installation)
    mirror.round()
    assert verified(folder, installation).verdict == 0


def test_a_new_key_is_trusted_when_the_log_announces_it_under_a_known_one(
    installation: Installation, secretary: Person, mirror: Mirror, folder: Path
) -> None:
    installation.log.checkpoint(force=True)
    mirror.round()
    origin = installation.log.signer.held()[0].name
    fresh = installation.log.signer.add_key(origin)
    installation.log.checkpoint(force=True)
    mirror.round()
    assert str(fresh) in folder.with_name("copy.keys").read_text()


def test_a_server_that_does_not_answer_is_asked_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    client = httpx.Client(transport=httpx.HTTPTransport(), timeout=1)
    assert follow(Mirror(client, "http://127.0.0.1:9", folder)) == 3
    assert "Nothing verified" in capsys.readouterr().err
    assert not folder.exists()
    done = CliRunner().invoke(app, ["mirror", "http://127.0.0.1:9", "--output", str(folder), "--once"])
    assert done.exit_code == 3


def test_an_empty_log_has_nothing_to_mirror(secretary: Person, folder: Path) -> None:
    with pytest.raises(Unreachable, match="404"):
        Mirror(secretary.client, "http://testserver", folder).round()
