"""Whatever is done to an export or to the log before it was made is found and named; what is honest is proven."""

import json

import pytest

from roundtable.verify import checker
from roundtable.verify.checker import Asked
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.findings import Grade
from roundtable.verify.notes import Note
from roundtable.verify.pins import Pin
from roundtable.verify.policies import Policy
from roundtable.verify.tiles import unbundle
from tests.verify import archives
from tests.verify.archives import (
    BEGAN,
    CONTRALORIA,
    LOG,
    MINUTE,
    NOW,
    TRANSICION,
    UNIVERSIDAD,
    Fact,
    checkpoint,
    entries,
    export,
    packed,
    story,
)
from tests.verify.keys import note, signer, witness

LEAVES = entries(story())
SIZE = len(LEAVES)


@pytest.fixture
def checked(tmp_path):
    """Check files, with a manifest that lists them as they are."""

    def run(files, leaves=LEAVES, pins=(), policy=None, **asked):
        path = packed(tmp_path / "export.zip", files, leaves)
        read = Policy.parse((policy or archives.policy()).encode())
        return checker.check(path, Asked(read, **{"now": NOW, "pins": pins} | asked))

    return run


def codes(report) -> set[str]:
    return {finding.code for finding in report.findings}


def pin(tmp_path, signed: bytes) -> Pin:
    path = tmp_path / "pin"
    path.write_bytes(signed)
    return Pin.read(path)


def with_entry(files, index: int, data: bytes):
    """Exchange one entry of the first bundle, and nothing else."""
    name = next(name for name in files if name.startswith("tile/entries/000"))
    held = unbundle(files[name])
    return files | {name: archives.bundle([*held[:index], data, *held[index + 1 :]])}


@pytest.mark.parametrize("count", [1, 2, 12, 255, 256, 257, 513, 700])
def test_a_clean_log_is_proven(checked, count):
    leaves = entries(story(count))
    report = checked(export(leaves), leaves, now=BEGAN + count * MINUTE)
    assert (report.verdict, list(report.findings)) == (Grade.NOTICE, [])
    assert (report.size, report.read, report.origin) == (count, count, archives.ORIGIN)
    assert set(report.newest.witnesses) == {"contraloria", "transicion", "universidad"}


def test_an_edited_entry_is_named(checked):
    for index in range(SIZE):
        report = checked(with_entry(export(LEAVES), index, LEAVES[index].replace(b"percent", b"pErcent")))
        altered = [f for f in report.findings if f.code == "ENTRY_ALTERED"]
        assert [(f.leaf_index, f.topic) for f in altered] == [(index, "commitment.progress-reported")]
        assert f"position {index + 1}, commitment.progress-reported" in altered[0].sentence("en")
        assert report.verdict == Grade.VIOLATION
        assert "ROOT_MISMATCH" in codes(report)
        assert report.read == SIZE - 1


def rewritten(index: int = 3) -> list[bytes]:
    facts = story()
    facts[index].body = {"percent": "100"}
    return entries(facts)


def test_edited_and_hashed_again_it_leads_to_no_signed_root(checked):
    files = export(LEAVES) | archives.tree_files(rewritten())
    report = checked(files, rewritten())
    assert codes(report) == {"ROOT_MISMATCH"}
    assert report.read == 1
    assert "6" in next(iter(report.findings)).sentence("en")


def test_edited_hashed_and_signed_again_it_lacks_the_witnesses(checked, tmp_path):
    leaves = rewritten()
    files = export(leaves, [checkpoint(leaves, SIZE, witnesses=())])
    assert codes(checked(files, leaves)) == {"QUORUM"}
    assert checked(files, leaves).verdict == Grade.TOO_LITTLE
    remembered = pin(tmp_path, checkpoint(LEAVES, 6))
    report = checked(files, leaves, pins=[remembered])
    assert codes(report) == {"QUORUM", "INCONSISTENT_WITH_PINNED"}
    assert report.verdict == Grade.VIOLATION


def test_a_cut_tail_is_missed_by_its_checkpoint(checked):
    files = {n: d for n, d in export(LEAVES).items() if not n.startswith("tile/")} | archives.tree_files(LEAVES[:-1])
    report = checked(files, LEAVES[:-1])
    assert codes(report) == {"TRUNCATED"}
    assert report.verdict == Grade.VIOLATION


