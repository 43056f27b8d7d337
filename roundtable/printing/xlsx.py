"""Documents as spreadsheets: one sheet for the heading, one for each table, amounts and days as numbers and days."""

import io
import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from roundtable.printing.document import Cell, Document, Table

LONGEST_NAME = 31
"""Characters that a sheet may have in its name (Office Open XML)."""
EXACT_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; a longer amount is written as text, so that nothing is rounded."""


def xlsx(document: Document) -> bytes:
    """Return a document as an Office Open XML workbook, always the same bytes for the same content.

    Text is never taken for a formula or an address.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": document.title, "created": datetime.combine(document.dated, time())})
        styles = _styles(book, document.language)
        _cover(book.add_worksheet(_name(document.title, set())), document, styles)
        names = {_name(document.title, set()).casefold()}
        for section in document.sections:
            if section.table is not None:
                name = _name(section.heading, names)
                names.add(name.casefold())
                _table(book.add_worksheet(name), section.table, styles)
    return out.getvalue()


def _styles(book: Workbook, language: str) -> dict[str, Any]:
    days = "dd/mm/yyyy" if language == "es" else "d mmm yyyy"
    return {
        "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": days, "valign": "top", "align": "left"}),
        "amount": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        "count": book.add_format({"num_format": "#,##0", "valign": "top"}),
    }


def _cover(sheet: Worksheet, document: Document, styles: dict[str, Any]) -> None:
    anchor = document.anchor
    lines: list[tuple[str, Cell]] = [
        (document.title, document.subtitle),
        *([(document.banner, None)] if document.banner else []),
        *document.facts,
        ("log", anchor.origin),
        ("size", anchor.size),
        ("root", anchor.root),
        ("proof", anchor.proof),
    ]
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    for number, (label, cell) in enumerate(lines):
        sheet.write_string(number, 0, label, styles["bold"])
        _write(sheet, number, 1, cell, styles)


def _table(sheet: Worksheet, table: Table, styles: dict[str, Any]) -> None:
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, max(10, round(14 * column.width)))
        sheet.write_string(0, number, column.heading, styles["bold"])
    for line, row in enumerate(table.rows, 1):
        for number, cell in enumerate(row):
            _write(sheet, line, number, cell, styles)
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write(sheet: Worksheet, line: int, number: int, cell: Cell, styles: dict[str, Any]) -> None:
    match cell:
        case None:
            pass
        case Decimal() if len(cell.as_tuple().digits) <= EXACT_DIGITS:
            sheet.write_number(line, number, float(cell), styles["amount"])
        case date():
            sheet.write_datetime(line, number, datetime.combine(cell, time()), styles["day"])
        case int():
            sheet.write_number(line, number, cell, styles["count"])
        case _:
            sheet.write_string(line, number, str(cell), styles["text"])


def _name(heading: str, taken: set[str]) -> str:
    """Return a name that a sheet may have, once in the book."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", heading).strip()[:LONGEST_NAME]
    number, name = 1, plain
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: LONGEST_NAME - 4]} {number}"
    return name
