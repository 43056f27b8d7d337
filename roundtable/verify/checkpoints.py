"""The body of a checkpoint, after c2sp.org/tlog-checkpoint: which log, how large, with which root."""

from typing import NamedTuple, Self

from roundtable.verify.errors import Malformed
from roundtable.verify.merkle import EMPTY, HASH_SIZE
from roundtable.verify.texts import decode_base64, encode_base64, parse_decimal


class Checkpoint(NamedTuple):
    """A state of a log, the one that a signed note is about."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a note.

        :raises Malformed: fewer than three lines, an empty one, a size or root in another spelling, or an empty tree
            with another root than that of nothing.
        """
        lines = text.split("\n")
        if lines.pop() or len(lines) < 3 or not all(lines):  # noqa: PLR2004 — origin, size and root
            raise Malformed("a checkpoint has lines for origin, size and root, none of them empty")
        origin, size, root, *extensions = lines
        checkpoint = cls(origin, parse_decimal(size), decode_base64(root, HASH_SIZE), tuple(extensions))
        if checkpoint.size == 0 and checkpoint.root != EMPTY:
            raise Malformed("the empty tree has one root")
        return checkpoint

    def text(self) -> str:
        """Return the text of the note that says this."""
        lines = (self.origin, str(self.size), encode_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)
