"""Every command of a transition: what it records, and everything it refuses."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregate import FactsContradict
from domain.errors import StateMovedLater
from domain.events import Event
from domain.facts import CodeTaken
from domain.transition import Transition
from domain.transition import errors as x
from domain.transition import events as n
from domain.transition.facts import Assembled, Government, Handover, Inherited, Inventoried, Rulebook, Siblings
from domain.transition.types import CapacityCount, ItemRef, Status
from roundtable.regimes import regimes
from tests.domain.given import ACTOR, COLLEAGUE, MUNICIPALITY, REGION, UNIVERSITY, Given, context, fact, given, voided
from tests.domain.samples import ACT, DIGEST, ITEM

OLD, NEW = UUID(int=0x51), UUID(int=0x52)
OUTGOING = Government(id=OLD, institution=MUNICIPALITY, from_day=date(2015, 1, 1), until=date(2019, 1, 1))
INCOMING = Government(id=NEW, institution=MUNICIPALITY, from_day=date(2019, 1, 1), until=date(2023, 1, 1))
BOTH = Handover(outgoing=OUTGOING, incoming=INCOMING)
OTHER = ItemRef(kind="commitment", id=UUID(int=0x22))
RULES = Rulebook(today=date(2026, 1, 1), regimes=regimes())
COUNTS = (CapacityCount(capacity="responsible", count=1),)
ASSEMBLED = Assembled(institution=MUNICIPALITY, position=42, digest=DIGEST, counts=COUNTS)
KNOWN = (RULES, BOTH, ASSEMBLED, Inventoried(items=(ITEM, OTHER)), Inherited(items=(ITEM, OTHER)))
SECOND = "1" * 64
DECIDES: dict[str, Any] = {"item": ITEM, "decision": "ratified", "act": ACT, "on_behalf_of": MUNICIPALITY}

PLANNED = fact(n.TransitionPlanned, "2018-07-01", outgoing=OLD, incoming=NEW, regime="generic")
UNNAMED = fact(n.TransitionPlanned, "2018-07-01", outgoing=OLD, regime="generic")
PREPARED = fact(n.PreparationStarted, "2018-08-01")
READY = fact(n.ReadinessDeclared, "2018-11-01")
STARTED = fact(n.TransferStarted, "2018-12-01", installed_by="outgoing", act=ACT)
FROZEN = fact(
    n.InventoryFrozen, "2018-12-02", cut_off=date(2018, 12, 1), institution=MUNICIPALITY, position=42, digest=DIGEST,
    counts=COUNTS,
)  # fmt: skip
DELIVERED = fact(n.ItemsDelivered, about=context("2018-12-05", institution=MUNICIPALITY), items=(ITEM,))
OBSERVED = fact(
    n.ItemObserved, about=context("2018-12-06", by=COLLEAGUE, institution=UNIVERSITY), item=ITEM, observation="?"
)
ANSWERED = fact(n.ItemAnswered, about=context("2018-12-07", institution=MUNICIPALITY), item=ITEM, answer="!")
REPORTED = fact(n.HandoverReported, "2018-12-20", document=DIGEST)
SIGNED_OUT = fact(n.ActaSigned, "2018-12-28", side="outgoing", document=DIGEST)
SIGNED_IN = fact(n.ActaSigned, "2018-12-28", side="incoming", document=DIGEST)
REFUSED = fact(n.ActaRefused, "2018-12-28", side="incoming")
COMPLEMENTED = fact(n.ComplementFiled, "2019-01-10", document=SECOND)
CLOSED = fact(n.TransitionClosed, "2019-01-22")
NOT_DELIVERED = fact(n.NonDeliveryDeclared, "2019-01-05")
LATE = fact(n.LateDeliveryRecorded, "2019-03-01", document=DIGEST)
EXEMPTED = fact(n.TransitionExempted, "2018-12-01")
DECIDED = fact(n.ContinuityDecided, "2019-02-01", item=ITEM, decision="under_review", act=ACT)

_IN_TRANSFER = (PLANNED, PREPARED, READY, STARTED)
_REPORTED = (*_IN_TRANSFER, REPORTED)
REACHED: dict[Status, tuple[Event, ...]] = {
    Status.PLANNED: (PLANNED,),
    Status.PREPARING: (PLANNED, PREPARED),
    Status.READY: (PLANNED, PREPARED, READY),
    Status.IN_TRANSFER: _IN_TRANSFER,
    Status.REPORTED: _REPORTED,
    Status.SIGNED: (*_REPORTED, SIGNED_OUT, SIGNED_IN),
    Status.UNSIGNED: (*_REPORTED, SIGNED_OUT, REFUSED),
    Status.COMPLEMENTED: (*_REPORTED, SIGNED_OUT, REFUSED, COMPLEMENTED),
    Status.CLOSED: (*_REPORTED, SIGNED_OUT, SIGNED_IN, COMPLEMENTED, CLOSED),
    Status.NOT_DELIVERED: (PLANNED, PREPARED, NOT_DELIVERED),
    Status.DELIVERED_LATE: (PLANNED, PREPARED, NOT_DELIVERED, LATE),
    Status.NOT_REQUIRED: (PLANNED, EXEMPTED),
}
TEAM = [{"person": str(UUID(int=0xB1, version=4)), "role": "Gerente municipal"}]
_ENDED = {Status.SIGNED, Status.UNSIGNED, Status.COMPLEMENTED, Status.DELIVERED_LATE}
COMMANDS: dict[str, tuple[dict[str, Any], set[Status]]] = {
    "prepare": ({}, {Status.PLANNED}),
    "declare-ready": ({}, {Status.PREPARING}),
    "start-transfer": ({"installed_by": "outgoing", "act": ACT}, {Status.READY}),
    "file-report": ({"document": DIGEST}, {Status.IN_TRANSFER}),
    "sign-acta": ({"side": "outgoing", "document": DIGEST}, {Status.REPORTED}),
    "refuse-acta": ({"side": "outgoing"}, {Status.REPORTED}),
    "file-complement": (
        {"document": DIGEST}, {Status.SIGNED, Status.UNSIGNED, Status.COMPLEMENTED, Status.DELIVERED_LATE},
    ),
    "appoint-team": (
        {"side": "incoming", "members": TEAM, "act": ACT}, set(Status) - {Status.CLOSED, Status.NOT_REQUIRED},
    ),
    "publish": ({"address": "https://muni.example"}, _ENDED),
    "register": ({"number": "CGR-1"}, _ENDED),
    "inform-council": ({"document": DIGEST}, {Status.NOT_REQUIRED}),
    "file-deliverable": (
        {"deliverable": "acta", "document": DIGEST},
        set(Status) - {Status.CLOSED, Status.NOT_REQUIRED, Status.NOT_DELIVERED},
    ),
    "close": ({}, {Status.SIGNED, Status.UNSIGNED, Status.COMPLEMENTED, Status.DELIVERED_LATE}),
    "declare-not-delivered": ({}, {Status.PLANNED, Status.PREPARING, Status.READY, Status.IN_TRANSFER}),
    "deliver-late": ({"document": DIGEST}, {Status.NOT_DELIVERED}),
    "declare-not-required": ({}, {Status.PLANNED, Status.PREPARING, Status.READY, Status.IN_TRANSFER}),
}  # fmt: skip


def transition(*events: Event, others: Any = KNOWN) -> Given:
    return given(*events, kind=Transition).where(others=others)


def handing(*events: Event) -> Given:
    return transition(*_IN_TRANSFER, FROZEN, *events)


@pytest.mark.parametrize("status", Status)
def test_every_state_is_reached(status: Status) -> None:
    assert transition(*REACHED[status]).state().status is status


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_moves_a_transition_from_some_states_and_is_refused_in_all_others(name: str, status: Status) -> None:
    body, allowed = COMMANDS[name]
    reelected = Government(
        id=NEW, institution=MUNICIPALITY, from_day=date(2019, 1, 1), until=date(2023, 1, 1), re_elected=True
    )
    world = transition(*REACHED[status], others=(Handover(outgoing=OUTGOING, incoming=reelected),))
    outcome = world.when(name, "2019-06-01", **body)
    if status in allowed:
        assert outcome.refusal is None
    else:
        outcome.refused(x.TransitionNotOpen, status.value, es=status.es)


def test_a_transition_is_planned_before_anybody_knows_who_comes() -> None:
    state = (
        transition(others=(RULES, Handover(outgoing=OUTGOING)))
        .when("plan", outgoing=OLD, code="TG-2019")
        .then(n.TransitionPlanned, outgoing=OLD, incoming=None)
    )
    assert (state.status, list(Transition.claims(state))) == (Status.PLANNED, ["TG-2019"])
    named = transition(UNNAMED).when("name-incoming", incoming=NEW).then(n.IncomingNamed, incoming=NEW)
    assert named.incoming == NEW
    transition(PLANNED).when("name-incoming", incoming=NEW).refused(x.IncomingAlreadyNamed, NEW)
    transition().where(holders={"TG": OLD}).when("plan", outgoing=OLD, code="TG").refused(CodeTaken)


def test_both_administrations_are_recorded_of_one_institution_and_their_terms_meet() -> None:
    def planned(**found: Any) -> Any:
        return transition(others=(Handover(**found),)).when("plan", outgoing=OLD, incoming=NEW)

    planned().refused(x.NoSuchAdministration, OLD)
    planned(outgoing=OUTGOING).refused(x.NoSuchAdministration, NEW)
    region = Government(id=NEW, institution=REGION, from_day=date(2019, 1, 1), until=date(2023, 1, 1))
    planned(outgoing=OUTGOING, incoming=region).refused(x.OtherInstitution, REGION)
    later = Government(id=NEW, institution=MUNICIPALITY, from_day=date(2019, 1, 2), until=date(2023, 1, 1))
    planned(outgoing=OUTGOING, incoming=later).refused(x.TermsNotAdjacent, "2019-01-01", "2019-01-02")


def test_an_inventory_is_frozen_once_at_a_position_and_a_day_of_the_outgoing_term() -> None:
    state = transition(PLANNED).when("freeze-inventory", "2018-12-31", cut_off="2018-12-15").then(n.InventoryFrozen)
    assert (state.inventory.position, state.inventory.digest, state.inventory.counts) == (42, DIGEST, COUNTS)
    for on, cut_off in (("2019-02-01", "2019-01-01"), ("2018-12-01", "2018-12-02"), ("2018-12-01", "2014-12-31")):
        transition(PLANNED).when("freeze-inventory", on, cut_off=cut_off).refused(x.CutOffOutsideTerm, cut_off)
    transition(PLANNED, FROZEN).when("freeze-inventory", cut_off="2018-12-01").refused(x.InventoryAlreadyFrozen, 42)
    transition(*REACHED[Status.CLOSED]).when("freeze-inventory", cut_off="2018-12-01").refused(x.TransitionNotOpen)


def test_a_transfer_starts_and_is_exempted_only_with_the_incoming_known() -> None:
    world = transition(UNNAMED, PREPARED, READY)
    world.when("start-transfer", installed_by="outgoing", act=ACT).refused(x.IncomingNotNamed)
    world.when("declare-not-required").refused(x.IncomingNotNamed)
    transition(PLANNED).when("declare-not-required").refused(x.NotReelected, NEW)


def test_items_are_delivered_observed_answered_and_verified_by_another_party() -> None:
    mine, theirs = {"on_behalf_of": MUNICIPALITY}, {"on_behalf_of": UNIVERSITY, "by": COLLEAGUE}
    state = handing().when("deliver-items", items=[ITEM], document=DIGEST, **mine).then(n.ItemsDelivered)
    assert (state.item(ITEM).state, state.item(OTHER)) == ("delivered", None)
    state = handing(DELIVERED).when("observe-item", item=ITEM, observation="No file", **theirs).then(n.ItemObserved)
    assert (state.item(ITEM).state, state.item(ITEM).observation) == ("observed", "No file")
    state = (
        handing(DELIVERED, OBSERVED).when("answer-observation", item=ITEM, answer="Here", **mine).then(n.ItemAnswered)
    )
    assert (state.item(ITEM).state, state.item(ITEM).answer) == ("answered", "Here")
    for events in ((DELIVERED,), (DELIVERED, OBSERVED, ANSWERED)):
        state = handing(*events).when("verify-items", items=[ITEM], **theirs).then(n.ItemsVerified)
        assert (state.item(ITEM).state, state.item(ITEM).examined.institution) == ("verified", UNIVERSITY)


@pytest.mark.parametrize(("name", "field"), [("verify-items", "items"), ("observe-item", "item")])
def test_whoever_delivered_neither_verifies_nor_observes(name: str, field: str) -> None:
    body: dict[str, Any] = {"items": [ITEM]} if field == "items" else {"item": ITEM, "observation": "?"}
    there = handing(DELIVERED)
    there.when(name, by=ACTOR, on_behalf_of=UNIVERSITY, **body).refused(x.DelivererVerifies, ACTOR)
    there.when(name, by=COLLEAGUE, on_behalf_of=MUNICIPALITY, **body).refused(x.DelivererVerifies, MUNICIPALITY)
    there.when(name, by=COLLEAGUE, **body).refused(x.InstitutionNotStated, "on_behalf_of")


def test_items_that_do_not_apply_or_were_not_delivered_say_why() -> None:
    mine = {"on_behalf_of": MUNICIPALITY, "items": [ITEM]}
    assert handing().when("exempt-items", **mine).then(n.ItemsExempted).item(ITEM).state == "not_applicable"
    withheld = handing().when("declare-items-not-delivered", **mine).then(n.ItemsWithheld)
    assert (withheld.item(ITEM).state, withheld.item(ITEM).reason) == ("not_delivered", "as agreed")
    missing = fact(n.ItemsWithheld, about=context("2018-12-05", institution=MUNICIPALITY), items=(ITEM,))
    assert handing(missing).when("deliver-items", **mine).then(n.ItemsDelivered).item(ITEM).state == "delivered"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("deliver-items", {"items": [ITEM]}),
        ("verify-items", {"items": [ITEM]}),
        ("observe-item", {"item": ITEM, "observation": "?"}),
        ("answer-observation", {"item": ITEM, "answer": "!"}),
        ("exempt-items", {"items": [ITEM]}),
        ("declare-items-not-delivered", {"items": [ITEM]}),
    ],
)
def test_items_are_those_of_a_frozen_inventory_in_transfer_and_in_the_right_state(
    name: str, body: dict[str, Any]
) -> None:
    about = body | {"on_behalf_of": UNIVERSITY, "by": COLLEAGUE}
    transition(PLANNED, FROZEN).when(name, **about).refused(x.TransitionNotOpen)
    transition(*_IN_TRANSFER).when(name, **about).refused(x.InventoryNotFrozen)
    handing().where(others=(BOTH, Inventoried())).when(name, **about).refused(x.NotInInventory, ITEM)
    early = name in {"deliver-items", "exempt-items", "declare-items-not-delivered"}
    wrong = handing(DELIVERED) if early or name == "answer-observation" else handing()
    wrong.when(name, **about).refused(x.ItemNotOpen, ITEM, es="entregado" if early else "")


def test_a_late_entry_about_an_item_does_not_go_behind_a_later_one() -> None:
    world = handing(DELIVERED)
    world.when("exempt-items", "2018-12-04", items=[ITEM], on_behalf_of=MUNICIPALITY).refused(StateMovedLater)
    world.when("deliver-items", "2018-12-04", items=[OTHER], on_behalf_of=MUNICIPALITY).then(n.ItemsDelivered)


def test_the_acta_is_signed_by_both_sides_as_one_document_or_refused_with_a_reason() -> None:
    there = transition(*_REPORTED, SIGNED_OUT)
    assert there.state().status is Status.REPORTED
    assert there.when("sign-acta", side="incoming", document=DIGEST).then(n.ActaSigned).status is Status.SIGNED
    there.when("sign-acta", side="outgoing", document=DIGEST).refused(x.AlreadySigned, "2018-12-28")
    there.when("sign-acta", side="incoming", document=SECOND).refused(x.ActaDiffers, SECOND)
    there.when("refuse-acta", side="outgoing").refused(x.AlreadySigned)
    refused = there.when("refuse-acta", side="incoming", reason="no inventory of works").then(n.ActaRefused)
    assert (refused.status, refused.refusals[0].reason) == (Status.UNSIGNED, "no inventory of works")


def test_nothing_is_undelivered_while_the_outgoing_term_lasts() -> None:
    world = transition(PLANNED, PREPARED)
    world.when("declare-not-delivered", "2018-12-31").refused(x.TermNotOver, "2019-01-01")
    world.when("declare-not-delivered", "2019-01-01").then(n.NonDeliveryDeclared)
    lost = world.where(others=(Handover(),))
    lost.when("declare-not-delivered", "2019-01-01").refused(x.NoSuchAdministration, OLD)


def test_continuity_is_decided_in_office_for_the_incoming_institution_on_what_it_inherited() -> None:
    world = transition(PLANNED)
    state = world.when("decide-continuity", "2019-02-01", **DECIDES).then(n.ContinuityDecided)
    assert (state.decision(ITEM).decision, state.decision(ITEM).reason, state.status) == (
        "ratified",
        "as agreed",
        "planned",
    )
    world.when("decide-continuity", "2018-12-31", **DECIDES).refused(x.NotInOffice, "2019-01-01")
    world.when("decide-continuity", **(DECIDES | {"on_behalf_of": REGION})).refused(x.NotTheIncoming, REGION)
    world.when("decide-continuity", **(DECIDES | {"on_behalf_of": None})).refused(x.InstitutionNotStated)
    world.where(others=(BOTH, Inherited())).when("decide-continuity", **DECIDES).refused(x.NotInherited, ITEM)
    transition(UNNAMED).when("decide-continuity", **DECIDES).refused(x.IncomingNotNamed)


def test_a_second_decision_on_an_object_is_a_revision_that_says_something_else() -> None:
    world = transition(PLANNED, DECIDED)
    world.when("decide-continuity", **DECIDES).refused(x.AlreadyDecided, "under_review", "2019-02-01")
    world.when("decide-continuity", "2019-01-15", **DECIDES).refused(x.AlreadyDecided)
    revised = world.when("revise-decision", **DECIDES).then(n.DecisionRevised)
    assert [(d.item, d.decision, d.revised) for d in revised.decisions] == [(ITEM, "ratified", 1)]
    world.when("revise-decision", **(DECIDES | {"decision": "under_review"})).refused(x.DecisionUnchanged)
    world.when("revise-decision", **(DECIDES | {"item": OTHER})).refused(x.NotDecided, OTHER)
    world.when("revise-decision", "2019-01-15", **DECIDES).refused(x.NotDecided, "2019-01-15")


def test_a_delivery_that_was_verified_cannot_be_voided_from_under_it() -> None:
    handing(DELIVERED, OBSERVED).when("void", position=6).refused(FactsContradict, "transition.item-observed")
    transition(PLANNED, PREPARED, READY).when("void", position=2).refused(FactsContradict)
    handing(DELIVERED).when("void", position=5).refused(x.FrozenForGood, 42)
    transition(PLANNED, DECIDED, fact(n.DecisionRevised, "2019-03-01", item=ITEM, decision="ratified", act=ACT)).when(
        "void", position=2
    ).refused(FactsContradict)
    transition(*_REPORTED, SIGNED_OUT, SIGNED_IN).when("correct", position=7, changes={"side": "outgoing"}).refused(
        x.AlreadySigned, anew=True
    )


def test_an_outgoing_administration_hands_over_once() -> None:
    taken = (RULES, BOTH, Siblings(of={OLD: "TG-2018"}))
    body = {"outgoing": OLD, "incoming": NEW}
    transition(others=taken).when("plan", "2018-07-01", **body).refused(x.TransitionExists, "TG-2018", es="TG-2018")
    elsewhere = (RULES, BOTH, Siblings(of={UUID(int=0x59): "TG-2018"}))
    assert transition(others=elsewhere).when("plan", "2018-07-01", **body).refusal is None


def test_a_void_does_not_bring_a_second_handover_back() -> None:
    taken = (*KNOWN, Siblings(of={OLD: "TG-2018-B"}))
    gone = (PLANNED, voided(1))
    transition(*gone, others=taken).when("void", position=2).refused(x.TransitionExists, "TG-2018-B")
    assert transition(*gone).when("void", position=2).refusal is None
    assert transition(PLANNED, PREPARED, others=taken).when("void", position=2).refusal is None
