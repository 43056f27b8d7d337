"""Every fact of the document that is taken away is missed: the record answers with it because it was told."""

import sqlite3
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from roundtable.bootstrap import open_installation
from roundtable.demo.chumbivilcas.checks import CHECKS, failing
from roundtable.demo.chumbivilcas.facts import FACTS, SeedFact
from roundtable.demo.chumbivilcas.script import opening
from roundtable.demo.telling import Step, Teller
from tests.harness import migrated, settings
from tests.postgres import scratch

WHOLE = opening(FACTS)


def without(fact: SeedFact) -> list[Step]:
    return opening(tuple(other for other in FACTS if other != fact))


def shared(steps: list[Step]) -> int:
    """Count the steps with which a story without some fact begins as the whole one does."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(WHOLE, steps, strict=False)))


BY_FIRST_LOSS = sorted(FACTS, key=lambda fact: shared(without(fact)))
"""The facts in the order in which the story first needs them, so that what comes before is told once."""


class Telling:
    """The whole story as far as it has been told, to be gone on with in copies."""

    def __init__(self, folder: str) -> None:
        self.file, self.told = Path(folder) / "whole.db", 0
        self.teller = Teller(migrated(f"sqlite:///{self.file}"))

    def up_to(self, count: int) -> None:
        for step in WHOLE[self.told : count]:
            self.teller.tell(step)
        self.told = count

    def copy(self, name: str) -> Teller:
        """Return somebody who goes on from here in a copy of the database."""
        file = self.file.with_name(f"{name}.db")
        source, copied = sqlite3.connect(self.file), sqlite3.connect(file)
        source.backup(copied)
        source.close()
        copied.close()
        teller = Teller(open_installation(settings(f"sqlite:///{file}")))
        teller.ids |= self.teller.ids
        return teller


@pytest.fixture(scope="module")
def tellings() -> Iterator[list[Telling]]:
    """What was told of the whole story so far; another is begun where a test needs less of it."""
    with scratch() as folder:
        begun = [Telling(folder)]
        yield begun
        for telling in begun:
            telling.teller.installation.close()


@pytest.mark.parametrize("fact", BY_FIRST_LOSS, ids=lambda fact: fact.id)
def test_a_fact_that_is_taken_away_is_missed(tellings: list[Telling], fact: SeedFact) -> None:
    steps = without(fact)
    count = shared(steps)
    if tellings[-1].told > count:
        again = tellings[-1].file.parent / f"before-{fact.id}"
        again.mkdir()
        tellings.append(Telling(str(again)))
    tellings[-1].up_to(count)
    teller = tellings[-1].copy(fact.id)
    for step in steps[count:]:
        teller.tell(step)
    assert CHECKS[fact.id](teller.asker) != fact.value
    teller.installation.close()


def test_with_all_of_them_nothing_is_missed(tellings: list[Telling]) -> None:
    tellings[-1].up_to(len(WHOLE))
    assert list(failing(tellings[-1].teller.asker)) == []
    assert set(CHECKS) == {fact.id for fact in FACTS}
    assert len(CHECKS) == len(FACTS)
