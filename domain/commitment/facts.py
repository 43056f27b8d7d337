"""What a commitment must know of other commitments, and of the roundtable it was made at."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from domain.commitment.errors import (
    ItemNotPrioritised,
    MinutesNotFinal,
    OriginContradicts,
    OutcomeNotThere,
    RoundtableTakesNoCommitments,
)
from domain.commitment.types import Headline, Origin
from domain.errors import Words
from domain.facts import Facts, UnknownMinutes, UnknownParticipatoryBudget, UnknownRoundtable, UnknownSession


class Announcement(Facts, frozen=True, kw_only=True):
    """The commitment that an item names as its whole, as it was on the day; nothing where there was none."""

    id: UUID | None = None
    exists: bool = False
    headline: Headline | None = None


class Related(Facts, frozen=True, kw_only=True):
    """The commitments that a command names as successors, each with the announcement it is part of."""

    part_of: Mapping[UUID, UUID | None] = {}


class Table(Facts, frozen=True, kw_only=True):
    """The roundtable named in `origin`, as it was on the day; nothing where there was none."""

    id: UUID | None = None
    exists: bool = False
    name: str = ""
    state: Words = Words("", "")
    over_since: date | None = None
    """The last day of its validity, or the day on which it ended."""
    followed_up: bool = True
    """Whether, where it is concluded, somebody follows up what was agreed at it."""

    def must_take_commitments(self, day: date) -> None:
        """Require the roundtable to have begun by a day, and not to be over: what it agrees on its last day counts.

        On the day of its conclusion it still takes commitments where a follow-up body is named for them.

        :raises UnknownRoundtable: it had not begun, or there is none.
        :raises RoundtableTakesNoCommitments: it was expired, concluded or extinguished.
        """
        if self.id is None:
            return
        if not self.exists:
            raise UnknownRoundtable(field="origin.roundtable", id=self.id, occurred_on=day)
        if self.over_since is not None and (self.over_since < day or not self.followed_up):
            raise RoundtableTakesNoCommitments(
                field="origin.roundtable",
                roundtable=self.name,
                state=self.state,
                since=self.over_since,
                occurred_on=day,
            )


class Chosen(Facts, frozen=True, kw_only=True):
    """The participatory budget named in `origin`, as it was on the day, with the codes of its priorities."""

    id: UUID | None = None
    exists: bool = False
    name: str = ""
    priorities: tuple[str, ...] = ()

    def must_hold(self, origin: Origin | None, day: date) -> None:
        """Require the participatory budget to have begun by a day, and the item, where named, to be a priority of it.

        :raises UnknownParticipatoryBudget: it had not begun, or there is none.
        :raises ItemNotPrioritised: the item is no priority of it.
        """
        if origin is None or self.id is None:
            return
        if not self.exists:
            raise UnknownParticipatoryBudget(field="origin.participatory_budget", id=self.id, occurred_on=day)
        if origin.item is not None and origin.item not in self.priorities:
            there = ", ".join(self.priorities) or "-"
            raise ItemNotPrioritised(field="origin.item", item=origin.item, budget=self.name, priorities=there)


class Chain(Facts, frozen=True, kw_only=True):
    """The session and the minutes named in `origin`, as they are known now; nothing where there are none.

    `outcomes` are the keys of what came of the session, `written_of` the session that the minutes write down.
    """

    session: UUID | None = None
    roundtable: UUID | None = None
    outcomes: tuple[str, ...] = ()
    minutes: UUID | None = None
    written_of: UUID | None = None
    name: str = ""
    state: Words = Words("", "")
    final: bool = False

    def must_hold(self, origin: Origin | None, day: date) -> None:
        """Require signed minutes, the item among the outcomes of their session, and ids that belong together.

        :raises UnknownMinutes: the minutes are not recorded.
        :raises UnknownSession: the session is not recorded.
        :raises OriginContradicts: the minutes are another session's, or the session another roundtable's.
        :raises MinutesNotFinal: the minutes are not signed.
        :raises OutcomeNotThere: nothing of that name came of the session.
        """
        if origin is None or (origin.session is None and origin.minutes is None):
            return
        if origin.minutes is not None and self.minutes is None:
            raise UnknownMinutes(field="origin.minutes", id=origin.minutes)
        if self.session is None:
            raise UnknownSession(field="origin.session", id=origin.session or self.written_of, occurred_on=day)
        if self.written_of is not None and self.written_of != self.session:
            raise OriginContradicts(field="origin.session", given=self.session, expected=self.written_of)
        if origin.roundtable is not None and origin.roundtable != self.roundtable:
            raise OriginContradicts(field="origin.roundtable", given=origin.roundtable, expected=self.roundtable)
        if self.minutes is not None and not self.final:
            raise MinutesNotFinal(field="origin.minutes", minutes=self.name, state=self.state)
        if origin.item is not None and origin.item not in self.outcomes:
            there = ", ".join(self.outcomes) or "-"
            raise OutcomeNotThere(field="origin.item", item=origin.item, session=self.session, outcomes=there)

    def whole(self, origin: Origin | None) -> Origin | None:
        """Return an origin with the session and the roundtable to which its minutes or its session lead."""
        if origin is None:
            return None
        session = origin.session or self.session
        return replace(origin, session=session, roundtable=origin.roundtable or self.roundtable)
