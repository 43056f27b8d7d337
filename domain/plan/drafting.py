"""What the version on its way says, and who took part in it. The life of a plan is in `aggregate`."""

from domain.aggregate import Aggregate, command
from domain.events import Context, Event
from domain.facts import Dependents, Organizations
from domain.objectives import Objective, PlanObjectives, VersionNumber
from domain.plan import content, errors, rules
from domain.plan import events as e
from domain.plan import types as t
from domain.plan.facts import Named, Parentage
from domain.plan.types import PlanState, Version
from domain.texts import Slug, Text, Title


class PlanDrafting(Aggregate[PlanState]):
    """The commands that fill a version with content and say where it comes from."""

    @command(e.PlanReframed)
    def reframe(
        self,
        *,
        horizon: t.Horizon,
        parent: t.ParentVersion | None = None,
        vision: Text | None = None,
        context: Context,
        parentage: Parentage,
    ) -> None:
        """Give the version being drafted its horizon, parent and vision anew.

        :raises VersionFixed: no version is being drafted.
        :raises UnknownPlan: the parent is not recorded, or had not begun.
        :raises UnknownPlanVersion: the parent had no such version.
        :raises PlanDescendsFromItself: the parent is this plan, or is built into it.
        """
        self._draft("reframe")
        parentage.must_fit(parent, context.occurred_on)
        self.record(e.PlanReframed, context, horizon=horizon, parent=parent, vision=vision)

    @command(e.ObjectivesStated)
    def state_objectives(self, *, objectives: content.Objectives, context: Context) -> None:
        """Write objectives into the version being drafted, with indicators and yearly targets.

        Those with a code that is there already take its place; the others are added.

        :raises VersionFixed: no version is being drafted.
        """
        self._draft("state-objectives")
        self.record(e.ObjectivesStated, context, objectives=objectives)

    @command(e.ObjectiveWithdrawn, needs=("reason",))
    def withdraw_objective(self, *, code: Title, context: Context, dependents: Dependents) -> None:
        """Take an objective out of the version being drafted.

        :raises VersionFixed: no version is being drafted.
        :raises UnknownOwnObjective: the version has no such objective.
        :raises ObjectiveInUse: an action, a child's priority or another object names it.
        """
        draft = self._draft("withdraw-objective")
        rules.must_be_unused(self.known, code, self._name)
        rules.must_be_unused(self.latest, code, self._name)
        rules.must_not_be_named(dependents.objectives, draft.number, code, self._name)
        self.record(e.ObjectiveWithdrawn, context, code=code)

    @command(e.ActionsStated)
    def state_actions(self, *, actions: content.Actions, context: Context, organizations: Organizations) -> None:
        """Write actions into the version being drafted, each for one of its objectives.

        :raises VersionFixed: no version is being drafted.
        :raises UnknownOwnObjective: an action serves an objective that the version does not have.
        :raises UnknownOrganization: an organization is not recorded.
        :raises OrganizationEnded: an organization had ended by then.
        """
        organizations.must_stand(context.occurred_on)
        self._draft("state-actions")
        rules.must_serve(self.known, actions, self._name)
        rules.must_serve(self.latest, actions, self._name)
        self.record(e.ActionsStated, context, actions=actions)

    @command(e.ActionWithdrawn, needs=("reason",))
    def withdraw_action(self, *, code: Title, context: Context) -> None:
        """Take an action out of the version being drafted.

        :raises VersionFixed: no version is being drafted.
        :raises UnknownAction: the version has no such action.
        """
        self._draft("withdraw-action")
        rules.must_have_action(self.known, code, self._name)
        self.record(e.ActionWithdrawn, context, code=code)

    @command(e.ParticipationRecorded)
    def record_participation(
        self,
        *,
        kind: Slug,
        sessions: t.Sessions = (),
        organizations: t.Participants = (),
        counts: t.ParticipationCounts | None = None,
        context: Context,
        standing: Organizations,
        named: Named,
    ) -> None:
        """Record a part of the participation process: assemblies, workshops or consultations, who took part.

        It counts for the version on its way; counts are of people, never persons.

        :raises PlanNotOpen: the plan has ended.
        :raises UnknownSession: a session is not recorded.
        :raises UnknownOrganization: an organization is not recorded.
        :raises OrganizationEnded: an organization had ended by then.
        """
        standing.must_stand(context.occurred_on)
        named.must_be_recorded(context.occurred_on)
        self._must_be_open("record-participation", e.ParticipationRecorded)
        self.record(
            e.ParticipationRecorded,
            context,
            kind=kind,
            sessions=sessions,
            organizations=organizations,
            counts=counts,
        )

    @command(e.PriorityDecided, needs=("reason",))
    def decide_priority(
        self,
        *,
        version: VersionNumber,
        priority: Objective,
        disposition: t.Disposal,
        into: Title | None = None,
        context: Context,
        objectives: PlanObjectives,
    ) -> None:
        """Record what became of a priority of a child plan in a version of this plan, and why.

        `priority` is an objective of a version of the child, which is built into `version` of this plan. What is
        adopted or merged goes into one of its objectives. A later decision takes the place of an earlier one.

        :raises PlanNotOpen: the plan has ended.
        :raises UnknownOwnVersion: the plan has no such version.
        :raises UnknownPlan: the child is not recorded, or had not begun.
        :raises UnknownPlanVersion: the child had no such version.
        :raises UnknownObjective: the child's version had no such objective.
        :raises NotAChild: the child's version is not built into that version of this plan.
        :raises DestinationMissing: it is adopted or merged, but nothing says into what.
        :raises DestinationNotTaken: it is deferred or rejected, and goes into an objective all the same.
        :raises UnknownOwnObjective: this plan's version has no such objective.
        :raises PriorityDecidedSo: that is what was decided.
        """
        self._must_be_open("decide-priority", e.PriorityDecided)
        own = rules.own_version(self.known, version, self._name)
        child = objectives.must_exist(priority, context.occurred_on, "priority")
        if child.parent != (self.id, version):
            raise errors.NotAChild(
                field="priority",
                child=objectives.plans[priority.plan].name,
                version=priority.version,
                found="-" if child.parent is None else f"{child.parent[0]} ({child.parent[1]})",
                plan=self._name,
                parent=version,
            )
        rules.must_go_somewhere(disposition, into, self._name)
        if into is not None:
            rules.must_have_objective(own, into, "into", self._name)
            rules.must_have_objective(self.latest.version(version) or own, into, "into", self._name)
        rules.must_decide_anew(self.known.disposition(version, priority), priority, disposition, into)
        self.record(e.PriorityDecided, context, version=version, priority=priority, disposition=disposition, into=into)

    @property
    def _name(self) -> str:
        return self.known.code or str(self.id)

    def _must_be_open(self, command: str, event: type[Event]) -> None:
        rules.must_be_open(self.known, event, command, self._name)

    def _draft(self, command: str) -> Version:
        return rules.must_be_drafted_still(self.known, self.latest, command, self._name)
