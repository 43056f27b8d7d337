"""Who may do what. The full access model will stand here: one place, asked by every route."""

from time import monotonic
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from domain.errors import DomainError, Forbidden
from roundtable import tokens
from roundtable.installation import Installation
from roundtable.tokens import Caller

KNOWN_SECONDS = 2.0
"""For how long a token that was just looked up is not looked up again; a revoked one works no longer than that."""
MOST_KNOWN = 10_000


class NotAuthenticated(DomainError):
    """The request does not say who calls, or the token is unknown."""

    en = "This needs a valid token: send Authorization: Bearer <token>. `roundtable token create` makes one."
    es = "Se requiere un token válido: envíe Authorization: Bearer <token>. Se crea con `roundtable token create`."


class MayNotRecord(Forbidden):
    """The role of the token does not record facts."""

    en = "Role {role} reads; only role secretariat records. Use a token of that role."
    es = "El rol {role} solo lee; registra el rol secretariat. Use un token de ese rol."


async def caller(request: Request) -> Caller | None:
    """Return who calls; nobody where the request carries no token.

    :raises NotAuthenticated: the token is unknown or revoked, or the header has another form.
    """
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret.isascii():
        raise NotAuthenticated
    installation: Installation = request.app.state.installation
    known: dict[str, tuple[float, Caller]] = request.app.state.__dict__.setdefault("callers", {})
    until, who = known.get(secret, (0.0, None))
    if who is None or until < monotonic():
        who = await run_in_threadpool(_look_up, installation, secret.strip())
        if len(known) > MOST_KNOWN:
            known.clear()
        known[secret] = (monotonic() + KNOWN_SECONDS, who)
    return who


def _look_up(installation: Installation, secret: str) -> Caller:
    with installation.database.reading() as connection:
        found = tokens.caller(connection, secret)
    if found is None:
        raise NotAuthenticated
    return found


async def recorder(request: Request) -> Caller:
    """Return who calls, where they may record facts.

    :raises NotAuthenticated: nobody says who calls.
    :raises MayNotRecord: the role only reads.
    """
    who = await caller(request)
    if who is None:
        raise NotAuthenticated
    if who.role != "secretariat":
        raise MayNotRecord(role=who.role)
    return who


MayRecord = Annotated[Caller, Depends(recorder)]
"""The caller of a route that records; asked before the body is looked at."""
MayRead = Annotated[Caller | None, Depends(caller)]
"""The caller of a route that reads, or nobody."""


def sees_people(who: Caller | None) -> bool:
    """Tell whether texts about people are shown: to everybody with a token, for now."""
    return who is not None
