"""Plans as listed and shown. What is built into what, and what serves which objective, is in `plan_trees`."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, get_args
from uuid import UUID

import sqlalchemy as sa

from domain.plan import Plan
from domain.plan import types as t
from domain.types import Act, Territory
from domain.values import Value
from projections.base import Projection
from projections.codes import Coded
from projections.inheritable import About, Inheritable
from projections.listing import folded, linked, matching
from projections.organizations import within
from projections.rows import DAYS, Rows
from projections.times import NEVER, at
from projections.views import view
from roundtable.store.columns import Day

Capacity = Literal["responsible", "adopter", "participant"]


class PlanItem(Value, frozen=True, kw_only=True):
    """A plan as a list shows it; `plan_version` is the version in force, else the last that was, else the newest."""

    id: UUID
    version: int
    code: str | None
    state: str
    status: str
    since: date
    title: str
    type: str
    owner: UUID
    territories: tuple[Territory, ...]
    plan_version: int
    versions: int
    in_force: int | None
    horizon: t.Horizon
    parent: t.ParentVersion | None
    objectives: int
    adopted_by: UUID | None
    adopted_on: date | None
    act: Act | None
    valid_from: date | None
    valid_until: date | None
    handed_over: int
    ratified: int
    recognised_on: date | None
    began_on: date
    illustrative: tuple[str, ...]


def in_force(state: t.PlanState, day: date) -> int | None:
    """Return the number of the version in force on a day, whose validity has not run out."""
    current = state.current
    return None if current is None or current.lapsed(day) else current.number


def _columns(state: t.PlanState) -> tuple[Any, ...]:
    current = state.current
    ends = current.valid_until if current and state.status in t.VALID else None
    return (
        state.code,
        state.status.value,
        state.type,
        current.number if current else None,
        ends.isoformat() if ends else NEVER,
        bool(state.handovers),
        bool(state.recognition),
        None,
        None,
        None,
        folded(state.title)[:200],
        folded(" ".join((state.code or "", state.title, state.shown.vision or ""))),
    )


def _links(state: t.PlanState) -> Iterable[str]:
    return dict.fromkeys(_all_links(state))


def _all_links(state: t.PlanState) -> Iterable[str]:
    for capacity, id in capacities(state):
        yield f"{capacity}:{id}"
        yield f"organization:{id}"
    for version in state.versions:
        yield from (f"organization:{action.responsible}" for action in version.actions if action.responsible)
        if version.review and version.review.reviewer:
            yield f"organization:{version.review.reviewer}"
        if version.minutes:
            yield f"minutes:{version.minutes}"
        if version.parent:
            yield f"plan:{version.parent.plan}"
            yield f"parent:{version.parent.plan}"
            yield f"parent:{version.parent.plan}:{version.parent.version}"
    yield from (f"session:{id}" for part in state.participation for id in part.sessions)
    yield from (f"plan:{decided.priority.plan}" for decided in state.dispositions)
    if state.successor:
        yield f"plan:{state.successor}"
        yield f"successor:{state.successor}"
    for done in state.handovers:
        yield f"administration:{done.administration}"
        yield f"handed_over_to:{done.administration}"
        if done.transition:
            yield f"transition:{done.transition}"
    for ratified in state.ratifications:
        yield f"administration:{ratified.administration}"
        yield f"ratified_by:{ratified.administration}"
    for territory in state.territories:
        yield from (f"territory:{label}" for label in within(territory))


def capacities(state: t.PlanState) -> Iterable[tuple[Capacity, UUID]]:
    """Yield every organization that stands in a plan, with its capacity."""
    yield "responsible", state.owner
    yield from (("adopter", id) for id in state.adopters)
    yield from (("participant", id) for id in state.participants)


ROWS = Rows(
    "plan",
    t.PlanState,
    (
        sa.Column("code", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("in_force", sa.Integer, comment="the version in force, also when its validity has run out"),
        sa.Column("valid_until", Day, nullable=False, comment="while it can expire"),
        sa.Column("handed_over", sa.Boolean, nullable=False),
        sa.Column("recognised", sa.Boolean, nullable=False),
        sa.Column("amount", sa.BigInteger, comment="none: plans are inherited without one"),
        sa.Column("headline", sa.BigInteger, comment="none: plans are inherited without one"),
        sa.Column("currency", sa.Text, comment="none: plans are inherited without one"),
        sa.Column("title_key", sa.Text, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
    ),
    _columns,
    _links,
)
ROWS.index("code", "code", newest=True)
ROWS.index("days", *DAYS)
plans = Projection(Plan, ROWS)
codes: Coded[t.PlanState] = Coded(ROWS)
find, holders, state_of = codes.find, codes.holders, codes.state_of
row = ROWS.table.c
ORDERS = {
    "recorded": row.born,
    "code": sa.func.coalesce(row.code, ""),
    "title": row.title_key,
    "valid_until": row.valid_until,
    "state": row.status,
}


def plan_item(found: sa.Row[Any], day: date) -> PlanItem:
    """Return a row as a list shows it on a day."""
    state: t.PlanState = ROWS.decode(found.state)
    shown, adoption = state.shown, state.shown.adoption
    return view(
        PlanItem,
        state,
        id=UUID(found.id),
        version=found.version,
        state=state.standing(day),
        status=state.status.value,
        since=state.moved_on,
        plan_version=shown.number,
        versions=len(state.versions),
        in_force=in_force(state, day),
        horizon=shown.horizon,
        parent=shown.parent,
        objectives=len(shown.objectives),
        adopted_by=adoption.institution if adoption else None,
        adopted_on=adoption.adopted_on if adoption else None,
        act=adoption.act if adoption else None,
        valid_from=shown.valid_from,
        valid_until=shown.valid_until,
        handed_over=len(state.handovers),
        ratified=len(state.ratifications),
        recognised_on=state.recognition.occurred_on if state.recognition else None,
    )


def lapsed(c: Any, day: date) -> sa.ColumnElement[bool]:
    """Select plans whose validity ran out before a day."""
    return sa.and_(c.valid_until < day.isoformat())


def filters(
    day: date,
    *,
    type: Iterable[str] = (),
    state: Iterable[str] = (),
    territory: str | None = None,
    owner: UUID | None = None,
    organization: UUID | None = None,
    capacity: Capacity | None = None,
    parent: UUID | None = None,
    in_force: bool | None = None,
    handed_over: bool | None = None,
    handed_over_to: UUID | None = None,
    ratified_by: UUID | None = None,
    recognised: bool | None = None,
    q: str | None = None,
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a list on a day."""
    named = (
        ("territory", territory),
        ("responsible", owner),
        (capacity or "organization", organization),
        ("parent", parent),
        ("handed_over_to", handed_over_to),
        ("ratified_by", ratified_by),
    )
    where = [linked(ROWS, f"{name}:{value}") for name, value in named if value]
    flags = ((row.handed_over, handed_over), (row.recognised, recognised))
    where += [column.is_(asked) for column, asked in flags if asked is not None]
    if types := sorted(set(type)):
        where.append(row.type.in_(types))
    if in_force is not None:
        valid = sa.and_(row.in_force.is_not(None), sa.not_(lapsed(row, day)))
        where.append(valid if in_force else sa.not_(valid))
    if states := set(state):
        standing = sa.and_(row.status.in_(sorted(states - {t.EXPIRED})), sa.not_(lapsed(row, day)))
        where.append(sa.or_(standing, lapsed(row, day)) if t.EXPIRED in states else standing)
    return where + (matching(row.search, q) if q else [])


