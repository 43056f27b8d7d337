"""The three tracks of a project: every state is reached, every move refused elsewhere, and none waits for another."""

from datetime import date
from enum import StrEnum
from typing import Any

import pytest

from domain.aggregate import CorrectionReorders, FactsContradict
from domain.errors import StateMovedLater
from domain.events import Event
from domain.project import errors as x
from domain.project import events as p
from domain.project.tracks import TRACKS, Investment, Table, Works
from tests.domain.given import fact, voided
from tests.domain.projects import ACT, REACHED, TRACK_OF, VIABLE, project, registered

MOVES: list[tuple[str, dict[str, Any], type[Event], list[StrEnum], StrEnum]] = [
    ("admit", {}, p.ProjectAdmitted, [Table.NEW], Table.PENDING),
    ("prioritise", {}, p.ProjectPrioritised, [Table.PENDING], Table.PRIORITISED),
    ("declare-eligible", {}, p.EligibilityDeclared, [Table.PRIORITISED], Table.ELIGIBLE),
    ("fund", {"act": ACT}, p.ProjectFunded, [Table.ELIGIBLE], Table.FUNDED),
    ("start-execution", {}, p.ExecutionStarted, [Table.FUNDED], Table.IN_EXECUTION),
    ("conclude", {}, p.ProjectConcluded, [Table.IN_EXECUTION], Table.CONCLUDED),
    (
        "dismiss",
        {},
        p.ProjectDismissed,
        [Table.NEW, Table.PENDING, Table.PRIORITISED, Table.ELIGIBLE, Table.FUNDED, Table.IN_EXECUTION],
        Table.DISMISSED,
    ),
    ("reconsider", {}, p.ProjectReconsidered, [Table.DISMISSED], Table.PENDING),
    ("start-formulation", {}, p.FormulationStarted, [Investment.IDEA], Investment.FORMULATION),
    ("declare-viable", {}, p.ViabilityDeclared, [Investment.FORMULATION], Investment.VIABLE),
    (
        "approve-investment",
        {},
        p.InvestmentApproved,
        [Investment.FORMULATION, Investment.VIABLE],
        Investment.APPROVED,
    ),
    ("close-investment", {}, p.InvestmentClosed, [Investment.APPROVED], Investment.CLOSED),
    (
        "deactivate-investment",
        {},
        p.InvestmentDeactivated,
        [Investment.IDEA, Investment.FORMULATION, Investment.VIABLE, Investment.APPROVED],
        Investment.DEACTIVATED,
    ),
    ("reactivate-investment", {}, p.InvestmentReactivated, [Investment.DEACTIVATED], Investment.VIABLE),
    ("start-works", {}, p.WorksStarted, [Works.NOT_STARTED], Works.RUNNING),
    ("halt-works", {"cause": "Lluvias"}, p.WorksHalted, [Works.RUNNING], Works.HALTED),
    ("resume-works", {}, p.WorksResumed, [Works.HALTED], Works.RUNNING),
    ("finish-works", {}, p.WorksFinished, [Works.RUNNING], Works.FINISHED),
    ("receive-works", {"act": ACT}, p.WorksReceived, [Works.FINISHED], Works.RECEIVED),
]
named = pytest.mark.parametrize(("command", "body", "event", "allowed", "to"), MOVES, ids=lambda v: str(v)[:20])


def others(event: type[Event]) -> list[str]:
    """Return the tracks that a fact does not move."""
    return [track for track in TRACKS if track != event.MOVES]


@pytest.mark.parametrize("state", REACHED, ids=str)
def test_every_state_of_every_track_is_reached(state: StrEnum) -> None:
    assert getattr(project(*REACHED[state]).state(), TRACK_OF[type(state)]) is state


def test_the_states_of_the_tracks_are_those_that_there_are() -> None:
    assert list(REACHED) == [*Table, *Investment, *Works]
    assert len({state.value for state in REACHED}) == len(REACHED), "a state names its track"


@named
def test_a_move_is_taken_where_its_track_allows_it_and_moves_no_other_track(
    command: str, body: dict[str, Any], event: type[Event], allowed: list[StrEnum], to: StrEnum
) -> None:
    for state in allowed:
        before = project(*REACHED[state])
        after = before.when(command, **body).then(event)
        assert getattr(after, str(event.MOVES)) is to
        assert after.since(event.MOVES) == date(2019, 6, 1)
        for track in others(event):
            assert getattr(after, track) == getattr(before.state(), track)


@named
def test_a_move_is_refused_where_its_track_stands_elsewhere(
    command: str, body: dict[str, Any], event: type[Event], allowed: list[StrEnum], to: StrEnum
) -> None:
    refusing = [state for state in type(to) if state not in allowed]
    assert refusing
    for state in refusing:
        outcome = project(*REACHED[state]).when(command, **body)
        outcome.refused(x.TrackElsewhere, state.value, event.MOVES, allowed[0].value, command, es=state.es)


