"""Documents as PDF/A, by Typst: no system library, no font of the machine, no clock."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import segno

from roundtable.printing.document import Cell, Column, Document, Section, written

AT_ONCE = BoundedSemaphore(2)
"""Documents that are typeset at the same time: a large one takes much memory."""
ACROSS = {False: 105, True: 160}
"""Characters that a line of a table holds across the page, upright and turned."""
MOST_LINES = 18
"""Lines beyond which a row may be broken between pages."""
FEW_SIGNATURES, SHORT = 4, 2000
"""So many places to sign stand on one page with the section before them, where it has no more characters than these."""
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
    said = json.dumps(_data(document), ensure_ascii=False)
    order = {"template": _template(), "dated": document.dated.isoformat(), "document": said}
    command = [sys.executable, "-I", str(Path(__file__).with_name("typesetting.py"))]
    with AT_ONCE:
        done = subprocess.run(command, input=json.dumps(order).encode(), stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own program
    return done.stdout


@cache
def _template() -> str:
    return files(__package__).joinpath("document.typ").read_text(encoding="utf-8")


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
        "together": _together(document),
        "anchor": document.anchor._asdict(),
        "qr": _qr(document.anchor.proof),
    }


def _together(document: Document) -> bool:
    """Tell whether places to sign stay on the page of the last section, so that nobody signs an empty page."""
    table = document.sections[-1].table if document.sections else None
    said = sum(len(written(cell, document.language)) for row in table.rows for cell in row) if table else 0
    return 0 < len(document.signatures) <= FEW_SIGNATURES and bool(document.sections) and said <= SHORT


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
            "rows": [_row(row, document, table.columns, ACROSS[section.wide]) for row in table.rows],
            "empty": table.empty,
        },
    }


def _row(row: Sequence[Cell], document: Document, columns: Sequence[Column], across: int) -> dict[str, Any]:
    """Return the cells of a row, and whether it may go on on the next page: short ones stay together."""
    whole = sum(column.width for column in columns)
    hold = [across * column.width / whole for column in columns]
    texts = list(zip([written(cell, document.language) for cell in row], hold, strict=True))
    cells = [{"text": _breakable(text), "hyphenate": _too_long(text, most)} for text, most in texts]
    return {"cells": cells, "breaks": max((len(text) / most for text, most in texts), default=0) > MOST_LINES}


def _too_long(text: str, most: float) -> bool:
    """Tell whether a word of a text could leave a column: names are not hyphenated elsewhere."""
    return any(len(word) > most for word in text.split())


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
