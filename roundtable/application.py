"""The application: load, decide, record. The only writer of events."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory
from pydantic import BaseModel

from domain.corrections import Entry
from domain.errors import DomainError
from domain.facts import Facts
from roundtable import idempotency
from roundtable.commands import Ask, Command, Kind
from roundtable.deciding import Deciding, Work
from roundtable.idempotency import Key, Once, Receipt
from roundtable.settings import Settings
from roundtable.store.database import Database
from roundtable.store.mapper import EventMapper
from roundtable.store.recorder import Recorder
from roundtable.tokens import Caller

T = TypeVar("T")


class ReadModels(Protocol):
    """What the application needs of the read models; bootstrap hands them in."""

    def follow(self, connection: sa.Connection, kind: str, events: list[tuple[str, Entry]]) -> None:
        """Fold events that were just appended in this transaction."""

    def load(self, connection: sa.Connection, kind: Kind, id: UUID, day: str) -> Any:
        """Return an object's version, its state on a day and its newest state."""

    def set_aside(self, failure: Any) -> None:
        """Stop a read model that failed."""


Query = Callable[[sa.Connection, Ask], Any]


class Roundtable(Application[UUID]):
    """Executes commands: each in one transaction with its read rows and its idempotency record."""

    name = "roundtable"

    def __init__(
        self,
        database: Database,
        settings: Settings,
        read_models: ReadModels,
        queries: Mapping[type[Facts], Query],
        failure: type[Exception],
        guard: Callable[[], None] = lambda: None,
    ) -> None:
        """Work on a migrated database; `failure` is what a read model raises when it cannot fold an event.

        `guard` is asked before anything is recorded and raises where nothing may be.
        """
        self.database, self.settings, self.read_models = database, settings, read_models
        self.queries, self.failure, self.guard = queries, failure, guard
        super().__init__()

    def construct_factory(self, env: Any) -> InfrastructureFactory:
        """Hand the library our recorder."""
        return _Factory(env, self.database)

    def construct_mapper(self) -> EventMapper:
        """Hand the library our mapper."""
        return EventMapper(transcoder=self.construct_transcoder())

    def execute(
        self,
        command: Command,
        body: BaseModel,
        *,
        caller: Caller,
        id: UUID | None = None,
        expected: Collection[int] | None = None,
        key: Key | None = None,
        correlation: UUID | None = None,
    ) -> Receipt:
        """Carry out a command and record what it decided, or refuse it and record nothing.

        :raises DomainError: a rule refused it; its class and values say which.
        :raises KeyReused: the idempotency key belongs to another request.
        :raises VersionMismatch: the object is not at any `expected` version.
        :raises StaleVersion: another writer won.
        :raises LogInconsistent: the log does not continue what was signed.
        """
        once = Once(key, body, Receipt) if key else None
        step = partial(Deciding.execute, command=command, body=body, id=id, expected=expected)
        return self.decide(step, caller=caller, correlation=correlation, once=once)

    def decide(
        self,
        work: Work[T],
        *,
        caller: Caller,
        correlation: UUID | None = None,
        once: Once[T] | None = None,
        dry: bool = False,
    ) -> T:
        """Carry out several commands in one transaction with one correlation: all are recorded, or none.

        `work` is handed a `Deciding` and may run more than once. With `once`, a repeated request gets the answer of
        the first. A `dry` decision is taken in full, then everything is undone.

        :raises DomainError: a rule refused a command, and `work` let that pass.
        :raises KeyReused: the idempotency key belongs to another request.
        :raises LogInconsistent: the log does not continue what was signed.
        """
        self.guard()
        shared = correlation or uuid4()
        while True:
            try:
                with self.database.writing() as connection:
                    if once and (before := idempotency.answered(connection, once)):
                        return before
                    found = work(Deciding(self, connection, caller, shared))
                    if dry:
                        connection.rollback()
                    elif once:
                        self._remember(connection, once, found)
                    return found
            except _KeyTaken:
                continue  # a request with the same key came first; it is answered in the next round
            except self.failure as failure:
                self.read_models.set_aside(failure)
            except DomainError:
                if once and (before := self._answered(once)):
                    return before  # the same request was recorded meanwhile, which is why this one was refused
                raise

    def answered(self, key: Key, body: BaseModel) -> Receipt | None:
        """Return what a key got before; asked before any precondition.

        :raises KeyReused: it got it for another request.
        """
        return self._answered(Once(key, body, Receipt))

    def _answered(self, once: Once[T]) -> T | None:
        with self.database.reading() as connection:
            return idempotency.answered(connection, once)

    def _remember(self, connection: sa.Connection, once: Once[T], answer: T) -> None:
        try:
            idempotency.keep(connection, once, answer)
        except sa.exc.IntegrityError as error:
            raise _KeyTaken from error

    def close(self) -> None:
        """Close the database."""
        super().close()
        self.database.close()


class _KeyTaken(Exception):
    """A request with the same idempotency key was recorded first."""


class _Factory(InfrastructureFactory):
    """The library's way to our recorder."""

    def __init__(self, env: Any, database: Database) -> None:
        super().__init__(env)
        self.database = database

    def application_recorder(self) -> Recorder:
        return Recorder(self.database)

    def aggregate_recorder(self, purpose: str = "events") -> Recorder:
        del purpose
        return Recorder(self.database)

    def process_recorder(self) -> Recorder:
        return Recorder(self.database)

    def tracking_recorder(self, tracking_recorder_class: Any = None) -> Recorder:
        del tracking_recorder_class
        return Recorder(self.database)
