"""What is shown as proof is mangled: receipts, texts about people, and every kind of byte of an export."""

import itertools
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from roundtable.log import receipts
from roundtable.verify import cli
from roundtable.verify.archives import ZipArchive
from roundtable.verify.merkle import node_hash
from roundtable.verify.proofs import Proof
from roundtable.verify.texts import decode_base64, encode_base64
from tests.attacks.world import FIRST, World

Receipt = Callable[[bytes, bytes], int]


@pytest.fixture
def receipt(world: World) -> Receipt:
    """Check a receipt against an entry with the verifier; return the exit code."""
    files = [world.folder / name for name in ("policy.txt", "receipt", "entry")]
    files[0].write_text(world.policy())

    def run(given: bytes, entry: bytes) -> int:
        files[1].write_bytes(given)
        files[2].write_bytes(entry)
        return cli.main(["receipt", str(files[1]), "--entry", str(files[2]), "--policy", str(files[0]), "--json"])

    return run


def served(world: World, position: int) -> tuple[Proof, bytes]:
    """Return the receipt of a position as the server gives it, and its entry."""
    answer = world.person().client.get(f"/v1/log/receipts/{position}")
    with world.installation.database.reading() as connection:
        return Proof.parse(answer.content), receipts.entry(connection, position)


def mutated(proof: Proof) -> Iterator[Proof]:
    """Drop, double, exchange and flip every hash, and take the places beside this one."""
    hashes = proof.hashes
    for i, hash in enumerate(hashes):
        yield proof._replace(hashes=hashes[:i] + hashes[i + 1 :])
        yield proof._replace(hashes=(*hashes[:i], hash, *hashes[i:]))
        yield proof._replace(hashes=(*hashes[:i], hash[:-1] + bytes((hash[-1] ^ 1,)), *hashes[i + 1 :]))
    for i, j in itertools.combinations(range(len(hashes)), 2):
        swapped = list(hashes)
        swapped[i], swapped[j] = swapped[j], swapped[i]
        yield proof._replace(hashes=tuple(swapped))
    yield proof._replace(hashes=(*hashes, bytes(32)))
    for index in {proof.leaf_index - 1, proof.leaf_index + 1, 0, 2**40} - {proof.leaf_index, -1}:
        yield proof._replace(leaf_index=index)


@pytest.mark.parametrize("position", [1, FIRST])
def test_every_mutation_of_a_receipt_is_refused(world: World, receipt: Receipt, position: int) -> None:
    """A12: the receipt that the server gives is proven, and nothing that is made of it is."""
    proof, entry = served(world, position)
    assert receipt(bytes(proof), entry) == 0
    assert [receipt(bytes(proof), entry + b" "), receipt(bytes(proof), entry[:-1])] == [1, 1]
    changed = list(mutated(proof))
    assert len(changed) > 3 * len(proof.hashes)
    assert {receipt(bytes(other), entry) for other in changed} == {1}


def test_an_inner_node_is_no_entry(world: World, receipt: Receipt) -> None:
    """A13: the two hashes below a node are given out as an entry, with a receipt that begins above it."""
    proof, _ = served(world, 1)
    other, _ = served(world, 2)
    below = other.hashes[0] + proof.hashes[0]
    shorter = proof._replace(hashes=proof.hashes[1:])
    assert receipt(bytes(shorter), below) == 1
    assert receipt(bytes(shorter), b"\x01" + below) == 1
    assert receipt(bytes(shorter), node_hash(other.hashes[0], proof.hashes[0])) == 1


def test_a_text_that_is_gone_without_an_erasure_on_record_is_named(world: World) -> None:
    """A14: somebody deletes a text about a person, and the log says nothing about it."""
    assert len(world.disclosures()) == 2
    world.sql("DELETE FROM disclosure WHERE digest = :digest", digest=world.disclosures()[0].digest)
    assert world.verdict(world.exported(disclosures=True)) == (1, {"MISSING_DISCLOSURE"})


