"""Corrections and voids: later facts that say how an earlier one is to be read.

Whoever asks at or after the position of a correction reads the replacement, whoever asks earlier reads the original.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from domain.errors import Conflict, Invalid, NotFound
from domain.events import ENVELOPE, Event, fact
from domain.facts import Facts


class FactNotFound(NotFound):
    """The object has no fact at the position."""

    en = "{kind} {id} has no fact at position {position}. Its history lists the positions."
    es = "No hay ningún hecho en la posición {position} ({kind} {id}). Su historial indica las posiciones."


class FactAlreadyVoided(Conflict):
    """The fact is already void."""

    en = "The fact at position {position} was already voided at position {voided_at}. Void that void to restore it."
    es = (
        "El hecho de la posición {position} ya se anuló en la posición {voided_at}. "
        "Anule esa anulación para restituirlo."
    )


class NotCorrectable(Conflict):
    """Corrections and voids are not corrected themselves."""

    en = "Position {position} holds a {topic}. Void it, or record another correction of the fact that it names."
    es = "La posición {position} contiene {topic}. Anúlelo o registre otra corrección del hecho que señala."


class NothingToCorrect(Invalid):
    """The correction would change nothing."""

    en = "The fact at position {position} already reads so. Send the fields that differ, in {field}."
    es = "El hecho de la posición {position} ya se lee así. Envíe en {field} los campos que difieren."


@fact("fact.corrected")
class FactCorrected(Event, frozen=True, kw_only=True):
    """An earlier fact is read with other values: `changes` in the form of its body at schema version `schema`."""

    aggregate: str
    position: int
    schema: int
    changes: dict[str, Any]

    def apply(self, aggregate: Any) -> None:
        """Change nothing by itself: it is read with the fact it names."""


@fact("fact.voided")
class FactVoided(Event, frozen=True, kw_only=True):
    """An earlier fact was entered in error and is read as if it were not there."""

    aggregate: str
    position: int

    def apply(self, aggregate: Any) -> None:
        """Change nothing by itself: it is read with the fact it names."""


class Entry(NamedTuple):
    """One event of an object's stream, and how to read it with other values."""

    position: int
    event: Event
    reread: "Callable[[Sequence[FactCorrected]], Event]"

    @property
    def day(self) -> date:
        """The day the fact happened as first recorded."""
        return self.event.occurred_on


class Reading(NamedTuple):
    """A fact as it is read with its corrections. Readings sort as facts are folded: by day, then by position."""

    day: date
    position: int
    event: Event

    def order(self) -> tuple[date, int]:
        """Return the key by which facts are folded."""
        return self.day, self.position


class Marks(NamedTuple):
    """What later facts say of the facts of one stream: by position, the void, and the corrections in force."""

    voids: dict[int, int]
    corrections: dict[int, list[Entry]]


def marks(stream: Iterable[Entry]) -> Marks:
    """Return which entries of a stream are void or corrected. A void of a void or of a correction undoes it."""
    found = Marks({}, {})
    for entry in sorted(stream, key=lambda e: e.position, reverse=True):
        if entry.position in found.voids:
            continue
        match entry.event:
            case FactVoided():
                found.voids[entry.event.position] = entry.position
            case FactCorrected():
                found.corrections.setdefault(entry.event.position, []).insert(0, entry)
    return found


def readings(stream: Sequence[Entry]) -> list[Reading]:
    """Return the facts of a stream as they are read with all its corrections and voids, in the order of the fold."""
    found, read = marks(stream), []
    for entry in stream:
        if entry.position in found.voids or isinstance(entry.event, FactCorrected | FactVoided):
            continue
        changed = found.corrections.get(entry.position)
        event = entry.reread([e.event for e in changed]) if changed else entry.event  # type: ignore[misc]
        read.append(Reading(event.occurred_on, entry.position, event))
    return sorted(read, key=Reading.order)


class Past(Facts, frozen=True, kw_only=True):
    """The whole stream of the object that a command is about."""

    stream: tuple[Entry, ...]

    def standing(self, position: int, *, kind: str, id: Any) -> Entry:
        """Return the entry at a position, which must not be void.

        :raises FactNotFound: the object has none there.
        :raises FactAlreadyVoided: it is void.
        """
        entry = next((e for e in self.stream if e.position == position), None)
        if entry is None:
            raise FactNotFound(kind=kind, id=id, position=position, field="position")
        if (voided_at := marks(self.stream).voids.get(position)) is not None:
            raise FactAlreadyVoided(position=position, voided_at=voided_at)
        return entry

    def correctable(self, position: int, *, kind: str, id: Any) -> Entry:
        """Return the fact at a position, which must be no correction or void itself.

        :raises NotCorrectable: it is one.
        """
        entry = self.standing(position, kind=kind, id=id)
        if isinstance(entry.event, FactCorrected | FactVoided):
            raise NotCorrectable(position=position, topic=entry.event.TOPIC)
        return entry

    def reading(self, position: int) -> Reading:
        """Return the fact at a position as it is read now."""
        return next(r for r in readings(self.stream) if r.position == position)

    def about(self, position: int) -> Event:
        """Return the fact that the entry at a position is about: its own, or in the end that which it says is wrong."""
        event = next(e.event for e in self.stream if e.position == position)
        return self.about(event.position) if isinstance(event, FactCorrected | FactVoided) else event

    def before(self, position: int, day: date) -> list[Reading]:
        """Return the facts that come before a fact of this position on a day, as they are read now."""
        return [r for r in readings(self.stream) if r.order() < (day, position) and r.position != position]

    @property
    def began_on(self) -> date:
        """The day of the first fact as it is read now, or as recorded where it is void."""
        return min((r.day for r in readings(self.stream)), default=self.stream[0].day)


class Decided(Facts, frozen=True, kw_only=True):
    """What the command that recorded a fact decides with corrected fields, on the state of that day."""

    event: Event


def changes_between(before: Event, after: Event) -> dict[str, Any]:
    """Return the entries of the body of one reading that differ in another, in stored form."""
    old, new = msgspec.to_builtins(before), msgspec.to_builtins(after)
    changes = {k: v for k, v in new.items() if k not in ENVELOPE and old.get(k) != v}
    context = {k: v for k, v in new["context"].items() if k in SAID and old["context"].get(k) != v}
    return changes | ({"context": context} if context else {})


SAID = frozenset({"occurred_on", "precision", "on_behalf_of", "reason", "source", "illustrative"})
"""The parts of a context that a caller declares, and may correct; the rest the server fixed."""
