"""One real fact of every kind that minutes have, the session they write down, and how to bring them into each state."""

from typing import Any
from uuid import UUID

from domain.errors import Words
from domain.events import Event
from domain.minutes import Minutes
from domain.minutes import events as m
from domain.minutes.facts import Sitting
from domain.minutes.types import Status
from tests.domain.given import COLLEAGUE, Given, context, fact, given

SESSION = UUID(int=0x71)
FIRST, SECOND, FILE = "1" * 64, "2" * 64, "3" * 64

FIELDS: dict[type[Event], dict[str, Any]] = {
    m.MinutesDrafted: {
        "session": SESSION,
        "number": "03-2019",
        "text": FIRST,
        "code": "CHU-2019-A03",
        "language": "qu",
        "summary": "Se trató el agua de Santo Tomás",
    },
    m.MinutesRevised: {"text": SECOND, "summary": "Con la observación de la región"},
    m.MinutesCirculated: {},
    m.MinutesObserved: {"seat": "region"},
    m.MinutesApproved: {},
    m.MinutesSigned: {"seat": "region", "mode": "digital", "text": FIRST},
    m.SignatureRefused: {"seat": "front"},
    m.MinutesPublished: {"file": FILE},
    m.MinutesCorrectionIssued: {
        "kind": "erratum",
        "text": "Donde dice 2019 debe decir 2020",
        "language": "es",
        "document": SECOND,
    },
    m.MinutesDiscarded: {},
}
"""Every kind of fact of minutes with all its fields."""

SITTING = Sitting(
    id=SESSION,
    exists=True,
    name="CHU-S3",
    state=Words("closed", "cerrada"),
    held=True,
    ended=True,
    attended=("ministry", "region", "front"),
)
"""A session that has ended, at which three seats were present."""


def drafted(**fields: Any) -> Event:
    """Minutes of the day after the session."""
    return fact(m.MinutesDrafted, "2019-03-16", **({"session": SESSION, "number": "03-2019", "text": FIRST} | fields))


CIRCULATED = (drafted(), fact(m.MinutesCirculated, "2019-03-17"))
OBSERVED = (*CIRCULATED, fact(m.MinutesObserved, "2019-03-18", seat="region"))
APPROVED = (*CIRCULATED, fact(m.MinutesApproved, about=context("2019-03-20", by=COLLEAGUE)))
SIGNED = (*APPROVED, fact(m.MinutesSigned, "2019-03-25", seat="region", text=FIRST))
PUBLISHED = (*SIGNED, fact(m.MinutesPublished, "2019-03-30", file=FILE))
REACHED: dict[Status, tuple[Event, ...]] = {
    Status.DRAFT: (drafted(),),
    Status.UNDER_REVIEW: CIRCULATED,
    Status.OBSERVED: OBSERVED,
    Status.APPROVED: APPROVED,
    Status.SIGNED: SIGNED,
    Status.PUBLISHED: PUBLISHED,
    Status.VOIDED: (drafted(), fact(m.MinutesDiscarded, "2019-03-17")),
}
"""Facts that bring minutes into each of their states."""


def acta(*events: Event) -> Given:
    """Begin with facts of minutes of the session."""
    return given(*events, kind=Minutes).where(others=(SITTING,))
