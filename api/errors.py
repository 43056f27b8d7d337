"""From errors to problems: one table of statuses, one handler per family."""

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match
from starlette.status import HTTP_405_METHOD_NOT_ALLOWED, HTTP_413_CONTENT_TOO_LARGE, HTTP_503_SERVICE_UNAVAILABLE

from api.access import NotAuthenticated
from api.bodies import Malformed, MediaTypeUnsupported
from api.commands import NothingToMatch
from api.documents import MediaTypeMismatch
from api.problems import language, plain, respond
from api.spanish import TITLES
from domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, slug
from projections.moment import ReadModelBehind
from roundtable.attempt import VersionMismatch
from roundtable.log.cosigning import PolicyUnreadable
from roundtable.log.errors import KeyMissing, LogInconsistent
from roundtable.log.remote import SignerUnreachable
from roundtable.store.entries import EventTooLarge
from roundtable.store.recorder import ClockBehind
from roundtable.validation import invalid

STATUS: dict[type[DomainError], int] = {
    Malformed: 400,
    NotAuthenticated: 401,
    MediaTypeUnsupported: 415,
    MediaTypeMismatch: 415,
    VersionMismatch: 412,
    NothingToMatch: 412,
    ReadModelBehind: 503,
    LogInconsistent: 503,
    KeyMissing: 503,
    ClockBehind: 503,
    PolicyUnreadable: 503,
    SignerUnreachable: 503,
    NotFound: 404,
    Conflict: 409,
    Forbidden: 403,
    Invalid: 422,
}
General = tuple[str, str, str, str]
"""A problem that no error class stands for: name, title, and what is said in English and Spanish."""
GENERAL: dict[int, General] = {
    400: (
        "malformed-request",
        "The request cannot be read.",
        "{request} cannot be read.",
        "{request} no se puede leer.",
    ),
    404: (
        "not-found",
        "There is nothing here.",
        "{request}: there is nothing here. See /docs.",
        "{request}: aquí no hay nada. Vea /docs.",
    ),
    405: (
        "method-not-allowed",
        "This cannot be done here.",
        "{request}: this cannot be done here; {allowed} can. See /docs.",
        "{request}: esto no se puede hacer aquí; sí {allowed}. Vea /docs.",
    ),
    413: (
        "too-large",
        "The request is too large.",
        "A request to this address may have {most} bytes.",
        "Una solicitud a esta dirección puede tener {most} bytes.",
    ),
    422: (
        "invalid-request",
        "The request does not fit.",
        "Nothing was recorded. {problems}.",
        "No se registró nada. {problems}.",
    ),
    500: (
        "internal-error",
        "Something went wrong on our side.",
        "It is in our log. Send the request again: with the same Idempotency-Key nothing is recorded twice.",
        "Consta en nuestra bitácora. Repita la solicitud: con la misma Idempotency-Key nada se registra dos veces.",
    ),
}
TOO_LARGE: General = (
    "event-too-large",
    "The fact is too large.",
    "The fact has {size} bytes; one may have {most}. Put long texts into a document and cite it.",
    "El hecho tiene {size} bytes; puede tener {most}. Ponga textos largos en un documento y cítelo.",
)
LONGEST_DETAIL = 2000
log = structlog.get_logger()


def status_of(kind: type[DomainError]) -> int:
    """Return the HTTP status of a kind of refusal."""
    return next((STATUS[c] for c in kind.__mro__ if c in STATUS), 400)


def title_of(kind: type[DomainError]) -> str:
    """Return the first sentence of an error's docstring."""
    return (kind.__doc__ or kind.__name__).strip().splitlines()[0]


def too_large(request: Request, most: int) -> Response:
    """Answer a request whose body is over the limit."""
    return _general(request, 413, GENERAL[413], {"most": most}, values={"most": most})


def _general(request: Request, status: int, of: General, told: dict[str, Any], **more: Any) -> Response:
    name, title, en, es = of
    spanish = language(request) == "es"
    said = (TITLES.get(name, title), es) if spanish else (title, en)
    return respond(request, status, name, (said[0], said[1].format_map(told)), **more)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)  # noqa: S101 - FastAPI calls by type
    kind, values = type(error), dict(error.values)
    name, spoken = slug(kind.__name__), language(request)
    errors, detail = values.pop("errors", None), error.message(spoken)
    if errors is None and (field := values.get("field")):
        errors = [{"field": str(field), "message": detail, "type": name}]
    title = title_of(kind)
    said = (TITLES.get(name, title) if spoken == "es" else title, detail)
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, NotAuthenticated) else {}
    headers |= {"Retry-After": "30"} if status_of(kind) == HTTP_503_SERVICE_UNAVAILABLE else {}
    return respond(request, status_of(kind), name, said, values=values, errors=errors, headers=headers)


def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - FastAPI calls by type
    errors = [_field_problem(e, spanish=language(request) == "es") for e in error.errors()]
    problems = "; ".join(f"{e['field']}: {e['message']}" for e in errors)[:LONGEST_DETAIL]
    return _general(request, 422, GENERAL[422], {"problems": problems}, errors=errors)


def _field_problem(error: Any, *, spanish: bool) -> dict[str, Any]:
    place, *path = error["loc"]
    message = error["msg"].removeprefix("Value error, ")
    return {
        "field": ".".join(str(part) for part in path)[:200] or str(place),
        "in": str(place),
        "message": invalid(error["type"], message, error.get("ctx", {})) if spanish else message,
        "type": error["type"],
        "value": None if error["type"] == "missing" else plain(error.get("input")),
    }


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette calls by type
    status = error.status_code if error.status_code in GENERAL else 400
    told: dict[str, Any] = {"request": f"{request.method} {request.url.path[:200]}"}
    if status == HTTP_413_CONTENT_TOO_LARGE:
        return too_large(request, int(error.detail))
    if status == HTTP_405_METHOD_NOT_ALLOWED:
        told["allowed"] = _allowed(request)
        return _general(request, status, GENERAL[status], told, headers={"Allow": told["allowed"]})
    return _general(request, status, GENERAL[status], told)


def _allowed(request: Request) -> str:
    """Return all methods of an address; the router names only those of the first route that it finds."""
    found = {"HEAD"}
    for route in request.app.routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            found |= getattr(route, "methods", None) or set()
    return ", ".join(sorted(found if "GET" in found else found - {"HEAD"}))


def _too_large(request: Request, error: Exception) -> Response:
    assert isinstance(error, EventTooLarge)  # noqa: S101 - FastAPI calls by type
    values = {"size": error.size, "most": error.MOST}
    return _general(request, 413, TOO_LARGE, values, values=values)


def _gone(request: Request, error: Exception) -> Response:
    assert isinstance(error, ClientDisconnect)  # noqa: S101 - Starlette calls by type
    return _general(request, 400, GENERAL[400], {"request": f"{request.method} {request.url.path[:200]}"})


def _failed(request: Request, error: Exception) -> Response:
    log.error("request failed", method=request.method, path=request.url.path, error=type(error).__name__)
    return _general(request, 500, GENERAL[500], {})


def install(app: FastAPI) -> None:
    """Answer every error with a problem."""
    app.add_exception_handler(DomainError, _refused)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(EventTooLarge, _too_large)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _failed)
