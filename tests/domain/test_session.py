"""Every command of a session: what it records, and everything it refuses."""

from datetime import date

import msgspec
import pytest
from pydantic import ValidationError

from domain.aggregate import FactsContradict
from domain.errors import Words
from domain.facts import CodeTaken, OrganizationEnded, UnknownOrganization, UnknownRoundtable, UnknownSession
from domain.session import Session
from domain.session import errors as x
from domain.session import events as s
from domain.session.facts import AgendaSources, FirstCall, PreviousMinutes, SeatsInForce
from domain.session.rules import ALLOWED
from domain.session.types import AgendaItem, ItemOrigin, Status, Votes
from roundtable.commands import command_that_records, commands_of
from tests.domain.given import ENDED, ID, MUNICIPALITY, NOBODY, UNIVERSITY, Given, fact, voided
from tests.domain.sessions import (
    EARLIER,
    ON,
    OPEN,
    PLEDGE,
    PRESENT,
    REACHED,
    ROUNDTABLE,
    TABLE_ID,
    agreed,
    came,
    convened,
    left,
    sitting,
)
from tests.domain.test_sealed_sessions import COMMANDS as SEALED_COMMANDS

CALL = {"roundtable": TABLE_ID, "type": "ordinary", "scheduled_on": "2019-03-15"}
OUTCOME = {"key": "A2", "type": "agreement", "text": "Habrá agua", "agenda_item": "1", "decision": "consensus"}
FAILED = FirstCall(
    id=EARLIER,
    exists=True,
    name="CHU-S1",
    roundtable=TABLE_ID,
    status=Status.FAILED_QUORUM,
    open_items=(AgendaItem(key="4", title="Riego", origin=ItemOrigin(session=EARLIER, item="4")),),
)
UNSIGNED = PreviousMinutes(session=EARLIER, name="CHU-S1")


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


