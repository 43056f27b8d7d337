"""Projects over HTTP: three tracks and a ladder of budgets at any moment, findings, and codes that are unique."""

from typing import Any

import pytest

from roundtable.checks import Check
from roundtable.installation import Installation
from tests.harness import Person, Refused, pen

ACT = {"type": "decree", "number": "DS 100-2019-EF", "issuer": "Ministry", "date": "2019-04-01"}
SOURCE = {"citation": "Consulta amigable"}
PLACE = {"type": "Point", "coordinates": [-72.0812, -14.449]}
ROAD = "/projects/DEMO-TRA-ST"


def registers(person: Person, responsible: str, code: str, /, **about: Any) -> dict[str, Any]:
    """Register a project of 2018-07-25."""
    body = {"title": f"Project {code}", "responsible": responsible, "code": code, "occurred_on": "2018-07-25"}
    return person.does("/projects", **(body | about))


def ladder(**stages: str) -> dict[str, Any]:
    """Write stages of a budget in PEN."""
    return {stage: pen(amount) for stage, amount in stages.items()}


@pytest.fixture
def ministry(secretary: Person) -> str:
    return secretary.registers_organization(name="Ministry")


@pytest.fixture
def town(secretary: Person) -> str:
    return secretary.registers_organization(name="Municipality", kind="local_government")


@pytest.fixture
def road(secretary: Person, ministry: str, town: str) -> dict[str, Any]:
    """A road with everything that a registration can say."""
    return registers(
        secretary,
        ministry,
        "DEMO-TRA-ST",
        title="Carretera Santo Tomás – Colquemarca (ficticio)",
        cui="DEMO-CUI-001",
        scope="32 km de afirmado",
        sector="transport",
        territories=[{"system": "PE-UBIGEO-INEI", "code": "080701"}],
        location=PLACE,
        executing=town,
        participants=[{"organization": town, "role": "beneficiary"}],
        funders=[{"organization": ministry, "amount": pen("12000000.00"), "mechanism": "transfer"}],
        cost=pen("12400000.00"),
        planned_end="2020-12-31",
        investment="viable",
        illustrative=["cost"],
        source=SOURCE,
    )


def tracks(person: Person, path: str = ROAD, **when: Any) -> tuple[str, ...]:
    """Return where the three tracks stand."""
    found = person.sees(path, **when)["tracks"]
    return tuple(found[track]["state"] for track in ("table", "investment", "works"))


def test_a_project_is_shown_by_id_code_and_unified_investment_code(secretary: Person, road: dict[str, Any]) -> None:
    shown = secretary.sees(ROAD)
    assert secretary.sees(f"/projects/{road['id']}") == shown == secretary.sees("/projects/DEMO-CUI-001")
    assert (shown["location"], shown["cost"]["amount"], shown["planned_end"]) == (PLACE, "12400000.00", "2020-12-31")
    assert (shown["illustrative"], shown["source"]["citation"]) == (["cost"], "Consulta amigable")
    assert shown["funders"][0]["mechanism"] == "transfer"
    assert shown["findings"] == shown["budgets"] == shown["milestones"] == []


def test_three_tracks_at_every_moment(secretary: Person, road: dict[str, Any]) -> None:
    del road
    secretary.does(f"{ROAD}/admit", occurred_on="2018-09-01")
    secretary.does(f"{ROAD}/approve-investment", occurred_on="2019-03-01", act=ACT)
    secretary.does(f"{ROAD}/start-works", occurred_on="2019-05-01")
    halted = secretary.does(f"{ROAD}/halt-works", occurred_on="2019-08-01", cause="Lluvias")
    late = secretary.does(f"{ROAD}/prioritise", occurred_on="2018-10-01")
    assert tracks(secretary) == ("prioritised", "approved", "halted")
    assert tracks(secretary, valid_at="2018-12-31") == ("prioritised", "viable", "not_started")
    assert tracks(secretary, at_position=late["position"] - 1) == ("pending", "approved", "halted")
    assert tracks(secretary, valid_at="2019-06-01", at_position=halted["position"]) == (
        "pending",
        "approved",
        "running",
    )
    works = secretary.sees(ROAD)["tracks"]["works"]
    assert (works["since"], works["cause"]) == ("2019-08-01", "Lluvias")
    with pytest.raises(Refused) as refusal:
        secretary.does(f"{ROAD}/dismiss", occurred_on="2018-09-30", reason="r")
    assert (refusal.value.name, refusal.value.problem["values"]["latest_on"]) == ("state-moved-later", "2018-10-01")
    secretary.corrects(ROAD, halted["position"], {"occurred_on": "2019-07-15", "cause": "Huaico"})
    works = secretary.sees(ROAD)["tracks"]["works"]
    assert (works["since"], works["cause"]) == ("2019-07-15", "Huaico")
    secretary.voids(ROAD, halted["position"])
    assert tracks(secretary) == ("prioritised", "approved", "running")


