"""Between events and what the recorder stores of them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

import msgspec
from eventsourcing.persistence import Mapper, StoredEvent

from domain import codec
from domain.corrections import Entry

if TYPE_CHECKING:
    from roundtable.store.recorder import Recorded


@dataclass(frozen=True)
class Body(StoredEvent):
    """A stored event with what the log keeps in columns of its own."""

    aggregate: str = ""
    schema_version: int = 1
    occurred_on: str = ""
    actor: UUID = UUID(int=0)
    correlation: UUID = UUID(int=0)

    @classmethod
    def bare(cls, stored: StoredEvent) -> Self:
        """Return the columns of an event that is not ours."""
        return cls(stored.originator_id, stored.originator_version, stored.topic, stored.state)


class EventMapper(Mapper[UUID]):
    """Maps our events for the library, which knows no schema versions: they travel in the topic (`topic@2`)."""

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """Return an event as it is stored."""
        context = domain_event.context
        return Body(
            domain_event.originator_id,
            domain_event.originator_version,
            domain_event.TOPIC,
            codec.encode(domain_event),
            getattr(domain_event, "aggregate", domain_event.TOPIC.partition(".")[0]),
            domain_event.SCHEMA,
            domain_event.occurred_on.isoformat(),
            context.actor,
            context.correlation,
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """Return an event of the present schema version.

        :raises UnreadableEvent: this version of the software cannot read it.
        """
        topic, _, schema = stored_event.topic.partition("@")
        return codec.decode(
            topic,
            int(schema or 1),
            stored_event.state,
            id=UUID(str(stored_event.originator_id)),
            version=stored_event.originator_version,
            recorded_at=datetime.now(UTC),
        )


def entry(row: "Recorded") -> Entry:
    """Return a recorded event as an entry of its stream.

    :raises UnreadableEvent: this version of the software cannot read it.
    """
    read = partial(
        codec.decode,
        row.topic,
        row.schema_version,
        row.body.encode(),
        id=UUID(row.originator_id),
        version=row.originator_version,
        recorded_at=datetime.fromisoformat(row.recorded_at),
    )
    return Entry(row.position, read(), lambda corrections: read(corrections=corrections))


class Institutions(msgspec.Struct, frozen=True):
    """For which institutions an event was recorded: the actor's own, and the one spoken for."""

    actor_organization: str | None = None
    on_behalf_of: str | None = None


class _Context(msgspec.Struct, frozen=True):
    context: Institutions = Institutions()


def institutions(body: str) -> Institutions:
    """Return the institutions that a stored body names; none where it is not of an event of ours."""
    try:
        return _read_context(body).context
    except msgspec.MsgspecError:
        return Institutions()


_read_context = msgspec.json.Decoder(_Context).decode
