"""Who held which role on which day: /v1/roles."""

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from itertools import islice
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.cursors import Cursor, CursorInvalid, write_cursor
from api.exports import CSV_PAGE, FormatParameter, as_csv, asked_for, resume
from api.reading import Paging, Reader, answer, reader
from domain.values import Value, model_of
from projections import roles
from projections.roles import SCOPES, Knowing, Mark, Role, RoleView, Scope, Wanted
from roundtable.installation import Installation
from roundtable.store import log
from roundtable.tokens import Caller


class RolePage(Value, frozen=True, kw_only=True):
    """A page of roles."""

    items: tuple[RoleView, ...]
    next: str | None


class RoleList(Paging):
    """Whose roles, on the day `valid_at` (today if not said).

    Roles en el día `valid_at`: gestiones en funciones, asientos y presidencias de mesas, credenciales del sistema.
    """

    organization: Annotated[UUID | None, Field(description="Held for this institution. · De esta institución.")] = None
    roundtable: Annotated[UUID | None, Field(description="Held at this roundtable. · En esta mesa.")] = None
    person: Annotated[UUID | None, Field(description="Held by this person. · De esta persona.")] = None
    actor: Annotated[UUID | None, Field(description="Held by this actor of the log. · De este actor.")] = None
    scope: Annotated[
        tuple[Scope, ...], Field(max_length=3, description="Of these kinds only. · Solo de estos tipos.")
    ] = ()
    role: Annotated[tuple[Role, ...], Field(max_length=10, description="Any of these. · Cualquiera de estos.")] = ()
    format: FormatParameter = "json"


router = APIRouter(prefix="/v1/roles", tags=["Role"])


@router.get("", response_model=model_of(RolePage), operation_id="role.list")
def index(request: Request, who: MayRead, asked: Annotated[RoleList, Query()]) -> Response:
    """List who held which role on a day: in office, in a seat and speaking for it, in the chair, with a token.

    Tokens of the software are not facts of the log; they are listed to callers with a token.

    Quién tenía qué rol en un día: gestión en funciones, asiento (titular, alterno), presidencia y secretaría técnica
    de mesas, credencial. Las credenciales se muestran a quien presenta una.
    """
    digest = asked_for("roles", asked)
    paging, cursor = resume(asked, digest, str, request)
    with reader(request, who, paging) as read:
        if asked.format == "csv":
            return as_csv("roles", RoleView, read.moment.position, _whole(request, who, asked, read))
        found = list(islice(_held(request, read, asked, _mark(cursor)), asked.limit + 1))
        more = _written(digest, read, found[asked.limit - 1][0]) if len(found) > asked.limit else None
        items = tuple(read.naming(role for _, role in found[: asked.limit]))
    return answer(request, RolePage(items=items, next=more), read.moment.position)


def _held(request: Request, read: Reader, asked: RoleList, after: Mark) -> Iterator[tuple[Mark, RoleView]]:
    shown: tuple[Scope, ...] = SCOPES if read.sees_people else ("administration", "roundtable")
    scope = tuple(name for name in shown if not asked.scope or name in asked.scope)
    wanted = Wanted(asked.organization, asked.roundtable, asked.person, asked.actor, scope, asked.role)
    installation: Installation = request.app.state.installation
    knowing = _knowing(read, asked, ZoneInfo(installation.settings.timezone))
    return roles.page(read.connection, read.moment, wanted, knowing, after)


def _knowing(read: Reader, asked: RoleList, zone: tzinfo) -> Knowing:
    """Return until when tokens were known: an instant asked about, or that of the position."""
    if asked.as_of or read.moment.all_known:
        return Knowing(asked.as_of, zone)
    last = log.after(read.connection, read.moment.position - 1, 1) if read.moment.position else []
    return Knowing(datetime.fromisoformat(last[0].recorded_at) if last else datetime.min.replace(tzinfo=UTC), zone)


def _mark(cursor: Cursor | None) -> Mark:
    if cursor is None:
        return Mark()
    scope, _, done = str(cursor.key).partition(" ")
    if not (scope.isdecimal() and done.isdecimal()):
        raise CursorInvalid(field="cursor")
    return Mark(int(scope), cursor.born, int(done))


def _written(digest: str, read: Reader, mark: Mark) -> str:
    return write_cursor(digest, read.moment, f"{mark.scope} {mark.done}", mark.born)


def _whole(request: Request, who: Caller | None, asked: RoleList, first: Reader) -> Iterator[list[RoleView]]:
    at = first.moment
    moment = {"at_position": at.position, "as_of": None, "valid_at": None if at.today else at.day}
    after: Mark | None = Mark()
    while after is not None:
        with reader(request, who, asked.model_copy(update=moment)) as read:
            found = list(islice(_held(request, read, asked, after), CSV_PAGE))
            shown = read.naming(role for _, role in found)
        yield shown
        after = found[-1][0] if len(found) == CSV_PAGE else None
