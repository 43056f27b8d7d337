"""Two pages for a mayor who reads nothing else, whatever there is: long lists are cut and say so."""

from collections.abc import Iterator

from projections.dossiers import Dossier
from projections.dossiers.holdings import HeldCommitment
from roundtable.dossiers import cells, sections
from roundtable.dossiers.anchors import UNANCHORED
from roundtable.dossiers.words import Speaker
from roundtable.printing import Document, Section, Table
from roundtable.printing.document import Cell, Language

Row = list[Cell]
DUE, LATE, UNVERIFIED = 8, 6, 5
"""How many lines each list has at most."""
TITLE, NAMES = 72, 40
"""How many characters of a title, and of names, are shown at most."""


def summary_document(found: Dossier, language: Language) -> Document:
    """Return what is inherited, in what state, what is due, what is late, what nobody verifies, what to decide."""
    speaker = Speaker(language)
    return Document(
        language=language,
        dated=found.cut_off,
        title=speaker.say("summary.title"),
        subtitle=cells.shortened(" · ".join(filter(None, [found.institution_name, found.code])), 90),
        facts=_heading(speaker, found),
        sections=[
            _received(speaker, found),
            _due(speaker, found),
            _late(speaker, found),
            _unverified(speaker, found),
            _to_decide(speaker, found),
        ],
        anchor=UNANCHORED,
        banner=cells.banner(speaker, found),
    )


def _heading(speaker: Speaker, found: Dossier) -> list[tuple[str, Cell]]:
    lines = dict(cells.heading(speaker, found)[1:5])
    return [(label, cells.shortened(said, 80) if isinstance(said, str) else said) for label, said in lines.items()]


def _received(speaker: Speaker, found: Dossier) -> Section:
    table = sections.overview(speaker, found).table
    by_state = ", ".join(f"{speaker.state('commitment', one.state)} {one.count}" for one in found.commitments.by_state)
    said = [speaker.say("by_state", states=by_state)] if by_state else []
    if found.projects.count:
        counted = {"halted": found.projects.halted, "findings": found.projects.with_findings}
        said.append(speaker.say("projects.short", **counted))
    return Section(speaker.say("received"), said, table)


def _due(speaker: Speaker, found: Dossier) -> Section:
    section = found.first_hundred_days
    rows = [sections.due(speaker, one, TITLE) for one in section.items[:DUE]]
    columns = cells.columns(speaker, ("day", 1.0), ("occasion", 1.5), ("code", 1.4), ("what", 4.0), ("who", 2.4))
    days = {"first": cells.day(speaker, section.first), "last": cells.day(speaker, section.last)}
    table = Table(columns, rows, speaker.say("none.days"))
    said = _cut(speaker, len(rows), len(section.items))
    if section.before:
        said.append(speaker.say("due.before", count=len(section.before), first=days["first"]))
    return Section(speaker.say("due", **days), said, table)


def _late(speaker: Speaker, found: Dossier) -> Section:
    late = sorted((one for one in found.commitments.items if one.days_overdue), key=lambda one: -one.days_overdue)
    rows: list[Row] = [
        [
            cells.marked(one.code, one.illustrative),
            cells.shortened(one.title, TITLE),
            _who(one),
            one.deadline,
            one.days_overdue,
        ]
        for one in late[:LATE]
    ]
    columns = cells.columns(
        speaker, ("code", 1.5), ("commitment", 4), ("responsible", 2.4), ("deadline", 1.1), ("days_overdue", 1)
    )
    return Section(
        speaker.say("late_ones"), _cut(speaker, len(rows), len(late)), Table(columns, rows, speaker.say("none"))
    )


def _unverified(speaker: Speaker, found: Dossier) -> Section:
    some = [one for one in found.commitments.items if one.open and {"verifier", "follow_up_body"} & set(one.missing)]
    rows: list[Row] = [
        [
            cells.marked(one.code, one.illustrative),
            cells.shortened(one.title, TITLE),
            _who(one),
            ", ".join(speaker.name(name) for name in ("verifier", "follow_up_body") if name in one.missing),
        ]
        for one in some[:UNVERIFIED]
    ]
    columns = cells.columns(speaker, ("code", 1.5), ("commitment", 4), ("responsible", 2.4), ("missing", 1.8))
    shares = [*_cut(speaker, len(rows), len(some)), *_shares(speaker, found)]
    return Section(speaker.say("unverified"), shares, Table(columns, rows, speaker.say("none")))


def _shares(speaker: Speaker, found: Dossier) -> Iterator[str]:
    known = [one for one in found.quality.items if one.percent_without is not None and one.what != "agenda"]
    if known:
        parts = "; ".join(f"{speaker.name(one.what)} {one.percent_without} %" for one in known)
        other = "; ".join(
            f"{speaker.name(one.what)} {one.benchmark_without} %" for one in known if one.benchmark_without
        )
        yield speaker.say("shares", parts=parts, other=other, source=found.quality.benchmark_source)


def _to_decide(speaker: Speaker, found: Dossier) -> Section:
    objects = found.commitments.count + found.projects.count + found.plans.count
    missing = sum(not one.sections and one.state in {"pending", "not_delivered"} for one in found.catalogue)
    undated = sum(one.open and "deadline" in one.missing for one in found.commitments.items)
    rows: list[Row] = [
        [speaker.say("decide.continuity"), objects],
        [speaker.say("decide.observations"), len(found.observations.items)],
        [speaker.say("decide.entries"), missing],
        [speaker.say("decide.expired"), found.plans.expired],
        [speaker.say("decide.halted"), found.projects.halted],
        [speaker.say("decide.no_deadline"), undated],
    ]
    columns = cells.columns(speaker, ("decide", 6), ("count", 1))
    day = cells.day(speaker, found.cut_off)
    said = [speaker.say("to_decide.frozen", day=day)] if found.frozen else []
    return Section(speaker.say("to_decide"), said, Table(columns, [row for row in rows if row[1]], speaker.say("none")))


def _who(one: HeldCommitment) -> str:
    return cells.shortened("; ".join(one.responsibles), NAMES)


def _cut(speaker: Speaker, shown: int, of: int) -> list[str]:
    return [speaker.say("cut", shown=shown, of=of)] if shown < of else []
