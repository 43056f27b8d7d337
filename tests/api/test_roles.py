"""Who held which role on which day: as true on a day, as known at a position, whole as a file."""

import csv
import io
from typing import Any
from uuid import UUID, uuid4

import pytest

from roundtable.installation import Installation
from tests.harness import Person

ANA, LUZ = str(uuid4()), str(uuid4())
DOCUMENT = {"document": {"sha256": "a" * 64}, "citation": "DEMO-CARTA-1"}


@pytest.fixture
def story(secretary: Person) -> dict[str, str]:
    """A ministry chairs a roundtable and has a seat: Ana speaks for it from 2019-02, Luz from 2019-06."""
    ministry, municipality = (secretary.registers_organization(name=name) for name in ("ministry", "municipality"))
    table = secretary.does(
        "/roundtables", name="Mesa", type="technical_table", level="provincial", chairs=[ministry], code="DEMO-MESA"
    )["id"]
    path = "/roundtables/DEMO-MESA"
    seat = {"seat": "mtc", "organization": ministry, "sector": "state", "title": "Transporte"}
    secretary.does(f"{path}/define-seat", **seat, occurred_on="2019-01-15")
    for person, name, other, day in ((ANA, "Ana Quispe", LUZ, "2019-02-01"), (LUZ, "Luz Mamani", None, "2019-06-01")):
        about = {"seat": "mtc", "principal": person, "principal_name": name, "alternate": other}
        secretary.does(f"{path}/designate-representatives", **about, occurred_on=day)
    secretary.does(f"{path}/name-chairs", chairs=[municipality], occurred_on="2019-09-01")
    return {"ministry": ministry, "municipality": municipality, "table": table}


def held(who: Person, /, **asked: Any) -> list[tuple[Any, ...]]:
    items = who.sees("/roles", **{"scope": ["administration", "roundtable"]} | asked)["items"]
    return [(item["role"], item["person"] or item["organization"], item["since"], item["until"]) for item in items]


def test_a_day_shows_who_sat_spoke_and_chaired_with_the_days_it_began_and_ended(
    secretary: Person, story: dict[str, str]
) -> None:
    ministry = story["ministry"]
    assert held(secretary, valid_at="2019-03-01") == [
        ("chair", ministry, "2019-01-01", "2019-09-01"),
        ("seat", ministry, "2019-01-15", None),
        ("principal", ANA, "2019-02-01", "2019-06-01"),
        ("alternate", LUZ, "2019-02-01", "2019-06-01"),
    ]
    assert held(secretary, valid_at="2019-10-01") == [
        ("chair", story["municipality"], "2019-09-01", None),
        ("seat", ministry, "2019-01-15", None),
        ("principal", LUZ, "2019-06-01", None),
    ]
    assert held(secretary, valid_at="2018-12-31") == []


def test_the_day_of_a_change_belongs_to_those_who_came(secretary: Person, story: dict[str, str]) -> None:
    assert ("principal", LUZ, "2019-06-01", None) in held(secretary, valid_at="2019-06-01")
    assert ("principal", ANA, "2019-02-01", "2019-06-01") in held(secretary, valid_at="2019-05-31")


def test_who_was_known_then_to_hold_a_role_is_another_question(secretary: Person, story: dict[str, str]) -> None:
    before = secretary.sees("/events", topic="roundtable.representatives-designated")["items"][1]["position"] - 1
    assert ("principal", ANA, "2019-02-01", None) in held(secretary, valid_at="2019-10-01", at_position=before)
    assert held(secretary, valid_at="2019-10-01", at_position=2) == []


def test_a_withdrawn_seat_ends_the_roles_in_it_and_a_void_brings_them_back(
    secretary: Person, story: dict[str, str]
) -> None:
    withdrawn = secretary.does("/roundtables/DEMO-MESA/withdraw-seat", seat="mtc", reason="r", occurred_on="2019-08-01")
    assert ("seat", story["ministry"], "2019-01-15", "2019-08-01") in held(secretary, valid_at="2019-07-01")
    assert [role for role, *_ in held(secretary, valid_at="2019-08-01")] == ["chair"]
    secretary.voids("/roundtables/DEMO-MESA", withdrawn["position"])
    assert [role for role, *_ in held(secretary, valid_at="2019-08-01")] == ["chair", "seat", "principal"]


