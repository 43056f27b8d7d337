"""Of governments and handovers, every field that is invented says so, and no fact of the law or the document does."""

from collections import defaultdict
from typing import Any

import pytest

from roundtable.demo.chumbivilcas.administrations import following, incoming, outgoing
from roundtable.demo.chumbivilcas.places import DISTRICTS, HANDOVERS, LATER_HANDOVERS
from roundtable.demo.chumbivilcas.script import script
from roundtable.demo.telling import Step
from tests.stories.conftest import Told

GOVERNMENTS = [code for place in DISTRICTS for code in (outgoing(place), incoming(place), following(place))]
TRANSITIONS = [*HANDOVERS.values(), *LATER_HANDOVERS.values()]
TERM = {"institution", "term", "titles", "source"}
BY_LAW = {
    "2015": TERM,
    "2019": TERM | {"occurred_on", "predecessor"},
    "2023": TERM | {"occurred_on", "predecessor"},
}
"""What the registration of a government says that nobody invented: of the first one, even its day is invented."""
OF_2018 = {
    "transition.plan": {"outgoing", "incoming", "source"},
    "transition.start_transfer": {"source"},
}
"""What the document lets be said of a handover of 2018: that there was one, and that it had a commission."""
STEPS = [step for step in script() if step.command.split(".")[0] in {"administration", "transition"}]


def real(step: Step) -> set[str]:
    """Return the fields of a step that are not marked as invented."""
    return {*step.body} - {*step.body["illustrative"], "illustrative"}


def events(told: Told, kind: str, code: str) -> list[Any]:
    return list(told.citizen.sees(f"/{kind}/{code}/history", limit=1000)["items"])


@pytest.mark.parametrize("code", GOVERNMENTS)
def test_of_a_government_days_and_terms_are_of_the_law_and_the_rest_is_invented(code: str) -> None:
    steps = {step.command: real(step) for step in STEPS if step.object == code}
    year = code.rpartition("-")[2]
    assert steps.pop("administration.register") == BY_LAW[year]
    told_of = year == "2019" and code.startswith(("MP-CHUMBIVILCAS", "MD-QUINOTA"))
    assumed = {"occurred_on", "source"} if told_of else set()
    assert steps.pop("administration.take_office", assumed) == assumed
    assert set(map(frozenset, steps.values())) <= {frozenset()}


@pytest.mark.parametrize("code", TRANSITIONS)
def test_of_a_handover_every_step_is_invented_but_for_what_the_document_says(code: str) -> None:
    said = defaultdict(set)
    for step in (step for step in STEPS if step.object == code):
        said[step.command] |= real(step)
    stated = OF_2018 if code in HANDOVERS.values() else {}
    assert {command: fields for command, fields in said.items() if fields} == stated
    assert {"transition.plan", "transition.prepare", "transition.start_transfer"} <= set(said)


@pytest.mark.parametrize(
    ("kind", "code"), [*(("administrations", code) for code in GOVERNMENTS), *(("transitions", c) for c in TRANSITIONS)]
)
def test_what_is_invented_is_marked_wherever_it_is_shown(told: Told, kind: str, code: str) -> None:
    told_of = [step for step in STEPS if step.object == code]
    facts = events(told, kind, code)
    assert sorted(sorted(fact["illustrative"]) for fact in facts) == sorted(
        sorted(step.body["illustrative"]) for step in told_of
    )
    first, *later = facts
    topic = first["topic"].partition(".")[0]
    marked = set(first["illustrative"]) | {
        f"{fact['topic'].removeprefix(f'{topic}.')}.{field}" for fact in later for field in fact["illustrative"]
    }
    assert set(told.citizen.sees(f"/{kind}/{code}")["illustrative"]) == marked


def test_the_days_of_the_law_are_shown_unmarked(told: Told) -> None:
    for place in DISTRICTS:
        shown = told.citizen.sees(f"/administrations/{following(place)}")
        assert (shown["elected_on"], shown["term"]) == ("2022-10-02", {"from": "2023-01-01", "until": "2027-01-01"})
        assert not {"elected_on", "occurred_on", "term", "institution", "predecessor"} & set(shown["illustrative"])
        [registered, *_] = events(told, "administrations", following(place))
        assert "Decreto Supremo 001-2022-PCM" in registered["source"]["citation"]