def test_the_ladder_of_each_year_with_totals_and_what_does_not_fit(secretary: Person, road: dict[str, Any]) -> None:
    del road

    def records(year: int, cut_off: str, **stages: str) -> dict[str, Any]:
        body = {"fiscal_year": year, "cut_off": cut_off, "stages": ladder(**stages), "source": SOURCE}
        return secretary.does(f"{ROAD}/record-budget", occurred_on=cut_off, **body)

    records(2018, "2018-12-31", pia="0.00", pim="1000.00", certified="900.00", accrued="400.50", disbursed="400.50")
    broken = records(2019, "2019-06-30", pim="500.00", accrued="600.00", disbursed="700.00")
    shown = secretary.sees(ROAD)
    assert [(b["fiscal_year"], b["cut_off"], b["executed"]) for b in shown["budgets"]] == [
        (2018, "2018-12-31", "40.1"),
        (2019, "2019-06-30", "120.0"),
    ]
    assert shown["budget_totals"]["accrued"] == pen("1000.50")
    found = {finding["code"]: finding for finding in shown["findings"]}
    assert list(found) == ["accrued_above_pim", "disbursed_above_pim", "disbursed_above_accrued"]
    assert (found["accrued_above_pim"]["fiscal_year"], found["accrued_above_pim"]["cut_off"]) == (2019, "2019-06-30")
    assert [value["amount"]["amount"] for value in found["accrued_above_pim"]["values"]] == ["600.00", "500.00"]
    assert secretary.sees(ROAD, valid_at="2019-06-29")["findings"] == []
    records(2019, "2019-03-31", pim="9.00")
    assert secretary.sees(ROAD)["budgets"][1]["stages"]["pim"] == pen("500.00")
    secretary.corrects(ROAD, broken["position"], {"stages": ladder(pim="800.00", accrued="600.00", disbursed="600.00")})
    assert secretary.sees(ROAD)["findings"] == []
    assert len(secretary.sees(ROAD, at_position=broken["position"])["findings"]) == 3


def test_a_milestone_is_late_on_the_day_asked_about(secretary: Person, road: dict[str, Any]) -> None:
    del road
    secretary.does(f"{ROAD}/plan-milestone", occurred_on="2018-08-01", milestone="file", title="File", due="2019-03-31")
    secretary.does(f"{ROAD}/plan-milestone", occurred_on="2018-08-01", milestone="half", title="Half", due="2019-09-30")
    secretary.does(f"{ROAD}/reach-milestone", occurred_on="2019-04-10", milestone="file")

    def states(day: str) -> list[tuple[str, int]]:
        return [(m["state"], m["days_late"]) for m in secretary.sees(ROAD, valid_at=day)["milestones"]]

    assert states("2019-03-31") == [("planned", 0), ("planned", 0)]
    assert states("2019-04-01") == [("overdue", 1), ("planned", 0)]
    assert states("2019-10-02") == [("reached_late", 10), ("overdue", 2)]
    for day, late in (("2019-04-01", 1), ("2019-05-01", 0), ("2019-10-01", 1)):
        assert len(secretary.sees("/projects", milestone_overdue=True, valid_at=day)["items"]) == late
    moved = {"milestone": "half", "due": "2019-12-31", "reason": "Lluvias"}
    secretary.does(f"{ROAD}/reschedule-milestone", occurred_on="2019-09-15", **moved)
    assert states("2019-10-02") == [("reached_late", 10), ("planned", 0)]
    assert secretary.sees(ROAD)["milestones"][1]["original_due"] == "2019-09-30"


def test_modifications_and_snapshots_of_other_systems_stay_visible(secretary: Person, road: dict[str, Any]) -> None:
    del road
    secretary.does(
        f"{ROAD}/modify-value", occurred_on="2019-05-01", cost=pen("13000000.00"), act=ACT, reason="Adicional"
    )
    secretary.does(
        f"{ROAD}/modify-duration", occurred_on="2019-06-01", planned_end="2021-06-30", act=ACT, reason="Lluvias"
    )
    secretary.does(f"{ROAD}/modify-scope", occurred_on="2019-07-01", scope="30 km", act=ACT, reason="Terreno")
    shown = secretary.sees(ROAD)
    assert [(m["kind"], m["from"], m["to"]) for m in shown["modifications"]] == [
        ("value", terms(cost=pen("12400000.00")), terms(cost=pen("13000000.00"))),
        ("duration", terms(planned_end="2020-12-31"), terms(planned_end="2021-06-30")),
        ("scope", terms(scope="32 km de afirmado"), terms(scope="30 km")),
    ]
    figures = [{"name": "avance_fisico", "value": "45.37"}]
    body = {"system": "infobras", "cut_off": "2019-09-30", "figures": figures, "source": SOURCE}
    secretary.does(f"{ROAD}/record-snapshot", occurred_on="2019-10-05", **body)
    [snapshot] = secretary.sees(ROAD)["snapshots"]
    assert (snapshot["cut_off"], snapshot["figures"]) == ("2019-09-30", figures)
    assert snapshot["source"]["citation"] == "Consulta amigable"
    secretary.does(f"{ROAD}/report-progress", occurred_on="2019-10-05", physical="45.37", financial="60.00")
    assert secretary.sees(ROAD)["progress_gap"] == "14.63"


