"""Whoever has the database and the key rewrites the past: it is found, and named, on either database."""

import time
import uuid

import pytest

from roundtable.checks import Check
from roundtable.replaying import replay
from roundtable.store.tables import event
from roundtable.verify.pins import Pin
from roundtable.witness.witness import Refused
from tests.attacks.world import FIRST, World, edited

DAY = 24 * 3600
OTHERS = {
    "event_id": str(uuid.UUID(int=7)),
    "aggregate": "roundtable",
    "originator_id": str(uuid.UUID(int=8)),
    "originator_version": 99,
    "topic": "commitment.started",
    "schema_version": 9,
    "occurred_on": "2018-12-31",
    "recorded_at": "2019-01-01T00:00:00.000000+00:00",
    "actor": str(uuid.UUID(int=9)),
    "correlation": str(uuid.UUID(int=10)),
    "body": "{}",
}


@pytest.mark.parametrize("column", OTHERS)
def test_an_edited_column_is_named_with_its_entry(world: World, column: str) -> None:
    """A01: one event is edited; not a hash is touched."""
    world.edits(FIRST, **{column: OTHERS[column]})
    file = world.exported()
    assert world.verdict(file) == (1, {"ENTRY_ALTERED", "ROOT_MISMATCH", "MANIFEST"})
    [named] = [f for f in world.checked(file).findings if f.code == "ENTRY_ALTERED"]
    assert named.leaf_index == FIRST - 1
    assert Check(world.installation).run().finding is not None


def test_an_edit_of_any_event_is_named_even_of_those_about_the_log_itself(world: World) -> None:
    """A01: whichever event it is."""
    for row in world.story():
        world.edits(row.position, body="{}")
        file = world.exported()
        altered = [f.leaf_index for f in world.checked(file).findings if f.code == "ENTRY_ALTERED"]
        assert altered == [row.position - 1]
        world.edits(row.position, body=row.body)
    assert world.verdict(world.exported()) == (0, set())


@pytest.mark.parametrize("value", ["{}\n", "x" * 70_000], ids=["line break", "large"])
def test_an_edit_into_what_no_entry_can_hold_is_named_too(world: World, value: str) -> None:
    """A01: an edit that breaks the framing itself stops neither the export nor the check."""
    clean = world.exported("clean.zip")
    world.edits(FIRST, topic=value)
    file = world.exported()
    altered = [f.leaf_index for f in world.checked(file).findings if f.code == "ENTRY_ALTERED"]
    assert altered == [FIRST - 1]
    finding = Check(world.installation).run().finding
    assert finding is not None
    assert finding.where == f"event at position {FIRST}"
    assert [d.where for d in replay(world.installation, clean).differences] == [f"event at position {FIRST}"]


def test_an_edit_with_all_hashes_made_anew_leads_to_no_signed_root(world: World) -> None:
    """A02: the tree is whole, and is not the one that was signed."""
    world.retold(edited(world.story()))
    assert world.verdict(world.exported()) == (1, {"ROOT_MISMATCH", "MANIFEST"})
    finding = Check(world.installation).run().finding
    assert finding is not None
    assert "the entries lead to" in finding.what


def test_a_history_signed_anew_gets_no_cosignature_and_is_not_proven(world: World) -> None:
    """A03: also the key of the log is the attacker's; the witnesses are not."""
    remembered = world.pin()
    world.retold(edited(world.story()))
    world.resigned()
    with pytest.raises(Refused) as refused:
        world.cosigned("contraloria")
    assert refused.value.is_alarm
    file = world.exported()
    assert world.verdict(file) == (3, {"QUORUM"})
    assert world.verdict(file, pins=[remembered]) == (1, {"QUORUM", "INCONSISTENT_WITH_PINNED"})


def test_a_longer_history_that_forgets_is_refused_by_its_proof(world: World) -> None:
    """A03: the rewritten log has grown, so that a witness asks for the proof, and answers 422."""
    world.retold(edited(world.story()))
    world.forgets()
    world.records()
    world.resigned(keep=FIRST - 1)
    with pytest.raises(Refused) as refused:
        world.cosigned("contraloria")
    assert refused.value.status == 422
    assert world.verdict(world.exported()) == (3, {"UNWITNESSED_TAIL"})


