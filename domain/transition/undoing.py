"""Undoing facts of a transition: who may correct or void them, and what stays as it was frozen."""

from typing import cast

from domain.aggregate import AFTER_ALL, Changes, command
from domain.corrections import Decided, Entry, FactCorrected, FactVoided, Past, readings
from domain.events import Context, Event
from domain.facts import Codes, Dependents
from domain.texts import Position
from domain.transition import events as e
from domain.transition import rules
from domain.transition.facts import NO_RULES, NO_SIBLINGS, NOBODY, Handover, Rulebook, Siblings
from domain.transition.papers import TransitionPapers


class TransitionUndoing(TransitionPapers):
    """Corrections and voids: nobody undoes for the other side, or afterwards, what they could not have stated."""

    @command(FactVoided, needs=("reason",), dated=False)
    def void(
        self,
        *,
        position: Position,
        context: Context,
        past: Past,
        codes: Codes,
        dependents: Dependents,
        siblings: Siblings = NO_SIBLINGS,
        handover: Handover = NOBODY,
        rulebook: Rulebook = NO_RULES,
    ) -> None:
        """Void a fact of this transition as entered in error, wherever it stands.

        Who asks about a time of recording before the void still reads the fact. Voiding a void restores the fact;
        voiding the first fact takes the whole transition out of every list.

        :raises FactNotFound: the transition has no fact at that position.
        :raises FactAlreadyVoided: the fact is already void.
        :raises CodeTaken: a code that this would restore has gone to another transition.
        :raises FactsContradict: another fact of the transition rests on it; void that one first.
        :raises OthersRestOnIt: it is the first fact, and other objects name the transition.
        :raises FrozenForGood: it froze an inventory that the handover was built on, or is the plan of such a handover.
        :raises OtherSide: the actor is in the team of the side that did not state the fact.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises TransitionExists: the outgoing administration that this would restore has another transition.
        """
        self._must_be_theirs("void", position, past, context, handover, rulebook)
        self._must_leave_inventory(position, past, (e.InventoryFrozen, e.TransitionPlanned))
        super().void(position=position, context=context, past=past, codes=codes, dependents=dependents)
        event = cast("Event", self.pending_events[-1])
        state = self.folded(readings((*past.stream, Entry(AFTER_ALL, event, lambda _: event))))
        if state is not None and (self.newest is None or state.outgoing != self.newest.outgoing):
            siblings.must_be_none(state.outgoing)

    @command(FactCorrected, needs=("reason",), dated=False)
    def correct(
        self,
        *,
        position: Position,
        changes: Changes,
        context: Context,
        past: Past,
        decided: Decided,
        codes: Codes,
        dependents: Dependents,
        handover: Handover = NOBODY,
        rulebook: Rulebook = NO_RULES,
    ) -> None:
        """Replace fields of a fact of this transition, its date included, by what they should have said.

        `changes` holds fields of the command that recorded the fact (and `occurred_on`, `on_behalf_of`, `reason`,
        `source`, `illustrative`). That command is decided again with them, on the state of its day: what it refuses,
        the correction refuses.

        :raises FactNotFound: the transition has no fact at that position.
        :raises FactAlreadyVoided: the fact is void.
        :raises NotCorrectable: the position holds a correction or a void.
        :raises NothingToCorrect: the fact already reads so.
        :raises CorrectionReorders: the new date would bring facts of this transition out of order.
        :raises CodeTaken: another transition has the corrected code.
        :raises FactsContradict: another fact of the transition could not have followed the corrected one.
        :raises FrozenForGood: it froze an inventory that the handover was built on, or names another outgoing
            administration than the one whose inventory is frozen.
        :raises OtherSide: the actor is in the team of the side that did not state the fact.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        self._must_be_theirs("correct", position, past, context, handover, rulebook)
        self._must_leave_inventory(position, past, (e.InventoryFrozen,))
        if isinstance(decided.event, e.TransitionPlanned) and decided.event.outgoing != self.latest.outgoing:
            rules.must_have_frozen_nothing(self.latest)
        super().correct(
            position=position,
            changes=changes,
            context=context,
            past=past,
            decided=decided,
            codes=codes,
            dependents=dependents,
        )

    def _must_be_theirs(
        self, command: str, position: int, past: Past, context: Context, handover: Handover, rulebook: Rulebook
    ) -> None:
        """Require that nobody takes back or rewrites what the other side stated.

        :raises OtherSide: the actor is in the team of the side that did not state the fact.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        if self.newest is None or position not in {entry.position for entry in past.stream}:
            return
        fact = past.about(position)
        stated = rules.side_stated(fact) or self.latest.side_of(fact.context.actor)
        self._must_act(command, context, handover, rulebook, rules.side_for(type(fact), stated))

    def _must_leave_inventory(self, position: int, past: Past, kinds: tuple[type[Event], ...]) -> None:
        """Refuse to change an inventory that was delivered from; a void of it, too, can no longer be undone."""
        if position in {entry.position for entry in past.stream if isinstance(entry.event, kinds)}:
            rules.must_not_undo_inventory(self.latest)
