"""Documents of a handover and of a session as people read them: every code, the head of the log, the same bytes."""

import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from roundtable.installation import Installation
from tests.api.handovers import ACT, CUT_OFF, PAPER, Town, got, pages, text_of
from tests.api.test_minutes import Acta, colleague
from tests.harness import Person

__all__ = ["colleague"]  # the fixture
FROM_INVENTORY = ("dossier.pdf", "summary.pdf", "inventory.xlsx")
ACTAS = ("acta.pdf", "complementary-acta.pdf")


@pytest.fixture
def town(secretary: Person) -> Town:
    built = Town(secretary)
    built.builds()
    return built


def refusal(person: Person, path: str, **asked: Any) -> tuple[int, str]:
    response = person.get(path, **asked)
    return response.status_code, str(response.json()["type"]).rpartition(":")[2]


def test_the_dossier_has_every_code_with_accents_amounts_and_provenance(town: Town) -> None:
    town.freezes()
    text = text_of(town.printed("dossier.pdf"))
    for said in ("DEMO-ROAD", "DEMO-SCHOOL", "DEMO-TANK*", "DEMO-BRIDGE", "Municipalidad Distrital de Ñuñoa"):
        assert said in text
    assert "Compromisos como contraparte" in text
    assert "PEN 1,500.50" in text
    assert "vencido hace 30 días" in text
    assert "Acta 03-2018" in text
    assert "2018: 500.00 / 600.00" in text
    assert "devengado mayor que PIM" in text
    assert "Contiene datos ilustrativos, marcados con *" in text


def test_every_page_names_the_log_of_the_frozen_position_whose_root_the_log_publishes(town: Town) -> None:
    frozen = town.freezes()
    read = pages(town.printed("dossier.pdf"))
    size = frozen["position"] - 1
    root = town.person.get("/log/checkpoint.txt", size=size).text.split("Root: ")[1].strip()
    for number, text in enumerate(read, 1):
        assert f"Página {number} de {len(read)}" in text
        assert f"{size} entradas" in text
        assert f"{root[:16]} {root[16:32]} {root[32:48]} {root[48:]}" in text


@pytest.mark.parametrize("name", FROM_INVENTORY)
def test_the_same_inventory_gives_the_same_bytes_whatever_is_recorded_later(town: Town, name: str) -> None:
    town.freezes()
    before = town.printed(name)
    town.commits("DEMO-FORGOTTEN", town.id, occurred_on="2018-06-01")
    town.person.does("/commitments/DEMO-SCHOOL/start", occurred_on="2018-11-01")
    assert town.printed(name) == before
    assert town.printed(name, language="en") != before


def test_a_document_of_an_inventory_that_is_not_frozen_is_a_draft_and_says_so(town: Town) -> None:
    town.plans()
    assert "BORRADOR" in text_of(town.printed("dossier.pdf"))
    assert "DRAFT" in text_of(town.printed("summary.pdf", language="en", valid_at=CUT_OFF))
    town.does("freeze-inventory", "2018-12-10", cut_off=CUT_OFF)
    assert "BORRADOR" not in text_of(town.printed("dossier.pdf"))


@pytest.mark.parametrize("name", ACTAS)
def test_an_acta_needs_a_frozen_inventory_and_says_what_to_do(town: Town, name: str) -> None:
    town.plans()
    response = town.person.get(f"/transitions/DEMO-TG/{name}")
    assert (response.status_code, response.json()["type"]) == (404, "urn:roundtable:problem:no-inventory")
    assert "freeze-inventory" in response.json()["detail"]


@pytest.mark.parametrize("name", [*FROM_INVENTORY, *ACTAS])
def test_what_is_not_there_is_not_printed(town: Town, name: str) -> None:
    assert refusal(town.person, f"/transitions/NOBODY/{name}") == (404, "object-not-found")
    town.plans()
    assert refusal(town.person, f"/transitions/DEMO-TG/{name}", language="qu")[0] == 422
    assert refusal(town.person, f"/transitions/DEMO-TG/{name}", valid_at="2018-06-30") == (404, "not-yet-begun")


