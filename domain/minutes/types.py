"""What minutes carry: versions of the text, observations, approvals, signatures, corrections."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from domain.aggregate import State
from domain.texts import NFC, Slug, line
from domain.values import Value

Mode = Literal["handwritten", "digital"]
CorrectionKind = Literal["erratum", "clarification"]
Number = Annotated[str, line(40), NFC]
"""The number of minutes, as the parties write it: `03-2018`."""
SeatKey = Slug
"""The name of a seat within its roundtable."""


class Status(StrEnum):
    """Where minutes stand."""

    DRAFT = "draft"
    UNDER_REVIEW = "under_review"
    OBSERVED = "observed"
    APPROVED = "approved"
    SIGNED = "signed"
    PUBLISHED = "published"
    VOIDED = "voided"

    @property
    def es(self) -> str:
        """The state in Spanish."""
        return _STATUS_ES[self]


_STATUS_ES = {
    Status.DRAFT: "en borrador",
    Status.UNDER_REVIEW: "en revisión",
    Status.OBSERVED: "observada",
    Status.APPROVED: "aprobada",
    Status.SIGNED: "firmada",
    Status.PUBLISHED: "publicada",
    Status.VOIDED: "anulada",
}
FINAL = frozenset({Status.SIGNED, Status.PUBLISHED})
"""States in which the text is final: from the first signature on it never changes."""


class Version(Value, frozen=True, kw_only=True):
    """One version of the text, by the SHA-256 digest of its document."""

    number: int
    text: str
    actor: UUID
    occurred_on: date


class Observation(Value, frozen=True, kw_only=True):
    """What somebody found in a version of the text."""

    seat: str | None
    reason: str
    version: int
    occurred_on: date


class Approval(Value, frozen=True, kw_only=True):
    """Somebody's consent to a version of the text."""

    actor: UUID
    institution: UUID | None
    version: int
    occurred_on: date


class Signature(Value, frozen=True, kw_only=True):
    """A seat's signature under a version of the text, and the digest of that text."""

    seat: str
    mode: str
    version: int
    text: str
    signed_on: date


class Refusal(Value, frozen=True, kw_only=True):
    """A seat that would not sign, and why."""

    seat: str
    reason: str
    refused_on: date


class MinutesCorrection(Value, frozen=True, kw_only=True):
    """What is to be read differently in signed minutes; the minutes themselves stay as they were signed."""

    kind: str
    text: str
    language: str
    document: str | None
    occurred_on: date


class MinutesState(State, frozen=True, kw_only=True):
    """What minutes are on a day."""

    status: Status
    session: UUID
    number: str
    code: str | None
    language: str
    summary: str | None
    versions: tuple[Version, ...]
    observations: tuple[Observation, ...] = ()
    approvals: tuple[Approval, ...] = ()
    signatures: tuple[Signature, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    file: str | None = None
    published_on: date | None = None
    corrections: tuple[MinutesCorrection, ...] = ()
    discarded_because: str | None = None

    @property
    def current(self) -> Version:
        """The version that counts."""
        return self.versions[-1]

    @property
    def since(self) -> date:
        """The day since which the minutes are in their state."""
        signed = [signature.signed_on for signature in self.signatures]
        return min(signed) if self.status is Status.SIGNED and signed else self.moved_on

    @property
    def drafters(self) -> frozenset[UUID]:
        """Everybody who wrote a version of the text."""
        return frozenset(version.actor for version in self.versions)

    @property
    def signed_by(self) -> tuple[str, ...]:
        """The seats that signed."""
        return tuple(signature.seat for signature in self.signatures)

    @property
    def refused_by(self) -> tuple[str, ...]:
        """The seats that would not sign, and have not signed since."""
        return tuple(r.seat for r in self.refusals if r.seat not in self.signed_by)
