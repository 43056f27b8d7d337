"""What an administration carries: its term, what it rests on, how it is called."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from domain.aggregate import State
from domain.texts import Day, Language, Title
from domain.types import Act
from domain.values import Value

Standing = Literal["elected", "in_office", "ended"]
_MANDATES = ("election", "complementary_election", "recall_election", "succession", "appointment")
MandateKind = Annotated[
    str,
    StringConstraints(pattern=f"^({'|'.join(_MANDATES)})$"),
    WithJsonSchema({"type": "string", "enum": list(_MANDATES)}),
]
"""How authorities come to a term: a text once recorded, so that a kind given up later still loads."""
EndCause = Literal["recall", "resignation", "vacancy", "suspension", "annulment", "other"]


class Term(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """The days of a term: from the first one up to, and without, `until`. Terms run from 1 January to 1 January."""

    from_: Day
    until: Day

    def checked(self) -> Self:
        """Require the term to last at least a day."""
        if self.until <= self.from_:
            msg = f"a term ends after it begins: {self.until} is not after {self.from_}"
            raise ValueError(msg)
        return self

    def overlaps(self, other: "Term") -> bool:
        """Tell whether the terms have a day in common."""
        return self.from_ < other.until and other.from_ < self.until

    def standing(self, day: date) -> Standing:
        """Return where an administration of this term stands on a day, by the calendar alone."""
        return "elected" if day < self.from_ else "in_office" if day < self.until else "ended"


class Mandate(Value, frozen=True, kw_only=True):
    """What a term rests on: how its authorities were chosen, and the act that says so."""

    kind: MandateKind = "election"
    act: Act | None = None


ELECTION = Mandate()
"""What a term rests on where nothing else is said."""


class Heading(Value, frozen=True, kw_only=True):
    """How an administration is called in one language, such as `Gestión 2019–2022`."""

    text: Title
    language: Language = "es"


def _once_each(titles: tuple[Heading, ...]) -> tuple[Heading, ...]:
    if len({title.language for title in titles}) < len(titles):
        msg = "two titles are in the same language; give one for each"
        raise ValueError(msg)
    return titles


Titles = Annotated[tuple[Heading, ...], Field(min_length=1, max_length=10), AfterValidator(_once_each)]


class AdministrationState(State, frozen=True, kw_only=True):
    """What an administration is on a day. Where it stands in its term, the calendar says."""

    institution: UUID
    term: Term
    original_until: date
    code: str | None
    titles: tuple[Heading, ...]
    mandate: Mandate
    predecessor: UUID | None
    re_elected: bool
    elected_on: date
    proclaimed_on: date | None = None
    proclamation: Act | None = None
    took_office_on: date | None = None
    end_cause: str | None = None
    end_reason: str | None = None
    end_act: Act | None = None

    @property
    def claimed(self) -> tuple[UUID, Term, UUID | None]:
        """What must agree with other administrations: the institution, the term, the predecessor."""
        return self.institution, self.term, self.predecessor


def shortened(term: Term, until: date | None) -> Term:
    """Return a term that ends on an earlier day; on its own end where that comes first."""
    return term if until is None or until >= term.until else Term(from_=term.from_, until=until)
