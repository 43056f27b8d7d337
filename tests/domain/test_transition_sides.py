"""Who may state what in a handover: teams, regimes, and the inventory that stays as it was frozen."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.transition import errors as x
from domain.transition import events as n
from domain.transition.facts import Government, Handover, Inventoried, Rulebook
from domain.transition.types import Member, Status, entry_of
from roundtable.regimes import ClosedDays, regimes
from tests.domain.given import ACTOR, MUNICIPALITY, Given, context, fact
from tests.domain.samples import ACT, DIGEST, ITEM
from tests.domain.test_transition import (
    BOTH,
    FROZEN,
    INCOMING,
    KNOWN,
    NEW,
    OLD,
    OUTGOING,
    PLANNED,
    PREPARED,
    READY,
    REPORTED,
    STARTED,
    transition,
)

LEAVING, COMING, CLERK = (UUID(int=n, version=4) for n in (0xB1, 0xB2, 0xB3))
TEAMS = tuple(
    fact(n.TeamAppointed, "2018-11-15", side=side, members=(Member(person=person, role="miembro"),), act=ACT)
    for side, person in (("outgoing", LEAVING), ("incoming", COMING))
)
CLOSED = {id: ClosedDays(regime) for id, regime in regimes().items()}
IN_TIME = Rulebook(today=date(2018, 12, 28), regimes=regimes(), closed=CLOSED)
AFTER = replace(IN_TIME, today=date(2019, 1, 5))
UNDER_2018 = replace(PLANNED, regime="peru-2018")
LAW = entry_of("law.assets")
HANDING = (UNDER_2018, *TEAMS, PREPARED, READY, STARTED, FROZEN)


def handing(*events: Any, rules: Rulebook = IN_TIME) -> Given:
    return transition(*HANDING, *events, others=(rules, *KNOWN[1:]))


def deliver(world: Given, by: UUID, on: str = "2018-12-20", **said: Any) -> Any:
    return world.when("deliver-items", on, by=by, items=[ITEM], on_behalf_of=MUNICIPALITY, **said)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("deliver-items", {"items": [ITEM], "on_behalf_of": MUNICIPALITY}),
        ("file-report", {"document": DIGEST}),
        ("appoint-team", {"side": "outgoing", "members": [{"person": CLERK, "role": "x"}], "act": ACT}),
    ],
)
def test_the_incoming_team_does_not_hand_over(name: str, body: dict[str, Any]) -> None:
    handing().when(name, "2018-12-20", by=COMING, **body).refused(x.OtherSide, COMING, "incoming", es="entrante")


@pytest.mark.parametrize("name", ["sign-acta", "refuse-acta"])
@pytest.mark.parametrize(("by", "side"), [(LEAVING, "incoming"), (COMING, "outgoing")])
def test_nobody_signs_or_refuses_for_the_other_side(name: str, by: UUID, side: str) -> None:
    body = {"document": DIGEST} if name == "sign-acta" else {}
    handing(REPORTED).when(name, "2018-12-27", by=by, side=side, **body).refused(x.OtherSide, by, side)


def test_each_side_signs_by_its_own_team_or_by_somebody_in_none() -> None:
    world = handing(REPORTED)
    assert world.when("sign-acta", "2018-12-27", by=LEAVING, side="outgoing", document=DIGEST).refusal is None
    assert world.when("sign-acta", "2018-12-27", by=COMING, side="incoming", document=DIGEST).refusal is None
    assert world.when("sign-acta", "2018-12-27", by=CLERK, side="incoming", document=DIGEST).refusal is None


def test_one_institution_hands_over_to_itself_and_its_other_team_verifies() -> None:
    delivered = fact(n.ItemsDelivered, about=context("2018-12-20", by=LEAVING, institution=MUNICIPALITY), items=(ITEM,))
    verify: dict[str, Any] = {"items": [ITEM], "on_behalf_of": MUNICIPALITY}
    world = handing(delivered)
    state = world.when("verify-items", "2018-12-21", by=COMING, **verify).then(n.ItemsVerified)
    assert (state.items[0].delivered.side, state.items[0].examined.side) == ("outgoing", "incoming")
    world.when("verify-items", "2018-12-21", by=LEAVING, **verify).refused(x.OtherSide, LEAVING)
    world.when("verify-items", "2018-12-21", by=CLERK, **verify).refused(x.DelivererVerifies, "institution")
    alone = transition(*(e for e in HANDING if e not in TEAMS), delivered)
    alone.when("verify-items", "2018-12-21", by=LEAVING, **verify).refused(x.DelivererVerifies, "actor")


def test_what_a_secretariat_records_for_the_outgoing_side_the_incoming_team_verifies() -> None:
    recorded = fact(n.ItemsDelivered, about=context("2018-12-20", by=CLERK, institution=MUNICIPALITY), items=(ITEM,))
    verify: dict[str, Any] = {"items": [ITEM], "on_behalf_of": MUNICIPALITY}
    observe: dict[str, Any] = {"item": ITEM, "observation": "Falta un folio", "on_behalf_of": MUNICIPALITY}
    for name, body, event in (
        ("verify-items", verify, n.ItemsVerified),
        ("observe-item", observe, n.ItemObserved),
    ):
        world = handing(recorded)
        state = world.when(name, "2018-12-21", by=COMING, **body).then(event)
        assert (state.items[0].delivered.side, state.items[0].examined.side) == (None, "incoming")
        world.when(name, "2018-12-21", by=CLERK, **body).refused(x.DelivererVerifies, "actor")
        world.when(name, "2018-12-21", by=ACTOR, **body).refused(x.DelivererVerifies, "institution")
        world.when(name, "2018-12-21", by=LEAVING, **body).refused(x.OtherSide, LEAVING)


def test_the_outgoing_team_writes_no_more_once_its_term_is_over() -> None:
    deliver(handing(), LEAVING).then(n.ItemsDelivered)
    deliver(handing(rules=AFTER), LEAVING).refused(x.OutgoingTermOver, "2019-01-01", "2019-01-05", es="ya no escribe")
    deliver(handing(), LEAVING, on="2019-01-02").refused(x.OutgoingTermOver, "2019-01-02")
    deliver(handing(rules=AFTER), CLERK).then(n.ItemsDelivered)


def test_a_term_that_a_recall_shortened_ends_when_it_was_shortened_to() -> None:
    recalled = Handover(outgoing=replace(OUTGOING, until=date(2017, 6, 1)), incoming=None)
    early = replace(UNDER_2018, context=context("2017-03-01"))
    team = replace(TEAMS[0], context=context("2017-03-02"))
    world = transition(early, team, others=(replace(IN_TIME, today=date(2017, 6, 2)), recalled))
    world.when("prepare", "2017-05-30", by=LEAVING).refused(x.OutgoingTermOver, "2017-06-01")


def test_nobody_is_in_both_teams() -> None:
    both = [{"person": LEAVING, "role": "asesor"}]
    handing().when("appoint-team", "2018-12-03", side="incoming", members=both, act=ACT).refused(x.OtherSide, LEAVING)
    state = handing().state()
    assert (state.side_of(LEAVING), state.side_of(COMING), state.side_of(ACTOR)) == ("outgoing", "incoming", None)


def test_a_team_takes_the_place_of_the_one_before_it() -> None:
    members = [{"person": CLERK, "role": "secretaria"}]
    state = (
        handing().when("appoint-team", "2018-12-10", side="outgoing", members=members, act=ACT).then(n.TeamAppointed)
    )
    [team] = [team for team in state.teams if team.side == "outgoing"]
    assert ([member.person for member in team.members], team.former) == ([CLERK], (LEAVING,))


def installing(day: str, by: str = "incoming", proclaimed: date | None = date(2018, 11, 9), *events: Any) -> Any:
    known = Handover(outgoing=OUTGOING, incoming=replace(INCOMING, proclaimed_on=proclaimed))
    world = transition(UNDER_2018, *events, others=(IN_TIME, known))
    return world.when("start-transfer", day, installed_by=by, act=ACT)


def test_the_incoming_side_installs_the_commission_alone_when_five_business_days_have_passed() -> None:
    installing("2018-11-16").refused(x.TooEarlyToInstallAlone, "2018-11-09", "2018-11-16")
    state = installing("2018-11-17").then(n.TransferStarted, installed_by="incoming")
    assert state.status is Status.IN_TRANSFER
    assert state.reached_on("commission_installed") == date(2018, 11, 17)
    installing("2018-11-10", "incoming", None).then(n.TransferStarted)


def test_the_outgoing_side_installs_it_once_it_is_ready() -> None:
    installing("2018-11-10", "outgoing").refused(x.TransitionNotOpen, "planned")
    ready = (replace(PREPARED, context=context("2018-08-01")), READY)
    installing("2018-11-12", "outgoing", date(2018, 11, 9), *ready).then(n.TransferStarted)


@pytest.mark.parametrize(
    ("regime", "until", "refusal"),
    [
        ("peru-2018", date(2019, 1, 1), None),
        ("peru-2022", date(2023, 1, 1), None),
        ("peru-2022", date(2027, 1, 1), None),
        ("generic", date(1999, 1, 1), None),
        ("peru-2018", date(2023, 1, 1), x.RegimeDoesNotApply),
        ("peru-2022", date(2019, 1, 1), x.RegimeDoesNotApply),
        ("peru-1066", date(2019, 1, 1), x.UnknownRegime),
        ("peru-roundtables", date(2019, 1, 1), x.UnknownRegime),
    ],
)
def test_a_handover_is_planned_under_a_regime_in_force(regime: str, until: date, refusal: Any) -> None:
    before = Government(id=OLD, institution=MUNICIPALITY, from_day=date(1995, 1, 1), until=until)
    outcome = transition(others=(IN_TIME, Handover(outgoing=before))).when("plan", outgoing=OLD, regime=regime)
    if refusal is None:
        assert outcome.then(n.TransitionPlanned, regime=regime).regime == regime
    else:
        outcome.refused(refusal, regime)


def test_documents_are_those_that_the_regime_asks_for() -> None:
    state = handing().when("file-deliverable", "2018-12-04", deliverable="updated_report", document=DIGEST)
    assert state.then(n.DeliverableFiled).deliverables[0].deliverable == "updated_report"
    unknown = handing().when("file-deliverable", "2018-12-04", deliverable="white_book", document=DIGEST)
    unknown.refused(x.UnknownDeliverable, "white_book", "preliminary_report")
    lost = handing(rules=Rulebook(today=date(2018, 12, 28)))
    assert lost.when("file-deliverable", "2018-12-04", deliverable="white_book", document=DIGEST).refusal is None


def test_entries_of_the_catalogue_are_handed_over_beside_what_the_log_holds() -> None:
    world = handing()
    state = world.when("deliver-items", "2018-12-20", items=[LAW, ITEM], on_behalf_of=MUNICIPALITY).then(
        n.ItemsDelivered
    )
    assert [item.item for item in state.items] == [LAW, ITEM]
    wrong = entry_of("law.moon")
    refused = world.when("deliver-items", "2018-12-20", items=[wrong], on_behalf_of=MUNICIPALITY)
    refused.refused(x.NotInCatalogue, wrong.id, "peru-2018")
    lone = transition(*HANDING, others=(IN_TIME, BOTH, Inventoried()))
    lone.when("deliver-items", "2018-12-20", items=[ITEM], on_behalf_of=MUNICIPALITY).refused(x.NotInInventory, ITEM)


DELIVERED = fact(n.ItemsDelivered, about=context("2018-12-20", institution=MUNICIPALITY), items=(ITEM,))


def test_a_frozen_inventory_that_was_delivered_from_is_neither_corrected_nor_voided() -> None:
    at = HANDING.index(FROZEN) + 1
    changes = {"cut_off": "2018-11-30"}
    for world in (handing(DELIVERED), handing(REPORTED)):
        world.when("correct", position=at, changes=changes).refused(x.FrozenForGood, 42, es="acta complementaria")
        world.when("void", position=at).refused(x.FrozenForGood, 42)
    assert handing().when("correct", position=at, changes=changes).refusal is None
    assert handing().when("void", position=at).refusal is None


def test_deliveries_end_when_the_handover_is_closed() -> None:
    done = (
        REPORTED,
        fact(n.ActaSigned, "2018-12-28", side="outgoing", document=DIGEST),
        fact(n.ActaSigned, "2018-12-28", side="incoming", document=DIGEST),
        fact(n.TransitionClosed, "2019-01-22"),
    )
    deliver(handing(*done, rules=AFTER), CLERK, on="2019-01-23").refused(x.TransitionNotOpen, "closed", es="cerrada")


def test_the_steps_that_clocks_know_are_dated() -> None:
    state = handing(
        DELIVERED,
        REPORTED,
        fact(n.ActaSigned, "2018-12-28", side="outgoing", document=DIGEST),
        fact(n.ActaSigned, "2018-12-29", side="incoming", document=DIGEST),
        fact(n.TransitionPublished, "2019-01-20", address="https://muni.example"),
        fact(n.TransitionRegistered, "2019-01-21", number="CGR-1"),
    ).state()
    steps = ("commission_installed", "reported", "acta_signed", "published", "registered", "council_informed")
    found = [state.reached_on(step) for step in steps]
    assert found == [
        date(2018, 12, 1),
        date(2018, 12, 20),
        date(2018, 12, 29),
        date(2019, 1, 20),
        date(2019, 1, 21),
        None,
    ]
    assert (state.address, state.registered_as) == ("https://muni.example", "CGR-1")


def test_a_re_elected_authority_informs_its_council_instead() -> None:
    again = Handover(outgoing=OUTGOING, incoming=replace(INCOMING, re_elected=True))
    exempted = fact(n.TransitionExempted, "2018-12-01")
    world = transition(UNDER_2018, exempted, others=(IN_TIME, again))
    state = world.when("inform-council", "2019-01-04", document=DIGEST).then(n.CouncilInformed)
    assert state.reached_on("council_informed") == date(2019, 1, 4)
    assert again.incoming.id == NEW
