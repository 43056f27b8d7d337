"""Whom and what a matrix names: organizations by code, identifier, id or name; other objects by code or id."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.commitment.types import CommitmentState
from domain.errors import SPANISH
from domain.organization import OrganizationState
from projections import commitments, minutes, organizations, roundtables, sessions
from projections.rows import Rows
from projections.times import at
from roundtable.matrix.columns import plain
from roundtable.matrix.errors import (
    NameAmbiguous,
    NameNotInForce,
    OrganizationNotFound,
    ReferenceNotFound,
    WholeRefused,
)
from roundtable.matrix.words import says, shown

ROWS: dict[str, Rows] = {
    "commitment": commitments.ROWS,
    "minutes": minutes.ROWS,
    "organization": organizations.ROWS,
    "roundtable": roundtables.ROWS,
    "session": sessions.ROWS,
}
NEAR = 0.6
"""How alike names must be to be suggested (0 to 1)."""


class Known(NamedTuple):
    """A commitment that is recorded: its id, the position of its first fact, its state."""

    id: UUID
    born: int
    state: CommitmentState


class Bearer(NamedTuple):
    """An organization that bore a name, from a day until another."""

    id: UUID
    since: date
    until: date | None

    def bore(self, day: date) -> bool:
        """Tell whether it bore the name on a day."""
        return self.since <= day and (self.until is None or day < self.until)


class Names:
    """What names mean, as far as the transaction knows; asked once for each."""

    def __init__(self, connection: sa.Connection) -> None:
        """Look names up in a database."""
        self.connection = connection
        self.refused: dict[str, int] = {}
        """Codes of this file that are refused, each with its row."""
        self._found: dict[tuple[str, str], UUID | None] = {}
        self._near: dict[str, str] = {}
        self._codes: dict[str, dict[UUID, str]] = {"organization": self._organization_codes}

    def organization(self, column: str, text: str, days: Sequence[date]) -> UUID:
        """Return the organization that a cell names, by a name in force on any of some days.

        :raises OrganizationNotFound: there is none.
        :raises NameNotInForce: one bore that name on another day only.
        :raises NameAmbiguous: several did.
        """
        if (known := self._exact.get(text)) is not None:
            return known
        bearers = self._bearers.get(plain(text), [])
        if not bearers:
            raise OrganizationNotFound(field=column, value=shown(text), near=self._like(text))
        found = next((then for day in days if (then := {b.id for b in bearers if b.bore(day)})), set())
        if not found:
            one = bearers[-1]
            end = says(f"until {one.until}", f"hasta el {one.until}") if one.until else says("on", "en adelante")
            since = says(f"from {one.since} {end}", f"desde el {one.since} {end.es}")
            raise NameNotInForce(
                field=column, value=shown(text), day=days[0], holder=self.code("organization", one.id), since=since
            )
        if len(found) > 1:
            holders = ", ".join(sorted(self.code("organization", id) for id in found))
            raise NameAmbiguous(field=column, value=shown(text), holders=holders)
        return next(iter(found))

    def object(self, column: str, kind: str, text: str) -> UUID:
        """Return the object that a cell names by code or id.

        :raises WholeRefused: this file has it, in a row that is refused.
        :raises ReferenceNotFound: there is none.
        """
        if (kind, text) not in self._found:
            self._found[kind, text] = self._look_up(kind, text)
        found = self._found[kind, text]
        if found is None:
            if kind == "commitment" and text in self.refused:
                raise WholeRefused(field=column, value=shown(text), row=self.refused[text])
            raise ReferenceNotFound(field=column, value=shown(text), kind=says(kind, SPANISH[kind]))
        return found

    def enter(self, code: str, id: UUID) -> None:
        """Enter a commitment that this file registers."""
        self._found["commitment", code] = id

    def code(self, kind: str, id: UUID | None) -> str:
        """Return how a cell names an object: by its code, else another register's identifier, else its id."""
        if id is None:
            return ""
        codes = self._codes.setdefault(kind, {})
        if id not in codes:
            row = ROWS[kind].table.c
            codes[id] = self.connection.scalar(sa.select(row.code).where(row.id == str(id), at(row))) or str(id)
        return codes[id]

    def commitments(self, codes: Iterable[str]) -> dict[str, Known]:
        """Return the commitments that have these codes now, or these ids."""
        row, asked, decode = commitments.ROWS.table.c, list(codes), commitments.ROWS.decode
        named = sa.or_(row.code.in_(asked), row.id.in_([code.lower() for code in asked if is_id(code)]))
        query = sa.select(row.id, row.code, row.born, row.state).where(named, at(row))
        found = {f.id: (f.code, Known(UUID(f.id), f.born, decode(f.state))) for f in self.connection.execute(query)}
        by_code = {code: known for code, known in found.values() if code}
        return by_code | {code: found[code.lower()][1] for code in asked if code.lower() in found}

    def _look_up(self, kind: str, text: str) -> UUID | None:
        row = ROWS[kind].table.c
        condition = row.id == str(UUID(text)) if is_id(text) else row.code == text
        found = self.connection.scalar(sa.select(row.id).where(condition, at(row)))
        return UUID(found) if found else None

    @cached_property
    def _organizations(self) -> list[tuple[UUID, OrganizationState]]:
        row = organizations.ROWS.table.c
        query = sa.select(row.id, row.state).where(at(row)).order_by(row.born)
        return [(UUID(found.id), organizations.ROWS.decode(found.state)) for found in self.connection.execute(query)]

    @cached_property
    def _exact(self) -> dict[str, UUID]:
        found: dict[str, UUID] = {}
        for id, state in self._organizations:
            known: Any = (state.code, *map(str, state.identifiers), str(id))
            found |= dict.fromkeys(filter(None, known), id)
        return found

    @cached_property
    def _bearers(self) -> dict[str, list[Bearer]]:
        found: dict[str, list[Bearer]] = defaultdict(list)
        for id, state in self._organizations:
            for name in state.names:
                found[plain(name.name)].append(Bearer(id, name.valid_from, name.valid_until))
        return found

    @cached_property
    def _organization_codes(self) -> dict[UUID, str]:
        return {id: s.code or next(map(str, s.identifiers), str(id)) for id, s in self._organizations}

    def _like(self, text: str) -> str:
        """Return codes and names like a text, or a dash."""
        if text not in self._near:
            known = {plain(code): code for code in self._exact if not is_id(code)}
            known |= {name: self._full(bearers[-1].id) for name, bearers in self._bearers.items()}
            near = get_close_matches(plain(text), list(known), n=3, cutoff=NEAR)
            self._near[text] = ", ".join(dict.fromkeys(known[name] for name in near)) or "-"
        return self._near[text]

    def _full(self, id: UUID) -> str:
        name = next(state.name for known, state in self._organizations if known == id)
        return f"{self.code('organization', id)} ({name})"


def is_id(text: str) -> bool:
    """Tell whether a text is written as the id of an object."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
