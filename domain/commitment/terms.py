"""What a commitment says and carries: amounts, deadline, parties, evidence, voices. Its life is in `aggregate`."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from domain.aggregate import Aggregate, command
from domain.commitment import errors
from domain.commitment import events as e
from domain.commitment import types as t
from domain.commitment.types import RUNNING, CommitmentState, Status
from domain.events import Context
from domain.facts import Organizations
from domain.texts import Day, OrganizationId, Personal, Text
from domain.types import Act, Money

Objectives = Annotated[tuple[t.Objective, ...], Field(min_length=1, max_length=30)]


class CommitmentTerms(Aggregate[CommitmentState]):
    """The commands that fill in or change the terms of a commitment while it runs."""

    @command(e.AmountAmended, needs=("reason",))
    def amend_amount(self, *, amount: Money, context: Context) -> None:
        """Change what it amounts to from a day on. What was promised stays as it was.

        :raises CommitmentNotOpen: it is closed.
        :raises HeadlineHasNoLadder: it is an announcement; amend its headline.
        :raises CurrencyMismatch: the amount is in another currency.
        :raises AmountUnchanged: it amounts to that already.
        """
        self._must_take("amend-amount", amount)
        if amount == self.known.ladder.current:
            raise errors.AmountUnchanged(field="amount", commitment=self._name, amount=amount.amount)
        self.record(e.AmountAmended, context, amount=amount)

    @command(e.AmountApproved)
    def approve_amount(self, *, amount: Money, context: Context) -> None:
        """Record how much a budget approved for it.

        :raises CommitmentNotOpen: it is closed.
        :raises HeadlineHasNoLadder: it is an announcement; its items have amounts.
        :raises CurrencyMismatch: the amount is in another currency.
        """
        self._must_take("approve-amount", amount)
        self.record(e.AmountApproved, context, amount=amount)

    @command(e.ExecutionReported)
    def report_execution(self, *, amount: Money, context: Context) -> None:
        """Report how much was executed up to a day, in all. It may go down: accounts have reversals.

        :raises CommitmentNotOpen: it is closed.
        :raises HeadlineHasNoLadder: it is an announcement; its items have amounts.
        :raises CurrencyMismatch: the amount is in another currency.
        """
        self._must_take("report-execution", amount, Status.FULFILLED)
        self.record(e.ExecutionReported, context, amount=amount)

    @command(e.HeadlineAmended, needs=("reason",))
    def amend_headline(self, *, headline: t.Headline, context: Context) -> None:
        """Change an announcement: its amount, its number of projects or its sectors.

        :raises CommitmentNotOpen: it is closed.
        :raises NoHeadline: it is no announcement.
        :raises CurrencyMismatch: the amount is in another currency.
        """
        self._must_be("amend-headline", *RUNNING)
        if self.known.headline is None:
            raise errors.NoHeadline(commitment=self._name)
        self._must_match("headline", headline.amount)
        self.record(e.HeadlineAmended, context, headline=headline)

    @command(e.DeadlineSet)
    def set_deadline(self, *, deadline: Day, context: Context) -> None:
        """Give it its first deadline.

        :raises CommitmentNotOpen: it is closed.
        :raises DeadlineAlreadySet: it has one; extend it by an act.
        :raises DeadlineBeforeCommitment: the deadline lies before the commitment.
        """
        self._must_be("set-deadline", *RUNNING)
        if self.known.deadline is not None:
            raise errors.DeadlineAlreadySet(commitment=self._name, deadline=self.known.deadline)
        if deadline < self.known.began_on:
            raise errors.DeadlineBeforeCommitment(field="deadline", deadline=deadline, began_on=self.known.began_on)
        self.record(e.DeadlineSet, context, deadline=deadline)

    @command(e.DeadlineExtended, needs=("reason",))
    def extend_deadline(self, *, deadline: Day, act: Act, context: Context) -> None:
        """Move its deadline by an act, with a reason. The original deadline and every extension stay visible.

        :raises CommitmentNotOpen: it is closed.
        :raises DeadlineNotSet: it has none.
        :raises NotLater: the new deadline is not after the present one.
        """
        self._must_be("extend-deadline", *RUNNING)
        present = self.known.deadline
        if present is None:
            raise errors.DeadlineNotSet(commitment=self._name)
        if deadline <= present:
            raise errors.NotLater(field="deadline", deadline=deadline, present=present)
        self.record(e.DeadlineExtended, context, deadline=deadline, act=act)

    @command(e.DeadlineWaived, needs=("reason",))
    def waive_deadline(self, *, context: Context) -> None:
        """State why it has no deadline. Waivers are counted.

        :raises CommitmentNotOpen: it is closed.
        :raises DeadlineAlreadySet: it has one.
        """
        self._must_be("waive-deadline", *RUNNING)
        if self.known.deadline is not None:
            raise errors.DeadlineAlreadySet(commitment=self._name, deadline=self.known.deadline)
        self.record(e.DeadlineWaived, context)

    @command(e.FollowUpBodyAssigned)
    def assign_follow_up_body(
        self, *, organization: OrganizationId, context: Context, organizations: Organizations
    ) -> None:
        """Name who follows it up.

        :raises CommitmentNotOpen: it is closed.
        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be("assign-follow-up-body", *RUNNING)
        self.record(e.FollowUpBodyAssigned, context, organization=organization)

    @command(e.FollowUpWaived, needs=("reason",))
    def waive_follow_up(self, *, context: Context) -> None:
        """State why nobody follows it up. Waivers are counted.

        :raises CommitmentNotOpen: it is closed.
        :raises FollowUpAlreadyAssigned: somebody does.
        """
        self._must_be("waive-follow-up", *RUNNING)
        if self.known.follow_up_body is not None:
            raise errors.FollowUpAlreadyAssigned(commitment=self._name, organization=self.known.follow_up_body)
        self.record(e.FollowUpWaived, context)

    @command(e.VerifierAssigned)
    def assign_verifier(self, *, organization: OrganizationId, context: Context, organizations: Organizations) -> None:
        """Name who will verify it: nobody who answers for it.

        :raises CommitmentNotOpen: it is closed.
        :raises NotAnotherParty: the organization answers for it.
        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be("assign-verifier", *RUNNING)
        if organization in [r.organization for r in self.known.responsibles]:
            raise errors.NotAnotherParty(command="assign-verifier", institution=organization, relation="answers for it")
        self.record(e.VerifierAssigned, context, organization=organization)

    @command(e.ResponsiblesAssigned, needs=("reason",))
    def assign_responsibles(
        self, *, responsibles: t.Responsibles, context: Context, organizations: Organizations
    ) -> None:
        """Name who answers for it from a day on, in place of those before.

        :raises CommitmentNotOpen: it is closed.
        :raises UnknownOrganization: an organization is not recorded.
        :raises OrganizationEnded: an organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be("assign-responsibles", *RUNNING)
        self.record(e.ResponsiblesAssigned, context, responsibles=responsibles)

    @command(e.CollaboratorAdded)
    def add_collaborator(self, *, organization: OrganizationId, context: Context, organizations: Organizations) -> None:
        """Add an organization that collaborates.

        :raises CommitmentNotOpen: it is closed.
        :raises AlreadyCollaborates: it is a party already.
        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be("add-collaborator", *RUNNING)
        if organization in self.known.parties:
            raise errors.AlreadyCollaborates(commitment=self._name, organization=organization)
        self.record(e.CollaboratorAdded, context, organization=organization)

    @command(e.CounterpartAdded)
    def add_counterpart(self, *, counterpart: t.Counterpart, context: Context, organizations: Organizations) -> None:
        """Add what the other side owes: land, maintenance, co-financing.

        :raises CommitmentNotOpen: it is closed.
        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be("add-counterpart", *RUNNING)
        self.record(e.CounterpartAdded, context, counterpart=counterpart)

    @command(e.EvidenceAttached)
    def attach_evidence(self, *, evidence: t.Evidence, context: Context) -> None:
        """Attach a means of verification, in any state, by the digest of the document."""
        self.record(e.EvidenceAttached, context, evidence=evidence)

    @command(e.CommitmentAssessed)
    def assess(self, *, assessment: t.Assessment, context: Context) -> None:
        """Judge, for another institution than the responsible ones, how far it is.

        :raises InstitutionUnknown: nobody said for which institution.
        :raises NotAnotherParty: the institution answers for it, or it or the actor reported its fulfilment.
        """
        self._must_be_another("assess", context)
        self.record(e.CommitmentAssessed, context, assessment=assessment)

    @command(e.PositionStated)
    def state_position(self, *, voice: t.Voice, text: Text, context: Context) -> None:
        """State what civil society or another party thinks of it. Positions are never weighed against each other."""
        self.record(e.PositionStated, context, voice=voice, text=text)

    @command(e.ObjectivesAligned)
    def align_objectives(self, *, objectives: Objectives, context: Context) -> None:
        """State which objectives of which plan versions it serves, in place of those stated before.

        :raises CommitmentNotOpen: it is closed.
        """
        self._must_be("align-objectives", *RUNNING, Status.FULFILLED)
        self.record(e.ObjectivesAligned, context, objectives=objectives)

    @command(e.CommitmentContactNamed)
    def name_contact(self, *, contact: Personal, context: Context) -> None:
        """Name whom to ask about it. The log keeps a salted digest; the name itself can be erased."""
        self.record(e.CommitmentContactNamed, context, contact=contact)

    @property
    def _name(self) -> str:
        return self.known.code or str(self.id)

    def _must_be(self, command: str, *statuses: Status) -> None:
        state = self.known
        if state.status not in statuses:
            raise errors.CommitmentNotOpen(
                commitment=self._name,
                state=state.status,
                since=state.moved_on,
                command=command,
                needed=_either(statuses),
            )

    def _must_be_another(self, command: str, context: Context) -> None:
        institution, reported = context.institution, self.known.reported
        if institution is None:
            raise errors.InstitutionUnknown(command=command, field="on_behalf_of")
        relation = None
        if reported is not None and reported.actor == context.actor:
            relation = "is represented by the actor who reported it"
        elif reported is not None and reported.institution == institution:
            relation = "reported it"
        elif institution in [r.organization for r in self.known.responsibles]:
            relation = "answers for it"
        if relation:
            raise errors.NotAnotherParty(command=command, institution=institution, relation=relation)

    def _must_take(self, command: str, amount: Money, *more: Status) -> None:
        self._must_be(command, *RUNNING, *more)
        if self.known.headline is not None:
            raise errors.HeadlineHasNoLadder(commitment=self._name, command=command)
        self._must_match("amount", amount)

    def _must_match(self, field: str, amount: Money) -> None:
        expected = self.known.currency
        if expected is not None and amount.currency != expected:
            raise errors.CurrencyMismatch(
                field=field, currency=amount.currency, commitment=self._name, expected=expected
            )


def _either(statuses: Iterable[Status]) -> str:
    return " | ".join(sorted(statuses))
