"""What a transition allows, as far as it can tell by itself; commands ask, and so do corrections and voids."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from domain.errors import StateMovedLater, Words
from domain.events import Context, Event
from domain.transition import decisions, errors
from domain.transition import events as e
from domain.transition.types import Item, ItemRef, Status, TransitionState

_S = Status
_BEFORE_REPORT = frozenset({_S.PLANNED, _S.PREPARING, _S.READY, _S.IN_TRANSFER})
_HANDING = frozenset({_S.IN_TRANSFER, _S.REPORTED, _S.SIGNED, _S.UNSIGNED, _S.COMPLEMENTED, _S.DELIVERED_LATE})
_ENDED = frozenset({_S.SIGNED, _S.UNSIGNED, _S.COMPLEMENTED, _S.DELIVERED_LATE})
ALLOWED: Mapping[type[Event], frozenset[Status]] = {
    e.TeamAppointed: frozenset(_S) - {_S.CLOSED, _S.NOT_REQUIRED},
    e.PreparationStarted: frozenset({_S.PLANNED}),
    e.ReadinessDeclared: frozenset({_S.PREPARING}),
    e.TransferStarted: frozenset({_S.READY}),
    e.InventoryFrozen: _BEFORE_REPORT | {_S.NOT_DELIVERED, _S.DELIVERED_LATE},
    e.DeliverableFiled: _BEFORE_REPORT | _HANDING,
    e.ItemsDelivered: _HANDING,
    e.ItemsVerified: _HANDING,
    e.ItemObserved: _HANDING,
    e.ItemAnswered: _HANDING,
    e.ItemsExempted: _HANDING,
    e.ItemsWithheld: _HANDING,
    e.HandoverReported: frozenset({_S.IN_TRANSFER}),
    e.ActaSigned: frozenset({_S.REPORTED}),
    e.ActaRefused: frozenset({_S.REPORTED}),
    e.ComplementFiled: _ENDED,
    e.TransitionPublished: _ENDED,
    e.TransitionRegistered: _ENDED,
    e.TransitionClosed: _ENDED,
    e.CouncilInformed: frozenset({_S.NOT_REQUIRED}),
    e.NonDeliveryDeclared: _BEFORE_REPORT,
    e.LateDeliveryRecorded: frozenset({_S.NOT_DELIVERED}),
    e.TransitionExempted: _BEFORE_REPORT,
}
"""The states in which each fact may happen; facts that are not here may happen in any state."""
_KEPT: frozenset[type[Event]] = frozenset(
    {
        e.TeamAppointed,
        e.DeliverableFiled,
        e.ItemsDelivered,
        e.ItemsVerified,
        e.ItemObserved,
        e.ItemAnswered,
        e.ItemsExempted,
        e.ItemsWithheld,
    }
)
"""Facts that a closed handover takes no more, not even with the date of an earlier day."""
SIDES = {"outgoing": Words("outgoing", "saliente"), "incoming": Words("incoming", "entrante")}
ITEM_STATES = {
    str(word): word
    for word in (
        Words("pending", "pendiente"),
        Words("delivered", "entregado"),
        Words("verified", "verificado"),
        Words("observed", "observado"),
        Words("answered", "respondido"),
        Words("not_applicable", "no aplicable"),
        Words("not_delivered", "no entregado"),
    )
}
ITEM_ALLOWED: Mapping[type[Event], tuple[str, ...]] = {
    e.ItemsDelivered: ("pending", "not_delivered"),
    e.ItemsVerified: ("delivered", "answered"),
    e.ItemObserved: ("delivered", "answered"),
    e.ItemAnswered: ("observed",),
    e.ItemsExempted: ("pending",),
    e.ItemsWithheld: ("pending",),
}
"""The states of an item in which each fact about it may happen."""


def must_follow(state: TransitionState, event: Event) -> None:
    """Refuse a fact that could not have been decided on a state.

    :raises DomainError: its command would have refused it.
    """
    if isinstance(event, e.TransferStarted):
        must_be_installable(state, event.installed_by, event.TOPIC)
    else:
        must_be_open(state, type(event), event.TOPIC)
    must_act_for(state, side_for(type(event), side_stated(event)), event.context.actor, event.TOPIC)
    match event:
        case e.TeamAppointed():
            for member in event.members:
                must_act_for(state, event.side, member.person, event.TOPIC)
        case e.ActaRefused():
            must_not_have_signed(state, event.side)
        case e.ItemsDelivered() | e.ItemsVerified() | e.ItemsExempted() | e.ItemsWithheld():
            must_take(state, type(event), event.items, event.context, event.TOPIC)
        case e.ItemObserved() | e.ItemAnswered():
            must_take(state, type(event), (event.item,), event.context, event.TOPIC)
        case e.InventoryFrozen():
            must_have_no_inventory(state)
        case e.ActaSigned():
            must_sign_once(state, event.side, event.document)
        case e.ContinuityDecided():
            decisions.must_be_undecided(state, event.item)
        case e.DecisionRevised():
            decisions.must_change(state, event.item, event.decision, event.occurred_on)
        case _:
            pass


def must_be_open(state: TransitionState, event: type[Event], command: str) -> None:
    """Require a state in which the fact may happen.

    :raises TransitionNotOpen: it is another one.
    """
    _must_be_in(state, ALLOWED.get(event), command)


def must_not_be_closed(latest: TransitionState, event: type[Event], command: str) -> None:
    """Require that the handover is not closed by now, whatever day the fact is dated.

    :raises TransitionNotOpen: it is closed.
    """
    if event in _KEPT and latest.status is _S.CLOSED:
        must_be_open(latest, event, command)


def must_be_installable(state: TransitionState, installed_by: str, command: str) -> None:
    """Require a state in which a side installs the commission: the incoming one need not wait for the other.

    :raises TransitionNotOpen: it is another one.
    """
    alone = frozenset({_S.PLANNED, _S.PREPARING, _S.READY})
    _must_be_in(state, alone if installed_by == "incoming" else ALLOWED[e.TransferStarted], command)


def _must_be_in(state: TransitionState, needed: frozenset[Status] | None, command: str) -> None:
    if needed is not None and state.status not in needed:
        some = sorted(needed)
        raise errors.TransitionNotOpen(
            state=state.status,
            since=state.moved_on,
            command=command,
            needed=Words(" | ".join(some), " | ".join(status.es for status in some)),
        )


def must_have_no_inventory(state: TransitionState) -> None:
    """Require that nothing is frozen yet.

    :raises InventoryAlreadyFrozen: it is.
    """
    if (frozen := state.inventory) is not None:
        raise errors.InventoryAlreadyFrozen(position=frozen.position, cut_off=frozen.cut_off)


def must_take(
    state: TransitionState, event: type[Event], items: tuple[ItemRef, ...], context: Context, command: str
) -> None:
    """Require a frozen inventory, and every item to be in a state in which the fact may happen.

    :raises InventoryNotFrozen: there is no inventory.
    :raises ItemNotOpen: an item is in another state.
    :raises InstitutionNotStated: nobody said who delivers or verifies.
    :raises DelivererVerifies: actor or institution delivered the item.
    """
    if state.inventory is None:
        raise errors.InventoryNotFrozen
    if context.institution is None:
        raise errors.InstitutionNotStated(command=command, field="on_behalf_of")
    needed = ITEM_ALLOWED[event]
    for ref in items:
        item = state.item(ref)
        now = item.state if item else "pending"
        if now not in needed:
            either = [ITEM_STATES[name] for name in needed]
            words = Words(" | ".join(either), " | ".join(word.es for word in either))
            raise errors.ItemNotOpen(item=ref, state=ITEM_STATES[now], command=command, needed=words)
        if item is not None and event in {e.ItemsVerified, e.ItemObserved}:
            _must_be_another(item, context, state.side_of(context.actor), command)


def _must_be_another(item: Item, context: Context, side: str | None, command: str) -> None:
    """Require another actor, and another institution or, of the same one, the team that receives.

    Both sides of a handover are of one institution, and a secretariat that is in neither team may record what was
    delivered: whom the incoming side appointed verifies for that side, whoever recorded the delivery.
    """
    by = item.delivered
    if by is None:
        return
    about = {"item": item.item, "command": command}
    if by.actor == context.actor:
        raise errors.DelivererVerifies(what=Words("actor", "actor"), who=by.actor, **about)
    receives = side == "incoming" and by.side != "incoming"
    if by.institution == context.institution and not receives:
        what = Words("institution", "institución")
        raise errors.DelivererVerifies(what=what, who=by.institution, **about)


OUTGOING: frozenset[type[Event]] = frozenset(
    {
        e.PreparationStarted,
        e.ReadinessDeclared,
        e.ItemsDelivered,
        e.ItemAnswered,
        e.HandoverReported,
        e.LateDeliveryRecorded,
    }
)
"""Facts that are the outgoing side's to state."""
INCOMING: frozenset[type[Event]] = frozenset(
    {e.ItemsVerified, e.ItemObserved, e.ContinuityDecided, e.DecisionRevised, e.CouncilInformed}
)
"""Facts that are the incoming side's, or of somebody who stands on neither."""


