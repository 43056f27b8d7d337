"""The matrix over HTTP: a report as JSON or CSV, refusals as a problem, and who may import."""

import csv
import io
from typing import Any

import httpx
import pytest

from api.limits import LARGEST_BODY
from roundtable.installation import Installation
from tests.harness import Person
from tests.matrix.sheets import Secretariat, row, sheet


def send(person: Person, content: bytes, media_type: str = "text/csv", **query: Any) -> httpx.Response:
    headers = person.headers(Content_Type=media_type)
    return person.client.post("/v1/commitments/matrix", content=content, params=query, headers=headers)


def test_an_import_answers_with_its_report_and_position(office: Secretariat) -> None:
    answer = send(office.person, sheet(row(), row(code="DEMO-002"), separator=";"))
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert (report["created"], report["recorded"], report["facts"]) == (2, True, 2)
    assert answer.headers["Roundtable-Position"] == str(report["position"]) == str(office.head)
    assert [(item["row"], item["code"], item["commands"]) for item in report["items"]] == [
        (2, "DEMO-001", ["register"]),
        (3, "DEMO-002", ["register"]),
    ]
    facts = office.person.sees("/events", after=office.head - 2)["items"]
    assert {fact["correlation"] for fact in facts} == {report["correlation"]}


@pytest.mark.parametrize(
    "media_type", ["text/csv", "text/csv; charset=UTF-8", 'text/csv;charset="utf-8";header=present']
)
def test_a_dry_run_as_csv_has_a_line_for_each_refusal_change_and_row(office: Secretariat, media_type: str) -> None:
    office.records(row())
    rows = [row(amount="1.00", sector="health", reason="Adenda"), row(code="DEMO-2"), row(code="DEMO-3", amount="1,2x")]
    answer = send(office.person, sheet(*rows), media_type, dry_run="true", format="csv")
    assert answer.headers["content-type"].startswith("text/csv")
    found = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(f["row"], f["result"], f["column"], f["from"], f["to"], f["command"]) for f in found] == [
        ("2", "changed", "sector", "transport", "health", "correct"),
        ("2", "changed", "amount", "5200000.00", "1.00", "amend-amount"),
        ("3", "created", "", "", "", "register"),
        ("4", "refused", "amount", "1,2x", "", ""),
    ]
    assert found[2]["duplicates"] == "DEMO-001"
    assert (found[3]["reason"][:5], found[3]["motivo"][:5]) == ("1,2x ", "1,2x ")
    assert len(office.person.sees("/commitments")["items"]) == 2


@pytest.mark.parametrize(("language", "words"), [("en", "is no amount"), ("es", "no es un monto")])
def test_refused_rows_are_a_problem_that_names_all_of_them(office: Secretariat, language: str, words: str) -> None:
    before = office.head
    content = sheet(row(amount="x"), row(code="DEMO-2"), row(code="DEMO-3", deadline="x"))
    person = office.person
    headers = person.headers(Content_Type="text/csv", Accept_Language=language)
    answer = person.client.post("/v1/commitments/matrix", content=content, headers=headers)
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (422, "urn:roundtable:problem:matrix-refused")
    assert [(e["row"], e["code"], e["field"], e["type"], e["value"]) for e in problem["errors"]] == [
        (2, "DEMO-001", "amount", "amount-unreadable", "x"),
        (4, "DEMO-3", "deadline", "day-unreadable", "x"),
    ]
    assert words in problem["errors"][0]["message"]
    assert problem["values"] == {"refused": 2, "rows": 3}
    assert office.head == before


@pytest.mark.parametrize(
    ("content", "media_type", "query", "status", "name"),
    [
        (sheet(row()), "application/json", {}, 415, "media-type-unsupported"),
        (sheet(row()), "text/csv; charset=latin-1", {}, 415, "media-type-unsupported"),
        (b"\xff\xfe", "text/csv", {}, 422, "matrix-unreadable"),
        (b"title\nx\n", "text/csv", {}, 422, "column-missing"),
        (sheet(row()), "text/csv", {"occurred_on": "25/07/2018"}, 422, "invalid-request"),
        (sheet(row()), "text/csv", {"nothing": "1"}, 422, "invalid-request"),
        (sheet(row()), "text/csv", {"dry_run": ["true", "false"]}, 422, "parameter-repeated"),
        (sheet(row()), "text/csv", {"roundtable": "DEMO-NO"}, 422, "reference-not-found"),
        (sheet(row()), "text/csv", {"on_behalf_of": "DEMO-NO"}, 422, "organization-not-found"),
    ],
)
def test_what_is_no_import_is_refused(
    office: Secretariat, content: bytes, media_type: str, query: dict[str, Any], status: int, name: str
) -> None:
    answer = send(office.person, content, media_type, **query)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:roundtable:problem:{name}")


def test_only_who_may_record_imports(sqlite_installation: Installation) -> None:
    auditor = Person.arrives(sqlite_installation, "auditor")
    assert send(auditor, sheet(row())).status_code == 403
    assert send(auditor._replace(token=None), sheet(row())).status_code == 401
    assert auditor._replace(token=None).get("/commitments/matrix.csv").status_code == 200


def test_a_matrix_may_be_larger_than_a_command(office: Secretariat) -> None:
    wide = [row(code=f"DEMO-{n}", conditions="c" * 3000, statement=f"Obra {n}") for n in range(100)]
    content = sheet(*wide)
    assert len(content) > LARGEST_BODY
    assert send(office.person, content, dry_run="true").json()["created"] == 100


def test_an_export_of_a_roundtable_that_is_not_there_is_refused(office: Secretariat) -> None:
    assert office.person.get("/commitments/matrix.csv", roundtable="DEMO-NO").status_code == 404
