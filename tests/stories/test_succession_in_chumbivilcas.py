"""One commitment of 2018 through three governments of Quiñota, and the handovers of 2022 that passed it on."""

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from roundtable import demo
from roundtable.demo.chumbivilcas.succession import BY_HAND
from tests.stories.conftest import Told

TRACED = "DEMO-EDU-QU"
LOOKED_AT = "2023-06-30"
GOVERNMENTS = ("MD-QUINOTA-2015", "MD-QUINOTA-2019", "MD-QUINOTA-2023")
CLOSED = ("TG-2022-ST", "TG-2022-QU")


def chain(told: Told, **when: Any) -> list[Any]:
    found = told.citizen.sees(f"/commitments/{TRACED}/holders", **({"valid_at": LOOKED_AT} | when))
    return [one for one in found["items"] if one["capacity"] == "counterpart"]


def handover(told: Told, code: str, **when: Any) -> Any:
    return told.citizen.sees(f"/transitions/{code}", **when)


def test_three_governments_held_the_commitment_one_after_the_other(told: Told) -> None:
    held = chain(told)
    assert [(told.code("administrations", one["administration"]), one["from"], one["until"]) for one in held] == [
        ("MD-QUINOTA-2015", "2018-08-15", "2019-01-01"),
        ("MD-QUINOTA-2019", "2019-01-01", "2023-01-01"),
        ("MD-QUINOTA-2023", "2023-01-01", None),
    ]
    assert {told.code("organizations", one["institution"]) for one in held} == {"MD-QUINOTA"}
    assert [one["title"] for one in held] == ["Gestión 2015–2018", "Gestión 2019–2022", "Gestión 2023–2026"]


def test_each_found_and_left_it_in_another_state(told: Told) -> None:
    ends = [(one["at_start"], one["at_end"]) for one in chain(told)]
    assert [[(at["on"], at["state"], at["deadline"], at["overdue"]) for at in both] for both in ends] == [
        [("2018-08-15", "agreed", "2019-12-31", False), ("2018-12-31", "agreed", "2019-12-31", False)],
        [("2019-01-01", "agreed", "2019-12-31", False), ("2022-12-31", "blocked", "2020-12-31", True)],
        [("2023-01-01", "blocked", "2020-12-31", True), (LOOKED_AT, "in_progress", "2020-12-31", True)],
    ]
    assert {at["amount"]["amount"] for both in ends for at in both} == {"2900000.00"}


@pytest.mark.parametrize(
    ("day", "government", "state", "overdue"),
    [
        ("2018-12-31", "MD-QUINOTA-2015", "agreed", False),
        ("2019-01-01", "MD-QUINOTA-2019", "agreed", False),
        ("2022-12-31", "MD-QUINOTA-2019", "blocked", True),
        ("2023-01-01", "MD-QUINOTA-2023", "blocked", True),
    ],
)
def test_asked_on_the_day_itself_the_answer_is_the_same(
    told: Told, day: str, government: str, state: str, *, overdue: bool
) -> None:
    found = told.item(TRACED, valid_at=day)
    assert (found["state"], found["overdue"]) == (state, overdue)
    last = chain(told, valid_at=day)[-1]
    assert (told.code("administrations", last["administration"]), last["until"]) == (government, None)
    assert (last["at_end"]["state"], last["at_end"]["overdue"], last["passed_on"]) == (state, overdue, None)


def test_who_inherited_it_from_whom_and_what_each_decided(told: Told) -> None:
    first, second, third = (one["passed_on"] for one in chain(told))
    assert third is None
    for passed, to, transition, decision, day, act in (
        (first, "MD-QUINOTA-2019", "TG-2018-QU", "ratified", "2019-01-25", "DEMO-AC-003-2019"),
        (second, "MD-QUINOTA-2023", "TG-2022-QU", "adopted_with_changes", "2023-02-10", "DEMO-AC-TG-2022-QU"),
    ):
        assert (told.code("administrations", passed["to"]), told.code("transitions", passed["transition"])) == (
            to,
            transition,
        )
        made = passed["decision"]
        assert (passed["transition_state"], made["decision"], made["occurred_on"]) == ("closed", decision, day)
        assert (made["act"]["number"], made["revised"]) == (act, 0)
    for before, after in pairwise(GOVERNMENTS):
        inherited = told.citizen.sees(f"/administrations/{after}/inheritance", capacity="counterpart", limit=200)
        [mine] = [one for one in inherited["items"] if one["code"] == TRACED]
        assert told.code("administrations", mine["inherited_from"]) == before


