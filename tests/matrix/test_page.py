"""docs/matrix.md lists every column and word, and no other."""

import re
from pathlib import Path

from roundtable.matrix.columns import COLUMNS, KINDS, ROLES, STATES

PAGE = (Path(__file__).parents[2] / "docs" / "matrix.md").read_text("utf-8")


def test_every_column_is_listed_with_its_spanish_headers_and_what_it_holds() -> None:
    listed = re.findall(r"^\| `(\w+)` \| ([^`|]+) \| (.+) \|$", PAGE.partition("## Words")[0], re.MULTILINE)
    assert listed == [(c.name, ", ".join(c.es), c.holds) for c in COLUMNS]


def test_every_word_is_listed_with_its_spanish_ones() -> None:
    listed = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (.+) \|$", PAGE, re.MULTILINE)
    words = [("kind", KINDS), ("state", STATES), ("responsibles", ROLES)]
    assert listed == [(column, word, ", ".join(es)) for column, table in words for word, es in table.items()]
