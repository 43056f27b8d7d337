"""The facts of an administration."""

from datetime import date
from uuid import UUID

from domain.administration.types import Heading, Mandate, Term
from domain.events import Created, Event, fact
from domain.types import Act


@fact("administration.registered", moves=True)
class AdministrationRegistered(Created, frozen=True, kw_only=True):
    """An administration was elected or otherwise chosen for a term."""

    institution: UUID
    term: Term
    titles: tuple[Heading, ...]
    code: str | None = None
    mandate: Mandate = Mandate()
    predecessor: UUID | None = None
    re_elected: bool = False


@fact("administration.proclaimed")
class AdministrationProclaimed(Event, frozen=True, kw_only=True):
    """The electoral authority proclaimed it by an act."""

    act: Act


@fact("administration.office-assumed", moves=True)
class OfficeAssumed(Event, frozen=True, kw_only=True):
    """It took office. The calendar alone says that it is in office; this confirms it."""

    act: Act | None = None


@fact("administration.term-shortened", moves=True)
class TermShortened(Event, frozen=True, kw_only=True):
    """Its term ends earlier than it was to."""

    until: date
    cause: str
    act: Act


@fact("administration.re-elected")
class AdministrationReelected(Event, frozen=True, kw_only=True):
    """It turned out to be its predecessor, elected again."""


AdministrationEvent = (
    AdministrationRegistered | AdministrationProclaimed | OfficeAssumed | TermShortened | AdministrationReelected
)
