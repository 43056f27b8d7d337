"""Telling a story: steps that name a command and its request, carried out through the application."""

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel

from domain.aggregate import KINDS
from roundtable import tokens
from roundtable.carrying_over import CarryOver, carry_over
from roundtable.commands import Command, commands_of
from roundtable.demo.asking import Asker
from roundtable.installation import Installation
from roundtable.tokens import Caller

Tell = Callable[[int, int, str], None]
"""Called after each step with how many are done, of how many, and of which story."""


class Ref(str):
    """The code of an object, which stands for its id in a request."""

    __slots__ = ()


class InventoryOf(str):
    """The code of a handover, which stands for everything in its frozen inventory."""

    __slots__ = ()


class PositionOf(str):
    """The label of an earlier step, which stands for its position in a request."""

    __slots__ = ()


class Document(str):
    """A text that is stored as a document; its digest stands for it in a request."""

    __slots__ = ()


class Step(NamedTuple):
    """One command of a script; `voice` is the institution whose own actor sends it, the secretariat's if none.

    `person` is the actor, where it is somebody whom the log knows already. `needs` names the facts of a source without
    which it is left out; `told` is the day on which it is recorded, where that is not the day it happened.
    """

    command: str
    object: str
    body: Mapping[str, Any]
    label: str | None = None
    voice: str | None = None
    needs: tuple[str, ...] = ()
    told: str | None = None
    person: UUID | None = None

    @property
    def creates(self) -> bool:
        """Whether it begins its object."""
        return self.command not in DECISIONS and _command(self.command).creates


class Decision(NamedTuple):
    """Several commands that are one decision about an object: its request, and what carries it out."""

    body: type[BaseModel]
    take: Callable[..., Any]


DECISIONS = {"participatory-budget.carry_over": Decision(CarryOver, carry_over)}
"""What a step can name besides the commands of aggregates."""


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Return steps by the days on which they are recorded; those of one day stay as they are."""
    return sorted(steps, key=lambda step: step.told or step.body["occurred_on"])


def grounded(steps: Iterable[Step], known: Container[str]) -> Iterator[Step]:
    """Yield the steps whose facts are known, and that name nothing which was left out."""
    made: set[str] = set()
    for step in steps:
        named = {*_refs(step.body), *([] if step.creates else [step.object]), *([step.voice] if step.voice else [])}
        if all(fact in known for fact in step.needs) and named <= made:
            made.add(step.object)
            yield step


def _refs(value: Any) -> Iterator[str]:
    match value:
        case Ref():
            yield str(value)
        case Mapping():
            for part in value.values():
                yield from _refs(part)
        case list() | tuple():
            for part in value:
                yield from _refs(part)


def _command(name: str) -> Command:
    kind, _, method = name.partition(".")
    return commands_of(KINDS[kind])[method]


class Teller:
    """Carries out steps. Every voice and every person is an actor with a token of its own."""

    def __init__(self, installation: Installation) -> None:
        """Begin with nothing told."""
        self.installation, self.asker = installation, Asker(installation)
        self.ids: dict[str, UUID] = {}
        self.positions: dict[str, int] = {}
        self._voices: dict[tuple[str | None, UUID | None], tuple[str, Caller]] = {}

    def tell(self, step: Step) -> None:
        """Carry out a step. An organization that is on record by its code already is taken as it is.

        :raises DomainError: a rule refused it.
        """
        if step.command == "organization.register" and (known := self.asker.get(f"/organizations/{step.object}")):
            self.ids[step.object] = UUID(known["id"])
            return
        if step.command in DECISIONS:
            self._decide(step)
            return
        command = _command(step.command)
        body = command.body.model_validate(self._resolved(step.body))
        id = None if command.creates else self.ids[step.object]
        receipt = self.installation.app.execute(command, body, caller=self._speaker(step)[1], id=id)
        self.ids[step.object] = receipt.id
        if step.label:
            self.positions[step.label] = receipt.position

    def _decide(self, step: Step) -> None:
        """Carry out a decision of several commands about an object."""
        decision, id = DECISIONS[step.command], self.ids[step.object]
        body = decision.body.model_validate(self._resolved(step.body))
        self.installation.app.decide(
            lambda deciding: decision.take(deciding, id=id, body=body), caller=self._speaker(step)[1]
        )

    def _speaker(self, step: Step) -> tuple[str, Caller]:
        return self._voice(step.voice, step.person)

    def _voice(self, organization: str | None = None, person: UUID | None = None) -> tuple[str, Caller]:
        voice = organization, person
        if voice not in self._voices:
            database, id = self.installation.database, self.ids[organization] if organization else None
            secret = tokens.create(database, "secretariat", id, person)
            with database.reading() as connection:
                caller = tokens.caller(connection, secret)
            if caller is None:
                msg = "a token that was just made is known"
                raise LookupError(msg)
            self._voices[voice] = secret, caller
        return self._voices[voice]

    def _resolved(self, value: Any) -> Any:
        match value:
            case Ref() | InventoryOf() | PositionOf() | Document():
                return self._meant(value)
            case Mapping():
                return {name: self._resolved(part) for name, part in value.items()}
            case list() | tuple():
                return [self._resolved(part) for part in value]
        return value

    def _meant(self, name: Ref | InventoryOf | PositionOf | Document) -> Any:
        match name:
            case Ref():
                return str(self.ids[name])
            case InventoryOf():
                return self._inventory(name)
            case PositionOf():
                return self.positions[name]
            case Document():
                return self._stored(name)

    def _inventory(self, code: str) -> list[dict[str, str]]:
        """Return each object once, in whatever capacities the institution stands in it."""
        listed = self.asker.get(f"/transitions/{code}/inventory?limit=200")["items"]
        return list({one["id"]: {"kind": one["kind"], "id": one["id"]} for one in listed}.values())

    def _stored(self, text: str) -> str:
        """Store a text as a document, and return its digest."""
        name = digest(text)
        self.asker.put(f"/documents/{name}", text, token=self._voice()[0])
        return name


def digest(text: str) -> str:
    """Return the digest of a text as a document."""
    return hashlib.sha256(text.encode()).hexdigest()
