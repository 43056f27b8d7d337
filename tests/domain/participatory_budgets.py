"""Facts of participatory budgets: one of every kind with every field, and how to bring one into each phase."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.objectives import KnownPlan, KnownVersion, Objective, PlanObjectives
from domain.participatory_budget import events as e
from domain.participatory_budget.types import CarriedOver, CommitteeMember, Status, TeamMember, WorkshopCounts
from domain.types import Act, Identifier, Money, Territory
from tests.domain.given import MINISTRY, MUNICIPALITY, REGION, UNIVERSITY, fact

PLAN, PROJECT, COMMITMENT = UUID(int=0x81), UUID(int=0x82), UUID(int=0x83)
ORDINANCE = Act(
    type="ordinance", number="OM-03-2019", issuer="Council", date=date(2019, 1, 30), published_on=date(2019, 2, 4)
)
COUNCIL = Act(
    type="council_agreement",
    number="AC-20-2019",
    issuer="Council",
    date=date(2019, 5, 20),
    published_on=date(2019, 5, 24),
)
ACTA = "5" * 64
REPORT = "6" * 64
OBJECTIVE = Objective(plan=PLAN, version=2, code="OE.1")
IN_FORCE = PlanObjectives(
    plans={
        PLAN: KnownPlan(
            name="PDC-QUI",
            versions={
                1: KnownVersion(objectives=frozenset({"OE.1"}), in_force=False, state="superseded"),
                2: KnownVersion(objectives=frozenset({"OE.1", "OE.2"}), in_force=True, state="in_force"),
            },
        )
    }
)
PLACE = Territory(system="PE-UBIGEO-INEI", code="080707")
WON = CarriedOver(proposal="DEMO-P1", project=PROJECT, commitment=COMMITMENT)


def pen(amount: int | str) -> Money:
    return Money(amount=Decimal(f"{amount}.00"), currency="PEN")


FIELDS: dict[type[Event], dict[str, Any]] = {
    e.BudgetRegulated: {
        "municipality": MUNICIPALITY,
        "fiscal_year": 2020,
        "ordinance": ORDINANCE,
        "code": "DEMO-PP-2020",
        "ceiling": pen(1000),
    },
    e.CeilingSet: {"ceiling": pen(900), "act": COUNCIL},
    e.PreparationStarted: {},
    e.AgentRegistered: {
        "organization": UNIVERSITY,
        "legal_personality": "registered",
        "registration": Identifier(scheme="PE-SUNARP", id="11012345"),
    },
    e.AgentRejected: {"organization": MINISTRY},
    e.TechnicalTeamNamed: {
        "members": (TeamMember(organization=MUNICIPALITY, function="Planeamiento", person=UUID(int=0x91)),)
    },
    e.WorkshopRecorded: {
        "key": "priorities-1",
        "kind": "prioritisation",
        "place": "Local comunal",
        "counts": WorkshopCounts(people=60, women=33, men=27, youth=12, indigenous=41, agents=18),
    },
    e.ConcertationStarted: {},
    e.ProposalSubmitted: {
        "code": "DEMO-P1",
        "title": "Reservorio",
        "objective": OBJECTIVE,
        "cost": pen(600),
        "proposer": UNIVERSITY,
        "territories": (PLACE,),
        "description": "Reservorio para riego",
    },
    e.ProposalEvaluated: {
        "proposal": "DEMO-P1", "verdict": "feasible", "explanation": "Cumple los criterios", "score": 80,
    },
    e.ProposalWithdrawn: {"proposal": "DEMO-P1"},
    e.BallotRecorded: {"agent": UNIVERSITY, "proposals": ("DEMO-P1",)},
    e.PrioritiesSet: {"priorities": ("DEMO-P1", "DEMO-P2")},
    e.CoordinationStarted: {},
    e.BudgetFormalised: {"act": COUNCIL, "acta": ACTA},
    e.CommitteeElected: {
        "members": (CommitteeMember(organization=UNIVERSITY, role="coordination", person=UUID(int=0x92)),)
    },
    e.PriorityReplaced: {"proposal": "DEMO-P1", "act": COUNCIL, "instead": "DEMO-P3"},
    e.CarryOverRecorded: {"winners": (WON,)},
    e.ExecutionStarted: {},
    e.ExecutionReported: {"proposal": "DEMO-P1", "stage": "in_progress", "executed": pen(150), "percent": 25},
    e.AccountsRendered: {"report": REPORT},
}  # fmt: skip
"""Every kind of fact with all its fields."""


def regulated(**fields: Any) -> Event:
    """A budget of the municipality for 2020, with a ceiling of 1,000."""
    plain = {"municipality": MUNICIPALITY, "fiscal_year": 2020, "ordinance": ORDINANCE, "ceiling": pen(1000)}
    return fact(e.BudgetRegulated, "2019-01-30", **(plain | fields))


def proposed(code: str = "DEMO-P1", cost: int = 600, **fields: Any) -> Event:
    """A proposal of the university."""
    said = {"title": code, "objective": OBJECTIVE, "proposer": UNIVERSITY}
    return fact(e.ProposalSubmitted, "2019-04-02", code=code, cost=pen(cost), **(said | fields))


def found(code: str = "DEMO-P1", verdict: str = "feasible", **fields: Any) -> Event:
    """What the technical team found of it."""
    return fact(e.ProposalEvaluated, "2019-04-20", proposal=code, verdict=verdict, **fields)


STARTED = fact(e.PreparationStarted, "2019-02-10")
AGENT = fact(e.AgentRegistered, "2019-02-20", organization=UNIVERSITY, legal_personality="registered")
ANOTHER = fact(e.AgentRegistered, "2019-02-21", organization=REGION, legal_personality="none")
TEAM = fact(e.TechnicalTeamNamed, "2019-02-22", members=(TeamMember(organization=MUNICIPALITY, function="Obras"),))
MEETING = fact(e.ConcertationStarted, "2019-04-01")
SET = fact(e.PrioritiesSet, "2019-05-02", priorities=("DEMO-P1", "DEMO-P2"))
COORDINATED = fact(e.CoordinationStarted, "2019-05-10")
FORMAL = fact(e.BudgetFormalised, "2019-05-20", act=COUNCIL, acta=ACTA)
ELECTED = fact(e.CommitteeElected, "2019-05-20", members=(CommitteeMember(organization=REGION, role="coordination"),))
EXECUTING = fact(e.ExecutionStarted, "2020-01-02")
ACCOUNTED = fact(e.AccountsRendered, "2021-03-01", report=REPORT)

CHOOSING = (regulated(), STARTED, AGENT, ANOTHER, TEAM, MEETING)
CHOICES = (
    *CHOOSING, proposed(), proposed("DEMO-P2", 400), proposed("DEMO-P3", 300), proposed("DEMO-P4", 50),
    found(), found("DEMO-P2"), found("DEMO-P3"), found("DEMO-P4", "infeasible", explanation="Sin terreno"),
)  # fmt: skip
AGREED = (*CHOICES, SET, COORDINATED, FORMAL)
REACHED: dict[Status, tuple[Event, ...]] = {
    Status.REGULATED: (regulated(),),
    Status.PREPARATION: (regulated(), STARTED, AGENT),
    Status.CONCERTATION: CHOICES,
    Status.COORDINATION: (*CHOICES, SET, COORDINATED),
    Status.FORMALISED: AGREED,
    Status.IN_EXECUTION: (*AGREED, ELECTED, EXECUTING),
    Status.ACCOUNTED: (*AGREED, ELECTED, EXECUTING, ACCOUNTED),
}
"""Facts that bring a participatory budget into each of its phases."""
