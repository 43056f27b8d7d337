"""From errors to problems: one table of statuses, one handler per family."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.access import NotAuthenticated
from api.documents import DocumentTooLarge, MediaTypeMismatch, MediaTypeUnsupported
from api.problems import language, plain, respond, slug
from domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from roundtable.attempt import VersionMismatch
from roundtable.store.recorder import EventTooLarge

STATUS: dict[type[DomainError], int] = {
    NotAuthenticated: 401,
    DocumentTooLarge: 413,
    MediaTypeUnsupported: 415,
    MediaTypeMismatch: 415,
    VersionMismatch: 412,
    NotFound: 404,
    Conflict: 409,
    Forbidden: 403,
    Invalid: 422,
}
log = structlog.get_logger()
_HTTP = {
    400: ("malformed-request", "The request cannot be read", "La solicitud no se puede leer"),
    404: ("not-found", "There is nothing here", "Aquí no hay nada"),
    405: ("method-not-allowed", "This cannot be done here", "Esto no se puede hacer aquí"),
    413: ("too-large", "The request is too large", "La solicitud es demasiado grande"),
    422: ("invalid-request", "The request does not fit", "La solicitud no corresponde"),
}
_SAYS_ES = {
    "missing": "Falta este campo",
    "extra_forbidden": "Este campo no existe aquí",
    "string_too_long": "El texto es demasiado largo",
    "string_too_short": "El texto está vacío o es demasiado corto",
    "string_pattern_mismatch": "El texto no tiene la forma requerida",
    "string_type": "Debe ser un texto",
    "int_type": "Debe ser un número entero",
    "literal_error": "No es uno de los valores permitidos",
    "uuid_parsing": "No es un identificador UUID",
    "less_than_equal": "El número es demasiado grande",
    "greater_than_equal": "El número es demasiado pequeño",
    "too_short": "La lista es demasiado corta",
    "too_long": "La lista es demasiado larga",
}


def status_of(kind: type[DomainError]) -> int:
    """Return the HTTP status of a kind of refusal."""
    return next((STATUS[c] for c in kind.__mro__ if c in STATUS), 400)


def title_of(kind: type[DomainError]) -> str:
    """Return the first sentence of an error's docstring."""
    return (kind.__doc__ or kind.__name__).strip().splitlines()[0]


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)  # noqa: S101 - FastAPI calls by type
    kind, values = type(error), dict(error.values)
    errors = values.pop("errors", None)
    if errors is None and (field := values.get("field")):
        errors = [{"field": str(field), "message": error.message(language(request)), "type": slug(kind.__name__)}]
    name, title = slug(kind.__name__), title_of(kind)
    detail = error.message(language(request))
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, NotAuthenticated) else None
    return respond(request, status_of(kind), name, title, detail, values=values, errors=errors, headers=headers)


def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - FastAPI calls by type
    spanish = language(request) == "es"
    errors = [_field_problem(e, spanish=spanish) for e in error.errors()]
    if any(e["type"] == "json_invalid" for e in errors):
        name, en, es = _HTTP[400]
        return respond(request, 400, name, es if spanish else en, _named(errors, spanish=spanish), errors=errors)
    name, en, es = _HTTP[422]
    return respond(request, 422, name, es if spanish else en, _named(errors, spanish=spanish), errors=errors)


def _field_problem(error: Any, *, spanish: bool) -> dict[str, Any]:
    place, *path = error["loc"]
    field = ".".join(str(part) for part in path) or str(place)
    message = error["msg"].removeprefix("Value error, ")
    if spanish and (says := _SAYS_ES.get(error["type"])):
        message = f"{says} ({message})"
    return {
        "field": field,
        "in": str(place),
        "message": message,
        "type": error["type"],
        "value": plain(error.get("input")),
    }


def _named(errors: Iterable[dict[str, Any]], *, spanish: bool) -> str:
    said = "; ".join(f"{e['field']}: {e['message']}" for e in errors)
    return f"{'No se registró nada' if spanish else 'Nothing was recorded'}. {said}."


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette calls by type
    status = error.status_code
    phrase = HTTPStatus(status).phrase
    name, en, es = _HTTP.get(status, (slug(phrase.title().replace(" ", "")), phrase, phrase))
    spanish = language(request) == "es"
    detail = f"{request.method} {request.url.path}: {es if spanish else en}. "
    detail += "Vea /docs." if spanish else "See /docs."
    return respond(request, status, name, es if spanish else en, detail, headers=dict(error.headers or {}))


def _too_large(request: Request, error: Exception) -> Response:
    assert isinstance(error, EventTooLarge)  # noqa: S101 - FastAPI calls by type
    en = f"The fact has {error.size} bytes; one may have {error.MOST}. Put long texts into a document and cite it."
    es = f"El hecho tiene {error.size} bytes; puede tener {error.MOST}. Ponga textos largos en un documento y cítelo."
    values = {"size": error.size, "most": error.MOST}
    detail = es if language(request) == "es" else en
    return respond(request, 413, "event-too-large", "The fact is too large", detail, values=values)


def _failed(request: Request, error: Exception) -> Response:
    log.error("request failed", method=request.method, path=request.url.path, exc_info=error)
    en, es = "Something went wrong on our side; nothing was recorded.", "Ocurrió un error nuestro; no se registró nada."
    detail = es if language(request) == "es" else en
    return respond(request, 500, "internal-error", "Internal error", detail)


def install(app: FastAPI) -> None:
    """Answer every error with a problem."""
    app.add_exception_handler(DomainError, _refused)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(EventTooLarge, _too_large)
    app.add_exception_handler(Exception, _failed)
