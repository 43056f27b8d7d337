"""Validity: it begins by an act, is extended by an act or an agreement, and the calendar ends it."""

from datetime import date

import msgspec
import pytest
from pydantic import ValidationError

from domain.roundtable import errors
from domain.roundtable import events as r
from domain.roundtable.types import Agreement, Status, Term
from tests.domain.given import fact
from tests.domain.roundtables import ACTIVE, CONSTITUTED, RM, accredited, designated, proposed, seated, table
from tests.harness import day

AGREED = Agreement(citation="Acta 9, acuerdo 2")


def test_a_roundtable_is_expired_from_the_day_after_its_last():
    state = table(*ACTIVE).state()
    assert [state.standing(date(2020, 2, n)) for n in (5, 6)] == ["active", "expired"]


@pytest.mark.parametrize("status", ["proposed", "concluded", "extinguished"])
def test_what_has_not_begun_or_has_ended_does_not_expire(status):
    state = msgspec.structs.replace(table(*ACTIVE).state(), status=Status(status))
    assert not state.expired(date(2030, 1, 1))


def test_an_act_may_leave_the_end_open():
    state = table(proposed()).when("constitute", act=RM).then(r.RoundtableConstituted)
    assert (state.valid_from, state.valid_until, state.expired(date.max)) == (day("2019-06-01"), None, False)


@pytest.mark.parametrize(
    ("term", "until"),
    [
        ({"count": 180, "unit": "day", "from": "act"}, "2018-07-31"),
        ({"count": 2, "unit": "year", "from": "publication"}, "2020-02-05"),
        ({"count": 1, "unit": "month", "from": "publication"}, "2018-03-05"),
    ],
)
def test_a_term_counts_from_the_act_or_its_publication(term, until):
    state = table(proposed()).when("constitute", act=RM, term=term).then(r.RoundtableConstituted)
    assert state.valid_until == day(until)


def test_a_term_from_the_installation_runs_once_it_is_installed():
    term = Term(count=120, from_="installation")
    constituted = fact(r.RoundtableConstituted, "2018-02-06", act=RM, term=term)
    ready = (
        proposed(),
        constituted,
        seated(),
        designated(),
        accredited(),
        fact(r.AccreditationCompleted, "2018-03-01"),
    )
    assert table(*ready).state().valid_until is None
    installed = table(*ready).when("install", "2018-04-01", source={"citation": "Acta 1"})
    assert installed.then(r.RoundtableInstalled).valid_until == day("2018-07-30")


@pytest.mark.parametrize(
    ("unit", "count", "first", "last"),
    [
        ("month", 1, "2019-01-31", "2019-02-28"),
        ("month", 12, "2019-12-15", "2020-12-15"),
        ("year", 1, "2020-02-29", "2021-02-28"),
        ("day", 1, "2019-12-31", "2020-01-01"),
        ("day", 10_000, "9999-12-30", "9999-12-31"),
        ("year", 10_000, "2019-06-01", "9999-06-01"),
    ],
)
def test_terms_end_on_days_that_exist(unit, count, first, last):
    assert Term(count=count, unit=unit).ends(day(first)) == day(last)


def test_a_validity_has_one_end_after_its_beginning():
    there = table(proposed())
    there.when("constitute", act=RM, valid_until="2020-01-01", term={"count": 5}).refused(
        errors.ValidityContradictory, "by a term", es="por un plazo"
    )
    there.when("constitute", act=RM, valid_until="2019-05-31").refused(errors.ValidityContradictory, "2019-06-01")
    unpublished = {"type": "resolution", "number": "1", "issuer": "X", "date": "2018-01-01"}
    term = {"count": 5, "from": "publication"}
    there.when("constitute", act=unpublished, term=term).refused(errors.ValidityContradictory, "publication")


def test_a_new_act_or_an_agreement_extends_it_with_history():
    first = fact(r.ValidityExtended, "2019-06-01", until=day("2021-02-05"), act=RM)
    state = (
        table(*ACTIVE, first)
        .when("extend-validity", "2020-06-01", until="2022-02-05", agreement=AGREED)
        .then(r.ValidityExtended)
    )
    assert state.valid_until == day("2022-02-05")
    told = [(e.from_, e.to, e.act, e.agreement, e.retroactive) for e in state.extensions]
    assert told == [
        (day("2020-02-05"), day("2021-02-05"), RM, None, False),
        (day("2021-02-05"), day("2022-02-05"), None, AGREED, False),
    ]


def test_an_extension_after_the_end_is_flagged_and_brings_it_back():
    there = table(*ACTIVE)
    assert there.state().expired(day("2020-03-01"))
    state = there.when("extend-validity", "2020-03-01", until="2020-12-31", act=RM).then(r.ValidityExtended)
    assert (state.extensions[0].retroactive, state.standing(day("2020-03-01"))) == (True, "active")


def test_an_extension_is_longer_than_what_it_extends():
    for until in ("2020-02-05", "2019-12-31"):
        outcome = table(*ACTIVE).when("extend-validity", until=until, act=RM)
        outcome.refused(errors.ValidityNotLonger, until, "2020-02-05")


def test_an_extension_has_one_ground():
    table(*ACTIVE).when("extend-validity", until="2021-01-01").refused(errors.ExtensionWithoutGround, "act")
    both = table(*ACTIVE).when("extend-validity", until="2021-01-01", act=RM, agreement=AGREED)
    both.refused(errors.ExtensionWithoutGround, "not both")
    with pytest.raises(ValidationError):
        table(*ACTIVE).when("extend-validity", until="2021-01-01", agreement={})


def test_what_has_no_end_is_not_extended():
    open_ended = (proposed(), fact(r.RoundtableConstituted, "2018-02-06", act=RM))
    table(*open_ended).when("extend-validity", until="2021-01-01", act=RM).refused(errors.ValidityNotLimited)


def test_an_extension_recorded_late_does_not_bring_the_end_back():
    longer = fact(r.ValidityExtended, "2019-06-01", until=day("2025-01-01"), act=RM)
    state = (
        table(*ACTIVE, longer)
        .when("extend-validity", "2019-01-01", until="2021-01-01", act=RM)
        .then(r.ValidityExtended)
    )
    assert state.valid_until == day("2025-01-01")


def test_the_act_is_recorded_once():
    table(*CONSTITUTED).when("constitute", act=RM).refused(errors.RoundtableNotOpen, "constituted", "proposed")
