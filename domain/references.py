"""Find what a command names: ids of other objects, and texts about people, wherever they stand in its fields."""

import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from domain.texts import Refers
from domain.values import Value


def references(hint: Any, value: Any, kind: str, field: str) -> Iterator[tuple[UUID, str]]:
    """Yield the ids in a value that its type marks as those of a kind of object, each with the field it stands in."""
    if value is None or not _refers(hint, kind):
        return
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *marks = get_args(hint)
        if any(isinstance(mark, Refers) and mark.kind == kind for mark in marks):
            yield value, field
        else:
            yield from references(inner, value, kind, field)
    elif origin is tuple:
        for place, item in enumerate(value):
            yield from references(get_args(hint)[0], item, kind, f"{field}.{place}")
    elif origin in (Union, types.UnionType):
        for option in get_args(hint):
            yield from references(option, value, kind, field)
    elif isinstance(value, Value):
        for name, inner in _hints(type(value)).items():
            yield from references(inner, getattr(value, name), kind, f"{field}.{name}")


@cache
def _refers(hint: Any, kind: str) -> bool:
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        return any(isinstance(mark, Refers) and mark.kind == kind for mark in marks) or _refers(inner, kind)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return any(_refers(inner, kind) for inner in _hints(hint).values())
    return any(_refers(inner, kind) for inner in get_args(hint))


@cache
def _hints(struct: type[Any]) -> dict[str, Any]:
    return get_type_hints(struct, include_extras=True)
