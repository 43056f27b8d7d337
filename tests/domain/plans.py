"""One real fact of a plan of every kind, and how to bring a plan into each of its states."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.objectives import Objective
from domain.plan import events as p
from domain.plan.content import Action, Indicator, Measure, PlanObjective
from domain.plan.types import Horizon, ParentVersion, ParticipationCounts, Status
from domain.types import Act, Source, Territory
from tests.domain.given import MINISTRY, MUNICIPALITY, REGION, UNIVERSITY, fact

ORDINANCE = Act(
    type="ordinance",
    number="OM 012-2017-MDQ",
    issuer="Municipal council",
    date=date(2017, 11, 30),
    published_on=date(2017, 12, 4),
)
QUINOTA = Territory(system="PE-UBIGEO-INEI", code="080707")
HORIZON = Horizon(from_=2018, until=2021)
PROVINCE, NEIGHBOURHOOD, FOLLOWING = UUID(int=0x71), UUID(int=0x72), UUID(int=0x73)
BEFORE, AFTER = UUID(int=0x81), UUID(int=0x82)
PARENT = ParentVersion(plan=PROVINCE, version=2)
PRIORITY = Objective(plan=NEIGHBOURHOOD, version=1, code="P1")
COVERAGE = Indicator(
    name="Hogares con agua segura",
    unit="%",
    formula="hogares con agua segura / hogares",
    source="DATASS",
    baseline=Measure(year=2017, value=Decimal("41.5")),
    targets=(Measure(year=2018, value=Decimal(50)), Measure(year=2021, value=Decimal("72.5"))),
)
WATER = PlanObjective(code="OE.1", statement="Agua segura para todos", indicators=(COVERAGE,))
ROADS = PlanObjective(code="OE.2", statement="Caminos vecinales transitables")
RESERVOIR = Action(code="AE.1.1", objective="OE.1", statement="Construir reservorios", responsible=MUNICIPALITY)
REPORT = Source(document="5" * 64, citation="Informe técnico 045-2017", page=3)
COUNTS = ParticipationCounts(people=120, women=64, men=56, youth=20, indigenous=110)

FIELDS: dict[type[Event], dict[str, Any]] = {
    p.PlanDrafted: {
        "title": "Plan de Desarrollo Concertado de Quiñota",
        "type": "concerted_development_district",
        "owner": MUNICIPALITY,
        "horizon": HORIZON,
        "code": "DEMO-PDC-QUI",
        "territories": (QUINOTA,),
        "parent": PARENT,
        "vision": "Quiñota produce y se organiza",
    },
    p.PlanReframed: {"horizon": HORIZON, "parent": PARENT, "vision": "Otra visión"},
    p.ObjectivesStated: {"objectives": (WATER,)},
    p.ObjectiveWithdrawn: {"code": "OE.2"},
    p.ActionsStated: {"actions": (RESERVOIR,)},
    p.ActionWithdrawn: {"code": "AE.1.1"},
    p.ParticipationRecorded: {
        "kind": "assembly",
        "sessions": (UUID(int=0x12),),
        "organizations": (REGION,),
        "counts": COUNTS,
    },
    p.PlanConcerted: {"minutes": UUID(int=0x13)},
    p.PlanReviewed: {"report": REPORT, "opinion": "favourable", "reviewer": UNIVERSITY},
    p.DraftReopened: {},
    p.PlanAdopted: {"act": ORDINANCE, "institution": MUNICIPALITY, "review_waiver": "Sin informe técnico previo"},
    p.ForceEntered: {"valid_until": date(2021, 12, 31)},
    p.UpdateStarted: {"horizon": HORIZON, "parent": PARENT},
    p.UpdateAbandoned: {},
    p.HorizonExtended: {"until": date(2023, 12, 31), "act": ORDINANCE},
    p.PlanSuperseded: {"successor": FOLLOWING},
    p.PlanRepealed: {"act": ORDINANCE},
    p.PriorityDecided: {"version": 1, "priority": PRIORITY, "disposition": "merged", "into": "OE.1"},
    p.HandoverRecorded: {"administration": AFTER, "transition": UUID(int=0x91)},
    p.PlanRatified: {"administration": AFTER, "act": ORDINANCE},
    p.PlanRecognised: {"act": ORDINANCE},
}
"""Every kind of fact with all its fields."""


def drafted(on: str = "2017-03-01", **fields: Any) -> Event:
    """A plan of the ministry, or of whom the fields say, without objectives or parent."""
    plain = {"title": "Plan", "type": "concerted_development_district", "owner": MINISTRY, "horizon": HORIZON}
    return fact(p.PlanDrafted, on, **(plain | fields))


DRAFTED = drafted()
STATED = fact(p.ObjectivesStated, "2017-05-01", objectives=(WATER, ROADS))
ACTIONS = fact(p.ActionsStated, "2017-05-02", actions=(RESERVOIR,))
CONCERTED = fact(p.PlanConcerted, "2017-08-01")
REVIEWED = fact(p.PlanReviewed, "2017-10-01", report=REPORT, opinion="favourable")
ADOPTED = fact(p.PlanAdopted, "2017-11-30", act=ORDINANCE)
ENTERED = fact(p.ForceEntered, "2018-01-01")
UPDATE = fact(p.UpdateStarted, "2019-03-01")
_IN_FORCE = (DRAFTED, STATED, CONCERTED, REVIEWED, ADOPTED, ENTERED)

REACHED: dict[Status, tuple[Event, ...]] = {
    Status.DRAFTING: (DRAFTED, STATED),
    Status.CONCERTED: (DRAFTED, STATED, CONCERTED),
    Status.REVIEWED: (DRAFTED, STATED, CONCERTED, REVIEWED),
    Status.ADOPTED: (DRAFTED, STATED, CONCERTED, REVIEWED, ADOPTED),
    Status.IN_FORCE: _IN_FORCE,
    Status.UPDATING: (*_IN_FORCE, UPDATE),
    Status.SUPERSEDED: (*_IN_FORCE, fact(p.PlanSuperseded, "2019-03-01", successor=FOLLOWING)),
    Status.REPEALED: (*_IN_FORCE, fact(p.PlanRepealed, "2019-03-01", act=ORDINANCE)),
}
"""Facts that bring a plan into each of its states."""
