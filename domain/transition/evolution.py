"""How the facts of a transition change it. One `match`; it refuses nothing."""

from collections.abc import Iterable
from typing import Any, assert_never

from msgspec.structs import replace

from domain.events import Event
from domain.transition import events as e
from domain.transition.types import (
    Decision,
    Inventory,
    Item,
    ItemRef,
    Refusal,
    Report,
    Signature,
    Status,
    TransitionState,
)


def evolve(state: TransitionState, event: e.TransitionEvent) -> TransitionState:  # noqa: PLR0911 - one match
    """Return the transition after one more fact."""
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
            )
        case e.IncomingNamed():
            return replace(state, incoming=event.incoming)
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
            )
            return replace(state, inventory=frozen)
        case e.ItemsDelivered():
            said = {"delivered": _report(event), "document": event.document, "reason": None}
            return _with(state, event, event.items, "delivered", **said)
        case e.ItemsVerified():
            return _with(state, event, event.items, "verified", examined=_report(event))
        case e.ItemObserved():
            said = {"examined": _report(event), "observation": event.observation, "answer": None}
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


def _report(event: Event) -> Report:
    context = event.context
    return Report(actor=context.actor, institution=context.institution, occurred_on=context.occurred_on)


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
    return replace(state, signatures=signatures, status=Status.SIGNED if both else state.status)


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
