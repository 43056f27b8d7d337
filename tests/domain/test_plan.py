"""The life of a plan: every state reached, every version kept, and every refusal of the commands that move it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.aggregate import FactsContradict
from domain.errors import StateMovedLater, Words
from domain.events import Event
from domain.facts import CodeTaken, OrganizationEnded, UnknownMinutes, UnknownOrganization
from domain.objectives import UnknownPlan, UnknownPlanVersion
from domain.plan import Plan
from domain.plan import errors as x
from domain.plan import events as p
from domain.plan.facts import Named, Parentage, Successor
from domain.plan.types import EXPIRED, Horizon, PlanState, Stage, Status
from tests.domain.given import ENDED, ID, MINISTRY, MUNICIPALITY, NOBODY, REGION, Given, fact, given, voided
from tests.domain.plans import (
    ADOPTED,
    CONCERTED,
    DRAFTED,
    ENTERED,
    FOLLOWING,
    HORIZON,
    ORDINANCE,
    PARENT,
    PROVINCE,
    REACHED,
    REPORT,
    REVIEWED,
    ROADS,
    STATED,
    UPDATE,
    drafted,
)

BODY: dict[str, Any] = {
    "title": "PDC",
    "type": "concerted_development_district",
    "owner": MINISTRY,
    "horizon": {"from": 2018, "until": 2021},
}
ABOVE = Parentage(name="PDC-P", exists=True, versions=(1, 2), above=frozenset({PROVINCE}))
CITED = {"citation": "Acta de la asamblea"}


def plan(*events: Event, **world: Any) -> Given:
    return given(*events, kind=Plan).where(**world)


def reached(status: Status) -> Given:
    return plan(*REACHED[status])


@pytest.mark.parametrize("status", Status)
def test_every_state_is_reached(status: Status) -> None:
    assert reached(status).state().status is status


def test_what_the_calendar_alone_brings_is_computed_for_the_day() -> None:
    state: PlanState = reached(Status.IN_FORCE).state()
    stands = [state.standing(date(2021, 12, 31)), state.standing(date(2022, 1, 1))]
    assert stands == ["in_force", EXPIRED]
    assert reached(Status.UPDATING).state().standing(date(2022, 1, 1)) == EXPIRED
    assert reached(Status.REPEALED).state().standing(date(2022, 1, 1)) == "repealed"


def test_a_plan_is_made_step_by_step_by_its_commands() -> None:
    there = plan(others=(ABOVE,), holders={})
    said = {"code": "DEMO-PDC", "parent": {"plan": str(PROVINCE), "version": 2}}
    there.when("draft", "2017-03-01", **BODY, **said).then(p.PlanDrafted, parent=PARENT, owner=MINISTRY)
    there = plan(DRAFTED, STATED)
    there.when("concert", "2017-08-01", source=CITED).then(p.PlanConcerted, minutes=None)
    there = plan(DRAFTED, STATED, CONCERTED)
    done = there.when("review", "2017-10-01", report=REPORT, opinion="with_observations", reviewer=REGION)
    assert done.then(p.PlanReviewed).draft.review.opinion == "with_observations"
    there = plan(DRAFTED, STATED, CONCERTED, REVIEWED)
    adopted: PlanState = there.when("adopt", "2017-11-30", act=ORDINANCE, institution=MUNICIPALITY).then(p.PlanAdopted)
    assert adopted.draft is not None
    assert adopted.draft.adoption is not None
    assert (adopted.draft.adoption.institution, adopted.adopters) == (MUNICIPALITY, (MUNICIPALITY,))
    there = plan(DRAFTED, STATED, CONCERTED, REVIEWED, ADOPTED)
    state: PlanState = there.when("enter-into-force", "2018-01-01").then(p.ForceEntered)
    assert state.current is not None
    assert (state.current.valid_from, state.current.valid_until) == (date(2018, 1, 1), date(2021, 12, 31))


def test_the_owner_adopts_it_unless_another_institution_is_named() -> None:
    state: PlanState = reached(Status.IN_FORCE).state()
    assert state.adopters == (MINISTRY,)


def test_the_version_in_force_stays_so_until_the_next_one_takes_its_place() -> None:
    following = [
        UPDATE,
        fact(p.ObjectivesStated, "2019-04-01", objectives=(replace(ROADS, code="OE.3"),)),
        fact(p.PlanConcerted, "2019-05-01"),
        fact(p.PlanAdopted, "2019-06-01", act=ORDINANCE, review_waiver="none asked for"),
        fact(p.ForceEntered, "2019-07-01", valid_until=date(2030, 12, 31)),
    ]
    there = plan(*REACHED[Status.IN_FORCE], *following)
    states = {day: there.state(day) for day in ("2019-04-01", "2019-06-15", "2019-07-01")}
    assert [s.current.number for s in states.values()] == [1, 1, 2]
    assert [s.status for s in states.values()] == [Status.UPDATING, Status.UPDATING, Status.IN_FORCE]
    first, second = states["2019-07-01"].versions
    assert (first.stage, first.ended_on, first.codes) == (Stage.SUPERSEDED, date(2019, 7, 1), {"OE.1", "OE.2"})
    assert second.codes == {"OE.1", "OE.2", "OE.3"}
    assert second.valid_until == date(2030, 12, 31)


def test_an_update_that_is_given_up_leaves_the_version_in_force_and_its_number_unused() -> None:
    there = reached(Status.UPDATING)
    state = there.when("abandon-update", "2019-04-01", reason="No funds").then(p.UpdateAbandoned)
    assert (state.status, state.current.number, state.draft) == (Status.IN_FORCE, 1, None)
    again = plan(*REACHED[Status.UPDATING], fact(p.UpdateAbandoned, "2019-04-01"), others=(Parentage(id=ID),))
    horizon = {"from": 2020, "until": 2030}
    state = again.when("start-update", "2020-01-01", horizon=horizon).then(p.UpdateStarted)
    assert [(v.number, v.stage.value) for v in state.versions] == [(1, "in_force"), (2, "abandoned"), (3, "drafting")]
    assert state.draft.horizon == Horizon(from_=2020, until=2030)


def test_an_update_may_start_after_the_validity_ran_out() -> None:
    reached(Status.IN_FORCE).when("start-update", "2023-01-01").then(p.UpdateStarted)


def test_a_version_taken_back_to_drafting_is_concerted_anew() -> None:
    there = plan(DRAFTED, STATED, CONCERTED, REVIEWED)
    state = there.when("reopen-draft", "2017-11-01", reason="Observations").then(p.DraftReopened)
    assert (state.status, state.draft.review, state.draft.concerted_on) == (Status.DRAFTING, None, None)
    reached(Status.ADOPTED).when("reopen-draft", "2017-12-01").refused(x.VersionNotOpen, "adopted", "reopen-draft")
    reached(Status.IN_FORCE).when("reopen-draft", "2018-02-01").refused(x.PlanNotOpen, "in_force", es="vigente")


def test_the_end_of_a_plan_ends_its_versions() -> None:
    updating = REACHED[Status.UPDATING]
    repealed = plan(*updating).when("repeal", "2020-01-01", act=ORDINANCE).then(p.PlanRepealed, act=ORDINANCE)
    assert [v.stage for v in repealed.versions] == [Stage.REPEALED, Stage.ABANDONED]
    assert (repealed.current, repealed.shown.number, repealed.repeal) == (None, 1, ORDINANCE)
    there = plan(*updating, others=(Successor(id=ID, exists=True, adopted=True),))
    state = there.when("supersede", "2020-01-01", successor=FOLLOWING).then(p.PlanSuperseded)
    assert (state.successor, state.versions[0].stage) == (FOLLOWING, Stage.SUPERSEDED)
    assert reached(Status.ADOPTED).when("repeal", "2017-12-15", act=ORDINANCE).then(p.PlanRepealed).versions[0].ended_on


@pytest.mark.parametrize(
    ("status", "command", "body"),
    [
        (Status.IN_FORCE, "concert", {"source": CITED}),
        (Status.IN_FORCE, "review", {"report": REPORT}),
        (Status.REPEALED, "adopt", {"act": ORDINANCE}),
        (Status.IN_FORCE, "enter-into-force", {}),
        (Status.ADOPTED, "start-update", {}),
        (Status.UPDATING, "start-update", {}),
        (Status.IN_FORCE, "abandon-update", {}),
        (Status.DRAFTING, "supersede", {"successor": FOLLOWING}),
        (Status.REVIEWED, "repeal", {"act": ORDINANCE}),
        (Status.SUPERSEDED, "repeal", {"act": ORDINANCE}),
    ],
)
def test_a_plan_in_another_state_refuses(status: Status, command: str, body: dict[str, Any]) -> None:
    reached(status).when(command, "2020-01-01", **body).refused(x.PlanNotOpen, status.value, command, es=status.es)


@pytest.mark.parametrize(
    ("status", "command", "body"),
    [
        (Status.CONCERTED, "concert", {"source": CITED}),
        (Status.DRAFTING, "review", {"report": REPORT}),
        (Status.REVIEWED, "review", {"report": REPORT}),
        (Status.DRAFTING, "adopt", {"act": ORDINANCE}),
        (Status.REVIEWED, "enter-into-force", {}),
        (Status.DRAFTING, "reopen-draft", {}),
        (Status.UPDATING, "enter-into-force", {}),
    ],
)
def test_a_version_at_another_stage_refuses(status: Status, command: str, body: dict[str, Any]) -> None:
    stage = "drafting" if status is Status.UPDATING else status.value
    reached(status).when(command, "2020-01-01", **body).refused(x.VersionNotOpen, stage, command, es="La versión")


def test_the_owner_stands_and_the_code_is_free() -> None:
    plan().when("draft", **(BODY | {"owner": NOBODY})).refused(UnknownOrganization, NOBODY)
    plan().when("draft", **(BODY | {"owner": ENDED})).refused(OrganizationEnded)
    plan(holders={"DEMO-1": NOBODY}).when("draft", **BODY, code="DEMO-1").refused(CodeTaken, "DEMO-1")
    assert list(Plan.claims(drafted_state())) == ["DEMO-1"]
    for command, field, events in (
        ("review", "reviewer", REACHED[Status.CONCERTED]),
        ("adopt", "institution", REACHED[Status.REVIEWED]),
    ):
        body = {"report": REPORT} if command == "review" else {"act": ORDINANCE}
        plan(*events).when(command, **body, **{field: NOBODY}).refused(UnknownOrganization, NOBODY)
        plan(*events).when(command, **body, **{field: ENDED}).refused(OrganizationEnded)


def drafted_state() -> PlanState:
    state: PlanState = plan(drafted(code="DEMO-1")).state()
    return state


def test_a_horizon_ends_after_it_begins() -> None:
    with pytest.raises(ValueError, match="2017 is before 2018"):
        plan().when("draft", **(BODY | {"horizon": {"from": 2018, "until": 2017}}))


def test_a_plan_without_objectives_is_not_concerted() -> None:
    plan(DRAFTED).when("concert", "2017-08-01", source=CITED).refused(x.NoObjectives, ID, es="no tiene objetivos")


def test_concertation_is_written_down_somewhere() -> None:
    there, acta = plan(DRAFTED, STATED), UUID(int=0x13)
    there.when("concert", "2017-08-01").refused(x.ConcertationWithoutRecord, "source", es="dónde consta")
    there.when("concert", "2017-08-01", minutes=acta).then(p.PlanConcerted, minutes=acta)
    unknown = there.where(others=(Named(minutes={acta: "minutes"}),))
    unknown.when("concert", "2017-08-01", minutes=acta).refused(UnknownMinutes, acta)


def test_a_version_is_adopted_after_a_review_or_says_why_without() -> None:
    there = reached(Status.CONCERTED)
    there.when("adopt", "2017-11-30", act=ORDINANCE).refused(x.ReviewMissing, "review_waiver", es="informe técnico")
    waived = there.when("adopt", "2017-11-30", act=ORDINANCE, review_waiver="A neighbourhood plan").then(p.PlanAdopted)
    assert waived.draft.adoption.review_waiver == "A neighbourhood plan"
    body = {"act": ORDINANCE, "review_waiver": "None"}
    reached(Status.REVIEWED).when("adopt", "2017-11-30", **body).refused(x.ReviewNotMissing, "review_waiver")


def test_what_enters_into_force_is_valid_on_that_day() -> None:
    there = reached(Status.ADOPTED)
    there.when("enter-into-force", "2022-01-01").refused(x.PlanValidityEnded, "2021-12-31", "2022-01-01")
    there.when("enter-into-force", "2018-01-01", valid_until="2017-12-31").refused(x.PlanValidityEnded, "2017-12-31")
    there.when("enter-into-force", "2022-01-01", valid_until="2025-12-31").then(p.ForceEntered)


@pytest.mark.parametrize("command", ["draft", "reframe", "start-update"])
def test_a_parent_is_a_version_that_is_recorded_and_no_descendant(command: str) -> None:
    events = {"draft": (), "reframe": (DRAFTED,), "start-update": REACHED[Status.IN_FORCE]}[command]
    body: dict[str, Any] = {"draft": BODY, "reframe": {"horizon": HORIZON}, "start-update": {}}[command]
    body = body | {"parent": {"plan": str(PROVINCE), "version": 3}}

    def with_parent(facts: Parentage) -> Any:
        return plan(*events, others=(facts,)).when(command, **body)

    with_parent(Parentage()).refused(UnknownPlan, PROVINCE, "2019-06-01", es="no era un plan registrado")
    with_parent(ABOVE).refused(UnknownPlanVersion, "PDC-P", "no version 3. It had 1, 2")
    with_parent(replace(ABOVE, id=ID, above=frozenset({PROVINCE, ID}))).refused(x.PlanDescendsFromItself, PROVINCE)
    with_parent(replace(ABOVE, id=PROVINCE)).refused(x.PlanDescendsFromItself, PROVINCE, es="se integra en él")
    assert with_parent(replace(ABOVE, versions=(3,))).refusal is None


def test_a_plan_gives_way_to_another_one_that_is_adopted() -> None:
    def to(facts: Successor) -> Any:
        return plan(*REACHED[Status.IN_FORCE], others=(facts,)).when("supersede", successor=FOLLOWING)

    to(Successor()).refused(UnknownPlan, FOLLOWING)
    drafting = Successor(exists=True, name="PDC-2", state=Words("drafting", "en formulación"))
    to(drafting).refused(x.SuccessorNotInForce, "PDC-2", "drafting", es="en formulación")
    to(Successor(id=ID, exists=True, adopted=True, line=frozenset({FOLLOWING, ID}))).refused(x.PlanSucceedsItself)
    to(Successor(id=FOLLOWING, exists=True, adopted=True)).refused(x.PlanSucceedsItself, FOLLOWING)


def test_facts_that_move_the_plan_keep_their_order() -> None:
    reached(Status.IN_FORCE).when("repeal", "2017-12-01", act=ORDINANCE).refused(StateMovedLater, "2018-01-01")


@pytest.mark.parametrize(("position", "other"), [(2, 3), (3, 4), (5, 6)], ids=["objectives", "concerted", "adopted"])
def test_a_fact_that_others_rest_on_is_not_voided_before_them(position: int, other: int) -> None:
    there = plan(DRAFTED, STATED, CONCERTED, REVIEWED, ADOPTED, ENTERED)
    there.when("void", position=position, reason="typo").refused(FactsContradict, f"position {other}")


def test_a_void_that_nothing_rests_on_takes_the_plan_back() -> None:
    there = plan(DRAFTED, STATED, CONCERTED, REVIEWED, ADOPTED, ENTERED, voided(6))
    assert there.state().status is Status.ADOPTED
