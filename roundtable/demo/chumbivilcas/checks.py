"""Whether the record answers with what the document says, fact by fact."""

from collections.abc import Callable, Iterable
from typing import Any

from roundtable.demo.asking import Asker
from roundtable.demo.chumbivilcas.facts import FACTS
from roundtable.demo.chumbivilcas.government_checks import GOVERNMENT_CHECKS
from roundtable.demo.chumbivilcas.organizations import PROVINCIAL
from roundtable.demo.chumbivilcas.places import PROVINCE
from roundtable.demo.chumbivilcas.plan_checks import PLAN_CHECKS
from roundtable.demo.chumbivilcas.script import ANNOUNCEMENT
from roundtable.demo.chumbivilcas.table_checks import TABLE_CHECKS

Check = Callable[[Asker], Any]


def _announced(asker: Asker) -> dict[str, Any]:
    return asker.get(f"/commitments/{ANNOUNCEMENT}") or {"began_on": "", "headline": None, "responsibles": ()}


def _headline(asker: Asker) -> dict[str, Any]:
    return _announced(asker)["headline"] or {"amount": {}, "projects": None, "sectors": ()}


def _sector(name: str) -> Check:
    return lambda asker: name if name in _headline(asker)["sectors"] else None


def _kinds(asker: Asker) -> Any:
    """Return the kind of everybody who answers for the announcement, where it is one kind."""
    ids = [responsible["organization"] for responsible in _announced(asker)["responsibles"]]
    kinds = {asker.get(f"/organizations/{id}")["kind"] for id in ids}
    return kinds.pop() if len(kinds) == 1 else None


def _name(code: str) -> Check:
    return lambda asker: (asker.get(f"/organizations/{code}") or {}).get("name")


def _kind(code: str) -> Check:
    return lambda asker: (asker.get(f"/organizations/{code}") or {}).get("kind")


def _promised_at(asker: Asker) -> Any:
    """Return the code of the table at which the announcement was made."""
    table = (_announced(asker).get("origin") or {}).get("roundtable")
    return asker.get(f"/roundtables/{table}")["code"] if table else None


def _municipalities(asker: Asker) -> int:
    found = asker.get(f"/organizations?kind=local_government&territory=PE-UBIGEO-INEI:{PROVINCE}&limit=200")
    return len(found["items"])


CHECKS: dict[str, Check] = {
    "announced-amount": lambda asker: _headline(asker)["amount"].get("amount"),
    "announced-projects": lambda asker: _headline(asker)["projects"],
    "announced-year": lambda asker: _announced(asker)["began_on"][:4],
    "sector-agriculture": _sector("agriculture"),
    "sector-education": _sector("education"),
    "sector-housing": _sector("housing"),
    "sector-transport": _sector("transport"),
    "national-agencies": _kinds,
    "provincial-municipality": _name(PROVINCIAL),
    "quinota-municipality": _name("MD-QUINOTA"),
    "eight-municipalities": _municipalities,
    "cisal": _kind("CISAL"),
    "promised-at-the-table": _promised_at,
    **TABLE_CHECKS,
    **GOVERNMENT_CHECKS,
    **PLAN_CHECKS,
}
"""How each fact of the document is asked for."""


def failing(asker: Asker) -> Iterable[str]:
    """Yield the facts of the document that the record does not answer with."""
    return (fact.id for fact in FACTS if CHECKS[fact.id](asker) != fact.value)
