"""A large export, written as it is made: entries, tiles, and a checkpoint every so many entries."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.merkle import CompactRange, leaf_hash, perfect_root
from roundtable.verify.tiles import WIDTH, Tile, bundle
from roundtable.verify.times import iso
from tests.verify import archives
from tests.verify.keys import note

EVENTS_OF_OBJECT = 10
BETWEEN_CHECKPOINTS = 10_000
TEXT = "Se reporta el avance de la obra según el acta de la sesión, con la valorización del mes y el informe de campo. "


def entry(index: int) -> bytes:
    """Return an entry of about 600 bytes: each object has ten, one after another."""
    number, version = divmod(index, EVENTS_OF_OBJECT)
    at = iso(archives.BEGAN + index)
    body = json.dumps({"note": TEXT, "percent": str(index % 101), "reported_at": index}, separators=(",", ":"))
    event, about = UUID(int=index + 1), UUID(bytes=hashlib.md5(str(number).encode(), usedforsecurity=False).digest())
    head = f"{index}\n{event}\ncommitment\n{about}\n{version + 1}\ncommitment.progress-reported\n1\n{at[:10]}\n{at}"
    return f"roundtable-entry/v1\n{head}\n{archives.ACTOR}\n{archives.ACTOR}\n\n{body}".encode()


def write(path: Path, size: int) -> None:
    """Write an export of so many entries."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        files: list[dict[str, object]] = []

        def add(name: str, data: bytes) -> None:
            archive.writestr(name, data)
            files.append({"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()})

        tree, notes, full = CompactRange(), [], []
        for name, data, hashes in _bundles(size):
            add(name, data)
            add(name.replace("tile/entries/", "tile/0/"), b"".join(hashes))
            if len(hashes) == WIDTH:
                full.append(perfect_root(hashes))
            for one in hashes:
                tree.append(one)
                if tree.size % BETWEEN_CHECKPOINTS == 0 or tree.size == size:
                    notes.append(_signed(tree))
        for name, data in _upper_tiles(full):
            add(name, data)
        add("checkpoints.ndjson", archives.checkpoints_file(notes))
        add("checkpoint", notes[-1])
        about = {"format": "roundtable-export/v1", "origin": archives.ORIGIN, "size": size, "root": tree.root().hex()}
        archive.writestr("manifest.json", json.dumps(about | {"files": files}))


def _bundles(size: int) -> Iterator[tuple[str, bytes, list[bytes]]]:
    for start in range(0, size, WIDTH):
        entries = [entry(index) for index in range(start, min(start + WIDTH, size))]
        yield Tile(None, start // WIDTH, len(entries)).path(), bundle(entries), [leaf_hash(one) for one in entries]


def _upper_tiles(row: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the tiles above the lowest, from the roots of its full tiles."""
    level = 1
    while row:
        for start in range(0, len(row), WIDTH):
            part = row[start : start + WIDTH]
            yield Tile(level, start // WIDTH, len(part)).path(), b"".join(part)
        row = [perfect_root(row[i : i + WIDTH]) for i in range(0, len(row) - WIDTH + 1, WIDTH)]
        level += 1


def _signed(tree: CompactRange) -> bytes:
    text = Checkpoint(archives.ORIGIN, tree.size, tree.root()).text()
    time = archives.BEGAN + tree.size
    return note(text, archives.LOG.sign(text), *(w.cosign(text, time) for w in archives.WITNESSES))
