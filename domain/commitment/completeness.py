"""How complete the record of a commitment is: what is missing, what was waived with a reason.

The Defensoría del Perú found 57.7 % of 4,258 agreements without a deadline and 87 % without anybody to follow them up
(Informe 187-2021-DP); these are the things worth asking for.
"""

from domain.commitment.types import CommitmentState, Status
from domain.values import Value

ASKED = ("deadline", "follow_up_body", "verifier", "sector", "territory", "amount", "origin", "evidence")
"""What a complete record has, in the order in which people ask for it."""


class Completeness(Value, frozen=True, kw_only=True):
    """The percentage of what was asked that is there or waived, with what is missing and what was waived."""

    percent: int
    missing: tuple[str, ...]
    waived: tuple[str, ...]


def completeness(state: CommitmentState) -> Completeness:
    """Judge the record of a commitment."""
    there = {
        "deadline": state.deadline is not None,
        "follow_up_body": state.follow_up_body is not None,
        "verifier": state.verifier is not None or state.verified is not None,
        "sector": state.sector is not None or (state.headline is not None and bool(state.headline.sectors)),
        "territory": bool(state.territories),
        "amount": state.ladder.current is not None or state.headline is not None,
        "origin": state.origin is not None,
        "evidence": bool(state.evidence) or not _ought_to_have_evidence(state),
    }
    waivers = {"deadline": state.deadline_waiver, "follow_up_body": state.follow_up_waiver}
    waived = tuple(name for name in ASKED if not there[name] and waivers.get(name))
    missing = tuple(name for name in ASKED if not there[name] and name not in waived)
    return Completeness(percent=round(100 * (1 - len(missing) / len(ASKED))), missing=missing, waived=waived)


def _ought_to_have_evidence(state: CommitmentState) -> bool:
    return state.status in {Status.REPORTED_FULFILLED, Status.FULFILLED, Status.PARTIALLY_FULFILLED}
