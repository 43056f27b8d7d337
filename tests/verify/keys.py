"""Keys for tests, always the same ones, and the notes that they sign."""

from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from roundtable.verify import cosignatures
from roundtable.verify.notes import COSIGNATURE, ED25519, Key, Note, Signature


class Signer(NamedTuple):
    """A private key under a name, for checkpoints or for cosignatures."""

    key: Key
    private: Ed25519PrivateKey

    def sign(self, text: str) -> Signature:
        return Signature(self.key.name, self.key.id, self.private.sign(text.encode()))

    def cosign(self, text: str, timestamp: int) -> Signature:
        return cosignatures.line(self.key, timestamp, self.private.sign(cosignatures.message(timestamp, text)))


def signer(name: str, kind: int = ED25519, seed: str = "") -> Signer:
    private = Ed25519PrivateKey.from_private_bytes((seed or name).encode().ljust(32, b".")[:32])
    return Signer(Key(name, kind, private.public_key().public_bytes_raw()), private)


def witness(name: str, seed: str = "") -> Signer:
    return signer(name, COSIGNATURE, seed)


def note(text: str, *lines: Signature) -> bytes:
    return bytes(Note(text, lines))
