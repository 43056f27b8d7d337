"""What the participatory budgets of the current and the next fiscal year decided."""

from uuid import UUID

import sqlalchemy as sa

from domain.participatory_budget import types as t
from domain.types import Money
from domain.values import Value
from projections import commitments, participatory_budgets, plans, projects
from projections.dossiers.scope import Scope


class DecidedPriority(Value, frozen=True, kw_only=True):
    """A priority: what it costs, which objective it serves, what became of it."""

    place: int
    code: str
    title: str
    cost: Money
    objective: str
    plan: str | None
    project: str | None
    commitment: str | None
    stage: str | None
    executed: Money | None


class HeldBudget(Value, frozen=True, kw_only=True):
    """A participatory budget with its priorities, in the order that was agreed."""

    id: UUID
    version: int
    code: str | None
    fiscal_year: int
    state: str
    ceiling: Money | None
    prioritised: Money | None
    act: str | None
    priorities: tuple[DecidedPriority, ...]
    illustrative: tuple[str, ...]


class BudgetSection(Value, frozen=True, kw_only=True):
    """The participatory budgets of the fiscal year of the day and of the one after."""

    fiscal_years: tuple[int, ...]
    items: tuple[HeldBudget, ...]


def read(scope: Scope) -> BudgetSection:
    """Return what an institution's participatory budgets decided for this year and the next."""
    years = scope.moment.day.year, scope.moment.day.year + 1
    row = participatory_budgets.row
    query = sa.select(row.id, row.version, row.state).where(
        row.municipality == str(scope.institution), row.fiscal_year.in_(years), scope.moment.selects(row)
    )
    found = scope.connection.execute(query.order_by(row.fiscal_year, row.born))
    items = (_held(scope, UUID(one.id), one.version, participatory_budgets.ROWS.decode(one.state)) for one in found)
    return BudgetSection(fiscal_years=years, items=tuple(items))


def _held(scope: Scope, id: UUID, version: int, state: t.ParticipatoryBudgetState) -> HeldBudget:
    act = state.formalisation.act if state.formalisation else None
    return HeldBudget(
        id=id,
        version=version,
        code=state.code,
        fiscal_year=state.fiscal_year,
        state=state.status.value,
        ceiling=state.ceiling,
        prioritised=participatory_budgets.prioritised(state),
        act=act.number if act else None,
        priorities=tuple(_priority(scope, state, place, code) for place, code in enumerate(state.priorities, 1)),
        illustrative=state.illustrative,
    )


def _priority(scope: Scope, state: t.ParticipatoryBudgetState, place: int, code: str) -> DecidedPriority:
    proposal = next(one for one in state.proposals if one.code == code)
    became = state.became(code)
    reported = next((one for one in reversed(state.execution) if one.proposal == code), None)
    return DecidedPriority(
        place=place,
        code=code,
        title=proposal.title,
        cost=proposal.cost,
        objective=proposal.objective.code,
        plan=scope.code(plans.ROWS, proposal.objective.plan),
        project=scope.code(projects.ROWS, became.project) if became else None,
        commitment=scope.code(commitments.ROWS, became.commitment) if became else None,
        stage=reported.stage if reported else None,
        executed=reported.executed if reported else None,
    )
