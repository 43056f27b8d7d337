"""What an administration must know of others: their terms."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import msgspec

from domain.administration import errors
from domain.administration.types import Term
from domain.facts import Facts, UnknownAdministration


class KnownTerm(msgspec.Struct, frozen=True, kw_only=True):
    """An administration as a command finds it."""

    id: UUID
    institution: UUID
    term: Term
    predecessor: UUID | None = None


class Terms(Facts, frozen=True, kw_only=True):
    """The administrations that a term must agree with, as known now.

    `own` is the administration itself where it is recorded, `ends` the day to which a later fact shortened its term.
    `others` are those of the institution, the one named as predecessor, and those that name this one.
    """

    own: UUID | None = None
    ends: date | None = None
    others: tuple[KnownTerm, ...] = ()

    def must_admit(self, institution: UUID, term: Term, predecessor: UUID | None) -> None:
        """Require a term to overlap no other one of the institution, and to lie between those it is linked with.

        :raises TermsOverlap: it overlaps one.
        :raises UnknownAdministration: the predecessor is not recorded.
        :raises PrecedesItself: the predecessor follows, directly or over others.
        :raises InstitutionDiffers: predecessor or successor are of another institution.
        :raises PredecessorEndsLater: the predecessor ends after the term begins, or a successor begins before it ends.
        """
        mine = KnownTerm(id=self.own or UUID(int=0), institution=institution, term=term, predecessor=predecessor)
        if predecessor is not None:
            before = next((other for other in self.others if other.id == predecessor), None)
            if self.own is not None and self.own in self._line(predecessor):
                raise errors.PrecedesItself(field="predecessor", predecessor=predecessor)
            if before is None:
                raise UnknownAdministration(field="predecessor", id=predecessor)
            _must_follow(before, mine, other=before)
        for other in self.others:
            if self.own is not None and other.predecessor == self.own:
                _must_follow(mine, other, other=other)
            if other.institution == institution and other.term.overlaps(term):
                raise errors.TermsOverlap(
                    field="term",
                    from_day=term.from_,
                    until=term.until,
                    other=other.id,
                    other_from=other.term.from_,
                    other_until=other.term.until,
                )

    def _line(self, id: UUID | None) -> Iterator[UUID]:
        """Yield an administration and its predecessors, each once."""
        named, seen = {other.id: other.predecessor for other in self.others}, set[UUID]()
        while id is not None and id not in seen:
            yield id
            seen.add(id)
            id = named.get(id)


def _must_follow(before: KnownTerm, after: KnownTerm, *, other: KnownTerm) -> None:
    if before.institution != after.institution:
        expected = after.institution if other is before else before.institution
        raise errors.InstitutionDiffers(field="predecessor", other=other.id, found=other.institution, expected=expected)
    if before.term.until > after.term.from_:
        raise errors.PredecessorEndsLater(
            field="predecessor",
            predecessor=before.id,
            until=before.term.until,
            successor=after.id,
            from_day=after.term.from_,
        )


NO_TERMS = Terms()
"""Nothing to agree with."""
