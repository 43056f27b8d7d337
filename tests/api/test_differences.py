"""What two moments say differently of any object and any list: what came, went, matched, changed, and why."""

import csv
import io
from typing import Any

import pytest

from api.app import ROUTERS
from api.differences import collections
from tests.harness import Person, pen


@pytest.fixture
def story(secretary: Person) -> dict[str, Any]:
    """Positions: 1 ministry, 2 road, 3 school, 4 road started, 5 road amended, 6 amendment corrected, 7 late report."""
    ministry = secretary.registers_organization()
    road = secretary.registers_commitment(
        ministry, code="DEMO-ROAD", amount=pen("40.00"), sector="transport", deadline="2020-01-01"
    )
    school = secretary.registers_commitment(ministry, code="DEMO-SCHOOL", sector="education")
    path = f"/commitments/{road['id']}"
    secretary.does(f"{path}/start", occurred_on="2019-02-01")
    secretary.does(f"{path}/amend-amount", amount=pen("60.00"), reason="addendum", occurred_on="2019-06-03")
    secretary.corrects(path, 5, {"amount": pen("65.00")})
    secretary.does(f"{path}/report-progress", percent=30, occurred_on="2019-04-01")
    return {"ministry": ministry, "road": road["id"], "school": school["id"]}


def compared(person: Person, path: str, **between: Any) -> Any:
    return person.sees(f"{path}/difference", **between)


