"""One POST route per command, derived from the aggregate. Routes written by hand live in the aggregate's own file."""

import re
from collections.abc import Callable, Iterable, Mapping
from inspect import cleandoc
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Header, Request
from fastapi.responses import Response

from api import access
from api.bodies import CommandRoute
from api.reading import POSITION, Find, ObjectName, named
from domain.errors import DomainError, Invalid, ObjectNotFound, slug
from domain.values import model_of
from projections.moment import Moment
from roundtable.commands import Command, Kind, commands_of
from roundtable.idempotency import Key, Receipt
from roundtable.installation import Installation
from roundtable.tokens import Caller

TAG = re.compile(r'(?:W/)?"(\d{1,15})(?:-[0-9a-f]+)?"|(?:W/)?"[^"]*"|(\d{1,15})')
"""An entity tag: the version, with the digest that reads add; the tag of something else; or the bare version."""
IfMatch = Annotated[str | None, Header(max_length=500, description='The version expected, as in ETag: `"3"`.')]
IdempotencyKey = Annotated[
    str | None,
    Header(min_length=1, max_length=200, pattern=r"^[\x21-\x7E]+$", description="The same key gets the same answer."),
]


class IfMatchInvalid(Invalid):
    """The header holds no version."""

    en = 'If-Match {given} holds no version. Send the ETag of the object, such as "3".'
    es = 'If-Match {given} no contiene una versión. Envíe el ETag del objeto, como "3".'


class NothingToMatch(DomainError):
    """What does not exist yet has no version to match."""

    en = "{field} {given} matches nothing: this command begins an object. Leave it out."
    es = "{field} {given} no coincide con nada: esta orden inicia un objeto. Omítalo."


def add_commands(router: APIRouter, aggregate: Kind, find: Find) -> None:
    """Add the routes of all commands of an aggregate; `find` looks an object up by its code."""
    for command in commands_of(aggregate).values():
        summary, description = _reference(command)
        route = CommandRoute(
            router.prefix + ("" if command.creates else f"/{{id}}/{command.slug}"),
            _creating(command) if command.creates else _changing(command, find),
            methods=["POST"],
            status_code=201 if command.creates else 200,
            response_model=model_of(Receipt),
            operation_id=f"{aggregate.TOPIC}.{command.slug}",
            summary=summary,
            description=description,
            tags=[aggregate.__name__],
        )
        router.routes.append(route)


def _creating(command: Command) -> Callable[..., Response]:
    body_type: Any = command.body

    def create(
        request: Request, caller: access.MayRecord, body: body_type, idempotency_key: IdempotencyKey = None
    ) -> Response:
        def begins() -> dict[str, Any]:
            if (given := request.headers.get("if-match")) is not None:
                raise NothingToMatch(field="If-Match", given=given[:80])
            return {}

        receipt = _execute(request, caller, command, (body, idempotency_key), begins)
        return _receipt(receipt, 201, Location=f"{request.url.path}/{receipt.id}")

    return create


def _changing(command: Command, find: Find) -> Callable[..., Response]:
    body_type: Any = command.body

    def change(
        request: Request,
        caller: access.MayRecord,
        id: ObjectName,
        *,
        body: body_type,
        if_match: IfMatch = None,
        idempotency_key: IdempotencyKey = None,
    ) -> Response:
        def changes() -> dict[str, Any]:
            given = request.headers.getlist("if-match") if if_match is not None else []
            return {"id": identify(request, command.aggregate, id, find), "expected": expected_versions(given)}

        return _receipt(_execute(request, caller, command, (body, idempotency_key), changes), 200)

    return change


def _execute(
    request: Request,
    caller: Caller,
    command: Command,
    sent: tuple[Any, str | None],
    about: Callable[[], Mapping[str, Any]],
) -> Receipt:
    """Answer a stored key before anything else; then ask which object the command is `about`, and carry it out."""
    app = request.app.state.installation.app
    body, key = sent
    scope = Key(caller.token, request.url.path, key, caller.seal) if key else None
    if scope and (before := app.answered(scope, body)):
        answered: Receipt = before
        return answered
    receipt: Receipt = app.execute(command, body, caller=caller, key=scope, **about())
    return receipt


def _receipt(receipt: Receipt, status: int, **headers: str) -> Response:
    headers |= {"ETag": f'"{receipt.version}"', POSITION: str(receipt.position)}
    headers["Link"] = f'</v1/log/receipts/{receipt.position}>; rel="proof"'
    return Response(msgspec.json.encode(receipt), status, headers, "application/json")


def identify(request: Request, aggregate: Kind, name: str, find: Find) -> UUID:
    """Return the id of an object named by id or code.

    :raises ObjectNotFound: no object has the code now.
    """
    known = named(name)
    if isinstance(known, UUID):
        return known
    installation: Installation = request.app.state.installation
    now = Moment(0, installation.settings.today(), all_known=True, today=True)
    with installation.database.reading() as connection:
        row = find(connection, known, now)
    if row is None:
        raise ObjectNotFound(kind=aggregate.TOPIC, id=name[:80])
    return UUID(row.id)


def expected_versions(if_match: Iterable[str]) -> frozenset[int] | None:
    """Return the versions that If-Match headers allow; nothing where they allow any (RFC 9110 §13.1.1).

    :raises IfMatchInvalid: a header holds no entity tags.
    """
    given = ",".join(if_match).strip()
    if given in {"", "*"}:
        return None
    found = [TAG.fullmatch(tag) for tag in re.split(r'\s*,\s*(?=W/"|"|\d|$)', given)]
    if not all(found):
        raise IfMatchInvalid(field="If-Match", given=given[:80])
    return frozenset(int(match[1] or match[2]) for match in found if match and (match[1] or match[2]))


def refusals(command: Command) -> dict[str, str]:
    """Return the problems that a command's docstring says it may be refused with, each with when."""
    return {slug(name): when for name, when in re.findall(r":raises (\w+): (.*)", command.doc)}


def _reference(command: Command) -> tuple[str, str]:
    """Return the summary and the description of a command from its docstring, refusals as a list."""
    summary, _, rest = cleandoc(command.doc).partition("\n\n")
    text = re.sub(r"(?m)^:raises .*$", "", rest).strip()
    listed = "\n".join(f"- `{name}`: {when}" for name, when in refusals(command).items())
    return summary.replace("\n", " "), "\n\n".join(part for part in (text, listed and f"Refused:\n\n{listed}") if part)
