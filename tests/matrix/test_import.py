"""A matrix becomes commands: rows are registered, changed by the right command, left alone; one decision in all."""

from typing import Any

import pytest
import sqlalchemy as sa

from roundtable.matrix import errors
from roundtable.matrix.files import Matrix
from roundtable.matrix.report import Report
from roundtable.store.tables import event
from tests.harness import Person
from tests.matrix.sheets import Secretariat, row, sheet

WIDE = row(
    code="DEMO-WIDE",
    title="Agua para Quiñota",
    kind="inversión",
    state="en proceso",
    percent="40 %",
    amount="1,234,567.89",
    approved="1.200.000,50",
    executed="300000",
    deadline="31/12/2020",
    responsibles="DEMO-MTC [lead 60%] | DEMO-GORE [co 40%]",
    collaborators="DEMO-MUNI",
    counterparts="DEMO-RONDA-1 = Terreno | DEMO-RONDA-2 = Mano de obra \\| faenas",
    follow_up_waiver="La mesa ya no sesiona",
    verifier="PE-RUC:20131379945",
    beneficiaries="Familias",
    beneficiaries_people="1200",
    beneficiaries_women="640",
    conditions="Crédito suplementario | EIA aprobado",
    sdg_targets="6.1 | 11.3",
    territories="PE-UBIGEO-INEI:080707 | PE-UBIGEO-INEI:080706",
    source="Acta 4",
    source_page="7",
    quote="Nos comprometemos",
    item="3",
    illustrative="amount | deadline",
    statement="Primera línea\nsegunda, con coma",
)


def result(report: Report) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(item.code, item.result, item.commands) for item in report.items]


def export(office: Secretariat, spoken: str = "en", **when: Any) -> bytes:
    found = office.person.get("/commitments/matrix.csv", headers=spoken, **when)
    assert found.status_code == 200, found.text
    return found.content


def correlations(office: Secretariat, after: int) -> list[str]:
    with office.installation.database.reading() as connection:
        query = sa.select(event.c.correlation).where(event.c.position > after)
        return list(connection.scalars(query))


def test_new_rows_are_registered_as_one_decision(office: Secretariat) -> None:
    before = office.head
    report = office.records(row(), row(code="DEMO-002", part_of="DEMO-ALL", projects="5"))
    assert result(report) == [("DEMO-001", "created", ("register",)), ("DEMO-002", "created", ("register",))]
    assert (report.recorded, report.facts, report.position) == (True, 2, before + 2)
    assert correlations(office, before) == [str(report.correlation)] * 2
    seen = office.sees()
    assert (seen["title"], seen["statement"]) == (row()["statement"],) * 2
    assert (seen["amount"]["amount"], seen["deadline"], seen["began_on"]) == ("5200000.00", "2020-12-31", "2018-07-25")
    assert office.sees("DEMO-002")["part_of"] == office.whole


def test_the_same_file_again_records_nothing(office: Secretariat) -> None:
    ruc = {"scheme": "PE-RUC", "id": "20131379945"}
    office.person.registers_organization(name="Contraloría (ficticia)", identifiers=[ruc])
    office.records(row(), WIDE)
    before = office.head
    report = office.records(row(), WIDE)
    assert [(item.result, item.changes) for item in report.items] == [("unchanged", ()), ("unchanged", ())]
    assert (report.recorded, report.facts, office.head, report.position) == (False, 0, before, before)


@pytest.mark.parametrize("spoken", ["en", "es"])
def test_an_export_imports_without_a_change(office: Secretariat, spoken: str) -> None:
    ruc = {"scheme": "PE-RUC", "id": "20131379945"}
    office.person.registers_organization(name="Contraloría (ficticia)", identifiers=[ruc])
    office.records(row(), WIDE, row(code="DEMO-ASKED", state="pedido", part_of="DEMO-ALL"))
    office.records(row(code="DEMO-STUCK", state="bloqueado", block_cause="Falta terreno", follow_up_body="DEMO-GORE"))
    nameless = office.person.registers_commitment(office.mtc)["id"]
    before, content = office.head, export(office, spoken)
    assert nameless in content.decode()
    report = office.imports(content)
    assert [(item.code, item.result, item.refusals, item.changes) for item in report.items] == [
        (item.code, "unchanged", (), ()) for item in report.items
    ]
    assert (report.rows, office.head) == (6, before)


