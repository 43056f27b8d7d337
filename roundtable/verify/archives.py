"""Reading exports, packed or unpacked, without trusting anything about them."""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, Self

from roundtable.verify.errors import Malformed

MAX_MEMBER = 256 * 1024 * 1024
MAX_LINE = 4_000_000
MAX_MEMBERS = 5_000_000
MAX_RATIO = 200
"""How many times as large as the archive its contents may be: JSON shrinks to a tenth, a bomb to a thousandth."""
MAX_NAME = 300
_MINIMUM = 1 << 26
_CHUNK = 1 << 20
_ENCRYPTED = 1
_PROBLEMS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
    AttributeError,
)
"""What the standard library raises for damaged archives, beside its own error."""


class Listed(NamedTuple):
    """What the manifest says of a file."""

    size: int
    sha256: str


class Archive:
    """The files of an export by name. Each is compared with the manifest when it is first read to its end."""

    is_packed = False

    def __init__(self) -> None:
        self.sizes: Mapping[str, int] = {}
        self.listed: dict[str, Listed] = {}
        self.differing: list[tuple[str, str]] = []

    @property
    def names(self) -> AbstractSet[str]:
        """The names of all files."""
        return self.sizes.keys()

    def read(self, name: str, most: int = MAX_MEMBER) -> bytes:
        """Return a whole file.

        :raises Malformed: it is absent, damaged or larger than it may be.
        """
        if self.sizes.get(name, 0) > most:
            raise Malformed(f"{name} has more than {most} bytes")
        data = b"".join(self.chunks(name, most))
        if len(data) > most:
            raise Malformed(f"{name} has more than {most} bytes")
        return data

    def chunks(self, name: str, most: int | None = None) -> Iterator[bytes]:
        """Yield a file in pieces, until it ends or is larger than it may be.

        :raises Malformed: it is absent or damaged.
        """
        if name not in self.sizes:
            raise Malformed(f"{name} is missing")
        digest, size, listed = sha256(), 0, self.listed.pop(name, None)
        try:
            with self._open(name) as file:
                while chunk := file.read(_CHUNK):
                    if listed:
                        digest.update(chunk)
                    size += len(chunk)
                    yield chunk
                    if most is not None and size > most:
                        break
        except _PROBLEMS as error:
            raise Malformed(f"{name} is damaged: {error}") from error
        if listed and (size, digest.hexdigest()) != listed:
            self.differing.append((name, "size" if size != listed.size else "sha256"))

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a file without their newlines.

        :raises Malformed: it is absent or damaged, a line is too long, or the last one does not end.
        """
        rest = b""
        for chunk in self.chunks(name):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
            if len(rest) > MAX_LINE:
                raise Malformed(f"{name} has a line of more than {MAX_LINE} bytes")
        if rest:
            raise Malformed(f"{name} does not end with a newline")

    def _open(self, name: str) -> IO[bytes]:
        raise NotImplementedError

    def close(self) -> None:
        """Close the archive."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()


class ZipArchive(Archive):
    """A packed export."""

    is_packed = True

    def __init__(self, path: Path) -> None:
        """Open it.

        :raises Malformed: it is no ZIP file, or one that no export is: encrypted, packed in another way, with a name
            twice, with too many files, or far larger unpacked than JSON ever is.
        """
        super().__init__()
        try:
            self._zip = zipfile.ZipFile(path)
        except (*_PROBLEMS, NotImplementedError) as error:
            raise Malformed(f"{path.name} is no ZIP archive: {error}") from error
        try:
            self._check(path.stat().st_size)
        except Malformed:
            self._zip.close()
            raise

    def _check(self, packed: int) -> None:
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise Malformed("too many files")
        self.sizes = {member.filename: member.file_size for member in members if not member.is_dir()}
        if len(self.sizes) != sum(not member.is_dir() for member in members):
            raise Malformed("a name is there twice")
        if sum(self.sizes.values()) > max(MAX_RATIO * packed, _MINIMUM):
            raise Malformed("unpacked it would be far larger than an export")
        for member in members:
            if member.flag_bits & _ENCRYPTED or member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise Malformed("a file is encrypted or packed in an unusual way")
            check_name(member.filename.removesuffix("/"))

    def _open(self, name: str) -> IO[bytes]:
        return self._zip.open(name)

    def close(self) -> None:
        """Close the file."""
        self._zip.close()


class FolderArchive(Archive):
    """An unpacked export: also a mirror of the static files of a log."""

    def __init__(self, folder: Path) -> None:
        """List the files, without following links out of the folder."""
        super().__init__()
        self._folder = folder
        self.sizes = {
            path.relative_to(folder).as_posix(): path.stat().st_size
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }

    def _open(self, name: str) -> IO[bytes]:
        return (self._folder / name).open("rb")


def open_archive(path: Path) -> Archive:
    """Open an export, packed or unpacked.

    :raises Malformed: it is neither.
    """
    return FolderArchive(path) if path.is_dir() else ZipArchive(path)


def check_name(name: str) -> None:
    """Check that a name stays within the archive.

    :raises Malformed: it is absolute, leads upwards, or is not plain.
    """
    parts = name.split("/")
    if not name.isascii() or not name.isprintable() or len(name) > MAX_NAME or {"", ".", ".."} & set(parts):
        raise Malformed("a name leads out of the archive or is not plain")
    if "\\" in name or ":" in name:
        raise Malformed("a name leads out of the archive or is not plain")
