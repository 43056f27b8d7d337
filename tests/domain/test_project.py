"""What a project carries: every command beside the tracks, what it records, and everything it refuses."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from domain.aggregate import CorrectionReorders, FactsContradict
from domain.errors import DomainError
from domain.events import Event
from domain.facts import CodeTaken, OrganizationEnded, UnknownCommitment, UnknownOrganization, UnknownRoundtable
from domain.project import Project
from domain.project import errors as x
from domain.project import events as p
from domain.project.budget import Stages
from domain.project.facts import Served
from domain.project.types import Milestone, Participant, Point
from domain.types import Money
from tests.domain.given import ENDED, MINISTRY, NOBODY, REGION, UNIVERSITY, Given, fact, given, voided
from tests.domain.projects import (
    ACT,
    CHUMBIVILCAS,
    FIELDS,
    FUNDER,
    LADDER,
    MESA,
    PLACE,
    ROAD,
    SUPERVISOR,
    pen,
    project,
    registered,
)
from tests.domain.samples import KNOWN_PLANS, MISALIGNED

OTHER = UUID(int=0x99)
USD = Money(amount=Decimal("5.00"), currency="USD")
SERVED = Served(roundtables=frozenset({MESA}), commitments=frozenset({ROAD}))
NEW = {"title": "Road", "responsible": MINISTRY}
COSTS = project(registered(cost=pen("100.00"), planned_end=date(2020, 12, 31), scope="32 km"))
PLANNED = fact(p.MilestonePlanned, "2018-09-01", milestone="file", title="File", due=date(2019, 3, 31))
MILESTONE = {"milestone": "file", "title": "File", "due": "2019-03-31"}
WITH_MILESTONE = project(registered(), PLANNED)
REACHED_MILESTONE = project(registered(), PLANNED, fact(p.MilestoneReached, "2019-04-01", milestone="file"))
CANCELLED = project(registered(), PLANNED, fact(p.MilestoneCancelled, "2019-04-01", milestone="file"))
BUDGET = {"fiscal_year": 2019, "cut_off": "2019-05-31", "stages": LADDER}
FIGURES = [{"name": "avance_fisico", "value": "45.37"}]
SNAPSHOT = {"system": "infobras", "cut_off": "2019-05-31", "figures": FIGURES}


class Success(NamedTuple):
    """A command that succeeds, the fact it records, and a part of the state after it."""

    command: str
    before: Given
    body: dict[str, Any]
    records: type[Event]
    state: dict[str, Any]


def milestone(**more: Any) -> tuple[Milestone, ...]:
    """The one milestone of a project."""
    day = date(2019, 3, 31)
    return (Milestone(**({"key": "file", "title": "File", "due": day, "original_due": day} | more)),)


SUCCESSES = [
    Success("assign-cui", project(), {"cui": "2595080"}, p.CuiAssigned, {"cui": "2595080"}),
    Success("locate", project(), {"location": PLACE}, p.ProjectLocated, {"location": PLACE, "territories": ()}),
    Success(
        "assign-responsible", project(), {"organization": REGION}, p.ProjectResponsibleAssigned, {"responsible": REGION}
    ),
    Success("assign-executor", project(), {"organization": REGION}, p.ExecutorAssigned, {"executing": REGION}),
    Success(
        "add-participant", project(), {"participant": SUPERVISOR}, p.ParticipantAdded, {"participants": (SUPERVISOR,)}
    ),
    Success(
        "remove-participant",
        project(registered(participants=(SUPERVISOR,))),
        {"participant": SUPERVISOR},
        p.ParticipantRemoved,
        {"participants": ()},
    ),
    Success("pledge-funding", project(), {"funder": FUNDER}, p.FundingPledged, {"funders": (FUNDER,)}),
    Success(
        "withdraw-funding",
        project(registered(funders=(FUNDER,))),
        {"organization": REGION},
        p.FundingWithdrawn,
        {"funders": ()},
    ),
    Success(
        "name-roundtable", project(others=(SERVED,)), {"roundtable": MESA}, p.RoundtableNamed, {"roundtable": MESA}
    ),
    Success(
        "name-commitments",
        project(others=(SERVED,)),
        {"commitments": [ROAD]},
        p.CommitmentsNamed,
        {"commitments": (ROAD,)},
    ),
    Success(
        "align-objectives",
        project(others=(KNOWN_PLANS,)),
        {"objectives": [{"plan": UUID(int=0x41), "version": 2, "code": "OE.1"}]},
        p.ProjectObjectivesAligned,
        {"objectives": FIELDS[p.ProjectObjectivesAligned]["objectives"]},
    ),
    Success("record-budget", project(), BUDGET, p.BudgetRecorded, {"currency": "PEN"}),
    Success("report-progress", project(), {"physical": "45.37"}, p.ProjectProgressReported, {}),
    Success("plan-milestone", project(), MILESTONE, p.MilestonePlanned, {"milestones": milestone()}),
    Success(
        "reschedule-milestone",
        WITH_MILESTONE,
        {"milestone": "file", "due": "2019-06-30"},
        p.MilestoneRescheduled,
        {"milestones": milestone(due=date(2019, 6, 30))},
    ),
    Success(
        "reach-milestone",
        WITH_MILESTONE,
        {"milestone": "file"},
        p.MilestoneReached,
        {"milestones": milestone(reached_on=date(2019, 6, 1))},
    ),
    Success(
        "cancel-milestone",
        WITH_MILESTONE,
        {"milestone": "file"},
        p.MilestoneCancelled,
        {"milestones": milestone(cancelled_on=date(2019, 6, 1))},
    ),
    Success(
        "modify-duration",
        COSTS,
        {"planned_end": "2021-06-30", "act": ACT},
        p.DurationModified,
        {"planned_end": date(2021, 6, 30)},
    ),
    Success("modify-value", COSTS, {"cost": pen("90.00"), "act": ACT}, p.ValueModified, {"cost": pen("90.00")}),
    Success("modify-scope", COSTS, {"scope": "30 km", "act": ACT}, p.ScopeModified, {"scope": "30 km"}),
    Success("record-snapshot", project(), SNAPSHOT, p.SnapshotRecorded, {}),
]


@pytest.mark.parametrize("case", SUCCESSES, ids=lambda case: case.command)
def test_a_command_records_its_fact_and_moves_no_track(case: Success) -> None:
    before, after = case.before.state(), case.before.when(case.command, **case.body).then(case.records)
    assert {name: getattr(after, name) for name in case.state} == case.state
    assert (after.table, after.investment, after.works) == (before.table, before.investment, before.works)
    assert after.moves == before.moves


def test_a_registration_keeps_everything_that_it_said() -> None:
    world = given(kind=Project).where(others=(SERVED,))
    state = world.when("register", "2018-07-25", **FIELDS[p.ProjectRegistered]).then(p.ProjectRegistered)
    said = FIELDS[p.ProjectRegistered]
    assert {name: getattr(state, name) for name in said} == said
    assert (state.currency, state.began_on) == ("PEN", date(2018, 7, 25))


class Refusal(NamedTuple):
    """A command that is refused, why, and what the refusal shows."""

    command: str
    before: Given
    body: dict[str, Any]
    refusal: type[DomainError]
    shows: tuple[object, ...] = ()


ORGANIZATIONS = [
    ("register", lambda who: NEW | {"responsible": who}),
    ("register", lambda who: NEW | {"executing": who}),
    ("register", lambda who: NEW | {"participants": [{"organization": who, "role": "operating"}]}),
    ("register", lambda who: NEW | {"funders": [{"organization": who}]}),
    ("assign-responsible", lambda who: {"organization": who}),
    ("assign-executor", lambda who: {"organization": who}),
    ("add-participant", lambda who: {"participant": {"organization": who, "role": "operating"}}),
    ("pledge-funding", lambda who: {"funder": {"organization": who}}),
]
REFUSALS = [
    *(Refusal(command, project(), body(NOBODY), UnknownOrganization, (NOBODY,)) for command, body in ORGANIZATIONS),
    *(Refusal(command, project(), body(ENDED), OrganizationEnded, ("2018-01-01",)) for command, body in ORGANIZATIONS),
    Refusal("register", project(holders={"P-1": OTHER}), NEW | {"code": "P-1"}, CodeTaken, ("P-1", OTHER)),
    Refusal("register", project(holders={"2595080": OTHER}), NEW | {"cui": "2595080"}, CodeTaken, ("2595080", OTHER)),
    Refusal("register", project(), NEW | {"roundtable": MESA}, UnknownRoundtable, (MESA,)),
    Refusal("register", project(), NEW | {"commitments": [ROAD]}, UnknownCommitment, (ROAD, "commitments.0")),
    Refusal("name-roundtable", project(), {"roundtable": MESA}, UnknownRoundtable, (MESA,)),
    Refusal(
        "name-commitments", project(others=(SERVED,)), {"commitments": [ROAD, OTHER]}, UnknownCommitment, (OTHER, ".1")
    ),
    Refusal("assign-cui", project(holders={"2595080": OTHER}), {"cui": "2595080"}, CodeTaken, (OTHER,)),
    Refusal("assign-cui", project(registered(cui="123456")), {"cui": "2595080"}, x.CuiAlreadyAssigned, ("123456",)),
    Refusal(
        "add-participant",
        project(registered(participants=(SUPERVISOR,))),
        {"participant": SUPERVISOR},
        x.ParticipantAlready,
        (UNIVERSITY, "supervising"),
    ),
    Refusal(
        "remove-participant", project(), {"participant": SUPERVISOR}, x.ParticipantNotThere, (UNIVERSITY, "supervising")
    ),
    Refusal("withdraw-funding", project(), {"organization": REGION}, x.FunderNotThere, (REGION,)),
    Refusal(
        "record-budget", project(), BUDGET | {"cut_off": "2019-06-02"}, x.CutOffAhead, ("2019-06-02", "2019-06-01")
    ),
    Refusal(
        "record-budget",
        COSTS,
        BUDGET | {"stages": Stages(pim=USD)},
        x.ProjectCurrencyDiffers,
        ("stages", "USD", "PEN"),
    ),
    Refusal("record-snapshot", project(), SNAPSHOT | {"cut_off": "2019-06-02"}, x.CutOffAhead, ("2019-06-02",)),
    *(
        Refusal("align-objectives", project(others=(KNOWN_PLANS,)), {"objectives": [cited]}, refusal, shown)
        for cited, refusal, shown in MISALIGNED
    ),
    Refusal("report-progress", project(), {}, x.ProgressMissing, ("physical",)),
    Refusal("plan-milestone", WITH_MILESTONE, MILESTONE, x.MilestoneKeyTaken, ("file",)),
    Refusal("plan-milestone", CANCELLED, MILESTONE, x.MilestoneKeyTaken, ("file",)),
    *(
        Refusal(command, before, {"milestone": "file"} | more, refusal, ("file", shown))
        for command, more in (
            ("reschedule-milestone", {"due": "2019-06-30"}),
            ("reach-milestone", {}),
            ("cancel-milestone", {}),
        )
        for before, refusal, shown in (
            (project(), x.UnknownMilestone, "milestone"),
            (REACHED_MILESTONE, x.MilestoneNotOpen, "2019-04-01"),
            (CANCELLED, x.MilestoneNotOpen, "2019-04-01"),
        )
    ),
    Refusal(
        "modify-duration",
        COSTS,
        {"planned_end": "2020-12-31", "act": ACT},
        x.ModificationChangesNothing,
        ("planned_end",),
    ),
    Refusal("modify-value", COSTS, {"cost": pen("100.00"), "act": ACT}, x.ModificationChangesNothing, ("cost",)),
    Refusal("modify-value", COSTS, {"cost": USD, "act": ACT}, x.ProjectCurrencyDiffers, ("cost", "USD", "PEN")),
    Refusal("modify-scope", COSTS, {"scope": "32 km", "act": ACT}, x.ModificationChangesNothing, ("scope",)),
    Refusal(
        "declare-viable",
        project(registered(cost=pen("100.00"), investment="formulation")),
        {"cost": USD},
        x.ProjectCurrencyDiffers,
        ("cost", "USD"),
    ),
]


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: f"{case.command}-{case.refusal.__name__}")
def test_a_command_is_refused_with_the_values(case: Refusal) -> None:
    case.before.when(case.command, **case.body).refused(case.refusal, *case.shows)


def test_a_project_does_not_begin_after_what_happened_to_it() -> None:
    began = project(registered("2018-07-25"), fact(p.WorksStarted, "2018-08-01"))
    began.when("correct", position=1, changes={"occurred_on": "2018-08-02"}).refused(CorrectionReorders)
    assert began.when("correct", position=1, changes={"occurred_on": "2018-07-31"}).refusal is None


def test_a_late_fact_heeds_what_was_recorded_for_a_later_day() -> None:
    named = project(registered(), fact(p.CuiAssigned, "2019-05-01", cui="123456"))
    named.when("assign-cui", "2019-04-01", cui="2595080").refused(x.CuiAlreadyAssigned, "123456")
    CANCELLED.when("reach-milestone", "2019-03-01", milestone="file").refused(x.MilestoneNotOpen, "2019-04-01")
    budgeted = project(registered(), fact(p.BudgetRecorded, "2019-05-01", **FIELDS[p.BudgetRecorded]))
    late = budgeted.when("modify-value", "2019-04-01", cost=USD, act=ACT)
    late.refused(x.ProjectCurrencyDiffers, "USD", "PEN")
    joined = project(registered(), fact(p.ParticipantAdded, "2019-05-01", participant=SUPERVISOR))
    joined.when("add-participant", "2019-04-01", participant=SUPERVISOR).refused(x.ParticipantAlready, UNIVERSITY)


def test_what_a_later_fact_rests_on_is_not_voided() -> None:
    world = project(registered(), PLANNED, fact(p.MilestoneReached, "2019-04-01", milestone="file"))
    world.when("void", position=2).refused(FactsContradict, "project.milestone-reached")
    joined = fact(p.ParticipantAdded, "2019-01-01", participant=SUPERVISOR)
    left = fact(p.ParticipantRemoved, "2019-02-01", participant=SUPERVISOR)
    project(registered(), joined, left).when("void", position=2).refused(FactsContradict, "participant-removed")
    pledged = (
        fact(p.FundingPledged, "2019-01-01", funder=FUNDER),
        fact(p.FundingWithdrawn, "2019-02-01", organization=REGION),
    )
    project(registered(), *pledged).when("void", position=2).refused(FactsContradict, "funding-withdrawn")
    assert project(registered(), PLANNED, voided(2)).state().milestones == ()
    budget = fact(p.BudgetRecorded, "2019-05-01", **FIELDS[p.BudgetRecorded])
    usd = project(registered(cost=pen("1.00")), budget).when("correct", position=1, changes={"cost": USD})
    usd.refused(FactsContradict, "project.budget-recorded")
    twice = project(registered(), fact(p.CuiAssigned, "2019-05-01", cui="123456"))
    twice.when("correct", position=1, changes={"cui": "654321"}).refused(FactsContradict, "project.cui-assigned")


@pytest.mark.parametrize(
    ("coordinates", "expected"),
    [
        ([-72.0812, -14.449], ("-72.0812", "-14.449")),
        ([180, -90], ("180", "-90")),
        (["-72.0812", "-14.4490"], ("-72.0812", "-14.4490")),
        ([0.00001, 1e-07], ("0.00001", "0.0000001")),
    ],
)
def test_a_place_is_kept_exactly(coordinates: list[Any], expected: tuple[str, str]) -> None:
    state = project().when("locate", location={"type": "Point", "coordinates": coordinates}).then(p.ProjectLocated)
    assert state.location == Point(coordinates=tuple(map(Decimal, expected)))


@pytest.mark.parametrize(
    ("coordinates", "why"),
    [
        ([-14.449, -172.08], "longitude first"),
        ([-181, 0], "nowhere"),
        ([0, 90.1], "nowhere"),
        ([0], "at least 2"),
        ([0, 0, 38], "at most 2"),
        ([0, True], "write degrees"),
        ([0, "north"], "no number of degrees"),
        ([0, float("nan")], "no number of degrees"),
        ([0, 0.12345678901], "decimals"),
    ],
)
def test_a_place_that_is_none_is_refused(coordinates: list[Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        project().when("locate", location={"type": "Point", "coordinates": coordinates})


@pytest.mark.parametrize(
    ("command", "body", "why"),
    [
        ("report-progress", {"physical": "100.01"}, "less than or equal to 100"),
        ("report-progress", {"physical": "-1"}, "no percentage"),
        ("report-progress", {"financial": 45.37}, "as text"),
        ("record-budget", BUDGET | {"stages": {}}, "at least one stage"),
        ("record-budget", BUDGET | {"stages": Stages(pim=pen("1.00"), accrued=USD)}, "one currency"),
        ("record-budget", BUDGET | {"fiscal_year": 19}, "greater than or equal to 1990"),
        ("record-snapshot", SNAPSHOT | {"figures": FIGURES * 2}, "named twice"),
        ("record-snapshot", SNAPSHOT | {"figures": []}, "at least 1"),
        ("add-participant", {"participant": {"organization": REGION, "role": "friend"}}, "formulating"),
        ("register", NEW | {"funders": [FUNDER, FUNDER]}, "a funder is named twice"),
        ("register", NEW | {"cui": "DEMO-1"}, "pattern"),
        ("close-investment", {"outcome": "somehow"}, "settled"),
    ],
)
def test_what_does_not_fit_a_field_is_refused(command: str, body: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        project().when(command, **body)


def test_territories_are_replaced_only_where_a_new_place_says_them() -> None:
    there = project(registered(territories=(CHUMBIVILCAS,)))
    assert there.when("locate", location=PLACE).then(p.ProjectLocated).territories == (CHUMBIVILCAS,)
    assert Participant(organization=REGION, role="operating") not in there.state().participants
