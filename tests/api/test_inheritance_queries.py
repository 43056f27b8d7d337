"""What incoming teams ask of an inheritance: since the cut-off, just before leaving, overdue, unverified, decided."""

from typing import Any
from uuid import UUID

import pytest

from roundtable.installation import Installation
from tests.api.plans import ORDINANCE, drafts, in_force
from tests.harness import Person, pen

ACT = {"type": "agreement", "number": "AC-01-2019", "issuer": "Council", "date": "2019-01-15"}
DOCUMENT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class Story:
    """A municipality whose outgoing side froze its inventory on 1 December 2018."""

    def __init__(self, installation: Installation, person: Person) -> None:
        self.person = person
        self.town = person.registers_organization(kind="local_government")
        self.ministry = person.registers_organization()
        self.old = person.registers_administration(self.town, 2015, 2019)
        self.new = person.registers_administration(self.town)
        self.ids = {code: self.commits(code) for code in ("CLOSED", "LONG", "MONEY", "DATE", "DONE", "LATER", "SAME")}
        self.verifier = Person.arrives(installation, organization=UUID(self.ministry))
        self.does("CLOSED", "declare-unfulfilled", "2018-12-20", reason="No money")
        self.does("LONG", "declare-unfulfilled", "2018-08-15", reason="No money")
        self.does("MONEY", "amend-amount", "2018-12-31", amount=pen(70), reason="Addendum")
        act = {"type": "resolution", "number": "R-9", "issuer": "Mayor", "date": "2018-12-02"}
        self.does("DATE", "extend-deadline", "2018-12-03", deadline="2019-06-30", reason="Rain", act=act)
        self.verified("DONE")
        body = {"outgoing": self.old, "incoming": self.new, "code": "TG-2019"}
        person.does("/transitions", **body, occurred_on="2018-07-01")

    def commits(self, code: str) -> str:
        about = {
            "code": code,
            "amount": pen(50),
            "deadline": "2018-12-10" if code in {"DATE", "SAME"} else "2019-03-31",
        }
        return str(self.person.registers_commitment(self.town, **about)["id"])

    def does(self, code: str, command: str, on: str, **body: Any) -> dict[str, Any]:
        return self.person.does(f"/commitments/{code}/{command}", occurred_on=on, **body)

    def verified(self, code: str) -> None:
        self.does(code, "start", "2018-08-01")
        self.does(code, "report-fulfilment", "2018-09-01", evidence=[{"document": DOCUMENT}], on_behalf_of=self.town)
        self.verifier.does(f"/commitments/{code}/verify-fulfilment", occurred_on="2018-10-01", outcome="partial")
        self.does(code, "reactivate", "2018-10-15", reason="A wall fell")

    def freezes(self, cut_off: str = "2018-12-01") -> None:
        self.person.does("/transitions/TG-2019/freeze-inventory", occurred_on="2018-12-31", cut_off=cut_off)

    def decides(self, code: str, decision: str) -> None:
        item = {"kind": "commitment", "id": self.ids[code]}
        about = {"item": item, "decision": decision, "act": ACT, "reason": "Council", "on_behalf_of": self.town}
        self.person.does("/transitions/TG-2019/decide-continuity", occurred_on="2019-01-20", **about)

    def sees(self, **query: Any) -> Any:
        return self.person.sees(f"/administrations/{self.new}/inheritance", **({"valid_at": "2019-02-01"} | query))

    def codes(self, **query: Any) -> list[str]:
        answer = self.sees(**query)
        assert sum(total["count"] for total in answer["totals"].values()) == len(answer["items"])
        return [item["code"] for item in answer["items"]]


@pytest.fixture
def story(installation: Installation, secretary: Person) -> Story:
    return Story(installation, secretary)


ALL = ["CLOSED", "LONG", "MONEY", "DATE", "DONE", "LATER", "SAME"]


def test_every_item_tells_from_which_administration_it_is_inherited_stated_or_by_the_calendar(story: Story) -> None:
    answer = story.sees()
    assert {item["inherited_from"] for item in answer["items"]} == {story.old, answer["inherited_from"]}
    assert (answer["transition"] is not None, answer["cut_off"]) == (True, None)
    first = story.person.sees(f"/administrations/{story.old}/inheritance", valid_at="2018-12-31")
    assert (first["inherited_from"], first["items"]) == (None, [])