def test_the_decisions_left_the_record_of_the_commitment_as_it_was(told: Told) -> None:
    facts = told.citizen.sees(f"/commitments/{TRACED}/history", limit=200)["items"]
    topics = [(fact["occurred_on"], fact["topic"].removeprefix("commitment.")) for fact in facts]
    assert sorted(topics) == [
        ("2018-08-15", "registered"),
        ("2019-05-20", "started"),
        ("2019-06-28", "amount-approved"),
        ("2019-12-16", "deadline-extended"),
        ("2019-12-31", "execution-reported"),
        ("2020-12-31", "execution-reported"),
        ("2021-08-16", "blocked"),
        ("2023-05-08", "unblocked"),
    ]
    for eve, decided in (("2019-01-24", "2019-01-25"), ("2023-02-09", "2023-02-10")):
        before, after = (told.item(TRACED, valid_at=day) for day in (eve, decided))
        assert (before["version"], before["state"], before["ladder"]) == (
            after["version"],
            after["state"],
            after["ladder"],
        )


@pytest.mark.parametrize("code", CLOSED)
def test_a_handover_of_2022_went_through_its_regime_from_plan_to_end(told: Told, code: str) -> None:
    shown = handover(told, code)
    assert (shown["regime"], shown["state"], shown["registered_as"]) == ("peru-2022", "closed", f"DEMO-CGR-{code}")
    assert shown["address"].endswith("/transferencia")
    assert [one["deliverable"] for one in shown["deliverables"]] == ["final_report", "acta", "complementary_acta"]
    assert {team["side"] for team in shown["teams"]} == {"outgoing", "incoming"}
    assert {signed["side"] for signed in shown["signatures"]} == {"outgoing", "incoming"}
    asked = told.citizen.sees("/regimes/peru-2022")["regime"]["deliverables"]
    assert {one["key"] for one in asked} == {one["deliverable"] for one in shown["deliverables"]}


@pytest.mark.parametrize("code", CLOSED)
def test_its_deadlines_were_met(told: Told, code: str) -> None:
    found = told.citizen.sees(f"/transitions/{code}/deadlines", valid_at=LOOKED_AT)["items"]
    due = {one["key"]: (one["due"], one["state"], one["unconfirmed"]) for one in found}
    assert due["handover.commission"] == ("2022-11-17", "met", False)
    assert due["handover.end"] == ("2022-12-31", "met", True)
    assert due["handover.register_and_publish"] == ("2023-01-22", "met", True)
    others = {key for key, (_, state, _) in due.items() if state != "met"}
    assert others == {"handover.report_next_day", "handover.reelected_inform"}, "these bind other authorities"


@pytest.mark.parametrize(("code", "objects", "exempt"), [("TG-2022-ST", 15, 0), ("TG-2022-QU", 19, 1)])
def test_the_frozen_inventory_and_the_catalogue_were_handed_over_and_verified(
    told: Told, code: str, objects: int, exempt: int
) -> None:
    inventory = told.citizen.sees(f"/transitions/{code}/inventory", limit=200)
    assert inventory["cut_off"] == "2022-11-30"
    items = handover(told, code)["items"]
    listed = {one["id"] for one in inventory["items"]}
    assert {one["item"]["id"] for one in items if one["item"]["kind"] != "entry"} == listed
    states = Counter((one["item"]["kind"] == "entry", one["state"]) for one in items)
    assert states == Counter(
        {(False, "verified"): objects, (True, "verified"): len(BY_HAND) - exempt, (True, "not_applicable"): exempt}
    )
    [observed] = [one for one in items if one["observation"]]
    assert (observed["state"], observed["answer"].endswith("(ficticio)")) == ("verified", True)


