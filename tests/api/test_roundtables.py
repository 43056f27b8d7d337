"""Roundtables over HTTP: seats on any day, validity, lists, people, and what may be agreed there."""

from typing import Any
from uuid import uuid4

import pytest

from roundtable.checks import Check
from roundtable.installation import Installation
from tests.harness import Person, Refused, pen

ACT = {"type": "resolution", "number": "RM 424-2023", "issuer": "Ministry", "date": "2019-01-10"}
CITED = {"source": {"citation": "Acta de instalación"}}
LETTER = {"citation": "Oficio 12-2019"}


def proposed(secretary: Person, **about: Any) -> str:
    """Propose a roundtable on 2019-01-01 and return its path."""
    body = {"name": "Mesa técnica", "type": "technical_table", "level": "provincial"}
    return f"/roundtables/{secretary.does('/roundtables', **(body | about))['id']}"


def active(secretary: Person, until: str = "2020-12-31", **about: Any) -> str:
    """Bring a roundtable to work and return its path."""
    path = proposed(secretary, **about)
    secretary.does(f"{path}/constitute", occurred_on="2019-01-10", act=ACT, valid_until=until)
    secretary.does(f"{path}/complete-accreditation", occurred_on="2019-01-11", waiver="The act names nobody")
    secretary.does(f"{path}/install", occurred_on="2019-01-12", **CITED)
    secretary.does(f"{path}/approve-work-plan", occurred_on="2019-01-12", document=LETTER)
    secretary.does(f"{path}/activate", occurred_on="2019-01-12")
    return path


def id_of(path: str) -> str:
    return path.rpartition("/")[2]


