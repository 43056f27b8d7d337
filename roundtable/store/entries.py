"""Events as entries of the transparency log: the bytes that a leaf is the hash of."""

from typing import TYPE_CHECKING

from roundtable.verify.merkle import leaf_hash

if TYPE_CHECKING:
    from roundtable.store.recorder import Recorded

HEADER = "roundtable-entry/v1"
LARGEST = 65_535
"""As many bytes as an entry bundle can say that an entry has (C2SP tlog-tiles)."""
_LINES = 11
"""After the header: the index and all columns but the body."""


class EventTooLarge(Exception):
    """An event is larger than an entry of a transparency log may be (C2SP tlog-tiles: at most 65,535 bytes each)."""

    MOST = 60 * 1024

    def __init__(self, size: int) -> None:
        """Say how large it is."""
        self.size = size
        super().__init__(f"the event has {size} bytes; a log entry may have {self.MOST}")


def framed(row: "Recorded") -> bytes:
    """Return the entry of an event: its index and its columns, each in a line, then its body, all as stored.

    :raises EventTooLarge: no bundle can hold it.
    :raises ValueError: a column holds a line break, so that two events could have one entry.
    """
    position, *columns, body = row
    lines = (HEADER, str(position - 1), *map(str, columns))
    head = "\n".join(lines)
    if head.count("\n") != _LINES:
        msg = f"a column of the event at position {position} holds a line break"
        raise ValueError(msg)
    entry = f"{head}\n\n{body}".encode()
    if len(entry) > LARGEST:
        raise EventTooLarge(len(entry))
    return entry


def leaf(row: "Recorded") -> bytes:
    """Return the hash that seals an event.

    :raises EventTooLarge: no bundle can hold it.
    """
    return leaf_hash(framed(row))
