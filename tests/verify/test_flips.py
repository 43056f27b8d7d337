"""Whatever byte of an export is changed: nothing crashes, and nothing that was changed is called proven."""

import zipfile
from pathlib import Path

import pytest

from roundtable.verify import checker
from roundtable.verify.archives import ZipArchive
from roundtable.verify.checker import Asked, Report
from roundtable.verify.errors import Malformed
from roundtable.verify.findings import Grade
from roundtable.verify.policies import Policy
from tests.verify import archives
from tests.verify.archives import NOW, checkpoint, entries, export, pack, packed, story
from tests.verify.test_beside import CONTACTS, SCHEMAS, lines, sealed

POLICY = Policy.parse(archives.policy().encode())
SMALL = entries(story(3))


def check(path: Path) -> Report:
    return checker.check(path, Asked(POLICY, NOW))


def contents(path: Path) -> dict[str, bytes]:
    with ZipArchive(path) as archive:
        return {name: archive.read(name) for name in archive.names}


def test_a_flip_of_any_byte_of_the_archive_is_found_unless_the_files_in_it_are_the_same(tmp_path):
    whole = packed(tmp_path / "whole.zip", export(SMALL, [checkpoint(SMALL, 3)]), SMALL)
    data, flipped = whole.read_bytes(), tmp_path / "flipped.zip"
    expected = contents(whole)
    assert check(whole).verdict == Grade.NOTICE
    equal = 0
    for place in range(len(data)):
        flipped.write_bytes(data[:place] + bytes((data[place] ^ (0x01, 0x80)[place % 2],)) + data[place + 1 :])
        report = check(flipped)
        if not list(report.findings):
            equal += 1
            assert contents(flipped) == expected, f"byte {place} was changed, and nothing was found"
    assert equal < len(data) / 4, "only dates and attributes of the packing do not matter"


def flips(name: str, data: bytes, step: int = 1):
    for place in range(0, len(data), step):
        for mask in (0x01, 0x20, 0x80):
            yield place, {name: data[:place] + bytes((data[place] ^ mask,)) + data[place + 1 :]}


def test_a_flip_in_any_file_is_found_even_if_the_manifest_is_made_to_fit(tmp_path):
    leaves = sealed()
    files = export(leaves, [checkpoint(leaves, len(leaves))]) | SCHEMAS | {"disclosures.ndjson": lines(*CONTACTS)}
    path = tmp_path / "flipped.zip"
    assert not list(check(packed(path, files, leaves)).findings)
    explained = 0
    for name, data in files.items():
        for place, changed in flips(name, data, 7 if len(data) < 1000 else 37):
            report = check(packed(path, files | changed, leaves))
            if list(report.findings):
                continue
            explained += 1
            assert name in {"checkpoint", "checkpoints.ndjson"}, (name, place)
            assert set(report.newest.witnesses) < {"contraloria", "transicion", "universidad"} or ignored(
                name, data, changed[name]
            ), (name, place)
    assert explained


def ignored(name: str, before: bytes, after: bytes) -> bool:
    """Whether a change lies where nothing is signed: the date of a row, or the lines of the copy of the newest note."""
    return name == "checkpoint" or before.partition(b'"created_at"')[0] == after.partition(b'"created_at"')[0]


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/passwd", "a//b", "a/./b", "C:/x", "a\\b", "tile/\u0660", "a\tb", "x" * 301]
)
def test_names_that_lead_out_of_the_archive_are_refused(tmp_path, name):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"")
    with pytest.raises(Malformed):
        ZipArchive(path)
    assert check(path).verdict == Grade.MALFORMED


def test_bombs_doubles_and_odd_packings_are_refused(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("checkpoint", bytes(70 << 20))
    with pytest.raises(Malformed, match="far larger"):
        ZipArchive(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("checkpoint", b"x")
    with pytest.raises(Malformed, match="unusual"):
        ZipArchive(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("checkpoint", b"x")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("checkpoint", b"y")
    with pytest.raises(Malformed, match="twice"):
        ZipArchive(path)


def test_a_note_or_tile_that_is_too_large_is_not_read(tmp_path):
    files = export(SMALL) | {"checkpoint": b"x" * 2_000_000, "tile/0/000.p/3": bytes(9000)}
    report = check(packed(tmp_path / "large.zip", files, SMALL))
    assert {"NOTE", "ARCHIVE"} <= {finding.code for finding in report.findings}


def test_a_line_without_end_is_not_read_whole(tmp_path):
    files = export(SMALL) | {"checkpoints.ndjson": b"1" * 5_000_000}
    assert check(packed(tmp_path / "large.zip", files, SMALL)).verdict == Grade.MALFORMED


def test_what_a_terminal_would_obey_is_shown_as_text(tmp_path):
    files = export(SMALL) | {"checkpoint": checkpoint(SMALL, 3, origin="\u202e\u2028\x7f evil")}
    report = check(packed(tmp_path / "evil.zip", files, SMALL))
    said = "".join(finding.sentence("en") for finding in report.findings)
    assert "\\u202e" in said
    assert said.isprintable()


def test_an_archive_with_nothing_or_with_everything_else_is_malformed(tmp_path):
    for files in ({}, {"readme.txt": b"hello"}):
        report = check(pack(tmp_path / "other.zip", files))
        assert report.verdict == Grade.MALFORMED
