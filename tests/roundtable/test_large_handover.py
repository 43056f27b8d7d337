"""A handover of 524 projects, recorded, frozen and read from the log: its papers as people get them over HTTP."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from tests.api.handovers import got
from tests.harness import Person, migrated
from tests.postgres import scratch
from tests.roundtable.province import CODE, Province

PROJECTS, COMMITMENTS = 524, 120
SIDES, ENDS = 40, 24
"""Points that stay white at the sides and at the ends of a page, where many printers print nothing."""
PAPERS = ("dossier.pdf", "acta.pdf", "complementary-acta.pdf", "summary.pdf")


class Printed(NamedTuple):
    """Papers in Spanish, and who may ask for more."""

    person: Person
    papers: dict[str, bytes]


@pytest.fixture(scope="module")
def printed() -> Iterator[Printed]:
    with scratch() as folder:
        opened = migrated(f"sqlite:///{folder}/log.db")
        province = Province(opened, projects=PROJECTS, commitments=COMMITMENTS)
        province.freezes()
        person = Person.arrives(opened)
        yield Printed(person, {name: got(person, f"/transitions/{CODE}/{name}") for name in PAPERS})
        opened.close()


def pages(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def test_every_project_and_commitment_of_the_log_is_in_the_dossier(printed: Printed) -> None:
    read = pages(printed.papers["dossier.pdf"])
    whole = "".join(read)
    assert len(read) > 50
    assert set(re.findall(r"DEMO-P-\d{4}", whole)) == {f"DEMO-P-{n:04}" for n in range(PROJECTS)}
    assert set(re.findall(r"DEMO-C-\d{5}", whole)) == {f"DEMO-C-{n:05}" for n in range(COMMITMENTS)}
    flat = " ".join(whole.split())
    for said in ("Ñuñuhuaylla", "Q’eñwapampa", "señalización", "USD 2,959,595.50", "PEN 100,000.50"):
        assert said in flat


@pytest.mark.parametrize("name", PAPERS)
def test_every_page_has_its_number_and_the_head_of_the_log(printed: Printed, name: str) -> None:
    read = [" ".join(text.split()) for text in pages(printed.papers[name])]
    for number, text in enumerate(read, 1):
        assert f"Página {number} de {len(read)}" in text
        assert re.search(r"raíz( [0-9a-f]{16}){4}", text)
        assert re.search(r"Registro localhost/roundtable/[0-9a-f]+ · \d+ entradas", text)


@pytest.mark.parametrize("name", PAPERS)
def test_no_text_leaves_the_margins_and_every_page_has_its_code(printed: Printed, name: str) -> None:
    for page in pypdfium2.PdfDocument(printed.papers[name]):
        width, height = page.get_size()
        kinds = set()
        for thing in page.get_objects():
            left, bottom, right, top = thing.get_bounds()
            kinds.add(thing.type)
            assert SIDES <= left <= right <= width - SIDES
            assert ENDS <= bottom <= top <= height - ENDS
        assert len(kinds) > 1, "text, and the modules of the QR code as paths"


def test_columns_of_one_table_do_not_run_into_each_other(printed: Printed) -> None:
    document = pypdfium2.PdfDocument(printed.papers["dossier.pdf"])
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_rect(n) for n in range(text.count_rects())]
        lines: dict[int, list[tuple[float, float]]] = {}
        for left, bottom, right, _ in boxes:
            lines.setdefault(round(bottom), []).append((left, right))
        for parts in lines.values():
            parts.sort()
            assert all(first[1] <= second[0] + 1 for first, second in pairwise(parts))


def test_a_table_that_goes_on_repeats_its_heading_and_no_heading_is_left_behind(printed: Printed) -> None:
    read = [text.split("\r\n") for text in pages(printed.papers["dossier.pdf"])]
    projects = [lines for lines in read if any(line.startswith("DEMO-P-") for line in lines)]
    assert len(projects) > 40
    assert all(any("Mesa / inversión / obra" in line for line in lines) for lines in projects)
    titles = {"Proyectos", "Compromisos como responsable", "Plazos del régimen", "Catálogo del régimen"}
    for lines in read:
        said = [line for line in lines if not line.startswith(("Registro ", "raíz ", "Página "))]
        assert said[-1].strip() not in titles


def test_the_summary_of_a_large_handover_has_two_pages_at_most_in_both_languages(printed: Printed) -> None:
    english = got(printed.person, f"/transitions/{CODE}/summary.pdf", language="en")
    assert len(pages(printed.papers["summary.pdf"])) <= 2
    assert len(pages(english)) <= 2
    assert "Se muestran 6 de" in " ".join(pages(printed.papers["summary.pdf"]))
    assert "6 of" in " ".join(pages(english))


def test_places_to_sign_never_stand_on_a_page_of_their_own(printed: Printed) -> None:
    for name in ("acta.pdf", "complementary-acta.pdf"):
        last = " ".join(pages(printed.papers[name])[-1].split())
        assert "Suscripción" in last
        assert "Por la gestión entrante: Equipo entrante" in last


def test_the_spreadsheet_has_every_row_of_the_log(printed: Printed) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(got(printed.person, f"/transitions/{CODE}/inventory.xlsx")))
    rows = {name: book.get_sheet_by_name(name).to_python() for name in ("Compromisos", "Proyectos")}
    assert [len(found) - 1 for found in rows.values()] == [COMMITMENTS, PROJECTS]
    heads = [str(head) for head in rows["Proyectos"][0]]
    halted = next(dict(zip(heads, row, strict=True)) for row in rows["Proyectos"] if row[0] == "DEMO-P-0001")
    assert halted["Causa de paralización"] == "Controversia con la contratista"
    assert (halted["Costo"], halted["Moneda"]) == (1287991.5, "PEN")
