"""One command in one transaction: load, decide, append, project."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, cast
from uuid import UUID

import sqlalchemy as sa
from eventsourcing.persistence import IntegrityError
from pydantic import BaseModel

from domain.aggregate import Aggregate
from domain.calendar import resolve
from domain.corrections import Decided, Entry, FactCorrected, Past
from domain.errors import BeforeObjectBegan, Conflict, InFuture, ObjectNotFound, ObjectVoided
from domain.events import Context, Event
from domain.facts import Facts, Organizations
from roundtable import people
from roundtable.commands import Ask, Command, Kind, command_that_records
from roundtable.corrections import corrected_body, corrected_context
from roundtable.idempotency import Receipt
from roundtable.people import Sealed
from roundtable.settings import Settings
from roundtable.tokens import Caller


class StaleVersion(Conflict):
    """Somebody else changed the object while the command ran."""

    en = "{kind} {id} changed while the command ran. Read it again and repeat the command if it still applies."
    es = (
        "Hubo un cambio en {kind} {id} mientras se ejecutaba la orden. Consulte de nuevo y repítala si aún corresponde."
    )


class VersionMismatch(Conflict):
    """The object is not at the version that the caller expects."""

    en = "{kind} {id} is at version {version}, not {expected}. Read it again before you change it."
    es = "La versión de {kind} {id} es {version}, no {expected}. Consulte de nuevo antes de cambiar."


class Host(Protocol):
    """What an attempt needs of the application."""

    settings: Settings
    read_models: Any
    queries: Mapping[type[Facts], Any]
    recorder: Any

    def save(self, *aggregates: Any, **more: Any) -> Any:
        """Append the events of aggregates."""


class Decision(NamedTuple):
    """What a method is asked to decide: the command, its fields with people sealed, and the context."""

    command: Command
    body: BaseModel
    fields: dict[str, Any]
    context: Context
    id: UUID | None


class Attempt:
    """One command in one transaction."""

    def __init__(
        self, app: Host, connection: sa.Connection, command: Command, caller: Caller, correlation: UUID
    ) -> None:
        """Prepare to carry out a command for a caller."""
        self.app, self.connection, self.command = app, connection, command
        self.caller, self.correlation = caller, correlation
        self.sealed: list[Sealed] = []

    def run(self, body: BaseModel, id: UUID | None, expected: Collection[int] | None) -> Receipt:
        """Load, decide, append, project.

        :raises DomainError: a rule refused the command.
        """
        kind, command = self.command.aggregate, self.command
        if command.facts or getattr(body, "on_behalf_of", None):
            self.app.recorder.lock_head(self.connection)
        context = self.context(body)
        fields = self.seal(command, command.fields(body), command.personal)
        if command.creates:
            return self.record(self.decide(kind, Decision(command, body, fields, context, None)))
        aggregate = self.load(kind, cast("UUID", id), expected, context)
        self.decide(aggregate, Decision(command, body, fields, context, id))
        return self.record(aggregate)

    def context(self, body: BaseModel) -> Context:
        """Return who states the fact, for whom, when and on what ground.

        :raises InFuture: the day has not come yet.
        :raises UnknownOrganization: the organization spoken for is not recorded.
        :raises OrganizationEnded: the organization spoken for had ended by then.
        """
        today = self.app.settings.today()
        day, precision = resolve(getattr(body, "occurred_on", None) or today.isoformat(), today)
        said = {name: getattr(body, name) for name in ("on_behalf_of", "reason", "source", "illustrative")}
        context = Context(
            actor=self.caller.actor,
            actor_organization=self.caller.organization,
            correlation=self.correlation,
            occurred_on=day,
            precision=precision,
            **said,
        )
        return self.checked(context)

    def checked(self, context: Context) -> Context:
        """Refuse days to come and unknown organizations spoken for."""
        today = self.app.settings.today()
        if context.occurred_on > today:
            raise InFuture(
                field="occurred_on",
                occurred_on=context.occurred_on,
                today=today,
                timezone=self.app.settings.timezone,
            )
        if (spoken_for := context.on_behalf_of) is not None:
            ask = Ask("organization", None, {}, lambda _: {spoken_for: "on_behalf_of"}, context)
            self.app.queries[Organizations](self.connection, ask).must_stand(context.occurred_on)
        return context

    def seal(self, command: Command, fields: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
        """Replace texts about people by digests, and keep their disclosures for the side table."""
        for name in names:
            if name in command.personal and fields[name] is not None:
                sealed = people.seal(name, fields[name])
                self.sealed.append(sealed)
                fields[name] = sealed.digest
        return fields

    def load(self, kind: Kind, id: UUID, expected: Collection[int] | None, context: Context) -> Aggregate[Any]:
        """Return the object as it was on the day of the command.

        :raises ObjectNotFound: there is none.
        :raises VersionMismatch: it is not at the expected version.
        :raises ObjectVoided: it was entered in error.
        :raises BeforeObjectBegan: it had not begun by then.
        """
        found = self.app.read_models.load(self.connection, kind, id, context.occurred_on.isoformat())
        if found is None:
            raise ObjectNotFound(kind=kind.TOPIC, id=id)
        if expected is not None and found.version not in expected:
            raise VersionMismatch(kind=kind.TOPIC, id=id, version=found.version, expected=_either(expected))
        if self.command.spec.dated:
            if found.newest is None:
                raise ObjectVoided(kind=kind.TOPIC, id=id)
            _must_have_begun(kind, found.state, context, found.newest.began_on)
        return kind.restore(id, found.version, found.state, found.newest)

    def decide(self, target: Any, asked: Decision) -> Any:
        """Run the method of a command with the facts that it asks for."""
        command, body, fields, context, id = asked
        again = command is not self.command
        ask = Ask(command.aggregate.TOPIC, id, fields, lambda kind: command.named(body, kind), context, again)
        facts = {name: self.fact(kind, ask) for name, kind in command.facts.items()}
        return getattr(target, command.name)(**fields, context=context, **facts)

    def fact(self, kind: type[Facts], ask: Ask) -> Facts:
        """Fill one parameter of facts: by its query, or by deciding again what a correction names."""
        if kind is Decided:
            return Decided(event=self.decide_again(ask))
        found: Facts = self.app.queries[kind](self.connection, ask)
        return found

    def decide_again(self, ask: Ask) -> Event:
        """Return what the command that recorded a fact decides with corrected fields, on the state of that day.

        :raises DomainError: the command refuses the corrected fields.
        """
        kind, changes = self.command.aggregate, ask.fields["changes"]
        past: Past = self.app.queries[Past](self.connection, ask)
        past.correctable(ask.fields["position"], kind=kind.TOPIC, id=ask.id)
        reading = past.reading(ask.fields["position"])
        command = command_that_records(kind, type(reading.event))
        body = corrected_body(command, reading.event, changes)
        context = corrected_context(reading.event.context, body, changes, self.app.settings.today())
        self.checked(context)
        fields = self.seal(command, command.fields(body), list(changes))
        if command.creates:
            return _decided(self.decide(kind, Decision(command, body, fields, context, ask.id)))
        facts = past.before(reading.position, context.occurred_on)
        state = kind.folded(facts)
        _must_have_begun(kind, state, context, past.began_on)
        aggregate = kind.restore(cast("UUID", ask.id), reading.event.originator_version - 1, state, None)
        self.decide(aggregate, Decision(command, body, fields, context, ask.id))
        return _decided(aggregate)

    def record(self, aggregate: Aggregate[Any]) -> Receipt:
        """Append the events, fold them into the read rows, and keep the disclosures.

        :raises StaleVersion: another writer changed the object first.
        """
        kind = type(aggregate)
        try:
            recordings = self.app.save(aggregate, connection=self.connection)
        except IntegrityError as error:
            raise StaleVersion(kind=kind.TOPIC, id=aggregate.id) from error
        entries = [(str(aggregate.id), Entry(r.notification.id, r.domain_event, _fresh)) for r in recordings]
        self.app.read_models.follow(self.connection, kind.TOPIC, entries)
        people.keep(self.connection, aggregate.id, self.sealed)
        return Receipt(id=aggregate.id, version=aggregate.version, position=entries[-1][1].position)


def _must_have_begun(kind: Kind, state: Any, context: Context, began_on: Any) -> None:
    if state is None:
        raise BeforeObjectBegan(
            field="occurred_on", occurred_on=context.occurred_on, kind=kind.TOPIC, began_on=began_on
        )


def _either(versions: Collection[int]) -> str:
    return " / ".join(map(str, sorted(versions))) or "-"


def _decided(aggregate: Any) -> Event:
    event: Event = aggregate.pending_events[-1]
    return event


def _fresh(corrections: Sequence[FactCorrected]) -> Event:
    """Stand in for the codec: nothing corrects an event that is being recorded."""
    raise NotImplementedError(corrections)