def side_stated(event: Event) -> str | None:
    """Return the side that a fact says it is of."""
    stated: str | None = getattr(event, "installed_by" if isinstance(event, e.TransferStarted) else "side", None)
    return stated


def side_for(event: type[Event], stated: str | None) -> str | None:
    """Return the side that a fact belongs to: the one it states, or the one whose duty it is."""
    if stated is not None:
        return stated
    return "outgoing" if event in OUTGOING else "incoming" if event in INCOMING else None


def must_act_for(state: TransitionState, side: str | None, actor: UUID, command: str) -> None:
    """Require that nobody in the team of one side acts for the other.

    :raises OtherSide: the actor is in the other team.
    """
    found = state.side_of(actor)
    if side is not None and found is not None and found != side:
        raise errors.OtherSide(actor=actor, found=SIDES[found], expected=SIDES[side], command=command)


def must_still_write(state: TransitionState, actor: UUID, until: date, days: Iterable[date], command: str) -> None:
    """Require that nobody in the outgoing team writes once its term is over, neither about that time nor at it.

    :raises OutgoingTermOver: somebody would.
    """
    late = next((day for day in days if day >= until), None)
    if late is not None and state.side_of(actor) == "outgoing":
        raise errors.OutgoingTermOver(until=until, command=command, day=late)


