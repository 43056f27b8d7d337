"""Regimes are files: every clock they hold is counted right, and a file that holds none is refused with the place."""

import json
from datetime import date
from pathlib import Path

import pytest

from domain.clocks import business_days_after, is_business_day, months_after
from domain.transition.evolution import STEPS
from domain.transition.types import STEPS as STEP_NAMES
from projections.dossiers.catalogue import SECTIONS
from roundtable.regimes import (
    ClosedDays,
    NoRegimeFolder,
    UnreadableRegime,
    decreed,
    recorded,
    regime_from,
    regime_of,
    regimes,
)
from roundtable.regimes.checking import ASSEMBLED

DUE = [
    # A weekend, a holiday on a Monday, two holidays in a row, the end of a year.
    ("peru-2018", "handover.commission", "2018-11-09", "2018-11-16"),
    ("peru-2018", "handover.commission", "2018-10-05", "2018-10-15"),
    ("peru-2018", "handover.commission", "2018-12-06", "2018-12-13"),
    ("peru-2018", "handover.commission", "2018-12-27", "2019-01-04"),
    ("peru-2018", "handover.end", "2018-12-31", "2018-12-31"),
    ("peru-2018", "handover.register_and_publish", "2019-01-01", "2019-01-22"),
    ("peru-2018", "handover.reelected_inform", "2019-01-02", "2019-01-12"),
    ("peru-2022", "handover.commission", "2022-12-07", "2022-12-16"),
    ("peru-2022", "handover.commission", "2026-12-04", "2026-12-15"),
    ("peru-2022", "handover.commission", "2026-11-20", "2026-11-27"),
    ("peru-2022", "handover.commission", "2026-12-24", "2027-01-04"),
    ("peru-2022", "handover.commission", "2027-03-24", "2027-04-02"),
    ("peru-2022", "handover.commission", "2024-06-06", "2024-06-14"),
    ("peru-2022", "handover.commission", "2024-07-22", "2024-07-31"),
    ("peru-2022", "handover.report_next_day", "2021-07-27", "2021-07-30"),
    ("peru-2022", "handover.end", "2026-12-31", "2026-12-31"),
    ("peru-2022", "handover.register_and_publish", "2027-01-01", "2027-01-22"),
    ("peru-2022", "handover.reelected_inform", "2027-01-04", "2027-01-14"),
    ("generic", "handover.commission", "2018-12-27", "2019-01-03"),
    ("generic", "handover.end", "2018-12-31", "2019-01-01"),
    ("generic", "handover.register_and_publish", "2019-01-01", "2019-01-22"),
    ("el-salvador-2024", "handover.sv_incoming_commission", "2024-04-28", "2024-05-01"),
    ("el-salvador-2024", "custody.sv_documents", "2024-02-29", "2029-02-28"),
    ("el-salvador-2024", "custody.sv_accounting", "2024-05-01", "2034-05-01"),
    ("veracruz-2025", "handover.mx_ver_answer", "2025-12-15", "2026-01-07"),
    ("veracruz-2025", "handover.mx_ver_opinion", "2026-01-07", "2026-01-21"),
    ("colombia-2005", "handover.co_report", "2019-12-31", "2020-01-23"),
    ("colombia-2005", "handover.co_review", "2020-01-23", "2020-03-05"),
    ("peru-roundtables", "table.designate_reps", "2018-12-27", "2019-01-04"),
    ("peru-roundtables", "table.install", "2018-12-14", "2019-01-08"),
    ("peru-roundtables", "table.work_plan", "2019-04-01", "2019-05-16"),
    ("peru-roundtables", "table.validity_120", "2024-10-15", "2025-02-12"),
    ("peru-roundtables", "table.validity_180", "2022-06-08", "2022-12-05"),
    ("peru-roundtables", "table.validity_730", "2023-10-25", "2025-10-24"),
    ("peru-roundtables", "session.second_call", "2018-07-27", "2018-07-30"),
    ("peru-roundtables", "session.second_call", "2019-04-17", "2019-04-22"),
    ("peru-roundtables", "acta.publish", "2018-12-20", "2018-12-28"),
    ("peru-roundtables", "commitment.report", "2018-12-15", "2019-01-14"),
    ("peru-roundtables", "consulta.dialogue", "2019-12-20", "2020-01-19"),
    ("peru-roundtables", "consulta.total", "2019-12-20", "2020-04-18"),
    ("peru-participation", "pp.ordinance", "2020-01-01", "2019-04-30"),
]
"""Counted by hand on a calendar: the regime, the clock, the event, the last day."""
KNOWN_BY_CALENDAR = {
    "term_ended", "left_office", "term_begun", "proclaimed", "credentials_received", "council_installed",
}  # fmt: skip
EVERY_YEAR = ("01-01", "05-01", "06-29", "07-28", "07-29", "08-30", "10-08", "11-01", "12-08", "12-25")
HOLY_WEEK = {
    2018: ("03-29", "03-30"),
    2019: ("04-18", "04-19"),
    2020: ("04-09", "04-10"),
    2021: ("04-01", "04-02"),
    2022: ("04-14", "04-15"),
    2023: ("04-06", "04-07"),
    2024: ("03-28", "03-29"),
    2025: ("04-17", "04-18"),
    2026: ("04-02", "04-03"),
    2027: ("03-25", "03-26"),
}
"""Thursday and Friday, the days before Easter as computed by hand."""
SINCE = {"08-06": 2022, "12-09": 2022, "07-23": 2023, "06-07": 2024}
"""Holidays that laws of 2021 to 2023 added, with the first year in which they were kept."""
LONE = """
id = "peru-2026"
subject = "transition"
name = { es = "Perú 2026", en = "Peru 2026" }
country = "PE"
closed = [2026-12-24]
backing = { source = "una norma", certainty = "confirmed" }
[[clocks]]
key = "handover.commission"
after = "proclaimed"
unit = "business_days"
quantity = 5
duty = { es = "instalar", en = "install" }
if_missed = { es = "sola", en = "alone" }
backing = { source = "una norma", certainty = "confirmed" }
"""


