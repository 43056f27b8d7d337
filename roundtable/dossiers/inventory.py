"""The inventory as a spreadsheet: every column, so that people can sort, filter and compare."""

from collections.abc import Iterator

from domain.types import Money
from projections.dossiers import Dossier
from projections.dossiers.holdings import HeldCommitment
from projections.dossiers.portfolio import HeldProject
from roundtable.dossiers import cells, sections
from roundtable.dossiers.anchors import UNANCHORED
from roundtable.dossiers.words import Speaker
from roundtable.printing import Column, Document, Section, Table
from roundtable.printing.document import Cell, Language


def inventory_document(found: Dossier, language: Language) -> Document:
    """Return the inventory of a handover as a document with a sheet for each section."""
    speaker = Speaker(language)
    return Document(
        language=language,
        dated=found.cut_off,
        title=speaker.say("inventory.title"),
        subtitle=" · ".join(filter(None, [found.institution_name, found.code])),
        facts=cells.heading(speaker, found),
        sections=[
            _commitments(speaker, found),
            _projects(speaker, found),
            _years(speaker, found),
            sections.plans(speaker, found),
            _priorities(speaker, found),
            sections.hundred_days(speaker, found)._replace(heading=speaker.say("first_hundred_days.sheet")),
            sections.before_handover(speaker, found),
            sections.observations(speaker, found),
            sections.quality(speaker, found),
            sections.catalogue(speaker, found),
            sections.deadlines(speaker, found),
        ],
        anchor=UNANCHORED,
        banner=cells.banner(speaker, found),
    )


def _commitments(speaker: Speaker, found: Dossier) -> Section:
    named = (("code", 1.4), ("capacity", 1.6), ("commitment", 3.5), ("statement", 4), ("language", 0.8))
    more = (("responsible", 2.5), ("state", 1.4), ("deadline", 1), ("days_overdue", 1), ("amount", 1.2))
    rest = (("currency", 0.8), ("headline", 1.2), ("follow_up_body", 2), ("verifier", 2), ("evidence", 0.8))
    last = (("provenance", 3), ("missing", 2), ("waived", 2))
    rows = [list(_commitment(speaker, one)) for one in found.commitments.items]
    table = Table(cells.columns(speaker, *named, *more, *rest, *last), rows, "")
    return Section(speaker.say("commitments"), (), table)


def _commitment(speaker: Speaker, one: HeldCommitment) -> Iterator[Cell]:
    yield cells.marked(one.code, one.illustrative)
    yield ", ".join(map(speaker.name, one.capacities))
    yield one.title
    yield one.statement
    yield one.language
    yield "; ".join(one.responsibles)
    yield speaker.state("commitment", one.state)
    yield one.deadline
    yield one.days_overdue or None
    yield _amount(one.amount)
    yield next((money.currency for money in (one.amount, one.headline) if money), None)
    yield _amount(one.headline)
    yield one.follow_up_body
    yield one.verifier
    yield one.evidence
    yield cells.provenance(speaker, one.provenance)
    yield ", ".join(map(speaker.name, one.missing))
    yield ", ".join(map(speaker.name, one.waived))


def _projects(speaker: Speaker, found: Dossier) -> Section:
    named = (("code", 1.4), ("cui", 1.2), ("capacity", 1.6), ("project", 3.5), ("table", 1.3), ("investment", 1.3))
    more = (
        ("works", 1.3),
        ("halt_cause", 2),
        ("responsible", 2.5),
        ("executing", 2.5),
        ("cost", 1.3),
        ("accrued", 1.3),
    )
    rest = (("currency", 0.8), ("physical", 1), ("financial", 1), ("planned_end", 1), ("days_overdue", 1))
    columns = cells.columns(speaker, *named, *more, *rest, ("findings", 2), ("commitments", 2))
    return Section(
        speaker.say("projects"), (), Table(columns, [list(_project(speaker, one)) for one in found.projects.items], "")
    )


def _project(speaker: Speaker, one: HeldProject) -> Iterator[Cell]:
    yield cells.marked(one.code, one.illustrative)
    yield one.cui
    yield ", ".join(map(speaker.name, one.capacities))
    yield one.title
    yield from (speaker.state(track, getattr(one, track)) for track in ("table", "investment", "works"))
    yield one.halt_cause
    yield one.responsible
    yield one.executing
    yield _amount(one.cost)
    yield _amount(one.accrued)
    yield next((money.currency for money in (one.cost, one.accrued) if money), None)
    yield one.physical
    yield one.financial
    yield one.planned_end
    yield one.days_overdue or None
    yield ", ".join(map(speaker.name, one.findings))
    yield ", ".join(one.commitments)


def _years(speaker: Speaker, found: Dossier) -> Section:
    rows: list[list[Cell]] = [
        [
            cells.marked(one.code or one.cui, one.illustrative),
            str(year.fiscal_year),
            year.cut_off,
            *(_amount(money) for money in (year.pia, year.pim, year.accrued)),
            next((money.currency for money in (year.pia, year.pim, year.accrued) if money), None),
        ]
        for one in found.projects.items
        for year in one.years
    ]
    named = (("project", 1.4), ("fiscal_year", 1), ("cut_off", 1), ("pia", 1.4), ("pim", 1.4), ("accrued", 1.4))
    return Section(speaker.say("years.sheet"), (), Table(cells.columns(speaker, *named, ("currency", 0.8)), rows, ""))


def _priorities(speaker: Speaker, found: Dossier) -> Section:
    rows: list[list[Cell]] = [
        [
            str(budget.fiscal_year),
            line.place,
            cells.marked(line.code, budget.illustrative),
            line.title,
            " ".join(filter(None, [line.plan, line.objective])),
            _amount(line.cost),
            line.cost.currency,
            line.project,
            line.commitment,
            speaker.name(line.stage),
        ]
        for budget in found.participatory_budgets.items
        for line in budget.priorities
    ]
    named = (("fiscal_year", 1), ("place", 0.8), ("code", 1.2), ("priority", 3.5), ("objective", 2), ("cost", 1.3))
    columns: list[Column] = cells.columns(
        speaker, *named, ("currency", 0.8), ("project", 1.4), ("commitment", 1.4), ("stage", 1.2)
    )
    return Section(speaker.say("participatory_budgets.sheet"), (), Table(columns, rows, ""))


def _amount(money: Money | None) -> Cell:
    return money.amount if money else None
