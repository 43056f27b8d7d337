"""The answers that the story of Chumbivilcas must give, to the céntimo."""

from collections import Counter
from typing import Any

from roundtable.demo.chumbivilcas import dates
from roundtable.demo.chumbivilcas.items import REQUESTED
from tests.stories.conftest import Told


def line(tally: dict[str, Any]) -> tuple[str, int]:
    return tally["amount"]["amount"], tally["projects"]


def lines(balance: dict[str, Any], *names: str) -> list[tuple[str, int]]:
    return [line(balance[name]) for name in names or ("headline", "itemised", "remainder")]


WHOLE, NOTHING = ("166000000.00", 32), ("0.00", 0)


def test_promises_are_announced_then_itemised_then_amended_in_the_open(told: Told):
    at = told.story.positions
    announced = told.balance(at_position=at["announced"])
    assert lines(announced) == [WHOLE, NOTHING, WHOLE]
    assert announced["headline"]["amount"]["currency"] == "PEN"
    assert announced["by_sector"] == []
    itemised = told.balance(at_position=at["itemised"])
    assert lines(itemised) == [WHOLE, WHOLE, NOTHING]
    assert [(of["sector"], *line(of)) for of in itemised["by_sector"]] == [
        ("transport", "62000000.00", 8),
        ("housing", "46500000.00", 8),
        ("education", "34500000.00", 8),
        ("agriculture", "23000000.00", 8),
    ]
    assert line(itemised["apart"]["dismissed"]) == NOTHING
    assert lines(told.balance(at_position=at["amended"] - 1)) == [WHOLE, WHOLE, NOTHING]
    assert lines(told.balance(at_position=at["amended"])) == [WHOLE, ("165500000.00", 32), ("500000.00", 0)]
    before, after = (told.item("DEMO-TRA-ST", at_position=at["amended"] + n)["ladder"] for n in (-1, 0))
    assert before["promised"]["amount"] == after["promised"]["amount"] == "12400000.00"
    assert (before["adjusted"], after["adjusted"]["amount"]) == (None, "11900000.00")


def test_every_day_has_its_own_balance(told: Told):
    assert told.citizen.get("/commitments/CHU-2018-166M/balance", valid_at="2018-07-24").status_code == 404
    assert lines(told.balance(valid_at="2018-07-25")) == [WHOLE, NOTHING, WHOLE]
    assert lines(told.balance(valid_at="2018-08-14")) == [WHOLE, NOTHING, WHOLE]
    assert lines(told.balance(valid_at="2018-08-15")) == [WHOLE, WHOLE, NOTHING]
    assert lines(told.balance(valid_at="2019-05-01")) == [WHOLE, WHOLE, NOTHING]
    assert lines(told.balance(valid_at="2019-05-02")) == [WHOLE, ("165500000.00", 32), ("500000.00", 0)]
    dismissed = {day: line(told.balance(valid_at=day)["apart"]["dismissed"]) for day in ("2019-03-28", "2019-03-29")}
    assert dismissed == {"2019-03-28": NOTHING, "2019-03-29": ("2100000.00", 1)}
    money = {day: lines(told.balance(valid_at=day), "approved", "executed") for day in ("2018-12-31", "2019-12-31")}
    assert money["2018-12-31"] == [("43310000.00", 8), ("441000.00", 1)]
    assert money["2019-12-31"] == [("75550000.00", 19), ("25282500.00", 19)]


def test_totals_at_the_end(told: Told):
    end = told.balance()
    assert lines(end) == [WHOLE, ("165500000.00", 32), ("500000.00", 0)]
    assert lines(end, "approved", "executed") == [("75550000.00", 19), ("50565000.00", 19)]
    assert {name: line(of) for name, of in end["apart"].items()} == {
        "dismissed": ("2100000.00", 1),
        "withdrawn": NOTHING,
        "superseded": NOTHING,
    }
    assert end["position"] == told.story.positions["corrected"]


def states(told: Told, **when: Any) -> dict[str, int]:
    return dict(Counter(item["state"] for item in told.items(**when)))


