"""Commitments as listed and shown."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, get_args
from uuid import UUID

import sqlalchemy as sa

from domain.commitment import Commitment
from domain.commitment import types as t
from domain.commitment.completeness import Completeness, completeness
from domain.commitment.facts import Announcement
from domain.facts import Dependents
from domain.objectives import Objective
from domain.types import Money, Source, Territory
from domain.values import Value
from projections.base import Projection
from projections.citing import Citing
from projections.codes import Coded
from projections.inheritable import About, Inheritable, differs
from projections.listing import folded, linked, matching, place_of
from projections.moment import Moment
from projections.organizations import within
from projections.rows import DAYS, TIMES, Rows
from projections.times import NEVER, at
from projections.views import PersonalView, personal, view
from roundtable.store.columns import Day, Id

Capacity = Literal["responsible", "collaborator", "counterpart", "follow_up_body", "verifier"]


MADE_AT = "roundtable:"
"""The beginning of the link to the roundtable that a commitment names as its origin."""
NAMED = 5
"""How many of many commitments are named."""


class CommitmentView(Value, frozen=True, kw_only=True):
    """A commitment as a reader sees it on a day; `overdue` and `completeness` are computed for that day."""

    id: UUID
    version: int
    code: str | None
    state: str
    since: date
    kind: str
    title: str
    statement: str
    language: str
    origin: t.Origin | None
    source: Source | None
    headline: t.Headline | None
    part_of: UUID | None
    sector: str | None
    projects: int
    amount: Money | None
    ladder: t.Ladder
    amendments: tuple[t.Amendment, ...]
    responsibles: tuple[t.Responsible, ...]
    collaborators: tuple[UUID, ...]
    counterparts: tuple[t.Counterpart, ...]
    follow_up_body: UUID | None
    follow_up_waiver: str | None
    verifier: UUID | None
    original_deadline: date | None
    deadline: date | None
    deadline_waiver: str | None
    extensions: tuple[t.Extension, ...]
    overdue: bool
    days_overdue: int
    percent: int | None
    note: str | None
    block_cause: str | None
    unblocker: UUID | None
    evidence: tuple[t.Evidence, ...]
    reported: t.Report | None
    verified: t.Report | None
    assessment: str | None
    positions: tuple[t.Position, ...]
    territories: tuple[Territory, ...]
    beneficiaries: t.Beneficiaries | None
    conditions: tuple[str, ...]
    objectives: tuple[Objective, ...]
    sdg_targets: tuple[str, ...]
    successors: tuple[UUID, ...]
    contact: PersonalView | None
    completeness: Completeness
    began_on: date
    illustrative: tuple[str, ...]


INVENTED = {"itemised": 1, "approved": 2, "executed": 4}
"""The bits of the column `invented`."""
_SAID = {
    "itemised": {"amount", "amount-amended.amount"},
    "approved": {"amount-approved.amount"},
    "executed": {"execution-reported.amount"},
}


def _columns(state: t.CommitmentState) -> tuple[Any, ...]:
    ladder = state.ladder
    amounts = (ladder.promised, ladder.current, ladder.approved, ladder.executed)
    return (
        state.code,
        state.status.value,
        state.kind,
        state.sector,
        str(state.part_of) if state.part_of else None,
        state.projects,
        *(amount.minor_units if amount else None for amount in amounts),
        sum(bit for name, bit in INVENTED.items() if _SAID[name] & set(state.illustrative)),
        state.headline.amount.minor_units if state.headline else None,
        state.currency,
        state.deadline.isoformat() if state.deadline else NEVER,
        folded(state.title)[:200],
        folded(f"{state.code or ''} {state.title} {state.statement}"),
    )


def _links(state: t.CommitmentState) -> Iterable[str]:
    for capacity, id in capacities(state):
        yield f"{capacity}:{id}"
        yield f"organization:{id}"
    yield from (f"commitment:{id}" for id in (state.part_of, *state.successors) if id)
    for territory in state.territories:
        yield from (f"territory:{label}" for label in within(territory))
    if state.origin and state.origin.roundtable:
        yield f"{MADE_AT}{state.origin.roundtable}"
    if state.origin and state.origin.session:
        yield f"session:{state.origin.session}"
    if state.origin and state.origin.minutes:
        yield f"minutes:{state.origin.minutes}"
    if state.origin and state.origin.participatory_budget:
        yield f"participatory-budget:{state.origin.participatory_budget}"
    sectors = {state.sector, *(state.headline.sectors if state.headline else ())}
    yield from (f"sector:{sector}" for sector in sectors if sector)
    yield from {f"plan:{objective.plan}": None for objective in state.objectives}
    found = completeness(state)
    yield from (f"missing:{name}" for name in found.missing)
    yield from (f"waived:{name}" for name in found.waived)


def capacities(state: t.CommitmentState) -> Iterable[tuple[Capacity, UUID]]:
    """Yield every organization that a commitment concerns, with its capacity."""
    yield from (("responsible", r.organization) for r in state.responsibles)
    yield from (("collaborator", id) for id in state.collaborators)
    yield from (("counterpart", c.organization) for c in state.counterparts)
    if state.follow_up_body:
        yield "follow_up_body", state.follow_up_body
    if state.verifier:
        yield "verifier", state.verifier


ROWS = Rows(
    "commitment",
    t.CommitmentState,
    (
        sa.Column("code", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("sector", sa.Text),
        sa.Column("part_of", Id),
        sa.Column("projects", sa.BigInteger, nullable=False),
        sa.Column("promised", sa.BigInteger, comment="minor units"),
        sa.Column("amount", sa.BigInteger, comment="minor units, as adjusted"),
        sa.Column("approved", sa.BigInteger, comment="minor units"),
        sa.Column("executed", sa.BigInteger, comment="minor units"),
        sa.Column("invented", sa.Integer, nullable=False, comment="which of these amounts are invented, bit by bit"),
        sa.Column("headline", sa.BigInteger, comment="minor units, of an announcement"),
        sa.Column("currency", sa.Text, comment="of all amounts"),
        sa.Column("deadline", Day, nullable=False),
        sa.Column("title_key", sa.Text, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
    ),
    _columns,
    _links,
)
SUMS = ("status", "sector", "projects", "amount", "approved", "executed", "invented")
ROWS.index("code", "code", newest=True)
ROWS.index("days", *DAYS)
ROWS.index("totals_now", "part_of", *SUMS, newest=True)
ROWS.index("totals_past", "part_of", "valid_from", "valid_to", *TIMES[:2], "replaced_at", *SUMS)
commitments = Projection(Commitment, ROWS)
codes: Coded[t.CommitmentState] = Coded(ROWS)
find, holders = codes.find, codes.holders
row = ROWS.table.c
ORDERS = {
    "recorded": row.born,
    "code": sa.func.coalesce(row.code, ""),
    "title": row.title_key,
    "deadline": row.deadline,
    "amount": sa.func.coalesce(row.amount, -1),
    "state": row.status,
}


def late(c: Any, day: date) -> sa.ColumnElement[bool]:
    """Select commitments that are open after their deadline, on a day."""
    return sa.and_(c.status.in_(sorted(t.DUE)), c.deadline < day.isoformat())


def _about(state: t.CommitmentState, day: date) -> About:
    return About(
        code=state.code,
        title=state.title,
        state=state.status.value,
        amount=state.ladder.current,
        headline=state.headline.amount if state.headline else None,
        deadline=state.deadline,
        overdue=state.status in t.DUE and state.deadline is not None and state.deadline < day,
        origin=state.origin,
        source=state.source,
        illustrative=state.illustrative,
    )


CITING = Citing(
    kind="commitment",
    projection=commitments,
    cites=lambda state: ((objective, None) for objective in state.objectives),
    about=_about,
)
"""How commitments serve objectives of plans."""
INHERITABLE = Inheritable(
    kind="commitment",
    projection=commitments,
    capacities=get_args(Capacity),
    replaced=(t.Status.SUPERSEDED.value,),
    overdue=late,
    about=_about,
    closed=lambda c: c.status.not_in(sorted({*t.OPEN, t.Status.REVERSED})),
    verified=lambda c: c.status.in_((t.Status.FULFILLED.value, t.Status.PARTIALLY_FULFILLED.value)),
    amended=lambda earlier, later: differs(earlier, later, "amendments", "extensions", "headline"),
)
"""How commitments are inherited by administrations.

