"""Every command of a commitment: what it records."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from domain.commitment import Commitment
from domain.commitment import events as e
from domain.commitment.types import Responsible, Status
from domain.events import Event
from roundtable.commands import commands_of
from tests.domain.commitments import (
    AGREED,
    ANNOUNCED,
    CLOSED,
    NEW,
    PEN_5,
    REPORTED_DONE,
    WITH_DEADLINE,
)
from tests.domain.given import (
    ACTOR,
    COLLEAGUE,
    MINISTRY,
    MUNICIPALITY,
    REGION,
    UNIVERSITY,
    Given,
    given,
)
from tests.domain.samples import (
    ACT,
    EVIDENCE,
    FIELDS,
    KNOWN_PLANS,
    REACHED,
    STARTED,
    registered,
)

OTHER = UUID(int=0x31)


class Success(NamedTuple):
    """A command that succeeds, the fact it records, and a part of the state after it."""

    command: str
    before: Given
    body: dict[str, Any]
    records: type[Event]
    state: dict[str, Any]
    by: UUID = ACTOR


SUCCESSES = [
    Success("register", given(), NEW, e.CommitmentRegistered, {"status": Status.AGREED, "statement": "Water"}),
    Success("accept", given(*REACHED[Status.REQUESTED]), {}, e.CommitmentAccepted, {"status": Status.AGREED}),
    Success("dismiss", given(*REACHED[Status.REQUESTED]), {}, e.CommitmentDismissed, {"status": Status.DISMISSED}),
    Success("start", AGREED, {}, e.CommitmentStarted, {"status": Status.IN_PROGRESS, "moved_on": date(2019, 6, 1)}),
    Success("report-progress", AGREED, {"percent": 35, "note": "Pipes"}, e.ProgressReported, {"percent": 35}),
    Success(
        "block",
        AGREED,
        {"cause": "No land title", "unblocker": MUNICIPALITY},
        e.CommitmentBlocked,
        {"block_cause": "No land title", "unblocker": MUNICIPALITY},
    ),
    Success("unblock", given(*REACHED[Status.BLOCKED]), {}, e.CommitmentUnblocked, {"status": Status.IN_PROGRESS}),
    Success(
        "report-fulfilment",
        given(registered(), STARTED),
        {"evidence": [EVIDENCE]},
        e.FulfilmentReported,
        {"evidence": (EVIDENCE,), "status": Status.REPORTED_FULFILLED},
    ),
    Success(
        "verify-fulfilment",
        REPORTED_DONE,
        {"on_behalf_of": UNIVERSITY},
        e.FulfilmentVerified,
        {"status": Status.FULFILLED},
        COLLEAGUE,
    ),
    Success(
        "reject-fulfilment",
        REPORTED_DONE,
        {"on_behalf_of": UNIVERSITY},
        e.FulfilmentRejected,
        {"status": Status.IN_PROGRESS},
        COLLEAGUE,
    ),
    Success("declare-unfulfilled", AGREED, {}, e.UnfulfilmentDeclared, {"status": Status.UNFULFILLED}),
    Success("reactivate", given(*REACHED[Status.REVERSED]), {}, e.CommitmentReactivated, {"started": True}),
    Success(
        "supersede",
        AGREED.where(part_of={OTHER: None}),
        {"successors": [OTHER]},
        e.CommitmentSuperseded,
        {"successors": (OTHER,)},
    ),
    Success("withdraw", AGREED, {"agreed_by": [MINISTRY]}, e.CommitmentWithdrawn, {"status": Status.WITHDRAWN}),
    Success("reverse", given(*REACHED[Status.FULFILLED]), {}, e.CommitmentReversed, {"status": Status.REVERSED}),
    Success("amend-amount", AGREED, {"amount": PEN_5}, e.AmountAmended, {"currency": "PEN"}),
    Success("approve-amount", AGREED, {"amount": PEN_5}, e.AmountApproved, {"currency": "PEN"}),
    Success("report-execution", given(*REACHED[Status.FULFILLED]), {"amount": PEN_5}, e.ExecutionReported, {}),
    Success(
        "amend-headline",
        ANNOUNCED,
        {"headline": {"amount": PEN_5, "projects": 33}},
        e.HeadlineAmended,
        {"currency": "PEN"},
    ),
    Success(
        "set-deadline",
        AGREED,
        {"deadline": "2020-12-31"},
        e.DeadlineSet,
        {"deadline": date(2020, 12, 31), "original_deadline": date(2020, 12, 31)},
    ),
    Success(
        "extend-deadline",
        WITH_DEADLINE,
        {"deadline": "2021-06-30", "act": ACT},
        e.DeadlineExtended,
        {"deadline": date(2021, 6, 30), "original_deadline": date(2020, 12, 31)},
    ),
    Success("waive-deadline", AGREED, {"reason": "Permanent"}, e.DeadlineWaived, {"deadline_waiver": "Permanent"}),
    Success("assign-follow-up-body", AGREED, {"organization": REGION}, e.FollowUpBodyAssigned, {}),
    Success("waive-follow-up", AGREED, {"reason": "Done"}, e.FollowUpWaived, {"follow_up_waiver": "Done"}),
    Success("assign-verifier", AGREED, {"organization": REGION}, e.VerifierAssigned, {"verifier": REGION}),
    Success(
        "assign-responsibles",
        AGREED,
        {"responsibles": [{"organization": REGION}]},
        e.ResponsiblesAssigned,
        {"responsibles": (Responsible(organization=REGION),)},
    ),
    Success("add-collaborator", AGREED, {"organization": REGION}, e.CollaboratorAdded, {"collaborators": (REGION,)}),
    Success(
        "add-counterpart",
        AGREED,
        {"counterpart": {"organization": REGION, "obligation": "Land"}},
        e.CounterpartAdded,
        {"parties": (MINISTRY, REGION)},
    ),
    Success("attach-evidence", CLOSED, {"evidence": EVIDENCE}, e.EvidenceAttached, {"evidence": (EVIDENCE,)}),
    Success(
        "assess",
        AGREED,
        {"assessment": "limited", "on_behalf_of": UNIVERSITY},
        e.CommitmentAssessed,
        {"assessment": "limited"},
    ),
    Success("state-position", CLOSED, {"voice": "objects", "text": "No water"}, e.PositionStated, {}),
    Success(
        "align-objectives",
        given(*REACHED[Status.FULFILLED]).where(others=(KNOWN_PLANS,)),
        {"objectives": FIELDS[e.ObjectivesAligned]["objectives"]},
        e.ObjectivesAligned,
        FIELDS[e.ObjectivesAligned],
    ),
    Success("name-contact", AGREED, {"contact": "digest"}, e.CommitmentContactNamed, {"contact": "digest"}),
]


@pytest.mark.parametrize("case", SUCCESSES, ids=lambda case: case.command)
def test_a_command_records_one_fact_that_changes_the_state(case):
    state = case.before.when(case.command, by=case.by, **case.body).then(case.records)
    assert {name: getattr(state, name) for name in case.state} == case.state


def test_every_command_is_shown_to_succeed():
    shown = {case.command for case in SUCCESSES}
    assert shown == {c.slug for c in commands_of(Commitment).values() if c.spec.dated}
