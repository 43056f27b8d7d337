"""The clocks of a handover over HTTP: what is due by when, what was late, and what nobody has confirmed."""

from typing import Any

import pytest

from tests.api.test_transitions import ACT, ACTA, Story, story
from tests.harness import Person, Refused

__all__ = ["story"]  # the fixture


@pytest.fixture
def under_2018(story: Story) -> Story:
    story.town = story.person.registers_organization(kind="local_government")
    story.old = story.person.registers_administration(story.town, 2015, 2019)
    story.new = story.person.registers_administration(story.town, predecessor=story.old)
    story.person.does(f"/administrations/{story.new}/proclaim", occurred_on="2018-11-09", act=ACT)
    body = {"outgoing": story.old, "incoming": story.new, "code": "TG-PERU", "regime": "peru-2018"}
    story.person.does("/transitions", **body, occurred_on="2018-07-01")
    return story


def does(story: Story, command: str, on: str, **body: Any) -> Any:
    return story.person.does(f"/transitions/TG-PERU/{command}", occurred_on=on, **body)


def due(story: Story, **query: Any) -> dict[str, tuple[str | None, str]]:
    found = story.person.sees("/transitions/TG-PERU/deadlines", **query)
    return {one["key"]: (one["due"], one["state"]) for one in found["items"]}


def test_deadlines_are_counted_from_what_is_recorded_and_told_with_what_follows(under_2018: Story) -> None:
    assert due(under_2018, valid_at="2018-11-15") == {
        "handover.commission": ("2018-11-16", "pending"),
        "handover.end": ("2018-12-31", "pending"),
        "handover.register_and_publish": ("2019-01-22", "pending"),
        "handover.reelected_inform": (None, "not_started"),
    }
    [first, *_] = under_2018.person.sees("/transitions/TG-PERU/deadlines", valid_at="2018-11-15")["items"]
    assert (first["key"], first["after"], first["after_on"], first["days_left"]) == (
        "handover.commission",
        "proclaimed",
        "2018-11-09",
        1,
    )
    assert "sola" not in first["duty"]["es"]
    assert "por sí sola" in first["if_missed"]["es"]
    assert "Ley 26997" in first["source"]


def test_before_the_proclamation_its_clock_has_not_started(under_2018: Story) -> None:
    assert due(under_2018, valid_at="2018-11-01")["handover.commission"] == (None, "not_started")


def test_what_is_done_is_met_or_met_late_and_what_is_not_is_missed(under_2018: Story) -> None:
    does(under_2018, "prepare", "2018-08-01")
    does(under_2018, "declare-ready", "2018-11-10")
    does(under_2018, "start-transfer", "2018-11-19", installed_by="outgoing", act=ACT)
    does(under_2018, "file-report", "2018-12-20", document=ACTA)
    assert due(under_2018, valid_at="2018-11-18")["handover.commission"] == ("2018-11-16", "missed")
    assert due(under_2018, valid_at="2018-11-20")["handover.commission"] == ("2018-11-16", "met_late")
    does(under_2018, "sign-acta", "2018-12-28", side="outgoing", document=ACTA)
    assert due(under_2018, valid_at="2019-01-02")["handover.end"] == ("2018-12-31", "missed")
    does(under_2018, "sign-acta", "2018-12-29", side="incoming", document=ACTA)
    does(under_2018, "publish", "2019-01-22", address="https://muni.example/transferencia")
    does(under_2018, "register", "2019-01-25", number="CGR-1")
    now = due(under_2018)
    assert now["handover.end"] == ("2018-12-31", "met")
    assert now["handover.register_and_publish"] == ("2019-01-22", "met")
    shown = under_2018.person.sees("/transitions/TG-PERU")
    assert (shown["regime"], shown["registered_as"]) == ("peru-2018", "CGR-1")
    assert [one["step"] for one in shown["reached"]] == [
        "commission_installed",
        "reported",
        "acta_signed",
        "published",
        "registered",
    ]


def test_a_count_that_rests_on_memory_is_shown_as_unconfirmed(under_2018: Story) -> None:
    items = under_2018.person.sees("/transitions/TG-PERU/deadlines")["items"]
    assert {one["key"]: one["unconfirmed"] for one in items} == {
        "handover.commission": False,
        "handover.end": False,
        "handover.register_and_publish": False,
        "handover.reelected_inform": True,
    }


def test_regimes_are_listed_with_the_ids_by_which_their_entries_are_delivered(under_2018: Story) -> None:
    shown = under_2018.person.sees("/regimes/peru-2018")
    entry = next(one for one in shown["entries"] if one["key"] == "law.assets")
    later = next(one for one in under_2018.person.sees("/regimes/peru-2022")["entries"] if one["key"] == "law.assets")
    assert entry["id"] == later["id"]
    does(under_2018, "prepare", "2018-08-01")
    does(under_2018, "declare-ready", "2018-11-10")
    does(under_2018, "start-transfer", "2018-11-16", installed_by="outgoing", act=ACT)
    does(under_2018, "freeze-inventory", "2018-12-10", cut_off="2018-12-01")
    items = [{"kind": "entry", "id": entry["id"]}]
    does(under_2018, "deliver-items", "2018-12-11", items=items, on_behalf_of=under_2018.town)
    shown = under_2018.person.sees("/transitions/TG-PERU")
    assert [(one["item"]["kind"], one["state"]) for one in shown["items"]] == [("entry", "delivered")]
    moon = [{"kind": "entry", "id": under_2018.town}]
    with pytest.raises(Refused) as refusal:
        does(under_2018, "deliver-items", "2018-12-11", items=moon, on_behalf_of=under_2018.town)
    assert refusal.value.name == "not-in-catalogue"
    assert {one["regime"]["id"] for one in under_2018.person.sees("/regimes")["items"]} >= {"generic", "peru-2022"}


def test_the_holidays_of_a_regime_can_be_looked_up(secretary: Person) -> None:
    days = {one["day"]: one["name"] for one in secretary.sees("/regimes/peru-2022/holidays", year=2026)["items"]}
    assert days["2026-12-08"] == "Inmaculada Concepción"
    assert "2026-12-10" not in days
    with pytest.raises(Refused) as refusal:
        secretary.sees("/regimes/peru-1066")
    assert refusal.value.name == "no-such-regime"
