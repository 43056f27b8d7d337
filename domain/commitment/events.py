"""The facts of a commitment."""

from datetime import date
from uuid import UUID

from domain.commitment.types import Beneficiaries, Counterpart, Evidence, Headline, Origin, Responsible
from domain.events import Created, Event, fact
from domain.objectives import Objective
from domain.types import Act, Money, Territory


@fact("commitment.registered", moves=True)
class CommitmentRegistered(Created, frozen=True, kw_only=True):
    """A commitment, a request or an announcement entered the record."""

    stage: str
    title: str
    statement: str
    language: str = "es"
    kind: str
    code: str | None = None
    origin: Origin | None = None
    headline: Headline | None = None
    part_of: UUID | None = None
    sector: str | None = None
    projects: int = 1
    amount: Money | None = None
    currency: str | None = None
    responsibles: tuple[Responsible, ...]
    collaborators: tuple[UUID, ...] = ()
    counterparts: tuple[Counterpart, ...] = ()
    follow_up_body: UUID | None = None
    verifier: UUID | None = None
    deadline: date | None = None
    territories: tuple[Territory, ...] = ()
    beneficiaries: Beneficiaries | None = None
    conditions: tuple[str, ...] = ()
    sdg_targets: tuple[str, ...] = ()


@fact("commitment.accepted", moves=True)
class CommitmentAccepted(Event, frozen=True, kw_only=True):
    """A request became a commitment."""


@fact("commitment.dismissed", moves=True)
class CommitmentDismissed(Event, frozen=True, kw_only=True):
    """A request was turned down."""


@fact("commitment.started", moves=True)
class CommitmentStarted(Event, frozen=True, kw_only=True):
    """Work on it began."""


@fact("commitment.progress-reported")
class ProgressReported(Event, frozen=True, kw_only=True):
    """The responsible said how far it is, in percent."""

    percent: int
    note: str | None = None


@fact("commitment.blocked", moves=True)
class CommitmentBlocked(Event, frozen=True, kw_only=True):
    """Something stops it; somebody may be able to unblock it."""

    cause: str
    unblocker: UUID | None = None


@fact("commitment.unblocked", moves=True)
class CommitmentUnblocked(Event, frozen=True, kw_only=True):
    """What stopped it is gone."""


@fact("commitment.fulfilment-reported", moves=True)
class FulfilmentReported(Event, frozen=True, kw_only=True):
    """The responsible said that it is done, with evidence."""

    evidence: tuple[Evidence, ...] = ()


@fact("commitment.fulfilment-verified", moves=True)
class FulfilmentVerified(Event, frozen=True, kw_only=True):
    """Another party found it done, wholly or in part."""

    outcome: str


@fact("commitment.fulfilment-rejected", moves=True)
class FulfilmentRejected(Event, frozen=True, kw_only=True):
    """Another party found it not done."""


@fact("commitment.unfulfilment-declared", moves=True)
class UnfulfilmentDeclared(Event, frozen=True, kw_only=True):
    """It was not kept."""


@fact("commitment.reactivated", moves=True)
class CommitmentReactivated(Event, frozen=True, kw_only=True):
    """Work on it began again."""


@fact("commitment.superseded", moves=True)
class CommitmentSuperseded(Event, frozen=True, kw_only=True):
    """Others took its place."""

    successors: tuple[UUID, ...]


@fact("commitment.withdrawn", moves=True)
class CommitmentWithdrawn(Event, frozen=True, kw_only=True):
    """Every party agreed to let it go."""

    agreed_by: tuple[UUID, ...]


@fact("commitment.reversed", moves=True)
class CommitmentReversed(Event, frozen=True, kw_only=True):
    """A court or a failed work undid its fulfilment."""


@fact("commitment.amount-amended")
class AmountAmended(Event, frozen=True, kw_only=True):
    """It amounts to something else from a day on; what was promised stays."""

    amount: Money


@fact("commitment.amount-approved")
class AmountApproved(Event, frozen=True, kw_only=True):
    """A budget approved so much for it."""

    amount: Money


@fact("commitment.execution-reported")
class ExecutionReported(Event, frozen=True, kw_only=True):
    """So much was executed up to a day, in all."""

    amount: Money


@fact("commitment.headline-amended")
class HeadlineAmended(Event, frozen=True, kw_only=True):
    """What was announced changed."""

    headline: Headline


@fact("commitment.deadline-set")
class DeadlineSet(Event, frozen=True, kw_only=True):
    """It got its first deadline."""

    deadline: date


@fact("commitment.deadline-extended")
class DeadlineExtended(Event, frozen=True, kw_only=True):
    """Its deadline moved, by an act."""

    deadline: date
    act: Act


@fact("commitment.deadline-waived")
class DeadlineWaived(Event, frozen=True, kw_only=True):
    """It has no deadline, for a stated reason."""


@fact("commitment.follow-up-body-assigned")
class FollowUpBodyAssigned(Event, frozen=True, kw_only=True):
    """Somebody follows it up."""

    organization: UUID


@fact("commitment.follow-up-waived")
class FollowUpWaived(Event, frozen=True, kw_only=True):
    """Nobody follows it up, for a stated reason."""


@fact("commitment.verifier-assigned")
class VerifierAssigned(Event, frozen=True, kw_only=True):
    """Somebody will verify it."""

    organization: UUID


@fact("commitment.responsibles-assigned")
class ResponsiblesAssigned(Event, frozen=True, kw_only=True):
    """Others answer for it from a day on."""

    responsibles: tuple[Responsible, ...]


@fact("commitment.collaborator-added")
class CollaboratorAdded(Event, frozen=True, kw_only=True):
    """An organization collaborates."""

    organization: UUID


@fact("commitment.counterpart-added")
class CounterpartAdded(Event, frozen=True, kw_only=True):
    """The other side took on an obligation."""

    counterpart: Counterpart


@fact("commitment.evidence-attached")
class EvidenceAttached(Event, frozen=True, kw_only=True):
    """A document bears on it."""

    evidence: Evidence


@fact("commitment.assessed")
class CommitmentAssessed(Event, frozen=True, kw_only=True):
    """Another party judged how far it is."""

    assessment: str


@fact("commitment.position-stated")
class PositionStated(Event, frozen=True, kw_only=True):
    """Somebody said what they think of it."""

    voice: str
    text: str


@fact("commitment.objectives-aligned")
class ObjectivesAligned(Event, frozen=True, kw_only=True):
    """It serves objectives of plans, each pinned to a version."""

    objectives: tuple[Objective, ...]


@fact("commitment.contact-named")
class CommitmentContactNamed(Event, frozen=True, kw_only=True):
    """Whom to ask about it; the event holds a salted digest."""

    contact: str
