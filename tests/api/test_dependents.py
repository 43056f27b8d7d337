"""What others name stays on record before them, whoever they are."""

from typing import Any

import pytest

from tests.harness import Person, Refused


def voiding_is_refused(person: Person, path: str) -> bool:
    """Try to void the fact that began an object."""
    first: dict[str, Any] = person.sees(f"{path}/history")["items"][0]
    with pytest.raises(Refused) as refusal:
        person.voids(path, first["position"])
    return refusal.value.name == "others-rest-on-it"


def void(person: Person, path: str) -> None:
    """Void the fact that began an object, which must succeed."""
    person.voids(path, person.sees(f"{path}/history")["items"][0]["position"])


def test_a_municipality_stays_while_an_administration_or_a_roundtable_names_it(secretary: Person) -> None:
    town = secretary.registers_organization(kind="local_government")
    term = secretary.registers_administration(town)
    assert voiding_is_refused(secretary, f"/organizations/{town}")
    void(secretary, f"/administrations/{term}")
    about = {"name": "Mesa", "type": "technical_table", "level": "provincial", "secretariat": town}
    table = secretary.does("/roundtables", **about)["id"]
    assert voiding_is_refused(secretary, f"/organizations/{town}")
    void(secretary, f"/roundtables/{table}")
    void(secretary, f"/organizations/{town}")


def test_an_administration_stays_while_a_successor_or_a_handover_names_it(secretary: Person) -> None:
    town = secretary.registers_organization(kind="local_government")
    old = secretary.registers_administration(town, 2015, 2019)
    new = secretary.registers_administration(town, predecessor=old)
    handover = secretary.does("/transitions", outgoing=old, incoming=new, code="TG-1", occurred_on="2018-10-08")
    assert voiding_is_refused(secretary, f"/administrations/{new}")
    void(secretary, f"/transitions/{handover['id']}")
    assert voiding_is_refused(secretary, f"/administrations/{old}")
    void(secretary, f"/administrations/{new}")
    void(secretary, f"/administrations/{old}")


def test_a_roundtable_stays_while_its_successor_names_it(secretary: Person) -> None:
    about = {"name": "Mesa", "type": "technical_table", "level": "provincial"}
    first = secretary.does("/roundtables", **about)["id"]
    second = secretary.does("/roundtables", **about, predecessor=first)["id"]
    assert voiding_is_refused(secretary, f"/roundtables/{first}")
    void(secretary, f"/roundtables/{second}")
    void(secretary, f"/roundtables/{first}")
