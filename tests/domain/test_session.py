"""The course of a session: the call, who comes, the quorum, what comes of it, and the end."""

from datetime import date

import msgspec
import pytest
from pydantic import ValidationError

from domain.aggregate import FactsContradict
from domain.errors import Words
from domain.session import Session
from domain.session import errors as x
from domain.session import events as s
from domain.session.facts import AgendaSources, PreviousMinutes
from domain.session.types import Status, Votes
from tests.domain.given import MUNICIPALITY, UNIVERSITY, Given, fact, voided
from tests.domain.sessions import (
    CALL,
    EARLIER,
    FAILED,
    ON,
    OPEN,
    OUTCOME,
    PLEDGE,
    PRESENT,
    REACHED,
    ROUNDTABLE,
    UNSIGNED,
    agreed,
    came,
    convened,
    left,
    sitting,
)


def at(before: Given, **changes: object) -> Given:
    """Change something about the roundtable."""
    return before.where(others=(msgspec.structs.replace(ROUNDTABLE, **changes),))


def test_a_session_is_convened_with_its_agenda():
    sources = AgendaSources(items={EARLIER: ("4",)}, commitments=frozenset({PLEDGE}))
    agenda = [
        {"key": "1", "title": "Riego", "origin": {"session": EARLIER, "item": "4"}},
        {"key": "2", "title": "Agua", "origin": {"commitment": PLEDGE}},
    ]
    state = (
        sitting()
        .where(others=(ROUNDTABLE, sources))
        .when("convene", "2019-03-01", **CALL, code="CHU-S2", agenda=agenda)
        .then(s.SessionConvened, medium=None)
    )
    assert (state.status, state.called_on, state.held_on) == (
        Status.CONVENED,
        date(2019, 3, 1),
        date(2019, 3, 15),
    )
    assert [item.origin.commitment for item in state.agenda] == [None, PLEDGE]
    assert list(Session.claims(state)) == ["CHU-S2"]


def test_a_second_call_takes_over_the_items_unless_it_has_its_own():
    again = sitting().where(others=(ROUNDTABLE, FAILED))
    state = again.when("convene", "2019-03-01", **CALL, second_call_of=EARLIER).then(s.SessionConvened)
    assert [(i.key, i.origin.session) for i in state.agenda] == [("4", EARLIER)]
    own = [{"key": "9", "title": "Otro"}]
    state = again.when("convene", "2019-03-01", **CALL, second_call_of=EARLIER, agenda=own).then(s.SessionConvened)
    assert [i.key for i in state.agenda] == ["9"]


def test_a_session_is_put_off_and_called_off():
    state = sitting(convened()).when("reschedule", "2019-03-10", scheduled_on="2019-03-22").then(s.SessionRescheduled)
    assert (state.scheduled_on, [(r.from_, r.to) for r in state.reschedulings]) == (
        date(2019, 3, 22),
        [(date(2019, 3, 15), date(2019, 3, 22))],
    )
    state = sitting(convened()).when("cancel", "2019-03-10").then(s.SessionCancelled)
    assert (state.status, state.ended_because) == (Status.CANCELLED, "as agreed")


def test_items_come_and_go_with_a_reason():
    state = sitting(convened()).when("add-agenda-item", ON, key="2", title="Carretera").then(s.AgendaItemAdded)
    assert [i.key for i in state.agenda] == ["1", "2"]
    state = sitting(convened()).when("withdraw-agenda-item", ON, key="1").then(s.AgendaItemWithdrawn)
    assert (state.agenda, state.all_items[0].withdrawn_reason) == ((), "as agreed")
    state = sitting(convened(agenda=())).when("waive-agenda", ON).then(s.AgendaWaived)
    assert state.agenda_waiver.reason == "as agreed"


def test_a_seat_arrives_by_its_principal_for_its_organization_unless_said():
    state = sitting(convened()).when("record-attendance", ON, seat="province").then(s.AttendanceRecorded)
    [stay] = state.attendance
    assert (stay.capacity, stay.representing) == ("principal", MUNICIPALITY)
    body = {"seat": "province", "capacity": "alternate", "representing": UNIVERSITY, "arrived": "09:10"}
    state = sitting(convened()).when("record-attendance", ON, **body).then(s.AttendanceRecorded)
    assert state.attendance[0].representing == UNIVERSITY


def test_an_alternate_acts_once_the_principal_has_left():
    there = (convened(), *came("province", arrived="09:00"))
    body = {"seat": "province", "capacity": "alternate"}
    sitting(*there).when("record-attendance", ON, **body).refused(x.SeatOccupied, "province", "principal", es="titular")
    gone = (*there, left("province", "11:00"))
    sitting(*gone).when("record-attendance", ON, **body, arrived="10:00").refused(x.SeatOccupied, "principal")
    state = sitting(*gone).when("record-attendance", ON, **body, arrived="11:00").then(s.AttendanceRecorded)
    assert [s.capacity for s in state.present(date(2019, 3, 15), "10:00")] == ["principal"]
    assert [s.capacity for s in state.present(date(2019, 3, 15), "12:00")] == ["alternate"]
    assert [s.capacity for s in state.present(date(2019, 3, 15))] == ["alternate"]


