"""What eight governments left and their successors took over, to the céntimo, as it was and as it was known."""

from collections import Counter
from typing import Any

import pytest

from roundtable.demo.chumbivilcas import calendar
from roundtable.demo.chumbivilcas.administrations import incoming, outgoing
from roundtable.demo.chumbivilcas.items import ITEMS
from roundtable.demo.chumbivilcas.places import DISTRICTS
from tests.stories.conftest import Told


def inherited(told: Told, place: str, kind: str = "commitment", **when: Any) -> Any:
    return told.citizen.sees(f"/administrations/{incoming(place)}/inheritance", kind=kind, **when)


def handover(told: Told, place: str, **when: Any) -> Any:
    return told.citizen.sees(f"/transitions/TG-2018-{place}", **when)


@pytest.mark.parametrize("place", DISTRICTS)
def test_governments_change_with_the_calendar(told: Told, place: str):
    def standing(code: str, day: str) -> str:
        return str(told.citizen.sees(f"/administrations/{code}", valid_at=day)["state"])

    assert [standing(outgoing(place), day) for day in ("2018-12-31", "2019-01-01")] == ["in_office", "ended"]
    assert [standing(incoming(place), day) for day in ("2018-12-31", "2019-01-01")] == ["elected", "in_office"]
    found = told.citizen.sees(f"/administrations/{incoming(place)}")
    assert told.code("administrations", found["predecessor"]) == outgoing(place)
    assert (found["elected_on"], found["took_office_on"]) == ("2018-10-07", "2019-01-02")


@pytest.mark.parametrize("place", DISTRICTS)
def test_the_incoming_government_holds_what_the_outgoing_one_left(told: Told, place: str):
    mine = [item for item in ITEMS if item.ubigeo == DISTRICTS[place][0]]
    eve, first = (inherited(told, place, valid_at=day) for day in ("2018-12-31", "2019-01-01"))
    for found in (eve, first):
        counterpart = [item for item in found["items"] if item["capacity"] == "counterpart"]
        assert [item["code"] for item in counterpart] == [item.code for item in mine]
        assert found["totals"]["counterpart"]["count"] == 4
        [total] = found["totals"]["counterpart"]["by_kind"]["commitment"]["amounts"]
        assert total == {"amount": f"{sum(item.promised for item in mine)}.00", "currency": "PEN"}
        assert all(item["provenance"]["origin"]["page"] in {3, 4, 5, 6} for item in counterpart)
    assert (first["at_start"], first["valid_at"]) == ("2018-12-31", "2019-01-01")
    assert [item["state"] for item in eve["items"]] == [item["state_at_start"] for item in first["items"]]


def test_the_eve_is_known_better_after_the_late_entry(told: Told):
    late = told.story.positions["started_late"]

    def states(position: int) -> dict[str, str]:
        found = inherited(told, "CO", valid_at="2019-01-01", at_position=position)
        return {item["code"]: item["state_at_start"] for item in found["items"]}

    assert states(late - 1)["DEMO-AGR-CO"] == "agreed"
    assert states(late)["DEMO-AGR-CO"] == "in_progress"
    assert {k: v for k, v in states(late).items() if k != "DEMO-AGR-CO"} == {
        "DEMO-TRA-CO": "agreed",
        "DEMO-VIV-CO": "agreed",
        "DEMO-EDU-CO": "in_progress",
    }


def test_handovers_ended_as_they_did(told: Told):
    assert {place: handover(told, place)["state"] for place in DISTRICTS} == {
        "ST": "closed",
        "CA": "closed",
        "CH": "delivered_late",
        "CO": "unsigned",
        "LI": "complemented",
        "LL": "signed",
        "QU": "closed",
        "VE": "not_required",
    }
    items = {place: Counter(item["state"] for item in handover(told, place)["items"]) for place in DISTRICTS}
    assert items["ST"] == items["QU"] == items["CA"] == {"verified": 10}
    assert items["LI"] == {"verified": 8, "observed": 2}
    assert items["CO"] == {"verified": 8, "observed": 1}
    assert items["CH"] == {"verified": 5, "not_delivered": 4}
    [refusal] = handover(told, "CO")["refusals"]
    assert refusal["side"] == "incoming"


@pytest.mark.parametrize("code", [code for code in calendar.TRANSITIONS if code != "TG-2018-VE"])
def test_who_delivered_did_not_verify(told: Told, code: str):
    shown = told.citizen.sees(f"/transitions/{code}")
    outgoing, incoming = ({one["person"] for one in team["members"]} for team in shown["teams"])
    examined = [item for item in shown["items"] if item["examined"]]
    assert examined
    assert {item["examined"]["actor"] for item in examined} <= incoming
    assert {item["examined"]["side"] for item in examined} == {"incoming"}
    delivered = {item["delivered"]["actor"] for item in examined}
    assert not delivered & (incoming | outgoing), "the outgoing team writes no more once its term is over"


def test_the_frozen_inventory_stays_as_it_was_known_then(told: Told):
    found = told.citizen.sees("/transitions/TG-2018-CO/inventory")
    assert (found["cut_off"], found["position"] < told.story.positions["started_late"]) == ("2018-11-30", True)
    assert {item["code"]: item["state"] for item in found["items"]}["DEMO-AGR-CO"] == "agreed"


def test_projects_and_plans_are_inherited_with_their_state_on_the_eve(told: Told):
    projects = inherited(told, "LL", "project", valid_at="2019-12-31")["items"]
    assert [(one["code"], one["capacity"], one["state_at_start"], one["state"]) for one in projects] == [
        ("DEMO-PIP-TRA-LL", "counterpart", "prioritised", "in_execution"),
        ("DEMO-PIP-VIV-LL", "counterpart", "pending", "prioritised"),
        ("DEMO-PIP-EDU-LL", "counterpart", "new", "pending"),
        ("DEMO-PIP-AGR-LL", "counterpart", "in_execution", "in_execution"),
    ]
    plans = inherited(told, "QU", "plan", valid_at="2019-01-01")["items"]
    assert {(one["code"], one["capacity"], one["state"]) for one in plans} == {
        ("PDC-QU", "responsible", "in_force"),
        ("PDC-QU", "adopter", "in_force"),
        ("PDEL-QU", "responsible", "in_force"),
        ("PDEL-QU", "adopter", "in_force"),
    }


def test_quinota_ratified_its_plans_and_what_it_had_inherited_and_has_one_line_left(told: Told):
    assert handover(told, "QU", valid_at="2019-01-24")["decisions"] == []
    decided = handover(told, "QU", valid_at="2019-01-25")["decisions"]
    codes = [told.code(f"{decision['item']['kind']}s", decision["item"]["id"]) for decision in decided]
    assert codes == [
        "PDC-QU",
        "PDEL-QU",
        *(code for line in ("TRA", "VIV", "EDU") for code in (f"DEMO-{line}-QU", f"DEMO-PIP-{line}-QU")),
    ]
    assert {decision["decision"] for decision in decided} == {"ratified"}
    assert all(decision["act"]["number"].startswith("DEMO-") for decision in decided)
    left = told.citizen.sees("/transitions/TG-2018-QU/undecided")["items"]
    assert {item["code"] for item in left} == {"DEMO-AGR-QU", "DEMO-PIP-AGR-QU"}
