"""Several commands as one decision: one transaction, one correlation, all of them or none."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from roundtable.attempt import Attempt, Host
from roundtable.commands import Command
from roundtable.idempotency import Receipt
from roundtable.store.database import forget
from roundtable.tokens import Caller

T = TypeVar("T")


class Deciding:
    """What is being decided: the commands carried out so far, and the transaction that holds them."""

    def __init__(self, app: Host, connection: sa.Connection, caller: Caller, correlation: UUID) -> None:
        """Begin to decide for a caller."""
        self.app, self.connection = app, connection
        self.caller, self.correlation = caller, correlation

    def execute(
        self, command: Command, body: BaseModel, *, id: UUID | None = None, expected: Collection[int] | None = None
    ) -> Receipt:
        """Carry out the next command; it finds what those before it recorded.

        :raises DomainError: a rule refused it. Unless `undoing` holds it, let the refusal end the decision.
        """
        return Attempt(self.app, self.connection, command, self.caller, self.correlation).run(body, id, expected)

    def alone(self) -> None:
        """Keep other writers out until the decision ends, so that what is read from here on still holds then."""
        self.app.recorder.lock_head(self.connection)

    @contextmanager
    def undoing(self) -> Iterator[None]:
        """Undo the commands carried out inside when one is refused; those before stand. The refusal goes on."""
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            forget(self.connection)  # what was read after the savepoint, and the lock taken there, are gone
            raise


Work = Callable[[Deciding], T]
"""What decides: it may run again from the beginning, so that whatever it changes must be in the database."""
