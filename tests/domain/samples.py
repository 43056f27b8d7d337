"""One real fact of every kind, with every field filled; and how to bring a commitment into each of its states."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.administration import events as a
from domain.administration.types import Heading, Mandate, Term
from domain.commitment import events as e
from domain.commitment.types import (
    Beneficiaries,
    Counterpart,
    Evidence,
    Headline,
    Origin,
    Responsible,
    Status,
)
from domain.corrections import FactCorrected, FactVoided
from domain.errors import DomainError
from domain.events import Event
from domain.objectives import (
    KnownPlan,
    KnownVersion,
    Objective,
    PlanObjectives,
    UnknownObjective,
    UnknownPlan,
    UnknownPlanVersion,
)
from domain.organization import events as o
from domain.transition import events as n
from domain.transition.types import CapacityCount, ItemRef, Member
from domain.types import Act, Identifier, Money, Quote, Source, Territory
from tests.domain import logs, minutes, participatory_budgets, plans, projects, roundtables, sessions
from tests.domain.given import COLLEAGUE, MINISTRY, MUNICIPALITY, REGION, UNIVERSITY, context, fact

DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
DISCLOSED = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
PEN_100 = Money(amount=Decimal("100.00"), currency="PEN")
HEADLINE = Headline(amount=Money(amount=Decimal("166000000.00"), currency="PEN"), projects=32, sectors=("water",))
CHUMBIVILCAS = Territory(system="PE-UBIGEO-INEI", code="0807")
ACT = Act(
    type="resolution", number="RM 45-2019", issuer="Ministry", date=date(2019, 3, 1), published_on=date(2019, 3, 4)
)
EVIDENCE = Evidence(document=DIGEST, kind="report", description="Acta de entrega", issued_on=date(2019, 5, 2))
LEAD = Responsible(organization=MINISTRY, role="lead", share=60)
ALONE = Responsible(organization=MINISTRY)
CO = Responsible(organization=REGION, role="co", share=40)
ORIGIN = Origin(
    roundtable=UUID(int=0x11),
    session=UUID(int=0x12),
    minutes=UUID(int=0x13),
    item="Acuerdo 7",
    page=4,
    quote=Quote(text="Yakuta churasaqku", language="qu"),
    participatory_budget=UUID(int=0x14),
)
ITEM = ItemRef(kind="commitment", id=UUID(int=0x21))
KNOWN_PLANS = PlanObjectives(
    plans={
        UUID(int=0x41): KnownPlan(
            name="DEMO-PDC", versions={2: KnownVersion(objectives=frozenset({"OE.1", "OE.3"}), state="drafting")}
        )
    }
)
MISALIGNED: tuple[tuple[Objective, type[DomainError], tuple[object, ...]], ...] = (
    (Objective(plan=UUID(int=0x42), version=2, code="OE.1"), UnknownPlan, (UUID(int=0x42), "2019-06-01")),
    (Objective(plan=UUID(int=0x41), version=1, code="OE.1"), UnknownPlanVersion, ("DEMO-PDC", "version 1. It had 2")),
    (Objective(plan=UUID(int=0x41), version=2, code="OE.2"), UnknownObjective, ("OE.2", "It had OE.1, OE.3")),
)
TERM = Term(from_=date(2019, 1, 1), until=date(2023, 1, 1))
FULL = context(
    "2018-07",
    by=COLLEAGUE,
    institution=REGION,
    on_behalf_of=UNIVERSITY,
    reason="Acordado en la sesión",
    source=Source(document=DIGEST, citation="Acta 3", page=2),
    illustrative=("amount",),
)

FIELDS: dict[type[Event], dict[str, Any]] = {
    o.OrganizationRegistered: {
        "name": "Ministerio de Agricultura y Riego",
        "kind": "national_government",
        "code": "MINAGRI",
        "sector": "agriculture",
        "identifiers": (Identifier(scheme="PE-RUC", id="20131372931"),),
        "territories": (CHUMBIVILCAS,),
        "contact": DISCLOSED,
    },
    o.OrganizationRenamed: {"name": "Ministerio de Desarrollo Agrario y Riego"},
    o.OrganizationIdentified: {"identifier": Identifier(scheme="PE-RUC", id="20168999926")},
    o.OrganizationContactNamed: {"contact": DISCLOSED},
    o.OrganizationMerged: {"into": MINISTRY},
    o.OrganizationDissolved: {},
    e.CommitmentRegistered: {
        "stage": "agreed",
        "title": "Agua para Santo Tomás",
        "statement": "El Ministerio construirá el sistema de agua potable.",
        "language": "es",
        "kind": "investment",
        "code": "CHU-2018-A03-07",
        "origin": ORIGIN,
        "headline": HEADLINE,
        "part_of": UUID(int=0x21),
        "sector": "water",
        "projects": 1,
        "amount": PEN_100,
        "currency": "PEN",
        "responsibles": (LEAD, CO),
        "collaborators": (UNIVERSITY,),
        "counterparts": (Counterpart(organization=MUNICIPALITY, obligation="Saneamiento del terreno"),),
        "follow_up_body": REGION,
        "verifier": UNIVERSITY,
        "deadline": date(2020, 12, 31),
        "territories": (CHUMBIVILCAS,),
        "beneficiaries": Beneficiaries(description="Familias de la cuenca", people=12000, women=6200),
        "conditions": ("Terreno saneado",),
        "sdg_targets": ("6.1",),
    },
    e.CommitmentAccepted: {},
    e.CommitmentDismissed: {},
    e.CommitmentStarted: {},
    e.ProgressReported: {"percent": 35, "note": "Línea de conducción terminada"},
    e.CommitmentBlocked: {"cause": "Falta el saneamiento del terreno", "unblocker": MUNICIPALITY},
    e.CommitmentUnblocked: {},
    e.FulfilmentReported: {"evidence": (EVIDENCE,)},
    e.FulfilmentVerified: {"outcome": "complete"},
    e.FulfilmentRejected: {},
    e.UnfulfilmentDeclared: {},
    e.CommitmentReactivated: {},
    e.CommitmentSuperseded: {"successors": (UUID(int=0x31),)},
    e.CommitmentWithdrawn: {"agreed_by": (MINISTRY, REGION)},
    e.CommitmentReversed: {},
    e.AmountAmended: {"amount": PEN_100},
    e.AmountApproved: {"amount": PEN_100},
    e.ExecutionReported: {"amount": PEN_100},
    e.HeadlineAmended: {"headline": HEADLINE},
    e.DeadlineSet: {"deadline": date(2020, 12, 31)},
    e.DeadlineExtended: {"deadline": date(2021, 12, 31), "act": ACT},
    e.DeadlineWaived: {},
    e.FollowUpBodyAssigned: {"organization": REGION},
    e.FollowUpWaived: {},
    e.VerifierAssigned: {"organization": UNIVERSITY},
    e.ResponsiblesAssigned: {"responsibles": (LEAD, CO)},
    e.CollaboratorAdded: {"organization": UNIVERSITY},
    e.CounterpartAdded: {"counterpart": Counterpart(organization=MUNICIPALITY, obligation="Mantenimiento")},
    e.EvidenceAttached: {"evidence": EVIDENCE},
    e.CommitmentAssessed: {"assessment": "limited"},
    e.PositionStated: {"voice": "observes", "text": "El agua aún no llega"},
    e.ObjectivesAligned: {"objectives": (Objective(plan=UUID(int=0x41), version=2, code="OE.1"),)},
    e.CommitmentContactNamed: {"contact": DISCLOSED},
    a.AdministrationRegistered: {
        "institution": MUNICIPALITY,
        "term": TERM,
        "titles": (Heading(text="Gestión 2019–2022", language="es"),),
        "code": "GM-2019",
        "mandate": Mandate(kind="election", act=ACT),
        "predecessor": UUID(int=0x51),
        "re_elected": True,
    },
    a.AdministrationProclaimed: {"act": ACT},
    a.OfficeAssumed: {"act": ACT},
    a.TermShortened: {"until": date(2021, 6, 1), "cause": "recall", "act": ACT},
    a.AdministrationReelected: {},
    n.TransitionPlanned: {
        "outgoing": UUID(int=0x51),
        "incoming": UUID(int=0x52),
        "code": "TG-2019",
        "regime": "peru-2018",
    },
    n.IncomingNamed: {"incoming": UUID(int=0x52)},
    n.TeamAppointed: {"side": "outgoing", "members": (Member(person=UUID(int=0xB1), role="Gerente"),), "act": ACT},
    n.DeliverableFiled: {"deliverable": "final_report", "document": DIGEST},
    n.TransitionPublished: {"address": "https://muni.example/transferencia"},
    n.TransitionRegistered: {"number": "CGR-2019-1"},
    n.CouncilInformed: {"document": DIGEST},
    n.PreparationStarted: {"act": ACT},
    n.ReadinessDeclared: {"document": DIGEST},
    n.TransferStarted: {"installed_by": "outgoing", "act": ACT},
    n.InventoryFrozen: {
        "cut_off": date(2018, 12, 31),
        "institution": MUNICIPALITY,
        "position": 42,
        "digest": DIGEST,
        "counts": (CapacityCount(capacity="responsible", count=3),),
    },
    n.ItemsDelivered: {"items": (ITEM,), "document": DIGEST},
    n.ItemsVerified: {"items": (ITEM,)},
    n.ItemObserved: {"item": ITEM, "observation": "Falta el expediente técnico"},
    n.ItemAnswered: {"item": ITEM, "answer": "Se adjunta el expediente"},
    n.ItemsExempted: {"items": (ITEM,)},
    n.ItemsWithheld: {"items": (ITEM,)},
    n.HandoverReported: {"document": DIGEST},
    n.ActaSigned: {"side": "outgoing", "document": DIGEST},
    n.ActaRefused: {"side": "incoming"},
    n.ComplementFiled: {"document": DIGEST},
    n.TransitionClosed: {},
    n.NonDeliveryDeclared: {},
    n.LateDeliveryRecorded: {"document": DIGEST},
    n.TransitionExempted: {},
    n.ContinuityDecided: {"item": ITEM, "decision": "ratified", "act": ACT},
    n.DecisionRevised: {"item": ITEM, "decision": "adopted_with_changes", "act": ACT},
    **roundtables.FIELDS,
    **sessions.FIELDS,
    **minutes.FIELDS,
    **plans.FIELDS,
    **participatory_budgets.FIELDS,
    **projects.FIELDS,
    **logs.FIELDS,
    FactCorrected: {"aggregate": "commitment", "position": 1, "schema": 1, "changes": {"code": "CHU-2018-A03-08"}},
    FactVoided: {"aggregate": "commitment", "position": 1},
}
"""Every kind of fact with all its fields."""


def sample(cls: type[Event]) -> Event:
    """Return a fact of a kind with every field filled, its context too."""
    return fact(cls, about=FULL, **FIELDS[cls])


def registered(on: str = "2018-07-25", **fields: Any) -> Event:
    """A plain commitment of the ministry: no amount, no deadline, nobody to follow it up."""
    plain = {"stage": "agreed", "title": "Water", "statement": "Water", "kind": "investment", "responsibles": (ALONE,)}
    return fact(e.CommitmentRegistered, on, **(plain | fields))


def announced(**fields: Any) -> Event:
    """An announcement: 166 million for 32 projects."""
    return registered(headline=HEADLINE, currency="PEN", **fields)


REPORTED = fact(e.FulfilmentReported, about=context("2019-03-01", institution=REGION), evidence=(EVIDENCE,))
VERIFIED = fact(
    e.FulfilmentVerified, about=context("2019-04-01", by=COLLEAGUE, institution=UNIVERSITY), outcome="complete"
)
PARTLY = fact(
    e.FulfilmentVerified, about=context("2019-04-01", by=COLLEAGUE, institution=UNIVERSITY), outcome="partial"
)
STARTED = fact(e.CommitmentStarted, "2019-02-01")
UNFULFILLED = fact(e.UnfulfilmentDeclared, "2019-03-01")

REACHED: dict[Status, tuple[Event, ...]] = {
    Status.REQUESTED: (registered(stage="requested"),),
    Status.AGREED: (registered(),),
    Status.DISMISSED: (registered(stage="requested"), fact(e.CommitmentDismissed)),
    Status.IN_PROGRESS: (registered(), STARTED),
    Status.BLOCKED: (registered(), STARTED, fact(e.CommitmentBlocked, "2019-03-01", cause="No land")),
    Status.REPORTED_FULFILLED: (registered(), STARTED, REPORTED),
    Status.FULFILLED: (registered(), STARTED, REPORTED, VERIFIED),
    Status.PARTIALLY_FULFILLED: (registered(), STARTED, REPORTED, PARTLY),
    Status.UNFULFILLED: (registered(), STARTED, UNFULFILLED),
    Status.SUPERSEDED: (registered(), fact(e.CommitmentSuperseded, successors=(UUID(int=0x31),))),
    Status.WITHDRAWN: (registered(), fact(e.CommitmentWithdrawn, agreed_by=(MINISTRY,))),
    Status.REVERSED: (registered(), STARTED, REPORTED, VERIFIED, fact(e.CommitmentReversed, "2019-05-01")),
}
"""Facts that bring a commitment into each of its states."""