def test_roles_are_found_by_institution_roundtable_person_and_kind(secretary: Person, story: dict[str, str]) -> None:
    day = {"valid_at": "2019-03-01"}
    assert [r for r, *_ in held(secretary, organization=story["ministry"], **day)] == [
        "chair", "seat", "principal", "alternate"
    ]  # fmt: skip
    assert held(secretary, organization=story["municipality"], **day) == []
    assert len(held(secretary, roundtable=story["table"], **day)) == 4
    assert held(secretary, roundtable=uuid4(), **day) == []
    assert [r for r, *_ in held(secretary, person=LUZ, **day)] == ["alternate"]
    assert [r for r, *_ in held(secretary, role=["chair", "seat"], **day)] == ["chair", "seat"]


def test_an_administration_is_in_office_on_the_days_of_its_term(secretary: Person, story: dict[str, str]) -> None:
    municipality = story["municipality"]
    first = secretary.registers_administration(municipality, 2015, 2019)
    second = secretary.registers_administration(municipality, 2019, 2023)
    for day, administration in (("2018-12-31", first), ("2019-01-01", second)):
        [item] = secretary.sees("/roles", scope="administration", valid_at=day)["items"]
        assert (item["role"], item["organization"]) == ("in_office", municipality)
        assert item["administration"] == administration
        assert item["since"] <= day < item["until"]


def test_tokens_are_listed_with_their_role_to_those_who_have_one(
    installation: Installation, story: dict[str, str], secretary: Person
) -> None:
    auditor = Person.arrives(installation, "auditor", UUID(story["ministry"]))
    [item] = auditor.sees("/roles", scope="token", organization=story["ministry"])["items"]
    assert (item["role"], item["actor"] is not None, item["until"]) == ("auditor", True, None)
    actor = secretary.sees("/events", limit=1)["items"][0]["actor"]
    [item] = auditor.sees("/roles", actor=actor)["items"]
    assert (item["scope"], item["role"], item["organization"]) == ("token", "secretariat", None)
    assert auditor.sees("/roles", actor=actor, valid_at="2019-01-01")["items"] == []
    assert auditor.sees("/roles", actor=actor, at_position=0)["items"] == []
    nobody = auditor._replace(token=None)
    assert nobody.sees("/roles", scope="token")["items"] == []
    assert nobody.sees("/roles", actor=actor)["items"] == []


def test_a_revoked_token_held_its_role_until_the_day_it_was_revoked(
    installation: Installation, secretary: Person, story: dict[str, str]
) -> None:
    with installation.database.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE token SET created_at = '2019-03-01T12:00:00.000000+00:00', "
            "revoked_at = '2019-03-05T12:00:00.000000+00:00'"
        )
    auditor = Person.arrives(installation, "auditor")
    for day, roles in (("2019-02-28", 0), ("2019-03-01", 1), ("2019-03-05", 1), ("2019-03-06", 0)):
        assert len(auditor.sees("/roles", scope="token", valid_at=day)["items"]) == roles, day


def test_names_are_shown_to_those_who_may_see_them(secretary: Person, story: dict[str, str]) -> None:
    shown = secretary.sees("/roles", role="principal", valid_at="2019-03-01")["items"][0]
    assert shown["name"]["value"] == "Ana Quispe"
    hidden = secretary._replace(token=None).sees("/roles", role="principal", valid_at="2019-03-01")["items"][0]
    assert hidden["name"] == {"digest": shown["name"]["digest"], "value": None}


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_of_roles_hold_each_once_even_within_one_roundtable(
    secretary: Person, story: dict[str, str], limit: int
) -> None:
    secretary.registers_administration(story["municipality"], 2019, 2023)
    query = {"valid_at": "2019-03-01", "limit": limit}
    page = secretary.sees("/roles", **query)
    seen = page["items"]
    while page["next"] is not None:
        page = secretary.sees("/roles", **query, cursor=page["next"])
        seen += page["items"]
    assert [item["role"] for item in seen] == ["in_office", "chair", "seat", "principal", "alternate"]


def test_roles_are_exported_whole(secretary: Person, story: dict[str, str]) -> None:
    answer = secretary.get("/roles", valid_at="2019-03-01", format="csv", limit=1)
    assert [line["role"] for line in csv.DictReader(io.StringIO(answer.text))] == [
        "chair", "seat", "principal", "alternate"
    ]  # fmt: skip


def test_a_role_that_is_not_one_is_refused(secretary: Person) -> None:
    for query in ({"role": "king"}, {"scope": "planet"}, {"cursor": "x"}):
        assert secretary.get("/roles", **query).status_code == 422
