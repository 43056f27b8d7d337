"""Random histories of objects that cite each other, with the ways in which they are to become rows."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from hypothesis import strategies as st

from domain.commitment import Commitment
from domain.organization import Organization
from domain.participatory_budget import ParticipatoryBudget
from domain.plan import Plan
from domain.project import Project
from roundtable.commands import creation
from tests.projections.budget_histories import BUDGET, BUDGETS

DAYS = [date(2018, 1, n) for n in range(1, 7)]
OUTSIDE = date(2017, 12, 31)
TERRITORIES = ["080701", "080702", "0808", "08", "15"]


class Op(NamedTuple):
    """Something to record: of which object (counted among those there are), what, on which day, how."""

    kind: Any
    which: int
    command: str
    fields: dict[str, Any]
    day: date
    guarded: bool
    """Whether the rules are asked; otherwise it is recorded although they might refuse it."""


def pen(amount: int) -> dict[str, str]:
    return {"amount": f"{amount}.00", "currency": "PEN"}


amounts = st.integers(0, 9).map(pen)
later_days = st.sampled_from([date(2018, 1, 3), date(2018, 1, 5), date(2018, 2, 1)]).map(str)
places = st.lists(st.sampled_from(TERRITORIES), max_size=2, unique=True).map(
    lambda codes: [{"system": "PE-UBIGEO-INEI", "code": code} for code in codes]
)
titles = st.sampled_from(["Educación rural", "EDUCACION urbana", "Vía Ñahuinpuquio", "Agua"])
sectors = st.sampled_from([None, "transport", "education"])
headlines = st.builds(
    lambda amount, projects, sector: {"amount": amount, "projects": projects, "sectors": sector},
    amounts,
    st.integers(1, 5),
    st.lists(st.sampled_from(["transport", "education"]), max_size=1),
)
parties = st.integers(0, 3).map(lambda n: {"organization": n})
evidence = st.sampled_from("ab").map(lambda digit: {"evidence": {"document": digit * 64}})
COMMITMENT: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "accept": st.just({}),
    "dismiss": st.just({}),
    "start": st.just({}),
    "report_progress": st.integers(0, 100).map(lambda n: {"percent": n}),
    "block": st.just({"cause": "rain"}),
    "unblock": st.just({}),
    "report_fulfilment": st.just({}),
    "verify_fulfilment": st.sampled_from(["complete", "partial"]).map(lambda outcome: {"outcome": outcome}),
    "supersede": st.just({"successors": [str(UUID(int=9))]}),
    "withdraw": st.just({"agreed_by": []}),
    "amend_amount": amounts.map(lambda amount: {"amount": amount}),
    "approve_amount": amounts.map(lambda amount: {"amount": amount}),
    "report_execution": amounts.map(lambda amount: {"amount": amount}),
    "amend_headline": headlines.map(lambda headline: {"headline": headline}),
    "set_deadline": later_days.map(lambda day: {"deadline": day}),
    "waive_deadline": st.just({}),
    "assign_follow_up_body": parties,
    "assign_verifier": parties,
    "add_collaborator": parties,
    "assign_responsibles": parties.map(lambda party: {"responsibles": [party]}),
    "attach_evidence": evidence,
}
ORGANIZATION: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "rename": titles.map(lambda name: {"name": name}),
    "identify": st.sampled_from(["a", "b"]).map(lambda name: {"identifier": {"scheme": "PE-X", "id": name}}),
    "dissolve": st.just({}),
}
ORDINANCE = {"type": "ordinance", "number": "1", "issuer": "Council", "date": "2018-01-01"}
horizons = st.sampled_from([2018, 2021]).map(lambda year: {"from": 2018, "until": year})
parents = st.none() | st.integers(0, 2).map(lambda n: {"plan": n, "version": 1})
objectives = st.lists(st.sampled_from("ABC"), min_size=1, max_size=2, unique=True).map(
    lambda codes: {"objectives": [{"code": code, "statement": code} for code in codes]}
)
priorities = st.integers(0, 2).map(
    lambda n: {"version": 1, "priority": {"plan": n, "version": 1, "code": "A"}, "disposition": "merged", "into": "A"}
)
PLAN: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "state_objectives": objectives,
    "withdraw_objective": st.sampled_from("ABC").map(lambda code: {"code": code}),
    "state_actions": st.integers(0, 3).map(
        lambda n: {"actions": [{"code": "1", "objective": "A", "statement": "a", "responsible": n}]}
    ),
    "reframe": st.builds(lambda horizon, parent: {"horizon": horizon, "parent": parent}, horizons, parents),
    "concert": st.just({}),
    "reopen_draft": st.just({}),
    "adopt": st.just({"act": ORDINANCE, "review_waiver": "none"}),
    "enter_into_force": later_days.map(lambda day: {"valid_until": day}),
    "start_update": horizons.map(lambda horizon: {"horizon": horizon}),
    "abandon_update": st.just({}),
    "extend_horizon": later_days.map(lambda day: {"until": day, "act": ORDINANCE}),
    "repeal": st.just({"act": ORDINANCE}),
    "decide_priority": priorities,
    "recognise": st.just({"act": ORDINANCE}),
}
act = {"type": "decree", "number": "1", "issuer": "Ministry", "date": "2018-01-01"}
ladders = st.fixed_dictionaries({}, optional=dict.fromkeys(("pim", "accrued", "disbursed"), amounts)).filter(bool)
milestones = st.sampled_from(["file", "half"])
points = st.integers(-90, 90).map(lambda n: {"location": {"type": "Point", "coordinates": [n, n]}})
PROJECT: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "admit": st.just({}),
    "prioritise": st.just({}),
    "dismiss": st.just({}),
    "reconsider": st.just({}),
    "start_formulation": st.just({}),
    "declare_viable": amounts.map(lambda cost: {"cost": cost}),
    "approve_investment": st.just({}),
    "close_investment": st.sampled_from(["settled", "unfinished"]).map(lambda outcome: {"outcome": outcome}),
    "deactivate_investment": st.booleans().map(lambda permanent: {"permanent": permanent}),
    "reactivate_investment": st.just({}),
    "start_works": st.just({}),
    "halt_works": st.just({"cause": "rain"}),
    "resume_works": st.just({}),
    "finish_works": st.just({}),
    "assign_cui": st.sampled_from(["123456", "654321"]).map(lambda cui: {"cui": cui}),
    "locate": points,
    "assign_executor": parties,
    "add_participant": parties.map(lambda party: {"participant": party | {"role": "operating"}}),
    "remove_participant": parties.map(lambda party: {"participant": party | {"role": "operating"}}),
    "pledge_funding": st.tuples(parties, amounts).map(lambda made: {"funder": made[0] | {"amount": made[1]}}),
    "withdraw_funding": parties,
    "record_budget": st.tuples(st.sampled_from([2017, 2018]), st.sampled_from(DAYS), ladders).map(
        lambda made: {"fiscal_year": made[0], "cut_off": str(made[1]), "stages": made[2]}
    ),
    "report_progress": st.integers(0, 100).map(lambda n: {"physical": n}),
    "plan_milestone": st.tuples(milestones, later_days).map(
        lambda made: {"milestone": made[0], "title": "M", "due": made[1]}
    ),
    "reach_milestone": milestones.map(lambda key: {"milestone": key}),
    "cancel_milestone": milestones.map(lambda key: {"milestone": key}),
    "modify_duration": later_days.map(lambda day: {"planned_end": day, "act": act}),
    "modify_value": amounts.map(lambda cost: {"cost": cost, "act": act}),
}
HAPPENS = {
    Commitment: COMMITMENT,
    Organization: ORGANIZATION,
    Plan: PLAN,
    Project: PROJECT,
    ParticipatoryBudget: BUDGET,
}
CORRECTIONS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "title": titles,
    "sector": sectors,
    "amount": amounts,
    "headline": headlines,
    "territories": places,
    "deadline": later_days,
    "stage": st.sampled_from(["requested", "agreed"]),
    "percent": st.integers(0, 100),
    "outcome": st.sampled_from(["complete", "partial"]),
    "cost": amounts,
    "planned_end": later_days,
    "works": st.sampled_from(["not_started", "running"]),
    "cause": st.sampled_from(["strike", "rain"]),
    "due": later_days,
    "name": titles,
    "horizon": horizons,
    "vision": titles,
    "valid_until": later_days,
    "fiscal_year": st.integers(2018, 2020),
    "ceiling": amounts,
    "verdict": st.sampled_from(["feasible", "infeasible"]),
    "organization": st.integers(0, 3),
    "occurred_on": st.sampled_from(DAYS).map(str),
}
changes = st.tuples(st.sampled_from(["day", "fields", "both"]), st.fixed_dictionaries(CORRECTIONS)).map(
    lambda made: {n: v for n, v in made[1].items() if made[0] == "both" or (n == "occurred_on") == (made[0] == "day")}
)


def begins(kind: Any) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    if kind is Organization:
        fields = st.fixed_dictionaries(
            {"name": titles, "kind": st.sampled_from(["company", "ngo"])},
            optional={
                "sector": sectors,
                "territories": places,
                "code": st.sampled_from(["A", "B"]).map("ORG-{}".format),
            },
        )
    elif kind is Plan:
        fields = st.fixed_dictionaries(
            {"title": titles, "owner": st.integers(0, 3), "type": st.sampled_from(["sector", "municipal"])}
            | {"horizon": horizons},
            optional={"territories": places, "parent": parents, "code": st.integers(1, 3).map("P-{}".format)},
        )
    elif kind is Project:
        fields = st.fixed_dictionaries(
            {"title": titles, "responsible": st.integers(0, 3)},
            optional={
                "sector": sectors,
                "territories": places,
                "cost": amounts,
                "planned_end": later_days,
                "code": st.integers(1, 3).map("P-{}".format),
                "cui": st.sampled_from(["123456", "654321"]),
                "table": st.sampled_from(["new", "pending"]),
                "investment": st.sampled_from(["idea", "viable", "approved"]),
                "works": CORRECTIONS["works"],
            },
        )
    elif kind is ParticipatoryBudget:
        fields = BUDGETS
    else:
        fields = st.fixed_dictionaries(
            {"title": titles, "responsibles": parties.map(lambda party: [party])},
            optional={
                "stage": CORRECTIONS["stage"],
                "sector": sectors,
                "territories": places,
                "amount": amounts,
                "deadline": later_days,
                "code": st.integers(1, 3).map("C-{}".format),
                "projects": st.integers(1, 3),
                "part_of": st.integers(0, 2),
                "kind": st.sampled_from(["study", "service"]),
                "counterparts": parties.map(lambda party: [party | {"obligation": "land"}]),
            },
        )
    return fields.map(lambda made: (creation(kind).name, made))


def facts(kind: Any) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """What may happen to an object: something it did, or something said of an earlier fact, counted from the last."""
    happens = HAPPENS[kind]
    said = st.integers(0, 5)
    happening = st.sampled_from(sorted(happens)).flatmap(lambda name: st.tuples(st.just(name), happens[name]))
    return st.one_of(
        happening,
        happening,
        st.tuples(st.just("correct"), st.builds(lambda at, new: {"at": at, "changes": new}, said, changes)),
        st.tuples(st.just("void"), said.map(lambda at: {"at": at})),
    )


def ops(kind: Any) -> st.SearchStrategy[Op]:
    what = st.integers(0, 7).flatmap(lambda n: begins(kind) if n == 1 else facts(kind))
    return st.tuples(what, st.integers(0, 2), st.sampled_from(DAYS), st.sampled_from([False, False, True])).map(
        lambda made: Op(kind, made[1], made[0][0], made[0][1], made[2], made[3])
    )


announcement = st.builds(
    lambda headline, day: Op(
        Commitment,
        0,
        "register",
        {"title": "All", "headline": headline, "responsibles": [{"organization": 0}]},
        day,
        guarded=False,
    ),
    headlines,
    st.sampled_from(DAYS[:3]),
)
plan = st.builds(
    lambda parent, day: Op(
        Plan,
        0,
        "draft",
        {"title": "PDC", "type": "sector", "owner": 0, "horizon": {"from": 2018, "until": 2018}, "parent": parent},
        day,
        guarded=False,
    ),
    parents,
    st.sampled_from(DAYS[:3]),
)
Batch = tuple[str, list[Op]]


@st.composite
def histories(draw: Any) -> list[Batch]:
    """Batches of things to record, each with the way in which it becomes rows; announcement and plan come first."""
    first = Op(Organization, 0, "register", {"name": "Ministry", "kind": "ngo"}, DAYS[0], guarded=True)
    rest = draw(
        st.lists(
            st.one_of(
                *[ops(Commitment)] * 3,
                *[ops(Project)] * 2,
                ops(Organization),
                ops(Plan),
                *[ops(ParticipatoryBudget)] * 2,
            ),
            min_size=10,
            max_size=30,
        )
    )
    every, batches = [first, draw(announcement), draw(plan), *rest], []
    while every:
        size, way = draw(st.integers(1, 6)), draw(st.sampled_from(["live", "live", "catch_up", "rebuild"]))
        batches.append((way, every[:size]))
        every = every[size:]
    return batches