def test_exchanged_texts_belong_to_nothing(world: World) -> None:
    """A15: the contacts of two institutions change places."""
    one, other = world.disclosures()
    for row, text in ((one, other.disclosure), (other, one.disclosure)):
        world.sql("UPDATE disclosure SET disclosure = :text WHERE digest = :digest", text=text, digest=row.digest)
    code, found = world.verdict(world.exported(disclosures=True))
    assert (code, "DISCLOSURE_DIGEST" in found) == (1, True)


def test_an_altered_text_is_not_the_one_that_was_sealed(world: World) -> None:
    """A16: another name under the same salt."""
    row = world.disclosures()[0]
    salt, name, value = json.loads(decode_base64(padded(row.disclosure)))
    forged = encode_base64(json.dumps([salt, name, f"{value} Junior"]).encode())
    text = forged.rstrip("=").replace("+", "-").replace("/", "_")
    world.sql("UPDATE disclosure SET disclosure = :text WHERE digest = :digest", text=text, digest=row.digest)
    code, found = world.verdict(world.exported(disclosures=True))
    assert (code, "DISCLOSURE_DIGEST" in found) == (1, True)


def padded(text: str) -> str:
    return text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4)


def test_a_field_that_is_no_text_about_people_cannot_be_hidden(world: World) -> None:
    """A18: an amount is replaced by a digest, as if it had been sealed; the entry is another one then."""
    story = world.story()
    [row] = [row for row in story if '"amount":{"amount":"40.00"' in row.body]
    digest = world.disclosures()[0].digest
    body = row.body.replace('{"amount":"40.00","currency":"PEN"}', f'"{digest}"', 1)
    assert body != row.body
    world.edits(row.position, body=body)
    code, found = world.verdict(world.exported(disclosures=True))
    assert (code, {"ENTRY_ALTERED", "ROOT_MISMATCH"} <= found) == (1, True)


@pytest.mark.parametrize(
    ("was", "by"),
    [
        (b"\n", b"\r\n"),
        (b"\n\xe2\x80\x94 ", b"\n- "),
        (b"=\n", b"\n"),
        (b"\n10\n", b"\n010\n"),
        (b"\n10\n", b"\n+10\n"),
        (b"\n10\n", "\n\u0661\u0660\n".encode()),
        (b"\n10\n", b"\n10\x00\n"),
        (b"localhost", b"local\x1bhost"),
    ],
    ids=["crlf", "dash", "padding", "zero", "plus", "digits", "nul", "control"],
)
def test_a_checkpoint_in_another_spelling_is_not_read(world: World, receipt: Receipt, was: bytes, by: bytes) -> None:
    """A22: as everybody reads alike, or nobody reads it."""
    proof, entry = served(world, FIRST)
    note = world.newest().note.encode()
    head = bytes(proof)[: -len(bytes(proof.note))]
    assert receipt(head + note, entry) == 0
    assert was in note
    assert receipt(head + note.replace(was, by), entry) == 2


def test_flips_in_a_real_export_are_found_and_crash_nothing(world: World) -> None:
    """A35: bytes at a hundred places, over every file; tests/verify/test_flips.py goes through all of a small one."""
    file, flipped = world.exported(disclosures=True), world.folder / "flipped.zip"
    data, chance, unseen = file.read_bytes(), random.Random(35), 0
    for place in chance.sample(range(len(data)), 100):
        flipped.write_bytes(data[:place] + bytes((data[place] ^ 1 << chance.randrange(8),)) + data[place + 1 :])
        report = world.checked(flipped)
        assert list(report.findings) or members(flipped) == members(file), place
        unseen += not list(report.findings)
    assert unseen < 25, "only what the packing says of times and attributes does not matter"


def members(file: Path) -> dict[str, bytes]:
    with ZipArchive(file) as archive:
        return {name: archive.read(name) for name in archive.names}
