"""Projects as listed: their rows, filters and links. What readers see of one stands in `project_views`."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from domain.commitment.types import Origin
from domain.project import Project
from domain.project import types as t
from domain.project.budget import totals
from domain.project.findings import findings
from domain.project.tracks import TRACKS, Investment, Table, Works
from projections.base import Projection
from projections.citing import Citing
from projections.codes import Coded
from projections.inheritable import About, Inheritable, differs
from projections.listing import folded, linked, matching
from projections.organizations import within
from projections.rows import DAYS, Rows
from projections.times import NEVER
from roundtable.store.columns import Day

Capacity = Literal[
    "responsible",
    "executing",
    "funder",
    "formulating",
    "supervising",
    "operating",
    "counterpart",
    "beneficiary",
    "collaborator",
    "follow_up_body",
]
CAPACITIES: tuple[Capacity, ...] = (
    "responsible", "executing", "funder", "formulating", "supervising", "operating", "counterpart", "beneficiary",
    "collaborator", "follow_up_body",
)  # fmt: skip
"""In the order in which an object is listed under them."""


def _columns(state: t.ProjectState) -> tuple[Any, ...]:
    accrued = totals(state.budgets).accrued
    return (
        state.code,
        state.cui,
        state.table.value,
        state.investment.value,
        state.works.value,
        state.sector,
        state.cost.minor_units if state.cost else None,
        accrued.minor_units if accrued else None,
        state.currency,
        state.due.isoformat() if state.due else NEVER,
        state.next_milestone.isoformat() if state.next_milestone else NEVER,
        folded(state.title)[:200],
        folded(" ".join((state.code or "", state.cui or "", state.title, state.scope or ""))),
    )


def _links(state: t.ProjectState) -> Iterable[str]:
    for capacity, id in state.organizations():
        yield f"{capacity}:{id}"
        yield f"organization:{id}"
    if state.roundtable:
        yield f"roundtable:{state.roundtable}"
    yield from (f"commitment:{id}" for id in state.commitments)
    yield from (f"plan:{objective.plan}" for objective in state.objectives)
    for territory in state.territories:
        yield from (f"territory:{label}" for label in within(territory))
    yield from (f"year:{budget.fiscal_year}" for budget in state.budgets)
    yield from (f"finding:{finding.code}" for finding in findings(state))


ROWS = Rows(
    "project",
    t.ProjectState,
    (
        sa.Column("code", sa.Text),
        sa.Column("cui", sa.Text),
        sa.Column("status", sa.Text, nullable=False, comment="of the track at the table"),
        sa.Column("investment", sa.Text, nullable=False),
        sa.Column("works", sa.Text, nullable=False),
        sa.Column("sector", sa.Text),
        sa.Column("amount", sa.BigInteger, comment="minor units, the cost"),
        sa.Column("accrued", sa.BigInteger, comment="minor units, of all fiscal years"),
        sa.Column("currency", sa.Text, comment="of cost and budgets"),
        sa.Column("due", Day, nullable=False, comment="the planned end while it is to be built"),
        sa.Column("next_milestone", Day, nullable=False, comment="the first that is to be reached"),
        sa.Column("title_key", sa.Text, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
    ),
    _columns,
    lambda state: sorted(set(_links(state))),
)
ROWS.index("code", "code", newest=True)
ROWS.index("cui", "cui", newest=True)
ROWS.index("days", *DAYS)
projects = Projection(Project, ROWS)
codes: Coded[t.ProjectState] = Coded(ROWS, "code", "cui")
find, holders = codes.find, codes.holders
row = ROWS.table.c
ORDERS = {
    "recorded": row.born,
    "code": sa.func.coalesce(row.code, ""),
    "title": row.title_key,
    "planned_end": row.due,
    "cost": sa.func.coalesce(row.amount, -1),
    "accrued": sa.func.coalesce(row.accrued, -1),
}


def late(c: Any, day: date) -> sa.ColumnElement[bool]:
    """Select projects that are still to be built after their planned end, on a day."""
    return sa.and_(c.due < day.isoformat())


def in_states(c: Any, states: Iterable[str]) -> sa.ColumnElement[bool]:
    """Select projects of which any track is in one of some states; no two tracks share the name of one."""
    some = list(states)
    return sa.or_(c.status.in_(some), c.investment.in_(some), c.works.in_(some))


def _about(state: t.ProjectState, day: date) -> About:
    return About(
        code=state.code or state.cui,
        title=state.title,
        state=state.table.value,
        amount=state.cost,
        headline=None,
        deadline=state.planned_end,
        overdue=state.due is not None and state.due < day,
        origin=Origin(roundtable=state.roundtable) if state.roundtable else None,
        source=state.source,
        illustrative=state.illustrative,
        tracks={track: getattr(state, track).value for track in TRACKS},
    )


CITING = Citing(
    kind="project",
    projection=projects,
    cites=lambda state: ((objective, None) for objective in state.objectives),
    about=_about,
)
"""How projects serve objectives of plans."""
CLOSED = (Table.CONCLUDED.value, Table.DISMISSED.value)
"""Where the table expects nothing more of a project."""
INHERITABLE = Inheritable(
    kind="project",
    projection=projects,
    capacities=CAPACITIES,
    replaced=(),
    overdue=late,
    about=_about,
    closed=lambda c: sa.or_(c.status.in_(CLOSED), c.investment == Investment.CLOSED.value),
    verified=lambda c: c.works == Works.RECEIVED.value,
    amended=lambda earlier, later: differs(earlier, later, "modifications"),
    in_states=in_states,
)
"""How projects are inherited by administrations: verified are works that a committee received."""


def filters(
    day: date,
    *,
    organization: UUID | None = None,
    capacity: Capacity | None = None,
    responsible: UUID | None = None,
    funder: UUID | None = None,
    roundtable: UUID | None = None,
    commitment: UUID | None = None,
    plan: UUID | None = None,
    sector: str | None = None,
    territory: str | None = None,
    fiscal_year: int | None = None,
    table: Iterable[str] = (),
    investment: Iterable[str] = (),
    works: Iterable[str] = (),
    halted: bool | None = None,
    overdue: bool | None = None,
    milestone_overdue: bool | None = None,
    finding: Iterable[str] = (),
    q: str | None = None,
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a list on a day."""
    named = {"responsible": responsible, "funder": funder, "roundtable": roundtable, "commitment": commitment}
    named |= {"plan": plan, capacity or "organization": organization} if organization else {"plan": plan}
    links = [f"{name}:{value}" for name, value in (*named.items(), ("territory", territory)) if value]
    links += [f"year:{fiscal_year}"] if fiscal_year else []
    where = [linked(ROWS, link) for link in (*links, *(f"finding:{code}" for code in finding))]
    tracks = ((row.status, table), (row.investment, investment), (row.works, works))
    where += [column.in_(some) for column, states in tracks if (some := list(states))]
    where += [row.sector == sector] if sector else []
    asked: tuple[tuple[sa.ColumnElement[bool], bool | None], ...] = (
        (row.works == Works.HALTED.value, halted),
        (late(row, day), overdue),
        (row.next_milestone < day.isoformat(), milestone_overdue),
    )
    where += [condition if wanted else sa.not_(condition) for condition, wanted in asked if wanted is not None]
    return where + (matching(row.search, q) if q else [])
