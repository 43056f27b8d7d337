"""The sections of a dossier as tables."""

from collections.abc import Iterable, Iterator

from projections.dossiers import Dossier
from projections.dossiers.agenda import Due
from projections.dossiers.decided_budgets import HeldBudget
from projections.dossiers.holdings import HeldCommitment
from projections.dossiers.portfolio import HeldProject, YearOfProject
from projections.dossiers.standing_plans import HeldPlan
from roundtable.dossiers import cells
from roundtable.dossiers.words import Speaker
from roundtable.printing import Section, Table
from roundtable.printing.document import Cell

Row = list[Cell]


def overview(speaker: Speaker, found: Dossier) -> Section:
    """Return what there is of each kind, in numbers."""
    named = (("what", 3.6), ("count", 1.0), ("open", 1.0), ("overdue", 1.0), ("amount", 2.4))
    promised, built, plans = found.commitments, found.projects, found.plans
    whole: Row = [speaker.say("commitments"), promised.count, promised.open, promised.overdue]
    capacities: list[Row] = [
        [f"· {speaker.name(one.capacity)}", one.count, one.open, one.overdue, None] for one in promised.by_capacity
    ]
    rows: list[Row] = [
        [*whole, cells.sums(promised.amounts)],
        *capacities,
        [speaker.say("projects"), built.count, None, built.overdue, None],
        [speaker.say("plans"), plans.count, None, plans.expired, None],
        [speaker.say("participatory_budgets.short"), len(found.participatory_budgets.items), None, None, None],
        [speaker.say("before_handover.short"), len(found.first_hundred_days.before), None, None, None],
        [speaker.say("first_hundred_days.short"), len(found.first_hundred_days.items), None, None, None],
        [speaker.say("observations"), len(found.observations.items), None, None, None],
    ]
    paragraphs = [speaker.say("assembled", position=found.position)] if found.frozen else []
    return Section(speaker.say("contents"), paragraphs, Table(cells.columns(speaker, *named), rows, ""))


def commitments(speaker: Speaker, found: Dossier) -> Iterator[Section]:
    """Yield the commitments, each once, under the first capacity in which the institution stands."""
    section = found.commitments
    counted = speaker.say("commitments.count", count=section.count, open=section.open, overdue=section.overdue)
    if not section.items:
        yield Section(speaker.say("commitments"), [speaker.say("none.commitments")], wide=True)
    named = (("code", 1.8), ("commitment", 3.4), ("responsible", 2.2), ("deadline", 1.1), ("state", 1.5))
    columns = cells.columns(speaker, *named, ("amount", 1.5), ("provenance", 2.4))
    for number, one in enumerate(section.by_capacity):
        rows = [_commitment(speaker, held) for held in section.items if held.capacities[0] == one.capacity]
        if rows:
            title = speaker.say("commitments.as", capacity=speaker.name(one.capacity))
            yield Section(title, [] if number else [counted], Table(columns, rows, ""), wide=True)


def _commitment(speaker: Speaker, one: HeldCommitment) -> Row:
    others = ", ".join(map(speaker.name, one.capacities[1:]))
    said = one.title if one.statement in {"", one.title} else f"{one.title}. «{one.statement}»"
    return [
        cells.marked(one.code, one.illustrative),
        f"{said} {speaker.say('also', capacities=others)}" if others else said,
        "; ".join(one.responsibles),
        one.deadline,
        commitment_state(speaker, one),
        cells.money(one.amount or one.headline),
        cells.provenance(speaker, one.provenance),
    ]


def commitment_state(speaker: Speaker, one: HeldCommitment) -> str:
    """Write the state of a commitment, and for how long it is late."""
    state = speaker.state("commitment", one.state)
    return speaker.say("late", state=state, days=one.days_overdue) if one.days_overdue else state


def projects(speaker: Speaker, found: Dossier) -> Section:
    """Return the projects with the ladder of every year."""
    section = found.projects
    if not section.items:
        return Section(speaker.say("projects"), [speaker.say("none.projects")], wide=True)
    counted = speaker.say(
        "projects.count",
        count=section.count,
        halted=section.halted,
        overdue=section.overdue,
        findings=section.with_findings,
    )
    named = (("code", 1.8), ("project", 3.2), ("three_states", 2.0), ("cost", 1.5), ("by_year", 2.4))
    columns = cells.columns(speaker, *named, ("planned_end", 1.1), ("findings", 2.0))
    rows = [_project(speaker, one) for one in section.items]
    return Section(speaker.say("projects"), [counted], Table(columns, rows, ""), wide=True)


