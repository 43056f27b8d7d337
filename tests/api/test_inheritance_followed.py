"""A later write shows in an inheritance that was asked for before, whoever recorded it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from projections import kept
from roundtable.bootstrap import open_installation
from roundtable.installation import Installation
from tests.harness import Person, pen

ACT = {"type": "agreement", "number": "AC-01-2019", "issuer": "Council", "date": "2019-01-15"}


class Story:
    """A municipality that inherits three commitments; one process records, another one answers questions."""

    def __init__(self, installation: Installation, other: Installation) -> None:
        self.installation = installation
        self.writer, self.asker = Person.arrives(installation), Person.arrives(other)
        self.town = self.writer.registers_organization(kind="local_government")
        self.ministry = self.writer.registers_organization()
        self.old = self.writer.registers_administration(self.town, 2015, 2019)
        self.new = self.writer.registers_administration(self.town, code="NEW")
        self.positions = {code: self.commits(code) for code in ("ROAD", "SCHOOL", "WATER")}
        self.writer.does("/transitions", outgoing=self.old, incoming=self.new, code="TG", occurred_on="2018-07-01")

    def commits(self, code: str, **about: Any) -> int:
        known = {"code": code, "amount": pen(100), "deadline": "2018-12-01"}
        return int(self.writer.registers_commitment(self.town, **(known | about))["position"])

    def does(self, code: str, command: str, on: str, **about: Any) -> None:
        self.writer.does(f"/commitments/{code}/{command}", occurred_on=on, **about)

    def path(self, of: str = "inheritance") -> str:
        return f"/administrations/{self.new}/inheritance" if of == "inheritance" else "/transitions/TG/undecided"

    def newcomer(self, path: str, **query: Any) -> Any:
        """What a process answers that was never asked before."""
        fresh = open_installation(self.installation.settings)
        try:
            return Person.arrives(fresh).sees(path, **query)
        finally:
            fresh.close()


@pytest.fixture
def story(installation: Installation) -> Iterator[Story]:
    other = open_installation(installation.settings)
    yield Story(installation, other)
    other.close()


def decides(story: Story) -> None:
    item = {"kind": "commitment", "id": story.writer.sees("/commitments/ROAD")["id"]}
    about = {"item": item, "decision": "ratified", "act": ACT, "reason": "Council", "on_behalf_of": story.town}
    story.writer.does("/transitions/TG/decide-continuity", occurred_on="2019-01-20", **about)


def replaces(story: Story) -> None:
    story.commits("ROAD-2", amount=pen(60))
    successor = story.writer.sees("/commitments/ROAD-2")["id"]
    story.does("ROAD", "supersede", "2018-11-01", successors=[successor], reason="merged")


WRITES: dict[str, Callable[[Story], Any]] = {
    "a late entry": lambda story: story.commits("LATE"),
    "an entry of the new term": lambda story: story.commits("AFTER", occurred_on="2019-02-01", deadline="2019-12-31"),
    "an amendment before the eve": lambda story: story.does(
        "ROAD", "amend-amount", "2018-10-01", amount=pen(70), reason="Addendum"
    ),
    "a correction of the past": lambda story: story.writer.corrects(
        "/commitments/ROAD", story.positions["ROAD"], {"amount": pen(1)}
    ),
    "a corrected day that leaves it out": lambda story: story.writer.corrects(
        "/commitments/ROAD", story.positions["ROAD"], {"occurred_on": "2019-01-05", "deadline": "2019-06-01"}
    ),
    "a void": lambda story: story.writer.voids("/commitments/ROAD", story.positions["ROAD"]),
    "a successor": replaces,
    "an end after the eve": lambda story: story.does("ROAD", "declare-unfulfilled", "2019-03-01", reason="No money"),
    "a party more": lambda story: story.does("ROAD", "assign-follow-up-body", "2018-09-01", organization=story.town),
    "a party that leaves": lambda story: story.does(
        "ROAD", "assign-responsibles", "2018-09-01", responsibles=[{"organization": story.ministry}], reason="Law"
    ),
    "a decision": decides,
    "another term": lambda story: story.writer.corrects(
        f"/administrations/{story.new}",
        story.writer.sees(f"/administrations/{story.new}/history")["items"][0]["position"],
        {"term": {"from": "2019-02-01", "until": "2023-01-01"}},
    ),
    "nothing of it": lambda story: story.writer.registers_commitment(story.ministry),
}


UNCHANGED = ("an entry of the new term", "a decision", "another term", "nothing of it")
"""What changes nothing of the totals as on the eve."""
QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("inheritance", {}),
    ("inheritance", {"overdue": True, "decision": "undecided"}),
    ("undecided", {}),
]


def ask(story: Story, see: Callable[..., Any]) -> list[Any]:
    return [see(story.path(of), **query) for of, query in QUESTIONS]


@pytest.mark.parametrize("name", list(WRITES))
def test_the_first_answer_after_a_write_is_that_of_somebody_who_was_never_asked(story: Story, name: str) -> None:
    before = ask(story, story.asker.sees)
    WRITES[name](story)
    after = ask(story, story.asker.sees)
    assert after == ask(story, story.newcomer)
    assert (after[0]["totals"] == before[0]["totals"]) is (name in UNCHANGED)


def test_it_is_so_after_many_writes_and_about_earlier_positions(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    first = story.asker.sees(story.path())
    monkeypatch.setattr(kept, "FEW", 2)  # otherwise hundreds of facts had to be recorded
    for name in list(WRITES)[:4]:
        WRITES[name](story)
    assert ask(story, story.asker.sees) == ask(story, story.newcomer)
    again = story.asker.sees(story.path(), at_position=first["position"])
    assert (again["items"], again["totals"]) == (first["items"], first["totals"])


def test_totals_go_up_and_down_with_what_is_recorded(story: Story) -> None:
    def amounts() -> Any:
        return story.asker.sees(story.path(), limit=1)["totals"]["responsible"]["by_kind"]["commitment"]["amounts"]

    assert amounts() == [pen("300.00")]
    late = story.commits("LATE", amount=pen("0.50"))
    assert amounts() == [pen("300.50")]
    story.writer.voids("/commitments/LATE", late)
    assert amounts() == [pen("300.00")]
    for code in ("ROAD", "SCHOOL", "WATER"):
        story.writer.voids(f"/commitments/{code}", story.positions[code])
    assert story.asker.sees(story.path())["totals"] == {}


def test_pages_stay_at_the_moment_of_the_first_one_while_others_ask_about_now(story: Story) -> None:
    first = story.asker.sees(story.path(), limit=1)
    story.commits("LATE")
    assert story.asker.sees(story.path())["totals"]["responsible"]["count"] == 4
    second = story.asker.sees(story.path(), limit=1, cursor=first["next"])
    assert (second["totals"], second["position"]) == (first["totals"], first["position"])
    assert story.asker.sees(story.path())["totals"]["responsible"]["count"] == 4
