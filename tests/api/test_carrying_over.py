"""Priorities become projects and commitments in one decision: all of them or none, once."""

from typing import Any

import pytest

from roundtable.checks import Check
from roundtable.installation import Installation
from tests.api.budgets import BUDGET, COUNCIL, District
from tests.harness import Person, Refused

DAY = "2019-07-01"


@pytest.fixture
def district(secretary: Person) -> District:
    return District(secretary)


def head(person: Person) -> int:
    events = person.sees("/events", after=0, limit=200)["items"]
    return int(events[-1]["position"])


def carried(district: District, **body: Any) -> dict[str, Any]:
    return district.does("carry-over", DAY, **body)


def test_each_priority_becomes_a_commitment_and_a_project_that_serve_its_objective(
    district: District, installation: Installation
) -> None:
    district.formalises()
    receipt = carried(district, deadline="2020-12-31", follow_up_body=district.farmers)
    assert [winner["proposal"] for winner in receipt["winners"]] == ["P1", "P2"]
    first = receipt["winners"][0]
    commitment = district.person.sees(f"/commitments/{first['commitment']}")
    assert (commitment["code"], commitment["title"], commitment["amount"]["amount"]) == (
        "DEMO-PP-2020-P1", "Work P1", "600.00",
    )  # fmt: skip
    assert [one["organization"] for one in commitment["responsibles"]] == [district.town]
    assert (commitment["deadline"], commitment["follow_up_body"]) == ("2020-12-31", district.farmers)
    budget = district.sees()["id"]
    assert (commitment["origin"]["participatory_budget"], commitment["origin"]["item"]) == (budget, "P1")
    assert commitment["objectives"] == [district.cites("OE.1")]
    project = district.person.sees(f"/projects/{first['project']}")
    assert (project["code"], project["responsible"], project["cost"]["amount"]) == (
        "DEMO-PP-2020-P1", district.town, "600.00",
    )  # fmt: skip
    assert (project["commitments"], project["objectives"]) == ([first["commitment"]], [district.cites("OE.1")])
    assert project["funders"][0]["amount"]["amount"] == "600.00"
    assert [place["code"] for place in project["territories"]] == ["080707"]
    assert Check(installation).run().finding is None


def test_the_budget_and_its_lines_say_what_each_became_from_that_position_and_day_on(district: District) -> None:
    district.formalises()
    before = head(district.person)
    receipt = carried(district)
    assert district.sees()["carried_over"] == receipt["winners"]
    first = receipt["winners"][0]
    lines = district.sees("/lines")["items"]
    assert [(line["state"], line["commitment"] is not None) for line in lines] == [("carried_over", True)] * 2
    assert (lines[0]["project"], lines[0]["commitment"]) == (first["project"], first["commitment"])
    for moment in ({"at_position": before}, {"valid_at": "2019-06-30"}):
        assert [line["state"] for line in district.sees("/lines", **moment)["items"]] == ["prioritised"] * 2
    made = district.person.sees("/commitments", participatory_budget=district.sees()["id"])["items"]
    assert [item["code"] for item in made] == ["DEMO-PP-2020-P1", "DEMO-PP-2020-P2"]


def test_all_of_it_is_one_decision_with_one_correlation(district: District) -> None:
    district.formalises()
    before = head(district.person)
    receipt = carried(district)
    events = district.person.sees("/events", after=before)["items"]
    assert [event["topic"] for event in events] == [
        *["commitment.registered", "commitment.objectives-aligned", "project.registered", "project.objectives-aligned"]
        * 2,
        "participatory-budget.carry-over-recorded",
    ]
    assert len({event["correlation"] for event in events}) == 1
    assert receipt["position"] == events[-1]["position"] == before + 9


def test_nothing_is_recorded_when_one_of_them_is_refused(district: District, installation: Installation) -> None:
    district.formalises()
    district.person.registers_commitment(district.town, code="DEMO-PP-2020-P2")
    before = head(district.person)
    problem = district.refused("carry-over", DAY)
    assert (problem["name"], problem["values"]["code"]) == ("code-taken", "DEMO-PP-2020-P2")
    assert head(district.person) == before
    assert district.person.get("/commitments/DEMO-PP-2020-P1").status_code == 404
    assert district.person.sees("/projects")["items"] == []
    assert district.sees()["carried_over"] == []
    assert Check(installation).run().finding is None


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"follow_up_body": "00000000-0000-0000-0000-000000000009"}, "unknown-organization"),
        ({"deadline": "2019-06-30"}, "deadline-before-commitment"),
        ({"on_behalf_of": "00000000-0000-0000-0000-000000000009"}, "unknown-organization"),
        ({"proposals": ["P1"]}, "invalid-request"),
    ],
)
def test_what_a_commitment_would_refuse_is_refused(district: District, body: dict[str, Any], name: str) -> None:
    district.formalises()
    before = head(district.person)
    assert district.refused("carry-over", DAY, **body)["name"] == name
    assert head(district.person) == before


