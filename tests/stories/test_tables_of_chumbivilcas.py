"""The tables of Chumbivilcas: who sat where, what was agreed, what was written down, day by day."""

from typing import Any

import pytest

from roundtable.demo.chumbivilcas import calendar
from tests.stories.conftest import Told

TECHNICAL, REGIONAL = "MT-CHUMBIVILCAS", "MR-DEL-CHUMBIVILCAS"


def table(told: Told, code: str, **when: Any) -> Any:
    return told.citizen.sees(f"/roundtables/{code}", **when)


def session(told: Told, code: str, **when: Any) -> Any:
    return told.citizen.sees(f"/sessions/{code}", **when)


def minutes(told: Told, code: str, **when: Any) -> Any:
    return told.citizen.sees(f"/minutes/{code}", **when)


def quorum(found: Any) -> tuple[int, int, bool]:
    return found["present"], found["required"], found["reached"]


DATED = [
    *(("roundtables", code, changes) for code, changes in calendar.TABLES.items()),
    *(("sessions", code, changes) for code, changes in calendar.SESSIONS.items()),
    *(("minutes", code, changes) for code, changes in calendar.MINUTES.items()),
    *(("transitions", code, changes) for code, changes in calendar.TRANSITIONS.items()),
]


@pytest.mark.parametrize(("kind", "code", "changes"), DATED, ids=[code for _, code, _ in DATED])
def test_the_table_of_dates_is_what_the_record_answers(told: Told, kind: str, code: str, changes: calendar.Changes):
    began_on = changes[0][0]
    assert told.citizen.get(f"/{kind}/{code}", valid_at="2014-12-31").status_code == 404
    for day in dict.fromkeys((began_on, *(day for day, _ in changes))):
        found = told.citizen.sees(f"/{kind}/{code}", valid_at=day)["state"]
        assert found == calendar.state_on(changes, day), day


def test_the_technical_table_seats_the_state_the_companies_and_the_region(told: Told):
    found = table(told, TECHNICAL, valid_at="2018-07-25")
    sectors = [seat["sector"] for seat in found["seats"]]
    assert {sector: sectors.count(sector) for sector in ("state", "company", "civil_society")} == {
        "state": 14,
        "company": 1,
        "civil_society": 1,
    }
    assert [seat["key"] for seat in found["seats"] if not seat["vote"]] == ["sociedad"]
    assert found["unaccredited"] == []
    assert [told.code("organizations", id) for id in (*found["chairs"], *found["co_chairs"], found["secretariat"])] == [
        "PCM",
        "MP-CHUMBIVILCAS",
        "PCM",
    ]
    assert (found["installed_on"], told.code("minutes", found["installation_minutes"])) == (
        "2018-04-12",
        "DEMO-ACTA-01-2018",
    )
    assert (found["rules"]["decision"], found["work_plan_approved_on"]) == ("consensus", "2018-04-12")


def test_the_validity_was_extended_by_an_agreement_and_ran_out_by_the_calendar(told: Told):
    before, after = (table(told, TECHNICAL, valid_at=day) for day in ("2019-03-28", "2019-03-29"))
    assert (before["valid_until"], after["valid_until"]) == ("2020-04-12", "2021-12-31")
    [extension] = after["extensions"]
    assert extension["agreement"]["item"] == "Acuerdo 3"
    assert [table(told, TECHNICAL, valid_at=day)["state"] for day in ("2021-12-31", "2022-01-01")] == [
        "active",
        "expired",
    ]
    assert told.code("organizations", table(told, TECHNICAL)["follow_up_body"]) == "PCM"


def test_six_sessions_one_failed_one_was_called_again_one_was_interrupted(told: Told):
    id = table(told, TECHNICAL)["id"]
    listed = told.citizen.sees("/sessions", roundtable=id, sort="recorded")["items"]
    assert [(one["code"], one["state"]) for one in listed] == [
        ("DEMO-MT-S1", "closed"),
        ("DEMO-MT-S2", "closed"),
        ("DEMO-MT-S3", "closed"),
        ("DEMO-MT-S4", "failed_quorum"),
        ("DEMO-MT-S5", "closed"),
        ("DEMO-MT-S6", "closed"),
    ]
    assert quorum(session(told, "DEMO-MT-S4")["quorum"]) == (5, 8, False)
    again = session(told, "DEMO-MT-S5")
    assert quorum(again["quorum"]) == (8, 5, True)
    assert told.code("sessions", again["second_call_of"]) == "DEMO-MT-S4"
    recess = session(told, "DEMO-MT-S3")["recesses"]
    assert [(one["began_on"], one["until"], one["resumed_on"]) for one in recess] == [
        ("2018-08-14", "2018-08-15", "2018-08-15")
    ]


