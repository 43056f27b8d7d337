"""Deciding a recorded command again with corrected fields."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from pydantic import BaseModel, ValidationError

from domain.calendar import resolve, shorten
from domain.errors import Invalid
from domain.events import Context, Event
from roundtable.commands import DECLARED, Command


class ChangesInvalid(Invalid):
    """The corrected fields are none that the command could have been sent with."""

    en = "The fields in {field} do not fit the command {command}: {problems}."
    es = "Los campos en {field} no corresponden a la orden {command}: {problems}."


def corrected_body(command: Command, event: Event, changes: Mapping[str, Any]) -> BaseModel:
    """Return the request that recorded an event, with other values for some fields.

    :raises ChangesInvalid: the command could not have been sent so.
    """
    recorded = msgspec.to_builtins(event)
    context = event.context
    body = {name: recorded[name] for name in command.hints if name in recorded}
    body |= {name: recorded["context"][name] for name in DECLARED if name in recorded["context"]}
    body["occurred_on"] = shorten(context.occurred_on, context.precision)
    try:
        return command.body.model_validate(body | dict(changes))
    except ValidationError as error:
        errors = [
            {"field": ".".join(("changes", *map(str, e["loc"]))), "message": e["msg"], "type": e["type"]}
            for e in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        problems = "; ".join(f"{e['field']}: {e['message']}" for e in errors)
        raise ChangesInvalid(field="changes", command=command.slug, problems=problems, errors=errors) from error


def corrected_context(context: Context, body: BaseModel, changes: Mapping[str, Any], today: date) -> Context:
    """Return the context of a fact with the declarations that a correction changes; the rest the server had fixed."""
    said = {name: getattr(body, name) for name in DECLARED if name in changes and name != "occurred_on"}
    if "occurred_on" in changes:
        said["occurred_on"], said["precision"] = resolve(changes["occurred_on"], today)
    return msgspec.structs.replace(context, **said)