def refused(person: Person, path: str, **body: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        person.does(path, **body)
    return caught.value


def test_a_roundtable_is_born_sits_and_ends(secretary: Person) -> None:
    town, body = secretary.registers_organization(), secretary.registers_organization()
    path = proposed(secretary, code="CHU-2019", chairs=[town])
    secretary.does(f"{path}/constitute", occurred_on="2019-01-10", act=ACT, term={"count": 180})
    secretary.does(f"{path}/define-seat", occurred_on="2019-01-15", seat="town", organization=town, sector="state")
    principal, alternate = str(uuid4()), str(uuid4())
    secretary.does(
        f"{path}/designate-representatives",
        occurred_on="2019-01-16",
        seat="town",
        principal=principal,
        principal_name="Rosa Ejemplo",
        alternate=alternate,
        alternate_name="Juan Ejemplo",
    )
    secretary.does(f"{path}/postpone-installation", occurred_on="2019-01-20", reason="No letters yet")
    secretary.does(f"{path}/accredit", occurred_on="2019-02-01", seat="town", document=LETTER)
    secretary.does(f"{path}/complete-accreditation", occurred_on="2019-02-02")
    installed = secretary.does(f"{path}/install", occurred_on="2019-02-10", **CITED)
    rules = {"quorum": {"share": "1/2", "exceeded": True}, "decision": "consensus"}
    secretary.does(f"{path}/approve-rules", occurred_on="2019-02-10", rules=rules)
    secretary.does(f"{path}/activate", occurred_on="2019-02-11")
    seen = secretary.sees("/roundtables/CHU-2019", valid_at="2019-03-01")
    assert (seen["state"], seen["valid_from"], seen["valid_until"]) == ("active", "2019-02-10", "2019-08-09")
    assert (seen["postponed"], seen["unaccredited"], seen["rules"]["decision"]) == (1, [], "consensus")
    [seat] = seen["seats"]
    assert (seat["principal"]["person"], seat["principal"]["name"]["value"]) == (principal, "Rosa Ejemplo")
    assert seat["alternate"]["name"]["value"] == "Juan Ejemplo"
    secretary.corrects(path, installed["position"], {"occurred_on": "2019-02-05"})
    assert secretary.sees(path, valid_at="2019-03-01")["valid_until"] == "2019-08-04"
    secretary.does(f"{path}/conclude", occurred_on="2019-08-01", final_report=LETTER, follow_up_body=body)
    ended = secretary.sees(path)
    assert (ended["state"], ended["expired"], ended["follow_up_body"]) == ("concluded", False, body)
    assert len(secretary.sees(f"{path}/history")["items"]) == 12


def test_names_of_people_are_for_those_who_record(installation: Installation, secretary: Person) -> None:
    path = proposed(secretary)
    town = secretary.registers_organization()
    secretary.does(f"{path}/define-seat", seat="town", organization=town, sector="state")
    named = {"seat": "town", "principal": str(uuid4()), "principal_name": "Rosa Ejemplo"}
    secretary.does(f"{path}/designate-representatives", **named)
    assert "Rosa" in secretary.get("/roundtables").text
    assert "Rosa" not in secretary.get(f"{path}/history").text
    stranger = Person(secretary.client, None)
    for place in (path, "/roundtables"):
        answer = stranger.get(place)
        assert (answer.status_code, "Rosa" in answer.text) == (200, False)


def test_seats_are_those_in_force_on_the_day_asked_about(secretary: Person) -> None:
    path = proposed(secretary)
    town = secretary.registers_organization()
    for n, day in ((1, "2019-02-01"), (2, "2019-03-01")):
        secretary.does(f"{path}/define-seat", occurred_on=day, seat=f"s{n}", organization=town, sector="state")
    secretary.does(f"{path}/withdraw-seat", occurred_on="2019-04-01", seat="s1", reason="merged")
    known = secretary.does(
        f"{path}/define-seat", occurred_on="2019-02-15", seat="late", organization=town, sector="community"
    )

    def keys(**when: Any) -> list[str]:
        return [seat["key"] for seat in secretary.sees(path, **when)["seats"]]

    assert keys(valid_at="2019-01-31") == []
    assert keys(valid_at="2019-03-15") == ["s1", "late", "s2"]
    assert keys(valid_at="2019-03-15", at_position=known["position"] - 1) == ["s1", "s2"]
    assert keys() == ["late", "s2"]


def test_expiry_is_the_calendars_and_an_extension_undoes_it(secretary: Person) -> None:
    path = active(secretary, until="2019-12-31")
    assert [secretary.sees(path, valid_at=day)["state"] for day in ("2019-12-31", "2020-01-01")] == [
        "active",
        "expired",
    ]
    late = secretary.does(
        f"{path}/extend-validity", occurred_on="2020-02-01", until="2020-06-30", agreement={"citation": "Acta 9"}
    )
    seen = secretary.sees(path, valid_at="2020-02-01")
    assert (seen["state"], seen["status"], seen["extensions"][0]["retroactive"]) == ("active", "active", True)
    assert secretary.sees(path, valid_at="2020-02-01", at_position=late["position"] - 1)["expired"] is True
    assert secretary.sees(path)["state"] == "expired"


def test_lists_find_roundtables_by_what_a_secretariat_asks(secretary: Person) -> None:
    town, ministry = secretary.registers_organization(), secretary.registers_organization()
    district = {"system": "PE-UBIGEO-INEI", "code": "080701"}
    old = active(secretary, until="2019-12-31", code="OLD", name="Mesa de Diálogo", secretariat=ministry)
    new = active(
        secretary, until="2099-12-31", code="NEW", name="Mesa técnica", territories=[district], co_chairs=[ministry]
    )
    child = proposed(secretary, code="SUB", name="Subgrupo", parent=id_of(new), predecessor=id_of(old))
    secretary.does(f"{child}/define-seat", seat="town", organization=town, sector="state")

    def codes(**asked: Any) -> list[str]:
        return [item["code"] for item in secretary.sees("/roundtables", **asked)["items"]]

    assert codes() == ["OLD", "NEW", "SUB"]
    assert codes(state="active") == codes(expired=False, state=["active", "suspended"]) == ["NEW"]
    assert codes(state="expired") == codes(expired=True) == ["OLD"]
    assert codes(state=["expired", "proposed"]) == ["OLD", "SUB"]
    assert codes(state="active", valid_at="2019-06-01") == ["OLD", "NEW"]
    assert codes(expired=False) == ["NEW", "SUB"]
    assert codes(territory="PE-UBIGEO-INEI:0807") == ["NEW"]
    assert codes(organization=ministry) == ["OLD", "NEW"]
    assert codes(organization=ministry, capacity="chair") == ["NEW"]
    assert codes(organization=ministry, capacity="secretariat") == ["OLD"]
    assert codes(organization=town, capacity="seat") == codes(parent=id_of(new)) == ["SUB"]
    assert codes(predecessor=id_of(old)) == codes(q="subgrupo") == ["SUB"]
    assert codes(q="dialogo") == ["OLD"]
    assert codes(type="technical_table", level="provincial", sort="-name") == ["SUB", "NEW", "OLD"]
    assert codes(sort="valid_until") == ["OLD", "NEW", "SUB"]
    assert secretary.get("/roundtables", capacity="seat").json()["type"].endswith("capacity-of-nobody")
    assert secretary.get("/roundtables", format="csv").text.count("\r\n") == 4


def test_codes_parents_and_circles_are_refused(secretary: Person) -> None:
    first = proposed(secretary, code="ONE")
    second = proposed(secretary, code="TWO", parent=id_of(first))
    third = proposed(secretary, code="TRI", parent=id_of(second))
    body = {"name": "Mesa", "type": "technical_table", "level": "district"}
    assert refused(secretary, "/roundtables", **body, code="ONE").name == "code-taken"
    assert refused(secretary, "/roundtables", **body, parent=str(uuid4())).name == "unknown-roundtable"
    earlier = refused(secretary, "/roundtables", **body, parent=id_of(first), occurred_on="2018-12-31")
    assert earlier.name == "unknown-roundtable"
    begun = secretary.sees(f"{first}/history")["items"][0]["position"]
    for below in (first, second, third):
        with pytest.raises(Refused) as caught:
            secretary.corrects(first, begun, {"parent": id_of(below)})
        assert caught.value.name == "lineage-cyclic"
    secretary.corrects(first, begun, {"predecessor": id_of(third)})


def test_a_roundtable_that_is_over_takes_no_new_commitments_and_keeps_the_old(secretary: Person) -> None:
    ministry = secretary.registers_organization()
    path = active(secretary, until="2019-12-31", code="CHU")

    def agreed(day: str, **more: Any) -> dict[str, Any]:
        return secretary.registers_commitment(ministry, occurred_on=day, origin={"roundtable": id_of(path)}, **more)

    kept = agreed("2019-12-31", code="KEPT")
    with pytest.raises(Refused) as caught:
        agreed("2020-01-01")
    assert caught.value.name == "roundtable-takes-no-commitments"
    assert (caught.value.status, caught.value.problem["values"]["state"]) == (409, "expired")
    secretary.does(f"/commitments/{kept['id']}/start", occurred_on="2020-02-01")
    secretary.does(f"{path}/extend-validity", occurred_on="2020-03-01", until="2020-12-31", act=ACT)
    agreed("2020-03-02")
    without = refused(secretary, f"{path}/conclude", occurred_on="2020-06-01", final_report=LETTER)
    assert without.name == "open-commitments-unfollowed"
    assert (without.problem["values"]["open"], "KEPT" in without.problem["detail"]) == (2, True)
    body = secretary.registers_organization()
    secretary.does(f"{path}/conclude", occurred_on="2020-06-01", final_report=LETTER, follow_up_body=body)
    agreed("2020-06-01")
    agreed("2020-05-01")
    with pytest.raises(Refused) as caught:
        agreed("2020-06-02")
    assert caught.value.problem["values"]["state"] == "concluded"
    secretary.corrects(f"/commitments/{kept['id']}", kept["position"], {"title": "Better said"})


def test_an_extinguished_roundtable_takes_none_and_there_must_be_one(secretary: Person) -> None:
    ministry = secretary.registers_organization()
    path = proposed(secretary)
    secretary.does(f"{path}/extinguish", occurred_on="2019-05-01", act=ACT)
    commitment = {"title": "Water", "responsibles": [{"organization": ministry}]}
    there = commitment | {"origin": {"roundtable": id_of(path)}}
    assert refused(secretary, "/commitments", **there, occurred_on="2018-12-31").name == "unknown-roundtable"
    secretary.does("/commitments", **there, occurred_on="2019-05-01")
    over = refused(secretary, "/commitments", **there, occurred_on="2019-05-02")
    assert over.name == "roundtable-takes-no-commitments"
    nowhere = refused(secretary, "/commitments", **commitment, origin={"roundtable": str(uuid4())})
    assert nowhere.name == "unknown-roundtable"


def test_commitments_are_listed_by_roundtable_items_with_their_announcement(secretary: Person) -> None:
    ministry = secretary.registers_organization()
    path = active(secretary)
    here = {"roundtable": id_of(path)}
    day = {"occurred_on": "2019-02-01"}
    headline = {"amount": pen(100), "projects": 2}
    whole = secretary.registers_commitment(ministry, code="ALL", headline=headline, origin=here, **day)
    secretary.registers_commitment(ministry, code="PART", part_of=whole["id"], amount=pen(40), **day)
    secretary.registers_commitment(ministry, code="OTHER", **day)

    def codes(**when: Any) -> list[str]:
        found = secretary.sees("/commitments", roundtable=id_of(path), **when)["items"]
        return [item["code"] for item in found]

    assert codes() == ["ALL", "PART"]
    secretary.corrects(f"/commitments/{whole['id']}", whole["position"], {"origin": None})
    assert codes() == []
    assert codes(at_position=whole["position"] + 2) == ["ALL", "PART"]


def test_rows_are_what_a_replay_gives(installation: Installation, secretary: Person) -> None:
    path = active(secretary, code="CHU")
    secretary.does(f"{path}/suspend", occurred_on="2019-05-01", reason="elections")
    voided = secretary.does(f"{path}/resume", occurred_on="2019-06-01")
    secretary.voids(path, voided["position"])
    assert secretary.sees(path)["status"] == "suspended"
    assert Check(installation).run().finding is None
