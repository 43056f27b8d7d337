"""What the story is asked about plans, projects and participatory budgets."""

from collections import Counter
from decimal import Decimal
from typing import Any

from roundtable.demo.chumbivilcas.budgets import BUDGET
from roundtable.demo.chumbivilcas.places import CONCERTED_PLANS, project_of
from roundtable.demo.chumbivilcas.saying import Questions, joined
from roundtable.demo.chumbivilcas.words import TRACKS
from roundtable.demo.rows import Said

EVE = "2018-12-31"
HALTED = "DEMO-AGR-LL"
"""An item whose works stood still on that day."""


def planned(questions: Questions) -> None:
    """Ask which plans there are, what the budgets serve, and how far a project is."""
    ask = questions.ask
    ask("¿Qué versión del plan de Quiñota dejó la gestión saliente?",
        "Which version of Quiñota's plan did the outgoing government leave?",
        f"/plans/{CONCERTED_PLANS['QU']}", _version, day=EVE)  # fmt: skip
    ask("¿Y los cuatro planes de desarrollo económico local?", "And the four local economic development plans?",
        "/plans?type=local_economic_development&limit=200", _economic)  # fmt: skip
    ask("¿A qué objetivos sirve el presupuesto participativo 2020 de Quiñota?",
        "Which objectives does Quiñota's participatory budget for 2020 serve?",
        f"/participatory-budgets/{BUDGET['QU']}/lines", _lines)  # fmt: skip
    ask(f"¿Cómo estaba el proyecto de {HALTED}?", f"How did the project of {HALTED} stand?",
        f"/projects/{project_of(HALTED)}", _tracks, day=EVE)  # fmt: skip


def _version(found: Any) -> Said:
    version = found["content"]
    by = version["adopted_under"]["code"]
    on = version["adoption"]["adopted_on"]
    return Said(
        f"versión {version['number']}, aprobada el {on} ({by})", f"version {version['number']}, adopted on {on} ({by})"
    )


def _economic(found: Any) -> Said:
    plans = found["items"]
    policy, handed, ratified = (
        sum(1 for plan in plans if plan[field]) for field in ("recognised_on", "handed_over", "ratified")
    )
    return Said(
        f"{policy} son política pública, {handed} entregados, {ratified} ratificados",
        f"{policy} are public policy, {handed} handed over, {ratified} ratified",
    )


def _lines(found: Any) -> Said:
    lines = found["items"]
    served = ", ".join(f"{line['objective']['plan_code']} {line['objective']['code']}" for line in lines)
    total = f"{sum(Decimal(line['cost']['amount']) for line in lines):,.2f}"
    by = Counter(line["objective"]["administration"]["code"] for line in lines)
    governments = ", ".join(by)
    return Said(f"{served}\nS/ {total}; planes de {governments}", f"{served}\nPEN {total}; plans of {governments}")


def _tracks(found: Any) -> Said:
    stands = [TRACKS[name, found["tracks"][name]["state"]] for name in ("table", "investment", "works")]
    return joined(", ", stands)
