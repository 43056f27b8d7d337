"""The story as an installation has it: which objects, and where in the log its turning points stand."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from roundtable.demo.asking import Asker
from roundtable.demo.chumbivilcas import dates
from roundtable.demo.chumbivilcas.items import ITEMS
from roundtable.demo.chumbivilcas.life import AMENDED, CORRECTED, PAID_LATE
from roundtable.demo.chumbivilcas.script import ANNOUNCEMENT
from roundtable.demo.rows import Said


class Story(NamedTuple):
    """A story that is on record; `fresh` where it was recorded just now."""

    name: str
    fresh: bool
    announcement: UUID
    positions: Mapping[str, int]

    @property
    def news(self) -> Said:
        """Whether it was recorded now or before, in words."""
        if self.fresh:
            return Said(f"Historia {self.name}: registrada.", f"Story {self.name}: recorded.")
        return Said(
            f"Historia {self.name}: ya estaba registrada; no se cambió nada.",
            f"Story {self.name}: already loaded; nothing was changed.",
        )


class PartlyLoaded(Exception):
    """The announcement is on record, but loading stopped before the story's end."""

    def __init__(self, name: str, missing: str) -> None:
        """Name the first thing that is missing."""
        super().__init__(
            f"Story {name} is recorded in part: {missing} is missing. Load it into an empty database. / "
            f"La historia {name} está registrada en parte: falta {missing}. Cárguela en una base de datos vacía."
        )


class Milestone(NamedTuple):
    """A turning point: the first fact of a topic of an object, of a day where that matters."""

    object: str
    topic: str
    day: str | None = None


MILESTONES = {
    "announced": Milestone(ANNOUNCEMENT, "commitment.registered"),
    "itemised": Milestone(ITEMS[-1].code, "commitment.registered"),
    "amended": Milestone(AMENDED, "commitment.amount-amended"),
    "started_late": Milestone(min(dates.RECORDED_LATE), "commitment.started"),
    "paid_late": Milestone(PAID_LATE, "commitment.execution-reported", dates.PAID_LATE_KNOWN),
    "corrected": Milestone(CORRECTED, "fact.corrected"),
}
"""In the order recorded; the last one ends the story."""


def recall(asker: Asker, name: str, *, fresh: bool) -> Story | None:
    """Return the story where it is on record, found by the code of its announcement.

    :raises PartlyLoaded: only a part of it is.
    """
    announcement = asker.get(f"/commitments/{ANNOUNCEMENT}")
    if announcement is None:
        return None
    positions = {}
    for label, milestone in MILESTONES.items():
        history = asker.get(f"/commitments/{milestone.object}/history?limit=1000") or {"items": []}
        found = [event["position"] for event in history["items"] if _is(milestone, event)]
        if not found:
            raise PartlyLoaded(name, f"{milestone.object} {milestone.topic}")
        positions[label] = found[0]
    return Story(name, fresh, UUID(announcement["id"]), positions)


def _is(milestone: Milestone, event: Mapping[str, str]) -> bool:
    return event["topic"] == milestone.topic and milestone.day in {None, event["occurred_on"]}
