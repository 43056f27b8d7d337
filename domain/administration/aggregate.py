"""The life of an administration: chosen, proclaimed, in office, ended."""

from collections.abc import Iterable
from typing import Self, assert_never, cast

from msgspec.structs import replace

from domain.administration import errors, rules
from domain.administration import events as e
from domain.administration import types as t
from domain.administration.facts import NO_TERMS, Terms
from domain.administration.types import AdministrationState, shortened
from domain.aggregate import AFTER_ALL, Aggregate, command
from domain.corrections import Entry, FactVoided, Past, readings
from domain.events import Context, Event
from domain.facts import Codes, Dependents, Organizations
from domain.texts import AdministrationId, Code, Day, OrganizationId, Position
from domain.types import Act


class Administration(Aggregate[AdministrationState]):
    """One term of government of an institution."""

    TOPIC = "administration"
    STATE = AdministrationState

    @command(e.AdministrationRegistered)
    @classmethod
    def register(
        cls,
        *,
        institution: OrganizationId,
        term: t.Term,
        titles: t.Titles,
        code: Code | None = None,
        mandate: t.Mandate = t.ELECTION,
        predecessor: AdministrationId | None = None,
        re_elected: bool = False,
        context: Context,
        organizations: Organizations,
        codes: Codes,
        terms: Terms,
    ) -> Self:
        """Register an administration for a term of an institution.

        `occurred_on` is the day it was elected or otherwise chosen: the first day of its term at the latest.

        :raises UnknownOrganization: the institution is not recorded.
        :raises OrganizationEnded: the institution had ended by then.
        :raises CodeTaken: another administration has the code.
        :raises ChosenAfterTermBegan: `occurred_on` is after the term began.
        :raises PredecessorMissing: it is re-elected, but continues nobody.
        :raises UnknownAdministration: the predecessor is not recorded.
        :raises InstitutionDiffers: the predecessor is of another institution.
        :raises PredecessorEndsLater: the predecessor ends after the term begins.
        :raises PrecedesItself: the predecessor follows this administration.
        :raises TermsOverlap: another term of the institution has days in common with this one.
        """
        organizations.must_stand(context.occurred_on)
        codes.must_be_free([code])
        if context.occurred_on > term.from_:
            raise errors.ChosenAfterTermBegan(field="occurred_on", occurred_on=context.occurred_on, from_day=term.from_)
        if re_elected and predecessor is None:
            raise errors.PredecessorMissing(field="predecessor")
        terms.must_admit(institution, shortened(term, terms.ends), predecessor)
        return cls.begin(
            e.AdministrationRegistered,
            context,
            institution=institution,
            term=term,
            titles=titles,
            code=code,
            mandate=mandate,
            predecessor=predecessor,
            re_elected=re_elected,
        )

    @command(e.AdministrationProclaimed)
    def proclaim(self, *, act: Act, context: Context) -> None:
        """Record that the electoral authority proclaimed it. From then on the incoming side may read along.

        :raises AlreadyProclaimed: it was proclaimed before.
        :raises OutsideTerm: its term was over by then.
        """
        rules.must_be_proclaimed_once(self.latest)
        rules.must_not_be_over(self.known, context.occurred_on, "proclaim")
        self.record(e.AdministrationProclaimed, context, act=act)

    @command(e.OfficeAssumed)
    def take_office(self, *, act: Act | None = None, context: Context) -> None:
        """Confirm that it took office, on a day of its term.

        :raises AlreadyTookOffice: that is recorded.
        :raises OutsideTerm: its term had not begun by then, or was over.
        """
        rules.must_take_office_once(self.latest)
        rules.must_be_in_office(self.known, context.occurred_on, "take-office")
        self.record(e.OfficeAssumed, context, act=act)

    @command(e.TermShortened, needs=("reason",))
    def shorten_term(self, *, until: Day, cause: t.EndCause, act: Act, context: Context, terms: Terms) -> None:
        """Record that its term ends earlier: after a recall, a resignation, a vacancy.

        :raises TermNotShortened: `until` is no day between the beginning and the end of its term.
        :raises TermsOverlap: the term would have days in common with another one (when a correction moves `until`).
        """
        state = self.known
        rules.must_shorten(state, until)
        terms.must_admit(state.institution, shortened(state.term, until), state.predecessor)
        self.record(e.TermShortened, context, until=until, cause=cause, act=act)

    @command(e.AdministrationReelected)
    def record_reelection(self, *, context: Context) -> None:
        """Record that it is its predecessor, elected again: no handover is required then.

        :raises AlreadyReelected: that is recorded.
        :raises PredecessorMissing: it has no predecessor; correct its registration first.
        """
        if self.latest.re_elected:
            raise errors.AlreadyReelected
        rules.must_continue_somebody(self.known)
        self.record(e.AdministrationReelected, context)

    @command(FactVoided, needs=("reason",), dated=False)
    def void(
        self,
        *,
        position: Position,
        context: Context,
        past: Past,
        codes: Codes,
        dependents: Dependents,
        terms: Terms = NO_TERMS,
    ) -> None:
        """Void a fact of this administration as entered in error, wherever it stands.

        Who asks about a time of recording before the void still reads the fact. Voiding a void restores the fact;
        voiding the first fact takes the whole administration out of every list and total.

        :raises FactNotFound: the administration has no fact at that position.
        :raises FactAlreadyVoided: the fact is already void.
        :raises CodeTaken: a code that this would restore has gone to another administration.
        :raises FactsContradict: another fact of the administration rests on it; void that one first.
        :raises OthersRestOnIt: it is the first fact, and other objects name the administration.
        :raises TermsOverlap: the days that this would restore have gone to another administration.
        :raises PredecessorEndsLater: they have gone to the one that follows this administration.
        :raises UnknownAdministration: the predecessor that this would restore is not recorded any more.
        """
        super().void(position=position, context=context, past=past, codes=codes, dependents=dependents)
        event = cast("Event", self.pending_events[-1])
        state = self.folded(readings((*past.stream, Entry(AFTER_ALL, event, lambda _: event))))
        if state is not None and (self.newest is None or state.claimed != self.newest.claimed):
            terms.must_admit(*state.claimed)

    @classmethod
    def claims(cls, state: AdministrationState) -> Iterable[str | None]:
        """Yield the code: no other administration may have it."""
        return (state.code,)

    @classmethod
    def must_follow(cls, state: AdministrationState, event: Event) -> None:
        """Refuse a fact that could not have been decided on a state."""
        rules.must_follow(state, event)

    @staticmethod
    def evolve(state: AdministrationState, event: e.AdministrationEvent) -> AdministrationState:
        """Return the administration after one more fact."""
        match event:
            case e.AdministrationRegistered():
                return AdministrationState(
                    began_on=event.occurred_on,
                    moved_on=event.occurred_on,
                    moved_by=event.TOPIC,
                    institution=event.institution,
                    term=event.term,
                    original_until=event.term.until,
                    code=event.code,
                    titles=event.titles,
                    mandate=event.mandate,
                    predecessor=event.predecessor,
                    re_elected=event.re_elected,
                    elected_on=event.occurred_on,
                )
            case e.AdministrationProclaimed():
                return replace(state, proclaimed_on=event.occurred_on, proclamation=event.act)
            case e.OfficeAssumed():
                return replace(state, took_office_on=event.occurred_on)
            case e.TermShortened():
                return replace(
                    state,
                    term=shortened(state.term, event.until),
                    end_cause=event.cause,
                    end_reason=event.context.reason,
                    end_act=event.act,
                )
            case e.AdministrationReelected():
                return replace(state, re_elected=True)
            case _:
                assert_never(event)