def must_not_undo_inventory(state: TransitionState) -> None:
    """Require that nothing rests on the frozen inventory yet.

    :raises FrozenForGood: items were delivered, or a report was filed.
    """
    if state.inventory is not None and (state.items or state.report or state.signatures):
        raise errors.FrozenForGood(position=state.inventory.position)


def must_have_frozen_nothing(state: TransitionState) -> None:
    """Require that no inventory of the outgoing administration is frozen.

    :raises FrozenForGood: one is.
    """
    if state.inventory is not None:
        raise errors.FrozenForGood(position=state.inventory.position)


def must_not_predate(latest: TransitionState, items: tuple[ItemRef, ...], day: date, command: str) -> None:
    """Require that nothing later is recorded of the items.

    :raises StateMovedLater: something is.
    """
    for ref in items:
        item = latest.item(ref)
        if item is not None and day < item.moved_on:
            raise StateMovedLater(command=command, occurred_on=day, latest=item.state, latest_on=item.moved_on)


def must_not_have_signed(state: TransitionState, side: str) -> None:
    """Require the side not to have signed.

    :raises AlreadySigned: it has.
    """
    for signed in state.signatures:
        if signed.side == side:
            raise errors.AlreadySigned(side=side, signed_on=signed.occurred_on)


def must_sign_once(state: TransitionState, side: str, document: str) -> None:
    """Require the side not to have signed, and the document to be the one that the other side signed.

    :raises AlreadySigned: the side has signed.
    :raises ActaDiffers: the other side signed another document.
    """
    must_not_have_signed(state, side)
    for signed in state.signatures:
        if signed.document != document:
            raise errors.ActaDiffers(field="document", document=document, signed=signed.document)
