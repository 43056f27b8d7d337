"""The handovers of the province and of Quiñota from 2022 to 2023, under the regime of 2022, and what was decided after.

Of the elections only day and terms are of the law; how it went on is invented. What is handed over is whatever the
frozen inventory lists, and the entries of the regime's catalogue that no log can assemble.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from domain.transition.types import entry_of
from roundtable.demo.chumbivilcas import calendar
from roundtable.demo.chumbivilcas.administrations import following, incoming
from roundtable.demo.chumbivilcas.handing import both, examined, filed, paper, plans, signed, stated_by, teams
from roundtable.demo.chumbivilcas.places import DISTRICTS, LATER_HANDOVERS
from roundtable.demo.chumbivilcas.steps import act, invented
from roundtable.demo.telling import Document, InventoryOf, Ref, Step
from roundtable.regimes import regimes

REGIME = "peru-2022"
NAMED = "2022-10-10"
"""When the governments that the elections had chosen were named."""
CUT_OFF, FROZEN = "2022-11-30", "2022-12-05"
DELIVERED, EXAMINED, ANSWERED, EXAMINED_AGAIN = "2022-12-07", "2022-12-14", "2022-12-16", "2022-12-19"
DELIVERABLES = {"final_report": "reported", "acta": "signed", "complementary_acta": "complemented"}
"""With which change of state each deliverable of the regime was filed."""
BY_HAND = tuple(entry.key for entry in regimes()[REGIME].catalogue if not entry.assembled_from)
"""The entries of the catalogue that people write themselves."""
OBSERVED = {
    "ST": ("law.bank_accounts", "Falta el saldo de una cuenta (ficticio)", "Se entrega el estado de cuenta (ficticio)"),
    "QU": ("law.archive", "Faltan actas del concejo de 2021 (ficticio)", "Se entregan copias autenticadas (ficticio)"),
}
"""Which entry was observed, what was wrong with it, and what was answered; then it was verified."""
EXEMPT = {"QU": ("law.taxpayers", "El distrito no administra tributos propios (ficticio)")}
"""Which entry did not apply, and why."""


class Resolution(NamedTuple):
    """What a new government decided alike of some lines, and of its plans."""

    decision: str
    reason: str
    lines: tuple[str, ...]
    plans: bool = False


DECIDED = {"ST": "2023-02-15", "QU": "2023-02-10"}
RESOLUTIONS = {
    "ST": (
        Resolution("ratified", "Siguen vigentes para la nueva gestión (ficticio)", ("VIV",), plans=True),
        Resolution("adopted_with_changes", "Se reduce la meta al terreno disponible (ficticio)", ("EDU",)),
        Resolution("under_review", "Reportado como cumplido y sin verificar: habrá constatación (ficticio)", ("TRA",)),
    ),
    "QU": (
        Resolution("ratified", "Siguen vigentes para la nueva gestión (ficticio)", ("VIV",), plans=True),
        Resolution("adopted_with_changes", "Se sanea el terreno y se reprograma la segunda etapa (ficticio)", ("EDU",)),
        Resolution("under_review", "Sin financiamiento desde 2018: se consulta al ministerio (ficticio)", ("TRA",)),
        Resolution("not_continued", "Desestimado en 2019 por falta de agua: no se retoma (ficticio)", ("AGR",)),
    ),
}
"""What the new governments decided. On what their own budgets had brought forth, nothing is decided yet."""
REVISED = "2023-06-15"
"""When the province, having looked at the works, ratified what it had put under review."""


def handed_over_again() -> Iterator[Step]:
    """Yield both handovers and the decisions that followed. All of it is invented."""
    for place, code in LATER_HANDOVERS.items():
        days = calendar.TRANSITIONS[code]
        for day, state in days:
            yield from _moved(place, code, day, state)
        yield from teams(code, place, days)
        yield invented("transition.name_incoming", code, NAMED, incoming=Ref(following(place)))
        yield invented("transition.freeze_inventory", code, FROZEN, cut_off=CUT_OFF)
        yield from _items(place, code)
        on = {state: day for day, state in days}
        yield from filed(place, code, {deliverable: on[state] for deliverable, state in DELIVERABLES.items()})
        yield from _resolved(place, code)
    yield from _revised()


def _moved(place: str, code: str, day: str, state: str) -> Iterator[Step]:
    by = act("resolution", f"RA-{code}", f"Alcaldía de {DISTRICTS[place][1]}", day)
    match state:
        case "planned":
            yield invented("transition.plan", code, day, code=code, regime=REGIME, outgoing=Ref(incoming(place)))
        case "preparing":
            yield invented("transition.prepare", code, day, act=by)
        case "ready":
            yield stated_by(place, code, "declare_ready", day)
        case "in_transfer":
            yield invented("transition.start_transfer", code, day, installed_by="outgoing", act=by)
        case "reported":
            yield invented("transition.file_report", code, day, document=paper("final_report", place, code))
        case "signed":
            yield from signed(place, code, day)
        case "complemented":
            document = paper("complementary_acta", place, code)
            yield invented("transition.file_complement", code, day, document=document)
        case _:
            yield invented("transition.publish", code, day, address=f"https://{code.lower()}.example/transferencia")
            yield invented("transition.register", code, day, number=f"DEMO-CGR-{code}")
            source = {"citation": "Aplicativo de Rendición de Cuentas y Transferencia de Gestión (ficticio)"}
            yield invented("transition.close", code, day, source=source)


def _items(place: str, code: str) -> Iterator[Step]:
    observed, words, answer = OBSERVED[place]
    exempt, why = EXEMPT.get(place, (None, ""))
    if exempt:
        yield stated_by(place, code, "exempt_items", DELIVERED, items=[_entry(exempt)], reason=why)
    written = [_entry(key) for key in BY_HAND if key != exempt]
    papers = Document(f"Anexos del informe de {DISTRICTS[place][1]} ({code}). Documento ficticio.\n")
    yield stated_by(place, code, "deliver_items", DELIVERED, items=InventoryOf(code))
    yield stated_by(place, code, "deliver_items", DELIVERED, items=written, document=papers)
    wrong = _entry(observed)
    yield examined(place, code, "verify_items", EXAMINED, items=InventoryOf(code))
    yield examined(place, code, "verify_items", EXAMINED, items=[entry for entry in written if entry != wrong])
    yield examined(place, code, "observe_item", EXAMINED, item=wrong, observation=words)
    yield stated_by(place, code, "answer_observation", ANSWERED, item=wrong, answer=answer)
    yield examined(place, code, "verify_items", EXAMINED_AGAIN, items=[wrong])


def _entry(key: str) -> dict[str, str]:
    item = entry_of(key)
    return {"kind": item.kind, "id": str(item.id)}


def _resolved(place: str, code: str) -> Iterator[Step]:
    day = DECIDED[place]
    by = act("agreement", f"AC-{code}", f"Concejo Municipal de {DISTRICTS[place][1]}", day)
    for one in RESOLUTIONS[place]:
        items = [*(plans(place) if one.plans else ()), *(of for line in one.lines for of in both(line, place))]
        said: dict[str, Any] = {"decision": one.decision, "act": by, "reason": one.reason}
        for item in items:
            yield stated_by(place, code, "decide_continuity", day, item=item, **said)


def _revised() -> Iterator[Step]:
    by = act("agreement", "AC-CONSTATACION-ST", "Concejo Municipal de Santo Tomás", REVISED)
    reason = "La constatación no halló diferencias con lo reportado (ficticio)"
    said: dict[str, Any] = {"decision": "ratified", "act": by, "reason": reason}
    for item in both("TRA", "ST"):
        yield stated_by("ST", LATER_HANDOVERS["ST"], "revise_decision", REVISED, item=item, **said)
