"""One real fact of every kind that a session has, the roundtable it sits at, and how to bring it into each state."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import Words
from domain.events import Event
from domain.session import Session
from domain.session import events as s
from domain.session.facts import FirstCall, PreviousMinutes, SeatInForce, SeatsInForce
from domain.session.types import AgendaItem, Dissent, ItemOrigin, LanguageCount, Status, Votes
from tests.domain.given import MINISTRY, MUNICIPALITY, REGION, UNIVERSITY, Given, fact, given

TABLE_ID = UUID(int=0x61)
EARLIER = UUID(int=0x62)
PLEDGE = UUID(int=0x63)
ON = "2019-03-15"
ITEM = AgendaItem(
    key="1", title="Agua para Santo Tomás", origin=ItemOrigin(session=EARLIER, item="4", commitment=PLEDGE)
)

FIELDS: dict[type[Event], dict[str, Any]] = {
    s.SessionConvened: {
        "roundtable": TABLE_ID,
        "type": "ordinary",
        "scheduled_on": date(2019, 3, 15),
        "modality": "mixed",
        "code": "CHU-2019-S03",
        "number": "03-2019",
        "scheduled_at": "09:00",
        "place": "Santo Tomás",
        "medium": "Oficio múltiple",
        "agenda": (ITEM,),
        "second_call_of": EARLIER,
    },
    s.SessionRescheduled: {"scheduled_on": date(2019, 3, 22), "scheduled_at": "10:00", "place": "Livitaca"},
    s.SessionCancelled: {},
    s.AgendaItemAdded: {
        "key": "2",
        "title": "Carretera",
        "origin": ItemOrigin(session=EARLIER, item="4", commitment=PLEDGE),
    },
    s.AgendaItemWithdrawn: {"key": "2"},
    s.AgendaWaived: {},
    s.PreviousMinutesWaived: {},
    s.AttendanceRecorded: {
        "seat": "province",
        "capacity": "alternate",
        "representing": MUNICIPALITY,
        "arrived": "09:10",
    },
    s.DepartureRecorded: {"seat": "province", "left": "13:00"},
    s.ParticipationRecorded: {
        "people": 60,
        "women": 28,
        "men": 32,
        "youth": 9,
        "indigenous": 41,
        "languages": (LanguageCount(language="qu", people=41),),
        "interpreted": ("qu",),
    },
    s.SessionOpened: {},
    s.SessionRecessed: {"until": date(2019, 3, 16)},
    s.SessionResumed: {},
    s.OutcomeRecorded: {
        "key": "Acuerdo 7",
        "type": "agreement",
        "text": "El Ministerio construirá el sistema de agua potable.",
        "language": "es",
        "agenda_item": "1",
        "decision": "vote",
        "votes": Votes(for_=("ministry", "province"), against=("front",), abstain=("region",)),
        "dissents": (Dissent(seat="front", reason="El plazo es muy largo"),),
        "responsibles": (MINISTRY,),
        "deadline": date(2020, 12, 31),
        "at": "12:30",
    },
    s.DissentStated: {"outcome": "Acuerdo 7", "seat": "region"},
    s.SessionClosed: {"next_session_on": date(2019, 6, 15)},
    s.QuorumFailed: {},
}
"""Every kind of fact of a session with all its fields."""

SEATS = (
    SeatInForce(key="ministry", organization=MINISTRY, sector="state"),
    SeatInForce(key="region", organization=REGION, sector="state"),
    SeatInForce(key="province", organization=MUNICIPALITY, sector="state"),
    SeatInForce(key="front", organization=UNIVERSITY, sector="civil_society"),
    SeatInForce(key="witness", organization=UNIVERSITY, sector="guarantor", vote=False),
)
ROUNDTABLE = SeatsInForce(
    id=TABLE_ID,
    exists=True,
    name="CHU-2018",
    state=Words("active", "activa"),
    since=date(2018, 4, 2),
    installed=True,
    seats=SEATS,
    required=3,
    required_on_second_call=2,
    decides_by="majority",
)
"""A roundtable with four votes, three of which make a quorum, or two on second call."""


def convened(**fields: Any) -> Event:
    """A session called on the first of March for the fifteenth, with one item."""
    agenda = (AgendaItem(key="1", title="Agua"),)
    plain = {"roundtable": TABLE_ID, "type": "ordinary", "scheduled_on": date(2019, 3, 15), "agenda": agenda}
    return fact(s.SessionConvened, "2019-03-01", **(plain | fields))


def came(*seats: str, on: str = ON, **fields: Any) -> tuple[Event, ...]:
    """Seats that arrived by their principals."""
    plain = {"capacity": "principal"} | fields
    return tuple(fact(s.AttendanceRecorded, on, seat=seat, **plain) for seat in seats)


def left(seat: str, at: str | None = None, on: str = ON) -> Event:
    """A seat that left."""
    return fact(s.DepartureRecorded, on, seat=seat, left=at)


def agreed(key: str = "A1", **fields: Any) -> Event:
    """An agreement by consensus on the first item."""
    plain = {"type": "agreement", "text": "Habrá agua", "agenda_item": "1", "decision": "consensus"}
    return fact(s.OutcomeRecorded, ON, key=key, **(plain | fields))


PRESENT = (convened(), *came("ministry", "region", "province"))
OPEN = (*PRESENT, fact(s.SessionOpened, ON))
REACHED: dict[Status, tuple[Event, ...]] = {
    Status.CONVENED: PRESENT,
    Status.OPEN: OPEN,
    Status.RECESSED: (*OPEN, fact(s.SessionRecessed, ON)),
    Status.CLOSED: (*OPEN, agreed(), fact(s.SessionClosed, ON)),
    Status.CANCELLED: (convened(), fact(s.SessionCancelled, "2019-03-10")),
    Status.FAILED_QUORUM: (convened(), *came("region"), fact(s.QuorumFailed, ON)),
}
"""Facts that bring a session into each of its states."""


def sitting(*events: Event) -> Given:
    """Begin with facts of a session at the roundtable."""
    return given(*events, kind=Session).where(others=(ROUNDTABLE,))


CALL: dict[str, Any] = {"roundtable": TABLE_ID, "type": "ordinary", "scheduled_on": "2019-03-15"}
"""What a call says."""
OUTCOME: dict[str, Any] = {
    "key": "A2",
    "type": "agreement",
    "text": "Habrá agua",
    "agenda_item": "1",
    "decision": "consensus",
}
FAILED = FirstCall(
    id=EARLIER,
    exists=True,
    name="CHU-S1",
    roundtable=TABLE_ID,
    status=Status.FAILED_QUORUM,
    open_items=(AgendaItem(key="4", title="Riego", origin=ItemOrigin(session=EARLIER, item="4")),),
)
UNSIGNED = PreviousMinutes(session=EARLIER, name="CHU-S1")
