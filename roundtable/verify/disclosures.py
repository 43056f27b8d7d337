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
SALT_BYTES = 16
_PARTS = 3
_DIGEST_CHARACTERS = 43


class Disclosures:
    """The disclosures of an export, each to be found under its digest in an entry."""

    def __init__(self, archive: Archive, findings: Findings) -> None:
        """Read and check them, if the export has any."""
        self.given = FILE in archive.names
        self._findings = findings
        self._lines: dict[bytes, int] = {}
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
                    self._lines[_digest(parse_json(line))] = number
                except Malformed as error:
                    self._findings.add("DISCLOSURE_DIGEST", line=number, why=error)
        except Malformed as error:
            self._findings.add("ARCHIVE", why=error)

    def expect(self, entry: Entry, fields: tuple[str, ...]) -> None:
        """Look for the disclosures of the texts that an entry seals."""
        for field in fields:
            for sealed in _values(entry.body, field.split(".")):
                digest = decoded(sealed)
                if digest in self._lines:
                    self._found.add(digest)
                else:
                    self._findings.add("MISSING_DISCLOSURE", entry.leaf_index, entry.topic, field=field)

    def finish(self) -> None:
        """Say which disclosures belong to no entry."""
        for line in sorted(self._lines[digest] for digest in self._lines.keys() - self._found):
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


def _digest(row: Any) -> bytes:
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in ("digest", "disclosure")):
        raise Malformed("a line has a digest and a disclosure")
    digest = digest_of(row["disclosure"])
    if decoded(row["digest"]) != digest:
        raise Malformed("its digest is another one")
    parts = parse_json(decoded(row["disclosure"]))
    if not isinstance(parts, list) or len(parts) != _PARTS or not isinstance(parts[0], str):
        raise Malformed("it does not hold a salt, a name and a value")
    if len(decoded(parts[0])) < SALT_BYTES:
        raise Malformed("its salt is too short to hide anything")
    return digest


def _values(body: Any, path: list[str]) -> list[str]:
    """Return the texts at a path; a list on the way stands for each of its items."""
    if isinstance(body, list):
        return [value for item in body for value in _values(item, path)]
    if not path:
        return [body] if isinstance(body, str) else []
    return _values(body.get(path[0]), path[1:]) if isinstance(body, dict) else []
