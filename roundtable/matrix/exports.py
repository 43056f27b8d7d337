"""From a commitment to the cells of its row: what an import of the same row finds unchanged."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from domain.commitment.types import CommitmentState, Responsible, Status
from domain.types import Money
from roundtable.matrix.columns import COLUMNS, SAY_WHY
from roundtable.matrix.names import Names
from roundtable.matrix.words import joined

Write = Callable[[CommitmentState, Names], str]


def cells_of(state: CommitmentState, names: Names, id: UUID) -> dict[str, str]:
    """Return the cells of a commitment, empty ones too; one without a code is named by its id."""
    cells = {name: write(state, names) for name, write in _CELLS.items()}
    return cells | {"code": state.code or str(id)}


def headers(language: str) -> Iterable[str]:
    """Return the headers of a matrix in English or Spanish."""
    return [column.es[0] if language == "es" else column.name for column in COLUMNS]


def cell(column: str, state: CommitmentState | None, names: Names) -> str:
    """Return the cell of a commitment in a column; empty where there is none."""
    return _CELLS[column](state, names) if state is not None and column in _CELLS else ""


def _amount(money: Money | None) -> str:
    return str(money.amount) if money else ""


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _answering(one: Responsible, names: Names) -> str:
    share = f" {one.share}%" if one.share is not None else ""
    return f"{names.code('organization', one.organization)} [{one.role}{share}]"


def _of(path: str) -> Write:
    """Return what writes a value found by its path; nothing where it, or what it is a part of, is not there."""

    def write(state: CommitmentState, _: Names) -> str:
        value: Any = state
        for name in path.split("."):
            value = getattr(value, name, None)
        return _text(value)

    return write


def _named(kind: str, path: str) -> Write:
    def write(state: CommitmentState, names: Names) -> str:
        value: Any = state
        for name in path.split("."):
            value = getattr(value, name, None)
        return names.code(kind, value)

    return write


_CELLS: Mapping[str, Write] = {
    **{name: _of(name) for name in ("code", "title", "statement", "language", "kind", "percent", "sector")},
    "state": lambda s, _: s.status.value,
    "block_cause": lambda s, _: _text(s.block_cause) if s.status is Status.BLOCKED else "",
    "territories": lambda s, _: joined(map(str, s.territories)),
    "occurred_on": lambda s, _: s.began_on.isoformat(),
    "deadline": _of("deadline"),
    "deadline_waiver": _of("deadline_waiver"),
    "amount": lambda s, _: _amount(s.ladder.current),
    "currency": _of("currency"),
    "approved": lambda s, _: _amount(s.ladder.approved),
    "executed": lambda s, _: _amount(s.ladder.executed),
    "responsibles": lambda s, n: joined(_answering(one, n) for one in s.responsibles),
    "collaborators": lambda s, n: joined(n.code("organization", id) for id in s.collaborators),
    "counterparts": lambda s, n: joined(
        f"{n.code('organization', c.organization)} = {c.obligation}" for c in s.counterparts
    ),
    "follow_up_body": _named("organization", "follow_up_body"),
    "follow_up_waiver": _of("follow_up_waiver"),
    "verifier": _named("organization", "verifier"),
    "part_of": _named("commitment", "part_of"),
    "projects": _of("projects"),
    "headline_amount": _of("headline.amount.amount"),
    "headline_projects": _of("headline.projects"),
    "headline_sectors": lambda s, _: joined(s.headline.sectors) if s.headline else "",
    "beneficiaries": _of("beneficiaries.description"),
    "beneficiaries_people": _of("beneficiaries.people"),
    "beneficiaries_women": _of("beneficiaries.women"),
    "conditions": lambda s, _: joined(s.conditions),
    "sdg_targets": lambda s, _: joined(s.sdg_targets),
    "roundtable": _named("roundtable", "origin.roundtable"),
    "session": _named("session", "origin.session"),
    "minutes": _named("minutes", "origin.minutes"),
    "item": _of("origin.item"),
    "page": _of("origin.page"),
    "quote": _of("origin.quote.text"),
    "quote_language": _of("origin.quote.language"),
    "source": _of("source.citation"),
    "source_document": _of("source.document"),
    "source_page": _of("source.page"),
    "illustrative": lambda s, _: joined(name for name in s.illustrative if "." not in name),
    **dict.fromkeys(SAY_WHY, lambda _, __: ""),
}
