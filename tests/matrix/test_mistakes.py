"""A file with fifty planted mistakes: each is reported with row, column and reason, and nothing is recorded."""

import re

import pytest

from tests.matrix.sheets import ROAD, Secretariat, row, sheet

LONG = "x" * 4001
MISTAKES: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"code": ""}, "code", "cell-empty"),
    ({"code": "demo 1"}, "code", "cell-invalid"),
    ({"code": "DEMO-TWICE"}, "code", "code-repeated"),
    ({"code": "0" * 41}, "code", "cell-invalid"),
    ({"statement": ""}, "statement", "cell-empty"),
    ({"statement": LONG}, "statement", "cell-invalid"),
    ({"statement": "y" * 301}, "title", "cell-empty"),
    ({"title": "t" * 301}, "title", "cell-invalid"),
    ({"language": "castellano"}, "language", "cell-invalid"),
    ({"kind": "obra"}, "kind", "word-unknown"),
    ({"state": "casi listo"}, "state", "word-unknown"),
    ({"state": "fulfilled"}, "state", "state-unreachable"),
    ({"state": "blocked"}, "block_cause", "cell-empty"),
    ({"state": "incumplido"}, "reason", "change-needs-reason"),
    ({"percent": "140"}, "percent", "cell-invalid"),
    ({"percent": "mucho"}, "percent", "number-unreadable"),
    ({"sector": "Vivienda y saneamiento"}, "sector", "cell-invalid"),
    ({"territories": "080707"}, "territories", "territory-unlabelled"),
    ({"territories": "PE-UBIGEO-INEI:990707"}, "territories", "cell-invalid"),
    ({"territories": "PE-UBIGEO:080707"}, "territories", "cell-invalid"),
    ({"occurred_on": "25/13/2018"}, "occurred_on", "day-unreadable"),
    ({"occurred_on": "2999-01-01", "deadline": ""}, "occurred_on", "in-future"),
    ({"deadline": "fin de año"}, "deadline", "day-unreadable"),
    ({"deadline": "2017-01-01"}, "deadline", "deadline-before-commitment"),
    ({"amount": "-5200000"}, "amount", "amount-negative"),
    ({"amount": "5,200"}, "amount", "amount-ambiguous"),
    ({"amount": "5,200,00"}, "amount", "amount-unreadable"),
    ({"amount": "S/ 5200"}, "amount", "amount-unreadable"),
    ({"amount": "5200.123"}, "amount", "cell-invalid"),
    ({"amount": "1234567890123"}, "amount", "cell-invalid"),
    ({"currency": "SOLES"}, "currency", "cell-invalid"),
    ({"currency": "XQX"}, "currency", "cell-invalid"),
    ({"currency": ""}, "currency", "currency-missing"),
    ({"approved": "menos de 1"}, "approved", "amount-unreadable"),
    ({"responsibles": ""}, "responsibles", "cell-empty"),
    ({"responsibles": "DEMO-NADIE"}, "responsibles", "organization-not-found"),
    ({"responsibles": "DEMO-MTC [lead 60%] | DEMO-GORE [co 30%]"}, "responsibles", "cell-invalid"),
    ({"responsibles": "DEMO-MTC [jefe]"}, "responsibles", "word-unknown"),
    ({"responsibles": "DEMO-MTC | DEMO-MTC"}, "responsibles", "cell-invalid"),
    ({"responsibles": "DEMO-FIN"}, "responsibles", "organization-ended"),
    ({"collaborators": "DEMO-GORE | DEMO-NADIE"}, "collaborators", "organization-not-found"),
    ({"counterparts": "DEMO-MUNI"}, "counterparts", "parts-unreadable"),
    ({"verifier": "DEMO-MTC"}, "verifier", "not-another-party"),
    ({"part_of": "DEMO-NONE"}, "part_of", "reference-not-found"),
    ({"part_of": "DEMO-PLAIN"}, "part_of", "no-headline"),
    ({"part_of": "DEMO-ALL", "currency": "USD"}, "currency", "currency-mismatch"),
    ({"part_of": "DEMO-ALL", "headline_amount": "10.00", "headline_projects": "1"}, "part_of", "item-has-headline"),
    ({"headline_amount": "10.00", "amount": ""}, "headline_projects", "cell-empty"),
    ({"projects": "1.5"}, "projects", "number-unreadable"),
    ({"beneficiaries_women": "9", "beneficiaries_people": "8", "beneficiaries": "F"}, "beneficiaries", "cell-invalid"),
    ({"sdg_targets": "18.1"}, "sdg_targets", "cell-invalid"),
    ({"minutes": "DEMO-ACTA"}, "minutes", "reference-not-found"),
    ({"source_document": "abc"}, "source_document", "cell-invalid"),
    ({"follow_up_waiver": "z" * 2001}, "follow_up_waiver", "cell-invalid"),
)
"""Cells that make a sound row wrong, the column that must be named, and the problem."""


@pytest.fixture
def recorded(office: Secretariat) -> Secretariat:
    """A secretariat with an organization that ended and a commitment that is no announcement."""
    office.person.registers_organization(code="DEMO-FIN", name="Instituto extinto (ficticio)")
    office.person.does("/organizations/DEMO-FIN/dissolve", reason="r", occurred_on="2000")
    office.records(row(code="DEMO-PLAIN", statement="Otra cosa"))
    return office


