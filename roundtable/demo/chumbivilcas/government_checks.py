"""Whether the record answers with what the document says of the governments and their handovers."""

from collections.abc import Callable
from typing import Any

from roundtable.demo.asking import Asker
from roundtable.demo.chumbivilcas.administrations import incoming
from roundtable.demo.chumbivilcas.places import DISTRICTS

Check = Callable[[Asker], Any]


def _elected(asker: Asker) -> str | None:
    """Return the year in which all new governments were elected, where it is one year."""
    found = [asker.get(f"/administrations/{incoming(place)}") for place in DISTRICTS]
    years = {government["elected_on"][:4] if government else None for government in found}
    return years.pop() if len(years) == 1 else None


def _handovers(asker: Asker) -> list[dict[str, Any]]:
    """Return the handovers that followed the elections of which the document speaks."""
    return list(asker.get("/transitions?q=TG-2018&limit=200")["items"])


def _commissions(asker: Asker) -> int:
    """Count the handovers for which a commission was installed."""
    return sum(handover["installed_by"] is not None for handover in _handovers(asker))


def _between_two(asker: Asker) -> int:
    """Count the handovers that name an outgoing and an incoming government."""
    return sum(handover["incoming"] is not None for handover in _handovers(asker))


def _new_authorities(place: str) -> Check:
    """Check that new authorities took office, and return the name of their municipality."""

    def check(asker: Asker) -> str | None:
        found = asker.get(f"/administrations/{incoming(place)}")
        if not found or found["took_office_on"] is None or found["predecessor"] is None:
            return None
        return str(asker.get(f"/organizations/{found['institution']}")["name"])

    return check


GOVERNMENT_CHECKS: dict[str, Check] = {
    "elections-2018": _elected,
    "transition-commissions": _commissions,
    "outgoing-and-incoming": _between_two,
    "new-provincial-authorities": _new_authorities("ST"),
    "new-quinota-authorities": _new_authorities("QU"),
}
"""How each fact about governments is asked for."""
