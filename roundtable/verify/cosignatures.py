"""Timestamped cosignatures of witnesses, after c2sp.org/tlog-cosignature, the Ed25519 kind."""

from roundtable.verify import ed25519
from roundtable.verify.notes import COSIGNATURE, Key, Note, Signature
from roundtable.verify.texts import MAX_SIZE

_TIME_SIZE = 8


def message(timestamp: int, text: str) -> bytes:
    """Return what a witness signs: when, and the whole text of the checkpoint."""
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()


def line(key: Key, timestamp: int, signature: bytes) -> Signature:
    """Return the signature line that carries a witness's signature of `message`."""
    return Signature(key.name, key.id, timestamp.to_bytes(_TIME_SIZE, "big") + signature)


def cosigned_at(text: str, signature: Signature, key: Key) -> int | None:
    """Return when a witness cosigned a checkpoint, in seconds since 1970; None where the line is not its signature."""
    timestamp = int.from_bytes(signature.value[:_TIME_SIZE], "big")
    if key.kind != COSIGNATURE or not signature.is_by(key) or timestamp > MAX_SIZE:
        return None
    if len(signature.value) != _TIME_SIZE + ed25519.SIGNATURE_SIZE:
        return None
    proven = ed25519.verify(key.public, message(timestamp, text), signature.value[_TIME_SIZE:])
    return timestamp if proven else None


def cosignatures(note: Note, key: Key) -> list[int | None]:
    """Return for each line of a note that names a witness's key when it cosigned, None for one that does not verify."""
    return [cosigned_at(note.text, signature, key) for signature in note.signatures if signature.is_by(key)]
