"""Proposals of a participatory budget: what they must cite, how they are evaluated, voted on and prioritised."""

from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from domain.aggregate import FactsContradict
from domain.events import Event
from domain.facts import UnknownOrganization
from domain.objectives import PlanNotInForce, UnknownObjective, UnknownPlan, UnknownPlanVersion
from domain.participatory_budget import ParticipatoryBudget
from domain.participatory_budget import errors as x
from domain.participatory_budget import events as n
from domain.types import Money
from tests.domain.given import MINISTRY, NOBODY, REGION, UNIVERSITY, Given, fact, given
from tests.domain.participatory_budgets import (
    AGREED,
    CHOICES,
    CHOOSING,
    COUNCIL,
    IN_FORCE,
    OBJECTIVE,
    PLAN,
    SET,
    TEAM,
    found,
    pen,
    proposed,
    regulated,
)

PROPOSAL: dict[str, Any] = {
    "code": "DEMO-P9", "title": "Canal", "objective": OBJECTIVE, "cost": pen(300), "proposer": UNIVERSITY,
}  # fmt: skip


def budget(*events: Event) -> Given:
    return given(*events, kind=ParticipatoryBudget).where(others=(IN_FORCE,))


def submitting(**other: Any) -> Any:
    return budget(*CHOOSING).when("submit-proposal", "2019-04-02", **(PROPOSAL | other))


def test_a_proposal_cites_an_objective_of_the_plan_version_in_force() -> None:
    state = submitting().then(n.ProposalSubmitted, objective=OBJECTIVE, cost=pen(300))
    assert state.proposal("DEMO-P9").evaluation is None


@pytest.mark.parametrize(
    ("cited", "refusal", "shown"),
    [
        ({"plan": UUID(int=9), "version": 2, "code": "OE.1"}, UnknownPlan, "objective.plan"),
        ({"plan": PLAN, "version": 3, "code": "OE.1"}, UnknownPlanVersion, "1, 2"),
        ({"plan": PLAN, "version": 2, "code": "OE.9"}, UnknownObjective, "OE.1, OE.2"),
        ({"plan": PLAN, "version": 1, "code": "OE.1"}, PlanNotInForce, "superseded"),
    ],
)
def test_a_proposal_cannot_cite_anything_else(cited: dict[str, Any], refusal: Any, shown: str) -> None:
    submitting(objective=cited).refused(refusal, shown, "2019-04-02")


def test_only_agents_propose() -> None:
    submitting(proposer=MINISTRY).refused(x.NotAnAgent, "proposer", MINISTRY, es="no era agente")
    submitting(proposer=NOBODY).refused(UnknownOrganization, NOBODY)


def test_a_proposal_has_a_code_of_its_own_and_the_currency_of_the_ceiling() -> None:
    world = budget(*CHOOSING, proposed("DEMO-P9"))
    world.when("submit-proposal", **PROPOSAL).refused(x.ProposalCodeTaken, "DEMO-P9", "2019-04-02")
    dollars = Money(amount=pen(5).amount, currency="USD")
    submitting(cost=dollars).refused(x.BudgetCurrencyDiffers, "cost", "USD", "PEN")


def test_without_a_ceiling_the_first_proposal_gives_the_currency() -> None:
    open_ended = (regulated(ceiling=None), *CHOOSING[1:], proposed())
    dollars = {"amount": "5.00", "currency": "USD"}
    budget(*open_ended).when("submit-proposal", **PROPOSAL | {"cost": dollars}).refused(x.BudgetCurrencyDiffers, "USD")
    budget(*open_ended).when("set-ceiling", ceiling=dollars).refused(x.BudgetCurrencyDiffers, "ceiling", "USD")


def test_whoever_finds_a_proposal_infeasible_explains_why() -> None:
    world = budget(*CHOOSING, proposed())
    said = {"proposal": "DEMO-P1", "verdict": "infeasible"}
    world.when("evaluate-proposal", **said).refused(x.ExplanationMissing, "explanation", es="sin explicación")
    state = world.when("evaluate-proposal", **said, explanation="No water right").then(n.ProposalEvaluated)
    assert state.proposal("DEMO-P1").evaluation.explanation == "No water right"


