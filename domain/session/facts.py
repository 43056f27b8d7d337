"""What a session must know: its roundtable's seats and rules, other sessions, commitments, and minutes."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from domain.errors import Words
from domain.facts import Facts, UnknownRoundtable
from domain.session.errors import SessionWrittenDown
from domain.session.quorum import Quorum, SectorQuorum
from domain.session.types import AgendaItem, Status


class SeatInForce(msgspec.Struct, frozen=True, kw_only=True):
    """A seat that a roundtable has on the day."""

    key: str
    organization: UUID
    sector: str
    voice: bool = True
    vote: bool = True


class SeatsInForce(Facts, frozen=True, kw_only=True):
    """The roundtable of a session as it was on the day: its seats, what its rules require, whether it may decide.

    `required` voting seats make a quorum, `required_on_second_call` where the session is a second call, and so many
    of each sector in `by_sector`.
    """

    id: UUID | None = None
    exists: bool = False
    name: str = ""
    state: Words = Words("", "")
    since: date | None = None
    installed: bool = False
    halted: bool = False
    """Whether it is suspended, expired, concluded or extinguished."""
    seats: tuple[SeatInForce, ...] = ()
    required: int = 1
    required_on_second_call: int = 1
    by_sector: tuple[tuple[str, int], ...] = ()
    decides_by: str | None = None
    """`consensus` or `majority`; nothing where it has no rules."""

    def must_exist(self, day: date) -> None:
        """Require a roundtable that had begun by a day.

        :raises UnknownRoundtable: there was none.
        """
        if not self.exists:
            raise UnknownRoundtable(field="roundtable", id=self.id, occurred_on=day)

    def seat(self, key: str) -> SeatInForce | None:
        """Return the seat in force that has a key."""
        return next((s for s in self.seats if s.key == key), None)

    def votes(self, key: str) -> bool:
        """Tell whether a seat in force votes."""
        found = self.seat(key)
        return found is not None and found.vote

    def quorum(self, present: frozenset[str], *, second_call: bool) -> Quorum:
        """Count those present who vote, and each sector the rules name."""
        counted = sum(seat.vote and seat.key in present for seat in self.seats)
        required = max(1, self.required_on_second_call if second_call else self.required)
        sectors = tuple(
            SectorQuorum(
                sector=sector, required=needed, present=sum(s.sector == sector and s.key in present for s in self.seats)
            )
            for sector, needed in self.by_sector
        )
        return Quorum(
            required=required,
            present=counted,
            reached=counted >= required and all(s.present >= s.required for s in sectors),
            by_sector=sectors,
        )


class FirstCall(Facts, frozen=True, kw_only=True):
    """The session that a second call names, as it was on the day; nothing where there was none."""

    id: UUID | None = None
    exists: bool = False
    name: str = ""
    roundtable: UUID | None = None
    status: Status = Status.CONVENED
    called_again_by: UUID | None = None
    open_items: tuple[AgendaItem, ...] = ()


class AgendaSources(Facts, frozen=True, kw_only=True):
    """What the origins of agenda items name: the items of sessions, and commitments, recorded by the day."""

    items: Mapping[UUID, tuple[str, ...]] = {}
    commitments: frozenset[UUID] = frozenset()


class PreviousMinutes(Facts, frozen=True, kw_only=True):
    """The last session that the roundtable held before this one, and whether its minutes are final by the day."""

    session: UUID | None = None
    name: str = ""
    final: bool = False


class Written(Facts, frozen=True, kw_only=True):
    """The minutes of a session, as known now: by code or id where they are signed."""

    signed: str | None = None

    def must_be_open(self, session: str) -> None:
        """Require that nobody has signed the minutes.

        :raises SessionWrittenDown: somebody has.
        """
        if self.signed is not None:
            raise SessionWrittenDown(session=session, minutes=self.signed)


UNWRITTEN = Written()
"""Where nothing is known of minutes."""
