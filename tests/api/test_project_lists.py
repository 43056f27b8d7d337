"""Lists of projects: by track, party, place, year and finding, at any moment, as pages and as a file; races."""

import csv
import io
from typing import Any

import pytest

from roundtable.checks import Check
from roundtable.installation import Installation
from tests.api.test_projects import SOURCE, ladder, registers
from tests.api.test_roundtable_races import at_once
from tests.harness import Person, Refused, pen

CHUMBIVILCAS, OTHER = ({"system": "PE-UBIGEO-INEI", "code": code} for code in ("080701", "0301"))


class Portfolio:
    """Three projects that differ in everything a list can ask for."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.ministry, self.town, self.mine = (person.registers_organization() for _ in range(3))
        about = {"name": "Mesa", "type": "technical_table", "level": "provincial", "occurred_on": "2018-02-01"}
        self.table = person.does("/roundtables", **about)["id"]
        self.promise = person.registers_commitment(self.ministry, code="C-1")["id"]
        registers(
            person, self.ministry, "ROAD", title="Vía Ñahuinpuquio", sector="transport", territories=[CHUMBIVILCAS],
            roundtable=self.table, commitments=[self.promise], cost=pen("300.00"), planned_end="2019-06-30",
            investment="approved", works="running", cui="DEMO-CUI-7",
        )  # fmt: skip
        registers(
            person, self.town, "SCHOOL", title="Colegio", scope="Ocho aulas", sector="education", territories=[OTHER],
            executing=self.ministry, funders=[{"organization": self.mine, "amount": pen("50.00")}], cost=pen("200.00"),
            planned_end="2020-12-31",
        )  # fmt: skip
        registers(
            person, self.town, "WATER", title="Agua", table="pending", occurred_on="2019-01-15",
            participants=[{"organization": self.mine, "role": "operating"}],
        )  # fmt: skip
        person.does("/projects/ROAD/halt-works", occurred_on="2019-03-01", cause="Lluvias")
        budget = {"fiscal_year": 2019, "cut_off": "2019-03-31", "source": SOURCE}
        stages = ladder(pim="10.00", accrued="20.00")
        self.broken = person.does("/projects/ROAD/record-budget", occurred_on="2019-04-02", **budget, stages=stages)
        milestone = {"milestone": "file", "title": "Expediente", "due": "2019-05-31"}
        person.does("/projects/SCHOOL/plan-milestone", occurred_on="2019-01-31", **milestone)
        about = {"title": "Plan", "type": "sector", "horizon": {"from": 2018, "until": 2021}, "owner": self.town}
        self.plan = person.does("/plans", **about, occurred_on="2018-01-10")["id"]
        objectives = [{"code": "OE.1", "statement": "Ocho aulas"}]
        person.does(f"/plans/{self.plan}/state-objectives", objectives=objectives, occurred_on="2018-02-01")
        objective = {"plan": self.plan, "version": 1, "code": "OE.1"}
        person.does("/projects/SCHOOL/align-objectives", occurred_on="2019-02-01", objectives=[objective])

    def codes(self, **query: Any) -> list[str]:
        return [item["code"] for item in self.person.sees("/projects", **query)["items"]]


@pytest.fixture
def portfolio(secretary: Person) -> Portfolio:
    return Portfolio(secretary)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["ROAD", "SCHOOL", "WATER"]),
        ({"table": "pending"}, ["WATER"]),
        ({"table": ["new", "pending"]}, ["ROAD", "SCHOOL", "WATER"]),
        ({"investment": "approved"}, ["ROAD"]),
        ({"works": "halted"}, ["ROAD"]),
        ({"works": "running"}, []),
        ({"halted": True}, ["ROAD"]),
        ({"halted": False}, ["SCHOOL", "WATER"]),
        ({"sector": "education"}, ["SCHOOL"]),
        ({"territory": "PE-UBIGEO-INEI:0807"}, ["ROAD"]),
        ({"fiscal_year": 2019}, ["ROAD"]),
        ({"fiscal_year": 2018}, []),
        ({"finding": "accrued_above_pim"}, ["ROAD"]),
        ({"finding": ["accrued_above_pim", "accrued_above_cost"]}, []),
        ({"overdue": True, "valid_at": "2019-07-01"}, ["ROAD"]),
        ({"overdue": True, "valid_at": "2019-06-30"}, []),
        ({"milestone_overdue": True, "valid_at": "2019-06-01"}, ["SCHOOL"]),
        ({"milestone_overdue": True, "valid_at": "2019-05-31"}, []),
        ({"q": "nahuinpuquio via"}, ["ROAD"]),
        ({"q": "aulas"}, ["SCHOOL"]),
        ({"q": "demo-cui-7"}, ["ROAD"]),
        ({"sort": "-cost"}, ["ROAD", "SCHOOL", "WATER"]),
        ({"sort": "title"}, ["WATER", "SCHOOL", "ROAD"]),
        ({"sort": "-planned_end"}, ["WATER", "SCHOOL", "ROAD"]),
        ({"sort": "-accrued", "limit": 1}, ["ROAD"]),
        ({"valid_at": "2018-12-31"}, ["ROAD", "SCHOOL"]),
        ({"halted": True, "valid_at": "2019-02-28"}, []),
    ],
)
def test_projects_are_listed_by_what_people_ask_for(
    portfolio: Portfolio, query: dict[str, Any], expected: list[str]
) -> None:
    assert portfolio.codes(**query) == expected


def test_projects_are_listed_by_who_takes_part_and_what_they_serve(portfolio: Portfolio) -> None:
    assert portfolio.codes(organization=portfolio.ministry) == ["ROAD", "SCHOOL"]
    assert portfolio.codes(organization=portfolio.ministry, capacity="executing") == ["SCHOOL"]
    assert portfolio.codes(responsible=portfolio.ministry) == ["ROAD"]
    assert portfolio.codes(funder=portfolio.mine) == ["SCHOOL"]
    assert portfolio.codes(organization=portfolio.mine, capacity="operating") == ["WATER"]
    assert portfolio.codes(roundtable=portfolio.table) == portfolio.codes(commitment=portfolio.promise) == ["ROAD"]
    assert portfolio.codes(responsible=portfolio.town, funder=portfolio.mine) == ["SCHOOL"]
    assert portfolio.codes(plan=portfolio.plan) == ["SCHOOL"]
    with pytest.raises(Refused) as refusal:
        portfolio.codes(capacity="funder")
    assert refusal.value.name == "capacity-of-nobody"
    with pytest.raises(Refused) as refusal:
        portfolio.codes(finding="nothing")
    assert refusal.value.status == 422


def test_an_objective_that_a_project_serves_stays_and_is_traced_to_it(portfolio: Portfolio) -> None:
    path = f"/plans/{portfolio.plan}"
    found = portfolio.person.sees(f"{path}/trace", objective="OE.1")
    assert [(use["kind"], use["code"]) for use in found["uses"]] == [("project", "SCHOOL")]
    with pytest.raises(Refused):
        portfolio.person.does(f"{path}/withdraw-objective", code="OE.1", reason="wrong", occurred_on="2019-03-01")
    with pytest.raises(Refused) as refusal:
        portfolio.person.voids(path, portfolio.person.sees(f"{path}/history")["items"][0]["position"])
    assert refusal.value.name == "others-rest-on-it"
    cited = [{"plan": portfolio.plan, "version": 2, "code": "OE.1"}]
    with pytest.raises(Refused) as refusal:
        portfolio.person.does("/projects/ROAD/align-objectives", objectives=cited, occurred_on="2019-04-03")
    assert refusal.value.name == "unknown-plan-version"


def test_a_list_is_read_page_by_page_and_as_a_file(portfolio: Portfolio) -> None:
    first = portfolio.person.sees("/projects", limit=2, sort="code")
    registers(portfolio.person, portfolio.ministry, "LATER")
    second = portfolio.person.sees("/projects", limit=2, sort="code", cursor=first["next"])
    assert [item["code"] for page in (first, second) for item in page["items"]] == ["ROAD", "SCHOOL", "WATER"]
    text = portfolio.person.get("/projects", format="csv", sort="code", valid_at="2019-04-01").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["code"] for row in rows] == ["LATER", "ROAD", "SCHOOL", "WATER"]
    assert '"halted"' in rows[1]["tracks"]
    assert rows[1]["findings"] == "[]"


def test_a_list_is_as_it_was_known(portfolio: Portfolio) -> None:
    position = portfolio.broken["position"]
    assert portfolio.codes(finding="accrued_above_pim", at_position=position) == ["ROAD"]
    assert portfolio.codes(finding="accrued_above_pim", at_position=position - 1) == []
    portfolio.person.voids("/projects/ROAD", position)
    assert portfolio.codes(finding="accrued_above_pim") == portfolio.codes(fiscal_year=2019) == []
    assert portfolio.codes(finding="accrued_above_pim", at_position=position) == ["ROAD"]


def test_the_balance_of_a_roundtable_counts_its_commitments_and_no_project_beside_them(portfolio: Portfolio) -> None:
    balance = portfolio.person.sees(f"/roundtables/{portfolio.table}/balance")
    assert "300.00" not in str(balance)


@pytest.mark.parametrize("turn", range(3))
def test_of_two_projects_that_race_for_a_code_one_gets_it(
    installation: Installation, secretary: Person, turn: int
) -> None:
    ministry = secretary.registers_organization()
    registers(secretary, ministry, "P-0")
    body = {"title": "T", "responsible": ministry, "occurred_on": "2019-01-01"}
    cui = f"25950{turn}0"
    told = at_once(
        lambda: secretary.post("/projects", body | {"cui": cui}),
        lambda: secretary.post("/projects", body | {"code": cui}),
        lambda: secretary.post("/projects/P-0/assign-cui", {"cui": cui, "occurred_on": "2019-01-01"}),
    )
    assert told == ["code-taken", "code-taken", "recorded"]
    assert secretary.sees(f"/projects/{cui}")["version"] in {1, 2}
    assert Check(installation).run().finding is None
