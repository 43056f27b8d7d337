"""What a document says, before it is a PDF or a spreadsheet."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Language = Literal["es", "en"]
Cell = str | int | Decimal | date | None
"""What stands in a table: amounts and days stay numbers and days in a spreadsheet."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Anchor(NamedTuple):
    """The head of the log that a document follows from, printed on every page.

    `origin` names the log, `root` is hexadecimal, `proof` is what the QR code holds: an address, or the three lines.
    """

    origin: str
    size: int
    root: str
    proof: str


class Column(NamedTuple):
    """A column: its heading, and how wide it is beside the others."""

    heading: str
    width: float = 1.0


class Table(NamedTuple):
    """Rows under headings. `empty` is said where there is no row."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    empty: str


class Section(NamedTuple):
    """A heading with paragraphs and, where there is one, a table. `wide` turns the page for it."""

    heading: str
    paragraphs: Sequence[str] = ()
    table: Table | None = None
    wide: bool = False


class Signature(NamedTuple):
    """A place to sign: in what capacity, and for whom."""

    role: str
    institution: str


class Document(NamedTuple):
    """A whole document, dated by its content; `banner` is printed on every page where something is illustrative."""

    language: Language
    dated: date
    title: str
    subtitle: str
    facts: Sequence[tuple[str, Cell]]
    sections: Sequence[Section]
    anchor: Anchor
    banner: str = ""
    signatures: Sequence[Signature] = ()


def written(cell: Cell, language: Language) -> str:
    """Write a cell for a reader: amounts with separators, days in the order of the language."""
    match cell:
        case None:
            return "—"
        case Decimal():
            return f"{cell:,}"
        case date() if language == "es":
            return f"{cell:%d/%m/%Y}"
        case date():
            return f"{cell.day} {MONTHS[cell.month - 1]} {cell.year}"
        case _:
            return str(cell)
