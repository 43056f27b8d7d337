"""How the suite is shared out among test processes: by file and kind of database, what takes longest first."""

import re
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

LONGEST = (
    "tests/attacks/test_fuzz.py",
    "tests/projections/",
    "tests/stories/",
    "tests/cli/",
    "tests/contract/test_readme.py",
    "tests/contract/test_walk.py",
    "tests/witness/",
    "tests/exports/",
    "tests/attacks/",
)
"""What must not begin last, by measurement; the rest are many short files."""
ONCE = "tests/stories/"
"""Where all files ask one story, which takes seconds to tell."""
DATABASE = re.compile(r"\[(?:.*-)?(sqlite|postgresql)(?:-.*)?\]$", re.DOTALL)


class Sharing(LoadScopeScheduling):
    """Gives each process, time and again, the tests of one file on one kind of database."""

    def _split_scope(self, nodeid: str) -> str:
        on = DATABASE.search(nodeid)
        file = ONCE if on and nodeid.startswith(ONCE) else nodeid.partition("::")[0]
        return f"{file} {on[1]}" if on else file


def longest_first(items: list[pytest.Item]) -> None:
    """Put in order, as they are given out, the tests that were collected."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    return next((rank for rank, path in enumerate(LONGEST) if item.nodeid.startswith(path)), len(LONGEST))


def scheduler(config: pytest.Config, log: Any) -> Sharing | None:
    """Return who gives the tests out, if they are to stay together at all."""
    if config.getvalue("dist") != "loadscope":
        return None
    config.option.loadscopereorder = False  # it would begin with the files of most tests, and these are short
    return Sharing(config, log)
