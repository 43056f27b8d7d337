"""The deadlines of a handover: counted by the regime's clocks from what is recorded, never stored."""

from collections.abc import Container, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple
from uuid import UUID

from domain.administration.types import AdministrationState
from domain.clocks import Certainty, Clock, Only, Words
from domain.regimes import Regime
from domain.transition.types import Status, TransitionState
from domain.values import Value

Standing = Literal["met", "met_late", "pending", "missed", "not_started", "unknown", "not_applicable"]
DAY = timedelta(days=1)
NOT_COUNTED = Words(
    es="Los días hábiles excluyen sábados, domingos y feriados nacionales. Los días no laborables que un decreto fije "
    "para el sector público de un año solo se excluyen si el régimen los enumera.",
    en="Business days leave out Saturdays, Sundays and national holidays. Days that a decree closes for the public "
    "sector of one year are left out only where the regime lists them.",
)


UNCONFIRMED = Words(
    es="Sin confirmar: nadie ha visto el texto completo de la norma. Verifique la fuente antes de confiar en la fecha.",
    en="Unconfirmed: nobody has seen the whole text of the norm. Check the source before relying on this date.",
)
NOT_THESE = Words(
    es="No rige para este tipo de institución.",
    en="It does not bind this kind of institution.",
)
RE_ELECTED = Words(
    es="No rige: la autoridad fue reelegida y no hay transferencia que hacer.",
    en="It does not bind: the authority was re-elected, and there is nothing to hand over.",
)
NOT_RE_ELECTED = Words(
    es="Rige solo para autoridades reelegidas.",
    en="It binds re-elected authorities only.",
)
ENDED_EARLY = Words(
    es="La norma fija este día para periodos que terminan en su fecha; este se acortó. Consulte el plazo al control.",
    en="The norm fixes this day for terms that end on their date; this one was shortened. Ask the controller for it.",
)
ENDED_REGULARLY = Words(
    es="Rige solo para periodos que se acortaron.",
    en="It binds only where a term was shortened.",
)


class Case(NamedTuple):
    """What a handover is like, as far as clocks differ by it: the kind of institution, who comes, how the term ends."""

    institution: str | None = None
    re_elected: bool = False
    ending: Literal["regular", "early"] = "regular"


ORDINARY = Case()
"""A change of government at the regular end of a term, of an institution of unknown kind."""


class Deadline(Value, frozen=True, kw_only=True):
    """By when something was or is due, from which fact, and what follows when it is not done.

    `state`: `met`, `met_late`, `pending`, `missed`, `not_started` (the fact it is counted from has not happened),
    `not_applicable` (it does not bind this handover; `because` says why), or `unknown` where nothing recorded tells
    whether it was met. `unconfirmed` warns that the count rests on memory or on a text that nobody has seen whole:
    check `source` before relying on it, as `warning` says to readers.
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
    warning: Words | None = None
    because: Words | None = None


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
        known["term_begun"] = outgoing.term.until
        known["term_ended"] = outgoing.term.until - DAY
        known["left_office"] = outgoing.term.until - DAY
    if incoming is not None:
        known["term_begun"] = incoming.term.from_
        known["proclaimed"] = incoming.proclaimed_on
        known["credentials_received"] = incoming.proclaimed_on
        known["council_installed"] = incoming.took_office_on
    if "delivered" not in known and "reported" in known:
        known["delivered"] = known["reported"]
    return known


def case(
    state: TransitionState | None,
    outgoing: AdministrationState | None,
    incoming: AdministrationState | None,
    institution: str | None,
) -> Case:
    """Return what a handover is like; `institution` is the kind of the one that changes hands."""
    exempted = state is not None and state.status is Status.NOT_REQUIRED
    return Case(
        institution=institution,
        re_elected=exempted or (incoming is not None and incoming.re_elected),
        ending="early" if outgoing is not None and outgoing.end_cause is not None else "regular",
    )


def deadlines(
    regime: Regime, closed: Container[date], known: Steps, day: date, about: Case = ORDINARY
) -> tuple[Deadline, ...]:
    """Return the deadlines of a regime as on a day, those that have a date first and those that do not bind last."""
    found = (_deadline(clock, closed, known, day, _unbound(clock.only, about)) for clock in regime.clocks)
    return tuple(sorted(found, key=lambda one: (one.because is not None, one.due or date.max, one.key)))


def _deadline(clock: Clock, closed: Container[date], known: Steps, day: date, because: Words | None) -> Deadline:
    base = None if because else known.get(clock.after)
    due = clock.due(base, closed) if base else None
    met = None if because else _met(clock, known)
    backing = clock.backing
    return Deadline(
        key=clock.key,
        duty=clock.duty,
        after=clock.after,
        after_on=base,
        earliest=clock.earliest(base, closed) if base else None,
        due=due,
        state="not_applicable" if because else _standing(clock, due, met, day),
        met_on=met,
        days_left=(due - day).days if due and met is None and due >= day else None,
        if_missed=clock.if_missed,
        source=backing.source,
        certainty=backing.certainty,
        unconfirmed=backing.unconfirmed,
        warning=UNCONFIRMED if backing.unconfirmed else None,
        because=because,
    )


def _met(clock: Clock, known: Steps) -> date | None:
    """Return the day on which the last of the steps that meet a duty was reached."""
    days = [known.get(step) for step in (clock.met_by, *clock.and_by) if step]
    reached = [one for one in days if one is not None]
    return max(reached) if reached and len(reached) == len(days) else None


def _unbound(only: Only, about: Case) -> Words | None:
    """Tell why a clock does not bind a handover; nothing where it does."""
    if only.institutions and about.institution not in {None, *only.institutions}:
        return NOT_THESE
    if only.re_elected is not None and only.re_elected != about.re_elected:
        return RE_ELECTED if about.re_elected else NOT_RE_ELECTED
    if only.ending is not None and only.ending != about.ending:
        return ENDED_EARLY if about.ending == "early" else ENDED_REGULARLY
    return None


def _standing(clock: Clock, due: date | None, met: date | None, day: date) -> Standing:
    if due is None:
        return "not_started"
    if met is not None:
        return "met" if met <= due else "met_late"
    if due >= day:
        return "pending"
    return "missed" if clock.met_by else "unknown"
