"""What decisions on continuity must keep to among themselves."""

from datetime import date

from domain.errors import StateMovedLater, Words
from domain.transition import errors
from domain.transition.types import ItemRef, TransitionState

DECISIONS = {
    str(word): word
    for word in (
        Words("ratified", "ratificado"),
        Words("adopted_with_changes", "adoptado con cambios"),
        Words("under_review", "en revisión"),
        Words("not_continued", "no continuado"),
    )
}


def must_be_undecided(state: TransitionState, item: ItemRef) -> None:
    """Require that nothing is decided on an object.

    :raises AlreadyDecided: something is.
    """
    if (before := state.decision(item)) is not None:
        raise errors.AlreadyDecided(item=item, decision=_decided(before.decision), decided_on=before.occurred_on)


def _decided(decision: str) -> str:
    return DECISIONS.get(decision, decision)


def must_not_predate_decision(latest: TransitionState, item: ItemRef, day: date, command: str) -> None:
    """Require that nothing later is decided on an object.

    :raises StateMovedLater: something is.
    """
    last = latest.decision(item)
    if last is not None and day < last.occurred_on:
        raise StateMovedLater(
            command=command, occurred_on=day, latest=_decided(last.decision), latest_on=last.occurred_on
        )


def must_change(state: TransitionState, item: ItemRef, decision: str, day: date) -> None:
    """Require a decision on an object that says something else.

    :raises NotDecided: there is none.
    :raises DecisionUnchanged: it says the same.
    """
    before = state.decision(item)
    if before is None:
        raise errors.NotDecided(item=item, occurred_on=day)
    if before.decision == decision:
        raise errors.DecisionUnchanged(field="decision", item=item, decision=_decided(decision))
