"""The key of a witness, in a file that only its owner reads."""

import os
from pathlib import Path
from typing import NamedTuple, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from roundtable.verify import cosignatures
from roundtable.verify.errors import Malformed
from roundtable.verify.notes import COSIGNATURE, Key, Signature, check_name
from roundtable.verify.texts import decode_base64, encode_base64

_PREFIX = "PRIVATE+KEY+"
_SEED = 32


class WitnessKey(NamedTuple):
    """A private key under the name of a witness."""

    name: str
    private: Ed25519PrivateKey

    @classmethod
    def generate(cls, name: str) -> Self:
        """Make a fresh key.

        :raises Malformed: the name is none that a key may have.
        """
        check_name(name)
        return cls(name, Ed25519PrivateKey.generate())

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read a key file.

        :raises Malformed: it holds no key of a witness.
        """
        line = file.read_text(encoding="utf-8").removesuffix("\n")
        name, _, rest = line.removeprefix(_PREFIX).partition("+")
        identity, _, encoded = rest.partition("+")
        seed = decode_base64(encoded, _SEED + 1)
        if not line.startswith(_PREFIX) or seed[0] != COSIGNATURE:
            raise Malformed(f"{file} holds no key of a witness")
        key = cls(name, Ed25519PrivateKey.from_private_bytes(seed[1:]))
        if key.key.id.hex() != identity:
            raise Malformed(f"{file} was changed: the id is not that of this name and key")
        return key

    def write(self, file: Path) -> None:
        """Write a key file that does not exist yet."""
        seed = bytes((COSIGNATURE,)) + self.private.private_bytes_raw()
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(f"{_PREFIX}{self.name}+{self.key.id.hex()}+{encode_base64(seed)}\n")
            out.flush()
            os.fsync(out.fileno())

    @property
    def key(self) -> Key:
        """The key that verifies."""
        return Key(self.name, COSIGNATURE, self.private.public_key().public_bytes_raw())

    def cosign(self, text: str, timestamp: int) -> Signature:
        """Sign the text of a checkpoint at a time."""
        return cosignatures.line(self.key, timestamp, self.private.sign(cosignatures.message(timestamp, text)))
