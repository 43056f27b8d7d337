"""What a witness has signed: the largest tree of each log. It never goes back, and is kept before anybody knows."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.errors import Malformed
from roundtable.verify.notes import Note
from roundtable.verify.pins import write_whole

FORMAT = "roundtable-witness/v1"


class MemoryLost(Exception):
    """The file is gone: without it the witness could sign a history that contradicts what it signed before."""


class Signed(NamedTuple):
    """The largest tree of a log that was signed, its note, and when."""

    checkpoint: Checkpoint
    note: bytes
    at: int


class Memory:
    """A file with one note for each log."""

    def __init__(self, file: Path) -> None:
        """Use a file; it is made once, when the witness is."""
        self.file = file

    def begin(self) -> None:
        """Make an empty memory."""
        self._write({})

    def read(self) -> dict[str, Signed]:
        """Return what was signed of each log.

        :raises MemoryLost: the file is missing.
        :raises Malformed: it was changed by something else.
        """
        try:
            told = json.loads(self.file.read_bytes())
        except FileNotFoundError as error:
            raise MemoryLost(str(self.file)) from error
        except ValueError as error:
            raise Malformed(f"{self.file} is damaged") from error
        if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("logs"), dict):
            raise Malformed(f"{self.file} is no memory of a witness")
        return {origin: _signed(origin, row) for origin, row in told["logs"].items()}

    @contextmanager
    def alone(self) -> Iterator[dict[str, Signed]]:
        """Read while all others wait, processes and threads alike."""
        handle = os.open(self.file.with_name(f"{self.file.name}.lock"), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield self.read()
        finally:
            os.close(handle)

    def keep(self, known: dict[str, Signed], signed: Signed) -> None:
        """Remember a tree that is not smaller than the one before; only within `alone`."""
        before = known.get(signed.checkpoint.origin)
        if before and before.checkpoint.size > signed.checkpoint.size:
            raise ValueError("a memory never goes back")
        self._write({**known, signed.checkpoint.origin: signed})

    def _write(self, known: dict[str, Signed]) -> None:
        rows = {origin: {"note": s.note.decode(), "at": s.at} for origin, s in sorted(known.items())}
        write_whole(self.file, json.dumps({"format": FORMAT, "logs": rows}, indent=1, ensure_ascii=False).encode())


def _signed(origin: str, row: Any) -> Signed:
    if not isinstance(row, dict) or not isinstance(row.get("note"), str) or type(row.get("at")) is not int:
        raise Malformed("the memory of the witness is damaged")
    note = row["note"].encode()
    checkpoint = Checkpoint.parse(Note.parse(note).text)
    if checkpoint.origin != origin:
        raise Malformed("the memory of the witness is damaged")
    return Signed(checkpoint, note, row["at"])
