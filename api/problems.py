"""Problems: what an error looks like over HTTP (RFC 9457)."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict

MEDIA_TYPE = "application/problem+json"
PREFIX = "urn:roundtable:problem:"
LONGEST_VALUE = 200
"""Characters of a refused value that a problem repeats."""


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str
    type: str | None = None
    value: Any = None


class Problem(BaseModel):
    """Why a request was refused, with the values involved, and what to do. Nothing was recorded."""

    model_config = ConfigDict(extra="allow")
    type: str
    title: str
    status: int
    detail: str
    values: dict[str, Any] | None = None
    errors: list[FieldProblem] | None = None


def slug(name: str) -> str:
    """Return the stable name of a problem: `CommitmentNotOpen` is `commitment-not-open`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def language(request: Request) -> str:
    """Return the language a caller reads best, of the two that we speak."""
    wanted = re.findall(r"\b(es|en)\b", request.headers.get("accept-language", "").lower())
    return wanted[0] if wanted else "en"


def respond(
    request: Request,
    status: int,
    name: str,
    title: str,
    detail: str,
    *,
    values: dict[str, Any] | None = None,
    errors: list[dict[str, Any]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Answer with a problem."""
    problem: dict[str, Any] = {"type": PREFIX + name, "title": title, "status": status, "detail": detail}
    problem |= {"values": {k: plain(v) for k, v in values.items()}} if values else {}
    problem |= {"errors": errors} if errors else {}
    body = msgspec.json.encode(_encodable(problem))
    return Response(body, status, {"Content-Language": language(request), **(headers or {})}, MEDIA_TYPE)


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it, shortened."""
    if isinstance(value, bool | int | None):
        return value
    if isinstance(value, str | UUID | date):
        return str(value)[:LONGEST_VALUE]
    if isinstance(value, msgspec.Struct):
        return msgspec.to_builtins(value)
    return repr(value)[:LONGEST_VALUE]


def _encodable(value: Any) -> Any:
    """Replace lone surrogates, which JSON can carry in but UTF-8 cannot carry out."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_encodable(k): _encodable(v) for k, v in value.items()}
    return [_encodable(v) for v in value] if isinstance(value, list) else value
