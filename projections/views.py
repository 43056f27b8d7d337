"""What readers see: views built from states."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from domain.values import Value

V = TypeVar("V", bound=Value)


class PersonalView(Value, frozen=True, kw_only=True):
    """A text about a person: the digest that the log keeps, and the value unless it was erased or is withheld."""

    digest: str
    value: str | None = None


def view(kind: type[V], state: Any, /, **more: Any) -> V:
    """Return a view with the fields that it shares with a state, and more."""
    names, values = _shared(kind, state.__class__, *more)
    return kind(**dict(zip(names, values(state), strict=True)), **more)


@cache
def _shared(kind: Any, state: Any, *but: str) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """Return the names of the fields that a view shares with a state, and what reads them all at once."""
    names = tuple(name for name in kind.__struct_fields__ if hasattr(state, name) and name not in but)
    if len(names) == 1:
        return names, lambda one: (getattr(one, names[0]),)
    return names, attrgetter(*names) if names else lambda _: ()


def personal(digest: str | None, values: Mapping[str, str]) -> PersonalView | None:
    """Return the view of a personal text, with its value where it is known."""
    return PersonalView(digest=digest, value=values.get(digest)) if digest else None


def people_of(shown: Any) -> Iterator[str]:
    """Yield the digests of the texts about people in a view, however deep they stand."""
    if isinstance(shown, PersonalView):
        yield shown.digest
    elif isinstance(shown, tuple):
        for item in shown:
            yield from people_of(item)
    elif isinstance(shown, Value):
        for name in _personal(type(shown)):
            if (text := getattr(shown, name)) is not None:
                yield from people_of(text)


def naming(shown: Any, values: Mapping[str, str]) -> Any:
    """Return a view with the texts about people that are still known."""
    if isinstance(shown, PersonalView):
        return msgspec.structs.replace(shown, value=values.get(shown.digest))
    if isinstance(shown, tuple):
        return tuple(naming(item, values) for item in shown)
    if not isinstance(shown, Value) or not (names := _personal(type(shown))):
        return shown
    return msgspec.structs.replace(shown, **{name: naming(getattr(shown, name), values) for name in names})


@cache
def _personal(kind: Any) -> tuple[str, ...]:
    """Return the fields of a view in which texts about people stand."""
    return tuple(name for name, hint in get_type_hints(kind).items() if _holds_people(hint))


@cache
def _holds_people(hint: Any) -> bool:
    if hint is PersonalView:
        return True
    if isinstance(hint, type) and issubclass(hint, Value):
        return bool(_personal(hint))
    return any(_holds_people(inner) for inner in get_args(hint))
