"""Documents as PDF/A, by Typst: no system library, no font of the machine, no clock."""

import io
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import segno
import typst

from roundtable.printing.document import Cell, Document, Section, written

LONG_CELL = 400
"""Characters beyond which a cell may be broken between pages."""
LONG_WORD = re.compile(r"\S{25,}")
WORDS = {
    "es": {
        "page": "Página",
        "of": "de",
        "log": "Registro",
        "size": "entradas",
        "root": "raíz",
        "signature": "Firma, nombre y fecha",
    },
    "en": {
        "page": "Page",
        "of": "of",
        "log": "Log",
        "size": "entries",
        "root": "root",
        "signature": "Signature, name and date",
    },
}


def pdf(document: Document) -> bytes:
    """Return a document as a PDF file (PDF/A-2u), always the same bytes for the same content."""
    made = typst.compile(
        _template(),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards="a-2u",
        timestamp=datetime.combine(document.dated, time(), UTC),
        sys_inputs={"document": json.dumps(_data(document), ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        msg = "the PDF has several parts"
        raise TypeError(msg)
    return made


@cache
def _template() -> bytes:
    return files(__package__).joinpath("document.typ").read_bytes()


def _data(document: Document) -> dict[str, Any]:
    return {
        "language": document.language,
        "words": WORDS[document.language],
        "dated": [document.dated.year, document.dated.month, document.dated.day],
        "title": document.title,
        "subtitle": document.subtitle,
        "running": [_running(document.title, 50), _running(document.subtitle, 80)],
        "banner": document.banner,
        "facts": [[label, written(cell, document.language)] for label, cell in document.facts],
        "groups": [
            {"wide": wide, "sections": [_section(section, document) for section in some]}
            for wide, some in groupby(document.sections, lambda section: section.wide)
        ],
        "signatures": [signature._asdict() for signature in document.signatures],
        "anchor": document.anchor._asdict(),
        "qr": _qr(document.anchor.proof),
    }


def _running(text: str, most: int) -> str:
    """Return what stands on top of every page, where it has one line."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _section(section: Section, document: Document) -> dict[str, Any]:
    table = section.table
    return {
        "heading": section.heading,
        "paragraphs": list(section.paragraphs),
        "wide": section.wide,
        "table": table
        and {
            "headings": [column.heading for column in table.columns],
            "widths": [column.width for column in table.columns],
            "right": [_is_number([row[i] for row in table.rows]) for i in range(len(table.columns))],
            "rows": [_row(row, document) for row in table.rows],
            "empty": table.empty,
        },
    }


def _row(row: Sequence[Cell], document: Document) -> dict[str, Any]:
    """Return the cells of a row, and whether it may go on on the next page: short ones stay together."""
    cells = [written(cell, document.language) for cell in row]
    return {"cells": list(map(_breakable, cells)), "breaks": max(map(len, cells), default=0) > LONG_CELL}


def _breakable(text: str) -> str:
    """Let words that no column could hold, such as addresses and digests, go on in the next line."""
    return LONG_WORD.sub(lambda word: "\u200b".join(re.findall(".{1,12}", word[0])), text)


def _is_number(cells: list[Cell]) -> bool:
    """Tell whether a column holds numbers, which stand to the right."""
    known = [cell for cell in cells if cell is not None]
    return bool(known) and not any(isinstance(cell, str) for cell in known) and not hasattr(known[0], "year")


def _qr(text: str) -> str:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, svgns=True)
    return out.getvalue().decode()