def terms(**said: Any) -> dict[str, Any]:
    """Return what a modification says, with nothing for the rest."""
    return {"planned_end": None, "cost": None, "scope": None} | said


def test_what_a_project_serves_and_who_takes_part_stay_on_record(secretary: Person, ministry: str) -> None:
    table = secretary.does("/roundtables", name="Mesa", type="technical_table", level="provincial")["id"]
    commitment = secretary.registers_commitment(ministry, code="C-1")
    payer = secretary.registers_organization()
    about = {"roundtable": table, "commitments": [commitment["id"]], "occurred_on": "2019-02-01"}
    made = registers(secretary, ministry, "P-1", **about, funders=[{"organization": payer}])
    first = {path: secretary.sees(f"{path}/history")["items"][0]["position"] for path in (
        f"/roundtables/{table}", f"/commitments/{commitment['id']}", f"/organizations/{payer}"
    )}  # fmt: skip
    for path, position in first.items():
        with pytest.raises(Refused) as refusal:
            secretary.voids(path, position)
        assert refusal.value.name == "others-rest-on-it"
        assert made["id"] in refusal.value.problem["detail"]
    secretary.voids("/projects/P-1", made["position"])
    for path, position in first.items():
        secretary.voids(path, position)


@pytest.mark.parametrize(
    ("about", "name"),
    [
        ({"roundtable": "00000000-0000-0000-0000-000000000001"}, "unknown-roundtable"),
        ({"commitments": ["00000000-0000-0000-0000-000000000001"]}, "unknown-commitment"),
        ({"responsible": "00000000-0000-0000-0000-000000000001"}, "unknown-organization"),
        ({"funders": [{"organization": "00000000-0000-0000-0000-000000000001"}]}, "unknown-organization"),
        ({"location": {"type": "Point", "coordinates": [-14.4, -172.08]}}, "invalid-request"),
        ({"location": {"type": "Point", "coordinates": [-14.4]}}, "invalid-request"),
        ({"location": {"type": "Polygon", "coordinates": [-72.0, -14.4]}}, "invalid-request"),
        ({"cui": "25950A0"}, "invalid-request"),
        ({"works": "halted"}, "invalid-request"),
        ({"occurred_on": "2999-01-01"}, "in-future"),
    ],
)
def test_what_cannot_be_a_project_is_refused(
    secretary: Person, ministry: str, about: dict[str, Any], name: str
) -> None:
    with pytest.raises(Refused) as refusal:
        registers(secretary, ministry, "P-1", **about)
    assert (refusal.value.name, refusal.value.status) == (name, 422)
    assert secretary.sees("/projects")["items"] == []


def test_what_began_later_cannot_be_served_earlier(secretary: Person, ministry: str) -> None:
    commitment = secretary.registers_commitment(ministry, occurred_on="2019-06-01")["id"]
    with pytest.raises(Refused) as refusal:
        registers(secretary, ministry, "P-1", commitments=[commitment], occurred_on="2019-05-31")
    assert refusal.value.name == "unknown-commitment"
    registers(secretary, ministry, "P-1", commitments=[commitment], occurred_on="2019-06-01")


def test_a_unified_investment_code_belongs_to_one_project(
    installation: Installation, secretary: Person, ministry: str, road: dict[str, Any]
) -> None:
    def refused(path: str, **body: Any) -> str:
        with pytest.raises(Refused) as refusal:
            secretary.does(path, **body)
        return refusal.value.name

    registers(secretary, ministry, "P-2")
    assert refused("/projects/P-2/assign-cui", cui="DEMO-CUI-001") == "code-taken"
    assert refused(f"{ROAD}/assign-cui", cui="2595080") == "cui-already-assigned"
    body = {"title": "T", "responsible": ministry}
    assert refused("/projects", **body, cui="DEMO-CUI-001") == "code-taken"
    assert refused("/projects", **body, code="DEMO-CUI-001") == "code-taken"
    assigned = secretary.does("/projects/P-2/assign-cui", cui="2595080")
    assert secretary.sees("/projects/2595080")["code"] == "P-2"
    with pytest.raises(Refused) as refusal:
        secretary.corrects("/projects/P-2", assigned["position"], {"cui": "DEMO-CUI-001"})
    assert refusal.value.name == "code-taken"
    voided = secretary.voids(ROAD, road["position"])
    secretary.corrects("/projects/P-2", assigned["position"], {"cui": "DEMO-CUI-001"})
    with pytest.raises(Refused) as refusal:
        secretary.voids(f"/projects/{road['id']}", voided["position"])
    assert refusal.value.name == "code-taken"
    assert secretary.get("/projects/2595080").status_code == 404
    assert Check(installation).run().finding is None


def test_the_history_has_what_was_corrected(secretary: Person, road: dict[str, Any]) -> None:
    secretary.corrects(ROAD, road["position"], {"cost": pen("12500000.00")})
    first, second = secretary.sees(f"{ROAD}/history")["items"]
    assert (first["topic"], second["topic"]) == ("project.registered", "fact.corrected")
    assert first["data"]["cost"]["amount"] == "12400000.00"
    assert first["reads_as"]["cost"]["amount"] == "12500000.00"
