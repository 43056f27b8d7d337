"""Receipts: an entry's proof of inclusion with the checkpoint it leads to, after c2sp.org/tlog-proof@v1."""

from typing import NamedTuple, Self

from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.errors import Malformed
from roundtable.verify.merkle import HASH_SIZE, MAX_PROOF, leaf_hash, verify_inclusion
from roundtable.verify.notes import MAX_NOTE, Note
from roundtable.verify.texts import decode_base64, decode_utf8, encode_base64, parse_decimal

HEADER = "c2sp.org/tlog-proof@v1"
_EXTRA = "extra "
_INDEX = "index "


class Proof(NamedTuple):
    """Where an entry stands, the hashes from it to the root, and the signed note that says which root."""

    leaf_index: int
    hashes: tuple[bytes, ...]
    note: Note
    extra: bytes | None = None

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a receipt.

        :raises Malformed: it does not follow the format exactly, or has more than 63 hashes.
        """
        if len(data) > 2 * MAX_NOTE:
            raise Malformed("a receipt has at most two million bytes")
        head, blank, note = data.partition(b"\n\n")
        header, *lines = decode_utf8(head).split("\n")
        if header != HEADER or not blank:
            raise Malformed(f"a receipt begins with {HEADER} and has a checkpoint after an empty line")
        extra = decode_base64(lines.pop(0).removeprefix(_EXTRA)) if lines and lines[0].startswith(_EXTRA) else None
        if not lines or not lines[0].startswith(_INDEX):
            raise Malformed("a receipt says the index of the entry")
        index = parse_decimal(lines[0].removeprefix(_INDEX))
        if len(lines) - 1 > MAX_PROOF:
            raise Malformed(f"a proof has at most {MAX_PROOF} hashes")
        hashes = tuple(decode_base64(line, HASH_SIZE) for line in lines[1:])
        return cls(index, hashes, Note.parse(note), extra)

    def __bytes__(self) -> bytes:
        extra = [] if self.extra is None else [_EXTRA + encode_base64(self.extra)]
        hashes = map(encode_base64, self.hashes)
        head = "".join(f"{line}\n" for line in (HEADER, *extra, f"{_INDEX}{self.leaf_index}", *hashes))
        return head.encode() + b"\n" + bytes(self.note)

    def verify(self, entry: bytes) -> Checkpoint:
        """Check that the bytes of an entry are in the tree of the checkpoint and return that, its signatures unchecked.

        :raises Malformed: the note is no checkpoint.
        :raises Unproven: the entry is not in that tree at this index.
        """
        checkpoint = Checkpoint.parse(self.note.text)
        verify_inclusion(self.leaf_index, checkpoint.size, leaf_hash(entry), self.hashes, checkpoint.root)
        return checkpoint
