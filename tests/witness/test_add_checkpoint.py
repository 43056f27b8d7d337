"""A witness over HTTP signs what continues what it signed, and answers everything else as C2SP tlog-witness says."""

import http.client
import json
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.cosignatures import cosigned_at
from roundtable.verify.errors import Malformed
from roundtable.verify.notes import Note, Signature
from roundtable.verify.texts import encode_base64
from roundtable.witness.memory import Memory, MemoryLost
from roundtable.witness.server import WitnessServer
from roundtable.witness.witness import Refused, Witness
from tests.verify import archives, reference
from tests.verify.archives import LOG, checkpoint, entries, story
from tests.verify.keys import signer

LEAVES = entries(story(40))
OTHER = entries(story(40)[:3] + story(40)[:37])
NOW = archives.NOW


@pytest.fixture
def witness(tmp_path):
    return Witness.begin(tmp_path / "witness", "contraloria.example", [str(LOG.key)])


@pytest.fixture
def post(witness):
    """Send a body to the witness's own server; return status, type and text."""
    server = WitnessServer(("127.0.0.1", 0), witness)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def send(body: bytes, path: str = "/add-checkpoint", **headers: str) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        told = (answer.status, answer.getheader("Content-Type", ""), answer.read().decode())
        connection.close()
        return told

    yield send
    server.shutdown()
    server.server_close()


def body(old: int, size: int, leaves=LEAVES, proof=None, note: bytes | None = None) -> bytes:
    hashes = proof if proof is not None else (reference.proof(old, leaves[:size]) if 0 < old < size else [])
    head = "".join(f"{line}\n" for line in (f"old {old}", *map(encode_base64, hashes)))
    return head.encode() + b"\n" + (note or checkpoint(leaves, size, witnesses=()))


def signed_size(witness: Witness) -> int:
    known = witness.memory.read().get(archives.ORIGIN)
    return known.checkpoint.size if known else 0


def test_growing_trees_are_signed_each_from_the_one_before(post, witness):
    for old, size in ((0, 3), (3, 7), (7, 7), (7, 40)):
        status, _, text = post(body(old, size))
        assert status == 200
        line = Signature.parse(text.removesuffix("\n"))
        note = Note.parse(checkpoint(LEAVES, size))
        assert cosigned_at(note.text, line, witness.key.key)
        assert signed_size(witness) == size


def test_a_witness_that_has_seen_more_or_less_says_how_much(post, witness):
    assert post(body(0, 7))[0] == 200
    for old, size in ((0, 9), (3, 9), (8, 9), (0, 7)):
        assert post(body(old, size)) == (409, "text/x.tlog.size", "7\n")
    assert post(body(9, 9)) == (409, "text/x.tlog.size", "7\n")
    assert signed_size(witness) == 7


def test_a_tree_that_does_not_continue_the_last_one_is_not_signed(post, witness):
    assert post(body(0, 7))[0] == 200
    good = reference.proof(7, LEAVES[:20])
    for sent in (
        body(7, 20, OTHER),
        body(7, 20, proof=[]),
        body(7, 20, proof=good[:-1]),
        body(7, 20, proof=[*good, bytes(32)]),
        body(7, 20, proof=[bytes(32), *good[1:]]),
        body(7, 7, proof=[bytes(32)]),
    ):
        assert post(sent)[0] == 422
    assert signed_size(witness) == 7
    assert post(body(7, 7, OTHER))[0] == 409
    kept = sorted((witness.folder / "evidence").rglob("*.note"))
    assert [file.name for file in kept] == ["remembered.note", "shown.note"]
    assert kept[1].read_bytes() == checkpoint(OTHER, 7, witnesses=())


def test_the_first_tree_needs_no_proof_and_may_have_none(post):
    assert post(body(0, 7, proof=[bytes(32)]))[0] == 422
    assert post(body(0, 7))[0] == 200


def test_unknown_logs_and_keys_are_told_apart(post):
    stranger = signer("otra.example/mesa")
    unknown = checkpoint(LEAVES, 7, (), log=stranger, origin="otra.example/mesa")
    assert post(body(0, 7, note=unknown))[0] == 404
    for forger in (signer(archives.ORIGIN, seed="foreign"), stranger, None):
        forged = checkpoint(LEAVES, 7, [archives.CONTRALORIA], log=forger)
        assert post(body(0, 7, note=forged))[0] == 403


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"old 0\n",
        body(0, 7).replace(b"old 0", b"old 00"),
        body(0, 7).replace(b"old 0", b"old -1"),
        body(0, 7).replace(b"old 0", b"new 0"),
        body(0, 7).replace(b"\n\n", b"\n", 1),
        body(0, 7).replace(b"old 0\n", b"old 0\nAAAA\n"),
        body(0, 7, proof=[bytes(32)] * 64),
        body(0, 7) + b"more",
        body(0, 7, note=b"no note\n"),
        body(8, 7),
        body(0, 7).replace(b"\n7\n", b"\n07\n"),
    ],
)
def test_what_is_not_exactly_a_request_is_refused(post, witness, sent):
    assert post(sent)[0] == 400
    assert signed_size(witness) == 0


