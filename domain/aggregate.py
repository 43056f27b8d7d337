"""Aggregates: objects that decide. The base of every aggregate, and what a command is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Generic, Self, TypeVar, cast
from uuid import UUID, uuid4

import msgspec
from eventsourcing.domain import BaseAggregate
from pydantic import Field

from domain.corrections import (
    Decided,
    Entry,
    FactCorrected,
    FactVoided,
    NothingToCorrect,
    Past,
    Reading,
    changes_between,
    readings,
)
from domain.errors import BeforeObjectBegan, Conflict, DomainError, StateMovedLater, Words
from domain.events import Context, Created, Event
from domain.facts import Codes, Dependents
from domain.texts import Position

Changes = Annotated[dict[str, Any], Field(min_length=1, max_length=60)]
"""Fields of a fact with the values they should have had."""
AFTER_ALL = 2**62
"""A position after every recorded one."""
F = TypeVar("F")
S = TypeVar("S", bound="State")


class CorrectionReorders(Conflict):
    """A corrected date would bring facts of the object out of order."""

    en = "On {occurred_on}, {topic} would change places with {other} of {other_on}. Correct that date first."
    es = "Con fecha {occurred_on}, {topic} cambiaría de orden con {other} del {other_on}. Corrija antes esa fecha."


class FactsContradict(Conflict):
    """With the correction or void, a later fact of the object would contradict those before it."""

    en = "Then {topic} of {other_on}, at position {other}, could not stand: {because} Void or correct that fact first."
    es = "No podría subsistir {topic} del {other_on} (posición {other}): {because} Anule o corrija antes ese hecho."


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What an object is after some of its facts."""

    began_on: date
    moved_on: date
    moved_by: str
    illustrative: tuple[str, ...] = ()

    def last_move(self, event: type[Event]) -> tuple[date, str] | None:
        """Return the day and the topic of the last fact that moved what a fact of some kind moves."""
        return (self.moved_on, self.moved_by) if event.MOVES else None

    def after_move(self, event: Event) -> dict[str, Any]:
        """Return the fields that a fact changes by moving a state machine."""
        return {"moved_on": event.occurred_on, "moved_by": event.TOPIC} if event.MOVES else {}


class CommandSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What `@command` says of a method: the event it records and the declarations it cannot do without."""

    records: type[Event]
    needs: tuple[str, ...] = ()
    dated: bool = True


def command(records: type[Event], *, needs: Iterable[str] = (), dated: bool = True) -> Callable[[F], F]:
    """Publish a method as a command: its signature is the request, its docstring the reference.

    `needs` names declarations (`reason`, `source`, `on_behalf_of`) that are optional elsewhere. A command that is not
    `dated` states nothing of the world and happens when it is recorded.
    """

    def publish(method: F) -> F:
        function: Any = method.__func__ if isinstance(method, classmethod) else method
        function.__command__ = CommandSpec(records=records, needs=tuple(needs), dated=dated)
        return method

    return publish


KINDS: dict[str, "type[Aggregate[Any]]"] = {}
"""Every aggregate class by its kind."""


class Aggregate(BaseAggregate[UUID], Generic[S]):
    """A consistency boundary: methods marked `command` decide, `evolve` applies what was decided."""

    # Not annotated: the library makes a dataclass of an aggregate with annotations.
    TOPIC = ""
    STATE = cast("Any", State)

    def __init__(self) -> None:
        """Begin with nothing; the first fact gives the state."""
        self.state: S | None = None
        self.newest: S | None = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Enter the class among the kinds of aggregates."""
        super().__init_subclass__(**kwargs)
        if "TOPIC" in cls.__dict__:
            KINDS[cls.TOPIC] = cls

    @staticmethod
    def create_id(*_: Any, **__: Any) -> UUID:
        """Return a random id."""
        return uuid4()

    @staticmethod
    def evolve(state: Any, event: Any) -> Any:
        """Return the state after one more fact. Never refuses: the fact has happened."""
        raise NotImplementedError

    @classmethod
    def fold(cls, state: S | None, event: Event) -> S | None:
        """Return the state after one more fact; a fact of an object that did not begin changes nothing."""
        if (state is None) != isinstance(event, Created):
            return state
        after = cast("S | None", cls.evolve(state, event))
        if after is None or not (event.MOVES or event.context.illustrative):
            return after
        return msgspec.structs.replace(after, **after.after_move(event), illustrative=_invented(after, event))

    @classmethod
    def restore(cls, id: UUID, version: int, state: S | None, newest: S | None) -> Self:
        """Return an object as it was on a day; `newest` is its state after all its facts."""
        self = cls.__new__(cls)
        self.__base_init__(id, version, datetime.min.replace(tzinfo=UTC))
        self.state, self.newest = state, newest
        return self

    @classmethod
    def begin(cls, event: type[Created], context: Context, **fields: Any) -> Self:
        """Begin an object with its first fact."""
        return cls._create(event, context=context, timestamp=_midnight(context.occurred_on), **fields)

    def record(self, event: type[Event], context: Context, **fields: Any) -> None:
        """Add a fact.

        :raises BeforeObjectBegan: the fact would predate the object.
        :raises StateMovedLater: the fact moves a state machine, and a later one already moved that.
        """
        day, latest = context.occurred_on, self.latest
        if day < latest.began_on:
            raise BeforeObjectBegan(field="occurred_on", occurred_on=day, kind=self.TOPIC, began_on=latest.began_on)
        last = latest.last_move(event)
        if last is not None and day < last[0]:
            raise StateMovedLater(command=event.TOPIC, occurred_on=day, latest=last[1], latest_on=last[0])
        self.trigger_event(event, context=context, timestamp=_midnight(day), **fields)

    @property
    def known(self) -> S:
        """The state of an object that has begun."""
        if self.state is None:
            msg = f"{self.TOPIC} {self.id} has not begun: no command runs on it"
            raise RuntimeError(msg)
        return self.state

    @property
    def latest(self) -> S:
        """The state after all facts; a command about an earlier day may still have to heed it."""
        return self.newest or self.known

    @command(FactVoided, needs=("reason",), dated=False)
    def void(self, *, position: Position, context: Context, past: Past, codes: Codes, dependents: Dependents) -> None:
        """Void a fact of this object as entered in error, wherever it stands.

        Who asks about a time of recording before the void still reads the fact. Voiding a void restores the fact;
        voiding the first fact takes the whole object out of every list and total.

        :raises FactNotFound: the object has no fact at that position.
        :raises FactAlreadyVoided: the fact is already void.
        :raises CodeTaken: a code that this would restore has gone to another object.
        :raises FactsContradict: another fact of the object rests on it; void that one first.
        :raises OthersRestOnIt: it began the object, and other objects name that.
        """
        past.standing(position, kind=self.TOPIC, id=self.id)
        self._say(FactVoided, context, position=position)
        void = Entry(AFTER_ALL, cast("Event", self.pending_events[-1]), _unread)
        self._must_fit(past, readings((*past.stream, void)), codes, dependents)

    @command(FactCorrected, needs=("reason",), dated=False)
    def correct(
        self,
        *,
        position: Position,
        changes: Changes,
        context: Context,
        past: Past,
        decided: Decided,
        codes: Codes,
        dependents: Dependents,
    ) -> None:
        """Replace fields of a fact of this object, its date included, by what they should have said.

        `changes` holds fields of the command that recorded the fact (and `occurred_on`, `on_behalf_of`, `reason`,
        `source`, `illustrative`). That command is decided again with them, on the state of its day: what it refuses,
        the correction refuses.

        :raises FactNotFound: the object has no fact at that position.
        :raises FactAlreadyVoided: the fact is void.
        :raises NotCorrectable: the position holds a correction or a void.
        :raises NothingToCorrect: the fact already reads so.
        :raises CorrectionReorders: the new date would bring facts of this object out of order.
        :raises CodeTaken: another object has the corrected code or identifier.
        :raises FactsContradict: another fact of the object could not have followed the corrected one.
        """
        del changes  # decided again, they are `decided`
        past.standing(position, kind=self.TOPIC, id=self.id)
        before, after = past.reading(position), decided.event
        differ = changes_between(before.event, after)
        if not differ:
            raise NothingToCorrect(position=position, field="changes")
        others = [r for r in readings(past.stream) if r.position != position]
        _must_keep_order(others, before, after)
        corrected = Reading(after.occurred_on, position, after)
        self._must_fit(past, sorted([*others, corrected], key=Reading.order), codes, dependents)
        self._say(FactCorrected, context, position=position, schema=after.SCHEMA, changes=differ)

    @classmethod
    def folded(cls, facts: Iterable[Reading]) -> S | None:
        """Return the state after facts in the order of the fold."""
        state: S | None = None
        for reading in facts:
            state = cls.fold(state, reading.event)
        return state

    @classmethod
    def claims(cls, state: S) -> Iterable[str | None]:
        """Yield the codes and outside identifiers that no other object of the kind may have."""
        del state
        return ()

    @classmethod
    def must_follow(cls, state: S, event: Event) -> None:
        """Refuse a fact that could not have been decided on a state, as far as the object itself can tell.

        Asked of every fact of an object when one of them is corrected or voided. The base has nothing to say.
        """

    @classmethod
    def must_carry(cls, state: S, dependents: Dependents) -> None:
        """Refuse a corrected state that the objects resting on this one do not fit. The base has nothing to say."""

    def _say(self, event: type[Event], context: Context, **fields: Any) -> None:
        stamp = _midnight(context.occurred_on)
        self.trigger_event(event, context=context, timestamp=stamp, aggregate=self.TOPIC, **fields)

    def _must_fit(self, past: Past, after: list[Reading], codes: Codes, dependents: Dependents) -> None:
        """Require codes to be free, other objects to fit, and no fact to contradict those before it that did not."""
        state = self.folded(after)
        if state is None:
            dependents.must_be_none()
            return
        codes.must_be_free(self.claims(state))
        self.must_carry(state, dependents)
        known = {reading.position for reading, _ in self._contradictions(readings(past.stream))}
        for reading, why in self._contradictions(after):
            if reading.position not in known:
                because = Words(why.message("en"), why.message("es"))
                raise FactsContradict(
                    topic=reading.event.TOPIC, other_on=reading.day, other=reading.position, because=because
                )

    @classmethod
    def _contradictions(cls, facts: list[Reading]) -> Iterator[tuple[Reading, DomainError]]:
        """Yield the facts that could not have been decided on what comes before them, and why."""
        began_on = next((r.day for r in facts if isinstance(r.event, Created)), None)
        state: S | None = None
        for reading in facts if began_on else ():
            try:
                if state is not None:
                    cls.must_follow(state, reading.event)
                elif not isinstance(reading.event, Created):
                    raise BeforeObjectBegan(
                        field="occurred_on", occurred_on=reading.day, kind=cls.TOPIC, began_on=began_on
                    )
            except DomainError as refusal:
                yield reading, refusal
            state = cls.fold(state, reading.event)


