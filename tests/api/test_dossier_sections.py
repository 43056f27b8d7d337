"""The sections of a dossier as lists: in pages at one moment, as files, together the whole."""

import csv
from typing import Any

import pytest

from tests.api.handovers import CUT_OFF, Town
from tests.harness import Person

WHOLE = {
    "commitments": lambda shown: shown["commitments"]["items"],
    "projects": lambda shown: shown["projects"]["items"],
    "plans": lambda shown: shown["plans"]["items"],
    "participatory-budgets": lambda shown: shown["participatory_budgets"]["items"],
    "first-hundred-days": lambda shown: shown["first_hundred_days"]["items"],
    "before-handover": lambda shown: shown["first_hundred_days"]["before"],
    "observations": lambda shown: shown["observations"]["items"],
    "quality": lambda shown: shown["quality"]["items"],
    "catalogue": lambda shown: shown["catalogue"],
    "deadlines": lambda shown: shown["deadlines"],
}
PATH = "/transitions/DEMO-TG/dossier"


@pytest.fixture
def town(secretary: Person) -> Town:
    built = Town(secretary)
    built.builds()
    built.commits("DEMO-SOON", built.id, deadline="2018-12-20")
    return built


def paged(person: Person, section: str, limit: int, **asked: Any) -> list[list[Any]]:
    """Return the items of every page."""
    pages, cursor = [], None
    while True:
        about = asked | ({"cursor": cursor} if cursor else {})
        page = person.sees(f"{PATH}/{section}", limit=limit, **about)
        pages.append(page["items"])
        cursor = page["next"]
        if cursor is None:
            return pages


@pytest.mark.parametrize("section", list(WHOLE))
def test_the_pages_of_a_section_are_together_what_the_dossier_holds(town: Town, section: str) -> None:
    town.freezes()
    expected = WHOLE[section](town.dossier())
    for limit in (1, 3, 200):
        pages = paged(town.person, section, limit)
        assert [one for page in pages for one in page] == expected
        assert len(pages) == max(1, -(-len(expected) // limit))
    lines = list(csv.DictReader(town.person.get(f"{PATH}/{section}", format="csv").text.splitlines()))
    assert len(lines) == len(expected)
    assert [line["code"] for line in lines if "code" in line] == [
        one.get("code") or "" for one in expected if "code" in one
    ]


def test_pages_stay_at_the_moment_that_the_first_was_about(town: Town) -> None:
    town.plans()
    first = town.person.sees(f"{PATH}/commitments", limit=2, valid_at=CUT_OFF)
    town.commits("DEMO-LATER", town.id, occurred_on="2018-06-01")
    rest = town.person.sees(f"{PATH}/commitments", limit=2, cursor=first["next"], valid_at=CUT_OFF)
    codes = [one["code"] for one in (*first["items"], *rest["items"])]
    assert codes == ["DEMO-ROAD", "DEMO-SCHOOL", "DEMO-TANK", "DEMO-SOON"]
    assert rest["next"] is None
    now = [one["code"] for one in town.person.sees(f"{PATH}/commitments", valid_at=CUT_OFF)["items"]]
    assert now[-1] == "DEMO-LATER"


def test_a_cursor_of_one_section_is_refused_by_another_and_what_is_not_there_is_not_found(town: Town) -> None:
    town.freezes()
    cursor = town.person.sees(f"{PATH}/commitments", limit=1)["next"]
    assert town.person.get(f"{PATH}/catalogue", limit=1, cursor=cursor).status_code == 422
    assert town.person.get(f"{PATH}/commitments", limit=1, cursor="x").status_code == 422
    assert town.person.get(f"{PATH}/poems").status_code == 404
    assert town.person.get("/transitions/NOBODY/dossier/plans").status_code == 404
    assert town.person.get(f"{PATH}/plans", valid_at="2018-06-30").status_code == 404
