"""What a session may do with the seats, the rules and the state that its roundtable has on the day."""

from collections.abc import Iterable
from datetime import date

from domain.errors import Words
from domain.facts import UnknownSession
from domain.session import errors
from domain.session.facts import AgendaSources, FirstCall, PreviousMinutes, SeatInForce, SeatsInForce
from domain.session.quorum import Quorum
from domain.session.types import AgendaItem, Decision, Dissent, SessionState, Status, Votes

SIT = Words("sit", "sesionar")
DECIDE = Words("decide", "decidir")
NOT_FAILED = Words("it did not fail for want of a quorum", "no fracasó por falta de quórum")
ELSEWHERE = Words("it is another roundtable's", "es de otra mesa")
CALLED_AGAIN = Words("it has been called again already", "ya tiene segunda convocatoria")
BY_CONSENSUS = Words("consensus", "consenso")
BY_VOTE = Words("vote", "votación")
UNINSTALLED = "installation"
"""The type of session that may decide before the roundtable is installed, since it installs it."""


def must_be_able(table: SeatsInForce, type: str, day: date, what: Words) -> None:
    """Require a roundtable that is installed (but for the session that installs it), and neither paused nor over.

    :raises RoundtableMayNotDecide: it is not.
    """
    if table.halted or not (table.installed or type == UNINSTALLED):
        raise errors.RoundtableMayNotDecide(
            roundtable=table.name, state=table.state, since=table.since, occurred_on=day, type=type, what=what
        )


def seat_of(table: SeatsInForce, seat: str, field: str, day: date) -> SeatInForce:
    """Return a seat in force.

    :raises SeatNotInForce: the roundtable has no such seat on the day.
    """
    found = table.seat(seat)
    if found is None:
        seats = ", ".join(s.key for s in table.seats) or "-"
        raise errors.SeatNotInForce(field=field, roundtable=table.name, seat=seat, occurred_on=day, seats=seats)
    return found


def quorum_of(state: SessionState, table: SeatsInForce, day: date, at: str | None = None) -> Quorum:
    """Compute the quorum of a session at a time of a day, or at its end."""
    return table.quorum(frozenset(state.seats_present(day, at)), second_call=state.second_call_of is not None)


def must_be_enough(state: SessionState, table: SeatsInForce, day: date, at: str | None, name: str) -> None:
    """Require a quorum at a time of a day.

    :raises QuorumNotReached: there is none.
    """
    quorum = quorum_of(state, table, day, at)
    if not quorum.reached:
        raise errors.QuorumNotReached(
            session=name,
            occurred_on=day,
            quorum=quorum,
            required=quorum.required,
            present=quorum.present,
        )


def must_be_too_few(state: SessionState, table: SeatsInForce, day: date, name: str) -> None:
    """Require that there is no quorum.

    :raises QuorumIsThere: there is one.
    """
    quorum = quorum_of(state, table, day)
    if quorum.reached:
        raise errors.QuorumIsThere(session=name, occurred_on=day, quorum=quorum)


def must_vote(table: SeatsInForce, votes: Votes | None, day: date) -> None:
    """Require every vote to be that of a seat with a vote.

    :raises SeatNotInForce: the roundtable has no such seat.
    :raises SeatHasNoVote: the seat has no vote.
    """
    for seat in votes.cast if votes else ():
        if not seat_of(table, seat, "votes", day).vote:
            raise errors.SeatHasNoVote(field="votes", seat=seat, roundtable=table.name, occurred_on=day)


def must_decide_so(table: SeatsInForce, decision: Decision | None, day: date) -> None:
    """Require a roundtable that decides by consensus not to vote.

    :raises NotDecidedSo: it does.
    """
    if decision == "vote" and table.decides_by == "consensus":
        raise errors.NotDecidedSo(
            field="decision", roundtable=table.name, decides_by=BY_CONSENSUS, decision=BY_VOTE, occurred_on=day
        )


def must_agree(table: SeatsInForce, key: str, decision: str | None, dissents: Iterable[Dissent]) -> None:
    """Require that no seat with a vote dissents from a consensus.

    :raises ConsensusBroken: one does.
    """
    for dissent in dissents if decision == "consensus" else ():
        if table.votes(dissent.seat):
            raise errors.ConsensusBroken(field="dissents", key=key, seat=dissent.seat)


def must_be_first_call(first: FirstCall, table: SeatsInForce, day: date) -> None:
    """Require a second call to name a session of the same roundtable that failed for want of a quorum, once.

    :raises UnknownSession: there was no such session.
    :raises NotASecondCall: it cannot be called again.
    """
    if first.id is None:
        return
    if not first.exists:
        raise UnknownSession(field="second_call_of", id=first.id, occurred_on=day)
    problem = (
        ELSEWHERE
        if first.roundtable != table.id
        else NOT_FAILED
        if first.status is not Status.FAILED_QUORUM
        else CALLED_AGAIN
        if first.called_again_by is not None
        else None
    )
    if problem is not None:
        raise errors.NotASecondCall(field="second_call_of", session=first.name, problem=problem)


def must_be_recorded(items: Iterable[AgendaItem], sources: AgendaSources, day: date) -> None:
    """Require what the items come from to be recorded.

    :raises UnknownOrigin: something is not.
    """
    for item in items:
        origin = item.origin
        if origin is None:
            continue
        if origin.session is not None and origin.item not in sources.items.get(origin.session, ()):
            raise errors.UnknownOrigin(field="agenda.origin", origin=f"{origin.session} {origin.item}", occurred_on=day)
        if origin.commitment is not None and origin.commitment not in sources.commitments:
            raise errors.UnknownOrigin(field="agenda.origin", origin=origin.commitment, occurred_on=day)


def must_be_final(state: SessionState, previous: PreviousMinutes, day: date) -> None:
    """Require the minutes of the session before to be final, or that to be waived.

    :raises PreviousMinutesNotFinal: they are not.
    """
    if previous.session is not None and not previous.final and state.previous_minutes_waiver is None:
        raise errors.PreviousMinutesNotFinal(previous=previous.name, occurred_on=day)
