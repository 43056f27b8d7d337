"""An archive that is written as it is read: a ZIP file in pieces, which lists its files at its end."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

MANIFEST = "manifest.json"
FORMAT = "roundtable-export/v1"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file: two exports of the same log differ in nothing but what they say of themselves."""


class Member(NamedTuple):
    """A file of an archive, in pieces; tiles of hashes do not get smaller by packing."""

    path: str
    content: Iterable[bytes]
    packed: bool = True


class About(NamedTuple):
    """What an export is of."""

    origin: str
    size: int
    root: str


class _Pieces:
    """A file that keeps what is written to it until it is taken."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: Any) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is held is taken."""

    def take(self) -> bytes:
        held = b"".join(self._held)
        self._held.clear()
        return held


def zipped(about: About, members: Iterable[Member], software: str) -> Iterator[bytes]:
    """Yield a ZIP archive piece by piece: the files, then the manifest that lists them with their digests.

    Held in memory are a piece of one file, and of every file its name, size and digest.
    """
    pieces = _Pieces()
    listed: list[bytes] = []
    with zipfile.ZipFile(pieces, "w", allowZip64=True) as archive:  # type: ignore[call-overload]
        for member in members:
            digest, size = hashlib.sha256(), 0
            with archive.open(_info(member), "w", force_zip64=True) as file:
                for chunk in member.content:
                    digest.update(chunk)
                    size += len(chunk)
                    file.write(chunk)
                    if held := pieces.take():
                        yield held
            listed.append(msgspec.json.encode({"path": member.path, "size": size, "sha256": digest.hexdigest()}))
        with archive.open(_info(Member(MANIFEST, ())), "w") as file:
            for chunk in manifest(about, listed, software):
                file.write(chunk)
    yield pieces.take()


def manifest(about: About, listed: Iterable[bytes], software: str) -> Iterator[bytes]:
    """Yield the manifest of an export whose files are listed as JSON."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    said = {"format": FORMAT, **about._asdict(), "created_at": now, "software": software}
    yield msgspec.json.encode(said)[:-1] + b',"files":[\n'
    between = b""
    for file in listed:
        yield between + file
        between = b",\n"
    yield b"\n]}\n"


def _info(member: Member) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(member.path, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED if member.packed else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    return info
