"""How recorded values stand in the cells of a table."""

from collections.abc import Iterable
from datetime import date

from domain.types import Act, Money
from projections.dossiers import Dossier
from projections.dossiers.reading import Government
from projections.dossiers.scope import Written
from roundtable.dossiers.words import Speaker
from roundtable.printing import Column
from roundtable.printing.document import Cell, written

MARK = "*"
"""Stands behind the code of what holds made-up values."""


def money(amount: Money | None) -> str:
    """Write an amount with its currency."""
    return "—" if amount is None else f"{amount.currency}\u00a0{amount.amount:,}"


def sums(amounts: Iterable[Money]) -> str:
    """Write several amounts, one for each currency."""
    return "; ".join(map(money, amounts)) or "—"


def day(speaker: Speaker, on: date | None) -> str:
    """Write a day as the language does."""
    return written(on, speaker.language)


def marked(code: str | None, illustrative: Iterable[str]) -> str:
    """Write a code, with the mark where something of it is made up."""
    return f"{code or '—'}{MARK if tuple(illustrative) else ''}"


def act(speaker: Speaker, one: Act | None) -> str:
    """Write an act: number, issuer, day."""
    if one is None:
        return "—"
    return speaker.say("act.of", number=one.number, issuer=one.issuer, day=day(speaker, one.date))


def provenance(speaker: Speaker, found: Written) -> str:
    """Write where something was agreed: acta, item and page; else the source that was cited."""
    parts = [speaker.say("written.acta", acta=found.acta)] if found.acta else []
    parts += [found.session] if found.session and not found.acta else []
    parts += [found.participatory_budget] if found.participatory_budget else []
    parts += [found.item] if found.item else []
    parts += [found.source] if found.source else []
    parts += [speaker.say("written.page", page=found.page)] if found.page else []
    return ", ".join(parts) or (found.roundtable or "—")


def government(speaker: Speaker, one: Government | None) -> str:
    """Write an administration with its term."""
    if one is None:
        return speaker.say("not_named")
    first, last = one.term.from_, date.fromordinal(one.term.until.toordinal() - 1)
    return speaker.say("term", title=one.title, from_=day(speaker, first), until=day(speaker, last))


def heading(speaker: Speaker, found: Dossier) -> list[tuple[str, Cell]]:
    """Return what stands under the title of every document of a handover."""
    return [
        (speaker.say("institution"), found.institution_name),
        (speaker.say("outgoing"), government(speaker, found.outgoing)),
        (speaker.say("incoming"), government(speaker, found.incoming)),
        (speaker.say("regime"), speaker.of(found.regime_name)),
        (speaker.say("cut_off"), found.cut_off),
        *([(speaker.say("digest"), found.digest)] if found.digest else []),
    ]


def banner(speaker: Speaker, found: Dossier) -> str:
    """Return what every page must warn of: a draft, made-up data."""
    draft = [] if found.frozen else [speaker.say("draft", day=day(speaker, found.cut_off))]
    return " · ".join((*draft, *([speaker.say("illustrative")] if found.illustrative else [])))


def columns(speaker: Speaker, *named: tuple[str, float]) -> list[Column]:
    """Return columns by the phrases of their headings."""
    return [Column(speaker.say(phrase), width) for phrase, width in named]


def shortened(text: str, most: int) -> str:
    """Cut a text that is longer than a summary can hold, between words where it can, and show that it was cut."""
    if len(text) <= most:
        return text
    whole, _, _ = text[:most].rpartition(" ")
    return f"{(whole or text[: most - 1]).rstrip(' ,;.:–—')}…"
