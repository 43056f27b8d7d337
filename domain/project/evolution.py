"""How the facts of a project change it. One `match`; it refuses nothing."""

from typing import Any, assert_never

from msgspec.structs import replace

from domain.project import events as e
from domain.project.budget import Budget
from domain.project.tracks import Investment, Table, Works
from domain.project.types import Funder, Milestone, Modification, ProjectState, Snapshot, Terms

ProjectEvent = (
    e.ProjectRegistered
    | e.ProjectAdmitted
    | e.ProjectPrioritised
    | e.EligibilityDeclared
    | e.ProjectFunded
    | e.ExecutionStarted
    | e.ProjectConcluded
    | e.ProjectDismissed
    | e.ProjectReconsidered
    | e.FormulationStarted
    | e.ViabilityDeclared
    | e.InvestmentApproved
    | e.InvestmentClosed
    | e.InvestmentDeactivated
    | e.InvestmentReactivated
    | e.WorksStarted
    | e.WorksHalted
    | e.WorksResumed
    | e.WorksFinished
    | e.WorksReceived
    | e.CuiAssigned
    | e.ProjectLocated
    | e.ProjectResponsibleAssigned
    | e.ExecutorAssigned
    | e.ParticipantAdded
    | e.ParticipantRemoved
    | e.FundingPledged
    | e.FundingWithdrawn
    | e.RoundtableNamed
    | e.CommitmentsNamed
    | e.ProjectObjectivesAligned
    | e.BudgetRecorded
    | e.ProjectProgressReported
    | e.MilestonePlanned
    | e.MilestoneRescheduled
    | e.MilestoneReached
    | e.MilestoneCancelled
    | e.DurationModified
    | e.ValueModified
    | e.ScopeModified
    | e.SnapshotRecorded
)


def evolve(state: ProjectState, event: ProjectEvent) -> ProjectState:  # noqa: PLR0911 - one match
    """Return the project after one more fact."""
    match event:
        case e.ProjectRegistered():
            return _registered(event)
        case e.ProjectAdmitted():
            return replace(state, table=Table.PENDING)
        case e.ProjectPrioritised():
            return replace(state, table=Table.PRIORITISED)
        case e.EligibilityDeclared():
            return replace(state, table=Table.ELIGIBLE)
        case e.ProjectFunded():
            return replace(state, table=Table.FUNDED)
        case e.ExecutionStarted():
            return replace(state, table=Table.IN_EXECUTION)
        case e.ProjectConcluded():
            return replace(state, table=Table.CONCLUDED)
        case e.ProjectDismissed():
            return replace(state, table=Table.DISMISSED, table_cause=event.context.reason)
        case e.ProjectReconsidered():
            return replace(state, table=Table.PENDING, table_cause=None)
        case e.FormulationStarted():
            return replace(state, investment=Investment.FORMULATION)
        case e.ViabilityDeclared():
            return _costs(replace(state, investment=Investment.VIABLE), event.cost or state.cost)
        case e.InvestmentApproved():
            return replace(state, investment=Investment.APPROVED)
        case e.InvestmentClosed():
            cause = event.context.reason
            return replace(state, investment=Investment.CLOSED, closing=event.outcome, investment_cause=cause)
        case e.InvestmentDeactivated():
            return _deactivated(state, event)
        case e.InvestmentReactivated():
            before = state.before_deactivation or state.investment
            undone = {"before_deactivation": None, "deactivated_for_good": False, "investment_cause": None}
            return replace(state, investment=before, **undone)
        case e.WorksStarted():
            return replace(state, works=Works.RUNNING)
        case e.WorksHalted():
            return replace(state, works=Works.HALTED, halt_cause=event.cause)
        case e.WorksResumed():
            return replace(state, works=Works.RUNNING, halt_cause=None)
        case e.WorksFinished():
            return replace(state, works=Works.FINISHED, halt_cause=None)
        case e.WorksReceived():
            return replace(state, works=Works.RECEIVED)
        case e.CuiAssigned():
            return replace(state, cui=event.cui)
        case e.ProjectLocated():
            return replace(state, location=event.location, territories=event.territories or state.territories)
        case e.ProjectResponsibleAssigned():
            return replace(state, responsible=event.organization)
        case e.ExecutorAssigned():
            return replace(state, executing=event.organization)
        case e.ParticipantAdded():
            return replace(state, participants=(*state.participants, event.participant))
        case e.ParticipantRemoved():
            return replace(state, participants=tuple(p for p in state.participants if p != event.participant))
        case e.FundingPledged():
            return _funded(state, event.funder)
        case e.FundingWithdrawn():
            return replace(state, funders=tuple(f for f in state.funders if f.organization != event.organization))
        case e.RoundtableNamed():
            return replace(state, roundtable=event.roundtable)
        case e.CommitmentsNamed():
            return replace(state, commitments=event.commitments)
        case e.ProjectObjectivesAligned():
            return replace(state, objectives=event.objectives)
        case e.BudgetRecorded():
            return _budgeted(state, event)
        case e.ProjectProgressReported():
            return _progressed(state, event)
        case e.MilestonePlanned():
            planned = Milestone(key=event.milestone, title=event.title, due=event.due, original_due=event.due)
            return state if state.milestone(planned.key) else replace(state, milestones=(*state.milestones, planned))
        case e.MilestoneRescheduled():
            return _milestone(state, event.milestone, due=event.due)
        case e.MilestoneReached():
            return _milestone(state, event.milestone, reached_on=event.occurred_on)
        case e.MilestoneCancelled():
            return _milestone(state, event.milestone, cancelled_on=event.occurred_on)
        case e.DurationModified():
            return _modified(state, event, "duration", planned_end=event.planned_end)
        case e.ValueModified():
            return _costs(_modified(state, event, "value", cost=event.cost), event.cost)
        case e.ScopeModified():
            return _modified(state, event, "scope", scope=event.scope)
        case e.SnapshotRecorded():
            return _photographed(state, event)
        case _:
            assert_never(event)


