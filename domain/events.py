"""Events: recorded facts, each with its permanent name, who stated it and when it happened."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import msgspec
from eventsourcing.domain import CanInitAggregate, CanMutateAggregate
from eventsourcing.utils import register_topic

from domain.calendar import Precision
from domain.types import Source
from domain.values import Value

E = TypeVar("E", bound="type[Event]")


class Context(Value, frozen=True, kw_only=True):
    """Who states a fact, for whom, when it happened and on what ground. Every event keeps it.

    The server fixes the actor, the actor's organization and the correlation; the rest is declared with each command.
    """

    actor: UUID
    actor_organization: UUID | None = None
    correlation: UUID
    occurred_on: date
    precision: Precision = "day"
    on_behalf_of: UUID | None = None
    reason: str | None = None
    source: Source | None = None
    illustrative: tuple[str, ...] = ()

    @property
    def institution(self) -> UUID | None:
        """The institution represented: the one spoken for, else the actor's own."""
        return self.on_behalf_of or self.actor_organization


class Event(msgspec.Struct, CanMutateAggregate[UUID], frozen=True, kw_only=True):
    """A recorded fact. Field types stay lenient: what was recorded must always load."""

    TOPIC: ClassVar[str]
    SCHEMA: ClassVar[int] = 1
    MOVES: ClassVar[bool | str] = False
    UPCASTS: ClassVar[dict[int, Callable[[dict[str, Any]], None]]] = {}
    originator_id: UUID
    originator_version: int
    timestamp: datetime
    context: Context

    @property
    def occurred_on(self) -> date:
        """The day the fact happened."""
        return self.context.occurred_on

    def apply(self, aggregate: Any) -> None:
        """Let the aggregate evolve."""
        aggregate.state = aggregate.fold(aggregate.state, self)

    def _as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__struct_fields__}


class Created(Event, CanInitAggregate[UUID], frozen=True, kw_only=True):
    """The fact that began an object."""

    originator_topic: str


ENVELOPE = frozenset({"originator_id", "originator_version", "timestamp", "originator_topic", "context"})
"""Fields that every event has; the rest are the fact."""
EVENTS: dict[str, type[Event]] = {}
"""Every event class by its topic."""


def fact(topic: str, *, moves: bool | str = False, schema: int = 1) -> Callable[[E], E]:
    """Give an event class its permanent name; `moves` marks facts that move the state machine.

    Where an object has several state machines, `moves` names the one that the fact moves: its track.
    """

    def name(cls: E) -> E:
        if topic in EVENTS:
            msg = f"two event classes claim the topic {topic}"
            raise TypeError(msg)
        cls.TOPIC, cls.MOVES, cls.SCHEMA = topic, moves, schema
        EVENTS[topic] = cls
        register_topic(topic, cls)
        return cls

    return name
