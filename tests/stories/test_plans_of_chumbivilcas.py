"""Plans, projects and participatory budgets of Chumbivilcas: what one government adopted, the next one uses."""

from typing import Any

import pytest

from roundtable.demo.chumbivilcas import calendar
from roundtable.demo.chumbivilcas.items import ITEMS
from roundtable.demo.chumbivilcas.places import CONCERTED_PLANS, DISTRICTS, LED_PLANS, project_of
from roundtable.demo.chumbivilcas.tracks import PROJECTS
from tests.stories.conftest import Told


def plan(told: Told, code: str, **when: Any) -> Any:
    return told.citizen.sees(f"/plans/{code}", **when)


def budget(told: Told, place: str, **when: Any) -> Any:
    return told.citizen.sees(f"/participatory-budgets/DEMO-PP-2020-{place}", **when)


def lines(told: Told, place: str, **when: Any) -> list[Any]:
    return list(told.citizen.sees(f"/participatory-budgets/DEMO-PP-2020-{place}/lines", **when)["items"])


DATED = [
    *(("plans", code, calendar.CONCERTED_PLANS) for code in CONCERTED_PLANS.values()),
    *(("plans", code, calendar.LED_PLANS) for code in LED_PLANS.values()),
    *(("participatory-budgets", code, changes) for code, changes in calendar.BUDGETS.items()),
]


@pytest.mark.parametrize(("kind", "code", "changes"), DATED, ids=[code for _, code, _ in DATED])
def test_the_table_of_dates_is_what_the_record_answers(told: Told, kind: str, code: str, changes: calendar.Changes):
    for day, _ in changes:
        found = told.citizen.sees(f"/{kind}/{code}", valid_at=day)["state"]
        assert found == calendar.state_on(changes, day), day


@pytest.mark.parametrize("code", PROJECTS)
def test_the_table_of_tracks_is_what_the_record_answers(told: Told, code: str):
    tracks = PROJECTS[code]._asdict()
    for day in sorted({day for changes in tracks.values() for day, _ in changes}):
        found = told.citizen.sees(f"/projects/{project_of(code)}", valid_at=day)["tracks"]
        expected = {name: calendar.state_on(changes, day) for name, changes in tracks.items()}
        assert {name: found[name]["state"] for name in tracks} == expected, day


@pytest.mark.parametrize("place", DISTRICTS)
def test_each_concerted_plan_was_updated_before_the_elections(told: Told, place: str):
    found = plan(told, CONCERTED_PLANS[place])
    adopted = [(version["adoption"]["adopted_on"], version["adopted_under"]["code"]) for version in found["versions"]]
    before = f"{DISTRICTS[place][2]}-2015"
    assert adopted == [("2015-11-16", before), ("2018-04-27", before)]
    in_force = {
        day: plan(told, CONCERTED_PLANS[place], valid_at=day)["in_force"]
        for day in ("2015-11-30", "2015-12-01", "2018-05-01", "2018-05-02", "2019-01-01")
    }
    assert list(in_force.values()) == [None, 1, 1, 2, 2]


def test_four_economic_plans_are_public_policy_used_in_budgets_handed_over_and_ratified(told: Told):
    listed = told.citizen.sees("/plans", type="local_economic_development", sort="code")["items"]
    assert [one["code"] for one in listed] == ["PDEL-CA", "PDEL-LI", "PDEL-QU", "PDEL-ST"]
    for one in listed:
        place = one["code"].removeprefix("PDEL-")
        found = plan(told, one["code"])
        assert found["recognition"]["occurred_on"] == "2018-05-21"
        [handed] = found["handovers"]
        assert told.code("administrations", handed["administration"]) == f"{DISTRICTS[place][2]}-2019"
        assert told.code("transitions", handed["transition"]) == f"TG-2018-{place}"
        cited = {proposal["objective"]["plan"] for proposal in budget(told, place)["proposals"]}
        assert found["id"] in cited
        [ratified] = found["ratifications"]
        assert told.code("administrations", ratified["administration"]) == f"{DISTRICTS[place][2]}-2019"
        assert "plan-ratified" not in str(one["illustrative"])
        assert {"ratified.act", "recognised.act"} <= set(found["illustrative"])
        assert "recognised.source" not in found["illustrative"]


