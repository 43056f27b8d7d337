"""Each family of refusals over HTTP: a problem with a stable type, the values involved, in the caller's language."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from api.catalogue import problems
from api.spanish import TITLES
from roundtable import tokens
from roundtable.installation import Installation
from tests.harness import Person

JSON = {"Content-Type": "application/json"}
REGISTRATION = {"name": "Ministry", "kind": "national_government", "occurred_on": "1990"}


def refused(response: httpx.Response, status: int, name: str) -> dict[str, Any]:
    """Check that an answer is a well-formed problem, and return it."""
    problem: dict[str, Any] = response.json()
    assert (response.status_code, problem["type"]) == (status, f"urn:roundtable:problem:{name}"), problem
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    return problem


def test_without_a_token_nothing_is_writable(secretary: Person) -> None:
    paths = secretary.client.get("/openapi.json").json()["paths"]
    proves_itself = "/v1/log/cosignatures"
    writable = [
        (m, path) for path, item in paths.items() for m in item if m in {"post", "put"} and path != proves_itself
    ]
    assert len(writable) > 30
    for method, path in writable:
        address = path.replace("{id}", "X-1").replace("{sha256}", "0" * 64)
        answer = secretary.client.request(method, address, content=b"{}", headers=JSON)
        refused(answer, 401, "not-authenticated")
        assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Basic dXNlcjpwYXNz", "rt_1", "Bearer ñ"])
def test_an_unknown_token_is_refused_even_where_none_is_needed(secretary: Person, header: str) -> None:
    headers = {"Authorization": header.encode("latin-1")}
    refused(secretary.client.get("/v1/organizations", headers=headers), 401, "not-authenticated")


def test_a_revoked_token_is_refused(installation: Installation) -> None:
    secret = tokens.create(installation.database, "secretariat")
    with installation.database.writing() as connection:
        connection.execute(sa.text("UPDATE token SET revoked_at = created_at"))
    person = Person.arrives(installation)._replace(token=secret)
    refused(person.post("/organizations", REGISTRATION), 401, "not-authenticated")


@pytest.mark.parametrize("role", ["auditor", "reader"])
def test_a_role_that_reads_does_not_record(installation: Installation, role: str) -> None:
    person = Person.arrives(installation, role)
    assert person.get("/organizations").status_code == 200
    assert refused(person.post("/organizations", REGISTRATION), 403, "may-not-record")["values"] == {"role": role}


def test_what_does_not_exist_is_named(secretary: Person) -> None:
    assert refused(secretary.get("/commitments/NO-1"), 404, "object-not-found")["values"]["id"] == "NO-1"
    refused(secretary.post("/commitments/NO-1/start", {"occurred_on": "2019"}), 404, "object-not-found")
    refused(secretary.get("/nothing"), 404, "not-found")
    refused(secretary.get("/organizations/"), 404, "not-found")
    organization = secretary.registers_organization()
    refused(secretary.get(f"/commitments/{organization}"), 404, "object-not-found")
    refused(secretary.get(f"/commitments/{organization}/history"), 404, "object-not-found")
    refused(secretary.post(f"/commitments/{organization}/start", {"occurred_on": "2019"}), 404, "object-not-found")


def test_a_method_that_an_address_does_not_have_is_answered_with_those_it_has(secretary: Person) -> None:
    answer = secretary.client.delete("/v1/commitments", headers=secretary.headers())
    refused(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "GET, HEAD, POST"
    answer = secretary.client.get("/v1/commitments/X-1/start")
    refused(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "POST"


def test_a_state_that_does_not_allow_a_command_is_named_with_the_states_that_do(secretary: Person) -> None:
    made = secretary.registers_commitment(secretary.registers_organization(), code="CHU-1")
    answer = secretary.post("/commitments/CHU-1/unblock", {"occurred_on": "2019"})
    values = refused(answer, 409, "commitment-not-open")["values"]
    assert (values["commitment"], values["state"], values["needed"]) == ("CHU-1", "agreed", "blocked")
    assert secretary.sees(f"/commitments/{made['id']}")["version"] == 1


@pytest.mark.parametrize("tag", ['"2"', "2", '"abc"', 'W/"x" , "7-abc"', '"99999999999999999999"'])
def test_another_version_than_if_match_says_is_refused(secretary: Person, tag: str) -> None:
    made = secretary.registers_organization()
    body = {"name": "Renamed", "occurred_on": "2019"}
    problem = refused(secretary.post(f"/organizations/{made}/rename", body, If_Match=tag), 412, "version-mismatch")
    assert problem["values"]["version"] == 1
    assert secretary.sees(f"/organizations/{made}")["version"] == 1


def test_the_tag_of_a_read_and_of_a_receipt_both_match(secretary: Person) -> None:
    made = secretary.registers_organization()
    read = secretary.get(f"/organizations/{made}").headers["etag"]
    renamed = secretary.post(f"/organizations/{made}/rename", {"name": "A", "occurred_on": "2018"}, If_Match=read)
    assert (renamed.status_code, renamed.headers["etag"]) == (200, '"2"')
    again = {"name": "B", "occurred_on": "2019"}
    assert secretary.post(f"/organizations/{made}/rename", again, If_Match='"7", "2"').status_code == 200
    stale = secretary.post(f"/organizations/{made}/rename", {"name": "C", "occurred_on": "2019"}, If_Match=read)
    refused(stale, 412, "version-mismatch")


def test_if_match_needs_something_to_match(secretary: Person) -> None:
    refused(secretary.post("/organizations", REGISTRATION, If_Match='"1"'), 412, "nothing-to-match")
    made = secretary.registers_organization()
    answer = secretary.post(f"/organizations/{made}/dissolve", {"occurred_on": "2019", "reason": "r"}, If_Match="x y")
    refused(answer, 422, "if-match-invalid")


def chunks(size: int) -> Iterator[bytes]:
    """Yield so many bytes without saying beforehand how many there will be."""
    yield b'"'
    for _ in range(size // 1000):
        yield b"x" * 1000


def test_a_body_over_the_limit_is_refused_whether_it_says_its_length_or_not(secretary: Person) -> None:
    headers = secretary.headers() | JSON
    whole = secretary.client.post("/v1/organizations", content=b"x" * 300_000, headers=headers)
    assert refused(whole, 413, "too-large")["values"] == {"most": 262_144}
    streamed = secretary.client.post("/v1/organizations", content=chunks(300_000), headers=headers)
    assert refused(streamed, 413, "too-large")["values"] == {"most": 262_144}


def test_a_fact_over_the_size_of_a_log_entry_is_refused(secretary: Person) -> None:
    ministry = secretary.registers_organization()
    body = {
        "title": "T", "responsibles": [{"organization": ministry}], "occurred_on": "2018",
        "conditions": ["ñ" * 1990 + str(n) for n in range(20)],
    }  # fmt: skip
    assert refused(secretary.post("/commitments", body), 413, "event-too-large")["values"]["most"] == 61_440


@pytest.mark.parametrize(
    "media_type", [None, "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"]
)
def test_a_command_that_is_not_json_is_refused(secretary: Person, media_type: str | None) -> None:
    headers = secretary.headers() | ({"Content-Type": media_type} if media_type else {})
    body = json.dumps(REGISTRATION).encode()
    answer = secretary.client.post("/v1/organizations", content=body, headers=headers)
    assert refused(answer, 415, "media-type-unsupported")["values"]["taken"] == "application/json"


def test_json_may_name_its_charset(secretary: Person) -> None:
    headers = secretary.headers() | {"Content-Type": 'Application/JSON; charset="UTF-8"'}
    body = json.dumps(REGISTRATION).encode()
    assert secretary.client.post("/v1/organizations", content=body, headers=headers).status_code == 201


def test_a_parameter_is_sent_once_unless_it_is_a_list(secretary: Person) -> None:
    problem = refused(secretary.client.get("/v1/commitments?limit=1&limit=2"), 422, "parameter-repeated")
    assert problem["values"] == {"field": "limit", "times": 2}
    assert secretary.client.get("/v1/commitments?state=agreed&state=blocked").status_code == 200
    refused(secretary.client.get("/v1/events?after=1&after=2"), 422, "parameter-repeated")
    refused(secretary.post("/organizations?dry_run=true", REGISTRATION), 422, "query-not-taken")


def test_a_capacity_without_an_organization_is_refused(secretary: Person) -> None:
    refused(secretary.get("/commitments", capacity="verifier"), 422, "capacity-of-nobody")


def test_a_request_that_does_not_fit_names_each_field_with_its_value_in_both_languages(secretary: Person) -> None:
    body = {"name": 7, "kind": "planet", "occurred_on": "2019", "colour": "red"}
    english = refused(secretary.post("/organizations", body), 422, "invalid-request")
    assert {(e["field"], e["value"]) for e in english["errors"]} == {("name", 7), ("kind", "planet"), ("colour", "red")}
    answer = secretary.post("/organizations", body, Accept_Language="en;q=0.2, es-PE, fr;q=0.9")
    spanish = refused(answer, 422, "invalid-request")
    assert answer.headers["content-language"] == "es"
    assert spanish["title"] == "La solicitud no corresponde."
    assert "Debe ser un texto" in spanish["detail"]
    assert "Este campo no existe aquí" in spanish["detail"]


@pytest.mark.parametrize(
    ("header", "language"),
    [("es", "es"), ("es;q=0, en", "en"), ("qu, es;q=0.5", "es"), ("*", "en"), ("en-GB, es", "en"), (";;q=x,", "en")],
)
def test_a_problem_speaks_the_language_preferred(secretary: Person, header: str, language: str) -> None:
    answer = secretary.client.get("/v1/commitments/NO-1", headers={"Accept-Language": header})
    assert answer.headers["content-language"] == language
    assert ("No existe" in answer.json()["detail"]) == (language == "es")


@pytest.mark.parametrize("broken", ["event", "commitment", "organization", "token"])
def test_a_broken_database_is_a_problem_that_says_nothing_of_the_inside(
    installation: Installation, broken: str
) -> None:
    person = Person.arrives(installation)
    with installation.database.writing() as connection:
        connection.execute(sa.text(f"DROP TABLE {broken}"))
    answers = [person.get(path) for path in ("/organizations", "/commitments", "/events")]
    answers.append(person.post("/commitments/X-1/start", {"occurred_on": "2019"}))
    failed = [answer for answer in answers if answer.status_code >= 500]
    assert failed
    for answer in failed:
        refused(answer, 500, "internal-error")
        for word in ("sql", " table", "select", "traceback", "psycopg", "sqlite", ".py", f'"{broken}"', "organization"):
            assert word not in answer.text.lower()


def test_every_problem_can_be_looked_up_in_two_languages(secretary: Person) -> None:
    listed = secretary.client.get("/v1/problems").json()["items"]
    assert len(listed) > 60
    for problem in listed:
        assert problem["en"] != problem["es"]
        assert 400 <= problem["status"] <= 599
        assert problem["name"] in TITLES, f"api/spanish.py has no title of {problem['name']}"
    assert secretary.client.get("/v1/problems/code-taken").json()["status"] == 409
    refused(secretary.client.get("/v1/problems/no-such"), 404, "problem-not-listed")
    assert TITLES.keys() <= problems().keys(), "a title of no problem"


def test_a_problem_leads_to_its_description(secretary: Person) -> None:
    answer = secretary.get("/commitments/NO-1")
    address = answer.headers["link"].removeprefix("<").partition(">")[0]
    assert secretary.client.get(address).json()["type"] == answer.json()["type"]
