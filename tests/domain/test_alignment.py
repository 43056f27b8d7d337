"""References to objectives of plans are pinned: plan, version and objective exist on the day they are cited."""

from datetime import date
from uuid import UUID

import pytest

from domain.commitment import events as e
from domain.errors import DomainError
from domain.objectives import (
    KnownPlan,
    KnownVersion,
    Objective,
    PlanNotInForce,
    PlanObjectives,
    UnknownObjective,
)
from tests.domain.given import fact, given
from tests.domain.samples import KNOWN_PLANS, MISALIGNED, registered

PLAN, NOWHERE = UUID(int=0x41), UUID(int=0x42)
DAY = date(2019, 6, 1)


def cited(plan: UUID = PLAN, version: int = 2, code: str = "OE.1") -> Objective:
    return Objective(plan=plan, version=version, code=code)


@pytest.mark.parametrize(("wrong", "refusal", "shown"), MISALIGNED, ids=["plan", "version", "objective"])
def test_a_correction_aligns_a_commitment_with_nothing_that_does_not_exist(
    wrong: Objective, refusal: type[DomainError], shown: tuple[object, ...]
) -> None:
    aligned = fact(e.ObjectivesAligned, "2019-06-01", objectives=(cited(),))
    there = given(registered(), aligned).where(others=(KNOWN_PLANS,))
    changes = {"objectives": [{"plan": str(o.plan), "version": o.version, "code": o.code} for o in (cited(), wrong)]}
    there.when("correct", position=2, changes=changes).refused(refusal, *shown, anew=True)
    right = {"objectives": [{"plan": str(PLAN), "version": 2, "code": "OE.3"}]}
    assert there.when("correct", position=2, changes=right).refusal is None


def test_alignments_recorded_when_nothing_was_checked_still_load() -> None:
    aligned = fact(e.ObjectivesAligned, "2019-06-01", objectives=(cited(plan=NOWHERE),))
    assert given(registered(), aligned).state().objectives == (cited(plan=NOWHERE),)


def test_where_it_matters_the_version_is_in_force_on_the_day() -> None:
    with pytest.raises(
        PlanNotInForce, match=r"version 2 of plan DEMO-PDC was not in force on 2019-06-01; it was draft"
    ):
        KNOWN_PLANS.must_be_in_force(cited(), DAY, "objective")
    version = KnownVersion(objectives=frozenset({"OE.1"}), in_force=True, state="in_force")
    facts = PlanObjectives(plans={PLAN: KnownPlan(name="DEMO-PDC", versions={2: version})})
    assert facts.must_be_in_force(cited(), DAY, "objective") == version
    with pytest.raises(UnknownObjective):
        facts.must_be_in_force(cited(code="OE.9"), DAY, "objective")