def planted() -> tuple[list[dict[str, str]], list[tuple[int, str, str]]]:
    """Return a file of sound rows and mistakes in turn, and what must be said of it."""
    rows, expected = [row(code="DEMO-TWICE", statement="Puesto de salud")], []
    for number, (cells, column, problem) in enumerate(MISTAKES):
        rows.append(row(code=f"DEMO-SOUND-{number}", statement=f"Obra número {number}", amount=f"{number + 1}.00"))
        rows.append(row(**({"code": f"DEMO-WRONG-{number}"} | cells)))
        expected.append((len(rows) + 1, column, problem))
    return rows, expected


@pytest.mark.parametrize("asked", [{"dry_run": True}, {}], ids=["dry run", "import"])
def test_fifty_mistakes_are_reported_each_and_nothing_is_recorded(
    recorded: Secretariat, asked: dict[str, bool]
) -> None:
    rows, expected = planted()
    assert len(expected) >= 50
    before = recorded.head
    report = recorded.imports(sheet(*rows), **asked)
    found = [(item.row, why.column, why.problem) for item in report.items for why in item.refusals]
    assert found == expected
    assert (report.refused, report.created, report.recorded) == (len(expected), len(rows) - len(expected), False)
    assert recorded.head == before


def test_every_reason_is_a_sentence_in_both_languages_with_what_stands_in_the_cell(recorded: Secretariat) -> None:
    rows, _ = planted()
    report = recorded.imports(sheet(*rows), dry_run=True)
    for why in (why for item in report.items for why in item.refusals):
        assert why.en.endswith(".")
        assert why.es.endswith(".")
        assert why.en != why.es
        assert not re.search(r"\{\w+\}|pattern|\^", why.en + why.es)
    values = {why.problem: why.value for item in report.items for why in item.refusals}
    assert (values["amount-ambiguous"], values["territory-unlabelled"]) == ("5,200", "080707")


def test_all_mistakes_of_a_row_are_reported(recorded: Secretariat) -> None:
    wrong = row(amount="1,234", deadline="mañana", responsibles="DEMO-NADIE", territories="080707", percent="x")
    assert recorded.refuses(wrong) == [
        (2, "percent", "number-unreadable"),
        (2, "territories", "territory-unlabelled"),
        (2, "deadline", "day-unreadable"),
        (2, "amount", "amount-ambiguous"),
        (2, "responsibles", "organization-not-found"),
    ]


def test_a_column_nobody_knows_is_refused_with_near_ones_and_rows_are_still_checked(recorded: Secretariat) -> None:
    wrong = {"responsable(s)": "DEMO-MTC", "Monto S/": "1"} | row(amount="1,234")
    found = recorded.refuses(wrong)
    assert found == [
        (1, "responsable(s)", "column-unknown"),
        (1, "Monto S/", "column-unknown"),
        (2, "amount", "amount-ambiguous"),
    ]
    [header, _] = recorded.imports(sheet(wrong), dry_run=True).items
    assert "responsable" in header.refusals[0].es


def test_a_column_that_stands_twice_and_a_row_with_too_many_cells_are_refused(recorded: Secretariat) -> None:
    head, line = ",".join([*ROAD, "Monto"]), ",".join([*ROAD.values(), "7", "8"])
    report = recorded.imports(f"{head}\n{line}\n".encode(), dry_run=True)
    assert [(i.row, why.column, why.problem) for i in report.items for why in i.refusals] == [
        (1, "amount", "column-repeated"),
        (2, "-", "cells-surplus"),
    ]


def test_the_items_of_a_refused_announcement_say_so(recorded: Secretariat) -> None:
    whole = row(code="DEMO-W", amount="", headline_amount="9,000", headline_projects="2")
    assert recorded.refuses(row(code="DEMO-I", part_of="DEMO-W"), whole) == [
        (2, "part_of", "whole-refused"),
        (3, "headline_amount", "amount-ambiguous"),
    ]


def test_a_row_too_large_for_one_fact_is_refused(recorded: Secretariat) -> None:
    wide = " | ".join(f"{n}{'ñ' * 3900}" for n in range(9))
    assert recorded.refuses(row(conditions=wide)) == [(2, "code", "row-too-large")]


def test_what_is_recorded_is_not_taken_back_by_a_row(recorded: Secretariat) -> None:
    full = {"collaborators": "DEMO-MUNI | DEMO-RONDA-1", "counterparts": "DEMO-GORE = Tierra"}
    recorded.records(row(**full))
    assert recorded.refuses(row(collaborators="DEMO-MUNI", counterparts="DEMO-GORE = Agua")) == [
        (2, "collaborators", "cannot-remove"),
        (2, "counterparts", "cannot-remove"),
    ]


def test_changes_need_a_reason(recorded: Secretariat) -> None:
    recorded.records(row())
    assert recorded.refuses(row(amount="1.00", sector="health")) == [(2, "reason", "change-needs-reason")] * 2
    assert recorded.records(row(amount="1.00", sector="health", reason="Adenda")).changed == 1


def test_what_a_rule_refuses_names_the_column_that_asked_for_it(recorded: Secretariat) -> None:
    recorded.records(row(), row(code="DEMO-TWIN", statement="Gemela"))
    first = recorded.person.sees("/commitments/DEMO-001/history")["items"][0]["position"]
    assert first
    recorded.person.does("/commitments/DEMO-001/declare-unfulfilled", reason="r", occurred_on="2020-01-01")
    assert recorded.refuses(row(percent="10"), row(code="DEMO-TWIN", statement="Gemela", percent="5")) == [
        (2, "percent", "commitment-not-open")
    ]
    assert recorded.sees("DEMO-TWIN")["percent"] is None
