"""Which budget lines serve which objective of which plan version, adopted by which government, at any moment."""

from typing import Any

import pytest

from tests.api.budgets import BUDGET, COUNCIL, NEXT, ORDINANCE, District
from tests.harness import Person, pen


@pytest.fixture
def district(secretary: Person) -> District:
    return District(secretary)


def named(answer: Any, *fields: str) -> list[Any]:
    """Return some fields of each line, those of the objective by `objective.x`."""
    return [tuple(_of(line, field) for field in fields) for line in answer["items"]]


def _of(line: Any, field: str) -> Any:
    for name in field.split("."):
        line = line[name] if line is not None else None
    return line


def test_each_line_names_the_objective_its_version_and_the_government_that_adopted_it(district: District) -> None:
    district.formalises()
    first, second = district.sees("/lines")["items"]
    assert first["objective"] == {
        "plan": district.plan,
        "plan_code": "DEMO-PDC",
        "plan_title": "DEMO-PDC",
        "plan_version": 1,
        "code": "OE.1",
        "statement": "Water for all",
        "institution": district.town,
        "adopted_on": "2018-05-10",
        "act": ORDINANCE | {"published_on": None},
        "administration": {
            "id": district.old,
            "code": "DEMO-GM-2015",
            "titles": [{"text": "Gestión 2015–2018", "language": "es"}],
        },
    }
    assert (first["priority"], first["cost"], first["state"], first["votes"]) == (
        1, {"amount": "600.00", "currency": "PEN"}, "prioritised", 2,
    )  # fmt: skip
    assert (second["proposal"], second["objective"]["code"], second["phase"]) == ("P2", "OE.2", "formalised")
    assert first["fiscal_year"] == 2020


def test_the_next_government_budgets_with_its_own_version_beside_the_one_it_inherited(district: District) -> None:
    district.formalises()
    district.updates()
    district.regulates("DEMO-PP-2021", 2021, occurred_on="2020-02-20")
    path = "/participatory-budgets/DEMO-PP-2021"
    does = district.person.does
    does(f"{path}/start-preparation", occurred_on="2020-02-21")
    agent = {"organization": district.women, "legal_personality": "none"}
    does(f"{path}/register-agent", **agent, occurred_on="2020-02-22")
    team = [{"organization": district.town, "function": "Planning"}]
    does(f"{path}/name-technical-team", members=team, occurred_on="2020-02-22")
    does(f"{path}/start-concertation", occurred_on="2020-03-01")
    about = {"code": "P1", "title": "Canal", "cost": pen("10.00"), "proposer": district.women}
    does(f"{path}/submit-proposal", **about, objective=district.cites("OE.1", 2), occurred_on="2020-03-02")
    does(f"{path}/evaluate-proposal", proposal="P1", verdict="feasible", occurred_on="2020-03-03")
    does(f"{path}/set-priorities", priorities=["P1"], occurred_on="2020-03-04")

    def lines(**asked: Any) -> list[Any]:
        found = district.person.sees("/budget-lines", **asked)
        return named(found, "budget_code", "proposal", "objective.plan_version", "objective.administration.code")

    old, new = ("DEMO-PP-2020", "DEMO-GM-2015"), ("DEMO-PP-2021", "DEMO-GM-2019")
    both = [(old[0], "P1", 1, old[1]), (old[0], "P2", 1, old[1]), (new[0], "P1", 2, new[1])]
    assert lines() == both
    assert lines(limit=1) == both[:1]
    assert lines(administration=district.old) == both[:2]
    assert lines(administration=district.new) == both[2:]
    assert lines(plan=district.plan, version=2) == lines(version=2) == both[2:]
    assert lines(objective="OE.1") == [both[0], both[2]]
    assert lines(plan=district.plan, version=1, objective="OE.2") == both[1:2]
    assert lines(fiscal_year=2021, municipality=district.town) == both[2:]
    assert lines(municipality=district.women) == []
    assert lines(plan=district.town) == []
    acts = named(district.person.sees("/budget-lines"), "objective.act.number", "objective.adopted_on")
    assert acts[1:] == [("OM-05-2018", "2018-05-10"), (NEXT["number"], "2020-02-10")]


