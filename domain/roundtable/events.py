"""The facts of a roundtable."""

from datetime import date
from uuid import UUID

from domain.events import Created, Event, fact
from domain.roundtable.types import Agreement, Rules, Term
from domain.types import Act, Source, Territory


@fact("roundtable.proposed", moves=True)
class RoundtableProposed(Created, frozen=True, kw_only=True):
    """Somebody proposed a roundtable."""

    name: str
    type: str
    level: str
    code: str | None = None
    territories: tuple[Territory, ...] = ()
    purpose: str | None = None
    chairs: tuple[UUID, ...] = ()
    co_chairs: tuple[UUID, ...] = ()
    secretariat: UUID | None = None
    parent: UUID | None = None
    predecessor: UUID | None = None


@fact("roundtable.constituted", moves=True)
class RoundtableConstituted(Event, frozen=True, kw_only=True):
    """An act brought a roundtable into being."""

    act: Act
    valid_from: date | None = None
    valid_until: date | None = None
    term: Term | None = None


@fact("roundtable.seat-defined")
class SeatDefined(Event, frozen=True, kw_only=True):
    """An organization got a seat."""

    seat: str
    organization: UUID
    sector: str
    title: str | None = None
    basis: str | None = None
    voice: bool = True
    vote: bool = True
    required: bool = True


@fact("roundtable.seat-withdrawn")
class SeatWithdrawn(Event, frozen=True, kw_only=True):
    """A seat ceased to be in force."""

    seat: str


@fact("roundtable.representatives-designated")
class RepresentativesDesignated(Event, frozen=True, kw_only=True):
    """The organization of a seat said who speaks for it; names are salted digests."""

    seat: str
    principal: UUID
    principal_name: str | None = None
    alternate: UUID | None = None
    alternate_name: str | None = None


@fact("roundtable.seat-accredited")
class SeatAccredited(Event, frozen=True, kw_only=True):
    """The representatives of a seat were accredited by a document."""

    seat: str
    document: Source


@fact("roundtable.accreditation-lapsed")
class AccreditationLapsed(Event, frozen=True, kw_only=True):
    """The representatives of a seat are accredited no more."""

    seat: str


@fact("roundtable.accreditation-completed", moves=True)
class AccreditationCompleted(Event, frozen=True, kw_only=True):
    """The required seats are accredited, or those missing were waived."""

    waiver: str | None = None


@fact("roundtable.installation-postponed")
class InstallationPostponed(Event, frozen=True, kw_only=True):
    """The installation did not take place."""

    until: date | None = None


@fact("roundtable.installed", moves=True)
class RoundtableInstalled(Event, frozen=True, kw_only=True):
    """A roundtable sat for the first time."""

    minutes: UUID | None = None


@fact("roundtable.rules-approved")
class RulesApproved(Event, frozen=True, kw_only=True):
    """A roundtable approved how it decides, in place of what it had approved before."""

    rules: Rules
    document: Source | None = None


@fact("roundtable.work-plan-approved")
class WorkPlanApproved(Event, frozen=True, kw_only=True):
    """A roundtable approved its work plan, in place of the one before."""

    document: Source


@fact("roundtable.activated", moves=True)
class RoundtableActivated(Event, frozen=True, kw_only=True):
    """A roundtable took up its work."""


@fact("roundtable.suspended", moves=True)
class RoundtableSuspended(Event, frozen=True, kw_only=True):
    """A roundtable paused."""


@fact("roundtable.resumed", moves=True)
class RoundtableResumed(Event, frozen=True, kw_only=True):
    """A roundtable took its work up again."""


@fact("roundtable.validity-extended")
class ValidityExtended(Event, frozen=True, kw_only=True):
    """A new act or an agreement of a session moved the end of the validity."""

    until: date
    act: Act | None = None
    agreement: Agreement | None = None


@fact("roundtable.follow-up-body-assigned")
class RoundtableFollowUpAssigned(Event, frozen=True, kw_only=True):
    """An organization took on following up what was agreed at the table."""

    organization: UUID


@fact("roundtable.chairs-named")
class ChairsNamed(Event, frozen=True, kw_only=True):
    """Other organizations chair from a day on."""

    chairs: tuple[UUID, ...]
    co_chairs: tuple[UUID, ...] = ()


@fact("roundtable.secretariat-named")
class SecretariatNamed(Event, frozen=True, kw_only=True):
    """Another organization is the technical secretariat from a day on."""

    organization: UUID


@fact("roundtable.concluded", moves=True)
class RoundtableConcluded(Event, frozen=True, kw_only=True):
    """A roundtable presented its final report."""

    final_report: Source
    follow_up_body: UUID | None = None


@fact("roundtable.extinguished", moves=True)
class RoundtableExtinguished(Event, frozen=True, kw_only=True):
    """An act put an end to a roundtable."""

    act: Act
    follow_up_body: UUID | None = None
