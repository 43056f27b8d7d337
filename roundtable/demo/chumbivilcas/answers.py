"""What the story is asked, with the answers as the HTTP interface gives them."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from roundtable.demo.asking import Asker
from roundtable.demo.chumbivilcas.life import AMENDED, CORRECTED
from roundtable.demo.chumbivilcas.recall import Story
from roundtable.demo.chumbivilcas.script import ANNOUNCEMENT
from roundtable.demo.chumbivilcas.words import SECTORS, STATES
from roundtable.demo.rows import Row, Said
from roundtable.installation import Installation

BALANCE = f"/commitments/{ANNOUNCEMENT}/balance"
OUTGOING, YEAR_END = "2018-12-31", "2020-12-31"
"""The last day of the outgoing authorities; the day of the corrected figure."""


class _Questions:
    def __init__(self, asker: Asker, story: Story) -> None:
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
        moment = [f"{n}={v}" for n, v in (("at_position", known), ("valid_at", day)) if v is not None]
        full = path + ("&" if "?" in path else "?") * bool(moment) + "&".join(moment)
        self.rows.append(Row(Said(es, en), full, known, day, say(self.asker.get(full)), invented))

    def voices(self, found: Any) -> Said:
        ids = (found[part]["institution"] for part in ("reported", "verified"))
        reported, verified = (self.asker.get(f"/organizations/{id}")["code"] for id in ids)
        return Said(f"reportó {reported}; verificó {verified}", f"reported by {reported}; verified by {verified}")


def answers(installation: Installation, story: Story) -> list[Row]:
    """Ask what was promised, what became of it, and what was known when."""
    questions, at = _Questions(Asker(installation), story), story.positions
    _promised(questions, at)
    _handed_over(questions, at)
    _figures(questions, at)
    _completed(questions)
    return questions.rows


def _promised(questions: _Questions, at: Any) -> None:
    ask = questions.ask
    ask("¿Qué se anunció en 2018?", "What was announced in 2018?", BALANCE,
        _lines("headline", "itemised", "remainder"), known=at["announced"], invented=False)  # fmt: skip
    ask("¿Y con los 32 proyectos detallados?", "And with the 32 projects itemised?", BALANCE,
        _lines("headline", "itemised", "remainder"), known=at["itemised"])  # fmt: skip
    ask("¿Cuánto por sector?", "How much per sector?", BALANCE, _by_sector, known=at["itemised"])
    ask("¿Y tras modificar DEMO-TRA-ST?", "And after DEMO-TRA-ST was amended?", BALANCE,
        _lines("headline", "itemised", "remainder"), known=at["amended"])  # fmt: skip
    ask("¿Qué se prometió y qué vale hoy DEMO-TRA-ST?", "What was promised for DEMO-TRA-ST, and what is it now?",
        f"/commitments/{AMENDED}", _ladder)  # fmt: skip


def _handed_over(questions: _Questions, at: Any) -> None:
    ask = questions.ask
    ask("¿Qué dejaron las autoridades salientes, según se sabía entonces?",
        "What did the outgoing authorities leave, as first known?",
        questions.items, _states, known=at["started_late"] - 1, day=OUTGOING)  # fmt: skip
    ask("¿Y según se sabe hoy? (DEMO-AGR-CO se registró tarde)", "And as known today? (DEMO-AGR-CO came late)",
        questions.items, _states, day=OUTGOING)  # fmt: skip
    ask("¿Cuánto se había ejecutado, antes del registro tardío?", "How much was executed, before the late entry?",
        BALANCE, _lines("approved", "executed"), known=at["paid_late"] - 1, day=OUTGOING)  # fmt: skip
    ask("¿Y después del registro tardío?", "And after the late entry?",
        BALANCE, _lines("approved", "executed"), known=at["paid_late"], day=OUTGOING)  # fmt: skip


def _figures(questions: _Questions, at: Any) -> None:
    ask, path = questions.ask, f"/commitments/{CORRECTED}"
    ask("¿Ejecutado en DEMO-EDU-CO, antes de corregir la cifra?", "Executed in DEMO-EDU-CO, before the correction?",
        path, _executed, known=at["corrected"] - 1, day=YEAR_END)  # fmt: skip
    ask("¿Y después de corregirla?", "And after it?", path, _executed, known=at["corrected"], day=YEAR_END)
    ask("¿Cuánto hay aprobado y ejecutado, y qué se desestimó?", "How much is approved and executed, what dismissed?",
        BALANCE, _money_so_far)  # fmt: skip
    ask("¿En qué estado están los 32?", "In what state are the 32?", questions.items, _states)


def _completed(questions: _Questions) -> None:
    ask = questions.ask
    ask("¿Cuáles no tienen plazo, ni razón de ello?", "Which have no deadline, nor a reason why?",
        f"{questions.items}&missing=deadline", _codes)  # fmt: skip
    ask("¿Cuáles no tienen quien les dé seguimiento?", "Which have nobody to follow them up?",
        f"{questions.items}&missing=follow_up_body", _codes)  # fmt: skip
    ask("¿Cuándo vence DEMO-TRA-ST, y por qué acto?", "When is DEMO-TRA-ST due, and by which act?",
        f"/commitments/{AMENDED}", _deadline)  # fmt: skip
    ask("¿Quién reportó cumplido DEMO-EDU-CO, y quién lo verificó?",
        "Who reported DEMO-EDU-CO as fulfilled, and who verified it?",
        f"/commitments/{CORRECTED}", questions.voices)  # fmt: skip
    ask("¿Cómo se llamaba MINAGRI en 2018?", "What was MINAGRI called in 2018?",
        "/organizations/MINAGRI", _name, day=OUTGOING, invented=False)  # fmt: skip
    ask("¿Y hoy?", "And today?", "/organizations/MINAGRI", _name, invented=False)


def _lines(*names: str) -> Callable[[Any], Said]:
    words = {
        "headline": Said("Anunciado", "Announced"),
        "itemised": Said("Detallado", "Itemised"),
        "remainder": Said("Por detallar", "Remainder"),
        "approved": Said("Aprobado", "Approved"),
        "executed": Said("Ejecutado", "Executed"),
    }
    return lambda found: _joined("\n", (words[name] + Said(": ", ": ") + _tally(found[name]) for name in names))


def _by_sector(found: Any) -> Said:
    return _joined("\n", (SECTORS[of["sector"]] + Said(": ", ": ") + _tally(of) for of in found["by_sector"]))


def _money_so_far(found: Any) -> Said:
    dismissed = Said("\nDesestimado: ", "\nDismissed: ") + _tally(found["apart"]["dismissed"])
    return _lines("approved", "executed")(found) + dismissed


def _ladder(found: Any) -> Said:
    promised, now = (_money(found["ladder"][step]) for step in ("promised", "adjusted"))
    return Said("Prometido: ", "Promised: ") + promised + Said("\nModificado: ", "\nAmended: ") + now


def _executed(found: Any) -> Said:
    return _money(found["ladder"]["executed"])


def _states(found: Any) -> Said:
    count = Counter(item["state"] for item in found["items"])
    return _joined(", ", (_counted(count[state], words) for state, words in STATES.items() if count[state]))


def _counted(n: int, words: Said) -> Said:
    return Said(f"{n} {words.es.format(s='s' * (n != 1))}", f"{n} {words.en}")


def _codes(found: Any) -> Said:
    codes = ", ".join(sorted(item["code"] for item in found["items"]))
    return Said(codes, codes)


def _deadline(found: Any) -> Said:
    moved, before, now = found["extensions"][-1], found["original_deadline"], found["deadline"]
    by = f"{now} ({moved['act']['number']})"
    return Said(f"{by}; antes {before}", f"{by}; before {before}")


def _name(found: Any) -> Said:
    return Said(found["name"], found["name"])


def _tally(found: Any) -> Said:
    said, n = _money(found["amount"]), found["projects"]
    return said + Said(f" · {n} proyecto" + "s" * (n != 1), f" · {n} project" + "s" * (n != 1))


def _money(found: Any) -> Said:
    amount = f"{Decimal(found['amount']):,.2f}"
    return Said(f"S/ {amount}", f"PEN {amount}")


def _joined(between: str, parts: Any) -> Said:
    all_of = list(parts)
    return Said(between.join(part.es for part in all_of), between.join(part.en for part in all_of))
