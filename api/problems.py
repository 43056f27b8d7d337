"""Problems: what an error looks like over HTTP (RFC 9457)."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
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
LARGEST_NUMBER = 2**53 - 1
"""The largest integer that every reader of JSON understands (RFC 7493 §2.2)."""


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    model_config = ConfigDict(extra="allow")
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


def language(request: Request) -> str:
    """Return the language a caller reads best, of the two that we speak (RFC 9110 §12.5.4)."""
    best, weight = "en", 0.0
    for offered in request.headers.get("accept-language", "")[:1000].lower().split(","):
        tag, _, more = offered.partition(";")
        quality = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", more) if more else None
        wanted = float(quality[1]) if quality else 1.0
        primary = tag.strip().partition("-")[0]
        if primary in {"es", "en"} and wanted > weight:
            best, weight = primary, wanted
    return best


def respond(
    request: Request,
    status: int,
    name: str,
    said: tuple[str, str],
    *,
    values: Mapping[str, Any] | None = None,
    errors: list[dict[str, Any]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with a problem; `said` is its title and its detail in the caller's language."""
    title, detail = said
    problem: dict[str, Any] = {"type": PREFIX + name, "title": title, "status": status, "detail": detail}
    problem |= {"values": {k: plain(v) for k, v in values.items()}} if values else {}
    problem |= {"errors": errors} if errors else {}
    about = {"Content-Language": language(request), "Vary": "Accept-Language", **(headers or {})}
    about["Link"] = f'</v1/problems/{name}>; rel="help"'
    return Response(msgspec.json.encode(_encodable(problem)), status, about, MEDIA_TYPE)


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it, shortened."""
    match value:
        case None | bool():
            return value
        case int() if abs(value) <= LARGEST_NUMBER:
            return int(value)
        case str() | UUID() | date() | datetime() | Decimal() | int() | float():
            return _text(value)
        case dict() | list() | tuple() | set() | frozenset() | msgspec.Struct():
            return _container(value)
        case _:
            return type(value).__name__


def _text(value: Any) -> str:
    try:
        return f"{value}"[:LONGEST_VALUE]
    except ValueError:  # an integer of more digits than Python writes out
        return "…"


def _container(value: Any) -> Any:
    """Return a list or an object where it is short, else the beginning of how it is written."""
    value = msgspec.to_builtins(value) if isinstance(value, msgspec.Struct) else value
    held = {str(k)[:LONGEST_VALUE]: plain(v) for k, v in value.items()} if isinstance(value, dict) else None
    whole = held if held is not None else [plain(item) for item in value]
    written = msgspec.json.encode(_encodable(whole)).decode()
    return whole if len(written) <= LONGEST_VALUE else f"{written[:LONGEST_VALUE]}…"


def _encodable(value: Any) -> Any:
    """Replace lone surrogates, which JSON can carry in but UTF-8 cannot carry out."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_encodable(k): _encodable(v) for k, v in value.items()}
    return [_encodable(v) for v in value] if isinstance(value, list) else value
