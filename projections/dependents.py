"""Which other objects name an object, as known now: they keep it on record."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from msgspec.structs import replace

from domain.facts import Dependents
from projections import (
    administrations,
    commitments,
    minutes,
    organizations,
    participatory_budgets,
    plans,
    projects,
    roundtables,
    sessions,
    transitions,
)
from projections.base import Projection
from projections.citing import Citing
from projections.listing import linked
from projections.times import at

FOLLOWED: tuple[Projection, ...] = (
    organizations.organizations,
    commitments.commitments,
    sessions.sessions,
    minutes.minutes,
    roundtables.roundtables,
    administrations.administrations,
    transitions.transitions,
    plans.plans,
    projects.projects,
    participatory_budgets.participatory_budgets,
)
"""The read models whose objects name others."""
_NAMED_BY_PLANS = frozenset({"administration", "minutes", "organization", "plan", "session", "transition"})


def dependents(connection: sa.Connection, kind: str, id: UUID) -> Dependents:
    """Return the objects that name an object of a kind.

    :raises ReadModelBehind: a read model that may know some does not have all events.
    """
    for projection in FOLLOWED:
        projection.must_follow(connection)
    found = commitments.dependents(connection, kind, id)
    more = [*sessions.dependents(connection, kind, id), *minutes.dependents(connection, kind, id)]
    for row, names in _naming(kind, id):
        query = sa.select(row.id).where(names, at(row), row.id != str(id)).order_by(row.born)
        more += [UUID(other) for other in connection.scalars(query)]
    if kind == "plan":
        found = _of_plan(connection, id, found)
    elif kind == "commitment":
        found = replace(found, descendants=commitments.replaced_by(connection, id))
    elif kind == "organization":
        found = replace(found, descendants=organizations.merged_into(connection, id))
    return replace(found, ids=(*found.ids, *dict.fromkeys(more)))


def _of_plan(connection: sa.Connection, id: UUID, found: Dependents) -> Dependents:
    """Add the versions and objectives of a plan that others name, and the plans that are built into it."""
    named = dict(found.objectives)
    for citing in (projects.CITING, participatory_budgets.CITING):
        named |= _cited(connection, citing, id)
    for other, state in plans.naming(connection, f"plan:{id}").items():
        pins = (version.parent for version in state.versions if version.parent is not None)
        named |= {(pin.version, None): other for pin in pins if pin.plan == id}
        cited = (decided.priority for decided in state.dispositions)
        named |= {(priority.version, priority.code): other for priority in cited if priority.plan == id}
    return replace(found, objectives=named, descendants=plans.descendants(connection, id))


def _cited(connection: sa.Connection, citing: Citing, plan: UUID) -> Iterator[tuple[tuple[int, str | None], UUID]]:
    """Yield the objectives of a plan that objects of a kind cite, by version and code, each with one that does."""
    c = citing.rows.table.c
    query = sa.select(c.id, c.state).where(linked(citing.rows, f"plan:{plan}"), at(c)).order_by(c.born)
    for found in connection.execute(query):
        for cited, _ in citing.cites(citing.rows.decode(found.state)):
            if cited.plan == plan:
                yield (cited.version, cited.code), UUID(found.id)


def _naming(kind: str, id: UUID) -> Iterator[tuple[Any, sa.ColumnElement[bool]]]:
    """Yield the rows of other read models with the condition that they name an object."""
    yield participatory_budgets.row, linked(participatory_budgets.ROWS, f"{kind}:{id}")
    table, term, handover, own = roundtables.row, administrations.row, transitions.row, str(id)
    if kind in _NAMED_BY_PLANS:
        yield plans.row, linked(plans.ROWS, f"{kind}:{id}")
    if kind in {"organization", "commitment", "roundtable", "plan"}:
        yield projects.row, linked(projects.ROWS, f"{kind}:{id}")
    if kind == "organization":
        yield table, linked(roundtables.ROWS, f"organization:{id}")
        yield term, term.institution == own
    elif kind == "roundtable":
        yield table, sa.or_(table.parent == own, table.predecessor == own)
    elif kind == "administration":
        yield term, term.predecessor == own
        yield handover, sa.or_(handover.outgoing == own, handover.incoming == own)
