"""Whether the record answers with what the document says of the plans."""

from collections.abc import Callable
from typing import Any

from roundtable.demo.asking import Asker
from roundtable.demo.chumbivilcas.budgets import BUDGET
from roundtable.demo.chumbivilcas.organizations import CISAL
from roundtable.demo.chumbivilcas.places import CONCERTED_PLANS, DISTRICTS, LED_PLANS
from roundtable.demo.chumbivilcas.projects import IDENTIFIED

Check = Callable[[Asker], Any]


def _plans(asker: Asker, codes: dict[str, str]) -> list[dict[str, Any]]:
    return [found for code in codes.values() if (found := asker.get(f"/plans/{code}"))]


def _updated(asker: Asker) -> int:
    """Count the concerted plans of which a later version than the first is in force."""
    return sum((plan["in_force"] or 0) > 1 for plan in _plans(asker, CONCERTED_PLANS))


def _supported(asker: Asker) -> str | None:
    """Return who took part in making every concerted plan, where that is CISAL."""
    cisal = (asker.get(f"/organizations/{CISAL.code}") or {}).get("id")
    plans = _plans(asker, CONCERTED_PLANS)
    took_part = [{id for part in plan["participation"] for id in part["organizations"]} for plan in plans]
    return CISAL.code if len(plans) == len(DISTRICTS) and all(cisal in ids for ids in took_part) else None


def _proposals(asker: Asker, place: str) -> list[dict[str, Any]]:
    return list((asker.get(f"/participatory-budgets/{BUDGET[place]}") or {"proposals": ()})["proposals"])


def _used(place: str) -> Check:
    """Return the government that adopted the concerted plan which a participatory budget uses."""

    def check(asker: Asker) -> str | None:
        plan = asker.get(f"/plans/{CONCERTED_PLANS[place]}")
        if plan is None:
            return None
        cited = {p["objective"]["version"] for p in _proposals(asker, place) if p["objective"]["plan"] == plan["id"]}
        governments = {v["adopted_under"]["code"] for v in plan["versions"] if v["number"] in cited}
        return governments.pop() if len(governments) == 1 else None

    return check


def _in_line(asker: Asker) -> int:
    """Count the new governments' projects that serve an objective of a concerted plan."""
    plans = {plan["id"] for plan in _plans(asker, CONCERTED_PLANS)}
    projects = [found for code in IDENTIFIED.values() if (found := asker.get(f"/projects/{code}"))]
    return sum(any(one["plan"] in plans for one in project["objectives"]) for project in projects)


def _economic(asker: Asker) -> list[dict[str, Any]]:
    listed = asker.get("/plans?type=local_economic_development&limit=200")["items"]
    return [asker.get(f"/plans/{plan['id']}") for plan in listed]


def _recognised(asker: Asker) -> int:
    return sum(plan["recognition"] is not None for plan in _economic(asker))


def _of_communities(asker: Asker) -> str | None:
    """Check that a community took part in making every local economic development plan."""
    kinds = [
        {asker.get(f"/organizations/{id}")["kind"] for part in plan["participation"] for id in part["organizations"]}
        for plan in _economic(asker)
    ]
    return "community" if kinds and all("community" in some for some in kinds) else None


def _with_actions(asker: Asker) -> int:
    """Count the local economic development plans that say what is to be done."""
    return sum(bool(plan["content"]["actions"]) for plan in _economic(asker))


def _guiding(asker: Asker) -> int:
    """Count the local economic development plans that a participatory budget cites."""
    cited = {proposal["objective"]["plan"] for place in LED_PLANS for proposal in _proposals(asker, place)}
    return sum(plan["id"] in cited for plan in _economic(asker))


def _handed_over(asker: Asker) -> int:
    """Count the local economic development plans that were handed over in a transition."""
    return sum(any(one["transition"] for one in plan["handovers"]) for plan in _economic(asker))


PLAN_CHECKS: dict[str, Check] = {
    "plans-updated": _updated,
    "plans-cisal": _supported,
    "plans-used-provincial": _used("ST"),
    "plans-used-quinota": _used("QU"),
    "projects-in-line": _in_line,
    "led-plans": lambda asker: len(_economic(asker)),
    "led-policy": _recognised,
    "led-priorities": _of_communities,
    "led-tools": _with_actions,
    "led-budgets": _guiding,
    "led-handed-over": _handed_over,
}
"""How each fact about plans is asked for."""
