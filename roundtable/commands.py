"""Read an aggregate's `@command` methods into data the API, the command line and the client can use."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, create_model

from domain.aggregate import Aggregate, CommandSpec
from domain.calendar import PartialDate
from domain.events import Context, Event
from domain.facts import Facts
from domain.references import references
from domain.texts import Erasable, OrganizationId, Reason, Slug
from domain.types import Source

Kind = type[Aggregate[Any]]
DECLARED: dict[str, tuple[Any, str]] = {
    "occurred_on": (PartialDate, "The day it happened, or its month or year (`2018-07-25`, `2018-07`, `2018`)."),
    "on_behalf_of": (OrganizationId, "The organization spoken for, where it is not the token's own."),
    "reason": (Reason, "Why."),
    "source": (Source, "Where it is written down."),
    "illustrative": (
        Annotated[tuple[Slug, ...], Field(max_length=40)],
        "Names of fields whose values are invented for demonstration.",
    ),
}
"""What every command declares besides its own fields, with its type and meaning."""


class Ask(NamedTuple):
    """What a query of facts may look at: the object, the fields of the command, the ids they name, the context.

    `again` says that a correction has the command decided anew: whoever stated the fact is not writing now.
    """

    kind: str
    id: UUID | None
    fields: Mapping[str, Any]
    named: Callable[[str], Mapping[UUID, str]]
    context: Context
    again: bool = False


@dataclass(frozen=True)
class Command:
    """One command: `body` is what a caller sends, `facts` what the server looks up, `personal` what is about people."""

    aggregate: Kind
    name: str
    spec: CommandSpec
    body: type[BaseModel]
    hints: Mapping[str, Any]
    facts: Mapping[str, type[Facts]]
    personal: tuple[str, ...]
    creates: bool
    doc: str

    @property
    def slug(self) -> str:
        """The name in paths and on the command line."""
        return self.name.replace("_", "-")

    @property
    def refusals(self) -> tuple[str, ...]:
        """The names of the errors that the docstring says it raises."""
        return tuple(re.findall(r":raises (\w+):", self.doc))

    def fields(self, body: BaseModel) -> dict[str, Any]:
        """Return what the method takes of a request."""
        return {name: getattr(body, name) for name in self.hints}

    def named(self, body: BaseModel, kind: str) -> Mapping[UUID, str]:
        """Return the ids of a kind of object that a request names, each with the first field that does."""
        found: dict[UUID, str] = {}
        for name, hint in self.hints.items():
            for id, field in references(hint, getattr(body, name), kind, name):
                found.setdefault(id, field)
        return found


@cache
def commands_of(aggregate: Kind) -> Mapping[str, Command]:
    """Return the commands of an aggregate by name: its own first, then those every aggregate has."""
    found: dict[str, Command] = {}
    for cls in aggregate.__mro__:
        for name, attribute in vars(cls).items():
            function = getattr(attribute, "__func__", attribute)
            if isinstance(spec := getattr(function, "__command__", None), CommandSpec):
                found.setdefault(
                    name, _read(aggregate, name, function, spec, creates=isinstance(attribute, classmethod))
                )
    return found


def creation(aggregate: Kind) -> Command:
    """Return the command that begins an object."""
    return next(c for c in commands_of(aggregate).values() if c.creates)


def command_that_records(aggregate: Kind, event: type[Event]) -> Command:
    """Return the command that records a kind of event."""
    return next(c for c in commands_of(aggregate).values() if c.spec.records is event)


def _read(aggregate: Kind, name: str, method: Any, spec: CommandSpec, *, creates: bool) -> Command:
    hints = get_type_hints(method, include_extras=True)
    own: dict[str, Any] = {}
    facts: dict[str, type[Facts]] = {}
    fields: dict[str, Any] = {}
    for parameter in inspect.signature(method).parameters.values():
        hint = hints.get(parameter.name)
        if parameter.kind is not parameter.KEYWORD_ONLY or hint is Context:
            continue
        if isinstance(hint, type) and issubclass(hint, Facts):
            facts[parameter.name] = hint
        else:
            own[parameter.name] = hint
            fields[parameter.name] = (hint, ... if parameter.default is parameter.empty else parameter.default)
    fields |= dict(_declared(spec))
    title = aggregate.__name__ + "".join(word.capitalize() for word in name.split("_"))
    body = create_model(title, __config__=ConfigDict(extra="forbid", frozen=True), **fields)
    personal = tuple(name for name, hint in own.items() if _is_personal(hint))
    return Command(aggregate, name, spec, body, own, facts, personal, creates, inspect.getdoc(method) or "")


def _declared(spec: CommandSpec) -> Iterator[tuple[str, Any]]:
    for name, (hint, meaning) in DECLARED.items():
        if name == "occurred_on":
            if spec.dated:
                yield name, (hint, Field(description=meaning))
        elif name in spec.needs:
            yield name, (hint, Field(description=meaning))
        else:
            empty = () if name == "illustrative" else None
            yield name, (hint if name == "illustrative" else hint | None, Field(default=empty, description=meaning))


def _is_personal(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        return any(isinstance(mark, Erasable) for mark in marks) or _is_personal(inner)
    return any(_is_personal(option) for option in get_args(hint))