@pytest.mark.parametrize(("regime", "key", "base", "last"), DUE)
def test_a_clock_ends_on_the_day_that_counting_by_hand_gives(regime: str, key: str, base: str, last: str) -> None:
    rules = regimes()[regime]
    assert rules.clock(key).due(date.fromisoformat(base), ClosedDays(rules)) == date.fromisoformat(last)


def test_every_clock_of_every_regime_is_in_the_table() -> None:
    held = {(regime.id, clock.key) for regime in regimes().values() for clock in regime.clocks}
    assert held == {(regime, key) for regime, key, _, _ in DUE}


def test_a_range_of_days_has_both_its_ends() -> None:
    rules = regimes()["peru-roundtables"]
    clock, base = rules.clock("table.install"), date(2018, 12, 14)
    assert clock.earliest(base, ClosedDays(rules)) == date(2018, 12, 31)
    assert rules.clock("table.work_plan").earliest(base, ClosedDays(rules)) is None


def test_what_rests_on_memory_alone_is_marked_as_unconfirmed() -> None:
    clocks = {(r.id, c.key): c.backing for r in regimes().values() for c in r.clocks}
    assert clocks["colombia-2005", "handover.co_report"].unconfirmed
    assert clocks["peru-roundtables", "session.second_call"].unconfirmed
    assert clocks["peru-2022", "handover.end"].unconfirmed
    assert clocks["peru-2018", "handover.reelected_inform"].unconfirmed, (
        "whether the ten days are business days is open"
    )
    assert not clocks["peru-2018", "handover.commission"].unconfirmed
    assert all(backing.source for backing in clocks.values())


def test_a_last_day_on_which_offices_are_closed_can_roll_to_the_next_business_day() -> None:
    clock = regime_of("peru-2026.toml", LONE.replace('"business_days"', '"calendar_days"\nrolls = true')).clocks[0]
    rules = regimes()["peru-2018"]
    assert clock.due(date(2018, 12, 20), ClosedDays(rules)) == date(2018, 12, 26), "the 25th is a holiday"


