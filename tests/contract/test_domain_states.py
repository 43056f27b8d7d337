"""What the model promises of states: each is reached by facts, and seen as it is called."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import pytest

from domain.aggregate import KINDS
from domain.events import Event
from domain.organization import events as o
from domain.project import Project
from domain.project.tracks import Investment, Works
from domain.project.tracks import Table as AtTable
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
    given,
)

LATER = date(2030, 1, 1)


class Reached(NamedTuple):
    """A state by the name that the model gives it: the facts that lead there, and how readers see it on a day."""

    kind: str
    state: str
    facts: tuple[Event, ...]
    day: date = date(2019, 6, 1)
    track: str = ""

    def seen(self) -> str:
        """Return the state as it is seen."""
        state = given(*self.facts, kind=KINDS[self.kind]).state()
        if self.track:
            return str(getattr(state, self.track).value)
        if self.kind == "administration":
            return str(state.term.standing(self.day))
        return str(state.standing(self.day) if hasattr(state, "standing") else state.status.value)


def _reached(kind: str, table: Any, named: str, track: str = "") -> Iterator[Reached]:
    """Yield the states that the model names, out of the table of the facts that lead to each."""
    by_name = {status.value: facts for status, facts in table.items()}
    yield from (Reached(kind, state, by_name[state], track=track) for state in named.split())


def _of(track: Any) -> Any:
    return {status: facts for status, facts in works.REACHED.items() if isinstance(status, track)}


STATES = [
    Reached("organization", "registered", (organizations.REGISTERED,)),
    Reached("organization", "merged", (organizations.REGISTERED, organizations.MERGED)),
    Reached("organization", "dissolved", (organizations.REGISTERED, organizations.DISSOLVED)),
    Reached("administration", "elected", (terms.CHOSEN,), date(2018, 12, 31)),
    Reached("administration", "in_office", (terms.CHOSEN,), date(2019, 1, 1)),
    Reached("administration", "ended", (terms.CHOSEN,), date(2023, 1, 1)),
    *_reached(
        "roundtable",
        tables.REACHED,
        "proposed constituted accredited installed active suspended concluded extinguished",
    ),
    Reached("roundtable", "expired", tables.ACTIVE, LATER),
    *_reached("session", sittings.REACHED, "convened open recessed closed cancelled failed_quorum"),
    *_reached("minutes", acts.REACHED, "draft under_review observed approved signed published voided"),
    *_reached(
        "commitment",
        samples.REACHED,
        "requested agreed dismissed in_progress blocked reported_fulfilled fulfilled partially_fulfilled unfulfilled "
        "superseded withdrawn reversed",
    ),
    *_reached(
        "project",
        _of(AtTable),
        "new pending prioritised eligible_for_funding funded in_execution concluded dismissed",
        "table",
    ),
    *_reached("project", _of(Investment), "idea formulation viable approved closed deactivated", "investment"),
    *_reached("project", _of(Works), "not_started running halted finished received", "works"),
    *_reached("plan", planned.REACHED, "drafting concerted reviewed adopted in_force updating superseded repealed"),
    Reached("plan", "expired", planned.REACHED[next(s for s in planned.REACHED if s.value == "in_force")], LATER),
    *_reached(
        "participatory-budget",
        pb.REACHED,
        "regulated preparation concertation coordination formalised in_execution accounted",
    ),
    *_reached(
        "transition",
        handovers.REACHED,
        "planned preparing ready in_transfer reported signed unsigned complemented closed not_delivered "
        "delivered_late not_required",
    ),
]


@pytest.mark.parametrize("one", STATES, ids=lambda one: f"{one.kind}-{one.track or 'state'}-{one.state}")
def test_a_state_of_the_model_is_reached(one: Reached) -> None:
    assert one.seen() == one.state


def test_no_state_of_the_code_is_missing_from_the_model() -> None:
    named = {(one.kind, one.state) for one in STATES}
    for kind, table in (
        ("roundtable", tables.REACHED),
        ("session", sittings.REACHED),
        ("minutes", acts.REACHED),
        ("commitment", samples.REACHED),
        ("plan", planned.REACHED),
        ("project", works.REACHED),
        ("participatory-budget", pb.REACHED),
        ("transition", handovers.REACHED),
    ):
        enums = {type(status) for status in table}
        assert {status for enum in enums for status in enum} == set(table)
        assert {(kind, status.value) for status in table} <= named


def test_an_organization_keeps_its_older_name_for_older_facts() -> None:
    there = given(organizations.REGISTERED, organizations.RENAMED, kind=KINDS["organization"])
    assert (there.state("2020-11-23").name, there.state("2020-11-24").name) == ("MINAGRI", "MIDAGRI")
    assert isinstance(organizations.RENAMED, o.OrganizationRenamed)


def test_a_session_pauses_fails_and_is_called_again_with_what_it_left_open() -> None:
    called = sittings.sitting().where(others=(sittings.ROUNDTABLE, sittings.FAILED))
    outcome = called.when("convene", "2019-03-01", **sittings.CALL, second_call_of=sittings.EARLIER)
    assert outcome.event is not None
    [item] = outcome.event.agenda  # type: ignore[attr-defined]  # of the event of this command
    assert (item.key, item.origin.session) == ("4", sittings.EARLIER)


def test_the_tracks_of_a_project_move_alone_and_a_broken_ladder_is_a_finding() -> None:
    halted = given(*works.REACHED[Works.HALTED], kind=Project).state()
    assert (halted.works, halted.table, halted.investment) == (Works.HALTED, AtTable.NEW, Investment.IDEA)
    over = {"stages": {"pim": works.pen("90.00"), "accrued": works.pen("100.00")}}
    body = {"fiscal_year": 2019, "cut_off": "2019-05-31", **over}
    assert works.project().when("record-budget", **body).refusal is None
