"""The head of the log that a document follows from, and what its QR code leads to."""

from contextlib import suppress

from roundtable.dossiers.errors import NothingRecorded
from roundtable.installation import Installation
from roundtable.log import tiles
from roundtable.log.errors import KeyMissing, LogInconsistent
from roundtable.log.remote import SignerUnreachable
from roundtable.log.roots import root_at
from roundtable.printing import Anchor

UNNAMED = "-"
UNANCHORED = Anchor(UNNAMED, 0, "", "")
"""Stands in a document until the head of the log is known at its size."""


def anchor(installation: Installation, size: int) -> Anchor:
    """Return the head of the log at a size. A checkpoint that covers it is signed where there is none yet.

    Where the log cannot be signed, documents are printed all the same: root and size are what was recorded.

    :raises NothingRecorded: the log was empty.
    :raises LeafMissing: an entry is missing, so that there is no root.
    """
    if size == 0:
        raise NothingRecorded
    with suppress(KeyMissing, LogInconsistent, SignerUnreachable):  # /readyz says so
        installation.log.checkpoint(covering=size)
    with installation.database.snapshot() as connection:
        origin = tiles.tree(connection).origin or installation.settings.log_origin or UNNAMED
        root = root_at(connection, size).hex()
    return Anchor(origin, size, root, _proof(installation.settings.public_url, origin, size, root))


def _proof(public_url: str, origin: str, size: int, root: str) -> str:
    """Return the address of the checkpoint, else the three lines by which anybody can compare."""
    if public_url:
        return f"{public_url.rstrip('/')}/v1/log/checkpoint.txt?size={size}"
    return f"{origin}\n{size}\n{root}\n"
