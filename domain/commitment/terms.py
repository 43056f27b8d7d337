"""What a commitment says and carries: amounts, deadline, parties, evidence, voices. Its life is in `aggregate`."""

from uuid import UUID

from domain.aggregate import Aggregate, command
from domain.commitment import errors, rules
from domain.commitment import events as e
from domain.commitment import types as t
from domain.commitment.types import CommitmentState
from domain.events import Context, Event
from domain.facts import Organizations
from domain.objectives import PlanObjectives
from domain.texts import Day, OrganizationId, Personal, Text
from domain.types import Act, Money


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
        self._must_take("amend-amount", e.AmountAmended, amount)
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
        self._must_take("approve-amount", e.AmountApproved, amount)
        self.record(e.AmountApproved, context, amount=amount)

    @command(e.ExecutionReported)
    def report_execution(self, *, amount: Money, context: Context) -> None:
        """Report how much was executed up to a day, in all. It may go down: accounts have reversals.

        :raises CommitmentNotOpen: it is closed.
        :raises HeadlineHasNoLadder: it is an announcement; its items have amounts.
        :raises CurrencyMismatch: the amount is in another currency.
        """
        self._must_take("report-execution", e.ExecutionReported, amount)
        self.record(e.ExecutionReported, context, amount=amount)

    @command(e.HeadlineAmended, needs=("reason",))
    def amend_headline(self, *, headline: t.Headline, context: Context) -> None:
        """Change an announcement: its amount, its number of projects or its sectors.

        :raises CommitmentNotOpen: it is closed.
        :raises NoHeadline: it is no announcement.
        :raises CurrencyMismatch: the amount is in another currency.
        """
        self._must_be_open("amend-headline", e.HeadlineAmended)
        rules.must_have_headline(self.known, self._name)
        rules.must_match(self._currency, headline.amount, "headline", self._name)
        self.record(e.HeadlineAmended, context, headline=headline)

    @command(e.DeadlineSet)
    def set_deadline(self, *, deadline: Day, context: Context) -> None:
        """Give it its first deadline.

        :raises CommitmentNotOpen: it is closed.
        :raises DeadlineAlreadySet: it has one; extend it by an act.
        :raises DeadlineBeforeCommitment: the deadline lies before the commitment.
        """
        self._must_be_open("set-deadline", e.DeadlineSet)
        rules.must_have_no_deadline(self.known, self._name)
        rules.must_have_no_deadline(self.latest, self._name)
        rules.must_come_after(self.known.began_on, deadline)
        self.record(e.DeadlineSet, context, deadline=deadline)

    @command(e.DeadlineExtended, needs=("reason",))
    def extend_deadline(self, *, deadline: Day, act: Act, context: Context) -> None:
        """Move its deadline by an act, with a reason. The original deadline and every extension stay visible.

        :raises CommitmentNotOpen: it is closed.
        :raises DeadlineNotSet: it has none.
        :raises NotLater: the new deadline is not after the present one.
        """
        self._must_be_open("extend-deadline", e.DeadlineExtended)
        rules.must_extend(self.known, deadline, self._name)
        self.record(e.DeadlineExtended, context, deadline=deadline, act=act)

    @command(e.DeadlineWaived, needs=("reason",))
    def waive_deadline(self, *, context: Context) -> None:
        """State why it has no deadline. Waivers are counted.

        :raises CommitmentNotOpen: it is closed.
        :raises DeadlineAlreadySet: it has one.
        """
        self._must_be_open("waive-deadline", e.DeadlineWaived)
        rules.must_have_no_deadline(self.known, self._name)
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
        self._must_be_open("assign-follow-up-body", e.FollowUpBodyAssigned)
        self.record(e.FollowUpBodyAssigned, context, organization=organization)

    @command(e.FollowUpWaived, needs=("reason",))
    def waive_follow_up(self, *, context: Context) -> None:
        """State why nobody follows it up. Waivers are counted.

        :raises CommitmentNotOpen: it is closed.
        :raises FollowUpAlreadyAssigned: somebody does.
        """
        self._must_be_open("waive-follow-up", e.FollowUpWaived)
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
        self._must_be_open("assign-verifier", e.VerifierAssigned)
        rules.must_not_answer(organization, self.known.responsibles, "assign-verifier")
        rules.must_not_answer(organization, self.latest.responsibles, "assign-verifier")
        self.record(e.VerifierAssigned, context, organization=organization)

    @command(e.ResponsiblesAssigned, needs=("reason",))
    def assign_responsibles(
        self, *, responsibles: t.Responsibles, context: Context, organizations: Organizations
    ) -> None:
        """Name who answers for it from a day on, in place of those before: nobody who verifies it.

        :raises CommitmentNotOpen: it is closed.
        :raises NotAnotherParty: one of them verifies it, or verified its fulfilment since that day.
        :raises UnknownOrganization: an organization is not recorded.
        :raises OrganizationEnded: an organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be_open("assign-responsibles", e.ResponsiblesAssigned)
        rules.must_not_answer(self.known.verifier, responsibles, "assign-responsibles", rules.VERIFIES)
        rules.must_not_answer(self._verified_by_since(context), responsibles, "assign-responsibles", rules.VERIFIED)
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
        self._must_be_open("add-collaborator", e.CollaboratorAdded)
        if organization in (*self.known.parties, *self.latest.collaborators):
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
        self._must_be_open("add-counterpart", e.CounterpartAdded)
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
        rules.must_be_another(self.known, context, "assess")
        self.record(e.CommitmentAssessed, context, assessment=assessment)

    @command(e.PositionStated)
    def state_position(self, *, voice: t.Voice, text: Text, context: Context) -> None:
        """State what civil society or another party thinks of it. Positions are never weighed against each other."""
        self.record(e.PositionStated, context, voice=voice, text=text)

    @command(e.ObjectivesAligned)
    def align_objectives(self, *, objectives: t.Objectives, context: Context, plans: PlanObjectives) -> None:
        """State which objectives of which plan versions it serves, in place of those stated before.

        :raises CommitmentNotOpen: it is closed.
        :raises UnknownPlan: a plan is not recorded, or had not begun.
        :raises UnknownPlanVersion: a plan had no such version.
        :raises UnknownObjective: the version had no such objective.
        """
        self._must_be_open("align-objectives", e.ObjectivesAligned)
        plans.must_all_exist(objectives, context.occurred_on)
        self.record(e.ObjectivesAligned, context, objectives=objectives)

    @command(e.CommitmentContactNamed)
    def name_contact(self, *, contact: Personal, context: Context) -> None:
        """Name whom to ask about it. The log keeps a salted digest; the name itself can be erased."""
        self.record(e.CommitmentContactNamed, context, contact=contact)

    @property
    def _name(self) -> str:
        return self.known.code or str(self.id)

    @property
    def _currency(self) -> str | None:
        """The one currency, even where a later fact gave it."""
        return self.known.currency or self.latest.currency

    def _verified_by_since(self, context: Context) -> UUID | None:
        """Return who verified it on the day of a late command or after, under the responsibles of that day."""
        verified = self.latest.verified
        if verified is None or verified.occurred_on < context.occurred_on:
            return None
        return verified.institution if self.latest.responsibles == self.known.responsibles else None

    def _must_be_open(self, command: str, event: type[Event]) -> None:
        rules.must_be_open(self.known, event, command, self._name)

    def _must_take(self, command: str, event: type[Event], amount: Money) -> None:
        self._must_be_open(command, event)
        rules.must_have_ladder(self.known, command, self._name)
        rules.must_match(self._currency, amount, "amount", self._name)
