"""Exports made from nothing but the formats: a log with its witnesses, honest until a test tampers with it."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.notes import Key, Signature
from roundtable.verify.tiles import WIDTH, bundle, levels, tiles
from roundtable.verify.times import iso
from tests.verify import reference
from tests.verify.keys import Signer, note, signer, witness

ORIGIN = "registro.example/roundtable/chumbivilcas"
LOG = signer(ORIGIN)
CONTRALORIA, TRANSICION, UNIVERSIDAD = WITNESSES = tuple(
    witness(f"{name}.example") for name in ("contraloria", "transicion", "universidad")
)
BEGAN = 1_780_000_000
MINUTE = 60
NOW = BEGAN + 400 * MINUTE
ACTOR = UUID(int=0xA2)


def policy(log: Key = LOG.key, threshold: int = 2) -> str:
    lines = [f"witness {w.key.name.partition('.')[0]} {w.key}" for w in WITNESSES]
    names = " ".join(w.key.name.partition(".")[0] for w in WITNESSES)
    return "\n".join([f"log {log}", *lines, f"group todos {threshold} {names}", "quorum todos", ""])


def object_id(number: int) -> str:
    return str(UUID(int=0x0B << 64 | number))


@dataclass
class Fact:
    """An event as a row of the store, recorded a minute after the one before it."""

    topic: str = "commitment.progress-reported"
    object: int = 0
    body: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "commitment"
    recorded_at: float = 0

    def entry(self, index: int, version: int) -> bytes:
        at = iso(self.recorded_at or BEGAN + index * MINUTE)
        body = json.dumps(self.body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        columns = (index, UUID(int=index + 1), self.kind, object_id(self.object), version, self.topic, 1, at[:10], at)
        return "\n".join(["roundtable-entry/v1", *map(str, columns), str(ACTOR), str(ACTOR), "", body]).encode()


def entries(facts: Iterable[Fact]) -> list[bytes]:
    versions: dict[int, int] = {}
    made = []
    for index, fact in enumerate(facts):
        versions[fact.object] = versions.get(fact.object, 0) + 1
        made.append(fact.entry(index, versions[fact.object]))
    return made


def story(count: int = 12) -> list[Fact]:
    return [Fact(object=number % 3, body={"percent": str(number)}) for number in range(count)]


def checkpoint(
    leaves: Sequence[bytes],
    size: int,
    witnesses: Iterable[Signer] = WITNESSES,
    log: Signer | None = LOG,
    at: float | None = None,
    origin: str = ORIGIN,
) -> bytes:
    """Return the note of a tree, cosigned half a minute after its last entry was recorded."""
    text = Checkpoint(origin, size, reference.tree(list(leaves[:size]))).text()
    time = int(BEGAN + size * MINUTE - MINUTE // 2 if at is None else at)
    signed: list[Signature] = [log.sign(text)] if log else []
    return note(text, *signed, *(w.cosign(text, time) for w in witnesses))


def tree_files(leaves: Sequence[bytes], hashed: Sequence[bytes] | None = None) -> dict[str, bytes]:
    """Return bundles of the entries and the tiles over them, or over other entries."""
    sealed = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in hashed or leaves]
    found = {}
    for tile in tiles(None, len(leaves)):
        start = tile.number * WIDTH
        found[tile.path()] = bundle(list(leaves[start : start + tile.width]))
    row = sealed
    for level in levels(len(sealed)):
        for tile in tiles(level, len(sealed)):
            found[tile.path()] = b"".join(row[tile.number * WIDTH : tile.number * WIDTH + tile.width])
        row = [_root(row[i : i + WIDTH]) for i in range(0, len(row) - WIDTH + 1, WIDTH)]
    return found


def _root(hashes: Sequence[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [hashlib.sha256(b"\x01" + a + b).digest() for a, b in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]


def checkpoints_file(notes: Iterable[bytes]) -> bytes:
    lines = []
    for signed in notes:
        size = int(signed.split(b"\n")[1])
        row = {"size": size, "note": signed.decode(), "created_at": iso(BEGAN + size * MINUTE)}
        lines.append(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    return b"".join(lines)


def export(leaves: Sequence[bytes], notes: Sequence[bytes] | None = None, **others: bytes) -> dict[str, bytes]:
    """Return the files of an export; `others` are added under their names."""
    if notes is None:
        notes = [checkpoint(leaves, size) for size in sorted({1, len(leaves) // 2, len(leaves)} - {0})]
    files = {"checkpoints.ndjson": checkpoints_file(notes), "checkpoint": notes[-1] if notes else b""}
    return files | tree_files(leaves) | others


def manifest(files: Mapping[str, bytes], leaves: Sequence[bytes]) -> bytes:
    listed = [
        {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(files.items())
    ]
    about = {"format": "roundtable-export/v1", "origin": ORIGIN, "size": len(leaves)}
    about |= {"root": reference.tree(list(leaves)).hex(), "created_at": iso(NOW), "software": "roundtable"}
    return json.dumps(about | {"files": listed}, indent=1).encode()


def pack(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def packed(path: Path, files: Mapping[str, bytes], leaves: Sequence[bytes]) -> Path:
    """Pack the files with a manifest that lists them as they are."""
    return pack(path, {**files, "manifest.json": manifest(files, leaves)})
