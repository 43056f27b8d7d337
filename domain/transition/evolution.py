"""How the facts of a transition change it. One `match`; it refuses nothing."""

from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from msgspec.structs import replace

from domain.events import Event
from domain.transition import events as e
from domain.transition.types import (
    Decision,
    Filed,
    Inventory,
    Item,
    ItemRef,
    Reached,
    Refusal,
    Report,
    Signature,
    Status,
    Team,
    TransitionState,
)

STEPS: Mapping[type[Event], str] = {
    e.TransferStarted: "commission_installed",
    e.HandoverReported: "reported",
    e.ComplementFiled: "complemented",
    e.TransitionPublished: "published",
    e.TransitionRegistered: "registered",
    e.CouncilInformed: "council_informed",
    e.LateDeliveryRecorded: "delivered",
}
"""The facts that clocks start from or are met by, with the names that regimes know them by."""


def evolve(state: TransitionState, event: e.TransitionEvent) -> TransitionState:
    """Return the transition after one more fact."""
    after = _after(state, event)
    step = STEPS.get(type(event))
    return _reached(after, step, event) if step else after


def _reached(state: TransitionState, step: str, event: Event) -> TransitionState:
    """Return the transition with the day of a step; the first day counts."""
    before = state.reached_on(step)
    if before is not None and before <= event.occurred_on:
        return state
    others = tuple(one for one in state.reached if one.step != step)
    return replace(state, reached=(*others, Reached(step=step, on=event.occurred_on)))


def _after(state: TransitionState, event: e.TransitionEvent) -> TransitionState:  # noqa: PLR0911 - one match
    match event:
        case e.TransitionPlanned():
            return TransitionState(
                began_on=event.occurred_on,
                moved_on=event.occurred_on,
                moved_by=event.TOPIC,
                status=Status.PLANNED,
                code=event.code,
                outgoing=event.outgoing,
                incoming=event.incoming,
                regime=event.regime,
            )
        case e.IncomingNamed():
            return replace(state, incoming=event.incoming)
        case e.TeamAppointed():
            return _appointed(state, event)
        case e.PreparationStarted():
            return replace(state, status=Status.PREPARING)
        case e.ReadinessDeclared():
            return replace(state, status=Status.READY)
        case e.TransferStarted():
            return replace(state, status=Status.IN_TRANSFER, installed_by=event.installed_by)
        case e.InventoryFrozen():
            frozen = Inventory(
                institution=event.institution,
                position=event.position,
                cut_off=event.cut_off,
                digest=event.digest,
                counts=event.counts,
                closed=event.closed,
            )
            return replace(state, inventory=frozen)
        case e.DeliverableFiled():
            filed = Filed(deliverable=event.deliverable, document=event.document, occurred_on=event.occurred_on)
            before = tuple(known for known in state.deliverables if known.deliverable != event.deliverable)
            return replace(state, deliverables=(*before, filed))
        case e.ItemsDelivered():
            said = {"delivered": _report(state, event), "document": event.document, "reason": None}
            return _with(state, event, event.items, "delivered", **said)
        case e.ItemsVerified():
            return _with(state, event, event.items, "verified", examined=_report(state, event))
        case e.ItemObserved():
            said = {"examined": _report(state, event), "observation": event.observation, "answer": None}
            return _with(state, event, (event.item,), "observed", **said)
        case e.ItemAnswered():
            return _with(state, event, (event.item,), "answered", answer=event.answer)
        case e.ItemsExempted():
            return _with(state, event, event.items, "not_applicable", reason=event.context.reason)
        case e.ItemsWithheld():
            return _with(state, event, event.items, "not_delivered", reason=event.context.reason)
        case e.HandoverReported():
            return replace(state, status=Status.REPORTED, report=event.document)
        case e.ActaSigned():
            return _signed(state, event)
        case e.ActaRefused():
            refusal = Refusal(side=event.side, reason=event.context.reason or "", occurred_on=event.occurred_on)
            return replace(state, status=Status.UNSIGNED, refusals=(*state.refusals, refusal))
        case e.ComplementFiled():
            return replace(state, status=Status.COMPLEMENTED, complements=(*state.complements, event.document))
        case e.TransitionPublished():
            return replace(state, address=event.address)
        case e.TransitionRegistered():
            return replace(state, registered_as=event.number)
        case e.CouncilInformed():
            return replace(state, report=event.document)
        case e.TransitionClosed():
            return replace(state, status=Status.CLOSED)
        case e.NonDeliveryDeclared():
            return replace(state, status=Status.NOT_DELIVERED)
        case e.LateDeliveryRecorded():
            return replace(state, status=Status.DELIVERED_LATE, report=event.document)
        case e.TransitionExempted():
            return replace(state, status=Status.NOT_REQUIRED)
        case e.ContinuityDecided() | e.DecisionRevised():
            return _decided(state, event)
        case _:
            assert_never(event)


def _appointed(state: TransitionState, event: e.TeamAppointed) -> TransitionState:
    """Return the transition with the team of a side; who leaves it stays known. The first incoming one is notified."""
    before = next((known for known in state.teams if known.side == event.side), None)
    members = {member.person for member in event.members}
    known = (*before.former, *(member.person for member in before.members)) if before else ()
    team = Team(
        side=event.side,
        members=event.members,
        act=event.act,
        appointed_on=event.occurred_on,
        former=tuple(person for person in known if person not in members),
    )
    after = replace(state, teams=(*(one for one in state.teams if one is not before), team))
    return _reached(after, "team_notified", event) if event.side == "incoming" else after


def _report(state: TransitionState, event: Event) -> Report:
    context = event.context
    return Report(
        actor=context.actor,
        institution=context.institution,
        occurred_on=context.occurred_on,
        side=state.side_of(context.actor),
    )


def _with(state: TransitionState, event: Event, refs: Iterable[ItemRef], to: str, **said: Any) -> TransitionState:
    """Return the transition with items in another state."""
    items = {item.item: item for item in state.items}
    for ref in refs:
        before = items.get(ref) or Item(item=ref, state="pending", moved_on=event.occurred_on)
        items[ref] = replace(before, state=to, moved_on=event.occurred_on, **said)
    return replace(state, items=tuple(items.values()))


def _signed(state: TransitionState, event: e.ActaSigned) -> TransitionState:
    """Return the transition with a signature; with those of both sides it is signed."""
    signature = Signature(side=event.side, document=event.document, occurred_on=event.occurred_on)
    signatures = (*state.signatures, signature)
    both = {"outgoing", "incoming"} <= {signed.side for signed in signatures}
    if not both:
        return replace(state, signatures=signatures)
    return _reached(replace(state, signatures=signatures, status=Status.SIGNED), "acta_signed", event)


def _decided(state: TransitionState, event: e.ContinuityDecided | e.DecisionRevised) -> TransitionState:
    before = state.decision(event.item)
    decision = Decision(
        item=event.item,
        decision=event.decision,
        reason=event.context.reason or "",
        act=event.act,
        occurred_on=event.occurred_on,
        revised=before.revised + 1 if before else 0,
    )
    others = tuple(known for known in state.decisions if known.item != event.item)
    return replace(state, decisions=(*others, decision))
