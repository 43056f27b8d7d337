"""What the story rests on: every fact has a source or is marked as invented, and nothing real rests on invention."""

import itertools
import re
from collections import defaultdict
from io import StringIO
from typing import Any

import pytest
from rich.console import Console
from rich.text import Text

from roundtable import demo
from roundtable.checks import Check
from roundtable.demo.asking import Asker
from roundtable.demo.chumbivilcas.checks import failing
from roundtable.demo.chumbivilcas.items import ITEMS
from roundtable.demo.chumbivilcas.script import script
from roundtable.demo.telling import Teller
from roundtable.installation import Installation
from tests.harness import Person
from tests.stories.conftest import Told

REAL_WITHIN_INVENTED = {"part_of"}
"""What an invented item does not invent: the announcement it belongs to."""
ASSEMBLED = {"representing", "institution", "position", "digest", "counts", "rules", "schema", "currency", "statement"}
"""What nobody says: the server fills it in."""
DEFAULTS = (None, [], "es", "agreed", "investment", 1, False, "in_person", "handwritten", "favourable")


def events(citizen: Person) -> list[Any]:
    found, after = [], 0
    while page := citizen.sees("/events", limit=1000, after=after)["items"]:
        found += page
        after = page[-1]["position"]
    return found


def sourced(event: Any) -> bool:
    """Tell whether a fact has a source that is not invented."""
    return event["source"] is not None and "source" not in event["illustrative"]


def said(event: Any) -> set[str]:
    """What somebody said with a fact, apart from defaults."""
    return {k for k, v in event["data"].items() if v not in DEFAULTS}


def test_every_event_has_a_source_or_is_marked_as_invented(told: Told):
    decided = defaultdict(set)
    for event in events(told.citizen):
        decided[event["correlation"]] |= {*event["data"], "occurred_on", "on_behalf_of", "reason", "source"}
    assert len(decided) < len(events(told.citizen))
    for event in events(told.citizen):
        assert sourced(event) or event["illustrative"], event
        assert set(event["illustrative"]) <= decided[event["correlation"]] | {"deadline"}, event


def test_what_has_no_source_invents_every_field_it_says(told: Told):
    for event in (event for event in events(told.citizen) if not sourced(event)):
        unmarked = said(event) - set(event["illustrative"]) - ASSEMBLED
        assert unmarked <= REAL_WITHIN_INVENTED, event


def test_an_invented_day_does_not_make_the_announced_figures_invented(told: Told):
    announced = told.item("CHU-2018-166M")
    assert announced["illustrative"] == ["code", "occurred_on", "responsibles"]
    assert told.citizen.sees("/organizations/MTC")["illustrative"] == ["occurred_on"]


def test_invented_objects_say_so_in_their_codes_and_titles(told: Told):
    items = told.items()
    assert [item["code"] for item in items] == [item.code for item in ITEMS]
    assert all(item["code"].startswith("DEMO-") and "(ficticio)" in item["title"] for item in items)
    assert {"title", "amount", "deadline"} <= set(told.item("DEMO-TRA-ST")["illustrative"])


def test_institutions_keep_the_names_of_their_time(told: Told):
    def name(**when: Any) -> str:
        return str(told.citizen.sees("/organizations/MINAGRI", **when)["name"])

    assert name(valid_at="2018-12-31") == "Ministerio de Agricultura y Riego"
    assert name() == "Ministerio de Desarrollo Agrario y Riego"
    [renamed] = [event for event in events(told.citizen) if event["topic"] == "organization.renamed"]
    assert (renamed["precision"], renamed["illustrative"]) == ("month", [])


def test_the_record_answers_with_every_fact_of_the_document(told: Told):
    assert list(failing(Asker(told.installation))) == []


def test_loading_twice_changes_nothing(told: Told):
    before = events(told.citizen)
    again = demo.load(told.installation)
    assert (again.fresh, again.positions) == (False, told.story.positions)
    assert "already loaded" in again.news.en
    assert events(told.citizen) == before
    assert len({event["correlation"] for event in before}) == len(script())


def test_the_read_models_of_the_story_are_those_of_a_replay(told: Told):
    assert Check(told.installation).run().finding is None


def test_a_story_that_stopped_in_the_middle_is_named(sqlite_installation: Installation):
    teller = Teller(sqlite_installation)
    for step in itertools.takewhile(lambda step: step.object != "DEMO-TRA-CA", script()):
        teller.tell(step)
    with pytest.raises(demo.PartlyLoaded, match="DEMO-AGR-VE"):
        demo.load(sqlite_installation)


def test_organizations_on_record_are_taken_as_they_are(sqlite_installation: Installation):
    for step in (step for step in script() if step.command == "organization.register"):
        Teller(sqlite_installation).tell(step)
    assert demo.load(sqlite_installation).fresh


def test_progress_is_told_step_by_step(sqlite_installation: Installation):
    told: list[tuple[int, int, str]] = []
    demo.load(sqlite_installation, lambda *step: told.append(step))
    assert [done for done, _, _ in told] == list(range(1, len(script()) + 1))
    assert {(total, what) for _, total, what in told} == {(len(script()), "chumbivilcas")}


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_answers_shown_are_those_that_the_printed_commands_get(told: Told, language: demo.Language):
    rows = demo.answers(told.installation, told.story)
    piped = StringIO()
    demo.show(Console(file=piped), told.installation, told.story, language, "http://localhost:9000")
    text = piped.getvalue()
    assert "\x1b" not in text
    asked = re.findall(r"curl -s 'http://localhost:9000/v1(\S+)'", text)
    assert asked == [row.path for row in rows]
    assert all(told.citizen.get(path).status_code == 200 for path in asked)
    assert all(getattr(row.answer, language).splitlines()[0] in text for row in rows)
    assert "166,000,000.00" in text


def test_a_terminal_gets_a_table(told: Told):
    screen = StringIO()
    rows = demo.answers(told.installation, told.story)
    console = Console(file=screen, force_terminal=True, width=80, soft_wrap=True)
    demo.show(console, told.installation, told.story, "es")
    lines = Text.from_ansi(screen.getvalue()).plain.splitlines()
    assert {len(line) for line in lines if "│" in line} == {80}
    assert any("Por detallar: S/ 166,000,000.00 · 32 proyectos" in line for line in lines)
    assert all(row.curl("http://127.0.0.1:8000") in screen.getvalue() for row in rows)
