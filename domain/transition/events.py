"""The facts of a transition."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from domain.events import Created, Event, fact
from domain.transition.types import CapacityCount, ItemRef, Member
from domain.types import Act


def _without_regime(fields: dict[str, Any]) -> None:
    fields["regime"] = "generic"


@fact("transition.planned", moves=True, schema=2)
class TransitionPlanned(Created, frozen=True, kw_only=True):
    """A handover was planned under a regime; the incoming administration may not be elected yet.

    `rules` is the regime as it read then, so that a file that is replaced later changes nothing of what is under way.
    """

    UPCASTS: ClassVar[dict[int, Callable[[dict[str, Any]], None]]] = {1: _without_regime}
    outgoing: UUID
    incoming: UUID | None = None
    code: str | None = None
    regime: str
    rules: dict[str, Any] | None = None


@fact("transition.incoming-named")
class IncomingNamed(Event, frozen=True, kw_only=True):
    """The incoming administration is known."""

    incoming: UUID


@fact("transition.team-appointed")
class TeamAppointed(Event, frozen=True, kw_only=True):
    """One side appointed its team; it takes the place of the one before."""

    side: str
    members: tuple[Member, ...]
    act: Act


@fact("transition.prepared", moves=True)
class PreparationStarted(Event, frozen=True, kw_only=True):
    """The outgoing side formed its group and began to prepare."""

    act: Act | None = None


@fact("transition.readiness-declared", moves=True)
class ReadinessDeclared(Event, frozen=True, kw_only=True):
    """The outgoing side has its updated report."""

    document: str | None = None


@fact("transition.transfer-started", moves=True)
class TransferStarted(Event, frozen=True, kw_only=True):
    """The commission was installed, by the outgoing side or by the incoming one alone."""

    installed_by: str
    act: Act


@fact("transition.inventory-frozen")
class InventoryFrozen(Event, frozen=True, kw_only=True):
    """The inventory was frozen at a position of the log and a cut-off date.

    `closed` are the days that decrees close, as the installation knew them then: what was printed counts by them.
    """

    cut_off: date
    institution: UUID
    position: int
    digest: str
    counts: tuple[CapacityCount, ...]
    closed: tuple[date, ...] | None = None


@fact("transition.deliverable-filed")
class DeliverableFiled(Event, frozen=True, kw_only=True):
    """A document that the regime asks for was filed, or filed again."""

    deliverable: str
    document: str


@fact("transition.items-delivered")
class ItemsDelivered(Event, frozen=True, kw_only=True):
    """The outgoing side delivered items."""

    items: tuple[ItemRef, ...]
    document: str | None = None


@fact("transition.items-verified")
class ItemsVerified(Event, frozen=True, kw_only=True):
    """Somebody else found items as delivered."""

    items: tuple[ItemRef, ...]


@fact("transition.item-observed")
class ItemObserved(Event, frozen=True, kw_only=True):
    """Somebody else found something wrong with an item."""

    item: ItemRef
    observation: str


@fact("transition.item-answered")
class ItemAnswered(Event, frozen=True, kw_only=True):
    """The outgoing side answered an observation."""

    item: ItemRef
    answer: str


@fact("transition.items-exempted")
class ItemsExempted(Event, frozen=True, kw_only=True):
    """Items do not apply."""

    items: tuple[ItemRef, ...]


@fact("transition.items-undelivered")
class ItemsWithheld(Event, frozen=True, kw_only=True):
    """Items were not delivered."""

    items: tuple[ItemRef, ...]


@fact("transition.reported", moves=True)
class HandoverReported(Event, frozen=True, kw_only=True):
    """The final report was signed."""

    document: str


@fact("transition.acta-signed", moves=True)
class ActaSigned(Event, frozen=True, kw_only=True):
    """One side signed the acta."""

    side: str
    document: str


@fact("transition.acta-refused", moves=True)
class ActaRefused(Event, frozen=True, kw_only=True):
    """One side did not sign the acta."""

    side: str


@fact("transition.complement-filed", moves=True)
class ComplementFiled(Event, frozen=True, kw_only=True):
    """A complementary acta was filed."""

    document: str


@fact("transition.published")
class TransitionPublished(Event, frozen=True, kw_only=True):
    """The documents of the handover were published."""

    address: str


@fact("transition.registered")
class TransitionRegistered(Event, frozen=True, kw_only=True):
    """The documents were registered with the external controller."""

    number: str


@fact("transition.council-informed")
class CouncilInformed(Event, frozen=True, kw_only=True):
    """A re-elected authority informed its council, where no handover is required."""

    document: str


@fact("transition.closed", moves=True)
class TransitionClosed(Event, frozen=True, kw_only=True):
    """It was published and registered; nothing is left to do."""


@fact("transition.non-delivery-declared", moves=True)
class NonDeliveryDeclared(Event, frozen=True, kw_only=True):
    """The outgoing term ended without a handover."""


@fact("transition.late-delivery-recorded", moves=True)
class LateDeliveryRecorded(Event, frozen=True, kw_only=True):
    """The handover was delivered after the term had ended."""

    document: str


@fact("transition.exempted", moves=True)
class TransitionExempted(Event, frozen=True, kw_only=True):
    """No handover is required: the incoming administration was re-elected."""


@fact("transition.continuity-decided")
class ContinuityDecided(Event, frozen=True, kw_only=True):
    """The incoming administration decided what becomes of an inherited object."""

    item: ItemRef
    decision: str
    act: Act


@fact("transition.decision-revised")
class DecisionRevised(Event, frozen=True, kw_only=True):
    """The incoming administration decided anew of an inherited object."""

    item: ItemRef
    decision: str
    act: Act


TransitionEvent = (
    TransitionPlanned
    | IncomingNamed
    | TeamAppointed
    | PreparationStarted
    | ReadinessDeclared
    | TransferStarted
    | InventoryFrozen
    | DeliverableFiled
    | ItemsDelivered
    | ItemsVerified
    | ItemObserved
    | ItemAnswered
    | ItemsExempted
    | ItemsWithheld
    | HandoverReported
    | ActaSigned
    | ActaRefused
    | ComplementFiled
    | TransitionPublished
    | TransitionRegistered
    | CouncilInformed
    | TransitionClosed
    | NonDeliveryDeclared
    | LateDeliveryRecorded
    | TransitionExempted
    | ContinuityDecided
    | DecisionRevised
)
