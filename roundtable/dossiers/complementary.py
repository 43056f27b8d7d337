"""The complementary acta: what is urgent and not in the acta, and what changed since the cut-off."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

from domain.regimes import Regime
from domain.transition.types import Continuity, Item, TransitionState
from projections.dossiers import Dossier
from roundtable.dossiers import cells
from roundtable.dossiers.acta import places, regime_title, signatures, troubles
from roundtable.dossiers.anchors import UNANCHORED
from roundtable.dossiers.words import Speaker
from roundtable.printing import Document, Section, Table
from roundtable.printing.document import Cell, Language

Row = list[Cell]
URGENT = frozenset({"observed", "not_delivered"})
DECISIONS: tuple[Continuity, ...] = get_args(Continuity)


def complementary_document(
    frozen: Dossier,
    now: Dossier,
    state: TransitionState,
    regime: Regime,
    names: dict[Item, str],
    language: Language,
) -> Document:
    """Return the complementary acta at a moment: the frozen dossier beside the one of `now`."""
    speaker = Speaker(language)
    return Document(
        language=language,
        dated=now.cut_off,
        title=regime_title(speaker, regime, "complementary_acta"),
        subtitle=" · ".join(filter(None, [frozen.institution_name, frozen.code])),
        facts=[
            *cells.heading(speaker, frozen),
            (speaker.say("as_of"), now.cut_off),
            (speaker.say("state"), speaker.state("transition", state.status.value)),
        ],
        sections=[
            troubles(speaker, [one for one in state.items if one.state in URGENT], names, "still_open"),
            _undelivered(speaker, now, state),
            _changes(speaker, frozen, now),
            _continuity(speaker, frozen, now, state),
            _missed(speaker, now),
            signatures(speaker, state),
        ],
        anchor=UNANCHORED,
        banner=cells.banner(speaker, frozen),
        signatures=places(speaker, frozen, state, regime),
    )


def _undelivered(speaker: Speaker, now: Dossier, state: TransitionState) -> Section:
    touched = {one.item.id for one in state.items}
    rows: list[Row] = [
        [speaker.of(line.name), speaker.say("doubt") if line.unconfirmed else None]
        for line in now.catalogue
        if not line.sections and line.id not in touched
    ]
    columns = cells.columns(speaker, ("entry", 6), ("remark", 2))
    return Section(speaker.say("undelivered"), (), Table(columns, rows, speaker.say("none")))


def _changes(speaker: Speaker, frozen: Dossier, now: Dossier) -> Section:
    rows = [
        row
        for section, kind in (("commitments", "commitment"), ("projects", "project"), ("plans", "plan"))
        for row in _of_kind(speaker, kind, getattr(frozen, section).items, getattr(now, section).items)
    ]
    values = {"cut_off": cells.day(speaker, frozen.cut_off), "day": cells.day(speaker, now.cut_off)}
    columns = cells.columns(speaker, ("code", 1.5), ("what", 3.4), ("at_cut_off", 2.4), ("today", 2.4))
    table = Table(columns, rows, speaker.say("none.changes"))
    return Section(speaker.say("changes"), [speaker.say("changes.said", **values)], table)


def _of_kind(speaker: Speaker, kind: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[Row]:
    known = {one.id: one for one in before}
    for one in after:
        old = known.pop(one.id, None)
        was, is_ = (_standing(speaker, kind, held) if held else speaker.say("not_there") for held in (old, one))
        if was != is_:
            yield [cells.marked(one.code, one.illustrative), one.title, was, is_]
    for one in known.values():
        yield [cells.marked(one.code, one.illustrative), one.title, _standing(speaker, kind, one), speaker.say("gone")]


def _standing(speaker: Speaker, kind: str, one: Any) -> str:
    """Write what a change would show in: states, deadline, amount."""
    match kind:
        case "commitment":
            parts = [speaker.state(kind, one.state), cells.day(speaker, one.deadline), cells.money(one.amount)]
        case "project":
            tracks = (speaker.state(track, getattr(one, track)) for track in ("table", "investment", "works"))
            parts = [" / ".join(tracks), cells.day(speaker, one.planned_end), cells.money(one.cost)]
            parts += [f"{speaker.say('accrued')} {cells.money(one.accrued)}"] if one.accrued else []
        case _:
            parts = [speaker.state(kind, one.state), f"{speaker.say('version')} {one.plan_version}"]
            parts += [cells.day(speaker, one.valid_until)]
    return "; ".join(parts)


def _continuity(speaker: Speaker, frozen: Dossier, now: Dossier, state: TransitionState) -> Section:
    """Return what was decided by now of what was frozen, and how much is still undecided."""
    held = {one.id for one in frozen.commitments.items} | {one.id for one in frozen.projects.items}
    held |= {one.id for one in frozen.plans.items}
    decided = Counter(one.decision for one in state.decisions if one.item.id in held)
    rows: list[Row] = [[speaker.name(f"decision.{name}"), decided[name]] for name in DECISIONS if decided[name]]
    rows.append([speaker.name("decision.undecided"), len(held) - decided.total()])
    said = speaker.say("continuity.said", day=cells.day(speaker, now.cut_off))
    columns = cells.columns(speaker, ("decide", 6), ("count", 1))
    return Section(speaker.say("continuity"), [said], Table(columns, rows, ""))


def _missed(speaker: Speaker, now: Dossier) -> Section:
    rows: list[Row] = [
        [
            one.due,
            speaker.of(one.duty),
            speaker.name(f"standing.{one.state}"),
            speaker.say("unconfirmed", source=one.source) if one.unconfirmed else one.source,
        ]
        for one in now.deadlines
        if one.state in {"missed", "met_late", "pending"}
    ]
    columns = cells.columns(speaker, ("deadline", 1), ("duty", 4), ("state", 1.4), ("source", 3))
    return Section(speaker.say("deadlines"), (), Table(columns, rows, speaker.say("none")))
