"""How tests make plans over HTTP: one in force, with what it says, whose it is and what it is built into."""

from typing import Any

from tests.harness import Person

ORDINANCE = {"type": "ordinance", "number": "OM 012-2017", "issuer": "Municipal council", "date": "2017-11-30"}
COVERAGE = {
    "name": "Households with safe water",
    "unit": "%",
    "baseline": {"year": 2017, "value": "41.5"},
    "targets": [{"year": 2018, "value": "50"}, {"year": 2021, "value": "72.5"}],
}


def objective(code: str, statement: str = "Safe water for all", **more: Any) -> dict[str, Any]:
    return {"code": code, "statement": statement} | more


def drafts(who: Person, owner: str, *codes: str, parent: tuple[str, int] | None = None, **about: Any) -> str:
    """Draft a plan of 2018–2021 with objectives, in March 2017, and return its id."""
    body = {
        "title": "Concerted Development Plan",
        "type": "concerted_development_district",
        "owner": owner,
        "horizon": {"from": 2018, "until": 2021},
        "parent": {"plan": parent[0], "version": parent[1]} if parent else None,
        "occurred_on": "2017-03-01",
    }
    id = str(who.does("/plans", **(body | about))["id"])
    if codes:
        states(who, id, *codes)
    return id


def states(who: Person, id: str, *codes: str, on: str = "2017-05-01") -> dict[str, Any]:
    """Write objectives into the version being drafted."""
    return who.does(f"/plans/{id}/state-objectives", occurred_on=on, objectives=[objective(code) for code in codes])


def adopts(who: Person, id: str, on: tuple[str, str, str] = ("2017-08-01", "2017-11-30", "2018-01-01")) -> None:
    """Concert, adopt and bring into force the version being drafted."""
    concerted, adopted, entered = on
    who.does(f"/plans/{id}/concert", occurred_on=concerted, source={"citation": "Minutes of the assembly"})
    who.does(f"/plans/{id}/adopt", occurred_on=adopted, act=ORDINANCE, review_waiver="No review was asked for")
    who.does(f"/plans/{id}/enter-into-force", occurred_on=entered)


def in_force(who: Person, owner: str, *codes: str, **about: Any) -> str:
    """Draft a plan with objectives and bring it into force on 1 January 2018."""
    id = drafts(who, owner, *(codes or ("OE.1",)), **about)
    adopts(who, id)
    return id
