"""The acta of a handover: the parties, the regime with its own names, what was delivered, who signed and who not."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from domain.regimes import Regime
from domain.transition.types import Item, TransitionState
from projections.dossiers import Dossier
from roundtable.dossiers import cells, sections
from roundtable.dossiers.anchors import UNANCHORED
from roundtable.dossiers.words import Speaker
from roundtable.printing import Document, Section, Signature, Table
from roundtable.printing.document import Cell, Language

Row = list[Cell]
SIDES = ("outgoing", "incoming")
TROUBLED = ("observed", "answered", "not_delivered", "not_applicable")


def acta_document(
    found: Dossier, state: TransitionState, regime: Regime, names: dict[Item, str], language: Language
) -> Document:
    """Return the acta of a handover as it stands: `found` is the frozen dossier, `names` what its items are called."""
    speaker = Speaker(language)
    return Document(
        language=language,
        dated=last_day(found, state),
        title=regime_title(speaker, regime, "acta"),
        subtitle=" · ".join(filter(None, [found.institution_name, found.code])),
        facts=[*cells.heading(speaker, found), (speaker.say("state"), speaker.state("transition", state.status.value))],
        sections=[
            *_parties(speaker, state, regime),
            _subject(speaker, found),
            _catalogue(speaker, found, state),
            records(speaker, found, state),
            *_troubled(speaker, state, names),
            _papers(speaker, state, regime),
            signatures(speaker, state),
        ],
        anchor=UNANCHORED,
        banner=cells.banner(speaker, found),
        signatures=places(speaker, found, state, regime),
    )


def last_day(found: Dossier, state: TransitionState) -> date:
    """Return the day by which a document of a handover is dated: that of the last fact about it."""
    days = (*(one.on for one in state.reached), *(one.moved_on for one in state.items), state.moved_on, found.cut_off)
    return max(days)


def regime_title(speaker: Speaker, regime: Regime, deliverable: str) -> str:
    """Return what the regime calls a document of it."""
    named = next((one.name for one in regime.deliverables if one.key == deliverable), None)
    return speaker.of(named) if named else speaker.say(f"{deliverable}.title")


def role(speaker: Speaker, regime: Regime, key: str) -> str:
    """Return what the regime calls a team."""
    named = regime.role(key)
    return speaker.of(named) if named else speaker.name(key)


def _parties(speaker: Speaker, state: TransitionState, regime: Regime) -> Iterator[Section]:
    rows: list[Row] = [
        [
            role(speaker, regime, f"{team.side}_team"),
            ", ".join(member.role for member in team.members),
            cells.act(speaker, team.act),
            team.appointed_on,
        ]
        for team in state.teams
    ]
    installed = state.reached_on("commission_installed")
    said = []
    if installed and state.installed_by:
        values = {"commission": role(speaker, regime, "commission"), "day": cells.day(speaker, installed)}
        said = [speaker.say(f"installed.{state.installed_by}", **values)]
    columns = cells.columns(speaker, ("team", 2.6), ("members", 2.6), ("act.short", 2.6), ("since", 1))
    yield Section(speaker.say("parties"), said, Table(columns, rows, speaker.say("none.teams")))


def _subject(speaker: Speaker, found: Dossier) -> Section:
    said = speaker.say("acta.subject", position=found.position, day=cells.day(speaker, found.cut_off))
    return sections.overview(speaker, found)._replace(heading=speaker.say("handed_over"), paragraphs=[said])


def _catalogue(speaker: Speaker, found: Dossier, state: TransitionState) -> Section:
    rows: list[Row] = []
    for line in found.catalogue:
        item = next((one for one in state.items if one.item.id == line.id), None)
        standing = item.state if item else "assembled" if line.sections else "pending"
        doubt = f" ({speaker.say('doubt')})" if line.unconfirmed else ""
        document = item.document if item else None
        rows.append([speaker.of(line.name) + doubt, speaker.name(f"item.{standing}"), document])
    columns = cells.columns(speaker, ("entry", 4.6), ("state", 1.8), ("document", 3.2))
    return Section(speaker.say("catalogue"), (), Table(columns, rows, speaker.say("none.catalogue")))


def records(speaker: Speaker, found: Dossier, state: TransitionState) -> Section:
    """Return how many records of each kind are in which state of the handover; those nobody touched are pending."""
    counts = {"commitment": found.commitments.count, "project": found.projects.count, "plan": found.plans.count}
    rows: list[Row] = []
    for kind, whole in counts.items():
        states = Counter(one.state for one in state.items if one.item.kind == kind)
        untouched = max(whole - states.total(), 0)
        for name, count in (*sorted(states.items()), ("pending", untouched)):
            if count:
                rows.append([speaker.name(f"{kind}s"), speaker.name(f"item.{name}"), count])
    columns = cells.columns(speaker, ("what", 3), ("state", 2), ("count", 1))
    return Section(speaker.say("records"), (), Table(columns, rows, speaker.say("none")))


def _troubled(speaker: Speaker, state: TransitionState, names: dict[Item, str]) -> Iterator[Section]:
    some = [one for one in state.items if one.state in TROUBLED]
    if some:
        yield troubles(speaker, some, names, "troubled")


def troubles(speaker: Speaker, some: list[Item], names: dict[Item, str], title: str) -> Section:
    """Return items that were observed, answered, withheld or found not to apply, with the reasons given."""
    rows: list[Row] = [
        [
            names[one],
            speaker.name(f"item.{one.state}"),
            one.observation or one.reason,
            one.answer,
            one.moved_on,
        ]
        for one in some
    ]
    columns = cells.columns(speaker, ("what", 2), ("state", 1.2), ("observation", 3.4), ("answer", 2.6), ("day", 1))
    return Section(speaker.say(title), (), Table(columns, rows, speaker.say("none")))


def _papers(speaker: Speaker, state: TransitionState, regime: Regime) -> Section:
    called = {one.key: speaker.of(one.name) for one in regime.deliverables}
    rows: list[Row] = [
        [called.get(one.deliverable, speaker.name(one.deliverable)), one.occurred_on, one.document]
        for one in state.deliverables
    ]
    listed = {one.document for one in state.deliverables}
    if state.report and state.report not in listed:
        rows.append([called.get("final_report", speaker.say("report")), state.reached_on("reported"), state.report])
    complement = called.get("complementary_acta", speaker.say("complement"))
    rows += [[complement, None, one] for one in state.complements if one not in listed]
    columns = cells.columns(speaker, ("document", 3), ("day", 1), ("sha256", 4))
    return Section(speaker.say("papers"), (), Table(columns, rows, speaker.say("none.papers")))


def signatures(speaker: Speaker, state: TransitionState) -> Section:
    """Return who signed and who refused, and why."""
    rows: list[Row] = []
    for side in SIDES:
        signed = next((one for one in state.signatures if one.side == side), None)
        refused = next((one for one in reversed(state.refusals) if one.side == side), None)
        if signed:
            rows.append([speaker.name(side), speaker.say("signed"), signed.occurred_on, signed.document])
        elif refused:
            rows.append([speaker.name(side), speaker.say("refused"), refused.occurred_on, refused.reason])
        else:
            rows.append([speaker.name(side), speaker.say("unsigned"), None, None])
    columns = cells.columns(speaker, ("side", 1.2), ("state", 1.4), ("day", 1), ("document_or_reason", 4.4))
    return Section(speaker.say("signatures"), (), Table(columns, rows, ""))


def places(speaker: Speaker, found: Dossier, state: TransitionState, regime: Regime) -> list[Signature]:
    """Return the places to sign, but none for a side that refused to."""
    refused = {one.side for one in state.refusals} - {one.side for one in state.signatures}
    return [
        Signature(speaker.say(f"for.{side}", team=role(speaker, regime, f"{side}_team")), found.institution_name)
        for side in SIDES
        if side not in refused
    ]