def naming(connection: sa.Connection, link: str) -> dict[UUID, t.PlanState]:
    """Return the plans that have a link, as known now."""
    query = sa.select(row.id, row.state).where(linked(ROWS, link), at(row)).order_by(row.born)
    return {UUID(found.id): ROWS.decode(found.state) for found in connection.execute(query)}


def descendants(connection: sa.Connection, id: UUID) -> frozenset[UUID]:
    """Return the plans that are built into a plan, directly or over others, as known now."""
    found, left = set[UUID](), [id]
    while left:
        new = set(naming(connection, f"parent:{left.pop()}")) - found
        found |= new
        left += new
    return frozenset(found)


def _about(state: t.PlanState, day: date) -> About:
    shown = state.shown
    return About(
        code=state.code,
        title=state.title,
        state=state.status.value,
        amount=None,
        headline=None,
        deadline=shown.valid_until,
        overdue=state.expired(day),
        origin=None,
        source=state.source,
        illustrative=state.illustrative,
    )


def _amended(earlier: Any, later: Any) -> sa.ColumnElement[bool]:
    """Select plans of which another version entered into force, or whose validity was extended."""
    moved = sa.or_(earlier.in_force != later.in_force, earlier.valid_until != later.valid_until)
    return sa.and_(earlier.in_force.is_not(None), later.in_force.is_not(None), moved)


INHERITABLE = Inheritable(
    kind="plan",
    projection=plans,
    capacities=get_args(Capacity),
    replaced=(t.Status.SUPERSEDED.value,),
    overdue=lapsed,
    about=_about,
    closed=lambda c: c.status.in_((t.Status.SUPERSEDED.value, t.Status.REPEALED.value)),
    verified=lambda c: c.status == t.Status.REVIEWED.value,
    amended=_amended,
)
"""How plans are inherited by administrations: without an amount; an expired one is overdue for its renewal.

Verified is a plan of which a version was reviewed before it was adopted.
"""
