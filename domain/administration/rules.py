"""What an administration allows, as far as it can tell by itself; commands ask, and so do corrections and voids."""

from datetime import date

from domain.administration import errors
from domain.administration import events as e
from domain.administration.types import AdministrationState
from domain.events import Event


def must_follow(state: AdministrationState, event: Event) -> None:
    """Refuse a fact that could not have been decided on a state.

    :raises DomainError: its command would have refused it.
    """
    match event:
        case e.AdministrationProclaimed():
            must_be_proclaimed_once(state)
            must_not_be_over(state, event.occurred_on, event.TOPIC)
        case e.OfficeAssumed():
            must_take_office_once(state)
            must_be_in_office(state, event.occurred_on, event.TOPIC)
        case e.TermShortened():
            must_shorten(state, event.until)
        case e.AdministrationReelected():
            must_continue_somebody(state)
        case _:
            pass


def must_be_proclaimed_once(state: AdministrationState) -> None:
    """Require it not to be proclaimed.

    :raises AlreadyProclaimed: it is.
    """
    if state.proclaimed_on is not None:
        raise errors.AlreadyProclaimed(proclaimed_on=state.proclaimed_on)


def must_take_office_once(state: AdministrationState) -> None:
    """Require it not to have taken office.

    :raises AlreadyTookOffice: it has.
    """
    if state.took_office_on is not None:
        raise errors.AlreadyTookOffice(took_office_on=state.took_office_on)


def must_not_be_over(state: AdministrationState, day: date, command: str) -> None:
    """Require a day before the end of the term.

    :raises OutsideTerm: it is later.
    """
    if state.term.standing(day) == "ended":
        raise _outside(state, day, command)


def must_be_in_office(state: AdministrationState, day: date, command: str) -> None:
    """Require a day of the term.

    :raises OutsideTerm: it is none.
    """
    if state.term.standing(day) != "in_office":
        raise _outside(state, day, command)


def must_shorten(state: AdministrationState, until: date) -> None:
    """Require a day between the beginning and the end of the term.

    :raises TermNotShortened: it is none.
    """
    term = state.term
    if not term.from_ < until < term.until:
        raise errors.TermNotShortened(field="until", given=until, from_day=term.from_, until=term.until)


def must_continue_somebody(state: AdministrationState) -> None:
    """Require it to have a predecessor.

    :raises PredecessorMissing: it has none.
    """
    if state.predecessor is None:
        raise errors.PredecessorMissing(field="predecessor")


def _outside(state: AdministrationState, day: date, command: str) -> errors.OutsideTerm:
    term = state.term
    return errors.OutsideTerm(command=command, occurred_on=day, from_day=term.from_, until=term.until)
