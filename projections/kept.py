"""Answers that are kept for the next one who asks: at a position and on a day, what was recorded does not change."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa

T = TypeVar("T")


class Kept(Generic[T]):
    """The last answers to one kind of question, a few for each database."""

    def __init__(self, most: int) -> None:
        """Keep so many answers at most."""
        self._most, self._lock = most, threading.Lock()
        self._found: WeakKeyDictionary[sa.Engine, OrderedDict[Any, T]] = WeakKeyDictionary()

    def get(self, connection: sa.Connection, key: Hashable, find: Callable[[], T]) -> T:
        """Return the answer kept under a key, which must hold the whole question, or find and keep it."""
        with self._lock:
            known = self._found.setdefault(connection.engine, OrderedDict())
            if key in known:
                known.move_to_end(key)
                return known[key]
        found = find()
        with self._lock:
            known[key] = found
            while len(known) > self._most:
                known.popitem(last=False)
        return found
