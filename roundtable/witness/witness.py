"""What a witness signs and what it refuses (C2SP tlog-witness)."""

import hashlib
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple, Self

from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.errors import Malformed, Unproven
from roundtable.verify.merkle import HASH_SIZE, MAX_PROOF, verify_consistency
from roundtable.verify.notes import Note, Signature, is_signed
from roundtable.verify.pins import write_whole
from roundtable.verify.policies import Policy
from roundtable.verify.texts import decode_base64, decode_utf8, parse_decimal
from roundtable.witness.keys import WitnessKey
from roundtable.witness.memory import Memory, Signed

SIZE_TYPE = "text/x.tlog.size"
_OLD = "old "
Shows = Callable[[Checkpoint, Checkpoint], None]


class Refused(Exception):
    """The witness does not sign."""

    def __init__(self, status: HTTPStatus, why: str, size: int | None = None) -> None:
        """Say why, and which tree the witness has seen, if that is the reason."""
        super().__init__(why)
        self.status = status
        self.size = size

    @property
    def is_alarm(self) -> bool:
        """Whether the log itself contradicts what it signed before."""
        return self.status == HTTPStatus.UNPROCESSABLE_ENTITY or (
            self.status == HTTPStatus.CONFLICT and self.size is None
        )


class Asked(NamedTuple):
    """A request for a signature: the size that the log believes was signed last, the proof from there, and the note."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read the body of `add-checkpoint`.

        :raises Malformed: it does not follow the format, or has more than 63 hashes.
        """
        head, blank, note = body.partition(b"\n\n")
        old, *lines = decode_utf8(head).split("\n")
        if not blank or not old.startswith(_OLD) or len(lines) > MAX_PROOF:
            raise Malformed("a request has a line for the old size, at most 63 hashes, an empty line and a checkpoint")
        proof = tuple(decode_base64(line, HASH_SIZE) for line in lines)
        return cls(parse_decimal(old.removeprefix(_OLD)), proof, note)


class Witness:
    """A key, a memory and the logs that are trusted, in a folder."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        """Open what `begin` made.

        :raises Malformed: a file in it cannot be read.
        """
        self.folder = folder
        self.clock = clock
        self.memory = Memory(folder / "memory.json")
        self.key = WitnessKey.read(folder / "key")
        self.policy = Policy.parse((folder / "logs.txt").read_bytes())

    @classmethod
    def begin(cls, folder: Path, name: str, logs: Sequence[str] = ()) -> Self:
        """Make a witness: a fresh key, an empty memory, and the lines of the logs that it trusts.

        :raises FileExistsError: there is one in the folder.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lines = "".join(f"log {log}\n" for log in logs) + "quorum none\n"
        Policy.parse(lines.encode())
        WitnessKey.generate(name).write(folder / "key")
        Memory(folder / "memory.json").begin()
        write_whole(folder / "logs.txt", lines.encode())
        return cls(folder)

    def add_checkpoint(self, body: bytes) -> str:
        """Answer a log that asks for a signature.

        :raises Refused: it does not get one.
        """
        try:
            asked = Asked.parse(body)
        except Malformed as error:
            raise Refused(HTTPStatus.BAD_REQUEST, str(error)) from error
        return f"{self.cosign(asked.note, asked.old, by_proof(asked.proof))}\n"

    def cosign(self, data: bytes, old: int, shows: Shows) -> Signature:
        """Sign a checkpoint that is shown to continue the largest one that was signed, and remember it first.

        :raises Refused: the log or its key is unknown, the old size is not the remembered one, or nothing is shown.
        """
        note, checkpoint = self._trusted(data)
        if old > checkpoint.size:
            raise Refused(HTTPStatus.BAD_REQUEST, f"the old size {old} is larger than {checkpoint.size}")
        with self.memory.alone() as known:
            before = known.get(checkpoint.origin)
            self._must_continue(before, checkpoint, data, old, shows)
            now = int(self.clock())
            if before and now < before.at:
                raise Refused(HTTPStatus.INTERNAL_SERVER_ERROR, "the clock of the witness went back")
            self.memory.keep(known, Signed(checkpoint, data, now))
            return self.key.cosign(note.text, now)

    def _trusted(self, data: bytes) -> tuple[Note, Checkpoint]:
        try:
            note = Note.parse(data)
            checkpoint = Checkpoint.parse(note.text)
        except Malformed as error:
            raise Refused(HTTPStatus.BAD_REQUEST, str(error)) from error
        keys = self.policy.log_keys(checkpoint.origin)
        if not keys:
            raise Refused(HTTPStatus.NOT_FOUND, "this witness does not know the log")
        if not any(is_signed(note, key) for key in keys):
            raise Refused(HTTPStatus.FORBIDDEN, "no known key of the log signed this")
        return note, checkpoint

    def _must_continue(self, before: Signed | None, new: Checkpoint, data: bytes, old: int, shows: Shows) -> None:
        size = before.checkpoint.size if before else 0
        if old != size:
            raise Refused(HTTPStatus.CONFLICT, f"the largest tree that was signed is of size {size}", size)
        if before and size == new.size and before.checkpoint.root != new.root:
            self.accuse(before, data)
            raise Refused(HTTPStatus.CONFLICT, f"another root was signed at size {size}")
        try:
            shows(before.checkpoint if before else Checkpoint(new.origin, 0, b""), new)
        except (Malformed, Unproven) as error:
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error

    def accuse(self, before: Signed, data: bytes) -> Path:
        """Keep two notes that may contradict each other, as evidence; return where."""
        folder = self.folder / "evidence" / hashlib.sha256(before.note + data).hexdigest()[:16]
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / "remembered.note", before.note)
        write_whole(folder / "shown.note", data)
        return folder


def by_proof(proof: Sequence[bytes]) -> Shows:
    """Return what checks a proof of consistency; the first tree that is seen needs none and may have none."""

    def shows(old: Checkpoint, new: Checkpoint) -> None:
        if old.size == 0:
            if proof:
                raise Unproven("every tree continues the empty one, without a proof")
            return
        verify_consistency(old.size, new.size, old.root, new.root, proof)

    return shows
