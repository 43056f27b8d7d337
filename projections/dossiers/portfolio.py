"""The projects in which an institution takes part: three states, the ladder of every year, what does not fit."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.project import types as t
from domain.project.budget import totals
from domain.project.findings import findings
from domain.types import Money
from domain.values import Value
from projections import commitments, projects
from projections.dossiers.scope import Scope


class YearOfProject(Value, frozen=True, kw_only=True):
    """What a fiscal year gave a project up to a cut-off day: opening and modified budget, owed, paid out."""

    fiscal_year: int
    cut_off: date
    pia: Money | None
    pim: Money | None
    accrued: Money | None


class HeldProject(Value, frozen=True, kw_only=True):
    """A project as it was handed over. `accrued` is of all years; `findings` are what an auditor would stop at."""

    id: UUID
    version: int
    code: str | None
    cui: str | None
    capacities: tuple[str, ...]
    title: str
    table: str
    investment: str
    works: str
    halt_cause: str | None
    responsible: str | None
    executing: str | None
    cost: Money | None
    accrued: Money | None
    years: tuple[YearOfProject, ...]
    physical: Decimal | None
    financial: Decimal | None
    planned_end: date | None
    days_overdue: int
    milestones: tuple[t.Milestone, ...]
    findings: tuple[str, ...]
    commitments: tuple[str, ...]
    illustrative: tuple[str, ...]


class ProjectSection(Value, frozen=True, kw_only=True):
    """All projects in which the institution takes part; each once, with all its capacities."""

    count: int
    halted: int
    overdue: int
    with_findings: int
    items: tuple[HeldProject, ...]


def read(scope: Scope) -> ProjectSection:
    """Return the projects of an institution at a moment."""
    items = tuple(
        _held(scope, id, version, state, found)
        for id, version, state in scope.held(projects.projects)
        if (found := _capacities(scope, state))
    )
    return ProjectSection(
        count=len(items),
        halted=sum(one.works == "halted" for one in items),
        overdue=sum(one.days_overdue > 0 for one in items),
        with_findings=sum(bool(one.findings) for one in items),
        items=items,
    )


def _capacities(scope: Scope, state: t.ProjectState) -> tuple[str, ...]:
    named = {capacity for capacity, id in state.organizations() if id == scope.institution}
    return tuple(capacity for capacity in projects.CAPACITIES if capacity in named)


def _held(scope: Scope, id: UUID, version: int, state: t.ProjectState, found: tuple[str, ...]) -> HeldProject:
    late = (scope.moment.day - state.due).days if state.due else 0
    return HeldProject(
        id=id,
        version=version,
        code=state.code,
        cui=state.cui,
        capacities=found,
        title=state.title,
        table=state.table.value,
        investment=state.investment.value,
        works=state.works.value,
        halt_cause=state.halt_cause,
        responsible=scope.name(state.responsible),
        executing=scope.name(state.executing),
        cost=state.cost,
        accrued=totals(state.budgets).accrued,
        years=tuple(
            YearOfProject(
                fiscal_year=one.fiscal_year,
                cut_off=one.cut_off,
                pia=one.stages.pia,
                pim=one.stages.pim,
                accrued=one.stages.accrued,
            )
            for one in state.budgets
        ),
        physical=state.progress.physical,
        financial=state.progress.financial,
        planned_end=state.planned_end,
        days_overdue=max(late, 0),
        milestones=tuple(one for one in state.milestones if one.open),
        findings=tuple(dict.fromkeys(one.code for one in findings(state))),
        commitments=tuple(code for one in state.commitments if (code := scope.code(commitments.ROWS, one))),
        illustrative=state.illustrative,
    )
