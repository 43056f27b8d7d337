"""Void and correct over HTTP, for the event of every command of every aggregate."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.aggregate import KINDS
from roundtable.commands import commands_of
from roundtable.installation import Installation
from tests.api.plans import drafts
from tests.harness import Person, Refused, pen

DOCUMENT = "0" * 64
EVIDENCE = [{"document": DOCUMENT}]
ACT = {"type": "resolution", "number": "1", "issuer": "PCM", "date": "2019-01-01"}
Prepare = Callable[["Stage"], Any]


class Stage:
    """A commitment and an organization, ready for the command under test."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.ministry, self.town = person.registers_organization(), person.registers_organization()
        self.organization = f"/organizations/{person.registers_organization()}"
        self.plan = drafts(person, self.town, "A", "B")
        self.commitment = ""

    def has(self, **about: Any) -> None:
        """Register the commitment."""
        self.commitment = f"/commitments/{self.person.registers_commitment(self.ministry, **about)['id']}"

    def went(self, *commands: str) -> None:
        """Bring the commitment into a state."""
        bodies = {
            "report-fulfilment": {"evidence": EVIDENCE, "on_behalf_of": self.ministry},
            "verify-fulfilment": {"on_behalf_of": self.town},
            "declare-unfulfilled": {"reason": "r"},
            "block": {"cause": "rain"},
        }
        for command in commands:
            person = self.other if command == "verify-fulfilment" else self.person
            person.does(f"{self.commitment}/{command}", **bodies.get(command, {}))

    other: Person


