"""A handover over HTTP: frozen for ever, verified by somebody else, decided on by the incoming institution."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest

from roundtable.checks import Check
from roundtable.installation import Installation
from tests.harness import Person, Refused, pen

ACT = {"type": "agreement", "number": "AC-01-2019", "issuer": "Council", "date": "2019-01-15"}
ACTA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class Story:
    """A municipality before and after an election, and a transition with its inventory."""

    def __init__(self, installation: Installation, person: Person) -> None:
        self.person = person
        self.town = person.registers_organization(kind="local_government")
        self.team = person.registers_organization(kind="association")
        self.ministry = person.registers_organization()
        self.old = person.registers_administration(self.town, 2015, 2019)
        self.new = person.registers_administration(self.town, predecessor=self.old)
        counterpart = [{"organization": self.town, "obligation": "land"}]
        self.road = self.commits("ROAD", self.ministry, counterparts=counterpart, follow_up_body=self.town)
        self.school = self.commits("SCHOOL", self.town, amount=pen(50))
        self.outside = self.commits("OUTSIDE", self.ministry)
        body = {"outgoing": self.old, "incoming": self.new, "code": "TG-2019"}
        person.does("/transitions", **body, occurred_on="2018-07-01")
        self.frozen = self.does("freeze-inventory", "2018-12-10", cut_off="2018-12-01")
        self.verifier = Person.arrives(installation, organization=UUID(self.team))

    def commits(self, code: str, responsible: str, **about: Any) -> str:
        return str(self.person.registers_commitment(responsible, code=code, **about)["id"])

    def does(self, command: str, on: str, **body: Any) -> dict[str, Any]:
        return self.person.does(f"/transitions/TG-2019/{command}", occurred_on=on, **body)

    def refused(self, command: str, on: str, **body: Any) -> str:
        with pytest.raises(Refused) as refusal:
            self.does(command, on, **body)
        return refusal.value.name

    def sees(self, what: str = "", **query: Any) -> Any:
        return self.person.sees(f"/transitions/TG-2019{what}", **query)

    def starts(self) -> None:
        self.does("prepare", "2018-10-01")
        self.does("declare-ready", "2018-11-01")
        self.does("start-transfer", "2018-12-12", installed_by="outgoing", act=ACT)


@pytest.fixture
def story(installation: Installation, secretary: Person) -> Story:
    return Story(installation, secretary)


def item(id: str) -> dict[str, str]:
    return {"kind": "commitment", "id": id}


EVERYTHING = [("ROAD", "counterpart"), ("ROAD", "follow_up_body"), ("SCHOOL", "responsible")]


def pairs(answer: Any) -> list[tuple[str, str]]:
    return [(one["code"], one["capacity"]) for one in answer["items"]]


def test_the_inventory_answers_for_ever_as_it_was_frozen(story: Story) -> None:
    before = story.sees("/inventory")
    assert pairs(before) == EVERYTHING
    assert (before["cut_off"], before["position"]) == ("2018-12-01", story.frozen["position"] - 1)
    story.commits("FORGOTTEN", story.town, occurred_on="2018-06-01")
    story.person.does("/commitments/SCHOOL/start", occurred_on="2018-11-01")
    [began] = [e for e in story.person.sees("/commitments/ROAD/history")["items"] if e["version"] == 1]
    story.person.voids("/commitments/ROAD", began["position"])
    assert story.sees("/inventory") == before
    inherited = story.person.sees(f"/administrations/{story.new}/inheritance")
    assert pairs(inherited) == [("SCHOOL", "responsible"), ("FORGOTTEN", "responsible")]


def test_the_inventory_is_what_the_inheritance_gives_at_its_position_and_cut_off(story: Story) -> None:
    inventory = story.sees("/inventory")
    moment = {"at_position": inventory["position"], "valid_at": inventory["cut_off"]}
    assert story.person.sees(f"/administrations/{story.new}/inheritance", **moment)["items"] == inventory["items"]


def test_anybody_can_compute_the_digest_from_the_pages_of_the_inventory(story: Story) -> None:
    first = story.sees("/inventory", limit=2)
    items = [*first["items"], *story.sees("/inventory", limit=2, cursor=first["next"])["items"]]
    lines = (f"{i['kind']} {i['id']} {i['capacity']} {i['state']} {i['version']}\n" for i in items)
    assert hashlib.sha256("".join(lines).encode()).hexdigest() == first["digest"]
    assert {count["capacity"]: count["count"] for count in first["counts"]} == {
        "responsible": 1, "counterpart": 1, "follow_up_body": 1,
    }  # fmt: skip


def test_there_is_no_inventory_before_it_is_frozen_and_a_correction_of_its_reason_keeps_it(story: Story) -> None:
    position = story.frozen["position"]
    path = "/transitions/TG-2019/inventory"
    assert story.person.get(path, at_position=position - 1).json()["type"].endswith("no-inventory")
    assert story.refused("freeze-inventory", "2018-12-11", cut_off="2018-12-02") == "inventory-already-frozen"
    before = story.sees("/inventory")
    story.commits("LATER", story.town, occurred_on="2018-06-01")
    story.person.corrects("/transitions/TG-2019", position, {"reason": "by agreement"})
    assert story.sees("/inventory") == before
    story.person.corrects("/transitions/TG-2019", position, {"cut_off": "2018-12-02"})
    assert pairs(story.sees("/inventory")) == [*EVERYTHING, ("LATER", "responsible")]
    assert story.sees("/inventory", at_position=position) == before


def test_items_are_delivered_and_verified_by_another_actor_for_another_institution(story: Story) -> None:
    story.starts()
    items = [item(story.road), item(story.school)]
    assert story.refused("deliver-items", "2018-12-13", items=[item(story.outside)], on_behalf_of=story.town) == (
        "not-in-inventory"
    )
    story.does("deliver-items", "2018-12-13", items=items, on_behalf_of=story.town)
    assert story.refused("verify-items", "2018-12-14", items=items, on_behalf_of=story.team) == "deliverer-verifies"
    path = "/transitions/TG-2019"
    story.verifier.does(f"{path}/verify-items", items=items[:1], occurred_on="2018-12-14")
    story.verifier.does(f"{path}/observe-item", item=items[1], observation="No file", occurred_on="2018-12-14")
    story.does("answer-observation", "2018-12-15", item=items[1], answer="Here", on_behalf_of=story.town)
    assert [one["state"] for one in story.sees()["items"]] == ["verified", "answered"]
    assert [one["state"] for one in story.sees(valid_at="2018-12-13")["items"]] == ["delivered"] * 2


def test_it_is_signed_by_both_sides_complemented_and_closed(story: Story) -> None:
    story.starts()
    story.does("file-report", "2018-12-20", document=ACTA)
    story.does("sign-acta", "2018-12-28", side="outgoing", document=ACTA)
    assert story.sees()["state"] == "reported"
    story.does("sign-acta", "2018-12-28", side="incoming", document=ACTA)
    story.does("file-complement", "2019-01-10", document="1" * 64)
    story.does("close", "2019-01-22", source={"citation": "Portal"})
    states = {
        day: story.sees(valid_at=day)["state"] for day in ("2018-12-19", "2018-12-28", "2019-01-10", "2019-01-22")
    }
    assert list(states.values()) == ["in_transfer", "signed", "complemented", "closed"]
    assert [
        t["code"] for t in story.person.sees("/transitions", state="closed", administration=story.old)["items"]
    ] == ["TG-2019"]


def test_every_inherited_object_is_decided_on_once_and_what_is_left_is_listed(story: Story) -> None:
    assert pairs(story.sees("/undecided")) == EVERYTHING
    about = {"decision": "ratified", "act": ACT, "reason": "continuity of service", "on_behalf_of": story.town}
    assert story.refused("decide-continuity", "2018-12-31", item=item(story.road), **about) == "not-in-office"
    assert story.refused("decide-continuity", "2019-01-20", item=item(story.outside), **about) == "not-inherited"
    story.does("decide-continuity", "2019-01-20", item=item(story.road), **about)
    left = story.sees("/undecided")
    assert (left["decided"], pairs(left), list(left["totals"])) == (1, EVERYTHING[2:], ["responsible"])
    assert story.refused("decide-continuity", "2019-01-21", item=item(story.road), **about) == "already-decided"
    story.does("revise-decision", "2019-02-20", item=item(story.road), **(about | {"decision": "not_continued"}))
    assert [d["decision"] for d in story.sees()["decisions"]] == ["not_continued"]
    assert [d["decision"] for d in story.sees(valid_at="2019-02-19")["decisions"]] == ["ratified"]


def test_a_reelection_makes_it_unnecessary(story: Story) -> None:
    assert story.refused("declare-not-required", "2018-12-01") == "not-reelected"
    story.person.does(f"/administrations/{story.new}/record-reelection", occurred_on="2018-11-20")
    story.does("declare-not-required", "2018-12-01")
    assert story.sees()["state"] == "not_required"


def test_of_two_that_race_to_decide_on_one_object_one_is_refused(installation: Installation, story: Story) -> None:
    people = [Person.arrives(installation) for _ in range(4)]
    body = {
        "item": item(story.school),
        "act": ACT,
        "reason": "r",
        "on_behalf_of": story.town,
        "occurred_on": "2019-02-01",
    }
    path = "/transitions/TG-2019/decide-continuity"
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda p: p.post(path, body | {"decision": "ratified"}), people))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert Check(installation).run().finding is None


def test_an_outgoing_administration_hands_over_once_even_in_a_race(story: Story) -> None:
    body = {"outgoing": story.old, "incoming": story.new, "occurred_on": "2018-07-02"}
    assert story.person.post("/transitions", body).json()["type"].endswith("transition-exists")
    [planned, *_] = story.sees("/history")["items"]
    frozen = story.frozen["position"]
    story.person.voids("/transitions/TG-2019", frozen)
    story.person.voids("/transitions/TG-2019", planned["position"])
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda _: story.person.post("/transitions", body), range(2)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    again = {"position": story.person.sees("/events", limit=1000)["items"][-2]["position"], "reason": "mistaken"}
    assert story.person.post(f"/transitions/{planned['id']}/void", again).json()["type"].endswith("transition-exists")
