"""Teams over HTTP: who left writes no more, and the secretariat still corrects what they wrote."""

from typing import Any
from uuid import UUID

import pytest

from roundtable.installation import Installation
from tests.api.test_transitions import ACT, ACTA, Story, story
from tests.harness import Person, Refused

__all__ = ["story"]  # the fixture
PATH = "/transitions/TG-2019"


@pytest.fixture
def leaving(installation: Installation, story: Story) -> Person:
    """Somebody who prepared, and of whom it is recorded later that they were in the outgoing team."""
    person = Person.arrives(installation, organization=UUID(story.town))
    person.does(f"{PATH}/prepare", occurred_on="2018-10-01", act=ACT)
    [prepared] = [one for one in story.sees("/history")["items"] if one["topic"] == "transition.prepared"]
    members = [{"person": prepared["actor"], "role": "Gerente municipal"}]
    story.does("appoint-team", "2018-09-01", side="outgoing", members=members, act=ACT)
    return person


def position(story: Story, topic: str) -> int:
    return int(next(one["position"] for one in story.sees("/history")["items"] if one["topic"] == topic))


def refused(person: Person, command: str, **body: Any) -> Any:
    response = person.post(f"{PATH}/{command}", body, Accept_Language="es")
    assert response.status_code == 403
    return response.json()


def test_who_left_office_neither_writes_nor_undoes_and_nothing_is_recorded(story: Story, leaving: Person) -> None:
    before = story.sees("/history")["items"]
    at = position(story, "transition.prepared")
    for command, body in (
        ("declare-ready", {"occurred_on": "2018-11-01"}),
        ("void", {"position": at, "reason": "x"}),
        ("correct", {"position": at, "reason": "x", "changes": {"reason": "y"}}),
    ):
        problem = refused(leaving, command, **body)
        assert problem["type"].endswith("outgoing-term-over")
        assert "secretaría" in problem["detail"]
    assert story.sees("/history")["items"] == before


def test_the_secretariat_corrects_what_somebody_wrote_who_left_office_since(story: Story, leaving: Person) -> None:
    at = position(story, "transition.prepared")
    story.person.corrects(PATH, at, {"act": ACT | {"number": "RA-77"}})
    story.person.corrects(PATH, at, {"occurred_on": "2018-10-02"})
    assert story.sees()["since"] == "2018-10-02"
    with pytest.raises(Refused) as refusal:
        leaving.corrects(PATH, at, {"occurred_on": "2018-10-03"})
    assert refusal.value.name == "outgoing-term-over"


def test_a_signed_handover_is_not_taken_out_of_the_record_by_voiding_its_plan(story: Story) -> None:
    story.starts()
    story.does("file-report", "2018-12-20", document=ACTA)
    with pytest.raises(Refused) as refusal:
        story.person.voids(PATH, position(story, "transition.planned"))
    assert refusal.value.name == "frozen-for-good"
    with pytest.raises(Refused) as refusal:
        story.person.corrects(PATH, position(story, "transition.planned"), {"outgoing": story.new, "incoming": None})
    assert refusal.value.name == "terms-not-adjacent"
