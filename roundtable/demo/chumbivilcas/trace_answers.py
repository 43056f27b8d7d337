"""What the story is asked about one commitment of 2018 that three governments of Quiñota held, one after the other."""

from collections.abc import Iterator
from typing import Any

from roundtable.demo.chumbivilcas.handover_answers import decisions, ends
from roundtable.demo.chumbivilcas.places import LATER_HANDOVERS
from roundtable.demo.chumbivilcas.saying import Questions, codes, joined, one_of
from roundtable.demo.chumbivilcas.words import DECISIONS, STATES
from roundtable.demo.rows import Said

TRACED = "DEMO-EDU-QU"
"""Agreed in 2018, ratified, stopped, adopted with changes, under way again."""
LOOKED_AT = "2023-06-30"
FOUND, LEFT, HAS = Said("  recibió: ", "  found it: "), Said("  dejó: ", "  left it: "), Said("  tiene: ", "  has it: ")
CHANGES = (
    ("2018-12-31", "¿Cómo estaba la víspera del primer cambio de gestión?",
     "How did it stand on the eve of the first change of government?"),
    ("2019-01-01", "¿Y al día siguiente?", "And the day after?"),
    ("2022-12-31", "¿Y la víspera del segundo cambio?", "And on the eve of the second change?"),
    ("2023-01-01", "¿Y al día siguiente?", "And the day after?"),
)  # fmt: skip
"""The days on which governments changed, each with how it is asked about."""


def traced(questions: Questions) -> None:
    """Ask who held the commitment, how it stood at each change, and what the last handovers led to."""
    ask = questions.ask
    ask(f"¿Qué gestiones tuvieron {TRACED}, y cómo lo recibió y lo dejó cada una?",
        f"Which governments held {TRACED}, and how did each find and leave it?",
        f"/commitments/{TRACED}/holders", _chain, day=LOOKED_AT)  # fmt: skip
    for day, es, en in CHANGES:
        ask(es, en, f"/commitments/{TRACED}", _standing, day=day)
    ask("¿Cómo terminaron las dos transferencias de 2022?", "How did the two handovers of 2022 end?",
        "/transitions?q=TG-2022", ends)  # fmt: skip
    later = f"/transitions/{LATER_HANDOVERS['QU']}"
    ask("¿Qué decidió la gestión 2023–2026 de Quiñota?", "What did Quiñota's government of 2023–2026 decide?",
        later, decisions, day=LOOKED_AT)  # fmt: skip
    ask("¿Y qué le falta decidir?", "And what has it not decided on?", f"{later}/undecided", codes, day=LOOKED_AT)


def _chain(found: Any) -> Said:
    return joined("\n", _holders([one for one in found["items"] if one["capacity"] == "counterpart"]))


def _holders(held: list[Any]) -> Iterator[Said]:
    """Say of each holder since when, the state on its first and its last day, and what it decided in between."""
    decided = [None, *(one["passed_on"] and one["passed_on"]["decision"] for one in held)]
    for one, decision in zip(held, decided, strict=False):
        yield Said(f"{one['title']}, desde el {one['from']}", f"{one['title']}, since {one['from']}")
        yield (Said("  comenzó: ", "  it began: ") if one is held[0] else FOUND) + _state(one["at_start"])
        if decision:
            made, on = one_of(DECISIONS[decision["decision"]]), decision["occurred_on"]
            yield Said(f"  decidió el {on}: ", f"  decided on {on}: ") + made
        yield (HAS if one["until"] is None else LEFT) + _state(one["at_end"])


def _standing(found: Any) -> Said:
    due = found["deadline"]
    return _state(found) + Said(f"; plazo {due}", f"; due {due}")


def _state(found: Any) -> Said:
    late = Said(", vencido", ", overdue") if found["overdue"] else Said("", "")
    return one_of(STATES[found["state"]]) + late
