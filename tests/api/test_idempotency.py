"""A repeated request is carried out once."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import httpx
import sqlalchemy as sa

from roundtable import tokens
from roundtable.installation import Installation
from roundtable.store import log
from roundtable.store.tables import idempotency
from tests.harness import Person, pen

REGISTRATION = {"name": "Ministry", "kind": "national_government", "occurred_on": "1990", "code": "MIN"}


def head(installation: Installation) -> int:
    with installation.database.reading() as connection:
        return log.head(connection)


def keys(installation: Installation) -> int:
    with installation.database.reading() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(idempotency)) or 0


def test_the_same_key_gets_the_same_answer_and_nothing_more_is_recorded(
    installation: Installation, secretary: Person
) -> None:
    first = secretary.post("/organizations", REGISTRATION, Idempotency_Key="k")
    before = head(installation)
    again = secretary.post("/organizations", REGISTRATION, Idempotency_Key="k")
    assert (again.status_code, again.content) == (first.status_code, first.content) == (201, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert head(installation) == before


def test_a_stored_key_is_answered_before_any_precondition(secretary: Person) -> None:
    made = secretary.registers_organization()
    body = {"name": "New", "occurred_on": "2019"}
    first = secretary.post(f"/organizations/{made}/rename", body, Idempotency_Key="k", If_Match='"1"')
    secretary.does(f"/organizations/{made}/dissolve", reason="r")
    again = secretary.post(f"/organizations/{made}/rename", body, Idempotency_Key="k", If_Match='"1"')
    assert again.json() == first.json()
    assert secretary.post(f"/organizations/{made}/rename", body, If_Match='"1"').status_code == 412


def test_the_same_key_with_another_body_is_refused(secretary: Person) -> None:
    secretary.post("/organizations", REGISTRATION, Idempotency_Key="k")
    other = secretary.post("/organizations", REGISTRATION | {"name": "Other"}, Idempotency_Key="k")
    assert (other.status_code, other.json()["type"]) == (422, "urn:roundtable:problem:key-reused")
    assert other.json()["values"]["key"] == "k"


def test_spacing_and_order_of_the_json_do_not_make_another_body(secretary: Person) -> None:
    headers = secretary.headers(Idempotency_Key="k") | {"Content-Type": "application/json"}
    one = json.dumps(REGISTRATION, indent=4).encode()
    other = json.dumps(dict(reversed(REGISTRATION.items())), separators=(",", ":")).encode()
    answers = [secretary.client.post("/v1/organizations", content=c, headers=headers) for c in (one, other)]
    assert answers[0].content == answers[1].content
    assert answers[0].status_code == 201


def test_another_token_and_another_path_are_other_scopes(installation: Installation, secretary: Person) -> None:
    body = {"name": "Name", "occurred_on": "2019"}
    one, two = secretary.registers_organization(), secretary.registers_organization()
    first = secretary.post(f"/organizations/{one}/rename", body, Idempotency_Key="k")
    second = secretary.post(f"/organizations/{two}/rename", body, Idempotency_Key="k")
    colleague = secretary._replace(token=tokens.create(installation.database, "secretariat"))
    third = colleague.post(f"/organizations/{one}/rename", body | {"name": "Third"}, Idempotency_Key="k")
    assert len({answer.json()["position"] for answer in (first, second, third)}) == 3


def test_a_refusal_is_not_stored_and_its_key_stays_usable(installation: Installation, secretary: Person) -> None:
    secretary.registers_organization(code="MIN")
    assert secretary.post("/organizations", REGISTRATION, Idempotency_Key="k").status_code == 409
    assert keys(installation) == 0
    assert secretary.post("/organizations", REGISTRATION | {"code": "MIN-2"}, Idempotency_Key="k").status_code == 201
    assert keys(installation) == 1


def at_once(person: Person, requests: list[tuple[str, Any, dict[str, str]]]) -> list[httpx.Response]:
    """Send requests at the same moment, each from its own thread."""
    ready = Barrier(len(requests))

    def send(request: tuple[str, Any, dict[str, str]]) -> httpx.Response:
        path, body, headers = request
        ready.wait()
        return person.post(path, body, **headers)

    with ThreadPoolExecutor(len(requests)) as threads:
        return list(threads.map(send, requests))


def test_the_same_key_at_once_is_recorded_once_and_every_request_gets_its_answer(
    installation: Installation, secretary: Person
) -> None:
    made = secretary.registers_commitment(secretary.registers_organization(), amount=pen("10.00"))
    amend = f"/commitments/{made['id']}/amend-amount"
    for turn in range(8):
        before, key = head(installation), {"Idempotency_Key": f"k{turn}"}
        creating = [("/organizations", REGISTRATION | {"code": f"MIN-{turn}"}, key)] * 4
        body = {"amount": pen(f"{11 + turn}.00"), "reason": "r", "occurred_on": "2019"}
        answers = at_once(secretary, [*creating, *[(amend, body, key)] * 4])
        assert {a.status_code for a in answers[:4]} == {201}, [a.text for a in answers]
        assert {a.status_code for a in answers[4:]} == {200}, [a.text for a in answers]
        assert len({a.content for a in answers}) == 2
        assert head(installation) == before + 2
