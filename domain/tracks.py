"""Objects with several independent state machines, each a track with an order of its own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from domain.aggregate import State
from domain.events import Event


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """The last fact that moved a track: its day and its topic."""

    on: date
    by: str


class TrackedState(State, frozen=True, kw_only=True):
    """What an object with several tracks is after some of its facts.

    A fact names its track (`moves="works"`); it may come before what moved another track, never before what moved its
    own. `moves` has the tracks that moved since the beginning; `moved_on` and `moved_by` tell of the last move of any.
    """

    moves: Mapping[str, Move] = {}

    def last_move(self, event: type[Event]) -> tuple[date, str] | None:
        """Return the day and the topic of the last fact that moved the track of a fact of some kind."""
        found = self.moves.get(str(event.MOVES))
        return (found.on, found.by) if found else None

    def after_move(self, event: Event) -> dict[str, Any]:
        """Return the fields that a fact changes by moving its track."""
        if not isinstance(event.MOVES, str):
            return super().after_move(event)
        moved = Move(on=event.occurred_on, by=event.TOPIC)
        return super().after_move(event) | {"moves": {**self.moves, event.MOVES: moved}}

    def since(self, track: str) -> date:
        """Return the day since which a track stands where it does."""
        return self.moves[track].on if track in self.moves else self.began_on
