"""From what a row says to the commands that make it so: to register, or to amend, extend, assign, report, correct."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import msgspec

from domain.calendar import resolve
from domain.commitment import Commitment
from domain.commitment.types import CommitmentState, Status
from domain.errors import DomainError
from roundtable.commands import Command, commands_of
from roundtable.matrix.drafts import REGISTER, Draft
from roundtable.matrix.errors import (
    ActMissing,
    CannotChange,
    CannotRemove,
    CellEmpty,
    ChangeNeedsReason,
    StateUnreachable,
)
from roundtable.matrix.names import Known, Names
from roundtable.matrix.words import says, shown

COMMANDS = commands_of(Commitment)
PLAIN = (
    *("title", "statement", "language", "kind", "sector", "part_of", "projects", "origin", "source"),
    *("territories", "beneficiaries", "conditions", "sdg_targets"),
)
"""Fields of the first fact that no later fact changes: a row that says otherwise corrects that fact."""
OWN = (
    ("amount", "amend_amount", "amount"),
    ("headline", "amend_headline", "headline"),
    ("responsibles", "assign_responsibles", "responsibles"),
    ("follow_up_body", "assign_follow_up_body", "organization"),
    ("verifier", "assign_verifier", "organization"),
    ("approved", "approve_amount", "amount"),
    ("executed", "report_execution", "amount"),
    ("percent", "report_progress", "percent"),
)
"""Fields that a command of their own changes from a day on: field, command, and its parameter."""
_MOVES: Mapping[tuple[Status, Status], str] = {
    (Status.REQUESTED, Status.AGREED): "accept",
    (Status.REQUESTED, Status.DISMISSED): "dismiss",
    (Status.AGREED, Status.IN_PROGRESS): "start",
    (Status.AGREED, Status.BLOCKED): "block",
    (Status.IN_PROGRESS, Status.BLOCKED): "block",
    (Status.BLOCKED, Status.IN_PROGRESS): "unblock",
    (Status.UNFULFILLED, Status.IN_PROGRESS): "reactivate",
    (Status.PARTIALLY_FULFILLED, Status.IN_PROGRESS): "reactivate",
    (Status.REVERSED, Status.IN_PROGRESS): "reactivate",
    **{(status, Status.UNFULFILLED): "declare_unfulfilled" for status in (Status.AGREED, Status.IN_PROGRESS)},
    (Status.BLOCKED, Status.UNFULFILLED): "declare_unfulfilled",
}
"""What a row can do about the state; whatever else it takes has a command that asks for more than a row says."""
_TAKES_NO_REPORT = frozenset({Status.REQUESTED, Status.UNFULFILLED, Status.PARTIALLY_FULFILLED, Status.REVERSED})
"""States in which progress is reported only after the commitment has moved on."""


class Said(NamedTuple):
    """What holds for all rows: the day of changes, for whom, and why."""

    occurred_on: str
    today: date
    on_behalf_of: Any = None
    reason: str | None = None


class Step(NamedTuple):
    """A command that a row becomes, its fields, and the columns that it brings in."""

    command: Command
    fields: Mapping[str, Any]
    columns: tuple[str, ...]


def registering(draft: Draft, said: Said, origin: Any) -> list[Step]:
    """Return the steps that register what a row says; `origin` counts where the row names none.

    :raises CellEmpty: it lacks what a commitment cannot do without.
    """
    given, fields = draft.fields, {name: draft.fields[name] for name in REGISTER.hints if name in draft.fields}
    text = given.get("statement")
    if "title" not in fields and text is not None and len(text) <= 300 and "\n" not in text:  # noqa: PLR2004 - a Title
        fields["title"] = text
    for name in ("title", "responsibles"):
        if name not in fields and name not in {p.values.get("field") for p in draft.problems}:
            draft.refuse(CellEmpty(field="statement" if name == "title" and text is None else name))
    if origin is not None and "origin" not in fields:
        fields["origin"] = origin
    stage = Status.REQUESTED if draft.state in {Status.REQUESTED, Status.DISMISSED} else Status.AGREED
    fields |= {"stage": stage.value, "occurred_on": given.get("occurred_on") or said.occurred_on}
    fields |= {name: given[name] for name in ("source", "illustrative") if name in given}
    fields |= {"on_behalf_of": said.on_behalf_of, "reason": given.get("reason")}
    later = _Changes(draft, said)
    for field, name, parameter in OWN:
        if field in given and field not in REGISTER.hints:
            later.step(name, {parameter: given[field]}, (field,))
    later.move(stage, started=False)
    later.waive(None)
    return [Step(REGISTER, fields, ("code",)), *later.steps]


def changing(draft: Draft, known: Known, said: Said, names: Names) -> list[Step]:
    """Return the steps that bring what is recorded to what a row says; none where it says the same."""
    changes = _Changes(draft, said)
    changes.correct(known)
    changes.amend(known.state, names)
    changes.move(known.state.status, started=known.state.started, cause=known.state.block_cause)
    changes.waive(known.state)
    return changes.steps


class _Changes:
    """The steps of one row, as they are found."""

    def __init__(self, draft: Draft, said: Said) -> None:
        self.draft, self.said, self.given = draft, said, draft.fields
        self.steps: list[Step] = []

    def step(self, name: str, fields: Mapping[str, Any], columns: Iterable[str], reason: str | None = None) -> None:
        """Add a step; refuse the row where its command needs a reason and there is none."""
        command = COMMANDS[name]
        why = reason or self.given.get("reason") or self.said.reason
        if "reason" in command.spec.needs and why is None:
            self.draft.refuse(ChangeNeedsReason(field="reason", command=command.slug))
            return
        about = {"on_behalf_of": self.said.on_behalf_of, "reason": why}
        about |= {"occurred_on": self.said.occurred_on} if command.spec.dated else {}
        self.steps.append(Step(command, about | dict(fields), tuple(columns)))

    def refuse(self, problem: DomainError) -> None:
        """Refuse the row, and go on looking."""
        self.draft.refuse(problem)

    def correct(self, known: Known) -> None:
        """Find what the first fact should have said."""
        state, differ = known.state, {}
        for name in PLAIN:
            if name in self.given and self.given[name] != getattr(state, name):
                differ[name] = self.given[name]
        invented = tuple(name for name in state.illustrative if "." not in name)
        if "illustrative" in self.given and sorted(self.given["illustrative"]) != list(invented):
            differ["illustrative"] = self.given["illustrative"]
        day = self.given.get("occurred_on")
        if day and resolve(day, self.said.today)[0] != state.began_on:
            differ["occurred_on"] = day
        code = self.given.get("code")
        if code and code != state.code:
            differ["code"] = code
        if differ:
            changes = {name: msgspec.to_builtins(value) for name, value in differ.items()}
            self.step("correct", {"position": known.born, "changes": changes}, differ)

    def amend(self, state: CommitmentState, names: Names) -> None:
        """Find what a later fact changes from a day on."""
        ladder = state.ladder
        recorded = {
            **{name: getattr(state, name) for name, _, _ in OWN if hasattr(state, name)},
            "amount": ladder.current,
            "approved": ladder.approved,
            "executed": ladder.executed,
        }
        for field, name, parameter in OWN:
            if field in self.given and self.given[field] != recorded[field]:
                self.step(name, {parameter: self.given[field]}, (field,))
        self._deadline(state)
        self._parties(state, names)

    def _deadline(self, state: CommitmentState) -> None:
        deadline = self.given.get("deadline")
        if deadline is None or deadline == state.deadline:
            return
        if state.deadline is None:
            self.step("set_deadline", {"deadline": deadline}, ("deadline",))
        elif "act" in self.given:
            self.step("extend_deadline", {"deadline": deadline, "act": self.given["act"]}, ("deadline",))
        else:
            self.refuse(ActMissing(field="act_type"))

    def _parties(self, state: CommitmentState, names: Names) -> None:
        for column, name, parameter in (
            ("collaborators", "add_collaborator", "organization"),
            ("counterparts", "add_counterpart", "counterpart"),
        ):
            recorded, wanted = getattr(state, column), self.given.get(column)
            if wanted is None:
                continue
            for one in wanted:
                if one not in recorded:
                    self.step(name, {parameter: one}, (column,))
            for one in recorded:
                if one not in wanted:
                    who = names.code("organization", getattr(one, "organization", one))
                    self.refuse(CannotRemove(field=column, value=who))

    def move(self, status: Status, *, started: bool, cause: str | None = None) -> None:
        """Find what brings it into the state that the row names; `cause` is what blocks it as recorded."""
        wanted, given = Status(self.draft.state) if self.draft.state else status, self.given.get("cause")
        if wanted is status:
            if status is Status.BLOCKED and given not in {None, cause}:
                self.refuse(CannotChange(field="block_cause", value=shown(given or ""), recorded=shown(cause or "")))
            return
        if (move := _MOVES.get((status, wanted))) is None:
            self.refuse(StateUnreachable(field="state", state=_word(status), value=_word(wanted)))
        elif move == "block" and given is None:
            self.refuse(CellEmpty(field="block_cause"))
        else:
            before, self.steps = self.steps, []
            self.step(move, {"cause": given} if move == "block" else {}, ("state",))
            if move == "unblock" and not started:
                self.step("start", {}, ("state",))
            self.steps = [*self.steps, *before] if status in _TAKES_NO_REPORT else [*before, *self.steps]

    def waive(self, state: CommitmentState | None) -> None:
        """Find why it has no deadline or nobody who follows it up."""
        for column, name in (("deadline_waiver", "waive_deadline"), ("follow_up_waiver", "waive_follow_up")):
            why = self.given.get(column)
            if why is not None and why != getattr(state, column, None):
                self.step(name, {}, (column,), reason=why)


def _word(status: Status) -> Any:
    return says(status.value, status.es)


def bodies(steps: Iterable[Step]) -> Iterator[tuple[Step, Any]]:
    """Yield each step with the request that its command takes."""
    for step in steps:
        model = step.command.body
        whole = step.command is REGISTER
        yield step, model.model_construct(**step.fields) if whole else model.model_validate(dict(step.fields))
