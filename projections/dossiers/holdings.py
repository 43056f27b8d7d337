"""The commitments in which an institution stands, in every capacity."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain.commitment import types as t
from domain.commitment.completeness import completeness
from domain.types import Money
from domain.values import Value
from projections import commitments
from projections.commitments import INHERITABLE, capacities
from projections.dossiers.scope import Scope, Written

ORDER = INHERITABLE.capacities
LEFT_OUT = frozenset({t.Status.DISMISSED, t.Status.WITHDRAWN, t.Status.SUPERSEDED})
"""States in which nobody asks any more whether the record is complete: nothing, or something else, took its place."""
CLAIMED = frozenset({t.Status.IN_PROGRESS, t.Status.BLOCKED, t.Status.REPORTED_FULFILLED, t.Status.FULFILLED})
CLAIMED |= {t.Status.PARTIALLY_FULFILLED}
"""States in which something is said to have been done, which evidence should show."""


DONE = frozenset({t.Status.REPORTED_FULFILLED, t.Status.FULFILLED, t.Status.PARTIALLY_FULFILLED})
"""States in which something is said to be done, which another party should have verified."""


class HeldCommitment(Value, frozen=True, kw_only=True):
    """A commitment as it was handed over: who answers for it, until when, how far it is, where it was written down.

    `missing` is what the record lacks on the day, `waived` what it lacks for a reason that was recorded.
    `recorded_late` counts the days from what happened to its entry in the log, where these are more than thirty.
    """

    id: UUID
    version: int
    code: str | None
    capacities: tuple[str, ...]
    title: str
    statement: str
    language: str
    state: str
    open: bool
    responsibles: tuple[str, ...]
    follow_up_body: str | None
    verifier: str | None
    original_deadline: date | None
    deadline: date | None
    days_overdue: int
    amount: Money | None
    headline: Money | None
    executed: Money | None
    percent: int | None
    evidence: int
    verified_on: date | None
    recorded_late: int
    provenance: Written
    missing: tuple[str, ...]
    waived: tuple[str, ...]
    illustrative: tuple[str, ...]


LATE = 30
"""Days after which something was recorded late."""


class InCapacity(Value, frozen=True, kw_only=True):
    """How many commitments an institution has in one capacity; one commitment may count under several."""

    capacity: str
    count: int
    open: int
    overdue: int


class StateCount(Value, frozen=True, kw_only=True):
    """How many commitments are in one state."""

    state: str
    count: int


class CommitmentSection(Value, frozen=True, kw_only=True):
    """All commitments in which the institution stands; each once, with all its capacities."""

    count: int
    open: int
    overdue: int
    amounts: tuple[Money, ...]
    by_capacity: tuple[InCapacity, ...]
    by_state: tuple[StateCount, ...]
    items: tuple[HeldCommitment, ...]


def read(scope: Scope) -> CommitmentSection:
    """Return the commitments of an institution at a moment."""
    held = [
        (id, version, state, found)
        for id, version, state in scope.held(commitments.commitments)
        if (found := _capacities(scope, state))
    ]
    delays = scope.delays(id for id, *_ in held)
    items = tuple(_held(scope, *one, delays.get(one[0], 0)) for one in held)
    counted = Counter(one.state for one in items)
    return CommitmentSection(
        count=len(items),
        open=sum(one.open for one in items),
        overdue=sum(one.days_overdue > 0 for one in items),
        amounts=_sums(one.amount for one in items if one.state != t.Status.SUPERSEDED.value),
        by_capacity=tuple(_in_capacity(name, items) for name in ORDER if any(name in one.capacities for one in items)),
        by_state=tuple(StateCount(state=s.value, count=n) for s in t.Status if (n := counted[s.value])),
        items=items,
    )


def _capacities(scope: Scope, state: t.CommitmentState) -> tuple[str, ...]:
    named = {capacity for capacity, id in capacities(state) if id == scope.institution}
    return tuple(capacity for capacity in ORDER if capacity in named)


def _in_capacity(name: str, items: tuple[HeldCommitment, ...]) -> InCapacity:
    some = [one for one in items if name in one.capacities]
    return InCapacity(
        capacity=name,
        count=len(some),
        open=sum(one.open for one in some),
        overdue=sum(one.days_overdue > 0 for one in some),
    )


def _held(
    scope: Scope, id: UUID, version: int, state: t.CommitmentState, found: tuple[str, ...], delay: int
) -> HeldCommitment:
    day = scope.moment.day
    late = state.status in t.DUE and state.deadline is not None and state.deadline < day
    return HeldCommitment(
        id=id,
        version=version,
        code=state.code,
        capacities=found,
        title=state.title,
        statement=state.statement,
        language=state.language,
        state=state.status.value,
        open=state.status in t.OPEN,
        responsibles=scope.names(one.organization for one in state.responsibles),
        follow_up_body=scope.name(state.follow_up_body),
        verifier=scope.name(state.verifier),
        original_deadline=state.original_deadline,
        deadline=state.deadline,
        days_overdue=(day - state.deadline).days if late and state.deadline else 0,
        amount=state.ladder.current,
        headline=state.headline.amount if state.headline else None,
        executed=state.ladder.executed,
        percent=state.percent,
        evidence=len(state.evidence),
        verified_on=state.verified.occurred_on if state.verified else None,
        recorded_late=delay if delay > LATE else 0,
        provenance=scope.provenance(state.origin, state.source),
        **_lacks(state),
        illustrative=state.illustrative,
    )


def _lacks(state: t.CommitmentState) -> dict[str, tuple[str, ...]]:
    """Return what the record lacks; evidence is asked for as soon as something is said to have been done."""
    if state.status in LEFT_OUT:
        return {"missing": (), "waived": ()}
    found = completeness(state)
    missing = [name for name in found.missing if name != "evidence"]
    if state.status in CLAIMED and not state.evidence:
        missing.append("evidence")
    if state.status in DONE and state.verified is None:
        missing.append("verification")
    return {"missing": tuple(missing), "waived": found.waived}


def _sums(amounts: Iterable[Money | None]) -> tuple[Money, ...]:
    sums: dict[str, Money] = {}
    for one in amounts:
        if one is not None:
            before = sums.get(one.currency)
            sums[one.currency] = Money(amount=one.amount + (before.amount if before else 0), currency=one.currency)
    return tuple(sums[currency] for currency in sorted(sums))
