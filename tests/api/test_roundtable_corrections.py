"""Void and correct over HTTP, for the event of every command of a roundtable."""

from typing import Any
from uuid import uuid4

import pytest

from domain.roundtable import Roundtable
from roundtable.commands import commands_of
from tests.api.test_roundtables import ACT, CITED, LETTER, active, id_of, proposed
from tests.harness import Person, Refused

OTHER = {"citation": "Oficio 99-2019"}
ONE, TWO = str(uuid4()), str(uuid4())
SEAT = ("define-seat", {"seat": "town", "organization": "town", "sector": "state"})
REPRESENTED = (SEAT, ("designate-representatives", {"seat": "town", "principal": ONE}))
CONSTITUTED = (("constitute", {"act": ACT, "valid_until": "2030-12-31"}),)
WAIVED = (*CONSTITUTED, ("complete-accreditation", {"waiver": "The act names nobody"}))
INSTALLED = (*WAIVED, ("install", CITED), ("approve-work-plan", {"document": LETTER}))
ACTIVE = (*INSTALLED, ("activate", {}))

# What each command needs before it, its fields, and a field to correct with its other value.
CASES: dict[str, tuple[tuple[tuple[str, dict[str, Any]], ...], dict[str, Any], dict[str, Any]]] = {
    "constitute": ((), {"act": ACT, "term": {"count": 2}}, {"term": {"count": 3, "from": "act"}}),
    "complete-accreditation": (CONSTITUTED, {"waiver": "a"}, {"waiver": "b"}),
    "postpone-installation": (CONSTITUTED, {"reason": "r"}, {"until": "2019-05-01"}),
    "install": (WAIVED, CITED, {"minutes": ONE}),
    "approve-rules": (CONSTITUTED, {"rules": {"quorum": {"seats": 3}}}, {"rules": {"quorum": {"share": "1/2"}}}),
    "approve-work-plan": (CONSTITUTED, {"document": LETTER}, {"document": OTHER}),
    "activate": (INSTALLED, {}, {"reason": "s"}),
    "suspend": (ACTIVE, {"reason": "r"}, {"reason": "s"}),
    "resume": ((*ACTIVE, ("suspend", {"reason": "r"})), {}, {"reason": "s"}),
    "extend-validity": (CONSTITUTED, {"until": "2031-12-31", "act": ACT}, {"until": "2032-12-31"}),
    "assign-follow-up-body": ((), {"organization": "town"}, {"organization": "region"}),
    "conclude": (ACTIVE, {"final_report": LETTER}, {"follow_up_body": "region"}),
    "extinguish": ((), {"act": ACT}, {"follow_up_body": "region"}),
    "define-seat": ((), SEAT[1], {"seat": "city", "vote": False}),
    "withdraw-seat": ((SEAT,), {"seat": "town", "reason": "r"}, {"reason": "s"}),
    "designate-representatives": (
        (SEAT,), {"seat": "town", "principal": ONE, "principal_name": "Ana"},
        {"principal": TWO, "principal_name": "Eva"},
    ),
    "accredit": ((*CONSTITUTED, *REPRESENTED), {"seat": "town", "document": LETTER}, {"document": OTHER}),
    "lapse-accreditation": (
        (*CONSTITUTED, *REPRESENTED, ("accredit", {"seat": "town", "document": LETTER})),
        {"seat": "town", "reason": "r"}, {"reason": "s"},
    ),
    "name-chairs": ((), {"chairs": ["town"]}, {"co_chairs": ["region"]}),
    "name-secretariat": ((), {"organization": "town"}, {"organization": "region"}),
}  # fmt: skip


def test_every_command_of_a_roundtable_has_a_case() -> None:
    named = {c.slug for c in commands_of(Roundtable).values() if not c.creates and c.slug not in {"void", "correct"}}
    assert named == CASES.keys()


def filled(value: Any, ids: dict[str, str]) -> Any:
    """Put ids where a case names organizations."""
    if isinstance(value, dict):
        return {n: value[n] if n == "seat" else filled(value[n], ids) for n in value}
    if isinstance(value, list):
        return [filled(item, ids) for item in value]
    return ids.get(value, value) if isinstance(value, str) else value


def without_marks(view: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in view.items() if name != "version"}


@pytest.mark.parametrize("name", CASES)
def test_a_fact_can_be_corrected_redated_voided_and_restored(secretary: Person, name: str) -> None:
    before, fields, changes = CASES[name]
    ids = {"town": secretary.registers_organization(), "region": secretary.registers_organization()}
    path = proposed(secretary)
    for command, body in before:
        secretary.does(f"{path}/{command}", **filled(body, ids))
    untouched = without_marks(secretary.sees(path))
    recorded = secretary.does(f"{path}/{name}", occurred_on="2019-02-01", **filled(fields, ids))
    done = without_marks(secretary.sees(path))
    changed = filled(changes, ids) | {"occurred_on": "2019-03-01"}
    corrected = secretary.corrects(path, recorded["position"], changed)
    assert without_marks(secretary.sees(path)) != untouched
    assert without_marks(secretary.sees(path, at_position=recorded["position"])) == done
    assert without_marks(secretary.sees(path, valid_at="2019-02-15")) == untouched
    void = secretary.voids(path, recorded["position"])
    assert without_marks(secretary.sees(path)) == untouched
    secretary.voids(path, void["position"])
    assert without_marks(secretary.sees(path)) == without_marks(secretary.sees(path, at_position=corrected["position"]))


def refused(act: Any) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.name


def test_a_proposal_can_be_corrected_and_voided_with_its_roundtable(secretary: Person) -> None:
    ministry = secretary.registers_organization()
    path = proposed(secretary, code="CHU")
    [first] = secretary.sees(f"{path}/history")["items"]
    secretary.corrects(path, first["position"], {"name": "Mesa de Chumbivilcas", "occurred_on": "2018"})
    assert secretary.sees("/roundtables/CHU", valid_at="2018-12-31")["name"] == "Mesa de Chumbivilcas"
    there = {"origin": {"roundtable": id_of(path)}}
    made = secretary.registers_commitment(ministry, occurred_on="2019-01-01", **there)
    assert refused(lambda: secretary.voids(path, first["position"])) == "others-rest-on-it"
    secretary.voids(f"/commitments/{made['id']}", made["position"])
    secretary.voids(path, first["position"])
    assert secretary.get(path).json()["type"].endswith("object-voided")
    assert refused(lambda: secretary.registers_commitment(ministry, **there)) == "unknown-roundtable"


def test_what_later_facts_rest_on_stays(secretary: Person) -> None:
    path = active(secretary)
    history = {item["topic"]: item["position"] for item in secretary.sees(f"{path}/history")["items"]}
    for topic in ("constituted", "accreditation-completed", "installed", "work-plan-approved"):
        position = history[f"roundtable.{topic}"]
        assert refused(lambda at=position: secretary.voids(path, at)) == "facts-contradict"
    secretary.voids(path, history["roundtable.activated"])
    secretary.voids(path, history["roundtable.work-plan-approved"])
    assert secretary.sees(path)["status"] == "installed"