def test_those_who_took_part_are_counted():
    state = sitting(*OPEN).when("record-participation", ON, people=60, women=28, men=32).then(s.ParticipationRecorded)
    assert (state.participation.people, state.participation.women) == (60, 28)


def test_a_session_opens_with_quorum_and_agenda():
    state = sitting(*PRESENT).when("open", ON).then(s.SessionOpened)
    assert (state.status, state.opened_on, state.opened_with) == (
        Status.OPEN,
        date(2019, 3, 15),
        ("ministry", "region", "province"),
    )
    waived = (convened(agenda=()), fact(s.AgendaWaived, ON), *PRESENT[1:])
    assert sitting(*waived).when("open", ON).then(s.SessionOpened).status is Status.OPEN


def test_quorum_counts_votes_and_sectors_and_is_lower_on_second_call():
    few = (convened(), *came("ministry", "region", "witness"))
    sitting(*few).when("open", ON).refused(x.QuorumNotReached, "2/3", es="2/3")
    second = (convened(second_call_of=EARLIER), *came("ministry", "region"))
    assert sitting(*second).when("open", ON).then(s.SessionOpened).status is Status.OPEN
    sectors = at(sitting(*PRESENT), by_sector=(("civil_society", 1),))
    sectors.when("open", ON).refused(x.QuorumNotReached, "3/3, civil_society 0/1")


@pytest.mark.parametrize(
    ("type", "changes", "opens"),
    [
        ("ordinary", {"installed": False}, False),
        ("extraordinary", {"installed": False}, False),
        ("installation", {"installed": False}, True),
        ("technical", {"installed": False}, True),
        ("ordinary", {"halted": True}, False),
        ("installation", {"halted": True}, False),
        ("technical", {"halted": True}, True),
    ],
)
def test_a_deciding_session_sits_while_its_roundtable_may_decide(type, changes, opens):
    state = Words("constituted", "constituida")
    ready = at(sitting(convened(type=type), *PRESENT[1:]), state=state, **changes)
    outcome = ready.when("open", ON)
    assert (outcome.refusal is None) == opens
    if not opens:
        outcome.refused(x.RoundtableMayNotDecide, "constituted", type, "sit", es="constituida")


def test_a_technical_session_reports_but_does_not_decide_before_the_installation():
    open_ = at(sitting(convened(type="technical"), *OPEN[1:]), installed=False)
    open_.when("record-outcome", ON, **OUTCOME).refused(x.RoundtableMayNotDecide, "technical", "decide")
    report = {"key": "I1", "type": "report", "text": "Informe"}
    assert open_.when("record-outcome", ON, **report).then(s.OutcomeRecorded).outcomes[0].decision is None


def test_a_session_pauses_and_goes_on():
    state = sitting(*OPEN).when("recess", ON, until="2019-03-16").then(s.SessionRecessed)
    assert state.status is Status.RECESSED
    state = sitting(*REACHED[Status.RECESSED]).when("resume", "2019-03-16").then(s.SessionResumed)
    assert (state.status, state.recesses[0].resumed_on) == (Status.OPEN, date(2019, 3, 16))


def test_an_outcome_keeps_its_words_and_who_was_there():
    state = sitting(*OPEN).when("record-outcome", ON, **OUTCOME, deadline="2019-12-31").then(s.OutcomeRecorded)
    [outcome] = state.outcomes
    assert (outcome.text, outcome.decision, outcome.deadline) == ("Habrá agua", "consensus", date(2019, 12, 31))
    assert outcome.present == ("ministry", "region", "province")
    assert state.open_items == ()


def test_a_session_that_lost_its_quorum_does_not_agree_but_still_reports():
    gone = (*OPEN, left("region", "12:00"))
    sitting(*gone).when("record-outcome", ON, **OUTCOME).refused(x.QuorumNotReached, "2/3")
    for type in ("request", "report", "disagreement"):
        body = OUTCOME | {"type": type}
        assert sitting(*gone).when("record-outcome", ON, **body).then(s.OutcomeRecorded).outcomes[0].type == type
    state = sitting(*gone).when("record-outcome", ON, **OUTCOME, at="11:30").then(s.OutcomeRecorded)
    assert "region" in state.outcomes[0].present
    sitting(*gone).when("record-outcome", ON, **OUTCOME, at="12:00").refused(x.QuorumNotReached, "2/3")