# What each command needs before it, its fields, and a field to correct with its other value.
CASES: dict[str, tuple[dict[str, Any], tuple[str, ...], dict[str, Any], dict[str, Any]]] = {
    "commitment.accept": ({"stage": "requested"}, (), {}, {}),
    "commitment.dismiss": ({"stage": "requested"}, (), {"reason": "r"}, {"reason": "s"}),
    "commitment.start": ({}, (), {}, {}),
    "commitment.report_progress": ({}, (), {"percent": 10}, {"percent": 20}),
    "commitment.block": ({}, (), {"cause": "rain"}, {"cause": "snow"}),
    "commitment.unblock": ({}, ("block",), {}, {}),
    "commitment.report_fulfilment": ({}, ("start",), {"evidence": EVIDENCE}, {"evidence": [{"document": "1" * 64}]}),
    "commitment.verify_fulfilment": (
        {}, ("start", "report-fulfilment"), {"on_behalf_of": "town"}, {"outcome": "partial"},
    ),
    "commitment.reject_fulfilment": (
        {}, ("start", "report-fulfilment"), {"on_behalf_of": "town", "reason": "r"}, {"reason": "s"},
    ),
    "commitment.declare_unfulfilled": ({}, (), {"reason": "r"}, {"reason": "s"}),
    "commitment.reactivate": ({}, ("declare-unfulfilled",), {"reason": "r"}, {"reason": "s"}),
    "commitment.supersede": ({}, (), {"successors": "new", "reason": "r"}, {"reason": "s"}),
    "commitment.withdraw": (
        {}, (), {"agreed_by": "ministry", "reason": "r", "source": {"citation": "c"}}, {"source": {"citation": "d"}},
    ),
    "commitment.reverse": ({}, ("start", "report-fulfilment", "verify-fulfilment"), {"reason": "r"}, {"reason": "s"}),
    "commitment.amend_amount": (
        {"amount": pen("10.00")}, (), {"amount": pen("11.00"), "reason": "r"}, {"amount": pen("12.00")},
    ),
    "commitment.approve_amount": ({"amount": pen("10.00")}, (), {"amount": pen("9.00")}, {"amount": pen("8.00")}),
    "commitment.report_execution": ({"amount": pen("10.00")}, (), {"amount": pen("9.00")}, {"amount": pen("8.00")}),
    "commitment.amend_headline": (
        {"headline": {"amount": pen("10.00"), "projects": 1}}, (),
        {"headline": {"amount": pen("11.00"), "projects": 1}, "reason": "r"},
        {"headline": {"amount": pen("11.00"), "projects": 2}},
    ),
    "commitment.set_deadline": ({}, (), {"deadline": "2030-01-01"}, {"deadline": "2031-01-01"}),
    "commitment.extend_deadline": (
        {"deadline": "2020-01-01"}, (), {"deadline": "2030-01-01", "act": ACT, "reason": "r"},
        {"deadline": "2031-01-01"},
    ),
    "commitment.waive_deadline": ({}, (), {"reason": "r"}, {"reason": "s"}),
    "commitment.assign_follow_up_body": ({}, (), {"organization": "town"}, {"organization": "ministry"}),
    "commitment.waive_follow_up": ({}, (), {"reason": "r"}, {"reason": "s"}),
    "commitment.assign_verifier": ({}, (), {"organization": "town"}, {"reason": "s"}),
    "commitment.assign_responsibles": (
        {}, (), {"responsibles": [{"organization": "town"}], "reason": "r"},
        {"responsibles": [{"organization": "town", "share": 100}]},
    ),
    "commitment.add_collaborator": ({}, (), {"organization": "town"}, {"reason": "s"}),
    "commitment.add_counterpart": (
        {}, (), {"counterpart": {"organization": "town", "obligation": "land"}},
        {"counterpart": {"organization": "town", "obligation": "water"}},
    ),
    "commitment.attach_evidence": ({}, (), {"evidence": EVIDENCE[0]}, {"evidence": {"document": "1" * 64}}),
    "commitment.assess": ({}, (), {"assessment": "limited", "on_behalf_of": "town"}, {"assessment": "substantial"}),
    "commitment.state_position": ({}, (), {"voice": "objects", "text": "no"}, {"text": "never"}),
    "commitment.align_objectives": (
        {}, (), {"objectives": [{"plan": "plan", "version": 1, "code": "A"}]},
        {"objectives": [{"plan": "plan", "version": 1, "code": "B"}]},
    ),
    "commitment.name_contact": ({}, (), {"contact": "Ana"}, {"contact": "Eva"}),
    "organization.rename": ({}, (), {"name": "New"}, {"name": "Newer"}),
    "organization.identify": (
        {}, (), {"identifier": {"scheme": "XX-A", "id": "1"}}, {"identifier": {"scheme": "XX-A", "id": "2"}},
    ),
    "organization.name_contact": ({}, (), {"contact": "Ana"}, {"contact": "Eva"}),
    "organization.merge": ({}, (), {"into": "town"}, {"into": "ministry"}),
    "organization.dissolve": ({}, (), {"reason": "r"}, {"reason": "s"}),
}  # fmt: skip


def test_every_command_has_a_case() -> None:
    named = {
        f"{kind}.{command.name}"
        for kind in ("commitment", "organization")
        for command in commands_of(KINDS[kind]).values()
        if not command.creates and command.name not in {"void", "correct"}
    }
    assert named == CASES.keys()


def filled(value: Any, stage: Stage) -> Any:
    """Put ids where a case names organizations or the plan."""
    if value in ("town", "ministry", "plan"):
        return getattr(stage, value)
    if isinstance(value, dict):
        return {name: filled(item, stage) for name, item in value.items()}
    return [filled(item, stage) for item in value] if isinstance(value, list) else value


@pytest.fixture
def stage(installation: Installation, secretary: Person) -> Stage:
    made = Stage(secretary)
    made.other = Person.arrives(installation)
    return made


