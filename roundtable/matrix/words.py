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


_NAME = says("lower-case letters without accents, such as transport", "minúsculas sin tilde, como transporte")
FORMS = {
    "code": says("capitals, digits and hyphens, such as CHU-2018-A03-07", "mayúsculas, cifras y guiones"),
    "language": says("a language code such as es or qu", "un código de idioma como es o qu"),
    "quote_language": says("a language code such as es or qu", "un código de idioma como es o qu"),
    "sector": _NAME,
    "headline_sectors": _NAME,
    "illustrative": _NAME,
    "act_type": _NAME,
    "currency": says("three capitals such as PEN", "tres mayúsculas como PEN"),
    "territories": says("system and code, as in PE-UBIGEO-INEI:080707", "sistema y código: PE-UBIGEO-INEI:080707"),
    "sdg_targets": says("goal and target, such as 6.1 or 11.a", "objetivo y meta, como 6.1 u 11.a"),
    "source_document": says("64 digits of SHA-256 in hexadecimal", "64 cifras hexadecimales del SHA-256"),
}
"""What a column wants, in words, where the validator would show a pattern."""