def test_what_changed_since_the_cut_off_is_compared_with_the_frozen_inventory(story: Story) -> None:
    assert story.codes(changed_since_cut_off=True) == []
    story.freezes()
    answer = story.sees()
    assert answer["cut_off"] == "2018-12-01"
    assert story.codes(changed_since_cut_off=True) == ["CLOSED", "MONEY", "DATE"]
    assert story.codes(changed_since_cut_off=False) == ["LONG", "DONE", "LATER", "SAME"]
    assert [i["code"] for i in answer["items"] if i["changed_since_cut_off"]] == ["CLOSED", "MONEY", "DATE"]
    assert story.codes(changed=True) == []


def test_what_was_recorded_late_changed_since_the_inventory_was_frozen(story: Story) -> None:
    story.freezes()
    story.does("LATER", "report-progress", "2018-11-01", percent=10)
    story.commits("FORGOTTEN")
    assert story.codes(changed_since_cut_off=True) == ["CLOSED", "MONEY", "DATE", "LATER", "FORGOTTEN"]


@pytest.mark.parametrize(
    ("days", "expected"), [(11, []), (12, ["CLOSED"]), (30, ["CLOSED"]), (139, ["CLOSED", "LONG"]), (138, ["CLOSED"])]
)
def test_closed_before_counts_the_days_up_to_the_eve(story: Story, days: int, expected: list[str]) -> None:
    assert story.codes(closed_before=days) == expected


def test_closed_before_counts_from_the_cut_off_where_an_inventory_was_frozen(story: Story) -> None:
    story.freezes()
    assert story.codes(closed_before=1) == ["CLOSED"]
    assert story.codes(closed_before=109) == ["CLOSED", "LONG"]
    assert story.codes(closed_before=108) == ["CLOSED"]


def test_what_was_reopened_before_the_eve_is_not_closed_and_what_was_closed_again_is(story: Story) -> None:
    story.does("CLOSED", "reactivate", "2018-12-22", reason="Money came")
    assert story.codes(closed_before=30) == []
    story.does("CLOSED", "declare-unfulfilled", "2018-12-22", reason="It went")
    assert story.codes(closed_before=9) == []
    assert story.codes(closed_before=10) == ["CLOSED"]


@pytest.mark.parametrize(
    ("days", "expected"), [(1, ["MONEY"]), (28, ["MONEY"]), (29, ["MONEY", "DATE"]), (3000, ["MONEY", "DATE"])]
)
def test_amended_just_before_leaving_is_another_amount_or_deadline(
    story: Story, days: int, expected: list[str]
) -> None:
    assert story.codes(amended_before=days) == expected


def test_a_first_deadline_and_what_came_after_the_eve_are_no_amendments(story: Story) -> None:
    story.person.registers_commitment(story.town, code="OPEN")
    story.does("OPEN", "set-deadline", "2018-12-30", deadline="2019-12-31")
    story.does("SAME", "amend-amount", "2019-01-01", amount=pen(1), reason="Addendum")
    assert story.codes(amended_before=30) == ["MONEY", "DATE"]


def test_an_amended_headline_and_a_voided_amendment_count_as_they_stand(story: Story) -> None:
    headline = {"amount": pen(500), "projects": 3}
    story.person.registers_commitment(story.town, code="WHOLE", headline=headline)
    amended = story.does(
        "WHOLE", "amend-headline", "2018-12-24", headline={"amount": pen(500), "projects": 4}, reason="Recount"
    )
    assert story.codes(amended_before=30) == ["MONEY", "DATE", "WHOLE"]
    story.person.voids("/commitments/WHOLE", amended["position"])
    assert story.codes(amended_before=30) == ["MONEY", "DATE"]
    assert story.codes(amended_before=30, at_position=amended["position"]) == ["MONEY", "DATE", "WHOLE"]


def test_never_verified_looks_at_the_whole_past_of_an_object(story: Story) -> None:
    assert story.codes(never_verified=False) == ["DONE"]
    assert story.codes(never_verified=True) == [code for code in ALL if code != "DONE"]


