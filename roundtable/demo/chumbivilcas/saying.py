"""Asking the story, and putting what the HTTP interface answers into words."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from roundtable.demo.asking import Asker
from roundtable.demo.chumbivilcas.recall import Story
from roundtable.demo.chumbivilcas.words import SECTORS, STATES
from roundtable.demo.rows import Row, Said


class Questions:
    """The rows of questions asked so far."""

    def __init__(self, asker: Asker, story: Story) -> None:
        """Begin with none."""
        self.asker, self.items = asker, f"/commitments?part_of={story.announcement}&limit=200"
        self.rows: list[Row] = []

    def ask(
        self,
        es: str,
        en: str,
        path: str,
        say: Callable[[Any], Said],
        *,
        known: int | None = None,
        day: str | None = None,
        invented: bool = True,
    ) -> None:
        """Ask a question about a moment, and add it with its answer."""
        moment = [f"{n}={v}" for n, v in (("at_position", known), ("valid_at", day)) if v is not None]
        full = path + ("&" if "?" in path else "?") * bool(moment) + "&".join(moment)
        self.rows.append(Row(Said(es, en), full, known, day, say(self.asker.get(full)), invented))

    def voices(self, found: Any) -> Said:
        """Say who reported and who verified."""
        ids = (found[part]["institution"] for part in ("reported", "verified"))
        reported, verified = (self.asker.get(f"/organizations/{id}")["code"] for id in ids)
        return Said(f"reportó {reported}; verificó {verified}", f"reported by {reported}; verified by {verified}")


def lines(*names: str) -> Callable[[Any], Said]:
    """Say lines of a balance."""
    words = {
        "headline": Said("Anunciado", "Announced"),
        "itemised": Said("Detallado", "Itemised"),
        "remainder": Said("Por detallar", "Remainder"),
        "approved": Said("Aprobado", "Approved"),
        "executed": Said("Ejecutado", "Executed"),
    }
    return lambda found: joined("\n", (words[name] + Said(": ", ": ") + tally(found[name]) for name in names))


def by_sector(found: Any) -> Said:
    """Say what is itemised for each sector."""
    return joined("\n", (SECTORS[of["sector"]] + Said(": ", ": ") + tally(of) for of in found["by_sector"]))


def money_so_far(found: Any) -> Said:
    """Say what is approved, executed and dismissed."""
    dismissed = Said("\nDesestimado: ", "\nDismissed: ") + tally(found["apart"]["dismissed"])
    return lines("approved", "executed")(found) + dismissed


def ladder(found: Any) -> Said:
    """Say what was promised, and what it is now."""
    promised, now = (money(found["ladder"][step]) for step in ("promised", "adjusted"))
    return Said("Prometido: ", "Promised: ") + promised + Said("\nModificado: ", "\nAmended: ") + now


def executed(found: Any) -> Said:
    """Say what was executed."""
    return money(found["ladder"]["executed"])


def states(found: Any) -> Said:
    """Count the states of items."""
    count = Counter(item["state"] for item in found["items"])
    return joined(", ", (counted(count[state], words) for state, words in STATES.items() if count[state]))


def one_of(words: Said) -> Said:
    """Say of one thing what it is."""
    return Said(words.es.format(s=""), words.en)


def counted(n: int, words: Said) -> Said:
    """Say how many."""
    return Said(f"{n} {words.es.format(s='s' * (n != 1))}", f"{n} {words.en}")


def codes(found: Any) -> Said:
    """List codes, each once."""
    codes = ", ".join(sorted({item["code"] for item in found["items"]}))
    return Said(codes, codes)


def deadline(found: Any) -> Said:
    """Say when it is due, and by which act."""
    moved, before, now = found["extensions"][-1], found["original_deadline"], found["deadline"]
    by = f"{now} ({moved['act']['number']})"
    return Said(f"{by}; antes {before}", f"{by}; before {before}")


def name(found: Any) -> Said:
    """Say a name."""
    return Said(found["name"], found["name"])


def tally(found: Any) -> Said:
    """Say an amount and how many projects."""
    said, n = money(found["amount"]), found["projects"]
    return said + Said(f" · {n} proyecto" + "s" * (n != 1), f" · {n} project" + "s" * (n != 1))


def money(found: Any) -> Said:
    """Say an amount."""
    amount = f"{Decimal(found['amount']):,.2f}"
    return Said(f"S/ {amount}", f"PEN {amount}")


def joined(between: str, parts: Any) -> Said:
    """Say parts, one after the other."""
    all_of = list(parts)
    return Said(between.join(part.es for part in all_of), between.join(part.en for part in all_of))