def test_the_acta_names_parties_items_signatures_and_refusals_with_their_reasons(town: Town) -> None:
    town.freezes()
    town.starts()
    town.does("deliver-items", "2018-12-13", items=[{"kind": "commitment", "id": town.road}], on_behalf_of=town.id)
    town.does("file-report", "2018-12-20", document=PAPER)
    town.does("sign-acta", "2018-12-28", side="outgoing", document=PAPER)
    town.does("refuse-acta", "2018-12-29", side="incoming", reason="Falta el inventario de bienes")
    text = text_of(town.printed("acta.pdf"))
    assert "Comisión de Transferencia: instalada el 12/12/2018 por la parte entrante por sí sola" in text
    assert "saliente suscribió 28/12/2018" in text
    assert "entrante no suscribió 29/12/2018 Falta el inventario de bienes" in text
    assert "compromisos entregado 1" in text
    assert "compromisos pendiente 2" in text
    assert "Por la gestión saliente" in text
    assert "Por la gestión entrante" not in text


def test_facts_about_other_things_leave_the_acta_as_it_is_and_facts_about_the_handover_change_it(town: Town) -> None:
    town.freezes()
    town.starts()
    before = town.printed("acta.pdf")
    town.person.does("/commitments/DEMO-SCHOOL/start", occurred_on="2019-01-10")
    town.person.registers_organization()
    assert town.printed("acta.pdf") == before
    last = town.does("file-report", "2018-12-20", document=PAPER)
    assert town.printed("acta.pdf") != before
    assert town.printed("acta.pdf", at_position=last["position"] - 1) == before


def test_the_complementary_acta_has_what_changed_since_the_cut_off_and_what_is_still_missing(town: Town) -> None:
    town.freezes()
    town.starts()
    town.does("deliver-items", "2018-12-13", items=[{"kind": "commitment", "id": town.road}], on_behalf_of=town.id)
    town.person.does("/commitments/DEMO-SCHOOL/start", occurred_on="2018-12-20")
    town.commits("DEMO-NEW", town.id, occurred_on="2018-12-15")
    text = text_of(town.printed("complementary-acta.pdf", valid_at="2018-12-31"))
    assert "acordado; 15/02/2019; PEN 200.00 en curso; 15/02/2019; PEN 200.00" in text
    assert "DEMO-NEW" in text
    assert "no constaba" in text
    assert "DEMO-TANK" not in text
    assert "Inventario de bienes muebles e inmuebles" in text


def test_decisions_stand_in_the_complementary_acta_as_of_now_and_leave_what_was_frozen(town: Town) -> None:
    town.freezes()
    before = {name: town.printed(name) for name in FROM_INVENTORY}
    assert "Así estaba al 01/12/2018" in text_of(before["summary.pdf"])
    for path, decision in ((town.road, "ratified"), (town.school, "not_continued")):
        about = {"item": {"kind": "commitment", "id": path}, "decision": decision, "act": ACT, "reason": "Concejo"}
        town.does("decide-continuity", "2019-01-20", **about, on_behalf_of=town.id)
    assert {name: town.printed(name) for name in FROM_INVENTORY} == before
    later = text_of(town.printed("complementary-acta.pdf", valid_at="2019-01-31"))
    assert "Decisiones de continuidad De lo que contiene el inventario, al 31/01/2019." in later
    assert "ratificados 1 no continuados 1 sin decidir 2" in later
    earlier = text_of(town.printed("complementary-acta.pdf", valid_at="2019-01-19", language="en"))
    assert "undecided 4" in earlier


def test_a_deadline_from_memory_is_printed_as_unconfirmed_with_its_source(town: Town) -> None:
    town.freezes("colombia-2005")
    text = text_of(town.printed("dossier.pdf"))
    assert "sin confirmar; fuente: Ley 951" in text
    assert "unconfirmed; source: Ley 951" in text_of(town.printed("summary.pdf", language="en"))


