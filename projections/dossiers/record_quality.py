"""How good the record itself is, beside what the Defensoría found of all dialogue processes of Peru."""

from decimal import ROUND_HALF_UP, Decimal

from domain.session.types import HELD
from domain.values import Value
from projections import sessions
from projections.dossiers.agenda import tables
from projections.dossiers.holdings import DONE, LEFT_OUT, CommitmentSection, HeldCommitment
from projections.dossiers.scope import Scope

BENCHMARK_SOURCE = "Defensoría del Pueblo del Perú, Informe Defensorial 187-2021-DP"
WITHOUT = {
    "deadline": Decimal("57.7"),
    "follow_up_body": Decimal(87),
    "agenda": Decimal(55),
}
"""Percent without it that the Defensoría found, of 4,258 agreements and of minutes (agenda): not of this record."""


class Measured(Value, frozen=True, kw_only=True):
    """How many of so many have something, how many do without it for a recorded reason, and the percentage without.

    `benchmark_without` was measured by somebody else, elsewhere: it stands beside the figure and is no part of it.
    """

    what: str
    of: int
    there: int
    waived: int
    percent_without: Decimal | None
    benchmark_without: Decimal | None = None


class QualitySection(Value, frozen=True, kw_only=True):
    """What share of the commitments has what a complete record has, and of the sessions an agenda.

    `verification` is asked of what is said to be done; `prompt` is what was recorded within thirty days.
    """

    items: tuple[Measured, ...]
    benchmark_source: str


def read(scope: Scope, promised: CommitmentSection) -> QualitySection:
    """Return how good the record of an institution is at a moment."""
    some = [one for one in promised.items if one.state not in {state.value for state in LEFT_OUT}]
    there = {
        "deadline": [one.deadline is not None for one in some],
        "follow_up_body": [one.follow_up_body is not None for one in some],
        "evidence": [one.evidence > 0 for one in some],
        "verifier": [one.verifier is not None or one.verified_on is not None for one in some],
        "amount": [one.amount is not None or one.headline is not None for one in some],
        "verification": [one.verified_on is not None for one in some if one.state in DONE],
        "prompt": [not one.recorded_late for one in some],
    }
    measured = (_measured(what, found, _waived(what, some)) for what, found in there.items())
    return QualitySection(items=(*measured, _agendas(scope)), benchmark_source=BENCHMARK_SOURCE)


def _waived(what: str, some: list[HeldCommitment]) -> int:
    return sum(what in one.waived for one in some)


def _agendas(scope: Scope) -> Measured:
    held = [
        state
        for table in tables(scope)
        for _, _, state in sessions.of_roundtable(scope.connection, table, scope.moment)
        if state.status in HELD
    ]
    without = [state for state in held if not state.agenda]
    waived = sum(state.agenda_waiver is not None for state in without)
    return _measured("agenda", [bool(state.agenda) for state in held], waived)


def _measured(what: str, found: list[bool], waived: int) -> Measured:
    return Measured(
        what=what,
        of=len(found),
        there=sum(found),
        waived=waived,
        percent_without=_percent(len(found) - sum(found), len(found)),
        benchmark_without=WITHOUT.get(what),
    )


def _percent(part: int, whole: int) -> Decimal | None:
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
