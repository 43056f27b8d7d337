"""What the acta calls the teams of a handover, and how often it lists a paper that was filed in two ways."""

from uuid import uuid4

import pytest

from tests.api.handovers import ACT, PAPER, Town, text_of
from tests.harness import Person


@pytest.mark.parametrize(
    ("language", "team", "report", "complement"),
    [
        ("es", "Equipo entrante", "Informe de Rendición de Cuentas y Transferencia", "Acta Complementaria"),
        ("en", "Incoming team", "Accountability and transfer report", "Complementary acta"),
    ],
)
def test_teams_that_a_regime_does_not_name_have_a_name_in_the_language_and_papers_are_listed_once(
    secretary: Person, language: str, team: str, report: str, complement: str
) -> None:
    town = Town(secretary)
    town.freezes()
    town.starts()
    members = [{"person": str(uuid4()), "role": "Alcaldesa electa"}]
    town.does("appoint-team", "2018-12-13", side="incoming", members=members, act=ACT | {"date": "2018-12-12"})
    town.does("file-report", "2018-12-20", document=PAPER)
    town.does("file-deliverable", "2018-12-20", deliverable="final_report", document=PAPER)
    for side in ("outgoing", "incoming"):
        town.does("sign-acta", "2018-12-28", side=side, document=PAPER[::-1])
    town.does("file-complement", "2019-01-11", document=PAPER)
    text = text_of(town.printed("acta.pdf", language=language))
    assert f": {team}" in text
    assert text.count(report) == 1
    assert complement not in text, "the same paper, filed as a deliverable before"
    assert ("Incoming team" in text) == (language == "en")


def test_a_report_that_was_filed_alone_is_listed(secretary: Person) -> None:
    town = Town(secretary)
    town.freezes()
    town.starts()
    town.does("file-report", "2018-12-20", document=PAPER)
    text = text_of(town.printed("acta.pdf", language="en"))
    assert text.count("Accountability and transfer report") == 1
