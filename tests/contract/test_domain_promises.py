"""What the model promises of guards: each refuses, by the command that must, and says so in its documentation."""

import ast
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from pydantic import ValidationError

from domain.administration import errors as administrations
from domain.administration.facts import KnownTerm, Terms
from domain.administration.types import Term
from domain.aggregate import KINDS
from domain.commitment import Commitment
from domain.commitment import errors as commitments
from domain.commitment.facts import Table
from domain.errors import DomainError, Words
from domain.events import Event
from domain.facts import CodeTaken, Dependents, UnknownCommitment
from domain.minutes import errors as minutes
from domain.objectives import KnownPlan, KnownVersion, PlanNotInForce, PlanObjectives, UnknownPlanVersion
from domain.organization import errors as merging
from domain.participatory_budget import ParticipatoryBudget
from domain.participatory_budget import errors as budgets
from domain.plan import Plan
from domain.plan import errors as plans
from domain.plan.facts import Parentage
from domain.roundtable import errors as roundtables
from domain.roundtable.facts import OpenCommitments
from domain.session import errors as sessions
from domain.transition import errors as transitions
from roundtable.commands import commands_of
from tests.domain import commitments as promised
from tests.domain import minutes as acts
from tests.domain import participatory_budgets as pb
from tests.domain import plans as planned
from tests.domain import projects as works
from tests.domain import roundtables as tables
from tests.domain import samples
from tests.domain import sessions as sittings
from tests.domain import test_administration as terms
from tests.domain import test_organization as organizations
from tests.domain import test_transition as handovers
from tests.domain.given import (
    ACTOR,
    COLLEAGUE,
    ID,
    MINISTRY,
    MUNICIPALITY,
    NOBODY,
    REGION,
    UNIVERSITY,
    Given,
    Outcome,
    given,
)

TERM = KnownTerm(id=NOBODY, institution=MUNICIPALITY, term=Term(from_=date(2020, 1, 1), until=date(2021, 1, 1)))
OPEN_ONES = OpenCommitments(count=1, some=("CHU-1",))
EXPIRED = Table(id=NOBODY, exists=True, name="CHU", state=Words("expired", "vencida"), over_since=date(2019, 5, 31))
SUCCESSOR = {"successors": [UUID(int=0x31)]}
DRAFTING = KnownVersion(objectives=frozenset({"OE.1"}), state="drafting")
ONE_VERSION = PlanObjectives(plans={UUID(int=0x41): KnownPlan(name="DEMO-PDC", versions={2: DRAFTING})})
WRONG_VERSION = {"objectives": [{"plan": UUID(int=0x41), "version": 1, "code": "OE.1"}]}
PROPOSAL: dict[str, Any] = {
    "code": "DEMO-P9", "title": "Canal", "objective": pb.OBJECTIVE, "cost": pb.pen(300), "proposer": UNIVERSITY,
}  # fmt: skip
INFEASIBLE = {"proposal": "DEMO-P1", "verdict": "infeasible"}
WINNER = {"proposal": "DEMO-P1", "project": UUID(int=0x91), "commitment": UUID(int=0x92)}
DEAR = {"priorities": ["DEMO-P1", "DEMO-P2", "DEMO-P3"]}


def _session(*events: Event, **roundtable: Any) -> Given:
    table = replace(sittings.ROUNDTABLE, **roundtable)
    return sittings.sitting(*events).where(others=(table,))


def _budget(*events: Event) -> Given:
    return given(*events, kind=ParticipatoryBudget).where(others=(pb.IN_FORCE,))


def _reported() -> Given:
    return promised.REPORTED_DONE


def _cyclic() -> Given:
    above = Parentage(id=ID, name="PDC-P", exists=True, versions=(2,), above=frozenset({planned.PROVINCE, ID}))
    return given(planned.DRAFTED, kind=Plan).where(others=(above,))


def _handing() -> Given:
    events = (handovers.PLANNED, handovers.PREPARED, handovers.READY, handovers.STARTED, handovers.FROZEN)
    return given(*events, handovers.DELIVERED, kind=KINDS["transition"]).where(others=handovers.KNOWN)


