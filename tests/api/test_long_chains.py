"""One promise through many governments: re-elected twice, recalled, vacant for a while, merged into a neighbour."""

from typing import Any

import pytest

from tests.api.test_transitions import ACT
from tests.harness import Person, pen

BEGAN = "2008-03-10"


class Town:
    """A district with six governments from 2007 to 2026: two re-elections, a recall, a vacancy."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.id = person.registers_organization(kind="local_government", name="Municipalidad de Demo")
        self.first = person.registers_administration(self.id, 2007, 2011)
        self.second = self.follows(self.first, 2011, 2015, re_elected=True)
        self.third = self.follows(self.second, 2015, 2019, re_elected=True)
        self.fourth = self.follows(self.third, 2019, 2023)
        self.ends_early(self.fourth, "2021-06-01", "recall")
        self.fifth = self.takes_over(self.fourth, "2021-06-15", "recall_election")
        self.sixth = self.follows(self.fifth, 2023, 2027)
        made = {"code": "DEMO-ROAD", "occurred_on": BEGAN, "deadline": "2012-06-30", "amount": pen("10.00")}
        self.road = str(person.registers_commitment(self.id, **made)["id"])

    def follows(self, before: str, first: int, last: int, **about: Any) -> str:
        return self.person.registers_administration(self.id, first, last, predecessor=before, **about)

    def takes_over(self, before: str, first: str, kind: str) -> str:
        term = {"term": {"from": first, "until": "2023-01-01"}, "mandate": {"kind": kind, "act": ACT}}
        return self.person.registers_administration(self.id, predecessor=before, occurred_on="2021-06-01", **term)

    def ends_early(self, id: str, until: str, cause: str) -> None:
        body = {"until": until, "cause": cause, "act": ACT, "reason": "JNE"}
        self.person.does(f"/administrations/{id}/shorten-term", occurred_on="2021-05-20", **body)

    def hands(self, code: str, outgoing: str, incoming: str, on: str) -> None:
        body = {"outgoing": outgoing, "incoming": incoming, "code": code}
        self.person.does("/transitions", **body, occurred_on=on)

    def decides(self, code: str, decision: str, on: str) -> None:
        about = {"item": {"kind": "commitment", "id": self.road}, "decision": decision, "act": ACT, "reason": "r"}
        path = f"/transitions/{code}/decide-continuity"
        self.person.does(path, occurred_on=on, on_behalf_of=self.id, **about)

    def chain(self, **query: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.person.sees("/commitments/DEMO-ROAD/holders", **query)["items"]
        return items


@pytest.fixture
def town(secretary: Person) -> Town:
    return Town(secretary)


def test_a_promise_of_2008_is_traced_through_every_government_to_this_day(town: Town) -> None:
    assert [(one["administration"], one["from"], one["until"]) for one in town.chain(valid_at="2025-06-30")] == [
        (town.first, BEGAN, "2011-01-01"),
        (town.second, "2011-01-01", "2015-01-01"),
        (town.third, "2015-01-01", "2019-01-01"),
        (town.fourth, "2019-01-01", "2021-06-01"),
        (None, "2021-06-01", "2021-06-15"),
        (town.fifth, "2021-06-15", "2023-01-01"),
        (town.sixth, "2023-01-01", None),
    ]


def test_each_change_has_its_state_its_transition_and_what_was_decided(town: Town) -> None:
    town.hands("DEMO-T1", town.first, town.second, "2010-10-20")
    town.person.does("/transitions/DEMO-T1/declare-not-required", occurred_on="2010-11-20")
    town.hands("DEMO-T2", town.third, town.fourth, "2018-10-20")
    town.decides("DEMO-T2", "ratified", "2019-03-01")
    town.person.does("/commitments/DEMO-ROAD/start", occurred_on="2016-02-01")
    town.hands("DEMO-T3", town.fifth, town.sixth, "2022-10-20")
    town.decides("DEMO-T3", "under_review", "2023-02-01")
    chain = town.chain(valid_at="2025-06-30")
    assert [(one["at_start"]["state"], one["at_end"]["state"], one["at_end"]["overdue"]) for one in chain] == [
        ("agreed", "agreed", False),
        ("agreed", "agreed", True),
        ("agreed", "in_progress", True),
        ("in_progress", "in_progress", True),
        ("in_progress", "in_progress", True),
        ("in_progress", "in_progress", True),
        ("in_progress", "in_progress", True),
    ]
    passed = [one["passed_on"] for one in chain]
    assert [(one or {}).get("transition_state") for one in passed] == [
        "not_required", None, "planned", None, None, "planned", None,
    ]  # fmt: skip
    decided = [((one or {}).get("decision") or {}).get("decision") for one in passed]
    assert decided == [None, None, "ratified", None, None, "under_review", None]
    assert [(one or {}).get("to") for one in passed[:4]] == [town.second, town.third, town.fourth, None]


def test_who_inherits_is_asked_of_every_government_by_itself(town: Town) -> None:
    def inherited(id: str, **query: Any) -> list[tuple[str, str | None, str]]:
        items = town.person.sees(f"/administrations/{id}/inheritance", **query)["items"]
        return [(one["code"], one["inherited_from"], one["state_at_start"]) for one in items]

    assert inherited(town.first, valid_at="2009-01-01") == []
    heirs = {town.second: town.first, town.third: town.second, town.fourth: town.third, town.fifth: town.fourth}
    for heir, before in (heirs | {town.sixth: town.fifth}).items():
        assert inherited(heir, valid_at="2024-01-01") == [("DEMO-ROAD", before, "agreed")]


def test_a_renamed_institution_is_one_and_the_same_in_the_chain(town: Town) -> None:
    town.person.does(f"/organizations/{town.id}/rename", occurred_on="2013-05-01", name="Municipalidad del Sur")
    assert {one["institution"] for one in town.chain(valid_at="2025-06-30")} == {town.id}


def test_over_a_vacancy_it_is_handed_to_whoever_is_in_charge_and_by_them_to_the_next(town: Town) -> None:
    body = {"outgoing": town.fourth, "incoming": town.fifth, "occurred_on": "2021-06-20"}
    answer = town.person.post("/transitions", body, Accept_Language="es").json()
    assert answer["type"].endswith("terms-not-adjacent")
    assert "registre la gestión encargada" in answer["detail"]
    term = {"term": {"from": "2021-06-01", "until": "2021-06-15"}, "mandate": {"kind": "succession", "act": ACT}}
    about = {"predecessor": town.fourth, "occurred_on": "2021-06-01"}
    charge = town.person.registers_administration(town.id, **term, **about)
    town.hands("DEMO-T4", town.fourth, charge, "2021-06-01")
    town.hands("DEMO-T5", charge, town.fifth, "2021-06-10")
    town.decides("DEMO-T5", "ratified", "2021-07-01")
    holders = {one["administration"]: one["passed_on"] for one in town.chain(valid_at="2022-01-01")}
    assert [holders[id]["to"] for id in (town.fourth, charge)] == [charge, town.fifth]
    assert holders[charge]["decision"]["decision"] == "ratified"
