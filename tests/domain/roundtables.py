"""One real fact of every kind that a roundtable has, and how to bring one into each of its states."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.roundtable import Roundtable
from domain.roundtable import events as r
from domain.roundtable.types import Agreement, Quorum, Rules, SectorPresence, Status, Term
from domain.types import Act, Source, Territory
from tests.domain.given import MINISTRY, MUNICIPALITY, REGION, UNIVERSITY, Given, fact, given

PRINCIPAL = UUID("00000000-0000-4000-8000-000000000001")
ALTERNATE = UUID("00000000-0000-4000-8000-000000000002")
NAME = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
RM = Act(
    type="resolution", number="RM 424-2023", issuer="Ministry", date=date(2018, 2, 1), published_on=date(2018, 2, 5)
)
LETTER = Source(
    document="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", citation="Oficio 12", page=1
)
RULES = Rules(
    quorum=Quorum(share="1/2", exceeded=True, seats=2),
    decision="majority",
    quorum_by_sector=(SectorPresence(sector="community", seats=2),),
    second_call=Quorum(share="1/3", seats=3),
)

FIELDS: dict[type[Event], dict[str, Any]] = {
    r.RoundtableProposed: {
        "name": "Mesa Técnica de Chumbivilcas",
        "type": "technical_table",
        "level": "provincial",
        "code": "CHU-2018",
        "territories": (Territory(system="PE-UBIGEO-INEI", code="0807"),),
        "purpose": "Desarrollo sostenible de la provincia",
        "chairs": (MINISTRY,),
        "co_chairs": (MUNICIPALITY,),
        "secretariat": REGION,
        "parent": UUID(int=0x51),
        "predecessor": UUID(int=0x52),
    },
    r.RoundtableConstituted: {
        "act": RM,
        "valid_from": date(2018, 2, 6),
        "valid_until": date(2020, 2, 5),
        "term": Term(count=2, unit="year", from_="publication"),
    },
    r.SeatDefined: {
        "seat": "province",
        "organization": MUNICIPALITY,
        "sector": "state",
        "title": "Una representación de las ocho municipalidades",
        "basis": "elected_among_peers",
        "voice": True,
        "vote": True,
        "required": True,
    },
    r.SeatWithdrawn: {"seat": "province"},
    r.RepresentativesDesignated: {
        "seat": "province",
        "principal": PRINCIPAL,
        "principal_name": NAME,
        "alternate": ALTERNATE,
        "alternate_name": NAME,
    },
    r.SeatAccredited: {"seat": "province", "document": LETTER},
    r.AccreditationLapsed: {"seat": "province"},
    r.AccreditationCompleted: {"waiver": "Los frentes no respondieron"},
    r.InstallationPostponed: {"until": date(2018, 5, 2)},
    r.RoundtableInstalled: {"minutes": UUID(int=0x53)},
    r.RulesApproved: {"rules": RULES, "document": LETTER},
    r.WorkPlanApproved: {"document": LETTER},
    r.RoundtableActivated: {},
    r.RoundtableSuspended: {},
    r.RoundtableResumed: {},
    r.ValidityExtended: {
        "until": date(2021, 2, 5),
        "act": RM,
        "agreement": Agreement(session=UUID(int=0x54), minutes=UUID(int=0x53), item="Acuerdo 2", citation="Acta 9"),
    },
    r.RoundtableFollowUpAssigned: {"organization": UNIVERSITY},
    r.ChairsNamed: {"chairs": (MUNICIPALITY,), "co_chairs": (MINISTRY,)},
    r.SecretariatNamed: {"organization": REGION},
    r.RoundtableConcluded: {"final_report": LETTER, "follow_up_body": UNIVERSITY},
    r.RoundtableExtinguished: {"act": RM, "follow_up_body": UNIVERSITY},
}
"""Every kind of fact of a roundtable with all its fields."""


def proposed(on: str = "2018-01-15", **fields: Any) -> Event:
    """A plain proposal."""
    plain = {"name": "Mesa", "type": "technical_table", "level": "provincial"}
    return fact(r.RoundtableProposed, on, **(plain | fields))


def seated(seat: str = "province", on: str = "2018-02-10", **fields: Any) -> Event:
    """A seat of the municipality."""
    return fact(r.SeatDefined, on, **({"seat": seat, "organization": MUNICIPALITY, "sector": "state"} | fields))


def designated(seat: str = "province", on: str = "2018-02-11", **fields: Any) -> Event:
    """Somebody to speak for a seat."""
    return fact(r.RepresentativesDesignated, on, seat=seat, **({"principal": PRINCIPAL} | fields))


def accredited(seat: str = "province", on: str = "2018-02-12") -> Event:
    """A letter that accredits who speaks for a seat."""
    return fact(r.SeatAccredited, on, seat=seat, document=LETTER)


CONSTITUTED = (proposed(), fact(r.RoundtableConstituted, "2018-02-06", act=RM, valid_until=date(2020, 2, 5)))
ACCREDITED = (*CONSTITUTED, seated(), designated(), accredited(), fact(r.AccreditationCompleted, "2018-03-01"))
INSTALLED = (*ACCREDITED, fact(r.RoundtableInstalled, "2018-04-01", minutes=UUID(int=0x53)))
ACTIVE = (*INSTALLED, fact(r.RulesApproved, "2018-04-01", rules=RULES), fact(r.RoundtableActivated, "2018-04-02"))
SUSPENDED = (*ACTIVE, fact(r.RoundtableSuspended, "2018-06-01"))

REACHED: dict[Status, tuple[Event, ...]] = {
    Status.PROPOSED: (proposed(),),
    Status.CONSTITUTED: CONSTITUTED,
    Status.ACCREDITED: ACCREDITED,
    Status.INSTALLED: INSTALLED,
    Status.ACTIVE: ACTIVE,
    Status.SUSPENDED: SUSPENDED,
    Status.CONCLUDED: (*ACTIVE, fact(r.RoundtableConcluded, "2018-12-01", final_report=LETTER)),
    Status.EXTINGUISHED: (*ACTIVE, fact(r.RoundtableExtinguished, "2018-12-01", act=RM)),
}
"""Facts that bring a roundtable into each of its states."""


def table(*events: Event) -> Given:
    """Begin with facts of a roundtable."""
    return given(*events, kind=Roundtable)