@pytest.mark.parametrize("year", HOLY_WEEK)
def test_the_offices_of_peru_are_closed_on_its_holidays_and_on_no_other_weekday(year: int) -> None:
    added = [day for day, first in SINCE.items() if year >= first]
    expected = {date.fromisoformat(f"{year}-{day}") for day in (*EVERY_YEAR, *HOLY_WEEK[year], *added)}
    found = {day for day, _ in ClosedDays(regimes()["peru-2022"]).within(year)}
    assert {day for day in found if day.weekday() < 5} == {day for day in expected if day.weekday() < 5}


def test_holidays_are_those_of_the_year_in_which_they_were_made() -> None:
    peru = ClosedDays(regimes()["peru-2022"])
    assert date(2018, 12, 9) not in peru
    assert not is_business_day(date(2022, 12, 9), peru)
    assert date(2022, 12, 9) in peru
    assert ("Navidad del Señor") in dict(peru.within(2018)).values()


def test_a_file_of_ones_own_replaces_or_joins_the_shipped_regimes(tmp_path: Path) -> None:
    (tmp_path / "peru-2026.toml").write_text(LONE, encoding="utf-8")
    own = LONE.replace("peru-2026", "peru-2022").replace("quantity = 5", "quantity = 7")
    (tmp_path / "peru-2022.toml").write_text(own, encoding="utf-8")
    found = regimes(str(tmp_path))
    assert found["peru-2022"].clock("handover.commission").quantity == 7
    rules = found["peru-2026"]
    assert rules.clock("handover.commission").due(date(2026, 12, 18), ClosedDays(rules)) == date(2026, 12, 29), (
        "the 24th is closed by the file, the 25th by the calendar"
    )
    assert found["peru-2018"] == regimes()["peru-2018"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("quantity = 5\n", ""), "how many business_days"),
        (('unit = "business_days"', 'unit = "moons"'), "unit"),
        (('subject = "transition"', 'subject = "weather"'), "subject"),
        (('id = "peru-2026"', 'id = "peru-2027"'), "belongs into peru-2027.toml"),
        (("[[clocks]]\nkey", "[[clocks]\nkey"), "line"),
        (('after = "proclaimed"', 'after = "proclaimed"\nday = "12-31"'), "day_of_year"),
        (('certainty = "confirmed" }\n[[clocks]]', 'certainty = "sure" }\n[[clocks]]'), "certainty"),
        (("quantity = 5", "quanttiy = 5"), "quanttiy"),
        (('after = "proclaimed"', 'after = "proclamed"'), "after proclamed is unknown; use one of acta_signed"),
        (("quantity = 5", 'quantity = 5\nmet_by = "instaled"'), "met_by instaled is unknown"),
        (("quantity = 5", 'quantity = 5\nmet_by = "published"\nand_by = ["filed"]'), "and_by filed is unknown"),
        (("quantity = 5", 'quantity = 5\nmet_by = "proclaimed"'), "wait for each other: proclaimed > proclaimed"),
        (("quantity = 5", 'quantity = 5\nonly = { institutions = ["city"] }'), "only.institutions city is unknown"),
        (('country = "PE"', 'country = "XX"'), "country XX has no holiday calendar"),
        (('country = "PE"', 'country = "PE"\napplies_from = 2027-01-01\napplies_until = 2026-01-01'), "is not after"),
    ],
)
def test_a_file_that_holds_no_regime_is_refused_with_the_place(change: tuple[str, str], says: str) -> None:
    text = LONE.replace(*change, 1)
    assert text != LONE
    with pytest.raises(UnreadableRegime, match=r"peru-2026\.toml.*" + says):
        regime_of("peru-2026.toml", text)


def test_everything_that_is_wrong_with_a_file_is_told_at_once_in_both_languages() -> None:
    text = LONE.replace('after = "proclaimed"', 'after = "moon"').replace('country = "PE"', 'country = "XX"')
    with pytest.raises(UnreadableRegime) as refusal:
        regime_of("peru-2026.toml", text)
    for language, words in (("en", ("calendar", "moon", "Correct the file")), ("es", ("calendario", "Corrija"))):
        assert all(word in refusal.value.message(language) for word in words)


