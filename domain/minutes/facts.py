"""What minutes must know of the session that they write down."""

from datetime import date
from uuid import UUID

from domain.errors import Words
from domain.facts import Facts, UnknownSession
from domain.minutes.errors import SeatDidNotAttend, SessionHasMinutes, SessionNotEnded, SessionNotHeld


class Sitting(Facts, frozen=True, kw_only=True):
    """The session of minutes as it was on the day, and the other minutes of it that stand."""

    id: UUID | None = None
    exists: bool = False
    name: str = ""
    state: Words = Words("", "")
    held: bool = False
    ended: bool = False
    attended: tuple[str, ...] = ()
    minutes: str | None = None

    def must_be_held(self, day: date) -> None:
        """Require a session that was held or failed for want of a quorum, and that nobody else wrote down.

        :raises UnknownSession: there was no such session.
        :raises SessionNotHeld: it was not held.
        :raises SessionHasMinutes: it has minutes already.
        """
        if not self.exists:
            raise UnknownSession(field="session", id=self.id, occurred_on=day)
        if not self.held:
            raise SessionNotHeld(field="session", session=self.name, state=self.state, occurred_on=day)
        if self.minutes is not None:
            raise SessionHasMinutes(field="session", session=self.name, minutes=self.minutes)

    def must_have_ended(self, day: date) -> None:
        """Require a session that has ended.

        :raises SessionNotEnded: it has not.
        """
        if not self.ended:
            raise SessionNotEnded(session=self.name, state=self.state, occurred_on=day)

    def must_have_seen(self, seat: str) -> None:
        """Require a seat to have been present at any time.

        :raises SeatDidNotAttend: it was not.
        """
        if seat not in self.attended:
            attended = ", ".join(self.attended) or "-"
            raise SeatDidNotAttend(field="seat", seat=seat, session=self.name, attended=attended)
