"""What an administration inherits: by capacity, on the eve and now, with where it comes from, at any moment."""

from typing import Any

import pytest

from tests.api.plans import ORDINANCE, drafts, in_force
from tests.harness import Person, pen

ORIGIN = {"item": "Acuerdo 7", "page": 4, "quote": {"text": "Yakuta churasaqku", "language": "qu"}}
SOURCE = {"citation": "Acta 3", "page": 2}


class Story:
    """A municipality with two administrations, and what stood open between them."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.ministry = person.registers_organization(name="Ministry")
        self.town = person.registers_organization(name="Municipality", kind="local_government")
        self.old = person.registers_administration(self.town, 2015, 2019)
        self.new = person.registers_administration(self.town, predecessor=self.old)
        land = {"organization": self.town, "obligation": "land"}
        about = {"origin": ORIGIN, "source": SOURCE, "counterparts": [land], "follow_up_body": self.town}
        self.road = self.commits("ROAD", self.ministry, amount=pen("100.00"), deadline="2018-12-30", **about)
        self.school = self.commits("SCHOOL", self.town, amount=pen("50.50"), deadline="2020-12-31")
        self.water = self.commits(
            "WATER", self.ministry, verifier=self.town, amount={"amount": "7.00", "currency": "USD"}
        )
        self.other = self.commits("OTHER", self.ministry, amount=pen("999.00"))
        self.late = self.commits("LATER", self.town, amount=pen("1.00"), occurred_on="2019-01-01")
        self.started = person.does("/commitments/ROAD/start", occurred_on="2019-03-01")

    def commits(self, code: str, responsible: str, **about: Any) -> str:
        return str(self.person.registers_commitment(responsible, code=code, **about)["id"])

    def inherited(self, **query: Any) -> Any:
        return self.person.sees(f"/administrations/{self.new}/inheritance", **query)

    def pairs(self, **query: Any) -> list[tuple[str, str]]:
        return [(item["code"], item["capacity"]) for item in self.inherited(**query)["items"]]


@pytest.fixture
def story(secretary: Person) -> Story:
    return Story(secretary)


EVERYTHING = [("ROAD", "counterpart"), ("ROAD", "follow_up_body"), ("SCHOOL", "responsible"), ("WATER", "verifier")]


def test_one_row_for_each_object_and_capacity_in_which_the_institution_stood_on_the_eve(story: Story) -> None:
    answer = story.inherited()
    assert [(i["code"], i["capacity"]) for i in answer["items"]] == EVERYTHING
    assert (answer["at_start"], answer["institution"], answer["next"]) == ("2018-12-31", story.town, None)
    road = answer["items"][0]
    assert (road["state_at_start"], road["state"], road["changed"]) == ("agreed", "in_progress", True)
    assert (road["kind"], road["id"], road["overdue_at_start"]) == ("commitment", story.road, True)
    origin, source = road["provenance"]["origin"], road["provenance"]["source"]
    assert (origin["item"], origin["page"], origin["quote"]) == ("Acuerdo 7", 4, ORIGIN["quote"])
    assert (source["citation"], source["page"]) == ("Acta 3", 2)


def test_totals_are_per_capacity_with_each_currency_by_itself(story: Story) -> None:
    totals = story.inherited(limit=1)["totals"]
    assert {capacity: total["count"] for capacity, total in totals.items()} == {
        "responsible": 1, "counterpart": 1, "follow_up_body": 1, "verifier": 1,
    }  # fmt: skip
    commitments = {capacity: total["by_kind"]["commitment"] for capacity, total in totals.items()}
    assert commitments["counterpart"]["amounts"] == commitments["follow_up_body"]["amounts"] == [pen("100.00")]
    assert commitments["verifier"]["amounts"] == [{"amount": "7.00", "currency": "USD"}]
    assert (totals["counterpart"]["overdue"], totals["responsible"]["overdue"]) == (1, 0)
    assert all(list(total["by_kind"]) == ["commitment"] for total in totals.values())
    [state] = commitments["responsible"]["by_state"]
    assert state == {"state": "agreed", "count": 1, "amounts": [pen("50.50")]}


def test_what_a_successor_replaced_is_counted_but_not_summed_and_headlines_stand_apart(story: Story) -> None:
    person = story.person
    headline = {"amount": pen("500.00"), "projects": 3}
    story.commits("WHOLE", story.town, headline=headline, collaborators=[])
    successor = story.commits("SCHOOL-2", story.town, amount=pen("60.00"))
    body = {"successors": [successor], "reason": "merged"}
    person.does("/commitments/SCHOOL/supersede", occurred_on="2018-11-01", **body)
    total = story.inherited(capacity="responsible")["totals"]["responsible"]["by_kind"]["commitment"]
    assert (total["count"], total["amounts"], total["headlines"]) == (3, [pen("60.00")], [pen("500.00")])
    assert {s["state"]: s["amounts"] for s in total["by_state"]}["superseded"] == [pen("50.50")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"capacity": "responsible"}, [("SCHOOL", "responsible")]),
        ({"capacity": "beneficiary"}, []),
        ({"kind": "commitment", "overdue_at_start": True}, EVERYTHING[:2]),
        ({"overdue_at_start": False}, EVERYTHING[2:]),
        ({"kind": "project"}, []),
        ({"state": "in_progress"}, EVERYTHING[:2]),
        ({"state_at_start": "in_progress"}, []),
        ({"changed": True}, EVERYTHING[:2]),
        ({"changed": False}, EVERYTHING[2:]),
    ],
)
def test_it_is_filtered_as_incoming_teams_ask_and_totals_follow(
    story: Story, query: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    answer = story.inherited(**query)
    assert [(i["code"], i["capacity"]) for i in answer["items"]] == expected
    assert sum(total["count"] for total in answer["totals"].values()) == len(expected)


def test_pages_follow_each_other_at_the_moment_the_first_one_saw(story: Story) -> None:
    seen, query = [], {"limit": 3}
    first = story.inherited(**query)
    story.commits("LATE-ENTRY", story.town, occurred_on="2018-05-01")
    seen = [*first["items"], *story.inherited(limit=3, cursor=first["next"])["items"]]
    assert [(i["code"], i["capacity"]) for i in seen] == EVERYTHING
    assert ("LATE-ENTRY", "responsible") in story.pairs()
    other = f"/administrations/{story.old}/inheritance"
    assert story.person.get(other, limit=3, cursor=first["next"]).status_code == 422


def test_it_answers_as_it_was_and_as_it_was_known(story: Story) -> None:
    person, started = story.person, story.started["position"]
    assert story.inherited(at_position=started - 1)["items"][0]["state"] == "agreed"
    assert story.inherited(valid_at="2019-02-28")["items"][0]["state"] == "agreed"
    added = person.does("/commitments/OTHER/add-collaborator", organization=story.town, occurred_on="2018-12-31")
    assert ("OTHER", "collaborator") in story.pairs()
    assert ("OTHER", "collaborator") not in story.pairs(at_position=added["position"] - 1)
    person.voids("/commitments/OTHER", added["position"])
    assert story.pairs() == EVERYTHING


def test_who_joins_after_the_eve_inherits_nothing_and_who_left_later_still_did(story: Story) -> None:
    person = story.person
    person.does("/commitments/OTHER/add-collaborator", organization=story.town, occurred_on="2019-01-01")
    person.does("/commitments/ROAD/assign-follow-up-body", organization=story.ministry, occurred_on="2019-04-01")
    assert story.pairs() == EVERYTHING


def test_before_the_term_begins_it_is_what_it_would_inherit(story: Story) -> None:
    answer = story.inherited(valid_at="2018-11-15")
    assert (answer["at_start"], answer["valid_at"]) == ("2018-11-15", "2018-11-15")
    assert [item["changed"] for item in answer["items"]] == [False] * 4
    assert answer["totals"]["counterpart"]["overdue"] == 0


def test_the_whole_of_it_is_a_table_too(story: Story) -> None:
    path = f"/administrations/{story.new}/inheritance"
    lines = story.person.get(path, format="csv", overdue_at_start=True).text.splitlines()
    assert lines[0].startswith("kind,id,version,code,title,capacity,state_at_start,state")
    assert [line.split(",")[3] for line in lines[1:]] == ["ROAD", "ROAD"]


def test_a_voided_commitment_is_not_inherited(story: Story) -> None:
    [began] = [e for e in story.person.sees("/commitments/WATER/history")["items"] if e["version"] == 1]
    story.person.voids("/commitments/WATER", began["position"])
    assert story.pairs() == EVERYTHING[:3]


def test_plans_are_inherited_by_who_answers_for_them_adopted_them_or_took_part(story: Story) -> None:
    person = story.person
    plan = in_force(person, story.town, code="PDC", source={"citation": "Libro de actas", "page": 3})
    led = drafts(person, story.ministry, "OE.1", code="LED")
    part = {"kind": "workshop", "organizations": [story.town]}
    person.does(f"/plans/{led}/record-participation", occurred_on="2018-12-31", **part)
    person.does(f"/plans/{plan}/repeal", occurred_on="2019-03-01", act=ORDINANCE)
    found = story.inherited(kind="plan")
    seen = [(i["code"], i["capacity"], i["state_at_start"], i["state"]) for i in found["items"]]
    assert seen == [
        ("PDC", "responsible", "in_force", "repealed"),
        ("PDC", "adopter", "in_force", "repealed"),
        ("LED", "participant", "drafting", "drafting"),
    ]
    plans = {name: total["by_kind"]["plan"] for name, total in found["totals"].items()}
    assert {name: (total["count"], total["amounts"]) for name, total in plans.items()} == {
        "responsible": (1, []),
        "adopter": (1, []),
        "participant": (1, []),
    }
    first = found["items"][0]
    assert (first["deadline_at_start"], first["provenance"]["source"]["page"]) == ("2021-12-31", 3)
    assert story.inherited(kind="plan", state="in_force", valid_at="2019-02-28")["items"][0]["overdue"] is False
    assert story.pairs() == [*EVERYTHING, *((code, capacity) for code, capacity, _, _ in seen)]
    assert [i["code"] for i in story.inherited(capacity="responsible")["items"]] == ["SCHOOL", "PDC"]
