"""Carrying over: the priorities of a participatory budget become projects and commitments, in one decision."""

from collections.abc import Collection
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.calendar import PartialDate, resolve
from domain.commitment import Commitment
from domain.commitment.types import Origin
from domain.errors import BeforeObjectBegan, ObjectNotFound, ObjectVoided
from domain.participatory_budget import ParticipatoryBudget, rules
from domain.participatory_budget.errors import NothingToCarryOver
from domain.participatory_budget.events import CarryOverRecorded
from domain.participatory_budget.types import CarriedOver, ParticipatoryBudgetState, Proposal
from domain.project import Project
from domain.texts import Day, OrganizationId, Reason, Slug
from domain.types import Source
from domain.values import Value
from roundtable.commands import Command, Kind, commands_of
from roundtable.deciding import Deciding

LONGEST_CODE = 40
SAID = ("occurred_on", "on_behalf_of", "reason", "source", "illustrative")


class CarryOver(BaseModel):
    """On which day and for whom priorities are carried over, and what their commitments have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="ParticipatoryBudgetCarryOver")
    deadline: Annotated[Day | None, Field(description="By when all of them are to be done.")] = None
    follow_up_body: Annotated[OrganizationId | None, Field(description="Who follows all of them up.")] = None
    occurred_on: Annotated[PartialDate, Field(description="The day on which they became projects and commitments.")]
    on_behalf_of: OrganizationId | None = None
    reason: Reason | None = None
    source: Source | None = None
    illustrative: Annotated[tuple[Slug, ...], Field(max_length=40)] = ()


class CarryOverReceipt(Value, frozen=True, kw_only=True):
    """Where the log keeps that priorities were carried over, and what each became."""

    id: UUID
    version: int
    position: int
    winners: tuple[CarriedOver, ...]


def carry_over(
    deciding: Deciding, *, id: UUID, body: CarryOver, expected: Collection[int] | None = None
) -> CarryOverReceipt:
    """Make a commitment and a project of every priority that has become none, and record what each became.

    :raises ObjectNotFound: there is no such participatory budget.
    :raises ParticipatoryBudgetNotOpen: it is not formalised, or accounted for.
    :raises NothingToCarryOver: every priority has become something.
    :raises DomainError: a commitment or a project was refused; then nothing is recorded.
    """
    deciding.alone()
    state, newest = _loaded(deciding, id, body)
    name = state.code or str(id)
    rules.must_be_open(state, CarryOverRecorded, "carry-over", name)
    waiting = [code for code in state.priorities if newest.became(code) is None]
    if not waiting:
        raise NothingToCarryOver(budget=name)
    carrying = Carrying(deciding, id, state, body)
    winners = tuple(carrying.carry(proposal) for proposal in map(state.proposal, waiting) if proposal)
    command = commands_of(ParticipatoryBudget)["record_carry_over"]
    receipt = deciding.execute(command, carrying.body_of(command, {"winners": winners}), id=id, expected=expected)
    return CarryOverReceipt(id=receipt.id, version=receipt.version, position=receipt.position, winners=winners)


def _loaded(deciding: Deciding, id: UUID, body: CarryOver) -> tuple[ParticipatoryBudgetState, ParticipatoryBudgetState]:
    """Return the participatory budget on the day of the request and after all its facts, as known now."""
    kind = ParticipatoryBudget.TOPIC
    day, _ = resolve(body.occurred_on, deciding.app.settings.today())
    found = deciding.app.read_models.load(deciding.connection, ParticipatoryBudget, id, day.isoformat())
    if found is None:
        raise ObjectNotFound(kind=kind, id=id)
    if found.newest is None:
        raise ObjectVoided(kind=kind, id=id)
    if found.state is None:
        raise BeforeObjectBegan(field="occurred_on", occurred_on=day, kind=kind, began_on=found.newest.began_on)
    return found.state, found.newest


class Carrying:
    """What carries the priorities of one participatory budget over."""

    def __init__(self, deciding: Deciding, id: UUID, state: ParticipatoryBudgetState, body: CarryOver) -> None:
        """Carry over what a participatory budget prioritised, as a request says."""
        self.deciding, self.id, self.state, self.body = deciding, id, state, body

    def carry(self, proposal: Proposal) -> CarriedOver:
        """Make the commitment and the project of one proposal; both serve its objective."""
        code = f"{self.state.code}-{proposal.code}" if self.state.code else proposal.code
        shared = {
            "title": proposal.title,
            "code": code if len(code) <= LONGEST_CODE else None,
            "territories": proposal.territories,
        }
        commitment = self.make(Commitment, proposal, shared | self.promised(proposal))
        project = self.make(Project, proposal, shared | self.planned(proposal, commitment))
        return CarriedOver(proposal=proposal.code, project=project, commitment=commitment)

    def promised(self, proposal: Proposal) -> dict[str, Any]:
        """Return what the commitment of a proposal says: the municipality answers for it."""
        return {
            "statement": proposal.description,
            "origin": Origin(participatory_budget=self.id, item=proposal.code),
            "amount": proposal.cost,
            "responsibles": ({"organization": self.state.municipality},),
            "follow_up_body": self.body.follow_up_body,
            "deadline": self.body.deadline,
        }

    def planned(self, proposal: Proposal, commitment: UUID) -> dict[str, Any]:
        """Return what the project of a proposal says: it serves the commitment, and the municipality pays."""
        return {
            "scope": proposal.description,
            "responsible": self.state.municipality,
            "funders": ({"organization": self.state.municipality, "amount": proposal.cost},),
            "commitments": (commitment,),
            "cost": proposal.cost,
            "planned_end": self.body.deadline,
            "table": "prioritised",
        }

    def make(self, kind: Kind, proposal: Proposal, fields: dict[str, Any]) -> UUID:
        """Register an object and align it with the objective of a proposal; return its id."""
        register, align = commands_of(kind)["register"], commands_of(kind)["align_objectives"]
        id = self.deciding.execute(register, self.body_of(register, fields)).id
        self.deciding.execute(align, self.body_of(align, {"objectives": (proposal.objective,)}), id=id)
        return id

    def body_of(self, command: Command, fields: dict[str, Any]) -> BaseModel:
        """Return the body of a command with what the request declares."""
        return command.body.model_validate({name: getattr(self.body, name) for name in SAID} | fields)
