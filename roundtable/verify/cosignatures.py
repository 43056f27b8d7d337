"""Timestamped cosignatures of witnesses, after c2sp.org/tlog-cosignature: Ed25519 and ML-DSA-44."""

from roundtable.verify import ed25519, mldsa
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.errors import Malformed
from roundtable.verify.notes import COSIGNATURE, MLDSA_COSIGNATURE, Key, Note, Signature
from roundtable.verify.texts import MAX_SIZE

_TIME_SIZE = 8
_LABEL = b"subtree/v1\n\x00"
_MAX_NAME = 255


def message(timestamp: int, text: str) -> bytes:
    """Return what a witness signs with Ed25519: when, and the whole text of the checkpoint."""
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()


def tree_message(timestamp: int, checkpoint: Checkpoint, name: str) -> bytes:
    """Return what a witness of a name signs with ML-DSA-44: when, and the tree from its first leaf on.

    :raises Malformed: a name is longer than the format can say.
    """
    names = (name.encode(), checkpoint.origin.encode())
    if max(map(len, names)) > _MAX_NAME:
        raise Malformed("a name has at most 255 bytes")
    witness, origin = (bytes((len(n),)) + n for n in names)
    numbers = (0).to_bytes(8, "big") + checkpoint.size.to_bytes(8, "big")
    return _LABEL + witness + timestamp.to_bytes(_TIME_SIZE, "big") + origin + numbers + checkpoint.root


def line(key: Key, timestamp: int, signature: bytes) -> Signature:
    """Return the signature line that carries a witness's signature."""
    return Signature(key.name, key.id, timestamp.to_bytes(_TIME_SIZE, "big") + signature)


def is_checkable(key: Key) -> bool:
    """Whether cosignatures of a key can be verified here."""
    return key.kind == COSIGNATURE or (key.kind == MLDSA_COSIGNATURE and mldsa.IS_AVAILABLE)


def cosigned_at(text: str, signature: Signature, key: Key) -> int | None:
    """Return when a witness cosigned a checkpoint, in seconds since 1970; None where the line is not its signature."""
    timestamp = int.from_bytes(signature.value[:_TIME_SIZE], "big")
    if not signature.is_by(key) or timestamp > MAX_SIZE:
        return None
    proven = _is_proven(text, timestamp, signature.value[_TIME_SIZE:], key)
    return timestamp if proven else None


def _is_proven(text: str, timestamp: int, value: bytes, key: Key) -> bool:
    if key.kind == COSIGNATURE:
        return ed25519.verify(key.public, message(timestamp, text), value)
    if key.kind != MLDSA_COSIGNATURE:
        return False
    try:
        said = tree_message(timestamp, Checkpoint.parse(text), key.name)
    except Malformed:
        return False
    return mldsa.verify(key.public, said, value)


def cosignatures(note: Note, key: Key) -> list[int | None]:
    """Return for each line of a note that names a witness's key when it cosigned, None for one that does not verify."""
    return [cosigned_at(note.text, signature, key) for signature in note.signatures if signature.is_by(key)]
