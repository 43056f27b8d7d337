"""What a command's body may be: one JSON object in UTF-8 that every reader understands alike (I-JSON, RFC 7493)."""

import json
from collections.abc import Callable, Coroutine, Iterator
from math import isfinite
from typing import Any, NoReturn

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

from api import access
from api.problems import LARGEST_NUMBER
from domain.errors import DomainError, Invalid

DEEPEST = 20
"""How many lists and objects may stand inside each other; commands need four."""


class Malformed(DomainError):
    """The request cannot be read; the subclasses say why."""


class NotJson(Malformed):
    """The body is no JSON text in UTF-8."""

    en = "The {field} is no JSON text in UTF-8: {problem}."
    es = "El contenido ({field}) no es un texto JSON en UTF-8: {problem}."


class NameRepeated(Malformed):
    """A name stands twice in one JSON object."""

    en = "{field} stands twice in one object, and readers would disagree on which counts. Send it once."
    es = "{field} figura dos veces en un mismo objeto y no se sabría cuál vale. Envíelo una sola vez."


class TextNotUnicode(Malformed):
    """A text holds half of a surrogate pair, which is no character."""

    en = "{field} holds half of a surrogate pair, which is no character. Send whole characters."
    es = "{field} contiene la mitad de un par sustituto, que no es un carácter. Envíe caracteres completos."


class NumberOutOfRange(Malformed):
    """A number is one that JSON readers do not understand alike."""

    en = "{field} is {value}: numbers are finite, and integers lie within ±{most}."
    es = "{field} es {value}: los números son finitos y los enteros están dentro de ±{most}."


class TooDeep(Malformed):
    """Lists and objects stand too deep inside each other."""

    en = "{field} goes deeper than {most} lists and objects inside each other."
    es = "{field} supera {most} listas y objetos unos dentro de otros."


class MediaTypeUnsupported(DomainError):
    """The request has a body of a media type that is not taken here."""

    en = "Media type {media_type} is not taken here. Send one of: {taken}."
    es = "Aquí no se acepta el tipo {media_type}. Envíe uno de: {taken}."


class QueryNotTaken(Invalid):
    """A command takes no parameters in its address."""

    en = "A command takes no parameter {field} in its address. Send it in the body if it is a field."
    es = "Una orden no admite el parámetro {field} en la dirección. Envíelo en el contenido si es un campo."


class CommandRoute(APIRoute):
    """A route of a command: asks who calls, then reads the body, then lets FastAPI validate it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler of this route."""
        handle = super().get_route_handler()

        async def handle_command(request: Request) -> Response:
            await access.recorder(request)
            must_be_json(request)
            for name in request.query_params:
                raise QueryNotTaken(field=name[:80])
            return await handle(_Read(request, parse(await request.body())))

        return handle_command


class _Read(Request):
    """A request whose JSON has been read."""

    def __init__(self, request: Request, value: Any) -> None:
        super().__init__(request.scope, request.receive)
        self._body = request._body  # noqa: SLF001 - FastAPI asks for the bytes once more
        self.value = value

    async def json(self) -> Any:
        return self.value


def must_be_json(request: Request) -> None:
    """Require the media type of JSON.

    :raises MediaTypeUnsupported: it is another one, or in another encoding than UTF-8.
    """
    given = request.headers.get("content-type", "")
    media_type, _, more = given.lower().replace(" ", "").replace('"', "").partition(";")
    if media_type != "application/json" or ("charset=" in more and "charset=utf-8" not in more):
        raise MediaTypeUnsupported(field="Content-Type", media_type=given[:80] or "-", taken="application/json")


def parse(raw: bytes) -> Any:
    """Read JSON that every reader understands alike.

    :raises Malformed: it is none; the class says why, and `field` where.
    """
    try:
        value = _decode(raw.decode())
    except UnicodeDecodeError as error:
        raise NotJson(field="body", problem=f"byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise NotJson(field="body", problem=f"{error.msg} (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise TooDeep(field="body", most=DEEPEST) from None
    except ValueError:  # an integer of more digits than Python reads
        raise NumberOutOfRange(field="body", value="…", most=LARGEST_NUMBER) from None
    for path, item in _walk(value, ()):
        _must_be_common(path, item)
    return value


def _walk(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if len(path) > DEEPEST:
        raise TooDeep(field=_field(path), most=DEEPEST)
    if isinstance(value, dict):
        for name, item in value.items():
            yield (*path, name), name
            yield from _walk(item, (*path, name))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _walk(item, (*path, str(place)))
    else:
        yield path, value


def _must_be_common(path: tuple[str, ...], value: Any) -> None:
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
            raise TextNotUnicode(field=_field(path))
    elif isinstance(value, float):
        if not isfinite(value):
            raise NumberOutOfRange(field=_field(path), value=str(value), most=LARGEST_NUMBER)
    elif isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise NumberOutOfRange(field=_field(path), value=f"{str(value)[:20]}…", most=LARGEST_NUMBER)


def _field(path: tuple[str, ...]) -> str:
    return ".".join(path)[:200] or "body"


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise NameRepeated(field=next(name for name in found if names.count(name) > 1)[:200])
    return found


def _no_constant(name: str) -> NoReturn:
    raise NumberOutOfRange(field="body", value=name, most=LARGEST_NUMBER)


_decode = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant).decode