def test_an_export_founds_the_same_record_elsewhere_but_for_what_a_matrix_does_not_hold(office: Secretariat) -> None:
    office.records(row(percent="30", state="in_progress"), row(code="DEMO-002"))
    content = export(office)
    for code in ("DEMO-001", "DEMO-002"):
        first = office.person.sees(f"/commitments/{code}/history")["items"][0]["position"]
        office.person.voids(f"/commitments/{code}", first)
    report = office.imports(content)
    assert {item.code: item.result for item in report.items}["DEMO-001"] == "created"
    assert sorted(export(office).splitlines()) == sorted(content.splitlines())


def test_a_dry_run_says_the_same_and_records_nothing(office: Secretariat) -> None:
    before = office.head
    dry = office.imports(sheet(row(), row(code="DEMO-002")), dry_run=True)
    assert (dry.dry_run, dry.recorded, dry.position, office.head) == (True, False, before, before)
    assert result(dry) == result(office.records(row(), row(code="DEMO-002")))


CHANGES = [
    ({"amount": "5000000"}, "amend-amount", "amount", "5200000.00", "5000000"),
    ({"responsibles": "DEMO-GORE"}, "assign-responsibles", "responsibles", "DEMO-MTC [lead]", "DEMO-GORE"),
    ({"follow_up_body": "DEMO-GORE"}, "assign-follow-up-body", "follow_up_body", "", "DEMO-GORE"),
    ({"verifier": "DEMO-GORE"}, "assign-verifier", "verifier", "", "DEMO-GORE"),
    ({"collaborators": "DEMO-MUNI"}, "add-collaborator", "collaborators", "", "DEMO-MUNI"),
    ({"counterparts": "DEMO-MUNI = Tierra"}, "add-counterpart", "counterparts", "", "DEMO-MUNI = Tierra"),
    ({"percent": "15"}, "report-progress", "percent", "", "15"),
    ({"approved": "5100000"}, "approve-amount", "approved", "", "5100000"),
    ({"executed": "100.50"}, "report-execution", "executed", "", "100.50"),
    ({"state": "en curso"}, "start", "state", "agreed", "en curso"),
    ({"state": "blocked", "block_cause": "Sin terreno"}, "block", "state", "agreed", "blocked"),
    ({"state": "incumplido"}, "declare-unfulfilled", "state", "agreed", "incumplido"),
    ({"follow_up_waiver": "Sin mesa"}, "waive-follow-up", "follow_up_waiver", "", "Sin mesa"),
    ({"statement": "Otra"}, "correct", "statement", row()["statement"], "Otra"),
    ({"sector": "education"}, "correct", "sector", "transport", "education"),
    ({"territories": "PE-UBIGEO-INEI:080706"}, "correct", "territories", row()["territories"], "PE-UBIGEO-INEI:080706"),
    ({"part_of": "DEMO-ALL"}, "correct", "part_of", "", "DEMO-ALL"),
    ({"occurred_on": "26/07/2018"}, "correct", "occurred_on", "2018-07-25", "26/07/2018"),
    ({"source": "Acta 3"}, "correct", "source", "", "Acta 3"),
    ({"illustrative": "amount"}, "correct", "illustrative", "", "amount"),
    ({"beneficiaries": "Familias"}, "correct", "beneficiaries", "", "Familias"),
    ({"page": "4"}, "correct", "page", "", "4"),
]


