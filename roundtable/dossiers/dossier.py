"""The handover dossier: every section, as frozen."""

from projections.dossiers import Dossier
from roundtable.dossiers import cells, sections
from roundtable.dossiers.anchors import UNANCHORED
from roundtable.dossiers.words import Speaker
from roundtable.printing import Document
from roundtable.printing.document import Language


def dossier_document(found: Dossier, language: Language) -> Document:
    """Return the dossier of a handover as a document."""
    speaker = Speaker(language)
    return Document(
        language=language,
        dated=found.cut_off,
        title=speaker.say("dossier.title"),
        subtitle=" · ".join(filter(None, [found.institution_name, found.code])),
        facts=cells.heading(speaker, found),
        sections=[
            sections.overview(speaker, found),
            sections.quality(speaker, found),
            sections.hundred_days(speaker, found),
            *([sections.before_handover(speaker, found)] if found.first_hundred_days.before else []),
            sections.observations(speaker, found),
            sections.plans(speaker, found),
            *sections.budgets(speaker, found),
            sections.catalogue(speaker, found),
            sections.deadlines(speaker, found),
            *sections.commitments(speaker, found),
            sections.projects(speaker, found),
        ],
        anchor=UNANCHORED,
        banner=cells.banner(speaker, found),
    )
