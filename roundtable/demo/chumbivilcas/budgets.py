"""The participatory budgets for 2020: of Quiñota and of the province, and what was proposed in two other districts.

That the new governments used the plans of those before them is of the document; proposals and figures are invented.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from roundtable.demo.chumbivilcas import calendar
from roundtable.demo.chumbivilcas.items import soles
from roundtable.demo.chumbivilcas.places import CONCERTED_PLANS, DISTRICTS, LED_PLANS, territory
from roundtable.demo.chumbivilcas.plans import UPDATED
from roundtable.demo.chumbivilcas.steps import act, invented, stated
from roundtable.demo.telling import Document, Ref, Step

BUDGET = {place: f"DEMO-PP-2020-{place}" for place in LED_PLANS}
"""The participatory budgets, by district."""
YEAR = 2020
CEILINGS = {"QU": 1_200_000, "ST": 3_000_000, "CA": 900_000, "LI": 1_500_000}
PROPOSED, EVALUATED, VOTED, PRIORITISED = "2019-04-08", "2019-04-22", "2019-05-06", "2019-05-13"
ELECTED, CARRIED_OVER, EXECUTED = "2019-06-12", "2019-06-24", "2020-09-30"


class Proposal(NamedTuple):
    """Something that was proposed: for how much, for which objective of which plan."""

    code: str
    title: str
    cost: int
    objective: str
    economic: bool = False
    """Whether the objective is one of the local economic development plan."""
    infeasible: str | None = None


PROPOSALS: dict[str, tuple[Proposal, ...]] = {
    "QU": (
        Proposal("P1", "Trocha a las comunidades altas (ficticio)", 320_000, "OE1"),
        Proposal("P2", "Reservorio y red de agua (ficticio)", 280_000, "OE2"),
        Proposal("P3", "Aulas para la escuela rural (ficticio)", 250_000, "OE3"),
        Proposal("P4", "Feria y centro de acopio de fibra (ficticio)", 300_000, "DEL2", economic=True),
        Proposal("P5", "Puente peatonal (ficticio)", 400_000, "OE1"),
        Proposal("P6", "Letrinas ecológicas (ficticio)", 180_000, "OE2"),
        Proposal("P7", "Represa menor (ficticio)", 520_000, "OE4", infeasible="No acredita disponibilidad hídrica"),
        Proposal("P8", "Biohuertos familiares (ficticio)", 150_000, "OE4"),
        Proposal("P9", "Taller de artesanía (ficticio)", 210_000, "DEL1", economic=True),
    ),
    "ST": (
        Proposal("P1", "Mercado de productores (ficticio)", 1_400_000, "DEL2", economic=True),
        Proposal("P2", "Mantenimiento de caminos (ficticio)", 1_200_000, "OE1"),
        Proposal("P3", "Planta de agua (ficticio)", 1_900_000, "OE2"),
        Proposal("P4", "Equipamiento escolar (ficticio)", 350_000, "OE3"),
    ),
    "CA": (Proposal("P1", "Feria dominical (ficticio)", 120_000, "DEL2", economic=True),),
    "LI": (Proposal("P1", "Acopio de leche (ficticio)", 410_000, "DEL1", economic=True),),
}
"""By district."""
PRIORITIES = {"QU": ("P1", "P2", "P3", "P4"), "ST": ("P1", "P2")}
_USED = {"ST": "plans-used-provincial", "QU": "plans-used-quinota"}
"""The facts that speak of using the concerted plans."""
_MADE_UP = ("code", "title", "cost", "proposer", "territories", "objective", "occurred_on")
_CARRIED = (
    "occurred_on", "deadline", "title", "code", "territories", "statement", "origin", "amount", "responsibles",
    "follow_up_body", "objectives", "responsible", "funders", "commitments", "cost", "planned_end", "table",
    "winners", "scope", "investment", "works",
)  # fmt: skip


def proposed() -> Iterator[Step]:
    """Yield the participatory budgets up to their proposals, as far as the document tells of them."""
    for place, code in BUDGET.items():
        days = {state: day for day, state in calendar.BUDGETS[code]}
        municipality, district = DISTRICTS[place][2], DISTRICTS[place][1]
        by = act("ordinance", f"OM-PP-{place}", f"Concejo Municipal de {district}", days["regulated"])
        about: dict[str, Any] = {"municipality": Ref(municipality), "fiscal_year": YEAR, "ordinance": by}
        ceiling = soles(CEILINGS[place])
        yield invented("participatory-budget.regulate", code, days["regulated"], code=code, ceiling=ceiling, **about)
        yield invented("participatory-budget.start_preparation", code, days["preparation"])
        for agent in _agents(place):
            who: dict[str, Any] = {"organization": Ref(agent), "legal_personality": "registered"}
            yield invented("participatory-budget.register_agent", code, days["preparation"], **who)
        yield invented("participatory-budget.start_concertation", code, days["concertation"])
        for proposal in PROPOSALS[place]:
            yield _submitted(place, code, proposal)


def decided() -> Iterator[Step]:
    """Yield what was evaluated, voted and prioritised, and what became of it. All of it is invented."""
    for place, priorities in PRIORITIES.items():
        yield from _evaluated(place, BUDGET[place])
        yield from _voted(place, BUDGET[place], priorities)
        yield from _formalised(place, BUDGET[place])
    spent = soles(160_000)
    yield invented("participatory-budget.start_execution", BUDGET["QU"], calendar.BUDGETS[BUDGET["QU"]][-1][0])
    done: dict[str, Any] = {"proposal": "P1", "stage": "in_progress", "executed": spent, "percent": 50}
    yield invented("participatory-budget.report_execution", BUDGET["QU"], EXECUTED, **done)


def _agents(place: str) -> tuple[str, ...]:
    return f"DEMO-COMUNIDAD-{place}", f"DEMO-ASOCIACION-{place}", f"DEMO-EMPRESA-{place}"


def _submitted(place: str, code: str, proposal: Proposal) -> Step:
    plan, version = (LED_PLANS[place], 1) if proposal.economic else (CONCERTED_PLANS[place], UPDATED)
    needs = "led-budgets" if proposal.economic else _USED[place]
    return stated(
        "participatory-budget.submit_proposal",
        code,
        PROPOSED,
        needs=(needs,),
        invented=_MADE_UP,
        code=proposal.code,
        title=proposal.title,
        objective={"plan": Ref(plan), "version": version, "code": proposal.objective},
        cost=soles(proposal.cost),
        proposer=Ref(_agents(place)[0]),
        territories=[territory(DISTRICTS[place][0])],
    )


def _evaluated(place: str, code: str) -> Iterator[Step]:
    team = [{"organization": Ref(DISTRICTS[place][2]), "function": "Planeamiento y presupuesto"}]
    yield invented("participatory-budget.name_technical_team", code, PROPOSED, members=team)
    counts = {"people": 68, "women": 27, "men": 41}
    yield invented(
        "participatory-budget.record_workshop", code, PROPOSED, key="taller-1", kind="diagnosis", counts=counts
    )
    for proposal in PROPOSALS[place]:
        verdict: dict[str, Any] = {"proposal": proposal.code, "verdict": "feasible"}
        if proposal.infeasible:
            verdict |= {"verdict": "infeasible", "explanation": f"{proposal.infeasible} (ficticio)"}
        yield invented("participatory-budget.evaluate_proposal", code, EVALUATED, **verdict)


def _voted(place: str, code: str, priorities: tuple[str, ...]) -> Iterator[Step]:
    for agent in _agents(place):
        cast: dict[str, Any] = {"agent": Ref(agent), "proposals": list(priorities)}
        yield invented("participatory-budget.record_ballot", code, VOTED, **cast)
    yield invented("participatory-budget.set_priorities", code, PRIORITISED, priorities=list(priorities))


def _formalised(place: str, code: str) -> Iterator[Step]:
    days = {state: day for day, state in calendar.BUDGETS[code]}
    yield invented("participatory-budget.start_coordination", code, days["coordination"])
    agreed = Document(f"Acta de acuerdos y compromisos del presupuesto participativo {code}. Documento ficticio.\n")
    by = act("agreement", f"AC-PP-{place}", f"Concejo Municipal de {DISTRICTS[place][1]}", days["formalised"])
    yield invented("participatory-budget.formalise", code, days["formalised"], act=by, acta=agreed)
    members = [{"organization": Ref(agent), "role": "Vigilancia"} for agent in _agents(place)]
    yield invented("participatory-budget.elect_committee", code, ELECTED, members=members)
    carried = {"occurred_on": CARRIED_OVER, "deadline": "2020-12-31", "illustrative": list(_CARRIED)}
    yield Step("participatory-budget.carry_over", code, carried)
