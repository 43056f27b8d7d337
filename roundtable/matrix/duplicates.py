"""Commitments that may be the same one under two codes: named for people to judge, never refused."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import ceil
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.commitment.types import Responsible
from domain.types import Money, Territory
from projections import commitments
from projections.times import at
from roundtable.matrix.columns import plain

ALIKE = 0.8
"""Which part of all words two statements must share to be near-equal."""
COMPARED = 50
"""With how many commitments that share a responsible and a rare word a row is compared, for each such word."""
MOST = 5
"""How many possible duplicates are named for a row."""
PAGE = 1000


class Print(NamedTuple):
    """What two rows for one promise would have in common."""

    code: str
    words: frozenset[str]
    responsibles: frozenset[UUID]
    territories: frozenset[str]
    amount: str | None
    """With its currency; nothing where it is nought."""

    @classmethod
    def of(
        cls,
        code: str,
        statement: str,
        responsibles: Iterable[Responsible],
        territories: Iterable[Territory],
        amount: Money | None,
    ) -> "Print":
        """Return what is compared of a commitment."""
        return cls(
            code,
            frozenset(re.findall(r"\w+", plain(statement))),
            frozenset(one.organization for one in responsibles),
            frozenset(map(str, territories)),
            f"{amount.amount} {amount.currency}" if amount is not None and amount.amount else None,
        )


class Prints:
    """The commitments that rows are compared with: those recorded, and the rows before."""

    def __init__(self) -> None:
        """Begin with none."""
        self._by_word: dict[str, list[Print]] = defaultdict(list)
        self._by_amount: dict[str, list[Print]] = defaultdict(list)

    def load(self, connection: sa.Connection) -> None:
        """Add the commitments that are recorded, announcements apart."""
        row = commitments.ROWS.table.c
        query = sa.select(row.id, row.state).where(at(row), row.headline.is_(None))
        found = connection.execute(query, execution_options={"yield_per": PAGE})
        for one in found:
            state = commitments.ROWS.decode(one.state)
            about = (state.statement, state.responsibles, state.territories, state.ladder.current)
            self.add(Print.of(state.code or one.id, *about))

    def add(self, one: Print) -> None:
        """Add a commitment."""
        for who in one.responsibles:
            for key in _rarest(one.words):
                self._by_word[f"{who} {key}"].append(one)
            for place in one.territories if one.amount else ():
                self._by_amount[f"{who} {place} {one.amount}"].append(one)

    def like(self, one: Print) -> list[str]:
        """Return the codes of commitments like one, the first few."""
        found = dict.fromkeys(other.code for other in self._candidates(one) if other.code != one.code)
        return list(found)[:MOST]

    def _candidates(self, one: Print) -> Iterator[Print]:
        for who in sorted(one.responsibles):
            for key in _rarest(one.words):
                yield from (other for other in self._by_word.get(f"{who} {key}", ())[:COMPARED] if _near(one, other))
            for place in sorted(one.territories) if one.amount else ():
                yield from self._by_amount.get(f"{who} {place} {one.amount}", ())


def _near(one: Print, other: Print) -> bool:
    """Tell whether two statements are near-equal: most words are the same, and the place is no other."""
    if one.territories and other.territories and not one.territories & other.territories:
        return False
    return len(one.words & other.words) >= ALIKE * len(one.words | other.words)


def _rarest(words: frozenset[str]) -> list[str]:
    """Return so many of the words, in one order for all statements, that near-equal statements share one of them.

    Each stands with all numbers of the statement: "stage 1" and "stage 2" are never near-equal.
    """
    numbers = " ".join(sorted(word for word in words if re.search(r"\d", word)))
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return [f"{word} {numbers}" for word in ordered[: len(ordered) - ceil(ALIKE * len(ordered)) + 1]]