def test_what_the_outgoing_government_left_is_frozen_as_it_was_blocked(told: Told) -> None:
    items = told.citizen.sees("/transitions/TG-2022-QU/inventory", limit=200)["items"]
    [frozen] = [one for one in items if (one["code"], one["capacity"]) == (TRACED, "counterpart")]
    assert (frozen["state"], frozen["overdue"]) == ("blocked", True)


@pytest.mark.parametrize(
    ("code", "decisions", "undecided"),
    [
        (
            "TG-2022-ST",
            {"ratified": 6, "adopted_with_changes": 2},
            {"DEMO-AGR-ST", "DEMO-PIP-AGR-ST", "DEMO-PIP-NUEVO-ST", "DEMO-PP-2020-ST-P1", "DEMO-PP-2020-ST-P2"},
        ),
        (
            "TG-2022-QU",
            {"ratified": 4, "adopted_with_changes": 2, "under_review": 2, "not_continued": 2},
            {"DEMO-PIP-NUEVO-QU", *(f"DEMO-PP-2020-QU-P{n}" for n in (1, 2, 3, 4))},
        ),
    ],
)
def test_the_new_governments_decided_differently_and_not_on_everything(
    told: Told, code: str, decisions: dict[str, int], undecided: set[str]
) -> None:
    assert Counter(one["decision"] for one in handover(told, code)["decisions"]) == decisions
    left = told.citizen.sees(f"/transitions/{code}/undecided", limit=200)
    assert {one["code"] for one in left["items"]} == undecided
    assert left["decided"] == sum(decisions.values())


def test_the_province_ratified_what_it_had_put_under_review_first(told: Told) -> None:
    id = told.item("DEMO-TRA-ST")["id"]

    def decision(day: str) -> Any:
        [made] = [one for one in handover(told, "TG-2022-ST", valid_at=day)["decisions"] if one["item"]["id"] == id]
        return made["decision"], made["revised"]

    assert [decision(day) for day in ("2023-02-15", "2023-06-14", "2023-06-15")] == [
        ("under_review", 0),
        ("under_review", 0),
        ("ratified", 1),
    ]
    assert {told.item("DEMO-TRA-ST", valid_at=day)["state"] for day in ("2022-12-31", "2023-06-15")} == {
        "reported_fulfilled"
    }


@pytest.mark.parametrize("code", ["TG-2018-QU", "TG-2022-QU"])
def test_only_the_incoming_side_of_a_handover_is_asked_what_is_undecided(told: Told, code: str) -> None:
    listed = told.citizen.sees(f"/transitions/{code}/undecided", limit=200)["items"]
    outgoing = told.code("administrations", handover(told, code)["outgoing"])
    assert {told.code("administrations", one["inherited_from"]) for one in listed} == {outgoing}
    assert all(one["decision"] is None for one in listed)


def test_the_demo_tells_the_chain_in_both_languages(told: Told) -> None:
    rows = {row.path: row.answer for row in demo.answers(told.installation, told.story)}
    said = rows[f"/commitments/{TRACED}/holders?valid_at={LOOKED_AT}"]
    assert said.es.splitlines() == [
        "Gestión 2015–2018, desde el 2018-08-15",
        "  comenzó: acordado",
        "  dejó: acordado",
        "Gestión 2019–2022, desde el 2019-01-01",
        "  recibió: acordado",
        "  decidió el 2019-01-25: ratificado",
        "  dejó: bloqueado, vencido",
        "Gestión 2023–2026, desde el 2023-01-01",
        "  recibió: bloqueado, vencido",
        "  decidió el 2023-02-10: adoptado con cambios",
        "  tiene: en proceso, vencido",
    ]
    assert said.en.splitlines()[-3:] == [
        "  found it: blocked, overdue",
        "  decided on 2023-02-10: adopted with changes",
        "  has it: in progress, overdue",
    ]
    days = ("2018-12-31", "2019-01-01", "2022-12-31", "2023-01-01")
    assert [rows[f"/commitments/{TRACED}?valid_at={day}"].en for day in days] == [
        "agreed; due 2019-12-31",
        "agreed; due 2019-12-31",
        "blocked, overdue; due 2020-12-31",
        "blocked, overdue; due 2020-12-31",
    ]
    assert rows["/transitions?q=TG-2018&limit=200"].es.count("1 ") == 5
    assert rows["/transitions?q=TG-2022"].es == "2 cerradas"