def test_pages_follow_each_other_also_within_a_budget_and_stay_at_their_moment(district: District) -> None:
    district.formalises()
    first = district.person.sees("/budget-lines", limit=1)
    district.does("replace-priority", "2019-08-01", proposal="P2", instead="P3", act=COUNCIL, reason="No land")
    second = district.person.sees("/budget-lines", limit=1, cursor=first["next"])
    assert named(first, "proposal") + named(second, "proposal") == [("P1",), ("P2",)]
    assert second["next"] is None
    assert district.person.get("/budget-lines", limit=1, plan=district.plan, cursor=first["next"]).status_code == 422


def test_what_was_given_up_stays_after_the_priorities(district: District) -> None:
    district.formalises()
    district.does("replace-priority", "2019-08-01", proposal="P2", instead="P3", act=COUNCIL, reason="No land")
    fields = ("proposal", "priority", "state", "replaced_by")
    expected = [("P1", 1, "prioritised", None), ("P3", 2, "prioritised", None), ("P2", None, "replaced", "P3")]
    assert named(district.sees("/lines"), *fields) == expected
    district.does("replace-priority", "2019-09-01", proposal="P3", act=COUNCIL, reason="No land either")
    assert named(district.sees("/lines"), *fields)[1:] == [expected[2], ("P3", None, "dropped", None)]
    assert named(district.sees("/lines", valid_at="2019-07-31"), "proposal") == [("P1",), ("P2",)]


def test_a_line_shows_how_far_its_execution_is(district: District) -> None:
    district.formalises()
    district.does("start-execution", "2020-01-02")
    said = {"stage": "in_progress", "executed": pen("150.00"), "percent": 25}
    district.does("report-execution", "2020-06-01", proposal="P1", **said)
    district.does("report-execution", "2020-12-20", proposal="P1", stage="completed", percent=100)
    fields = ("state", "executed.amount", "percent")
    assert named(district.sees("/lines"), *fields) == [("completed", "150.00", 100), ("prioritised", None, None)]
    assert named(district.sees("/lines", valid_at="2020-06-30"), *fields)[0] == ("in_progress", "150.00", 25)
    assert named(district.sees("/lines", valid_at="2020-01-31"), *fields)[0] == ("prioritised", None, None)


def test_budget_plan_and_government_are_read_at_the_same_moment(district: District) -> None:
    district.formalises()
    path = f"/plans/{district.plan}"
    history = district.person.sees(f"{path}/history")["items"]
    adopted = next(event for event in history if event["topic"] == "plan.adopted")
    before = district.sees("/history")["items"][-1]["position"]
    district.person.corrects(path, adopted["position"], {"act": ORDINANCE | {"number": "OM-06-2018"}})
    district.person.does(
        f"/administrations/{district.old}/shorten-term",
        until="2018-05-01", cause="recall", reason="recalled", occurred_on="2018-05-01",
        act={"type": "resolution", "number": "R-1", "issuer": "JNE", "date": "2018-05-01"},
    )  # fmt: skip
    fields = ("objective.act.number", "objective.administration.code")
    assert named(district.sees("/lines"), *fields)[0] == ("OM-06-2018", None)
    assert named(district.sees("/lines", at_position=before), *fields)[0] == ("OM-05-2018", "DEMO-GM-2015")
    assert named(district.sees("/lines", valid_at="2019-05-01"), *fields) == []
    assert named(district.person.sees("/budget-lines", valid_at="2019-05-02"), "proposal") == [("P1",), ("P2",)]


def test_there_are_no_lines_before_anything_is_prioritised(district: District) -> None:
    district.regulates()
    assert district.sees("/lines") == {"items": [], "next": None}
    assert district.person.get(f"{BUDGET}/lines", valid_at="2019-01-29").status_code == 404
    assert district.person.get("/participatory-budgets/DEMO-NONE/lines").status_code == 404


def test_the_trace_of_an_objective_ends_at_the_proposals_that_cite_it(district: District) -> None:
    district.formalises()
    found = district.person.sees(f"/plans/{district.plan}/trace", objective="OE.1")
    assert [(use["kind"], use["code"], use["part"]) for use in found["uses"]] == [
        ("participatory-budget", "DEMO-PP-2020", "P1"), ("participatory-budget", "DEMO-PP-2020", "P3"),
    ]  # fmt: skip