def test_steps_that_the_record_does_not_date_are_named_by_the_file() -> None:
    text = LONE.replace('after = "proclaimed"', 'after = "oath_taken"')
    assert regime_of("peru-2026.toml", text.replace("closed = ", 'untracked = ["oath_taken"]\nclosed = ')).clocks


def test_clocks_that_wait_for_each_other_are_found_however_long_the_circle_is() -> None:
    second = LONE[LONE.index("[[clocks]]") :].replace("handover.commission", "handover.more")
    text = LONE.replace("quantity = 5", 'quantity = 5\nmet_by = "reported"')
    back = second.replace("proclaimed", "reported").replace("quantity = 5", 'quantity = 5\nmet_by = "proclaimed"')
    with pytest.raises(UnreadableRegime, match="proclaimed > reported > proclaimed"):
        regime_of("peru-2026.toml", text + back)


def test_the_steps_that_files_may_name_are_those_that_the_record_dates() -> None:
    assert {*STEPS.values(), "acta_signed", "team_notified"} | KNOWN_BY_CALENDAR == STEP_NAMES
    assert set(SECTIONS) == set(ASSEMBLED)


def test_a_folder_that_is_not_there_is_told_instead_of_being_passed_over(tmp_path: Path) -> None:
    with pytest.raises(NoRegimeFolder) as refusal:
        regimes(str(tmp_path / "regimnes"))
    assert "Créela" in refusal.value.message("es")


def test_a_file_that_is_no_text_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "peru-2026.toml").write_bytes(b'id = "\xff"')
    with pytest.raises(UnreadableRegime, match=r"peru-2026\.toml.*utf-8"):
        regimes(str(tmp_path))


DECREE = """
country = "PE"
[[days]]
day = 2026-12-07
name = "Día no laborable para el sector público"
source = "DS de 2026, ilustrativo"
"""


def test_days_that_a_decree_closes_hold_for_every_regime_of_the_country(tmp_path: Path) -> None:
    (tmp_path / "closed-days.toml").write_text(DECREE, encoding="utf-8")
    found, base = regimes(str(tmp_path)), date(2026, 12, 4)
    for name, last in (("peru-2022", date(2026, 12, 16)), ("peru-roundtables", None), ("generic", date(2026, 12, 11))):
        rules = found[name]
        assert last is None or rules.clock("handover.commission").due(base, ClosedDays(rules)) == last
    assert date(2026, 12, 7) in ClosedDays(found["peru-roundtables"])
    assert date(2026, 12, 7) not in ClosedDays(found["generic"])
    assert decreed(str(tmp_path))["PE"][date(2026, 12, 7)].startswith("Día no laborable")


def test_a_wrong_file_of_closed_days_is_refused_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "closed-days.toml").write_text(DECREE.replace("name", "nombre"), encoding="utf-8")
    with pytest.raises(UnreadableRegime, match=r"closed-days\.toml: days\.0\.name: Field required"):
        regimes(str(tmp_path))


@pytest.mark.parametrize("name", sorted(regimes()))
def test_a_regime_reads_back_from_the_log_as_it_was_written_and_fits_into_an_entry(name: str) -> None:
    written = recorded(regimes()[name])
    assert regime_from(json.loads(json.dumps(written))) == regimes()[name]
    assert len(json.dumps(written)) < 40_000


def test_a_regime_in_a_form_that_is_not_read_any_more_is_none() -> None:
    assert regime_from({"id": "peru-1998"}) is None


def test_a_clock_stands_in_a_regime_once() -> None:
    twice = LONE + LONE[LONE.index("[[clocks]]") :]
    with pytest.raises(UnreadableRegime, match="listed twice"):
        regime_of("peru-2026.toml", twice)


def test_days_are_counted_from_the_day_after_the_event() -> None:
    assert business_days_after(date(2026, 11, 20), 1, ()) == date(2026, 11, 23), "a Friday, then a Monday"
    assert business_days_after(date(2026, 11, 21), 1, ()) == date(2026, 11, 23), "a Saturday, then a Monday"
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