def test_the_outgoing_authorities_left_what_is_known_now_and_what_was_known_then(told: Told):
    late = told.story.positions["started_late"]
    then = {"requested": 1, "agreed": 24, "in_progress": 6, "blocked": 1}
    now = {"requested": 1, "agreed": 23, "in_progress": 7, "blocked": 1}
    assert states(told, valid_at="2018-12-31", at_position=late - 1) == then
    assert states(told, valid_at="2018-12-31", at_position=late) == states(told, valid_at="2018-12-31") == now
    assert states(told, valid_at="2019-12-31") == {
        "agreed": 12,
        "in_progress": 16,
        "blocked": 2,
        "reported_fulfilled": 1,
        "dismissed": 1,
    }
    end = {"agreed": 12, "in_progress": 12, "reported_fulfilled": 4, "blocked": 2, "fulfilled": 1, "dismissed": 1}
    assert states(told) == end


def test_a_late_payment_shows_only_to_who_asks_after_it_was_recorded(told: Told):
    late = told.story.positions["paid_late"]
    for day, before, after in (
        ("2018-12-19", NOTHING, NOTHING),
        ("2018-12-31", NOTHING, ("441000.00", 1)),
        ("2019-12-31", ("25282500.00", 19), ("25282500.00", 19)),
    ):
        assert line(told.balance(valid_at=day, at_position=late - 1)["executed"]) == before
        assert line(told.balance(valid_at=day, at_position=late)["executed"]) == after


def test_a_corrected_figure_reads_as_it_did_before_its_correction(told: Told):
    corrected = told.story.positions["corrected"]

    def executed(**when: Any) -> str:
        return str(told.item("DEMO-EDU-CO", **when)["ladder"]["executed"]["amount"])

    assert executed(valid_at="2020-12-31", at_position=corrected - 1) == "3400000.00"
    assert executed(valid_at="2020-12-31") == executed() == "4300000.00"
    assert executed(valid_at="2020-12-30") == "2150000.00"
    assert line(told.balance(at_position=corrected - 1)["executed"]) == ("49665000.00", 19)


def test_the_table_of_dates_is_what_the_record_answers(told: Told):
    days = sorted({day for changes in dates.CHANGES.values() for day, _ in changes} | {dates.ITEMISED})
    for day in days:
        found = {item["code"]: item["state"] for item in told.items(valid_at=day)}
        expected = {
            code: dates.state_on(code, day, "requested" if code in REQUESTED else "agreed") for code in dates.CHANGES
        }
        assert found == expected, day


def test_what_the_record_itself_lacks_is_counted(told: Told):
    assert len(told.items(missing="deadline")) == 4
    assert [item["code"] for item in told.items(waived="deadline")] == ["DEMO-VIV-LI"]
    assert len(told.items(missing="follow_up_body")) == 5
    assert [item["code"] for item in told.items(waived="follow_up_body")] == ["DEMO-EDU-LL"]
    assert told.item("DEMO-VIV-LI")["deadline_waiver"].startswith("Es una idea")


def test_an_extension_cites_its_act_and_verification_came_from_another_party(told: Told):
    item = told.item("DEMO-TRA-ST")
    assert (item["original_deadline"], item["deadline"]) == ("2020-06-30", "2020-12-31")
    assert [e["act"]["number"] for e in item["extensions"]] == ["DEMO-ADENDA-001"]
    assert told.item("DEMO-TRA-ST", valid_at="2020-06-17")["deadline"] == "2020-06-30"
    done = told.item("DEMO-EDU-CO")
    assert done["reported"]["actor"] != done["verified"]["actor"]
    spoke = [told.citizen.sees(f"/organizations/{done[of]['institution']}")["code"] for of in ("reported", "verified")]
    assert spoke == ["MINEDU", "PCM"]
    document = told.citizen.get(f"/documents/{done['evidence'][0]['document']}")
    assert (document.status_code, "ficticio" in document.text) == (200, True)


def test_a_company_answers_for_one_item_beside_the_ministry(told: Told):
    shared = [item for item in told.items() if len(item["responsibles"]) > 1]
    [(lead, co)] = [item["responsibles"] for item in shared]
    assert [item["code"] for item in shared] == ["DEMO-EDU-LI"]
    assert [(told.code("organizations", one["organization"]), one["role"]) for one in (lead, co)] == [
        ("MINEDU", "lead"),
        ("DEMO-MINERA", "co"),
    ]
