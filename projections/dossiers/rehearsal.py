"""A rehearsal: what a dossier would contain, what is missing in it, and who must fill that."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from datetime import date
from typing import Literal, get_args
from uuid import UUID

import sqlalchemy as sa

from domain.administration.types import AdministrationState
from domain.clocks import Words
from domain.regimes import Regime
from domain.values import Value
from projections import administrations, transitions
from projections.dossiers.holdings import HeldCommitment
from projections.dossiers.reading import Dossier, Handover, dossier, handover_of
from projections.dossiers.record_quality import QualitySection
from projections.moment import Moment

Asked = Literal["deadline", "follow_up_body", "evidence", "verifier", "amount", "verification"]
ASKED: tuple[Asked, ...] = get_args(Asked)
"""What is asked of a commitment before it is handed over, in the order in which people ask for it."""


class Gap(Value, frozen=True, kw_only=True):
    """Something missing: of which object or entry of the catalogue, what, and which institutions must fill it.

    `verification` is for the verifier, else for whoever follows up. `prompt`: it was recorded more than thirty days
    after it happened, which the institution that keeps the record has to explain. The rest is for those responsible.
    """

    kind: Literal["commitment", "entry"]
    id: UUID
    code: str | None
    title: Words
    missing: Asked | Literal["prompt", "document"]
    who: tuple[str, ...]


class Content(Value, frozen=True, kw_only=True):
    """How many records a section of the dossier would have."""

    section: str
    count: int


class Filler(Value, frozen=True, kw_only=True):
    """How many gaps an institution must fill; one that several must fill counts for each."""

    institution: str
    count: int


class Lack(Value, frozen=True, kw_only=True):
    """How often something is missing, and who must fill it."""

    missing: str
    count: int
    who: tuple[Filler, ...]


Note = Literal["no_transition", "not_begun", "over", "re_elected", "frozen"]


class Rehearsal(Value, frozen=True, kw_only=True):
    """What would be handed over on a day, and what is missing. `transition` is the one already planned, if any.

    `notes`: there is none (`no_transition`); the term had not begun by that day, or was over; the authority was
    re-elected, so that nothing has to be handed over; an inventory is frozen already, which a rehearsal leaves aside.
    """

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
    quality: QualitySection
    notes: tuple[Note, ...]
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
        missing=_counted((gap.missing, gap.who) for gap in gaps),
        waived=_counted((what, ()) for one in found.commitments.items for what in one.waived),
        who=_fillers(gap.who for gap in gaps),
        quality=found.quality,
        notes=tuple(_notes(about, moment)),
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
                    who=_who(found, one) if what == "verification" else one.responsibles,
                )
        if one.recorded_late:
            who = (found.institution_name,)
            yield Gap(kind="commitment", id=one.id, code=one.code, title=words, missing="prompt", who=who)
    for line in found.catalogue:
        if not line.sections and line.state in {"pending", "not_delivered"}:
            who = (found.institution_name,)
            yield Gap(kind="entry", id=line.id, code=line.key, title=line.name, missing="document", who=who)


def _who(found: Dossier, one: HeldCommitment) -> tuple[str, ...]:
    return (one.verifier or one.follow_up_body or found.institution_name,)


def _notes(about: Handover, moment: Moment) -> Iterator[Note]:
    term = about.outgoing[1].term
    if about.id is None:
        yield "no_transition"
    if moment.day < term.from_:
        yield "not_begun"
    if moment.day >= term.until:
        yield "over"
    if about.incoming and about.incoming[1].re_elected:
        yield "re_elected"
    if about.state and about.state.inventory:
        yield "frozen"


def _fillers(every: Iterable[tuple[str, ...]]) -> tuple[Filler, ...]:
    counted = Counter(name for who in every for name in who)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Filler(institution=name, count=count) for name, count in ordered)


def _counted(lacking: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Lack, ...]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for what, who in lacking:
        found.setdefault(what, []).append(who)
    order = (*ASKED, "prompt", "document")
    return tuple(
        Lack(missing=name, count=len(found[name]), who=_fillers(found[name])) for name in order if name in found
    )