def test_an_older_genuine_log_is_a_rollback_for_whoever_remembers(checked, tmp_path):
    files = export(LEAVES[:6])
    assert checked(files, LEAVES[:6]).verdict == Grade.NOTICE
    assert codes(checked(files, LEAVES[:6], pins=[pin(tmp_path, checkpoint(LEAVES, SIZE))])) == {"ROLLBACK"}


def test_without_memory_an_older_log_is_at_least_stale(checked):
    files = export(LEAVES[:6])
    report = checked(files, LEAVES[:6], max_age=24 * 3600, now=NOW + 48 * 3600)
    assert (codes(report), report.verdict) == ({"STALE"}, Grade.TOO_LITTLE)
    assert not codes(checked(files, LEAVES[:6], max_age=24 * 3600))


def test_a_removed_or_exchanged_entry_leads_to_another_root(checked):
    removed = [*LEAVES[:4], *LEAVES[5:]]
    swapped = [*LEAVES[:4], LEAVES[5], LEAVES[4], *LEAVES[6:]]
    for leaves, found in ((removed, {"ROOT_MISMATCH", "TRUNCATED"}), (swapped, {"ROOT_MISMATCH"})):
        files = {"checkpoints.ndjson": archives.checkpoints_file(archives_notes()), "checkpoint": archives_notes()[-1]}
        report = checked(files | archives.tree_files(leaves), leaves)
        assert (codes(report), report.verdict) == (found, Grade.VIOLATION)


def archives_notes() -> list[bytes]:
    return [checkpoint(LEAVES, size) for size in (1, 6, SIZE)]


def test_even_signed_and_witnessed_entries_out_of_place_are_found(checked):
    for leaves in ([*LEAVES[:4], *LEAVES[5:]], [*LEAVES[:4], LEAVES[5], LEAVES[4], *LEAVES[6:]]):
        assert {"INDEX", "STREAM_GAP"} & codes(checked(export(leaves), leaves)) == {"INDEX"} | (
            {"STREAM_GAP"} if len(leaves) < SIZE else set()
        )


