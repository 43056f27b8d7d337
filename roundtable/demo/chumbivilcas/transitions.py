"""The handovers of the eight municipalities from 2018 to 2019.

That commissions were established is of the document; how each handover went is invented: three were closed, that of
the province among them; one ended with two observations, one unsigned; one was delivered only after it had been
declared undelivered; one was not required, since the authority was re-elected.
"""

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from roundtable.demo.chumbivilcas import calendar
from roundtable.demo.chumbivilcas.administrations import PROCLAIMED, incoming, outgoing
from roundtable.demo.chumbivilcas.calendar import ANSWERED, DELIVERED, EXAMINED, EXAMINED_AGAIN
from roundtable.demo.chumbivilcas.facts import SOURCE, Known
from roundtable.demo.chumbivilcas.items import SECTORS
from roundtable.demo.chumbivilcas.places import CONCERTED_PLANS, DISTRICTS, HANDOVERS, LED_PLANS, project_of
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
REGIME = "peru-2018"
UNSIGNED = "CO"
RATIFIED = ("TRA", "VIV", "EDU")
"""The lines of what Quiñota ratified, besides its plans; on the other one nothing was decided yet."""
ROLES = ("Responsable del equipo (ficticio)", "Integrante (ficticio)")
PAPERS = {
    "preliminary_report": "Reporte preliminar",
    "updated_report": "Reporte actualizado",
    "final_report": "Informe de rendición de cuentas y transferencia",
    "acta": "Acta de transferencia",
    "complementary_acta": "Acta complementaria",
}
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
            yield from _filed(place, code)
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
            both: dict[str, Any] = {"outgoing": Ref(outgoing(place))}
            if "outgoing-and-incoming" in known:
                both["incoming"] = Ref(incoming(place))
            made_up = ("code", "occurred_on", "regime")
            return stated(
                "transition.plan", code, day, needs=(), invented=made_up, code=code, regime=REGIME, **both
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
    municipality, receiving = DISTRICTS[place][2], f"DEMO-ENTRANTES-{place}"
    if place == NEVER:
        reason = "La autoridad saliente no entregó la documentación (ficticio)"
        yield _about(code, "declare_items_not_delivered", "2018-12-31", municipality, items=_all(place), reason=reason)
        return
    wrong = OBSERVED.get(place, {})
    yield _about(code, "deliver_items", DELIVERED, municipality, items=_all(place))
    found_wrong = [_item(line, place) for line in wrong]
    right = [item for item in _all(place) if item not in found_wrong]
    yield invented("transition.verify_items", code, EXAMINED, voice=receiving, items=right)
    for line, words in wrong.items():
        yield _observation(code, EXAMINED, receiving, _item(line, place), words)
        if place in ANSWERED_IN:
            answer = "Se entregará con el acta complementaria (ficticio)"
            yield _about(code, "answer_observation", ANSWERED, municipality, item=_item(line, place), answer=answer)
            yield _observation(code, EXAMINED_AGAIN, receiving, _item(line, place), f"Sigue sin constar. {words}")


def _observation(code: str, day: str, voice: str, item: dict[str, Any], words: str) -> Step:
    return invented("transition.observe_item", code, day, voice=voice, item=item, observation=words)


def _about(code: str, command: str, day: str, municipality: str, **said: Any) -> Step:
    return invented(f"transition.{command}", code, day, on_behalf_of=Ref(municipality), **said)


def _end(place: str, code: str, day: str, state: str) -> Iterator[Step]:
    district = DISTRICTS[place][1]
    match state:
        case "reported":
            yield invented("transition.file_report", code, day, document=_paper("final_report", place))
        case "signed":
            for side in ("outgoing", "incoming"):
                yield invented("transition.sign_acta", code, day, side=side, document=_paper("acta", place))
        case "unsigned":
            reason = "La parte entrante no comparte el estado de lo entregado (ficticio)"
            yield invented("transition.refuse_acta", code, day, side="incoming", reason=reason)
        case "complemented":
            more = _paper("complementary_acta", place)
            yield invented("transition.file_complement", code, day, document=more)
        case "delivered_late":
            late = Document(f"Documentación de {district}, entregada fuera de plazo. Documento ficticio.\n")
            yield invented("transition.deliver_late", code, day, document=late)
        case "closed":
            yield invented("transition.publish", code, day, address=f"https://{code.lower()}.example/transferencia")
            yield invented("transition.register", code, day, number=f"DEMO-CGR-{place}")
            yield invented("transition.close", code, day, source={"citation": f"{PUBLISHED} (día ficticio)"})
        case _:
            reason = "El periodo terminó sin informe de la autoridad saliente (ficticio)"
            yield invented("transition.declare_not_delivered", code, day, reason=reason)


def teams(code: str, place: str, days: calendar.Changes) -> Iterator[Step]:
    """Yield the appointment of both teams: when preparations began, and when the commission was installed."""
    on = {state: day for day, state in days}
    for side, day in (("outgoing", on["preparing"]), ("incoming", on["in_transfer"])):
        members = [{"person": _person(code, side, n), "role": role} for n, role in enumerate(ROLES)]
        by = act("resolution", f"RA-{place}-{side}", f"Alcaldía de {DISTRICTS[place][1]}", day)
        appointed = invented("transition.appoint_team", code, day, side=side, members=members, act=by)
        yield appointed._replace(told=max(day, calendar.FOLLOWING_ELECTIONS))


def _person(code: str, side: str, number: int) -> str:
    """Return the id of somebody who does not exist: random in form, the same in every telling."""
    drawn = hashlib.sha256(f"{code} {side} {number}".encode()).digest()[:16]
    return str(UUID(bytes=drawn, version=4))


def _filed(place: str, code: str) -> Iterator[Step]:
    """Yield the deliverables of the regime, each on the day of what it belongs to."""
    on = {state: day for day, state in calendar.TRANSITIONS[code]}
    days = {"preliminary_report": calendar.PRELIMINARY} | {
        deliverable: on[state] for deliverable, state in DELIVERABLES.items() if state in on
    }
    for deliverable, day in days.items():
        paper = _paper(deliverable, place)
        yield invented("transition.file_deliverable", code, day, deliverable=deliverable, document=paper)


def _paper(deliverable: str, place: str) -> Document:
    return Document(f"{PAPERS[deliverable]} de {DISTRICTS[place][1]}. Documento ficticio.\n")


def _decided() -> Iterator[Step]:
    decree = act("agreement", "AC-003-2019", "Concejo Municipal de Quiñota", calendar.DECIDED)
    lines = [of for line in RATIFIED for of in (_item(line, "QU"), _project(line, "QU"))]
    for item in (*_plans("QU"), *lines):
        yield invented(
            "transition.decide_continuity",
            HANDOVERS["QU"],
            calendar.DECIDED,
            on_behalf_of=Ref("MD-QUINOTA"),
            item=item,
            decision="ratified",
            act=decree,
            reason="Concuerda con las prioridades de la nueva gestión (ficticio)",
        )


def _item(line: str, place: str) -> dict[str, Any]:
    return {"kind": "commitment", "id": Ref(f"DEMO-{line}-{place}")}


def _project(line: str, place: str) -> dict[str, Any]:
    return {"kind": "project", "id": Ref(project_of(f"DEMO-{line}-{place}"))}


def _plans(place: str) -> list[dict[str, Any]]:
    codes = [CONCERTED_PLANS[place], *([LED_PLANS[place]] if place in LED_PLANS else [])]
    return [{"kind": "plan", "id": Ref(code)} for code in codes]


def _all(place: str) -> list[dict[str, Any]]:
    """Return everything that a municipality hands over: commitments, projects and plans."""
    lines = [of for line in SECTORS for of in (_item(line, place), _project(line, place))]
    return [*lines, *_plans(place)]
