"""The story as steps: institutions, tables and governments, the announcement, its 32 items, and what became of all."""

from collections.abc import Iterable, Iterator
from typing import Any

from roundtable.demo.chumbivilcas import budgets, dates
from roundtable.demo.chumbivilcas.administrations import governed_again, governments, proclaimed
from roundtable.demo.chumbivilcas.budgets import decided
from roundtable.demo.chumbivilcas.facts import FACTS, QUOTE, SOURCE, Known, SeedFact
from roundtable.demo.chumbivilcas.items import CO_RESPONSIBLE, ITEMS, PAGES, REQUESTED, SECTORS, Item, soles
from roundtable.demo.chumbivilcas.life import lately, life
from roundtable.demo.chumbivilcas.minutes import ITEMISING, row_of
from roundtable.demo.chumbivilcas.organizations import (
    FOLLOW_UP,
    INSTITUTIONS,
    INVENTED,
    MINISTRIES,
    ON_RECORD,
    Institution,
    Invented,
)
from roundtable.demo.chumbivilcas.places import PROVINCE, territory
from roundtable.demo.chumbivilcas.plans import drafted, ratified
from roundtable.demo.chumbivilcas.projects import built, identified
from roundtable.demo.chumbivilcas.roundtables import TECHNICAL, lived, proposed
from roundtable.demo.chumbivilcas.sitting import sittings
from roundtable.demo.chumbivilcas.steps import invented
from roundtable.demo.chumbivilcas.succession import handed_over_again
from roundtable.demo.chumbivilcas.transitions import established, handed_over
from roundtable.demo.telling import Ref, Step, grounded, in_order

ANNOUNCEMENT = "CHU-2018-166M"


def script() -> list[Step]:
    """Return all steps in the order in which they are recorded."""
    items = (_registered(item) for item in ITEMS)
    tables = (*sittings(), *lived())
    made_up = (*tables, *items, *built(), *life(), *proclaimed(), *handed_over(), *ratified(), *decided())
    later = (*governed_again(), *handed_over_again())
    return [*in_order([*_stated(Known.of(FACTS)), *made_up, *later]), *lately()]


def opening(facts: tuple[SeedFact, ...]) -> list[Step]:
    """Return the steps that rest on facts of the document; without a fact, its step or value is missing."""
    known = Known.of(facts)
    return list(grounded(in_order(_stated(known)), known))


def _stated(known: Known) -> Iterator[Step]:
    yield from (_institution(institution) for institution in INSTITUTIONS)
    yield from (_unnamed(organization) for organization in INVENTED)
    yield from proposed(known)
    yield _announcement(known)
    yield from governments(known)
    yield from established(known)
    yield from drafted()
    yield from budgets.proposed()
    yield from identified()


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
        body["territories"] = [territory(institution.ubigeo)]
    return Step("organization.register", institution.code, body, needs=(institution.fact,))


def _unnamed(one: Invented) -> Step:
    said: dict[str, Any] = {
        "code": one.code,
        "name": one.name,
        "kind": one.kind,
        "territories": [territory(one.ubigeo)],
    }
    return invented("organization.register", one.code, ON_RECORD, **said)


def _announcement(known: Known) -> Step:
    """Announce what is known, with ones for missing figures; it needs who promised and when."""
    headline = {
        "amount": {"amount": known.get("announced-amount", "1.00"), "currency": "PEN"},
        "projects": known.get("announced-projects", 1),
        "sectors": known.sectors(),
    }
    origin: dict[str, Any] = {"quote": {"text": QUOTE, "language": "en"}}
    if "promised-at-the-table" in known:
        origin["roundtable"] = Ref(TECHNICAL)
    body = {
        "code": ANNOUNCEMENT,
        "title": "Compromisos de las entidades nacionales con Chumbivilcas, 2018",
        "statement": "Las entidades nacionales comprometen 166 millones de soles para 32 proyectos de agricultura, "
        "educación, vivienda y transporte.",
        "headline": headline,
        "responsibles": _responsibles(ministry.code for ministry in MINISTRIES),
        "territories": [territory(PROVINCE)],
        "origin": origin,
        "occurred_on": f"{known.get('announced-year')}-{dates.ANNOUNCED}",
        "source": {"citation": SOURCE},
        "illustrative": ["code", "occurred_on", "responsibles"],
    }
    return Step("commitment.register", ANNOUNCEMENT, body, needs=("national-agencies", "announced-year"))


def _registered(item: Item) -> Step:
    body: dict[str, Any] = {
        "code": item.code,
        "title": item.title,
        "stage": "requested" if item.code in REQUESTED else "agreed",
        "sector": item.sector,
        "amount": soles(item.promised),
        "responsibles": [*_responsibles([item.ministry]), *_beside(item)],
        "counterparts": [
            {"organization": Ref(item.municipality), "obligation": "Terreno saneado, operación y mantenimiento"}
        ],
        "territories": [territory(item.ubigeo)],
        "origin": _provenance(item),
        "occurred_on": dates.ITEMISED,
    }
    if item.deadline:
        body["deadline"] = item.deadline
    if item.followed:
        body |= {"follow_up_body": Ref(FOLLOW_UP), "verifier": Ref(FOLLOW_UP)}
    body["illustrative"] = list(body)
    whole = {"part_of": Ref(ANNOUNCEMENT)}
    return Step("commitment.register", item.code, body | whole, told=dates.WRITTEN_DOWN)


def _provenance(item: Item) -> dict[str, Any]:
    """Return the table, the minutes with item and page, and the words of the row."""
    line = item.code.split("-")[1]
    outcome = "Pedido 1" if item.code in REQUESTED else f"Acuerdo {list(SECTORS).index(line) + 1}"
    quote = {"text": row_of(item.code)}
    return {
        "roundtable": Ref(TECHNICAL),
        "session": Ref("DEMO-MT-S3"),
        "minutes": Ref(ITEMISING),
        "item": outcome,
        "page": PAGES[line],
        "quote": quote,
    }


def _beside(item: Item) -> list[dict[str, Any]]:
    other = CO_RESPONSIBLE.get(item.code)
    return [{"organization": Ref(other), "role": "co"}] if other else []


def _responsibles(codes: Iterable[str]) -> list[dict[str, Any]]:
    return [{"organization": Ref(code)} for code in codes]
