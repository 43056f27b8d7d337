"""Values as commands accept them: money, days, territories, identifiers, shares, lists, texts."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.calendar import PartialDate, last_day, resolve, shorten
from domain.commitment import types as t
from domain.organization.types import Identifiers
from domain.organization.types import Territories as SomeTerritories
from domain.texts import Code, Day, Digest, Language, Slug, Title
from domain.types import Act, Identifier, Money, Source, Territory, decimals_of

A, B = (str(UUID(int=n)) for n in (1, 2))
INEI = {"system": "PE-UBIGEO-INEI", "code": "0807"}
RUC = {"scheme": "PE-RUC", "id": "20131372931"}
DOCUMENT = {"document": "a" * 64}


def read(kind, raw):
    return TypeAdapter(kind).validate_python(raw)


def refuse(kind, raw, saying="validation error"):
    with pytest.raises(ValidationError, match=saying):
        read(kind, raw)


@pytest.mark.parametrize(
    ("amount", "currency", "written", "minor"),
    [
        ("166000000", "PEN", "166000000.00", 16600000000),
        ("0.5", "PEN", "0.50", 50),
        ("999999999999.99", "USD", "999999999999.99", 99999999999999),
        ("12", "JPY", "12", 12),
        ("1.234", "KWD", "1.234", 1234),
        ("0", "PEN", "0.00", 0),
    ],
)
def test_money_has_the_decimals_of_its_currency(amount, currency, written, minor):
    money = read(Money, {"amount": amount, "currency": currency})
    assert str(money.amount) == written
    assert money.minor_units == minor


@pytest.mark.parametrize(
    ("amount", "currency", "saying"),
    [
        (1.5, "PEN", "write amounts as text"),
        (5, "PEN", "write amounts as text"),
        (True, "PEN", "write amounts as text"),
        ("1.005", "PEN", "more decimals than PEN allows"),
        ("1.5", "JPY", "more decimals than JPY allows"),
        ("-1", "PEN", "is no amount"),
        ("1e3", "PEN", "is no amount"),
        ("1,000", "PEN", "is no amount"),
        ("NaN", "PEN", "is no amount"),
        ("Infinity", "PEN", "is no amount"),
        ("1.", "PEN", "is no amount"),
        ("", "PEN", "is no amount"),
        (" 1", "PEN", "is no amount"),
        ("1\n", "PEN", "is no amount"),
        ("\u0661", "PEN", "is no amount"),
        ("1000000000000", "PEN", "is no amount"),
        ("1", "XYZ", "not a currency code"),
        ("1", "pen", "pattern"),
        ("1", None, "string"),
    ],
)
def test_what_is_no_money_is_refused(amount, currency, saying):
    refuse(Money, {"amount": amount, "currency": currency}, saying)


def test_money_has_no_further_fields():
    refuse(Money, {"amount": "1", "currency": "PEN", "cents": 5}, "Extra inputs")


@given(st.integers(0, 10**14), st.sampled_from(["PEN", "JPY", "KWD"]))
def test_minor_units_are_exact(minor, currency):
    amount = Decimal(minor).scaleb(-decimals_of(currency))
    if amount < 10**12:
        assert read(Money, {"amount": f"{amount:f}", "currency": currency}).minor_units == minor


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2018", date(2018, 12, 31), "year"),
        ("2018-02", date(2018, 2, 28), "month"),
        ("2020-02", date(2020, 2, 29), "month"),
        ("2000-02", date(2000, 2, 29), "month"),
        ("1900-02", date(1900, 2, 28), "month"),
        ("2018-12", date(2018, 12, 31), "month"),
        ("2018-07-25", date(2018, 7, 25), "day"),
        ("2020-02-29", date(2020, 2, 29), "day"),
    ],
)
def test_a_partial_date_counts_as_its_last_day(text, day, precision):
    assert read(PartialDate, text) == text
    assert last_day(text) == (day, precision)
    assert resolve(text, date(2026, 1, 1)) == (day, precision)
    assert shorten(day, precision) == text


@pytest.mark.parametrize(
    ("text", "counts_as"),
    [
        ("2018", date(2018, 7, 10)),
        ("2018-07", date(2018, 7, 10)),
        ("2018-06", date(2018, 6, 30)),
        ("2018-07-11", date(2018, 7, 11)),
        ("2018-08", date(2018, 8, 31)),
        ("2019", date(2019, 12, 31)),
    ],
)
def test_a_partial_date_that_is_not_over_counts_as_the_day_of_recording(text, counts_as):
    assert resolve(text, date(2018, 7, 10))[0] == counts_as


@pytest.mark.parametrize(
    "text",
    [
        "0000",
        "2018-13",
        "2018-00",
        "2019-02-29",
        "1900-02-29",
        "2018-7-1",
        "18",
        "2018-07-25T00:00",
        "2018-07-25\n",
        "",
    ],
)
def test_what_is_no_date_is_refused(text):
    refuse(PartialDate, text)


@given(st.dates(date(1, 1, 1)))
def test_a_date_never_counts_as_a_day_outside_itself(day):
    for precision in ("day", "month", "year"):
        text = shorten(day, precision)
        last, found = last_day(text)
        assert (found, shorten(last, precision)) == (precision, text)
        assert last >= day


@pytest.mark.parametrize("raw", [20180725, "20180725", "2018-07", 1532476800.0, None])
def test_a_day_is_written_in_full(raw):
    refuse(Day, raw, "YYYY-MM-DD")


@pytest.mark.parametrize(
    ("system", "code"),
    [
        ("PE-UBIGEO-INEI", "08"),
        ("PE-UBIGEO-RENIEC", "0707"),
        ("PE-UBIGEO-INEI", "080701"),
        ("PE-UBIGEO-INEI", "25"),
        ("ISO-3166-1", "PE"),
        ("ISO-3166-2", "PE-CUS"),
        ("BO-INE", "020101"),
        (f"LOCAL:{A}", "cuenca-alta"),
    ],
)
def test_a_territory_is_a_code_of_a_system(system, code):
    assert str(read(Territory, {"system": system, "code": code})) == f"{system}:{code}"


@pytest.mark.parametrize(
    ("raw", "saying"),
    [
        ("080701", "INEI and RENIEC codes clash"),
        (80701, "INEI and RENIEC codes clash"),
        ({"code": "080701"}, "system"),
        ({"system": "PE-UBIGEO", "code": "080701"}, "does not say whose codes"),
        ({"system": "PE-UBIGEO-ONPE", "code": "080701"}, "does not say whose codes"),
        ({"system": "PE-UBIGEO-INEI", "code": "26"}, "beginning with the region 01 to 25"),
        ({"system": "PE-UBIGEO-INEI", "code": "00"}, "region 01 to 25"),
        ({"system": "PE-UBIGEO-INEI", "code": "08070"}, "two, four or six digits"),
        ({"system": "PE-UBIGEO-INEI", "code": "8"}, "two, four or six digits"),
        ({"system": "UBIGEO", "code": "080701"}, "pattern"),
        ({"system": "LOCAL:------------------------------------", "code": "1"}, "pattern"),
        ({"system": "LOCAL:me", "code": "1"}, "pattern"),
    ],
)
def test_a_code_without_its_system_is_no_territory(raw, saying):
    refuse(Territory, raw, saying)


def test_an_identifier_has_a_scheme():
    assert str(read(Identifier, RUC)) == "PE-RUC:20131372931"
    assert read(Identifier, {"scheme": "GB-COH", "id": "09506232"}).scheme == "GB-COH"


@pytest.mark.parametrize(
    "raw",
    [
        {"scheme": "PE-RUC", "id": "2013137293"},
        {"scheme": "PE-RUC", "id": "2013137293X"},
        {"scheme": "RUC", "id": "1"},
        {"scheme": "pe-ruc", "id": "20131372931"},
        {"id": "20131372931"},
    ],
)
def test_what_is_no_identifier_is_refused(raw):
    refuse(Identifier, raw)


@pytest.mark.parametrize(
    "shares", [[100], [60, 40], [None, None], [60, None], [None], [100, None], [34, 33, 33], [0, 100]]
)
def test_shares_add_up_to_a_hundred_where_all_are_given(shares):
    raw = [{"organization": str(UUID(int=n)), "share": share} for n, share in enumerate(shares, 1)]
    assert [r.share for r in read(t.Responsibles, raw)] == shares


@pytest.mark.parametrize("shares", [[99], [60, 41], [60, 39], [101], [-1], [100, 1], [70, None, 40], [50.0, 50.0], []])
def test_shares_that_do_not_add_up_are_refused(shares):
    raw = [{"organization": str(UUID(int=n)), "share": share} for n, share in enumerate(shares, 1)]
    refuse(t.Responsibles, raw)


OBLIGATION = {"organization": A, "obligation": "Land"}
OBJECTIVE = {"plan": A, "version": 1, "code": "OE.1"}
TWICE = [
    (t.Parties, [A, B], A),
    (t.Successors, [A, B], A),
    (t.Territories, [INEI, {"system": "PE-UBIGEO-RENIEC", "code": "0807"}], "PE-UBIGEO-INEI:0807"),
    (SomeTerritories, [INEI], "PE-UBIGEO-INEI:0807"),
    (Identifiers, [RUC], "PE-RUC:20131372931"),
    (t.SdgTargets, ["6.1", "6.2"], "6.1"),
    (t.Conditions, ["Land", "Permit"], "Land"),
    (t.Counterparts, [OBLIGATION, OBLIGATION | {"obligation": "Upkeep"}], "Counterpart"),
    (t.Objectives, [OBJECTIVE, OBJECTIVE | {"version": 2}], "Objective"),
    (t.Evidences, [DOCUMENT, {"document": "b" * 64}], "a" * 64),
    (t.Headline.__annotations__["sectors"], ["water", "roads"], "water"),
]


@pytest.mark.parametrize(("kind", "raw", "named"), TWICE)
def test_a_list_names_each_thing_once(kind, raw, named):
    assert len(read(kind, raw)) == len(raw)
    refuse(kind, [*raw, raw[0]], f"{named}.*is listed twice")


def test_one_document_is_evidence_once_whatever_is_said_of_it():
    refuse(t.Evidences, [DOCUMENT, DOCUMENT | {"description": "again"}], "is listed twice")


def test_one_organization_answers_once():
    refuse(t.Responsibles, [{"organization": A}, {"organization": A, "role": "co"}], "named twice")


def test_a_headline_is_of_at_least_one_project():
    money = {"amount": "166000000", "currency": "PEN"}
    assert read(t.Headline, {"amount": money, "projects": 32}).projects == 32
    refuse(t.Headline, {"amount": money, "projects": 0}, "greater than or equal to 1")


def test_women_are_among_the_people():
    assert read(t.Beneficiaries, {"description": "Families", "people": 10, "women": 10}).women == 10
    refuse(t.Beneficiaries, {"description": "Families", "people": 10, "women": 11}, "11 women")


def test_an_act_is_published_after_it_is_issued():
    act = {"type": "resolution", "number": "1", "issuer": "Ministry", "date": "2019-03-01"}
    assert read(Act, act | {"published_on": "2019-03-01"}).published_on == date(2019, 3, 1)
    refuse(Act, act | {"published_on": "2019-02-28"}, "before its date")


def test_a_source_is_a_document_or_a_citation():
    assert read(Source, {"citation": "Acta 3"}).citation == "Acta 3"
    refuse(Source, {"page": 3}, "name a document")


@pytest.mark.parametrize("code", ["CHU-2018-A03-07", "A1", "MIDAGRI"])
def test_a_code_can_be_said_on_the_phone(code):
    assert read(Code, code) == code


@pytest.mark.parametrize("code", ["A", "chu-1", "A--1", "-A", "A-", "A B", "A/1", "A" * 41, str(UUID(int=1)), "A" * 32])
def test_what_is_no_code_is_refused(code):
    refuse(Code, code)


@pytest.mark.parametrize(("kind", "raw"), [(Digest, "A" * 64), (Language, "español"), (Slug, "Water"), (Slug, "w ")])
def test_other_texts_have_a_form(kind, raw):
    refuse(kind, raw)


@pytest.mark.parametrize("raw", ["", "   ", "a\nb", "a\x00b", "a\x7fb", "x" * 301, 5, None])
def test_what_is_no_title_is_refused(raw):
    refuse(Title, raw)


def test_texts_are_trimmed_and_normal():
    assert read(Title, "  Saneamiento ba\u0301sico ") == "Saneamiento b\u00e1sico"
