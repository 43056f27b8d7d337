"""The OpenAPI document: every operation with the problems that it can answer with."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import MEDIA_TYPE, FieldProblem, Problem

READS = (400, 401, 404, 405, 422, 500)
WRITES = (400, 401, 403, 404, 405, 409, 412, 413, 422, 500)
STORES = (*WRITES, 415)
MEANING = {
    400: "The request cannot be read.",
    401: "The token is missing or unknown.",
    403: "This actor or institution may not do this.",
    404: "There is no such thing, or there was none at that moment.",
    405: "This cannot be done here.",
    409: "The state of the object, or of another one, does not allow this.",
    412: "The object is at another version than If-Match says.",
    413: "The request is too large.",
    415: "Documents of this media type are not taken.",
    422: "What was sent cannot be a fact.",
    500: "Something went wrong on the server; nothing was recorded.",
}
REFERENCE = "#/components/schemas/"


def install(app: FastAPI) -> None:
    """Describe the application."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            app.openapi_schema = _completed(schema)
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]


def _completed(schema: dict[str, Any]) -> dict[str, Any]:
    schemas = schema["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for model in (FieldProblem, Problem):
        described = model.model_json_schema(ref_template=REFERENCE + "{model}")
        described.pop("$defs", None)
        schemas[model.__name__] = described
    schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    problem = {"content": {MEDIA_TYPE: {"schema": {"$ref": f"{REFERENCE}Problem"}}}}
    for path, method, operation in _operations(schema):
        operation["responses"].pop("422", None)
        operation["security"] = [{"token": []}] if method in {"post", "put"} else [{}, {"token": []}]
        if path.startswith("/v1"):
            for status in STORES if method == "put" else WRITES if method == "post" else READS:
                operation["responses"].setdefault(str(status), {"description": MEANING[status], **problem})
            _give_position(operation)
    return schema


def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _give_position(operation: dict[str, Any]) -> None:
    """Describe the header that every answer carries."""
    position = {"description": "The log position that the answer follows from.", "schema": {"type": "string"}}
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            response.setdefault("headers", {})["Roundtable-Position"] = position
