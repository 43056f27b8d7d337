"""Whether the record answers with what the document says of the tables."""

from collections.abc import Callable
from typing import Any

from roundtable.demo.asking import Asker
from roundtable.demo.chumbivilcas.organizations import ENTREPRENEURS, PRODUCERS
from roundtable.demo.chumbivilcas.roundtables import REGIONAL_TABLE, TECHNICAL

Check = Callable[[Asker], Any]


def _table(asker: Asker, code: str) -> dict[str, Any]:
    return asker.get(f"/roundtables/{code}") or {"seats": (), "name": None, "purpose": None, "type": None}


def _said(code: str, field: str) -> Check:
    return lambda asker: _table(asker, code)[field]


def _has_kind(kind: str) -> Check:
    """Check that an organization of a kind sits at the Technical Table."""

    def check(asker: Asker) -> str | None:
        ids = {seat["organization"] for seat in _table(asker, TECHNICAL)["seats"]}
        return kind if kind in {asker.get(f"/organizations/{id}")["kind"] for id in ids} else None

    return check


def _municipal(asker: Asker) -> list[dict[str, Any]]:
    return list(asker.get("/roundtables?type=municipal_led_table&limit=200")["items"])


def _municipalities_with_a_table(asker: Asker) -> int:
    chairs = {chair for table in _municipal(asker) for chair in table["chairs"]}
    return len({id for id in chairs if asker.get(f"/organizations/{id}")["kind"] == "local_government"})


def _at_each(sector: str) -> Check:
    """Check that a sector sits at every municipal table."""

    def check(asker: Asker) -> str | None:
        sectors = [{seat["sector"] for seat in table["seats"]} for table in _municipal(asker)]
        return sector if sectors and all(sector in some for some in sectors) else None

    return check


def _purpose_of_each(asker: Asker) -> str | None:
    purposes = {table["purpose"] for table in _municipal(asker)}
    return purposes.pop() if len(purposes) == 1 else None


def _municipalities_at_the_regional_table(asker: Asker) -> int:
    ids = {seat["organization"] for seat in _table(asker, REGIONAL_TABLE)["seats"]}
    return sum(asker.get(f"/organizations/{id}")["kind"] == "local_government" for id in ids)


def _at_the_regional_table(code: str, word: str) -> Check:
    """Check that those whom an invented organization stands for sit at the regional table."""

    def check(asker: Asker) -> str | None:
        ids = {seat["organization"] for seat in _table(asker, REGIONAL_TABLE)["seats"]}
        found = asker.get(f"/organizations/{code}") or {"id": None, "name": ""}
        return word if found["id"] in ids and found["name"].startswith(word) else None

    return check


TABLE_CHECKS: dict[str, Check] = {
    "technical-table": _said(TECHNICAL, "name"),
    "table-dialogue": _said(TECHNICAL, "type"),
    "table-ministries": _has_kind("national_government"),
    "table-companies": _has_kind("company"),
    "table-local": _has_kind("local_government"),
    "table-regional": _has_kind("regional_government"),
    "table-purpose": _said(TECHNICAL, "purpose"),
    "municipal-tables": _municipalities_with_a_table,
    "municipal-tables-public": _at_each("state"),
    "municipal-tables-private": _at_each("company"),
    "municipal-tables-community": _at_each("community"),
    "municipal-tables-associations": _at_each("civil_society"),
    "municipal-tables-purpose": _purpose_of_each,
    "regional-table": _said(REGIONAL_TABLE, "name"),
    "regional-municipalities": _municipalities_at_the_regional_table,
    "regional-producers": _at_the_regional_table(PRODUCERS.code, "Productores"),
    "regional-entrepreneurs": _at_the_regional_table(ENTREPRENEURS.code, "Emprendedores"),
}
"""How each fact about the tables is asked for."""
