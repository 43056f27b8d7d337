"""Every command of minutes: what it records, and everything it refuses."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.aggregate import FactsContradict
from domain.errors import Words
from domain.facts import CodeTaken, Dependents, OthersRestOnIt, UnknownSession
from domain.minutes import Minutes
from domain.minutes import errors as x
from domain.minutes import events as m
from domain.minutes.facts import Sitting
from domain.minutes.rules import ALLOWED, CHANGES
from domain.minutes.types import Status
from roundtable.commands import command_that_records, commands_of
from tests.domain.given import ACTOR, COLLEAGUE, ID, context, fact, voided
from tests.domain.minutes import (
    APPROVED,
    CIRCULATED,
    FILE,
    FIRST,
    OBSERVED,
    PUBLISHED,
    REACHED,
    SECOND,
    SESSION,
    SIGNED,
    SITTING,
    acta,
    drafted,
)

DRAFT = {"session": SESSION, "number": "03-2019", "text": FIRST}


def test_a_session_is_written_down_with_the_digest_of_the_text():
    state = acta().when("draft", **DRAFT, code="CHU-A3", summary="Agua").then(m.MinutesDrafted, language="es")
    assert (state.status, state.current.number, state.current.text) == (Status.DRAFT, 1, FIRST)
    assert (state.drafters, list(Minutes.claims(state))) == ({ACTOR}, ["CHU-A3"])


def test_minutes_of_a_session_without_quorum_are_written_too():
    failed = replace(SITTING, state=Words("failed_quorum", "sin quórum"), attended=())
    assert acta().where(others=(failed,)).when("draft", **DRAFT).then(m.MinutesDrafted)


def test_the_text_goes_round_until_somebody_else_approves_it():
    state = acta(drafted()).when("circulate").then(m.MinutesCirculated)
    assert state.status is Status.UNDER_REVIEW
    state = acta(*CIRCULATED).when("observe", seat="region").then(m.MinutesObserved)
    assert (state.status, state.observations[0].version) == (Status.OBSERVED, 1)
    state = acta(*OBSERVED).when("revise", text=SECOND).then(m.MinutesRevised)
    assert (state.status, [v.number for v in state.versions]) == (Status.OBSERVED, [1, 2])
    state = acta(*CIRCULATED).when("approve", by=COLLEAGUE).then(m.MinutesApproved)
    assert (state.status, state.approvals[0].actor) == (Status.APPROVED, COLLEAGUE)


def test_who_wrote_any_version_of_the_text_may_only_join_another_approval():
    acta(*CIRCULATED).when("approve").refused(x.DrafterApprovesAlone, ID, es="Sin excepción")
    revised = fact(m.MinutesRevised, about=context("2019-03-19", by=COLLEAGUE), text=SECOND)
    again = acta(*OBSERVED, revised, fact(m.MinutesCirculated, "2019-03-20"))
    again.when("approve", by=COLLEAGUE).refused(x.DrafterApprovesAlone)
    again.when("approve", by=ACTOR).refused(x.DrafterApprovesAlone)
    assert [a.actor for a in acta(*APPROVED).when("approve").then(m.MinutesApproved).approvals] == [COLLEAGUE, ACTOR]


def test_an_observation_takes_approvals_back():
    state = acta(*APPROVED).when("observe").then(m.MinutesObserved)
    assert (state.status, state.approvals) == (Status.OBSERVED, ())


def test_seats_that_were_there_sign_in_any_order_or_say_why_not():
    state = acta(*SIGNED).when("sign", "2019-03-22", seat="front").then(m.MinutesSigned)
    assert (state.status, state.signed_by, state.since) == (Status.SIGNED, ("front", "region"), date(2019, 3, 22))
    state = acta(*SIGNED).when("refuse-signature", seat="front").then(m.SignatureRefused)
    assert (state.refused_by, state.refusals[0].reason) == (("front",), "as agreed")
    refused = (*APPROVED, fact(m.SignatureRefused, "2019-03-21", seat="front"))
    assert acta(*refused).when("sign", seat="front").then(m.MinutesSigned).refused_by == ()


def test_the_signed_file_is_published_and_corrected_beside_it():
    state = acta(*SIGNED).when("publish", file=FILE).then(m.MinutesPublished)
    assert (state.status, state.file, state.published_on) == (Status.PUBLISHED, FILE, date(2019, 6, 1))
    said = {"kind": "erratum", "text": "Donde dice 2019 debe decir 2020"}
    state = acta(*PUBLISHED).when("issue-correction", **said).then(m.MinutesCorrectionIssued)
    assert (state.current.text, state.corrections[0].text) == (FIRST, said["text"])
    assert acta(*PUBLISHED).when("sign", seat="front").then(m.MinutesSigned).status is Status.PUBLISHED


def test_what_nobody_signed_can_be_given_up():
    for status in (Status.DRAFT, Status.UNDER_REVIEW, Status.OBSERVED, Status.APPROVED):
        state = acta(*REACHED[status]).when("discard").then(m.MinutesDiscarded)
        assert (state.status, state.discarded_because) == (Status.VOIDED, "as agreed")


@pytest.mark.parametrize("event", sorted(CHANGES, key=lambda e: e.__name__), ids=lambda e: e.__name__)
def test_nothing_changes_signed_minutes_even_on_a_day_before_the_signature(event):
    history = acta(*OBSERVED, fact(m.MinutesSigned, "2019-03-25", seat="region"))
    body = {"text": SECOND} if event is m.MinutesRevised else {}
    name = command_that_records(Minutes, event).name
    history.when(name, "2019-03-19", **body).refused(x.MinutesNotOpen, "signed", "2019-03-25", es="firmada")


REFUSALS: list[tuple[Any, ...]] = [
    ("draft", acta().where(others=(Sitting(id=SESSION),)), DRAFT, UnknownSession, SESSION),
    (
        "draft",
        acta().where(others=(replace(SITTING, held=False, state=Words("convened", "convocada")),)),
        DRAFT,
        x.SessionNotHeld,
        "convened",
    ),
    ("draft", acta().where(others=(replace(SITTING, minutes="CHU-A3"),)), DRAFT, x.SessionHasMinutes, "CHU-A3"),
    ("draft", acta().where(holders={"X1": ID}), DRAFT | {"code": "X1"}, CodeTaken, "X1"),
    ("revise", acta(drafted()), {"text": FIRST}, x.TextUnchanged, "version 1"),
    ("approve", acta(*CIRCULATED), {}, x.DrafterApprovesAlone, ID),
    ("approve", acta(*APPROVED, fact(m.MinutesApproved, "2019-03-21")), {}, x.ApprovedAlready, "2019-03-21"),
    (
        "sign",
        acta(*APPROVED).where(others=(replace(SITTING, ended=False, state=Words("open", "abierta")),)),
        {"seat": "region"},
        x.SessionNotEnded,
        "open",
    ),
    ("sign", acta(*APPROVED), {"seat": "town"}, x.SeatDidNotAttend, "ministry, region, front"),
    ("sign", acta(*SIGNED), {"seat": "region"}, x.SeatSignedAlready, "2019-03-25"),
    ("sign", acta(*APPROVED), {"seat": "front", "text": SECOND}, x.SignedTextDiffers, FIRST),
    ("refuse-signature", acta(*APPROVED), {"seat": "town"}, x.SeatDidNotAttend, "town"),
    ("refuse-signature", acta(*SIGNED), {"seat": "region"}, x.SeatSignedAlready, "region"),
    (
        "refuse-signature",
        acta(*APPROVED, fact(m.SignatureRefused, "2019-03-21", seat="front")),
        {"seat": "front"},
        x.SeatRefusedAlready,
        "2019-03-21",
    ),
]


@pytest.mark.parametrize(("command", "before", "body", "error", "shown"), REFUSALS)
def test_a_refusal_names_its_values(command, before, body, error, shown):
    before.when(command, **body).refused(error, shown)


BODIES = {
    m.MinutesRevised: {"text": SECOND},
    m.MinutesSigned: {"seat": "front"},
    m.SignatureRefused: {"seat": "front"},
    m.MinutesPublished: {"file": FILE},
    m.MinutesCorrectionIssued: {"kind": "erratum", "text": "Donde dice"},
}
CLOSED_TO = [(event, status) for event, allowed in ALLOWED.items() for status in Status if status not in allowed]


@pytest.mark.parametrize(("event", "status"), CLOSED_TO, ids=[f"{e.__name__}-{s}" for e, s in CLOSED_TO])
def test_a_state_that_does_not_allow_a_command_refuses_it(event, status):
    name = command_that_records(Minutes, event).name
    acta(*REACHED[status]).when(name, **BODIES.get(event, {})).refused(x.MinutesNotOpen, status, es=status.es)


def test_every_documented_refusal_is_shown():
    shown = {(command, error.__name__) for command, _, _, error, _ in REFUSALS}
    shown |= {(command_that_records(Minutes, event).slug, "MinutesNotOpen") for event in ALLOWED}
    assert {(c.slug, r) for c in commands_of(Minutes).values() if c.spec.dated for r in c.refusals} == shown


@pytest.mark.parametrize("status", Status)
def test_every_state_is_reached(status):
    assert acta(*REACHED[status]).state().status is status


def test_an_approval_that_a_signature_rests_on_cannot_be_voided():
    acta(*SIGNED).when("void", position=3).refused(FactsContradict, "minutes.signed", "under_review", "position 4")


def test_the_text_of_a_signature_is_neither_corrected_nor_voided_away():
    history = acta(*SIGNED)
    history.when("correct", position=1, changes={"text": SECOND}).refused(FactsContradict, "minutes.signed", SECOND)
    assert history.when("correct", position=1, changes={"summary": "Agua"}).event is not None
    assert acta(*APPROVED).when("correct", position=1, changes={"text": SECOND}).event is not None
    revised = (*OBSERVED, fact(m.MinutesRevised, "2019-03-18", text=SECOND), fact(m.MinutesCirculated, "2019-03-19"))
    approved = fact(m.MinutesApproved, about=context("2019-03-20", by=COLLEAGUE))
    signed = acta(*revised, approved, fact(m.MinutesSigned, "2019-03-25", seat="region", text=SECOND))
    signed.when("void", position=4).refused(FactsContradict, "minutes.signed", SECOND)


def test_what_seats_signed_is_neither_voided_nor_corrected():
    sealed = acta(*SIGNED)
    sealed.when("void", position=1).refused(x.SignedContentStays, "region", es="region")
    for changes in ({"number": "04-2019"}, {"session": UUID(int=0x72)}, {"language": "es"}):
        history = acta(drafted(language="qu"), *SIGNED[1:])
        history.when("correct", position=1, changes=changes).refused(x.SignedContentStays, "region")
    for changes in ({"summary": "Agua"}, {"code": "CHU-2019-A04"}, {"occurred_on": "2019-03-15"}):
        assert sealed.when("correct", position=1, changes=changes).refusal is None


def test_a_signature_entered_in_error_is_voided_and_then_the_rest():
    assert acta(*SIGNED).when("void", position=4).refusal is None
    assert acta(*SIGNED, voided(4)).when("void", position=1).refusal is None
    acta(*PUBLISHED).when("void", position=4).refused(FactsContradict, "minutes.published")


def test_the_last_signature_stays_while_commitments_name_the_minutes():
    named = acta(*SIGNED).where(dependents=Dependents(ids=(UUID(int=0x21),)))
    named.when("void", position=4).refused(OthersRestOnIt, UUID(int=0x21))
    two = acta(*SIGNED, fact(m.MinutesSigned, "2019-03-26", seat="ministry", text=FIRST))
    named = two.where(dependents=Dependents(ids=(UUID(int=0x21),)))
    assert named.when("void", position=4).refusal is None
