"""How complete the record of a commitment is: what is missing, what was waived with a reason.

The Defensoría del Perú found 57.7 % of 4,258 agreements without a deadline and 87 % without anybody to follow them up
(Informe 187-2021-DP); these are the things worth asking for.
"""

from functools import lru_cache

from domain.commitment.types import CommitmentState, Status
from domain.values import Value

ASKED = ("deadline", "follow_up_body", "verifier", "sector", "territory", "amount", "origin", "evidence")
"""What a complete record has, in the order in which people ask for it."""
SAID_TO_BE_DONE = frozenset({Status.REPORTED_FULFILLED, Status.FULFILLED, Status.PARTIALLY_FULFILLED})
"""The states that ask for evidence."""


class Completeness(Value, frozen=True, kw_only=True):
    """The percentage of what was asked that is there or waived, with what is missing and what was waived."""

    percent: int
    missing: tuple[str, ...]
    waived: tuple[str, ...]


def completeness(state: CommitmentState) -> Completeness:
    """Judge the record of a commitment."""
    there = (
        state.deadline is not None,
        state.follow_up_body is not None,
        state.verifier is not None or state.verified is not None,
        state.sector is not None or (state.headline is not None and bool(state.headline.sectors)),
        bool(state.territories),
        state.ladder.current is not None or state.headline is not None,
        state.origin is not None,
        bool(state.evidence) or state.status not in SAID_TO_BE_DONE,
    )
    waivers = {"deadline": state.deadline_waiver, "follow_up_body": state.follow_up_waiver}
    return _judged(there, frozenset(name for name, waiver in waivers.items() if waiver))


@lru_cache(maxsize=1024)  # there are no more than that
def _judged(there: tuple[bool, ...], waivers: frozenset[str]) -> Completeness:
    lacking = [name for name, has in zip(ASKED, there, strict=True) if not has]
    waived, missing = (tuple(n for n in lacking if (n in waivers) is wanted) for wanted in (True, False))
    return Completeness(percent=round(100 * (1 - len(missing) / len(ASKED))), missing=missing, waived=waived)
