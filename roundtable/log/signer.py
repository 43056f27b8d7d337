"""The signer: the keys of a log, and a memory of its own of what it signed last.

It signs only what continues that. A database that was restored from an old backup, or rewritten, gets no signature.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, Self

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from roundtable.log import memory
from roundtable.log.errors import KeyMissing, LogForeign, LogRewritten, LogRolledBack
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.merkle import verify_consistency
from roundtable.verify.notes import ED25519, Key, Note, Signature
from roundtable.verify.texts import decode_base64, encode_base64

_PRIVATE = "PRIVATE+KEY"


class Signed(NamedTuple):
    """The largest tree that was signed."""

    origin: str
    size: int
    root: bytes


class Wanted(NamedTuple):
    """What is to be signed, and the proof that it continues the tree of size `old`."""

    origin: str
    old: int
    size: int
    root: bytes
    proof: tuple[bytes, ...]


class Signer(Protocol):
    """Whoever holds the keys: this process, or another one."""

    @property
    def file(self) -> Path:
        """Where it is to be found."""

    def last(self) -> Signed | None:
        """Return what was signed last."""

    def held(self) -> list[Key]:
        """Return the keys that sign."""

    def sign(self, wanted: Wanted) -> Note:
        """Sign a checkpoint with every key."""

    def add_key(self, origin: str) -> Key:
        """Make a fresh key that signs too."""

    def drop_key(self, key: Key) -> None:
        """Forget a key."""

    def begin_at(self, known: Signed) -> None:
        """Remember what was signed last, where nothing is known of it."""


class SigningKey(NamedTuple):
    """A private key under the name of the log that it signs."""

    name: str
    private: Ed25519PrivateKey

    @classmethod
    def generate(cls, name: str) -> Self:
        """Make a fresh key."""
        return cls(name, Ed25519PrivateKey.generate())

    @classmethod
    def parse(cls, line: str) -> Self:
        """Read a line of a key file."""
        name, _, encoded = line.removeprefix(f"{_PRIVATE}+").split("+", 2)
        return cls(name, Ed25519PrivateKey.from_private_bytes(decode_base64(encoded)[1:]))

    @property
    def key(self) -> Key:
        """The key that verifies."""
        return Key(self.name, ED25519, self.private.public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        """Sign the text of a note."""
        return Signature(self.name, self.key.id, self.private.sign(text.encode()))

    def line(self) -> str:
        """Write the line of the key file."""
        seed = bytes((ED25519,)) + self.private.private_bytes_raw()
        return f"{_PRIVATE}+{self.name}+{self.key.id.hex()}+{encode_base64(seed)}"


class FileSigner:
    """The signer of a key file; its memory stands beside it."""

    def __init__(self, file: Path) -> None:
        """Use a key file; it is made when a log begins."""
        self.file = file
        self.memory = file.with_name(f"{file.name}.signed")

    def last(self) -> Signed | None:
        """Return what was signed last; nothing where nothing was."""
        try:
            origin, size, root = msgspec.json.decode(self.memory.read_bytes(), type=tuple[str, int, str])
        except FileNotFoundError:
            return None
        return Signed(origin, size, bytes.fromhex(root))

    def held(self) -> list[Key]:
        """Return the keys that sign; none where there is no key file."""
        return [signing.key for signing in self._signing()]

    def add_key(self, origin: str) -> Key:
        """Make a fresh key for a log; from now on it signs too."""
        with memory.alone(self.file):
            fresh = SigningKey.generate(origin)
            self._write([*self._signing(), fresh])
            return fresh.key

    def drop_key(self, key: Key) -> None:
        """Forget a key; it never signs again."""
        with memory.alone(self.file):
            self._write([signing for signing in self._signing() if signing.key != key])

    def begin_at(self, known: Signed) -> None:
        """Remember what another signer of the log signed last, where this one knows nothing yet.

        :raises LogRolledBack: this one has signed more.
        """
        with memory.alone(self.file):
            before = self.last()
            if before is not None and before.size > known.size:
                raise LogRolledBack(size=known.size, signed=before.size)
            self._remember(known)

    def sign(self, wanted: Wanted) -> Note:
        """Sign a checkpoint with every key, after noting that it was signed.

        :raises KeyMissing: there is no key.
        :raises LogForeign: it is of another log.
        :raises LogRolledBack: a larger one was signed.
        :raises LogRewritten: it does not continue what was signed.
        """
        with memory.alone(self.file):
            signing = self._signing()
            if not signing:
                raise KeyMissing(origin=wanted.origin, file=self.file.name)
            must_continue(self.last(), wanted)
            self._remember(Signed(wanted.origin, wanted.size, wanted.root))
            text = Checkpoint(wanted.origin, wanted.size, wanted.root).text()
            return Note(text, tuple(key.sign(text) for key in signing))

    def _signing(self) -> list[SigningKey]:
        try:
            lines = self.file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        return [SigningKey.parse(line) for line in lines]

    def _write(self, keys: Sequence[SigningKey]) -> None:
        memory.replace(self.file, "".join(f"{key.line()}\n" for key in keys).encode())

    def _remember(self, signed: Signed) -> None:
        memory.replace(self.memory, msgspec.json.encode((signed.origin, signed.size, signed.root.hex())))


def must_continue(last: Signed | None, wanted: Wanted) -> None:
    """Refuse what does not continue what was signed last.

    :raises LogForeign: it is of another log.
    :raises LogRolledBack: a larger one was signed.
    :raises LogRewritten: there is another root at the size that was signed, or the proof does not lead there.
    """
    if last is None:
        return
    if wanted.origin != last.origin:
        raise LogForeign(signed_origin=last.origin, origin=wanted.origin)
    if wanted.size < last.size:
        raise LogRolledBack(size=wanted.size, signed=last.size)
    if wanted.old != last.size or not _continues(last, wanted):
        root = wanted.root.hex() if wanted.size == last.size else "-"
        raise LogRewritten(signed=last.size, root=root, signed_root=last.root.hex())


def _continues(last: Signed, wanted: Wanted) -> bool:
    try:
        verify_consistency(last.size, wanted.size, last.root, wanted.root, wanted.proof)
    except ValueError:
        return False
    return True
