"""What became of each row of a matrix: created, changed, unchanged or refused, and why; as JSON or as CSV."""

import csv
import io
from collections.abc import Iterator
from typing import Any, Literal
from uuid import UUID

from domain.errors import DomainError, slug
from domain.values import Value
from roundtable.matrix.columns import column_of

Result = Literal["created", "changed", "unchanged", "refused"]
RESULTS: tuple[Result, ...] = ("created", "changed", "unchanged", "refused")
RESULTS_ES = {"created": "nueva", "changed": "cambia", "unchanged": "sin cambios", "refused": "rechazada"}
HEADER = ("row", "code", "result", "column", "from", "to", "command", "reason", "motivo", "duplicates")


class Change(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A column whose cell differs from the record, and the command that brings it in."""

    column: str
    from_: str
    to: str
    command: str


class Refusal(Value, frozen=True, kw_only=True):
    """Why a row is refused: the column, what stands in it, the name of the problem, and the reason."""

    column: str
    value: str
    problem: str
    en: str
    es: str


class RowReport(Value, frozen=True, kw_only=True):
    """What becomes of a row; `duplicates` are commitments that look like the same one, with what is alike."""

    row: int
    code: str
    result: str
    id: UUID | None = None
    commands: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    duplicates: tuple[str, ...] = ()


class Report(Value, frozen=True, kw_only=True):
    """What becomes of a matrix. `recorded` says whether anything was; then all facts share the `correlation`."""

    dry_run: bool
    recorded: bool
    correlation: UUID
    position: int
    rows: int
    created: int
    changed: int
    unchanged: int
    refused: int
    facts: int
    items: tuple[RowReport, ...]

    def as_csv(self) -> Iterator[str]:
        """Yield the report as CSV: a line for each refusal, change or row."""
        yield _line(HEADER)
        for item in self.items:
            yield from map(_line, _lines(item))


def refusal(problem: DomainError, cells: Any, default: str) -> Refusal:
    """Return a refusal with the column that it is about and what stands there."""
    column = column_of(str(problem.values.get("field", "")), str(problem.values.get("field") or default))
    value = str(problem.values.get("value") or cells.get(column, ""))[:200]
    return Refusal(
        column=column,
        value=value,
        problem=slug(type(problem).__name__),
        en=problem.message("en"),
        es=problem.message("es"),
    )


def _lines(item: RowReport) -> Iterator[tuple[str, ...]]:
    start = (str(item.row), item.code, item.result)
    end = ("; ".join(item.duplicates),)
    for refused in item.refusals:
        yield (*start, refused.column, refused.value, "", "", refused.en, refused.es, *end)
    for change in item.changes:
        yield (*start, change.column, change.from_, change.to, change.command, "", "", *end)
    if not item.refusals and not item.changes:
        yield (*start, "", "", "", ", ".join(item.commands), "", "", *end)


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell for cell in cells)
    return out.getvalue()
