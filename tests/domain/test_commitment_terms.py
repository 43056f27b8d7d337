"""What stays and what changes when the terms of a commitment do: amounts, deadlines, parties, waivers."""

from datetime import date

import pytest

from domain.commitment import errors
from domain.commitment import events as e
from domain.commitment.completeness import completeness
from domain.commitment.types import Responsible
from domain.errors import BeforeObjectBegan
from tests.domain.commitments import (
    AGREED,
    NEW,
    PART,
    PEN_5,
    PROMISED,
    USD_5,
    WHOLE,
)
from tests.domain.given import (
    REGION,
    UNIVERSITY,
    fact,
    given,
)
from tests.domain.samples import (
    ACT,
    CHUMBIVILCAS,
    EVIDENCE,
    HEADLINE,
    LEAD,
    REPORTED,
    STARTED,
    VERIFIED,
    registered,
)


def test_a_fact_cannot_predate_the_commitment():
    AGREED.when("attach-evidence", "2018-07-25", evidence=EVIDENCE).then(e.EvidenceAttached)
    AGREED.when("attach-evidence", "2018-07-24", evidence=EVIDENCE).refused(
        BeforeObjectBegan, "2018-07-24", "2018-07-25", es="es anterior al inicio (compromiso, 2018-07-25)"
    )


def test_what_was_promised_stays_when_the_amount_is_amended():
    state = PROMISED.when("amend-amount", amount=HEADLINE.amount, reason="Inflation").then(e.AmountAmended)
    assert (state.ladder.promised, state.ladder.adjusted, state.ladder.current) == (
        PEN_5,
        HEADLINE.amount,
        HEADLINE.amount,
    )
    [change] = state.amendments
    assert (change.from_, change.to, change.reason) == (PEN_5, HEADLINE.amount, "Inflation")


def test_every_extension_stays_visible_beside_the_original_deadline():
    once = fact(e.DeadlineExtended, "2020-12-01", deadline=date(2021, 6, 30), act=ACT)
    outcome = given(registered(deadline=date(2020, 12, 31)), once).when(
        "extend-deadline", "2021-06-01", deadline="2021-12-31", act=ACT, reason="Rain"
    )
    state = outcome.then(e.DeadlineExtended)
    assert state.original_deadline == date(2020, 12, 31)
    assert [(x.from_, x.to) for x in state.extensions] == [
        (date(2020, 12, 31), date(2021, 6, 30)),
        (date(2021, 6, 30), date(2021, 12, 31)),
    ]
    assert state.extensions[1].reason == "Rain"


WAIVED = fact(e.DeadlineWaived, "2019-01-01")
DATED = fact(e.DeadlineSet, "2019-02-01", deadline=date(2020, 12, 31))


@pytest.mark.parametrize("order", [(WAIVED, DATED), (DATED, fact(e.DeadlineWaived, "2019-03-01"))])
def test_a_deadline_takes_the_place_of_its_waiver(order):
    state = given(registered(), *order).state()
    assert (state.deadline, state.deadline_waiver) == (date(2020, 12, 31), None)


FOLLOWED = fact(e.FollowUpBodyAssigned, "2019-02-01", organization=REGION)


@pytest.mark.parametrize("order", [("2019-01-01", "2019-02-01"), ("2019-03-01", "2019-02-01")])
def test_a_follow_up_body_takes_the_place_of_its_waiver(order):
    state = given(registered(), fact(e.FollowUpWaived, order[0]), FOLLOWED).state()
    assert (state.follow_up_body, state.follow_up_waiver) == (REGION, None)


def test_a_late_fact_cannot_bring_in_a_second_currency():
    approved = fact(e.AmountApproved, "2019-03-01", amount=PEN_5)
    given(registered(), approved).when("amend-amount", "2019-01-01", amount=USD_5).refused(
        errors.CurrencyMismatch, "USD", "PEN"
    )


def test_a_late_fact_cannot_set_a_deadline_that_was_set_later():
    given(registered(), DATED).when("set-deadline", "2019-01-01", deadline="2019-12-31").refused(
        errors.DeadlineAlreadySet, "2020-12-31"
    )


def test_a_late_fact_cannot_make_the_verifier_answer_for_what_it_verified():
    done = given(registered(), STARTED, REPORTED, VERIFIED)
    body = {"responsibles": [{"organization": UNIVERSITY}]}
    done.when("assign-responsibles", "2019-02-15", **body).refused(
        errors.NotAnotherParty, UNIVERSITY, "verified its fulfilment", es="verificó su cumplimiento"
    )
    replaced = fact(e.ResponsiblesAssigned, "2019-02-20", responsibles=(LEAD,))
    given(registered(responsibles=(Responsible(organization=REGION),)), STARTED, replaced, REPORTED, VERIFIED).when(
        "assign-responsibles", "2019-02-15", **body
    ).then(e.ResponsiblesAssigned)


def test_a_late_fact_cannot_add_a_collaborator_twice():
    added = fact(e.CollaboratorAdded, "2019-03-01", organization=REGION)
    given(registered(), added).when("add-collaborator", "2019-01-01", organization=REGION).refused(
        errors.AlreadyCollaborates, REGION
    )


def test_a_position_is_said_for_an_institution():
    state = AGREED.when("state-position", voice="objects", text="No water", on_behalf_of=UNIVERSITY).then(
        e.PositionStated
    )
    assert [(p.organization, p.voice, p.text) for p in state.positions] == [(UNIVERSITY, "objects", "No water")]


def test_an_item_is_in_the_currency_of_its_announcement_before_it_has_an_amount():
    PART.when("register", **NEW, part_of=WHOLE).then(e.CommitmentRegistered, currency="PEN", part_of=WHOLE)


def test_a_record_is_as_complete_as_what_is_there_or_waived():
    bare = completeness(AGREED.state())
    assert bare.percent == 12
    assert bare.missing == ("deadline", "follow_up_body", "verifier", "sector", "territory", "amount", "origin")
    waived = completeness(given(registered(), WAIVED).state())
    assert (waived.percent, waived.waived) == (25, ("deadline",))
    filled = completeness(given(registered(), WAIVED, DATED).state())
    assert (filled.percent, filled.waived) == (25, ())
    assert "territory" not in completeness(given(registered(territories=(CHUMBIVILCAS,))).state()).missing
    assert "evidence" in completeness(given(registered(), fact(e.FulfilmentReported)).state()).missing