OUTCOME, ON = sittings.OUTCOME, sittings.ON
VOTED = OUTCOME | {"decision": "vote", "votes": {"for": ["region"], "against": ["province"]}}
DISSENT = OUTCOME | {"dissents": [{"seat": "region", "reason": "No"}]}
BESIDE = {"seat": "province", "capacity": "alternate"}
GUARDS: list[tuple[str, Outcome, type[DomainError]]] = [
    (
        "terms of one institution never overlap",
        terms.administration(terms=Terms(others=(TERM,))).when("register", "2018-10-07", **terms.BODY),
        administrations.TermsOverlap,
    ),
    (
        "validity is extended by a new act or session agreement",
        tables.table(*tables.ACTIVE).when("extend-validity", until="2021-02-05"),
        roundtables.ExtensionWithoutGround,
    ),
    (
        "no deciding session before installation",
        _session(*sittings.PRESENT, installed=False).when("open", ON),
        sessions.RoundtableMayNotDecide,
    ),
    (
        "no new commitments when expired",
        given().where(table=EXPIRED).when("register", **promised.NEW),
        commitments.RoundtableTakesNoCommitments,
    ),
    (
        "concluding with open commitments names a follow-up body",
        tables.table(*tables.ACTIVE)
        .where(open_commitments=OPEN_ONES)
        .when("conclude", final_report={"citation": "Informe final"}),
        roundtables.OpenCommitmentsUnfollowed,
    ),
    (
        "agenda required or waived",
        _session(sittings.convened(agenda=()), *sittings.PRESENT[1:]).when("open", ON),
        sessions.AgendaMissing,
    ),
    (
        "a session without quorum does not open",
        _session(sittings.convened(), *sittings.came("ministry", "region")).when("open", ON),
        sessions.QuorumNotReached,
    ),
    (
        "a session that lost its quorum does not agree",
        _session(*sittings.OPEN, sittings.left("region")).when("record-outcome", ON, **OUTCOME),
        sessions.QuorumNotReached,
    ),
    (
        "quorum is computed from the seats valid that day, by sector too",
        _session(*sittings.PRESENT, by_sector=(("civil_society", 1),)).when("open", ON),
        sessions.QuorumNotReached,
    ),
    (
        "an alternate acts only when the principal is absent",
        _session(sittings.convened(), *sittings.came("province")).when("record-attendance", ON, **BESIDE),
        sessions.SeatOccupied,
    ),
    (
        "what is decided by consensus is not voted",
        _session(*sittings.OPEN, decides_by="consensus").when("record-outcome", ON, **VOTED),
        sessions.NotDecidedSo,
    ),
    (
        "a tie is no majority: no chair has a second vote",
        _session(*sittings.OPEN).when("record-outcome", ON, **VOTED),
        sessions.MajorityNotReached,
    ),
    (
        "there is no consensus over the dissent of a vote",
        _session(*sittings.OPEN).when("record-outcome", ON, **DISSENT),
        sessions.ConsensusBroken,
    ),
    (
        "next session needs the previous acta final, or a waiver",
        sittings.sitting(*sittings.OPEN)
        .where(others=(sittings.ROUNDTABLE, sittings.UNSIGNED))
        .when("record-outcome", ON, **OUTCOME),
        sessions.PreviousMinutesNotFinal,
    ),
    ("signed content is immutable", acts.acta(*acts.SIGNED).when("revise", text="6" * 64), minutes.MinutesNotOpen),
    (
        "fulfilment needs evidence",
        given(samples.registered(), samples.STARTED).when("report-fulfilment"),
        commitments.EvidenceMissing,
    ),
    (
        "verification is by another person than who reported",
        _reported().when("verify-fulfilment", by=ACTOR, on_behalf_of=UNIVERSITY),
        commitments.NotAnotherParty,
    ),
    (
        "verification is by another institution than that which reported",
        _reported().when("verify-fulfilment", by=COLLEAGUE, on_behalf_of=REGION),
        commitments.NotAnotherParty,
    ),
    (
        "verification is by another institution than that which answers for it",
        _reported().when("verify-fulfilment", by=COLLEAGUE, on_behalf_of=MINISTRY),
        commitments.NotAnotherParty,
    ),
    (
        "a deadline is moved by an extension, never set anew",
        promised.WITH_DEADLINE.when("set-deadline", deadline="2021-12-31"),
        commitments.DeadlineAlreadySet,
    ),
    (
        "withdrawal needs every party",
        given(samples.registered(collaborators=(REGION,))).when("withdraw", agreed_by=[MINISTRY]),
        commitments.PartyNotAgreed,
    ),
    (
        "a commitment does not take its own place over others",
        promised.AGREED.where(
            part_of={UUID(int=0x31): None}, dependents=Dependents(descendants=frozenset({UUID(int=0x31)}))
        ).when("supersede", **SUCCESSOR),
        commitments.SucceedsItself,
    ),
    (
        "an organization does not merge into what merged into it",
        given(organizations.REGISTERED, kind=KINDS["organization"])
        .where(dependents=Dependents(descendants=frozenset({MINISTRY})))
        .when("merge", "2018-06-01", into=MINISTRY),
        merging.MergesIntoItself,
    ),
    (
        "what takes the place of a commitment is recorded",
        promised.AGREED.when("supersede", **SUCCESSOR),
        UnknownCommitment,
    ),
    (
        "the unified investment code is unique",
        works.project(holders={"2595080": NOBODY}).when("assign-cui", cui="2595080"),
        CodeTaken,
    ),
    (
        "a project serves no version of a plan that does not exist",
        works.project(others=(ONE_VERSION,)).when("align-objectives", **WRONG_VERSION),
        UnknownPlanVersion,
    ),
    (
        "a commitment serves no version of a plan that does not exist",
        promised.AGREED.where(others=(ONE_VERSION,)).when("align-objectives", **WRONG_VERSION),
        UnknownPlanVersion,
    ),
    (
        "alignment of plans has no cycles",
        _cyclic().when("reframe", horizon={"from": 2018, "until": 2021}, parent=planned.PARENT),
        plans.PlanDescendsFromItself,
    ),
    (
        "a proposal cites an objective of a plan in force",
        _budget(*pb.CHOOSING).when(
            "submit-proposal", "2019-04-02", **PROPOSAL | {"objective": {"plan": pb.PLAN, "version": 1, "code": "OE.1"}}
        ),
        PlanNotInForce,
    ),
    (
        "infeasible needs an explanation",
        _budget(*pb.CHOOSING, pb.proposed()).when("evaluate-proposal", **INFEASIBLE),
        budgets.ExplanationMissing,
    ),
    ("ceiling checked", _budget(*pb.CHOICES).when("set-priorities", **DEAR), budgets.CeilingExceeded),
    (
        "winners become projects and commitments",
        _budget(*pb.AGREED).when("record-carry-over", winners=[WINNER]),
        budgets.OutcomeNotRecorded,
    ),
    (
        "deliverer and verifier are two",
        _handing().when("verify-items", by=COLLEAGUE, on_behalf_of=MUNICIPALITY, items=[samples.ITEM]),
        transitions.DelivererVerifies,
    ),
    (
        "an inventory is frozen once",
        _handing().when("freeze-inventory", "2018-12-10", cut_off="2018-12-02"),
        transitions.InventoryAlreadyFrozen,
    ),
    (
        "continuity is decided after taking office",
        _handing().when("decide-continuity", "2018-12-31", **handovers.DECIDES),
        transitions.NotInOffice,
    ),
]


