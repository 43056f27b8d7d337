"""The life of a transition: planned, prepared, transferred, reported, signed or not, closed.

`items` has its items, `continuity` what becomes of them.
"""

from collections.abc import Iterable
from typing import Self, cast

from domain.aggregate import AFTER_ALL, command
from domain.corrections import Entry, FactVoided, Past, readings
from domain.events import Context, Event
from domain.facts import Codes, Dependents
from domain.texts import AdministrationId, Code, Day, Digest, Position
from domain.transition import errors, evolution, rules
from domain.transition import events as e
from domain.transition import types as t
from domain.transition.continuity import TransitionContinuity
from domain.transition.facts import NO_SIBLINGS, Assembled, Handover, Siblings
from domain.transition.items import TransitionItems
from domain.transition.types import TransitionState
from domain.types import Act


class Transition(TransitionContinuity, TransitionItems):
    """A handover: what the log says was handed over, who delivered and verified it, and what became of it."""

    TOPIC = "transition"
    STATE = TransitionState

    @command(e.TransitionPlanned)
    @classmethod
    def plan(
        cls,
        *,
        outgoing: AdministrationId,
        incoming: AdministrationId | None = None,
        code: Code | None = None,
        context: Context,
        codes: Codes,
        handover: Handover,
        siblings: Siblings,
    ) -> Self:
        """Plan a handover. The incoming administration can be named later, once it is elected.

        :raises CodeTaken: another transition has the code.
        :raises NoSuchAdministration: an administration is not recorded.
        :raises OtherInstitution: the administrations are of two institutions.
        :raises TermsNotAdjacent: the outgoing term does not end when the incoming one begins.
        :raises TransitionExists: the outgoing administration has a transition.
        """
        codes.must_be_free([code])
        handover.must_fit(outgoing, incoming)
        siblings.must_be_none(outgoing)
        return cls.begin(e.TransitionPlanned, context, outgoing=outgoing, incoming=incoming, code=code)

    @command(e.IncomingNamed)
    def name_incoming(self, *, incoming: AdministrationId, context: Context, handover: Handover) -> None:
        """Name the incoming administration.

        :raises IncomingAlreadyNamed: it is known.
        :raises NoSuchAdministration: it is not recorded.
        :raises OtherInstitution: it is of another institution than the outgoing one.
        :raises TermsNotAdjacent: the outgoing term does not end when the incoming one begins.
        """
        if self.latest.incoming is not None:
            raise errors.IncomingAlreadyNamed(incoming=self.latest.incoming)
        handover.must_fit(self.known.outgoing, incoming)
        self.record(e.IncomingNamed, context, incoming=incoming)

    @command(e.PreparationStarted)
    def prepare(self, *, act: Act | None = None, context: Context) -> None:
        """Record that the outgoing side formed its group and began to prepare.

        :raises TransitionNotOpen: it is not planned any more.
        """
        self._must_be_open("prepare", e.PreparationStarted)
        self.record(e.PreparationStarted, context, act=act)

    @command(e.ReadinessDeclared)
    def declare_ready(self, *, document: Digest | None = None, context: Context) -> None:
        """Record that the outgoing side has its updated report.

        :raises TransitionNotOpen: it is not being prepared.
        """
        self._must_be_open("declare-ready", e.ReadinessDeclared)
        self.record(e.ReadinessDeclared, context, document=document)

    @command(e.TransferStarted)
    def start_transfer(self, *, installed_by: t.Side, act: Act, context: Context) -> None:
        """Record that the commission was installed, by the outgoing side or by the incoming one alone.

        :raises TransitionNotOpen: it is not ready.
        :raises IncomingNotNamed: nobody knows the incoming administration.
        """
        self._must_be_open("start-transfer", e.TransferStarted)
        self._must_know_incoming("start-transfer")
        self.record(e.TransferStarted, context, installed_by=installed_by, act=act)

    @command(e.InventoryFrozen)
    def freeze_inventory(self, *, cut_off: Day, context: Context, handover: Handover, assembled: Assembled) -> None:
        """Freeze the inventory: what the institution stands in on the cut-off date, as the log has it now.

        The system assembles it. From then on it answers the same for ever, whatever is recorded later.

        :raises TransitionNotOpen: the handover was reported, or is closed or not required.
        :raises InventoryAlreadyFrozen: it was frozen before.
        :raises NoSuchAdministration: the outgoing administration is not recorded any more.
        :raises CutOffOutsideTerm: the cut-off date is no day of the outgoing term, or has not come.
        """
        self._must_be_open("freeze-inventory", e.InventoryFrozen)
        rules.must_have_no_inventory(self.latest)
        outgoing = handover.must_fit(self.known.outgoing, None)
        if not outgoing.from_day <= cut_off < outgoing.until or cut_off > context.occurred_on:
            raise errors.CutOffOutsideTerm(
                field="cut_off",
                cut_off=cut_off,
                from_day=outgoing.from_day,
                until=outgoing.until,
                occurred_on=context.occurred_on,
            )
        self.record(
            e.InventoryFrozen,
            context,
            cut_off=cut_off,
            institution=assembled.institution,
            position=assembled.position,
            digest=assembled.digest,
            counts=assembled.counts,
        )

    @command(e.HandoverReported)
    def file_report(self, *, document: Digest, context: Context) -> None:
        """File the final report, by the digest of its document.

        :raises TransitionNotOpen: it is not in transfer.
        """
        self._must_be_open("file-report", e.HandoverReported)
        self.record(e.HandoverReported, context, document=document)

    @command(e.ActaSigned)
    def sign_acta(self, *, side: t.Side, document: Digest, context: Context) -> None:
        """Record that one side signed the acta. It is signed once both did.

        :raises TransitionNotOpen: no report is filed, or the acta is signed or refused.
        :raises AlreadySigned: the side signed before.
        :raises ActaDiffers: the other side signed another document.
        """
        self._must_be_open("sign-acta", e.ActaSigned)
        rules.must_sign_once(self.known, side, document)
        self.record(e.ActaSigned, context, side=side, document=document)

    @command(e.ActaRefused, needs=("reason",))
    def refuse_acta(self, *, side: t.Side, context: Context) -> None:
        """Record that one side did not sign the acta, and why.

        :raises TransitionNotOpen: no report is filed, or the acta is signed or refused.
        :raises AlreadySigned: the side signed before.
        """
        self._must_be_open("refuse-acta", e.ActaRefused)
        for signed in self.known.signatures:
            if signed.side == side:
                raise errors.AlreadySigned(side=side, signed_on=signed.occurred_on)
        self.record(e.ActaRefused, context, side=side)

    @command(e.ComplementFiled)
    def file_complement(self, *, document: Digest, context: Context) -> None:
        """File a complementary acta, signed or not: what the acta does not have.

        :raises TransitionNotOpen: there is no acta, signed or refused, and nothing was delivered late.
        """
        self._must_be_open("file-complement", e.ComplementFiled)
        self.record(e.ComplementFiled, context, document=document)

    @command(e.TransitionClosed, needs=("source",))
    def close(self, *, context: Context) -> None:
        """Close it; `source` says where it is published and registered.

        :raises TransitionNotOpen: there is no acta, signed or refused, and nothing was delivered late.
        """
        self._must_be_open("close", e.TransitionClosed)
        self.record(e.TransitionClosed, context)

    @command(e.NonDeliveryDeclared, needs=("reason",))
    def declare_not_delivered(self, *, context: Context, handover: Handover) -> None:
        """Declare that the outgoing term ended without a handover.

        :raises TransitionNotOpen: the handover was reported, or is not required.
        :raises NoSuchAdministration: the outgoing administration is not recorded any more.
        :raises TermNotOver: the outgoing term was not over by then.
        """
        self._must_be_open("declare-not-delivered", e.NonDeliveryDeclared)
        until = handover.must_fit(self.known.outgoing, None).until
        if context.occurred_on < until:
            raise errors.TermNotOver(until=until, occurred_on=context.occurred_on)
        self.record(e.NonDeliveryDeclared, context)

    @command(e.LateDeliveryRecorded)
    def deliver_late(self, *, document: Digest, context: Context) -> None:
        """Record that the handover was delivered after all.

        :raises TransitionNotOpen: it was not declared undelivered.
        """
        self._must_be_open("deliver-late", e.LateDeliveryRecorded)
        self.record(e.LateDeliveryRecorded, context, document=document)

    @command(e.TransitionExempted)
    def declare_not_required(self, *, context: Context, handover: Handover) -> None:
        """Declare that no handover is required, since the incoming administration was re-elected.

        :raises TransitionNotOpen: the handover was reported or is closed.
        :raises IncomingNotNamed: nobody knows the incoming administration.
        :raises NotReelected: it is not recorded as re-elected.
        """
        self._must_be_open("declare-not-required", e.TransitionExempted)
        self._must_know_incoming("declare-not-required")
        if handover.incoming is None or not handover.incoming.re_elected:
            raise errors.NotReelected(incoming=self.known.incoming)
        self.record(e.TransitionExempted, context)

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
    ) -> None:
        """Void a fact of this transition as entered in error, wherever it stands.

        Who asks about a time of recording before the void still reads the fact. Voiding a void restores the fact;
        voiding the first fact takes the whole transition out of every list and total.

        :raises FactNotFound: the transition has no fact at that position.
        :raises FactAlreadyVoided: the fact is already void.
        :raises CodeTaken: a code that this would restore has gone to another transition.
        :raises FactsContradict: another fact of the transition rests on it; void that one first.
        :raises OthersRestOnIt: it is the first fact, and other objects name the transition.
        :raises TransitionExists: the outgoing administration that this would restore has another transition.
        """
        super().void(position=position, context=context, past=past, codes=codes, dependents=dependents)
        event = cast("Event", self.pending_events[-1])
        state = self.folded(readings((*past.stream, Entry(AFTER_ALL, event, lambda _: event))))
        if state is not None and (self.newest is None or state.outgoing != self.newest.outgoing):
            siblings.must_be_none(state.outgoing)

    def _must_know_incoming(self, command: str) -> None:
        if self.known.incoming is None:
            raise errors.IncomingNotNamed(command=command)

    @classmethod
    def claims(cls, state: TransitionState) -> Iterable[str | None]:
        """Yield the code: no other transition may have it."""
        return (state.code,)

    @classmethod
    def must_follow(cls, state: TransitionState, event: Event) -> None:
        """Refuse a fact that could not have been decided on a state."""
        rules.must_follow(state, event)

    @staticmethod
    def evolve(state: TransitionState, event: e.TransitionEvent) -> TransitionState:
        """Return the transition after one more fact."""
        return evolution.evolve(state, event)
