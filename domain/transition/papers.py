"""The papers of a transition: deliverables, report, acta and what complements it, publication."""

from domain.aggregate import command
from domain.events import Context
from domain.texts import Digest, Slug, Title
from domain.transition import events as e
from domain.transition import rules
from domain.transition import types as t
from domain.transition.facts import Handover, Rulebook
from domain.transition.items import TransitionItems


class TransitionPapers(TransitionItems):
    """What is filed, signed or refused, and published."""

    @command(e.DeliverableFiled)
    def file_deliverable(
        self, *, deliverable: Slug, document: Digest, context: Context, handover: Handover, rulebook: Rulebook
    ) -> None:
        """File a document that the regime asks for; filed again, it takes the place of the one before.

        :raises TransitionNotOpen: the transition is closed, undelivered or not required.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises UnknownDeliverable: the regime asks for no such document.
        """
        self._must_be_open("file-deliverable", e.DeliverableFiled, context, handover, rulebook)
        rulebook.must_ask_for(deliverable, self.known.regime)
        self.record(e.DeliverableFiled, context, deliverable=deliverable, document=document)

    @command(e.HandoverReported)
    def file_report(self, *, document: Digest, context: Context, handover: Handover, rulebook: Rulebook) -> None:
        """File the final report, by the digest of its document.

        :raises TransitionNotOpen: it is not in transfer.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        self._must_be_open("file-report", e.HandoverReported, context, handover, rulebook)
        self.record(e.HandoverReported, context, document=document)

    @command(e.ActaSigned)
    def sign_acta(
        self, *, side: t.Side, document: Digest, context: Context, handover: Handover, rulebook: Rulebook
    ) -> None:
        """Record that one side signed the acta. It is signed once both did.

        :raises TransitionNotOpen: no report is filed, or the acta is signed or refused.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises AlreadySigned: the side signed before.
        :raises ActaDiffers: the other side signed another document.
        """
        self._must_be_open("sign-acta", e.ActaSigned, context, handover, rulebook, side)
        rules.must_sign_once(self.known, side, document)
        self.record(e.ActaSigned, context, side=side, document=document)

    @command(e.ActaRefused, needs=("reason",))
    def refuse_acta(self, *, side: t.Side, context: Context, handover: Handover, rulebook: Rulebook) -> None:
        """Record that one side did not sign the acta, and why.

        :raises TransitionNotOpen: no report is filed, or the acta is signed or refused.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises AlreadySigned: the side signed before.
        """
        self._must_be_open("refuse-acta", e.ActaRefused, context, handover, rulebook, side)
        rules.must_not_have_signed(self.known, side)
        self.record(e.ActaRefused, context, side=side)

    @command(e.ComplementFiled)
    def file_complement(self, *, document: Digest, context: Context, handover: Handover, rulebook: Rulebook) -> None:
        """File a complementary acta, signed or not: what the acta does not have.

        :raises TransitionNotOpen: there is no acta, signed or refused, and nothing was delivered late.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        self._must_be_open("file-complement", e.ComplementFiled, context, handover, rulebook)
        self.record(e.ComplementFiled, context, document=document)

    @command(e.TransitionPublished)
    def publish(self, *, address: Title, context: Context, handover: Handover, rulebook: Rulebook) -> None:
        """Record where the documents of the handover were published.

        :raises TransitionNotOpen: there is no acta, signed or refused, and nothing was delivered late.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        self._must_be_open("publish", e.TransitionPublished, context, handover, rulebook)
        self.record(e.TransitionPublished, context, address=address)

    @command(e.TransitionRegistered)
    def register(self, *, number: Title, context: Context, handover: Handover, rulebook: Rulebook) -> None:
        """Record under what number the documents were registered with the external controller.

        :raises TransitionNotOpen: there is no acta, signed or refused, and nothing was delivered late.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        self._must_be_open("register", e.TransitionRegistered, context, handover, rulebook)
        self.record(e.TransitionRegistered, context, number=number)

    @command(e.CouncilInformed)
    def inform_council(self, *, document: Digest, context: Context, handover: Handover, rulebook: Rulebook) -> None:
        """Record that a re-elected authority informed its council, where no handover is required.

        :raises TransitionNotOpen: a handover is required, or nobody declared that none is.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        self._must_be_open("inform-council", e.CouncilInformed, context, handover, rulebook)
        self.record(e.CouncilInformed, context, document=document)

    @command(e.TransitionClosed, needs=("source",))
    def close(self, *, context: Context, handover: Handover, rulebook: Rulebook) -> None:
        """Close it; `source` says where it is published and registered.

        :raises TransitionNotOpen: there is no acta, signed or refused, and nothing was delivered late.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        """
        self._must_be_open("close", e.TransitionClosed, context, handover, rulebook)
        self.record(e.TransitionClosed, context)