CONVENE = ("convene", sitting())
REFUSALS = [
    (*CONVENE, CALL | {"roundtable": NOBODY}, UnknownRoundtable, "2019-03-15", (SeatsInForce(id=NOBODY),)),
    (*CONVENE, CALL | {"scheduled_on": "2019-03-14"}, x.ScheduledBeforeCall, "2019-03-14", ()),
    ("convene", sitting().where(holders={"X1": ID}), CALL | {"code": "X1"}, CodeTaken, "X1", ()),
    (
        *CONVENE,
        CALL | {"agenda": [{"key": "1", "title": "A", "origin": {"commitment": PLEDGE}}]},
        x.UnknownOrigin,
        PLEDGE,
        (),
    ),
    (*CONVENE, CALL | {"second_call_of": EARLIER}, UnknownSession, EARLIER, (FirstCall(id=EARLIER),)),
    *(
        (*CONVENE, CALL | {"second_call_of": EARLIER}, x.NotASecondCall, said, (msgspec.structs.replace(FAILED, **c),))
        for said, c in (
            ("did not fail", {"status": Status.CLOSED}),
            ("another roundtable's", {"roundtable": NOBODY}),
            ("called again already", {"called_again_by": ID}),
        )
    ),
    ("reschedule", sitting(convened()), {"scheduled_on": "2019-03-14"}, x.ScheduledBeforeCall, "2019-03-14", ()),
    ("add-agenda-item", sitting(convened()), {"key": "1", "title": "A"}, x.ItemKeyTaken, "1", ()),
    (
        "add-agenda-item",
        sitting(convened()),
        {"key": "2", "title": "A", "origin": {"session": EARLIER, "item": "9"}},
        x.UnknownOrigin,
        f"{EARLIER} 9",
        (AgendaSources(items={EARLIER: ("4",)}),),
    ),
    ("withdraw-agenda-item", sitting(convened()), {"key": "9"}, x.UnknownItem, "It has 1", ()),
    ("withdraw-agenda-item", sitting(*OPEN, agreed()), {"key": "1"}, x.ItemHasOutcome, "A1", ()),
    ("waive-agenda", sitting(convened()), {}, x.AgendaNotMissing, "1 items", ()),
    ("waive-previous-minutes", sitting(convened()), {}, x.MinutesNotMissing, ON, ()),
    ("record-attendance", sitting(convened(scheduled_on=date(2019, 3, 16))), {"seat": "region"}, x.TooEarly, ON, ()),
    ("record-attendance", sitting(convened()), {"seat": "mine"}, x.SeatNotInForce, "ministry, region", ()),
    ("record-attendance", sitting(*PRESENT), {"seat": "region"}, x.SeatOccupied, "region", ()),
    (
        "record-attendance",
        sitting(convened()),
        {"seat": "region", "representing": NOBODY},
        UnknownOrganization,
        NOBODY,
        (),
    ),
    (
        "record-attendance",
        sitting(convened()),
        {"seat": "region", "representing": ENDED},
        OrganizationEnded,
        ENDED,
        (),
    ),
    ("record-departure", sitting(*PRESENT), {"seat": "front"}, x.SeatNotPresent, "front", ()),
    (
        "record-departure",
        sitting(convened(), *came("front", arrived="10:00")),
        {"seat": "front", "left": "09:00"},
        x.LeavesBeforeArrival,
        "10:00",
        (),
    ),
    ("record-participation", sitting(*OPEN), {"people": 5, "women": 3, "men": 3}, x.CountsContradict, "6 of 5", ()),
    ("open", sitting(convened(scheduled_on=date(2019, 3, 16))), {}, x.TooEarly, "2019-03-16", ()),
    (
        "open",
        sitting(*PRESENT),
        {},
        x.RoundtableMayNotDecide,
        "active",
        (msgspec.structs.replace(ROUNDTABLE, halted=True),),
    ),
    ("open", sitting(convened(agenda=()), *PRESENT[1:]), {}, x.AgendaMissing, ID, ()),
    ("open", sitting(convened()), {}, x.QuorumNotReached, "0/3", ()),
    ("record-outcome", sitting(*OPEN, agreed("A2")), OUTCOME, x.ItemKeyTaken, "A2", ()),
    ("record-outcome", sitting(*OPEN), OUTCOME | {"agenda_item": None}, x.UnknownItem, "It has 1", ()),
    ("record-outcome", sitting(*OPEN), OUTCOME | {"decision": None}, x.DecisionMissing, "how it was decided", ()),
    ("record-outcome", sitting(*OPEN), OUTCOME | {"decision": "vote"}, x.DecisionMissing, "how the seats voted", ()),
    (
        "record-outcome",
        sitting(*OPEN),
        OUTCOME | {"votes": {"for": ["region"]}},
        x.DecisionMissing,
        "only where",
        (),
    ),
    ("record-outcome", sitting(*OPEN), OUTCOME | {"deadline": "2019-03-14"}, x.DeadlineBeforeSession, ON, ()),
    (
        "record-outcome",
        sitting(*OPEN),
        OUTCOME,
        x.RoundtableMayNotDecide,
        "decide",
        (msgspec.structs.replace(ROUNDTABLE, halted=True),),
    ),
    ("record-outcome", sitting(*OPEN), OUTCOME, x.PreviousMinutesNotFinal, "CHU-S1", (UNSIGNED,)),
    ("record-outcome", sitting(*OPEN, left("region")), OUTCOME, x.QuorumNotReached, "2/3", ()),
    (
        "record-outcome",
        sitting(*OPEN),
        OUTCOME | {"decision": "vote", "votes": {"for": ["region"]}},
        x.NotDecidedSo,
        "consensus",
        (msgspec.structs.replace(ROUNDTABLE, decides_by="consensus"),),
    ),
    *(
        (
            "record-outcome",
            sitting(*OPEN, *came("witness")),
            OUTCOME | {"decision": "vote", "votes": v},
            error,
            said,
            (),
        )
        for v, error, said in (
            ({"for": ["mine"]}, x.SeatNotInForce, "mine"),
            ({"for": ["witness"]}, x.SeatHasNoVote, "witness"),
            ({"for": ["front"]}, x.SeatNotPresent, "front"),
            ({"for": ["region"], "against": ["province"]}, x.MajorityNotReached, "1 votes for"),
        )
    ),
    (
        "record-outcome",
        sitting(*OPEN),
        OUTCOME | {"decision": "vote", "votes": {"for": ["region"]}, "dissents": [{"seat": "region", "reason": "No"}]},
        x.DissentsFromOwnVote,
        "voted for",
        (),
    ),
    (
        "record-outcome",
        sitting(*OPEN),
        OUTCOME | {"dissents": [{"seat": "region", "reason": "No"}]},
        x.ConsensusBroken,
        "region",
        (),
    ),
    ("record-outcome", sitting(*OPEN), OUTCOME | {"responsibles": [NOBODY]}, UnknownOrganization, NOBODY, ()),
    ("record-outcome", sitting(*OPEN), OUTCOME | {"responsibles": [ENDED]}, OrganizationEnded, ENDED, ()),
    ("dissent", sitting(*OPEN, agreed()), {"outcome": "A9", "seat": "region"}, x.UnknownOutcome, "It has A1", ()),
    ("dissent", sitting(*OPEN, agreed()), {"outcome": "A1", "seat": "front"}, x.SeatNotPresent, "front", ()),
    (
        "dissent",
        sitting(*OPEN, agreed(), *came("witness"), fact(s.DissentStated, ON, outcome="A1", seat="witness")),
        {"outcome": "A1", "seat": "witness"},
        x.DissentsFromOwnVote,
        "dissented already",
        (),
    ),
    ("dissent", sitting(*OPEN, agreed()), {"outcome": "A1", "seat": "region"}, x.ConsensusBroken, "A1", ()),
    ("declare-quorum-failed", sitting(convened(scheduled_on=date(2019, 3, 16))), {}, x.TooEarly, ON, ()),
    ("declare-quorum-failed", sitting(*PRESENT), {}, x.QuorumIsThere, "3/3", ()),
]


