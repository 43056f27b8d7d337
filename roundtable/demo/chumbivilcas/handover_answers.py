"""What the story is asked about the change of governments."""

from collections import Counter
from typing import Any

from roundtable.demo.chumbivilcas.administrations import incoming
from roundtable.demo.chumbivilcas.places import HANDOVERS
from roundtable.demo.chumbivilcas.saying import Questions, counted, joined, money
from roundtable.demo.chumbivilcas.words import DECISIONS, HANDOVER_STATES, STATES
from roundtable.demo.rows import Said

EVE, FIRST = "2018-12-31", "2019-01-01"
"""The last day of the outgoing governments, the first of the incoming ones."""


def handed_over(questions: Questions) -> None:
    """Ask what Quiñota's new government took over, and how the handovers ended."""
    ask, path = questions.ask, f"/administrations/{incoming('QU')}/inheritance?capacity=counterpart&kind=commitment"
    ask("¿Qué recibirá la nueva gestión de Quiñota, como contraparte?",
        "What will Quiñota's new government receive, as counterpart?", path, _inherited, day=EVE)  # fmt: skip
    ask("¿Y qué tiene desde su primer día?", "And what does it hold from its first day?",
        path, _inherited, day=FIRST)  # fmt: skip
    ask("¿Cómo terminaron las ocho transferencias de 2018?", "How did the eight handovers of 2018 end?",
        "/transitions?q=TG-2018&limit=200", ends)  # fmt: skip
    ask("¿Qué decidió Quiñota en 2019 sobre lo heredado?", "What did Quiñota decide in 2019 on what it inherited?",
        f"/transitions/{HANDOVERS['QU']}", decisions)  # fmt: skip


def _inherited(found: Any) -> Said:
    total = found["totals"]["counterpart"]["by_kind"]["commitment"]
    count = Counter(item["state"] for item in found["items"])
    states = joined(", ", (counted(count[state], words) for state, words in STATES.items() if count[state]))
    return money(total["amounts"][0]) + Said("\n", "\n") + states


def ends(found: Any) -> Said:
    """Count how handovers ended."""
    count = Counter(handover["state"] for handover in found["items"])
    return joined(", ", (counted(count[state], words) for state, words in HANDOVER_STATES.items() if count[state]))


def decisions(found: Any) -> Said:
    """Count what was decided."""
    count = Counter(decision["decision"] for decision in found["decisions"])
    return joined(", ", (counted(count[made], words) for made, words in DECISIONS.items() if count[made]))
