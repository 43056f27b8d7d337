"""What lies beside the log in an export: sealed texts and their disclosures, schemas, documents."""

import base64
import hashlib
import json

import pytest

from roundtable.verify import disclosures
from roundtable.verify.findings import Grade
from tests.verify import archives, vectors
from tests.verify.archives import Fact, entries, export, story
from tests.verify.test_attacks import checked, codes

__all__ = ["checked"]
SCHEMA = b'{"type":"object"}'


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def disclose(name: str, value: str, salt: bytes = b"0123456789abcdef") -> tuple[str, str]:
    """Return the digest and the disclosure of a text."""
    disclosure = base64url(json.dumps([base64url(salt + value.encode()), name, value]).encode())
    return base64url(hashlib.sha256(disclosure.encode()).digest()), disclosure


CONTACTS = [disclose("contact", f"Persona {number}") for number in range(3)]


def published() -> Fact:
    rows = [
        {"name": "commitment.contact-named@1", "digest": hashlib.sha256(SCHEMA).hexdigest(), "erasable": ["contact"]},
        {"name": "roundtable.seated@1", "digest": hashlib.sha256(SCHEMA).hexdigest(), "erasable": ["members.name"]},
    ]
    return Fact("log.schemas-published", 9, {"schemas": rows}, kind="log")


def sealed() -> list[bytes]:
    named = [
        Fact("commitment.contact-named", 20 + i, {"contact": digest}) for i, (digest, _) in enumerate(CONTACTS[:2])
    ]
    listed = Fact("roundtable.seated", 30, {"members": [{"name": CONTACTS[2][0]}, {"name": None}, {}]})
    return entries([*named, *story(), listed, published()])


LEAVES = sealed()
SCHEMAS = {f"schemas/{name}.json": SCHEMA for name in ("commitment.contact-named@1", "roundtable.seated@1")}


def lines(*rows: tuple[str, str], objects: tuple[int, ...] = (20, 21, 30)) -> bytes:
    """Return a line for each disclosure, those of the first two contacts and of the member under their objects."""
    owners = {digest: number for (digest, _), number in zip(CONTACTS, objects, strict=True)}
    found = [
        {"digest": digest, "disclosure": said, "object_id": archives.object_id(owners.get(digest, objects[0]))}
        for digest, said in rows
    ]
    return b"".join(json.dumps(row).encode() + b"\n" for row in found)


def test_disclosures_belong_to_what_the_entries_seal(checked):
    report = checked(export(LEAVES) | SCHEMAS | {"disclosures.ndjson": lines(*CONTACTS)}, LEAVES)
    assert (list(report.findings), report.disclosures, report.schemas) == ([], 3, 2)
    assert "DISCLOSURES" not in report.not_checked
    without = checked(export(LEAVES) | SCHEMAS, LEAVES)
    assert (list(without.findings), "DISCLOSURES" in without.not_checked) == ([], True)


def test_a_disclosure_that_is_listed_for_another_object_is_found(checked):
    moved = lines(*CONTACTS, objects=(21, 21, 30))
    report = checked(export(LEAVES) | SCHEMAS | {"disclosures.ndjson": moved}, LEAVES)
    assert [(f.code, f.leaf_index) for f in report.findings] == [("DISCLOSURE_DIGEST", 0)]


def test_a_correction_may_seal_a_text_anew(checked):
    digest, said = disclose("contact", "Persona corregida")
    corrected = Fact("fact.corrected", 20, {"changes": {"contact": digest, "amount": {"PEN": ["1"]}}})
    named = Fact("commitment.contact-named", 20, {"contact": CONTACTS[0][0]})
    leaves = entries([named, corrected, *story(), published()])
    files = export(leaves) | SCHEMAS | {"disclosures.ndjson": lines(CONTACTS[0], (digest, said))}
    assert list(checked(files, leaves).findings) == []


def test_a_disclosure_that_is_gone_without_a_recorded_erasure_is_named(checked):
    for index, gone in ((0, 0), (1, 1), (14, 2)):
        rest = [row for number, row in enumerate(CONTACTS) if number != gone]
        report = checked(export(LEAVES) | SCHEMAS | {"disclosures.ndjson": lines(*rest)}, LEAVES)
        assert [(f.code, f.leaf_index) for f in report.findings] == [("MISSING_DISCLOSURE", index)]
        assert report.verdict == Grade.VIOLATION


