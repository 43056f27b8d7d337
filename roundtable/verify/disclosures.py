"""Texts about people that are sealed in entries and disclosed beside them (RFC 9901), and those that are not."""

import base64
import binascii
import hashlib
from typing import Any

from roundtable.verify.archives import Archive
from roundtable.verify.entries import Entry, parse_json
from roundtable.verify.errors import Malformed
from roundtable.verify.findings import Findings

FILE = "disclosures.ndjson"
CORRECTION = "fact.corrected"
SALT_BYTES = 16
_PARTS = 3


class Disclosures:
    """The disclosures of an export, each to be found under its digest in an entry."""

    def __init__(self, archive: Archive, findings: Findings) -> None:
        """Read and check them, if the export has any."""
        self.given = FILE in archive.names
        self._findings = findings
        self._lines: dict[bytes, tuple[int, str]] = {}
        self._found: set[bytes] = set()
        if self.given:
            self._read(archive)

    @property
    def count(self) -> int:
        """How many belong to an entry."""
        return len(self._found)

    def _read(self, archive: Archive) -> None:
        try:
            for number, line in enumerate(archive.lines(FILE), 1):
                try:
                    digest, object_id = _row(parse_json(line))
                    self._lines[digest] = (number, object_id)
                except Malformed as error:
                    self._findings.add("DISCLOSURE_DIGEST", line=number, why=error)
        except Malformed as error:
            self._findings.add("ARCHIVE", why=error)

    def expect(self, entry: Entry, fields: tuple[str, ...]) -> None:
        """Look for the disclosures of the texts that an entry seals; a correction may seal any field anew."""
        if entry.topic == CORRECTION:
            for digest in self._lines.keys() & set(map(decoded, _texts(entry.body.get("changes")))):
                self._find(entry, digest)
        for field in fields:
            for sealed in _values(entry.body, field.split(".")):
                if (digest := decoded(sealed)) in self._lines:
                    self._find(entry, digest)
                else:
                    self._findings.add("MISSING_DISCLOSURE", entry.leaf_index, entry.topic, field=field)

    def _find(self, entry: Entry, digest: bytes) -> None:
        self._found.add(digest)
        line, object_id = self._lines[digest]
        if object_id != entry.originator_id:
            why = f"it is listed for another object than {entry.originator_id}"
            self._findings.add("DISCLOSURE_DIGEST", entry.leaf_index, entry.topic, line=line, why=why)

    def finish(self) -> None:
        """Say which disclosures belong to no entry."""
        for line, _ in sorted(self._lines[digest] for digest in self._lines.keys() - self._found):
            self._findings.add("DISCLOSURE_DIGEST", line=line, why="no entry holds its digest")


def decoded(text: str) -> bytes:
    """Read base64url without padding; nothing where it is not."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return b""
    return data if base64.urlsafe_b64encode(data).rstrip(b"=").decode() == text else b""


def digest_of(disclosure: str) -> bytes:
    """Return the SHA-256 of a disclosure as it is written."""
    return hashlib.sha256(disclosure.encode()).digest()


def _row(row: Any) -> tuple[bytes, str]:
    if not isinstance(row, dict) or not all(isinstance(row.get(n), str) for n in ("digest", "disclosure", "object_id")):
        raise Malformed("a line has a digest, a disclosure and an object")
    digest = digest_of(row["disclosure"])
    if decoded(row["digest"]) != digest:
        raise Malformed("its digest is another one")
    parts = parse_json(decoded(row["disclosure"]))
    if not isinstance(parts, list) or len(parts) != _PARTS or not isinstance(parts[0], str):
        raise Malformed("it does not hold a salt, a name and a value")
    if len(decoded(parts[0])) < SALT_BYTES:
        raise Malformed("its salt is too short to hide anything")
    return digest, row["object_id"]


def _values(body: Any, path: list[str]) -> list[str]:
    """Return the texts at a path; a list on the way stands for each of its items."""
    if isinstance(body, list):
        return [value for item in body for value in _values(item, path)]
    if not path:
        return [body] if isinstance(body, str) else []
    return _values(body.get(path[0]), path[1:]) if isinstance(body, dict) else []


def _texts(value: Any) -> list[str]:
    """Return all texts within a value."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in inner for text in _texts(item)]