def test_open_items_return_with_where_they_come_from(told: Told):
    origins = {
        code: [(item["key"], (item["origin"] or {}).get("item")) for item in session(told, code)["agenda"]]
        for code in ("DEMO-MT-S3", "DEMO-MT-S5")
    }
    assert origins == {
        "DEMO-MT-S3": [("Punto 1", "Punto 3"), ("Punto 2", None)],
        "DEMO-MT-S5": [("Punto 1", "Punto 1"), ("Punto 2", "Punto 2"), ("Punto 3", "Punto 3")],
    }
    assert session(told, "DEMO-MT-S5")["open_items"] == ["Punto 3"]
    proposal = told.citizen.sees(f"/roundtables/{TECHNICAL}/agenda-proposal", valid_at="2018-11-23")["items"]
    [carried] = [item for item in proposal if item["kind"] == "open_item"]
    assert (carried["key"], carried["code"]) == ("Punto 3", "DEMO-MT-S5")
    assert [told.code("sessions", step["session"]) for step in carried["path"]] == ["DEMO-MT-S4"]
    later = told.citizen.sees(f"/roundtables/{TECHNICAL}/agenda-proposal", valid_at="2019-03-30")["items"]
    assert [item["title"] for item in later if item["kind"] == "open_item"] == ["Crédito suplementario"]


def test_counts_are_of_people_with_women_and_in_communal_workshops_with_an_interpreter(told: Told):
    for code in calendar.SESSIONS:
        counted = session(told, code)["participation"]
        if counted is None:
            assert session(told, code)["state"] == "failed_quorum"
            continue
        assert 30 <= 100 * counted["women"] / counted["people"] <= 45, code
        communal = code.startswith("DEMO-TALLER")
        assert counted["interpreted"] == (["qu"] if communal else [])


def test_the_third_acta_was_observed_twice_and_signed_by_every_seat_that_was_there(told: Told):
    found = minutes(told, "DEMO-ACTA-03-2018")
    assert [(one["version"], one["seat"]) for one in found["observations"]] == [(1, "mvcs"), (2, "mvcs")]
    assert [one["number"] for one in found["versions"]] == [1, 2, 3]
    assert {one["text"] for one in found["signatures"]} == {found["versions"][-1]["text"]}
    assert (len(found["signatures"]), found["unsigned"]) == (15, [])
    assert [one["kind"] for one in found["corrections"]] == ["erratum"]
    text = told.citizen.get(f"/documents/{found['versions'][-1]['text']}").text
    assert "Acuerdo 1 (Punto 1): El MTC se compromete" in text
    assert "Fila 32: Instalación de riego tecnificado en Velille (ficticio), MINAGRI, S/ 2,900,000.00" in text


def test_a_seat_that_would_not_sign_is_kept_with_its_reason(told: Told):
    found = minutes(told, "DEMO-ACTA-06-2019")
    [refusal] = found["refusals"]
    assert (refusal["seat"], found["state"], len(found["signatures"])) == ("minera", "published", 13)
    assert refusal["reason"].startswith("La empresa")


def test_every_item_leads_to_the_words_of_signed_minutes(told: Told):
    for item in told.items():
        origin = item["origin"]
        acta = minutes(told, origin["minutes"])
        assert (acta["code"], acta["final"]) == ("DEMO-ACTA-03-2018", True)
        outcomes = {one["key"]: one for one in session(told, origin["session"])["outcomes"]}
        kind = "request" if item["code"] == "DEMO-AGR-QU" else "commitment"
        assert outcomes[origin["item"]]["type"] == kind
        assert origin["quote"]["text"] in told.citizen.get(f"/documents/{acta['text']}").text
    road = told.item("DEMO-TRA-ST")["origin"]
    assert (road["item"], road["page"]) == ("Acuerdo 1", 3)


def test_what_was_agreed_at_the_table_balances_with_what_was_announced(told: Told):
    found = told.citizen.sees(f"/roundtables/{TECHNICAL}/balance", at_position=told.story.positions["itemised"])
    assert [(found[name]["amount"]["amount"], found[name]["projects"]) for name in ("pledged", "itemised")] == [
        ("166000000.00", 32),
        ("166000000.00", 32),
    ]
    later = told.citizen.sees(f"/roundtables/{TECHNICAL}/balance")
    assert later["remainder"]["amount"]["amount"] == "500000.00"
    assert (later["commitments"], later["apart"]["dismissed"]["projects"]) == (33, 1)


def test_the_quorum_of_the_regional_table_counts_municipalities_producers_and_entrepreneurs(told: Told):
    met, failed = session(told, "DEMO-MR-S1")["quorum"], session(told, "DEMO-MR-S2")["quorum"]
    assert quorum(met) == (10, 6, True)
    assert quorum(failed) == (9, 6, False)
    assert [(one["sector"], one["present"], one["required"]) for one in failed["by_sector"]] == [
        ("state", 8, 5),
        ("civil_society", 0, 1),
        ("company", 1, 1),
    ]


def test_each_municipality_has_a_table_of_four_kinds_of_actors(told: Told):
    found = told.citizen.sees("/roundtables", type="municipal_led_table", sort="code")["items"]
    assert len(found) == 8
    for one in found:
        assert [seat["sector"] for seat in one["seats"]] == ["state", "company", "community", "civil_society"]
    assert [one["code"] for one in found if one["state"] == "active"] == [
        f"MM-DEL-{p}" for p in ("CA", "LI", "QU", "ST")
    ]
