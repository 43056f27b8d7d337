"""Plans over HTTP: versions, the government that adopted each, both times, lists, and what rests on a plan."""

from typing import Any

import pytest

from roundtable.checks import Check
from roundtable.installation import Installation
from tests.api.plans import COVERAGE, ORDINANCE, adopts, drafts, in_force, objective, states
from tests.harness import Person, Refused


@pytest.fixture
def municipality(secretary: Person) -> str:
    return secretary.registers_organization(name="Municipality of Quiñota", kind="local_government")


def test_a_plan_passes_through_every_state_and_expires_by_the_calendar(secretary: Person, municipality: str) -> None:
    id = in_force(secretary, municipality, code="DEMO-PDC-QUI")
    days = ("2017-03-01", "2017-08-01", "2017-11-30", "2018-01-01", "2021-12-31", "2022-01-01")
    states = [secretary.sees("/plans/DEMO-PDC-QUI", valid_at=day)["state"] for day in days]
    assert states == ["drafting", "concerted", "adopted", "in_force", "in_force", "expired"]
    assert secretary.sees(f"/plans/{id}", valid_at="2022-01-01")["status"] == "in_force"
    assert secretary.get(f"/plans/{id}", valid_at="2017-02-28").status_code == 404
    extension = {"until": "2023-12-31", "act": ORDINANCE}
    secretary.does(f"/plans/{id}/extend-horizon", occurred_on="2022-02-01", **extension)
    shown = secretary.sees(f"/plans/{id}", valid_at="2022-02-01")
    assert (shown["state"], shown["content"]["extensions"][0]["retroactive"]) == ("in_force", True)
    assert secretary.sees(f"/plans/{id}", valid_at="2022-01-31")["state"] == "expired"


def test_a_version_shows_what_it_says_whole(secretary: Person, municipality: str) -> None:
    id = drafts(secretary, municipality)
    path = f"/plans/{id}"
    water = objective("OE.1", indicators=[COVERAGE])
    secretary.does(f"{path}/state-objectives", occurred_on="2017-05-01", objectives=[water, objective("OE.2")])
    action = {"code": "AE.1.1", "objective": "OE.1", "statement": "Build reservoirs", "responsible": municipality}
    secretary.does(f"{path}/state-actions", occurred_on="2017-05-02", actions=[action])
    content = secretary.sees(path)["content"]
    assert [one["code"] for one in content["objectives"]] == ["OE.1", "OE.2"]
    assert content["objectives"][0]["indicators"][0]["targets"] == COVERAGE["targets"]
    assert content["actions"] == [action]


def test_each_version_says_by_whom_and_under_which_government_it_was_adopted(
    secretary: Person, municipality: str
) -> None:
    before = secretary.registers_administration(municipality, 2015, 2019, code="DEMO-GM-2015")
    after = secretary.registers_administration(municipality, 2019, 2023, predecessor=before)
    id = in_force(secretary, municipality)
    secretary.does(f"/plans/{id}/start-update", occurred_on="2020-03-01", horizon={"from": 2020, "until": 2030})
    states(secretary, id, "OE.9", on="2020-04-01")
    during = secretary.sees(f"/plans/{id}", valid_at="2020-04-01")
    assert (during["state"], during["in_force"], during["drafting"]) == ("updating", 1, 2)
    assert [one["code"] for one in during["content"]["objectives"]] == ["OE.1"]
    adopts(secretary, id, ("2020-06-01", "2020-09-01", "2020-10-01"))
    shown = secretary.sees(f"/plans/{id}")
    first, second = shown["versions"]
    assert first["adopted_under"] == {"id": before, "code": "DEMO-GM-2015", "title": "Gestión 2015–2018"}
    assert second["adopted_under"]["id"] == after
    assert (first["state"], first["ended_on"], second["state"]) == ("superseded", "2020-10-01", "in_force")
    assert second["adoption"]["institution"] == municipality
    codes = {number: _codes(secretary, id, version=number) for number in (1, 2)}
    assert codes == {1: ["OE.1"], 2: ["OE.1", "OE.9"]}
    assert _codes(secretary, id) == codes[2]
    between = secretary.sees(f"/plans/{id}", valid_at="2020-09-15")
    assert (between["in_force"], between["state"]) == (1, "updating"), "no day is without a plan"


