"""What a project shows of its accounts: the newest figures of each year and system, and what does not fit."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from domain.events import Event
from domain.project import events as p
from domain.project.budget import LADDER as STEPS
from domain.project.budget import STAGES, Stages, totals
from domain.project.findings import CODES, LADDER_CODES, findings
from domain.project.tracks import Works
from domain.project.types import Figure, Funder, Terms
from domain.types import Money
from tests.domain.given import MINISTRY, REGION, fact
from tests.domain.projects import ACT, FUNDER, LADDER, REACHED, pen, project, registered

USD = Money(amount=Decimal("900.00"), currency="USD")


def test_the_ladder_of_the_latest_cut_off_day_counts_whenever_it_was_recorded() -> None:
    def ladder(on: str, cut_off: date, pim: str, year: int = 2019) -> Event:
        said = {"fiscal_year": year, "cut_off": cut_off, "stages": Stages(pim=pen(pim))}
        return fact(p.BudgetRecorded, on, **said)

    june, march = date(2019, 6, 30), date(2019, 3, 31)
    for facts in (
        [ladder("2019-04-02", march, "1.00"), ladder("2019-07-02", june, "2.00")],
        [ladder("2019-07-02", june, "2.00"), ladder("2019-08-02", march, "1.00")],
        [ladder("2019-07-01", june, "9.00"), ladder("2019-07-02", june, "2.00")],
    ):
        state = project(registered(), *facts, ladder("2018-12-31", date(2018, 12, 31), "7.00", 2018)).state()
        known = [(b.fiscal_year, b.stages.pim) for b in state.budgets]
        assert known == [(2018, pen("7.00")), (2019, pen("2.00"))]


def test_the_snapshot_of_the_latest_cut_off_day_is_shown_for_each_system() -> None:
    def said(system: str, cut_off: date, value: str) -> Event:
        figures = (Figure(name="avance_fisico", value=value),)
        return fact(p.SnapshotRecorded, "2019-12-31", system=system, cut_off=cut_off, figures=figures)

    june, march = date(2019, 6, 30), date(2019, 3, 31)
    facts = [said("mef", june, "50"), said("infobras", march, "20"), said("mef", march, "30"), said("mef", june, "51")]
    found = [(s.system, s.figures[0].value) for s in project(registered(), *facts).state().snapshots]
    assert found == [("infobras", "20"), ("mef", "51")]


def test_a_modification_says_what_was_before_it_also_when_one_comes_late() -> None:
    later = fact(p.ValueModified, "2019-08-01", cost=pen("80.00"), act=ACT)
    state = (
        project(registered(cost=pen("100.00")), later)
        .when("modify-value", "2019-03-01", cost=pen("90.00"), act=ACT)
        .then(p.ValueModified)
    )
    assert [(m.from_.cost, m.to) for m in state.modifications] == [
        (pen("100.00"), Terms(cost=pen("90.00"))),
        (pen("90.00"), Terms(cost=pen("80.00"))),
    ]
    assert {m.kind for m in state.modifications} == {"value"}
    assert (state.cost, state.modifications[0].reason, state.modifications[0].act) == (pen("80.00"), "as agreed", ACT)


def test_physical_and_financial_progress_are_kept_apart_with_their_days() -> None:
    first = fact(p.ProjectProgressReported, "2019-01-31", physical=Decimal("40.5"), financial=Decimal(50))
    progress = (
        project(registered(), first)
        .when("report-progress", "2019-06-30", financial="101.5")
        .then(p.ProjectProgressReported)
        .progress
    )
    assert (progress.physical, progress.physical_on) == (Decimal("40.5"), date(2019, 1, 31))
    assert (progress.financial, progress.financial_on) == (Decimal("101.5"), date(2019, 6, 30))


def test_a_funder_that_says_another_amount_stands_once() -> None:
    state = (
        project(registered(funders=(FUNDER, Funder(organization=MINISTRY))))
        .when("pledge-funding", funder={"organization": REGION, "amount": pen("5.00")})
        .then(p.FundingPledged)
    )
    assert state.funders == (Funder(organization=REGION, amount=pen("5.00")), Funder(organization=MINISTRY))


def budgeted(year: int = 2019, **stages: str) -> Event:
    """A ladder of a year."""
    said = {stage: pen(amount) for stage, amount in stages.items()}
    return fact(p.BudgetRecorded, "2020-01-31", fiscal_year=year, cut_off=date(2019, 12, 31), stages=Stages(**said))


def codes(*events: Event) -> list[str]:
    """Return what does not fit in a project with these facts."""
    return [finding.code for finding in findings(project(*events).state())]


def test_a_whole_ladder_fits() -> None:
    whole = fact(p.BudgetRecorded, "2019-07-25", fiscal_year=2019, cut_off=date(2019, 6, 30), stages=LADDER)
    assert codes(registered(cost=pen("60.00")), whole) == []
    assert codes(registered(), budgeted(pim="5.00", accrued="5.00", disbursed="5.00")) == []
    assert codes(registered(), budgeted(pia="1.00", pim="5.00")) == [], "a modified budget may exceed the opening one"


@pytest.mark.parametrize("code", LADDER_CODES)
def test_every_step_above_an_earlier_one_is_found_with_both_amounts(code: str) -> None:
    high, low = code.split("_above_")
    state = project(registered(), budgeted(**{high: "2.01", low: "2.00"})).state()
    [finding] = findings(state)
    assert (finding.code, finding.fiscal_year, finding.cut_off) == (code, 2019, date(2019, 12, 31))
    assert [(v.name, v.amount) for v in finding.values] == [(high, pen("2.01")), (low, pen("2.00"))]
    assert codes(registered(), budgeted(**{high: "2.00", low: "2.00"})) == []


def test_the_ladder_is_in_the_order_of_the_budget() -> None:
    assert STAGES == ("pia", "pim", "certified", "annual_commitment", "accrued", "disbursed")
    assert {f"{lower}_above_{higher}" for higher, lower in pairwise(STEPS)} < set(LADDER_CODES)
    assert len(LADDER_CODES) == 10


def test_each_year_is_judged_by_itself_and_totals_add_them_stage_by_stage() -> None:
    years = (budgeted(2018, pim="10.00", accrued="9.00"), budgeted(2019, pim="1.00", accrued="2.00", certified="1.00"))
    assert codes(registered(), *years) == ["accrued_above_pim", "accrued_above_certified"]
    summed = totals(project(registered(), *years).state().budgets)
    assert dict(summed.known()) == {"pim": pen("11.00"), "certified": pen("1.00"), "accrued": pen("11.00")}
    assert totals(()) == Stages()


def test_more_accrued_or_funded_than_it_costs_is_found() -> None:
    cost = registered(cost=pen("10.00"))
    over = cost, budgeted(2018, accrued="6.00"), budgeted(2019, accrued="4.01")
    assert codes(*over) == ["accrued_above_cost"]
    [finding] = findings(project(*over).state())
    assert [(v.name, v.amount) for v in finding.values] == [("accrued", pen("10.01")), ("cost", pen("10.00"))]
    funders = (Funder(organization=REGION, amount=pen("6.00")), Funder(organization=MINISTRY, amount=pen("4.01")))
    assert codes(registered(cost=pen("10.00"), funders=funders)) == ["funding_above_cost"]
    foreign = (Funder(organization=REGION, amount=USD), Funder(organization=MINISTRY))
    assert codes(registered(cost=pen("10.00"), funders=foreign)) == []
    assert codes(registered(), budgeted(accrued="6.00")) == []


def test_progress_that_does_not_fit_is_found() -> None:
    over = fact(p.ProjectProgressReported, financial=Decimal("100.01"))
    assert codes(registered(), over) == ["financial_above_hundred"]
    almost = fact(p.ProjectProgressReported, physical=Decimal("99.99"))
    assert codes(*REACHED[Works.FINISHED][:1], *REACHED[Works.FINISHED][1:], almost) == [
        "finished_incomplete",
        "works_before_approval",
    ]
    whole = fact(p.ProjectProgressReported, physical=Decimal(100), financial=Decimal(100))
    assert codes(registered(works="running", investment="approved"), whole) == []


@pytest.mark.parametrize(
    ("about", "later", "expected"),
    [
        ({"works": "running", "investment": "formulation"}, (), ["works_before_approval"]),
        ({"works": "running", "investment": "viable"}, (), []),
        ({"works": "running", "investment": "approved"}, [(p.ProjectDismissed, {})], ["works_while_dismissed"]),
        (
            {"works": "running", "investment": "approved"},
            [(p.InvestmentClosed, {"outcome": "settled"})],
            ["closed_with_open_works"],
        ),
        ({"works": "running", "investment": "approved"}, [(p.InvestmentClosed, {"outcome": "unfinished"})], []),
        ({"works": "not_started", "investment": "approved"}, [(p.ProjectDismissed, {})], []),
    ],
)
def test_tracks_that_contradict_each_other_are_found_and_never_refused(
    about: dict[str, Any], later: list[tuple[type[Event], dict[str, Any]]], expected: list[str]
) -> None:
    assert codes(registered(**about), *(fact(cls, **said) for cls, said in later)) == expected


def test_everything_that_can_be_found_is_listed_once() -> None:
    assert len(CODES) == len(set(CODES)) == 17