def _registered(event: e.ProjectRegistered) -> ProjectState:
    return ProjectState(
        began_on=event.occurred_on,
        moved_on=event.occurred_on,
        moved_by=event.TOPIC,
        code=event.code,
        cui=event.cui,
        title=event.title,
        language=event.language,
        scope=event.scope,
        sector=event.sector,
        source=event.context.source,
        table=_known(Table, event.table, Table.NEW),
        investment=_known(Investment, event.investment, Investment.IDEA),
        works=_known(Works, event.works, Works.NOT_STARTED),
        responsible=event.responsible,
        executing=event.executing,
        participants=event.participants,
        funders=event.funders,
        roundtable=event.roundtable,
        commitments=event.commitments,
        territories=event.territories,
        location=event.location,
        cost=event.cost,
        planned_end=event.planned_end,
        currency=event.cost.currency if event.cost else None,
    )


def _known(track: Any, name: str, first: Any) -> Any:
    """Return the state of a track by name; a name that was given up is read as the first state."""
    return track(name) if name in list(track) else first


def _costs(state: ProjectState, cost: Any) -> ProjectState:
    return replace(state, cost=cost, currency=state.currency or (cost.currency if cost else None))


def _deactivated(state: ProjectState, event: e.InvestmentDeactivated) -> ProjectState:
    return replace(
        state,
        investment=Investment.DEACTIVATED,
        before_deactivation=state.investment,
        deactivated_for_good=event.permanent,
        investment_cause=event.context.reason,
    )


def _funded(state: ProjectState, funder: Funder) -> ProjectState:
    """Return the project with a funder in the place of what it said before, or last."""
    places = [f.organization for f in state.funders]
    if funder.organization not in places:
        return replace(state, funders=(*state.funders, funder))
    same = tuple(funder if f.organization == funder.organization else f for f in state.funders)
    return replace(state, funders=same)


def _budgeted(state: ProjectState, event: e.BudgetRecorded) -> ProjectState:
    """Return the project with the ladder of a year, unless one of a later cut-off day is known."""
    currency = state.currency or event.stages.currency
    kept = [budget for budget in state.budgets if budget.fiscal_year != event.fiscal_year]
    before = next((budget for budget in state.budgets if budget.fiscal_year == event.fiscal_year), None)
    if before is not None and before.cut_off > event.cut_off:
        return replace(state, currency=currency)
    found = Budget(
        fiscal_year=event.fiscal_year,
        cut_off=event.cut_off,
        stages=event.stages,
        source=event.context.source,
        occurred_on=event.occurred_on,
    )
    return replace(
        state, currency=currency, budgets=tuple(sorted([*kept, found], key=lambda budget: budget.fiscal_year))
    )


def _progressed(state: ProjectState, event: e.ProjectProgressReported) -> ProjectState:
    said = {name: getattr(event, name) for name in ("physical", "financial")}
    new = {name: value for name, value in said.items() if value is not None}
    days = {f"{name}_on": event.occurred_on for name in new}
    return replace(state, progress=replace(state.progress, **new, **days))


def _milestone(state: ProjectState, key: str, **said: Any) -> ProjectState:
    changed = (replace(m, **said) if m.key == key and m.open else m for m in state.milestones)
    return replace(state, milestones=tuple(changed))


def _modified(state: ProjectState, event: Any, kind: str, **to: Any) -> ProjectState:
    [name] = to
    modification = Modification(
        kind=kind,
        from_=Terms(**{name: getattr(state, name)}),
        to=Terms(**to),
        reason=event.context.reason or "",
        act=event.act,
        occurred_on=event.occurred_on,
    )
    return replace(state, **to, modifications=(*state.modifications, modification))


def _photographed(state: ProjectState, event: e.SnapshotRecorded) -> ProjectState:
    """Return the project with what a system said, unless something of a later cut-off day is known of that system."""
    before = next((snapshot for snapshot in state.snapshots if snapshot.system == event.system), None)
    if before is not None and before.cut_off > event.cut_off:
        return state
    found = Snapshot(
        system=event.system,
        cut_off=event.cut_off,
        figures=event.figures,
        source=event.context.source,
        occurred_on=event.occurred_on,
    )
    kept = [snapshot for snapshot in state.snapshots if snapshot.system != event.system]
    return replace(state, snapshots=tuple(sorted([*kept, found], key=lambda snapshot: snapshot.system)))
