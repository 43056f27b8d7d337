"""The life of minutes: drafted, reviewed, approved, signed by the seats, published."""

from collections.abc import Iterable
from typing import Self

from domain.aggregate import command
from domain.events import Context, Event
from domain.facts import Codes
from domain.minutes import events as e
from domain.minutes import evolution, rules
from domain.minutes import types as t
from domain.minutes.facts import Sitting
from domain.minutes.sealing import MinutesSealing
from domain.minutes.types import MinutesState
from domain.texts import Code, Digest, Language, SessionId, Text


class Minutes(MinutesSealing):
    """What a session wrote down (acta). From the first signature on its text never changes."""

    TOPIC = "minutes"
    STATE = MinutesState

    @command(e.MinutesDrafted)
    @classmethod
    def draft(
        cls,
        *,
        session: SessionId,
        number: t.Number,
        text: Digest,
        code: Code | None = None,
        language: Language = "es",
        summary: Text | None = None,
        context: Context,
        sitting: Sitting,
        codes: Codes,
    ) -> Self:
        """Write a session down; `text` is the SHA-256 digest of the document.

        :raises UnknownSession: there was no such session on that day.
        :raises SessionNotHeld: the session was not opened, and did not fail for want of a quorum.
        :raises SessionHasMinutes: the session has minutes that were not discarded.
        :raises CodeTaken: other minutes have the code.
        """
        sitting.must_be_held(context.occurred_on)
        codes.must_be_free([code])
        return cls.begin(
            e.MinutesDrafted,
            context,
            session=session,
            number=number,
            text=text,
            code=code,
            language=language,
            summary=summary,
        )

    @command(e.MinutesRevised)
    def revise(self, *, text: Digest, summary: Text | None = None, context: Context) -> None:
        """Write a new version of the text.

        :raises MinutesNotOpen: it is under review, approved or signed.
        :raises TextUnchanged: the text is the one before.
        """
        self._must_be_open("revise", e.MinutesRevised)
        rules.must_change(self.known, text)
        self.record(e.MinutesRevised, context, text=text, summary=summary)

    @command(e.MinutesCirculated)
    def circulate(self, *, context: Context) -> None:
        """Send the text to the seats, or read it out.

        :raises MinutesNotOpen: it is under review, approved or signed.
        """
        self._must_be_open("circulate", e.MinutesCirculated)
        self.record(e.MinutesCirculated, context)

    @command(e.MinutesObserved, needs=("reason",))
    def observe(self, *, seat: t.SeatKey | None = None, context: Context) -> None:
        """Record what somebody found in the text. Approvals given before lapse; it is circulated again.

        :raises MinutesNotOpen: it was not circulated, or is signed.
        """
        self._must_be_open("observe", e.MinutesObserved)
        self.record(e.MinutesObserved, context, seat=seat)

    @command(e.MinutesApproved)
    def approve(self, *, context: Context) -> None:
        """Consent to the text. Who wrote a version of it may only join another's approval.

        :raises MinutesNotOpen: it is not under review.
        :raises DrafterApprovesAlone: the same actor wrote the text, and nobody else has approved it.
        :raises ApprovedAlready: the same actor approved it before.
        """
        self._must_be_open("approve", e.MinutesApproved)
        rules.must_be_another(self.known, context, self.name)
        self.record(e.MinutesApproved, context)

    @command(e.MinutesSigned)
    def sign(
        self,
        *,
        seat: t.SeatKey,
        mode: t.Mode = "handwritten",
        text: Digest | None = None,
        context: Context,
        sitting: Sitting,
    ) -> None:
        """Record that a seat signed the current text, of digest `text` where it is sent.

        From the first signature on the text never changes: not by a revision, a correction or a void either.

        :raises MinutesNotOpen: it is not approved.
        :raises SessionNotEnded: the session has not ended.
        :raises SeatDidNotAttend: the seat was not present at the session.
        :raises SeatSignedAlready: the seat has signed.
        :raises SignedTextDiffers: the current text has another digest.
        """
        self._must_be_open("sign", e.MinutesSigned)
        sitting.must_have_ended(context.occurred_on)
        sitting.must_have_seen(seat)
        rules.must_not_have_signed(self.known, seat, self.name)
        rules.must_not_have_signed(self.latest, seat, self.name)
        rules.must_be_current(self.known, seat, text, self.name)
        self.record(e.MinutesSigned, context, seat=seat, mode=mode, text=self.known.current.text)

    @command(e.SignatureRefused, needs=("reason",))
    def refuse_signature(self, *, seat: t.SeatKey, context: Context, sitting: Sitting) -> None:
        """Record that a seat would not sign, and why. It may still sign later.

        :raises MinutesNotOpen: it is not approved.
        :raises SeatDidNotAttend: the seat was not present at the session.
        :raises SeatSignedAlready: the seat has signed.
        :raises SeatRefusedAlready: the seat has refused before.
        """
        self._must_be_open("refuse-signature", e.SignatureRefused)
        sitting.must_have_seen(seat)
        rules.must_not_have_signed(self.known, seat, self.name)
        rules.must_not_have_refused(self.latest, seat, self.name)
        self.record(e.SignatureRefused, context, seat=seat)

    @command(e.MinutesPublished)
    def publish(self, *, file: Digest, context: Context) -> None:
        """Publish the signed file, named by its SHA-256 digest.

        :raises MinutesNotOpen: it is not signed, or published already.
        """
        self._must_be_open("publish", e.MinutesPublished)
        self.record(e.MinutesPublished, context, file=file)

    @command(e.MinutesCorrectionIssued)
    def issue_correction(
        self,
        *,
        kind: t.CorrectionKind,
        text: Text,
        language: Language = "es",
        document: Digest | None = None,
        context: Context,
    ) -> None:
        """State what is to be read differently in signed minutes: an erratum or a clarification.

        What was signed stays as it is; whoever reads it finds the correction beside it.

        :raises MinutesNotOpen: it is not signed.
        """
        self._must_be_open("issue-correction", e.MinutesCorrectionIssued)
        self.record(e.MinutesCorrectionIssued, context, kind=kind, text=text, language=language, document=document)

    @command(e.MinutesDiscarded, needs=("reason",))
    def discard(self, *, context: Context) -> None:
        """Give up minutes that nobody has signed; the session can be written down anew.

        :raises MinutesNotOpen: it is signed or discarded.
        """
        self._must_be_open("discard", e.MinutesDiscarded)
        self.record(e.MinutesDiscarded, context)

    @classmethod
    def claims(cls, state: MinutesState) -> Iterable[str | None]:
        """Yield the code: no other minutes may have it."""
        return (state.code,)

    @classmethod
    def must_follow(cls, state: MinutesState, event: Event) -> None:
        """Refuse a fact that could not have been decided on a state."""
        rules.must_follow(state, event)

    def _must_be_open(self, command: str, event: type[Event]) -> None:
        rules.must_be_open(self.known, event, command, self.name)
        if event in rules.CHANGES and self.latest.signatures:
            rules.must_be_open(self.latest, event, command, self.name)

    @staticmethod
    def evolve(state: MinutesState, event: evolution.MinutesEvent) -> MinutesState:
        """Return the minutes after one more fact."""
        return evolution.evolve(state, event)
