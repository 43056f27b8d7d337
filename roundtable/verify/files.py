"""The files of an export beside the log: the manifest that lists them all, schemas, and documents."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from roundtable.verify import disclosures, history
from roundtable.verify.archives import Archive, Listed
from roundtable.verify.entries import parse_json
from roundtable.verify.errors import Malformed
from roundtable.verify.findings import Findings
from roundtable.verify.logfacts import LogFacts
from roundtable.verify.tiles import WIDTH, Tile

MANIFEST = "manifest.json"
FORMAT = "roundtable-export/v1"
DOCUMENTS = "documents.ndjson"
_NAMED = 3
_SCHEMA = re.compile(r"schemas/([a-z0-9.-]+@[1-9][0-9]*)\.json")
_DOCUMENT = re.compile(r"documents/([0-9a-f]{64})")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_FIXED = frozenset({MANIFEST, DOCUMENTS, disclosures.FILE, history.FILE, history.NEWEST})


class Manifest(NamedTuple):
    """What an export says of itself; nothing of it is believed."""

    origin: str = ""
    size: int = -1
    root: str = ""


def read_manifest(archive: Archive, findings: Findings) -> Manifest:
    """Read the manifest, so that every file that is read from now on is compared with it."""
    if MANIFEST not in archive.names and not archive.is_packed:
        findings.add("NO_MANIFEST")
        return Manifest()
    try:
        manifest, archive.listed = _manifest(parse_json(archive.read(MANIFEST)))
    except Malformed as error:
        findings.add("ARCHIVE", why=error)
        return Manifest()
    for name in archive.names - archive.listed.keys() - {MANIFEST}:
        findings.add("MANIFEST", path=name, why="not listed")
    return manifest


def _manifest(data: Any) -> tuple[Manifest, dict[str, Listed]]:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Malformed(f"{MANIFEST} is not of the format {FORMAT}")
    origin, size, root, files = (data.get(name) for name in ("origin", "size", "root", "files"))
    if not (isinstance(origin, str) and type(size) is int and isinstance(root, str) and isinstance(files, list)):
        raise Malformed(f"{MANIFEST} lacks the origin, the size, the root or the files")
    return Manifest(origin, size, root), dict(map(_listed, files))


def _listed(row: Any) -> tuple[str, Listed]:
    if not isinstance(row, dict):
        raise Malformed(f"{MANIFEST} lists what is no file")
    path, size, digest = (row.get(name) for name in ("path", "size", "sha256"))
    if not (isinstance(path, str) and type(size) is int and isinstance(digest, str) and _DIGEST.fullmatch(digest)):
        raise Malformed(f"{MANIFEST} lists a file without path, size or digest")
    return path, Listed(size, digest)


def check_manifest(archive: Archive, manifest: Manifest, findings: Findings, *, size: int, root: bytes) -> None:
    """Compare what is left to compare: the head, the files that nothing has read, and those that are not listed."""
    if manifest.size >= 0 and (manifest.size, manifest.root) != (size, root.hex()):
        findings.add("MANIFEST", path=MANIFEST, why=f"it says size {manifest.size}, root {manifest.root}")
    for name in list(archive.listed):
        try:
            for _ in archive.chunks(name):
                pass
        except Malformed as error:
            findings.add("MANIFEST", path=name, why=error)
    for name, why in archive.differing:
        findings.add("MANIFEST", path=name, why=why)


def name_strangers(archive: Archive, findings: Findings, size: int) -> None:
    """Name the files that are no part of the export of a log of a size."""
    for name in archive.names:
        if not (name in _FIXED or _SCHEMA.fullmatch(name) or _DOCUMENT.fullmatch(name) or _is_tile(name, size)):
            findings.add("MORE_FILES", path=name)


def _is_tile(name: str, size: int) -> bool:
    try:
        tile = Tile.parse(name)
    except Malformed:
        return False
    return tile.width == min(WIDTH, (size >> 8 * (tile.level or 0)) - tile.number * WIDTH)


def check_schemas(archive: Archive, facts: LogFacts, findings: Findings) -> int:
    """Compare the schemas with the digests that the log published; return how many are as published."""
    held = {found[1]: name for name in archive.names if (found := _SCHEMA.fullmatch(name))}
    good = 0
    unknown = sorted(held.keys() ^ facts.schemas.keys()) if facts.schemas else []
    if unknown:
        findings.add("SCHEMA_UNKNOWN", count=len(unknown), names=", ".join(unknown[:_NAMED]))
    for name in sorted(held.keys() & facts.schemas.keys()):
        why = _difference(archive, held[name], facts.schemas[name])
        good += not why
        if why:
            findings.add("SCHEMA", name=name, why=why)
    return good


def _difference(archive: Archive, path: str, published: str) -> str:
    try:
        return "" if sha256(archive.read(path)).hexdigest() == published else "sha256"
    except Malformed as error:
        return str(error)


def check_documents(archive: Archive, findings: Findings) -> int:
    """Compare the documents with their names and their list; return how many are as listed."""
    rest = {name for name in archive.names if _DOCUMENT.fullmatch(name)}
    if DOCUMENTS not in archive.names and not rest:
        return 0
    good = 0
    for name, size in _documents(archive, findings):
        rest.discard(path := f"documents/{name}")
        why = _document_difference(archive, path, name, size)
        good += not why
        if why:
            findings.add("DOCUMENT", name=name, why=why)
    for path in sorted(rest):
        findings.add("DOCUMENT", name=path, why=f"not in {DOCUMENTS}")
    return good


def _documents(archive: Archive, findings: Findings) -> Iterator[tuple[str, int]]:
    try:
        for number, line in enumerate(archive.lines(DOCUMENTS), 1):
            row = parse_json(line)
            if isinstance(row, dict) and _DIGEST.fullmatch(str(row.get("sha256"))) and type(row.get("size")) is int:
                yield row["sha256"], row["size"]
            else:
                findings.add("DOCUMENT", name=f"{DOCUMENTS}:{number}", why="no digest or size")
    except Malformed as error:
        findings.add("ARCHIVE", why=error)


def _document_difference(archive: Archive, path: str, name: str, size: int) -> str:
    digest, held = sha256(), 0
    try:
        for chunk in archive.chunks(path):
            digest.update(chunk)
            held += len(chunk)
    except Malformed as error:
        return str(error)
    if held != size:
        return "size"
    return "" if digest.hexdigest() == name else "sha256"
