"""What readers see: views built from states."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from domain.values import Value

V = TypeVar("V", bound=Value)


class PersonalView(Value, frozen=True, kw_only=True):
    """A text about a person: the digest that the log keeps, and the value unless it was erased or is withheld."""

    digest: str
    value: str | None = None


def view(kind: type[V], state: Any, /, **more: Any) -> V:
    """Return a view with the fields that it shares with a state, and more."""
    return kind(**{name: getattr(state, name) for name in _shared(kind, state.__class__) if name not in more}, **more)


@cache
def _shared(kind: Any, state: Any) -> tuple[str, ...]:
    return tuple(name for name in kind.__struct_fields__ if hasattr(state, name))


def personal(digest: str | None, values: Mapping[str, str]) -> PersonalView | None:
    """Return the view of a personal text, with its value where it is known."""
    return PersonalView(digest=digest, value=values.get(digest)) if digest else None
