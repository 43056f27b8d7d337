"""How an administration came to what it inherited: from which one, through which transition, and what it decided."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Literal, NamedTuple, TypeVar
from uuid import UUID

import sqlalchemy as sa

from domain.administration.types import AdministrationState
from domain.transition.types import Continuity, TransitionState
from projections import administrations, inheritance, transitions
from projections.inheritance import Decided, Filters, Span, Told
from projections.kept import Kept, touched
from projections.moment import Moment

Answer = Continuity | Literal["undecided"]
"""What the incoming administration decided of an object; `undecided` where it has not yet."""


class Handover(NamedTuple):
    """What is known of the handover to an administration at a moment."""

    span: Span
    told: Told
    transition: UUID | None

    def narrowed(self, which: Filters, answers: Iterable[Answer]) -> Filters:
        """Return filters that keep only the objects of which any of some things was decided; none given means all."""
        wanted = set(answers)
        if not wanted:
            return which
        decisions = self.told.decisions
        if "undecided" in wanted:
            return which._replace(but=frozenset(id for id, one in decisions.items() if one.decision not in wanted))
        return which._replace(only=frozenset(id for id, one in decisions.items() if one.decision in wanted))


K = TypeVar("K")


class _Known(NamedTuple):
    told: Told
    transition: UUID | None
    cut_off: Moment | None


_kept: Kept[int, _Known] = Kept(64)
_found_before: Kept[int, sa.Row[Any] | None] = Kept(64)


def find(connection: sa.Connection, name: str | UUID, moment: Moment) -> sa.Row[Any] | None:
    """Return the row of an administration by id or code; the pages of what it inherited look it up once."""
    return _found_before.get(
        connection,
        (name, moment.day),
        moment.position,
        lambda: administrations.find(connection, name, moment),
        lambda others: _unchanged(connection, others, moment.position, {"administration"}),
    )


def handover(connection: sa.Connection, id: UUID, state: AdministrationState, moment: Moment) -> Handover:
    """Return what is known at a moment of the handover to an administration."""
    known = _kept.get(
        connection,
        (id, moment.day),
        moment.position,
        lambda: _found(connection, id, state, moment),
        lambda others: _unchanged(connection, others, moment.position, {"administration", "transition"}),
    )
    return Handover(inheritance.span(state, moment, known.cut_off), known.told, known.transition)


def _unchanged(connection: sa.Connection, others: Mapping[int, K], position: int, kinds: AbstractSet[str]) -> K | None:
    """Return what is known at the nearest position, where nothing of the kinds that it rests on lies between."""
    nearest = min(others, key=lambda other: abs(other - position))
    between = touched(connection, nearest, position)
    return None if between is None or any(kind in kinds for kind, _ in between) else others[nearest]


def _found(connection: sa.Connection, id: UUID, state: AdministrationState, moment: Moment) -> _Known:
    predecessor = state.predecessor or _before(connection, state, moment)
    found = transitions.of(connection, [id, *([predecessor] if predecessor else ())], moment)
    transition, told = next(
        (
            (name, one)
            for name, one in found
            if one.incoming == id or (one.outgoing, one.incoming) == (predecessor, None)
        ),
        (None, None),
    )
    decisions = decided(transition, told) if transition and told else {}
    cut_off = transitions.cut_off(told) if told else None
    return _Known(Told(inherited_from=predecessor, decisions=decisions), transition, cut_off)


def decided(transition: UUID, state: TransitionState) -> dict[UUID, Decided]:
    """Return the decisions of a transition by object."""
    return {
        one.item.id: Decided(
            transition=transition,
            decision=one.decision,
            reason=one.reason,
            act=one.act,
            occurred_on=one.occurred_on,
            revised=one.revised,
        )
        for one in state.decisions
    }


def _before(connection: sa.Connection, state: AdministrationState, moment: Moment) -> UUID | None:
    """Return the administration of the same institution whose term ended when this one's began."""
    known = administrations.of_institutions(connection, [state.institution], moment)
    return next((id for id, one in known if one.term.until == state.term.from_), None)