def _codes(who: Person, id: str, **asked: Any) -> list[str]:
    return [one["code"] for one in who.sees(f"/plans/{id}", **asked)["content"]["objectives"]]


def test_a_version_that_is_not_there_is_not_found(secretary: Person, municipality: str) -> None:
    id = in_force(secretary, municipality)
    assert secretary.get(f"/plans/{id}", version=2).json()["type"].endswith("plan-version-not-found")
    secretary.does(f"/plans/{id}/start-update", occurred_on="2020-03-01")
    assert secretary.sees(f"/plans/{id}", version=2)["content"]["state"] == "drafting"
    assert secretary.get(f"/plans/{id}", version=2, valid_at="2020-02-29").status_code == 404
    assert secretary.get(f"/plans/{id}", version=0).status_code == 422


def test_a_late_fact_and_a_correction_are_seen_from_their_position_on(secretary: Person, municipality: str) -> None:
    id = drafts(secretary, municipality)
    path = f"/plans/{id}"
    stated = secretary.does(f"{path}/state-objectives", occurred_on="2017-05-01", objectives=[objective("OE.1")])
    secretary.does(f"{path}/state-objectives", occurred_on="2017-07-01", objectives=[objective("OE.3")])
    late = secretary.does(f"{path}/state-objectives", occurred_on="2017-06-01", objectives=[objective("OE.2")])
    assert _codes(secretary, id, at_position=late["position"] - 1) == ["OE.1", "OE.3"]
    assert _codes(secretary, id) == ["OE.1", "OE.2", "OE.3"]
    assert _codes(secretary, id, valid_at="2017-06-01") == ["OE.1", "OE.2"]
    adopts(secretary, id)
    fixed = {"objectives": [objective("OE.1", "Safe water for every household")]}
    done = secretary.corrects(path, stated["position"], fixed)
    said = {
        position: secretary.sees(path, at_position=position)["content"]["objectives"][0]["statement"]
        for position in (done["position"] - 1, done["position"])
    }
    assert list(said.values()) == ["Safe water for all", "Safe water for every household"]
    history = secretary.sees(f"{path}/history")["items"]
    assert [item["topic"] for item in history][:2] == ["plan.drafted", "plan.objectives-stated"]
    assert history[1]["corrected_at"] == [done["position"]]


