"""What a participatory budget carries: agents, workshops, proposals, ballots, priorities, committee, execution."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID

from msgspec.structs import replace
from pydantic import AfterValidator, Field

from domain.aggregate import State
from domain.objectives import Objective
from domain.texts import (
    ONCE,
    Code,
    CommitmentId,
    Count,
    OneOf,
    OrganizationId,
    PersonId,
    ProjectId,
    Title,
)
from domain.types import Act, Identifier, Money, Territory
from domain.values import Value

FiscalYear = Annotated[int, Field(ge=1990, le=2100, strict=True)]
"""A year for which a budget is made, counted as calendars do."""
LegalPersonality = Annotated[str, OneOf("registered", "in_process", "none")]
"""Whether an agent is a legal person. Having none excludes nobody: it is recorded, so that it can be counted."""
WorkshopKind = Annotated[
    str, OneOf("information", "training", "diagnosis", "prioritisation", "formalisation", "accountability")
]
"""What a workshop was for."""
Verdict = Annotated[str, OneOf("feasible", "infeasible")]
"""What the technical evaluation of a proposal found."""
Stage = Annotated[str, OneOf("not_started", "in_progress", "completed")]
"""How far the execution of a budget line is."""
Territories = Annotated[tuple[Territory, ...], Field(max_length=50), ONCE]
Proposals = Annotated[tuple[Code, ...], Field(min_length=1, max_length=500), ONCE]


class Status(StrEnum):
    """The phase in which a participatory budget is."""

    REGULATED = "regulated"
    PREPARATION = "preparation"
    CONCERTATION = "concertation"
    COORDINATION = "coordination"
    FORMALISED = "formalised"
    IN_EXECUTION = "in_execution"
    ACCOUNTED = "accounted"

    @property
    def es(self) -> str:
        """The phase in Spanish."""
        return _STATUS_ES[self]


_STATUS_ES = {
    Status.REGULATED: "reglamentado",
    Status.PREPARATION: "en preparación",
    Status.CONCERTATION: "en concertación",
    Status.COORDINATION: "en coordinación",
    Status.FORMALISED: "formalizado",
    Status.IN_EXECUTION: "en ejecución",
    Status.ACCOUNTED: "con rendición de cuentas",
}


class Agent(Value, frozen=True, kw_only=True):
    """An organization that takes part, with voice and vote."""

    organization: UUID
    legal_personality: str
    registration: Identifier | None
    registered_on: date


class RejectedAgent(Value, frozen=True, kw_only=True):
    """An organization that asked to take part and was turned down, and why."""

    organization: UUID
    reason: str
    rejected_on: date


class TeamMember(Value, frozen=True, kw_only=True):
    """A member of the technical team: for which organization, in which function. It has a voice and no vote."""

    organization: OrganizationId
    function: Title
    person: PersonId | None = None


class WorkshopCounts(Value, frozen=True, kw_only=True):
    """How many came to a workshop: counts, never persons."""

    people: Count
    women: Count | None = None
    men: Count | None = None
    youth: Count | None = None
    indigenous: Count | None = None
    agents: Count | None = None

    def checked(self) -> Self:
        """Refuse parts that are more than the whole."""
        parts = {name: getattr(self, name) or 0 for name in ("women", "men", "youth", "indigenous", "agents")}
        parts["women and men"] = parts["women"] + parts["men"]
        for name, count in parts.items():
            if count > self.people:
                msg = f"{count} {name} cannot be among {self.people} people"
                raise ValueError(msg)
        return self


class Workshop(Value, frozen=True, kw_only=True):
    """A workshop that was held."""

    key: str
    kind: str
    place: str | None
    counts: WorkshopCounts | None
    held_on: date


class Evaluation(Value, frozen=True, kw_only=True):
    """What the technical team found of a proposal."""

    verdict: str
    explanation: str | None
    score: int | None
    evaluated_on: date


class Proposal(Value, frozen=True, kw_only=True):
    """Something that an agent wants done, and the objective that it serves."""

    code: str
    title: str
    description: str | None
    objective: Objective
    cost: Money
    territories: tuple[Territory, ...]
    proposer: UUID
    submitted_on: date
    evaluation: Evaluation | None = None
    withdrawn: str | None = None


class Ballot(Value, frozen=True, kw_only=True):
    """For which proposals one agent voted."""

    agent: UUID
    proposals: tuple[str, ...]
    cast_on: date


class CommitteeMember(Value, frozen=True, kw_only=True):
    """A seat of the oversight committee: it belongs to an agent."""

    organization: OrganizationId
    role: Title
    person: PersonId | None = None


def _agents_once(members: tuple[CommitteeMember, ...]) -> tuple[CommitteeMember, ...]:
    named = [member.organization for member in members]
    if len(set(named)) < len(named):
        msg = "an agent has two seats; give it one"
        raise ValueError(msg)
    return members


Team = Annotated[tuple[TeamMember, ...], Field(min_length=1, max_length=50), ONCE]
Committee = Annotated[tuple[CommitteeMember, ...], Field(min_length=1, max_length=50), AfterValidator(_agents_once)]


class Formalisation(Value, frozen=True, kw_only=True):
    """The act that put the priorities into the budget, and the acta of agreements and commitments."""

    act: Act
    acta: str
    formalised_on: date


class Replacement(Value, frozen=True, kw_only=True):
    """A priority that was given up, for another proposal or for none, and why."""

    proposal: str
    instead: str | None
    reason: str
    act: Act
    replaced_on: date


class LineExecution(Value, frozen=True, kw_only=True):
    """How far the execution of a budget line is, and how much was spent on it so far."""

    proposal: str
    stage: str
    executed: Money | None
    percent: int | None
    reported_on: date


class CarriedOver(Value, frozen=True, kw_only=True):
    """What became of a prioritised proposal: the project and the commitment."""

    proposal: Code
    project: ProjectId
    commitment: CommitmentId


def _proposals_once(winners: tuple[CarriedOver, ...]) -> tuple[CarriedOver, ...]:
    named = [winner.proposal for winner in winners]
    if len(set(named)) < len(named):
        msg = "a proposal is carried over twice; name it once"
        raise ValueError(msg)
    return winners


Winners = Annotated[tuple[CarriedOver, ...], Field(min_length=1, max_length=500), AfterValidator(_proposals_once)]


class Accounts(Value, frozen=True, kw_only=True):
    """The report in which the municipality accounted for what was agreed."""

    report: str
    rendered_on: date


class ParticipatoryBudgetState(State, frozen=True, kw_only=True):
    """What a participatory budget is on a day."""

    status: Status
    since: date
    municipality: UUID
    fiscal_year: int
    code: str | None
    ordinance: Act
    ceiling: Money | None
    agents: tuple[Agent, ...] = ()
    rejected: tuple[RejectedAgent, ...] = ()
    technical_team: tuple[TeamMember, ...] = ()
    workshops: tuple[Workshop, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    priorities: tuple[str, ...] = ()
    replaced: tuple[Replacement, ...] = ()
    committee: tuple[CommitteeMember, ...] = ()
    formalisation: Formalisation | None = None
    execution: tuple[LineExecution, ...] = ()
    carried_over: tuple[CarriedOver, ...] = ()
    accounts: Accounts | None = None

    @property
    def claimed(self) -> tuple[UUID, int]:
        """What no other participatory budget may have: the municipality with the fiscal year."""
        return self.municipality, self.fiscal_year

    def proposal(self, code: str) -> Proposal | None:
        """Return the proposal with a code."""
        return next((proposal for proposal in self.proposals if proposal.code == code), None)

    def votes(self, code: str) -> int:
        """Return how many agents voted for a proposal."""
        return sum(code in ballot.proposals for ballot in self.ballots)

    def is_agent(self, organization: UUID) -> bool:
        """Tell whether an organization takes part."""
        return organization in {agent.organization for agent in self.agents}

    def cost_of(self, codes: tuple[str, ...]) -> Decimal:
        """Return what proposals cost together."""
        found = (self.proposal(code) for code in codes)
        return sum((proposal.cost.amount for proposal in found if proposal), Decimal(0))

    def became(self, code: str) -> CarriedOver | None:
        """Return what became of a proposal."""
        return next((winner for winner in self.carried_over if winner.proposal == code), None)

    def with_proposal(self, code: str, **said: Any) -> Self:
        """Return the budget with other values of a proposal."""
        changed = (replace(p, **said) if p.code == code else p for p in self.proposals)
        return replace(self, proposals=tuple(changed))