def test_a_cut_tail_is_missed_by_the_checkpoint_that_was_kept(world: World) -> None:
    """A04a: the last events are gone, and what was signed is still there."""
    end = world.newest().size - 2
    world.sql("DELETE FROM event WHERE position > :end", "UPDATE log_head SET position = :end", end=end)
    code, found = world.verdict(world.exported())
    assert (code, "TRUNCATED" in found) == (1, True)


def test_an_older_genuine_state_is_a_rollback_or_at_least_stale(world: World) -> None:
    """A04b, A04c: the last events are gone with everything that was signed over them; all that is shown is genuine."""
    remembered, signed = world.pin(), world.newest()
    with world.installation.database.reading() as connection:
        first = connection.exec_driver_sql("SELECT min(size) FROM log_checkpoint").scalar_one()
    world.retold(world.story()[:first])
    world.installation.projector.rebuild()
    world.sql("DELETE FROM log_checkpoint WHERE size > :first", first=first)
    file = world.exported(size=first)
    assert world.verdict(file, pins=[remembered]) == (1, {"ROLLBACK"})
    assert world.verdict(file, max_age=DAY, now=time.time() + 2 * DAY) == (3, {"STALE"})
    assert world.verdict(file) == (0, set()), "without memory and without a clock nobody can tell"
    finding = Check(world.installation).run().finding
    assert finding is not None
    assert f"{signed.size}" in finding.what


def without(world: World, position: int) -> None:
    rows = world.story()
    world.retold([*rows[: position - 1], *rows[position:]])


def test_a_removed_event_leads_to_another_root(world: World) -> None:
    """A05: an event in the middle is gone and the others have moved up; or there is a hole."""
    story = world.story()
    without(world, FIRST)
    code, found = world.verdict(world.exported())
    assert (code, "TRUNCATED" in found) == (1, True)
    filling = story[-1]._replace(event_id=str(uuid.UUID(int=7)), originator_id=str(uuid.UUID(int=8)))
    world.retold([*world.story(), filling])
    assert world.verdict(world.exported()) == (1, {"ROOT_MISMATCH", "MANIFEST"}), "another fact fills the place"
    world.retold(story)
    assert world.verdict(world.exported()) == (0, set())
    world.sql(event.delete().where(event.c.position == FIRST))
    code, found = world.verdict(world.exported())
    assert (code, "TRUNCATED" in found) == (1, True)


def test_a_removed_event_is_found_even_where_the_witnesses_were_bought(world: World) -> None:
    """A05: signed and cosigned anew, the object itself misses one of its versions."""
    without(world, FIRST)
    world.resigned()
    world.corrupts("contraloria", "transicion")
    assert world.verdict(world.exported()) == (1, {"STREAM_GAP"})


def test_exchanged_events_lead_to_another_root(world: World) -> None:
    """A06: two facts change places."""
    rows = world.story()
    rows[FIRST - 1], rows[FIRST] = rows[FIRST], rows[FIRST - 1]
    world.retold(rows)
    assert world.verdict(world.exported()) == (1, {"ROOT_MISMATCH", "MANIFEST"})
    world.resigned()
    world.corrupts("contraloria", "transicion")
    code, found = world.verdict(world.exported())
    assert (code, {"STREAM_GAP", "TIME_ORDER"} <= found) == (1, True)


def test_a_fact_dated_before_its_predecessor_is_found(world: World) -> None:
    """A07: a fact is backdated in its place, by somebody who can have it signed and cosigned."""
    rows = world.story()
    rows[FIRST - 1] = rows[FIRST - 1]._replace(recorded_at=OTHERS["recorded_at"])
    world.retold(rows)
    assert world.verdict(world.exported()) == (1, {"ROOT_MISMATCH", "MANIFEST"})
    world.resigned()
    world.corrupts("contraloria", "transicion")
    code, found = world.verdict(world.exported())
    assert (code, {"TIME_ORDER", "TIME_BOUND"} & found) == (1, {"TIME_ORDER"})