@pytest.mark.parametrize(("sentence", "outcome", "error"), GUARDS, ids=[guard for guard, _, _ in GUARDS])
def test_a_guard_of_the_model_refuses(sentence: str, outcome: Outcome, error: type[DomainError]) -> None:
    del sentence  # it is the name of the case
    outcome.refused(error)


@pytest.mark.parametrize(
    ("kind", "command", "without"),
    [
        (Commitment, "extend_deadline", "act"),
        (Commitment, "amend_amount", "reason"),
        (Commitment, "withdraw", "source"),
        (Plan, "adopt", "act"),
        (Plan, "decide_priority", "reason"),
        (KINDS["roundtable"], "constitute", "act"),
        (KINDS["transition"], "decide_continuity", "act"),
        (KINDS["transition"], "decide_continuity", "reason"),
    ],
    ids=lambda one: getattr(one, "TOPIC", one),
)
def test_what_a_guard_asks_for_is_required_of_every_request(kind: Any, command: str, without: str) -> None:
    with pytest.raises(ValidationError) as refused:
        commands_of(kind)[command].body.model_validate({})
    assert (without,) in {problem["loc"] for problem in refused.value.errors() if problem["type"] == "missing"}


def test_an_inventory_is_assembled_and_never_typed_in() -> None:
    said = set(commands_of(KINDS["transition"])["freeze_inventory"].hints)
    assert said == {"cut_off"}


@cache
def _named_in_tests() -> frozenset[str]:
    """Return every name and text that tests mention, but for imports."""
    found: set[str] = set()
    for path in sorted(Path(__file__).parents[1].rglob("test_*.py")):
        if path == Path(__file__):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
                    found.add(name.rpartition(":")[2])
                case _:
                    pass
    return frozenset(found)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_documented_refusal_is_provoked_by_some_test(kind: Any) -> None:
    documented = {name for command in commands_of(kind).values() for name in command.refusals}
    slugs = {name: re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower() for name in documented}
    assert [name for name in sorted(documented) if not {name, slugs[name]} & _named_in_tests()] == []
