"""Answers that are kept for the next one who asks: at a position and on a day, what was recorded does not change.

The log only grows, and the rows of an object follow from its own facts. An answer that is known at one position is
therefore right at another one as far as it is about objects of which nothing was recorded between the two.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from roundtable.store.database import remembered
from roundtable.store.tables import event

A = TypeVar("A", bound=Hashable)
T = TypeVar("T")
FEW = 200
"""To follow an answer over more facts, or over more objects, is not worth while."""
VARIANTS = 4
"""So many answers to one question are kept: at the positions that readers of its pages are at."""


class Kept(Generic[A, T]):
    """The last answers to one kind of question, a few for each database."""

    def __init__(self, most: int) -> None:
        """Keep the answers to so many questions at most."""
        self._most, self._lock = most, threading.Lock()
        self._found: WeakKeyDictionary[sa.Engine, OrderedDict[Any, OrderedDict[A, T]]] = WeakKeyDictionary()

    def get(
        self,
        connection: sa.Connection,
        question: Hashable,
        at: A,
        find: Callable[[], T],
        follow: Callable[[Mapping[A, T]], T | None] = lambda _: None,
    ) -> T:
        """Return the answer to a question at a position; else one that follows from its others, or is found anew.

        `at` holds the position and what else its answers differ by. What a transaction has recorded itself may be
        undone: its answers are not kept. Nor is that there is none, of which askers could make up any number.
        """
        if connection.get_execution_options().get("writes"):
            return find()
        with self._lock:
            others = dict(self._of(connection, question))
        if at in others:
            return others[at]
        followed = follow(others) if others else None
        answer = find() if followed is None else followed
        if answer is not None:
            with self._lock:
                answers = self._of(connection, question)
                answers[at] = answer
                if len(answers) > VARIANTS:
                    answers.popitem(last=False)
        return answer

    def _of(self, connection: sa.Connection, question: Hashable) -> OrderedDict[A, T]:
        questions = self._found.setdefault(connection.engine, OrderedDict())
        answers = questions.setdefault(question, OrderedDict())
        questions.move_to_end(question)
        if len(questions) > self._most:
            questions.popitem(last=False)
        return answers


def touched(connection: sa.Connection, one: int, other: int) -> Mapping[tuple[str, str], bool] | None:
    """Return the objects, by kind and id, of which something was recorded between two positions; nothing for many.

    With each, whether it entered the log there: at the earlier position there was none.
    """
    first, last = sorted((one, other))
    if last - first > FEW:
        return None
    known = remembered(connection).setdefault("touched", {})
    if (first, last) not in known:
        found = connection.execute(_touched, {"first": first, "last": last}) if first < last else ()
        known[first, last] = {(kind, id): version == 1 for kind, id, version in found}
    return known[first, last]  # type: ignore[no-any-return]


_touched = (
    sa.select(event.c.aggregate, event.c.originator_id, sa.func.min(event.c.originator_version))
    .where(event.c.position > sa.bindparam("first"), event.c.position <= sa.bindparam("last"))
    .group_by(event.c.aggregate, event.c.originator_id)
)
