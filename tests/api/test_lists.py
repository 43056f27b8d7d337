"""Lists: filters, sorting, cursors that keep their moment, and the whole list as a file."""

import base64
import csv
import io
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from api.commitments import CommitmentList
from api.cursors import Cursor, _check, fingerprint
from api.exports import OF_A_PAGE
from tests.harness import Person, pen

FORMULA = "=1+1"


def pages(person: Person, path: str, **query: Any) -> Iterator[list[dict[str, Any]]]:
    cursor: dict[str, str] = {}
    while True:
        page = person.sees(path, **query, **cursor)
        yield page["items"]
        if page["next"] is None:
            return
        cursor = {"cursor": page["next"]}


def titles(person: Person, **query: Any) -> list[str]:
    return [item["title"] for item in person.sees("/commitments", **query)["items"]]


@pytest.fixture
def ministry(secretary: Person) -> str:
    return secretary.registers_organization(sector="transport")


@pytest.mark.parametrize("sort", ["recorded", "-recorded", "title", "-title", "amount", "-deadline", "state", "code"])
def test_pages_are_stable_while_others_write_between_them(secretary: Person, ministry: str, sort: str) -> None:
    for n in range(7):
        secretary.registers_commitment(ministry, title=f"T{n % 3}", amount=pen(n % 2), deadline=f"20{20 + n % 2}-01-01")
    expected = titles(secretary, sort=sort, limit=200)
    seen: list[str] = []
    for page in pages(secretary, "/commitments", sort=sort, limit=2):
        seen += [item["title"] for item in page]
        secretary.does(f"/commitments/{page[0]['id']}/amend-amount", amount=pen("9.00"), reason="r")
        secretary.registers_commitment(ministry, title="T0", deadline="2020-01-01")
    assert seen == expected


def test_a_history_keeps_its_moment_between_its_pages(secretary: Person) -> None:
    made = secretary.registers_organization()
    path = f"/organizations/{made}"
    positions = [secretary.does(f"{path}/rename", name=f"N{n}")["position"] for n in range(4)]
    first = secretary.sees(f"{path}/history", limit=2)
    secretary.voids(path, positions[2])
    second = secretary.sees(f"{path}/history", limit=2, cursor=first["next"])
    third = secretary.sees(f"{path}/history", limit=2, cursor=second["next"])
    items = first["items"] + second["items"] + third["items"]
    assert [item["version"] for item in items] == [1, 2, 3, 4, 5]
    assert [item["voided_at"] for item in items] == [None] * 5
    assert third["next"] is None


def test_the_feed_goes_on_where_it_ended(secretary: Person, ministry: str) -> None:
    for _ in range(5):
        secretary.registers_commitment(ministry)
    one = secretary.sees("/events", limit=4)
    rest = secretary.sees("/events", limit=4, after=one["next"])
    assert [e["position"] for e in one["items"] + rest["items"]] == [1, 2, 3, 4, 5, 6]
    assert rest["next"] is None
    assert [e["topic"] for e in secretary.sees("/events", aggregate="organization")["items"]] == [
        "organization.registered"
    ]
    assert secretary.get("/events", aggregate="planet").json()["type"] == "urn:roundtable:problem:kind-unknown"


def cursor_of(person: Person, **query: Any) -> str:
    return str(person.sees("/commitments", limit=1, **query)["next"])


def test_a_cursor_is_refused_when_tampered_with_or_used_on_another_list(secretary: Person, ministry: str) -> None:
    for _ in range(3):
        secretary.registers_commitment(ministry)
    good = cursor_of(secretary)
    assert secretary.get("/commitments", limit=2, cursor=good).status_code == 200
    others: list[tuple[str, dict[str, str]]] = [
        ("/commitments", {"sort": "title"}),
        ("/commitments", {"kind": "investment"}),
        ("/commitments", {"valid_at": "2019-01-01"}),
        ("/organizations", {}),
        (f"/organizations/{ministry}/history", {}),
    ]
    for path, query in others:
        answer = secretary.get(path, cursor=good, **query)
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:roundtable:problem:cursor-invalid"), path
    raw = base64.urlsafe_b64decode(good + "==")
    tampered = [good[:-2], good + "A", "x", "ñ", "%", "A" * 1999, _written(raw.replace(b"20", b"21"))]
    for cursor in tampered:
        answer = secretary.get("/commitments", cursor=cursor)
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:roundtable:problem:cursor-invalid"), cursor


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("sort", "key"),
    [("recorded", "text"), ("recorded", 2**62), ("deadline", "no day"), ("title", 7), ("title", "a\x00b"),
     ("amount", -(2**63)), ("amount", 2**70)],
)  # fmt: skip
def test_a_cursor_forged_with_a_right_check_breaks_nothing(
    secretary: Person, ministry: str, sort: str, key: str | int
) -> None:
    secretary.registers_commitment(ministry)
    real = cursor_of_list(secretary, sort)
    day = msgspec.json.decode(base64.urlsafe_b64decode(real + "=="))[2]
    forged = Cursor(1, day, key, 1)
    try:
        text = _written(msgspec.json.encode((_check(asked_of(sort), forged), *forged)))
    except OverflowError:
        text = _written(b'["%s",1,"%s",%d,1]' % (b"0" * 12, day.encode(), key))
    answer = secretary.get("/commitments", sort=sort, cursor=text)
    assert answer.status_code in {200, 422}, answer.text