def test_a_fact_dated_before_a_heartbeat_that_did_not_know_it_is_found(world: World) -> None:
    """A07b: the new fact is dated after the last one, but before witnesses last saw that there was no more."""
    tomorrow = time.time() + DAY
    for witness in world.witnesses.values():
        witness.clock = lambda: tomorrow
    world.cosigned()
    position = world.records()
    world.installation.log.checkpoint(covering=position)
    world.cosigned()
    report = world.checked(world.exported(), now=tomorrow)
    assert report.verdict == 1
    assert {(f.code, f.leaf_index) for f in report.findings} == {("TIME_BOUND", position - 1)}


def test_a_second_history_for_a_second_auditor_lacks_the_honest_witnesses(world: World, fork: World) -> None:
    """A08, A08b: one auditor is shown another history; at first by nobody else, then by one corrupt witness too."""
    fork.retold(edited(fork.story()))
    fork.resigned()
    assert world.verdict(world.exported()) == (0, set())
    assert fork.verdict(fork.exported()) == (3, {"QUORUM"})
    fork.corrupts("universidad")
    assert fork.verdict(fork.exported()) == (3, {"QUORUM"})


def test_with_two_corrupt_witnesses_it_takes_memory_to_see_the_fork(world: World, fork: World) -> None:
    """A08c: whoever remembers any checkpoint of the first history sees it, or whoever compares two exports."""
    remembered = world.pin()
    fork.retold(edited(fork.story()))
    fork.resigned()
    fork.corrupts("universidad", "transicion")
    file = fork.exported()
    assert fork.verdict(file, pins=[remembered]) == (1, {"INCONSISTENT_WITH_PINNED"})
    assert fork.verdict(file, pins=[Pin.read(fork.folder / "nothing yet")]) == (0, set())


def test_the_known_limit_two_corrupt_witnesses_and_no_memory_are_not_detected(world: World, fork: World) -> None:
    """A08d: NOT detected, and cannot be: key and quorum agree on a lie, and nobody who looks remembers the truth."""
    fork.retold(edited(fork.story()))
    fork.resigned()
    fork.corrupts("universidad", "transicion")
    assert fork.verdict(fork.exported()) == (0, set())


def test_an_edited_read_model_is_named_by_a_replay(world: World) -> None:
    """A19: what is shown does not follow from what is sealed."""
    file = world.exported()
    world.sql("UPDATE commitment SET state = replace(state, :true, :false)", true='"percent":30', false='"percent":99')
    told = [difference.what for difference in replay(world.installation, file).differences]
    assert "state.percent is 99, the export says 30" in told
    assert Check(world.installation).run().finding is not None


def test_an_event_without_a_leaf_or_a_leaf_without_an_event_is_named(world: World) -> None:
    """A25: something stands in the table alone, or in the tree alone."""
    file, size = world.exported(), world.newest().size
    added = world.story()[FIRST]._replace(position=size + 1, event_id=str(uuid.UUID(int=7)), originator_version=9)
    world.sql(event.insert().values(**added._asdict()))
    finding = Check(world.installation).run().finding
    assert finding is not None
    assert f"position {size + 1}" in finding.where
    assert world.verdict(world.exported("after.zip")) == (0, set()), "what is not sealed is no part of the log"
    world.sql("DELETE FROM event WHERE position > :end", "UPDATE log_head SET position = :end", end=size - 1)
    finding = Check(world.installation).run().finding
    assert finding is not None
    assert "leaves of" in finding.what
    assert [d.where for d in replay(world.installation, file).differences] == [f"event at position {size}"]


def test_a_clean_log_is_proven_however_often_it_is_exported(world: World) -> None:
    """A00: nothing was done, and nothing is found."""
    for name in ("a.zip", "b.zip"):
        assert world.verdict(world.exported(name, disclosures=True)) == (0, set())
    assert Check(world.installation).run().finding is None
