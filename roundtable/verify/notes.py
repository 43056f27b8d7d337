"""Signed notes and the keys that verify them, after c2sp.org/signed-note."""

import re
from hashlib import sha256
from typing import NamedTuple, Self

from roundtable.verify import ed25519
from roundtable.verify.errors import Malformed
from roundtable.verify.texts import decode_base64, decode_utf8, encode_base64

ED25519 = 0x01
COSIGNATURE = 0x04
MLDSA_COSIGNATURE = 0x06

MAX_NOTE = 1_000_000
MAX_SIGNATURES = 100
_ID_SIZE = 4
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_HEX_ID = re.compile(r"[0-9a-f]{8}")
_PUBLIC_SIZES = {ED25519: 32, COSIGNATURE: 32, MLDSA_COSIGNATURE: 1312}


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """Return the four bytes that, with its name, say which key signed."""
    return sha256(name.encode() + b"\n" + bytes((kind,)) + public).digest()[:_ID_SIZE]


class Key(NamedTuple):
    """A verifier key: who signs, the type of signature, the public key."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that, with its name, say which key signed."""
        return key_id(self.name, self.kind, self.public)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `name+id+base64`.

        :raises Malformed: another form, an id that is not that of the name and key, an unknown type, a wrong length, or
            an Ed25519 point of low order, under which one signature verifies for many messages.
        """
        name, plus, rest = text.partition("+")
        identity, second, encoded = rest.partition("+")
        if not (plus and second and _HEX_ID.fullmatch(identity)):
            raise Malformed("a key is written name+id+base64")
        check_name(name)
        data = decode_base64(encoded)
        if not data or len(data) - 1 != _PUBLIC_SIZES.get(data[0]):
            raise Malformed("a key of unknown type or wrong length")
        key = cls(name, data[0], data[1:])
        if key.id.hex() != identity:
            raise Malformed("the id is not that of this name and key")
        if key.kind != MLDSA_COSIGNATURE and ed25519.is_low_order(key.public):
            raise Malformed("a key of low order proves nothing")
        return key

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encode_base64(bytes((self.kind,)) + self.public)}"


class Signature(NamedTuple):
    """A signature line of a note: a claimed name and key, and what they are claimed to have signed with."""

    name: str
    key_id: bytes
    value: bytes

    @classmethod
    def parse(cls, line: str) -> Self:
        """Read `— name base64`, without the newline.

        :raises Malformed: another form.
        """
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        if dash != "—":
            raise Malformed("a signature line begins with an em dash")
        check_name(name)
        data = decode_base64(encoded)
        if len(data) <= _ID_SIZE:
            raise Malformed("a signature without bytes")
        return cls(name, data[:_ID_SIZE], data[_ID_SIZE:])

    def is_by(self, key: Key) -> bool:
        """Whether the line names this key; its signature is then still to be verified."""
        return self.name == key.name and self.key_id == key.id

    def __str__(self) -> str:
        return f"— {self.name} {encode_base64(self.key_id + self.value)}"


class Note(NamedTuple):
    """A text, which ends in a newline, and the lines that sign it."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a signed note, at most a million bytes and a hundred signatures.

        :raises Malformed: it does not follow the grammar exactly.
        """
        if len(data) > MAX_NOTE:
            raise Malformed(f"a note has at most {MAX_NOTE} bytes")
        whole = decode_utf8(data)
        if _CONTROL.search(whole):
            raise Malformed("a note has no control characters but newlines")
        text, blank, lines = whole.rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise Malformed("a note has a text, an empty line and signature lines")
        signatures = lines[:-1].split("\n")
        if len(signatures) > MAX_SIGNATURES:
            raise Malformed(f"a note has at most {MAX_SIGNATURES} signatures")
        return cls(text + "\n", tuple(Signature.parse(line) for line in signatures))

    def __bytes__(self) -> bytes:
        return (self.text + "\n" + "".join(f"{signature}\n" for signature in self.signatures)).encode()


def check_name(name: str) -> None:
    """Check the name of a key.

    :raises Malformed: it is empty or has a space, a control character or a plus.
    """
    if not name or "+" in name or _CONTROL.search(name) or "\n" in name or any(map(str.isspace, name)):
        raise Malformed("the name of a key is not empty and has neither space nor plus")


def is_signed(note: Note, key: Key) -> bool:
    """Whether a key of type Ed25519 signed the note: a line names it and every line that does verifies."""
    lines = [s for s in note.signatures if s.is_by(key)]
    message = note.text.encode()
    return key.kind == ED25519 and bool(lines) and all(ed25519.verify(key.public, message, s.value) for s in lines)
