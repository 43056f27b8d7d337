"""Organizations as listed and shown."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.facts import Standing
from domain.organization import NameInForce, Organization, OrganizationState
from domain.organization.types import OrganizationStatus
from domain.types import Identifier, Territory
from domain.values import Value
from projections.base import Projection
from projections.codes import Coded
from projections.listing import folded, linked, matching
from projections.rows import Rows
from projections.times import at
from projections.views import PersonalView, personal, view


class OrganizationView(Value, frozen=True, kw_only=True):
    """An organization as a reader sees it on a day."""

    id: UUID
    version: int
    code: str | None
    state: str
    name: str
    names: tuple[NameInForce, ...]
    kind: str
    sector: str | None
    identifiers: tuple[Identifier, ...]
    territories: tuple[Territory, ...]
    contact: PersonalView | None
    merged_into: UUID | None
    began_on: date
    ended_on: date | None
    illustrative: tuple[str, ...]


def _columns(state: OrganizationState) -> tuple[Any, ...]:
    return (
        state.code,
        state.status.value,
        state.kind,
        state.sector,
        folded(state.name)[:200],
        folded(" ".join((state.code or "", *(n.name for n in state.names)))),
    )


def _links(state: OrganizationState) -> Iterable[str]:
    yield from (f"identifier:{i}" for i in state.identifiers)
    for territory in state.territories:
        yield from (f"territory:{label}" for label in within(territory))


def within(territory: Territory) -> Iterable[str]:
    """Yield a territory and, for Peruvian codes, the province and region that it lies in."""
    yield str(territory)
    if territory.system.startswith("PE-UBIGEO"):
        yield from (f"{territory.system}:{territory.code[:n]}" for n in (2, 4) if n < len(territory.code))


ROWS = Rows(
    "organization",
    OrganizationState,
    (
        sa.Column("code", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("sector", sa.Text),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
    ),
    _columns,
    _links,
)
ROWS.index("code", "code", newest=True)
organizations = Projection(Organization, ROWS)
codes: Coded[OrganizationState] = Coded(ROWS)
find = codes.find
row = ROWS.table.c
ORDERS = {"recorded": row.born, "name": row.name_key, "code": sa.func.coalesce(row.code, "")}


def organization_view(found: sa.Row[Any], values: Mapping[str, str]) -> OrganizationView:
    """Return the view of a row."""
    state = ROWS.decode(found.state)
    contact = personal(state.contact, values)
    return view(OrganizationView, state, id=UUID(found.id), version=found.version, state=state.status, contact=contact)


def filters(
    *,
    kind: str | None = None,
    sector: str | None = None,
    state: str | None = None,
    identifier: str | None = None,
    territory: str | None = None,
    q: str | None = None,
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a list."""
    equal = [
        column == value for column, value in ((row.kind, kind), (row.sector, sector), (row.status, state)) if value
    ]
    links = [f"{name}:{value}" for name, value in (("identifier", identifier), ("territory", territory)) if value]
    return [*equal, *(linked(ROWS, link) for link in links), *(matching(row.search, q) if q else [])]


def standing(connection: sa.Connection, ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """Return the organizations with these ids as known now, with the day each ended if it did."""
    query = sa.select(row.id, row.state).where(row.id.in_([str(id) for id in ids]), at(row))
    states = {UUID(found.id): ROWS.decode(found.state) for found in connection.execute(query)}
    return {id: Standing(name=state.name, ended_on=state.ended_on) for id, state in states.items()}


def merged_into(connection: sa.Connection, id: UUID) -> frozenset[UUID]:
    """Return the organizations that merged into one, directly or over others, as known now."""
    query = sa.select(row.id, row.state).where(row.status == OrganizationStatus.MERGED.value, at(row))
    ended = [(UUID(one.id), ROWS.decode(one.state).merged_into) for one in connection.execute(query)]
    found, before = frozenset[UUID](), frozenset({id})
    while before:
        before = frozenset(one for one, into in ended if into in before) - found
        found |= before
    return found


def holders(connection: sa.Connection, codes: Iterable[str], but: UUID | None) -> dict[str, UUID]:
    """Return who, other than one organization, has any of these codes or identifiers now."""
    found: dict[str, UUID] = {}
    for code in codes:
        holds = linked(ROWS, f"identifier:{code}") if ":" in code else row.code == code
        query = sa.select(row.id).where(holds, at(row), row.id != str(but or UUID(int=0)))
        if (id := connection.scalar(query)) is not None:
            found[code] = UUID(id)
    return found
