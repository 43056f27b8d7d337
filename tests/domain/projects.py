"""One real fact of every kind that a project has, and how to bring each of its tracks into each of its states."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.objectives import Objective
from domain.project import Project
from domain.project import events as p
from domain.project.budget import Stages
from domain.project.tracks import Investment, Table, Works
from domain.project.types import Figure, Funder, Participant, Point
from domain.types import Act, Money, Territory
from tests.domain.given import MINISTRY, MUNICIPALITY, REGION, UNIVERSITY, Given, fact, given

ACT = Act(
    type="decree", number="DS 100-2019-EF", issuer="Ministry", date=date(2019, 4, 1), published_on=date(2019, 4, 2)
)
MESA, ROAD = UUID(int=0x61), UUID(int=0x62)


def pen(amount: str) -> Money:
    """An amount of PEN."""
    return Money(amount=Decimal(amount), currency="PEN")


SUPERVISOR = Participant(organization=UNIVERSITY, role="supervising")
FUNDER = Funder(organization=REGION, amount=pen("400000.00"), mechanism="works_for_taxes")
PLACE = Point(coordinates=(Decimal("-72.0812"), Decimal("-14.4490")))
CHUMBIVILCAS = Territory(system="PE-UBIGEO-INEI", code="080701")
LADDER = Stages(
    pia=pen("100.00"),
    pim=pen("90.00"),
    certified=pen("80.00"),
    annual_commitment=pen("70.00"),
    accrued=pen("60.00"),
    disbursed=pen("50.00"),
)

FIELDS: dict[type[Event], dict[str, Any]] = {
    p.ProjectRegistered: {
        "title": "Carretera Santo Tomás – Colquemarca (ficticio)",
        "language": "es",
        "code": "DEMO-TRA-ST",
        "cui": "DEMO-CUI-001",
        "scope": "32 km de afirmado",
        "sector": "transport",
        "territories": (CHUMBIVILCAS,),
        "location": PLACE,
        "responsible": MINISTRY,
        "executing": REGION,
        "participants": (SUPERVISOR,),
        "funders": (FUNDER,),
        "roundtable": MESA,
        "commitments": (ROAD,),
        "cost": pen("12400000.00"),
        "planned_end": date(2020, 12, 31),
        "table": "prioritised",
        "investment": "viable",
        "works": "not_started",
    },
    p.ProjectAdmitted: {},
    p.ProjectPrioritised: {},
    p.EligibilityDeclared: {},
    p.ProjectFunded: {"act": ACT},
    p.ExecutionStarted: {},
    p.ProjectConcluded: {},
    p.ProjectDismissed: {},
    p.ProjectReconsidered: {},
    p.FormulationStarted: {},
    p.ViabilityDeclared: {"cost": pen("12400000.00")},
    p.InvestmentApproved: {"act": ACT},
    p.InvestmentClosed: {"outcome": "settled"},
    p.InvestmentDeactivated: {"permanent": True},
    p.InvestmentReactivated: {},
    p.WorksStarted: {},
    p.WorksHalted: {"cause": "Falta el saneamiento del terreno"},
    p.WorksResumed: {},
    p.WorksFinished: {},
    p.WorksReceived: {"act": ACT},
    p.CuiAssigned: {"cui": "DEMO-CUI-001"},
    p.ProjectLocated: {"location": PLACE, "territories": (CHUMBIVILCAS,)},
    p.ProjectResponsibleAssigned: {"organization": REGION},
    p.ExecutorAssigned: {"organization": MUNICIPALITY},
    p.ParticipantAdded: {"participant": SUPERVISOR},
    p.ParticipantRemoved: {"participant": SUPERVISOR},
    p.FundingPledged: {"funder": FUNDER, "act": ACT},
    p.FundingWithdrawn: {"organization": REGION},
    p.RoundtableNamed: {"roundtable": MESA},
    p.CommitmentsNamed: {"commitments": (ROAD,)},
    p.ProjectObjectivesAligned: {"objectives": (Objective(plan=UUID(int=0x41), version=2, code="OE.1"),)},
    p.BudgetRecorded: {"fiscal_year": 2019, "cut_off": date(2018, 7, 15), "stages": LADDER},
    p.ProjectProgressReported: {"physical": Decimal("45.37"), "financial": Decimal("50.10")},
    p.MilestonePlanned: {"milestone": "file", "title": "Expediente técnico", "due": date(2019, 3, 31)},
    p.MilestoneRescheduled: {"milestone": "file", "due": date(2019, 6, 30)},
    p.MilestoneReached: {"milestone": "file"},
    p.MilestoneCancelled: {"milestone": "file"},
    p.DurationModified: {"planned_end": date(2021, 6, 30), "act": ACT},
    p.ValueModified: {"cost": pen("11900000.00"), "act": ACT},
    p.ScopeModified: {"scope": "30 km de afirmado", "act": ACT},
    p.SnapshotRecorded: {
        "system": "infobras",
        "cut_off": date(2018, 7, 15),
        "figures": (Figure(name="existe_paralizacion", value="NO"), Figure(name="avance_fisico", value="45.37")),
    },
}
"""Every kind of fact of a project with all its fields."""


def registered(on: str = "2018-07-25", **fields: Any) -> Event:
    """A plain project of the ministry: an idea, new at the table, works not begun."""
    return fact(p.ProjectRegistered, on, **({"title": "Road", "responsible": MINISTRY} | fields))


def project(*events: Event, **world: Any) -> Given:
    """A project with a past, a plain one where nothing else is said."""
    return given(*(events or (registered(),)), kind=Project).where(**world)


ADMITTED = (registered(), fact(p.ProjectAdmitted, "2018-08-01"))
PRIORITISED = (*ADMITTED, fact(p.ProjectPrioritised, "2018-08-02"))
ELIGIBLE = (*PRIORITISED, fact(p.EligibilityDeclared, "2018-08-03"))
FUNDED = (*ELIGIBLE, fact(p.ProjectFunded, "2018-08-04", act=ACT))
EXECUTED = (*FUNDED, fact(p.ExecutionStarted, "2018-08-05"))
FORMULATED = (registered(), fact(p.FormulationStarted, "2018-08-01"))
VIABLE = (*FORMULATED, fact(p.ViabilityDeclared, "2018-08-02"))
APPROVED = (*VIABLE, fact(p.InvestmentApproved, "2018-08-03"))
RUNNING = (registered(), fact(p.WorksStarted, "2018-08-01"))
FINISHED = (*RUNNING, fact(p.WorksFinished, "2018-08-03"))

REACHED: dict[StrEnum, tuple[Event, ...]] = {
    Table.NEW: (registered(),),
    Table.PENDING: ADMITTED,
    Table.PRIORITISED: PRIORITISED,
    Table.ELIGIBLE: ELIGIBLE,
    Table.FUNDED: FUNDED,
    Table.IN_EXECUTION: EXECUTED,
    Table.CONCLUDED: (*EXECUTED, fact(p.ProjectConcluded, "2018-08-06")),
    Table.DISMISSED: (*ADMITTED, fact(p.ProjectDismissed, "2018-08-06")),
    Investment.IDEA: (registered(),),
    Investment.FORMULATION: FORMULATED,
    Investment.VIABLE: VIABLE,
    Investment.APPROVED: APPROVED,
    Investment.CLOSED: (*APPROVED, fact(p.InvestmentClosed, "2018-08-06", outcome="settled")),
    Investment.DEACTIVATED: (*VIABLE, fact(p.InvestmentDeactivated, "2018-08-06")),
    Works.NOT_STARTED: (registered(),),
    Works.RUNNING: RUNNING,
    Works.HALTED: (*RUNNING, fact(p.WorksHalted, "2018-08-02", cause="Rain")),
    Works.FINISHED: FINISHED,
    Works.RECEIVED: (*FINISHED, fact(p.WorksReceived, "2018-08-04")),
}
"""Facts that bring a track of a project into each of its states."""
TRACK_OF: dict[type[StrEnum], str] = {Table: "table", Investment: "investment", Works: "works"}