def test_content_is_fixed_once_the_version_is_adopted(secretary: Person, municipality: str) -> None:
    id = in_force(secretary, municipality)
    with pytest.raises(Refused) as refusal:
        states(secretary, id, "OE.2", on="2018-02-01")
    assert (refusal.value.status, refusal.value.name) == (409, "version-fixed")
    with pytest.raises(Refused) as late:
        states(secretary, id, "OE.2", on="2017-06-01")
    assert late.value.name == "version-fixed"
    assert _codes(secretary, id) == ["OE.1"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"type": "local_economic_development"}, ["DEMO-LED"]),
        ({"state": "in_force", "valid_at": "2019-06-01"}, ["DEMO-LED", "DEMO-PDC"]),
        ({"state": "expired"}, ["DEMO-LED", "DEMO-PDC"]),
        ({"state": ["expired", "drafting"], "sort": "-code"}, ["DEMO-PDC", "DEMO-NEW", "DEMO-LED"]),
        ({"in_force": True, "valid_at": "2019-06-01"}, ["DEMO-LED", "DEMO-PDC"]),
        ({"in_force": False, "valid_at": "2019-06-01"}, ["DEMO-NEW"]),
        ({"in_force": True, "valid_at": "2022-01-01"}, []),
        ({"territory": "PE-UBIGEO-INEI:0807"}, ["DEMO-LED"]),
        ({"handed_over": True}, ["DEMO-LED"]),
        ({"handed_over": True, "valid_at": "2018-12-31"}, []),
        ({"recognised": True}, ["DEMO-LED"]),
        ({"q": "economico"}, ["DEMO-LED"]),
        ({"sort": "title"}, ["DEMO-NEW", "DEMO-PDC", "DEMO-LED"]),
    ],
)
def test_plans_are_listed_by_what_people_ask_for(
    secretary: Person, municipality: str, query: dict[str, Any], expected: list[str]
) -> None:
    before = secretary.registers_administration(municipality, 2015, 2019)
    after = secretary.registers_administration(municipality, 2019, 2023, predecessor=before)
    led = in_force(
        secretary,
        municipality,
        code="DEMO-LED",
        title="Plan de Desarrollo Económico Local",
        type="local_economic_development",
        territories=[{"system": "PE-UBIGEO-INEI", "code": "080707"}],
    )
    in_force(secretary, secretary.registers_organization(), code="DEMO-PDC")
    drafts(secretary, municipality, code="DEMO-NEW", title="A draft", parent=(led, 1))
    secretary.does(f"/plans/{led}/recognise", occurred_on="2018-06-01", act=ORDINANCE)
    secretary.does(f"/plans/{led}/hand-over", occurred_on="2019-01-01", administration=after)
    secretary.does(f"/plans/{led}/ratify", occurred_on="2019-02-01", administration=after, act=ORDINANCE)

    def listed(**asked: Any) -> list[str]:
        return [item["code"] for item in secretary.sees("/plans", **asked)["items"]]

    assert listed(**query) == expected
    assert listed(ratified_by=after) == listed(handed_over_to=after) == ["DEMO-LED"]
    assert listed(ratified_by=after, valid_at="2019-01-31") == listed(ratified_by=before) == []
    assert listed(owner=municipality) == ["DEMO-LED", "DEMO-NEW"]
    assert listed(organization=municipality, capacity="adopter", parent=led) == []
    assert listed(parent=led) == ["DEMO-NEW"]
    assert secretary.get("/plans", capacity="adopter").status_code == 422
    csv = secretary.get("/plans", format="csv", **query).text.splitlines()
    assert (csv[0].split(",")[2], len(csv)) == ("code", 1 + len(expected))


def test_a_list_goes_on_where_its_page_ended(secretary: Person, municipality: str) -> None:
    for number in range(3):
        drafts(secretary, municipality, code=f"DEMO-{number}")
    first = secretary.sees("/plans", limit=2, sort="-code")
    rest = secretary.sees("/plans", limit=2, sort="-code", cursor=first["next"])
    assert [i["code"] for i in (*first["items"], *rest["items"])] == ["DEMO-2", "DEMO-1", "DEMO-0"]
    assert rest["next"] is None


def test_what_a_plan_is_named_by_keeps_it_on_record(secretary: Person, municipality: str) -> None:
    parent = in_force(secretary, municipality, "OE.1", "OE.2")
    child = secretary.does(
        "/plans",
        title="Child",
        type="neighbourhood",
        owner=municipality,
        horizon={"from": 2018, "until": 2021},
        parent={"plan": parent, "version": 1},
    )
    objectives = [{"plan": parent, "version": 1, "code": "OE.2"}]
    commitment = secretary.registers_commitment(municipality)
    secretary.does(f"/commitments/{commitment['id']}/align-objectives", objectives=objectives)
    history = secretary.sees(f"/plans/{parent}/history")["items"]
    with pytest.raises(Refused) as voided:
        secretary.voids(f"/plans/{parent}", history[0]["position"])
    assert voided.value.name == "others-rest-on-it"
    with pytest.raises(Refused) as dropped:
        secretary.corrects(f"/plans/{parent}", history[1]["position"], {"objectives": [objective("OE.1")]})
    assert (dropped.value.name, dropped.value.problem["values"]["code"]) == ("objective-in-use", "OE.2")
    with pytest.raises(Refused):
        secretary.voids(f"/organizations/{municipality}", 1)
    secretary.voids(f"/plans/{child['id']}", child["position"])
    assert secretary.get(f"/plans/{child['id']}").status_code == 404


def test_the_log_and_the_rows_of_plans_agree(installation: Installation, secretary: Person, municipality: str) -> None:
    parent = in_force(secretary, municipality)
    drafts(secretary, municipality, parent=(parent, 1))
    assert Check(installation).run().finding is None
