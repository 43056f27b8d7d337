"""The facts of a session."""

from datetime import date
from uuid import UUID

from domain.events import Created, Event, fact
from domain.session.types import AgendaItem, Dissent, ItemOrigin, LanguageCount, Votes


@fact("session.convened", moves=True)
class SessionConvened(Created, frozen=True, kw_only=True):
    """A session of a roundtable was called for a day."""

    roundtable: UUID
    type: str
    scheduled_on: date
    modality: str = "in_person"
    code: str | None = None
    number: str | None = None
    scheduled_at: str | None = None
    place: str | None = None
    medium: str | None = None
    agenda: tuple[AgendaItem, ...] = ()
    second_call_of: UUID | None = None


@fact("session.rescheduled", moves=True)
class SessionRescheduled(Event, frozen=True, kw_only=True):
    """A session was called for another day."""

    scheduled_on: date
    scheduled_at: str | None = None
    place: str | None = None


@fact("session.cancelled", moves=True)
class SessionCancelled(Event, frozen=True, kw_only=True):
    """A session was called off."""


@fact("session.agenda-item-added")
class AgendaItemAdded(Event, frozen=True, kw_only=True):
    """A matter came onto the agenda."""

    key: str
    title: str
    origin: ItemOrigin | None = None


@fact("session.agenda-item-withdrawn")
class AgendaItemWithdrawn(Event, frozen=True, kw_only=True):
    """A matter was taken from the agenda."""

    key: str


@fact("session.agenda-waived")
class AgendaWaived(Event, frozen=True, kw_only=True):
    """A session sits without an agenda."""


@fact("session.previous-minutes-waived")
class PreviousMinutesWaived(Event, frozen=True, kw_only=True):
    """A session decides although the minutes of the one before are not final."""


@fact("session.attendance-recorded")
class AttendanceRecorded(Event, frozen=True, kw_only=True):
    """A seat arrived, by its principal or its alternate."""

    seat: str
    capacity: str
    representing: UUID | None = None
    arrived: str | None = None


@fact("session.departure-recorded")
class DepartureRecorded(Event, frozen=True, kw_only=True):
    """A seat left."""

    seat: str
    left: str | None = None


@fact("session.participation-recorded")
class ParticipationRecorded(Event, frozen=True, kw_only=True):
    """Those who took part were counted."""

    people: int | None = None
    women: int | None = None
    men: int | None = None
    youth: int | None = None
    indigenous: int | None = None
    languages: tuple[LanguageCount, ...] = ()
    interpreted: tuple[str, ...] = ()


@fact("session.opened", moves=True)
class SessionOpened(Event, frozen=True, kw_only=True):
    """A session began with a quorum."""


@fact("session.recessed", moves=True)
class SessionRecessed(Event, frozen=True, kw_only=True):
    """An open session paused."""

    until: date | None = None


@fact("session.resumed", moves=True)
class SessionResumed(Event, frozen=True, kw_only=True):
    """A paused session went on."""


@fact("session.outcome-recorded")
class OutcomeRecorded(Event, frozen=True, kw_only=True):
    """Something came of a session."""

    key: str
    type: str
    text: str
    language: str = "es"
    agenda_item: str | None = None
    decision: str | None = None
    votes: Votes | None = None
    dissents: tuple[Dissent, ...] = ()
    responsibles: tuple[UUID, ...] = ()
    deadline: date | None = None
    at: str | None = None


@fact("session.dissent-stated")
class DissentStated(Event, frozen=True, kw_only=True):
    """A seat said that it does not share an outcome; the reason is in the context."""

    outcome: str
    seat: str


@fact("session.closed", moves=True)
class SessionClosed(Event, frozen=True, kw_only=True):
    """A session ended."""

    next_session_on: date | None = None


@fact("session.quorum-failed", moves=True)
class QuorumFailed(Event, frozen=True, kw_only=True):
    """A session could not begin: too few came."""
