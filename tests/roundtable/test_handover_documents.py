"""Documents of large handovers: 524 projects stay on their pages, and two pages hold ten thousand commitments."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

import pypdfium2
import pytest

from domain.administration.types import Term
from domain.clocks import Words
from domain.types import Money
from projections.deadlines import Deadline
from projections.dossiers import Dossier
from projections.dossiers.agenda import Due, HundredDays
from projections.dossiers.catalogue import CatalogueLine
from projections.dossiers.decided_budgets import BudgetSection
from projections.dossiers.holdings import CommitmentSection, HeldCommitment, InCapacity, StateCount
from projections.dossiers.open_observations import ObservationSection
from projections.dossiers.portfolio import HeldProject, ProjectSection, YearOfProject
from projections.dossiers.reading import Government
from projections.dossiers.record_quality import BENCHMARK_SOURCE, Measured, QualitySection
from projections.dossiers.scope import Written
from projections.dossiers.standing_plans import PlanSection
from roundtable.dossiers.dossier import dossier_document
from roundtable.dossiers.inventory import inventory_document
from roundtable.dossiers.summary import summary_document
from roundtable.dossiers.words import PHRASES
from roundtable.printing import Anchor, pdf, xlsx
from roundtable.printing.document import Language

CUT_OFF = date(2018, 12, 1)
ANCHOR = Anchor(
    "example.org/roundtable/1a2b", 1234, "0123456789abcdef" * 4, "https://example.org/v1/log/checkpoint.txt"
)
IDS = UUID(int=7)
LONG = "Mejoramiento del camino vecinal Ñahuinlla–Q'eñwa, con señalización, obras de arte y puentes (ficticio) " * 2
LONGEST = "Ministerio de Vivienda, Construcción y Saneamiento y Programa Nacional de Saneamiento Rural " * 3
CAPACITIES = ("responsible", "collaborator", "counterpart", "follow_up_body", "verifier")
LANGUAGES: list[Language] = ["es", "en"]
COUNTED = [(0, 0), (524, 10_000)]


def pen(units: int) -> Money:
    return Money(amount=Decimal(units).scaleb(-2), currency="PEN")


def commitment(n: int) -> HeldCommitment:
    return HeldCommitment(
        id=uuid5(IDS, str(n)),
        version=1,
        code=f"DEMO-C-{n:05}",
        capacities=CAPACITIES[n % 3 :],
        title=LONG.strip(),
        statement=LONG.strip(),
        language="es",
        state="in_progress",
        open=True,
        responsibles=(LONGEST, LONGEST),
        follow_up_body=None,
        verifier=None,
        original_deadline=None,
        deadline=CUT_OFF - timedelta(days=n % 900),
        days_overdue=n % 900,
        amount=pen(99_999_999_999_99 - n),
        headline=None,
        executed=None,
        percent=None,
        evidence=0,
        verified_on=None,
        recorded_late=0,
        provenance=Written(acta="03-2018", item="Acuerdo 1", page=3),
        missing=("verifier", "follow_up_body"),
        waived=(),
        illustrative=("code",),
    )


def project(n: int) -> HeldProject:
    years = tuple(
        YearOfProject(fiscal_year=year, cut_off=date(year, 12, 31), pia=None, pim=pen(10**12), accrued=pen(10**12 + n))
        for year in range(2015, 2019)
    )
    return HeldProject(
        id=uuid5(IDS, f"p{n}"),
        version=1,
        code=f"DEMO-P-{n:04}",
        cui=f"2{n:06}",
        capacities=("executing",),
        title=LONG * (1 + n % 2),
        table="eligible_for_funding",
        investment="deactivated",
        works="halted",
        halt_cause="Lluvias",
        responsible=LONGEST,
        executing=LONGEST,
        cost=pen(10**13 + n),
        accrued=pen(10**12),
        years=years,
        physical=None,
        financial=None,
        planned_end=CUT_OFF,
        days_overdue=1,
        milestones=(),
        findings=("accrued_above_pim", "works_while_dismissed"),
        commitments=(),
        illustrative=(),
    )


def large(projects: int, commitments: int) -> Dossier:
    """Return a dossier of so many projects and commitments, with texts as long as they come."""
    promised, built = tuple(map(commitment, range(commitments))), tuple(map(project, range(projects)))
    long, words = LONG * 3, Words(es=LONG * 3, en=LONG * 3)
    due = [
        Due(
            on=CUT_OFF + timedelta(days=n // 100 + 1),
            occasion="regime",
            code=None,
            id=None,
            what=words,
            who=(LONGEST,),
            unconfirmed=True,
            source="Conforme al proceso de 2018; el texto de la directiva de 2022 no se ha visto",
        )
        for n in range(commitments)
    ]
    term = Term(from_=date(2015, 1, 1), until=date(2019, 1, 1))
    government = Government(id=IDS, code=None, title=long[:300], term=term)
    shares = tuple(
        Measured(what=what, of=9, there=3, waived=1, percent_without=Decimal("66.7"), benchmark_without=Decimal(55))
        for what in ("deadline", "follow_up_body", "evidence", "verifier", "agenda")
    )
    line = CatalogueLine(
        id=IDS, key="law.x", name=words, sections=(), state="pending", document=None, observation=None,
        unconfirmed=True, source=long,
    )  # fmt: skip
    clock = Deadline(
        key="x", duty=words, after="proclaimed", after_on=None, earliest=None, due=CUT_OFF, state="pending",
        met_on=None, days_left=0, if_missed=words, source=long, certainty="from_memory", unconfirmed=True,
    )  # fmt: skip
    return Dossier(
        transition=IDS,
        code="DEMO-TG-LARGE",
        institution=IDS,
        institution_name=LONGEST.strip(),
        outgoing=government,
        incoming=government,
        regime="generic",
        regime_name=words,
        frozen=True,
        position=1234,
        cut_off=CUT_OFF,
        digest="ab" * 32,
        commitments=CommitmentSection(
            count=commitments,
            open=commitments,
            overdue=commitments,
            amounts=(pen(10**14), Money(amount=Decimal("10.00"), currency="USD")),
            by_capacity=tuple(InCapacity(capacity=one, count=9, open=9, overdue=9) for one in CAPACITIES),
            by_state=tuple(StateCount(state=one, count=commitments) for one in ("agreed", "in_progress", "blocked")),
            items=promised,
        ),
        projects=ProjectSection(count=projects, halted=projects, overdue=projects, with_findings=projects, items=built),
        plans=PlanSection(count=1, expired=1, items=()),
        participatory_budgets=BudgetSection(fiscal_years=(2018, 2019), items=()),
        first_hundred_days=HundredDays(
            first=CUT_OFF, last=CUT_OFF + timedelta(days=100), items=tuple(due), before=tuple(due)
        ),
        observations=ObservationSection(items=()),
        quality=QualitySection(items=shares, benchmark_source=BENCHMARK_SOURCE),
        deadlines=(clock,),
        catalogue=(line,) * 20,
        illustrative=True,
    )


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_524_projects_are_all_printed_and_nothing_leaves_its_page() -> None:
    content = pdf(dossier_document(large(524, 60), "es")._replace(anchor=ANCHOR))
    read = pages_of(content)
    whole = " ".join(read)
    assert [n for n in range(524) if f"DEMO-P-{n:04}" not in whole] == []
    assert [n for n in range(60) if f"DEMO-C-{n:05}*" not in whole] == []
    assert all(f"Página {number} de {len(read)}" in text for number, text in enumerate(read, 1))
    for page in pypdfium2.PdfDocument(content):
        width, height = page.get_size()
        for box in page.get_objects():
            left, bottom, right, top = box.get_bounds()
            assert -1 <= left <= right <= width + 1
            assert -1 <= bottom <= top <= height + 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("projects", "commitments"), COUNTED)
def test_the_summary_has_two_pages_at_most(language: Language, projects: int, commitments: int) -> None:
    found = large(projects, commitments)
    read = pages_of(pdf(summary_document(found, language)._replace(anchor=ANCHOR)))
    assert len(read) <= 2
    if commitments:
        cut = "Se muestran 6 de 9988" if language == "es" else "6 of 9988 are shown"
        assert cut in " ".join(read)


def test_the_spreadsheet_of_a_large_inventory_has_every_row() -> None:
    document = inventory_document(large(524, 10_000), "es")._replace(anchor=ANCHOR)
    counts = {section.heading: len(section.table.rows) for section in document.sections if section.table}
    assert (counts["Compromisos"], counts["Proyectos"], counts["Presupuesto por año"]) == (10_000, 524, 2096)
    assert xlsx(document) == xlsx(document)


def test_every_phrase_is_there_in_both_languages_with_the_same_values() -> None:
    def values(text: str) -> list[str]:
        return sorted(part.split("}")[0] for part in text.split("{")[1:])

    assert [key for key, (es, en) in PHRASES.items() if not es or not en or values(es) != values(en)] == []
