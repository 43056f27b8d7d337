"""The import of a matrix: every row read, compared and carried out in one decision, or none of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import NamedTuple
from uuid import UUID, uuid4

from domain.calendar import resolve
from domain.commitment.errors import CurrencyMismatch, NoHeadline, NotAnotherParty
from domain.commitment.types import CommitmentState, Origin
from domain.errors import DomainError
from roundtable.deciding import Deciding
from roundtable.installation import Installation
from roundtable.matrix import cells as read
from roundtable.matrix.columns import column_of
from roundtable.matrix.drafts import Draft, checked, drafted
from roundtable.matrix.duplicates import Print, Prints
from roundtable.matrix.errors import CellEmpty, CodeRepeated, RowTooLarge
from roundtable.matrix.exports import cell
from roundtable.matrix.files import Matrix, Row
from roundtable.matrix.names import Known, Names
from roundtable.matrix.plans import Said, Step, bodies, changing, registering
from roundtable.matrix.report import RESULTS, Change, Report, RowReport, refusal
from roundtable.store import log
from roundtable.store.entries import EventTooLarge
from roundtable.tokens import Caller

CHUNK = 200
"""Rows that are looked up at once."""
Tell = Callable[[str, int, int], None]


class Asked(NamedTuple):
    """What holds for a whole import: the day of changes, for whom, why, at which roundtable; and whether to record."""

    occurred_on: str | None = None
    on_behalf_of: str | None = None
    reason: str | None = None
    roundtable: str | None = None
    dry_run: bool = False


class Refused(Exception):
    """Rows were refused, so that everything is undone."""

    def __init__(self, report: Report) -> None:
        """Carry the report out of the transaction."""
        super().__init__(str(report.refused))
        self.report = report


def import_matrix(
    installation: Installation, caller: Caller, content: bytes, asked: Asked, tell: Tell = lambda *_: None
) -> Report:
    """Import a matrix as one decision: all rows, or none where one is refused. A dry run records nothing.

    :raises MatrixUnreadable: the file is no CSV in UTF-8.
    :raises ColumnMissing: it has no column of codes.
    :raises DomainError: the organization spoken for or the roundtable is not recorded.
    """
    matrix = Matrix(content)
    total = sum(1 for _ in matrix.rows())
    correlation = uuid4()

    def work(deciding: Deciding) -> Report:
        deciding.alone()
        report = _Import(installation, deciding, matrix, asked, lambda done: tell("rows", done, total)).run(total)
        if report.refused and not asked.dry_run:
            raise Refused(report)
        return report

    try:
        return installation.app.decide(work, caller=caller, correlation=correlation, dry=asked.dry_run)
    except Refused as refused:
        return refused.report


class _Import:
    """One run over the rows of a matrix within a transaction."""

    def __init__(
        self, installation: Installation, deciding: Deciding, matrix: Matrix, asked: Asked, tell: Callable[[int], None]
    ) -> None:
        self.deciding, self.matrix, self.asked, self.tell = deciding, matrix, asked, tell
        self.today = installation.settings.today()
        self.names, self.prints = Names(deciding.connection), Prints()
        self.prints.load(deciding.connection)
        self.items: dict[int, RowReport] = {}
        self.codes: dict[str, int] = {}
        self.facts = 0
        self.began_at = log.head(deciding.connection)
        self.day = read.partial_day("occurred_on", asked.occurred_on or self.today.isoformat())
        reason = checked("reason", asked.reason) if asked.reason else None
        spoken_for = asked.on_behalf_of and self.names.organization("on_behalf_of", asked.on_behalf_of, self.days)
        self.said = Said(self.day, self.today, spoken_for or None, reason)
        table = asked.roundtable and self.names.object("roundtable", "roundtable", asked.roundtable)
        self.origin = Origin(roundtable=table) if table else None

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which names count besides that of the commitment: that of changes, and today."""
        return (resolve(self.day, self.today)[0], self.today)

    def run(self, total: int) -> Report:
        """Take the announcements first, then all other rows, and say what became of each."""
        if self.matrix.problems:
            refusals = tuple(refusal(problem, {}, "-") for problem in self.matrix.problems)
            self.items[1] = RowReport(row=1, code="", result="refused", refusals=refusals)
        for announcements in (True, False):
            rows = (row for row in self.matrix.rows() if ("headline_amount" in row.cells) is announcements)
            while chunk := list(islice(rows, CHUNK)):
                self.take(chunk)
                self.tell(len(self.items))
        return self.report(total)

    def take(self, rows: Iterable[Row]) -> None:
        """Take some rows, looking up at once which are recorded."""
        rows = list(rows)
        known = self.names.commitments([row.cells["code"] for row in rows if "code" in row.cells])
        for row in rows:
            self.items[row.number] = self.became(row, known.get(row.cells.get("code", "")))

    def became(self, row: Row, known: Known | None) -> RowReport:
        """Carry a row out, and say what became of it."""
        draft = drafted(row, self.names, self.days, known.state if known else None, self.today)
        self.must_be_one_row(draft)
        steps = changing(draft, known, self.said, self.names) if known else registering(draft, self.said, self.origin)
        changes = () if known is None else tuple(self.changed(steps, draft, known.state))
        id = known.id if known else None
        alike = [] if known or draft.problems else self.alike(draft)
        if not draft.problems:
            id = self.carry_out(draft, steps, id)
        if draft.problems:
            self.names.refused.setdefault(draft.code, row.number)
            refusals = tuple(refusal(problem, row.cells, "-") for problem in draft.problems)
            return RowReport(row=row.number, code=draft.code, result="refused", refusals=refusals)
        result = "unchanged" if not steps else "changed" if known else "created"
        commands = tuple(step.command.slug for step in steps)
        return RowReport(
            row=row.number,
            code=draft.code,
            result=result,
            id=id,
            commands=commands,
            changes=changes,
            duplicates=tuple(alike),
        )

    def must_be_one_row(self, draft: Draft) -> None:
        """Refuse a row without a code, or with one that a row before has."""
        if not draft.code:
            draft.refuse(CellEmpty(field="code"))
            return
        before = self.codes.setdefault(draft.code, draft.row.number)
        if before != draft.row.number:
            draft.refuse(CodeRepeated(field="code", value=draft.code, row=before))

    def alike(self, draft: Draft) -> list[str]:
        """Return the commitments that a new one may repeat, and enter it among them."""
        if "headline" in draft.fields:
            return []
        given = draft.fields
        statement = given.get("statement") or given.get("title", "")
        about = (given.get("responsibles", ()), given.get("territories", ()), given.get("amount"))
        one = Print.of(draft.code, statement, *about)
        found = self.prints.like(one)
        self.prints.add(one)
        return found

    def carry_out(self, draft: Draft, steps: Iterable[Step], id: UUID | None) -> UUID | None:
        """Carry out the commands of a row; a refusal becomes one of the row."""
        column = "code"
        try:
            for step, body in bodies(steps):
                column = step.columns[0]
                id = self.deciding.execute(step.command, body, id=id).id
                self.facts += 1
        except DomainError as problem:
            about = _ABOUT.get(type(problem)) or str(problem.values.get("field", ""))
            problem.values["field"] = column_of(about, column_of(column, column))
            draft.refuse(problem)
        except EventTooLarge as error:
            draft.refuse(RowTooLarge(field=column, size=error.size, most=error.MOST))
        if id is not None and not draft.problems:
            self.names.enter(draft.code, id)
        return id

    def changed(self, steps: Iterable[Step], draft: Draft, state: CommitmentState) -> Iterator[Change]:
        """Yield the cells that differ from the record, each with its command."""
        for step in steps:
            for name in step.columns:
                for column in _COLUMNS.get(name, (name,)):
                    to = draft.row.cells.get(column, "")
                    before = cell(column, state, self.names)
                    if to and to != before:
                        yield Change(column=column, from_=before, to=to, command=step.command.slug)

    def report(self, total: int) -> Report:
        """Return what became of the matrix."""
        items = tuple(self.items[row] for row in sorted(self.items))
        counts: Mapping[str, int] = {result: sum(item.result == result for item in items) for result in RESULTS}
        records = not counts["refused"] and not self.asked.dry_run and bool(self.facts)
        return Report(
            dry_run=self.asked.dry_run,
            recorded=records,
            correlation=self.deciding.correlation,
            position=log.head(self.deciding.connection) if records else self.began_at,
            rows=total,
            **counts,
            facts=self.facts,
            items=items,
        )


_ABOUT: Mapping[type[DomainError], str] = {
    CurrencyMismatch: "currency",
    NoHeadline: "part_of",
    NotAnotherParty: "verifier",
}
"""The columns of refusals that name another field, or none."""
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "headline": ("headline_amount", "headline_projects", "headline_sectors"),
    "beneficiaries": ("beneficiaries", "beneficiaries_people", "beneficiaries_women"),
    "origin": ("roundtable", "session", "minutes", "item", "page", "quote", "quote_language"),
    "source": ("source", "source_document", "source_page"),
}