def test_it_waits_for_the_formalisation_and_ends_when_there_is_nothing_left(district: District) -> None:
    district.chooses()
    assert district.refused("carry-over", DAY)["name"] == "participatory-budget-not-open"
    district.does("start-coordination", "2019-05-10")
    district.does("formalise", "2019-05-20", act=COUNCIL, acta="5" * 64)
    assert district.refused("carry-over", "2019-05-15")["name"] == "participatory-budget-not-open"
    assert district.refused("carry-over", "2019-01-01")["name"] == "before-object-began"
    assert district.refused("carry-over", "2999-01-01")["name"] == "in-future"
    carried(district)
    problem = district.refused("carry-over", DAY)
    assert (problem["name"], problem["status"]) == ("nothing-to-carry-over", 409)
    assert district.refused("carry-over", "2019-06-01")["name"] == "nothing-to-carry-over"
    with pytest.raises(Refused) as refusal:
        district.person.does("/participatory-budgets/DEMO-NONE/carry-over", occurred_on=DAY)
    assert refusal.value.name == "object-not-found"


def test_a_repeated_key_gets_the_same_answer_and_makes_nothing_twice(district: District) -> None:
    district.formalises()
    path, body = f"{BUDGET}/carry-over", {"occurred_on": DAY}
    first = district.person.post(path, body, Idempotency_Key="k1")
    after = head(district.person)
    again = district.person.post(path, body, Idempotency_Key="k1")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
    assert head(district.person) == after
    other = district.person.post(path, {"occurred_on": "2019-07-02"}, Idempotency_Key="k1")
    assert other.json()["type"].endswith("key-reused")


def test_it_heeds_the_version_expected_and_answers_with_the_new_one(district: District) -> None:
    district.formalises()
    version = district.sees()["version"]
    before = head(district.person)
    path, body = f"{BUDGET}/carry-over", {"occurred_on": DAY}
    late = district.person.post(path, body, If_Match=f'"{version - 1}"')
    assert (late.status_code, head(district.person)) == (412, before)
    done = district.person.post(path, body, If_Match=f'"{version}"')
    assert (done.status_code, done.headers["ETag"]) == (200, f'"{version + 1}"')
    assert done.headers["Roundtable-Position"] == str(before + 9)


def test_only_who_may_record_carries_over(district: District) -> None:
    district.formalises()
    nobody = Person(district.person.client, None)
    assert nobody.post(f"{BUDGET}/carry-over", {"occurred_on": DAY}).status_code == 401


def test_what_a_priority_became_keeps_it_on_record_and_a_voided_carry_over_can_be_made_again(
    district: District,
) -> None:
    district.formalises()
    receipt = carried(district)
    first = receipt["winners"][0]
    registered = district.person.sees(f"/commitments/{first['commitment']}/history")["items"][0]["position"]
    with pytest.raises(Refused) as refusal:
        district.person.voids(f"/commitments/{first['commitment']}", registered)
    assert refusal.value.name == "others-rest-on-it"
    began = district.sees("/history")["items"][0]["position"]
    with pytest.raises(Refused) as refusal:
        district.person.voids(BUDGET, began)
    assert refusal.value.name == "others-rest-on-it"
    district.person.voids(BUDGET, receipt["position"])
    assert district.sees()["carried_over"] == []
    winners = [winner | {"project": receipt["winners"][1]["project"]} for winner in receipt["winners"]]
    district.does("record-carry-over", "2019-07-02", winners=winners)
    assert district.sees()["carried_over"] == winners
    problem = district.refused("record-carry-over", "2019-07-03", winners=winners)
    assert problem["name"] == "carried-over-already"


def test_what_was_never_recorded_is_no_outcome(district: District) -> None:
    district.formalises()
    winners = [{"proposal": "P1", "project": district.town, "commitment": district.town}]
    problem = district.refused("record-carry-over", DAY, winners=winners)
    assert (problem["name"], problem["values"]["field"]) == ("outcome-not-recorded", "winners.0.project")


def test_a_commitment_names_a_priority_of_a_participatory_budget_that_there_is(district: District) -> None:
    district.formalises()
    budget = district.sees()["id"]

    def refused(on: str = DAY, **origin: Any) -> str:
        with pytest.raises(Refused) as refusal:
            district.person.registers_commitment(district.town, origin=origin, occurred_on=on)
        return refusal.value.name

    assert refused(participatory_budget=district.town) == "unknown-participatory-budget"
    assert refused(participatory_budget=budget, item="P3") == "item-not-prioritised"
    assert refused("2019-01-29", participatory_budget=budget) == "unknown-participatory-budget"
    made = district.person.registers_commitment(
        district.town, origin={"participatory_budget": budget, "item": "P2"}, occurred_on=DAY
    )
    assert district.person.sees(f"/commitments/{made['id']}")["origin"]["item"] == "P2"
