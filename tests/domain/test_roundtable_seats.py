"""Seats: who sits, who speaks, with which document, from when until when."""

import pytest
from pydantic import ValidationError

from domain.roundtable import errors
from domain.roundtable import events as r
from domain.roundtable.types import Quorum
from tests.domain.given import MUNICIPALITY, REGION, fact
from tests.domain.roundtables import (
    ACCREDITED,
    ACTIVE,
    ALTERNATE,
    LETTER,
    PRINCIPAL,
    designated,
    proposed,
    seated,
    table,
)
from tests.harness import day

FRONT = {"seat": "front", "organization": REGION, "sector": "civil_society"}


def test_a_seat_has_voice_and_vote_and_is_required_unless_said_otherwise():
    [seat] = table(proposed()).when("define-seat", **FRONT).then(r.SeatDefined, **FRONT).seats
    assert (seat.voice, seat.vote, seat.required, seat.since) == (True, True, True, day("2019-06-01"))


def test_one_organization_may_have_several_seats():
    body = {"seat": "second", "organization": MUNICIPALITY, "sector": "state"}
    state = table(proposed(), seated()).when("define-seat", **body).then(r.SeatDefined)
    assert [s.organization for s in state.seats] == [MUNICIPALITY, MUNICIPALITY]


def test_a_key_is_given_once_even_to_a_seat_that_was_withdrawn_or_is_defined_later():
    there = (proposed(), seated("front", "2018-03-01"))
    table(*there).when("define-seat", **FRONT).refused(errors.SeatKeyTaken, "front")
    withdrawn = fact(r.SeatWithdrawn, "2018-04-01", seat="front")
    table(*there, withdrawn).when("define-seat", **FRONT).refused(errors.SeatKeyTaken, "front")
    table(*there).when("define-seat", "2018-02-01", **FRONT).refused(errors.SeatKeyTaken, "front")


def test_no_correction_gives_two_seats_one_key():
    outcome = table(proposed(), seated("front"), seated("province")).when(
        "correct", position=3, changes={"seat": "front"}
    )
    assert isinstance(outcome.refusal, errors.SeatKeyTaken)


def test_a_vote_needs_a_voice():
    table(proposed()).when("define-seat", **FRONT, voice=False).refused(errors.VoteNeedsVoice, "front")
    state = table(proposed()).when("define-seat", **FRONT, voice=False, vote=False).then(r.SeatDefined)
    assert state.voting == ()


def test_a_withdrawn_seat_is_in_force_until_the_day_before():
    there = table(proposed(), seated("front", "2018-03-01"), fact(r.SeatWithdrawn, "2018-04-01", seat="front"))
    assert [s.key for s in there.state("2018-03-31").seats] == ["front"]
    assert there.state("2018-04-01").seats == ()
    assert [s.withdrawn_on for s in there.state().former_seats] == [day("2018-04-01")]


@pytest.mark.parametrize(
    ("command", "body"),
    [
        ("withdraw-seat", {}),
        ("designate-representatives", {"principal": PRINCIPAL}),
        ("accredit", {"document": LETTER}),
        ("lapse-accreditation", {}),
    ],
)
def test_only_a_seat_in_force_can_be_filled_or_withdrawn(command, body):
    table(*ACTIVE).when(command, seat="mine", **body).refused(errors.UnknownSeat, "mine", "province")
    withdrawn = fact(r.SeatWithdrawn, "2018-07-01", seat="province")
    table(*ACTIVE, withdrawn).when(command, seat="province", **body).refused(errors.UnknownSeat, "province")


def test_representatives_are_a_principal_and_an_alternate():
    state = (
        table(proposed(), seated())
        .when("designate-representatives", seat="province", principal=PRINCIPAL, alternate=ALTERNATE)
        .then(r.RepresentativesDesignated)
    )
    assert (state.seats[0].principal.person, state.seats[0].alternate.person) == (PRINCIPAL, ALTERNATE)


def test_nobody_is_their_own_alternate():
    body = {"seat": "province", "principal": PRINCIPAL, "alternate": PRINCIPAL}
    outcome = table(proposed(), seated()).when("designate-representatives", **body)
    outcome.refused(errors.OwnAlternate, "province")


def test_people_are_random_ids():
    derived = "00000000-0000-3000-8000-000000000001"
    with pytest.raises(ValidationError, match="principal"):
        table(proposed(), seated()).when("designate-representatives", seat="province", principal=derived)


def test_somebody_is_designated_before_being_accredited():
    there = (*ACCREDITED, seated("front"))
    table(*there).when("accredit", seat="front", document=LETTER).refused(errors.RepresentativeMissing, "front")
    state = table(*there, designated("front")).when("accredit", seat="front", document=LETTER).then(r.SeatAccredited)
    assert state.seat("front").accreditation.accredited_on == day("2019-06-01")


def test_new_representatives_are_accredited_anew():
    state = (
        table(*ACCREDITED)
        .when("designate-representatives", seat="province", principal=ALTERNATE)
        .then(r.RepresentativesDesignated)
    )
    assert state.unaccredited == ("province",)


def test_an_accreditation_lapses_once():
    state = table(*ACCREDITED).when("lapse-accreditation", seat="province").then(r.AccreditationLapsed)
    assert state.unaccredited == ("province",)
    lapsed = fact(r.AccreditationLapsed, "2018-05-01", seat="province")
    table(*ACCREDITED, lapsed).when("lapse-accreditation", seat="province").refused(
        errors.SeatNotAccredited, "province"
    )


def test_chairs_and_secretariat_change_from_a_day_on():
    there = table(proposed(chairs=(REGION,)), fact(r.ChairsNamed, "2018-05-01", chairs=(MUNICIPALITY,)))
    assert there.state("2018-04-30").chairs == (REGION,)
    assert there.state("2018-05-01").chairs == (MUNICIPALITY,)
    state = there.when("name-secretariat", organization=REGION).then(r.SecretariatNamed)
    assert state.secretariat == REGION


@pytest.mark.parametrize(
    ("quorum", "of", "needed"),
    [
        ({"share": "1/2", "exceeded": True}, 10, 6),
        ({"share": "1/2", "exceeded": True}, 11, 6),
        ({"share": "1/2"}, 10, 5),
        ({"share": "1/2"}, 11, 6),
        ({"share": "1/3", "seats": 3}, 4, 3),
        ({"share": "1/3", "seats": 3}, 12, 4),
        ({"share": "1/1"}, 7, 7),
        ({"seats": 5}, 4, 5),
    ],
)
def test_a_quorum_is_a_share_a_number_or_the_larger_of_both(quorum, of, needed):
    assert Quorum(**quorum).needed(of) == needed


@pytest.mark.parametrize("quorum", [{}, {"share": "3/2"}, {"share": "0/2"}, {"share": "1/0"}, {"seats": 0}])
def test_a_quorum_that_says_nothing_is_refused(quorum):
    with pytest.raises(ValidationError):
        table(*ACTIVE).when("approve-rules", rules={"quorum": quorum})
