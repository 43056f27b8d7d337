"""What the story is asked, with the answers as the HTTP interface gives them."""

from typing import Any

from roundtable.demo.asking import Asker
from roundtable.demo.chumbivilcas.handover_answers import handed_over
from roundtable.demo.chumbivilcas.life import AMENDED, CORRECTED
from roundtable.demo.chumbivilcas.plan_answers import planned
from roundtable.demo.chumbivilcas.recall import Story
from roundtable.demo.chumbivilcas.saying import (
    Questions,
    by_sector,
    codes,
    deadline,
    executed,
    ladder,
    lines,
    money_so_far,
    name,
    states,
)
from roundtable.demo.chumbivilcas.script import ANNOUNCEMENT
from roundtable.demo.chumbivilcas.table_answers import at_the_tables
from roundtable.demo.chumbivilcas.trace_answers import traced
from roundtable.demo.rows import Row
from roundtable.installation import Installation

BALANCE = f"/commitments/{ANNOUNCEMENT}/balance"
OUTGOING, YEAR_END = "2018-12-31", "2020-12-31"
"""The last day of the outgoing authorities; the day of the corrected figure."""


def answers(installation: Installation, story: Story) -> list[Row]:
    """Ask what was promised, what became of it, and what was known when."""
    questions, at = Questions(Asker(installation), story), story.positions
    _promised(questions, at)
    at_the_tables(questions)
    _left(questions, at)
    handed_over(questions)
    traced(questions)
    planned(questions)
    _figures(questions, at)
    _completed(questions)
    return questions.rows


def _promised(questions: Questions, at: Any) -> None:
    ask = questions.ask
    ask("¿Qué se anunció en 2018?", "What was announced in 2018?", BALANCE,
        lines("headline", "itemised", "remainder"), known=at["announced"], invented=False)  # fmt: skip
    ask("¿Y con los 32 proyectos detallados?", "And with the 32 projects itemised?", BALANCE,
        lines("headline", "itemised", "remainder"), known=at["itemised"])  # fmt: skip
    ask("¿Cuánto por sector?", "How much per sector?", BALANCE, by_sector, known=at["itemised"])
    ask("¿Y tras modificar DEMO-TRA-ST?", "And after DEMO-TRA-ST was amended?", BALANCE,
        lines("headline", "itemised", "remainder"), known=at["amended"])  # fmt: skip
    ask("¿Qué se prometió y qué vale hoy DEMO-TRA-ST?", "What was promised for DEMO-TRA-ST, and what is it now?",
        f"/commitments/{AMENDED}", ladder)  # fmt: skip


def _left(questions: Questions, at: Any) -> None:
    ask = questions.ask
    ask("¿Qué dejaron las autoridades salientes, según se sabía entonces?",
        "What did the outgoing authorities leave, as first known?",
        questions.items, states, known=at["started_late"] - 1, day=OUTGOING)  # fmt: skip
    ask("¿Y según se sabe hoy? (DEMO-AGR-CO se registró tarde)", "And as known today? (DEMO-AGR-CO came late)",
        questions.items, states, day=OUTGOING)  # fmt: skip
    ask("¿Cuánto se había ejecutado, antes del registro tardío?", "How much was executed, before the late entry?",
        BALANCE, lines("approved", "executed"), known=at["paid_late"] - 1, day=OUTGOING)  # fmt: skip
    ask("¿Y después del registro tardío?", "And after the late entry?",
        BALANCE, lines("approved", "executed"), known=at["paid_late"], day=OUTGOING)  # fmt: skip


def _figures(questions: Questions, at: Any) -> None:
    ask, path = questions.ask, f"/commitments/{CORRECTED}"
    ask("¿Cuánto se ejecutó en DEMO-EDU-CO, antes de corregir la cifra?",
        "How much was executed in DEMO-EDU-CO, before the correction?",
        path, executed, known=at["corrected"] - 1, day=YEAR_END)  # fmt: skip
    ask("¿Y después de corregirla?", "And after it?", path, executed, known=at["corrected"], day=YEAR_END)
    ask("¿Cuánto hay aprobado y ejecutado, y qué se desestimó?", "How much is approved and executed, what dismissed?",
        BALANCE, money_so_far)  # fmt: skip
    ask("¿En qué estado están los 32?", "In what state are the 32?", questions.items, states)


def _completed(questions: Questions) -> None:
    ask = questions.ask
    ask("¿Cuáles no tienen plazo, ni razón de ello?", "Which have no deadline, nor a reason why?",
        f"{questions.items}&missing=deadline", codes)  # fmt: skip
    ask("¿Cuáles no tienen quien les dé seguimiento?", "Which have nobody to follow them up?",
        f"{questions.items}&missing=follow_up_body", codes)  # fmt: skip
    ask("¿Qué plazo tiene DEMO-TRA-ST, y por qué acto?", "What deadline does DEMO-TRA-ST have, and by which act?",
        f"/commitments/{AMENDED}", deadline)  # fmt: skip
    ask("¿Quién reportó cumplido DEMO-EDU-CO, y quién lo verificó?",
        "Who reported DEMO-EDU-CO as fulfilled, and who verified it?",
        f"/commitments/{CORRECTED}", questions.voices)  # fmt: skip
    ask("¿Cómo se llamaba MINAGRI en 2018?", "What was MINAGRI called in 2018?",
        "/organizations/MINAGRI", name, day=OUTGOING, invented=False)  # fmt: skip
    ask("¿Y hoy?", "And today?", "/organizations/MINAGRI", name, invented=False)
