"""The life of a log: opened, its keys added and retired, its schemas published, its losses declared."""

from typing import Self

from domain.aggregate import Aggregate, command
from domain.events import Context, Event
from domain.log import events as e
from domain.log import evolution, rules
from domain.log.types import LogSize, LogState, OriginName, Schemas, VerifierKey
from domain.texts import Digest


class Log(Aggregate[LogState]):
    """The transparency log of an installation, as far as it speaks of itself."""

    TOPIC = "log"
    STATE = LogState

    @command(e.LogOpened)
    @classmethod
    def open(cls, *, origin: OriginName, context: Context) -> Self:
        """Name the log for good. The server does this by itself before it signs the first checkpoint."""
        return cls.begin(e.LogOpened, context, origin=origin)

    @command(e.LogKeyAdded)
    def add_key(self, *, vkey: VerifierKey, valid_from_size: LogSize, context: Context) -> None:
        """Announce a key that signs from some size on. During a handover the old and the new key both sign.

        :raises KeyOfAnotherLog: the key bears another name than the log.
        :raises KeyKnown: the log has, or had, the key.
        """
        rules.may_add(self.known, vkey)
        self.record(e.LogKeyAdded, context, vkey=vkey, valid_from_size=valid_from_size)

    @command(e.LogKeyRetired)
    def retire_key(self, *, vkey: VerifierKey, valid_to_size: LogSize, context: Context) -> None:
        """Announce that a key signs no larger tree: a signature of it beyond that size is a finding.

        :raises KeyNotInForce: the key was not added, or is retired.
        :raises KeyEndsBeforeItBegan: it would sign nothing.
        :raises LastKey: no other key signs.
        """
        rules.may_retire(self.known, vkey, valid_to_size)
        self.record(e.LogKeyRetired, context, vkey=vkey, valid_to_size=valid_to_size)

    @command(e.LogRestoreDeclared, needs=("reason",))
    def declare_restore(
        self, *, signed_size: LogSize, signed_root: Digest, kept_size: LogSize, context: Context
    ) -> None:
        """Declare that signed entries were lost and cannot be brought back, and why.

        :raises NothingWasLost: as much is left as was signed.
        """
        rules.may_declare(signed_size, kept_size)
        self.record(
            e.LogRestoreDeclared, context, signed_size=signed_size, signed_root=signed_root, kept_size=kept_size
        )

    @command(e.LogSchemasPublished)
    def publish_schemas(self, *, schemas: Schemas, context: Context) -> None:
        """Publish which forms entries have, and which fields may be erased; checkpoints cover no other forms.

        :raises SchemasUnchanged: all of them stand already.
        """
        rules.may_publish(self.known, schemas)
        self.record(e.LogSchemasPublished, context, schemas=schemas)

    @staticmethod
    def evolve(state: LogState, event: e.LogEvent) -> LogState:
        """Return the state after one more fact."""
        return evolution.evolve(state, event)

    @classmethod
    def must_follow(cls, state: LogState, event: Event) -> None:
        """Refuse a fact that could not have been decided on a state."""
        rules.must_follow(state, event)
