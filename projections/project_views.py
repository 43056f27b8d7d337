"""A project as a reader sees it: three tracks, the ladder of each year, what does not fit, what is late."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.objectives import Objective
from domain.project import types as t
from domain.project.budget import Budget, Stages, totals
from domain.project.findings import ProjectFinding, findings
from domain.types import Money, Source, Territory
from domain.values import Value
from projections.projects import ROWS
from projections.views import view

_TENTH = Decimal("0.1")


class TrackView(Value, frozen=True, kw_only=True):
    """Where one track stands and since when; `cause` is why it is halted, dismissed or deactivated."""

    state: str
    since: date
    cause: str | None = None


class TracksView(Value, frozen=True, kw_only=True):
    """The three tracks, each by itself."""

    table: TrackView
    investment: TrackView
    works: TrackView


class PointView(Value, frozen=True, kw_only=True):
    """A place as a GeoJSON point (RFC 7946): longitude, latitude."""

    type: str
    coordinates: tuple[float, ...]


class BudgetView(Budget, frozen=True, kw_only=True):
    """The ladder of one fiscal year up to its cut-off day; `executed` is accrued per modified budget, in percent."""

    executed: Decimal | None


class MilestoneView(t.Milestone, frozen=True, kw_only=True):
    """A milestone; `state` is planned, overdue, reached, reached_late or cancelled, on the day asked about."""

    state: str
    days_late: int


class ProjectView(Value, frozen=True, kw_only=True):
    """A project as a reader sees it on a day.

    `budget_totals` add the years stage by stage. What one year was not spent may be authorised again in the next, so
    only accrued and disbursed are amounts of the whole project. `findings` are what does not fit; nothing was refused
    for it. `progress_gap` is financial less physical progress.
    """

    id: UUID
    version: int
    code: str | None
    cui: str | None
    title: str
    language: str
    tracks: TracksView
    closing: str | None
    scope: str | None
    sector: str | None
    source: Source | None
    responsible: UUID
    executing: UUID | None
    participants: tuple[t.Participant, ...]
    funders: tuple[t.Funder, ...]
    roundtable: UUID | None
    commitments: tuple[UUID, ...]
    objectives: tuple[Objective, ...]
    territories: tuple[Territory, ...]
    location: PointView | None
    cost: Money | None
    planned_end: date | None
    overdue: bool
    days_overdue: int
    progress: t.Progress
    progress_gap: Decimal | None
    budgets: tuple[BudgetView, ...]
    budget_totals: Stages
    milestones: tuple[MilestoneView, ...]
    milestones_overdue: int
    modifications: tuple[t.Modification, ...]
    snapshots: tuple[t.Snapshot, ...]
    findings: tuple[ProjectFinding, ...]
    began_on: date
    illustrative: tuple[str, ...]


def project_view(found: sa.Row[Any], day: date) -> ProjectView:
    """Return the view of a row on a day."""
    state: t.ProjectState = ROWS.decode(found.state)
    milestones = tuple(_milestone(milestone, day) for milestone in state.milestones)
    late = (day - state.due).days if state.due else 0
    return view(
        ProjectView,
        state,
        id=UUID(found.id),
        version=found.version,
        tracks=_tracks(state),
        location=_point(state.location),
        overdue=late > 0,
        days_overdue=max(late, 0),
        progress_gap=_gap(state.progress),
        budgets=tuple(view(BudgetView, budget, executed=_executed(budget.stages)) for budget in state.budgets),
        budget_totals=totals(state.budgets),
        milestones=milestones,
        milestones_overdue=sum(milestone.state == "overdue" for milestone in milestones),
        findings=findings(state),
    )


def _tracks(state: t.ProjectState) -> TracksView:
    causes = {"table": state.table_cause, "investment": state.investment_cause, "works": state.halt_cause}
    return TracksView(
        **{
            track: TrackView(state=getattr(state, track), since=state.since(track), cause=cause)
            for track, cause in causes.items()
        }
    )


def _point(point: t.Point | None) -> PointView | None:
    return PointView(type=point.type, coordinates=tuple(map(float, point.coordinates))) if point else None


def _gap(progress: t.Progress) -> Decimal | None:
    if progress.financial is None or progress.physical is None:
        return None
    return progress.financial - progress.physical


def _executed(stages: Stages) -> Decimal | None:
    """Return accrued per modified budget in percent, to a tenth; nothing where there is no budget."""
    if stages.accrued is None or stages.pim is None or not stages.pim.amount:
        return None
    return (100 * stages.accrued.amount / stages.pim.amount).quantize(_TENTH, ROUND_HALF_UP)


def _milestone(milestone: t.Milestone, day: date) -> MilestoneView:
    ended = milestone.reached_on or (day if milestone.open else None)
    late = max((ended - milestone.due).days, 0) if ended else 0
    if milestone.cancelled_on:
        state = "cancelled"
    elif milestone.reached_on:
        state = "reached_late" if late else "reached"
    else:
        state = "overdue" if late else "planned"
    return view(MilestoneView, milestone, state=state, days_late=late)
