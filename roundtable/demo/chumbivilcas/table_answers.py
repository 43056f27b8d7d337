"""What the story is asked about its tables: who sat there, what was agreed, and where it is written down."""

from collections import Counter
from typing import Any

from roundtable.demo.chumbivilcas.life import AMENDED
from roundtable.demo.chumbivilcas.roundtables import REGIONAL_TABLE, TECHNICAL
from roundtable.demo.chumbivilcas.saying import Questions, counted, joined
from roundtable.demo.chumbivilcas.words import SEATED, SESSION_STATES
from roundtable.demo.rows import Said


def at_the_tables(questions: Questions) -> None:
    """Ask who sat at the tables, whether there was a quorum, and which acta says what."""
    ask = questions.ask
    ask("¿Quiénes se sientan en la Mesa Técnica?", "Who sits at the Technical Table?",
        f"/roundtables/{TECHNICAL}", _seats, day="2018-07-25")  # fmt: skip
    id = questions.asker.get(f"/roundtables/{TECHNICAL}")["id"]
    ask("¿Qué fue de sus sesiones?", "What became of its sessions?", f"/sessions?roundtable={id}", _sessions)
    ask("¿En qué acta consta DEMO-TRA-ST?", "Which minutes hold DEMO-TRA-ST?",
        f"/commitments/{AMENDED}", _provenance(questions))  # fmt: skip
    ask("¿Por qué no sesionó la mesa regional?", "Why did the regional table not sit?",
        "/sessions/DEMO-MR-S2", _quorum)  # fmt: skip
    ask("¿Quiénes la integran?", "Who makes it up?", f"/roundtables/{REGIONAL_TABLE}", _seats, day="2018-10-05")


def _seats(found: Any) -> Said:
    count = Counter(seat["sector"] for seat in found["seats"])
    return joined(", ", (counted(count[sector], words) for sector, words in SEATED.items() if count[sector]))


def _sessions(found: Any) -> Said:
    count = Counter(session["state"] for session in found["items"])
    return joined(", ", (counted(count[state], words) for state, words in SESSION_STATES.items() if count[state]))


def _provenance(questions: Questions) -> Any:
    def say(found: Any) -> Said:
        origin = found["origin"]
        acta = questions.asker.get(f"/minutes/{origin['minutes']}")
        at = f"{acta['code']}, {origin['item']}"
        signed = len(acta["signatures"])
        return Said(
            f"{at}, página {origin['page']} ({signed} firmas)", f"{at}, page {origin['page']} ({signed} signatures)"
        )

    return say


def _quorum(found: Any) -> Said:
    quorum = found["quorum"]
    whole = f"{quorum['present']}/{quorum['required']}"
    sectors = (
        SEATED[one["sector"]] + Said(*[f" {one['present']}/{one['required']}"] * 2) for one in quorum["by_sector"]
    )
    present = Said(f"presentes/requeridos: {whole}", f"present/required: {whole}")
    return joined("; ", (present, *sectors))
