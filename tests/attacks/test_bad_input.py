"""Bad input: each is a problem that names the field and the value, and nothing is recorded."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from roundtable.installation import Installation
from roundtable.store.tables import document, event, idempotency, log_head
from tests.harness import Person, migrated, pen
from tests.postgres import scratch

JSON = {"Content-Type": "application/json"}
COMMITMENT: dict[str, Any] = {
    "title": "Road",
    "responsibles": [{"organization": "ORGANIZATION"}],
    "amount": pen("10.00"),
    "occurred_on": "2018-07-25",
}
TOMORROW = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()


def state(installation: Installation) -> list[tuple[Any, ...]]:
    """Return everything that a write would change."""
    with installation.database.reading() as connection:
        counts = [connection.scalar(sa.select(sa.func.count()).select_from(t)) for t in (event, idempotency, document)]
        return [tuple(counts), tuple(connection.execute(sa.select(log_head)).one())]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def installation(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """One installation of each kind for all of this, since nothing is recorded."""
    if request.param == "sqlite":
        with scratch() as folder:
            opened = migrated(f"sqlite:///{folder}/log.db")
            yield opened
            opened.close()
    else:
        opened = migrated(request.getfixturevalue("postgres_server").new_database())
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def secretary(installation: Installation) -> Person:
    return Person.arrives(installation)


@pytest.fixture(scope="module")
def organization(secretary: Person) -> str:
    return secretary.registers_organization()


def send(person: Person, body: bytes, path: str = "/commitments") -> httpx.Response:
    headers = person.headers(Idempotency_Key="bad") | JSON
    return person.client.post(f"/v1{path}", content=body, headers=headers)


def well_formed(answer: httpx.Response) -> dict[str, Any]:
    problem: dict[str, Any] = answer.json()
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == answer.status_code
    return problem


FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"title": 7}, "title"),
    ({"title": ["Road"]}, "title"),
    ({"title": None}, "title"),
    ({"title": ""}, "title"),
    ({"title": " \t "}, "title"),
    ({"title": "a\x00b"}, "title"),
    ({"title": "a\x1bb"}, "title"),
    ({"title": "a" * 301}, "title"),
    ({"statement": "x" * 200_000}, "statement"),
    ({"colour": "red"}, "colour"),
    ({"responsibles": []}, "responsibles"),
    ({"responsibles": "ORGANIZATION"}, "responsibles"),
    ({"responsibles": [{"organization": "1"}]}, "responsibles.0.organization"),
    ({"responsibles": [{"organization": "ORGANIZATION", "share": 101}]}, "responsibles.0.share"),
    ({"responsibles": [{"organization": "ORGANIZATION", "share": "50"}]}, "responsibles.0.share"),
    ({"responsibles": [{"organization": "ORGANIZATION", "boss": True}]}, "responsibles.0.boss"),
    ({"responsibles": [{"organization": "ORGANIZATION"}] * 2}, "responsibles"),
    ({"amount": "10.00"}, "amount"),
    ({"amount": {"amount": 10, "currency": "PEN"}}, "amount.amount"),
    ({"amount": {"amount": 10.5, "currency": "PEN"}}, "amount.amount"),
    ({"amount": pen("-1.00")}, "amount.amount"),
    ({"amount": pen("1e3")}, "amount.amount"),
    ({"amount": pen("NaN")}, "amount.amount"),
    ({"amount": pen("1,000.00")}, "amount.amount"),
    ({"amount": pen("1234567890123.00")}, "amount.amount"),
    ({"amount": pen("١٢")}, "amount.amount"),
    ({"amount": pen("1.001")}, "amount"),
    ({"amount": {"amount": "1.00", "currency": "XYZ"}}, "amount"),
    ({"amount": {"amount": "1.00", "currency": "pen"}}, "amount.currency"),
    ({"amount": {"amount": "1.00"}}, "amount.currency"),
    ({"occurred_on": TOMORROW}, "occurred_on"),
    ({"occurred_on": "2999"}, "occurred_on"),
    ({"occurred_on": "0000-01-01"}, "occurred_on"),
    ({"occurred_on": "2019-02-30"}, "occurred_on"),
    ({"occurred_on": "25/07/2018"}, "occurred_on"),
    ({"occurred_on": 2018}, "occurred_on"),
    ({"occurred_on": None}, "occurred_on"),
    ({"deadline": "2018-07-24"}, "deadline"),
    ({"deadline": "tomorrow"}, "deadline"),
    ({"deadline": 1532476800}, "deadline"),
    ({"territories": ["080701"]}, "territories.0"),
    ({"territories": [{"code": "080701"}]}, "territories.0.system"),
    ({"territories": [{"system": "PE-UBIGEO-INEI", "code": "990000"}]}, "territories.0"),
    ({"actor": "00000000-0000-0000-0000-000000000000"}, "actor"),
    ({"context": {"actor": "x"}}, "context"),
    ({"recorded_at": "2001-01-01T00:00:00Z"}, "recorded_at"),
    ({"position": 1}, "position"),
    ({"id": "00000000-0000-0000-0000-000000000000"}, "id"),
    ({"on_behalf_of": "nobody"}, "on_behalf_of"),
    ({"source": {}}, "source"),
    ({"source": {"document": "zz"}}, "source.document"),
    ({"source": {"citation": "c", "page": 0}}, "source.page"),
    ({"projects": -1}, "projects"),
    ({"projects": 10**9}, "projects"),
    ({"projects": 1.5}, "projects"),
    ({"projects": True}, "projects"),
    ({"kind": "planet"}, "kind"),
    ({"stage": "fulfilled"}, "stage"),
    ({"code": "chu-1"}, "code"),
    ({"code": "A--B"}, "code"),
    ({"code": "A\n"}, "code"),
    ({"sector": "Tránsito"}, "sector"),
    ({"language": "spanish"}, "language"),
    ({"sdg_targets": ["18.1"]}, "sdg_targets.0"),
    ({"conditions": ["c"] * 21}, "conditions"),
    ({"headline": {"amount": pen("1.00"), "projects": 1}}, "amount"),
]


@pytest.mark.parametrize(("wrong", "field"), FIELDS, ids=[f"{f}={json.dumps(w)[:30]}" for w, f in FIELDS])
def test_a_wrong_field_is_named_and_nothing_is_recorded(
    installation: Installation, secretary: Person, organization: str, wrong: dict[str, Any], field: str
) -> None:
    before = state(installation)
    body = json.dumps(COMMITMENT | wrong).replace("ORGANIZATION", organization)
    problem = well_formed(send(secretary, body.encode()))
    assert field in {error["field"] for error in problem["errors"]}, problem
    assert len(json.dumps(problem)) < 10_000
    assert state(installation) == before


def test_a_second_currency_is_refused_everywhere(
    installation: Installation, secretary: Person, organization: str
) -> None:
    usd = {"amount": "1.00", "currency": "USD"}
    single = f"/commitments/{secretary.registers_commitment(organization, amount=pen('10.00'))['id']}"
    whole = secretary.registers_commitment(organization, headline={"amount": pen("10.00"), "projects": 1})["id"]
    before = state(installation)
    said = {"occurred_on": "2019", "reason": "r"}
    answers = [
        secretary.post(f"{single}/{command}", said | {"amount": usd})
        for command in ("amend-amount", "approve-amount", "report-execution")
    ]
    part = {"title": "P", "responsibles": [{"organization": organization}], "occurred_on": "2019", "part_of": whole}
    answers.append(secretary.post("/commitments", part | {"amount": usd}))
    headline = {"headline": {"amount": usd, "projects": 1}}
    answers.append(secretary.post(f"/commitments/{whole}/amend-headline", said | headline))
    for answer in answers:
        problem = well_formed(answer)
        assert problem["type"] == "urn:roundtable:problem:currency-mismatch"
        assert (problem["values"]["currency"], problem["values"]["expected"]) == ("USD", "PEN")
    assert state(installation) == before


def test_a_fact_before_its_object_or_of_an_unknown_organization_is_refused(
    installation: Installation, secretary: Person, organization: str
) -> None:
    made = secretary.registers_commitment(organization)
    stranger = made["id"]
    before = state(installation)
    early = secretary.post(f"/commitments/{made['id']}/start", {"occurred_on": "2018-07-24"})
    assert well_formed(early)["values"]["began_on"] == "2018-07-25"
    for body in ({"organization": stranger}, {"organization": organization, "on_behalf_of": stranger}):
        answer = secretary.post(f"/commitments/{made['id']}/assign-verifier", body | {"occurred_on": "2019"})
        assert well_formed(answer)["type"] in {
            "urn:roundtable:problem:unknown-organization",
            "urn:roundtable:problem:not-another-party",
        }
    assert state(installation) == before


def deep(depth: int) -> bytes:
    return b'{"changes": ' + b"[" * depth + b"]" * depth + b"}"


RAW: list[tuple[bytes, str, str]] = [
    (b"", "not-json", "body"),
    (b"{", "not-json", "body"),
    (b"{'title': 1}", "not-json", "body"),
    (b'{"title": "a",}', "not-json", "body"),
    (b"\xef\xbb\xbf{}", "not-json", "body"),
    ('{"title": "ñ"}'.encode("latin-1"), "not-json", "body"),
    ('{"title": "a"}'.encode("utf-16"), "not-json", "body"),
    (b'{"title": "\xed\xa0\x80"}', "not-json", "body"),
    (b'{"title": "\\ud800"}', "text-not-unicode", "title"),
    (b'{"a": {"b": ["\\udfff x"]}}', "text-not-unicode", "a.b.0"),
    (b'{"\\ud800": 1}', "text-not-unicode", "?"),
    (b'{"title": "a", "title": "b"}', "name-repeated", "title"),
    (b'{"amount": {"currency": "PEN", "currency": "USD"}}', "name-repeated", "currency"),
    (b'{"title": "a", "\\u0074itle": "b"}', "name-repeated", "title"),
    (b'{"projects": NaN}', "number-out-of-range", "body"),
    (b'{"projects": -Infinity}', "number-out-of-range", "body"),
    (b'{"projects": 1e999}', "number-out-of-range", "projects"),
    (b'{"projects": 9007199254740992}', "number-out-of-range", "projects"),
    (b'{"projects": ' + b"9" * 4000 + b"}", "number-out-of-range", "projects"),
    (b'{"projects": ' + b"9" * 5000 + b"}", "number-out-of-range", "body"),
    (deep(25), "too-deep", "changes" + ".0" * 20),
    (deep(100_000), "too-deep", "body"),
    (b"[]", "invalid-request", "body"),
    (b'"text"', "invalid-request", "body"),
    (b"null", "invalid-request", "body"),
    (b"x" * 1_000_000, "too-large", ""),
]


@pytest.mark.parametrize(("raw", "name", "field"), RAW, ids=[repr(raw[:30]) for raw, _, _ in RAW])
def test_what_is_no_common_json_is_refused_and_nothing_is_recorded(
    installation: Installation, secretary: Person, raw: bytes, name: str, field: str
) -> None:
    before = state(installation)
    problem = well_formed(send(secretary, raw))
    assert problem["type"] == f"urn:roundtable:problem:{name}", problem
    assert [error["field"] for error in problem.get("errors", ())] == ([field] if field else [])
    assert state(installation) == before


@pytest.mark.parametrize(
    "changes", [b'{"x": "\\ud800"}', b'{"x": 1e999}', b'{"x": 99999999999999999999}', b'{"code": "a\\u0000"}',
                b'{"code": {"scheme": 1}}', b'{"identifiers": 5}', b'{"identifiers": [[["x"]]]}', b'{"contact": {}}'],
)  # fmt: skip
def test_corrected_fields_are_checked_as_strictly(
    installation: Installation, secretary: Person, organization: str, changes: bytes
) -> None:
    before = state(installation)
    raw = b'{"position": 1, "reason": "r", "changes": ' + changes + b"}"
    well_formed(send(secretary, raw, f"/organizations/{organization}/correct"))
    assert state(installation) == before


@pytest.mark.parametrize(
    "path",
    ["/commitments/a%00b", "/commitments/%ff", "/commitments/%ED%A0%80", "/commitments/a%2Fb", "/commitments/..%2f..",
     "/commitments/" + "A" * 81, "/documents/" + "g" * 64, "/documents/%00", "/commitments/X'--", "/%00",
     "/commitments/A%0A", "/problems/%00"],
)  # fmt: skip
def test_an_address_that_cannot_be_is_refused(installation: Installation, secretary: Person, path: str) -> None:
    before = state(installation)
    assert secretary.client.get(f"/v1{path}").status_code in {404, 422}
    well_formed(secretary.client.get(f"/v1{path}"))
    answer = secretary.client.post(f"/v1{path}/start", content=b"{}", headers=secretary.headers() | JSON)
    well_formed(answer)
    assert state(installation) == before


@pytest.mark.parametrize("name", ["q", "sector", "territory", "cursor", "state", "organization", "sort", "as_of", "x"])
@pytest.mark.parametrize(
    "value", ["a%00b", "%ff%fe", "%ED%A0%80", "' OR 1=1 --", "%25", "_", "\\", "|", "[", "A" * 5000]
)
def test_a_parameter_never_breaks_a_list(secretary: Person, name: str, value: str) -> None:
    answer = secretary.client.get(f"/v1/commitments?{name}={value}")
    if answer.status_code != 200:
        assert name in {error["field"].partition(".")[0] for error in well_formed(answer)["errors"]}


def test_signs_that_mean_something_to_sql_are_searched_as_they_are(secretary: Person, organization: str) -> None:
    signs = ["%", "_", "\\", "'", '"', "|", "*", "[a-z]", "100%", "a_b"]
    titles = [f"Sign {sign} end" for sign in signs] + ["Sign 100 aXb end"]
    for title in titles:
        secretary.registers_commitment(organization, title=title)
    for sign in signs:
        found = [item["title"] for item in secretary.sees("/commitments", q=f"sign {sign}", limit=200)["items"]]
        assert found == [title for title in titles if sign in title], sign


@pytest.mark.parametrize(
    ("header", "value"),
    [("Idempotency-Key", ""), ("Idempotency-Key", "k" * 201), ("Idempotency-Key", "a b"), ("Idempotency-Key", "ñ"),
     ("If-Match", "x"), ("If-Match", '"1'), ("If-Match", "1" * 501)],
)  # fmt: skip
def test_a_header_that_means_nothing_is_refused(
    installation: Installation, secretary: Person, organization: str, header: str, value: str
) -> None:
    before = state(installation)
    headers = {**secretary.headers(), header: value.encode("latin-1")}
    body = {"name": "New", "occurred_on": "2019"}
    answer = secretary.client.post(f"/v1/organizations/{organization}/rename", json=body, headers=headers)
    assert [e["field"].lower() for e in well_formed(answer)["errors"]] == [header.lower()]
    assert state(installation) == before
