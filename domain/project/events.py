"""The facts of a project. Those of the three tracks name theirs."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.events import Created, Event, fact
from domain.objectives import Objective
from domain.project.budget import Stages
from domain.project.types import Figure, Funder, Participant, Point
from domain.types import Act, Money, Territory


@fact("project.registered")
class ProjectRegistered(Created, frozen=True, kw_only=True):
    """A project entered the record, with where each track stood."""

    title: str
    language: str = "es"
    code: str | None = None
    cui: str | None = None
    scope: str | None = None
    sector: str | None = None
    territories: tuple[Territory, ...] = ()
    location: Point | None = None
    responsible: UUID
    executing: UUID | None = None
    participants: tuple[Participant, ...] = ()
    funders: tuple[Funder, ...] = ()
    roundtable: UUID | None = None
    commitments: tuple[UUID, ...] = ()
    cost: Money | None = None
    planned_end: date | None = None
    table: str = "new"
    investment: str = "idea"
    works: str = "not_started"


@fact("project.admitted", moves="table")
class ProjectAdmitted(Event, frozen=True, kw_only=True):
    """The table took it up; it is pending."""


@fact("project.prioritised", moves="table")
class ProjectPrioritised(Event, frozen=True, kw_only=True):
    """The table put it before others."""


@fact("project.eligibility-declared", moves="table")
class EligibilityDeclared(Event, frozen=True, kw_only=True):
    """Everything is there that its funding needs."""


@fact("project.funded", moves="table")
class ProjectFunded(Event, frozen=True, kw_only=True):
    """An act gave it money."""

    act: Act


@fact("project.execution-started", moves="table")
class ExecutionStarted(Event, frozen=True, kw_only=True):
    """For the table it is being carried out."""


@fact("project.concluded", moves="table")
class ProjectConcluded(Event, frozen=True, kw_only=True):
    """The table has nothing more to expect of it."""


@fact("project.dismissed", moves="table")
class ProjectDismissed(Event, frozen=True, kw_only=True):
    """The table let it go, for a stated reason."""


@fact("project.reconsidered", moves="table")
class ProjectReconsidered(Event, frozen=True, kw_only=True):
    """The table took it up again after it was dismissed."""


@fact("project.formulation-started", moves="investment")
class FormulationStarted(Event, frozen=True, kw_only=True):
    """Its studies began."""


@fact("project.viability-declared", moves="investment")
class ViabilityDeclared(Event, frozen=True, kw_only=True):
    """Its studies found it worth doing, at a cost where one was found."""

    cost: Money | None = None


@fact("project.investment-approved", moves="investment")
class InvestmentApproved(Event, frozen=True, kw_only=True):
    """It may be built: its technical file, or an investment without studies, was approved."""

    act: Act | None = None


@fact("project.investment-closed", moves="investment")
class InvestmentClosed(Event, frozen=True, kw_only=True):
    """The investment was closed."""

    outcome: str


@fact("project.investment-deactivated", moves="investment")
class InvestmentDeactivated(Event, frozen=True, kw_only=True):
    """The investment was deactivated, for a stated reason, for a time or for good."""

    permanent: bool = False


@fact("project.investment-reactivated", moves="investment")
class InvestmentReactivated(Event, frozen=True, kw_only=True):
    """The investment went on where it was before it was deactivated."""


@fact("project.works-started", moves="works")
class WorksStarted(Event, frozen=True, kw_only=True):
    """The works began."""


@fact("project.works-halted", moves="works")
class WorksHalted(Event, frozen=True, kw_only=True):
    """Something stopped the works."""

    cause: str


@fact("project.works-resumed", moves="works")
class WorksResumed(Event, frozen=True, kw_only=True):
    """The works went on."""


@fact("project.works-finished", moves="works")
class WorksFinished(Event, frozen=True, kw_only=True):
    """The works are done, as far as those who built can tell."""


@fact("project.works-received", moves="works")
class WorksReceived(Event, frozen=True, kw_only=True):
    """A committee received the works."""

    act: Act | None = None


@fact("project.cui-assigned")
class CuiAssigned(Event, frozen=True, kw_only=True):
    """It got its unified investment code."""

    cui: str


@fact("project.located")
class ProjectLocated(Event, frozen=True, kw_only=True):
    """It is known where it is."""

    location: Point
    territories: tuple[Territory, ...] = ()


@fact("project.responsible-assigned")
class ProjectResponsibleAssigned(Event, frozen=True, kw_only=True):
    """Another organization answers for it from a day on."""

    organization: UUID


@fact("project.executor-assigned")
class ExecutorAssigned(Event, frozen=True, kw_only=True):
    """An organization carries it out from a day on."""

    organization: UUID


@fact("project.participant-added")
class ParticipantAdded(Event, frozen=True, kw_only=True):
    """An organization takes part in a capacity."""

    participant: Participant


@fact("project.participant-removed")
class ParticipantRemoved(Event, frozen=True, kw_only=True):
    """An organization no longer takes part in a capacity."""

    participant: Participant


@fact("project.funding-pledged")
class FundingPledged(Event, frozen=True, kw_only=True):
    """An organization funds it; what it said before is replaced."""

    funder: Funder
    act: Act | None = None


@fact("project.funding-withdrawn")
class FundingWithdrawn(Event, frozen=True, kw_only=True):
    """An organization no longer funds it."""

    organization: UUID


@fact("project.roundtable-named")
class RoundtableNamed(Event, frozen=True, kw_only=True):
    """It stands on the agenda of a roundtable."""

    roundtable: UUID


@fact("project.commitments-named")
class CommitmentsNamed(Event, frozen=True, kw_only=True):
    """It serves these commitments, in place of those stated before."""

    commitments: tuple[UUID, ...]


@fact("project.objectives-aligned")
class ProjectObjectivesAligned(Event, frozen=True, kw_only=True):
    """It serves objectives of plans, each pinned to a version."""

    objectives: tuple[Objective, ...]


@fact("project.budget-recorded")
class BudgetRecorded(Event, frozen=True, kw_only=True):
    """The ladder of a fiscal year up to a cut-off day became known."""

    fiscal_year: int
    cut_off: date
    stages: Stages


@fact("project.progress-reported")
class ProjectProgressReported(Event, frozen=True, kw_only=True):
    """Somebody said how far works and money are, in percent."""

    physical: Decimal | None = None
    financial: Decimal | None = None


@fact("project.milestone-planned")
class MilestonePlanned(Event, frozen=True, kw_only=True):
    """Something is to be reached by a day."""

    milestone: str
    title: str
    due: date


@fact("project.milestone-rescheduled")
class MilestoneRescheduled(Event, frozen=True, kw_only=True):
    """A milestone is to be reached by another day."""

    milestone: str
    due: date


@fact("project.milestone-reached")
class MilestoneReached(Event, frozen=True, kw_only=True):
    """A milestone was reached."""

    milestone: str


@fact("project.milestone-cancelled")
class MilestoneCancelled(Event, frozen=True, kw_only=True):
    """A milestone is no longer to be reached, for a stated reason."""

    milestone: str


@fact("project.duration-modified")
class DurationModified(Event, frozen=True, kw_only=True):
    """It ends on another day, by an act."""

    planned_end: date
    act: Act


@fact("project.value-modified")
class ValueModified(Event, frozen=True, kw_only=True):
    """It costs something else, by an act."""

    cost: Money
    act: Act


@fact("project.scope-modified")
class ScopeModified(Event, frozen=True, kw_only=True):
    """It comprises something else, by an act."""

    scope: str
    act: Act


@fact("project.snapshot-recorded")
class SnapshotRecorded(Event, frozen=True, kw_only=True):
    """What another system said of it up to a cut-off day."""

    system: str
    cut_off: date
    figures: tuple[Figure, ...]
