"""Transitions as listed and shown, and their frozen inventories."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.transition import Transition
from domain.transition import types as t
from domain.transition.facts import Assembled, Government
from domain.values import Value
from projections import administrations, inheritance
from projections.base import Projection
from projections.codes import Coded
from projections.inheritance import InheritedItem, Span
from projections.inherited_totals import CapacityTotal
from projections.listing import matching
from projections.moment import Moment
from projections.rows import Rows
from projections.times import at
from projections.views import view
from roundtable.store.columns import Id


class TransitionView(Value, frozen=True, kw_only=True):
    """A transition as a reader sees it on a day. Items of the inventory that are not listed are pending."""

    id: UUID
    version: int
    code: str | None
    state: t.Status
    since: date
    outgoing: UUID
    incoming: UUID | None
    regime: str
    teams: tuple[t.Team, ...]
    installed_by: str | None
    reached: tuple[t.Reached, ...]
    deliverables: tuple[t.Filed, ...]
    inventory: t.Inventory | None
    items: tuple[t.Item, ...]
    report: str | None
    signatures: tuple[t.Signature, ...]
    refusals: tuple[t.Refusal, ...]
    complements: tuple[str, ...]
    address: str | None
    registered_as: str | None
    decisions: tuple[t.Decision, ...]
    began_on: date
    illustrative: tuple[str, ...]


class FrozenInventory(Value, frozen=True, kw_only=True):
    """A page of an inventory, at the position and the cut-off date at which it was frozen: the same for ever.

    `digest` is the SHA-256 of a line for each item: kind, id, capacity, state and version.
    """

    transition: UUID
    position: int
    cut_off: date
    digest: str
    counts: tuple[t.CapacityCount, ...]
    items: tuple[InheritedItem, ...]
    next: str | None


class Undecided(Value, frozen=True, kw_only=True):
    """A page of what was inherited and not decided on, one item for each object and capacity; totals of all pages."""

    transition: UUID
    decided: int
    items: tuple[InheritedItem, ...]
    totals: dict[str, CapacityTotal]
    next: str | None


def _columns(state: t.TransitionState) -> tuple[Any, ...]:
    incoming = str(state.incoming) if state.incoming else None
    return state.code, state.status.value, str(state.outgoing), incoming, (state.code or "").casefold()


ROWS = Rows(
    "transition",
    t.TransitionState,
    (
        sa.Column("code", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("outgoing", Id, nullable=False),
        sa.Column("incoming", Id),
        sa.Column("search", sa.Text, nullable=False),
    ),
    _columns,
    lambda _: (),
)
ROWS.index("code", "code", newest=True)
transitions = Projection(Transition, ROWS)
codes: Coded[t.TransitionState] = Coded(ROWS)
find, holders, state_of = codes.find, codes.holders, codes.state_of
row = ROWS.table.c
ORDERS = {"recorded": row.born, "code": sa.func.coalesce(row.code, ""), "state": row.status}


def transition_view(found: sa.Row[Any]) -> TransitionView:
    """Return the view of a row."""
    state: t.TransitionState = ROWS.decode(found.state)
    shared = {"id": UUID(found.id), "version": found.version, "state": state.status, "since": state.moved_on}
    return view(TransitionView, state, **shared)


def filters(
    *,
    administration: UUID | None = None,
    outgoing: UUID | None = None,
    incoming: UUID | None = None,
    state: Iterable[str] = (),
    q: str | None = None,
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a list."""
    where = [column == str(id) for column, id in ((row.outgoing, outgoing), (row.incoming, incoming)) if id]
    if administration:
        where.append(sa.or_(row.outgoing == str(administration), row.incoming == str(administration)))
    if states := list(state):
        where.append(row.status.in_(states))
    return where + (matching(row.search, q) if q else [])


def of_outgoing(connection: sa.Connection, outgoing: Iterable[UUID], but: UUID | None) -> dict[UUID, str]:
    """Return the transitions, other than one, of outgoing administrations as known now, by code or id."""
    ids = [str(id) for id in outgoing]
    query = sa.select(row.outgoing, row.id, row.code).where(row.outgoing.in_(ids), at(row))
    found = connection.execute(query.where(row.id != str(but or UUID(int=0))).order_by(row.born))
    return {UUID(one.outgoing): one.code or one.id for one in found}


def government(connection: sa.Connection, id: UUID | None) -> Government | None:
    """Return an administration as a transition finds it, as known now."""
    state = administrations.state_of(connection, id)
    if id is None or state is None:
        return None
    term = state.term
    return Government(
        id=id,
        institution=state.institution,
        from_day=term.from_,
        until=term.until,
        re_elected=state.re_elected,
        proclaimed_on=state.proclaimed_on,
    )


def frozen(institution: UUID, position: int, cut_off: date) -> Span:
    """Return the one moment of a frozen inventory."""
    return inheritance.between(institution, cut_off, Moment(position, cut_off, all_known=False, today=False))


def cut_off(state: t.TransitionState) -> Moment | None:
    """Return the moment of the frozen inventory of a transition, once it is frozen."""
    frozen = state.inventory
    return Moment(frozen.position, frozen.cut_off, all_known=False, today=False) if frozen else None


def of(
    connection: sa.Connection, administration: Iterable[UUID], moment: Moment
) -> list[tuple[UUID, t.TransitionState]]:
    """Return the transitions from or to some administrations at a moment, the earliest recorded first."""
    ids = [str(id) for id in administration]
    concerned = sa.or_(row.outgoing.in_(ids), row.incoming.in_(ids))
    query = sa.select(row.id, row.state).where(concerned, moment.selects(row)).order_by(row.born)
    return [(UUID(found.id), ROWS.decode(found.state)) for found in connection.execute(query)]


def assembled(connection: sa.Connection, institution: UUID, position: int, cut_off: date) -> Assembled:
    """Return what an inventory at a position and a cut-off date holds: a digest and counts of its items."""
    items = list(inheritance.everything(connection, frozen(institution, position, cut_off)))
    counts = Counter(item.capacity for item in items)
    named = (t.CapacityCount(capacity=name, count=counts[name]) for name in inheritance.CAPACITIES if counts[name])
    return Assembled(
        institution=institution, position=position, digest=inheritance.digest_of(items), counts=tuple(named)
    )
