"""The plans: eight concerted development plans, updated, and four local economic development plans.

That they were updated, recognised and handed over is of the document; days, acts and what they say are invented.
"""

from collections.abc import Iterator
from typing import Any

from roundtable.demo.chumbivilcas import calendar
from roundtable.demo.chumbivilcas.administrations import incoming
from roundtable.demo.chumbivilcas.organizations import CISAL
from roundtable.demo.chumbivilcas.places import CONCERTED_PLANS, DISTRICTS, HANDOVERS, LED_PLANS, PROVINCE, territory
from roundtable.demo.chumbivilcas.steps import act, invented, stated
from roundtable.demo.telling import Ref, Step

UPDATED = 2
"""The version of a concerted plan that the government before the elections adopted."""
DAYS = calendar.PLANS
OBJECTIVES = {
    "OE1": ("Mejorar la conexión vial", "Kilómetros de camino mejorados", "km", "TRA"),
    "OE2": ("Ampliar el acceso a agua y saneamiento", "Hogares con agua", "%", "VIV"),
    "OE3": ("Mejorar los logros de aprendizaje", "Escuelas en buen estado", "%", "EDU"),
    "OE4": ("Aumentar la producción agropecuaria", "Hectáreas con riego", "ha", "AGR"),
}
"""Statement, indicator and unit of each objective, and the line of projects that serves it."""
SERVES = {line: code for code, (_, _, _, line) in OBJECTIVES.items()}
"""The objective that each line of projects serves."""


def drafted() -> Iterator[Step]:
    """Yield the plans, as far as the document tells of them, and what they need to be in force."""
    for place in DISTRICTS:
        yield from _concerted(place)
    for place in LED_PLANS:
        yield from _economic(place)


def ratified() -> Iterator[Step]:
    """Yield what the new governments made of the plans. All of it is invented."""
    for place, economic in LED_PLANS.items():
        for plan in (CONCERTED_PLANS[place], economic):
            by = act("agreement", f"AC-{plan}", f"Concejo Municipal de {DISTRICTS[place][1]}", calendar.DECIDED)
            yield invented("plan.ratify", plan, calendar.DECIDED, administration=Ref(incoming(place)), act=by)


def _concerted(place: str) -> Iterator[Step]:
    code, (ubigeo, district, municipality) = CONCERTED_PLANS[place], DISTRICTS[place]
    provincial = place == "ST"
    level = "provincial" if provincial else "district"
    name = "Chumbivilcas" if provincial else district
    yield stated(
        "plan.draft",
        code,
        DAYS["drafted"],
        needs=("plans-updated",),
        invented=("code", "title", "horizon", "occurred_on"),
        code=code,
        title=f"Plan de Desarrollo Concertado de {name}",
        type=f"concerted_development_{level}",
        owner=Ref(municipality),
        horizon={"from": 2016, "until": 2021},
        territories=[territory(PROVINCE if provincial else ubigeo)],
    )
    yield from _brought_into_force(code, district, "first")
    yield stated(
        "plan.start_update",
        code,
        DAYS["updating"],
        needs=("plans-updated",),
        invented=("occurred_on", "horizon"),
        horizon={"from": 2018, "until": 2030},
    )
    yield stated(
        "plan.record_participation",
        code,
        DAYS["assembly"],
        needs=("plans-cisal",),
        invented=("occurred_on", "kind", "counts"),
        kind="assembly",
        organizations=[Ref(CISAL.code)],
        counts={"people": 120, "women": 49, "men": 71},
    )
    yield from _brought_into_force(code, district, "second")