def changed(item: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {change["field"]: (change["before"], change["after"]) for change in item["changes"]}


def causes(item: dict[str, Any]) -> list[int]:
    return [event["position"] for event in item["events"]]


def by_code(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {item["code"]: item for item in found["items"]}


def test_between_two_positions_an_object_shows_changed_fields_with_both_values_and_the_events(
    secretary: Person, story: dict[str, Any]
) -> None:
    found = compared(secretary, "/commitments/DEMO-ROAD", from_position=4, to_position=6)
    assert changed(found)["amount"] == (pen("40.00"), pen("65.00"))
    assert "state" not in changed(found)
    assert causes(found) == [5, 6]
    assert [event["topic"] for event in found["events"]] == ["commitment.amount-amended", "fact.corrected"]
    assert found["exists"] == {"before": True, "after": True}
    assert (found["from"]["position"], found["to"]["position"]) == (4, 6)


def test_between_two_days_the_facts_of_the_days_between_count_as_they_are_read_now(
    secretary: Person, story: dict[str, Any]
) -> None:
    found = compared(secretary, f"/commitments/{story['road']}", from_valid_at="2019-02-01", to_valid_at="2019-12-31")
    assert changed(found)["amount"] == (pen("40.00"), pen("65.00"))
    assert causes(found) == [5, 7]


def test_both_times_are_compared_at_once(secretary: Person, story: dict[str, Any]) -> None:
    between = {"from_position": 6, "from_valid_at": "2019-03-01", "to_position": 7, "to_valid_at": "2019-05-01"}
    found = compared(secretary, "/commitments/DEMO-ROAD", **between)
    assert causes(found) == [7]
    assert "amount" not in changed(found)


def test_instants_are_positions(secretary: Person, story: dict[str, Any]) -> None:
    instants = [event["recorded_at"] for event in secretary.sees("/events")["items"]]
    found = compared(secretary, "/commitments/DEMO-ROAD", from_as_of=instants[3], to_as_of=instants[4])
    assert causes(found) == [5]
    assert (found["from"]["position"], found["to"]["position"]) == (4, 5)


def test_without_an_end_it_is_the_difference_to_now(secretary: Person, story: dict[str, Any]) -> None:
    assert causes(compared(secretary, "/commitments/DEMO-ROAD", from_position=4)) == [5, 6, 7]


def test_backwards_the_values_change_places(secretary: Person, story: dict[str, Any]) -> None:
    found = compared(secretary, "/commitments/DEMO-ROAD", from_position=6, to_position=4)
    assert changed(found)["amount"] == (pen("65.00"), pen("40.00"))
    assert causes(found) == [5, 6]


def test_the_calendar_alone_changes_an_object_without_events(secretary: Person, story: dict[str, Any]) -> None:
    found = compared(secretary, "/commitments/DEMO-ROAD", from_valid_at="2019-12-31", to_valid_at="2020-01-11")
    assert changed(found) == {"overdue": (False, True), "days_overdue": (0, 10)}
    assert found["events"] == []


def test_an_object_that_came_and_one_that_was_voided_exist_at_one_moment_only(
    secretary: Person, story: dict[str, Any]
) -> None:
    secretary.voids(f"/commitments/{story['school']}", 3)
    whole = by_code(compared(secretary, "/commitments", from_position=1))
    assert whole.keys() == {"DEMO-ROAD"}
    assert whole["DEMO-ROAD"]["exists"] == {"before": False, "after": True}
    assert changed(whole["DEMO-ROAD"])["sector"] == (None, "transport")
    gone = by_code(compared(secretary, "/commitments", from_position=7))
    assert gone.keys() == {"DEMO-SCHOOL"}
    assert gone["DEMO-SCHOOL"]["exists"] == {"before": True, "after": False}
    assert causes(gone["DEMO-SCHOOL"]) == [8]
    never = compared(secretary, f"/commitments/{story['school']}", from_position=1)
    assert (never["exists"], never["changes"]) == ({"before": False, "after": False}, [])


def test_a_list_shows_only_what_was_changed_and_by_which_events(secretary: Person, story: dict[str, Any]) -> None:
    found = by_code(compared(secretary, "/commitments", from_position=3, to_position=4))
    assert found.keys() == {"DEMO-ROAD"}
    assert changed(found["DEMO-ROAD"])["state"] == ("agreed", "in_progress")
    assert compared(secretary, "/commitments", from_position=4, to_position=4)["items"] == []
    assert compared(secretary, "/organizations", from_position=1)["items"] == []


def test_a_filter_tells_what_entered_and_left_the_list(secretary: Person, story: dict[str, Any]) -> None:
    found = by_code(compared(secretary, "/commitments", state="in_progress", from_position=3, to_position=4))
    assert found["DEMO-ROAD"]["matches_filter"] == {"before": False, "after": True}
    assert found["DEMO-ROAD"]["exists"] == {"before": True, "after": True}
    found = by_code(compared(secretary, "/commitments", state="agreed", from_position=2))
    assert found["DEMO-ROAD"]["matches_filter"] == {"before": True, "after": False}
    assert found["DEMO-SCHOOL"]["matches_filter"] == {"before": False, "after": True}
    assert compared(secretary, "/commitments", sector="education", from_position=3)["items"] == []


def test_what_the_calendar_alone_brings_into_a_list_is_there_without_events(
    secretary: Person, story: dict[str, Any]
) -> None:
    days = {"from_valid_at": "2019-12-31", "to_valid_at": "2020-01-02"}
    [found] = compared(secretary, "/commitments", overdue=True, **days)["items"]
    assert (found["code"], found["events"]) == ("DEMO-ROAD", [])
    assert found["matches_filter"] == {"before": False, "after": True}
    assert compared(secretary, "/commitments", **days)["items"] == []


def test_what_another_object_brings_into_a_list_is_there_without_events_of_its_own(secretary: Person) -> None:
    ministry = secretary.registers_organization()
    table = secretary.does(
        "/roundtables", name="Mesa", type="technical_table", level="provincial", occurred_on="2018-01-01"
    )["id"]
    whole = secretary.registers_commitment(ministry, headline={"amount": pen(9), "projects": 1}, code="DEMO-ALL")
    secretary.registers_commitment(ministry, part_of=whole["id"], code="DEMO-ITEM")
    at = secretary.corrects("/commitments/DEMO-ALL", whole["position"], {"origin": {"roundtable": table}})["position"]
    found = by_code(compared(secretary, "/commitments", roundtable=table, from_position=at - 1))
    assert found.keys() == {"DEMO-ALL", "DEMO-ITEM"}
    assert found["DEMO-ITEM"]["events"] == []
    assert {item["matches_filter"]["after"] for item in found.values()} == {True}


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_of_a_difference_hold_every_object_once_at_the_moments_they_began_at(
    secretary: Person, story: dict[str, Any], limit: int
) -> None:
    for n in range(4):
        secretary.registers_commitment(story["ministry"], code=f"DEMO-{n}")
    cursor: dict[str, str] = {}
    seen: list[str] = []
    while True:
        page = compared(secretary, "/commitments", from_position=1, limit=limit, **cursor)
        assert page["to"]["position"] == 11
        seen += [item["code"] for item in page["items"]]
        secretary.registers_commitment(story["ministry"])
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == ["DEMO-ROAD", "DEMO-SCHOOL", "DEMO-0", "DEMO-1", "DEMO-2", "DEMO-3"]


def test_a_cursor_of_another_difference_is_refused(secretary: Person, story: dict[str, Any]) -> None:
    cursor = compared(secretary, "/commitments", from_position=1, limit=1)["next"]
    for path, query in (("/commitments", {"from_position": 2}), ("/organizations", {"from_position": 0})):
        answer = secretary.get(f"{path}/difference", cursor=cursor, **query)
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:roundtable:problem:cursor-invalid")


def test_a_difference_is_a_file_with_a_line_for_each_changed_field(secretary: Person, story: dict[str, Any]) -> None:
    answer = secretary.get("/commitments/difference", from_position=4, to_position=6, format="csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="difference-commitments.csv"'
    lines = {line["field"]: line for line in csv.DictReader(io.StringIO(answer.text))}
    assert lines["amount"]["before"] == '{"amount":"40.00","currency":"PEN"}'
    assert lines["amount"]["after"] == '{"amount":"65.00","currency":"PEN"}'
    assert {line["positions"] for line in lines.values()} == {"[5,6]"}
    one = secretary.get("/commitments/DEMO-ROAD/difference", from_position=4, to_position=6, format="csv")
    assert one.text == answer.text


def test_texts_about_people_differ_for_all_but_are_shown_to_those_who_may_see_them(secretary: Person) -> None:
    made = secretary.registers_organization(contact="Ana Quispe")
    secretary.corrects(f"/organizations/{made}", 1, {"contact": "Luz Mamani"})
    path = f"/v1/organizations/{made}/difference"
    known = secretary.client.get(path, params={"from_position": 1}, headers=secretary.headers()).text
    assert "Ana Quispe" in known
    assert "Luz Mamani" in known
    public = secretary.client.get(path, params={"from_position": 1}).json()
    [contact] = [change for change in public["changes"] if change["field"] == "contact"]
    assert contact["before"]["digest"] != contact["after"]["digest"]
    assert contact["before"]["value"] is contact["after"]["value"] is None


@pytest.mark.parametrize(
    ("path", "query", "status", "name"),
    [
        ("/commitments", {}, 422, "nothing-to-compare"),
        ("/commitments/DEMO-ROAD", {"to_position": 3}, 422, "nothing-to-compare"),
        ("/commitments", {"from_position": 99}, 422, "position-ahead"),
        ("/commitments", {"from_position": 1, "to_position": 99}, 422, "position-ahead"),
        ("/commitments", {"from_position": 1, "from_as_of": "2020-01-01T00:00:00Z"}, 422, "two-moments"),
        ("/commitments", {"from_position": [1, 2]}, 422, "parameter-repeated"),
        ("/commitments", {"from_position": 1, "capacity": "responsible"}, 422, "capacity-of-nobody"),
        ("/commitments", {"from_position": 1, "at_position": 1}, 422, "invalid-request"),
        ("/commitments/NO-1", {"from_position": 1}, 404, "object-not-found"),
        ("/organizations/DEMO-ROAD", {"from_position": 1}, 404, "object-not-found"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    secretary: Person, story: dict[str, Any], path: str, query: dict[str, Any], status: int, name: str
) -> None:
    answer = secretary.get(f"{path}/difference", **query)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:roundtable:problem:{name}")


def test_a_refusal_names_the_parameter_as_it_was_sent(secretary: Person, story: dict[str, Any]) -> None:
    said = secretary.get("/commitments/difference", from_position=1, to_position=99).json()["values"]
    assert (said["field"], said["head"]) == ("to_position", 7)
    said = secretary.get("/commitments/difference", from_position=1, from_as_of="2020-01-01T00:00:00Z").json()
    assert said["detail"].startswith("from_as_of and from_position both")


@pytest.mark.parametrize("name", [of.name for of in collections(ROUTERS)])
def test_every_collection_and_every_object_of_it_has_its_differences(secretary: Person, name: str) -> None:
    secretary.registers_organization()
    assert compared(secretary, f"/{name}", from_position=0)["next"] is None
    paths = secretary.client.get("/openapi.json").json()["paths"]
    listed = {p["name"] for p in paths[f"/v1/{name}"]["get"]["parameters"]}
    asked = {p["name"] for p in paths[f"/v1/{name}/difference"]["get"]["parameters"]}
    assert listed - asked == {"as_of", "at_position", "valid_at", "sort"}
    assert f"/v1/{name}/{{id}}/difference" in paths
