"""The life of a plan: drafted, concerted, reviewed, adopted, in force, updated, superseded or repealed."""

from collections.abc import Iterable
from typing import Self

from domain.aggregate import command
from domain.events import Context, Event
from domain.facts import Codes, Dependents, Organizations
from domain.plan import errors, evolution, rules
from domain.plan import events as e
from domain.plan import types as t
from domain.plan.facts import Named, Parentage, Successor
from domain.plan.standing import PlanStanding
from domain.plan.types import PlanState
from domain.texts import Code, Day, MinutesId, OrganizationId, PlanId, Reason, Text, Title
from domain.types import Act, Source


class Plan(PlanStanding):
    """What a territory or an institution wants to reach, by when, in numbered versions."""

    TOPIC = "plan"
    STATE = PlanState

    @command(e.PlanDrafted)
    @classmethod
    def draft(
        cls,
        *,
        title: Title,
        type: t.PlanType,
        owner: OrganizationId,
        horizon: t.Horizon,
        code: Code | None = None,
        territories: t.Territories = (),
        parent: t.ParentVersion | None = None,
        vision: Text | None = None,
        context: Context,
        organizations: Organizations,
        codes: Codes,
        parentage: Parentage,
    ) -> Self:
        """Begin a plan with its first version, which is being drafted from `occurred_on` on.

        `owner` is the institution that answers for it, `parent` the version of the plan that it is built into.

        :raises UnknownOrganization: the owner is not recorded.
        :raises OrganizationEnded: the owner had ended by then.
        :raises CodeTaken: another plan has the code.
        :raises UnknownPlan: the parent is not recorded, or had not begun.
        :raises UnknownPlanVersion: the parent had no such version.
        :raises PlanDescendsFromItself: the parent is built into this plan.
        """
        organizations.must_stand(context.occurred_on)
        codes.must_be_free([code])
        parentage.must_fit(parent, context.occurred_on)
        return cls.begin(
            e.PlanDrafted,
            context,
            title=title,
            type=type,
            owner=owner,
            horizon=horizon,
            code=code,
            territories=territories,
            parent=parent,
            vision=vision,
        )

    @command(e.PlanConcerted)
    def concert(self, *, minutes: MinutesId | None = None, context: Context, named: Named) -> None:
        """Record that those who took part agreed on the version, by minutes or the source where that is written down.

        :raises PlanNotOpen: no version is on its way.
        :raises VersionNotOpen: the version is not being drafted any more.
        :raises NoObjectives: the version says nothing of what it wants to reach.
        :raises ConcertationWithoutRecord: there are neither minutes nor a source.
        :raises UnknownMinutes: the minutes are not recorded.
        """
        named.must_be_recorded(context.occurred_on)
        self._must_be_open("concert", e.PlanConcerted)
        rules.must_have_objectives(self.known, self._name)
        rules.must_be_recorded(minutes, context.source, self._name)
        self.record(e.PlanConcerted, context, minutes=minutes)

    @command(e.PlanReviewed)
    def review(
        self,
        *,
        report: Source,
        opinion: t.Opinion = "favourable",
        reviewer: OrganizationId | None = None,
        context: Context,
        organizations: Organizations,
    ) -> None:
        """Record the technical report on the concerted version, whatever its opinion.

        :raises PlanNotOpen: no version is on its way.
        :raises VersionNotOpen: the version is not concerted, or was reviewed.
        :raises UnknownOrganization: the reviewer is not recorded.
        :raises OrganizationEnded: the reviewer had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be_open("review", e.PlanReviewed)
        self.record(e.PlanReviewed, context, report=report, opinion=opinion, reviewer=reviewer)

    @command(e.DraftReopened, needs=("reason",))
    def reopen_draft(self, *, context: Context) -> None:
        """Take a version back to drafting before it is adopted: its content changes, and it is concerted anew.

        :raises PlanNotOpen: no version is on its way.
        :raises VersionNotOpen: the version is being drafted, or was adopted.
        """
        self._must_be_open("reopen-draft", e.DraftReopened)
        self.record(e.DraftReopened, context)

    @command(e.PlanAdopted)
    def adopt(
        self,
        *,
        act: Act,
        institution: OrganizationId | None = None,
        review_waiver: Reason | None = None,
        context: Context,
        organizations: Organizations,
    ) -> None:
        """Record the act by which an institution, the owner unless said, adopted the version. Its content is fixed.

        The administration that adopted it is the one in office that day, as reads show.

        :raises PlanNotOpen: no version is on its way.
        :raises VersionNotOpen: the version is not concerted, or was adopted.
        :raises ReviewMissing: it was not reviewed, and `review_waiver` says nothing of why.
        :raises ReviewNotMissing: it was reviewed, and there is nothing to waive.
        :raises UnknownOrganization: the institution is not recorded.
        :raises OrganizationEnded: the institution had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._must_be_open("adopt", e.PlanAdopted)
        rules.must_be_reviewed(self.known, review_waiver, self._name)
        self.record(e.PlanAdopted, context, act=act, institution=institution, review_waiver=review_waiver)

    @command(e.ForceEntered)
    def enter_into_force(self, *, valid_until: Day | None = None, context: Context) -> None:
        """Record that the adopted version is in force from `occurred_on` on, mostly the day after its publication.

        Until then the version before stays in force, so that no day is without a plan. It is valid until the last
        day of its horizon, unless the act says another one.

        :raises PlanNotOpen: no version is on its way.
        :raises VersionNotOpen: the version is not adopted.
        :raises PlanValidityEnded: the validity would end before it begins.
        """
        self._must_be_open("enter-into-force", e.ForceEntered)
        rules.must_be_valid(self.known, valid_until, context.occurred_on)
        self.record(e.ForceEntered, context, valid_until=valid_until)

    @command(e.UpdateStarted)
    def start_update(
        self,
        *,
        horizon: t.Horizon | None = None,
        parent: t.ParentVersion | None = None,
        context: Context,
        parentage: Parentage,
    ) -> None:
        """Open the next version with the content of the one in force, which stays in force meanwhile.

        Horizon and parent are those of the version in force unless said.

        :raises PlanNotOpen: no version is in force, or an update has been started.
        :raises UnknownPlan: the parent is not recorded, or had not begun.
        :raises UnknownPlanVersion: the parent had no such version.
        :raises PlanDescendsFromItself: the parent is this plan, or is built into it.
        """
        self._must_be_open("start-update", e.UpdateStarted)
        parentage.must_fit(parent, context.occurred_on)
        self.record(e.UpdateStarted, context, horizon=horizon, parent=parent)

    @command(e.UpdateAbandoned, needs=("reason",))
    def abandon_update(self, *, context: Context) -> None:
        """Give up the version on its way. Its number is not used again.

        :raises PlanNotOpen: no update was started.
        """
        self._must_be_open("abandon-update", e.UpdateAbandoned)
        self.record(e.UpdateAbandoned, context)

    @command(e.PlanSuperseded)
    def supersede(self, *, successor: PlanId, context: Context, following: Successor) -> None:
        """Record that another plan, which is adopted, took its place. A version gives way to the next by itself.

        :raises PlanNotOpen: no version is in force.
        :raises UnknownPlan: the successor is not recorded, or had not begun.
        :raises SuccessorNotInForce: the successor was not adopted by then, or had ended.
        :raises PlanSucceedsItself: the successor is this plan, or gave way to it.
        """
        self._must_be_open("supersede", e.PlanSuperseded)
        following.must_succeed(successor, context.occurred_on)
        self.record(e.PlanSuperseded, context, successor=successor)

    @command(e.PlanRepealed)
    def repeal(self, *, act: Act, context: Context) -> None:
        """Record the act that put an end to it.

        :raises PlanNotOpen: no version was adopted, or it has ended.
        """
        self._must_be_open("repeal", e.PlanRepealed)
        self.record(e.PlanRepealed, context, act=act)

    @classmethod
    def claims(cls, state: PlanState) -> Iterable[str | None]:
        """Yield the code: no other plan may have it."""
        return (state.code,)

    @classmethod
    def must_follow(cls, state: PlanState, event: Event) -> None:
        """Refuse a fact that could not have been decided on a state."""
        rules.must_follow(state, event)

    @classmethod
    def must_carry(cls, state: PlanState, dependents: Dependents) -> None:
        """Refuse a state without objectives that others name, or with a parent that is built into this plan.

        :raises ObjectiveInUse: another object names one that would not be there.
        :raises PlanDescendsFromItself: a parent is built into this plan.
        """
        there = {(version.number, code) for version in state.versions for code in (None, *version.codes)}
        for (number, code), by in dependents.objectives.items():
            if (number, code) not in there:
                raise errors.ObjectiveInUse(plan=state.code or state.title, version=number, code=code or "*", by=by)
        for version in state.versions:
            if version.parent is not None and version.parent.plan in dependents.descendants:
                raise errors.PlanDescendsFromItself(field="parent", plan=version.parent.plan)

    @staticmethod
    def evolve(state: PlanState, event: evolution.PlanEvent) -> PlanState:
        """Return the plan after one more fact."""
        return evolution.evolve(state, event)
