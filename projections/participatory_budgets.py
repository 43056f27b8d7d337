"""Participatory budgets as listed and shown."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.objectives import Objective
from domain.participatory_budget import ParticipatoryBudget
from domain.participatory_budget import types as t
from domain.types import Act, Money, Territory
from domain.values import Value
from projections.base import Projection
from projections.citing import Citing
from projections.codes import Coded
from projections.inheritable import About
from projections.listing import folded, linked, matching
from projections.organizations import within
from projections.rows import Rows
from projections.times import at
from projections.views import view
from roundtable.store.columns import Id


class ProposalView(Value, frozen=True, kw_only=True):
    """A proposal as a reader sees it, with its votes and its place among the priorities."""

    code: str
    title: str
    description: str | None
    objective: Objective
    cost: Money
    territories: tuple[Territory, ...]
    proposer: UUID
    submitted_on: date
    evaluation: t.Evaluation | None
    votes: int
    priority: int | None
    withdrawn: str | None


class ParticipatoryBudgetView(Value, frozen=True, kw_only=True):
    """A participatory budget as a reader sees it on a day. `state` is its phase, in which it is `since` a day."""

    id: UUID
    version: int
    code: str | None
    state: t.Status
    since: date
    municipality: UUID
    fiscal_year: int
    ordinance: Act
    ceiling: Money | None
    prioritised: Money | None
    agents: tuple[t.Agent, ...]
    rejected: tuple[t.RejectedAgent, ...]
    technical_team: tuple[t.TeamMember, ...]
    workshops: tuple[t.Workshop, ...]
    proposals: tuple[ProposalView, ...]
    ballots: tuple[t.Ballot, ...]
    priorities: tuple[str, ...]
    replaced: tuple[t.Replacement, ...]
    committee: tuple[t.CommitteeMember, ...]
    formalisation: t.Formalisation | None
    carried_over: tuple[t.CarriedOver, ...]
    execution: tuple[t.LineExecution, ...]
    accounts: t.Accounts | None
    began_on: date
    illustrative: tuple[str, ...]


class ParticipatoryBudgetItem(Value, frozen=True, kw_only=True):
    """A participatory budget as a list shows it: counts, and what its priorities cost together.

    `without_personality` are the agents that are no legal persons, `people` those counted at all workshops.
    """

    id: UUID
    version: int
    code: str | None
    state: t.Status
    since: date
    municipality: UUID
    fiscal_year: int
    ordinance: Act
    ceiling: Money | None
    prioritised: Money | None
    agents: int
    without_personality: int
    workshops: int
    people: int
    proposals: int
    feasible: int
    priorities: int
    replaced: int
    carried_over: int
    committee: int
    formalised_on: date | None
    accounted_on: date | None
    began_on: date
    illustrative: tuple[str, ...]


def _columns(state: t.ParticipatoryBudgetState) -> tuple[Any, ...]:
    said = (state.code or "", *(f"{p.code} {p.title}" for p in state.proposals))
    return state.code, state.status.value, str(state.municipality), state.fiscal_year, folded(" ".join(said))


def _links(state: t.ParticipatoryBudgetState) -> Iterator[str]:
    for id in (state.municipality, *_organizations(state)):
        yield f"organization:{id}"
    for proposal in state.proposals:
        pinned = proposal.objective
        yield f"plan:{pinned.plan}"
        yield from (cites(pinned.plan, version, code) for version, code in _named(pinned))
        for territory in proposal.territories:
            yield from (f"territory:{label}" for label in within(territory))
    for winner in state.carried_over:
        yield f"project:{winner.project}"
        yield f"commitment:{winner.commitment}"


def _organizations(state: t.ParticipatoryBudgetState) -> Iterator[UUID]:
    yield from (agent.organization for agent in state.agents)
    yield from (rejected.organization for rejected in state.rejected)
    yield from (member.organization for member in state.technical_team)
    yield from (proposal.proposer for proposal in state.proposals)
    yield from (member.organization for member in state.committee)


def _named(pinned: Objective) -> tuple[tuple[int | None, str | None], ...]:
    """Return how a citation can be asked for beside its plan: by version, by code, by both."""
    return (pinned.version, None), (None, pinned.code), (pinned.version, pinned.code)


def cites(plan: UUID, version: int | None, code: str | None) -> str:
    """Return the link to a version of a plan, to an objective of any version, or to one of a version."""
    return f"cites:{plan}/{version or ''}/{folded(code or '').replace('|', ' ')}"


ROWS = Rows(
    "participatory_budget",
    t.ParticipatoryBudgetState,
    (
        sa.Column("code", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("municipality", Id, nullable=False),
        sa.Column("fiscal_year", sa.Integer, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
    ),
    _columns,
    _links,
)
ROWS.index("code", "code", newest=True)
ROWS.index("year", "municipality", "fiscal_year", newest=True)
participatory_budgets = Projection(ParticipatoryBudget, ROWS)
codes: Coded[t.ParticipatoryBudgetState] = Coded(ROWS)
find, holders, state_of = codes.find, codes.holders, codes.state_of
row = ROWS.table.c
ORDERS = {
    "recorded": row.born,
    "code": sa.func.coalesce(row.code, ""),
    "fiscal_year": row.fiscal_year,
    "state": row.status,
}


def _about(state: t.ParticipatoryBudgetState, _: date) -> About:
    return About(
        code=state.code,
        title=f"{state.fiscal_year}",
        state=state.status.value,
        amount=prioritised(state),
        headline=None,
        deadline=None,
        overdue=False,
        origin=None,
        source=None,
        illustrative=state.illustrative,
    )


CITING = Citing(
    kind="participatory-budget",
    projection=participatory_budgets,
    cites=lambda state: ((proposal.objective, proposal.code) for proposal in state.proposals),
    about=_about,
)
"""How the proposals of participatory budgets serve objectives of plans."""


def participatory_budget_item(found: sa.Row[Any]) -> ParticipatoryBudgetItem:
    """Return a row as a list shows it."""
    state: t.ParticipatoryBudgetState = ROWS.decode(found.state)
    verdicts = [proposal.evaluation.verdict for proposal in state.proposals if proposal.evaluation]
    return view(
        ParticipatoryBudgetItem,
        state,
        id=UUID(found.id),
        version=found.version,
        state=state.status,
        prioritised=prioritised(state),
        agents=len(state.agents),
        without_personality=sum(agent.legal_personality != "registered" for agent in state.agents),
        workshops=len(state.workshops),
        people=sum(workshop.counts.people for workshop in state.workshops if workshop.counts),
        proposals=len(state.proposals),
        feasible=verdicts.count("feasible"),
        priorities=len(state.priorities),
        replaced=len(state.replaced),
        carried_over=len(state.carried_over),
        committee=len(state.committee),
        formalised_on=state.formalisation.formalised_on if state.formalisation else None,
        accounted_on=state.accounts.rendered_on if state.accounts else None,
    )


def participatory_budget_view(found: sa.Row[Any]) -> ParticipatoryBudgetView:
    """Return the view of a row."""
    state: t.ParticipatoryBudgetState = ROWS.decode(found.state)
    return view(
        ParticipatoryBudgetView,
        state,
        id=UUID(found.id),
        version=found.version,
        state=state.status,
        prioritised=prioritised(state),
        proposals=tuple(_proposal(state, proposal) for proposal in state.proposals),
    )


def prioritised(state: t.ParticipatoryBudgetState) -> Money | None:
    """Return what the priorities cost together; nothing where there is no ceiling yet."""
    if state.ceiling is None:
        return None
    return Money(amount=state.cost_of(state.priorities), currency=state.ceiling.currency).checked()


def _proposal(state: t.ParticipatoryBudgetState, proposal: t.Proposal) -> ProposalView:
    return view(ProposalView, proposal, votes=state.votes(proposal.code), priority=priority_of(state, proposal.code))


def priority_of(state: t.ParticipatoryBudgetState, code: str) -> int | None:
    """Return the place of a proposal among the priorities, counted from one."""
    return state.priorities.index(code) + 1 if code in state.priorities else None


def filters(
    *,
    municipality: UUID | None = None,
    fiscal_year: int | None = None,
    state: Iterable[str] = (),
    plan: UUID | None = None,
    version: int | None = None,
    objective: str | None = None,
    territory: str | None = None,
    organization: UUID | None = None,
    q: str | None = None,
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a list. A version or an objective says something only with its plan."""
    named = (("plan", plan), ("organization", organization), ("territory", territory))
    links = [f"{name}:{value}" for name, value in named if value]
    if plan and (version or objective):
        links.append(cites(plan, version, objective))
    where = [linked(ROWS, link) for link in links]
    if municipality:
        where.append(row.municipality == str(municipality))
    if fiscal_year is not None:
        where.append(row.fiscal_year == fiscal_year)
    if states := list(state):
        where.append(row.status.in_(states))
    return where + (matching(row.search, q) if q else [])


def of_municipalities(
    connection: sa.Connection, municipalities: Iterable[UUID], but: UUID | None
) -> dict[tuple[UUID, int], UUID]:
    """Return the participatory budgets of municipalities, other than one, by municipality and year, as known now."""
    query = sa.select(row.id, row.municipality, row.fiscal_year).where(
        row.municipality.in_([str(id) for id in municipalities]), at(row), row.id != str(but or UUID(int=0))
    )
    return {(UUID(r.municipality), r.fiscal_year): UUID(r.id) for r in connection.execute(query)}
