"""What a plan says and what becomes of it: content of drafts, participation, priorities, handover, ratification."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.aggregate import FactsContradict
from domain.errors import DomainError, Words
from domain.events import Event
from domain.facts import (
    Dependents,
    OrganizationEnded,
    UnknownAdministration,
    UnknownOrganization,
    UnknownSession,
)
from domain.objectives import (
    KnownPlan,
    KnownVersion,
    PlanObjectives,
    UnknownObjective,
    UnknownPlan,
    UnknownPlanVersion,
)
from domain.plan import Plan
from domain.plan import errors as x
from domain.plan import events as p
from domain.plan.content import Indicator, Measure
from domain.plan.facts import Government, Governments, Named
from domain.plan.types import ParentVersion, ParticipationCounts, Status
from tests.domain.given import ENDED, ID, MINISTRY, NOBODY, REGION, Given, fact, given
from tests.domain.plans import (
    ACTIONS,
    AFTER,
    BEFORE,
    DRAFTED,
    HORIZON,
    NEIGHBOURHOOD,
    ORDINANCE,
    PRIORITY,
    REACHED,
    RESERVOIR,
    ROADS,
    STATED,
    WATER,
    drafted,
)

CONTENT: dict[str, dict[str, Any]] = {
    "reframe": {"horizon": HORIZON},
    "state-objectives": {"objectives": (WATER,)},
    "withdraw-objective": {"code": "OE.2", "reason": "Out"},
    "state-actions": {"actions": (RESERVOIR,)},
    "withdraw-action": {"code": "AE.1.1", "reason": "Out"},
}
CHILD = KnownVersion(objectives=frozenset({"P1", "P2"}), state=Words("drafting", ""), parent=(ID, 1))
CHILDREN = PlanObjectives(plans={NEIGHBOURHOOD: KnownPlan(name="PB-1", versions={1: CHILD})})
INTO_WATER = {"version": 1, "priority": PRIORITY, "disposition": "adopted", "into": "OE.1"}
GOVERNMENTS = Governments(
    known={
        BEFORE: Government(institution=MINISTRY, from_=date(2015, 1, 1), until=date(2019, 1, 1)),
        AFTER: Government(institution=MINISTRY, from_=date(2019, 1, 1), until=date(2023, 1, 1)),
        NOBODY: Government(institution=REGION, from_=date(2019, 1, 1), until=date(2023, 1, 1)),
    }
)


def plan(*events: Event, **world: Any) -> Given:
    return given(*events, kind=Plan).where(**world)


def reached(status: Status, **world: Any) -> Given:
    return plan(*REACHED[status], **world)


def test_objectives_of_the_same_code_take_the_place_of_those_before() -> None:
    better = replace(WATER, statement="Agua segura todo el año")
    new = replace(ROADS, code="OE.3")
    state = (
        plan(DRAFTED, STATED)
        .when("state-objectives", "2017-06-01", objectives=(new, better))
        .then(p.ObjectivesStated, objectives=(new, better))
    )
    assert state.draft.objectives == (better, ROADS, new)


@pytest.mark.parametrize(
    ("indicator", "problem"),
    [
        (Indicator(name="a", unit="%", baseline=Measure(year=2020, value=Decimal(1))), ""),
        (
            Indicator(
                name="a",
                unit="%",
                baseline=Measure(year=2020, value=Decimal(1)),
                targets=(Measure(year=2019, value=Decimal(2)),),
            ),
            "before the baseline of 2020",
        ),
        (
            Indicator(name="a", unit="%", targets=(Measure(year=2019, value=Decimal(2)),) * 2),
            "for the same year",
        ),
    ],
    ids=["fits", "before", "twice"],
)
def test_targets_are_one_a_year_and_after_the_baseline(indicator: Indicator, problem: str) -> None:
    said = {"objectives": (replace(WATER, indicators=(indicator,)),)}
    if problem:
        with pytest.raises(ValueError, match=problem):
            plan(DRAFTED).when("state-objectives", **said)
    else:
        plan(DRAFTED).when("state-objectives", **said).then(p.ObjectivesStated)


@pytest.mark.parametrize("value", [12.5, "12,5", "1e3"])
def test_quantities_are_texts_and_never_floats(value: object) -> None:
    targets = [{"year": 2018, "value": value}]
    said = {"code": "A", "statement": "A", "indicators": [{"name": "a", "unit": "%", "targets": targets}]}
    with pytest.raises(ValueError, match="write quantities as text"):
        plan(DRAFTED).when("state-objectives", objectives=[said])


def test_a_code_stands_once_in_a_list() -> None:
    with pytest.raises(ValueError, match=r"OE\.1 is listed twice"):
        plan(DRAFTED).when("state-objectives", objectives=(WATER, replace(WATER, statement="Otra")))


@pytest.mark.parametrize("command", CONTENT)
@pytest.mark.parametrize(
    ("status", "use"),
    [
        (Status.CONCERTED, "reopen-draft"),
        (Status.REVIEWED, "reopen-draft"),
        (Status.ADOPTED, "start-update"),
        (Status.IN_FORCE, "start-update"),
        (Status.REPEALED, "start-update"),
    ],
)
def test_what_a_version_says_changes_only_while_it_is_drafted(command: str, status: Status, use: str) -> None:
    there = reached(status)
    there.when(command, "2020-01-01", **CONTENT[command]).refused(x.VersionFixed, status.value, command, use)


@pytest.mark.parametrize("command", CONTENT)
def test_a_late_change_of_what_was_adopted_since_is_refused(command: str) -> None:
    there = plan(DRAFTED, STATED, ACTIONS, *REACHED[Status.IN_FORCE][2:])
    there.when(command, "2017-06-01", **CONTENT[command]).refused(x.VersionFixed, "in_force", "start-update")


def test_an_objective_that_nothing_names_is_withdrawn() -> None:
    there = plan(DRAFTED, STATED)
    state = there.when("withdraw-objective", "2017-06-01", code="OE.2", reason="Out").then(p.ObjectiveWithdrawn)
    assert state.draft.codes == {"OE.1"}
    there.when("withdraw-objective", code="OE.9", reason="Out").refused(x.UnknownOwnObjective, "OE.9", "OE.1, OE.2")


def test_an_objective_that_something_names_is_not_withdrawn() -> None:
    gone = {"code": "OE.1", "reason": "Out"}
    plan(DRAFTED, STATED, ACTIONS).when("withdraw-objective", **gone).refused(x.ObjectiveInUse, "AE.1.1")
    taken = fact(p.PriorityDecided, "2017-06-01", **INTO_WATER)
    plan(DRAFTED, STATED, taken).when("withdraw-objective", **gone).refused(x.ObjectiveInUse, "P1", es="señalado por")
    cited = Dependents(objectives={(1, "OE.1"): NOBODY})
    plan(DRAFTED, STATED, dependents=cited).when("withdraw-objective", **gone).refused(x.ObjectiveInUse, NOBODY)
    elsewhere = Dependents(objectives={(2, "OE.1"): NOBODY})
    plan(DRAFTED, STATED, dependents=elsewhere).when("withdraw-objective", **gone).then(p.ObjectiveWithdrawn)


def test_actions_serve_objectives_of_the_version() -> None:
    there = plan(DRAFTED, STATED)
    assert there.when("state-actions", actions=(RESERVOIR,)).then(p.ActionsStated).draft.actions == (RESERVOIR,)
    lost = replace(RESERVOIR, objective="OE.9")
    there.when("state-actions", actions=(lost,)).refused(x.UnknownOwnObjective, "actions.0.objective", "OE.9")
    for responsible, refusal in ((NOBODY, UnknownOrganization), (ENDED, OrganizationEnded)):
        there.when("state-actions", actions=(replace(RESERVOIR, responsible=responsible),)).refused(refusal)


def test_an_action_is_withdrawn_if_it_is_there() -> None:
    there = plan(DRAFTED, STATED, ACTIONS)
    state = there.when("withdraw-action", "2017-06-01", code="AE.1.1", reason="Out").then(p.ActionWithdrawn)
    assert state.draft.actions == ()
    there.when("withdraw-action", code="AE.2", reason="Out").refused(x.UnknownAction, "AE.2", "AE.1.1")


def test_a_version_that_is_drafted_can_be_framed_anew() -> None:
    state = plan(DRAFTED).when("reframe", horizon={"from": 2019, "until": 2030}, vision="Otra").then(p.PlanReframed)
    assert (state.draft.horizon.until, state.draft.vision, state.draft.parent) == (2030, "Otra", None)


def test_participation_is_counted_and_never_names_persons() -> None:
    session = UUID(int=0x12)
    body = {"kind": "assembly", "sessions": [str(session)], "organizations": [str(REGION)], "counts": {"people": 120}}
    state = plan(DRAFTED).when("record-participation", "2017-04-01", **body).then(p.ParticipationRecorded)
    [part] = state.participation
    assert (part.version, part.counts, state.participants) == (1, ParticipationCounts(people=120), (REGION,))
    there = plan(DRAFTED, others=(Named(sessions={session: "sessions.0"}),))
    there.when("record-participation", **body).refused(UnknownSession, session, "sessions.0")
    for id, refusal in ((NOBODY, UnknownOrganization), (ENDED, OrganizationEnded)):
        plan(DRAFTED).when("record-participation", kind="assembly", organizations=[str(id)]).refused(refusal)
    reached(Status.REPEALED).when("record-participation", kind="assembly").refused(x.PlanNotOpen, "repealed")


@pytest.mark.parametrize(
    ("counts", "problem"), [({"people": 5, "women": 6}, "6 women"), ({"people": 5, "women": 3, "men": 3}, "more than")]
)
def test_a_part_of_the_people_is_not_more_than_all(counts: dict[str, int], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        plan(DRAFTED).when("record-participation", kind="assembly", counts=counts)


@pytest.mark.parametrize("disposition", ["adopted", "merged", "deferred", "rejected"])
def test_every_priority_of_a_child_gets_its_decision_with_a_reason(disposition: str) -> None:
    into = "OE.1" if disposition in {"adopted", "merged"} else None
    body = INTO_WATER | {"disposition": disposition, "into": into, "reason": "Agreed in the workshop"}
    there = plan(DRAFTED, STATED, others=(CHILDREN,))
    [decided] = there.when("decide-priority", "2017-07-01", **body).then(p.PriorityDecided).dispositions
    assert (decided.disposition, decided.into, decided.reason) == (disposition, into, "Agreed in the workshop")


def test_a_later_decision_takes_the_place_of_an_earlier_one_and_is_another() -> None:
    there = plan(DRAFTED, STATED, fact(p.PriorityDecided, "2017-06-01", **INTO_WATER), others=(CHILDREN,))
    there.when("decide-priority", **INTO_WATER).refused(x.PriorityDecidedSo, "P1", "adopted", es="ya está adoptada")
    body = INTO_WATER | {"disposition": "rejected", "into": None}
    [decided] = there.when("decide-priority", **body).then(p.PriorityDecided).dispositions
    assert decided.disposition == "rejected"


REFUSED: list[tuple[str, dict[str, Any], type[DomainError], tuple[object, ...]]] = [
    ("own-version", {"version": 2}, x.UnknownOwnVersion, (2, "It has 1")),
    ("plan", {"priority": replace(PRIORITY, plan=NOBODY)}, UnknownPlan, (NOBODY,)),
    ("version", {"priority": replace(PRIORITY, version=2)}, UnknownPlanVersion, ("PB-1", 2)),
    ("objective", {"priority": replace(PRIORITY, code="P9")}, UnknownObjective, ("P9", "It had P1, P2")),
    ("nowhere", {"into": None}, x.DestinationMissing, ("adopted", "into")),
    ("somewhere", {"disposition": "deferred"}, x.DestinationNotTaken, ("deferred", "into")),
    ("into", {"into": "OE.9"}, x.UnknownOwnObjective, ("OE.9", "OE.1, OE.2")),
]


@pytest.mark.parametrize(("body", "refusal", "shown"), [case[1:] for case in REFUSED], ids=[c[0] for c in REFUSED])
def test_a_decision_on_a_priority_names_what_is_there(
    body: dict[str, Any], refusal: type[DomainError], shown: tuple[object, ...]
) -> None:
    plan(DRAFTED, STATED, others=(CHILDREN,)).when("decide-priority", **(INTO_WATER | body)).refused(refusal, *shown)


@pytest.mark.parametrize("parent", [None, (NOBODY, 1), (ID, 2)], ids=["none", "another", "another-version"])
def test_a_plan_decides_only_on_what_is_built_into_that_version(parent: tuple[UUID, int] | None) -> None:
    stray = KnownPlan(name="PB-1", versions={1: replace(CHILD, parent=parent)})
    there = plan(DRAFTED, STATED, others=(PlanObjectives(plans={NEIGHBOURHOOD: stray}),))
    there.when("decide-priority", **INTO_WATER).refused(x.NotAChild, "PB-1", ID, es="no en la versión 1")
    over = reached(Status.REPEALED, others=(CHILDREN,))
    over.when("decide-priority", "2020-01-01", **INTO_WATER).refused(x.PlanNotOpen, "repealed")


def test_a_correction_does_not_take_away_what_others_name() -> None:
    changes = {"objectives": [{"code": "OE.2", "statement": "Caminos"}]}
    taken = fact(p.PriorityDecided, "2017-06-01", **INTO_WATER)
    plan(DRAFTED, STATED, taken).when("correct", position=2, changes=changes, reason="r").refused(
        FactsContradict, "OE.1"
    )
    cited = plan(DRAFTED, STATED, dependents=Dependents(objectives={(1, "OE.1"): NOBODY}))
    cited.when("correct", position=2, changes=changes, reason="r").refused(x.ObjectiveInUse, NOBODY, anew=True)
    pinned = plan(*REACHED[Status.UPDATING], dependents=Dependents(objectives={(2, None): NOBODY}))
    pinned.when("void", position=7, reason="r").refused(x.ObjectiveInUse, NOBODY, anew=True)


def test_a_version_on_whose_priorities_something_was_decided_is_not_voided() -> None:
    said = INTO_WATER | {"version": 2, "disposition": "deferred", "into": None}
    there = plan(*REACHED[Status.UPDATING], fact(p.PriorityDecided, "2019-04-01", **said))
    there.when("void", position=7, reason="r").refused(FactsContradict, "no version 2. It has 1")


def test_a_void_does_not_build_a_plan_into_its_own_descendant() -> None:
    under = drafted(parent=ParentVersion(plan=NEIGHBOURHOOD, version=1))
    freed = fact(p.PlanReframed, "2017-04-01", horizon=HORIZON)
    there = plan(under, freed, dependents=Dependents(descendants=frozenset({NEIGHBOURHOOD})))
    there.when("void", position=2, reason="r").refused(x.PlanDescendsFromItself, NEIGHBOURHOOD, anew=True)


def test_a_plan_is_handed_over_to_an_administration_once() -> None:
    there = reached(Status.IN_FORCE, others=(GOVERNMENTS,))
    transition = UUID(int=0x91)
    body = {"administration": str(AFTER), "transition": str(transition)}
    [done] = there.when("hand-over", "2019-01-01", **body).then(p.HandoverRecorded).handovers
    assert (done.administration, done.version, done.transition) == (AFTER, 1, transition)
    unknown = reached(Status.IN_FORCE, others=(GOVERNMENTS, Named(transitions={transition: "transition"})))
    unknown.when("hand-over", **body).refused(x.UnknownTransition, transition, es="no es una transferencia")
    there.when("hand-over", administration=str(ID)).refused(UnknownAdministration, ID)
    again = plan(*REACHED[Status.IN_FORCE], fact(p.HandoverRecorded, "2019-01-01", administration=AFTER))
    again = again.where(others=(GOVERNMENTS,))
    again.when("hand-over", administration=str(AFTER)).refused(x.AlreadyHandedOver, AFTER, "2019-01-01")
    again.when("hand-over", administration=str(BEFORE)).then(p.HandoverRecorded)
    over = reached(Status.SUPERSEDED, others=(GOVERNMENTS,))
    over.when("hand-over", administration=str(AFTER)).refused(x.PlanNotOpen, "superseded")


def test_a_plan_is_ratified_by_a_new_administration_of_its_institution() -> None:
    there = reached(Status.IN_FORCE, others=(GOVERNMENTS,))
    body = {"administration": str(AFTER), "act": ORDINANCE}
    [done] = there.when("ratify", "2019-02-01", **body).then(p.PlanRatified).ratifications
    assert (done.administration, done.version, done.act) == (AFTER, 1, ORDINANCE)
    there.when("ratify", **(body | {"administration": str(ID)})).refused(UnknownAdministration, ID)
    there.when("ratify", **(body | {"administration": str(NOBODY)})).refused(x.AdministrationOfAnother, REGION)
    there.when("ratify", "2018-12-31", **body).refused(
        x.RatifierNotInOffice, "2019-01-01", "2023-01-01", es="no el 2018-12-31"
    )
    own = body | {"administration": str(BEFORE)}
    there.when("ratify", "2018-06-01", **own).refused(x.RatifiedByItsAuthor, BEFORE, "2017-11-30")
    again = plan(*REACHED[Status.IN_FORCE], fact(p.PlanRatified, "2019-02-01", administration=AFTER, act=ORDINANCE))
    again.where(others=(GOVERNMENTS,)).when("ratify", **body).refused(x.AlreadyRatified, AFTER, "2019-02-01")
    drafts = reached(Status.DRAFTING, others=(GOVERNMENTS,))
    drafts.when("ratify", **body).refused(x.PlanNotOpen, "drafting")


def test_a_plan_is_recognised_as_public_policy_once() -> None:
    there = reached(Status.CONCERTED)
    assert there.when("recognise", act=ORDINANCE).then(p.PlanRecognised).recognition.act == ORDINANCE
    reached(Status.DRAFTING).when("recognise", act=ORDINANCE).refused(x.PlanNotOpen, "drafting", "recognise")
    again = plan(*REACHED[Status.CONCERTED], fact(p.PlanRecognised, "2018-01-01", act=ORDINANCE))
    again.when("recognise", act=ORDINANCE).refused(x.AlreadyRecognised, "2018-01-01")


def test_the_validity_is_extended_and_never_shortened() -> None:
    there = reached(Status.IN_FORCE)
    state = there.when("extend-horizon", "2022-02-01", until="2023-12-31", act=ORDINANCE).then(p.HorizonExtended)
    [extension] = state.current.extensions
    assert (extension.from_, extension.to, extension.retroactive) == (date(2021, 12, 31), date(2023, 12, 31), True)
    there.when("extend-horizon", until="2021-12-31", act=ORDINANCE).refused(x.HorizonNotLonger, "2021-12-31")
    reached(Status.ADOPTED).when("extend-horizon", until="2023-12-31", act=ORDINANCE).refused(x.PlanNotOpen, "adopted")
