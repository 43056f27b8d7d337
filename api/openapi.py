"""The OpenAPI document: every operation with the problems that it can answer with."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from api.catalogue import problems
from api.commands import refusals
from api.problems import MEDIA_TYPE, FieldProblem, Problem
from api.reading import LOG_ROOT, LOG_SIZE, POSITION
from domain.aggregate import KINDS
from roundtable.commands import commands_of

READS = (400, 401, 404, 405, 422, 500, 503)
WRITES = (400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 500, 503)
MEANING = {
    304: "The caller has it already (If-None-Match).",
    400: "The request cannot be read.",
    401: "The token is missing or unknown.",
    403: "This actor or institution may not do this.",
    404: "There is no such thing, or there was none at that moment.",
    405: "This cannot be done here.",
    409: "The state of the object, or of another one, does not allow this.",
    412: "The object is at another version than If-Match says.",
    413: "The request is too large.",
    415: "This media type is not taken here.",
    422: "What was sent cannot be a fact, or asks for what cannot be answered.",
    500: "Something went wrong on the server.",
    503: "The server cannot answer this now.",
}
REFERENCE = "#/components/schemas/"
HEADERS = {
    POSITION: {"description": "The log position that the answer follows from.", "schema": {"type": "string"}},
    LOG_SIZE: {"description": "The same as the size of the log.", "schema": {"type": "string"}},
    LOG_ROOT: {"description": "The root of the log of that size, where it is known.", "schema": {"type": "string"}},
}
PUBLIC = frozenset({"tlog.cosign"})
"""What changes something and yet needs no token: it proves itself."""


def describe(routes: Sequence[BaseRoute], *, title: str, version: str, description: str) -> dict[str, Any]:
    """Describe the operations of routes."""
    return _completed(get_openapi(title=title, version=version, description=description, routes=routes))


def _completed(schema: dict[str, Any]) -> dict[str, Any]:
    schemas = schema["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for model in (FieldProblem, Problem):
        described = model.model_json_schema(ref_template=REFERENCE + "{model}")
        described.pop("$defs", None)
        schemas[model.__name__] = described
    schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    refused = _refused()
    for method, operation in _operations(schema):
        responses, name = operation["responses"], operation["operationId"]
        responses.pop("422", None)
        open_ = method == "get" or name in PUBLIC
        operation["security"] = [{}, {"token": []}] if open_ else [{"token": []}]
        for status in READS if method == "get" else WRITES:
            responses.setdefault(str(status), _problem(status, refused.get(name, ())))
        if method == "get" and name.partition(".")[0] != "health":
            responses["304"] = {"description": MEANING[304]}
        if any(parameter["name"] == "format" for parameter in operation.get("parameters", ())):
            responses["200"]["content"]["text/csv"] = {"schema": {"type": "string"}}
        if name.partition(".")[0] not in {"health", "problem", "tlog"}:
            _give_position(method, responses)
    return schema


def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for item in schema["paths"].values():
        yield from item.items()


def _refused() -> dict[str, tuple[str, ...]]:
    """Return the problems that each command says it may be refused with."""
    return {
        f"{kind}.{command.slug}": tuple(refusals(command))
        for kind, aggregate in KINDS.items()
        for command in commands_of(aggregate).values()
    }


def _problem(status: int, names: Iterable[str]) -> dict[str, Any]:
    """Describe an answer with a problem, and name the types of which this operation has its own."""
    own = [f"`{name}`" for name in names if name in problems() and problems()[name].status == status]
    meaning = MEANING[status] + (f" Among others: {', '.join(own)}." if own else "")
    return {"description": meaning, "content": {MEDIA_TYPE: {"schema": {"$ref": f"{REFERENCE}Problem"}}}}


def _give_position(method: str, responses: dict[str, Any]) -> None:
    """Describe the header that every answer from the log carries."""
    for status, response in responses.items():
        if status.startswith("2"):
            response.setdefault("headers", {}).update(HEADERS if method == "get" else {POSITION: HEADERS[POSITION]})