def test_a_missing_or_doubled_version_of_an_object_is_found(checked):
    facts = story()
    versions = [fact.entry(i, i // 3 + 1 + (i == 9)) for i, fact in enumerate(facts)]
    report = checked(export(versions), versions)
    assert [(f.code, f.leaf_index, f.values["version"]) for f in report.findings] == [("STREAM_GAP", 9, 5)]
    doubled = [fact.entry(i, i // 3 + 1 - (i == 9)) for i, fact in enumerate(facts)]
    assert [(f.code, f.leaf_index) for f in checked(export(doubled), doubled).findings] == [("STREAM_GAP", 9)]


def test_a_time_set_back_is_found(checked):
    facts = story()
    facts[8].recorded_at = BEGAN + 2 * MINUTE
    leaves = entries(facts)
    report = checked(export(leaves), leaves)
    assert [(f.code, f.leaf_index) for f in report.findings] == [("TIME_ORDER", 8)]


def test_a_date_between_entries_that_witnesses_rule_out_is_found(checked):
    facts = story()
    for fact, minute in zip(facts[6:], range(6), strict=True):
        fact.recorded_at = BEGAN + (7 * 24 * 60 + minute) * MINUTE
    facts[9].recorded_at = BEGAN + (24 * 60) * MINUTE  # a day after the beginning; the log was seen shorter after that
    facts[6:9] = [Fact(object=5 + i, recorded_at=BEGAN + (12 * 60 + i) * MINUTE) for i in range(3)]
    leaves = entries(facts)
    notes = [
        checkpoint(leaves, 6, at=BEGAN + 6 * MINUTE),
        checkpoint(leaves, 9, at=BEGAN + 6 * 24 * 60 * MINUTE),
        checkpoint(leaves, SIZE, at=BEGAN + 8 * 24 * 60 * MINUTE),
    ]
    report = checked(export(leaves, notes), leaves, now=BEGAN + 9 * 24 * 60 * MINUTE)
    assert [(f.code, f.leaf_index) for f in report.findings] == [("TIME_BOUND", 9)]
    later = checked(export(leaves, [notes[0], checkpoint(leaves, SIZE, at=BEGAN + 10 * MINUTE)]), leaves)
    assert {f.code for f in later.findings} == {"TIME_BOUND"}


def test_clocks_may_differ_by_as_much_as_the_verifier_allows(checked):
    notes = [checkpoint(LEAVES, size, at=BEGAN + size * MINUTE + 10 * MINUTE) for size in (6, SIZE)]
    files = export(LEAVES, notes)
    assert not codes(checked(files))
    assert codes(checked(files, skew=60)) == {"TIME_BOUND"}


def test_a_fork_needs_the_witnesses_too(checked):
    other = rewritten()
    assert codes(checked(export(other, [checkpoint(other, SIZE, [UNIVERSIDAD])]), other)) == {"QUORUM"}


def test_with_two_corrupt_witnesses_only_memory_helps(checked, tmp_path):
    other = rewritten()
    files = export(other, [checkpoint(other, SIZE, [UNIVERSIDAD, TRANSICION])])
    assert codes(checked(files, other, pins=[pin(tmp_path, checkpoint(LEAVES, 6))])) == {"INCONSISTENT_WITH_PINNED"}
    assert not codes(checked(files, other)), "the known limit: nobody honest remembers, nobody can tell"


def test_two_roots_at_one_size_are_a_fork(checked):
    files = export(LEAVES, [checkpoint(rewritten(), SIZE), checkpoint(LEAVES, SIZE)])
    assert {"FORK", "ROOT_MISMATCH"} <= codes(checked(files))


def test_another_log_is_not_this_one(checked, tmp_path):
    stranger = signer("otra.example/mesa")
    files = export(LEAVES, [checkpoint(LEAVES, SIZE, log=stranger, origin="otra.example/mesa")])
    assert "ORIGIN" in codes(checked(files))
    both = archives.policy() + f"log {stranger.key}\n"
    remembered = pin(tmp_path, checkpoint(LEAVES, 6))
    assert codes(checked(files, policy=both, pins=[remembered])) == {"ORIGIN"}
    mixed = export(LEAVES, [checkpoint(LEAVES, 6), checkpoint(LEAVES, SIZE, log=stranger, origin="otra.example/mesa")])
    assert "ORIGIN" in codes(checked(mixed, policy=both))


def test_a_cosignature_counts_once(checked):
    report = checked(export(LEAVES, [checkpoint(LEAVES, SIZE, [CONTRALORIA] * 3)]))
    assert codes(report) == {"QUORUM"}
    assert "contraloria" in next(iter(report.findings)).sentence("es")


def test_cosignatures_of_strangers_and_of_other_checkpoints_count_nothing(checked):
    strangers = [witness("contraloria.example", "stolen"), witness("nadie.example")]
    assert codes(checked(export(LEAVES, [checkpoint(LEAVES, SIZE, strangers)]))) == {"QUORUM"}
    text = Checkpoint.parse(Note.parse(checkpoint(LEAVES, SIZE)).text).text()
    moved = [w.cosign(text.replace("\n12\n", "\n11\n"), NOW) for w in (CONTRALORIA, TRANSICION)]
    assert codes(checked(export(LEAVES, [note(text, LOG.sign(text), *moved)]))) == {"SIGNATURE", "QUORUM"}


def test_a_quorum_of_none_proves_nothing(checked):
    report = checked(export(LEAVES), policy=f"log {LOG.key}\nquorum none\n")
    assert (codes(report), report.verdict) == ({"NO_QUORUM_ASKED"}, Grade.TOO_LITTLE)


def test_cosignatures_from_the_future_do_not_count(checked):
    files = export(LEAVES, [checkpoint(LEAVES, SIZE, at=NOW + 3600)])
    assert codes(checked(files)) == {"FUTURE", "QUORUM"}


def test_what_no_witness_saw_is_labelled(checked):
    files = export(LEAVES, [checkpoint(LEAVES, 6), checkpoint(LEAVES, SIZE, witnesses=[CONTRALORIA])])
    report = checked(files)
    assert (codes(report), report.verdict) == ({"UNWITNESSED_TAIL"}, Grade.TOO_LITTLE)
    assert (report.newest.size, next(iter(report.findings)).values["position"]) == (6, 7)
    beyond = export(LEAVES, [checkpoint(LEAVES, 6)])
    assert codes(checked(beyond)) == {"UNWITNESSED_TAIL"}


def test_a_log_without_checkpoints_is_not_proven(checked):
    report = checked(export(LEAVES, []))
    assert "NO_CHECKPOINT" in codes(report)
    assert report.verdict == Grade.MALFORMED


def test_a_foreign_key_of_the_same_name_signs_nothing(checked):
    files = export(LEAVES, [checkpoint(LEAVES, SIZE, log=signer(archives.ORIGIN, seed="foreign"))])
    assert codes(checked(files)) == {"LOG_KEY", "QUORUM"}
    assert codes(checked(export(LEAVES, [checkpoint(LEAVES, SIZE, log=None)]))) == {"LOG_KEY", "QUORUM"}


SECOND = signer(archives.ORIGIN, seed="second")


def with_keys(retired_at: int = 7, valid_from: int = 8) -> list[bytes]:
    """A log that says at its sixth and seventh entry which key begins and which one ends."""
    facts = story()
    added = {"vkey": str(SECOND.key), "valid_from_size": valid_from}
    retired = {"vkey": str(LOG.key), "valid_to_size": retired_at}
    facts[5] = Fact("log.key-added", 9, added, kind="log")
    facts[6] = Fact("log.key-retired", 9, retired, kind="log")
    return entries(facts)


def test_a_key_signs_for_the_sizes_that_the_log_gave_it(checked):
    leaves, both = with_keys(), archives.policy() + f"log {SECOND.key}\n"
    rotated = [checkpoint(leaves, 6), checkpoint(leaves, SIZE, log=SECOND)]
    assert not codes(checked(export(leaves, rotated), leaves, policy=both))
    for notes in ([checkpoint(leaves, 6), checkpoint(leaves, SIZE)], [checkpoint(leaves, 7, log=SECOND), rotated[1]]):
        report = checked(export(leaves, notes), leaves, policy=both)
        assert (codes(report), report.verdict) == ({"LOG_KEY"}, Grade.VIOLATION)


def test_a_key_that_only_the_log_announced_is_not_believed(checked):
    leaves = with_keys()
    report = checked(export(leaves, [checkpoint(leaves, 6), checkpoint(leaves, SIZE, log=SECOND)]), leaves)
    assert {"LOG_KEY", "UNWITNESSED_TAIL"} <= codes(report)
    assert report.new_keys == [str(SECOND.key)]


def test_the_name_that_the_log_gave_itself_is_that_of_its_checkpoints(checked):
    for origin, found in ((archives.ORIGIN, set()), ("otra.example/mesa", {"ORIGIN"})):
        facts = [*story(), Fact("log.opened", 9, {"origin": origin}, kind="log")]
        assert codes(checked(export(entries(facts)), entries(facts))) == found


def test_a_declared_loss_is_told(checked):
    lost = {"signed_size": 40, "signed_root": "00" * 32, "kept_size": 12}
    facts = [*story(), Fact("log.restore-declared", 9, lost, kind="log")]
    report = checked(export(entries(facts)), entries(facts))
    assert (codes(report), report.verdict) == ({"RESTORED"}, Grade.NOTICE)
    assert "40" in next(iter(report.findings)).sentence("es")


def test_what_the_log_says_of_itself_must_be_readable(checked):
    for body in ({"vkey": "?", "valid_from_size": 1}, {"vkey": str(SECOND.key)}, {}):
        facts = [*story(), Fact("log.key-added", 9, body, kind="log")]
        assert codes(checked(export(entries(facts)), entries(facts))) == {"LOG_FACT"}


@pytest.mark.parametrize(
    ("what", "by"),
    [(b"/v1\n", b"/v2\n"), (b'{"percent"', b'{"percent":"1","percent"'), (b"+00:00", b"-05:00"), (b"\n\n{", b"\n{")],
)
def test_an_entry_that_cannot_be_read_is_a_finding_though_it_was_sealed(checked, what, by):
    leaves = [*LEAVES[:7], LEAVES[7].replace(what, by), *LEAVES[8:]]
    report = checked(export(leaves), leaves)
    assert [(f.code, f.leaf_index) for f in report.findings] == [("FRAMING", 7)]
    assert report.verdict == Grade.MALFORMED


def test_a_tile_that_differs_from_the_entries_is_found(checked):
    leaves = entries(story(600))
    files = export(leaves)
    for name in ("tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2"):
        spoiled = files | {name: bytes(32) + files[name][32:]}
        report = checked(spoiled, leaves, now=BEGAN + 600 * MINUTE)
        assert [(f.code, f.values["path"]) for f in report.findings if f.code == "TILE"]
        assert report.verdict == Grade.VIOLATION
        missing = {n: d for n, d in files.items() if n != name}
        assert codes(checked(missing, leaves, now=BEGAN + 600 * MINUTE)) == {"ARCHIVE"}


def test_a_missing_bundle_is_missed(checked):
    leaves = entries(story(600))
    files = {n: d for n, d in export(leaves).items() if n != "tile/entries/001"}
    assert "TRUNCATED" in codes(checked(files, leaves))


def test_the_manifest_must_say_what_is_there(checked, tmp_path):
    files = export(LEAVES)
    whole = files | {"manifest.json": archives.manifest(files, LEAVES)}
    policy = Policy.parse(archives.policy().encode())

    def run(changed):
        return checker.check(archives.pack(tmp_path / "m.zip", changed), Asked(policy, NOW))

    assert not codes(run(whole))
    head = json.loads(whole["manifest.json"])
    for changes in ({"size": 11}, {"root": "00" * 32}, {"files": head["files"][1:]}):
        report = run(whole | {"manifest.json": json.dumps(head | changes).encode()})
        assert codes(report) == {"MANIFEST"}
    for broken in (b"", b"[]", b"{}", b'{"format":"roundtable-export/v1"}', b"\xff", b"[" * 10_000):
        assert run(whole | {"manifest.json": broken}).verdict == Grade.MALFORMED
    for rows in ([1], [{"path": 1}], [{"path": "x", "size": 1, "sha256": "zz"}]):
        assert run(whole | {"manifest.json": json.dumps(head | {"files": rows}).encode()}).verdict == Grade.MALFORMED
    listed = [*head["files"], {"path": "documents.ndjson", "size": 1, "sha256": "00" * 32}]
    assert codes(run(whole | {"manifest.json": json.dumps(head | {"files": listed}).encode()})) == {"MANIFEST"}
    for stranger in ("extra.txt", "tile/0/000.p/3", "tile/0/001", "tile/7/000", "tile/entries/000.p/999"):
        assert codes(run(whole | {stranger: b"?"})) == {"MANIFEST", "MORE_FILES"}


def test_checkpoints_out_of_order_or_mislabelled_are_found(checked):
    notes = archives_notes()
    for spoiled in (
        archives.checkpoints_file(notes[::-1]),
        archives.checkpoints_file(notes).replace(b'"size": 6', b'"size": 7'),
        archives.checkpoints_file(notes).replace(b'"size": 6', b'"size": true'),
        archives.checkpoints_file(notes).replace(b'"note"', b'"Note"'),
        archives.checkpoints_file(notes) + b"{}\n",
        archives.checkpoints_file(notes)[:-1],
    ):
        report = checked(export(LEAVES) | {"checkpoints.ndjson": spoiled})
        assert codes(report) & {"NOTE", "ARCHIVE"}
        assert report.verdict == Grade.MALFORMED
    assert codes(checked(export(LEAVES) | {"checkpoint": notes[0]})) == {"NOTE"}


def test_every_root_of_the_past_is_compared(checked):
    notes = [checkpoint(LEAVES, size) for size in range(1, SIZE + 1)]
    assert checked(export(LEAVES, notes)).checkpoints == SIZE
    for wrong in range(SIZE):
        spoiled = [*notes[:wrong], checkpoint(rewritten(0), wrong + 1), *notes[wrong + 1 :]]
        report = checked(export(LEAVES, spoiled))
        assert [f.values["size"] for f in report.findings if f.code == "ROOT_MISMATCH"] == [wrong + 1]
