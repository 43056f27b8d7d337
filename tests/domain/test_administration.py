"""Every command of an administration: what it records, and everything it refuses."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.administration import Administration
from domain.administration import errors as x
from domain.administration import events as a
from domain.administration.facts import KnownTerm, Terms
from domain.administration.types import Heading, Term
from domain.aggregate import FactsContradict
from domain.errors import StateMovedLater
from domain.events import Event
from domain.facts import CodeTaken, OrganizationEnded, UnknownAdministration, UnknownOrganization
from tests.domain.given import ENDED, ID, MUNICIPALITY, NOBODY, REGION, Given, fact, given, voided
from tests.domain.samples import ACT, TERM

BEFORE, OTHER = UUID(int=0xB0), UUID(int=0xB1)


def term(first: int, last: int) -> Term:
    return Term(from_=date(first, 1, 1), until=date(last, 1, 1))


def known(id: UUID, first: int, last: int, **about: Any) -> KnownTerm:
    return KnownTerm(**({"id": id, "institution": MUNICIPALITY, "term": term(first, last)} | about))


def administration(*events: Event, terms: Terms | None = None) -> Given:
    found = terms or Terms(own=ID if events else None, others=(known(BEFORE, 2015, 2019),))
    return given(*events, kind=Administration).where(others=(found,))


def chosen(**more: Any) -> Event:
    plain = {"institution": MUNICIPALITY, "term": TERM, "titles": (Heading(text="Gestión 2019–2022"),)}
    return fact(a.AdministrationRegistered, "2018-10-07", **(plain | more))


CHOSEN = chosen()
IN_OFFICE = fact(a.OfficeAssumed, "2019-01-01")
PROCLAIMED = fact(a.AdministrationProclaimed, "2018-11-20", act=ACT)
RECALLED = fact(a.TermShortened, "2021-05-01", until=date(2021, 6, 1), cause="recall", act=ACT)
BODY = {
    "institution": MUNICIPALITY,
    "term": {"from": "2019-01-01", "until": "2023-01-01"},
    "titles": [{"text": "Gestión 2019–2022"}],
}


def test_an_administration_is_registered_on_the_day_it_was_elected() -> None:
    state = (
        administration()
        .when("register", "2018-10-07", **BODY, predecessor=BEFORE, code="GM-2019")
        .then(a.AdministrationRegistered, institution=MUNICIPALITY, term=TERM, predecessor=BEFORE, re_elected=False)
    )
    assert (state.elected_on, state.took_office_on, state.original_until) == (date(2018, 10, 7), None, TERM.until)
    assert list(Administration.claims(state)) == ["GM-2019"]


@pytest.mark.parametrize(
    ("day", "standing"),
    [("2018-12-31", "elected"), ("2019-01-01", "in_office"), ("2022-12-31", "in_office"), ("2023-01-01", "ended")],
)
def test_where_it_stands_is_the_calendars_to_say(day: str, standing: str) -> None:
    assert TERM.standing(date.fromisoformat(day)) == standing


def test_a_term_ends_after_it_begins() -> None:
    with pytest.raises(ValueError, match="2019-01-01 is not after 2019-01-01"):
        Term(from_=date(2019, 1, 1), until=date(2019, 1, 1)).checked()


def test_two_titles_in_one_language_are_refused() -> None:
    with pytest.raises(ValueError, match="same language"):
        administration().when("register", **(BODY | {"titles": [{"text": "Uno"}, {"text": "Dos"}]}))


@pytest.mark.parametrize(("first", "last"), [(2018, 2020), (2022, 2023), (2020, 2021), (2018, 2024)])
def test_terms_of_one_institution_never_overlap(first: int, last: int) -> None:
    world = administration(terms=Terms(others=(known(OTHER, first, last),)))
    world.when("register", "2018-10-07", **BODY).refused(x.TermsOverlap, OTHER, "2023-01-01", es="se cruza")


def test_terms_that_touch_and_terms_of_others_do_not_overlap() -> None:
    others = (known(BEFORE, 2015, 2019), known(OTHER, 2023, 2027), known(NOBODY, 2019, 2023, institution=REGION))
    world = administration(terms=Terms(others=others))
    world.when("register", "2018-10-07", **BODY).then(a.AdministrationRegistered)


def test_an_administration_is_chosen_before_its_term_begins() -> None:
    administration().when("register", "2019-01-02", **BODY).refused(x.ChosenAfterTermBegan, "2019-01-02")


def test_the_institution_must_be_recorded_and_standing_and_the_code_free() -> None:
    there = administration()
    there.when("register", "2018-10-07", **(BODY | {"institution": NOBODY})).refused(UnknownOrganization, NOBODY)
    there.when("register", "2018-10-07", **(BODY | {"institution": ENDED})).refused(OrganizationEnded)
    taken = there.where(holders={"GM-2019": OTHER})
    taken.when("register", "2018-10-07", **BODY, code="GM-2019").refused(CodeTaken, "GM-2019", OTHER)


def test_a_predecessor_is_recorded_of_the_same_institution_and_ends_before() -> None:
    def with_predecessor(*others: KnownTerm) -> Any:
        world = administration(terms=Terms(others=others))
        return world.when("register", "2018-10-07", **BODY, predecessor=BEFORE)

    with_predecessor().refused(UnknownAdministration, BEFORE)
    with_predecessor(known(BEFORE, 2015, 2019, institution=REGION)).refused(x.InstitutionDiffers, REGION)
    with_predecessor(known(BEFORE, 2020, 2021)).refused(x.PredecessorEndsLater, "2021-01-01", "2019-01-01")


def test_an_administration_never_precedes_itself() -> None:
    others = (known(BEFORE, 2015, 2019, predecessor=OTHER), known(OTHER, 2011, 2015, predecessor=ID))
    world = administration(CHOSEN, terms=Terms(own=ID, others=others))
    world.when("correct", position=1, changes={"predecessor": str(BEFORE)}).refused(x.PrecedesItself, anew=True)
    world.when("correct", position=1, changes={"predecessor": str(ID)}).refused(x.PrecedesItself, anew=True)


def test_a_correction_may_not_move_a_term_past_its_successor() -> None:
    world = administration(CHOSEN, terms=Terms(own=ID, others=(known(OTHER, 2023, 2027, predecessor=ID),)))
    later = {"term": {"from": "2027-01-01", "until": "2031-01-01"}}
    world.when("correct", position=1, changes=later).refused(x.PredecessorEndsLater, "2031-01-01", anew=True)
    world.when("correct", position=1, changes={"code": "GM-2019"})


def test_who_is_reelected_has_a_predecessor() -> None:
    administration().when("register", "2018-10-07", **BODY, re_elected=True).refused(x.PredecessorMissing)
    administration(CHOSEN).when("record-reelection").refused(x.PredecessorMissing)
    world = administration(chosen(predecessor=BEFORE))
    assert world.when("record-reelection", "2018-11-01").then(a.AdministrationReelected).re_elected
    again = administration(chosen(predecessor=BEFORE), fact(a.AdministrationReelected, "2018-12-01"))
    again.when("record-reelection", "2018-11-01").refused(x.AlreadyReelected)


def test_it_is_proclaimed_once_and_before_its_term_is_over() -> None:
    state = administration(CHOSEN).when("proclaim", "2018-11-20", act=ACT).then(a.AdministrationProclaimed, act=ACT)
    assert state.proclaimed_on == date(2018, 11, 20)
    administration(CHOSEN).when("proclaim", "2023-01-01", act=ACT).refused(x.OutsideTerm, "2023-01-01")
    administration(CHOSEN, PROCLAIMED).when("proclaim", "2018-11-10", act=ACT).refused(
        x.AlreadyProclaimed, "2018-11-20"
    )
    late = administration(CHOSEN, IN_OFFICE).when("proclaim", "2018-11-20", act=ACT)
    late.then(a.AdministrationProclaimed)


def test_it_takes_office_once_on_a_day_of_its_term() -> None:
    state = administration(CHOSEN).when("take-office", "2019-01-02").then(a.OfficeAssumed)
    assert state.took_office_on == date(2019, 1, 2)
    administration(CHOSEN).when("take-office", "2018-12-31").refused(x.OutsideTerm, "2018-12-31", "2019-01-01")
    administration(CHOSEN).when("take-office", "2023-01-01").refused(x.OutsideTerm)
    administration(CHOSEN, IN_OFFICE).when("take-office", "2019-01-02").refused(x.AlreadyTookOffice, "2019-01-01")


def test_a_term_is_shortened_to_a_day_within_it() -> None:
    recall = {"cause": "recall", "act": ACT}
    state = (
        administration(CHOSEN).when("shorten-term", "2021-05-01", until="2021-06-01", **recall).then(a.TermShortened)
    )
    assert (state.term.until, state.original_until, state.end_cause) == (date(2021, 6, 1), TERM.until, "recall")
    assert state.end_reason == "as agreed"
    for until in ("2019-01-01", "2023-01-01", "2024-01-01"):
        administration(CHOSEN).when("shorten-term", until=until, **recall).refused(x.TermNotShortened, until)
    world = administration(CHOSEN, RECALLED)
    world.when("shorten-term", "2021-01-01", until="2021-02-01", **recall).refused(StateMovedLater)


def test_days_that_went_to_another_administration_do_not_come_back() -> None:
    next_one = KnownTerm(id=OTHER, institution=MUNICIPALITY, term=Term(from_=date(2021, 6, 1), until=date(2023, 1, 1)))
    world = administration(CHOSEN, RECALLED, terms=Terms(own=ID, ends=date(2021, 6, 1), others=(next_one,)))
    world.when("void", position=2).refused(x.TermsOverlap, OTHER)
    later = world.when("correct", position=2, changes={"until": "2021-07-01"})
    later.refused(x.TermsOverlap, OTHER, "2021-07-01", anew=True)
    world.when("correct", position=1, changes={"code": "GM-2019"})
    restored = administration(CHOSEN, voided(1), terms=Terms(own=ID, others=(known(OTHER, 2020, 2021),)))
    restored.when("void", position=2).refused(x.TermsOverlap, OTHER)


def test_a_void_that_leaves_the_term_as_it_is_looks_at_no_other() -> None:
    world = administration(CHOSEN, PROCLAIMED, terms=Terms(own=ID, others=(known(OTHER, 2020, 2021),)))
    assert world.when("void", position=2).refusal is None


def test_a_correction_may_not_leave_an_administration_in_office_outside_its_term() -> None:
    world = administration(CHOSEN, IN_OFFICE)
    later = {"term": {"from": "2019-06-01", "until": "2023-01-01"}}
    world.when("correct", position=1, changes=later).refused(FactsContradict, "administration.office-assumed")
