"""The life of a session: convened, opened with a quorum, its outcomes, closed. Its preparation is in `preparation`."""

from collections.abc import Iterable
from typing import Self

from domain.aggregate import command
from domain.events import Context, Event
from domain.facts import Codes, Organizations
from domain.session import errors, evolution, rules, seating
from domain.session import events as e
from domain.session import types as t
from domain.session.facts import AgendaSources, FirstCall, PreviousMinutes, SeatsInForce, Written
from domain.session.preparation import SessionPreparation
from domain.session.types import DECIDING_OUTCOMES, DECIDING_SESSIONS, SessionState
from domain.texts import Clock, Code, Day, Language, RoundtableId, SessionId, Text, Title


class Session(SessionPreparation):
    """A sitting of a roundtable: who was called and came, what was on the agenda, and what came of it."""

    TOPIC = "session"
    STATE = SessionState

    @command(e.SessionConvened)
    @classmethod
    def convene(
        cls,
        *,
        roundtable: RoundtableId,
        type: t.SessionType,
        scheduled_on: Day,
        modality: t.Modality = "in_person",
        code: Code | None = None,
        number: t.Number | None = None,
        scheduled_at: Clock | None = None,
        place: Title | None = None,
        medium: Title | None = None,
        agenda: t.Agenda = (),
        second_call_of: SessionId | None = None,
        context: Context,
        table: SeatsInForce,
        first_call: FirstCall,
        sources: AgendaSources,
        codes: Codes,
    ) -> Self:
        """Call a session of a roundtable for a day. `occurred_on` is the day of the call, `medium` how it was made.

        With `second_call_of` it is the second call of a session that failed for want of a quorum; without an agenda of
        its own it takes over that session's items.

        :raises UnknownRoundtable: there was no such roundtable on that day.
        :raises ScheduledBeforeCall: it is called for a day before the call.
        :raises CodeTaken: another session has the code.
        :raises UnknownOrigin: something that an item comes from is not recorded.
        :raises UnknownSession: `second_call_of` was no session on that day.
        :raises NotASecondCall: that session did not fail, is another roundtable's, or was called again already.
        """
        day = context.occurred_on
        table.must_exist(day)
        codes.must_be_free([code])
        rules.must_come_after(scheduled_on, day)
        seating.must_be_first_call(first_call, table, day)
        seating.must_be_recorded(agenda, sources, day)
        return cls.begin(
            e.SessionConvened,
            context,
            roundtable=roundtable,
            type=type,
            scheduled_on=scheduled_on,
            modality=modality,
            code=code,
            number=number,
            scheduled_at=scheduled_at,
            place=place,
            medium=medium,
            agenda=agenda or first_call.open_items,
            second_call_of=second_call_of,
        )

    @command(e.SessionOpened)
    def open(self, *, context: Context, table: SeatsInForce) -> None:
        """Open the session, with a quorum of those present and an agenda.

        An ordinary or extraordinary session sits once the roundtable is installed, and not while it is suspended or
        after its end.

        :raises SessionNotOpen: it is not convened any more.
        :raises TooEarly: the day it is called for has not come.
        :raises RoundtableMayNotDecide: the roundtable is not installed, is suspended or expired, or has ended.
        :raises AgendaMissing: it has no agenda, and none was waived.
        :raises QuorumNotReached: too few seats are present.
        """
        day, state = context.occurred_on, self.known
        self._must_be_open("open", e.SessionOpened)
        rules.must_have_begun(state, day, self._name)
        if state.type in DECIDING_SESSIONS or state.type == seating.UNINSTALLED:
            seating.must_be_able(table, state.type, day, seating.SIT)
        rules.must_have_agenda(state, self._name)
        seating.must_be_enough(state, table, day, None, self._name)
        self.record(e.SessionOpened, context)

    @command(e.SessionRecessed)
    def recess(self, *, until: Day | None = None, context: Context) -> None:
        """Pause the session, until a day where one is named.

        :raises SessionNotOpen: it is not open.
        """
        self._must_be_open("recess", e.SessionRecessed)
        self.record(e.SessionRecessed, context, until=until)

    @command(e.SessionResumed)
    def resume(self, *, context: Context) -> None:
        """Go on after a pause.

        :raises SessionNotOpen: it is not paused.
        """
        self._must_be_open("resume", e.SessionResumed)
        self.record(e.SessionResumed, context)

    @command(e.OutcomeRecorded)
    def record_outcome(
        self,
        *,
        key: t.ItemKey,
        type: t.OutcomeType,
        text: Text,
        language: Language = "es",
        agenda_item: t.ItemKey | None = None,
        decision: t.Decision | None = None,
        votes: t.Votes | None = None,
        dissents: t.Dissents = (),
        responsibles: t.Parties = (),
        deadline: Day | None = None,
        at: Clock | None = None,
        context: Context,
        table: SeatsInForce,
        previous: PreviousMinutes,
        organizations: Organizations,
        written: Written,
    ) -> None:
        """Record what came of an item, in its literal words: agreement, request, commitment, disagreement or report.

        An agreement or a commitment needs a quorum of those present `at` the time (or as recorded so far), a roundtable
        that may decide, and the signed minutes of the session before, unless waived.

        :raises SessionNotOpen: it is not open.
        :raises ItemKeyTaken: it has an outcome of that name.
        :raises UnknownItem: the item is not on the agenda, or none is named.
        :raises DecisionMissing: how it was decided is missing, or votes are where there was none or not where it was.
        :raises DeadlineBeforeSession: the deadline lies before the session.
        :raises RoundtableMayNotDecide: the roundtable is not installed, is suspended or expired, or has ended.
        :raises PreviousMinutesNotFinal: the minutes of the session before are not signed, and that is not waived.
        :raises QuorumNotReached: too few seats were present.
        :raises NotDecidedSo: the roundtable decides by consensus.
        :raises SeatNotInForce: a vote or dissent is of no seat of the roundtable.
        :raises SeatHasNoVote: a vote is of a seat without one.
        :raises SeatNotPresent: a vote or dissent is of a seat that was not there.
        :raises MajorityNotReached: there were no more votes for than against.
        :raises DissentsFromOwnVote: a seat dissents from what it voted for.
        :raises ConsensusBroken: a seat with a vote dissents from a consensus.
        :raises UnknownOrganization: an organization is not recorded.
        :raises OrganizationEnded: an organization had ended by then.
        :raises SessionWrittenDown: its minutes are signed.
        """
        day, state, name = context.occurred_on, self.known, self._name
        organizations.must_stand(day)
        self._must_be_open("record-outcome", e.OutcomeRecorded)
        written.must_be_open(name)
        rules.must_be_new((*state.outcomes, *self.latest.outcomes), key, name)
        rules.must_be_on_agenda(state, agenda_item, type, name)
        rules.must_be_decided(type, decision, votes)
        if deadline is not None and deadline < day:
            raise errors.DeadlineBeforeSession(field="deadline", deadline=deadline, occurred_on=day)
        if type in DECIDING_OUTCOMES:
            seating.must_be_able(table, state.type, day, seating.DECIDE)
            seating.must_be_final(state, previous, day)
            seating.must_be_enough(state, table, day, at, name)
        seating.must_decide_so(table, decision, day)
        seating.must_vote(table, votes, day)
        rules.must_be_present(state, votes.cast if votes else (), "votes", day, at, name)
        for dissent in dissents:
            seating.seat_of(table, dissent.seat, "dissents", day)
        rules.must_be_present(state, [d.seat for d in dissents], "dissents", day, at, name)
        rules.must_have_majority(key, type, votes)
        rules.must_not_oppose_themselves(key, votes, dissents)
        seating.must_agree(table, key, decision, dissents)
        self.record(
            e.OutcomeRecorded,
            context,
            key=key,
            type=type,
            text=text,
            language=language,
            agenda_item=agenda_item,
            decision=decision,
            votes=votes,
            dissents=dissents,
            responsibles=responsibles,
            deadline=deadline,
            at=at,
        )

    @command(e.DissentStated, needs=("reason",))
    def dissent(
        self, *, outcome: t.ItemKey, seat: t.SeatKey, context: Context, table: SeatsInForce, written: Written
    ) -> None:
        """Record that a seat does not share an outcome, and why.

        :raises SessionNotOpen: it is not open or paused.
        :raises UnknownOutcome: there is no such outcome.
        :raises SeatNotPresent: the seat was not there.
        :raises DissentsFromOwnVote: the seat voted for it, or dissented already.
        :raises ConsensusBroken: the seat has a vote, and the outcome is a consensus.
        :raises SessionWrittenDown: its minutes are signed.
        """
        self._must_be_open("dissent", e.DissentStated)
        written.must_be_open(self._name)
        found = rules.must_have_outcome(self.known, outcome, self._name)
        rules.must_have_attended(self.known, seat, self._name)
        rules.must_be_able_to_dissent(found, seat)
        stated = t.Dissent(seat=seat, reason=context.reason or "")
        seating.must_agree(table, outcome, found.decision, [stated])
        self.record(e.DissentStated, context, outcome=outcome, seat=seat)

    @command(e.SessionClosed)
    def close(self, *, next_session_on: Day | None = None, context: Context) -> None:
        """Close the session, and say when the next one is. Items without an outcome return to the next agenda.

        :raises SessionNotOpen: it is not open or paused.
        """
        self._must_be_open("close", e.SessionClosed)
        self.record(e.SessionClosed, context, next_session_on=next_session_on)

    @command(e.QuorumFailed)
    def declare_quorum_failed(self, *, context: Context, table: SeatsInForce) -> None:
        """Record that it could not begin since too few came. It may be called a second time.

        :raises SessionNotOpen: it is not convened any more.
        :raises TooEarly: the day it is called for has not come.
        :raises QuorumIsThere: enough seats are present.
        """
        self._must_be_open("declare-quorum-failed", e.QuorumFailed)
        rules.must_have_begun(self.known, context.occurred_on, self._name)
        seating.must_be_too_few(self.known, table, context.occurred_on, self._name)
        self.record(e.QuorumFailed, context)

    @classmethod
    def claims(cls, state: SessionState) -> Iterable[str | None]:
        """Yield the code: no other session may have it."""
        return (state.code,)

    @classmethod
    def must_follow(cls, state: SessionState, event: Event) -> None:
        """Refuse a fact that could not have been decided on a state."""
        rules.must_follow(state, event)

    @staticmethod
    def evolve(state: SessionState, event: evolution.SessionEvent) -> SessionState:
        """Return the session after one more fact."""
        return evolution.evolve(state, event)
