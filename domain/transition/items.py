"""The items of a transition: delivered, verified by somebody else, observed, answered."""

from collections.abc import Mapping

from domain.aggregate import command
from domain.events import Context, Event
from domain.texts import Digest, Text
from domain.transition import errors, rules
from domain.transition import events as e
from domain.transition import types as t
from domain.transition.continuity import TransitionDecisions
from domain.transition.facts import Handover, Inventoried, Rulebook

COMMANDS: Mapping[type[Event], str] = {
    e.ItemsDelivered: "deliver-items",
    e.ItemsVerified: "verify-items",
    e.ItemObserved: "observe-item",
    e.ItemAnswered: "answer-observation",
    e.ItemsExempted: "exempt-items",
    e.ItemsWithheld: "declare-items-not-delivered",
}


class TransitionItems(TransitionDecisions):
    """What is handed over, item by item. Whoever delivers an item does not verify it."""

    @command(e.ItemsDelivered)
    def deliver_items(
        self,
        *,
        items: t.Items,
        document: Digest | None = None,
        context: Context,
        inventoried: Inventoried,
        handover: Handover,
        rulebook: Rulebook,
    ) -> None:
        """Record that items of the inventory were delivered.

        :raises TransitionNotOpen: it is not in transfer.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises InventoryNotFrozen: there is no inventory yet.
        :raises InstitutionNotStated: nobody said for which institution.
        :raises NotInInventory: an item is not in the inventory.
        :raises NotInCatalogue: an entry is not in the catalogue of the regime.
        :raises ItemNotOpen: an item was delivered before, or does not apply.
        """
        self._must_take(e.ItemsDelivered, items, context, inventoried, handover, rulebook)
        self.record(e.ItemsDelivered, context, items=items, document=document)

    @command(e.ItemsVerified)
    def verify_items(
        self, *, items: t.Items, context: Context, inventoried: Inventoried, handover: Handover, rulebook: Rulebook
    ) -> None:
        """Verify, by another actor than delivered them, that items are as delivered.

        It is for another institution, or by the incoming team: both sides are of one institution.

        :raises TransitionNotOpen: it is not in transfer.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises InventoryNotFrozen: there is no inventory yet.
        :raises InstitutionNotStated: nobody said for which institution.
        :raises NotInInventory: an item is not in the inventory.
        :raises NotInCatalogue: an entry is not in the catalogue of the regime.
        :raises ItemNotOpen: an item is not delivered, or an observation is not answered.
        :raises DelivererVerifies: the same actor delivered an item, or the same institution, not by its incoming team.
        """
        self._must_take(e.ItemsVerified, items, context, inventoried, handover, rulebook)
        self.record(e.ItemsVerified, context, items=items)

    @command(e.ItemObserved)
    def observe_item(
        self,
        *,
        item: t.ItemRef,
        observation: Text,
        context: Context,
        inventoried: Inventoried,
        handover: Handover,
        rulebook: Rulebook,
    ) -> None:
        """Record, by another actor than delivered it, what is wrong with an item.

        It is for another institution, or by the incoming team: both sides are of one institution.

        :raises TransitionNotOpen: it is not in transfer.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises InventoryNotFrozen: there is no inventory yet.
        :raises InstitutionNotStated: nobody said for which institution.
        :raises NotInInventory: the item is not in the inventory.
        :raises NotInCatalogue: an entry is not in the catalogue of the regime.
        :raises ItemNotOpen: the item is not delivered.
        :raises DelivererVerifies: the same actor delivered the item, or the same institution, not by its incoming team.
        """
        self._must_take(e.ItemObserved, (item,), context, inventoried, handover, rulebook)
        self.record(e.ItemObserved, context, item=item, observation=observation)

    @command(e.ItemAnswered)
    def answer_observation(
        self,
        *,
        item: t.ItemRef,
        answer: Text,
        context: Context,
        inventoried: Inventoried,
        handover: Handover,
        rulebook: Rulebook,
    ) -> None:
        """Answer an observation.

        :raises TransitionNotOpen: it is not in transfer.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises InventoryNotFrozen: there is no inventory yet.
        :raises InstitutionNotStated: nobody said for which institution.
        :raises NotInInventory: the item is not in the inventory.
        :raises NotInCatalogue: an entry is not in the catalogue of the regime.
        :raises ItemNotOpen: nothing was observed.
        """
        self._must_take(e.ItemAnswered, (item,), context, inventoried, handover, rulebook)
        self.record(e.ItemAnswered, context, item=item, answer=answer)

    @command(e.ItemsExempted, needs=("reason",))
    def exempt_items(
        self, *, items: t.Items, context: Context, inventoried: Inventoried, handover: Handover, rulebook: Rulebook
    ) -> None:
        """Record that items do not apply, and why.

        :raises TransitionNotOpen: it is not in transfer.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises InventoryNotFrozen: there is no inventory yet.
        :raises InstitutionNotStated: nobody said for which institution.
        :raises NotInInventory: an item is not in the inventory.
        :raises NotInCatalogue: an entry is not in the catalogue of the regime.
        :raises ItemNotOpen: an item is not pending.
        """
        self._must_take(e.ItemsExempted, items, context, inventoried, handover, rulebook)
        self.record(e.ItemsExempted, context, items=items)

    @command(e.ItemsWithheld, needs=("reason",))
    def declare_items_not_delivered(
        self, *, items: t.Items, context: Context, inventoried: Inventoried, handover: Handover, rulebook: Rulebook
    ) -> None:
        """Record that items were not delivered, and what is known of why.

        :raises TransitionNotOpen: it is not in transfer.
        :raises OtherSide: the actor is in the team of the other side.
        :raises OutgoingTermOver: the actor is in the outgoing team, and its term is over.
        :raises InventoryNotFrozen: there is no inventory yet.
        :raises InstitutionNotStated: nobody said for which institution.
        :raises NotInInventory: an item is not in the inventory.
        :raises NotInCatalogue: an entry is not in the catalogue of the regime.
        :raises ItemNotOpen: an item is not pending.
        """
        self._must_take(e.ItemsWithheld, items, context, inventoried, handover, rulebook)
        self.record(e.ItemsWithheld, context, items=items)

    def _must_take(
        self,
        event: type[Event],
        items: tuple[t.ItemRef, ...],
        context: Context,
        inventoried: Inventoried,
        handover: Handover,
        rulebook: Rulebook,
    ) -> None:
        command = COMMANDS[event]
        self._must_be_open(command, event, context, handover, rulebook)
        if self.known.inventory is None:
            raise errors.InventoryNotFrozen
        for item in items:
            if item.kind == t.ENTRY:
                rulebook.must_list(item, self.known.regime)
            elif item not in inventoried.items:
                raise errors.NotInInventory(field="items", item=item)
        rules.must_take(self.known, event, items, context, command)
        rules.must_not_predate(self.latest, items, context.occurred_on, command)
