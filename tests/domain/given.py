"""Given facts, when a command, then facts or a refusal: tests of aggregates without any database."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

import msgspec
from pydantic import BaseModel

from domain.aggregate import Aggregate
from domain.calendar import resolve
from domain.codec import decode, encode
from domain.commitment import Commitment
from domain.commitment.facts import Announcement, Related, Table
from domain.corrections import Decided, Entry, FactCorrected, FactVoided, Past, Reading, readings
from domain.errors import DomainError
from domain.events import Context, Created, Event
from domain.facts import Codes, Dependents, Facts, Organizations, Standing
from domain.roundtable.facts import Lineage, OpenCommitments
from roundtable.commands import Command, command_that_records, commands_of
from roundtable.corrections import corrected_body, corrected_context

ID = UUID(int=0xC0)
ACTOR, COLLEAGUE = UUID(int=0xA1), UUID(int=0xA2)
MINISTRY, REGION, MUNICIPALITY, UNIVERSITY, ENDED, NOBODY = (UUID(int=n) for n in range(1, 7))
STANDING = {
    MINISTRY: Standing(name="Ministerio de Vivienda"),
    REGION: Standing(name="Gobierno Regional del Cusco"),
    MUNICIPALITY: Standing(name="Municipalidad de Chumbivilcas"),
    UNIVERSITY: Standing(name="Universidad Nacional"),
    ENDED: Standing(name="Ministerio de Ayer", ended_on=date(2018, 1, 1)),
}
TODAY = date(2026, 1, 1)
ANY_TIME = {"BeforeObjectBegan", "StateMovedLater"}
"""Refusals that every dated command shares, and no docstring repeats."""


class World(NamedTuple):
    """What other objects are, as the queries would find it."""

    standing: Mapping[UUID, Standing] = STANDING
    holders: Mapping[str, UUID] = {}
    announcement: Announcement = Announcement()
    part_of: Mapping[UUID, UUID | None] = {}
    table: Table = Table()
    lineage: Lineage = Lineage()
    open_commitments: OpenCommitments = OpenCommitments()
    dependents: Dependents = Dependents()
    others: tuple[Facts, ...] = ()


def context(on: str = "2019-01-01", *, by: UUID = ACTOR, institution: UUID | None = None, **said: Any) -> Context:
    """Say who states a fact and when it happened."""
    day, precision = resolve(on, TODAY)
    more = {"actor_organization": institution} | said
    return Context(actor=by, correlation=UUID(int=0xFF), occurred_on=day, precision=precision, **more)


def fact(cls: type[Event], on: str = "2019-01-01", *, about: Context | None = None, **fields: Any) -> Event:
    """Make an event as if it had been recorded; the place in the stream comes later."""
    more = {"originator_topic": cls.TOPIC.partition(".")[0]} if issubclass(cls, Created) else {}
    stamp = datetime(2026, 1, 1, tzinfo=UTC)
    about = about or context(on, reason="as agreed")
    return cls(originator_id=ID, originator_version=1, timestamp=stamp, context=about, **fields, **more)


def voided(position: int) -> Event:
    """Make a void of the fact at a position."""
    return fact(FactVoided, aggregate="commitment", position=position)


def corrected(position: int, **changes: Any) -> Event:
    """Make a correction of the fact at a position, in stored form."""
    return fact(FactCorrected, aggregate="commitment", position=position, schema=1, changes=changes)


def entry(position: int, event: Event) -> Entry:
    """Put an event at a position, to be reread by the codec."""
    event = msgspec.structs.replace(event, originator_version=position)

    def reread(corrections: Sequence[FactCorrected]) -> Event:
        return decode(
            event.TOPIC,
            event.SCHEMA,
            encode(event),
            id=event.originator_id,
            version=position,
            recorded_at=event.timestamp,
            corrections=corrections,
        )

    return Entry(position, event, reread)


class Given(NamedTuple):
    """An object with a past, in a world."""

    kind: type[Aggregate[Any]]
    stream: tuple[Entry, ...]
    world: World = World()

    def where(self, **world: Any) -> Self:
        """Say what other objects are."""
        return self._replace(world=self.world._replace(**world))

    def when(self, name: str, /, on: str = "2019-06-01", *, by: UUID = ACTOR, **body: Any) -> "Outcome":
        """Send a command; the body is checked as a request is. The refusal, if any, is kept for `refused`."""
        command = commands_of(self.kind)[name.replace("-", "_")]
        if command.spec.dated:
            body = {"occurred_on": on} | body
        body = {need: _SAID[need] for need in command.spec.needs} | body
        request = command.body.model_validate(msgspec.to_builtins(body))
        said = {n: getattr(request, n) for n in ("on_behalf_of", "reason", "source", "illustrative")}
        try:
            return Outcome(command, self, self._decide(command, request, context(on, by=by, **said)), None)
        except DomainError as refusal:
            return Outcome(command, self, None, refusal)

    def state(self, on: str | None = None) -> Any:
        """Return the object as it is on a day, or after everything."""
        day = resolve(on, TODAY)[0] if on else date.max
        return self.kind.folded(r for r in readings(self.stream) if r.day <= day)

    def _decide(self, command: Command, body: BaseModel, about: Context, position: int | None = None) -> Event:
        target: Any = self.kind
        if not command.creates:
            newest = self.kind.folded(readings(self.stream)) if position is None else None
            target = self.kind.restore(ID, len(self.stream), self._before(about.occurred_on, position), newest)
        fields = command.fields(body)
        facts = {name: self._fact(kind, command, body) for name, kind in command.facts.items()}
        decided = getattr(target, command.name)(**fields, context=about, **facts)
        events = (decided if command.creates else target).pending_events
        assert len(events) == 1, "a command records one fact"
        return events[0]

    def _before(self, day: date, position: int | None) -> Any:
        order = (day, position if position is not None else 2**62)
        return self.kind.folded(r for r in readings(self.stream) if r.order() < order and r.position != position)

    def _fact(self, kind: type[Facts], command: Command, body: BaseModel) -> Facts:
        named = command.named(body, "organization")
        filled: dict[type[Facts], Facts] = {
            Organizations: Organizations(named=named, standing=self.world.standing),
            Codes: Codes(holders=self.world.holders),
            Dependents: self.world.dependents,
            Past: Past(stream=self.stream),
            Announcement: self.world.announcement,
            Related: Related(part_of=self.world.part_of),
            Table: self.world.table,
            Lineage: self.world.lineage,
            OpenCommitments: self.world.open_commitments,
            **{type(facts): facts for facts in self.world.others},
        }
        if kind is Decided:
            return self._decided(body)
        return filled[kind] if kind in filled else kind()

    def _decided(self, body: Any) -> Decided:
        past = Past(stream=self.stream)
        past.correctable(body.position, kind=self.kind.TOPIC, id=ID)
        event = past.reading(body.position).event
        command = command_that_records(self.kind, type(event))
        request = corrected_body(command, event, body.changes)
        about = corrected_context(event.context, request, body.changes, TODAY)
        return Decided(event=self._decide(command, request, about, body.position))


_SAID = {"reason": "as agreed", "source": {"citation": "Acta 3, page 2"}, "on_behalf_of": str(UNIVERSITY)}


class Outcome(NamedTuple):
    """What became of a command."""

    command: Command
    before: Given
    event: Event | None
    refusal: DomainError | None

    def then(self, cls: type[Event], **fields: Any) -> Any:
        """Expect one fact with these fields; return the state after it."""
        assert self.refusal is None, self.refusal
        assert type(self.event) is cls
        assert self.event is not None
        assert {name: getattr(self.event, name) for name in fields} == fields
        added = msgspec.structs.replace(self.event, originator_id=ID)
        return self.before._replace(stream=(*self.before.stream, entry(len(self.before.stream) + 1, added))).state()

    def refused(self, kind: type[DomainError], *shown: object, es: str = "", anew: bool = False) -> None:
        """Expect a refusal whose message shows these values; in Spanish it contains `es`.

        It stands in the docstring of the command, unless that decided another one `anew`.
        """
        assert self.event is None, f"recorded {self.event}"
        assert type(self.refusal) is kind, repr(self.refusal)
        known = {*self.command.refusals, *ANY_TIME}
        assert anew or kind.__name__ in known, f"{kind.__name__} is not in the docstring"
        for value in shown:
            assert str(value) in self.refusal.message("en")
        assert es in self.refusal.message("es")


def given(*events: Event, kind: type[Aggregate[Any]] = Commitment) -> Given:
    """Begin with facts in the order in which they were recorded, at positions from one on."""
    return Given(kind, tuple(entry(position, event) for position, event in enumerate(events, 1)))


def reading(event: Event, position: int = 1) -> Reading:
    """Read an event as it stands."""
    return Reading(event.occurred_on, position, event)