def cursor_of_list(person: Person, sort: str) -> str:
    person.registers_commitment(person.registers_organization())
    return cursor_of(person, sort=sort)


def asked_of(sort: str) -> str:
    """Compute what the server computes for a list without filters."""
    about = CommitmentList(sort=sort).model_dump(mode="json", exclude=OF_A_PAGE)  # type: ignore[arg-type]
    return fingerprint("commitment", sorted(about.items()))


def test_commitments_are_found_by_what_a_secretariat_asks_for(secretary: Person, ministry: str) -> None:
    town = secretary.registers_organization()
    place = [{"system": "PE-UBIGEO-INEI", "code": "080701"}]
    secretary.registers_commitment(ministry, title="Camión", statement="Ampliación", sector="transport", code="C-1",
                                   territories=place, deadline="2019-12-31", follow_up_body=town)  # fmt: skip
    secretary.registers_commitment(town, title="Schools", sector="education", stage="requested")
    secretary.registers_commitment(town, title="Waived")
    waived = secretary.sees("/commitments", q="waived")["items"][0]["id"]
    secretary.does(f"/commitments/{waived}/waive-deadline", reason="permanent")
    for query, expected in [
        ({"organization": town}, ["Camión", "Schools", "Waived"]),
        ({"organization": town, "capacity": "follow_up_body"}, ["Camión"]),
        ({"organization": town, "capacity": "responsible"}, ["Schools", "Waived"]),
        ({"sector": "transport"}, ["Camión"]),
        ({"territory": "PE-UBIGEO-INEI:0807"}, ["Camión"]),
        ({"territory": "PE-UBIGEO-INEI:08070"}, []),
        ({"state": "requested"}, ["Schools"]),
        ({"state": ["requested", "agreed"]}, ["Camión", "Schools", "Waived"]),
        ({"overdue": True}, ["Camión"]),
        ({"overdue": False}, ["Schools", "Waived"]),
        ({"overdue": True, "valid_at": "2019-12-31"}, []),
        ({"missing": "deadline"}, ["Schools"]),
        ({"missing": "follow_up_body"}, ["Schools", "Waived"]),
        ({"waived": "deadline"}, ["Waived"]),
        ({"q": "CAMION ampliacion"}, ["Camión"]),
        ({"q": "c-1"}, ["Camión"]),
        ({"q": "camión schools"}, []),
        ({"kind": "study"}, []),
        ({"sort": "-title"}, ["Waived", "Schools", "Camión"]),
        ({"sort": "deadline"}, ["Camión", "Schools", "Waived"]),
    ]:
        assert titles(secretary, **query) == expected, query


def test_organizations_are_found_by_what_a_secretariat_asks_for(secretary: Person) -> None:
    ruc = {"scheme": "PE-RUC", "id": "20131370645"}
    mef = secretary.registers_organization(
        name="Ministerio de Economía", code="MEF", identifiers=[ruc], sector="economy"
    )
    town = secretary.registers_organization(name="Municipalidad", kind="local_government")
    secretary.does(f"/organizations/{mef}/rename", name="Economía y Finanzas")
    for query, expected in [
        ({"identifier": "PE-RUC:20131370645"}, [mef]),
        ({"q": "ministerio economia"}, [mef]),
        ({"kind": "local_government"}, [town]),
        ({"sector": "economy"}, [mef]),
        ({"state": "dissolved"}, []),
        ({"sort": "-name"}, [town, mef]),
    ]:
        assert [o["id"] for o in secretary.sees("/organizations", **query)["items"]] == expected, query


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_list_is_a_file_too(secretary: Person, ministry: str) -> None:
    for n in range(205):
        secretary.registers_commitment(ministry, title=f"{FORMULA} {n}")
    whole = secretary.get("/commitments", format="csv", sort="-recorded", limit=1)
    assert whole.headers["content-type"].startswith("text/csv")
    assert whole.headers["roundtable-position"] == "206"
    rows = table(whole.text)
    assert [row["title"] for row in rows] == [f"'{FORMULA} {n}" for n in reversed(range(205))]
    assert table(secretary.get("/organizations", format="csv").text)[0]["id"] == ministry
    assert len(table(secretary.get("/events", format="csv").text)) == 206
    assert len(table(secretary.get(f"/organizations/{ministry}/history", format="csv").text)) == 1
    assert len(table(secretary.get("/commitments", format="csv", at_position=11).text)) == 10


def test_an_empty_list_as_a_file_still_names_its_columns(secretary: Person) -> None:
    assert secretary.get("/commitments", format="csv").text.startswith("id,version,code,state,")
