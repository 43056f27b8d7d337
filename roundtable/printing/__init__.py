"""Documents that people read on paper, sign, or open in a spreadsheet: the same content always gives the same bytes."""

from roundtable.printing.document import Anchor, Column, Document, Section, Signature, Table
from roundtable.printing.pdf import pdf
from roundtable.printing.xlsx import xlsx

__all__ = ["Anchor", "Column", "Document", "Section", "Signature", "Table", "pdf", "xlsx"]
