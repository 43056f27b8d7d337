"""One POST route per command, derived from the aggregate. Routes written by hand live in the aggregate's own file."""

import re
from collections.abc import Callable
from inspect import cleandoc
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Header, Request
from fastapi.responses import Response

from api import access
from api.reading import POSITION, Find, ObjectName, named
from domain.errors import Invalid, ObjectNotFound
from domain.values import model_of
from projections.moment import Moment
from roundtable.commands import Command, Kind, commands_of
from roundtable.idempotency import Key, Receipt
from roundtable.installation import Installation
from roundtable.tokens import Caller

IfMatch = Annotated[str | None, Header(max_length=500, description='The version expected, as in ETag: `"3"`.')]
IdempotencyKey = Annotated[
    str | None,
    Header(min_length=1, max_length=200, pattern=r"^[\x21-\x7E]+$", description="The same key gets the same answer."),
]


class IfMatchInvalid(Invalid):
    """The header holds no version."""

    en = 'If-Match {given} holds no version. Send the ETag of the object, such as "3".'
    es = 'If-Match {given} no contiene una versión. Envíe el ETag del objeto, como "3".'


def command_router(aggregate: Kind, prefix: str, find: Find) -> APIRouter:
    """Return the routes of all commands of an aggregate; `find` looks an object up by its code."""
    router = APIRouter(prefix=prefix, tags=[aggregate.__name__])
    for command in commands_of(aggregate).values():
        summary, description = _reference(command)
        router.add_api_route(
            "" if command.creates else f"/{{id}}/{command.slug}",
            _creating(command) if command.creates else _changing(command, find),
            methods=["POST"],
            status_code=201 if command.creates else 200,
            response_model=model_of(Receipt),
            operation_id=f"{aggregate.TOPIC}.{command.slug}",
            summary=summary,
            description=description,
        )
    return router


def _creating(command: Command) -> Callable[..., Response]:
    body_type: Any = command.body

    def create(
        request: Request,
        caller: access.MayRecord,
        body: body_type,
        if_match: IfMatch = None,
        idempotency_key: IdempotencyKey = None,
    ) -> Response:
        receipt = _execute(request, caller, command, body, if_match, idempotency_key, id=None)
        return _receipt(receipt, 201, Location=f"{request.url.path.rstrip('/')}/{receipt.id}")

    return create


def _changing(command: Command, find: Find) -> Callable[..., Response]:
    body_type: Any = command.body

    def change(
        request: Request,
        caller: access.MayRecord,
        id: ObjectName,
        body: body_type,
        if_match: IfMatch = None,
        idempotency_key: IdempotencyKey = None,
    ) -> Response:
        def identified() -> UUID:
            return identify(request, command.aggregate, id, find)

        receipt = _execute(request, caller, command, body, if_match, idempotency_key, id=identified)
        return _receipt(receipt, 200)

    return change


def _execute(
    request: Request,
    caller: Caller,
    command: Command,
    body: Any,
    if_match: str | None,
    key: str | None,
    *,
    id: Callable[[], UUID] | None,
) -> Receipt:
    installation: Installation = request.app.state.installation
    scope = Key(caller.token, request.url.path, key) if key else None
    if scope and (before := installation.app.answered(scope, body)):
        return before
    return installation.app.execute(
        command, body, caller=caller, id=id() if id else None, expected=expected_versions(if_match), key=scope
    )


def _receipt(receipt: Receipt, status: int, **headers: str) -> Response:
    headers |= {"ETag": f'"{receipt.version}"', POSITION: str(receipt.position)}
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


def expected_versions(if_match: str | None) -> frozenset[int] | None:
    """Return the versions that an If-Match header allows; nothing where it allows any (RFC 9110 §13.1.1).

    :raises IfMatchInvalid: the header holds no entity tags.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    tags = [tag.strip() for tag in if_match.split(",")]
    found = [re.fullmatch(r'(?:W/)?"?(\d{1,15})"?', tag) for tag in tags]
    if not all(found):
        if all(re.fullmatch(r'(?:W/)?"[^"]*"', tag) for tag in tags):
            return frozenset(int(match[1]) for match in found if match)
        raise IfMatchInvalid(field="If-Match", given=if_match[:80])
    return frozenset(int(match[1]) for match in found if match)


def _reference(command: Command) -> tuple[str, str]:
    """Return the summary and the description of a command from its docstring, refusals as a list."""
    summary, _, rest = cleandoc(command.doc).partition("\n\n")
    refusals = re.findall(r":raises (\w+): (.*)", rest)
    text = re.sub(r"(?m)^:raises .*$", "", rest).strip()
    listed = "\n".join(f"- `{name}`: {when}" for name, when in refusals)
    return summary.replace("\n", " "), "\n\n".join(part for part in (text, listed and f"Refused:\n\n{listed}") if part)
