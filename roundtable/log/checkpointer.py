"""The checkpointer: a thread of the server that signs checkpoints when they are due. It never stops recording."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from domain.errors import DomainError
from roundtable.log.checkpoints import Stored
from roundtable.log.transparency import TransparencyLog

SHORTEST_S = 0.05
Then = Callable[[Stored], None]
"""Told of a checkpoint, new or not, after each round; asks witnesses for their signatures."""
log = structlog.get_logger()


class Checkpointer:
    """Looks after one log, round after round. Several may: they take turns at the tree, and only one finds it due."""

    def __init__(self, transparency: TransparencyLog, then: Then = lambda _: None) -> None:
        """Look after a log."""
        self.transparency, self.then = transparency, then
        self._ends = threading.Event()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Look after the log while the block runs."""
        if (found := self.transparency.inconsistency()) is not None:
            log.error("the installation is read-only", reason=type(found).__name__, detail=found.message("en"))
        thread = threading.Thread(target=self._run, name="checkpointer", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ends.set()
            thread.join()

    def _run(self) -> None:
        settings = self.transparency.settings
        pause = max(SHORTEST_S, min(settings.log_interval, settings.log_heartbeat) / 2)
        while not self._ends.wait(pause):
            self.round()

    def round(self) -> None:
        """Sign what is due; what goes wrong is logged, and told by /readyz until a later round succeeds."""
        try:
            stored = self.transparency.checkpoint()
            if stored is not None:
                self.then(stored)
        except DomainError as error:
            self.transparency.trouble = error
            log.warning("no checkpoint", reason=type(error).__name__, detail=error.message("en"))
        except Exception as error:  # noqa: BLE001 - whatever it is, recording goes on and the next round tries again
            log.warning("no checkpoint", reason=type(error).__name__, detail=str(error)[:500])
        else:
            self.transparency.trouble = None
