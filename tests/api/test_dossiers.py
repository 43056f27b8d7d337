"""The dossier of a handover: assembled from the log at its frozen moment, the same for ever; and its rehearsal."""

from typing import Any

import pytest

from tests.api.budgets import District
from tests.api.handovers import ACT, CUT_OFF, PAPER, Town
from tests.api.test_minutes import Acta, colleague
from tests.api.test_sessions import Table
from tests.harness import Person, Refused, pen

__all__ = ["colleague"]  # the fixture


@pytest.fixture
def town(secretary: Person) -> Town:
    return Town(secretary)


def by_code(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {one["code"]: one for one in items}


def test_commitments_stand_with_their_capacities_names_deadlines_and_provenance(town: Town) -> None:
    town.freezes()
    section = town.dossier()["commitments"]
    assert (section["count"], section["open"], section["overdue"]) == (3, 3, 1)
    assert section["amounts"] == [pen("1700.50")]
    assert [(one["capacity"], one["count"], one["overdue"]) for one in section["by_capacity"]] == [
        ("responsible", 2, 0),
        ("counterpart", 1, 1),
        ("follow_up_body", 1, 1),
    ]
    road = by_code(section["items"])["DEMO-ROAD"]
    assert road["capacities"] == ["counterpart", "follow_up_body"]
    assert road["responsibles"] == ["Ministerio de Educación"]
    assert (road["state"], road["deadline"], road["days_overdue"]) == ("agreed", "2018-11-01", 30)
    assert (road["provenance"]["source"], road["provenance"]["page"]) == ("Acta 03-2018", 4)
    tank = by_code(section["items"])["DEMO-TANK"]
    assert tank["waived"] == ["deadline"]
    assert {"evidence", "follow_up_body", "verifier"} <= set(tank["missing"])


def test_projects_stand_with_three_states_the_ladder_of_each_year_and_what_does_not_fit(town: Town) -> None:
    town.builds()
    town.freezes()
    section = town.dossier()["projects"]
    assert (section["count"], section["halted"], section["overdue"], section["with_findings"]) == (1, 1, 1, 1)
    [bridge] = section["items"]
    assert (bridge["table"], bridge["investment"], bridge["works"]) == ("new", "approved", "halted")
    assert (bridge["cost"], bridge["accrued"], bridge["halt_cause"]) == (pen("900.00"), pen("600.00"), "Lluvias")
    [year] = bridge["years"]
    assert (year["fiscal_year"], year["pim"], year["accrued"]) == (2018, pen("500.00"), pen("600.00"))
    assert bridge["findings"] == ["accrued_above_pim"]
    assert bridge["capacities"] == ["executing"]


def test_later_facts_do_not_change_what_was_frozen(town: Town) -> None:
    town.builds()
    town.freezes()
    before = town.dossier()
    assert (before["frozen"], before["cut_off"]) == (True, CUT_OFF)
    town.commits("DEMO-FORGOTTEN", town.id, occurred_on="2018-06-01")
    town.person.does("/commitments/DEMO-SCHOOL/start", occurred_on="2018-11-01")
    town.person.does("/projects/DEMO-BRIDGE/resume-works", occurred_on="2018-10-01")
    town.person.does(f"/organizations/{town.ministry}/rename", occurred_on="2018-08-01", name="Other")
    assert town.dossier() == before


def test_before_it_is_frozen_the_dossier_is_what_would_be_handed_over(town: Town) -> None:
    town.plans()
    shown = town.dossier(valid_at="2018-10-01")
    assert (shown["frozen"], shown["cut_off"], shown["digest"]) == (False, "2018-10-01", None)
    assert (shown["commitments"]["overdue"], town.dossier(valid_at=CUT_OFF)["commitments"]["overdue"]) == (0, 1)


def test_the_dossier_holds_what_the_inventory_counts(town: Town) -> None:
    town.builds()
    town.freezes()
    shown, inventory = town.dossier(), town.person.sees("/transitions/DEMO-TG/inventory")
    held = [*shown["commitments"]["items"], *shown["projects"]["items"], *shown["plans"]["items"]]
    pairs = sorted((one["id"], capacity) for one in held for capacity in one["capacities"])
    assert pairs == sorted((one["id"], one["capacity"]) for one in inventory["items"])
    assert shown["digest"] == inventory["digest"]
    assert shown["position"] == inventory["position"]


def test_the_first_hundred_days_hold_deadlines_of_commitments_and_of_the_regime(town: Town) -> None:
    town.freezes("colombia-2005")
    section = town.dossier()["first_hundred_days"]
    assert (section["first"], section["last"]) == ("2019-01-01", "2019-04-10"), "of the term that begins"
    found = [(one["on"], one["occasion"], one["code"], one["unconfirmed"]) for one in section["items"]]
    assert ("2019-02-15", "commitment", "DEMO-SCHOOL", False) in found
    assert ("2019-01-23", "regime", None, True) in found
    assert [one["on"] for one in section["items"]] == sorted(one["on"] for one in section["items"])
    [left] = [one for one in section["items"] if one["on"] == "2019-01-23"]
    assert "951" in left["source"]


@pytest.mark.parametrize(
    ("deadline", "where"),
    [
        (CUT_OFF, None),
        ("2018-12-02", "before"),
        ("2018-12-31", "before"),
        ("2019-01-01", "items"),
        ("2019-04-10", "items"),
        ("2019-04-11", None),
    ],
)
def test_what_comes_up_is_listed_before_the_handover_or_in_the_hundred_days_of_the_new_term(
    town: Town, deadline: str, where: str | None
) -> None:
    town.commits("DEMO-EDGE", town.id, deadline=deadline)
    town.freezes()
    section = town.dossier()["first_hundred_days"]
    lists = {name: [one["code"] for one in section[name]] for name in ("before", "items")}
    assert [name for name, codes in lists.items() if "DEMO-EDGE" in codes] == ([where] if where else [])


def test_without_an_incoming_government_the_hundred_days_begin_where_the_term_ends_and_stay_where_they_were_frozen(
    town: Town,
) -> None:
    town.person.does("/transitions", outgoing=town.old, code="DEMO-TG", regime="peru-2018", occurred_on="2018-07-01")
    town.does("freeze-inventory", "2018-12-10", cut_off=CUT_OFF)
    before = town.dossier()
    assert before["first_hundred_days"]["first"] == "2019-01-01"
    recall = {"until": "2018-12-20", "cause": "recall", "act": ACT | {"date": "2018-12-15"}, "reason": "Revocatoria"}
    town.person.does("/administrations/DEMO-G-2015/shorten-term", occurred_on="2018-12-15", **recall)
    assert town.dossier() == before
    now = town.person.sees("/administrations/DEMO-G-2015", valid_at="2018-12-16")
    assert now["term"]["until"] == "2018-12-20"


def test_sessions_that_were_called_and_minutes_under_observation_are_handed_over(
    secretary: Person, colleague: Person
) -> None:
    acta = Acta(secretary, colleague)
    acta.does("circulate", "2019-03-17")
    acta.does("observe", "2019-03-18", seat="region", reason="Falta el plazo")
    acta.table.convenes("2019-05-10", "1", occurred_on="2019-03-19", code="DEMO-S2")
    shown = handed_over(secretary, acta.table)
    assert shown["first_hundred_days"]["first"] == "2020-01-01"
    [due] = shown["first_hundred_days"]["before"][:1]
    assert (due["occasion"], due["code"], due["on"], due["who"]) == (
        "session",
        "DEMO-S2",
        "2019-05-10",
        ["Mesa técnica"],
    )
    [observed] = shown["observations"]["items"]
    assert (observed["kind"], observed["name"], observed["text"]) == ("minutes", "03-2019", "Falta el plazo")
    agenda = next(one for one in shown["quality"]["items"] if one["what"] == "agenda")
    assert (agenda["of"], agenda["there"], agenda["percent_without"], agenda["benchmark_without"]) == (
        1,
        1,
        "0.0",
        "55",
    )


def handed_over(secretary: Person, table: Table) -> Any:
    """Return the dossier of the institution of a roundtable on 20 March 2019."""
    old = secretary.registers_administration(table.town, 2015, 2020)
    secretary.does("/transitions", outgoing=old, code="DEMO-TG", regime="generic", occurred_on="2019-02-01")
    return secretary.sees("/transitions/DEMO-TG/dossier", valid_at="2019-03-20")


def test_priorities_of_this_fiscal_year_and_the_next_are_handed_over(secretary: Person) -> None:
    district = District(secretary)
    district.formalises()
    secretary.does("/transitions", outgoing=district.new, code="DEMO-TG", regime="generic", occurred_on="2019-02-01")
    shown = secretary.sees("/transitions/DEMO-TG/dossier", valid_at="2019-12-01")
    assert shown["participatory_budgets"]["fiscal_years"] == [2019, 2020]
    [budget] = shown["participatory_budgets"]["items"]
    assert (budget["fiscal_year"], budget["state"], budget["act"]) == (2020, "formalised", "AC-20-2019")
    assert [(one["place"], one["code"], one["objective"], one["cost"]) for one in budget["priorities"]] == [
        (1, "P1", "OE.1", pen("600.00")),
        (2, "P2", "OE.2", pen("400.00")),
    ]
    [plan] = shown["plans"]["items"]
    assert (plan["code"], plan["plan_version"], plan["state"], plan["act"]["number"]) == (
        "DEMO-PDC", 1, "in_force", "OM-05-2018",
    )  # fmt: skip
    later = secretary.sees("/transitions/DEMO-TG/dossier", valid_at="2021-12-01")
    assert later["participatory_budgets"]["items"] == []


def test_the_quality_of_the_record_is_measured_and_the_benchmark_stands_apart(town: Town) -> None:
    town.freezes()
    quality = town.dossier()["quality"]
    found = {one["what"]: one for one in quality["items"]}
    assert (found["deadline"]["there"], found["deadline"]["of"], found["deadline"]["waived"]) == (2, 3, 1)
    assert (found["deadline"]["percent_without"], found["deadline"]["benchmark_without"]) == ("33.3", "57.7")
    assert (found["follow_up_body"]["percent_without"], found["follow_up_body"]["benchmark_without"]) == ("66.7", "87")
    assert (found["verifier"]["there"], found["verifier"]["benchmark_without"]) == (1, None)
    assert "187-2021-DP" in quality["benchmark_source"]


def test_the_catalogue_says_what_the_record_fills_and_how_far_the_other_entries_are(town: Town) -> None:
    town.plans()
    town.starts()
    regime = town.person.sees("/regimes/peru-2018")["entries"]
    items = [{"kind": "entry", "id": next(one["id"] for one in regime if one["key"] == "law.assets")}]
    town.does("freeze-inventory", "2018-12-12", cut_off="2018-12-12")
    lines = {one["key"]: one for one in town.dossier()["catalogue"]}
    assert lines["continuity.commitments"]["sections"] == ["commitments"]
    assert lines["continuity.commitments"]["state"] == "assembled"
    assert lines["law.assets"]["state"] == "pending"
    town.does("deliver-items", "2018-12-13", items=items, on_behalf_of=town.id)
    assert {one["key"]: one for one in town.dossier()["catalogue"]} == lines


def test_a_rehearsal_needs_no_transition_and_says_what_is_missing_and_who_must_fill_it(town: Town) -> None:
    town.builds()
    found = town.person.sees("/administrations/DEMO-G-2015/rehearsal", cut_off="2018-12-31")
    assert (found["transition"], found["regime"], found["cut_off"]) == (None, "peru-2018", "2018-12-31")
    assert {one["section"]: one["count"] for one in found["contents"]} == {
        "commitments": 3, "projects": 1, "plans": 0,
        "participatory_budgets": 0, "before_handover": 0, "first_hundred_days": 2, "observations": 0,
    }  # fmt: skip
    gaps = {(one["code"], one["missing"]): one["who"] for one in found["gaps"] if one["kind"] == "commitment"}
    us = ["Municipalidad Distrital de Ñuñoa"]
    late = {(code, "prompt"): us for code in ("DEMO-ROAD", "DEMO-SCHOOL", "DEMO-TANK")}
    assert gaps == late | {
        ("DEMO-TANK", "amount"): us,
        ("DEMO-SCHOOL", "follow_up_body"): us,
        ("DEMO-SCHOOL", "verifier"): us,
        ("DEMO-TANK", "follow_up_body"): us,
        ("DEMO-TANK", "evidence"): us,
        ("DEMO-TANK", "verifier"): us,
    }
    assert [one["count"] for one in found["waived"] if one["missing"] == "deadline"] == [1]
    assert ("law.assets", "document") in {(one["code"], one["missing"]) for one in found["gaps"]}
    assert found["who"][0]["institution"] == us[0]
    assert sum(one["count"] for one in found["missing"]) == len(found["gaps"])
    assert found["missing"][0] == {
        "missing": "follow_up_body", "count": 2, "who": [{"institution": us[0], "count": 2}]
    }  # fmt: skip
    assert [one["what"] for one in found["quality"]["items"]][-4:] == ["amount", "verification", "prompt", "agenda"]


def test_what_is_said_to_be_done_is_for_the_verifier_to_verify_else_for_whoever_follows_up(town: Town) -> None:
    town.person.does("/commitments/DEMO-ROAD/start", occurred_on="2018-08-01")
    done = {"evidence": [{"document": PAPER}], "on_behalf_of": town.ministry}
    town.person.does("/commitments/DEMO-ROAD/report-fulfilment", occurred_on="2018-09-01", **done)
    town.person.does("/commitments/DEMO-SCHOOL/start", occurred_on="2018-08-01")
    done = done | {"on_behalf_of": town.id}
    town.person.does("/commitments/DEMO-SCHOOL/report-fulfilment", occurred_on="2018-09-01", **done)
    found = town.person.sees("/administrations/DEMO-G-2015/rehearsal", cut_off="2018-12-31")
    asked = {one["code"]: one["who"] for one in found["gaps"] if one["missing"] == "verification"}
    assert asked == {
        "DEMO-ROAD": ["Presidencia del Consejo de Ministros"],
        "DEMO-SCHOOL": ["Municipalidad Distrital de Ñuñoa"],
    }
    measured = {one["what"]: one for one in found["quality"]["items"]}
    assert (measured["verification"]["of"], measured["verification"]["there"]) == (2, 0)
    assert (measured["prompt"]["of"], measured["prompt"]["there"]) == (3, 0)


@pytest.mark.parametrize(
    ("cut_off", "notes", "commitments"),
    [
        ("2014-06-30", ["no_transition", "not_begun"], 0),
        ("2018-07-31", ["no_transition"], 3),
        ("2019-01-01", ["no_transition", "over"], 3),
        ("2099-12-31", ["no_transition", "over"], 3),
    ],
)
def test_a_rehearsal_is_for_any_day_before_in_and_after_the_term(
    town: Town, cut_off: str, notes: list[str], commitments: int
) -> None:
    found = town.person.sees("/administrations/DEMO-G-2015/rehearsal", cut_off=cut_off)
    assert (found["cut_off"], found["notes"]) == (cut_off, notes)
    assert found["contents"][0] == {"section": "commitments", "count": commitments}


def test_a_rehearsal_says_that_a_re_elected_authority_hands_nothing_over_and_that_an_inventory_is_frozen(
    town: Town,
) -> None:
    town.freezes()
    path = "/administrations/DEMO-G-2015/rehearsal"
    assert town.person.sees(path, cut_off="2018-12-31")["notes"] == ["frozen"]
    town.person.does("/administrations/DEMO-G-2019/record-reelection", occurred_on="2018-10-08")
    assert town.person.sees(path, cut_off="2018-12-31")["notes"] == ["re_elected", "frozen"]
    assert town.person.sees("/administrations/DEMO-G-2019/rehearsal")["notes"] == ["no_transition", "over"]


def test_a_rehearsal_looks_at_its_day_although_an_inventory_is_frozen_and_lists_gaps_as_csv(town: Town) -> None:
    town.freezes()
    town.person.does("/commitments/DEMO-ROAD/start", occurred_on="2018-12-20")
    path = "/administrations/DEMO-G-2015/rehearsal"
    found = town.person.sees(path, cut_off="2018-12-31")
    assert ("DEMO-ROAD", "evidence") in {(one["code"], one["missing"]) for one in found["gaps"]}
    assert found["transition"] is not None
    assert town.person.sees(path, cut_off="2018-12-31", regime="generic")["regime"] == "generic"
    lines = town.person.get(path, cut_off="2018-12-31", format="csv").text.splitlines()
    assert lines[0] == "kind,id,code,title,missing,who"
    assert len(lines) == 1 + len(found["gaps"])
    with pytest.raises(Refused) as refusal:
        town.person.sees(path, regime="peru-1066")
    assert refusal.value.name == "no-such-regime"


def test_an_organization_outside_any_known_country_rehearses_under_the_generic_regime(secretary: Person) -> None:
    somewhere = secretary.registers_organization(kind="local_government")
    secretary.registers_administration(somewhere, 2015, 2019, code="DEMO-G-X")
    assert secretary.sees("/administrations/DEMO-G-X/rehearsal")["regime"] == "generic"
