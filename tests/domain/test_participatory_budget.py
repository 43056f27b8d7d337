"""The life of a participatory budget: every phase, every command by phase, who takes part, what became of it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from domain.aggregate import FactsContradict
from domain.errors import StateMovedLater
from domain.events import Event
from domain.facts import CodeTaken, Dependents, OrganizationEnded, OthersRestOnIt, UnknownOrganization
from domain.participatory_budget import ParticipatoryBudget
from domain.participatory_budget import errors as x
from domain.participatory_budget import events as n
from domain.participatory_budget.facts import BudgetsOfYears, Outcomes
from domain.participatory_budget.types import CarriedOver, Status
from tests.domain.given import ENDED, MINISTRY, MUNICIPALITY, NOBODY, REGION, UNIVERSITY, Given, fact, given, voided
from tests.domain.participatory_budgets import (
    ACTA,
    AGENT,
    AGREED,
    CHOICES,
    COMMITMENT,
    COORDINATED,
    COUNCIL,
    ELECTED,
    EXECUTING,
    FORMAL,
    IN_FORCE,
    MEETING,
    OBJECTIVE,
    ORDINANCE,
    PROJECT,
    REACHED,
    REPORT,
    SET,
    STARTED,
    WON,
    pen,
    regulated,
)

OTHER = UUID(int=0xB7)
MADE = Outcomes(projects=frozenset({PROJECT}), commitments=frozenset({COMMITMENT}))
BODY = {"municipality": MUNICIPALITY, "fiscal_year": 2020, "ordinance": ORDINANCE}
SEAT = {"organization": REGION, "role": "coordination"}
_EARLY = {Status.REGULATED, Status.PREPARATION, Status.CONCERTATION, Status.COORDINATION}
_AGREEING = {Status.CONCERTATION, Status.COORDINATION}
_FORMAL = {Status.FORMALISED, Status.IN_EXECUTION}
COMMANDS: dict[str, tuple[dict[str, Any], set[Status]]] = {
    "set-ceiling": ({"ceiling": pen(2000)}, _EARLY),
    "start-preparation": ({}, {Status.REGULATED}),
    "register-agent": (
        {"organization": MINISTRY, "legal_personality": "none"}, {Status.PREPARATION, Status.CONCERTATION},
    ),
    "reject-agent": ({"organization": MINISTRY}, {Status.PREPARATION, Status.CONCERTATION}),
    "name-technical-team": ({"members": [{"organization": MUNICIPALITY, "function": "Obras"}]}, _EARLY),
    "start-concertation": ({}, {Status.PREPARATION}),
    "submit-proposal": (
        {"code": "DEMO-P9", "title": "P9", "objective": OBJECTIVE, "cost": pen(5), "proposer": UNIVERSITY},
        {Status.CONCERTATION},
    ),
    "evaluate-proposal": ({"proposal": "DEMO-P1", "verdict": "feasible"}, _AGREEING),
    "withdraw-proposal": ({"proposal": "DEMO-P3"}, _AGREEING),
    "record-ballot": ({"agent": REGION, "proposals": ["DEMO-P3"]}, {Status.CONCERTATION}),
    "set-priorities": ({"priorities": ["DEMO-P3"]}, _AGREEING),
    "start-coordination": ({}, set()),
    "formalise": ({"act": COUNCIL, "acta": ACTA}, {Status.COORDINATION}),
    "elect-committee": ({"members": [SEAT]}, _AGREEING | {Status.FORMALISED}),
    "replace-priority": ({"proposal": "DEMO-P2", "instead": "DEMO-P3", "act": COUNCIL}, _FORMAL),
    "record-carry-over": ({"winners": [WON]}, _FORMAL),
    "report-execution": ({"proposal": "DEMO-P1", "stage": "in_progress"}, {Status.IN_EXECUTION}),
    "render-accounts": ({"report": REPORT}, {Status.IN_EXECUTION}),
}  # fmt: skip


def budget(*events: Event, others: Any = (IN_FORCE, MADE)) -> Given:
    return given(*events, kind=ParticipatoryBudget).where(others=others)


@pytest.mark.parametrize("status", Status)
def test_every_phase_is_reached(status: Status) -> None:
    state = budget(*REACHED[status]).state()
    assert state.status is status
    assert state.since <= state.moved_on


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_taken_in_some_phases_and_refused_in_all_others(name: str, status: Status) -> None:
    body, allowed = COMMANDS[name]
    outcome = budget(*REACHED[status]).when(name, "2021-06-01", **body)
    if status in allowed:
        assert outcome.refusal is None, outcome.refusal
    elif name != "start-coordination" or status is not Status.CONCERTATION:
        outcome.refused(x.ParticipatoryBudgetNotOpen, status.value, es=status.es)


def test_a_budget_begins_with_the_ordinance_that_regulates_it() -> None:
    said = {"municipality": MUNICIPALITY, "fiscal_year": 2020, "ordinance": ORDINANCE, "code": "DEMO-PP-2020"}
    state = budget().when("regulate", "2019-01-30", **said).then(n.BudgetRegulated, **said, ceiling=None)
    assert (state.status, state.since) == (Status.REGULATED, date(2019, 1, 30))
    assert list(ParticipatoryBudget.claims(state)) == ["DEMO-PP-2020"]


def test_the_municipality_must_be_recorded_and_standing() -> None:
    budget().when("regulate", **BODY | {"municipality": NOBODY}).refused(UnknownOrganization, NOBODY)
    budget().when("regulate", **BODY | {"municipality": ENDED}).refused(OrganizationEnded, "2018-01-01")


def test_a_code_belongs_to_one_budget() -> None:
    world = budget().where(holders={"DEMO-PP-2020": OTHER})
    world.when("regulate", **BODY, code="DEMO-PP-2020").refused(CodeTaken, OTHER)


@pytest.mark.parametrize("year", [1989, 2101, "2020"])
def test_a_fiscal_year_is_a_year(year: object) -> None:
    with pytest.raises(ValidationError):
        budget().when("regulate", **BODY | {"fiscal_year": year})


def test_a_municipality_has_one_budget_for_a_year() -> None:
    taken = BudgetsOfYears(others={(MUNICIPALITY, 2020): OTHER, (REGION, 2021): OTHER})
    budget(others=(taken,)).when("regulate", **BODY).refused(x.BudgetOfYearExists, 2020, OTHER, es="2020")
    budget(others=(taken,)).when("regulate", **BODY | {"fiscal_year": 2021}).then(n.BudgetRegulated, fiscal_year=2021)


def test_a_year_that_went_to_another_budget_cannot_be_restored_or_corrected_into() -> None:
    taken = BudgetsOfYears(others={(MUNICIPALITY, 2020): OTHER})
    budget(regulated(), voided(1), others=(taken,)).when("void", position=2).refused(x.BudgetOfYearExists, OTHER)
    other = budget(regulated(fiscal_year=2021), others=(taken,))
    other.when("correct", position=1, changes={"fiscal_year": 2020}).refused(x.BudgetOfYearExists, 2020, anew=True)
    assert budget(regulated(), others=(taken,)).when("void", position=1).refusal is None


def test_a_budget_that_others_name_stays_on_record() -> None:
    world = budget(regulated()).where(dependents=Dependents(ids=(OTHER,)))
    world.when("void", position=1).refused(OthersRestOnIt, OTHER)


def test_agents_are_registered_with_their_legal_personality_and_nobody_is_left_out_for_having_none() -> None:
    state = (
        budget(regulated(), STARTED)
        .when("register-agent", "2019-02-20", organization=REGION, legal_personality="none")
        .then(n.AgentRegistered, organization=REGION, legal_personality="none", registration=None)
    )
    assert state.is_agent(REGION)
    with pytest.raises(ValidationError):
        budget(regulated(), STARTED).when("register-agent", organization=REGION, legal_personality="maybe")


def test_an_agent_is_registered_once_and_not_turned_down_afterwards() -> None:
    world = budget(regulated(), STARTED, AGENT)
    body = {"organization": UNIVERSITY}
    world.when("register-agent", **body, legal_personality="none").refused(x.AgentRegisteredAlready, "2019-02-20")
    world.when("reject-agent", **body).refused(x.AgentRegisteredAlready, UNIVERSITY)
    world.when("register-agent", organization=NOBODY, legal_personality="none").refused(UnknownOrganization, NOBODY)
    world.when("reject-agent", organization=NOBODY).refused(UnknownOrganization, NOBODY)


def test_who_was_turned_down_is_recorded_with_the_reason() -> None:
    state = budget(regulated(), STARTED).when("reject-agent", organization=REGION).then(n.AgentRejected)
    assert [(one.organization, one.reason) for one in state.rejected] == [(REGION, "as agreed")]


def test_the_technical_team_is_of_recorded_organizations() -> None:
    members = [{"organization": NOBODY, "function": "Obras"}]
    budget(regulated()).when("name-technical-team", members=members).refused(UnknownOrganization, NOBODY)


def test_a_workshop_is_recorded_with_counts_once_under_its_key() -> None:
    counts = {"people": 40, "women": 22, "men": 18, "indigenous": 30}
    said = {"key": "diagnosis-1", "kind": "diagnosis", "counts": counts}
    world = budget(regulated(), STARTED)
    outcome = world.when("record-workshop", "2019-03-01", **said)
    assert outcome.then(n.WorkshopRecorded, key="diagnosis-1").workshops[0].counts.women == 22
    held = fact(n.WorkshopRecorded, "2019-03-01", key="diagnosis-1", kind="diagnosis")
    budget(regulated(), held).when("record-workshop", **said).refused(x.WorkshopKeyTaken, "diagnosis-1", "2019-03-01")


@pytest.mark.parametrize("part", [{"women": 41}, {"women": 21, "men": 20}, {"agents": 41}])
def test_a_part_of_those_who_came_is_no_more_than_all(part: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match="cannot be among 40 people"):
        budget(regulated()).when("record-workshop", key="w", kind="training", counts={"people": 40} | part)


def test_concertation_needs_somebody_who_takes_part() -> None:
    budget(regulated(), STARTED).when("start-concertation").refused(x.NoAgents, es="no tiene agentes")
    world = budget(regulated(), STARTED, AGENT, MEETING)
    world.when("void", position=3).refused(FactsContradict, "concertation-started")


def test_what_comes_after_concertation_needs_priorities() -> None:
    budget(*CHOICES).when("start-coordination").refused(x.PrioritiesMissing)
    budget(*CHOICES, SET).when("start-coordination", "2019-05-20").then(n.CoordinationStarted)
    void = voided(len(CHOICES) + 1)
    budget(*CHOICES, SET, COORDINATED, void).when("formalise", act=COUNCIL, acta=ACTA).refused(x.PrioritiesMissing)


def test_the_oversight_committee_is_elected_among_the_agents() -> None:
    state = budget(*AGREED).when("elect-committee", "2019-06-20", members=[SEAT]).then(n.CommitteeElected)
    assert [seat.organization for seat in state.committee] == [REGION]
    stranger = [SEAT, {"organization": MINISTRY, "role": "member"}]
    budget(*AGREED).when("elect-committee", members=stranger).refused(x.NotAnAgent, "members.1.organization", MINISTRY)
    unknown = [{"organization": NOBODY, "role": "member"}]
    budget(*AGREED).when("elect-committee", members=unknown).refused(UnknownOrganization, NOBODY)
    with pytest.raises(ValidationError, match="two seats"):
        budget(*AGREED).when("elect-committee", members=[SEAT, SEAT | {"role": "member"}])


def test_execution_needs_a_committee_and_the_fiscal_year() -> None:
    budget(*AGREED).when("start-execution", "2020-01-02").refused(x.OversightCommitteeMissing)
    elected = budget(*AGREED, ELECTED)
    elected.when("start-execution", "2019-12-31").refused(x.FiscalYearNotBegun, 2020, "2019-12-31")
    assert elected.when("start-execution", "2020-01-01").then(n.ExecutionStarted).status is Status.IN_EXECUTION


def test_execution_is_reported_of_priorities_in_the_currency_of_the_budget() -> None:
    world = budget(*REACHED[Status.IN_EXECUTION])
    said = {"proposal": "DEMO-P1", "stage": "in_progress", "executed": pen(150), "percent": 25}
    first = fact(n.ExecutionReported, "2020-05-01", **said)
    assert world.when("report-execution", "2020-05-01", **said).then(n.ExecutionReported).execution[0].percent == 25
    later = budget(*REACHED[Status.IN_EXECUTION], first)
    state = later.when("report-execution", "2020-12-01", proposal="DEMO-P1", stage="completed").then(
        n.ExecutionReported
    )
    assert [(one.stage, one.executed) for one in state.execution] == [("completed", pen(150))]
    dollars = {"amount": "1.00", "currency": "USD"}
    body = {"proposal": "DEMO-P1", "stage": "completed", "executed": dollars}
    world.when("report-execution", "2020-05-01", **body).refused(x.BudgetCurrencyDiffers, "USD", "PEN")
    body = {"proposal": "DEMO-P3", "stage": "completed"}
    world.when("report-execution", "2020-05-01", **body).refused(x.ProposalNotPrioritised, "DEMO-P1, DEMO-P2")


def test_what_a_priority_became_is_recorded_once() -> None:
    state = budget(*AGREED).when("record-carry-over", "2019-07-01", winners=[WON]).then(n.CarryOverRecorded)
    assert state.became("DEMO-P1") == WON
    carried = budget(*AGREED, fact(n.CarryOverRecorded, "2019-07-01", winners=(WON,)))
    carried.when("record-carry-over", "2019-07-01", winners=[WON]).refused(x.CarriedOverAlready, PROJECT, COMMITMENT)
    carried.when("replace-priority", "2019-08-01", proposal="DEMO-P1", act=COUNCIL).refused(x.CarriedOverAlready)
    with pytest.raises(ValidationError, match="carried over twice"):
        budget(*AGREED).when("record-carry-over", winners=[WON, WON])


@pytest.mark.parametrize(
    ("kind", "made"),
    [("project", Outcomes(commitments=MADE.commitments)), ("commitment", Outcomes(projects=MADE.projects))],
)
def test_what_a_priority_became_is_on_record(kind: str, made: Outcomes) -> None:
    outcome = budget(*AGREED, others=(made,)).when("record-carry-over", winners=[WON])
    outcome.refused(x.OutcomeNotRecorded, f"winners.0.{kind}", es="carry-over")


def test_only_priorities_become_something() -> None:
    won = CarriedOver(proposal="DEMO-P3", project=PROJECT, commitment=COMMITMENT)
    budget(*AGREED).when("record-carry-over", winners=[won]).refused(x.ProposalNotPrioritised, "DEMO-P3")


def test_phases_come_in_the_order_of_their_days() -> None:
    budget(*AGREED).when("start-execution", "2019-05-15").refused(x.ParticipatoryBudgetNotOpen, "coordination")
    budget(regulated(), STARTED).when("set-ceiling", "2019-02-01", ceiling=pen(5)).refused(StateMovedLater)
    moved = {"occurred_on": "2019-06-21"}
    world = budget(regulated(), STARTED, AGENT, MEETING)
    world.when("correct", position=3, changes=moved).refused(FactsContradict, "concertation-started", anew=True)


def test_a_committee_elected_when_it_was_formalised_stays_when_execution_began() -> None:
    events = (*AGREED, ELECTED, EXECUTING)
    position = events.index(ELECTED) + 1
    budget(*events).when("void", position=position).refused(FactsContradict, "execution-started")
    assert budget(*events, FORMAL).state().committee == ELECTED.members  # type: ignore[attr-defined]