def _project(speaker: Speaker, one: HeldProject) -> Row:
    names = [one.code, one.cui]
    return [
        cells.marked(" / ".join(filter(None, names)) or None, one.illustrative),
        one.title,
        _works(speaker, one),
        cells.money(one.cost),
        "\n".join(_year(year) for year in one.years) or None,
        _ends(speaker, one),
        "; ".join(map(speaker.name, one.findings)) or None,
    ]


def _works(speaker: Speaker, one: HeldProject) -> str:
    said = [three_states(speaker, one)]
    said += [speaker.say("halted.for", cause=one.halt_cause)] if one.halt_cause else []
    said += [f"{speaker.say('physical')} {one.physical}"] if one.physical is not None else []
    return "; ".join(said)


def _ends(speaker: Speaker, one: HeldProject) -> Cell:
    if not one.days_overdue:
        return one.planned_end
    return speaker.say("late", state=cells.day(speaker, one.planned_end), days=one.days_overdue)


def three_states(speaker: Speaker, one: HeldProject) -> str:
    """Write where a project stands on each of its tracks."""
    tracks = ("table", "investment", "works")
    return " / ".join(speaker.state(track, getattr(one, track)) for track in tracks)


def _year(one: YearOfProject) -> str:
    amounts = (f"{money.amount:,}" if money else "—" for money in (one.pim, one.accrued))
    return f"{one.fiscal_year}: {' / '.join(amounts)}"


def plans(speaker: Speaker, found: Dossier) -> Section:
    """Return the plans in force."""
    named = (("code", 1.2), ("plan", 2.4), ("version", 0.8), ("act", 2.6), ("validity", 1.4), ("progress", 2.4))
    rows = [_plan(speaker, one) for one in found.plans.items]
    table = Table(cells.columns(speaker, *named), rows, speaker.say("none.plans"))
    return Section(speaker.say("plans"), (), table)


def _plan(speaker: Speaker, one: HeldPlan) -> Row:
    until = speaker.say("until", day=cells.day(speaker, one.valid_until)) if one.valid_until else "—"
    return [
        cells.marked(one.code, one.illustrative),
        one.title,
        str(one.plan_version),
        cells.act(speaker, one.act),
        f"{speaker.state('plan', one.state)}, {until}",
        speaker.say("plan.progress", **{name: getattr(one.progress, name) for name in one.progress.__struct_fields__}),
    ]


def budgets(speaker: Speaker, found: Dossier) -> Iterator[Section]:
    """Yield what the participatory budgets of this year and the next decided."""
    first, second = found.participatory_budgets.fiscal_years
    if not found.participatory_budgets.items:
        title = speaker.say("participatory_budgets", first=first, second=second)
        yield Section(title, [speaker.say("none.budgets")])
    yield from (_budget(speaker, one) for one in found.participatory_budgets.items)


def _budget(speaker: Speaker, one: HeldBudget) -> Section:
    named = (("place", 0.5), ("code", 0.9), ("priority", 3.1), ("objective", 1.6), ("cost", 1.5), ("became", 2.3))
    rows: list[Row] = [
        [
            line.place,
            cells.marked(line.code, one.illustrative),
            line.title,
            " ".join(filter(None, [line.plan, line.objective])),
            cells.money(line.cost),
            "; ".join(dict.fromkeys(filter(None, [line.project, line.commitment]))) or None,
            speaker.name(line.stage),
        ]
        for line in one.priorities
    ]
    title = speaker.say("budget", year=one.fiscal_year, state=speaker.state("budget", one.state))
    amounts = {"ceiling": cells.money(one.ceiling), "prioritised": cells.money(one.prioritised)}
    said = speaker.say("budget.ceiling", **amounts, act=one.act or "—")
    table = Table(cells.columns(speaker, *named, ("stage", 1.1)), rows, speaker.say("none.priorities"))
    return Section(title, [said], table)


