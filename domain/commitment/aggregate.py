"""The life of a commitment: registered, agreed, started, reported, verified. Its terms are in `terms`."""

from collections.abc import Iterable
from typing import Self

from domain.aggregate import command
from domain.commitment import errors, evolution, rules
from domain.commitment import events as e
from domain.commitment import types as t
from domain.commitment.facts import Announcement, Chain, Chosen, Related, Table
from domain.commitment.terms import CommitmentTerms
from domain.commitment.types import CommitmentState
from domain.events import Context, Event
from domain.facts import Codes, Dependents, Organizations, UnknownCommitment
from domain.texts import Code, CommitmentId, Count, Day, Language, OrganizationId, Percent, Slug, Text, Title
from domain.types import Money


class Commitment(CommitmentTerms):
    """A promise with who answers for it, by when, for how much, and with what evidence."""

    TOPIC = "commitment"
    STATE = CommitmentState

    @command(e.CommitmentRegistered)
    @classmethod
    def register(
        cls,
        *,
        title: Title,
        statement: Text | None = None,
        language: Language = "es",
        kind: t.CommitmentKind = "investment",
        stage: t.Stage = "agreed",
        code: Code | None = None,
        origin: t.Origin | None = None,
        headline: t.Headline | None = None,
        part_of: CommitmentId | None = None,
        sector: Slug | None = None,
        projects: Count = 1,
        amount: Money | None = None,
        responsibles: t.Responsibles,
        collaborators: t.Parties = (),
        counterparts: t.Counterparts = (),
        follow_up_body: OrganizationId | None = None,
        verifier: OrganizationId | None = None,
        deadline: Day | None = None,
        territories: t.Territories = (),
        beneficiaries: t.Beneficiaries | None = None,
        conditions: t.Conditions = (),
        sdg_targets: t.SdgTargets = (),
        context: Context,
        organizations: Organizations,
        codes: Codes,
        announcement: Announcement,
        table: Table,
        chain: Chain,
        chosen: Chosen,
    ) -> Self:
        """Register a commitment, a request (`stage` requested), or an announcement (with `headline`).

        An announcement can be registered before any breakdown exists; its items are commitments that name it in
        `part_of`, each counting `projects` projects. `occurred_on` is the day it was made. An `origin` that names
        minutes or a session alone is completed with the session and the roundtable that these lead to.

        :raises UnknownOrganization: an organization is not recorded.
        :raises OrganizationEnded: an organization had ended by then.
        :raises CodeTaken: another commitment has the code.
        :raises ItemHasHeadline: `headline` stands beside `part_of` or `amount`.
        :raises UnknownCommitment: `part_of` was no commitment on that day.
        :raises NoHeadline: `part_of` is no announcement.
        :raises CurrencyMismatch: the amount is not in the currency of the announcement.
        :raises DeadlineBeforeCommitment: the deadline lies before `occurred_on`.
        :raises NotAnotherParty: the verifier answers for it.
        :raises UnknownRoundtable: the roundtable in `origin` was none on that day.
        :raises RoundtableTakesNoCommitments: the roundtable had expired or ended.
        :raises UnknownSession: the session in `origin` is not recorded.
        :raises UnknownMinutes: the minutes in `origin` are not recorded.
        :raises MinutesNotFinal: the minutes in `origin` are not signed.
        :raises OutcomeNotThere: the item in `origin` is no outcome of the session.
        :raises OriginContradicts: roundtable, session and minutes in `origin` do not belong together.
        :raises UnknownParticipatoryBudget: the participatory budget in `origin` was none on that day.
        :raises ItemNotPrioritised: the item in `origin` is no priority of the participatory budget.
        """
        organizations.must_stand(context.occurred_on)
        codes.must_be_free([code])
        table.must_take_commitments(context.occurred_on)
        chain.must_hold(origin, context.occurred_on)
        chosen.must_hold(origin, context.occurred_on)
        if headline is not None and (part_of is not None or amount is not None):
            raise errors.ItemHasHeadline(field="part_of" if part_of else "amount")
        if part_of is not None:
            rules.must_fit_whole(announcement, amount, context.occurred_on)
        rules.must_come_after(context.occurred_on, deadline)
        rules.must_not_answer(verifier, responsibles, "register")
        return cls.begin(
            e.CommitmentRegistered,
            context,
            stage=stage,
            title=title,
            statement=statement or title,
            language=language,
            kind=kind,
            code=code,
            origin=chain.whole(origin),
            headline=headline,
            part_of=part_of,
            sector=sector,
            projects=projects,
            amount=amount,
            currency=rules.currency_of(amount, headline, announcement),
            responsibles=responsibles,
            collaborators=collaborators,
            counterparts=counterparts,
            follow_up_body=follow_up_body,
            verifier=verifier,
            deadline=deadline,
            territories=territories,
            beneficiaries=beneficiaries,
            conditions=conditions,
            sdg_targets=sdg_targets,
        )

    @command(e.CommitmentAccepted)
    def accept(self, *, context: Context) -> None:
        """Accept a request: from now on it is agreed.

        :raises CommitmentNotOpen: it is no request any more.
        """
        self._must_be_open("accept", e.CommitmentAccepted)
        self.record(e.CommitmentAccepted, context)

    @command(e.CommitmentDismissed, needs=("reason",))
    def dismiss(self, *, context: Context) -> None:
        """Turn a request down. Its amount stays itemised and is shown apart.

        :raises CommitmentNotOpen: it is no request any more.
        """
        self._must_be_open("dismiss", e.CommitmentDismissed)
        self.record(e.CommitmentDismissed, context)

    @command(e.CommitmentStarted)
    def start(self, *, context: Context) -> None:
        """Record that work began.

        :raises CommitmentNotOpen: it is not agreed, or work began before.
        """
        self._must_be_open("start", e.CommitmentStarted)
        self.record(e.CommitmentStarted, context)

    @command(e.ProgressReported)
    def report_progress(self, *, percent: Percent, note: Text | None = None, context: Context) -> None:
        """Report how far it is, in percent of the whole.

        :raises CommitmentNotOpen: no work was going on that day.
        """
        self._must_be_open("report-progress", e.ProgressReported)
        self.record(e.ProgressReported, context, percent=percent, note=note)

    @command(e.CommitmentBlocked)
    def block(
        self,
        *,
        cause: Text,
        unblocker: OrganizationId | None = None,
        context: Context,
        organizations: Organizations,
    ) -> None:
        """Record what stops it, and who can unblock it.

        :raises CommitmentNotOpen: no work is going on.
        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be_open("block", e.CommitmentBlocked)
        self.record(e.CommitmentBlocked, context, cause=cause, unblocker=unblocker)

    @command(e.CommitmentUnblocked)
    def unblock(self, *, context: Context) -> None:
        """Record that what stopped it is gone.

        :raises CommitmentNotOpen: it is not blocked.
        """
        self._must_be_open("unblock", e.CommitmentUnblocked)
        self.record(e.CommitmentUnblocked, context)

    @command(e.FulfilmentReported)
    def report_fulfilment(
        self,
        *,
        evidence: t.Evidences = (),
        context: Context,
    ) -> None:
        """Report that it is done, with evidence; another party verifies it.

        :raises CommitmentNotOpen: no work is going on.
        :raises EvidenceMissing: there is no evidence, neither here nor attached before.
        """
        self._must_be_open("report-fulfilment", e.FulfilmentReported)
        rules.must_have_evidence(self.known, evidence, self._name)
        self.record(e.FulfilmentReported, context, evidence=evidence)

    @command(e.FulfilmentVerified)
    def verify_fulfilment(self, *, outcome: t.Outcome = "complete", context: Context) -> None:
        """Verify, for another institution than the one that reported or answers for it, that it is done.

        :raises CommitmentNotOpen: nothing is reported.
        :raises InstitutionUnknown: nobody said for which institution.
        :raises NotAnotherParty: the same actor or institution reported it, or the institution answers for it.
        """
        self._must_be_open("verify-fulfilment", e.FulfilmentVerified)
        rules.must_be_another(self.known, context, "verify-fulfilment")
        self.record(e.FulfilmentVerified, context, outcome=outcome)

    @command(e.FulfilmentRejected, needs=("reason",))
    def reject_fulfilment(self, *, context: Context) -> None:
        """Find, for another institution, that it is not done; work goes on.

        :raises CommitmentNotOpen: nothing is reported.
        :raises InstitutionUnknown: nobody said for which institution.
        :raises NotAnotherParty: the same actor or institution reported it, or the institution answers for it.
        """
        self._must_be_open("reject-fulfilment", e.FulfilmentRejected)
        rules.must_be_another(self.known, context, "reject-fulfilment")
        self.record(e.FulfilmentRejected, context)

    @command(e.UnfulfilmentDeclared, needs=("reason",))
    def declare_unfulfilled(self, *, context: Context) -> None:
        """Declare that it was not kept.

        :raises CommitmentNotOpen: it was not running.
        """
        self._must_be_open("declare-unfulfilled", e.UnfulfilmentDeclared)
        self.record(e.UnfulfilmentDeclared, context)

    @command(e.CommitmentReactivated, needs=("reason",))
    def reactivate(self, *, context: Context) -> None:
        """Take work up again after it was unfulfilled, partly fulfilled or reversed.

        :raises CommitmentNotOpen: it is in another state.
        """
        self._must_be_open("reactivate", e.CommitmentReactivated)
        self.record(e.CommitmentReactivated, context)

    @command(e.CommitmentSuperseded, needs=("reason",))
    def supersede(
        self, *, successors: t.Successors, context: Context, related: Related, dependents: Dependents
    ) -> None:
        """Record that other commitments took its place. They replace its amount and never add to it.

        :raises CommitmentNotOpen: it is closed.
        :raises SucceedsItself: it is among the successors, or took the place of one of them.
        :raises UnknownCommitment: a successor is not recorded.
        :raises SuccessorElsewhere: a successor is not part of the same announcement.
        """
        self._must_be_open("supersede", e.CommitmentSuperseded)
        for id in successors:
            if id == self.id:
                raise errors.SucceedsItself(field="successors", commitment=self._name)
        rules.must_not_come_back(successors, dependents, self._name)
        for id in successors:
            if id not in related.part_of:
                raise UnknownCommitment(field="successors", id=id, occurred_on=context.occurred_on)
            if related.part_of[id] != self.known.part_of:
                raise errors.SuccessorElsewhere(
                    field="successors", id=id, found=related.part_of[id], expected=self.known.part_of
                )
        self.record(e.CommitmentSuperseded, context, successors=successors)

    @command(e.CommitmentWithdrawn, needs=("reason", "source"))
    def withdraw(self, *, agreed_by: t.Parties, context: Context, organizations: Organizations) -> None:
        """Let it go with the consent of every party: responsibles, collaborators and counterparts.

        :raises CommitmentNotOpen: it is closed.
        :raises PartyNotAgreed: a party is missing from `agreed_by`.
        :raises UnknownOrganization: an organization is not recorded.
        :raises OrganizationEnded: an organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be_open("withdraw", e.CommitmentWithdrawn)
        rules.must_be_agreed(self.known, agreed_by, self._name)
        self.record(e.CommitmentWithdrawn, context, agreed_by=agreed_by)

    @command(e.CommitmentReversed, needs=("reason",))
    def reverse(self, *, context: Context) -> None:
        """Record that a court or a failed work undid the fulfilment.

        :raises CommitmentNotOpen: it was not fulfilled.
        """
        self._must_be_open("reverse", e.CommitmentReversed)
        self.record(e.CommitmentReversed, context)

    @classmethod
    def claims(cls, state: CommitmentState) -> Iterable[str | None]:
        """Yield the code: no other commitment may have it."""
        return (state.code,)

    @classmethod
    def must_carry(cls, state: CommitmentState, dependents: Dependents) -> None:
        """Refuse an announcement in another currency than its items, and a successor whose place it took."""
        rules.must_carry(state, dependents)

    @classmethod
    def must_follow(cls, state: CommitmentState, event: Event) -> None:
        """Refuse a fact that could not have been decided on a state."""
        rules.must_follow(state, event)

    @staticmethod
    def evolve(state: CommitmentState, event: evolution.CommitmentEvent) -> CommitmentState:
        """Return the commitment after one more fact."""
        return evolution.evolve(state, event)
