"""Signatures that are too old, too few, given twice, of another log or by another key: they prove nothing."""

import time
from collections.abc import Callable

import pytest

from roundtable import log_cli
from roundtable.log import checkpoints
from roundtable.log.signer import SigningKey
from roundtable.verify import cli, cosignatures
from roundtable.verify.notes import Note
from roundtable.witness.witness import Refused
from tests.attacks.world import World, edited
from tests.harness import migrated
from tests.postgres import scratch

DAY = 24 * 3600


def renoted(world: World, change: Callable[[Note], Note]) -> None:
    """Change the newest note as it is stored."""
    newest = world.newest()
    note = bytes(change(Note.parse(newest.note.encode()))).decode()
    world.sql("UPDATE log_checkpoint SET note = :note WHERE number = :number", note=note, number=newest.number)


def test_a_frozen_log_is_stale(world: World) -> None:
    """A09: the server goes on showing what witnesses saw days ago."""
    file, later = world.exported(), time.time() + 3 * DAY
    assert world.verdict(file, max_age=DAY) == (0, set())
    assert world.verdict(file, max_age=DAY, now=later) == (3, {"STALE"})
    assert world.verdict(file, now=later) == (0, set())


def test_a_log_of_another_name_is_not_this_one(world: World) -> None:
    """A10: the same entries, signed by the same hand under another name, or another log altogether."""
    remembered, policy = world.pin(), world.policy()
    signer = world.installation.log.signer
    (mine,) = [SigningKey.parse(line) for line in signer.file.read_text().splitlines()]
    signer.file.write_text(f"{mine._replace(name='localhost/roundtable/other').line()}\n")
    world.sql("UPDATE log_tree SET origin = 'localhost/roundtable/other'")
    world.resigned()
    with pytest.raises(Refused, match="does not know the log"):
        world.cosigned("contraloria")
    file = world.exported()
    code, found = world.verdict(file)
    assert (code, "ORIGIN" in found) == (1, True)
    known = f"log {signer.held()[0]}\n" + policy.partition("\n")[2]
    code, found = world.verdict(file, policy=known, pins=[remembered])
    assert (code, "ORIGIN" in found) == (1, True)
    with scratch() as folder:
        elsewhere = migrated(f"sqlite:///{folder}/log.db")
        stranger = World.begins(elsewhere, folder)
        assert "ORIGIN" in world.verdict(stranger.exported(), policy=policy)[1]
        elsewhere.close()


def test_a_cosignature_given_three_times_counts_once(world: World) -> None:
    """A11: the quorum is two of three; one corrupt witness signs often."""
    world.retold(edited(world.story()))
    world.resigned()
    world.corrupts("universidad")
    renoted(world, lambda note: note._replace(signatures=(*note.signatures, note.signatures[-1], note.signatures[-1])))
    assert world.verdict(world.exported()) == (3, {"QUORUM"})
    witness = world.witnesses["universidad"]
    for moment in (time.time() + 1, time.time() + 2):
        witness.clock = iter([moment]).__next__
        world.cosigned("universidad")
    stored = Note.parse(world.newest().note.encode())
    assert len(set(cosignatures.cosignatures(stored, witness.key.key))) == 3
    assert world.verdict(world.exported()) == (3, {"QUORUM"})


def test_a_key_under_two_names_is_no_quorum(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """A11b: a policy in which one key stands twice is refused, before anything is believed."""
    key = world.witnesses["universidad"].key.key
    twice = f"witness again {key}\n"
    policy = world.folder / "policy.txt"
    policy.write_text(world.policy().replace("group q 2", f"{twice}group q 2 again"))
    assert cli.main(["bundle", str(world.exported()), "--policy", str(policy)]) == 2
    assert "this public key is there already" in capsys.readouterr().out


def test_a_foreign_key_of_the_same_name_signs_nothing(world: World) -> None:
    """A20: somebody without the key makes another one of that name."""
    policy, signer = world.policy(), world.installation.log.signer
    signer.file.write_text(f"{SigningKey.generate(signer.held()[0].name).line()}\n")
    world.resigned()
    with pytest.raises(Refused, match="no known key of the log signed this"):
        world.cosigned("contraloria")
    code, found = world.verdict(world.exported(), policy=policy)
    assert (code, "LOG_KEY" in found) == (1, True)


def test_a_retired_key_signs_nothing_more(world: World) -> None:
    """A20b: the old key was copied before it was retired; witnesses that have not heard of it still cosign."""
    installation = world.installation
    signer = installation.log.signer
    stolen = signer.file.read_text()
    fresh = log_cli.add_key(installation)
    policy = f"log {fresh}\n{world.policy()}"
    log_cli.retire_key(installation, str(SigningKey.parse(stolen.strip()).key))
    for witness in world.witnesses.values():
        logs = witness.folder / "logs.txt"
        logs.write_text(f"log {fresh}\n{logs.read_text()}")
    world = World.opened(installation.database.url.render_as_string(hide_password=False), world.folder)
    world.cosigned()
    assert world.verdict(world.exported(), policy=policy) == (0, set())
    world.records()
    signer.file.write_text(stolen)
    world.resigned(keep=world.newest().size)
    world.cosigned()
    assert world.verdict(world.exported(), policy=policy) == (1, {"LOG_KEY"})
    world.installation.close()


def test_what_no_witness_has_seen_is_labelled_and_not_proven(world: World) -> None:
    """A26: the newest facts are signed by the log alone; then one witness is not enough."""
    position = world.records()
    world.installation.log.checkpoint(covering=position)
    for _ in range(2):
        report = world.checked(world.exported())
        [finding] = report.findings
        assert (finding.code, int(report.verdict)) == ("UNWITNESSED_TAIL", 3)
        assert (finding.values["position"], report.newest and report.newest.size) == (position, position - 1)
        world.cosigned("contraloria")
    world.cosigned("transicion")
    assert world.verdict(world.exported()) == (0, set())


def test_a_witness_that_is_shown_an_older_tree_does_not_go_back(world: World) -> None:
    """A32: checkpoints come to a witness out of order; it never signs behind what it signed."""
    with world.installation.database.reading() as connection:
        older, newer = checkpoints.every(connection)
    witness = world.witnesses["contraloria"]
    with pytest.raises(Refused):
        world.shown_to(witness, older)
    assert world.shown_to(witness, newer)
    assert [s.checkpoint.size for s in witness.memory.read().values()] == [newer.size]