def test_overdue_at_handover_stands_beside_overdue_today(story: Story) -> None:
    total = story.sees()["totals"]["responsible"]
    assert (total["overdue"], total["overdue_now"]) == (1, 1)
    later = story.sees(valid_at="2019-07-01")["totals"]["responsible"]
    assert (later["overdue"], later["overdue_now"]) == (1, 5)
    assert later["by_kind"]["commitment"]["overdue_now"] == 5
    assert story.codes(overdue_at_start=True, valid_at="2019-07-01") == ["SAME"]
    assert story.codes(overdue=True, valid_at="2019-07-01") == ["MONEY", "DATE", "DONE", "LATER", "SAME"]
    assert story.codes(overdue=True, overdue_at_start=False) == []


def test_items_are_found_by_what_was_decided_of_them_at_that_moment(story: Story) -> None:
    for code, decision in {"MONEY": "ratified", "DATE": "under_review", "DONE": "not_continued"}.items():
        story.decides(code, decision)
    assert story.codes(decision="ratified") == ["MONEY"]
    assert story.codes(decision="adopted_with_changes") == []
    assert story.codes(decision=["under_review", "not_continued"]) == ["DATE", "DONE"]
    assert story.codes(decision="undecided") == ["CLOSED", "LONG", "LATER", "SAME"]
    assert story.codes(decision=["undecided", "ratified"]) == ["CLOSED", "LONG", "MONEY", "LATER", "SAME"]
    assert story.codes(decision="undecided", valid_at="2019-01-19") == ALL
    path = f"/administrations/{story.new}/inheritance"
    assert story.person.get(path, decision="forgotten").status_code == 422
    assert story.person.get(path, closed_before=0).status_code == 422


def test_questions_are_a_table_too_and_hold_for_every_page(story: Story) -> None:
    story.decides("MONEY", "ratified")
    path = f"/administrations/{story.new}/inheritance"
    query = {"never_verified": True, "amended_before": 30, "valid_at": "2019-02-01"}
    lines = story.person.get(path, format="csv", **query).text.splitlines()
    assert lines[0].endswith("changed_since_cut_off,inherited_from,decision")
    assert [line.split(",")[3] for line in lines[1:]] == ["MONEY", "DATE"]
    assert "ratified" in lines[1]
    first = story.sees(limit=1, **query)
    rest = story.sees(limit=1, cursor=first["next"], **query)
    assert [page["items"][0]["code"] for page in (first, rest)] == ["MONEY", "DATE"]
    assert first["totals"] == rest["totals"]
    assert story.person.get(path, limit=1, cursor=first["next"], **(query | {"amended_before": 31})).status_code == 422


def test_totals_follow_what_is_recorded_between_two_questions(story: Story) -> None:
    assert story.sees()["totals"]["responsible"]["count"] == len(ALL)
    story.commits("FORGOTTEN")
    assert story.sees()["totals"]["responsible"]["count"] == len(ALL) + 1


def test_projects_and_plans_say_what_closed_and_amended_means_for_them(story: Story) -> None:
    person = story.person
    act = {"type": "resolution", "number": "R-1", "issuer": "Mayor", "date": "2018-12-15"}
    for code in ("BRIDGE", "PARK"):
        body = {"title": code, "code": code, "responsible": story.town, "cost": pen(10)}
        person.does("/projects", **body, occurred_on="2018-05-01")
    person.does("/projects/BRIDGE/modify-value", occurred_on="2018-12-15", cost=pen(12), act=act, reason="Steel")
    person.does("/projects/PARK/dismiss", occurred_on="2018-12-16", reason="No land")
    plan = in_force(person, story.town, code="PDC")
    drafts(person, story.town, "OE.1", code="DRAFT")
    person.does(f"/plans/{plan}/repeal", occurred_on="2018-12-31", act=ORDINANCE)
    assert story.codes(kind="project", amended_before=30) == ["BRIDGE"]
    assert story.codes(kind="project", closed_before=30) == ["PARK"]
    assert story.codes(kind="project", never_verified=True) == ["BRIDGE", "PARK"]
    assert set(story.codes(kind="plan", closed_before=30)) == {"PDC"}
    assert "DRAFT" in story.codes(kind="plan", never_verified=True)
    assert story.codes(kind="plan", amended_before=30) == []


