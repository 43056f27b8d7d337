"""What a signature seals: which facts of minutes can still be voided or corrected, and which cannot."""

from domain.aggregate import Aggregate, Changes, command
from domain.corrections import Decided, FactCorrected, FactVoided, Past, changes_between
from domain.events import Context
from domain.facts import Codes, Dependents
from domain.minutes import rules
from domain.minutes.types import FINAL, MinutesState
from domain.texts import Position


class MinutesSealing(Aggregate[MinutesState]):
    """Voids and corrections of minutes. What was signed stays; a signature entered in error can be voided."""

    @command(FactVoided, needs=("reason",), dated=False)
    def void(self, *, position: Position, context: Context, past: Past, codes: Codes, dependents: Dependents) -> None:
        """Void a fact of these minutes as entered in error: before the first signature any, after it only some.

        A signature that was recorded in error can be voided, a correction that was issued too; what was signed stays.
        Who asks about a time of recording before the void still reads the fact. Voiding a void restores the fact.

        :raises FactNotFound: the minutes have no fact at that position.
        :raises FactAlreadyVoided: the fact is already void.
        :raises SignedContentStays: it is the text that seats have signed; void their signatures first.
        :raises CodeTaken: a code that this would restore has gone to other minutes.
        :raises FactsContradict: another fact of the minutes rests on it; void that one first.
        :raises OthersRestOnIt: other objects name the minutes, and it is their first fact or their last signature.
        """
        super().void(position=position, context=context, past=past, codes=codes, dependents=dependents)
        if self.newest is not None:
            rules.must_not_be_sealed(self.newest, past.about(position), None, self.name)

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
    ) -> None:
        """Replace fields of a fact of these minutes, its date included, by what they should have said.

        Session, number, language and text of signed minutes stay: `issue-correction` states what is to be read
        differently. `changes` holds fields of the command that recorded the fact, which is decided again with them.

        :raises FactNotFound: the minutes have no fact at that position.
        :raises FactAlreadyVoided: the fact is void.
        :raises NotCorrectable: the position holds a correction or a void.
        :raises NothingToCorrect: the fact already reads so.
        :raises SignedContentStays: it is what seats have signed.
        :raises CorrectionReorders: the new date would bring facts of the minutes out of order.
        :raises CodeTaken: other minutes have the corrected code.
        :raises FactsContradict: another fact of the minutes could not have followed the corrected one.
        """
        super().correct(
            position=position,
            changes=changes,
            context=context,
            past=past,
            decided=decided,
            codes=codes,
            dependents=dependents,
        )
        before = past.reading(position).event
        rules.must_not_be_sealed(self.latest, before, changes_between(before, decided.event), self.name)

    @classmethod
    def must_carry(cls, state: MinutesState, dependents: Dependents) -> None:
        """Require signed minutes where commitments name them."""
        if state.status not in FINAL:
            dependents.must_be_none()

    @property
    def name(self) -> str:
        """The code, or the id of minutes without one."""
        state = self.newest or self.state
        return (state.code if state else None) or str(self.id)