def test_other_paths_and_sizes_are_refused(post):
    assert post(body(0, 7), "/")[0] == 404
    assert post(body(0, 7), "/v1/add-checkpoint")[0] == 404
    assert post(b"x", **{"Content-Length": "9999999999"})[0] == 413
    assert post(b"x", **{"Content-Length": "-1"})[0] == 413


def test_an_older_tree_that_was_checked_first_does_not_roll_the_memory_back(witness):
    """A request for a smaller tree waits while a larger one is signed; it then gets a conflict, not a signature."""
    witness.add_checkpoint(body(0, 3))
    checked, signed = threading.Event(), threading.Event()

    def slow(old: Checkpoint, new: Checkpoint) -> None:
        checked.set()
        signed.wait(1)

    with ThreadPoolExecutor(2) as pool:
        larger = pool.submit(witness.cosign, checkpoint(LEAVES, 30, ()), 3, slow)
        assert checked.wait(5)
        smaller = pool.submit(witness.cosign, checkpoint(LEAVES, 10, ()), 3, lambda *_: None)
        signed.set()
        assert larger.result(5)
        with pytest.raises(Refused) as refused:
            smaller.result(5)
    assert refused.value.size == 30
    assert signed_size(witness) == 30


def test_of_many_requests_at_once_one_is_signed(witness):
    def ask(size: int) -> tuple[bool, int | None]:
        try:
            witness.add_checkpoint(body(0, size))
        except Refused as refused:
            return False, refused.size
        return True, size

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(1, 17)))
    assert sum(signed for signed, _ in answers) == 1
    assert {size for _, size in answers} == {signed_size(witness)}


def test_a_signature_is_remembered_before_it_is_given(witness, monkeypatch):
    def full(*_: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(Memory, "keep", full)
    with pytest.raises(BlockingIOError):
        witness.add_checkpoint(body(0, 7))


def test_a_crash_while_remembering_leaves_the_memory_as_it_was_and_gives_no_signature(witness, monkeypatch):
    witness.add_checkpoint(body(0, 7))
    with monkeypatch.context() as crashing:
        crashing.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(InterruptedError))
        with pytest.raises(InterruptedError):
            witness.add_checkpoint(body(7, 9))
    assert signed_size(Witness(witness.folder)) == 7
    assert witness.add_checkpoint(body(7, 9))


def test_a_damaged_memory_is_refused(witness):
    witness.add_checkpoint(body(0, 7))
    whole = witness.memory.file.read_bytes()
    for damaged in (b"", whole[:-5], whole.replace(b"\\n7\\n", b"\\n07\\n"), b"[]", whole.replace(b"witness/v1", b"?")):
        witness.memory.file.write_bytes(damaged)
        with pytest.raises(Malformed):
            witness.add_checkpoint(body(0, 9))
    witness.memory.file.write_bytes(whole)
    assert witness.add_checkpoint(body(7, 9))


def test_a_restarted_witness_goes_on_from_its_memory(witness):
    witness.add_checkpoint(body(0, 7))
    again = Witness(witness.folder)
    with pytest.raises(Refused) as refused:
        again.add_checkpoint(body(0, 9))
    assert refused.value.size == 7
    assert again.add_checkpoint(body(7, 9))


def test_a_witness_without_its_memory_signs_nothing(witness, post):
    witness.memory.file.unlink()
    with pytest.raises(MemoryLost):
        witness.add_checkpoint(body(0, 7))
    assert post(body(0, 7))[0] == 500
    assert not witness.memory.file.exists()


def test_a_clock_that_went_back_is_not_signed_with(witness):
    witness.add_checkpoint(body(0, 7))
    witness.clock = lambda: 1_000_000
    with pytest.raises(Refused, match="clock"):
        witness.add_checkpoint(body(7, 9))


def test_the_key_is_for_the_owner_alone_and_is_never_replaced(witness):
    assert stat.S_IMODE((witness.folder / "key").stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        Witness.begin(witness.folder, "contraloria.example")
    assert str(witness.key.private.private_bytes_raw()) not in json.dumps(str(witness.memory.read()))
    assert Witness(witness.folder).key.key == witness.key.key