@pytest.mark.parametrize("name", CASES)
def test_a_fact_can_be_corrected_redated_voided_and_restored(stage: Stage, name: str) -> None:
    about, before, fields, changes = CASES[name]
    fields, changes = filled(fields, stage), filled(changes, stage)
    kind, _, command = name.partition(".")
    if kind == "commitment":
        stage.has(**about)
        stage.went(*before)
    path = stage.commitment if kind == "commitment" else stage.organization
    fields |= {"agreed_by": [stage.ministry]} if "agreed_by" in fields else {}
    if "successors" in fields:
        fields["successors"] = [stage.person.registers_commitment(stage.ministry)["id"]]
    person = stage.other
    untouched = without_marks(person.sees(path))
    recorded = person.does(f"{path}/{command.replace('_', '-')}", occurred_on="2019-02-01", **fields)
    done = without_marks(person.sees(path))
    corrected = person.corrects(path, recorded["position"], changes | {"occurred_on": "2019-03-01"})
    events = {item["position"]: item for item in person.sees(f"{path}/history")["items"]}
    assert events[recorded["position"]]["occurred_on"] == "2019-02-01"
    assert events[recorded["position"]]["reads_as"]["occurred_on"] == "2019-03-01"
    assert without_marks(person.sees(path, at_position=recorded["position"])) == done
    assert without_marks(person.sees(path, valid_at="2019-02-15")) == untouched
    void = person.voids(path, recorded["position"])
    assert without_marks(person.sees(path)) == untouched
    person.voids(path, void["position"])
    assert without_marks(person.sees(path)) == without_marks(person.sees(path, at_position=corrected["position"]))
    assert person.sees(path)["version"] == recorded["version"] + 3


def without_marks(view: dict[str, Any]) -> dict[str, Any]:
    """Leave out what changes with every event, and what depends on the day asked about."""
    return {name: value for name, value in view.items() if name not in {"version", "overdue", "days_overdue"}}


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.name


@pytest.mark.parametrize("kind", ["organization", "commitment"])
def test_a_first_fact_can_be_corrected_and_voided_with_its_object(stage: Stage, kind: str) -> None:
    stage.has()
    path = stage.commitment if kind == "commitment" else stage.organization
    [first] = stage.person.sees(f"{path}/history")["items"]
    field = "title" if kind == "commitment" else "name"
    stage.person.corrects(path, first["position"], {field: "Right", "occurred_on": "2017"})
    assert stage.person.sees(path)[field] == "Right"
    assert stage.person.sees(path, valid_at="2018-01-01")["began_on"] == "2017-12-31"
    voided = stage.person.voids(path, first["position"])
    assert stage.person.get(path).json()["type"] == "urn:roundtable:problem:object-voided"
    assert refused(lambda: stage.person.does(f"{path}/name-contact", contact="Ana")) == "object-voided"
    assert stage.person.sees(path, at_position=voided["position"] - 1)[field] == "Right"
    stage.person.voids(path, voided["position"])
    assert stage.person.sees(path)[field] == "Right"


def test_a_code_is_not_restored_after_another_took_it(secretary: Person) -> None:
    one, two = (f"/organizations/{secretary.registers_organization()}" for _ in range(2))
    [first] = secretary.sees(f"{one}/history")["items"]
    [second] = secretary.sees(f"{two}/history")["items"]
    given = secretary.corrects(one, first["position"], {"code": "MTC"})
    secretary.voids(one, given["position"])
    secretary.corrects(two, second["position"], {"code": "MTC"})
    assert refused(lambda: secretary.corrects(one, first["position"], {"code": "MTC"})) == "code-taken"
    assert secretary.sees("/organizations/MTC")["id"] == two.rpartition("/")[2]
    begun = secretary.voids(two, second["position"])
    secretary.corrects(one, first["position"], {"code": "MTC"})
    assert refused(lambda: secretary.voids(two, begun["position"])) == "code-taken"


