"""The story as steps: organizations, the announcement, its 32 items, and what became of them."""

from collections.abc import Iterable, Iterator
from typing import Any

from roundtable.demo.chumbivilcas import dates
from roundtable.demo.chumbivilcas.facts import FACTS, QUOTE, SOURCE, Known, SeedFact
from roundtable.demo.chumbivilcas.items import ITEMS, REQUESTED, Item, soles
from roundtable.demo.chumbivilcas.life import lately, life
from roundtable.demo.chumbivilcas.organizations import (
    FOLLOW_UP,
    INSTITUTIONS,
    MINISTRIES,
    ON_RECORD,
    PROVINCE,
    Institution,
)
from roundtable.demo.telling import Ref, Step

ANNOUNCEMENT = "CHU-2018-166M"


def script() -> list[Step]:
    """Return all steps in the order in which they are recorded."""
    return [*opening(FACTS), *(_registered(item) for item in ITEMS), *life(), *lately()]


def opening(facts: tuple[SeedFact, ...]) -> list[Step]:
    """Return the steps that rest on facts of the document; without a fact, its step or value is missing."""
    known = Known.of(facts)
    return [*(_institution(i) for i in INSTITUTIONS if i.fact in known), *_announcement(known)]


def _institution(institution: Institution) -> Step:
    body: dict[str, Any] = {
        "code": institution.code,
        "name": institution.name,
        "kind": institution.kind,
        "sector": institution.sector,
        "occurred_on": ON_RECORD,
        "source": {"citation": institution.citation},
        "illustrative": institution.invented,
    }
    if institution.ubigeo:
        body["territories"] = [_district(institution.ubigeo)]
    return Step("organization.register", institution.code, body)


def _announcement(known: Known) -> Iterator[Step]:
    """Announce what is known, with ones for missing figures; nothing, where nobody knows who promised or when."""
    if not {"national-agencies", "announced-year"} <= known.keys():
        return
    headline = {
        "amount": {"amount": known.get("announced-amount", "1.00"), "currency": "PEN"},
        "projects": known.get("announced-projects", 1),
        "sectors": known.sectors(),
    }
    body = {
        "code": ANNOUNCEMENT,
        "title": "Compromisos de las entidades nacionales con Chumbivilcas, 2018",
        "statement": "Las entidades nacionales comprometen 166 millones de soles para 32 proyectos de agricultura, "
        "educación, vivienda y transporte.",
        "headline": headline,
        "responsibles": _responsibles(ministry.code for ministry in MINISTRIES),
        "territories": [_district(PROVINCE)],
        "origin": {"quote": {"text": QUOTE, "language": "en"}},
        "occurred_on": f"{known['announced-year']}-{dates.ANNOUNCED}",
        "source": {"citation": SOURCE},
        "illustrative": ["code", "occurred_on", "responsibles"],
    }
    yield Step("commitment.register", ANNOUNCEMENT, body)


def _registered(item: Item) -> Step:
    body: dict[str, Any] = {
        "code": item.code,
        "title": item.title,
        "stage": "requested" if item.code in REQUESTED else "agreed",
        "sector": item.sector,
        "amount": soles(item.promised),
        "responsibles": _responsibles([item.ministry]),
        "counterparts": [
            {"organization": Ref(item.municipality), "obligation": "Terreno saneado, operación y mantenimiento"}
        ],
        "territories": [_district(item.ubigeo)],
        "origin": {"item": f"Matriz de proyectos, fila {ITEMS.index(item) + 1}"},
        "occurred_on": dates.ITEMISED,
    }
    if item.deadline:
        body["deadline"] = item.deadline
    if item.followed:
        body |= {"follow_up_body": Ref(FOLLOW_UP), "verifier": Ref(FOLLOW_UP)}
    body["illustrative"] = list(body)
    return Step("commitment.register", item.code, body | {"part_of": Ref(ANNOUNCEMENT)})


def _responsibles(codes: Iterable[str]) -> list[dict[str, Any]]:
    return [{"organization": Ref(code)} for code in codes]


def _district(ubigeo: str) -> dict[str, str]:
    return {"system": "PE-UBIGEO-INEI", "code": ubigeo}
