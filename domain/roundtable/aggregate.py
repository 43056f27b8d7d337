"""The life of a roundtable: proposed, constituted, accredited, installed, active, concluded or extinguished."""

from collections.abc import Iterable
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from domain.aggregate import command
from domain.events import Context, Event
from domain.facts import Codes, Organizations
from domain.roundtable import errors, evolution, rules
from domain.roundtable import events as e
from domain.roundtable import types as t
from domain.roundtable.facts import Lineage, OpenCommitments
from domain.roundtable.membership import RoundtableMembership
from domain.roundtable.types import RoundtableState
from domain.texts import Code, Day, OrganizationId, Reason, RoundtableId, Text, Title
from domain.types import Act, Source

MinutesId = Annotated[UUID, Field(description="The minutes (acta) of the installation.")]


class Roundtable(RoundtableMembership):
    """A table at which parties meet: by which act, with which seats and rules, and until when."""

    TOPIC = "roundtable"
    STATE = RoundtableState

    @command(e.RoundtableProposed)
    @classmethod
    def propose(
        cls,
        *,
        name: Title,
        type: t.RoundtableType,
        level: t.Level,
        code: Code | None = None,
        territories: t.Territories = (),
        purpose: Text | None = None,
        chairs: t.Chairs = (),
        co_chairs: t.Chairs = (),
        secretariat: OrganizationId | None = None,
        parent: RoundtableId | None = None,
        predecessor: RoundtableId | None = None,
        context: Context,
        organizations: Organizations,
        codes: Codes,
        lineage: Lineage,
    ) -> Self:
        """Enter a roundtable into the record, as proposed; `constitute` records the act that brings it into being.

        `parent` is the table of which it is a sub-group, `predecessor` the one whose work it continues.

        :raises UnknownOrganization: an organization is not recorded.
        :raises OrganizationEnded: an organization had ended by then.
        :raises CodeTaken: another roundtable has the code.
        :raises UnknownRoundtable: the parent or predecessor was no roundtable on that day.
        :raises LineageCyclic: the parent or predecessor descends from this one.
        """
        organizations.must_stand(context.occurred_on)
        codes.must_be_free([code])
        lineage.must_fit("parent", parent, context.occurred_on)
        lineage.must_fit("predecessor", predecessor, context.occurred_on)
        return cls.begin(
            e.RoundtableProposed,
            context,
            name=name,
            type=type,
            level=level,
            code=code,
            territories=territories,
            purpose=purpose,
            chairs=chairs,
            co_chairs=co_chairs,
            secretariat=secretariat,
            parent=parent,
            predecessor=predecessor,
        )

    @command(e.RoundtableConstituted)
    def constitute(
        self,
        *,
        act: Act,
        valid_from: Day | None = None,
        valid_until: Day | None = None,
        term: t.Term | None = None,
        context: Context,
    ) -> None:
        """Record the act that brings it into being, and until when it is valid: a day or a term, or neither if open.

        :raises RoundtableNotOpen: it is constituted already.
        :raises ValidityContradictory: it would end before it begins, end twice, or count from a day the act lacks.
        """
        self._must_be_open("constitute", e.RoundtableConstituted)
        rules.must_make_sense(act, valid_from or context.occurred_on, valid_until, term)
        self.record(
            e.RoundtableConstituted, context, act=act, valid_from=valid_from, valid_until=valid_until, term=term
        )

    @command(e.AccreditationCompleted)
    def complete_accreditation(self, *, waiver: Reason | None = None, context: Context) -> None:
        """State that all required seats are accredited, or why it goes on without those missing. Waivers are shown.

        :raises RoundtableNotOpen: no act constituted it, or it was installed.
        :raises AccreditationIncomplete: required seats are not accredited or there is no seat, and nothing is waived.
        :raises AccreditationNotMissing: there is nothing to waive.
        """
        self._must_be_open("complete-accreditation", e.AccreditationCompleted)
        rules.must_be_complete(self.known, waiver, self._name)
        self.record(e.AccreditationCompleted, context, waiver=waiver)

    @command(e.InstallationPostponed, needs=("reason",))
    def postpone_installation(self, *, until: Day | None = None, context: Context) -> None:
        """Record that the installation did not take place, and until when it is put off. Postponements are counted.

        :raises RoundtableNotOpen: no act constituted it, or it was installed.
        """
        self._must_be_open("postpone-installation", e.InstallationPostponed)
        self.record(e.InstallationPostponed, context, until=until)

    @command(e.RoundtableInstalled)
    def install(self, *, minutes: MinutesId | None = None, context: Context) -> None:
        """Record that it sat for the first time, by its minutes or the source where that is written down.

        :raises RoundtableNotOpen: its accreditation is not complete, or it was installed before.
        :raises AccreditationIncomplete: an accreditation lapsed since, and was not waived.
        :raises InstallationWithoutRecord: there are neither minutes nor a source.
        """
        self._must_be_open("install", e.RoundtableInstalled)
        rules.must_be_ready(self.known, self._name)
        rules.must_be_recorded(minutes, context.source, self._name)
        self.record(e.RoundtableInstalled, context, minutes=minutes)

    @command(e.RulesApproved)
    def approve_rules(self, *, rules: t.Rules, document: Source | None = None, context: Context) -> None:
        """Record how it decides: quorum, quorum by sector, second call, consensus or majority.

        :raises RoundtableNotOpen: no act constituted it, or it has ended.
        """
        self._must_be_open("approve-rules", e.RulesApproved)
        self.record(e.RulesApproved, context, rules=rules, document=document)

    @command(e.WorkPlanApproved)
    def approve_work_plan(self, *, document: Source, context: Context) -> None:
        """Record its work plan.

        :raises RoundtableNotOpen: no act constituted it, or it has ended.
        """
        self._must_be_open("approve-work-plan", e.WorkPlanApproved)
        self.record(e.WorkPlanApproved, context, document=document)

    @command(e.RoundtableActivated)
    def activate(self, *, context: Context) -> None:
        """State that it takes up its work, under its rules or its work plan.

        :raises RoundtableNotOpen: it is not installed, or has begun its work.
        :raises NothingApproved: it has approved neither rules nor a work plan.
        """
        self._must_be_open("activate", e.RoundtableActivated)
        rules.must_have_approved(self.known, context.occurred_on, self._name)
        self.record(e.RoundtableActivated, context)

    @command(e.RoundtableSuspended, needs=("reason",))
    def suspend(self, *, context: Context) -> None:
        """Record that it paused.

        :raises RoundtableNotOpen: it is not active.
        """
        self._must_be_open("suspend", e.RoundtableSuspended)
        self.record(e.RoundtableSuspended, context)

    @command(e.RoundtableResumed)
    def resume(self, *, context: Context) -> None:
        """Record that it took its work up again.

        :raises RoundtableNotOpen: it is not suspended.
        """
        self._must_be_open("resume", e.RoundtableResumed)
        self.record(e.RoundtableResumed, context)

    @command(e.ValidityExtended)
    def extend_validity(
        self,
        *,
        until: Day,
        act: Act | None = None,
        agreement: t.Agreement | None = None,
        context: Context,
    ) -> None:
        """Move the end of its validity by a new act or by an agreement of a session.

        An extension after the validity ran out is recorded, and shown as retroactive. The end cannot be changed in
        any other way.

        :raises RoundtableNotOpen: no act constituted it, or it has ended.
        :raises ExtensionWithoutGround: there is neither an act nor an agreement, or both.
        :raises ValidityNotLimited: it has no end yet that could be extended.
        :raises ValidityNotLonger: it is valid until then already.
        """
        self._must_be_open("extend-validity", e.ValidityExtended)
        rules.must_have_ground(act, agreement, self._name)
        rules.must_extend(self.known, until, context.occurred_on, self._name)
        self.record(e.ValidityExtended, context, until=until, act=act, agreement=agreement)

    @command(e.RoundtableFollowUpAssigned)
    def assign_follow_up_body(
        self, *, organization: OrganizationId, context: Context, organizations: Organizations
    ) -> None:
        """Name who follows up what was agreed at the table, in any state: commitments outlive the table.

        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self.record(e.RoundtableFollowUpAssigned, context, organization=organization)

    @command(e.RoundtableConcluded)
    def conclude(
        self,
        *,
        final_report: Source,
        follow_up_body: OrganizationId | None = None,
        context: Context,
        organizations: Organizations,
        open_commitments: OpenCommitments,
    ) -> None:
        """Record its final report, with which it ends; with open commitments it names who follows them up.

        :raises RoundtableNotOpen: it was never installed, or has ended.
        :raises OpenCommitmentsUnfollowed: commitments made at it are open, and nobody follows them up.
        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be_open("conclude", e.RoundtableConcluded)
        if open_commitments.count and follow_up_body is None and self.known.follow_up_body is None:
            raise errors.OpenCommitmentsUnfollowed(
                field="follow_up_body",
                roundtable=self._name,
                open=open_commitments.count,
                some=", ".join(open_commitments.some),
            )
        self.record(e.RoundtableConcluded, context, final_report=final_report, follow_up_body=follow_up_body)

    @command(e.RoundtableExtinguished)
    def extinguish(
        self,
        *,
        act: Act,
        follow_up_body: OrganizationId | None = None,
        context: Context,
        organizations: Organizations,
    ) -> None:
        """Record the act that put an end to it. What was agreed at it lives on.

        :raises RoundtableNotOpen: it has ended.
        :raises UnknownOrganization: the organization is not recorded.
        :raises OrganizationEnded: the organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be_open("extinguish", e.RoundtableExtinguished)
        self.record(e.RoundtableExtinguished, context, act=act, follow_up_body=follow_up_body)

    @classmethod
    def claims(cls, state: RoundtableState) -> Iterable[str | None]:
        """Yield the code: no other roundtable may have it."""
        return (state.code,)

    @classmethod
    def must_follow(cls, state: RoundtableState, event: Event) -> None:
        """Refuse a fact that could not have been decided on a state."""
        rules.must_follow(state, event)

    @staticmethod
    def evolve(state: RoundtableState, event: evolution.RoundtableEvent) -> RoundtableState:
        """Return the roundtable after one more fact."""
        return evolution.evolve(state, event)
