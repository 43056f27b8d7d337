"""Administrations over HTTP: their terms by the calendar, their filters, and a race for the same days."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from roundtable.checks import Check
from roundtable.installation import Installation
from tests.harness import Person, Refused

ACT = {"type": "resolution", "number": "0123-2018-JNE", "issuer": "Electoral authority", "date": "2018-11-20"}


@pytest.fixture
def municipality(secretary: Person) -> str:
    return secretary.registers_organization(name="Municipality", kind="local_government")


def test_where_an_administration_stands_follows_the_calendar_alone(secretary: Person, municipality: str) -> None:
    secretary.registers_administration(municipality, code="GM-2019")
    secretary.does("/administrations/GM-2019/proclaim", act=ACT, occurred_on="2018-11-20")
    states = {
        day: secretary.sees("/administrations/GM-2019", valid_at=day)["state"]
        for day in ("2018-10-07", "2018-12-31", "2019-01-01", "2022-12-31", "2023-01-01")
    }
    assert list(states.values()) == ["elected", "elected", "in_office", "in_office", "ended"]
    shown = secretary.sees("/administrations/GM-2019")
    assert (shown["title"], shown["eve"], shown["proclaimed_on"]) == ("Gestión 2019–2022", "2018-12-31", "2018-11-20")
    assert shown["term"] == {"from": "2019-01-01", "until": "2023-01-01"}
    assert secretary.get("/administrations/GM-2019", valid_at="2018-10-06").status_code == 404


def test_a_recall_ends_a_term_early_and_only_from_then_on(secretary: Person, municipality: str) -> None:
    first = secretary.registers_administration(municipality)
    path = f"/administrations/{first}"
    recall = {"until": "2021-06-01", "cause": "recall", "act": ACT, "reason": "recalled by vote"}
    done = secretary.does(f"{path}/shorten-term", occurred_on="2021-05-20", **recall)
    assert secretary.sees(path, valid_at="2021-06-01")["state"] == "ended"
    assert secretary.sees(path, valid_at="2021-05-19")["term"]["until"] == "2023-01-01"
    assert secretary.sees(path, at_position=done["position"] - 1)["term"]["until"] == "2023-01-01"
    rest = {"from": "2021-06-01", "until": "2023-01-01"}
    secretary.registers_administration(municipality, term=rest, predecessor=first, occurred_on="2021-05-25")
    with pytest.raises(Refused) as refusal:
        secretary.voids(path, done["position"])
    assert refusal.value.name == "predecessor-ends-later"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"on": "2018-06-01"}, ["A-2015"]),
        ({"state": "in_office", "valid_at": "2019-06-01"}, ["A-2019", "B-2019"]),
        ({"state": ["elected", "ended"], "valid_at": "2018-12-01"}, ["A-2019", "B-2019"]),
        ({"re_elected": True}, ["A-2019"]),
        ({"q": "gestion 2015"}, ["A-2015"]),
        ({"sort": "-from"}, ["B-2019", "A-2019", "A-2015"]),
    ],
)
def test_administrations_are_listed_by_what_people_ask_for(
    secretary: Person, municipality: str, query: dict[str, Any], expected: list[str]
) -> None:
    first = secretary.registers_administration(municipality, 2015, 2019, code="A-2015")
    secretary.registers_administration(municipality, code="A-2019", predecessor=first, re_elected=True)
    secretary.registers_administration(secretary.registers_organization(), code="B-2019")
    assert [item["code"] for item in secretary.sees("/administrations", **query)["items"]] == expected
    [mine] = secretary.sees("/administrations", institution=municipality, predecessor=first)["items"]
    assert mine["predecessor"] == first


def test_a_predecessor_must_be_an_administration(secretary: Person, municipality: str) -> None:
    with pytest.raises(Refused) as refusal:
        secretary.registers_administration(municipality, predecessor=municipality)
    assert (refusal.value.status, refusal.value.name) == (422, "unknown-administration")


def test_of_two_that_race_for_the_same_days_one_is_refused(
    installation: Installation, secretary: Person, municipality: str
) -> None:
    people = [Person.arrives(installation) for _ in range(8)]

    def register(who: tuple[int, Person]) -> httpx.Response:
        number, person = who
        term = {"from": f"{2015 + number % 4}-01-01", "until": "2023-01-01"}
        titles = [{"text": f"Gestión {number}"}]
        body = {"institution": municipality, "term": term, "titles": titles, "occurred_on": "2014-10-05"}
        return person.post("/administrations", body)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(register, enumerate(people)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert {a.json()["type"] for a in answers if a.status_code == 409} == {"urn:roundtable:problem:terms-overlap"}
    assert len(secretary.sees("/administrations")["items"]) == 1
    assert Check(installation).run().finding is None