def _must_keep_order(others: Iterable[Reading], before: Reading, after: Event) -> None:
    """Refuse a new date that brings the beginning, or facts that move the same state machine, into another order."""
    for other in others:
        first = isinstance(other.event, Created) or isinstance(after, Created)
        if not first and not (after.MOVES and after.MOVES == other.event.MOVES):
            continue
        was_before = before.order() < other.order()
        is_before = (after.occurred_on, before.position) < other.order()
        if was_before != is_before:
            raise CorrectionReorders(
                field="occurred_on",
                occurred_on=after.occurred_on,
                topic=after.TOPIC,
                other=other.event.TOPIC,
                other_on=other.day,
            )


def _unread(corrections: Sequence[FactCorrected]) -> Event:
    """Stand in for the codec: a void is never read with other values."""
    raise NotImplementedError(corrections)


def _invented(state: State, event: Event) -> tuple[str, ...]:
    """Return the invented fields of an object, those of later facts with the name of the fact (`started.reason`)."""
    prefix = "" if isinstance(event, Created) else event.TOPIC.partition(".")[2] + "."
    return tuple(sorted({*state.illustrative, *(prefix + name for name in event.context.illustrative)}))


def _midnight(day: date) -> datetime:
    """Stamp an event that is not recorded yet; the store sets when it was recorded."""
    return datetime.combine(day, time(), UTC)