def test_votes_are_those_of_seats_with_a_vote_that_are_there():
    body = OUTCOME | {"decision": "vote"}
    open_ = sitting(*OPEN, *came("witness"))
    votes = {"for": ["ministry", "region"], "against": ["province"]}
    state = open_.when("record-outcome", ON, **body, votes=votes).then(s.OutcomeRecorded)
    assert state.outcomes[0].votes.for_ == ("ministry", "region")
    for wrong, error in (
        ({"for": ["front"]}, x.SeatNotPresent),
        ({"for": ["witness"]}, x.SeatHasNoVote),
        ({"for": ["mine"]}, x.SeatNotInForce),
        ({"for": ["region"], "against": ["ministry"]}, x.MajorityNotReached),
    ):
        open_.when("record-outcome", ON, **body, votes=wrong).refused(error)
    at(open_, decides_by="consensus").when("record-outcome", ON, **body, votes=votes).refused(
        x.NotDecidedSo, "consensus", "CHU-2018", es="consenso"
    )
    with pytest.raises(ValidationError, match="votes twice"):
        open_.when("record-outcome", ON, **body, votes={"for": ["region"], "against": ["region"]})


def test_consensus_stands_over_the_dissent_of_those_who_have_no_vote_only():
    open_ = sitting(*OPEN, *came("witness"))
    voter, guest = ([{"seat": seat, "reason": "No"}] for seat in ("region", "witness"))
    open_.when("record-outcome", ON, **OUTCOME, dissents=voter).refused(x.ConsensusBroken, "region")
    state = open_.when("record-outcome", ON, **OUTCOME, dissents=guest).then(s.OutcomeRecorded)
    assert state.outcomes[0].dissents[0].reason == "No"
    later = sitting(*OPEN, *came("witness"), agreed())
    later.when("dissent", ON, outcome="A1", seat="region").refused(x.ConsensusBroken, "region")
    state = later.when("dissent", ON, outcome="A1", seat="witness").then(s.DissentStated)
    assert [d.reason for d in state.outcomes[0].dissents] == ["as agreed"]


def test_nothing_is_decided_before_the_last_minutes_are_signed_unless_waived():
    open_ = sitting(*OPEN).where(others=(ROUNDTABLE, UNSIGNED))
    open_.when("record-outcome", ON, **OUTCOME).refused(x.PreviousMinutesNotFinal, "CHU-S1")
    assert open_.when("record-outcome", ON, key="I", type="report", text="Informe").then(s.OutcomeRecorded)
    signed = sitting(*OPEN).where(others=(ROUNDTABLE, PreviousMinutes(session=EARLIER, final=True)))
    assert signed.when("record-outcome", ON, **OUTCOME).then(s.OutcomeRecorded)
    state = open_.when("waive-previous-minutes", ON).then(s.PreviousMinutesWaived)
    assert state.previous_minutes_waiver.reason == "as agreed"
    waived = sitting(*OPEN, fact(s.PreviousMinutesWaived, ON)).where(others=(ROUNDTABLE, UNSIGNED))
    assert waived.when("record-outcome", ON, **OUTCOME).then(s.OutcomeRecorded)


def test_a_session_closes_and_leaves_what_it_did_not_deal_with():
    state = sitting(*OPEN).when("close", ON, next_session_on="2019-06-15").then(s.SessionClosed)
    assert (state.status, state.next_session_on) == (Status.CLOSED, date(2019, 6, 15))
    assert [item.key for item in state.open_items] == ["1"]


def test_a_session_fails_for_want_of_a_quorum_only_without_one():
    sitting(convened(), *came("region")).when("declare-quorum-failed", ON).then(s.QuorumFailed)
    sitting(*PRESENT).when("declare-quorum-failed", ON).refused(x.QuorumIsThere, "3/3")


def test_who_was_there_when_something_was_decided_cannot_be_voided():
    votes = Votes(for_=("ministry", "region"), against=())
    history = sitting(*OPEN, agreed(decision="vote", votes=votes))
    history.when("void", position=3).refused(FactsContradict, "session.outcome-recorded", "region", "position 6")
    history.when("void", position=5).refused(FactsContradict, "session.outcome-recorded", "convened")


def test_a_correction_is_decided_with_the_seats_of_its_day():
    wrong = {"votes": {"for": ["ministry", "front"]}}
    votes = Votes(for_=("ministry", "region"), against=())
    history = sitting(*OPEN, agreed(decision="vote", votes=votes))
    history.when("correct", position=6, changes=wrong).refused(x.SeatNotPresent, "front", anew=True)
    right = {"votes": {"for": ["ministry", "province"]}}
    assert history.when("correct", position=6, changes=right).event is not None


def test_an_item_origin_is_a_session_with_its_item_or_a_commitment():
    for origin in ({}, {"session": EARLIER}, {"session": EARLIER, "item": "1", "commitment": PLEDGE}):
        with pytest.raises(ValidationError, match="name a session and its item, or a commitment"):
            sitting(convened()).when("add-agenda-item", ON, key="2", title="A", origin=origin)


def test_a_void_of_a_departure_brings_the_seat_back():
    gone = sitting(*OPEN, left("region"), voided(6))
    assert gone.state().seats_present(date(2019, 3, 15)) == ("ministry", "region", "province")
