"""The commitment matrix of a secretariat: imported from CSV as one decision, exported as the same file."""

from roundtable.matrix.imports import Asked, import_matrix
from roundtable.matrix.report import Report

__all__ = ["Asked", "Report", "import_matrix"]
