"""The eight handovers under the regime of 2018: what was due, what was late, and what ended otherwise."""

from typing import Any

import pytest

from roundtable.demo.chumbivilcas.places import DISTRICTS
from tests.stories.conftest import Told
from tests.stories.test_handover_of_chumbivilcas import handover

CLOSED = ("ST", "QU", "CA")


def due(told: Told, place: str, **when: Any) -> dict[str, tuple[str | None, str]]:
    found = told.citizen.sees(f"/transitions/TG-2018-{place}/deadlines", **when)
    return {one["key"]: (one["due"], one["state"]) for one in found["items"]}


@pytest.mark.parametrize("place", DISTRICTS)
def test_every_handover_follows_the_regime_of_2018(told: Told, place: str) -> None:
    assert handover(told, place)["regime"] == "peru-2018"


@pytest.mark.parametrize("place", CLOSED)
def test_a_closed_handover_met_its_deadlines(told: Told, place: str) -> None:
    now = due(told, place)
    assert now["handover.commission"] == ("2018-11-21", "met")
    assert now["handover.end"] == ("2018-12-31", "met")
    assert now["handover.register_and_publish"] == ("2019-01-22", "met")
    shown = handover(told, place)
    assert shown["registered_as"] == f"DEMO-CGR-{place}"


def test_the_province_had_to_publish_until_it_did(told: Told) -> None:
    assert due(told, "ST", valid_at="2019-01-20")["handover.register_and_publish"] == ("2019-01-22", "pending")


def test_what_was_not_published_is_missed(told: Told) -> None:
    assert due(told, "LI")["handover.register_and_publish"] == ("2019-01-22", "missed")


@pytest.mark.parametrize("place", ["ST", "QU"])
def test_both_sides_had_a_team_and_every_deliverable_was_filed(told: Told, place: str) -> None:
    shown = handover(told, place)
    assert {team["side"] for team in shown["teams"]} == {"outgoing", "incoming"}
    assert {filed["deliverable"] for filed in shown["deliverables"]} == {
        "preliminary_report",
        "updated_report",
        "final_report",
        "acta",
        "complementary_acta",
    }


def test_one_handover_has_exactly_two_final_observations(told: Told) -> None:
    observed = [item for item in handover(told, "LI")["items"] if item["state"] == "observed"]
    codes = {told.code("commitments", item["item"]["id"]) for item in observed}
    assert (len(observed), codes) == (2, {"DEMO-TRA-LI", "DEMO-EDU-LI"})


def test_the_unsigned_one_shows_who_refused_and_why(told: Told) -> None:
    [refusal] = handover(told, "CO")["refusals"]
    assert refusal["side"] == "incoming"
    assert "no comparte" in refusal["reason"]
    assert due(told, "CO")["handover.end"] == ("2018-12-31", "missed")


def test_what_was_never_delivered_came_late(told: Told) -> None:
    days = ("2019-01-01", "2019-01-02", "2019-02-07", "2019-02-08")
    assert [handover(told, "CH", valid_at=day)["state"] for day in days] == [
        "in_transfer",
        "not_delivered",
        "not_delivered",
        "delivered_late",
    ]
    assert due(told, "CH")["handover.end"] == ("2018-12-31", "missed")


def test_a_late_delivery_moves_only_the_items_that_came_with_it(told: Told) -> None:
    def items(state: str, day: str) -> list[str]:
        found = [one["item"] for one in handover(told, "CH", valid_at=day)["items"] if one["state"] == state]
        return sorted(told.code(f"{one['kind']}s", one["id"]) for one in found)

    never = ["DEMO-AGR-CH", "DEMO-EDU-CH", "DEMO-PIP-AGR-CH", "DEMO-PIP-EDU-CH"]
    late = ["DEMO-PIP-TRA-CH", "DEMO-PIP-VIV-CH", "DEMO-TRA-CH", "DEMO-VIV-CH", "PDC-CH"]
    assert items("not_delivered", "2019-02-07") == sorted(never + late)
    assert (items("not_delivered", "2019-02-08"), items("delivered", "2019-02-08")) == (never, late)
    assert (items("not_delivered", "2019-02-15"), items("verified", "2019-02-15")) == (never, late)


def test_the_re_elected_one_needed_no_handover_and_informed_its_council_in_time(told: Told) -> None:
    assert told.citizen.sees("/administrations/MD-VELILLE-2019")["re_elected"] is True
    shown = handover(told, "VE")
    assert (shown["state"], shown["items"]) == ("not_required", [])
    assert due(told, "VE", valid_at="2019-01-06")["handover.reelected_inform"] == ("2019-01-12", "pending")
    assert due(told, "VE")["handover.reelected_inform"] == ("2019-01-12", "met")
