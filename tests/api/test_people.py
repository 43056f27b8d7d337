"""Texts about people: the log holds a salted digest, readers with a token see the value while it is known."""

import base64
import hashlib
import json
from typing import Any

import pytest
import sqlalchemy as sa

from roundtable.installation import Installation
from roundtable.store.tables import disclosure, event
from tests.harness import Person

NAME = "María Quispe, 984 000 000"


@pytest.fixture
def made(secretary: Person) -> str:
    """The address of an organization that named a contact."""
    return f"/organizations/{secretary.registers_organization(contact=NAME)}"


def rows(installation: Installation, query: Any) -> list[Any]:
    with installation.database.reading() as connection:
        return list(connection.execute(query))


def test_the_value_is_shown_to_callers_with_a_token_only(secretary: Person, made: str) -> None:
    anybody = secretary._replace(token=None)
    for path, of in ((made, lambda body: body), ("/organizations", lambda body: body["items"][0])):
        shown = of(secretary.sees(path))["contact"]
        withheld = of(anybody.sees(path))["contact"]
        assert shown == {"digest": withheld["digest"], "value": NAME}
        assert withheld["value"] is None
    assert NAME in secretary.get("/organizations", format="csv").text
    for path in (made, "/organizations", f"{made}/history", "/events"):
        assert "Quispe" not in anybody.get(path).text
    assert "Quispe" not in anybody.get("/organizations", format="csv").text


def test_the_log_holds_the_rfc_9901_digest_of_a_salted_disclosure(
    installation: Installation, secretary: Person, made: str
) -> None:
    digest = secretary.sees(made)["contact"]["digest"]
    [row] = rows(installation, sa.select(disclosure))
    recomputed = base64.urlsafe_b64encode(hashlib.sha256(row.disclosure.encode("ascii")).digest()).rstrip(b"=").decode()
    assert row.digest == recomputed == digest
    salt, name, value = json.loads(base64.urlsafe_b64decode(row.disclosure + "=="))
    assert (name, value) == ("contact", NAME)
    assert len(base64.urlsafe_b64decode(salt + "==")) >= 16
    [body] = rows(installation, sa.select(event.c.body))
    assert json.loads(body.body)["contact"] == digest
    assert "Quispe" not in body.body


def test_the_same_name_twice_has_two_digests(secretary: Person, made: str) -> None:
    first = secretary.sees(made)["contact"]["digest"]
    secretary.does(f"{made}/name-contact", contact=NAME)
    assert secretary.sees(made)["contact"]["digest"] != first


def test_erasing_the_value_leaves_everything_else_working(
    installation: Installation, secretary: Person, made: str
) -> None:
    tag = secretary.get(made).headers["etag"]
    with installation.database.writing() as connection:
        connection.execute(disclosure.delete())
    erased = secretary.client.get(f"/v1{made}", headers=secretary.headers(If_None_Match=tag))
    assert erased.status_code == 200
    assert erased.json()["contact"]["value"] is None
    assert "Quispe" not in secretary.get("/organizations", format="csv").text
    [registered] = secretary.sees(f"{made}/history")["items"]
    renamed = secretary.corrects(made, registered["position"], {"name": "Corrected"})
    assert secretary.sees(made)["name"] == "Corrected"
    assert secretary.sees(made, at_position=renamed["position"] - 1)["name"] != "Corrected"
    named = secretary.does(f"{made}/name-contact", contact="Ana")
    assert secretary.sees(made)["contact"]["value"] == "Ana"
    secretary.voids(made, named["position"])
    assert secretary.sees(made)["contact"]["value"] is None


def test_a_corrected_name_is_sealed_too(installation: Installation, secretary: Person, made: str) -> None:
    [registered] = secretary.sees(f"{made}/history")["items"]
    corrected = secretary.corrects(made, registered["position"], {"contact": "Rosa Huamán"})
    assert secretary.sees(made)["contact"]["value"] == "Rosa Huamán"
    assert secretary.sees(made, at_position=corrected["position"] - 1)["contact"]["value"] == NAME
    assert "Huamán" not in "".join(row.body for row in rows(installation, sa.select(event.c.body)))
    assert len(rows(installation, sa.select(disclosure))) == 2


def test_a_refused_command_keeps_no_name(installation: Installation, secretary: Person) -> None:
    secretary.registers_organization(code="TAKEN")
    body = {"name": "N", "kind": "company", "code": "TAKEN", "contact": NAME, "occurred_on": "2019"}
    assert secretary.post("/organizations", body).status_code == 409
    assert rows(installation, sa.select(disclosure)) == []