def test_quinota_prioritised_four_of_nine_proposals_all_for_plans_of_the_previous_government(told: Told):
    found = budget(told, "QU")
    assert (len(found["proposals"]), found["priorities"], found["fiscal_year"]) == (9, ["P1", "P2", "P3", "P4"], 2020)
    assert (found["ceiling"]["amount"], found["prioritised"]["amount"]) == ("1200000.00", "1150000.00")
    plans = {plan(told, code)["id"]: plan(told, code) for code in ("PDC-QU", "PDEL-QU")}
    for proposal in found["proposals"]:
        pinned = proposal["objective"]
        [version] = [v for v in plans[pinned["plan"]]["versions"] if v["number"] == pinned["version"]]
        assert version["adopted_under"]["code"] == "MD-QUINOTA-2015"
    [infeasible] = [p for p in found["proposals"] if p["evaluation"]["verdict"] == "infeasible"]
    assert (infeasible["code"], infeasible["evaluation"]["explanation"][:10]) == ("P7", "No acredit")


def test_budget_lines_lead_to_objective_version_and_government(told: Told):
    said = [
        (
            line["proposal"],
            line["objective"]["code"],
            line["objective"]["plan_code"],
            line["objective"]["plan_version"],
            line["objective"]["administration"]["code"],
        )
        for line in lines(told, "QU")
    ]
    assert said == [
        ("P1", "OE1", "PDC-QU", 2, "MD-QUINOTA-2015"),
        ("P2", "OE2", "PDC-QU", 2, "MD-QUINOTA-2015"),
        ("P3", "OE3", "PDC-QU", 2, "MD-QUINOTA-2015"),
        ("P4", "DEL2", "PDEL-QU", 1, "MD-QUINOTA-2015"),
    ]
    assert [line["objective"]["administration"]["code"] for line in lines(told, "ST")] == ["MP-CHUMBIVILCAS-2015"] * 2


def test_priorities_became_projects_and_commitments_in_one_decision(told: Told):
    before, after = (lines(told, "QU", valid_at=day) for day in ("2019-06-23", "2019-06-24"))
    assert {line["commitment"] for line in before} == {None}
    for line in after:
        commitment = told.citizen.sees(f"/commitments/{line['commitment']}")
        project = told.citizen.sees(f"/projects/{line['project']}")
        assert commitment["code"] == project["code"] == f"DEMO-PP-2020-QU-{line['proposal']}"
        assert project["commitments"] == [line["commitment"]]
        assert commitment["amount"] == project["cost"] == line["cost"]


def test_the_projects_of_the_items_cost_what_was_promised_and_spent_what_was_executed(told: Told):
    id = told.citizen.sees("/roundtables/MT-CHUMBIVILCAS")["id"]
    listed = told.citizen.sees("/projects", roundtable=id, limit=200, sort="recorded")["items"]
    assert [one["code"] for one in listed] == [project_of(item.code) for item in ITEMS]
    pim = accrued = 0
    for item in ITEMS:
        found = told.citizen.sees(f"/projects/{project_of(item.code)}")
        assert [told.code("commitments", one) for one in found["commitments"]] == [item.code]
        for year in found["budgets"]:
            pim += int(year["stages"]["pim"]["amount"].split(".")[0])
            accrued += int(year["stages"]["accrued"]["amount"].split(".")[0])
    assert (pim, accrued) == (75_550_000, 50_565_000)


def test_new_governments_identified_projects_in_line_with_the_plans(told: Told):
    for place in ("ST", "QU"):
        found = told.citizen.sees(f"/projects/DEMO-PIP-NUEVO-{place}")
        [objective] = found["objectives"]
        assert (told.code("plans", objective["plan"]), objective["version"]) == (CONCERTED_PLANS[place], 2)
