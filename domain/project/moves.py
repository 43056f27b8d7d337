"""What moves the three tracks of a project: the table, the investment, the works. None waits for another."""

from domain.aggregate import command
from domain.events import Context
from domain.project import errors, rules
from domain.project import events as e
from domain.project import types as t
from domain.project.accounts import ProjectAccounts
from domain.texts import Text
from domain.types import Act, Money


class ProjectMoves(ProjectAccounts):
    """The commands that move one track each."""

    @command(e.ProjectAdmitted)
    def admit(self, *, context: Context) -> None:
        """Take it up at the table: from now on it is pending.

        :raises TrackElsewhere: at the table it is not new.
        """
        self._move("admit", e.ProjectAdmitted, context)

    @command(e.ProjectPrioritised)
    def prioritise(self, *, context: Context) -> None:
        """Put it before others at the table.

        :raises TrackElsewhere: at the table it is not pending.
        """
        self._move("prioritise", e.ProjectPrioritised, context)

    @command(e.EligibilityDeclared)
    def declare_eligible(self, *, context: Context) -> None:
        """Record that everything is there that its funding needs.

        :raises TrackElsewhere: at the table it is not prioritised.
        """
        self._move("declare-eligible", e.EligibilityDeclared, context)

    @command(e.ProjectFunded)
    def fund(self, *, act: Act, context: Context) -> None:
        """Record the act that gave it money: a decree, a transfer, an agreement of works for taxes.

        :raises TrackElsewhere: at the table it is not eligible for funding.
        """
        self._move("fund", e.ProjectFunded, context, act=act)

    @command(e.ExecutionStarted)
    def start_execution(self, *, context: Context) -> None:
        """Record that for the table it is being carried out; the works have a track of their own.

        :raises TrackElsewhere: at the table it is not funded.
        """
        self._move("start-execution", e.ExecutionStarted, context)

    @command(e.ProjectConcluded)
    def conclude(self, *, context: Context) -> None:
        """Record that the table has nothing more to expect of it.

        :raises TrackElsewhere: at the table it is not in execution.
        """
        self._move("conclude", e.ProjectConcluded, context)

    @command(e.ProjectDismissed, needs=("reason",))
    def dismiss(self, *, context: Context) -> None:
        """Let it go at the table, and say why. Investment and works stand where they are.

        :raises TrackElsewhere: at the table it is concluded or dismissed.
        """
        self._move("dismiss", e.ProjectDismissed, context)

    @command(e.ProjectReconsidered, needs=("reason",))
    def reconsider(self, *, context: Context) -> None:
        """Take it up again at the table after it was dismissed: it is pending.

        :raises TrackElsewhere: at the table it is not dismissed.
        """
        self._move("reconsider", e.ProjectReconsidered, context)

    @command(e.FormulationStarted)
    def start_formulation(self, *, context: Context) -> None:
        """Record that its studies began.

        :raises TrackElsewhere: as an investment it is no idea any more.
        """
        self._move("start-formulation", e.FormulationStarted, context)

    @command(e.ViabilityDeclared)
    def declare_viable(self, *, cost: Money | None = None, context: Context) -> None:
        """Record that its studies found it worth doing, and at what cost.

        :raises TrackElsewhere: as an investment it is not in formulation.
        :raises ProjectCurrencyDiffers: the cost is not in the currency of the project.
        """
        rules.must_match(self._currency, cost.currency if cost else None, "cost", self._name)
        self._move("declare-viable", e.ViabilityDeclared, context, cost=cost)

    @command(e.InvestmentApproved)
    def approve_investment(self, *, act: Act | None = None, context: Context) -> None:
        """Record that it may be built: its technical file was approved, or an investment that needs no viability.

        :raises TrackElsewhere: as an investment it is neither in formulation nor viable.
        """
        self._move("approve-investment", e.InvestmentApproved, context, act=act)

    @command(e.InvestmentClosed)
    def close_investment(self, *, outcome: t.Closing = "settled", context: Context) -> None:
        """Close the investment: accounts settled, finished with accounts to settle, or unfinished, with a reason.

        :raises TrackElsewhere: as an investment it is not approved.
        :raises ReasonMissing: it is closed unfinished, and nobody says why.
        """
        if outcome == "unfinished" and context.reason is None:
            raise errors.ReasonMissing(project=self._name, field="reason")
        self._move("close-investment", e.InvestmentClosed, context, outcome=outcome)

    @command(e.InvestmentDeactivated, needs=("reason",))
    def deactivate_investment(self, *, permanent: bool = False, context: Context) -> None:
        """Deactivate the investment, for a time or for good, and say why.

        :raises TrackElsewhere: as an investment it is closed or deactivated.
        """
        self._move("deactivate-investment", e.InvestmentDeactivated, context, permanent=permanent)

    @command(e.InvestmentReactivated, needs=("reason",))
    def reactivate_investment(self, *, context: Context) -> None:
        """Take the investment up again where it was before it was deactivated.

        :raises TrackElsewhere: as an investment it is not deactivated.
        :raises DeactivatedForGood: it was deactivated for good.
        """
        rules.must_stand(self.known, e.InvestmentReactivated, "reactivate-investment", self._name)
        rules.must_be_for_a_time(self.known, self._name)
        self.record(e.InvestmentReactivated, context)

    @command(e.WorksStarted)
    def start_works(self, *, context: Context) -> None:
        """Record that the works began.

        :raises TrackElsewhere: the works began before.
        """
        self._move("start-works", e.WorksStarted, context)

    @command(e.WorksHalted)
    def halt_works(self, *, cause: Text, context: Context) -> None:
        """Record what stopped the works.

        :raises TrackElsewhere: the works are not running.
        """
        self._move("halt-works", e.WorksHalted, context, cause=cause)

    @command(e.WorksResumed)
    def resume_works(self, *, context: Context) -> None:
        """Record that the works went on.

        :raises TrackElsewhere: the works are not halted.
        """
        self._move("resume-works", e.WorksResumed, context)

    @command(e.WorksFinished)
    def finish_works(self, *, context: Context) -> None:
        """Record that the works are done, as far as those who built can tell.

        :raises TrackElsewhere: the works are not running.
        """
        self._move("finish-works", e.WorksFinished, context)

    @command(e.WorksReceived)
    def receive_works(self, *, act: Act | None = None, context: Context) -> None:
        """Record that a committee received the works.

        :raises TrackElsewhere: the works are not finished.
        """
        self._move("receive-works", e.WorksReceived, context, act=act)
