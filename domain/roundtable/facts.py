"""What a roundtable must know of other roundtables and of the commitments made at it."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.facts import Facts, UnknownRoundtable
from domain.roundtable.errors import LineageCyclic


class Lineage(Facts, frozen=True, kw_only=True):
    """The roundtables that a command names as `parent` and `predecessor`, each followed by those before it.

    `chains` holds by field the ids from the one named upwards; it is empty where there was none on the day. `id` is
    the roundtable itself where it exists already.
    """

    id: UUID | None = None
    chains: Mapping[str, tuple[UUID, ...]] = {}

    def must_fit(self, field: str, named: UUID | None, day: date) -> None:
        """Require the roundtable named in a field to have begun by a day, and not to descend from this one.

        :raises UnknownRoundtable: it had not, or there is none.
        :raises LineageCyclic: it descends from this one.
        """
        if named is None:
            return
        chain = self.chains.get(field, ())
        if not chain:
            raise UnknownRoundtable(field=field, id=named, occurred_on=day)
        if self.id in chain:
            raise LineageCyclic(field=field, id=named)


class OpenCommitments(Facts, frozen=True, kw_only=True):
    """The commitments of this roundtable that were open on the day: how many, and the names of some."""

    count: int = 0
    some: tuple[str, ...] = ()
