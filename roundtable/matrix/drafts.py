"""A row as it is understood: the fields of a commitment that it says, checked like those of any command."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from domain.calendar import resolve
from domain.commitment import Commitment
from domain.commitment.types import CommitmentState
from domain.errors import DomainError
from domain.texts import Percent, Reason, Text
from domain.types import Act, Money, decimals_of
from roundtable.commands import DECLARED, commands_of
from roundtable.matrix import cells as read
from roundtable.matrix.columns import column_of
from roundtable.matrix.errors import CellEmpty, CellInvalid, CurrencyMissing
from roundtable.matrix.files import Row
from roundtable.matrix.names import Names, is_id
from roundtable.matrix.words import FORMS, says, shown, split
from roundtable.validation import invalid

REGISTER = commands_of(Commitment)["register"]
TYPES: Mapping[str, TypeAdapter[Any]] = {
    name: TypeAdapter(hint)
    for name, hint in (
        *REGISTER.hints.items(),
        *((name, hint) for name, (hint, _) in DECLARED.items()),
        ("percent", Percent),
        ("cause", Text),
        ("approved", Money),
        ("executed", Money),
        ("deadline_waiver", Reason),
        ("follow_up_waiver", Reason),
        ("act", Act),
    )
}
MONEYS = ("amount", "approved", "executed")
"""Columns that hold an amount in the currency of the row."""


@dataclass
class Draft:
    """What a row says: typed fields by name, and why some of it is refused."""

    row: Row
    fields: dict[str, Any] = field(default_factory=dict)
    state: str | None = None
    problems: list[DomainError] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The code as it stands in the row."""
        return self.row.cells.get("code", "")

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Keep a refusal, so that the rest of the row is read too."""
        try:
            yield
        except DomainError as problem:
            self.refuse(problem)

    def refuse(self, problem: DomainError) -> None:
        """Keep a refusal, once; what is missing only because it was refused is not missing."""
        if isinstance(problem, CellEmpty) and any(p.values["field"] == problem.values["field"] for p in self.problems):
            return
        if str(problem) not in map(str, self.problems):
            self.problems.append(problem)


def drafted(row: Row, names: Names, days: tuple[date, ...], known: CommitmentState | None, today: date) -> Draft:
    """Read a row; names count on the day of the commitment, and on the other `days` where it is recorded already."""
    draft = Draft(row, problems=list(row.problems))
    raw = _Raw(draft, names)
    raw.plain()
    made = raw.said.get("occurred_on")
    own = (resolve(made, today)[0],) if made else (known.began_on,) if known else ()
    raw.parties(own + (days if known or not own else ()))
    raw.whole(known)
    if known is not None and is_id(draft.code):
        raw.said.pop("code")  # it is named by its id, which is no code
    for name, value in raw.said.items():
        _check(draft, name, value)
    return draft


class _Raw:
    """The cells of a row as fields of commands, not checked yet."""

    def __init__(self, draft: Draft, names: Names) -> None:
        self.draft, self.names, self.cells = draft, names, draft.row.cells
        self.said: dict[str, Any] = {}

    def plain(self) -> None:
        """Read the cells that stand for themselves."""
        for column, name, reading in _PLAIN:
            self.take(column, name, reading)
        with self.draft.refusing():
            if text := self.cells.get("state"):
                self.draft.state = read.state("state", text)
        for column in MONEYS:
            self.take(column, column, self.money)

    def take(self, column: str, name: str, reading: Callable[[str, str], Any]) -> None:
        """Read a cell into a field, unless it is empty."""
        with self.draft.refusing():
            if text := self.cells.get(column):
                self.said[name] = reading(column, text)

    def money(self, column: str, text: str) -> dict[str, str]:
        """Read an amount in the currency of the row.

        :raises CurrencyMissing: the row has none.
        :raises CellInvalid: ISO 4217 does not know it.
        """
        amount = read.amount(column, text)
        if not (currency := self.cells.get("currency")):
            raise CurrencyMissing(field="currency")
        try:
            decimals_of(currency)
        except ValueError as error:
            problem = says(str(error), f"{currency!r} no es un código de moneda de la ISO 4217")
            raise CellInvalid(field="currency", value=shown(currency), problem=problem) from None
        return {"amount": amount, "currency": currency}

    def parties(self, days: tuple[date, ...]) -> None:
        """Read who the row names, as they were called on any of some days."""

        def who(column: str, text: str) -> UUID:
            return self.names.organization(column, text, days)

        def each(reading: Callable[[str, str], list[dict[str, Any]]]) -> Callable[[str, str], Any]:
            return lambda column, text: [
                one | {"organization": who(column, one["organization"])} for one in reading(column, text)
            ]

        self.take("follow_up_body", "follow_up_body", who)
        self.take("verifier", "verifier", who)
        self.take("collaborators", "collaborators", lambda column, text: [who(column, one) for one in split(text)])
        self.take("responsibles", "responsibles", each(read.answering))
        self.take("counterparts", "counterparts", each(read.owing))

    def whole(self, known: CommitmentState | None) -> None:
        """Read what names other objects or takes several cells; cells left empty stay as recorded."""
        find = self.names.object
        self.take("part_of", "part_of", lambda column, text: find(column, "commitment", text))
        self.take("roundtable", "origin.roundtable", lambda column, text: find(column, "roundtable", text))
        self.take("session", "origin.session", lambda column, text: find(column, "session", text))
        self.take("minutes", "origin.minutes", lambda column, text: find(column, "minutes", text))
        self.take("quote", "origin.quote.text", _text)
        self.take("headline_amount", "headline.amount", self.money)
        for name in _GROUPS:
            self.group(name, getattr(known, name, None))

    def group(self, name: str, recorded: Any) -> None:
        """Bring fields such as `origin.page` together into the value that they are parts of."""
        prefix = f"{name}."
        parts = {path.removeprefix(prefix): self.said.pop(path) for path in list(self.said) if path.startswith(prefix)}
        if not parts:
            return
        value: dict[str, Any] = TYPES[name].dump_python(recorded, mode="json") if recorded else {}
        for path, part in parts.items():
            inner, _, last = path.rpartition(".")
            within = value
            if inner:
                within = value[inner] = dict(value.get(inner) or {})
            within[last] = part
        self.said[name] = value


def _text(_: str, text: str) -> str:
    return text


def _list(_: str, text: str) -> list[str]:
    return split(text)


_PLAIN: tuple[tuple[str, str, Callable[[str, str], Any]], ...] = (
    *((name, name, _text) for name in ("code", "title", "statement", "language", "sector", "reason")),
    *((name, name, _text) for name in ("deadline_waiver", "follow_up_waiver")),
    *((name, name, _list) for name in ("conditions", "sdg_targets", "illustrative")),
    ("kind", "kind", read.kind),
    ("percent", "percent", read.number),
    ("block_cause", "cause", _text),
    ("territories", "territories", read.territories),
    ("occurred_on", "occurred_on", read.partial_day),
    ("deadline", "deadline", read.day),
    ("projects", "projects", read.number),
    ("headline_projects", "headline.projects", read.number),
    ("headline_sectors", "headline.sectors", _list),
    ("beneficiaries", "beneficiaries.description", _text),
    ("beneficiaries_people", "beneficiaries.people", read.number),
    ("beneficiaries_women", "beneficiaries.women", read.number),
    ("item", "origin.item", _text),
    ("page", "origin.page", read.number),
    ("quote_language", "origin.quote.language", _text),
    ("source", "source.citation", _text),
    ("source_document", "source.document", _text),
    ("source_page", "source.page", read.number),
    ("act_type", "act.type", _text),
    ("act_number", "act.number", _text),
    ("act_issuer", "act.issuer", _text),
    ("act_date", "act.date", read.day),
)
_GROUPS = ("headline", "beneficiaries", "origin", "source", "act")


def _check(draft: Draft, name: str, value: Any) -> None:
    try:
        draft.fields[name] = TYPES[name].validate_python(value)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            draft.refuse(_problem(draft, name, found))


def checked(name: str, value: Any) -> Any:
    """Check what is said for all rows like a field of a command.

    :raises CellInvalid: it does not fit.
    """
    draft = Draft(Row(0, {name: str(value)}))
    _check(draft, name, value)
    for problem in draft.problems:
        raise problem
    return draft.fields[name]


def _problem(draft: Draft, name: str, found: Any) -> DomainError:
    """Return what the validator found as a refusal of a column."""
    column = column_of(".".join((name, *map(str, found["loc"]))), name)
    if found["type"] == "missing":
        return CellEmpty(field=column)
    message = found["msg"].removeprefix("Value error, ")
    problem = says(message, invalid(found["type"], message, found.get("ctx", {})))
    if found["type"] == "string_pattern_mismatch" and column in FORMS:
        problem = FORMS[column]
    return CellInvalid(field=column, value=shown(draft.row.cells.get(column, "-")), problem=problem)