def hundred_days(speaker: Speaker, found: Dossier) -> Section:
    """Return what comes up in the first hundred days."""
    section = found.first_hundred_days
    title = speaker.say(
        "first_hundred_days", first=cells.day(speaker, section.first), last=cells.day(speaker, section.last)
    )
    return Section(title, (), _coming(speaker, section.items))


def before_handover(speaker: Speaker, found: Dossier) -> Section:
    """Return what comes up between the cut-off and the change of government, for the outgoing side to do."""
    section = found.first_hundred_days
    said = speaker.say("before_handover.said", day=cells.day(speaker, section.first))
    return Section(speaker.say("before_handover"), [said], _coming(speaker, section.before))


def _coming(speaker: Speaker, some: Iterable[Due]) -> Table:
    rows = [due(speaker, one) for one in some]
    columns = cells.columns(speaker, ("day", 1.0), ("occasion", 1.5), ("code", 1.4), ("what", 4.2), ("who", 2.2))
    return Table(columns, rows, speaker.say("none.days"))


def due(speaker: Speaker, one: Due, most: int = 10_000) -> Row:
    """Return a day that comes up; one that rests on memory says so, with its source."""
    said = cells.shortened(speaker.of(one.what), most)
    doubt = f" ({speaker.say('unconfirmed', source=one.source)})" if one.unconfirmed else ""
    who = cells.shortened("; ".join(one.who), most) or None
    return [one.on, speaker.name(f"occasion.{one.occasion}"), one.code, said + doubt, who]


def observations(speaker: Speaker, found: Dossier) -> Section:
    """Return what was observed and not answered."""
    rows: list[Row] = [
        [one.on, f"{speaker.name(one.kind)} {one.name}", one.about, one.text] for one in found.observations.items
    ]
    columns = cells.columns(speaker, ("since", 1.0), ("what", 1.8), ("about", 2.2), ("observation", 4.0))
    return Section(speaker.say("observations"), (), Table(columns, rows, speaker.say("none.observations")))


def quality(speaker: Speaker, found: Dossier) -> Section:
    """Return how complete the record is, beside a benchmark that says whose it is."""
    rows: list[Row] = [
        [
            speaker.name(one.what),
            one.there,
            one.of,
            one.percent_without,
            one.waived,
            one.benchmark_without,
        ]
        for one in found.quality.items
    ]
    named = (("quality.what", 2.6), ("quality.there", 1), ("quality.of", 1), ("quality.without", 1))
    columns = cells.columns(speaker, *named, ("quality.waived", 1.2), ("quality.benchmark", 1.8))
    said = speaker.say("quality.source", source=found.quality.benchmark_source)
    return Section(speaker.say("quality"), [said], Table(columns, rows, ""))


def catalogue(speaker: Speaker, found: Dossier) -> Section:
    """Return the catalogue of the regime: which section fills an entry, and how far the delivery of the others is."""
    rows: list[Row] = [
        [
            speaker.of(line.name) + (f" ({speaker.say('doubt')})" if line.unconfirmed else ""),
            ", ".join(map(speaker.name, line.sections)) or None,
            speaker.name(f"item.{line.state}"),
            line.document,
        ]
        for line in found.catalogue
    ]
    sources = "; ".join(dict.fromkeys(line.source for line in found.catalogue))
    named = (("entry", 4.4), ("filled_by", 2.4), ("state", 1.6), ("document", 2.0))
    table = Table(cells.columns(speaker, *named), rows, speaker.say("none.catalogue"))
    return Section(speaker.say("catalogue"), [f"{speaker.say('source')}: {sources}."] if sources else [], table)


def deadlines(speaker: Speaker, found: Dossier) -> Section:
    """Return the deadlines of the regime; what rests on memory says so."""
    rows: list[Row] = [
        [
            one.due,
            speaker.of(one.duty),
            speaker.name(f"standing.{one.state}"),
            speaker.of(one.if_missed),
            speaker.say("unconfirmed", source=one.source) if one.unconfirmed else one.source,
        ]
        for one in found.deadlines
    ]
    named = (("deadline", 1.0), ("duty", 2.8), ("state", 1.1), ("if_missed", 2.8), ("source", 2.4))
    table = Table(cells.columns(speaker, *named), rows, speaker.say("none.deadlines"))
    return Section(speaker.say("deadlines"), (), table)
