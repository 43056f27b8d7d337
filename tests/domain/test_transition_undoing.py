"""What nobody reaches by a way round: a correction, a void, an earlier date, a change of teams or of the plan."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.aggregate import FactsContradict
from domain.corrections import FactCorrected, FactVoided
from domain.errors import StateMovedLater
from domain.transition import errors as x
from domain.transition import events as n
from domain.transition.facts import Government, Handover
from domain.transition.types import Member, Status
from tests.domain.given import ACTOR, COLLEAGUE, MUNICIPALITY, REGION, UNIVERSITY, Given, context, fact
from tests.domain.samples import ACT, DIGEST, ITEM
from tests.domain.test_transition import (
    BOTH,
    DECIDED,
    DECIDES,
    FROZEN,
    KNOWN,
    NEW,
    OLD,
    OTHER,
    OUTGOING,
    PLANNED,
    PREPARED,
    READY,
    REPORTED,
    SIGNED_IN,
    SIGNED_OUT,
    STARTED,
    UNNAMED,
    transition,
)
from tests.domain.test_transition_sides import AFTER, CLERK, COMING, HANDING, IN_TIME, LAW, LEAVING, TEAMS, handing

CHANGES = {"reason": "typed wrongly"}


def by(whom: UUID, event: Any, on: str = "2018-12-20") -> Any:
    return replace(event, context=context(on, by=whom, institution=MUNICIPALITY, reason="as agreed"))


def at(world: Given) -> int:
    return len(world.stream)


DELIVERED = by(LEAVING, fact(n.ItemsDelivered, items=(ITEM,)))
OBSERVED = by(COMING, fact(n.ItemObserved, item=ITEM, observation="No file"), "2018-12-21")
MEMBERS = (Member(person=CLERK, role="secretaria"),)
REPLACED = fact(n.TeamAppointed, "2018-12-22", side="outgoing", members=MEMBERS, act=ACT)
CLOSED = (REPORTED, SIGNED_OUT, SIGNED_IN, fact(n.TransitionClosed, "2019-01-22"))


@pytest.mark.parametrize("command", ["correct", "void"])
@pytest.mark.parametrize(
    ("facts", "other"),
    [
        ((DELIVERED,), COMING),
        ((DELIVERED, OBSERVED), LEAVING),
        ((REPORTED,), COMING),
        ((REPORTED, SIGNED_OUT), COMING),
        ((REPORTED, SIGNED_IN), LEAVING),
        ((by(LEAVING, fact(n.DeliverableFiled, deliverable="acta", document=DIGEST)),), COMING),
    ],
)
def test_nobody_takes_back_or_rewrites_what_the_other_side_stated(command: str, facts: Any, other: UUID) -> None:
    world = handing(*facts)
    body: dict[str, Any] = {"position": at(world)} | ({"changes": CHANGES} if command == "correct" else {})
    world.when(command, by=other, **body).refused(x.OtherSide, other, es="Hágalo otra persona")
    assert world.when(command, by=ACTOR, **body).refusal is None


def test_a_team_that_installed_the_commission_alone_is_the_one_that_takes_it_back() -> None:
    alone = (*(e for e in HANDING if e not in {PREPARED, READY, STARTED, FROZEN}),)
    world = transition(*alone, replace(STARTED, installed_by="incoming"), others=(IN_TIME, *KNOWN[1:]))
    world.when("void", by=LEAVING, position=at(world)).refused(x.OtherSide, LEAVING)
    world.when("void", by=COMING, position=at(world)).then(FactVoided)


def test_a_void_is_undone_by_the_side_whose_fact_it_hides() -> None:
    hidden = fact(FactVoided, aggregate="transition", position=len(HANDING) + 1)
    world = handing(DELIVERED, hidden)
    world.when("void", by=COMING, position=at(world)).refused(x.OtherSide, COMING)
    world.when("void", "2018-12-28", by=LEAVING, position=at(world)).then(FactVoided)


def test_the_outgoing_team_corrects_and_voids_no_more_once_its_term_is_over() -> None:
    world = handing(DELIVERED, rules=AFTER)
    for command, body in (("correct", {"changes": CHANGES}), ("void", {})):
        world.when(command, "2019-01-05", by=LEAVING, position=at(world), **body).refused(
            x.OutgoingTermOver, "2019-01-05", es="secretaría"
        )
        world.when("void", by=CLERK, position=at(world)).then(FactVoided)


def test_who_left_a_team_does_not_change_sides_nor_write_after_the_term() -> None:
    world = handing(DELIVERED, REPLACED)
    [_, team] = world.state().teams
    assert (team.former, world.state().side_of(LEAVING)) == ((LEAVING,), "outgoing")
    verify: dict[str, Any] = {"items": [ITEM], "on_behalf_of": UNIVERSITY}
    world.when("verify-items", "2018-12-23", by=LEAVING, **verify).refused(x.OtherSide, LEAVING, "is or was")
    joins = {"side": "incoming", "members": [{"person": LEAVING, "role": "asesor"}], "act": ACT}
    world.when("appoint-team", "2018-12-23", **joins).refused(x.OtherSide, LEAVING, es="integró")
    late = handing(DELIVERED, REPLACED, rules=AFTER)
    late.when("publish", "2018-12-23", by=LEAVING, address="https://muni.example").refused(x.TransitionNotOpen)
    late.when("file-deliverable", "2018-12-23", by=LEAVING, deliverable="acta", document=DIGEST).refused(
        x.OutgoingTermOver, "2019-01-01"
    )


def test_who_was_appointed_by_mistake_is_free_once_the_appointment_is_corrected() -> None:
    world = handing(REPLACED)
    body = {"members": [{"person": str(COLLEAGUE), "role": "gerente"}]}
    first = HANDING.index(TEAMS[0]) + 1
    corrected = fact(FactCorrected, aggregate="transition", position=first, schema=1, changes=body)
    assert handing(corrected, REPLACED).state().side_of(LEAVING) is None
    assert world.state().side_of(LEAVING) == "outgoing"


def test_a_team_is_not_corrected_into_one_that_acted_for_the_other_side() -> None:
    world = handing(DELIVERED, OBSERVED)
    incoming = HANDING.index(TEAMS[1]) + 1
    body = {"members": [{"person": str(LEAVING), "role": "asesor"}]}
    world.when("correct", position=incoming, changes=body).refused(x.OtherSide, LEAVING, anew=True)
    outgoing = HANDING.index(TEAMS[0]) + 1
    taken = {"members": [{"person": str(COMING), "role": "asesor"}]}
    world.when("correct", position=outgoing, changes=taken).refused(FactsContradict, "transition.team-appointed")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("deliver-items", {"items": [OTHER], "on_behalf_of": MUNICIPALITY}),
        ("exempt-items", {"items": [OTHER], "on_behalf_of": MUNICIPALITY}),
        ("declare-items-not-delivered", {"items": [OTHER], "on_behalf_of": MUNICIPALITY}),
        ("verify-items", {"items": [ITEM], "on_behalf_of": UNIVERSITY}),
        ("observe-item", {"item": ITEM, "observation": "?", "on_behalf_of": UNIVERSITY}),
        ("file-deliverable", {"deliverable": "acta", "document": "1" * 64}),
        ("appoint-team", {"side": "outgoing", "members": [{"person": CLERK, "role": "x"}], "act": ACT}),
    ],
)
def test_a_closed_handover_takes_nothing_more_not_even_with_an_earlier_date(name: str, body: dict[str, Any]) -> None:
    open_still, closed = handing(DELIVERED, *CLOSED[:-1]), handing(DELIVERED, *CLOSED)
    closed.when(name, "2018-12-30", by=ACTOR, **body).refused(x.TransitionNotOpen, "closed", es="cerrada")
    assert open_still.when(name, "2018-12-30", by=ACTOR, **body).refusal is None


def test_where_it_was_published_may_still_be_told_late() -> None:
    handing(DELIVERED, *CLOSED).when("publish", "2019-01-20", address="https://muni.example").then(
        n.TransitionPublished
    )


def test_no_inventory_is_frozen_behind_a_report_by_an_earlier_date() -> None:
    world = transition(PLANNED, PREPARED, READY, STARTED, REPORTED)
    world.when("freeze-inventory", "2018-12-10", cut_off="2018-12-01").refused(x.TransitionNotOpen, "reported")


def test_a_handover_that_was_built_on_its_inventory_is_not_taken_back_by_voiding_its_plan() -> None:
    for world in (handing(DELIVERED), handing(REPORTED)):
        world.when("void", position=1).refused(x.FrozenForGood, 42, es="acta complementaria")
    assert handing().when("void", position=1).refusal is None


def test_a_frozen_inventory_stays_that_of_the_administration_it_was_frozen_for() -> None:
    third = UUID(int=0x53)
    moved = Handover(outgoing=replace(OUTGOING, id=third), incoming=BOTH.incoming)
    world = transition(PLANNED, FROZEN, others=(IN_TIME, moved))
    changes = {"outgoing": str(third)}
    world.when("correct", position=1, changes=changes).refused(x.FrozenForGood, 42)
    assert transition(PLANNED, others=(IN_TIME, moved)).when("correct", position=1, changes=changes).refusal is None


def test_a_corrected_plan_still_fits_the_incoming_administration_named_since() -> None:
    named = fact(n.IncomingNamed, "2018-10-20", incoming=NEW)
    elsewhere = Government(id=NEW, institution=REGION, from_day=date(2015, 1, 1), until=date(2019, 1, 1))
    found = Handover(outgoing=elsewhere, incoming=BOTH.incoming)
    changes = {"outgoing": str(UUID(int=0x54))}
    world = transition(UNNAMED, named, others=(IN_TIME, found))
    world.when("correct", position=1, changes=changes).refused(x.OtherInstitution, REGION, anew=True)
    assert OLD != NEW


def test_a_signature_is_not_corrected_onto_the_side_that_refused() -> None:
    refused = fact(n.ActaRefused, "2018-12-28", side="incoming")
    world = transition(PLANNED, PREPARED, READY, STARTED, REPORTED, SIGNED_OUT, refused)
    world.when("correct", position=6, changes={"side": "incoming"}).refused(FactsContradict, "acta-refused")


def test_continuity_is_decided_by_whoever_still_governs() -> None:
    world = transition(PLANNED)
    world.when("decide-continuity", "2023-01-01", **DECIDES).refused(x.IncomingTermOver, "2023-01-01", es="siguiente")
    assert world.when("decide-continuity", "2022-12-31", **DECIDES).refusal is None
    transition(PLANNED, DECIDED).when("revise-decision", "2023-05-01", **DECIDES).refused(x.IncomingTermOver)


def test_a_revision_does_not_go_behind_a_later_one() -> None:
    revised = fact(n.DecisionRevised, "2019-04-01", item=ITEM, decision="not_continued", act=ACT)
    world = transition(PLANNED, DECIDED, revised)
    world.when("revise-decision", "2019-03-01", **DECIDES).refused(StateMovedLater, "2019-04-01")
    assert world.when("revise-decision", "2019-04-01", **DECIDES).refusal is None


def test_the_first_team_of_the_incoming_side_starts_its_clock_once() -> None:
    again = replace(TEAMS[1], context=context("2018-12-10"), members=MEMBERS)
    state = handing(again).state()
    assert state.reached_on("team_notified") == date(2018, 11, 15)
    assert state.status is Status.IN_TRANSFER


def test_refusals_name_objects_and_decisions_in_the_language_of_the_reader() -> None:
    again = transition(PLANNED, DECIDED).when("decide-continuity", "2019-03-01", **DECIDES)
    again.refused(x.AlreadyDecided, f"commitment {ITEM.id}", "under_review", es=f"compromiso {ITEM.id}: en revisión")
    missing = handing().when("verify-items", "2018-12-20", by=COMING, items=[LAW], on_behalf_of=UNIVERSITY)
    missing.refused(x.ItemNotOpen, LAW, es=f"entrada {LAW.id} está pendiente")
