"""From what stands in a cell to a value that a command takes; what can be read in two ways is refused, not guessed."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.calendar import last_day
from roundtable.matrix.columns import KINDS, ROLES, STATES, plain, spellings
from roundtable.matrix.errors import (
    AmountAmbiguous,
    AmountNegative,
    AmountUnreadable,
    DayUnreadable,
    NumberUnreadable,
    PartsUnreadable,
    TerritoryUnlabelled,
    WordUnknown,
)
from roundtable.matrix.words import says, shown, split

_KINDS, _STATES, _ROLES = spellings(KINDS), spellings(STATES), spellings(ROLES)
_LABELLED = re.compile(r"(?P<system>.+):(?P<code>[^:]+)", re.DOTALL)
_ANSWERS = re.compile(r"(?P<who>[^\[\]]+?)\s*(?:\[(?P<role>[^\d\]]*?)\s*(?:(?P<share>\d{1,3})\s*%)?\s*\])?")


def word(column: str, text: str, words: Mapping[str, str]) -> str:
    """Read a word of a catalogue, in English or Spanish.

    :raises WordUnknown: it is none.
    """
    if (found := words.get(plain(text))) is None:
        known = ", ".join(dict.fromkeys(words.values()))
        raise WordUnknown(field=column, value=shown(text), known=known)
    return found


def kind(column: str, text: str) -> str:
    """Read a kind of commitment."""
    return word(column, text, _KINDS)


def state(column: str, text: str) -> str:
    """Read a state of a commitment."""
    return word(column, text, _STATES)


def number(column: str, text: str) -> int:
    """Read a whole number; a percent sign may follow.

    :raises NumberUnreadable: it is none.
    """
    if not re.fullmatch(r"[0-9]{1,15}( ?%)?", text):
        raise NumberUnreadable(field=column, value=shown(text))
    return int(text.rstrip("% "))


def amount(column: str, text: str) -> str:
    """Read an amount with a point or a comma before the decimals, and with or without separators of thousands.

    :raises AmountNegative: it has a minus sign, or stands in brackets.
    :raises AmountAmbiguous: its one separator may be either.
    :raises AmountUnreadable: it is none.
    """
    bare = text.replace("\u00a0", " ").replace("−", "-")
    if not bare.isascii():
        raise AmountUnreadable(field=column, value=shown(text))
    if re.fullmatch(r"[-(] ?[\d., ]+\)?|[\d., ]+-", bare):
        raise AmountNegative(field=column, value=shown(text))
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", bare):
        whole, part = re.split(r"[.,]", bare)
        raise AmountAmbiguous(field=column, value=text, one=whole + part, other=f"{whole}.{part}")
    for point, comma in ((".", ","), (",", ".")):
        grouped = rf"[1-9]\d{{0,2}}({re.escape(comma)}\d{{3}})+|[1-9]\d{{0,2}}( \d{{3}})+|\d+"
        if match := re.fullmatch(rf"(?P<whole>{grouped})({re.escape(point)}(?P<part>\d{{1,4}}))?", bare):
            whole = re.sub(r"\D", "", match["whole"]).lstrip("0") or "0"
            return f"{whole}.{match['part']}" if match["part"] else whole
    raise AmountUnreadable(field=column, value=shown(text))


def partial_day(column: str, text: str) -> str:
    """Read a day, month or year: ISO, or dd/mm/yyyy.

    :raises DayUnreadable: it is none.
    """
    match = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
    iso = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else text
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", iso):
        raise DayUnreadable(field=column, value=shown(text))
    try:
        last_day(iso)
    except ValueError:
        raise DayUnreadable(field=column, value=shown(text)) from None
    return iso


def day(column: str, text: str) -> str:
    """Read a whole day.

    :raises DayUnreadable: it is none.
    """
    found = partial_day(column, text)
    if len(found) < len(date.max.isoformat()):
        raise DayUnreadable(field=column, value=shown(text))
    return found


def territories(column: str, text: str) -> list[dict[str, str]]:
    """Read territories, each as system and code.

    :raises TerritoryUnlabelled: one has no system.
    """
    found = []
    for part in split(text):
        match = _LABELLED.fullmatch(part)
        if match is None:
            raise TerritoryUnlabelled(field=column, value=shown(part))
        found.append({"system": match["system"].strip(), "code": match["code"].strip()})
    return found


def answering(column: str, text: str) -> list[dict[str, Any]]:
    """Read who answers for a commitment, each with a role and a share: `MTC [lead 60%]`.

    :raises PartsUnreadable: one is written in another way.
    :raises WordUnknown: a role is none.
    """
    found = []
    for part in split(text):
        match = _ANSWERS.fullmatch(part)
        if match is None:
            form = says("organization [role share%]", "organización [rol porcentaje%]")
            raise PartsUnreadable(field=column, value=shown(part), form=form)
        role = word(column, match["role"], _ROLES) if match["role"] else "lead"
        found.append({"organization": match["who"], "role": role, "share": match["share"] and int(match["share"])})
    return found


def owing(column: str, text: str) -> list[dict[str, str]]:
    """Read what counterparts owe: `CODE = what it owes`.

    :raises PartsUnreadable: one is written in another way.
    """
    found = []
    for part in split(text):
        who, equals, what = part.partition("=")
        if not (equals and who.strip() and what.strip()):
            form = says("organization = obligation", "organización = obligación")
            raise PartsUnreadable(field=column, value=shown(part), form=form)
        found.append({"organization": who.strip(), "obligation": what.strip()})
    return found
