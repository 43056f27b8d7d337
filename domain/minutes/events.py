"""The facts of minutes."""

from uuid import UUID

from domain.events import Created, Event, fact


@fact("minutes.drafted", moves=True)
class MinutesDrafted(Created, frozen=True, kw_only=True):
    """Somebody wrote down a session."""

    session: UUID
    number: str
    text: str
    code: str | None = None
    language: str = "es"
    summary: str | None = None


@fact("minutes.revised", moves=True)
class MinutesRevised(Event, frozen=True, kw_only=True):
    """Somebody wrote a new version of the text."""

    text: str
    summary: str | None = None


@fact("minutes.circulated", moves=True)
class MinutesCirculated(Event, frozen=True, kw_only=True):
    """The text went to the seats, or was read out."""


@fact("minutes.observed", moves=True)
class MinutesObserved(Event, frozen=True, kw_only=True):
    """Somebody found something in the text; the reason is in the context."""

    seat: str | None = None


@fact("minutes.approved", moves=True)
class MinutesApproved(Event, frozen=True, kw_only=True):
    """Somebody consented to the text."""


@fact("minutes.signed")
class MinutesSigned(Event, frozen=True, kw_only=True):
    """A seat signed a text. Signatures may be recorded in any order, so they do not count as moving the state."""

    seat: str
    mode: str = "handwritten"
    text: str | None = None


@fact("minutes.signature-refused")
class SignatureRefused(Event, frozen=True, kw_only=True):
    """A seat would not sign; the reason is in the context."""

    seat: str


@fact("minutes.published", moves=True)
class MinutesPublished(Event, frozen=True, kw_only=True):
    """The signed file became public."""

    file: str


@fact("minutes.correction-issued")
class MinutesCorrectionIssued(Event, frozen=True, kw_only=True):
    """Something in signed minutes is to be read differently."""

    kind: str
    text: str
    language: str = "es"
    document: str | None = None


@fact("minutes.discarded", moves=True)
class MinutesDiscarded(Event, frozen=True, kw_only=True):
    """Minutes that nobody had signed were given up."""