Closed is what is neither open nor reversed. An amendment changes amount, headline or deadline; a deadline set for the
first time is none.
"""


def commitment_view(found: sa.Row[Any], day: date, values: Mapping[str, str]) -> CommitmentView:
    """Return the view of a row on a day."""
    state: t.CommitmentState = ROWS.decode(found.state)
    overdue = state.status in t.DUE and state.deadline is not None and state.deadline < day
    return view(
        CommitmentView,
        state,
        id=UUID(found.id),
        version=found.version,
        state=state.status,
        since=state.moved_on,
        amount=state.ladder.current,
        overdue=overdue,
        days_overdue=(day - state.deadline).days if overdue and state.deadline else 0,
        completeness=completeness(state),
        contact=personal(state.contact, values),
    )


def filters(
    day: date,
    *,
    organization: UUID | None = None,
    capacity: Capacity | None = None,
    sector: str | None = None,
    territory: str | None = None,
    state: Iterable[str] = (),
    kind: str | None = None,
    part_of: UUID | None = None,
    session: UUID | None = None,
    minutes: UUID | None = None,
    participatory_budget: UUID | None = None,
    overdue: bool | None = None,
    missing: Iterable[str] = (),
    waived: Iterable[str] = (),
    q: str | None = None,
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a list on a day."""
    named = (
        ("sector", sector),
        ("territory", territory),
        ("session", session),
        ("minutes", minutes),
        ("participatory-budget", participatory_budget),
    )
    links = [f"{name}:{value}" for name, value in named if value]
    if organization:
        links.append(f"{capacity or 'organization'}:{organization}")
    links += [f"missing:{name}" for name in missing] + [f"waived:{name}" for name in waived]
    where = [linked(ROWS, link) for link in links]
    if states := list(state):
        where.append(row.status.in_(states))
    if kind:
        where.append(row.kind == kind)
    if part_of:
        where.append(row.part_of == str(part_of))
    if overdue is not None:
        where.append(late(row, day) if overdue else sa.not_(late(row, day)))
    return where + (matching(row.search, q) if q else [])


