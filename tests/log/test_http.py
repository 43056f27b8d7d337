"""What the log publishes: everybody can read it, keep it and check it, with the verifier alone."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from roundtable.installation import Installation
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.entries import Entry
from roundtable.verify.merkle import CompactRange, leaf_hash, verify_consistency, verify_inclusion
from roundtable.verify.notes import Note, is_signed
from roundtable.verify.proofs import Proof
from roundtable.verify.texts import decode_base64
from roundtable.verify.tiles import tiles, unbundle
from tests.harness import Person
from tests.log.test_tree import append, integrate
from tests.postgres import scratch
from tests.verify.keys import witness


@pytest.fixture
def signed(installation: Installation, secretary: Person) -> Installation:
    """Five entries under a checkpoint."""
    for _ in range(5):
        secretary.registers_organization()
    installation.log.checkpoint()
    return installation


def public(installation: Installation) -> Person:
    return Person.arrives(installation)._replace(token=None)


def checkpoint(person: Person) -> tuple[Checkpoint, Note]:
    answer = person.get("/log/checkpoint")
    assert answer.status_code == 200, answer.text
    note = Note.parse(answer.content)
    return Checkpoint.parse(note.text), note


def test_the_checkpoint_is_signed_and_always_asked_for_again(signed: Installation) -> None:
    person = public(signed)
    said, note = checkpoint(person)
    assert is_signed(note, signed.log.signer.held()[0])
    answer = person.get("/log/checkpoint")
    assert (answer.headers["cache-control"], answer.headers["content-type"]) == (
        "no-cache",
        "text/plain; charset=utf-8",
    )
    again = person.client.get("/v1/log/checkpoint", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    (line,) = person.get("/log/checkpoints").text.splitlines()
    listed = json.loads(line)
    assert (listed["size"], listed["note"].encode()) == (said.size, answer.content)
    assert person.get("/log/checkpoints", from_size=said.size + 1).text == ""


def test_asking_for_the_checkpoint_signs_nothing(installation: Installation, secretary: Person) -> None:
    secretary.registers_organization()
    answer = public(installation).get("/log/checkpoint")
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:roundtable:problem:no-checkpoint")
    assert not installation.log.signer.file.exists()


def test_tiles_and_bundles_hold_the_whole_log_and_lead_to_the_root(installation: Installation) -> None:
    append(installation, 1, 600)
    installation.log.checkpoint()
    person = public(installation)
    said, _ = checkpoint(person)
    entries: list[bytes] = []
    for tile in tiles(None, said.size):
        answer = person.get(f"/log/{tile.path()}")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        entries += unbundle(answer.content)
    tree, hashes = CompactRange(), b""
    for index, entry in enumerate(entries):
        assert Entry.parse(entry).leaf_index == index
        tree.append(leaf_hash(entry))
    for tile in tiles(0, said.size):
        hashes += person.get(f"/log/{tile.path()}").content
    assert hashes == b"".join(map(leaf_hash, entries))
    assert (tree.size, tree.root()) == (said.size, said.root)
    assert person.get("/log/tile/0/000.p/17").content == hashes[: 17 * 32], "an older partial tile stays readable"


@pytest.mark.parametrize(
    "path",
    ["0/000", "0/001.p/1", "1/000", "1/000.p/1", "entries/000", "entries/000.p/6", "0/000.p/256", "0/0", "64/000", "x",
     "0/x000/000", "00/000", "entries/x999/x999/x999/x999/x999/999"],
)  # fmt: skip
def test_a_tile_that_is_not_there_is_not_found(sqlite_installation: Installation, path: str) -> None:
    append(sqlite_installation, 1, 5)
    integrate(sqlite_installation)
    answer = public(sqlite_installation).get(f"/log/tile/{path}")
    assert answer.status_code == 404, answer.content
    assert answer.json()["type"] == "urn:roundtable:problem:tile-not-found"
    assert "immutable" not in answer.headers.get("cache-control", "")


def test_every_write_names_its_receipt_which_proves_the_entry(installation: Installation, secretary: Person) -> None:
    body = {"name": "One", "kind": "company", "contact": "Ana Quispe", "occurred_on": "2019"}
    answer = secretary.post("/organizations", body)
    link = answer.headers["link"]
    assert link == f'</v1/log/receipts/{answer.json()["position"]}>; rel="proof"'
    person = public(installation)
    position = answer.json()["position"]
    sent = person.get(f"/log/receipts/{position}")
    proof = Proof.parse(sent.content)
    assert sent.content == bytes(proof)
    entry = person.get(f"/log/entries/{position}").content
    said = proof.verify(entry)
    assert (said, proof.note) == checkpoint(person)
    assert is_signed(proof.note, installation.log.signer.held()[0])
    assert b"Quispe" not in entry
    assert Entry.parse(entry).originator_id == answer.json()["id"]


def test_a_receipt_asked_for_again_signs_nothing_new(signed: Installation) -> None:
    person = public(signed)
    for position in (1, 5, 2):
        assert person.get(f"/log/receipts/{position}").status_code == 200
    assert len(person.get("/log/checkpoints").text.splitlines()) == 1


def test_a_receipt_of_what_is_not_recorded_is_not_there(signed: Installation) -> None:
    head = int(Person.arrives(signed).get("/events", limit=1).headers["roundtable-position"])
    for what in ("receipts", "entries"):
        answer = public(signed).get(f"/log/{what}/{head + 1}")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:roundtable:problem:no-entry")


def test_proofs_for_any_two_sizes_verify(signed: Installation) -> None:
    person = public(signed)
    said, _ = checkpoint(person)
    for old in range(1, said.size + 1):
        proof = person.sees("/log/proof/consistency", old=old, new=said.size)
        roots = [decode_base64(proof[name]) for name in ("old_root", "new_root")]
        verify_consistency(old, said.size, *roots, [decode_base64(h) for h in proof["hashes"]])
        assert roots[1] == said.root
        shown = person.sees("/log/proof/inclusion", index=old - 1, size=said.size)
        leaf = leaf_hash(person.get(f"/log/entries/{old}").content)
        verify_inclusion(old - 1, said.size, leaf, [decode_base64(h) for h in shown["hashes"]], said.root)


@pytest.mark.parametrize(
    ("path", "asked", "name"),
    [
        ("inclusion", {"index": 0, "size": 99}, "beyond-log"),
        ("inclusion", {"index": 5, "size": 5}, "no-proof"),
        ("consistency", {"old": 0, "new": 5}, "no-proof"),
        ("consistency", {"old": 5, "new": 4}, "no-proof"),
        ("consistency", {"old": 5, "new": 99}, "beyond-log"),
        ("consistency", {"old": -1, "new": 5}, "invalid-request"),
        ("inclusion", {"index": 0}, "invalid-request"),
    ],
)
def test_a_proof_that_cannot_be_is_refused(
    sqlite_installation: Installation, path: str, asked: dict[str, Any], name: str
) -> None:
    append(sqlite_installation, 1, 5)
    integrate(sqlite_installation)
    answer = public(sqlite_installation).get(f"/log/proof/{path}", **asked)
    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:roundtable:problem:{name}")


def test_what_an_acta_prints_says_log_size_and_root_also_as_a_picture(signed: Installation) -> None:
    person = public(signed)
    said, _ = checkpoint(person)
    text = person.get("/log/checkpoint.txt").text
    assert text.splitlines() == [
        f"Registro / Log: {said.origin}",
        f"Entradas / Size: {said.size}",
        f"Raíz / Root: {said.root.hex()}",
    ]
    assert "Size: 3\n" in person.get("/log/checkpoint.txt", size=3).text
    picture = person.get("/log/checkpoint.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert b"<svg" in picture.content
    assert person.get("/log/checkpoint.svg", size=3).content != picture.content
    assert person.get("/log/checkpoint.txt", size=said.size + 1).status_code == 422


def test_every_read_names_the_size_and_root_that_it_follows_from(signed: Installation) -> None:
    person = Person.arrives(signed)
    said, _ = checkpoint(person)
    now = person.get("/organizations")
    assert (now.headers["roundtable-log-size"], now.headers["roundtable-log-root"]) == (
        str(said.size),
        said.root.hex(),
    )
    person.registers_organization()
    with signed.database.reading() as connection:
        roots = {size: signed.log.root(connection, size) for size in range(said.size + 2)}
    for position, root in roots.items():
        for answer in (
            person.get("/organizations", at_position=position),
            person.get("/organizations", at_position=position, format="csv"),
        ):
            assert root is not None
            assert answer.headers["roundtable-log-size"] == answer.headers["roundtable-position"] == str(position)
            assert answer.headers["roundtable-log-root"] == root.hex()
    assert len(set(roots.values())) == said.size + 2


# Witnesses


PLACE, NGO = witness("witness.example/province"), witness("witness.example/ngo")


@pytest.fixture
def witnessed(signed: Installation) -> Any:
    with scratch() as folder:
        file = Path(folder) / "policy"
        file.write_text(f"witness province {PLACE.key}\nquorum province\n")
        yield signed._replace(settings=signed.settings._replace(log_policy=str(file)))


def test_a_line_of_a_known_witness_is_added_to_the_checkpoint_it_signs(witnessed: Installation) -> None:
    person = public(witnessed)
    _, note = checkpoint(person)
    line = PLACE.cosign(note.text, 1_800_000_000)
    answer = person.client.post("/v1/log/cosignatures", content=f"{line}\n".encode())
    assert answer.status_code == 200, answer.text
    assert Note.parse(answer.content).signatures == (*note.signatures, line)
    assert checkpoint(person)[1].signatures == (*note.signatures, line)
    whole = bytes(Note(note.text, (line,)))
    again = person.client.post("/v1/log/cosignatures", content=whole)
    assert again.content == answer.content, "the same line is not added twice"
    assert PLACE.key.name.encode() in person.get("/log/receipts/1").content, "receipts carry it from now on"


def test_the_verifier_that_the_server_offers_proves_a_receipt_without_the_project(
    witnessed: Installation, tmp_path: Path
) -> None:
    person = public(witnessed)
    _, note = checkpoint(person)
    line = PLACE.cosign(note.text, int(time.time()))
    person.client.post("/v1/log/cosignatures", content=f"{line}\n".encode())
    for name, path in (("v.pyz", "roundtable-verify.pyz"), ("receipt", "receipts/1"), ("entry", "entries/1")):
        (tmp_path / name).write_bytes(person.get(f"/log/{path}").content)
    (key,) = witnessed.log.signer.held()
    (tmp_path / "policy").write_text(f"log {key}\nwitness province {PLACE.key}\nquorum province\n")
    words = [sys.executable, "-I", "v.pyz", "receipt", "receipt", "--entry", "entry", "--policy", "policy"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False, env={})
    assert done.returncode == 0, done.stdout + done.stderr
    (tmp_path / "entry").write_bytes((tmp_path / "entry").read_bytes().replace(b"Institution", b"Constitution"))
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False, env={})
    assert done.returncode == 1, done.stdout + done.stderr


def test_a_line_for_an_older_checkpoint_finds_it(witnessed: Installation) -> None:
    person = public(witnessed)
    _, old = checkpoint(person)
    Person.arrives(witnessed).registers_organization()
    witnessed.log.checkpoint(force=True)
    line = PLACE.cosign(old.text, 1_800_000_000)
    assert person.client.post("/v1/log/cosignatures", content=f"{line}\n".encode()).status_code == 200
    first, second = (json.loads(text)["note"] for text in person.get("/log/checkpoints").text.splitlines())
    assert (str(line) in first, str(line) in second) == (True, False)


def test_one_witness_cannot_fill_a_checkpoint(witnessed: Installation) -> None:
    person = public(witnessed)
    _, note = checkpoint(person)
    for second in range(9):
        line = PLACE.cosign(note.text, 1_800_000_000 + second)
        assert person.client.post("/v1/log/cosignatures", content=f"{line}\n".encode()).status_code == 200
    assert len(checkpoint(person)[1].signatures) == 1 + 4


@pytest.mark.parametrize("case", ["stranger", "other text", "flipped", "nothing", "noise", "log key", "too many"])
def test_other_lines_are_refused_and_the_checkpoint_stays(witnessed: Installation, case: str) -> None:
    person = public(witnessed)
    before, note = person.get("/log/checkpoint").content, checkpoint(person)[1]
    good = PLACE.cosign(note.text, 1_800_000_000)
    flipped = good._replace(value=good.value[:-1] + bytes((good.value[-1] ^ 1,)))
    sent = {
        "stranger": f"{NGO.cosign(note.text, 1_800_000_000)}\n",
        "other text": f"{PLACE.cosign(note.text + 'x', 1_800_000_000)}\n",
        "flipped": f"{good}\n{flipped}\n",
        "nothing": "",
        "noise": "— a b\x00c\n",
        "log key": f"{note.signatures[0]}\n",
        "too many": f"{good}\n" * 17,
    }[case]
    answer = person.client.post("/v1/log/cosignatures", content=sent.encode())
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:roundtable:problem:cosignature-invalid")
    assert person.get("/log/checkpoint").content == before
