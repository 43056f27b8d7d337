"""Budget lines: which serve which objective of which plan version, adopted by which government.

A line is a priority of a participatory budget, or one that was given up. Budget, plan and administrations are all read
at the same moment.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.administration.types import AdministrationState, Heading
from domain.objectives import Objective
from domain.participatory_budget.types import CarriedOver, ParticipatoryBudgetState, Proposal, Replacement
from domain.plan.types import PlanState, Version
from domain.types import Act, Money, Territory
from domain.values import Value
from projections import administrations, plans
from projections.moment import Moment
from projections.participatory_budgets import ROWS, filters, row

PAGE = 50
"""How many participatory budgets are read at a time."""


class Government(Value, frozen=True, kw_only=True):
    """The administration that was in office on the day of an adoption."""

    id: UUID
    code: str | None
    titles: tuple[Heading, ...]


class ServedObjective(Value, frozen=True, kw_only=True):
    """The objective that a line serves, in the version that it was pinned to, and who adopted that version."""

    plan: UUID
    plan_code: str | None
    plan_title: str | None
    plan_version: int
    code: str
    statement: str | None
    institution: UUID | None
    adopted_on: date | None
    act: Act | None
    administration: Government | None


class BudgetLine(Value, frozen=True, kw_only=True):
    """A line of a participatory budget: what it serves, what it costs, where it stands, what it became.

    `state` is `prioritised`, `carried_over`, `not_started`, `in_progress` or `completed`; `replaced` or `dropped`
    where it was given up. A field of the objective is empty where the plan was not on record at the moment asked about.
    """

    budget: UUID
    budget_code: str | None
    municipality: UUID
    fiscal_year: int
    phase: str
    proposal: str
    title: str
    priority: int | None
    state: str
    objective: ServedObjective
    cost: Money
    votes: int
    executed: Money | None
    percent: int | None
    territories: tuple[Territory, ...]
    proposer: UUID
    project: UUID | None
    commitment: UUID | None
    replaced_by: str | None


class Lines(NamedTuple):
    """Which lines."""

    budget: UUID | None = None
    municipality: UUID | None = None
    fiscal_year: int | None = None
    plan: UUID | None = None
    version: int | None = None
    objective: str | None = None
    administration: UUID | None = None

    def admits(self, line: BudgetLine) -> bool:
        """Tell whether a line of a budget that was asked for is asked for itself."""
        served = line.objective
        by = served.administration.id if served.administration else None
        asked = (
            (self.plan, served.plan),
            (self.version, served.plan_version),
            (self.objective, served.code),
            (self.administration, by),
        )
        return all(wanted is None or wanted == found for wanted, found in asked)


class Placed(NamedTuple):
    """A line with its place: the position at which its budget was born, and its number within it."""

    born: int
    sort: int
    line: BudgetLine


def lines(
    connection: sa.Connection, moment: Moment, which: Lines, after: tuple[int, int] | None = None
) -> Iterator[Placed]:
    """Yield lines in the order in which their budgets entered the log, then by priority, after a place."""
    plans_then = Plans(connection, moment)
    born, place = after or (0, -1)
    for found in _budgets(connection, moment, which, born):
        state: ParticipatoryBudgetState = ROWS.decode(found.state)
        for number, (proposal, given_up) in enumerate(_of(state)):
            if (found.born, number) <= (born, place):
                continue
            line = _line(UUID(found.id), state, proposal, given_up, plans_then.served(proposal.objective))
            if which.admits(line):
                yield Placed(found.born, number, line)


def _budgets(connection: sa.Connection, moment: Moment, which: Lines, born: int) -> Iterator[Any]:
    """Yield the rows of participatory budgets that may have such lines, from one on."""
    where = filters(
        municipality=which.municipality,
        fiscal_year=which.fiscal_year,
        plan=which.plan,
        version=which.version,
        objective=which.objective,
    )
    if which.budget:
        where.append(row.id == str(which.budget))
    query = sa.select(row.id, row.born, row.state).where(moment.selects(row), *where).order_by(row.born).limit(PAGE)
    found = connection.execute(query.where(row.born >= born)).all()
    while found:
        yield from found
        found = connection.execute(query.where(row.born > found[-1].born)).all() if len(found) == PAGE else []


def _of(state: ParticipatoryBudgetState) -> Iterator[tuple[Proposal, Replacement | None]]:
    """Yield the priorities in their order, then what was given up."""
    named = [(code, None) for code in state.priorities]
    given_up = {replaced.proposal: replaced for replaced in state.replaced if replaced.proposal not in state.priorities}
    for code, replaced in (*named, *given_up.items()):
        if (proposal := state.proposal(code)) is not None:
            yield proposal, replaced


def _line(
    id: UUID,
    state: ParticipatoryBudgetState,
    proposal: Proposal,
    given_up: Replacement | None,
    served: ServedObjective,
) -> BudgetLine:
    code = proposal.code
    done = next((line for line in state.execution if line.proposal == code), None)
    became = state.became(code)
    return BudgetLine(
        budget=id,
        budget_code=state.code,
        municipality=state.municipality,
        fiscal_year=state.fiscal_year,
        phase=state.status.value,
        proposal=code,
        title=proposal.title,
        priority=None if given_up else state.priorities.index(code) + 1,
        state=_given_up(given_up) or (done.stage if done else _became(became)),
        objective=served,
        cost=proposal.cost,
        votes=state.votes(code),
        executed=done.executed if done else None,
        percent=done.percent if done else None,
        territories=proposal.territories,
        proposer=proposal.proposer,
        project=became.project if became else None,
        commitment=became.commitment if became else None,
        replaced_by=given_up.instead if given_up else None,
    )


def _given_up(replaced: Replacement | None) -> str | None:
    if replaced is None:
        return None
    return "dropped" if replaced.instead is None else "replaced"


def _became(became: CarriedOver | None) -> str:
    return "carried_over" if became else "prioritised"


class Plans:
    """The plans that lines cite, and who governed when they were adopted, all at one moment; each is read once."""

    def __init__(self, connection: sa.Connection, moment: Moment) -> None:
        """Read at a moment."""
        self.connection, self.moment = connection, moment
        self.known: dict[UUID, PlanState | None] = {}
        self.governments: dict[tuple[UUID, date], Government | None] = {}

    def served(self, pinned: Objective) -> ServedObjective:
        """Return what is known of an objective at the moment."""
        plan = self._plan(pinned.plan)
        version = plan.version(pinned.version) if plan else None
        adoption = version.adoption if version else None
        stated = next((o for o in version.objectives if o.code == pinned.code), None) if version else None
        return ServedObjective(
            plan=pinned.plan,
            plan_code=plan.code if plan else None,
            plan_title=plan.title if plan else None,
            plan_version=pinned.version,
            code=pinned.code,
            statement=stated.statement if stated else None,
            institution=adoption.institution if adoption else None,
            adopted_on=adoption.adopted_on if adoption else None,
            act=adoption.act if adoption else None,
            administration=self._government(version),
        )

    def _plan(self, id: UUID) -> PlanState | None:
        if id not in self.known:
            found = plans.find(self.connection, id, self.moment)
            self.known[id] = plans.ROWS.decode(found.state) if found is not None else None
        return self.known[id]

    def _government(self, version: Version | None) -> Government | None:
        """Return who governed the institution that adopted a version, on that day."""
        if version is None or version.adoption is None:
            return None
        key = version.adoption.institution, version.adoption.adopted_on
        if key not in self.governments:
            self.governments[key] = self._in_office(*key)
        return self.governments[key]

    def _in_office(self, institution: UUID, day: date) -> Government | None:
        c = administrations.row
        in_office = (c.institution == str(institution), *administrations.filters(day, on=day))
        found = self.connection.execute(sa.select(c.id, c.state).where(self.moment.selects(c), *in_office)).first()
        if found is None:
            return None
        state: AdministrationState = administrations.ROWS.decode(found.state)
        return Government(id=UUID(found.id), code=state.code, titles=state.titles)
