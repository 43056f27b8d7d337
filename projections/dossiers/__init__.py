"""What an institution hands over, section by section, read from the log at one moment."""

from projections.dossiers.reading import Dossier, Handover, dossier, handover_of
from projections.dossiers.rehearsal import Rehearsal, handover_from, rehearse

__all__ = ["Dossier", "Handover", "Rehearsal", "dossier", "handover_from", "handover_of", "rehearse"]
