"""Pins: what a verifier remembers of a log from the last time, as the signed note itself."""

import os
import tempfile
from pathlib import Path
from typing import NamedTuple, Self

from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.errors import Malformed
from roundtable.verify.notes import MAX_NOTE, Note


class Pin(NamedTuple):
    """A checkpoint that was believed before; nothing yet where the file does not exist."""

    path: Path
    checkpoint: Checkpoint | None

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a pin.

        :raises Malformed: the file cannot be read as a checkpoint.
        """
        try:
            with path.open("rb") as file:
                data = file.read(MAX_NOTE + 1)
        except FileNotFoundError:
            return cls(path, None)
        except OSError as error:
            raise Malformed(str(error)) from error
        return cls(path, Checkpoint.parse(Note.parse(data).text))

    def remember(self, checkpoint: Checkpoint, note: bytes) -> bool:
        """Keep a newer checkpoint of the same log; return whether it was kept."""
        known = self.checkpoint
        if known and (known.origin != checkpoint.origin or known.size > checkpoint.size):
            return False
        write_whole(self.path, note)
        return True


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that after a crash it is there whole, either as before or as now."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