@pytest.mark.parametrize(("command", "before", "body", "error", "shown", "others"), REFUSALS)
def test_a_refusal_names_its_values(command, before, body, error, shown, others):
    known = before.where(others=(ROUNDTABLE, *others))
    known.when(command, ON, **body).refused(error, shown)


BODIES = {
    s.SessionRescheduled: {"scheduled_on": "2019-04-01"},
    s.AgendaItemAdded: {"key": "2", "title": "Carretera"},
    s.AgendaItemWithdrawn: {"key": "1"},
    s.AttendanceRecorded: {"seat": "front"},
    s.DepartureRecorded: {"seat": "region"},
    s.OutcomeRecorded: OUTCOME,
    s.DissentStated: {"outcome": "A1", "seat": "region"},
}
CLOSED_TO = [(event, status) for event, allowed in ALLOWED.items() for status in Status if status not in allowed]


@pytest.mark.parametrize(
    ("event", "status"), CLOSED_TO, ids=[f"{event.__name__}-{status}" for event, status in CLOSED_TO]
)
def test_a_state_that_does_not_allow_a_command_refuses_it(event, status):
    name = command_that_records(Session, event).name
    sitting(*REACHED[status]).when(name, ON, **BODIES.get(event, {})).refused(x.SessionNotOpen, status, es=status.es)


def test_every_documented_refusal_is_shown():
    shown = {(command, error.__name__) for command, _, _, error, _, _ in REFUSALS}
    shown |= {(command_that_records(Session, event).slug, "SessionNotOpen") for event in ALLOWED}
    shown |= {(command, "SessionWrittenDown") for command, _, _ in SEALED_COMMANDS}
    assert {(c.slug, r) for c in commands_of(Session).values() if c.spec.dated for r in c.refusals} == shown


@pytest.mark.parametrize("status", Status)
def test_every_state_is_reached(status):
    assert sitting(*REACHED[status]).state().status is status


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