@pytest.mark.parametrize(("cells", "command", "column", "before", "after"), CHANGES, ids=lambda v: str(v)[:30])
def test_a_changed_cell_becomes_its_command(
    office: Secretariat, cells: dict[str, str], command: str, column: str, before: str, after: str
) -> None:
    office.records(row())
    report = office.records(row(**cells), reason="Sesión 5", occurred_on="2019-06")
    [item] = report.items
    assert (item.result, item.commands) == ("changed", (command,))
    assert [(c.column, c.from_, c.to, c.command) for c in item.changes if c.column == column] == [
        (column, before, after, command)
    ]
    fact = office.person.sees("/commitments/DEMO-001/history")["items"][-1]
    assert fact["correlation"] == str(report.correlation)
    if command != "correct":
        assert (fact["occurred_on"], fact["precision"]) == ("2019-06-30", "month")
    assert [item.result for item in office.records(row(**cells), reason="r").items] == ["unchanged"]


def test_a_deadline_is_set_once_and_then_moved_by_an_act(office: Secretariat) -> None:
    office.records(row(deadline=""))
    assert result(office.records(row()))[0][2] == ("set-deadline",)
    assert office.refuses(row(deadline="2021-06-30"), reason="r") == [(2, "act_type", "act-missing")]
    act = {"act_type": "resolution", "act_number": "12-2020", "act_issuer": "PCM", "act_date": "01/12/2020"}
    moved = row(deadline="2021-06-30", reason="Lluvias") | act
    assert result(office.records(moved))[0][2] == ("extend-deadline",)
    assert [(e["from"], e["to"], e["reason"]) for e in office.sees()["extensions"]] == [
        ("2020-12-31", "2021-06-30", "Lluvias")
    ]
    assert office.refuses(row(deadline="2020-01-31", reason="r") | act) == [(2, "deadline", "not-later")]


def test_an_announcement_is_amended_by_its_cells(office: Secretariat) -> None:
    whole = {"code": "DEMO-ALL", "headline_amount": "170,000,000.00", "currency": "PEN"}
    [item] = office.records(whole, reason="Adenda").items
    assert (item.commands, item.changes[0].from_) == (("amend-headline",), "166000000.00")
    assert office.sees("DEMO-ALL")["headline"]["projects"] == 32


def test_an_announcement_may_stand_below_its_items(office: Secretariat) -> None:
    whole = row(code="DEMO-W", amount="", headline_amount="9000000", headline_projects="2")
    report = office.records(row(part_of="DEMO-W"), whole)
    assert [item.result for item in report.items] == ["created", "created"]
    found = office.person.sees("/commitments/DEMO-W/balance")
    assert found["remainder"] == {"amount": {"amount": "3800000.00", "currency": "PEN"}, "projects": 1}


def test_a_state_in_the_matrix_is_reached_by_commands(office: Secretariat) -> None:
    office.records(row(state="requested"))
    assert result(office.records(row(state="agreed")))[0][2] == ("accept",)
    blocked = row(state="blocked", block_cause="Sin terreno")
    assert result(office.records(blocked))[0][2] == ("block",)
    assert office.refuses(row(state="blocked", block_cause="Otra")) == [(2, "block_cause", "cannot-change")]
    assert result(office.records(row(state="in_progress", percent="5")))[0][2] == (
        "report-progress",
        "unblock",
        "start",
    )
    assert office.sees()["state"] == "in_progress"
    assert office.refuses(row(state="cumplido")) == [(2, "state", "state-unreachable")]
    assert result(office.records(row(state="incumplido"), reason="r"))[0][2] == ("declare-unfulfilled",)
    assert result(office.records(row(state="in_progress", percent="6"), reason="r"))[0][2] == (
        "reactivate",
        "report-progress",
    )