def test_altered_swapped_and_foreign_disclosures_are_found(checked):
    forged = (CONTACTS[0][0], disclose("contact", "Otra persona")[1])
    swapped = [(CONTACTS[0][0], CONTACTS[1][1]), (CONTACTS[1][0], CONTACTS[0][1]), CONTACTS[2]]
    for rows in ([forged, *CONTACTS[1:]], swapped, [*CONTACTS, disclose("contact", "Nadie")]):
        report = checked(export(LEAVES) | SCHEMAS | {"disclosures.ndjson": lines(*rows)}, LEAVES)
        assert "DISCLOSURE_DIGEST" in codes(report)
        assert report.verdict == Grade.VIOLATION


@pytest.mark.parametrize(
    "broken",
    [
        b"{}\n",
        b"[]\n",
        b"?\n",
        lines((CONTACTS[0][0], "é")),
        lines((base64url(hashlib.sha256(b"e30").digest()), "e30")),
        lines(disclose("contact", "", b"short")),
        lines(CONTACTS[0])[:-1],
    ],
)
def test_disclosures_that_cannot_be_read_are_findings(checked, broken):
    report = checked(export(LEAVES) | SCHEMAS | {"disclosures.ndjson": broken}, LEAVES)
    assert codes(report) & {"DISCLOSURE_DIGEST", "ARCHIVE"}
    assert report.verdict


def test_schemas_are_those_that_the_log_published(checked):
    name = next(iter(SCHEMAS))
    report = checked(export(LEAVES) | SCHEMAS | {name: b"{}"}, LEAVES)
    assert (codes(report), report.verdict) == ({"SCHEMA"}, Grade.VIOLATION)
    for files in (
        {n: s for n, s in SCHEMAS.items() if n != name},
        SCHEMAS | {"schemas/commitment.never-published@1.json": SCHEMA},
    ):
        report = checked(export(LEAVES) | files, LEAVES)
        assert (codes(report), report.verdict) == ({"SCHEMA_UNKNOWN"}, Grade.NOTICE)
    facts = [*story(), Fact("log.schemas-published", 9, {"schemas": [{"name": 1}]}, kind="log")]
    assert codes(checked(export(entries(facts)), entries(facts))) == {"LOG_FACT"}


def test_documents_are_what_their_names_say(checked):
    content = b"%PDF acta firmada"
    name = hashlib.sha256(content).hexdigest()
    row = {"sha256": name, "size": len(content), "media_type": "application/pdf"}

    def run(listed: object, **files: bytes):
        held = {"documents.ndjson": json.dumps(listed).encode() + b"\n"} | files
        return checked(export(LEAVES) | SCHEMAS | held, LEAVES)

    path = f"documents/{name}"
    assert (list(run(row, **{path: content}).findings), run(row, **{path: content}).documents) == ([], 1)
    for listed, files in (
        (row, {path: content + b"!"}),
        (row, {path: content[:-1] + b"!"}),
        (row | {"size": 1}, {path: content}),
        (row, {}),
        ({"sha256": "../../etc/passwd", "size": 1}, {}),
        ([], {}),
        (row, {path: content, f"documents/{'0' * 64}": b""}),
    ):
        report = run(listed, **files)
        assert (codes(report), report.verdict) == ({"DOCUMENT"}, Grade.VIOLATION)
    assert codes(checked(export(LEAVES) | SCHEMAS | {path: content}, LEAVES)) == {"ARCHIVE", "DOCUMENT"}


@vectors.needed
def test_digests_of_others_behave_as_labelled():
    case = vectors.load("sd-jwt-rfc9901.json")
    pairs = [case["main"], case["array_element"], *case["equivalent_encodings_other_digests"], *case["pairs"]]
    for pair in pairs:
        assert disclosures.digest_of(pair["disclosure"]) == disclosures.decoded(pair["digest"])
    assert len({pair["digest"] for pair in pairs[:5]}) == 5
