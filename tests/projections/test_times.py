"""Read models answer for every position and day exactly as the definition does, however the rows came to be."""

import os
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.commitment import Commitment
from domain.organization import Organization
from domain.participatory_budget import ParticipatoryBudget
from domain.plan import Plan
from domain.project import Project
from projections import (
    balances,
    commitments,
    listing,
    moment,
    organizations,
    participatory_budgets,
    plans,
    projects,
)
from projections.rows import Rows
from projections.times import at
from roundtable.installation import Installation
from tests.projections import naive
from tests.projections.histories import DAYS, OUTSIDE, TERRITORIES, Batch, Op, histories
from tests.projections.recording import Recording, emptied

ASKED = os.environ.get("ROUNDTABLE_TEST_HISTORIES")
"""How many histories of each kind; a thousand take some minutes. When asked, a failing one is also made small."""
thorough = settings(
    max_examples=int(ASKED or 50),
    phases=[Phase.generate, Phase.shrink] if ASKED else [Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
READ_MODELS = {
    Commitment: commitments.ROWS,
    Organization: organizations.ROWS,
    Plan: plans.ROWS,
    Project: projects.ROWS,
    ParticipatoryBudget: participatory_budgets.ROWS,
}
ORDERS = {
    Commitment: (naive.COMMITMENT_ORDERS, commitments.ORDERS),
    Organization: (naive.ORGANIZATION_ORDERS, organizations.ORDERS),
    Project: (naive.PROJECT_ORDERS, projects.ORDERS),
}


def recorded(installation: Installation, batches: list[Batch]) -> Recording:
    emptied(installation)
    recording = Recording(installation)
    recording.run(batches)
    return recording


def copied(rows: Rows, thing: naive.Thing) -> tuple[Any, ...]:
    """What the columns of a row must say of a state."""
    links = "|".join(("", *sorted(rows.links_of(thing.state)), ""))
    return (thing.id, thing.born, *rows.copy(thing.state), links, thing.state)


def answered(connection: sa.Connection, rows: Rows, position: int | None, day: str | None) -> list[tuple[Any, ...]]:
    c = rows.table.c
    names = [*c.keys()[8:-1]]
    query = sa.select(c.id, c.born, *(c[name] for name in names), c.state).where(at(c, position, day))
    return [(*row[:-1], rows.decode(row[-1])) for row in connection.execute(query)]


@thorough
@given(batches=histories())
def test_the_rows_of_every_moment_are_the_fold_of_what_was_known_and_true(
    installation: Installation, batches: list[Batch]
) -> None:
    history = recorded(installation, batches).history
    with installation.database.reading() as connection:
        for kind, rows in READ_MODELS.items():
            for position in (None, *range(len(history) + 1)):
                for day in (None, OUTSIDE, *DAYS):
                    upto = len(history) if position is None else position
                    expected = naive.things(history, kind, upto, day or naive.LAST)
                    found = answered(connection, rows, position, day.isoformat() if day else None)
                    assert sorted(found, key=str) == sorted(
                        (copied(rows, thing) for thing in expected.values()), key=str
                    ), (kind.TOPIC, position, day)
            newest = sa.select(rows.table.c.id, rows.table.c.version).where(at(rows.table.c))
            for id, version in connection.execute(newest):
                assert version == sum(r.id == id for r in history)


@pytest.mark.parametrize("day", [DAYS[2], DAYS[0]], ids=["later", "earlier"])
def test_a_fact_recorded_while_the_beginning_is_void_does_not_bring_the_object_back(
    installation: Installation, day: date
) -> None:
    """Random histories found this: the last step of a voided object looked like one to go on from, or to end again."""
    said = [
        ("register", {"title": "Agua", "responsibles": [{"organization": 0}]}, DAYS[1]),
        ("start", {}, DAYS[1]),
        ("void", {"at": 1}, DAYS[1]),
        ("report_progress", {"percent": 5}, day),
    ]
    ministry = Op(Organization, 0, "register", {"name": "Ministry", "kind": "ngo"}, DAYS[0], guarded=True)
    history = [ministry, *(Op(Commitment, 0, name, fields, day, guarded=False) for name, fields, day in said)]
    recording = recorded(installation, [("live", history)])
    with installation.database.reading() as connection:
        ids = [len(answered(connection, commitments.ROWS, position, None)) for position in range(6)]
    assert (len(recording.history), ids) == (5, [0, 0, 1, 1, 0, 0])
    live = dump(installation)
    installation.projector.rebuild()
    assert dump(installation) == live


def dump(installation: Installation) -> dict[str, list[Any]]:
    with installation.database.reading() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=str)
            for rows in READ_MODELS.values()
            for table in (rows.table, rows.link)
        }


@thorough
@given(batches=histories())
def test_rows_are_the_same_however_they_came_to_be(installation: Installation, batches: list[Batch]) -> None:
    recorded(installation, batches)
    live = dump(installation)
    installation.projector.rebuild()
    assert dump(installation) == live
    for name in ("commitment", "organization", "project"):
        assert live[name] or name != "organization"


@thorough
@given(batches=histories(), data=st.data())
def test_a_balance_is_the_roll_up_of_its_parts_at_every_moment(
    installation: Installation, batches: list[Batch], data: st.DataObject
) -> None:
    history = recorded(installation, batches).history
    with installation.database.reading() as connection:
        for position in range(len(history) + 1):
            day = data.draw(st.sampled_from([*DAYS, None]), "day")
            when = moment.resolve(connection, date(2020, 1, 1), at_position=position, valid_at=day)
            every = naive.things(history, Commitment, position, day or naive.LAST)
            for thing in every.values():
                row = commitments.find(connection, UUID(thing.id), when)
                assert row is not None
                balance = balances.balance(connection, row, when)
                expected = naive.roll_up(thing, every.values())
                assert naive.shown(balance) == {line: sums for line, sums in expected.items() if sums != (0, 0)}
                assert (balance.position, balance.valid_at) == (position, when.day)


