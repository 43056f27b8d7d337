"""What a commitment must know of other commitments, and of the roundtable it was made at."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.commitment.errors import RoundtableTakesNoCommitments
from domain.commitment.types import Headline
from domain.errors import Words
from domain.facts import Facts, UnknownRoundtable


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