def test_the_benchmark_is_printed_with_its_source_and_as_measured_elsewhere(town: Town) -> None:
    town.freezes()
    text = text_of(town.printed("dossier.pdf"))
    assert "Informe Defensorial 187-2021-DP" in text
    assert "no se midió en este registro" in text


def test_the_inventory_is_a_spreadsheet_with_numbers_and_days(town: Town) -> None:
    town.freezes()
    book = CalamineWorkbook.from_filelike(io.BytesIO(town.printed("inventory.xlsx")))
    assert book.sheet_names[1:4] == ["Compromisos", "Proyectos", "Presupuesto por año"]
    heads, *rows = book.get_sheet_by_name("Compromisos").to_python()
    road = dict(zip(heads, next(row for row in rows if row[0] == "DEMO-ROAD"), strict=True))
    assert road["Monto"] == 1500.5
    assert str(road["Plazo"]) == "2018-11-01"
    assert road["Calidad"] == "contraparte, órgano de seguimiento"
    assert len(rows) == 3


def test_the_proof_leads_to_the_public_address_where_there_is_one(town: Town, installation: Installation) -> None:
    town.freezes()
    settings = installation.settings._replace(public_url="https://mesa.example/")
    person = Person.arrives(installation._replace(settings=settings))
    book = CalamineWorkbook.from_filelike(io.BytesIO(got(person, "/transitions/DEMO-TG/inventory.xlsx")))
    cover = {row[0]: row[1] for row in book.get_sheet_by_index(0).to_python()}
    assert cover["proof"] == f"https://mesa.example/v1/log/checkpoint.txt?size={int(cover['size'])}"
    plain = CalamineWorkbook.from_filelike(io.BytesIO(town.printed("inventory.xlsx")))
    cover = {row[0]: row[1] for row in plain.get_sheet_by_index(0).to_python()}
    assert str(cover["proof"]).split() == [cover["log"], str(int(cover["size"])), cover["root"]]


def test_minutes_have_attendance_agenda_literal_words_quorum_and_signatures(
    secretary: Person, colleague: Person
) -> None:
    acta = Acta(secretary, colleague).is_approved().is_signed()
    acta.does("refuse-signature", "2019-03-26", seat="town", reason="No es lo que se dijo")
    path = f"{acta.path}/minutes.pdf"
    text = text_of(got(secretary, path))
    assert "Acta de sesión 03-2019" in text
    assert "3 asientos presentes de 3 requeridos" in text
    assert "Ausentes: front" in text
    assert "«Habrá agua» consenso" in text
    assert "suscribió manuscrita 25/03/2019" in text
    assert "no suscribió No es lo que se dijo 26/03/2019" in text
    english = text_of(got(secretary, path, language="en"))
    assert "«Habrá agua» (Spanish) consensus" in english
    before = got(secretary, path)
    secretary.registers_organization()
    assert got(secretary, path) == before
    assert refusal(secretary, "/minutes/NONE/minutes.pdf") == (404, "object-not-found")


def test_minutes_keep_the_name_that_an_institution_had_on_the_day(secretary: Person, colleague: Person) -> None:
    acta = Acta(secretary, colleague)
    name = secretary.sees(f"/organizations/{acta.table.town}")["name"]
    secretary.does(f"/organizations/{acta.table.town}/rename", occurred_on="2019-04-01", name="Nombre nuevo")
    acta.does("circulate", "2019-04-02")
    text = text_of(got(secretary, f"{acta.path}/minutes.pdf"))
    assert name in text
    assert "Nombre nuevo" not in text


def test_a_printed_file_is_asked_for_again_by_its_tag(town: Town) -> None:
    town.freezes()
    path = "/v1/transitions/DEMO-TG/summary.pdf"
    first = town.person.client.get(path)
    assert first.headers["content-type"] == "application/pdf"
    assert first.headers["content-disposition"] == 'inline; filename="summary-DEMO-TG.pdf"'
    again = town.person.client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert ACT["number"] not in text_of(first.content)
