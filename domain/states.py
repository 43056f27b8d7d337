"""The states of an object, as refusals name them."""

from collections.abc import Collection
from datetime import date
from typing import Any, Protocol

from domain.errors import DomainError, Words


class Spoken(Protocol):
    """A state, or a stage, that has a word in both languages."""

    @property
    def value(self) -> str:
        """The word in English, as it stands in the log."""

    @property
    def es(self) -> str:
        """The word in Spanish."""


def either(states: Collection[Spoken]) -> Words:
    """Return states of one kind as a phrase, in the order of their life: `agreed | blocked`."""
    kinds: set[Any] = {type(state) for state in states}
    some = [state for kind in kinds for state in kind if state in states]
    return Words(" | ".join(state.value for state in some), " | ".join(state.es for state in some))


def must_be_in(
    needed: Collection[Spoken] | None,
    state: Spoken,
    refusal: type[DomainError],
    *,
    since: date,
    command: str,
    **named: str,
) -> None:
    """Require one of the states in which a command may run; nothing is required where none are `needed`.

    `named` says which object, in the words of the refusal.

    :raises DomainError: the `refusal`; it is in another state.
    """
    if needed is not None and state not in needed:
        now = Words(state.value, state.es)
        raise refusal(**named, state=now, since=since, command=command, needed=either(needed))