def test_a_finding_keeps_its_explanation_when_it_is_corrected() -> None:
    world = budget(*CHOICES)
    position = CHOICES.index(found("DEMO-P3")) + 1
    outcome = world.when("correct", position=position, changes={"verdict": "infeasible"})
    outcome.refused(x.ExplanationMissing, "DEMO-P3", anew=True)


def test_only_proposals_that_stand_are_evaluated_and_by_a_team() -> None:
    said = {"proposal": "DEMO-P7", "verdict": "feasible"}
    budget(*CHOICES).when("evaluate-proposal", **said).refused(x.UnknownProposal, "DEMO-P7")
    no_team = tuple(event for event in CHOOSING if event is not TEAM)
    said = {"proposal": "DEMO-P1", "verdict": "feasible"}
    budget(*no_team, proposed()).when("evaluate-proposal", **said).refused(x.TechnicalTeamMissing)
    back = fact(n.ProposalWithdrawn, "2019-04-10", proposal="DEMO-P1")
    budget(*CHOOSING, proposed(), back).when("evaluate-proposal", **said).refused(x.ProposalTakenBack, "as agreed")


def test_a_priority_is_neither_found_infeasible_nor_taken_back() -> None:
    world = budget(*CHOICES, SET)
    said = {"proposal": "DEMO-P1", "verdict": "infeasible", "explanation": "Landslide"}
    world.when("evaluate-proposal", "2019-06-01", **said).refused(x.ProposalPrioritised, "DEMO-P1")
    world.when("evaluate-proposal", "2019-04-25", **said).refused(x.ProposalPrioritised, "DEMO-P1")
    world.when("withdraw-proposal", "2019-04-25", proposal="DEMO-P1").refused(x.ProposalPrioritised, "DEMO-P1")


def test_a_proposal_is_taken_back_once() -> None:
    back = fact(n.ProposalWithdrawn, "2019-04-25", proposal="DEMO-P3")
    assert budget(*CHOICES, back).state().proposal("DEMO-P3").withdrawn == "as agreed"
    for day in ("2019-04-24", "2019-06-01"):
        again = budget(*CHOICES, back).when("withdraw-proposal", day, proposal="DEMO-P3")
        again.refused(x.ProposalTakenBack, "DEMO-P3", es="retirada")
    budget(*CHOICES).when("withdraw-proposal", proposal="DEMO-P7").refused(x.UnknownProposal, "DEMO-P7")


def test_agents_vote_once_for_feasible_proposals() -> None:
    state = (
        budget(*CHOICES)
        .when("record-ballot", "2019-05-01", agent=REGION, proposals=["DEMO-P1", "DEMO-P3"])
        .then(n.BallotRecorded, agent=REGION, proposals=("DEMO-P1", "DEMO-P3"))
    )
    assert [state.votes(code) for code in ("DEMO-P1", "DEMO-P2", "DEMO-P3")] == [1, 0, 1]
    cast = fact(n.BallotRecorded, "2019-05-01", agent=REGION, proposals=("DEMO-P1",))
    again = budget(*CHOICES, cast).when("record-ballot", "2019-04-30", agent=REGION, proposals=["DEMO-P2"])
    again.refused(x.AgentVotedAlready, "2019-05-01")


@pytest.mark.parametrize(
    ("code", "refusal", "es"),
    [
        ("DEMO-P4", x.ProposalNotFeasible, "declarada no viable"),
        ("DEMO-P5", x.ProposalNotFeasible, "sin evaluar"),
        ("DEMO-P6", x.ProposalTakenBack, "retirada"),
        ("DEMO-P7", x.UnknownProposal, "no era propuesta"),
    ],
)
def test_nothing_else_is_voted_on_or_prioritised(code: str, refusal: Any, es: str) -> None:
    back = fact(n.ProposalWithdrawn, "2019-04-25", proposal="DEMO-P6")
    world = budget(*CHOICES, proposed("DEMO-P5", 1), proposed("DEMO-P6", 1), found("DEMO-P6"), back)
    world.when("record-ballot", agent=REGION, proposals=["DEMO-P1", code]).refused(refusal, code, es=es)
    world.when("set-priorities", priorities=["DEMO-P1", code]).refused(refusal, code, es=es)
    formal = budget(*AGREED[:-3], proposed("DEMO-P5", 1), proposed("DEMO-P6", 1), found("DEMO-P6"), back, *AGREED[-3:])
    formal.when("replace-priority", proposal="DEMO-P1", instead=code, act=COUNCIL).refused(refusal, code, es=es)


