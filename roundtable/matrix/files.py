"""A matrix as a file: CSV as spreadsheets write it, a row at a time in either direction."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from domain.errors import DomainError
from roundtable.matrix.columns import HEADERS, NAMES, plain
from roundtable.matrix.errors import (
    CellInvalid,
    CellsSurplus,
    ColumnMissing,
    ColumnRepeated,
    ColumnUnknown,
    MatrixUnreadable,
)
from roundtable.matrix.words import says

SEPARATORS = ",;\t"
RISKY = frozenset("=+-@\t\r")
"""What spreadsheets run as a formula where a cell begins with it; such cells are written with a `'` before them."""
Cells = Mapping[str, str]
"""The cells of a row that are not empty, by column."""


class Row(NamedTuple):
    """A row: its number as a spreadsheet shows it, its cells, and what cannot be read in it."""

    number: int
    cells: Cells
    problems: tuple[DomainError, ...] = ()


class Matrix:
    """A file that has been opened: its columns, and what is wrong with its header."""

    def __init__(self, content: bytes) -> None:
        """Open the bytes of a file.

        :raises MatrixUnreadable: it is no text in UTF-8, or empty.
        :raises ColumnMissing: it has no column of codes.
        """
        self._text = _decoded(content)
        head = self._text.split("\n", 1)[0]
        self._separator = max(SEPARATORS, key=lambda s: len(_known(next(csv.reader([head], delimiter=s), []))))
        given = next(self._records(), [])
        self.columns = [HEADERS.get(plain(name)) for name in given]
        if "code" not in self.columns:
            raise ColumnMissing(field="code")
        self.problems = tuple(_header_problems(given))

    def rows(self) -> Iterator[Row]:
        """Yield the rows that are not blank, from the first on.

        :raises MatrixUnreadable: the quotation marks do not close, or a cell is enormous.
        """
        for number, record in enumerate(self._records(), 1):
            if number > 1 and any(cell.strip() for cell in record):
                yield self._row(number, record)

    def _records(self) -> Iterator[list[str]]:
        try:
            yield from csv.reader(io.StringIO(self._text, newline=""), delimiter=self._separator, strict=True)
        except csv.Error as error:
            raise MatrixUnreadable(problem=says(str(error), str(error))) from error

    def _row(self, number: int, record: list[str]) -> Row:
        cells: dict[str, str] = {}
        problems: list[DomainError] = []
        for name, cell in zip(self.columns, record, strict=False):
            if name and name not in cells and (text := _unguarded(cell.replace("\r\n", "\n").strip())):
                cells[name] = text
        if any(cell.strip() for cell in record[len(self.columns) :]):
            problems.append(CellsSurplus(field="-", cells=len(record), columns=len(self.columns)))
        for name, text in cells.items():
            if "\x00" in text:
                problem = says("it holds a character that is none", "contiene un carácter que no lo es")
                problems.append(CellInvalid(field=name, value=text[:80].replace("\x00", "�"), problem=problem))
        return Row(number, cells, tuple(problems))


def written(rows: Iterable[Mapping[str, str]], headers: Iterable[str]) -> Iterator[str]:
    """Yield a matrix as CSV: a line of headers, then a line for each row."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headers)
    yield out.getvalue()
    for row in rows:
        out.seek(0)
        out.truncate()
        writer.writerow([_guarded(row.get(name, "")) for name in NAMES])
        yield out.getvalue()


def _guarded(text: str) -> str:
    return f"'{text}" if text.lstrip("'")[:1] in RISKY and text else text


def _unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and text.lstrip("'")[:1] in RISKY else text


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"byte {error.start}"
        raise MatrixUnreadable(
            problem=says(f"{place} is not UTF-8; save it as CSV UTF-8", f"{place} no es UTF-8; guárdelo como CSV UTF-8")
        ) from None
    if not text.strip():
        raise MatrixUnreadable(problem=says("it is empty", "está vacío"))
    return text


def _known(headers: Iterable[str]) -> set[str]:
    return {HEADERS[plain(name)] for name in headers if plain(name) in HEADERS}


def _header_problems(given: list[str]) -> Iterator[DomainError]:
    for name in given:
        if plain(name) not in HEADERS:
            near = get_close_matches(plain(name), list(HEADERS), n=3, cutoff=0.6)
            yield ColumnUnknown(field=name.strip()[:80] or "-", near=", ".join(near) or "-")
    for column, times in Counter(HEADERS.get(plain(name)) for name in given).items():
        if column and times > 1:
            yield ColumnRepeated(field=column)
