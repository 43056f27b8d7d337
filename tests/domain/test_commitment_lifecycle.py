"""Which command may follow which state: the whole table."""

from typing import Any
from uuid import UUID

import pytest

from domain.commitment import errors
from domain.commitment import events as e
from domain.commitment.types import OPEN, Status
from domain.errors import StateMovedLater
from tests.domain.given import COLLEAGUE, MINISTRY, UNIVERSITY, fact, given
from tests.domain.samples import EVIDENCE, REACHED, REPORTED, STARTED, registered

S = Status
OTHER = UUID(int=0x31)
CLOSED = {S.DISMISSED, S.FULFILLED, S.SUPERSEDED, S.WITHDRAWN}
TABLE: dict[str, tuple[dict[str, Any], dict[Status, Status]]] = {
    "accept": ({}, {S.REQUESTED: S.AGREED}),
    "dismiss": ({}, {S.REQUESTED: S.DISMISSED}),
    "start": ({}, {S.AGREED: S.IN_PROGRESS}),
    "block": ({"cause": "No land title"}, {S.AGREED: S.BLOCKED, S.IN_PROGRESS: S.BLOCKED}),
    "unblock": ({}, {S.BLOCKED: S.IN_PROGRESS}),
    "report-fulfilment": ({"evidence": [EVIDENCE]}, {S.IN_PROGRESS: S.REPORTED_FULFILLED}),
    "verify-fulfilment": ({}, {S.REPORTED_FULFILLED: S.FULFILLED}),
    "reject-fulfilment": ({}, {S.REPORTED_FULFILLED: S.IN_PROGRESS}),
    "declare-unfulfilled": (
        {},
        {S.AGREED: S.UNFULFILLED, S.IN_PROGRESS: S.UNFULFILLED, S.BLOCKED: S.UNFULFILLED},
    ),
    "reactivate": (
        {},
        {S.UNFULFILLED: S.IN_PROGRESS, S.PARTIALLY_FULFILLED: S.IN_PROGRESS, S.REVERSED: S.IN_PROGRESS},
    ),
    "supersede": ({"successors": [OTHER]}, {s: S.SUPERSEDED for s in Status if s not in CLOSED}),
    "withdraw": ({"agreed_by": [MINISTRY]}, {s: S.WITHDRAWN for s in Status if s not in CLOSED}),
    "reverse": ({}, {S.FULFILLED: S.REVERSED, S.PARTIALLY_FULFILLED: S.REVERSED}),
}
"""For each command of the life cycle: a body, and from which state it leads to which."""


@pytest.mark.parametrize("status", Status)
def test_every_state_can_be_reached(status):
    assert given(*REACHED[status]).state().status is status


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("command", TABLE)
def test_a_command_moves_the_states_of_the_table_and_refuses_all_others(command, status):
    body, moves = TABLE[command]
    outcome = (
        given(*REACHED[status])
        .where(part_of={OTHER: None})
        .when(command, "2019-06-01", by=COLLEAGUE, on_behalf_of=UNIVERSITY, **body)
    )
    if status in moves:
        assert outcome.then(type(outcome.event)).status is moves[status]
    else:
        outcome.refused(errors.CommitmentNotOpen, status.value, command, es=status.es)


def test_the_table_names_every_fact_that_moves_the_state():
    moving = {cls for cls in vars(e).values() if isinstance(cls, type) and issubclass(cls, e.Event) and cls.MOVES}
    assert len(TABLE) == len(moving - {e.CommitmentRegistered})


def test_a_commitment_found_done_in_part_is_partially_fulfilled():
    outcome = given(registered(), STARTED, REPORTED).when(
        "verify-fulfilment", by=COLLEAGUE, on_behalf_of=UNIVERSITY, outcome="partial"
    )
    assert outcome.then(e.FulfilmentVerified).status is S.PARTIALLY_FULFILLED


def test_a_commitment_blocked_before_work_began_is_agreed_again_once_unblocked():
    blocked = fact(e.CommitmentBlocked, "2019-03-01", cause="No land title")
    assert given(registered(), blocked).when("unblock").then(e.CommitmentUnblocked).status is S.AGREED


@pytest.mark.parametrize("then", [s for s in Status if s is not S.BLOCKED])
def test_only_a_blocked_commitment_says_what_blocks_it(then):
    assert given(*REACHED[then]).state().block_cause is None
    assert given(*REACHED[S.BLOCKED]).state().block_cause == "No land"


@pytest.mark.parametrize("command", ["declare-unfulfilled", "supersede", "withdraw"])
def test_what_blocked_it_is_past_when_it_leaves_that_state(command):
    body, _ = TABLE[command]
    outcome = given(*REACHED[S.BLOCKED]).where(part_of={OTHER: None}).when(command, **body)
    assert outcome.then(type(outcome.event)).block_cause is None


@pytest.mark.parametrize("command", ["reverse", "reactivate"])
def test_a_fulfilment_undone_is_verified_no_more(command):
    state = given(*REACHED[S.PARTIALLY_FULFILLED])
    assert state.state().verified.institution == UNIVERSITY
    outcome = state.when(command)
    assert outcome.then(type(outcome.event)).verified is None


def test_a_fact_that_moves_the_state_cannot_predate_the_latest_such_fact():
    given(registered(), STARTED).when("block", "2019-01-15", cause="x").refused(
        StateMovedLater, "2019-01-15", "commitment.started", "2019-02-01", es="último cambio de estado"
    )


def test_open_states_are_those_with_something_left_to_do():
    assert {S.REQUESTED, S.AGREED, S.IN_PROGRESS, S.BLOCKED, S.REPORTED_FULFILLED} == OPEN