def test_nobody_but_agents_votes() -> None:
    world = budget(*CHOICES)
    world.when("record-ballot", agent=MINISTRY, proposals=["DEMO-P1"]).refused(x.NotAnAgent, "agent", MINISTRY)
    world.when("record-ballot", agent=NOBODY, proposals=["DEMO-P1"]).refused(UnknownOrganization, NOBODY)
    team = TEAM.members[0].organization  # type: ignore[attr-defined]
    world.when("record-ballot", agent=team, proposals=["DEMO-P1"]).refused(x.NotAnAgent, team)


def test_priorities_are_in_order_and_cost_the_ceiling_at_most() -> None:
    world = budget(*CHOICES)
    state = world.when("set-priorities", priorities=["DEMO-P2", "DEMO-P1"]).then(n.PrioritiesSet)
    assert (state.priorities, state.cost_of(state.priorities)) == (("DEMO-P2", "DEMO-P1"), pen(1000).amount)
    three = ["DEMO-P1", "DEMO-P2", "DEMO-P3"]
    world.when("set-priorities", priorities=three).refused(x.CeilingExceeded, "1300.00", "1000.00", "300.00", "PEN")
    with pytest.raises(ValidationError, match="twice"):
        world.when("set-priorities", priorities=["DEMO-P1", "DEMO-P1"])


def test_priorities_need_a_ceiling_and_a_ceiling_holds_the_priorities() -> None:
    without = (regulated(ceiling=None), *CHOICES[1:])
    budget(*without).when("set-priorities", priorities=["DEMO-P1"]).refused(x.CeilingMissing, es="techo")
    lower = budget(*CHOICES, SET).when("set-ceiling", ceiling=pen(999))
    lower.refused(x.CeilingExceeded, "ceiling", "1.00", "999.00")


def test_a_cost_cannot_be_corrected_above_the_ceiling_of_what_was_prioritised() -> None:
    world = budget(*CHOICES, SET)
    position = CHOICES.index(proposed("DEMO-P2", 400)) + 1
    dearer = world.when("correct", position=position, changes={"cost": {"amount": "401.00", "currency": "PEN"}})
    dearer.refused(FactsContradict, "priorities-set", "1001.00", anew=True)
    assert world.when("correct", position=position, changes={"cost": pen(399)}).refusal is None
    void = world.when("void", position=CHOICES.index(found("DEMO-P1")) + 1)
    void.refused(FactsContradict, "priorities-set", "not evaluated")


def test_a_priority_is_replaced_by_an_act_within_the_ceiling_or_given_up() -> None:
    world = budget(*AGREED)
    body = {"proposal": "DEMO-P2", "act": COUNCIL}
    state = world.when("replace-priority", **body, instead="DEMO-P3").then(n.PriorityReplaced, instead="DEMO-P3")
    assert (state.priorities, state.replaced[0].instead) == (("DEMO-P1", "DEMO-P3"), "DEMO-P3")
    assert world.when("replace-priority", **body).then(n.PriorityReplaced, instead=None).priorities == ("DEMO-P1",)
    world.when("replace-priority", **body, instead="DEMO-P1").refused(x.ProposalPrioritised, "DEMO-P1")
    body["proposal"] = "DEMO-P3"
    world.when("replace-priority", **body, instead="DEMO-P2").refused(x.ProposalNotPrioritised, "DEMO-P1, DEMO-P2")
    dear = budget(*AGREED[:-3], proposed("DEMO-P5", 900), found("DEMO-P5"), *AGREED[-3:])
    outcome = dear.when("replace-priority", proposal="DEMO-P2", instead="DEMO-P5", act=COUNCIL)
    outcome.refused(x.CeilingExceeded, "1500.00", "500.00")
