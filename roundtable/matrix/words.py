"""Phrases in refusals, and lists of things in cells."""

import re
from collections.abc import Iterable

from domain.errors import Words

SEPARATOR = " | "
LONGEST = 120
"""Characters of a cell that a refusal repeats."""


def says(english: str, spanish: str) -> Words:
    """Return a phrase that reads in both languages."""
    return Words(english, spanish)


def shown(text: str) -> str:
    """Return a cell as a refusal repeats it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def joined(parts: Iterable[str]) -> str:
    """Write a list into one cell; a bar inside a part is doubled by a backslash."""
    return SEPARATOR.join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)


def split(text: str) -> list[str]:
    """Read a list from a cell."""
    parts = re.findall(r"(?:\\.|[^|\\]|\\$)+", text, re.DOTALL)
    return [re.sub(r"\\([\\|])", r"\1", part).strip() for part in parts if part.strip()]