def gone(story: Story, **query: Any) -> dict[str, tuple[Any, ...]]:
    """Return what is gone by code: why, by which fact, for which reason."""
    answer = story.sees(changed_since_cut_off=True, **query)
    listed = story.person.sees(f"/administrations/{story.new}/gone", **({"valid_at": "2019-02-01"} | query))["items"]
    assert (answer["gone"], answer["gone_count"]) == (listed, len(listed))
    return {one["code"]: (one["why"], one["by"]["topic"], one["by"]["reason"]) for one in listed}


def assign(story: Story, code: str, on: str, **about: Any) -> dict[str, Any]:
    body = {"responsibles": [{"organization": story.ministry}], "reason": "The ministry takes over"}
    return story.does(code, "assign-responsibles", on, **(body | about))


def test_what_was_frozen_and_is_not_inherited_any_more_is_listed_with_the_fact_that_took_it_out(story: Story) -> None:
    story.freezes()
    assert gone(story) == {}
    began = story.person.sees("/commitments/LONG/history")["items"][0]["position"]
    passed = assign(story, "SAME", "2018-12-28")
    later = assign(story, "LATER", "2019-01-10")
    story.person.corrects(f"/commitments/{story.ids['DATE']}", position_of(story, "DATE"), {"title": "Renamed"})
    story.person.voids("/commitments/LONG", position_of(story, "LONG", 1))
    assert gone(story) == {"SAME": ("no_longer_held", "commitment.responsibles-assigned", "The ministry takes over")}
    voided = story.person.voids("/commitments/LONG", began, reason="Never agreed")
    found = gone(story)
    assert found["LONG"] == ("voided", "fact.voided", "Never agreed")
    assert sorted(found) == ["LONG", "SAME"]
    assert "SAME" not in story.codes(), "what the institution left before the eve is not inherited"
    assert "LATER" in story.codes(changed_since_cut_off=True), "what passed to others after the eve was inherited"
    assert list(gone(story, at_position=voided["position"] - 1)) == ["SAME"]
    assert gone(story, at_position=passed["position"] - 1) == {}
    assert later["position"] < voided["position"]


def position_of(story: Story, code: str, number: int = 0) -> int:
    return int(story.person.sees(f"/commitments/{story.ids[code]}/history")["items"][number]["position"])


def test_a_fact_that_was_known_at_the_freezing_for_a_day_after_the_cut_off_takes_out_too(story: Story) -> None:
    assign(story, "SAME", "2018-12-28")
    story.freezes()
    assert gone(story)["SAME"][0] == "no_longer_held"
    answer = story.person.sees(f"/administrations/{story.new}/gone", valid_at="2019-02-01")["items"]
    assert [(one["state_at_cut_off"], one["by"]["occurred_on"]) for one in answer] == [("agreed", "2018-12-28")]


def test_a_registration_that_is_corrected_to_a_day_after_the_eve_is_gone_as_begun_later(story: Story) -> None:
    story.freezes()
    story.person.corrects(
        "/commitments/LATER", position_of(story, "LATER"), {"occurred_on": "2019-01-05"}, reason="Year"
    )
    assert gone(story) == {"LATER": ("begun_later", "fact.corrected", "Year")}


def test_what_is_gone_has_pages_filters_and_a_file(story: Story) -> None:
    story.freezes()
    for code in ("LATER", "SAME", "MONEY"):
        assign(story, code, "2018-12-31")
    path, query = f"/administrations/{story.new}/gone", {"valid_at": "2019-02-01"}
    whole = story.person.sees(path, **query)["items"]
    first = story.person.sees(path, limit=2, **query)
    rest = story.person.sees(path, limit=2, cursor=first["next"], **query)
    assert [*first["items"], *rest["items"]] == whole
    assert [one["code"] for one in whole] == ["MONEY", "LATER", "SAME"]
    assert rest["next"] is None
    assert story.person.sees(path, kind="project", **query)["items"] == []
    assert story.person.sees(path, capacity="counterpart", **query)["items"] == []
    lines = story.person.get(path, format="csv", **query).text.splitlines()
    assert [line.split(",")[3] for line in lines] == ["code", "MONEY", "LATER", "SAME"]
    assert len(story.sees(changed_since_cut_off=True, limit=2)["gone"]) == 2
    other = story.person.get(path, limit=2, cursor=first["next"], kind="commitment", **query)
    assert other.status_code == 422
