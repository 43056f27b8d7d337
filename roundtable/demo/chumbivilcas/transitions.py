"""The handovers of the eight municipalities from 2018 to 2019.

That commissions were established is of the document; how each handover went is invented: three were closed, that of
the province among them; one ended with two observations, one unsigned; one was delivered only after it had been
declared undelivered; one was not required, since the authority was re-elected.
"""

from collections.abc import Iterator
from typing import Any

from roundtable.demo.chumbivilcas import calendar
from roundtable.demo.chumbivilcas.administrations import PROCLAIMED, incoming, outgoing
from roundtable.demo.chumbivilcas.calendar import ANSWERED, DELIVERED, EXAMINED, EXAMINED_AGAIN
from roundtable.demo.chumbivilcas.facts import SOURCE, Known
from roundtable.demo.chumbivilcas.handing import (
    both,
    commitment,
    everything,
    examined,
    filed,
    paper,
    plans,
    signed,
    stated_by,
    teams,
)
from roundtable.demo.chumbivilcas.places import DISTRICTS, HANDOVERS
from roundtable.demo.chumbivilcas.steps import act, invented, stated
from roundtable.demo.telling import Document, Ref, Step

OBSERVED = {
    "LI": {"TRA": "No consta el perfil del camino (ficticio)", "EDU": "No consta el terreno saneado (ficticio)"},
    "CO": {"VIV": "El expediente está incompleto (ficticio)"},
}
"""What the incoming side found wrong, by district and line of projects."""
ANSWERED_IN = ("LI",)
"""Where the observations were answered, and then made again."""
NEVER, RE_ELECTED = "CH", "VE"
LATE = ("TRA", "VIV")
"""The lines that came with the late delivery, beside the plan; the others never came."""
REGIME = "peru-2018"
UNSIGNED = "CO"
RATIFIED = ("TRA", "VIV", "EDU")
"""The lines of what Quiñota ratified, besides its plans; on the other one nothing was decided yet."""
DELIVERABLES = {
    "updated_report": "ready",
    "final_report": "reported",
    "acta": "signed",
    "complementary_acta": "complemented",
}
"""With which change of state the deliverables of the regime were filed."""
PUBLISHED = f"{SOURCE}; registro y publicación hasta el 22 de enero de 2019 (Directiva 008-2018-CG/GTN)"


def established(known: Known) -> Iterator[Step]:
    """Yield the handovers up to their commissions."""
    for place, code in HANDOVERS.items():
        for day, state in calendar.TRANSITIONS[code][:4]:
            yield _beginning(known, place, day, state)


def handed_over() -> Iterator[Step]:
    """Yield what was handed over, and how each handover ended. All of it is invented."""
    yield from _re_elected()
    for place, code in HANDOVERS.items():
        if place == RE_ELECTED:
            continue
        yield from teams(code, place, calendar.TRANSITIONS[code])
        yield invented("transition.freeze_inventory", code, calendar.FROZEN, cut_off=calendar.CUT_OFF)
        yield from _items(place, code)
        for day, state in calendar.TRANSITIONS[code][4:]:
            yield from _end(place, code, day, state)
        if calendar.TRANSITIONS[code][-1][1] == "closed":
            yield from filed(place, code, _filed_on(code))
    yield from _decided()


def _re_elected() -> Iterator[Step]:
    """Yield what takes the place of a handover where the outgoing authority was elected again."""
    code, on = HANDOVERS[RE_ELECTED], calendar.TRANSITIONS[HANDOVERS[RE_ELECTED]][-1][0]
    report = Document("Informe de gestión al concejo de Velille. Documento ficticio.\n")
    yield invented("administration.record_reelection", incoming(RE_ELECTED), PROCLAIMED)
    yield invented("transition.declare_not_required", code, on)
    yield invented("transition.inform_council", code, calendar.COUNCIL_INFORMED, document=report)


