"""A rehearsal: what a dossier would contain, what is missing in it, and who must fill that."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from datetime import date
from typing import Literal
from uuid import UUID

import sqlalchemy as sa

from domain.administration.types import AdministrationState
from domain.clocks import Words
from domain.regimes import Regime
from domain.values import Value
from projections import administrations, transitions
from projections.dossiers.reading import Dossier, Handover, dossier, handover_of
from projections.moment import Moment

Asked = Literal["deadline", "follow_up_body", "evidence", "verifier"]
ASKED: tuple[Asked, ...] = ("deadline", "follow_up_body", "evidence", "verifier")
"""What is asked of a commitment before it is handed over, in the order in which people ask for it."""


class Gap(Value, frozen=True, kw_only=True):
    """Something missing: of which object or entry of the catalogue, what, and which institutions must fill it."""

    kind: Literal["commitment", "entry"]
    id: UUID
    code: str | None
    title: Words
    missing: Asked | Literal["document"]
    who: tuple[str, ...]


class Content(Value, frozen=True, kw_only=True):
    """How many records a section of the dossier would have."""

    section: str
    count: int


class Lack(Value, frozen=True, kw_only=True):
    """How often something is missing."""

    missing: str
    count: int


class Filler(Value, frozen=True, kw_only=True):
    """How many gaps an institution must fill; one that several must fill counts for each."""

    institution: str
    count: int


class Rehearsal(Value, frozen=True, kw_only=True):
    """What would be handed over on a day, and what is missing. `transition` is the one already planned, if any."""

    administration: UUID
    title: str
    institution: UUID
    institution_name: str
    transition: UUID | None
    regime: str
    regime_name: Words
    cut_off: date
    position: int
    contents: tuple[Content, ...]
    overdue: int
    missing: tuple[Lack, ...]
    waived: tuple[Lack, ...]
    who: tuple[Filler, ...]
    gaps: tuple[Gap, ...]
    illustrative: bool


def handover_from(connection: sa.Connection, id: UUID, state: AdministrationState, moment: Moment) -> Handover:
    """Return the handover that an administration has planned, without its frozen inventory, or the one it will need."""
    row = transitions.row
    query = sa.select(transitions.ROWS.table).where(row.outgoing == str(id), moment.selects(row)).order_by(row.born)
    planned = connection.execute(query).first()
    about = handover_of(connection, planned, moment) if planned else None
    return about or Handover(id=None, state=None, outgoing=(id, state), incoming=_next(connection, id, moment))


def _next(connection: sa.Connection, id: UUID, moment: Moment) -> tuple[UUID, AdministrationState] | None:
    row = administrations.row
    query = sa.select(row.id, row.state).where(row.predecessor == str(id), moment.selects(row)).order_by(row.born)
    found = connection.execute(query).first()
    return (UUID(found.id), administrations.ROWS.decode(found.state)) if found else None


def rehearse(
    connection: sa.Connection, about: Handover, regime: Regime, closed: Container[date], moment: Moment
) -> Rehearsal:
    """Return what a handover would contain and lack at a moment, whether or not its inventory is frozen already."""
    found = dossier(connection, about, regime, closed, moment, rehearsed=True)
    gaps = tuple(_gaps(found))
    return Rehearsal(
        administration=found.outgoing.id,
        title=found.outgoing.title,
        institution=found.institution,
        institution_name=found.institution_name,
        transition=about.id,
        regime=regime.id,
        regime_name=regime.name,
        cut_off=found.cut_off,
        position=found.position,
        contents=tuple(Content(section=name, count=count) for name, count in _contents(found)),
        overdue=found.commitments.overdue,
        missing=_counted(gap.missing for gap in gaps),
        waived=_counted(what for one in found.commitments.items for what in one.waived),
        who=tuple(
            Filler(institution=name, count=count)
            for name, count in sorted(
                Counter(name for gap in gaps for name in gap.who).items(), key=lambda pair: (-pair[1], pair[0])
            )
        ),
        gaps=gaps,
        illustrative=found.illustrative,
    )


def _contents(found: Dossier) -> Iterator[tuple[str, int]]:
    yield "commitments", found.commitments.count
    yield "projects", found.projects.count
    yield "plans", found.plans.count
    yield "participatory_budgets", len(found.participatory_budgets.items)
    yield "before_handover", len(found.first_hundred_days.before)
    yield "first_hundred_days", len(found.first_hundred_days.items)
    yield "observations", len(found.observations.items)


def _gaps(found: Dossier) -> Iterator[Gap]:
    for one in found.commitments.items:
        words = Words(es=one.title, en=one.title)
        for what in ASKED:
            if what in one.missing:
                yield Gap(
                    kind="commitment",
                    id=one.id,
                    code=one.code,
                    title=words,
                    missing=what,
                    who=one.responsibles,
                )
    for line in found.catalogue:
        if not line.sections and line.state in {"pending", "not_delivered"}:
            who = (found.institution_name,)
            yield Gap(kind="entry", id=line.id, code=line.key, title=line.name, missing="document", who=who)


def _counted(names: Iterable[str]) -> tuple[Lack, ...]:
    counted = Counter(names)
    order = (*ASKED, "document")
    return tuple(Lack(missing=name, count=counted[name]) for name in order if counted[name])
