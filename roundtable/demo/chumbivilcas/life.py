"""What became of the items, day by day, and what was recorded late or corrected. All of it is invented."""

from collections.abc import Iterator
from typing import Any

from roundtable.demo.chumbivilcas import dates
from roundtable.demo.chumbivilcas.items import ITEMS, Item, soles
from roundtable.demo.chumbivilcas.organizations import FOLLOW_UP, MINAGRI_RENAMED, PROVINCIAL
from roundtable.demo.telling import Document, PositionOf, Ref, Step

ITEM = {item.code: item for item in ITEMS}
AMENDED, CORRECTED, PAID_LATE = "DEMO-TRA-ST", "DEMO-EDU-CO", "DEMO-VIV-ST"
AMENDED_TO, PAID_LATE_AMOUNT, MISTYPED = 11_900_000, 441_000, 3_400_000
CAUSES = {
    "DEMO-TRA-VE": ("Obra paralizada por resolución del contrato (ficticio)", "MTC"),
    "DEMO-AGR-LL": ("Falta la libre disponibilidad del terreno (ficticio)", "MD-LLUSCO"),
    "DEMO-EDU-QU": ("La municipalidad no saneó el terreno de la segunda etapa (ficticio)", "MD-QUINOTA"),
}
"""Why an item is blocked, and who can unblock it."""


def evidence_of(code: str) -> str:
    """Return the text of the document that shows an item to be done; its digest is in the log."""
    return f"Acta de recepción de obra de {code}. Documento ficticio, solo para demostración.\n"


def life() -> list[Step]:
    """Return what happened after the items were agreed."""
    return [*_changes(late=False), *_figures(), *_terms(), Step("organization.rename", "MINAGRI", MINAGRI_RENAMED)]


def lately() -> Iterator[Step]:
    """Yield what was recorded long after its day, and the figure that was corrected."""
    yield from _changes(late=True)
    paid = {"amount": soles(PAID_LATE_AMOUNT), "occurred_on": dates.PAID_LATE_KNOWN}
    yield _step("report_execution", ITEM[PAID_LATE], paid)
    right = {"amount": soles(ITEM[CORRECTED].executed)}
    reason = "Cifra mal transcrita: 3,4 por 4,3 millones (ficticio)"
    correction = {"position": PositionOf("mistyped"), "changes": right, "reason": reason}
    yield Step("commitment.correct", CORRECTED, correction | {"illustrative": ["changes", "reason"]})


def _changes(*, late: bool) -> Iterator[Step]:
    for code, changes in dates.CHANGES.items():
        for number, (day, state) in enumerate(changes):
            if late == (code in dates.RECORDED_LATE and number == 0):
                before = changes[number - 1][1] if number else None
                yield _change(ITEM[code], day, state, before)


def _change(item: Item, day: str, state: str, before: str | None) -> Step:
    on = {"occurred_on": day}
    match state:
        case "in_progress":
            return _step("unblock" if before == "blocked" else "start", item, on)
        case "blocked":
            cause, unblocker = CAUSES[item.code]
            return _step("block", item, on | {"cause": cause, "unblocker": Ref(unblocker)})
        case "reported_fulfilled":
            document = {"document": Document(evidence_of(item.code)), "kind": "acta", "issued_on": day}
            return _step("report_fulfilment", item, on | {"evidence": [document]})
        case "fulfilled":
            return _step("verify_fulfilment", item, on | {"outcome": "complete"}, voice=FOLLOW_UP)
        case _:
            return _step("dismiss", item, on | {"reason": "Sin disponibilidad hídrica acreditada (ficticio)"})


def _figures() -> Iterator[Step]:
    for item in (item for item in ITEMS if item.approved):
        early = dates.CHANGES[item.code][0][0].startswith("2018")
        approved = dates.APPROVED_EARLY if early else dates.APPROVED_LATER
        yield _step("approve_amount", item, {"amount": soles(item.approved), "occurred_on": approved})
        yield _step("report_execution", item, {"amount": soles(item.executed // 2), "occurred_on": dates.HALF_EXECUTED})
        wrong = item.code == CORRECTED
        body = {"amount": soles(MISTYPED if wrong else item.executed), "occurred_on": dates.EXECUTED}
        yield _step("report_execution", item, body, label="mistyped" if wrong else None)


def _terms() -> Iterator[Step]:
    amended = {"amount": soles(AMENDED_TO), "reason": "Reducción de metas en el expediente técnico (ficticio)"}
    yield _step("amend_amount", ITEM[AMENDED], amended | {"occurred_on": dates.AMENDED})
    waived = {"reason": "Es una idea de proyecto: el plazo se fijará con la viabilidad (ficticio)"}
    yield _step("waive_deadline", ITEM["DEMO-VIV-LI"], waived | {"occurred_on": dates.WAIVED})
    nobody = {"reason": "La municipalidad hará su propio seguimiento (ficticio)", "on_behalf_of": Ref(PROVINCIAL)}
    yield _step("waive_follow_up", ITEM["DEMO-EDU-LL"], nobody | {"occurred_on": dates.WAIVED})
    for code, day, deadline, number in dates.EXTENSIONS:
        act = {"type": "addendum", "number": number, "issuer": f"{ITEM[code].ministry} (ficticio)", "date": day}
        reason = {"reason": "Lluvias y cierre de vías (ficticio)"}
        yield _step("extend_deadline", ITEM[code], {"deadline": deadline, "act": act, "occurred_on": day} | reason)


def _step(
    command: str, item: Item, body: dict[str, Any], *, label: str | None = None, voice: str | None = None
) -> Step:
    """Return a step that the secretariat records for the ministry, or an institution records by itself."""
    said = ({} if voice else {"on_behalf_of": Ref(item.ministry)}) | body
    return Step(f"commitment.{command}", item.code, said | {"illustrative": list(said)}, label, voice)
