"""The facts of a plan."""

from datetime import date
from uuid import UUID

from domain.events import Created, Event, fact
from domain.objectives import Objective
from domain.plan.content import Action, PlanObjective
from domain.plan.types import Horizon, ParentVersion, ParticipationCounts
from domain.types import Act, Source, Territory


@fact("plan.drafted", moves=True)
class PlanDrafted(Created, frozen=True, kw_only=True):
    """Work on a plan began; its first version is being drafted."""

    title: str
    type: str
    owner: UUID
    horizon: Horizon
    code: str | None = None
    territories: tuple[Territory, ...] = ()
    parent: ParentVersion | None = None
    vision: str | None = None


@fact("plan.reframed")
class PlanReframed(Event, frozen=True, kw_only=True):
    """The version being drafted got another horizon, parent or vision."""

    horizon: Horizon
    parent: ParentVersion | None = None
    vision: str | None = None


@fact("plan.objectives-stated")
class ObjectivesStated(Event, frozen=True, kw_only=True):
    """Objectives of the version being drafted were written, in place of those of the same codes."""

    objectives: tuple[PlanObjective, ...]


@fact("plan.objective-withdrawn")
class ObjectiveWithdrawn(Event, frozen=True, kw_only=True):
    """An objective was taken out of the version being drafted."""

    code: str


@fact("plan.actions-stated")
class ActionsStated(Event, frozen=True, kw_only=True):
    """Actions of the version being drafted were written, in place of those of the same codes."""

    actions: tuple[Action, ...]


@fact("plan.action-withdrawn")
class ActionWithdrawn(Event, frozen=True, kw_only=True):
    """An action was taken out of the version being drafted."""

    code: str


@fact("plan.participation-recorded")
class ParticipationRecorded(Event, frozen=True, kw_only=True):
    """People and organizations took part in making it."""

    kind: str
    sessions: tuple[UUID, ...] = ()
    organizations: tuple[UUID, ...] = ()
    counts: ParticipationCounts | None = None


@fact("plan.concerted", moves=True)
class PlanConcerted(Event, frozen=True, kw_only=True):
    """Those who took part agreed on the version, as its minutes say."""

    minutes: UUID | None = None


@fact("plan.reviewed", moves=True)
class PlanReviewed(Event, frozen=True, kw_only=True):
    """A technical report on the version was issued."""

    report: Source
    opinion: str
    reviewer: UUID | None = None


@fact("plan.draft-reopened", moves=True)
class DraftReopened(Event, frozen=True, kw_only=True):
    """The version went back to drafting before it was adopted."""


@fact("plan.adopted", moves=True)
class PlanAdopted(Event, frozen=True, kw_only=True):
    """An institution adopted the version by an act; from then on its content is fixed."""

    act: Act
    institution: UUID | None = None
    review_waiver: str | None = None


@fact("plan.force-entered", moves=True)
class ForceEntered(Event, frozen=True, kw_only=True):
    """The adopted version entered into force, in place of the one before."""

    valid_until: date | None = None


@fact("plan.update-started", moves=True)
class UpdateStarted(Event, frozen=True, kw_only=True):
    """The next version was opened; the one in force stays so meanwhile."""

    horizon: Horizon | None = None
    parent: ParentVersion | None = None


@fact("plan.update-abandoned", moves=True)
class UpdateAbandoned(Event, frozen=True, kw_only=True):
    """The version on its way was given up; the one in force stays."""


@fact("plan.horizon-extended")
class HorizonExtended(Event, frozen=True, kw_only=True):
    """The validity of the version in force was extended by an act."""

    until: date
    act: Act


@fact("plan.superseded", moves=True)
class PlanSuperseded(Event, frozen=True, kw_only=True):
    """Another plan took its place."""

    successor: UUID


@fact("plan.repealed", moves=True)
class PlanRepealed(Event, frozen=True, kw_only=True):
    """An act put an end to it."""

    act: Act


@fact("plan.priority-decided")
class PriorityDecided(Event, frozen=True, kw_only=True):
    """What became of a priority of a child plan in a version of this plan."""

    version: int
    priority: Objective
    disposition: str
    into: str | None = None


@fact("plan.handover-recorded")
class HandoverRecorded(Event, frozen=True, kw_only=True):
    """It was handed over to an administration."""

    administration: UUID
    transition: UUID | None = None


@fact("plan.ratified")
class PlanRatified(Event, frozen=True, kw_only=True):
    """A new administration took it on as its own."""

    administration: UUID
    act: Act


@fact("plan.recognised")
class PlanRecognised(Event, frozen=True, kw_only=True):
    """It was recognised as public policy."""

    act: Act
