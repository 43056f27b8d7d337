"""The steps of one object: few rows that answer for every position and every day.

The state known at position P and true on day D is the fold of the object's facts with `position <= P` and
`day <= D`, in the order (day, position), each read with the corrections and voids of `position <= P`. A `Timeline`
keeps all these states as `Step`s; `times.at` finds the one step that answers a question.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from domain.corrections import Entry, FactCorrected, FactVoided, Reading, readings
from domain.events import Event
from projections.times import NEVER, OPEN

Fold = Callable[[Any, Event], Any]


@dataclass(slots=True)
class Step:
    """A state of one object, from the fact that began it until the fact that followed.

    A fact is visible at (P, D) when `position <= P` and `day <= D`. A step is visible when the fact that began it is
    and the one that followed, at (`recorded_to`, `valid_to`), is not. A late fact, a correction or a void replaces the
    steps after its day: these are visible before the position `replaced_at` only.
    """

    recorded_from: int
    valid_from: str
    state: Any
    version: int
    recorded_to: int = OPEN
    valid_to: str = NEVER
    replaced_at: int = OPEN
    stored: bool = False
    changed: bool = False
    links: list[str] | None = None


class Timeline:
    """The steps of one object, and its stream where more than the newest step is needed."""

    def __init__(self, fold: Fold, steps: Iterable[Step] = (), stream: Iterable[Entry] | None = None) -> None:
        """Continue from steps in force, the newest last; `stream` may be left out while facts come in order."""
        self.fold = fold
        self.steps = list(steps)
        self.replaced: list[Step] = []
        self.stream = None if stream is None else list(stream)

    def takes(self, entries: Sequence[Entry]) -> bool:
        """Tell whether these next entries of the stream need only the newest step: facts in the order of their days."""
        if any(isinstance(e.event, FactCorrected | FactVoided) for e in entries):
            return False
        newest = self._newest()
        if newest is None and entries[0].event.originator_version > 1:
            return False
        days = ([newest.valid_from] if newest else []) + [e.day.isoformat() for e in entries]
        return all(a <= b for a, b in pairwise(days))

    def _newest(self) -> Step | None:
        """Return the step known now and true today; there is none before the object began or while that is void."""
        return self.steps[-1] if self.steps and self.steps[-1].recorded_to == OPEN else None

    def all(self) -> list[Step]:
        """Return the steps that were ever shown, also those that were replaced."""
        return self.replaced + self.steps

    def record(self, entry: Entry) -> None:
        """Add the next entry of the stream."""
        if self.takes([entry]):
            if self.stream is not None:
                self.stream.append(entry)
            self._follow(entry)
        else:
            if self.stream is None:
                msg = "a late fact, a correction or a void needs the stream"
                raise ValueError(msg)
            before = readings(self.stream)
            self.stream.append(entry)
            self._fold_again(entry, before, readings(self.stream))

    def _follow(self, entry: Entry) -> None:
        newest = self._newest()
        state = self.fold(newest.state if newest else None, entry.event)
        if state is None:
            return
        day = entry.day.isoformat()
        if newest:
            newest.recorded_to, newest.valid_to, newest.changed = entry.position, day, True
        self.steps.append(Step(entry.position, day, state, entry.event.originator_version))

    def _fold_again(self, entry: Entry, before: Sequence[Reading], after: Sequence[Reading]) -> None:
        """Replace the steps that reach past the first day that reads differently, by steps recorded with `entry`."""
        cut = self._first_difference(before, after)
        first = next((i for i, step in enumerate(self.steps) if step.valid_to > cut), len(self.steps))
        outdated = self.steps[first:]
        for step in outdated:
            step.replaced_at, step.changed = entry.position, True
        if outdated:
            outdated[-1].recorded_to = entry.position
        self.replaced += outdated

        states = self._states_from(cut, first, outdated, after)
        version = entry.event.originator_version
        self.steps[first:] = [
            Step(entry.position, day, states[day], version, OPEN if end == NEVER else entry.position, end)
            for day, end in pairwise([*states, NEVER])
            if states[day] is not None
        ]

    def _first_difference(self, before: Sequence[Reading], after: Sequence[Reading]) -> str:
        old, new = ({r.position: r for r in some} for some in (before, after))
        days = [r.day for r in before if new.get(r.position) != r] + [r.day for r in after if old.get(r.position) != r]
        if days:
            return min(days).isoformat()
        return self.steps[-1].valid_from if self.steps else NEVER

    def _states_from(self, cut: str, first: int, outdated: list[Step], facts: Iterable[Reading]) -> dict[str, Any]:
        """Return the states from the day `cut` on, by the day on which each begins.

        The first may begin earlier: on the day of the step that `cut` divides.
        """
        divided = bool(outdated) and outdated[0].valid_from < cut
        earlier = [s for s in self.steps[:first] if s.valid_from < cut]
        base = outdated[0] if divided else earlier[-1] if earlier else None
        begins = outdated[0].valid_from if divided else cut
        state = base.state if base is not None and base.valid_to >= cut else None
        states = {begins: state}
        for fact in facts:
            if (day := fact.day.isoformat()) >= cut:
                state = states[day] = self.fold(state, fact.event)
        return states
