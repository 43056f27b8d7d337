"""What a project costs, how far it is, what is to be reached, and what was changed by an act."""

from typing import Any

from domain.aggregate import command
from domain.events import Context, Event
from domain.project import errors, rules
from domain.project import events as e
from domain.project import types as t
from domain.project.budget import FiscalYear, Stages
from domain.project.parties import ProjectParties
from domain.texts import Day, Slug, Text, Title
from domain.types import Act, Money


class ProjectAccounts(ProjectParties):
    """The commands that keep its accounts. They are taken on every state of every track: money arrives late."""

    @command(e.BudgetRecorded, needs=("source",))
    def record_budget(self, *, fiscal_year: FiscalYear, cut_off: Day, stages: Stages, context: Context) -> None:
        """Record the ladder of a fiscal year up to a cut-off day: opening and modified budget, certified, and so on.

        The ladder of the latest cut-off day of a year is the one that counts. A broken ladder (accrued above modified
        budget) is recorded as it is, and every read names it as a finding.

        :raises CutOffAhead: the cut-off day is after `occurred_on`.
        :raises ProjectCurrencyDiffers: the amounts are not in the currency of the project.
        """
        rules.must_not_reach_past(cut_off, context.occurred_on)
        rules.must_match(self._currency, stages.currency, "stages", self._name)
        self.record(e.BudgetRecorded, context, fiscal_year=fiscal_year, cut_off=cut_off, stages=stages)

    @command(e.ProjectProgressReported)
    def report_progress(
        self, *, physical: t.Done | None = None, financial: t.Share | None = None, context: Context
    ) -> None:
        """Report how far the works (`physical`) and the money (`financial`) are, in percent of the whole.

        :raises ProgressMissing: it says neither.
        """
        if physical is None and financial is None:
            raise errors.ProgressMissing(project=self._name, field="physical")
        self.record(e.ProjectProgressReported, context, physical=physical, financial=financial)

    @command(e.MilestonePlanned)
    def plan_milestone(self, *, milestone: t.MilestoneKey, title: Title, due: Day, context: Context) -> None:
        """Plan something to be reached by a day; that it is late is computed for the day asked about.

        :raises MilestoneKeyTaken: it has, or had, a milestone with that key.
        """
        rules.must_be_new(self.known, milestone, self._name)
        rules.must_be_new(self.latest, milestone, self._name)
        self.record(e.MilestonePlanned, context, milestone=milestone, title=title, due=due)

    @command(e.MilestoneRescheduled, needs=("reason",))
    def reschedule_milestone(self, *, milestone: t.MilestoneKey, due: Day, context: Context) -> None:
        """Move a milestone to another day, with a reason. The day that was said first stays visible.

        :raises UnknownMilestone: it has none of that key.
        :raises MilestoneNotOpen: it was reached or cancelled.
        """
        self._milestone(e.MilestoneRescheduled, milestone, context, due=due)

    @command(e.MilestoneReached)
    def reach_milestone(self, *, milestone: t.MilestoneKey, context: Context) -> None:
        """Record that a milestone was reached.

        :raises UnknownMilestone: it has none of that key.
        :raises MilestoneNotOpen: it was reached or cancelled.
        """
        self._milestone(e.MilestoneReached, milestone, context)

    @command(e.MilestoneCancelled, needs=("reason",))
    def cancel_milestone(self, *, milestone: t.MilestoneKey, context: Context) -> None:
        """Record that a milestone is no longer to be reached, and why.

        :raises UnknownMilestone: it has none of that key.
        :raises MilestoneNotOpen: it was reached or cancelled.
        """
        self._milestone(e.MilestoneCancelled, milestone, context)

    @command(e.DurationModified, needs=("reason",))
    def modify_duration(self, *, planned_end: Day, act: Act, context: Context) -> None:
        """Move the day on which it is to end, by an act, with a reason. What was said before stays visible.

        :raises ModificationChangesNothing: it ends on that day already.
        """
        rules.must_change("planned_end", self.known.planned_end, planned_end, self._name)
        self.record(e.DurationModified, context, planned_end=planned_end, act=act)

    @command(e.ValueModified, needs=("reason",))
    def modify_value(self, *, cost: Money, act: Act, context: Context) -> None:
        """Change what it costs, by an act, with a reason. What was said before stays visible.

        :raises ModificationChangesNothing: it costs that already.
        :raises ProjectCurrencyDiffers: the amount is not in the currency of the project.
        """
        rules.must_match(self._currency, cost.currency, "cost", self._name)
        rules.must_change("cost", self.known.cost, cost, self._name)
        self.record(e.ValueModified, context, cost=cost, act=act)

    @command(e.ScopeModified, needs=("reason",))
    def modify_scope(self, *, scope: Text, act: Act, context: Context) -> None:
        """Change what it comprises, by an act, with a reason. What was said before stays visible.

        :raises ModificationChangesNothing: it comprises that already.
        """
        rules.must_change("scope", self.known.scope, scope, self._name)
        self.record(e.ScopeModified, context, scope=scope, act=act)

    @command(e.SnapshotRecorded, needs=("source",))
    def record_snapshot(self, *, system: Slug, cut_off: Day, figures: t.Figures, context: Context) -> None:
        """Record what another system (`mef_invierte`, `infobras`) said of it up to a cut-off day, in its own words.

        The snapshot of the latest cut-off day of a system is the one that is shown; the history has all.

        :raises CutOffAhead: the cut-off day is after `occurred_on`.
        """
        rules.must_not_reach_past(cut_off, context.occurred_on)
        self.record(e.SnapshotRecorded, context, system=system, cut_off=cut_off, figures=figures)

    def _milestone(self, event: type[Event], milestone: str, context: Context, **fields: Any) -> None:
        rules.must_have_open(self.known, milestone, self._name)
        rules.must_have_open(self.latest, milestone, self._name)
        self.record(event, context, milestone=milestone, **fields)
