"""What signed minutes hold of a session stays as it is; what they do not hold can still be corrected."""

from typing import Any

import pytest

from domain.session import errors as x
from domain.session import events as s
from domain.session.facts import Written
from domain.session.types import Votes
from tests.domain.given import Given, fact, voided
from tests.domain.sessions import ON, OPEN, ROUNDTABLE, agreed, came, convened, sitting

SIGNED = Written(signed="CHU-2019-A03")
HISTORY = (
    *OPEN,
    agreed(decision="vote", votes=Votes(for_=("ministry", "region"))),
    fact(s.DissentStated, ON, outcome="A1", seat="province"),
    fact(s.ParticipationRecorded, ON, people=40, women=12),
    fact(s.SessionClosed, ON),
)
"""At positions: the call 1, attendance 2 to 4, opening 5, outcome 6, dissent 7, counts 8, closing 9."""
COMMANDS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("add-agenda-item", OPEN, {"key": "2", "title": "Carretera"}),
    ("withdraw-agenda-item", OPEN, {"key": "1"}),
    ("record-attendance", OPEN, {"seat": "front"}),
    ("record-departure", OPEN, {"seat": "region"}),
    (
        "record-outcome",
        OPEN,
        {"key": "A1", "type": "agreement", "text": "Habrá agua", "agenda_item": "1", "decision": "consensus"},
    ),
    ("dissent", (*OPEN, agreed(decision="vote")), {"outcome": "A1", "seat": "region"}),
]
"""What is recorded of a sitting, where nothing else stands against it."""


def written_down(*events: Any) -> Given:
    return sitting(*events).where(others=(ROUNDTABLE, SIGNED))


@pytest.mark.parametrize(("command", "before", "body"), COMMANDS, ids=[command for command, _, _ in COMMANDS])
def test_nothing_is_added_to_what_was_signed(command: str, before: tuple[Any, ...], body: dict[str, Any]) -> None:
    assert sitting(*before).when(command, ON, **body).refusal is None
    written_down(*before).when(command, ON, **body).refused(x.SessionWrittenDown, "CHU-2019-A03", es="CHU-2019-A03")


CORRECTIONS = [
    (2, {"capacity": "alternate"}),
    (4, {"arrived": "09:00"}),
    (6, {"text": "Habrá agua y desagüe"}),
    (7, {"reason": "Falta el plazo"}),
    (9, {"next_session_on": "2019-05-01"}),
]


@pytest.mark.parametrize(("position", "changes"), CORRECTIONS)
def test_what_was_signed_is_not_corrected(position: int, changes: dict[str, Any]) -> None:
    assert sitting(*HISTORY).when("correct", position=position, changes=changes).refusal is None
    sealed = written_down(*HISTORY).when("correct", position=position, changes=changes)
    sealed.refused(x.SessionWrittenDown, "CHU-2019-A03")


@pytest.mark.parametrize("position", [7, 9])
def test_what_was_signed_is_not_voided(position: int) -> None:
    assert sitting(*HISTORY).when("void", position=position).refusal is None
    written_down(*HISTORY).when("void", position=position).refused(x.SessionWrittenDown, "CHU-2019-A03")


def test_a_void_from_before_the_signature_is_not_undone_after_it() -> None:
    history = (*OPEN, agreed(), voided(6))
    assert sitting(*history).when("void", position=7).refusal is None
    written_down(*history).when("void", position=7).refused(x.SessionWrittenDown)


def test_what_minutes_do_not_hold_is_corrected_at_any_time() -> None:
    counted = written_down(*HISTORY).when("correct", position=8, changes={"women": 14})
    assert counted.refusal is None
    assert written_down(*HISTORY).when("void", position=8).refusal is None
    called = written_down(convened(), *came("region")).when("correct", position=1, changes={"place": "Livitaca"})
    assert called.refusal is None