def made_at(roundtable: UUID, moment: Moment) -> sa.ColumnElement[bool]:
    """Select what was agreed at a roundtable: what names it, and items without a table whose announcement names it."""
    link, whole = f"{MADE_AT}{roundtable}", ROWS.table.alias()
    ever = sa.select(ROWS.link.c.id).where(ROWS.link.c.link == link)
    wholes = sa.select(whole.c.id).where(
        whole.c.id.in_(ever), place_of(whole.c.links, f"|{link}|") > 0, moment.selects(whole.c)
    )
    itemises = sa.and_(row.part_of.in_(wholes), place_of(row.links, f"|{MADE_AT}") == 0)
    return sa.or_(linked(ROWS, link), itemises)


def still_open(connection: sa.Connection, roundtable: UUID, moment: Moment) -> tuple[int, tuple[str, ...]]:
    """Return how many commitments of a roundtable are open at a moment, and the names of the first few."""
    query = sa.select(row.id, row.code).where(made_at(roundtable, moment), moment.selects(row))
    found = connection.execute(query.where(row.status.in_(sorted(t.OPEN))).order_by(row.born)).all()
    return len(found), tuple(one.code or one.id for one in found[:NAMED])


def announcement(connection: sa.Connection, id: UUID, day: str) -> Announcement:
    """Return a commitment as the whole of which another wants to be part, on a day."""
    state = connection.scalar(sa.select(row.state).where(row.id == str(id), at(row, day=day)))
    if state is None:
        return Announcement(id=id)
    return Announcement(id=id, exists=True, headline=ROWS.decode(state).headline)


def known_on(connection: sa.Connection, ids: Iterable[UUID], day: date) -> frozenset[UUID]:
    """Return those of these commitments that had begun by a day, as known now."""
    query = sa.select(row.id).where(row.id.in_([str(id) for id in ids]), at(row, day=day.isoformat()))
    return frozenset(UUID(id) for id in connection.scalars(query))


def parts(connection: sa.Connection, ids: Iterable[UUID]) -> dict[UUID, UUID | None]:
    """Return the commitments with these ids as known now, each with the announcement it is part of."""
    query = sa.select(row.id, row.part_of).where(row.id.in_([str(id) for id in ids]), at(row))
    return {UUID(r.id): UUID(r.part_of) if r.part_of else None for r in connection.execute(query)}


def replaced_by(connection: sa.Connection, id: UUID) -> frozenset[UUID]:
    """Return the commitments whose place one took, directly or over others, as known now."""
    found, left = frozenset[UUID](), [id]
    while left:
        later = left.pop()
        query = sa.select(row.id, row.state).where(linked(ROWS, f"commitment:{later}"), at(row))
        before = ((UUID(one.id), ROWS.decode(one.state)) for one in connection.execute(query))
        new = {one for one, state in before if later in state.successors} - found
        found |= new
        left += new
    return found


def dependents(connection: sa.Connection, kind: str, id: UUID) -> Dependents:
    """Return the commitments that name an organization, a plan or, as the whole or the successor, a commitment."""
    names = linked(ROWS, f"{kind}:{id}")
    query = sa.select(row.id, row.state).where(names, at(row)).order_by(row.born)
    found = [(UUID(r.id), ROWS.decode(r.state)) for r in connection.execute(query)]
    currencies = frozenset(state.currency for _, state in found if state.part_of == id and state.currency)
    cited = {(o.version, o.code): other for other, state in found for o in state.objectives if o.plan == id}
    named: dict[tuple[int, str | None], UUID] = {**cited}
    return Dependents(ids=tuple(other for other, _ in found if other != id), currencies=currencies, objectives=named)
