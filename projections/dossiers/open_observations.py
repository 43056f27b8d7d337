"""What was observed and not answered: minutes of the tables of an institution, and items of its handovers."""

from collections.abc import Iterator
from datetime import date
from typing import Literal
from uuid import UUID

import sqlalchemy as sa

from domain.administration.types import AdministrationState
from domain.minutes.types import Status
from domain.transition.types import ENTRY, Item
from domain.values import Value
from projections import administrations, commitments, minutes, plans, projects, transitions
from projections.dossiers.agenda import tables
from projections.dossiers.scope import Scope

ROWS_OF = {"commitment": commitments.ROWS, "project": projects.ROWS, "plan": plans.ROWS}


class OpenObservation(Value, frozen=True, kw_only=True):
    """Something that was observed, by whom where a seat did, and has not been answered."""

    kind: Literal["minutes", "transition"]
    id: UUID
    name: str
    about: str
    text: str | None
    on: date


class ObservationSection(Value, frozen=True, kw_only=True):
    """All open observations, the oldest first."""

    items: tuple[OpenObservation, ...]


def read(scope: Scope, catalogue: dict[UUID, str]) -> ObservationSection:
    """Return the open observations of an institution; `catalogue` says what entries are called."""
    every = (*_minutes(scope), *_handovers(scope, catalogue))
    return ObservationSection(items=tuple(sorted(every, key=lambda one: (one.on, one.name))))


def _minutes(scope: Scope) -> Iterator[OpenObservation]:
    row = minutes.row
    for table in tables(scope):
        where = minutes.filters(scope.moment, roundtable=table, state=(Status.OBSERVED.value,))
        query = sa.select(row.id, row.state).where(*where, scope.moment.selects(row)).order_by(row.born)
        for found in scope.connection.execute(query):
            state = minutes.ROWS.decode(found.state)
            last = state.observations[-1] if state.observations else None
            yield OpenObservation(
                kind="minutes",
                id=UUID(found.id),
                name=state.number,
                about=scope.table(table) or "",
                text=last.reason if last else None,
                on=last.occurred_on if last else state.moved_on,
            )


def _handovers(scope: Scope, catalogue: dict[UUID, str]) -> Iterator[OpenObservation]:
    ours = [str(id) for id, _ in governments(scope)]
    row = transitions.row
    query = sa.select(row.id, row.state).where(row.outgoing.in_(ours), scope.moment.selects(row)).order_by(row.born)
    for found in scope.connection.execute(query):
        state = transitions.ROWS.decode(found.state)
        for item in state.items:
            if item.state == "observed":
                yield OpenObservation(
                    kind="transition",
                    id=UUID(found.id),
                    name=state.code or found.id,
                    about=item_name(scope, item, catalogue),
                    text=item.observation,
                    on=item.moved_on,
                )


def governments(scope: Scope) -> list[tuple[UUID, AdministrationState]]:
    """Return the administrations of an institution, in the order of their terms."""
    row = administrations.row
    where = row.institution == str(scope.institution), scope.moment.selects(row)
    found = scope.connection.execute(sa.select(row.id, row.state).where(*where).order_by(row.term_from, row.born))
    return [(UUID(one.id), administrations.ROWS.decode(one.state)) for one in found]


def item_name(scope: Scope, item: Item, catalogue: dict[UUID, str]) -> str:
    """Return how an item of a handover is called: by code, else by its key in the catalogue, else by its id."""
    kind, id = item.item.kind, item.item.id
    if kind == ENTRY:
        return catalogue.get(id, str(id))
    return scope.code(ROWS_OF[kind], id) or str(id) if kind in ROWS_OF else str(id)
