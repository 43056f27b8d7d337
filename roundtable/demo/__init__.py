"""Demonstration stories: real facts, with what was invented marked field by field, told through the application.

`load(installation, tell, name)` records one, `answers(installation, story)` asks it what it should be able to answer,
`show(console, installation, story, language, address)` prints that. The database must be migrated.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from rich.console import Console

from roundtable.demo import chumbivilcas
from roundtable.demo.chumbivilcas.recall import PartlyLoaded, Story
from roundtable.demo.rows import ADDRESS, Language, Row, Said, print_rows
from roundtable.demo.telling import Tell
from roundtable.installation import Installation

__all__ = [
    "STORIES", "Language", "PartlyLoaded", "Row", "Said", "Story", "Tale", "Tell", "answers", "load", "show",
]  # fmt: skip


class Tale(NamedTuple):
    """How a story is recorded, and what it is asked."""

    load: Callable[[Installation, Tell], Story]
    answers: Callable[[Installation, Story], list[Row]]


STORIES: Mapping[str, Tale] = {chumbivilcas.NAME: Tale(chumbivilcas.load, chumbivilcas.answers)}
"""Every story by name."""


def _quiet(_done: int, _total: int, _what: str) -> None:
    """Say nothing of the progress."""


def load(installation: Installation, tell: Tell = _quiet, name: str = chumbivilcas.NAME) -> Story:
    """Record a story, or find it recorded already (`fresh` is then false) and change nothing.

    :raises PartlyLoaded: loading stopped in the middle before.
    """
    return STORIES[name].load(installation, tell)


def answers(installation: Installation, story: Story) -> list[Row]:
    """Ask a story what it should be able to answer."""
    return STORIES[story.name].answers(installation, story)


def show(
    console: Console,
    installation: Installation,
    story: Story,
    language: Language = "es",
    address: str = ADDRESS,
) -> None:
    """Print what a story answers, and the commands that ask a server at an address the same.

    A terminal gets a table, a pipe plain lines.
    """
    console.print(getattr(story.news, language), markup=False, highlight=False)
    print_rows(console, answers(installation, story), language, address)
