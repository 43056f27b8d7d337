"""What a project must know of other objects: the roundtable and the commitments that it serves."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain.facts import Facts, UnknownCommitment, UnknownRoundtable


class Served(Facts, frozen=True, kw_only=True):
    """Which of the roundtables and commitments that a command names had begun by its day, as known now."""

    roundtables: frozenset[UUID] = frozenset()
    commitments: frozenset[UUID] = frozenset()

    def must_have_begun(self, roundtable: UUID | None, commitments: Iterable[UUID], day: date) -> None:
        """Require everything that a project serves to have begun by a day.

        :raises UnknownRoundtable: the roundtable had not, or there is none.
        :raises UnknownCommitment: a commitment had not, or there is none.
        """
        if roundtable is not None and roundtable not in self.roundtables:
            raise UnknownRoundtable(field="roundtable", id=roundtable, occurred_on=day)
        for place, id in enumerate(commitments):
            if id not in self.commitments:
                raise UnknownCommitment(field=f"commitments.{place}", id=id, occurred_on=day)