def _brought_into_force(plan: str, district: str, version: str) -> Iterator[Step]:
    """Yield objectives, agreement, report, ordinance and force of one version of a concerted plan."""
    days = {state: DAYS[f"{version} {state}"] for state in ("concerted", "reviewed", "adopted", "in_force")}
    by = act("ordinance", f"OM-{plan}-{days['adopted'][:4]}", f"Concejo Municipal de {district}", days["adopted"])
    yield invented("plan.state_objectives", plan, days["concerted"], objectives=list(map(_objective, OBJECTIVES)))
    yield invented("plan.concert", plan, days["concerted"], source={"citation": "Acta de concertación (ficticio)"})
    yield invented("plan.review", plan, days["reviewed"], report={"citation": "Informe técnico (ficticio)"})
    yield invented("plan.adopt", plan, days["adopted"], act=by)
    yield invented("plan.enter_into_force", plan, days["in_force"])


def _objective(code: str) -> dict[str, Any]:
    statement, indicator, unit, _ = OBJECTIVES[code]
    targets = [{"year": year, "value": str(value)} for year, value in ((2021, 45), (2025, 60), (2030, 80))]
    measured = {"name": indicator, "unit": unit, "baseline": {"year": 2015, "value": "30"}, "targets": targets}
    return {"code": code, "statement": f"{statement} (ficticio)", "indicators": [measured]}


def _economic(place: str) -> Iterator[Step]:
    code, (ubigeo, district, municipality) = LED_PLANS[place], DISTRICTS[place]
    yield stated(
        "plan.draft",
        code,
        DAYS["led drafted"],
        needs=("led-plans",),
        invented=("code", "title", "horizon", "occurred_on", "parent", "owner", "territories"),
        code=code,
        title=f"Plan de Desarrollo Económico Local de {district}",
        type="local_economic_development",
        owner=Ref(municipality),
        horizon={"from": 2018, "until": 2025},
        territories=[territory(ubigeo)],
        parent={"plan": Ref(CONCERTED_PLANS[place]), "version": UPDATED},
    )
    yield from _written(place, code)
    yield from _made_public(place, code)


def _written(place: str, code: str) -> Iterator[Step]:
    objectives = [
        {"code": "DEL1", "statement": "Fortalecer las cadenas productivas (ficticio)"},
        {"code": "DEL2", "statement": "Ampliar el acceso al mercado (ficticio)"},
    ]
    yield invented("plan.state_objectives", code, DAYS["led drafted"], objectives=objectives)
    yield stated(
        "plan.state_actions",
        code,
        DAYS["led drafted"],
        needs=("led-tools",),
        invented=("actions", "occurred_on"),
        actions=[{"code": "A1", "objective": "DEL1", "statement": "Promover ferias y asistencia técnica (ficticio)"}],
    )
    yield stated(
        "plan.record_participation",
        code,
        DAYS["led workshop"],
        needs=("led-priorities",),
        invented=("occurred_on", "kind", "counts", "organizations"),
        kind="workshop",
        organizations=[Ref(f"DEMO-COMUNIDAD-{place}"), Ref(f"DEMO-ASOCIACION-{place}")],
        counts={"people": 75, "women": 33, "men": 42, "indigenous": 68},
    )
    yield invented("plan.concert", code, DAYS["led concerted"], source={"citation": "Acta de taller (ficticio)"})


def _made_public(place: str, code: str) -> Iterator[Step]:
    adopted, recognised = DAYS["led adopted"], DAYS["led recognised"]
    council = f"Concejo Municipal de {DISTRICTS[place][1]}"
    waiver = "Un plan de desarrollo económico local no lleva informe del ente rector (ficticio)"
    by = act("ordinance", f"OM-{code}", council, adopted)
    yield invented("plan.adopt", code, adopted, act=by, review_waiver=waiver)
    yield invented("plan.enter_into_force", code, DAYS["led in_force"])
    yield stated(
        "plan.recognise",
        code,
        recognised,
        needs=("led-policy",),
        invented=("occurred_on", "act"),
        act=act("ordinance", f"OM-PP-{code}", council, recognised),
    )
    handover = HANDOVERS[place]
    yield stated(
        "plan.hand_over",
        code,
        next(day for day, state in calendar.TRANSITIONS[handover] if state == "signed"),
        needs=("led-handed-over",),
        invented=("occurred_on",),
        administration=Ref(incoming(place)),
        transition=Ref(handover),
    )
