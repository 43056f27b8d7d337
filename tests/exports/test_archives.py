"""An export is one streamed archive that the verifier checks without us, and static tiles once unpacked."""

import hashlib
import io
import json
import time
import zipfile
from pathlib import Path

import pytest

from roundtable.exports import SOFTWARE, contents
from roundtable.exports.archives import About, Member, zipped
from roundtable.installation import Installation
from roundtable.log import checkpoints
from roundtable.verify import checker
from roundtable.verify.policies import Policy
from tests.exports.telling import exported, policy_of, tells, verified
from tests.harness import Person
from tests.verify.keys import signer


def test_an_export_holds_what_the_contract_names_and_the_manifest_last(
    installation: Installation, secretary: Person, tmp_path: Path
) -> None:
    tells(secretary)
    with zipfile.ZipFile(exported(installation, tmp_path)) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        listed = {file["path"]: file for file in manifest["files"]}
        assert names[-1] == "manifest.json"
        assert listed.keys() == set(names) - {"manifest.json"}
        for name in listed:
            data = archive.read(name)
            assert (listed[name]["size"], listed[name]["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        size = manifest["size"]
        assert {"checkpoint", "checkpoints.ndjson", f"tile/0/000.p/{size}", f"tile/entries/000.p/{size}"} <= set(names)
        assert {"schemas/commitment.registered@1.json", "schemas/log.opened@1.json"} <= set(names)
        assert not {"disclosures.ndjson", "documents.ndjson"} & set(names)
    assert (manifest["format"], manifest["software"]) == ("roundtable-export/v1", SOFTWARE)


def test_a_checkpoint_over_everything_is_signed_first(
    installation: Installation, secretary: Person, tmp_path: Path
) -> None:
    last = tells(secretary)
    file = exported(installation, tmp_path)
    with installation.database.reading() as connection:
        signed = checkpoints.latest(connection)
    assert signed is not None
    assert signed.size > last
    assert verified(file, installation).size == signed.size


def test_a_witnessed_export_is_proven_and_one_without_witnesses_never(
    installation: Installation, secretary: Person, tmp_path: Path
) -> None:
    tells(secretary)
    file = exported(installation, tmp_path, witnessed=True)
    report = verified(file, installation)
    assert list(report.findings) == []
    assert report.verdict == 0
    alone = verified(file, installation, quorum=False)
    assert alone.verdict == 3


def test_many_entries_fill_bundles_and_tiles_of_two_levels(
    installation: Installation, secretary: Person, tmp_path: Path
) -> None:
    ministry = secretary.registers_organization()
    made = secretary.registers_commitment(ministry)["id"]
    for n in range(260):
        secretary.does(f"/commitments/{made}/report-progress", percent=n % 100, occurred_on="2019-01-01")
    file = exported(installation, tmp_path, witnessed=True)
    with zipfile.ZipFile(file) as archive:
        assert {"tile/entries/000", "tile/0/000", "tile/1/000.p/1"} <= set(archive.namelist())
    assert verified(file, installation).verdict == 0


def test_an_earlier_checkpoint_can_be_exported_and_only_a_size_that_was_signed(
    installation: Installation, secretary: Person, tmp_path: Path
) -> None:
    tells(secretary)
    first = exported(installation, tmp_path, "first.zip")
    size = verified(first, installation).size
    secretary.registers_organization()
    installation.log.checkpoint(force=True)
    again = exported(installation, tmp_path, "again.zip", size=size)
    assert verified(again, installation).size == size
    with pytest.raises(contents.SizeNotSigned) as refused:
        contents.newest(installation.log, size - 1)
    assert str(size) in refused.value.message("en")


def test_texts_about_people_and_documents_are_there_only_when_asked_for(
    installation: Installation, secretary: Person, tmp_path: Path
) -> None:
    secretary.registers_organization(contact="Ana Quispe")
    document = b"%PDF-1.4 DEMO"
    digest = hashlib.sha256(document).hexdigest()
    stored = secretary.client.put(
        f"/v1/documents/{digest}", content=document, headers=secretary.headers() | {"Content-Type": "application/pdf"}
    )
    assert stored.status_code == 201
    file = exported(installation, tmp_path, wanted=contents.Wanted(disclosures=True, documents=True), witnessed=True)
    report = verified(file, installation)
    assert (report.verdict, report.disclosures, report.documents) == (0, 1, 1)
    with zipfile.ZipFile(file) as archive:
        assert archive.read(f"documents/{digest}") == document
    public = exported(installation, tmp_path, "public.zip")
    assert b"Ana Quispe" not in b"".join(map(zipfile.ZipFile(public).read, zipfile.ZipFile(public).namelist()))


def test_over_http_everybody_gets_the_same_log_without_texts_about_people(
    installation: Installation, secretary: Person, tmp_path: Path
) -> None:
    tells(secretary)
    answer = secretary.client.get("/v1/log/export")
    assert answer.headers["content-type"] == "application/zip"
    file = tmp_path / "over-http.zip"
    file.write_bytes(answer.content)
    size = verified(file, installation).size
    assert answer.headers["content-disposition"] == f'attachment; filename="roundtable-{size}.zip"'
    assert secretary.client.get("/v1/log/export", params={"size": size}).status_code == 200
    refused = secretary.client.get("/v1/log/export", params={"size": size - 1}).json()
    assert (refused["status"], refused["type"]) == (422, "urn:roundtable:problem:size-not-signed")


def test_an_empty_log_has_nothing_to_export(installation: Installation, secretary: Person) -> None:
    assert secretary.client.get("/v1/log/export").json()["type"] == "urn:roundtable:problem:no-checkpoint"


def test_an_archive_comes_in_pieces_that_are_held_one_at_a_time() -> None:
    taken: list[int] = []

    def bytes_of(n: int):
        for _ in range(8):
            taken.append(n)
            yield bytes(1000)

    members = (Member(f"tile/0/{n:03d}", bytes_of(n), packed=False) for n in range(3))
    pieces = zipped(About("o", 1, ""), members, "s")
    first = next(pieces)
    assert taken == [0]
    whole = first + b"".join(pieces)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        assert [info.file_size for info in archive.infolist()][:3] == [8000] * 3


def test_a_policy_that_knows_another_log_proves_nothing(
    installation: Installation, secretary: Person, tmp_path: Path
) -> None:
    tells(secretary)
    file = exported(installation, tmp_path, witnessed=True)
    _, witnesses = policy_of(installation).split("\n", 1)
    foreign = f"log {signer('elsewhere.example/roundtable/1').key}\n{witnesses}"
    report = checker.check(file, checker.Asked(Policy.parse(foreign.encode()), time.time()))
    assert report.verdict != 0
