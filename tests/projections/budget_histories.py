"""What may happen to participatory budgets in random histories."""

from typing import Any
from uuid import UUID

from hypothesis import strategies as st

ACT = {"type": "ordinance", "number": "1", "issuer": "Council", "date": "2018-01-01"}
codes = st.sampled_from(["P1", "P2", "P3"])
several = st.lists(codes, min_size=1, max_size=3, unique=True)
money = st.integers(0, 9).map(lambda amount: {"amount": f"{amount}.00", "currency": "PEN"})
someone = st.integers(0, 3)
cited = st.tuples(st.integers(0, 2), st.integers(1, 2), st.sampled_from("AB")).map(
    lambda made: {"plan": made[0], "version": made[1], "code": made[2]}
)
places = st.lists(st.sampled_from(["080701", "0808"]), max_size=2, unique=True).map(
    lambda found: [{"system": "PE-UBIGEO-INEI", "code": code} for code in found]
)
winners = several.map(
    lambda won: {
        "winners": [{"proposal": code, "project": str(UUID(int=8)), "commitment": str(UUID(int=9))} for code in won]
    }
)
BUDGETS = st.fixed_dictionaries(
    {"municipality": someone, "fiscal_year": st.integers(2018, 2020), "ordinance": st.just(ACT)},
    optional={"ceiling": money, "code": st.integers(1, 3).map("PP-{}".format)},
)
"""The first fact of a participatory budget."""
BUDGET: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "set_ceiling": money.map(lambda ceiling: {"ceiling": ceiling}),
    "start_preparation": st.just({}),
    "register_agent": someone.map(lambda n: {"organization": n, "legal_personality": "none"}),
    "reject_agent": someone.map(lambda n: {"organization": n}),
    "name_technical_team": someone.map(lambda n: {"members": [{"organization": n, "function": "Works"}]}),
    "record_workshop": st.sampled_from(["w1", "w2"]).map(lambda key: {"key": key, "kind": "training"}),
    "start_concertation": st.just({}),
    "submit_proposal": st.fixed_dictionaries(
        {"code": codes, "title": codes, "objective": cited, "cost": money, "proposer": someone},
        optional={"territories": places},
    ),
    "evaluate_proposal": st.tuples(codes, st.sampled_from(["feasible", "infeasible"])).map(
        lambda made: {"proposal": made[0], "verdict": made[1], "explanation": "seen"}
    ),
    "withdraw_proposal": codes.map(lambda code: {"proposal": code}),
    "record_ballot": st.tuples(someone, several).map(lambda made: {"agent": made[0], "proposals": made[1]}),
    "set_priorities": several.map(lambda found: {"priorities": found}),
    "start_coordination": st.just({}),
    "formalise": st.just({"act": ACT, "acta": "a" * 64}),
    "elect_committee": someone.map(lambda n: {"members": [{"organization": n, "role": "member"}]}),
    "replace_priority": st.tuples(codes, codes).map(lambda two: {"proposal": two[0], "instead": two[1], "act": ACT}),
    "record_carry_over": winners,
    "start_execution": st.just({}),
    "report_execution": st.tuples(codes, money).map(
        lambda made: {"proposal": made[0], "stage": "in_progress", "executed": made[1]}
    ),
    "render_accounts": st.just({"report": "b" * 64}),
}
"""What may follow it."""
