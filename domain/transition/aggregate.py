"""The life of a transition; `items` has what is handed over, `papers` what is signed, `continuity` what follows.

`undoing` has corrections and voids.
"""

from collections.abc import Iterable
from typing import Any, Self

from domain.aggregate import command
from domain.events import Context, Event
from domain.facts import Codes
from domain.regimes import RegimeId
from domain.texts import AdministrationId, Code, Day, Digest
from domain.transition import errors, evolution, rules
from domain.transition import events as e
from domain.transition import types as t
from domain.transition.facts import Assembled, Handover, Rulebook, Siblings
from domain.transition.types import TransitionState
from domain.transition.undoing import TransitionUndoing
from domain.types import Act


class Transition(TransitionUndoing):
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
        regime: RegimeId = "generic",
        context: Context,
        codes: Codes,
        handover: Handover,
        rulebook: Rulebook,
        siblings: Siblings,
    ) -> Self:
        """Plan a handover under a regime. The incoming administration can be named later, once it is elected.

        :raises CodeTaken: another transition has the code.
        :raises NoSuchAdministration: an administration is not recorded.
        :raises OtherInstitution: the administrations are of two institutions.
        :raises TermsNotAdjacent: the outgoing term does not end when the incoming one begins.
        :raises UnknownRegime: the installation has no such regime for transitions.
        :raises RegimeDoesNotApply: the outgoing term ends when the regime is not in force.
        :raises TransitionExists: the outgoing administration has a transition.
        """
        codes.must_be_free([code])
        before = handover.must_fit(outgoing, handover.expected(incoming))
        rulebook.must_apply(regime, before)
        siblings.must_be_none(outgoing)
        fields: dict[str, Any] = {"outgoing": outgoing, "incoming": incoming, "code": code, "regime": regime}
        fields["rules"] = rulebook.texts.get(regime)
        return cls.begin(e.TransitionPlanned, context, **fields)

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

    @command(e.TeamAppointed)
    def appoint_team(
        self, *, side: t.Side, members: t.Members, act: Act, context: Context, handover: Handover, rulebook: Rulebook
    ) -> None:
        """Appoint the team of a side. From then on its members act for that side alone.

        Whoever is in no team, such as a secretariat, can record for either side.

        :raises TransitionNotOpen: the transition is closed or not required.
        :raises OtherSide: the actor, or somebody appointed, is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        self._must_be_open("appoint-team", e.TeamAppointed, context, handover, rulebook, side)
        for member in members:
            rules.must_act_for(self.latest, side, member.person, "appoint-team")
        self.record(e.TeamAppointed, context, side=side, members=members, act=act)

    @command(e.PreparationStarted)
    def prepare(self, *, act: Act | None = None, context: Context, handover: Handover, rulebook: Rulebook) -> None:
        """Record that the outgoing side formed its group and began to prepare.

        :raises TransitionNotOpen: it is not planned any more.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        self._must_be_open("prepare", e.PreparationStarted, context, handover, rulebook)
        self.record(e.PreparationStarted, context, act=act)

    @command(e.ReadinessDeclared)
    def declare_ready(
        self, *, document: Digest | None = None, context: Context, handover: Handover, rulebook: Rulebook
    ) -> None:
        """Record that the outgoing side has its updated report.

        :raises TransitionNotOpen: it is not being prepared.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        self._must_be_open("declare-ready", e.ReadinessDeclared, context, handover, rulebook)
        self.record(e.ReadinessDeclared, context, document=document)

    @command(e.TransferStarted)
    def start_transfer(
        self, *, installed_by: t.Side, act: Act, context: Context, handover: Handover, rulebook: Rulebook
    ) -> None:
        """Record that the commission was installed, by the outgoing side or by the incoming one alone.

        :raises TransitionNotOpen: it is not ready.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises IncomingNotNamed: nobody knows the incoming administration.
        :raises TooEarlyToInstallAlone: the incoming side would install it while the outgoing one still can.
        """
        rules.must_be_installable(self.known, installed_by, "start-transfer")
        self._must_act("start-transfer", context, handover, rulebook, installed_by)
        self._must_know_incoming("start-transfer")
        if installed_by == "incoming":
            proclaimed_on = handover.incoming.proclaimed_on if handover.incoming else None
            rulebook.must_have_waited(self.known.regime, proclaimed_on, context.occurred_on)
        self.record(e.TransferStarted, context, installed_by=installed_by, act=act)

    @command(e.InventoryFrozen)
    def freeze_inventory(
        self, *, cut_off: Day, context: Context, handover: Handover, assembled: Assembled, rulebook: Rulebook
    ) -> None:
        """Freeze the inventory: what the institution stands in on the cut-off date, as the log has it now.

        The system assembles it. From then on it answers the same for ever, whatever is recorded later.

        :raises TransitionNotOpen: the handover was reported, or is closed or not required.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises InventoryAlreadyFrozen: it was frozen before.
        :raises NoSuchAdministration: the outgoing administration is not recorded any more.
        :raises CutOffOutsideTerm: the cut-off date is no day of the outgoing term, or has not come.
        """
        self._must_be_open("freeze-inventory", e.InventoryFrozen, context, handover, rulebook)
        rules.must_be_open(self.latest, e.InventoryFrozen, "freeze-inventory")
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
            closed=rulebook.closed_under(self.known.regime),
        )

    @command(e.NonDeliveryDeclared, needs=("reason",))
    def declare_not_delivered(self, *, context: Context, handover: Handover, rulebook: Rulebook) -> None:
        """Declare that the outgoing term ended without a handover.

        :raises TransitionNotOpen: the handover was reported, or is not required.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises NoSuchAdministration: the outgoing administration is not recorded any more.
        :raises TermNotOver: the outgoing term was not over by then.
        """
        self._must_be_open("declare-not-delivered", e.NonDeliveryDeclared, context, handover, rulebook)
        until = handover.must_fit(self.known.outgoing, None).until
        if context.occurred_on < until:
            raise errors.TermNotOver(until=until, occurred_on=context.occurred_on)
        self.record(e.NonDeliveryDeclared, context)

    @command(e.LateDeliveryRecorded)
    def deliver_late(self, *, document: Digest, context: Context, handover: Handover, rulebook: Rulebook) -> None:
        """Record that the handover was delivered after all.

        :raises TransitionNotOpen: it was not declared undelivered.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        self._must_be_open("deliver-late", e.LateDeliveryRecorded, context, handover, rulebook)
        self.record(e.LateDeliveryRecorded, context, document=document)

    @command(e.TransitionExempted)
    def declare_not_required(self, *, context: Context, handover: Handover, rulebook: Rulebook) -> None:
        """Declare that no handover is required, since the incoming administration was re-elected.

        :raises TransitionNotOpen: the handover was reported or is closed.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises IncomingNotNamed: nobody knows the incoming administration.
        :raises NotReelected: it is not recorded as re-elected.
        """
        self._must_be_open("declare-not-required", e.TransitionExempted, context, handover, rulebook)
        self._must_know_incoming("declare-not-required")
        if handover.incoming is None or not handover.incoming.re_elected:
            raise errors.NotReelected(incoming=self.known.incoming)
        self.record(e.TransitionExempted, context)

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
