"""A made-up log of the domain's own events: organizations and their commitments over seven years, in recorded order.

The same arguments give the same log. A tenth of the commitments are items of one announcement. Facts are recorded up
to ten days after they occurred; about one in fifty is late: it occurred before another fact of its object already
known. What is recorded, a command could have recorded; but no command runs, so that a million events take a minute.
"""

import heapq
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain import codec
from domain.commitment import events as e
from domain.commitment.types import Headline
from domain.events import Context, Created, Event
from domain.organization.events import OrganizationRegistered
from domain.types import Source
from roundtable.store.recorder import Recorded
from tests.bench.lives import Life, Party, late_fact, next_fact, registered, soles

START = datetime(2018, 1, 1, 5, tzinfo=UTC)
"""Midnight in Lima."""
DAYS = 2600
ITEMISED = 400
"""By this day, all items of the announcement are recorded."""
ORGANIZATIONS = 40
EVENTS_EACH = 10
MOST_EVENTS = 60
LATE = 0.024
"""A little more than asked for: the facts of a young object cannot be late."""


def day(moment: float) -> date:
    """Return the day of a moment, which is a number of days after the start."""
    return START.date() + timedelta(int(moment))


def instant(moment: float) -> str:
    """Write a moment as the log writes when something was recorded."""
    return (START + timedelta(days=moment)).isoformat(timespec="microseconds")


@dataclass
class Dataset:
    """The log to be made, and the ids in it that measurements ask for."""

    objects: int
    seed: int = 1
    histories: Sequence[int] = ()
    """How many events each of some more commitments has: progress reports in order, at the end of the log."""
    announcement: UUID = field(init=False)
    parties: list[Party] = field(init=False)
    grown: list[UUID] = field(init=False)
    """The commitments of `histories`."""

    def __post_init__(self) -> None:
        """Draw the ids."""
        self._rng = random.Random(self.seed)
        self.announcement = self._id()
        self.parties = [Party(self._id(), self._id()) for _ in range(ORGANIZATIONS)]
        self.grown = [self._id() for _ in self.histories]
        self._position = 0

    @property
    def items(self) -> int:
        """How many items the announcement has."""
        return self.objects // 10

    def rows(self) -> Iterator[Recorded]:
        """Yield the rows of the log, once."""
        yield from (self._organization(number, party) for number, party in enumerate(self.parties))
        if self.objects:
            yield self._announcement()
            yield from self._commitments()
        for id, length in zip(self.grown, self.histories, strict=True):
            yield from self._history(id, length)

    def _organization(self, number: int, party: Party) -> Recorded:
        context = self._context(party, date(2000, 1, 1))
        about = {"name": f"Institución {number}", "kind": "national_government", "code": f"ORG-{number}"}
        return self._row(OrganizationRegistered, party.organization, 1, context, 0.1, about)

    def _announcement(self) -> Recorded:
        headline = Headline(amount=soles(10**13), projects=self.items)
        context = self._context(self.parties[0], day(0))
        about = registered("Anuncio de inversiones", "ANUNCIO", self.parties[0], headline=headline)
        return self._row(e.CommitmentRegistered, self.announcement, 1, context, 0.5, about)

    def _commitments(self) -> Iterator[Recorded]:
        """Yield the facts of all commitments as time passes: the next is always of the one whose turn comes first."""
        turns = [(self._birth(number), number) for number in range(self.objects)]
        heapq.heapify(turns)
        lives: dict[int, Life] = {}
        while turns:
            moment, number = turns[0]
            life = lives.get(number)
            if life is None:
                life = lives[number] = self._life(number)
            yield self._next(life, moment)
            if life.left:
                gap = (DAYS - moment) * self._rng.random() * 2 / (life.left + 2)
                heapq.heapreplace(turns, (moment + gap, number))
            else:
                heapq.heappop(turns)
                del lives[number]

    def _birth(self, number: int) -> float:
        return 12 + self._rng.random() * (ITEMISED - 12 if number < self.items else DAYS * 0.9)

    def _life(self, number: int) -> Life:
        length = min(MOST_EVENTS, max(1, round(self._rng.expovariate(1 / EVENTS_EACH))))
        owner, verifier = self._rng.sample(self.parties, 2)
        whole = self.announcement if number < self.items else None
        return Life(self._id(), number, length, owner, verifier, part_of=whole)

    def _next(self, life: Life, moment: float) -> Recorded:
        occurred = max(day(moment - min(10, self._rng.expovariate(0.3))), life.last)
        if not life.version:
            life.first = occurred
            told = life.begin(self._rng, occurred)
        elif life.last > life.first and self._rng.random() < LATE:
            occurred = life.last - timedelta(self._rng.randint(1, min(400, (life.last - life.first).days)))
            told = late_fact(self._rng, life)
        else:
            told = next_fact(self._rng, life)
        life.version, life.left, life.last = life.version + 1, life.left - 1, max(life.last, occurred)
        context = self._context(told.by, occurred, told.reason)
        return self._row(told.kind, life.id, life.version, context, moment, told.fields)

    def _history(self, id: UUID, length: int) -> Iterator[Recorded]:
        party = self.parties[0]
        about = registered("Compromiso con larga historia", None, party)
        for n in range(length):
            kind = (e.CommitmentRegistered, e.CommitmentStarted)[n] if n < 2 else e.ProgressReported
            fields = (about, {})[n] if n < 2 else {"percent": n % 100, "note": "Avance según informe mensual"}
            context = self._context(party, day(n * DAYS / length))
            yield self._row(kind, id, n + 1, context, DAYS + 1, fields)

    def _row(
        self, kind: type[Event], id: UUID, version: int, context: Context, moment: float, fields: dict[str, Any]
    ) -> Recorded:
        self._position += 1
        more = {"originator_topic": kind.TOPIC.partition(".")[0]} if issubclass(kind, Created) else {}
        event = kind(originator_id=id, originator_version=version, timestamp=START, context=context, **more, **fields)
        return Recorded(
            self._position,
            str(self._id()),
            kind.TOPIC.partition(".")[0],
            str(id),
            version,
            kind.TOPIC,
            kind.SCHEMA,
            context.occurred_on.isoformat(),
            instant(moment),
            str(context.actor),
            str(context.correlation),
            codec.encode(event).decode(),
        )

    def _context(self, party: Party, occurred: date, reason: str | None = None) -> Context:
        return Context(
            actor=party.actor,
            actor_organization=party.organization,
            correlation=self._id(),
            occurred_on=occurred,
            reason=reason,
            source=Source(citation="Acta 3, ítem 7, página 4"),
        )

    def _id(self) -> UUID:
        return UUID(int=self._rng.getrandbits(128), version=4)
