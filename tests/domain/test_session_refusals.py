"""Everything that a session refuses, and the states that it can be in."""

from datetime import date

import msgspec
import pytest

from domain.facts import CodeTaken, OrganizationEnded, UnknownOrganization, UnknownRoundtable, UnknownSession
from domain.session import Session
from domain.session import errors as x
from domain.session import events as s
from domain.session.facts import AgendaSources, FirstCall, SeatsInForce
from domain.session.rules import ALLOWED
from domain.session.types import Status
from roundtable.commands import command_that_records, commands_of
from tests.domain.given import ENDED, ID, NOBODY, fact
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
from tests.domain.test_sealed_sessions import COMMANDS as SEALED_COMMANDS

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
