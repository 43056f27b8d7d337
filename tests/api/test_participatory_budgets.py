"""Participatory budgets over HTTP: phases, guards that look at plans and other budgets, lists, lines, both times."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from roundtable.checks import Check
from roundtable.installation import Installation
from tests.api.budgets import ACTA, BUDGET, COUNCIL, REPORT, RULES, District
from tests.harness import Person, Refused, pen


@pytest.fixture
def district(secretary: Person) -> District:
    return District(secretary)


def codes(answer: Any) -> list[str]:
    return [item["code"] for item in answer["items"]]


def test_a_budget_goes_through_every_phase_and_each_day_shows_its_own(
    district: District, installation: Installation
) -> None:
    district.formalises()
    district.does("start-execution", "2020-01-02")
    said = {"stage": "in_progress", "executed": pen("150.00"), "percent": 25}
    district.does("report-execution", "2020-06-01", proposal="P1", **said)
    district.does("render-accounts", "2021-03-01", report=REPORT)
    days = ["2019-01-30", "2019-03-01", "2019-04-30", "2019-05-15", "2019-06-01", "2020-01-02", "2021-03-01"]
    assert [district.sees(valid_at=day)["state"] for day in days] == [
        "regulated", "preparation", "concertation", "coordination", "formalised", "in_execution", "accounted",
    ]  # fmt: skip
    shown = district.sees()
    assert (shown["priorities"], shown["prioritised"]) == (["P1", "P2"], {"amount": "1000.00", "currency": "PEN"})
    assert [(p["code"], p["votes"], p["priority"]) for p in shown["proposals"]] == [
        ("P1", 2, 1), ("P2", 1, 2), ("P3", 0, None),
    ]  # fmt: skip
    assert shown["formalisation"]["acta"] == ACTA
    assert (shown["accounts"]["report"], shown["workshops"][0]["counts"]["women"]) == (REPORT, 33)
    assert Check(installation).run().finding is None


def test_a_proposal_cites_only_what_is_in_force_on_its_day(district: District) -> None:
    district.chooses()
    about: dict[str, Any] = {"code": "P9", "title": "P9", "cost": pen("1.00"), "proposer": district.women}

    def refused(objective: dict[str, Any], on: str = "2019-04-03") -> str:
        return str(district.refused("submit-proposal", on, **about, objective=objective)["name"])

    assert refused(district.cites("OE.9")) == "unknown-objective"
    assert refused(district.cites(version=2)) == "unknown-plan-version"
    assert refused({"plan": district.town, "version": 1, "code": "OE.1"}) == "unknown-plan"
    draft = {"title": "Draft", "type": "local_economic_development", "horizon": {"from": 2019, "until": 2029}}
    plan = district.person.does("/plans", **draft, owner=district.town, occurred_on="2019-01-01")["id"]
    objectives = [{"code": "LED.1", "statement": "Fairs"}]
    district.person.does(f"/plans/{plan}/state-objectives", objectives=objectives, occurred_on="2019-01-02")
    problem = district.refused(
        "submit-proposal", "2019-04-03", **about, objective={"plan": plan, "version": 1, "code": "LED.1"}
    )
    assert (problem["name"], problem["values"]["occurred_on"]) == ("plan-not-in-force", "2019-04-03")
    before = district.adopts("DEMO-LATE", "2019-04-10")
    cited = {"plan": before, "version": 1, "code": "OE.1"}
    assert refused(cited, "2019-04-09") == "plan-not-in-force"
    district.updates("2020-02-10")
    assert refused(district.cites(version=2), "2019-04-12") == "unknown-plan-version"
    district.does("submit-proposal", "2019-04-10", **about, objective=cited)


def test_the_priorities_cost_the_ceiling_at_most_and_the_refusal_says_by_how_much(district: District) -> None:
    district.chooses()
    problem = district.refused("set-priorities", "2019-05-03", priorities=["P1", "P2", "P3"])
    assert (problem["name"], problem["status"]) == ("ceiling-exceeded", 409)
    values = {name: problem["values"][name] for name in ("cost", "ceiling", "over", "currency")}
    assert values == {"cost": "1300.00", "ceiling": "1000.00", "over": "300.00", "currency": "PEN"}
    assert district.sees()["priorities"] == ["P1", "P2"]


def test_a_municipality_has_one_budget_for_a_year_also_in_a_race(installation: Installation, secretary: Person) -> None:
    district = District(secretary)
    people = [secretary, Person.arrives(installation)]

    def regulate(person: Person) -> int:
        body = {"municipality": district.town, "fiscal_year": 2020, "ordinance": RULES, "occurred_on": "2019-01-30"}
        return person.post("/participatory-budgets", body).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(regulate, people)) == [201, 409]
    [only] = secretary.sees("/participatory-budgets", municipality=district.town)["items"]
    began = secretary.sees(f"/participatory-budgets/{only['id']}/history")["items"][0]["position"]
    voided = secretary.voids(f"/participatory-budgets/{only['id']}", began)
    assert regulate(secretary) == 201
    with pytest.raises(Refused) as refusal:
        secretary.voids(f"/participatory-budgets/{only['id']}", voided["position"])
    assert refusal.value.name == "budget-of-year-exists"


def test_a_year_is_not_corrected_into_one_that_is_taken(district: District) -> None:
    district.regulates()
    second = district.regulates("DEMO-PP-2021", 2021)
    with pytest.raises(Refused) as refusal:
        district.person.corrects("/participatory-budgets/DEMO-PP-2021", second["position"], {"fiscal_year": 2020})
    assert refusal.value.name == "budget-of-year-exists"
    with pytest.raises(Refused) as refusal:
        district.person.corrects("/participatory-budgets/DEMO-PP-2021", second["position"], {"code": "DEMO-PP-2020"})
    assert refusal.value.name == "code-taken"
    fixed = district.person.corrects("/participatory-budgets/DEMO-PP-2021", second["position"], {"fiscal_year": 2022})
    district.regulates("DEMO-PP-2021B", 2021)
    with pytest.raises(Refused) as refusal:
        district.person.voids("/participatory-budgets/DEMO-PP-2021", fixed["position"])
    assert refusal.value.name == "budget-of-year-exists"


def test_what_a_proposal_cites_stays_on_record(district: District) -> None:
    district.chooses()
    items = district.person.sees(f"/plans/{district.plan}/history")["items"]
    with pytest.raises(Refused) as refusal:
        district.person.voids(f"/plans/{district.plan}", items[0]["position"])
    assert refusal.value.name == "others-rest-on-it"
    with pytest.raises(Refused):
        district.person.voids(f"/plans/{district.plan}", items[1]["position"])
    began = district.person.sees(f"/organizations/{district.farmers}/history")["items"][0]
    with pytest.raises(Refused) as refusal:
        district.person.voids(f"/organizations/{district.farmers}", began["position"])
    assert refusal.value.name == "others-rest-on-it"


LISTED: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({}, ["DEMO-PP-2020", "DEMO-PP-2021"]),
    ({"fiscal_year": 2021}, ["DEMO-PP-2021"]),
    ({"state": "regulated"}, ["DEMO-PP-2021"]),
    ({"state": ["concertation", "regulated"]}, ["DEMO-PP-2020", "DEMO-PP-2021"]),
    ({"territory": "PE-UBIGEO-INEI:0807"}, ["DEMO-PP-2020"]),
    ({"territory": "PE-UBIGEO-INEI:0808"}, []),
    ({"q": "work p3"}, ["DEMO-PP-2020"]),
    ({"sort": "-fiscal_year"}, ["DEMO-PP-2021", "DEMO-PP-2020"]),
    ({"sort": "-state", "limit": 1}, ["DEMO-PP-2021"]),
    ({"valid_at": "2019-01-30", "state": "regulated"}, ["DEMO-PP-2020"]),
)


def test_budgets_are_listed_by_what_is_asked(district: District) -> None:
    district.chooses()
    district.regulates("DEMO-PP-2021", 2021, occurred_on="2019-06-30")
    for asked, expected in LISTED:
        assert codes(district.person.sees("/participatory-budgets", **asked)) == expected, asked


def test_a_list_counts_who_took_part_and_what_came_of_it(district: District) -> None:
    district.formalises()
    district.does("carry-over", "2019-07-01")
    [item] = district.person.sees("/participatory-budgets")["items"]
    counted = (
        "agents",
        "without_personality",
        "workshops",
        "people",
        "proposals",
        "feasible",
        "priorities",
        "replaced",
    )
    assert [item[name] for name in (*counted, "carried_over", "committee")] == [2, 1, 1, 60, 3, 3, 2, 0, 2, 1]
    assert (item["prioritised"]["amount"], item["formalised_on"], item["accounted_on"]) == (
        "1000.00", "2019-05-20", None,
    )  # fmt: skip


def test_a_plan_leads_to_the_budgets_that_used_it_by_version_and_objective(district: District) -> None:
    district.chooses()
    path = "/participatory-budgets"
    for asked, expected in (
        ({}, ["DEMO-PP-2020"]),
        ({"version": 1}, ["DEMO-PP-2020"]),
        ({"version": 2}, []),
        ({"objective": "OE.2"}, ["DEMO-PP-2020"]),
        ({"version": 1, "objective": "OE.2"}, ["DEMO-PP-2020"]),
        ({"version": 2, "objective": "OE.2"}, []),
        ({"objective": "OE.9"}, []),
    ):
        assert codes(district.person.sees(path, plan=district.plan, **asked)) == expected, asked
    assert codes(district.person.sees(path, organization=district.farmers)) == ["DEMO-PP-2020"]
    assert codes(district.person.sees(path, plan=district.plan, valid_at="2019-04-01")) == []
    answer = district.person.get(path, version=1)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:roundtable:problem:version-of-no-plan")


def test_the_list_and_the_history_are_files_too(district: District) -> None:
    district.chooses()
    for path in ("/participatory-budgets", f"{BUDGET}/history", f"{BUDGET}/lines", "/budget-lines"):
        answer = district.person.get(path, format="csv")
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert answer.headers["content-type"].startswith("text/csv")
        assert rows, path
    assert district.sees("/history")["items"][0]["topic"] == "participatory-budget.regulated"


def test_a_late_vote_is_known_from_its_position_on_and_true_from_its_day_on(district: District) -> None:
    district.chooses()
    late = district.does("register-agent", "2019-04-15", organization=district.town, legal_personality="registered")
    vote = district.does("record-ballot", "2019-05-01", agent=district.town, proposals=["P3"])

    def votes(**when: Any) -> int:
        shown: int = district.sees(**when)["proposals"][2]["votes"]
        return shown

    assert votes() == 1
    assert votes(at_position=late["position"]) == 0
    assert votes(valid_at="2019-04-30") == 0
    assert votes(at_position=vote["position"], valid_at="2019-05-01") == 1


def test_a_corrected_cost_reads_so_from_the_correction_on(district: District) -> None:
    district.chooses()
    history = district.sees("/history")["items"]
    submitted = next(e for e in history if e["topic"].endswith("proposal-submitted") and e["data"]["code"] == "P2")
    before = history[-1]["position"]
    with pytest.raises(Refused) as refusal:
        district.person.corrects(BUDGET, submitted["position"], {"cost": pen("400.01")})
    assert refusal.value.name == "facts-contradict"
    district.person.corrects(BUDGET, submitted["position"], {"cost": pen("390.00")})
    assert district.sees()["prioritised"]["amount"] == "990.00"
    assert district.sees(at_position=before)["prioritised"]["amount"] == "1000.00"


def test_a_priority_is_given_up_by_an_act(district: District) -> None:
    district.formalises()
    district.does("replace-priority", "2019-08-01", proposal="P2", instead="P3", act=COUNCIL, reason="No land")
    shown = district.sees()
    assert (shown["priorities"], shown["replaced"][0]["reason"]) == (["P1", "P3"], "No land")
    assert district.sees(valid_at="2019-07-31")["priorities"] == ["P1", "P2"]