def test_organizations_are_named_by_code_identifier_id_or_the_name_of_that_day(office: Secretariat) -> None:
    names = ["DEMO-MTC", "PE-RUC:20131379944", office.mtc, "  MINISTERIO DE TRANSPORTES (ficticio)"]
    rows = [row(code=f"DEMO-{n}", responsibles=name, statement=f"s{n}") for n, name in enumerate(names)]
    office.records(*rows)
    assert {office.sees(f"DEMO-{n}")["responsibles"][0]["organization"] for n in range(4)} == {office.mtc}
    old, new = "Ministerio de Agricultura (ficticio)", "Ministerio de Desarrollo Agrario (ficticio)"
    office.records(row(code="DEMO-OLD", responsibles=old))
    assert office.refuses(row(responsibles=new)) == [(2, "responsibles", "name-not-in-force")]
    assert [i.result for i in office.records(row(code="DEMO-OLD", responsibles=old)).items] == ["unchanged"]
    assert [i.result for i in office.records(row(code="DEMO-OLD", responsibles=new)).items] == ["unchanged"]
    assert office.refuses(row(responsibles="Ronda campesina (ficticia)")) == [(2, "responsibles", "name-ambiguous")]


def test_an_unknown_organization_is_refused_with_near_ones(office: Secretariat) -> None:
    [item] = office.imports(sheet(row(responsibles="Ministerio de Transporte"))).items
    assert "DEMO-MTC (Ministerio de Transportes (ficticio))" in item.refusals[0].en
    assert "DEMO-MTC" in item.refusals[0].es


def test_possible_duplicates_are_named_and_not_refused(office: Secretariat) -> None:
    office.records(row())
    same = row(code="DEMO-A", statement="MEJORAR la carretera Quiñota - Llusco, ficticio", amount="1")
    amount = row(code="DEMO-B", statement="Puente vehicular")
    places = [{"territories": f"PE-UBIGEO-INEI:08070{n}"} for n in (1, 2)]
    others = [
        row(code="DEMO-C", statement="Mejorar la carretera Quiñota–Llusco tramo 2 (ficticio)", amount="2"),
        row(code="DEMO-D", responsibles="DEMO-GORE"),
        row(code="DEMO-E", **places[0], amount="3"),
        row(code="DEMO-F", **places[1], amount="3"),
    ]
    report = office.records(same, amount, *others)
    assert {item.code: item.duplicates for item in report.items if item.duplicates} == {
        "DEMO-A": ("DEMO-001",),
        "DEMO-B": ("DEMO-001",),
    }
    assert [item.duplicates for item in office.records(same, amount, *others).items] == [()] * 6


def test_one_roundtable_and_one_organization_stand_for_all_rows(office: Secretariat) -> None:
    table = {"name": "Mesa", "type": "technical_table", "level": "provincial", "code": "DEMO-MESA"}
    id = office.person.does("/roundtables", **table, occurred_on="2018-01-01")["id"]
    office.records(row(), roundtable="DEMO-MESA", on_behalf_of="DEMO-GORE")
    assert office.sees()["origin"]["roundtable"] == id
    fact = office.person.sees("/commitments/DEMO-001/history")["items"][0]
    assert fact["on_behalf_of"] == office.sees_organization("DEMO-GORE")
    assert len(export(office, roundtable="DEMO-MESA").splitlines()) == 2
    for asked in ({"roundtable": "DEMO-NO"}, {"on_behalf_of": "DEMO-NO"}, {"occurred_on": "31/02/2020"}):
        with pytest.raises((errors.ReferenceNotFound, errors.OrganizationNotFound, errors.DayUnreadable)):
            office.imports(sheet(row()), **asked)


def test_an_empty_cell_or_a_missing_column_says_nothing(office: Secretariat) -> None:
    office.records(WIDE | {"verifier": ""})
    [item] = office.records(dict.fromkeys(WIDE, "") | {"code": "DEMO-WIDE"}).items
    assert item.result == "unchanged"
    assert [item.result for item in office.records({"code": "DEMO-WIDE"}).items] == ["unchanged"]


def test_an_export_answers_as_of_a_day_and_says_its_position(office: Secretariat, secretary: Person) -> None:
    office.records(row(), row(code="DEMO-LATE", occurred_on="2019-03-01"))
    found = secretary.get("/commitments/matrix.csv", valid_at="2018-12-31")
    assert found.headers["Roundtable-Position"] == str(office.head)
    assert [one.cells["code"] for one in Matrix(found.content).rows()] == ["DEMO-ALL", "DEMO-001"]
