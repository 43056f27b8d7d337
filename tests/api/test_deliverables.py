"""The papers that the regime of a handover asks for: each is filed once, by its own step or by itself."""

from typing import Any

from tests.api.test_deadlines import does, under_2018
from tests.api.test_transitions import ACT, ACTA, Story, story

__all__ = ["story", "under_2018"]  # the fixtures
REPORT, LATER = "1" * 64, "2" * 64
MORE = "3" * 64


def filed(story: Story, **query: Any) -> dict[str, tuple[str | None, str | None]]:
    found = story.person.sees("/transitions/TG-PERU/deliverables", **query)
    items = {one["key"]: (one["filed_on"], one["document"]) for one in found["items"]}
    assert found["missing"] == sum(on is None for on, _ in items.values())
    return items


def transfers(story: Story) -> None:
    does(story, "prepare", "2018-08-01")
    does(story, "declare-ready", "2018-11-10")
    does(story, "start-transfer", "2018-11-14", installed_by="outgoing", act=ACT)
    does(story, "freeze-inventory", "2018-12-10", cut_off="2018-11-30")


def test_what_nobody_filed_is_missing_with_its_stage_and_its_source(under_2018: Story) -> None:
    assert set(filed(under_2018).values()) == {(None, None)}
    found = under_2018.person.sees("/transitions/TG-PERU/deliverables")
    assert [one["stage"] for one in found["items"]] == ["preparation", "preparation", "transfer", "transfer", "closing"]
    assert all(one["source"] and one["name"]["es"] and one["name"]["en"] for one in found["items"])


def test_reporting_signing_and_complementing_file_their_papers(under_2018: Story) -> None:
    transfers(under_2018)
    does(under_2018, "file-report", "2018-12-20", document=REPORT)
    does(under_2018, "sign-acta", "2018-12-28", side="outgoing", document=ACTA)
    assert filed(under_2018)["acta"] == (None, None), "one signature makes no acta"
    does(under_2018, "sign-acta", "2018-12-29", side="incoming", document=ACTA)
    does(under_2018, "file-complement", "2019-01-10", document=MORE)
    assert filed(under_2018) == {
        "preliminary_report": (None, None),
        "updated_report": (None, None),
        "final_report": ("2018-12-20", REPORT),
        "acta": ("2018-12-29", ACTA),
        "complementary_acta": ("2019-01-10", MORE),
    }
    assert filed(under_2018, valid_at="2018-12-28")["acta"] == (None, None)


def test_what_is_filed_by_itself_stands_and_takes_the_place_of_what_a_step_filed(under_2018: Story) -> None:
    transfers(under_2018)
    does(under_2018, "file-report", "2018-12-20", document=REPORT)
    does(under_2018, "file-deliverable", "2018-12-21", deliverable="updated_report", document=MORE)
    does(under_2018, "file-deliverable", "2018-12-22", deliverable="final_report", document=LATER)
    assert filed(under_2018)["updated_report"] == ("2018-12-21", MORE)
    assert filed(under_2018)["final_report"] == ("2018-12-22", LATER)
    assert filed(under_2018, valid_at="2018-12-21")["final_report"] == ("2018-12-20", REPORT)


def test_papers_and_deadlines_are_files_too(under_2018: Story) -> None:
    papers = under_2018.person.get("/transitions/TG-PERU/deliverables", format="csv").text.splitlines()
    assert papers[0].startswith("key,name,stage,filed_on,document")
    assert [line.partition(",")[0] for line in papers[1:]] == list(filed(under_2018))
    clocks = under_2018.person.get("/transitions/TG-PERU/deadlines", format="csv").text.splitlines()
    assert clocks[0].startswith("key,duty,after,after_on,earliest,due,state")
    assert len(clocks) == 5