def _beginning(known: Known, place: str, day: str, state: str) -> Step:
    code, municipality = HANDOVERS[place], DISTRICTS[place][2]
    by = act("resolution", f"RA-{place}", f"Alcaldía de {DISTRICTS[place][1]}", day)
    match state:
        case "planned":
            named: dict[str, Any] = {"outgoing": Ref(outgoing(place))}
            if "outgoing-and-incoming" in known:
                named["incoming"] = Ref(incoming(place))
            made_up = ("code", "occurred_on", "regime")
            return stated(
                "transition.plan", code, day, needs=(), invented=made_up, code=code, regime=REGIME, **named
            )._replace(told=calendar.FOLLOWING_ELECTIONS)
        case "preparing":
            return invented("transition.prepare", code, day, act=by)._replace(told=calendar.FOLLOWING_ELECTIONS)
        case "ready":
            return invented("transition.declare_ready", code, day, on_behalf_of=Ref(municipality))
        case _:
            commissions = ("transition-commissions", "outgoing-and-incoming")
            return stated(
                "transition.start_transfer",
                code,
                day,
                needs=commissions,
                invented=("occurred_on", "installed_by", "act"),
                installed_by="outgoing",
                act=by,
            )


def _items(place: str, code: str) -> Iterator[Step]:
    if place == NEVER:
        reason = "La autoridad saliente no entregó la documentación (ficticio)"
        withheld = {"items": everything(place), "reason": reason}
        yield stated_by(place, code, "declare_items_not_delivered", "2018-12-31", **withheld)
        return
    wrong = OBSERVED.get(place, {})
    yield stated_by(place, code, "deliver_items", DELIVERED, items=everything(place))
    found_wrong = [commitment(line, place) for line in wrong]
    right = [item for item in everything(place) if item not in found_wrong]
    yield examined(place, code, "verify_items", EXAMINED, items=right)
    for line, words in wrong.items():
        item = commitment(line, place)
        yield examined(place, code, "observe_item", EXAMINED, item=item, observation=words)
        if place in ANSWERED_IN:
            answer = "Se entregará con el acta complementaria (ficticio)"
            yield stated_by(place, code, "answer_observation", ANSWERED, item=item, answer=answer)
            again = f"Sigue sin constar. {words}"
            yield examined(place, code, "observe_item", EXAMINED_AGAIN, item=item, observation=again)


def _late(place: str, code: str, day: str) -> Iterator[Step]:
    """Yield what came late: the papers, and item by item what the incoming team found in them."""
    document = Document(f"Documentación de {DISTRICTS[place][1]}, entregada fuera de plazo. Documento ficticio.\n")
    yield invented("transition.deliver_late", code, day, document=document)
    items = [*(of for line in LATE for of in both(line, place)), *plans(place)]
    yield stated_by(place, code, "deliver_items", day, items=items, document=document)
    yield examined(place, code, "verify_items", calendar.EXAMINED_LATE, items=items)


def _end(place: str, code: str, day: str, state: str) -> Iterator[Step]:
    match state:
        case "reported":
            yield invented("transition.file_report", code, day, document=paper("final_report", place, code))
        case "signed":
            yield from signed(place, code, day)
        case "unsigned":
            reason = "La parte entrante no comparte el estado de lo entregado (ficticio)"
            yield invented("transition.refuse_acta", code, day, side="incoming", reason=reason)
        case "complemented":
            more = paper("complementary_acta", place, code)
            yield invented("transition.file_complement", code, day, document=more)
        case "delivered_late":
            yield from _late(place, code, day)
        case "closed":
            yield invented("transition.publish", code, day, address=f"https://{code.lower()}.example/transferencia")
            yield invented("transition.register", code, day, number=f"DEMO-CGR-{place}")
            yield invented("transition.close", code, day, source={"citation": f"{PUBLISHED} (día ficticio)"})
        case _:
            reason = "El periodo terminó sin informe de la autoridad saliente (ficticio)"
            yield invented("transition.declare_not_delivered", code, day, reason=reason)


def _filed_on(code: str) -> dict[str, str]:
    """Return when each deliverable of the regime was filed."""
    on = {state: day for day, state in calendar.TRANSITIONS[code]}
    later = {deliverable: on[state] for deliverable, state in DELIVERABLES.items() if state in on}
    return {"preliminary_report": calendar.PRELIMINARY} | later


def _decided() -> Iterator[Step]:
    decree = act("agreement", "AC-003-2019", "Concejo Municipal de Quiñota", calendar.DECIDED)
    reason = "Concuerda con las prioridades de la nueva gestión (ficticio)"
    said: dict[str, Any] = {"decision": "ratified", "act": decree, "reason": reason}
    for item in (*plans("QU"), *(of for line in RATIFIED for of in both(line, "QU"))):
        yield stated_by("QU", HANDOVERS["QU"], "decide_continuity", calendar.DECIDED, item=item, **said)
