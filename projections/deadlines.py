"""The deadlines of a handover: counted by the regime's clocks from what is recorded, never stored."""

from collections.abc import Container, Iterator, Mapping
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from domain.administration.types import AdministrationState
from domain.clocks import Certainty, Clock, Words
from domain.regimes import Regime
from domain.transition.types import TransitionState
from domain.values import Value

Standing = Literal["met", "met_late", "pending", "missed", "not_started", "unknown"]
DAY = timedelta(days=1)
NOT_COUNTED = Words(
    es="Los días hábiles excluyen sábados, domingos y feriados nacionales. Los días no laborables que un decreto fije "
    "para el sector público de un año solo se excluyen si el régimen los enumera.",
    en="Business days leave out Saturdays, Sundays and national holidays. Days that a decree closes for the public "
    "sector of one year are left out only where the regime lists them.",
)


class Deadline(Value, frozen=True, kw_only=True):
    """By when something was or is due, from which fact, and what follows when it is not done.

    `state`: `met`, `met_late`, `pending`, `missed`, `not_started` (the fact it is counted from has not happened), or
    `unknown` where nothing recorded tells whether it was met. `unconfirmed` warns that the count rests on memory or on
    a text that nobody has seen whole: check `source` before relying on it.
    """

    key: str
    duty: Words
    after: str
    after_on: date | None
    earliest: date | None
    due: date | None
    state: Standing
    met_on: date | None
    days_left: int | None
    if_missed: Words
    source: str
    certainty: Certainty
    unconfirmed: bool


class Deadlines(Value, frozen=True, kw_only=True):
    """Every deadline of a handover as on a day, in the order in which they fall due."""

    transition: UUID
    regime: str
    name: Words
    valid_at: date
    position: int
    note: Words
    items: tuple[Deadline, ...]


Steps = Mapping[str, date | None]


def steps(state: TransitionState, outgoing: AdministrationState | None, incoming: AdministrationState | None) -> Steps:
    """Return the days of what clocks are counted from, or met by.

    Terms begin and end by the calendar, also those that lie ahead; everything else is a recorded fact.
    """
    known: dict[str, date | None] = {one.step: one.on for one in state.reached}
    if outgoing is not None:
        known["term_ended"] = outgoing.term.until - DAY
        known["left_office"] = outgoing.term.until - DAY
    if incoming is not None:
        known["term_begun"] = incoming.term.from_
        known["proclaimed"] = incoming.proclaimed_on
        known["credentials_received"] = incoming.proclaimed_on
        known["council_installed"] = incoming.took_office_on
    for team in state.teams:
        if team.side == "incoming":
            known["team_notified"] = team.appointed_on
    if "delivered" not in known and "reported" in known:
        known["delivered"] = known["reported"]
    return known


def deadlines(regime: Regime, closed: Container[date], known: Steps, day: date) -> tuple[Deadline, ...]:
    """Return the deadlines of a regime as on a day, those that have a date first."""
    found = list(_each(regime, closed, known, day))
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.key)))


def _each(regime: Regime, closed: Container[date], known: Steps, day: date) -> Iterator[Deadline]:
    for clock in regime.clocks:
        base = known.get(clock.after)
        due = clock.due(base, closed) if base else None
        met = known.get(clock.met_by) if clock.met_by else None
        yield Deadline(
            key=clock.key,
            duty=clock.duty,
            after=clock.after,
            after_on=base,
            earliest=clock.earliest(base, closed) if base else None,
            due=due,
            state=_standing(clock, due, met, day),
            met_on=met,
            days_left=(due - day).days if due and met is None and due >= day else None,
            if_missed=clock.if_missed,
            source=clock.backing.source,
            certainty=clock.backing.certainty,
            unconfirmed=clock.backing.unconfirmed,
        )


def _standing(clock: Clock, due: date | None, met: date | None, day: date) -> Standing:
    if due is None:
        return "not_started"
    if met is not None:
        return "met" if met <= due else "met_late"
    if due >= day:
        return "pending"
    return "missed" if clock.met_by else "unknown"
