"""Corrections and voids: what later facts say of earlier ones, and what they may not bring about."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given as random
from hypothesis import strategies as st

from domain.aggregate import CorrectionReorders, FactsContradict
from domain.commitment import errors
from domain.commitment import events as e
from domain.commitment.types import Responsible, Status
from domain.corrections import (
    FactAlreadyVoided,
    FactCorrected,
    FactNotFound,
    FactVoided,
    NotCorrectable,
    NothingToCorrect,
    changes_between,
    marks,
    readings,
)
from domain.facts import CodeTaken
from domain.types import Money
from tests.domain.given import ID, REGION, UNIVERSITY, context, corrected, entry, fact, given, voided
from tests.domain.samples import EVIDENCE, REACHED, REPORTED, STARTED, VERIFIED, registered

PROGRESS = fact(e.ProgressReported, "2019-03-01", percent=10, note="first")


def told(*events):
    """Return marks and readings of a stream: (voids, corrections in force), [(position, day, percent)]."""
    stream = given(*events).stream
    found = marks(stream)
    in_force = {position: [c.position for c in changed] for position, changed in found.corrections.items()}
    read = [(r.position, r.day.isoformat(), getattr(r.event, "percent", None)) for r in readings(stream)]
    return (found.voids, in_force), read


BEGUN = (1, "2018-07-25", None)


def test_a_voided_fact_is_not_read():
    assert told(registered(), PROGRESS, voided(2)) == (({2: 3}, {}), [BEGUN])


def test_a_void_of_a_void_restores_the_fact():
    assert told(registered(), PROGRESS, voided(2), voided(3)) == (({3: 4}, {}), [BEGUN, (2, "2019-03-01", 10)])


def test_a_void_of_a_void_of_a_void_voids_again():
    (voids, _), read = told(registered(), PROGRESS, voided(2), voided(3), voided(4))
    assert voids == {2: 3, 4: 5}
    assert read == [BEGUN]


def test_a_correction_is_read_in_place_of_the_fact():
    assert told(registered(), PROGRESS, corrected(2, percent=20)) == (
        ({}, {2: [3]}),
        [BEGUN, (2, "2019-03-01", 20)],
    )


def test_of_two_corrections_the_later_wins_field_by_field():
    stream = given(registered(), PROGRESS, corrected(2, percent=20, note="second"), corrected(2, percent=30)).stream
    event: Any = readings(stream)[1].event
    assert (event.percent, event.note) == (30, "second")


def test_a_void_of_a_correction_brings_back_what_it_replaced():
    assert told(registered(), PROGRESS, corrected(2, percent=20), corrected(2, percent=30), voided(4)) == (
        ({4: 5}, {2: [3]}),
        [BEGUN, (2, "2019-03-01", 20)],
    )


def test_a_correction_of_a_voided_fact_shows_once_the_void_is_void():
    events = (registered(), PROGRESS, corrected(2, percent=20), voided(2))
    assert told(*events)[1] == [BEGUN]
    assert told(*events, voided(4))[1] == [BEGUN, (2, "2019-03-01", 20)]


def test_a_corrected_date_moves_the_fact_to_its_place_in_the_fold():
    late = fact(e.ProgressReported, "2019-04-01", percent=20)
    read = told(registered(), PROGRESS, late, corrected(2, context={"occurred_on": "2019-05-01"}))[1]
    assert read == [BEGUN, (3, "2019-04-01", 20), (2, "2019-05-01", 10)]


def test_facts_of_one_day_are_folded_as_they_were_recorded():
    events = [fact(e.ProgressReported, "2019-03-01", percent=n) for n in (30, 20, 10)]
    assert given(registered(), *events).state().percent == 10


def naive(events):
    """Fold the definition: an entry is void if a standing later void names it; corrections apply in order."""

    def stands(position):
        later = range(position + 1, len(events) + 1)
        return not any(
            isinstance(events[p - 1], FactVoided) and events[p - 1].position == position and stands(p) for p in later
        )

    read = []
    for position, event in enumerate(events, 1):
        if isinstance(event, FactVoided | FactCorrected) or not stands(position):
            continue
        body = msgspec.to_builtins(event)
        for p, other in enumerate(events, 1):
            if isinstance(other, FactCorrected) and other.position == position and stands(p):
                body |= {k: v for k, v in other.changes.items() if k != "context"}
                body["context"] |= other.changes.get("context", {})
        read.append((body["context"]["occurred_on"], position, body.get("percent")))
    return sorted(read, key=lambda r: r[:2])


DAYS = [f"2019-0{n}-01" for n in range(1, 8)]


@st.composite
def streams(draw):
    """Random streams of progress reports, corrections of them and voids of anything before."""
    events = [registered("2018-01-01")]
    for position in range(2, draw(st.integers(2, 14))):
        kind = draw(st.sampled_from(["report", "report", "void", "correct", "redate"]))
        before = draw(st.integers(1, position - 1))
        reports = [p for p, event in enumerate(events, 1) if isinstance(event, e.ProgressReported)]
        if kind == "void":
            events.append(voided(before))
        elif kind != "report" and reports:
            about = draw(st.sampled_from(reports))
            changes = {"percent": position} if kind == "correct" else {"context": {"occurred_on": draw(_day)}}
            events.append(corrected(about, **changes))
        else:
            events.append(fact(e.ProgressReported, draw(_day), percent=position))
    return events


_day = st.sampled_from(DAYS)


@random(streams())
def test_readings_are_what_the_definition_says(events):
    found = readings(given(*events).stream)
    assert [(r.day.isoformat(), r.position, getattr(r.event, "percent", None)) for r in found] == naive(events)


@random(streams(), st.randoms())
def test_marks_do_not_depend_on_the_order_in_which_a_stream_is_read(events, chance):
    stream = list(given(*events).stream)
    shuffled = chance.sample(stream, len(stream))
    assert marks(shuffled).voids == marks(stream).voids
    assert readings(shuffled) == readings(stream)


def test_changes_hold_only_what_differs():
    after = fact(e.ProgressReported, about=context("2019-03-02", reason="as agreed"), percent=10, note="other")
    assert changes_between(PROGRESS, after) == {"note": "other", "context": {"occurred_on": "2019-03-02"}}
    assert changes_between(PROGRESS, PROGRESS) == {}


# as commands

HISTORY = given(registered(), PROGRESS)


def test_correcting_records_the_fields_that_differ():
    HISTORY.when("correct", position=2, changes={"percent": 20, "note": "first"}).then(
        FactCorrected, position=2, schema=1, changes={"percent": 20}
    )


def test_correcting_a_date_keeps_its_precision():
    HISTORY.when("correct", position=2, changes={"occurred_on": "2019-04"}).then(
        FactCorrected, changes={"context": {"occurred_on": "2019-04-30", "precision": "month"}}
    )


def test_voiding_records_the_position():
    assert HISTORY.when("void", position=2).then(FactVoided, position=2).percent is None


def test_a_correction_or_void_names_a_fact_of_the_object():
    for command, body in (("void", {}), ("correct", {"changes": {"percent": 20}})):
        HISTORY.when(command, position=7, **body).refused(FactNotFound, 7, ID, es="No hay ningún hecho")


def test_a_void_fact_is_neither_corrected_nor_voided_again():
    before = given(registered(), PROGRESS, voided(2))
    for command, body in (("void", {}), ("correct", {"changes": {"percent": 20}})):
        before.when(command, position=2, **body).refused(FactAlreadyVoided, 2, 3, es="ya se anuló en la posición 3")


@pytest.mark.parametrize("later", [voided(2), corrected(2, percent=20)])
def test_corrections_and_voids_are_not_corrected_themselves(later):
    given(registered(), PROGRESS, later).when("correct", position=3, changes={"position": 1}).refused(
        NotCorrectable, 3, later.TOPIC, es="Anúlelo"
    )


def test_a_correction_changes_something():
    HISTORY.when("correct", position=2, changes={"percent": 10}).refused(NothingToCorrect, 2, es="ya se lee así")


def test_a_corrected_date_keeps_the_order_of_what_moves_the_state():
    blocked = fact(e.CommitmentBlocked, "2019-03-01", cause="No land")
    before = given(registered(), STARTED, blocked)
    before.when("correct", position=3, changes={"occurred_on": "2019-01-15"}).refused(
        CorrectionReorders, "2019-01-15", "commitment.blocked", "commitment.started", "2019-02-01", es="Corrija antes"
    )
    before.when("correct", position=3, changes={"occurred_on": "2019-02-01"}).then(FactCorrected)
    before.when("correct", position=1, changes={"occurred_on": "2019-02-02"}).refused(CorrectionReorders, "2019-02-01")


def test_a_correction_or_void_claims_no_code_of_another():
    coded = given(registered(code="A-1"), corrected(1, code="A-2")).where(holders={"A-1": ID, "A-3": ID})
    coded.when("correct", position=1, changes={"code": "A-3"}).refused(CodeTaken, "A-3")
    coded.when("void", position=2).refused(CodeTaken, "A-1")


REPORTED_DONE = given(registered(), STARTED, REPORTED, VERIFIED)


def test_a_correction_is_refused_what_its_command_is_refused():
    REPORTED_DONE.when("correct", position=4, changes={"on_behalf_of": str(REGION)}).refused(
        errors.NotAnotherParty, REGION, "reported it", anew=True
    )


def test_a_correction_cannot_make_the_verifier_the_reporter():
    REPORTED_DONE.when("correct", position=3, changes={"on_behalf_of": str(UNIVERSITY)}).refused(
        FactsContradict,
        "commitment.fulfilment-verified",
        "position 4",
        "reported it",
        es="lo reportó. Nadie está exceptuado. Anule o corrija antes ese hecho.",
    )


def test_a_correction_cannot_make_the_verifier_answer():
    changes = {"responsibles": [{"organization": str(UNIVERSITY)}]}
    REPORTED_DONE.when("correct", position=1, changes=changes).refused(FactsContradict, UNIVERSITY, "answers for it")


def test_a_void_cannot_make_the_verifier_answer():
    mine = (Responsible(organization=UNIVERSITY),)
    replaced = fact(e.ResponsiblesAssigned, "2018-12-01", responsibles=(Responsible(organization=REGION),))
    before = given(registered(responsibles=mine), replaced, STARTED, REPORTED, VERIFIED)
    before.when("void", position=2).refused(FactsContradict, "position 5", UNIVERSITY)


@pytest.mark.parametrize(("position", "shown"), [(2, "fulfilment-reported"), (3, "fulfilment-verified")])
def test_a_void_cannot_take_away_what_later_facts_rest_on(position, shown):
    REPORTED_DONE.when("void", position=position).refused(FactsContradict, shown, "Void or correct that fact first")


def test_facts_are_voided_from_the_last_to_the_first():
    before = given(registered(), STARTED, REPORTED, VERIFIED, voided(4))
    assert before.when("void", position=3).then(FactVoided).status is Status.IN_PROGRESS


def test_a_void_cannot_take_away_the_only_evidence():
    before = given(
        registered(),
        STARTED,
        fact(e.EvidenceAttached, "2019-02-02", evidence=EVIDENCE),
        fact(e.FulfilmentReported, "2019-03-01"),
    )
    before.when("void", position=3).refused(FactsContradict, "no evidence")


def test_a_correction_cannot_bring_in_a_second_currency():
    approved = fact(e.AmountApproved, "2019-03-01", amount=Money(amount=Decimal("5.00"), currency="PEN"))
    given(registered(), approved).when(
        "correct", position=1, changes={"amount": {"amount": "7", "currency": "USD"}}
    ).refused(FactsContradict, "commitment.amount-approved", "PEN", "USD")


def test_a_correction_cannot_add_a_party_that_did_not_agree_to_the_withdrawal():
    changes = {"collaborators": [str(REGION)]}
    given(*REACHED[Status.WITHDRAWN]).when("correct", position=1, changes=changes).refused(FactsContradict, REGION)


def test_a_correction_cannot_make_an_extension_shorten_the_deadline():
    act = {"type": "act", "number": "1", "issuer": "M", "date": date(2019, 1, 1)}
    extended = fact(e.DeadlineExtended, deadline=date(2020, 6, 30), act=msgspec.convert(act, e.Act))
    given(registered(deadline=date(2019, 12, 31)), extended).when(
        "correct", position=1, changes={"deadline": "2020-07-01"}
    ).refused(FactsContradict, "2020-06-30", "2020-07-01")


def test_a_void_cannot_leave_facts_before_the_beginning():
    earlier = corrected(1, context={"occurred_on": "2018-01-01"})
    before = given(registered("2018-07-25"), earlier, fact(e.ProgressReported, "2018-03-01", percent=5))
    before.when("void", position=2).refused(FactsContradict, "2018-03-01", "before the commitment began, on 2018-07-25")


def test_the_whole_object_can_be_voided_and_restored():
    assert REPORTED_DONE.when("void", position=1).then(FactVoided) is None
    restored = given(registered(), STARTED, voided(1)).when("void", position=3).then(FactVoided)
    assert restored.status is Status.IN_PROGRESS


def test_restoring_an_object_shows_what_was_broken_while_it_was_void():
    before = given(registered(), STARTED, REPORTED, voided(1), voided(2))
    before.when("void", position=4).refused(FactsContradict, "commitment.fulfilment-reported")


def test_a_contradiction_that_a_late_fact_brought_in_does_not_stop_other_corrections():
    late = fact(e.DeadlineSet, "2018-08-01", deadline=date(2019, 12, 31))
    twice = fact(e.DeadlineSet, "2018-09-01", deadline=date(2020, 12, 31))
    given(registered(), twice, late, PROGRESS).when("correct", position=4, changes={"percent": 20}).then(FactCorrected)


def test_an_entry_is_dated_as_it_was_first_recorded():
    assert entry(1, PROGRESS).day == date(2019, 3, 1)
