"""A copy of a log in a folder: static tiles as C2SP tlog-tiles lays them out, an export when packed."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from roundtable.exports import SOFTWARE
from roundtable.exports.archives import MANIFEST, About, manifest
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.merkle import HASH_SIZE, CompactRange, leaf_hash, perfect_root
from roundtable.verify.notes import Note
from roundtable.verify.pins import write_whole
from roundtable.verify.tiles import WIDTH, Tile, bundle, levels, tiles, unbundle

NEWEST, ALL = "checkpoint", "checkpoints.ndjson"
HEIGHT = 8


class CopyDamaged(Exception):
    """The copy is not what it was when it was written."""


class Held(NamedTuple):
    """The newest checkpoint of a copy, with its note."""

    checkpoint: Checkpoint
    note: bytes


class Copy:
    """A copy that only grows. Its newest checkpoint is written last: what it covers is there before."""

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made with the first entries. What is not verified yet is kept in another beside it."""
        self.folder = folder
        self.staging = folder.with_name(f"{folder.name}.new")

    def held(self) -> Held | None:
        """Return the newest checkpoint; nothing where nothing was copied yet."""
        try:
            note = (self.folder / NEWEST).read_bytes()
        except FileNotFoundError:
            return None
        return Held(Checkpoint.parse(Note.parse(note).text), note)

    def tree(self, size: int) -> CompactRange:
        """Return the tree of the first entries, from its tiles.

        :raises CopyDamaged: a tile is missing or cut off.
        """
        tree = CompactRange()
        for tile in tiles(1, size):
            for root in self._hashes(tile):
                tree.push(root, HEIGHT)
        for tile in list(tiles(0, size))[size // WIDTH :]:
            tree.extend(self._hashes(tile))
        return tree

    def _hashes(self, tile: Tile) -> list[bytes]:
        data = next((path.read_bytes() for path in self._at_least(tile) if path.exists()), b"")
        if len(data) < tile.width * HASH_SIZE:
            raise CopyDamaged(f"{tile.path()} is missing or cut off in {self.folder}")
        return [data[i * HASH_SIZE : (i + 1) * HASH_SIZE] for i in range(tile.width)]

    def _at_least(self, tile: Tile) -> Iterator[Path]:
        """Yield where a tile of a width, or one that has grown since, may be."""
        return (self.folder / tile._replace(width=width).path() for width in range(tile.width, WIDTH + 1))

    def entries(self, tile: Tile) -> list[bytes]:
        """Return the entries of a bundle.

        :raises CopyDamaged: it is missing.
        """
        try:
            return unbundle((self.folder / tile.path()).read_bytes())
        except (OSError, ValueError) as error:
            raise CopyDamaged(f"{tile.path()}: {error}") from error

    def growing(self, size: int) -> "Growing":
        """Return what grows from a size on; what an earlier round left unfinished is forgotten."""
        shutil.rmtree(self.staging, ignore_errors=True)
        last = Tile(None, size // WIDTH, size % WIDTH)
        edges = {
            level: self._hashes(Tile(level, count // WIDTH, count % WIDTH))
            if (count := size >> HEIGHT * level) % WIDTH
            else []
            for level in range(len(levels(size)) + 1)
        }
        return Growing(self.staging, self.tree(size), self.entries(last) if last.width else [], edges)

    def lines(self, below: int) -> Iterator[bytes]:
        """Yield the lines of the checkpoints of smaller sizes."""
        if (self.folder / ALL).exists():
            with (self.folder / ALL).open("rb") as file:
                for line in file:
                    if json.loads(line)["size"] < below:
                        yield line

    def stage(self, name: str, data: bytes) -> None:
        """Keep a file that comes with what is being verified."""
        (self.staging / name).parent.mkdir(parents=True, exist_ok=True)
        (self.staging / name).write_bytes(data)

    def finish(self, checkpoint: Checkpoint, note: bytes, lines: Iterable[bytes]) -> None:
        """Put what was verified in place, the newest checkpoint last; then list everything in the manifest."""
        self.staging.mkdir(parents=True, exist_ok=True)
        with (self.staging / ALL).open("wb") as file:
            file.writelines(lines)
        os.sync()  # whatever the checkpoint covers is on the disk before it is
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(self.staging.rglob("*")):
            target = self.folder / path.relative_to(self.staging)
            if path.is_dir():
                target.mkdir(parents=True, exist_ok=True)
            else:
                path.replace(target)
        shutil.rmtree(self.staging)
        write_whole(self.folder / NEWEST, note)
        self._forget(checkpoint.size)
        self._list(checkpoint)

    def _forget(self, size: int) -> None:
        counts = {level: size >> HEIGHT * (level or 0) for level in (None, *levels(size))}
        keep = {Tile(level, n // WIDTH, n % WIDTH).path() for level, n in counts.items() if n % WIDTH}
        for folder in sorted((self.folder / "tile").rglob("*.p")):
            for narrow in folder.iterdir():
                if narrow.relative_to(self.folder).as_posix() not in keep:
                    narrow.unlink()
            if not any(folder.iterdir()):
                folder.rmdir()

    def _list(self, checkpoint: Checkpoint) -> None:
        """Write the manifest; full tiles never change, so that what was listed of them still holds."""
        known = {}
        if (self.folder / MANIFEST).exists():
            known = {file["path"]: file for file in json.loads((self.folder / MANIFEST).read_bytes())["files"]}
        listed = []
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if not path.is_file() or name == MANIFEST:
                continue
            file = known.get(name) if name.startswith("tile/") else None
            if file is None:
                data = path.read_bytes()
                file = {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            listed.append(json.dumps(file).encode())
        about = About(checkpoint.origin, checkpoint.size, checkpoint.root.hex())
        write_whole(self.folder / MANIFEST, b"".join(manifest(about, listed, SOFTWARE)))


class Growing:
    """The right edge of a copy: the entries and hashes of the tiles that are not full."""

    def __init__(self, folder: Path, tree: CompactRange, entries: list[bytes], edges: dict[int, list[bytes]]) -> None:
        self.folder, self.tree, self.entries, self.edges = folder, tree, entries, edges

    def add(self, entries: Sequence[bytes]) -> None:
        """Add the next entries; bundles and tiles that become full are written."""
        for entry in entries:
            hashed = leaf_hash(entry)
            self.tree.append(hashed)
            self.entries.append(entry)
            if len(self.entries) == WIDTH:
                self._write(Tile(None, self.tree.size // WIDTH - 1), bundle(self.entries))
                self.entries = []
            self._append(0, hashed)

    def _append(self, level: int, hashed: bytes) -> None:
        edge = self.edges.setdefault(level, [])
        edge.append(hashed)
        if len(edge) == WIDTH:
            self._write(Tile(level, (self.tree.size >> HEIGHT * level) // WIDTH - 1), b"".join(edge))
            self.edges[level] = []
            self._append(level + 1, perfect_root(edge))

    def write(self) -> None:
        """Write the bundle and the tiles that are not full."""
        size = self.tree.size
        if self.entries:
            self._write(Tile(None, size // WIDTH, len(self.entries)), bundle(self.entries))
        for level, edge in self.edges.items():
            if edge:
                self._write(Tile(level, (size >> HEIGHT * level) // WIDTH, len(edge)), b"".join(edge))

    def _write(self, tile: Tile, data: bytes) -> None:
        path = self.folder / tile.path()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
