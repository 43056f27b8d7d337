"""The transparency log of an installation: when a checkpoint is signed, and whether facts may be recorded at all."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import sqlalchemy as sa

from domain.errors import DomainError
from roundtable.log import checkpoints, tiles
from roundtable.log.checkpoints import Stored
from roundtable.log.errors import KeyMissing, LogForeign, LogInconsistent, LogRewritten, LogRolledBack, NoEntry
from roundtable.log.proofs import Prover
from roundtable.log.remote import RemoteSigner, SignerUnreachable
from roundtable.log.roots import Roots, root_at
from roundtable.log.signer import FileSigner, Signed, Signer, Wanted
from roundtable.settings import Settings
from roundtable.store import log
from roundtable.store.database import Database
from roundtable.store.recorder import LOG
from roundtable.store.tables import log_tree

RECHECK_SECONDS = 5.0
"""For how long an inconsistency found is not looked for again."""
Declare = Callable[[str, Signer], None]
"""Records what the log should say of itself (its origin, its keys) and does not say yet."""


class TransparencyLog:
    """Signs checkpoints of one database, and keeps it from recording over what was signed."""

    def __init__(self, database: Database, settings: Settings) -> None:
        """Serve the log of a migrated database with the key of the settings."""
        self.database, self.settings = database, settings
        self.signer: Signer = signer_of(settings)
        self.declare: Declare = lambda *_: None
        self.roots = Roots()
        self.trouble: DomainError | None = None
        self._again = False
        self._looked_at: float | None = None
        self._inconsistent: LogInconsistent | None = None

    def inconsistency(self) -> LogInconsistent | None:
        """Return why nothing may be recorded, if there is a reason; what was found is kept for some seconds."""
        due = (self._inconsistent or self._again) and monotonic() - (self._looked_at or 0.0) > RECHECK_SECONDS
        if self._looked_at is None or due:
            self._look()
        return self._inconsistent

    def _look(self) -> None:
        """Compare what is stored with what was signed; where the signer does not answer, ask it again soon."""
        try:
            self._inconsistent, self._again = self._compare(), False
        except SignerUnreachable as error:
            self.trouble, self._again = error, True
        self._looked_at = monotonic()

    def must_be_consistent(self) -> None:
        """Refuse to record while what is stored does not continue what was signed.

        :raises LogInconsistent: it does not.
        """
        if (found := self.inconsistency()) is not None:
            raise found

    def root(self, connection: sa.Connection, size: int) -> bytes | None:
        """Return the root of the first entries, for an answer to name; nothing where that would take long."""
        try:
            return self.roots.at(connection, size)
        except LogInconsistent:
            return None  # reading goes on; `roundtable check` and the next checkpoint say what is missing

    def checkpoint(self, *, force: bool = False, covering: int | None = None) -> Stored | None:
        """Sign a checkpoint where one is due, forced, or wanted over a position; return the newest one.

        :raises NoEntry: the log does not reach the position.
        :raises LogInconsistent: the log does not continue what was signed.
        :raises KeyMissing: the log has its key elsewhere.
        """
        with self.database.reading() as connection:
            head, newest = log.head(connection), checkpoints.latest(connection)
            if covering is not None and not 0 < covering <= head:
                raise NoEntry(position=covering, head=head)
            if not self._is_due(newest, head, force=force, covering=covering):
                return newest
        self.declare(self._origin(), self.signer)
        self._integrate()
        try:
            return self._sign(force=force, covering=covering)
        except LogInconsistent as found:
            self._inconsistent, self._looked_at = found, monotonic()
            raise

    def _is_due(self, newest: Stored | None, head: int, *, force: bool, covering: int | None) -> bool:
        if head == 0:
            return False
        if newest is None or force:
            return True
        if covering is not None:
            return newest.size < covering
        age = datetime.now(UTC) - datetime.fromisoformat(newest.created_at)
        patience = self.settings.log_interval if head > newest.size else self.settings.log_heartbeat
        return age >= timedelta(seconds=patience)

    def _origin(self) -> str:
        """Return the name of the log, which begins with its first key."""
        with self.database.writing() as connection:
            origin = tiles.tree(connection, locked=True).origin
            if self.signer.held():
                known = origin or self.signer.held()[0].name
            elif origin is None:
                known = self.settings.log_origin or f"localhost/roundtable/{secrets.token_hex(8)}"
                self.signer.add_key(known)
            else:
                raise KeyMissing(origin=origin, file=self.signer.file.name)
            if origin is None:
                connection.execute(log_tree.update().where(log_tree.c.log == LOG).values(origin=known))
            return known

    def _integrate(self) -> None:
        """Bring the tiles up to the end of the log, a batch in a transaction, so that writers get their turn."""
        while True:
            with self.database.writing() as connection:
                size = tiles.integrate(connection)
                if size >= log.head(connection):
                    return

    def _sign(self, *, force: bool, covering: int | None) -> Stored | None:
        """Sign what is committed, while nobody else does."""
        with self.database.writing() as connection:
            origin, size = tiles.tree(connection, locked=True)
            newest = checkpoints.latest(connection)
            if origin is None or not self._is_due(newest, size, force=force, covering=covering):
                return newest
            prover = Prover(connection)
            note = self.signer.sign(_wanted(origin, self.signer.last(), prover))
            at = datetime.now(UTC).isoformat(timespec="microseconds")
            return checkpoints.keep(connection, size=size, root=prover.root(size), note=note, at=at)

    def _compare(self) -> LogInconsistent | None:
        """Compare what is stored with what was signed."""
        if (last := self.signer.last()) is None:
            return None
        try:
            with self.database.snapshot() as connection:
                return compare(connection, last)
        except LogInconsistent as found:
            return found


def signer_of(settings: Settings) -> Signer:
    """Return the signer of an installation: the process at a socket, or the key file."""
    return RemoteSigner(Path(settings.log_signer)) if settings.log_signer else FileSigner(settings.key_file())


def compare(connection: sa.Connection, last: Signed) -> LogInconsistent | None:
    """Return how a database fails to continue what was signed, if it does."""
    origin, head = tiles.tree(connection).origin, log.head(connection)
    if origin is not None and origin != last.origin:
        return LogForeign(signed_origin=last.origin, origin=origin)
    if head < last.size:
        return LogRolledBack(size=head, signed=last.size)
    root = root_at(connection, last.size)
    if root != last.root:
        return LogRewritten(signed=last.size, root=root.hex(), signed_root=last.root.hex())
    return None


def _wanted(origin: str, last: Signed | None, prover: Prover) -> Wanted:
    """Ask for a signature of the tree as it is, with the proof that it continues what was signed last.

    Where it cannot continue that, the proof stays empty: the signer says why.
    """
    size = prover.size
    old = last.size if last is not None else 0
    proof = prover.consistency(old, size) if 0 < old <= size else []
    return Wanted(origin, old, size, prover.root(size), tuple(proof))
