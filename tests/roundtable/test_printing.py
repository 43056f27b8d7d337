"""Documents: the same content gives the same bytes, all of it stays on the page, and every page names the log."""

import io
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from roundtable.printing import Anchor, Column, Document, Section, Signature, Table, pdf, xlsx
from roundtable.printing.document import Cell, Language

ROOT = "0123456789abcdef" * 4
ANCHOR = Anchor("example.org/roundtable/1a2b", 1234, ROOT, "https://example.org/v1/log/checkpoint?size=1234")
COLUMNS = [Column("Código", 1.2), Column("Título", 4), Column("Plazo", 1.2), Column("Monto (PEN)", 1.6)]
DAYS = [("es", "31/12/2018", "Página 1 de 1"), ("en", "31 Dec 2018", "Page 1 of 1")]
LONG = "Mejoramiento del camino vecinal Ñahuinlla–Q'eñwa, con señalización y obras de arte (ficticio) "


def projects(count: int) -> Section:
    rows: list[list[Cell]] = [
        [f"DEMO-{n:04}", LONG * (1 + n % 3), date(2020, 12, 31) if n % 5 else None, Decimal("12400000.00") + n]
        for n in range(count)
    ]
    return Section("Proyectos", ["Cartera completa."], Table(COLUMNS, rows, "Ninguno."), wide=True)


def document(*sections: Section, language: Language = "es", banner: str = "Contiene datos ilustrativos") -> Document:
    return Document(
        language=language,
        dated=date(2018, 12, 31),
        title="Expediente de transferencia",
        subtitle="Municipalidad Distrital de Quiñota",
        facts=[("Fecha de corte", date(2018, 12, 31)), ("Entradas", 1234)],
        sections=sections,
        anchor=ANCHOR,
        banner=banner,
        signatures=[
            Signature("Por la gestión saliente", "Municipalidad"),
            Signature("Por la entrante", "Municipalidad"),
        ],
    )


def pages(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def test_the_same_content_gives_the_same_bytes() -> None:
    one, other = document(projects(30)), document(projects(30))
    assert pdf(one) == pdf(other)
    assert xlsx(one) == xlsx(other)
    assert pdf(one) != pdf(document(projects(31)))
    assert xlsx(one) != xlsx(document(projects(31)))


def test_every_page_has_its_number_the_head_of_the_log_and_the_banner() -> None:
    read = pages(pdf(document(projects(60))))
    assert len(read) > 2
    for number, text in enumerate(read, 1):
        assert f"Página {number} de {len(read)}" in text
        assert ROOT[:16] in text
        assert "1234 entradas" in text
        assert "Contiene datos ilustrativos" in text


def test_five_hundred_projects_are_all_there_with_accents_and_nothing_leaves_the_page() -> None:
    content = pdf(document(projects(524)))
    read = "\n".join(pages(content))
    assert [f"DEMO-{n:04}" for n in range(524) if f"DEMO-{n:04}" not in read] == []
    assert "Ñahuinlla" in read
    assert "12,400,523.00" in read
    for page in pypdfium2.PdfDocument(content):
        width, height = page.get_size()
        for box in page.get_objects():
            left, bottom, right, top = box.get_bounds()
            assert -1 <= left <= right <= width + 1
            assert -1 <= bottom <= top <= height + 1


def test_headings_of_a_table_are_repeated_on_each_of_its_pages() -> None:
    read = pages(pdf(document(projects(60))))
    assert all("Monto (PEN)" in text for text in read[1:-1])


def test_a_word_that_no_column_holds_goes_on_in_the_next_line() -> None:
    table = Table([Column("a"), Column("b"), Column("c"), Column("d")], [["x" * 300, "sí", "f" * 64, "é"]], "")
    content = pdf(document(Section("Largo", (), table)))
    for box in pypdfium2.PdfDocument(content)[0].get_objects():
        assert box.get_bounds()[2] <= pypdfium2.PdfDocument(content)[0].get_size()[0]
    assert "".join(pages(content)).count("x") >= 300


def test_what_a_person_typed_is_text_and_never_a_command_of_the_typesetter() -> None:
    wild = '#panic("no") $x^2$ *bold* @ref <label> \\ // = [ ] { } ` " \' _'
    read = "".join(pages(pdf(document(Section(wild, [wild], Table([Column(wild)], [[wild]], ""))))))
    assert read.replace("\r\n", " ").count('#panic("no")') == 4


@pytest.mark.parametrize(("language", "day", "page"), DAYS)
def test_days_and_words_are_in_the_language_of_the_reader(language: Language, day: str, page: str) -> None:
    read = pages(pdf(document(Section("S", ["p"]), language=language)))[0]
    assert day in read
    assert page in read


def test_without_anything_illustrative_there_is_no_banner() -> None:
    assert "ilustrativos" not in pages(pdf(document(Section("S"), banner="")))[0]


def test_a_table_without_rows_says_so() -> None:
    assert "Ninguno." in pages(pdf(document(projects(0))))[1]


def test_a_spreadsheet_holds_numbers_and_days_and_another_program_reads_them() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx(document(projects(524)))))
    assert book.sheet_names == ["Expediente de transferencia", "Proyectos"]
    rows = book.get_sheet_by_name("Proyectos").to_python()
    assert rows[0] == ["Código", "Título", "Plazo", "Monto (PEN)"]
    assert len(rows) == 525
    assert rows[2][2:] == [date(2020, 12, 31), 12400001.0]
    assert rows[1][2] == ""
    cover = {row[0]: row[1] for row in book.get_sheet_by_name("Expediente de transferencia").to_python()}
    assert cover["root"] == ROOT
    assert cover["size"] == 1234.0
    assert cover["Fecha de corte"] == date(2018, 12, 31)


def test_a_cell_that_looks_like_a_formula_stays_text() -> None:
    table = Table([Column("a")], [["=1+1"], ["https://example.org"], ["007"]], "")
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx(document(Section("Celdas", (), table)))))
    assert [row[0] for row in book.get_sheet_by_name("Celdas").to_python()][1:] == [
        "=1+1",
        "https://example.org",
        "007",
    ]


def test_an_amount_beyond_what_a_spreadsheet_keeps_is_not_rounded() -> None:
    table = Table([Column("a")], [[Decimal("99999999999999.99")]], "")
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx(document(Section("Celdas", (), table)))))
    assert book.get_sheet_by_name("Celdas").to_python()[1][0] == "99999999999999.99"


def test_sections_of_one_name_have_sheets_of_their_own() -> None:
    table = Table([Column("a")], [["x"]], "")
    same = "Compromisos en los que la institución es contraparte: [todos]"
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx(document(*(Section(same, (), table) for _ in range(3))))))
    assert len({name.casefold() for name in book.sheet_names}) == 4


def test_typesetting_leaves_nothing_behind_in_the_process_that_asks() -> None:
    asked = "from tests.roundtable.test_printing import document, pdf, projects; import sys; pdf(document(projects(3)))"
    program = f"{asked}; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_places_to_sign_stay_with_what_is_signed() -> None:
    for rows in range(20, 48, 3):
        told = [Section("Antes", (), Table([Column("Fila")], [[str(n)] for n in range(rows)], ""))]
        told.append(Section("Suscripción", (), Table([Column("Parte")], [["saliente"], ["entrante"]], "")))
        last = pages(pdf(document(*told)))[-1]
        assert ("Suscripción" in last) is ("Por la entrante" in last) is True