@pytest.mark.parametrize(
    ("changes", "name", "field"),
    [
        ({"percent": 101}, "changes-invalid", "changes.percent"),
        ({"colour": "red"}, "changes-invalid", "changes.colour"),
        ({"position": 1}, "changes-invalid", "changes.position"),
        ({"actor": "00000000-0000-0000-0000-000000000000"}, "changes-invalid", "changes.actor"),
        ({"occurred_on": "2019-02-30"}, "changes-invalid", "changes.occurred_on"),
        ({"occurred_on": "2999-01-01"}, "in-future", "occurred_on"),
        ({"occurred_on": "2001-01-01"}, "before-object-began", "occurred_on"),
        ({"percent": 10}, "nothing-to-correct", "changes"),
        ({}, "invalid-request", "changes"),
    ],
)
def test_a_correction_is_refused_where_the_command_would_be(
    secretary: Person, changes: dict[str, Any], name: str, field: str
) -> None:
    made = secretary.registers_commitment(secretary.registers_organization())
    path = f"/commitments/{made['id']}"
    reported = secretary.does(f"{path}/report-progress", percent=10)
    body = {"position": reported["position"], "changes": changes, "reason": "typo"}
    answer = secretary.post(f"{path}/correct", body)
    problem = answer.json()
    assert problem["type"] == f"urn:roundtable:problem:{name}", problem
    assert [error["field"] for error in problem["errors"]] == [field]
    assert secretary.sees(path)["version"] == 2


def test_positions_of_other_objects_corrections_and_voids_are_not_corrected(secretary: Person) -> None:
    one, two = (f"/organizations/{secretary.registers_organization()}" for _ in range(2))
    renamed = secretary.does(f"{one}/rename", name="New")["position"]
    assert refused(lambda: secretary.voids(two, renamed)) == "fact-not-found"
    corrected = secretary.corrects(one, renamed, {"name": "Newer"})["position"]
    assert refused(lambda: secretary.corrects(one, corrected, {"name": "X"})) == "not-correctable"
    secretary.voids(one, renamed)
    assert refused(lambda: secretary.voids(one, renamed)) == "fact-already-voided"
    assert refused(lambda: secretary.corrects(one, renamed, {"name": "X"})) == "fact-already-voided"


def test_a_code_given_by_a_correction_is_not_restored_after_another_took_it(secretary: Person) -> None:
    one, two = (f"/organizations/{secretary.registers_organization()}" for _ in range(2))
    [first] = secretary.sees(f"{one}/history")["items"]
    [second] = secretary.sees(f"{two}/history")["items"]
    given = secretary.corrects(one, first["position"], {"code": "MTC"})
    voided = secretary.voids(one, given["position"])
    secretary.corrects(two, second["position"], {"code": "MTC"})
    assert refused(lambda: secretary.voids(one, voided["position"])) == "code-taken"


def test_what_others_name_does_not_leave_the_record_before_them(secretary: Person) -> None:
    ministry = secretary.registers_organization()
    whole = secretary.registers_commitment(ministry, headline={"amount": pen(100), "projects": 2})
    item = secretary.registers_commitment(ministry, part_of=whole["id"], amount=pen(60))
    [registered] = secretary.sees(f"/organizations/{ministry}/history")["items"]
    assert refused(lambda: secretary.voids(f"/organizations/{ministry}", registered["position"])) == "others-rest-on-it"
    assert refused(lambda: secretary.voids(f"/commitments/{whole['id']}", whole["position"])) == "others-rest-on-it"
    secretary.voids(f"/commitments/{item['id']}", item["position"])
    secretary.voids(f"/commitments/{whole['id']}", whole["position"])
    secretary.voids(f"/organizations/{ministry}", registered["position"])


def test_an_announcement_is_not_corrected_into_another_currency_than_its_items(secretary: Person) -> None:
    ministry = secretary.registers_organization()
    headline = {"amount": pen(100), "projects": 2}
    whole = secretary.registers_commitment(ministry, headline=headline)
    path, dollars = (
        f"/commitments/{whole['id']}",
        {"headline": headline | {"amount": {"amount": "100", "currency": "USD"}}},
    )
    item = secretary.registers_commitment(ministry, part_of=whole["id"], amount=pen(60))
    assert refused(lambda: secretary.corrects(path, whole["position"], dollars)) == "currency-mismatch"
    secretary.voids(f"/commitments/{item['id']}", item["position"])
    secretary.corrects(path, whole["position"], dollars)
    assert secretary.sees(path)["headline"]["amount"]["currency"] == "USD"
