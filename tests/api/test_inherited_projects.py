"""Administrations inherit projects beside commitments: kinds named, three tracks kept, amounts never added across."""

from typing import Any

import pytest

from tests.api.test_projects import ACT, registers
from tests.harness import Person, pen


class Legacy:
    """A municipality that hands over a commitment and the projects that keep it."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.ministry = person.registers_organization(name="Ministry")
        self.town = person.registers_organization(name="Municipality", kind="local_government")
        self.old = person.registers_administration(self.town, 2015, 2019)
        self.new = person.registers_administration(self.town, predecessor=self.old)
        about = {"name": "Mesa", "type": "technical_table", "level": "provincial", "occurred_on": "2018-02-01"}
        self.table = person.does("/roundtables", **about)["id"]
        self.promise = person.registers_commitment(self.town, code="PROMISE", amount=pen("100.00"))["id"]
        self.road = registers(
            person, self.town, "ROAD", cost=pen("100.00"), planned_end="2018-12-30", roundtable=self.table,
            commitments=[self.promise], executing=self.town, investment="approved", works="running",
        )["id"]  # fmt: skip
        self.school = registers(
            person, self.ministry, "SCHOOL", cost=pen("7.00"), table="pending",
            participants=[{"organization": self.town, "role": "beneficiary"}],
            funders=[{"organization": self.town, "amount": pen("1.00")}],
        )["id"]  # fmt: skip
        registers(person, self.ministry, "ELSEWHERE")
        person.does("/projects/ROAD/halt-works", occurred_on="2019-02-01", cause="Lluvias")

    def inherited(self, **query: Any) -> Any:
        return self.person.sees(f"/administrations/{self.new}/inheritance", **query)

    def pairs(self, **query: Any) -> list[tuple[str, str, str]]:
        return [(i["kind"], i["code"], i["capacity"]) for i in self.inherited(**query)["items"]]


EVERYTHING = [
    ("commitment", "PROMISE", "responsible"),
    ("project", "ROAD", "responsible"),
    ("project", "ROAD", "executing"),
    ("project", "SCHOOL", "funder"),
    ("project", "SCHOOL", "beneficiary"),
]


@pytest.fixture
def legacy(secretary: Person) -> Legacy:
    return Legacy(secretary)


def test_projects_are_inherited_in_every_capacity_with_three_tracks_then_and_now(legacy: Legacy) -> None:
    assert sorted(legacy.pairs()) == sorted(EVERYTHING)
    commitment, road, *_ = legacy.inherited()["items"]
    assert (commitment["tracks"], commitment["tracks_at_start"]) == (None, None)
    before = {"table": "new", "investment": "approved", "works": "running"}
    assert (road["tracks_at_start"], road["tracks"]) == (before, before | {"works": "halted"})
    assert (road["state_at_start"], road["state"], road["changed"]) == ("new", "new", True)
    assert (road["amount"], road["deadline"], road["overdue_at_start"]) == (pen("100.00"), "2018-12-30", True)
    assert road["provenance"]["origin"]["roundtable"] == legacy.table


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "project"}, EVERYTHING[1:]),
        ({"kind": "commitment"}, EVERYTHING[:1]),
        ({"kind": "plan"}, []),
        ({"capacity": "responsible"}, EVERYTHING[:2]),
        ({"capacity": "executing"}, EVERYTHING[2:3]),
        ({"capacity": "funder"}, EVERYTHING[3:4]),
        ({"state": "halted"}, EVERYTHING[1:3]),
        ({"state_at_start": "running"}, EVERYTHING[1:3]),
        ({"state_at_start": "halted"}, []),
        ({"state": ["pending", "agreed"]}, [EVERYTHING[0], *EVERYTHING[3:]]),
        ({"changed": True}, EVERYTHING[1:3]),
        ({"overdue_at_start": True}, EVERYTHING[1:3]),
    ],
)
def test_both_kinds_are_filtered_together_and_totals_follow(
    legacy: Legacy, query: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    answer = legacy.inherited(**query)
    assert sorted(legacy.pairs(**query)) == sorted(expected)
    assert sum(total["count"] for total in answer["totals"].values()) == len(expected)


def test_amounts_of_two_kinds_stand_side_by_side_and_are_never_added(legacy: Legacy) -> None:
    totals = legacy.inherited()["totals"]
    responsible = totals["responsible"]
    assert (responsible["count"], responsible["overdue"]) == (2, 1)
    assert {kind: total["amounts"] for kind, total in responsible["by_kind"].items()} == {
        "commitment": [pen("100.00")],
        "project": [pen("100.00")],
    }
    assert "200.00" not in str(totals)
    assert responsible["by_kind"]["project"]["by_state"] == [{"state": "new", "count": 1, "amounts": [pen("100.00")]}]
    assert totals["beneficiary"]["by_kind"]["project"]["amounts"] == [pen("7.00")]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_hold_both_kinds_once_and_in_order(legacy: Legacy, limit: int) -> None:
    seen: list[tuple[str, str, str]] = []
    cursor = None
    while True:
        page = legacy.inherited(limit=limit, **({"cursor": cursor} if cursor else {}))
        seen += [(i["kind"], i["code"], i["capacity"]) for i in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == legacy.pairs()
    assert len(seen) == len(EVERYTHING)


def test_a_project_is_handed_over_and_its_continuity_decided(legacy: Legacy) -> None:
    person = legacy.person
    path = "/transitions/TG-1"
    person.does("/transitions", outgoing=legacy.old, incoming=legacy.new, code="TG-1", occurred_on="2018-10-08")
    undecided = person.sees(f"{path}/undecided")
    assert ("project", "ROAD") in {(item["kind"], item["code"]) for item in undecided["items"]}
    decision = {"item": {"kind": "project", "id": legacy.road}, "decision": "ratified", "act": ACT, "reason": "Avanza"}
    person.does(f"{path}/decide-continuity", occurred_on="2019-04-01", on_behalf_of=legacy.town, **decision)
    left = person.sees(f"{path}/undecided")
    assert (left["decided"], {item["code"] for item in left["items"]}) == (1, {"PROMISE", "SCHOOL"})


def test_a_late_fact_shows_from_its_position_on(legacy: Legacy) -> None:
    late = legacy.person.does(
        "/projects/ELSEWHERE/add-participant",
        occurred_on="2018-11-01",
        participant={"organization": legacy.town, "role": "counterpart"},
    )
    assert ("project", "ELSEWHERE", "counterpart") in legacy.pairs()
    assert ("project", "ELSEWHERE", "counterpart") not in legacy.pairs(at_position=late["position"] - 1)
