"""The facts of a participatory budget."""

from uuid import UUID

from domain.events import Created, Event, fact
from domain.objectives import Objective
from domain.participatory_budget.types import (
    CarriedOver,
    CommitteeMember,
    TeamMember,
    WorkshopCounts,
)
from domain.types import Act, Identifier, Money, Territory


@fact("participatory-budget.regulated", moves=True)
class BudgetRegulated(Created, frozen=True, kw_only=True):
    """An ordinance regulated the participatory budget of a municipality for a fiscal year."""

    municipality: UUID
    fiscal_year: int
    ordinance: Act
    code: str | None = None
    ceiling: Money | None = None


@fact("participatory-budget.ceiling-set", moves=True)
class CeilingSet(Event, frozen=True, kw_only=True):
    """It was said how much the priorities may cost together."""

    ceiling: Money
    act: Act | None = None


@fact("participatory-budget.preparation-started", moves=True)
class PreparationStarted(Event, frozen=True, kw_only=True):
    """It was announced, and agents were called."""


@fact("participatory-budget.agent-registered")
class AgentRegistered(Event, frozen=True, kw_only=True):
    """An organization takes part."""

    organization: UUID
    legal_personality: str
    registration: Identifier | None = None


@fact("participatory-budget.agent-rejected")
class AgentRejected(Event, frozen=True, kw_only=True):
    """An organization asked to take part and was turned down."""

    organization: UUID


@fact("participatory-budget.technical-team-named")
class TechnicalTeamNamed(Event, frozen=True, kw_only=True):
    """It is known who evaluates the proposals."""

    members: tuple[TeamMember, ...]


@fact("participatory-budget.workshop-recorded")
class WorkshopRecorded(Event, frozen=True, kw_only=True):
    """A workshop was held."""

    key: str
    kind: str
    place: str | None = None
    counts: WorkshopCounts | None = None


@fact("participatory-budget.concertation-started", moves=True)
class ConcertationStarted(Event, frozen=True, kw_only=True):
    """The workshops began in which agents propose and decide."""


@fact("participatory-budget.proposal-submitted")
class ProposalSubmitted(Event, frozen=True, kw_only=True):
    """An agent proposed something that serves an objective of a plan in force."""

    code: str
    title: str
    objective: Objective
    cost: Money
    proposer: UUID
    territories: tuple[Territory, ...] = ()
    description: str | None = None


@fact("participatory-budget.proposal-evaluated")
class ProposalEvaluated(Event, frozen=True, kw_only=True):
    """The technical team found a proposal feasible or infeasible."""

    proposal: str
    verdict: str
    explanation: str | None = None
    score: int | None = None


@fact("participatory-budget.proposal-withdrawn")
class ProposalWithdrawn(Event, frozen=True, kw_only=True):
    """A proposal was taken back."""

    proposal: str


@fact("participatory-budget.ballot-recorded")
class BallotRecorded(Event, frozen=True, kw_only=True):
    """An agent voted."""

    agent: UUID
    proposals: tuple[str, ...]


@fact("participatory-budget.priorities-set", moves=True)
class PrioritiesSet(Event, frozen=True, kw_only=True):
    """The agents agreed which proposals come first, in this order."""

    priorities: tuple[str, ...]


@fact("participatory-budget.coordination-started", moves=True)
class CoordinationStarted(Event, frozen=True, kw_only=True):
    """The levels of government began to agree on who does what."""


@fact("participatory-budget.formalised", moves=True)
class BudgetFormalised(Event, frozen=True, kw_only=True):
    """The council put the priorities into the budget."""

    act: Act
    acta: str


@fact("participatory-budget.committee-elected")
class CommitteeElected(Event, frozen=True, kw_only=True):
    """The agents elected who watches over what was agreed."""

    members: tuple[CommitteeMember, ...]


@fact("participatory-budget.priority-replaced", moves=True)
class PriorityReplaced(Event, frozen=True, kw_only=True):
    """A priority was given up, for another proposal or for none."""

    proposal: str
    act: Act
    instead: str | None = None


@fact("participatory-budget.carry-over-recorded")
class CarryOverRecorded(Event, frozen=True, kw_only=True):
    """Prioritised proposals became projects and commitments."""

    winners: tuple[CarriedOver, ...]


@fact("participatory-budget.execution-started", moves=True)
class ExecutionStarted(Event, frozen=True, kw_only=True):
    """The fiscal year began, and the budget with it."""


@fact("participatory-budget.execution-reported")
class ExecutionReported(Event, frozen=True, kw_only=True):
    """It is known how far a budget line is."""

    proposal: str
    stage: str
    executed: Money | None = None
    percent: int | None = None


@fact("participatory-budget.accounts-rendered", moves=True)
class AccountsRendered(Event, frozen=True, kw_only=True):
    """The municipality accounted for what was agreed."""

    report: str


ParticipatoryBudgetEvent = (
    BudgetRegulated
    | CeilingSet
    | PreparationStarted
    | AgentRegistered
    | AgentRejected
    | TechnicalTeamNamed
    | WorkshopRecorded
    | ConcertationStarted
    | ProposalSubmitted
    | ProposalEvaluated
    | ProposalWithdrawn
    | BallotRecorded
    | PrioritiesSet
    | CoordinationStarted
    | BudgetFormalised
    | CommitteeElected
    | PriorityReplaced
    | CarryOverRecorded
    | ExecutionStarted
    | ExecutionReported
    | AccountsRendered
)
