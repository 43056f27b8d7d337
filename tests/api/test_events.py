"""The log is searched by who recorded, for which institution, about what and when; pages end where the log ends."""

import csv
import io
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest

from domain.aggregate import KINDS
from roundtable.installation import Installation
from tests.harness import Person


class Told(NamedTuple):
    """A small log: a ministry records for itself and for a municipality, the municipality for itself."""

    secretary: Person
    ministry: Person
    municipality: Person
    ids: dict[str, str]

    def events(self, **wanted: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.secretary.sees("/events", **wanted)["items"]
        return items

    def positions(self, **wanted: Any) -> list[int]:
        return [event["position"] for event in self.events(**wanted)]


@pytest.fixture
def told(installation: Installation) -> Told:
    secretary = Person.arrives(installation)
    ids = {name: secretary.registers_organization(name=name) for name in ("ministry", "municipality")}
    ministry, municipality = (Person.arrives(installation, organization=UUID(ids[n])) for n in ids)
    made = ministry.registers_commitment(ids["ministry"], on_behalf_of=ids["municipality"])
    ids["commitment"] = made["id"]
    path = f"/commitments/{made['id']}"
    ministry.does(f"{path}/start", occurred_on="2019-02-01")
    municipality.does(f"{path}/report-progress", percent=10, occurred_on="2019-04-01")
    municipality.voids(path, 5)
    return Told(secretary, ministry, municipality, ids)


def actors(events: Iterable[dict[str, Any]]) -> set[str]:
    return {event["actor"] for event in events}


def test_events_are_found_by_actor(told: Told) -> None:
    [first, *_] = told.events()
    assert told.positions(actor=first["actor"]) == [1, 2]
    assert told.positions(actor=uuid4()) == []


def test_an_institution_is_the_actors_own_or_the_one_spoken_for_and_each_can_be_named(told: Told) -> None:
    ministry, municipality = told.ids["ministry"], told.ids["municipality"]
    assert told.positions(actor_organization=ministry) == [3, 4]
    assert told.positions(actor_organization=municipality) == [5, 6]
    assert told.positions(on_behalf_of=municipality) == [3]
    assert told.positions(on_behalf_of=ministry) == []
    assert told.positions(institution=municipality) == [3, 5, 6]
    assert told.positions(institution=ministry) == [3, 4]


def test_an_institution_that_speaks_for_itself_is_found_once(told: Told) -> None:
    municipality = told.ids["municipality"]
    told.municipality.does(
        f"/commitments/{told.ids['commitment']}/report-progress",
        percent=20,
        occurred_on="2019-05-01",
        on_behalf_of=municipality,
    )
    assert told.positions(institution=municipality) == [3, 5, 6, 7]


def test_events_are_found_by_kind_object_topic_and_request(told: Told) -> None:
    assert told.positions(aggregate="organization") == [1, 2]
    assert told.positions(id=told.ids["commitment"]) == [3, 4, 5, 6]
    assert told.positions(topic="fact.voided") == [6]
    assert told.positions(topic=["commitment.started", "organization.registered"]) == [1, 2, 4]
    started = told.events(topic="commitment.started")[0]
    assert told.positions(correlation=started["correlation"]) == [4]
    assert told.positions(topic="commitment.started", aggregate="organization") == []


def test_a_period_of_happening_has_both_its_days(told: Told) -> None:
    assert told.positions(occurred_from="2019-02-01", occurred_until="2019-04-01") == [4, 5]
    assert told.positions(occurred_until="1990-01-01") == [1, 2]
    assert told.positions(occurred_from="2019-04-01", valid_at="2019-04-01") == [5]
    assert told.positions(occurred_until="2019-04-01", valid_at="2019-03-31") == [1, 2, 3, 4]


def test_a_period_of_recording_has_both_its_instants(told: Told) -> None:
    instants = [event["recorded_at"] for event in told.events()]
    assert told.positions(recorded_from=instants[2], recorded_until=instants[4]) == [3, 4, 5]
    assert told.positions(recorded_until=instants[0]) == [1]
    assert told.positions(recorded_from="2100-01-01T00:00:00Z") == []
    assert told.positions(recorded_until="2000-01-01T00:00:00Z") == []
    assert told.positions(recorded_from="0001-01-01T00:00:00Z") == [1, 2, 3, 4, 5, 6]


def test_a_search_answers_as_it_was_known(told: Told) -> None:
    assert told.positions(institution=told.ids["municipality"], at_position=5) == [3, 5]
    assert told.positions(id=told.ids["commitment"], at_position=3) == [3]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_of_a_search_hold_every_event_once_and_the_last_says_so(told: Told, limit: int) -> None:
    seen: list[int] = []
    after: str | None = "0"
    while after is not None:
        page = told.secretary.sees("/events", institution=told.ids["municipality"], limit=limit, after=after)
        assert 1 <= len(page["items"]) <= limit
        seen += [event["position"] for event in page["items"]]
        after = page["next"]
    assert seen == [3, 5, 6]


def test_a_search_is_exported_whole(told: Told) -> None:
    said = told.secretary.get("/events", institution=told.ids["municipality"], format="csv", after=3, limit=1)
    lines = list(csv.DictReader(io.StringIO(said.text)))
    assert [line["position"] for line in lines] == ["5", "6"]
    assert {line["actor_organization"] for line in lines} == {told.ids["municipality"]}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"topic": "commitment.dreamt"}, "topic-unknown"),
        ({"aggregate": "planet"}, "kind-unknown"),
        ({"actor": "me"}, "invalid-request"),
        ({"occurred_from": "2019"}, "invalid-request"),
        ({"recorded_from": "2019-01-01"}, "invalid-request"),
    ],
)
def test_what_cannot_be_searched_for_is_refused_and_not_answered_with_nothing(
    told: Told, query: dict[str, Any], name: str
) -> None:
    problem = told.secretary.get("/events", **query).json()
    assert (problem["status"], problem["type"]) == (422, f"urn:roundtable:problem:{name}")


def test_every_kind_of_object_can_be_searched_for(told: Told) -> None:
    for kind in KINDS:
        assert told.secretary.get("/events", aggregate=kind).status_code == 200
