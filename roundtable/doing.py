"""`roundtable do`: the commands of the aggregates as verbs on the command line."""

import json
from collections.abc import Iterator, Sequence
from inspect import cleandoc
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import ValidationError

from domain.aggregate import KINDS
from projections.moment import Moment
from roundtable import tokens
from roundtable.commands import Command, Kind, commands_of
from roundtable.idempotency import Key, Receipt
from roundtable.installation import Installation
from roundtable.tokens import Caller


class CannotDo(Exception):
    """What was typed cannot be carried out; the message says why and what to type instead."""


def described(aggregate: str, command: str | None) -> Iterator[str]:
    """Yield the commands of an aggregate, or the fields of one command.

    :raises CannotDo: there is no such aggregate or command.
    """
    if command:
        chosen = _command(aggregate, command)
        yield from cleandoc(chosen.doc).splitlines()
        yield ""
        for name, field in chosen.body.model_fields.items():
            need = "required" if field.is_required() else f"default {field.default!r}"
            yield f"  {name:<16} {need}"
        return
    kind = _kind(aggregate)
    width = max(len(c.slug) for c in commands_of(kind).values())
    for each in commands_of(kind).values():
        yield f"{each.slug:<{width}}  {cleandoc(each.doc).splitlines()[0]}"


def do(
    installation: Installation,
    aggregate: str,
    command: str,
    rest: Sequence[str],
    *,
    secret: str,
    expected: int | None,
    key: str | None,
) -> Receipt:
    """Carry out a command as it was typed.

    :raises CannotDo: it was typed wrong, or the token does not allow it.
    :raises DomainError: a rule refused it.
    """
    chosen = _command(aggregate, command)
    caller = recorder(installation, secret)
    words = list(rest)
    id = None if chosen.creates else _identified(installation, chosen.aggregate, words.pop(0) if words else "")
    body = _body(chosen, words)
    path = f"do/{aggregate}/{id or ''}/{chosen.slug}"
    return installation.app.execute(
        chosen,
        body,
        caller=caller,
        id=id,
        expected=None if expected is None else {expected},
        key=Key(caller.token, path, key, caller.seal) if key else None,
    )


def recorder(installation: Installation, secret: str) -> Caller:
    """Return who a token belongs to, where they may record.

    :raises CannotDo: they may not, or nobody knows the token.
    """
    with installation.database.reading() as connection:
        caller = tokens.caller(connection, secret)
    if caller is None or caller.role != "secretariat":
        msg = "Recording needs a token of role secretariat: --token or ROUNDTABLE_TOKEN."
        raise CannotDo(msg)
    return caller


def _kind(name: str) -> Kind:
    if name not in KINDS:
        msg = f"There is no aggregate {name}; there are {', '.join(sorted(KINDS))}."
        raise CannotDo(msg)
    return KINDS[name]


def _command(aggregate: str, name: str) -> Command:
    kind = _kind(aggregate)
    for command in commands_of(kind).values():
        if command.slug == name:
            return command
    msg = f"{aggregate} has no command {name}; `roundtable do {aggregate}` lists them."
    raise CannotDo(msg)


def _identified(installation: Installation, kind: Kind, name: str) -> UUID:
    if not name or "=" in name:
        msg = f"Name the {kind.TOPIC} by id or code before the fields."
        raise CannotDo(msg)
    try:
        return UUID(name)
    except ValueError:
        now = Moment(0, installation.settings.today(), all_known=True, today=True)
    table = installation.projector.projections[kind.TOPIC].rows.table.c
    query = sa.select(table.id).where(table.code == name, now.selects(table))
    with installation.database.reading() as connection:
        found = connection.scalar(query)
    if found is None:
        msg = f"There is no {kind.TOPIC} with the code {name}."
        raise CannotDo(msg)
    return UUID(found)


def _body(command: Command, words: Sequence[str]) -> Any:
    fields: dict[str, Any] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals:
            msg = f"Write fields as name=value, not {word!r}."
            raise CannotDo(msg)
        fields[name.replace("-", "_")] = _value(command, name.replace("-", "_"), text)
    try:
        return command.body.model_validate(fields)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False)]
        msg = "\n".join([*lines, f"`roundtable do {command.aggregate.TOPIC} {command.slug}` lists the fields."])
        raise CannotDo(msg) from error


def _value(command: Command, name: str, text: str) -> Any:
    """Read a value: JSON where it is a list, an object or what the field needs, else the text itself."""
    if text[:1] in "[{" or text in {"true", "false", "null"}:
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            msg = f"{name}: {error}"
            raise CannotDo(msg) from error
    field = command.body.model_fields.get(name)
    return int(text) if field is not None and field.annotation is int and text.isdigit() else text
