"""The documents that the regime of a handover asks for, with what was filed of each."""

from datetime import date
from uuid import UUID

from domain.clocks import Certainty, Words
from domain.regimes import Deliverable, Regime
from domain.transition.types import Filed, TransitionState
from domain.values import Value


class AskedFor(Value, frozen=True, kw_only=True):
    """A document that a regime asks for, at one of its stages; without `filed_on` it is still to be filed.

    Reporting, signing and complementing the handover file its report, its acta and the complementary one: nothing has
    to be filed twice. `unconfirmed` warns that nobody has seen the whole text that asks for it.
    """

    key: str
    name: Words
    stage: str
    filed_on: date | None
    document: str | None
    source: str
    certainty: Certainty
    unconfirmed: bool


class Deliverables(Value, frozen=True, kw_only=True):
    """Every document that the regime of a handover asks for, in the order of the regime."""

    transition: UUID
    regime: str
    name: Words
    valid_at: date
    position: int
    missing: int
    items: tuple[AskedFor, ...]


def deliverables(regime: Regime, state: TransitionState) -> tuple[AskedFor, ...]:
    """Return what a regime asks for, with what stands of it in a handover."""
    filed = {one.deliverable: one for one in (*_by_their_steps(state), *state.deliverables)}
    return tuple(_asked_for(one, filed.get(one.key)) for one in regime.deliverables)


def _asked_for(asked: Deliverable, filed: Filed | None) -> AskedFor:
    return AskedFor(
        key=asked.key,
        name=asked.name,
        stage=asked.stage,
        filed_on=filed.occurred_on if filed else None,
        document=filed.document if filed else None,
        source=asked.backing.source,
        certainty=asked.backing.certainty,
        unconfirmed=asked.backing.unconfirmed,
    )


def _by_their_steps(state: TransitionState) -> list[Filed]:
    """Return the papers that a step of the handover files."""
    signed = state.signatures[0].document if state.signatures else None
    papers = (
        ("final_report", "reported", state.report),
        ("acta", "acta_signed", signed),
        ("complementary_acta", "complemented", state.complements[-1] if state.complements else None),
    )
    reached = ((key, document, state.reached_on(step)) for key, step, document in papers)
    return [
        Filed(deliverable=key, document=document, occurred_on=on) for key, document, on in reached if document and on
    ]