def test_what_stops_the_works_has_a_cause_that_goes_when_they_go_on() -> None:
    halted = project(*REACHED[Works.HALTED])
    assert halted.state().halt_cause == "Rain"
    assert halted.when("resume-works").then(p.WorksResumed).halt_cause is None
    with pytest.raises(ValueError, match="cause"):
        project(*REACHED[Works.RUNNING]).when("halt-works")
    with pytest.raises(ValueError, match="cause"):
        project(*REACHED[Works.RUNNING]).when("halt-works", cause=" ")


@pytest.mark.parametrize("command", ["dismiss", "deactivate-investment"])
def test_what_is_let_go_has_a_reason(command: str) -> None:
    with pytest.raises(ValueError, match="reason"):
        project().when(command, reason=None)
    assert project().when(command, reason="No hay terreno").refusal is None


def test_dismissal_and_deactivation_keep_their_reason_until_they_are_undone() -> None:
    dismissed = project(*REACHED[Table.DISMISSED])
    assert dismissed.state().table_cause == "as agreed"
    assert dismissed.when("reconsider").then(p.ProjectReconsidered).table_cause is None
    deactivated = project(*REACHED[Investment.DEACTIVATED])
    assert deactivated.state().investment_cause == "as agreed"
    again = deactivated.when("reactivate-investment").then(p.InvestmentReactivated)
    assert (again.investment, again.investment_cause) == (Investment.VIABLE, None)


def test_what_was_deactivated_for_good_is_not_taken_up_again() -> None:
    over = project(*VIABLE, fact(p.InvestmentDeactivated, "2018-09-01", permanent=True))
    over.when("reactivate-investment").refused(x.DeactivatedForGood, "2018-09-01", es="permanente")


def test_an_investment_closed_unfinished_says_why() -> None:
    approved = project(*REACHED[Investment.APPROVED])
    approved.when("close-investment", outcome="unfinished").refused(x.ReasonMissing, "reason")
    after = approved.when("close-investment", outcome="unfinished", reason="Laudo arbitral").then(p.InvestmentClosed)
    assert (after.closing, after.investment_cause) == ("unfinished", "Laudo arbitral")


def test_a_project_may_enter_the_record_under_way() -> None:
    under_way = project(registered(table="funded", investment="approved", works="running")).state()
    assert (under_way.table, under_way.investment, under_way.works) == (
        Table.FUNDED,
        Investment.APPROVED,
        Works.RUNNING,
    )
    with pytest.raises(ValueError, match="works"):
        project().when("register", title="T", responsible=str(REACHED), works="halted")


def test_a_late_fact_on_one_track_is_taken_although_the_others_moved_later() -> None:
    moved = project(*REACHED[Table.CONCLUDED], fact(p.FormulationStarted, "2020-01-01"))
    late = moved.when("start-works", "2018-07-26").then(p.WorksStarted)
    assert (late.works, late.since("works")) == (Works.RUNNING, date(2018, 7, 26))
    assert (late.table, late.investment) == (Table.CONCLUDED, Investment.FORMULATION)


@pytest.mark.parametrize(
    ("state", "command", "latest"),
    [
        (Table.PENDING, "dismiss", "project.admitted"),
        (Investment.FORMULATION, "deactivate-investment", "project.formulation-started"),
        (Works.RUNNING, "start-works", "project.works-started"),
    ],
)
def test_a_late_fact_may_not_come_before_what_moved_its_own_track(state: StrEnum, command: str, latest: str) -> None:
    project(*REACHED[state]).when(command, "2018-07-31").refused(StateMovedLater, latest, "2018-08-01")


def test_a_corrected_date_keeps_the_order_of_its_track_and_passes_facts_of_others() -> None:
    again = fact(p.WorksResumed, "2018-08-10"), fact(p.WorksHalted, "2018-08-20", cause="Strike")
    halted = project(*REACHED[Works.HALTED], *again, fact(p.ProjectAdmitted, "2018-08-15"))
    assert halted.state().halt_cause == "Strike"
    reorders = halted.when("correct", position=5, changes={"occurred_on": "2018-08-01"})
    reorders.refused(CorrectionReorders, "project.works-halted", "2018-08-02")
    for position, day in ((5, "2018-08-12"), (5, "2018-09-01"), (6, "2018-07-26"), (6, "2018-12-01")):
        assert halted.when("correct", position=position, changes={"occurred_on": day}).refusal is None


def test_a_void_on_one_track_is_refused_where_that_track_rests_on_it_and_only_there() -> None:
    built = project(*REACHED[Works.FINISHED], fact(p.ProjectAdmitted, "2018-08-10"))
    built.when("void", position=2).refused(FactsContradict, "project.works-finished")
    assert built.when("void", position=4).refusal is None
    assert project(*REACHED[Works.FINISHED], voided(3)).state().works is Works.RUNNING


def test_the_start_of_a_track_is_corrected_unless_what_followed_could_not_have() -> None:
    running = project(registered(works="running"), fact(p.WorksHalted, "2018-08-01", cause="Rain"))
    refusal = running.when("correct", position=1, changes={"works": "not_started"})
    refusal.refused(FactsContradict, "project.works-halted")
    assert running.when("correct", position=1, changes={"table": "pending"}).refusal is None
