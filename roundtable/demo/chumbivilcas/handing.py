"""How the story tells of handovers, whatever their regime: teams, what is handed over, what is filed and signed."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from roundtable.demo.chumbivilcas import calendar
from roundtable.demo.chumbivilcas.items import SECTORS
from roundtable.demo.chumbivilcas.places import CONCERTED_PLANS, DISTRICTS, LED_PLANS, project_of
from roundtable.demo.chumbivilcas.steps import act, invented
from roundtable.demo.telling import Document, Ref, Step

SIDES = ("outgoing", "incoming")
ROLES = ("Responsable del equipo (ficticio)", "Integrante (ficticio)")
PAPERS = {
    "preliminary_report": "Reporte preliminar",
    "updated_report": "Reporte actualizado",
    "final_report": "Informe de rendición de cuentas y transferencia",
    "acta": "Acta de transferencia",
    "complementary_acta": "Acta complementaria",
}


def teams(code: str, place: str, days: calendar.Changes) -> Iterator[Step]:
    """Yield the appointment of both teams: when preparations began, and when the commission was installed."""
    on = {state: day for day, state in days}
    for side, day in zip(SIDES, (on["preparing"], on["in_transfer"]), strict=True):
        members = [{"person": str(member(code, side, n)), "role": role} for n, role in enumerate(ROLES)]
        by = act("resolution", f"RA-{place}-{side}", f"Alcaldía de {DISTRICTS[place][1]}", day)
        appointed = invented("transition.appoint_team", code, day, side=side, members=members, act=by)
        yield appointed._replace(told=max(day, calendar.FOLLOWING_ELECTIONS))


def member(code: str, side: str, number: int = 0) -> UUID:
    """Return the id of somebody who does not exist: random in form, the same in every telling."""
    drawn = hashlib.sha256(f"{code} {side} {number}".encode()).digest()[:16]
    return UUID(bytes=drawn, version=4)


def stated_by(place: str, code: str, command: str, day: str, **said: Any) -> Step:
    """Return a step that the secretariat records for the municipality of a district."""
    return invented(f"transition.{command}", code, day, on_behalf_of=Ref(DISTRICTS[place][2]), **said)


def examined(place: str, code: str, command: str, day: str, **said: Any) -> Step:
    """Return a step of the incoming team, by the member who answers for it.

    The outgoing team cannot speak for itself in the same way: the story is told when its term is over.
    """
    return stated_by(place, code, command, day, **said)._replace(person=member(code, "incoming"))


def signed(place: str, code: str, day: str) -> Iterator[Step]:
    """Yield the signatures of both sides under the acta."""
    for side in SIDES:
        step = invented("transition.sign_acta", code, day, side=side, document=paper("acta", place, code))
        yield step._replace(person=member(code, side) if side == "incoming" else None)


def filed(place: str, code: str, days: Mapping[str, str]) -> Iterator[Step]:
    """Yield the deliverables of the regime, each on the day of what it belongs to."""
    for deliverable, day in days.items():
        document = paper(deliverable, place, code)
        yield invented("transition.file_deliverable", code, day, deliverable=deliverable, document=document)


def paper(deliverable: str, place: str, code: str) -> Document:
    """Write a paper of a handover."""
    return Document(f"{PAPERS[deliverable]} de {DISTRICTS[place][1]} ({code}). Documento ficticio.\n")


def commitment(line: str, place: str) -> dict[str, Any]:
    """Return the commitment of a sector and a district as an item."""
    return {"kind": "commitment", "id": Ref(f"DEMO-{line}-{place}")}


def both(line: str, place: str) -> list[dict[str, Any]]:
    """Return the commitment of a sector and a district, and its project."""
    return [commitment(line, place), {"kind": "project", "id": Ref(project_of(f"DEMO-{line}-{place}"))}]


def plans(place: str) -> list[dict[str, Any]]:
    """Return the plans of a municipality as items."""
    codes = [CONCERTED_PLANS[place], *([LED_PLANS[place]] if place in LED_PLANS else [])]
    return [{"kind": "plan", "id": Ref(code)} for code in codes]


def everything(place: str) -> list[dict[str, Any]]:
    """Return what a municipality handed over in 2018: commitments, projects and plans."""
    return [*(of for line in SECTORS for of in both(line, place)), *plans(place)]
