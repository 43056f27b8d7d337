"""The projects: one for each of the 32 items, on three tracks, and two that the new governments identified.

That the new governments identify projects in line with the plans is of the document; the rest is invented.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from roundtable.demo.chumbivilcas import dates
from roundtable.demo.chumbivilcas.items import ITEMS, Item, soles
from roundtable.demo.chumbivilcas.life import CAUSES
from roundtable.demo.chumbivilcas.organizations import FOLLOW_UP
from roundtable.demo.chumbivilcas.places import CONCERTED_PLANS, DISTRICTS, project_of, territory
from roundtable.demo.chumbivilcas.plans import SERVES, UPDATED
from roundtable.demo.chumbivilcas.roundtables import TECHNICAL
from roundtable.demo.chumbivilcas.steps import act, invented, stated
from roundtable.demo.chumbivilcas.tracks import PROJECTS, Track
from roundtable.demo.telling import Ref, Step

IDENTIFIED = {"ST": "DEMO-PIP-NUEVO-ST", "QU": "DEMO-PIP-NUEVO-QU"}
"""The projects that the new governments identified, by district."""
IDENTIFIED_ON = "2019-05-15"
COMMANDS = {
    ("table", "pending"): "admit",
    ("table", "prioritised"): "prioritise",
    ("table", "eligible_for_funding"): "declare_eligible",
    ("table", "funded"): "fund",
    ("table", "in_execution"): "start_execution",
    ("table", "concluded"): "conclude",
    ("table", "dismissed"): "dismiss",
    ("investment", "formulation"): "start_formulation",
    ("investment", "viable"): "declare_viable",
    ("investment", "approved"): "approve_investment",
    ("investment", "closed"): "close_investment",
    ("investment", "deactivated"): "deactivate_investment",
    ("works", "running"): "start_works",
    ("works", "halted"): "halt_works",
    ("works", "finished"): "finish_works",
    ("works", "received"): "receive_works",
}
"""The command that brings a track into a state; out of a halt, another one does."""
_PORTAL = {"citation": "Consulta de ejecución del gasto (ficticio)"}


def identified() -> Iterator[Step]:
    """Yield the projects that the new governments identified in line with the plans of those before them."""
    for place, code in IDENTIFIED.items():
        ubigeo, district, municipality = DISTRICTS[place]
        said: dict[str, Any] = {
            "code": code,
            "title": f"Mejoramiento de la cadena de fibra en {district} (ficticio)",
            "sector": "agriculture",
            "responsible": Ref(municipality),
            "territories": [territory(ubigeo)],
            "table": "new",
            "investment": "idea",
            "works": "not_started",
        }
        yield invented("project.register", code, IDENTIFIED_ON, **said)
        yield stated(
            "project.align_objectives",
            code,
            IDENTIFIED_ON,
            needs=("projects-in-line",),
            invented=("occurred_on", "objectives"),
            objectives=[_objective(place, "AGR")],
        )


def built() -> Iterator[Step]:
    """Yield the projects of the 32 items, day by day. All of it is invented."""
    for number, item in enumerate(ITEMS, 1):
        yield _registered(item, number)
        line, place = item.code.split("-")[1:]
        yield invented(
            "project.align_objectives", project_of(item.code), dates.WRITTEN_DOWN, objectives=[_objective(place, line)]
        )
    for item in ITEMS:
        for track, changes in PROJECTS[item.code]._asdict().items():
            yield from _moved(item, track, changes)
        yield from _budgets(item)


def _registered(item: Item, number: int) -> Step:
    tracks = PROJECTS[item.code]
    participants = [{"organization": Ref(item.municipality), "role": "counterpart"}]
    if item.followed:
        participants.append({"organization": Ref(FOLLOW_UP), "role": "follow_up_body"})
    said: dict[str, Any] = {
        "code": project_of(item.code),
        "cui": f"DEMO-CUI-{number:03}",
        "title": item.title,
        "sector": item.sector,
        "territories": [territory(item.ubigeo)],
        "responsible": Ref(item.ministry),
        "participants": participants,
        "roundtable": Ref(TECHNICAL),
        "commitments": [Ref(item.code)],
        "cost": soles(item.promised),
        "table": tracks.table[0][1],
        "investment": tracks.investment[0][1],
        "works": tracks.works[0][1],
    }
    if item.deadline:
        said["planned_end"] = item.deadline
    code = project_of(item.code)
    return invented("project.register", code, dates.ITEMISED, **said)._replace(told=dates.WRITTEN_DOWN)


def _moved(item: Item, track: str, changes: Track) -> Iterator[Step]:
    for (_, before), (day, state) in pairwise(changes):
        command = "resume_works" if before == "halted" else COMMANDS[track, state]
        yield invented(f"project.{command}", project_of(item.code), day, **_about(item, command, day))


def _about(item: Item, command: str, day: str) -> dict[str, Any]:
    match command:
        case "fund":
            return {"act": act("resolution", f"RM-{item.code[5:]}", item.ministry, day)}
        case "close_investment":
            return {"outcome": "settled"}
        case "halt_works":
            return {"cause": CAUSES[item.code][0]}
        case "dismiss" | "deactivate_investment":
            return {"reason": "Sin disponibilidad hídrica acreditada (ficticio)"}
        case _:
            return {}


def _budgets(item: Item) -> Iterator[Step]:
    """Yield the ladders of two fiscal years: half of what was approved and executed in each."""
    if not item.approved:
        return
    halves = ((2019, item.approved // 2, item.executed // 2),)
    rest = (2020, item.approved - item.approved // 2, item.executed - item.executed // 2)
    for year, modified, accrued in (*halves, rest):
        stages = {"pim": soles(modified), "accrued": soles(accrued)}
        known: dict[str, Any] = {"fiscal_year": year, "cut_off": f"{year}-12-31", "stages": stages, "source": _PORTAL}
        yield invented("project.record_budget", project_of(item.code), f"{year + 1}-01-20", **known)


def _objective(place: str, line: str) -> dict[str, Any]:
    return {"plan": Ref(CONCERTED_PLANS[place]), "version": UPDATED, "code": SERVES[line]}