def some_of(*names: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=1, max_size=2)


PROJECT: dict[str, st.SearchStrategy[Any]] = {
    "table": some_of("new", "pending", "prioritised", "dismissed"),
    "investment": some_of("idea", "formulation", "viable", "approved", "closed", "deactivated"),
    "works": some_of("not_started", "running", "halted", "finished"),
    "fiscal_year": st.sampled_from([2017, 2018]),
    "halted": st.booleans(),
    "overdue": st.booleans(),
    "milestone_overdue": st.booleans(),
    "finding": some_of("accrued_above_pim", "disbursed_above_accrued"),
    "q": st.sampled_from(["educacion", "ñahuin", "P-1", "123456", "%"]),
}


def wanted(kind: Any, ids: dict[Any, list[str]]) -> st.SearchStrategy[dict[str, Any]]:
    """Some filters of a list."""
    place = st.sampled_from([f"PE-UBIGEO-INEI:{code}" for code in (*TERRITORIES, "0807", "0")])
    words = st.sampled_from(["educacion", "EDUCACIÓN rural", "ñahuin", "C-1", "%", "agua all"])
    common = {"sector": st.sampled_from(["transport", "education"]), "territory": place, "q": words}
    if kind is Organization:
        more = {
            "kind": st.sampled_from(["company", "ngo"]),
            "state": st.sampled_from(["registered", "dissolved"]),
            "identifier": st.sampled_from(["PE-X:a", "PE-X:A", "PE-X:b"]),
        }
        return st.fixed_dictionaries({}, optional=common | more)
    somebody = st.sampled_from([UUID(id) for id in ids[Organization]])
    if kind is Project:
        return st.fixed_dictionaries({}, optional=common | PROJECT | {"responsible": somebody, "funder": somebody})
    capacity = st.sampled_from([None, "responsible", "collaborator", "counterpart", "follow_up_body", "verifier"])
    more = {
        "organization": st.tuples(somebody, capacity),
        "state": st.lists(st.sampled_from(["agreed", "requested", "in_progress", "dismissed"]), min_size=1, max_size=3),
        "kind": st.sampled_from(["study", "investment"]),
        "part_of": st.sampled_from([UUID(id) for id in ids[Commitment]]),
        "overdue": st.booleans(),
        "missing": st.lists(st.sampled_from(["deadline", "verifier", "amount", "sector"]), min_size=1, max_size=2),
        "waived": st.just(["deadline"]),
    }
    return st.fixed_dictionaries({}, optional=common | more)


def walked(
    connection: sa.Connection, rows: Rows, when: moment.Moment, where: Any, order: listing.Order, limit: int
) -> list[tuple[str, Any]]:
    """Read a list page by page as a client does, and return ids with sort keys."""
    found: list[tuple[str, Any]] = []
    after = None
    while some := listing.page(connection, rows, when, where, order, after=after, limit=limit):
        assert len(some) <= limit
        found += [(row.id, row.born) for row in some]
        after = (some[-1].sort, some[-1].born)
    return found


def where_of(kind: Any, when: moment.Moment, filters: dict[str, Any]) -> Any:
    if kind is Organization:
        return organizations.filters(**filters)
    if kind is Project:
        return projects.filters(when.day, **filters)
    if "organization" in filters:
        somebody, capacity = filters["organization"]
        filters = filters | {"organization": somebody, "capacity": capacity}
    return commitments.filters(when.day, **filters)


@pytest.mark.parametrize("kind", [Commitment, Organization, Project])
@thorough
@given(batches=histories(), data=st.data())
def test_a_list_has_what_its_filters_ask_for_once_and_in_order_page_by_page(
    installation: Installation, kind: Any, batches: list[Batch], data: st.DataObject
) -> None:
    recording = recorded(installation, batches)
    history = recording.history
    ids = {k: recording.objects(k) for k in READ_MODELS}
    keys, columns = ORDERS[kind]
    assert set(keys) == set(columns)
    with installation.database.reading() as connection:
        for _ in range(12):
            position = data.draw(st.integers(0, len(history)), "position")
            day = data.draw(st.sampled_from([*DAYS, None]), "day")
            filters = data.draw(wanted(kind, ids), "filters")
            order, descending = data.draw(st.tuples(st.sampled_from(sorted(keys)), st.booleans()), "order")
            limit = data.draw(st.integers(1, 3), "limit")
            when = moment.resolve(connection, date(2020, 1, 1), at_position=position, valid_at=day)
            judges = {
                Commitment: naive.commitment_filters(when.day),
                Organization: naive.ORGANIZATION_FILTERS,
                Project: naive.project_filters(when.day),
            }[kind]
            things = [
                (keys[order](thing.state), thing.born, thing.id)
                for thing in naive.things(history, kind, position, day or naive.LAST).values()
                if all(judges[name](thing.state, value) for name, value in filters.items())
            ]
            by = listing.Order(columns[order], descending)
            found = walked(connection, READ_MODELS[kind], when, where_of(kind, when, filters), by, limit)
            assert found == [(id, born) for _, born, id in sorted(things, reverse=descending)]
