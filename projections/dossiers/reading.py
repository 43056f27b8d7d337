"""A whole dossier: what an institution hands over, read from the log at one moment. Nothing of it is typed in."""

from collections.abc import Container
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from msgspec.structs import replace

from domain.administration.types import AdministrationState, Term
from domain.clocks import Words
from domain.regimes import Regime
from domain.transition.types import TransitionState
from domain.values import Value
from projections import administrations, transitions
from projections.deadlines import Deadline, Steps, deadlines, steps
from projections.dossiers import (
    agenda,
    catalogue,
    decided_budgets,
    holdings,
    open_observations,
    portfolio,
    record_quality,
    standing_plans,
)
from projections.dossiers.scope import Scope
from projections.moment import Moment


class Government(Value, frozen=True, kw_only=True):
    """An administration by its title, with its term."""

    id: UUID
    code: str | None
    title: str
    term: Term


class Dossier(Value, frozen=True, kw_only=True):
    """Everything that is handed over, at a position of the log and on a cut-off day.

    A `frozen` one is the same for ever; one that is not shows what would be handed over at the moment asked about.
    `digest` is that of the frozen inventory. `illustrative` tells that something of it is made up.
    """

    transition: UUID | None
    code: str | None
    institution: UUID
    institution_name: str
    outgoing: Government
    incoming: Government | None
    regime: str
    regime_name: Words
    frozen: bool
    position: int
    cut_off: date
    digest: str | None
    commitments: holdings.CommitmentSection
    projects: portfolio.ProjectSection
    plans: standing_plans.PlanSection
    participatory_budgets: decided_budgets.BudgetSection
    first_hundred_days: agenda.HundredDays
    observations: open_observations.ObservationSection
    quality: record_quality.QualitySection
    deadlines: tuple[Deadline, ...]
    catalogue: tuple[catalogue.CatalogueLine, ...]
    illustrative: bool


class Handover(Value, frozen=True, kw_only=True):
    """What a dossier is about: the two governments, under which regime, and the transition where there is one."""

    id: UUID | None
    state: TransitionState | None
    outgoing: tuple[UUID, AdministrationState]
    incoming: tuple[UUID, AdministrationState] | None


def handover_of(connection: sa.Connection, found: sa.Row[Any], moment: Moment) -> Handover | None:
    """Return what the dossier of a transition is about; nothing where its outgoing administration is not known."""
    state: TransitionState = transitions.ROWS.decode(found.state)
    outgoing = _government(connection, state.outgoing, moment)
    incoming = _government(connection, state.incoming, moment) if state.incoming else None
    return Handover(id=UUID(found.id), state=state, outgoing=outgoing, incoming=incoming) if outgoing else None


def _government(connection: sa.Connection, id: UUID, moment: Moment) -> tuple[UUID, AdministrationState] | None:
    row = administrations.find(connection, id, moment)
    return (id, administrations.ROWS.decode(row.state)) if row else None


def moment_of(about: Handover, moment: Moment) -> tuple[Moment, bool]:
    """Return the moment of the frozen inventory, else the one asked about; and whether it is frozen."""
    inventory = about.state.inventory if about.state else None
    if inventory is None:
        return moment, False
    return Moment(inventory.position, inventory.cut_off, all_known=False, today=False), True


def dossier(
    connection: sa.Connection,
    about: Handover,
    regime: Regime,
    closed: Container[date],
    moment: Moment,
    *,
    rehearsed: bool = False,
) -> Dossier:
    """Read the dossier of a handover: at its frozen moment, or as it would be at the moment asked about.

    A `rehearsed` one looks at the moment asked about although an inventory is frozen.
    """
    at, frozen = (moment, False) if rehearsed else moment_of(about, moment)
    then = _then(connection, about, at) if frozen else about
    scope = Scope(connection, about.outgoing[1].institution, at)
    promised, built = holdings.read(scope), portfolio.read(scope)
    clocks = deadlines(regime, closed, known_steps(then), at.day)
    sections: dict[str, Any] = {
        "commitments": promised,
        "projects": built,
        "plans": standing_plans.read(scope),
        "participatory_budgets": decided_budgets.read(scope),
        "first_hundred_days": agenda.read(scope, promised, built, clocks),
        "observations": open_observations.read(scope, catalogue.names(regime)),
        "quality": record_quality.read(scope, promised),
    }
    inventory = about.state.inventory if about.state else None
    return Dossier(
        transition=about.id,
        code=about.state.code if about.state else None,
        institution=scope.institution,
        institution_name=scope.name(scope.institution) or str(scope.institution),
        outgoing=_shown(then.outgoing),
        incoming=_shown(then.incoming) if then.incoming else None,
        regime=regime.id,
        regime_name=regime.name,
        frozen=frozen,
        position=at.position,
        cut_off=at.day,
        digest=inventory.digest if inventory and frozen else None,
        deadlines=clocks,
        catalogue=catalogue.lines(regime, then.state),
        illustrative=_made_up(sections),
        **sections,
    )


def _then(connection: sa.Connection, about: Handover, at: Moment) -> Handover:
    """Return the handover as it stood when its inventory was frozen, so that later facts change nothing of it."""
    row = transitions.find(connection, about.id, at) if about.id else None
    outgoing = _government(connection, about.outgoing[0], at) or about.outgoing
    if row is None:
        return replace(about, state=None, outgoing=outgoing, incoming=None)
    return handover_of(connection, row, at) or replace(about, outgoing=outgoing)


def known_steps(about: Handover) -> Steps:
    """Return the days that clocks are counted from; without a transition, what the calendar of the terms says."""
    outgoing, incoming = about.outgoing[1], about.incoming[1] if about.incoming else None
    if about.state is not None:
        return steps(about.state, outgoing, incoming)
    term = outgoing.term.until
    return {"term_ended": _eve(term), "left_office": _eve(term), "term_begun": term}


def _eve(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _shown(one: tuple[UUID, AdministrationState]) -> Government:
    id, state = one
    return Government(id=id, code=state.code, title=state.titles[0].text, term=state.term)


def _made_up(sections: dict[str, Any]) -> bool:
    named = ("commitments", "projects", "plans", "participatory_budgets")
    return any(item.illustrative for name in named for item in sections[name].items)
