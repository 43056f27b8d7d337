"""What signed minutes seal of their session: which facts can still be recorded, voided or corrected."""

from domain.aggregate import Aggregate, Changes, command
from domain.corrections import Decided, FactCorrected, FactVoided, Past
from domain.events import Context
from domain.facts import Codes, Dependents
from domain.session import events as e
from domain.session.facts import UNWRITTEN, Written
from domain.session.types import SessionState
from domain.texts import Position

SEALED = (
    e.AgendaItemAdded,
    e.AgendaItemWithdrawn,
    e.AttendanceRecorded,
    e.DepartureRecorded,
    e.SessionOpened,
    e.SessionRecessed,
    e.SessionResumed,
    e.OutcomeRecorded,
    e.DissentStated,
    e.SessionClosed,
    e.QuorumFailed,
)
"""What minutes hold of a session."""


class SessionSealing(Aggregate[SessionState]):
    """Voids and corrections of sessions. What signed minutes hold stays as it is."""

    @command(FactVoided, needs=("reason",), dated=False)
    def void(
        self,
        *,
        position: Position,
        context: Context,
        past: Past,
        codes: Codes,
        dependents: Dependents,
        written: Written = UNWRITTEN,
    ) -> None:
        """Void a fact of this session as entered in error, unless its signed minutes hold it.

        Who asks about a time of recording before the void still reads the fact. Voiding a void restores the fact;
        voiding the first fact takes the whole session out of every list and total.

        :raises FactNotFound: the session has no fact at that position.
        :raises FactAlreadyVoided: the fact is already void.
        :raises CodeTaken: a code that this would restore has gone to another session.
        :raises FactsContradict: another fact of the session rests on it; void that one first.
        :raises OthersRestOnIt: it is the first fact, and other objects name the session.
        :raises SessionWrittenDown: it is attendance, agenda, course or outcome, and the minutes are signed.
        """
        super().void(position=position, context=context, past=past, codes=codes, dependents=dependents)
        if isinstance(past.about(position), SEALED):
            written.must_be_open(self._name)

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
        written: Written = UNWRITTEN,
    ) -> None:
        """Replace fields of a fact of this session, its date included, by what they should have said.

        What signed minutes hold of the session stays: their `issue-correction` states what is to be read differently.
        `changes` holds fields of the command that recorded the fact, which is decided again with them.

        :raises FactNotFound: the session has no fact at that position.
        :raises FactAlreadyVoided: the fact is void.
        :raises NotCorrectable: the position holds a correction or a void.
        :raises NothingToCorrect: the fact already reads so.
        :raises CorrectionReorders: the new date would bring facts of the session out of order.
        :raises CodeTaken: another session has the corrected code.
        :raises FactsContradict: another fact of the session could not have followed the corrected one.
        :raises SessionWrittenDown: it is attendance, agenda, course or outcome, and the minutes are signed.
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
        if isinstance(past.about(position), SEALED):
            written.must_be_open(self._name)

    @property
    def _name(self) -> str:
        state = self.state or self.newest
        return (state.code if state else None) or str(self.id)
