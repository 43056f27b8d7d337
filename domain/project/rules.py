"""What a project allows, as far as it can tell by itself; commands ask, and so do corrections and voids."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.errors import Words
from domain.events import Event
from domain.project import errors
from domain.project import events as e
from domain.project.tracks import Investment, Table, Works
from domain.project.types import Milestone, Participant, ProjectState
from domain.states import Spoken, must_be_in
from domain.types import Money

TRACK_ES = {"table": "mesa", "investment": "inversión", "works": "obra"}
"""The tracks in Spanish."""
ALLOWED: Mapping[type[Event], frozenset[Spoken]] = {
    e.ProjectAdmitted: frozenset({Table.NEW}),
    e.ProjectPrioritised: frozenset({Table.PENDING}),
    e.EligibilityDeclared: frozenset({Table.PRIORITISED}),
    e.ProjectFunded: frozenset({Table.ELIGIBLE}),
    e.ExecutionStarted: frozenset({Table.FUNDED}),
    e.ProjectConcluded: frozenset({Table.IN_EXECUTION}),
    e.ProjectDismissed: frozenset(Table) - {Table.CONCLUDED, Table.DISMISSED},
    e.ProjectReconsidered: frozenset({Table.DISMISSED}),
    e.FormulationStarted: frozenset({Investment.IDEA}),
    e.ViabilityDeclared: frozenset({Investment.FORMULATION}),
    e.InvestmentApproved: frozenset({Investment.FORMULATION, Investment.VIABLE}),
    e.InvestmentClosed: frozenset({Investment.APPROVED}),
    e.InvestmentDeactivated: frozenset(Investment) - {Investment.CLOSED, Investment.DEACTIVATED},
    e.InvestmentReactivated: frozenset({Investment.DEACTIVATED}),
    e.WorksStarted: frozenset({Works.NOT_STARTED}),
    e.WorksHalted: frozenset({Works.RUNNING}),
    e.WorksResumed: frozenset({Works.HALTED}),
    e.WorksFinished: frozenset({Works.RUNNING}),
    e.WorksReceived: frozenset({Works.FINISHED}),
}
"""The states of its own track in which each fact may happen; facts that move no track may happen in any."""


def must_follow(state: ProjectState, event: Event) -> None:
    """Refuse a fact that could not have been decided on a state.

    :raises DomainError: its command would have refused it.
    """
    name = state.code or state.cui or str(event.originator_id)
    must_stand(state, type(event), event.TOPIC, name)
    match event:
        case e.InvestmentReactivated():
            must_be_for_a_time(state, name)
        case e.CuiAssigned():
            must_have_no_cui(state, name)
        case e.ViabilityDeclared() | e.ValueModified() if event.cost is not None:
            must_match(state.currency, event.cost.currency, "cost", name)
        case e.BudgetRecorded():
            must_match(state.currency, event.stages.currency, "stages", name)
        case e.MilestonePlanned():
            must_be_new(state, event.milestone, name)
        case e.MilestoneRescheduled() | e.MilestoneReached() | e.MilestoneCancelled():
            must_have_open(state, event.milestone, name)
        case e.ParticipantAdded():
            must_not_take_part(state, event.participant, name)
        case e.ParticipantRemoved():
            must_take_part(state, event.participant, name)
        case e.FundingWithdrawn():
            must_fund(state, event.organization, name)
        case _:
            pass


def must_stand(state: ProjectState, event: type[Event], command: str, name: str) -> None:
    """Require the track that a fact moves to be in a state in which the fact may happen.

    :raises TrackElsewhere: it is in another one.
    """
    if event not in ALLOWED:
        return
    track = str(event.MOVES)
    must_be_in(
        ALLOWED[event],
        getattr(state, track),
        errors.TrackElsewhere,
        since=state.since(track),
        command=command,
        project=name,
        track=Words(track, TRACK_ES[track]),
    )


def must_be_for_a_time(state: ProjectState, name: str) -> None:
    """Require an investment not to have been deactivated for good.

    :raises DeactivatedForGood: it was.
    """
    if state.deactivated_for_good:
        raise errors.DeactivatedForGood(project=name, since=state.since("investment"))


def must_have_no_cui(state: ProjectState, name: str) -> None:
    """Require that there is no unified investment code yet.

    :raises CuiAlreadyAssigned: there is one.
    """
    if state.cui is not None:
        raise errors.CuiAlreadyAssigned(project=name, cui=state.cui)


def must_match(expected: str | None, currency: str | None, field: str, name: str) -> None:
    """Require amounts in the one currency of a project.

    :raises ProjectCurrencyDiffers: they are in another.
    """
    if expected is not None and currency is not None and currency != expected:
        raise errors.ProjectCurrencyDiffers(field=field, currency=currency, project=name, expected=expected)


def must_not_reach_past(cut_off: date, day: date) -> None:
    """Require a cut-off day on or before the day on which figures were stated.

    :raises CutOffAhead: it is later.
    """
    if cut_off > day:
        raise errors.CutOffAhead(field="cut_off", cut_off=cut_off, occurred_on=day)


def must_be_new(state: ProjectState, milestone: str, name: str) -> None:
    """Require a milestone that a project never had.

    :raises MilestoneKeyTaken: it has, or had, one of that key.
    """
    if state.milestone(milestone) is not None:
        raise errors.MilestoneKeyTaken(project=name, milestone=milestone)


def must_have_open(state: ProjectState, milestone: str, name: str) -> Milestone:
    """Require a milestone that is still to be reached, and return it.

    :raises UnknownMilestone: there is none of that key.
    :raises MilestoneNotOpen: it was reached or cancelled.
    """
    found = state.milestone(milestone)
    if found is None:
        raise errors.UnknownMilestone(field="milestone", project=name, milestone=milestone)
    if not found.open:
        ended = found.reached_on or found.cancelled_on
        raise errors.MilestoneNotOpen(project=name, milestone=milestone, ended_on=ended)
    return found


def must_not_take_part(state: ProjectState, participant: Participant, name: str) -> None:
    """Require that an organization does not yet take part in a capacity.

    :raises ParticipantAlready: it does.
    """
    if participant in state.participants:
        raise errors.ParticipantAlready(project=name, organization=participant.organization, role=participant.role)


def must_take_part(state: ProjectState, participant: Participant, name: str) -> None:
    """Require that an organization takes part in a capacity.

    :raises ParticipantNotThere: it does not.
    """
    if participant not in state.participants:
        raise errors.ParticipantNotThere(project=name, organization=participant.organization, role=participant.role)


def must_fund(state: ProjectState, organization: UUID, name: str) -> None:
    """Require that an organization funds a project.

    :raises FunderNotThere: it does not.
    """
    if organization not in [funder.organization for funder in state.funders]:
        raise errors.FunderNotThere(project=name, organization=organization)


def must_change(field: str, before: date | Money | str | None, after: date | Money | str, name: str) -> None:
    """Require a modification to change something.

    :raises ModificationChangesNothing: it does not.
    """
    if before == after:
        raise errors.ModificationChangesNothing(field=field, project=name)
