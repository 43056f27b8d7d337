"""Every read answers as it was and as it was known, in any time zone, and says from which position."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from roundtable.installation import Installation
from roundtable.store import log
from tests.harness import Person, pen

ZONES = (timedelta(hours=-5), timedelta(0), timedelta(hours=14), timedelta(hours=5, minutes=45))


def recorded_at(person: Person, position: int) -> datetime:
    [event] = person.sees("/events", after=position - 1, limit=1)["items"]
    return datetime.fromisoformat(event["recorded_at"])


def in_zones(instant: datetime) -> list[str]:
    return [instant.astimezone(timezone(zone)).isoformat() for zone in ZONES]


@pytest.fixture
def story(secretary: Person) -> dict[str, Any]:
    """An announcement of 2018 with one item, amended in 2019 and recorded late."""
    ministry = secretary.registers_organization()
    headline = {"amount": pen("100.00"), "projects": 2}
    whole = secretary.registers_commitment(ministry, headline=headline)
    item = secretary.registers_commitment(ministry, part_of=whole["id"], amount=pen("40.00"), code="IT-1")
    amended = secretary.does(
        "/commitments/IT-1/amend-amount", amount=pen("60.00"), reason="addendum", occurred_on="2019-05-02"
    )
    return {"whole": whole, "item": item, "amended": amended}


def test_object_list_balance_history_and_events_answer_as_known_at_an_instant_in_any_zone(
    secretary: Person, story: dict[str, Any]
) -> None:
    before = recorded_at(secretary, story["amended"]["position"]) - timedelta(microseconds=1)
    for as_of in in_zones(before):
        when = {"as_of": as_of}
        assert secretary.sees("/commitments/IT-1", **when)["amount"] == pen("40.00")
        [_, item] = secretary.sees("/commitments", **when)["items"]
        assert item["amount"] == pen("40.00")
        balance = secretary.sees(f"/commitments/{story['whole']['id']}/balance", **when)
        assert balance["itemised"]["amount"] == pen("40.00")
        assert len(secretary.sees("/commitments/IT-1/history", **when)["items"]) == 1
        assert secretary.sees("/events", **when)["items"][-1]["position"] == story["amended"]["position"] - 1
        assert secretary.get("/commitments/IT-1", **when).headers["roundtable-position"] == str(balance["position"])
    for as_of in in_zones(before + timedelta(microseconds=1)):
        assert secretary.sees("/commitments/IT-1", as_of=as_of)["amount"] == pen("60.00")


def test_object_list_balance_history_and_events_answer_as_true_on_a_day(
    secretary: Person, story: dict[str, Any]
) -> None:
    for valid_at, amount in (("2019-05-01", "40.00"), ("2019-05-02", "60.00")):
        assert secretary.sees("/commitments/IT-1", valid_at=valid_at)["amount"] == pen(amount)
        assert secretary.sees("/commitments", valid_at=valid_at)["items"][1]["amount"] == pen(amount)
        balance = secretary.sees(f"/commitments/{story['whole']['id']}/balance", valid_at=valid_at)
        assert balance["itemised"]["amount"] == pen(amount)
        assert balance["valid_at"] == valid_at
        events = 1 if amount == "40.00" else 2
        assert len(secretary.sees("/commitments/IT-1/history", valid_at=valid_at)["items"]) == events
        assert len(secretary.sees("/events", valid_at=valid_at)["items"]) == events + 2
    assert secretary.sees("/commitments", valid_at="2018-07-24")["items"] == []


def test_an_object_that_had_not_begun_is_told_from_one_that_never_was(secretary: Person, story: dict[str, Any]) -> None:
    for name in (story["item"]["id"], "IT-1"):
        for when in ({"valid_at": "2018-07-24"}, {"at_position": story["item"]["position"] - 1}):
            answer = secretary.get(f"/commitments/{name}", **when)
            assert (answer.status_code, answer.json()["type"]) == (404, "urn:roundtable:problem:not-yet-begun")
    early = secretary.get(f"/commitments/{story['item']['id']}/history", at_position=1)
    assert early.json()["type"] == "urn:roundtable:problem:not-yet-begun"


def test_a_plus_that_an_address_turned_into_a_space_is_still_an_offset(secretary: Person) -> None:
    assert secretary.client.get("/v1/commitments?as_of=2019-01-01T00:00:00+05:00").status_code == 200


@pytest.mark.parametrize(
    "as_of",
    ["2019-01-01", "2019-01-01T00:00:00", "1546300800", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "x"],
)
def test_an_instant_has_an_offset_and_lies_in_the_calendar(secretary: Person, as_of: str) -> None:
    answer = secretary.get("/commitments", as_of=as_of)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["as_of"]


def test_a_moment_that_has_not_come_or_is_two_is_refused(installation: Installation, secretary: Person) -> None:
    with installation.database.reading() as connection:
        head = log.head(connection)
    ahead = secretary.get("/commitments", at_position=head + 1)
    assert (ahead.status_code, ahead.json()["values"]["head"]) == (422, head)
    two = secretary.get("/commitments", at_position=head, as_of="2019-01-01T00:00:00Z")
    assert two.json()["type"] == "urn:roundtable:problem:two-moments"
    assert secretary.get("/commitments", recorded_at="2019-01-01").status_code == 422


def test_an_unchanged_read_is_not_sent_again(secretary: Person, story: dict[str, Any]) -> None:
    for path in ("/commitments/IT-1", "/commitments", f"/commitments/{story['whole']['id']}/balance", "/events"):
        first = secretary.get(path)
        address, tag = f"/v1{path}", first.headers["etag"]
        same = secretary.client.get(address, headers=secretary.headers(If_None_Match=tag))
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
        assert same.headers["roundtable-position"] == first.headers["roundtable-position"]
    tag = secretary.get("/commitments/IT-1").headers["etag"]
    secretary.does("/commitments/IT-1/start")
    changed = secretary.client.get("/v1/commitments/IT-1", headers=secretary.headers(If_None_Match=f'"x", {tag}'))
    assert changed.status_code == 200


def test_head_answers_as_get_without_the_body(secretary: Person, story: dict[str, Any]) -> None:
    get = secretary.get("/commitments/IT-1")
    head = secretary.client.head("/v1/commitments/IT-1", headers=secretary.headers())
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == get.headers
    assert secretary.client.head("/v1/commitments/NO-1").status_code == 404


def test_history_says_who_for_whom_when_it_happened_when_it_was_recorded_and_on_what_ground(
    installation: Installation,
) -> None:
    bootstrap = Person.arrives(installation)
    ministry, town = bootstrap.registers_organization(), bootstrap.registers_organization()
    person = Person.arrives(installation, organization=ministry)  # type: ignore[arg-type]
    made = person.registers_commitment(ministry)
    source = {"citation": "Acta 3", "page": 7}
    person.does(
        f"/commitments/{made['id']}/start", occurred_on="2019-03", on_behalf_of=town, reason="work", source=source
    )
    [registered, started] = person.sees(f"/commitments/{made['id']}/history")["items"]
    assert started["actor"] == registered["actor"]
    assert (started["actor_organization"], started["on_behalf_of"]) == (ministry, town)
    assert (started["occurred_on"], started["precision"]) == ("2019-03-31", "month")
    assert (started["reason"], started["source"]["citation"]) == ("work", "Acta 3")
    assert started["recorded_at"] >= registered["recorded_at"] > "2024"


def test_history_marks_what_was_corrected_and_voided(secretary: Person) -> None:
    made = secretary.registers_commitment(secretary.registers_organization())
    path = f"/commitments/{made['id']}"
    started = secretary.does(f"{path}/start", occurred_on="2019-01-01")
    corrected = secretary.corrects(path, started["position"], {"occurred_on": "2019-01-03"})
    voided = secretary.voids(path, started["position"])
    items = {item["position"]: item for item in secretary.sees(f"{path}/history")["items"]}
    assert items[started["position"]]["voided_at"] == voided["position"]
    then = secretary.sees(f"{path}/history", at_position=corrected["position"])["items"]
    [start] = [item for item in then if item["position"] == started["position"]]
    assert (start["voided_at"], start["corrected_at"]) == (None, [corrected["position"]])
    assert (start["occurred_on"], start["reads_as"]["occurred_on"]) == ("2019-01-01", "2019-01-03")
