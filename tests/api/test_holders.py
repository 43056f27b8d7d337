"""Who held an object: through any number of administrations, as it was and as it was known."""

import csv
from typing import Any

import pytest

from tests.api.plans import drafts
from tests.harness import Person, pen

ACT = {"type": "agreement", "number": "AC-04-2023", "issuer": "Council", "date": "2023-02-01"}


class Story:
    """A municipality with three administrations, and a road that outlives two of them."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.ministry = person.registers_organization(name="Ministry")
        self.town = person.registers_organization(name="Municipality", kind="local_government")
        self.first = person.registers_administration(self.town, 2015, 2019)
        self.second = person.registers_administration(self.town, 2019, 2023, predecessor=self.first)
        self.third = person.registers_administration(self.town, 2023, 2027, predecessor=self.second)
        body = {"amount": pen("100.00"), "deadline": "2018-12-01", "follow_up_body": self.town}
        self.road = str(person.registers_commitment(self.ministry, code="ROAD", **body)["id"])
        person.does("/commitments/ROAD/start", occurred_on="2018-09-01")
        self.handed = str(
            person.does("/transitions", outgoing=self.second, incoming=self.third, occurred_on="2022-10-01")["id"]
        )

    def decides(self, decision: str, on: str = "2023-02-01", command: str = "decide-continuity") -> dict[str, Any]:
        item = {"kind": "commitment", "id": self.road}
        about = {"item": item, "decision": decision, "act": ACT, "reason": "Council", "on_behalf_of": self.town}
        return self.person.does(f"/transitions/{self.handed}/{command}", occurred_on=on, **about)

    def chain(self, capacity: str = "follow_up_body", **query: Any) -> list[dict[str, Any]]:
        items = self.person.sees("/commitments/ROAD/holders", **query)["items"]
        return [one for one in items if one["capacity"] == capacity]

    def days(self, **query: Any) -> list[tuple[Any, ...]]:
        return [(one["administration"], one["from"], one["until"]) for one in self.chain(**query)]


@pytest.fixture
def story(secretary: Person) -> Story:
    return Story(secretary)


def test_a_commitment_is_followed_through_three_administrations_with_its_state_at_each_change(story: Story) -> None:
    person = story.person
    person.does("/commitments/ROAD/block", occurred_on="2021-05-01", cause="No land")
    story.decides("adopted_with_changes")
    chain = story.chain(valid_at="2024-06-30")
    assert story.days(valid_at="2024-06-30") == [
        (story.first, "2018-07-25", "2019-01-01"),
        (story.second, "2019-01-01", "2023-01-01"),
        (story.third, "2023-01-01", None),
    ]
    states = [(one["at_start"]["state"], one["at_end"]["state"], one["at_end"]["on"]) for one in chain]
    assert states == [
        ("agreed", "in_progress", "2018-12-31"),
        ("in_progress", "blocked", "2022-12-31"),
        ("blocked", "blocked", "2024-06-30"),
    ]
    assert [(one["at_start"]["overdue"], one["at_end"]["overdue"]) for one in chain] == [
        (False, True), (True, True), (True, True),
    ]  # fmt: skip
    first, second, third = (one["passed_on"] for one in chain)
    assert (first["to"], first["transition"], first["decision"]) == (story.second, None, None)
    assert (second["to"], second["transition"], second["transition_state"]) == (story.third, story.handed, "planned")
    assert second["decision"]["decision"] == "adopted_with_changes"
    assert third is None


def test_who_held_it_is_answered_as_it_was_and_as_it_was_known(story: Story) -> None:
    person = story.person
    decided = story.decides("ratified")
    assert story.days(valid_at="2018-12-31") == [(story.first, "2018-07-25", None)]
    assert story.chain(valid_at="2019-01-01")[0]["at_end"]["on"] == "2018-12-31"
    left = person.does("/commitments/ROAD/assign-follow-up-body", organization=story.ministry, occurred_on="2020-07-01")
    now = story.chain()
    assert [(one["institution"], one["from"], one["until"]) for one in now] == [
        (story.town, "2018-07-25", "2019-01-01"),
        (story.town, "2019-01-01", "2020-07-01"),
        (story.ministry, "2020-07-01", None),
    ]
    assert (now[1]["passed_on"], now[2]["administration"]) == (None, None)
    before = story.chain(at_position=left["position"] - 1)
    assert [one["institution"] for one in before] == [story.town] * 3
    assert before[1]["passed_on"]["decision"]["decision"] == "ratified"
    assert story.chain(at_position=decided["position"] - 1)[1]["passed_on"]["decision"] is None
    person.voids("/commitments/ROAD", left["position"])
    assert [one["institution"] for one in story.chain()] == [story.town] * 3


def test_an_institution_that_leaves_and_comes_back_stands_there_twice_and_untold_terms_have_no_name(
    story: Story,
) -> None:
    person = story.person
    for day, who in (("2019-03-01", story.ministry), ("2019-06-01", story.town)):
        person.does("/commitments/ROAD/assign-follow-up-body", organization=who, occurred_on=day)
    town = [one for one in story.chain(valid_at="2020-01-01") if one["institution"] == story.town]
    assert [(one["from"], one["until"]) for one in town] == [
        ("2018-07-25", "2019-01-01"), ("2019-01-01", "2019-03-01"), ("2019-06-01", None),
    ]  # fmt: skip
    [ministry] = story.chain("responsible")
    assert (ministry["administration"], ministry["title"], ministry["until"]) == (None, None, None)


def test_the_days_before_the_first_recorded_term_stand_by_themselves(story: Story) -> None:
    person = story.person
    person.registers_commitment(story.town, code="OLD", occurred_on="2013-05-01")
    items = person.sees("/commitments/OLD/holders", valid_at="2016-01-01")["items"]
    assert [(one["administration"], one["from"], one["until"]) for one in items] == [
        (None, "2013-05-01", "2015-01-01"),
        (story.first, "2015-01-01", None),
    ]


def test_projects_and_plans_are_followed_in_the_same_way(story: Story) -> None:
    person = story.person
    body = {"title": "Bridge", "code": "BRIDGE", "responsible": story.town, "occurred_on": "2018-05-01"}
    person.does("/projects", **body)
    plan = drafts(person, story.town, "OE.1", code="PDC")
    bridge = person.sees("/projects/BRIDGE/holders", valid_at="2019-06-01")
    assert bridge["kind"] == "project"
    assert [(one["administration"], one["capacity"]) for one in bridge["items"]] == [
        (story.first, "responsible"), (story.second, "responsible"),
    ]  # fmt: skip
    assert set(bridge["items"][0]["at_end"]["tracks"]) == {"table", "investment", "works"}
    held = person.sees(f"/plans/{plan}/holders")
    assert held["items"][-1]["administration"] == story.third
    assert person.get("/commitments/NONE/holders").status_code == 404
    assert person.get("/commitments/ROAD/holders", valid_at="2018-07-24").status_code == 404


@pytest.mark.parametrize(
    ("decision", "revised"),
    [("ratified", None), ("under_review", "not_continued"), ("adopted_with_changes", None), ("not_continued", None)],
)
def test_a_decision_stands_beside_the_commitment_and_leaves_it_untouched(
    story: Story, decision: str, revised: str | None
) -> None:
    person = story.person
    before = person.sees("/commitments/ROAD"), person.sees("/commitments/ROAD/history")
    story.decides(decision)
    if revised:
        story.decides(revised, "2023-03-01", "revise-decision")
    after = person.sees("/commitments/ROAD"), person.sees("/commitments/ROAD/history")
    assert after == before
    [item] = person.sees(f"/administrations/{story.third}/inheritance")["items"]
    assert (item["decision"]["decision"], item["decision"]["revised"]) == (revised or decision, int(bool(revised)))
    assert (item["version"], item["state"], item["changed"]) == (2, "in_progress", False)


def test_the_chain_is_a_file_too(story: Story) -> None:
    found = story.person.get("/commitments/ROAD/holders", format="csv", valid_at="2024-06-30")
    assert found.headers["content-type"].startswith("text/csv")
    lines = list(csv.DictReader(found.text.splitlines()))
    items = story.person.sees("/commitments/ROAD/holders", valid_at="2024-06-30")["items"]
    assert [(line["institution"], line["capacity"], line["from"], line["until"]) for line in lines] == [
        (one["institution"], one["capacity"], one["from"], one["until"] or "") for one in items
    ]
    assert story.person.get("/commitments/ROAD/holders", format="poem").status_code == 422
