"""What is asked most is answered through an index, now and in the past, on tables too large to read whole."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from projections import balances, commitments, listing
from projections.commitments import ROWS
from projections.moment import Moment
from projections.times import NEVER, OPEN
from roundtable.installation import Installation
from roundtable.store import bulk, finding, log
from roundtable.store.finding import Wanted
from roundtable.store.tables import event
from tests.harness import Person, pen

OBJECTS, STEPS = 8_000, 3
TODAY = date(2030, 1, 1)
NOW = Moment(0, TODAY, all_known=True, today=True)
PAST = {
    "as known then": Moment(12_000, TODAY, all_known=False, today=True),
    "as true then": Moment(24_000, date(2018, 5, 1), all_known=True, today=False),
    "as known and true then": Moment(12_000, date(2018, 5, 1), all_known=False, today=False),
}
MOMENTS = [pytest.param(NOW, id="now"), *(pytest.param(when, id=name) for name, when in PAST.items())]


@pytest.fixture
def filled(installation: Installation, secretary: Person) -> Installation:
    """Many commitments of three steps each; every fortieth is part of the announcement 1 and all name one ministry."""
    ministry = secretary.registers_organization()
    secretary.registers_commitment(ministry, amount=pen(5), sector="water")
    with installation.database.writing() as connection:
        model = dict(connection.execute(sa.select(ROWS.table)).mappings().one())
        rows: list[tuple[Any, ...]] = []
        links: list[tuple[str, str]] = []
        for n in range(1, OBJECTS + 1):
            id = str(UUID(int=n))
            links += [(f"responsible:{UUID(int=n % 400)}", id), ("sector:water", id)]
            for step in range(STEPS):
                begin, end = n + step * OBJECTS, n + (step + 1) * OBJECTS
                last = step == STEPS - 1
                when = {"recorded_from": begin, "recorded_to": OPEN if last else end, "replaced_at": OPEN}
                days = {
                    "valid_from": f"2018-0{1 + 3 * step}-01",
                    "valid_to": NEVER if last else f"2018-0{4 + 3 * step}-01",
                }
                about = {"id": id, "born": n, "part_of": str(UUID(int=1 + n % 40)), "code": f"C-{n}"}
                about |= {"links": f"|responsible:{UUID(int=n % 400)}|sector:water|"}
                rows.append(tuple((model | when | days | about).values()))
        said = dict(connection.execute(sa.select(event).limit(1)).mappings().one())
        at = range(3, OBJECTS * STEPS)
        facts = [{"position": n, "event_id": str(UUID(int=n)), "originator_version": n} | recorded_by(n) for n in at]
        times = [{"recorded_at": f"2026-01-{1 + n // 1000:02}T00:00:{n % 60:02}.000000+00:00"} for n in at]
        bulk.insert(connection, event, [tuple((said | f | t).values()) for f, t in zip(facts, times, strict=True)])
        bulk.insert(connection, ROWS.table, rows)
        bulk.insert(connection, ROWS.link, links)
        connection.exec_driver_sql("ANALYZE")
    return installation


def recorded_by(n: int) -> dict[str, str]:
    """Who recorded an event: one of 400 actors of 40 institutions, every fifth time for another one."""
    who = {"actor": str(UUID(int=n % 400)), "actor_organization": str(UUID(int=n % 40))}
    spoken = {"on_behalf_of": str(UUID(int=n % 45))} if n % 5 == 0 else {}
    who |= {"aggregate": "commitment", "topic": "commitment.registered", "originator_id": str(UUID(int=n // 9))}
    return who | spoken | {"correlation": str(UUID(int=n // 3)), "occurred_on": f"20{10 + n % 15}-{1 + n % 12:02}-11"}


def plans(installation: Installation, ask: Callable[[sa.Connection], Any]) -> str:
    """Return how the database answers all that a read asks, with the same parameters."""
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.append((statement, parameters))

    explain = "EXPLAIN QUERY PLAN" if installation.database.is_sqlite else "EXPLAIN"
    with installation.database.reading() as connection:
        sa.event.listen(connection, "before_cursor_execute", note)
        ask(connection)
        sa.event.remove(connection, "before_cursor_execute", note)
        found = [connection.exec_driver_sql(f"{explain} {said}", values).all() for said, values in asked]
    return "\n".join(str(line[-1]) for lines in found for line in lines)


def reads_whole_table(found: str) -> bool:
    """Tell whether a plan goes through a whole table, or sorts more than the page it returns."""
    return (
        re.search(r"Seq Scan on (commitment|event)|SCAN (commitment|event)\w*(?! USING)\b(?! USING)", found) is not None
    )


def page(when: Moment, *where: Any, order: str = "recorded", after: Any = None) -> Callable[[sa.Connection], Any]:
    by = listing.Order(commitments.ORDERS[order])
    return lambda connection: listing.page(connection, ROWS, when, where, by, after=after, limit=50)


@pytest.mark.parametrize("when", MOMENTS)
def test_one_object_is_found_by_its_id(filled: Installation, when: Moment) -> None:
    found = plans(filled, lambda connection: commitments.find(connection, UUID(int=77), when))
    assert not reads_whole_table(found), found


@pytest.mark.parametrize("when", MOMENTS)
def test_a_page_in_the_order_of_recording_reads_no_more_than_it_shows(filled: Installation, when: Moment) -> None:
    for after in (None, (4_000, 4_000)):
        found = plans(filled, page(when, after=after))
        assert not reads_whole_table(found), found
        assert not re.search(r"Sort|TEMP B-TREE", found), found


@pytest.mark.parametrize("when", MOMENTS)
def test_a_filter_by_link_leads_to_the_few_objects_that_ever_had_it(filled: Installation, when: Moment) -> None:
    where = commitments.filters(TODAY, organization=UUID(int=7), capacity="responsible")
    found = plans(filled, page(when, *where))
    assert not reads_whole_table(found), found
    assert "commitment_link" in found


@pytest.mark.parametrize("when", MOMENTS)
def test_a_balance_reads_the_parts_of_its_announcement_alone(filled: Installation, when: Moment) -> None:
    def ask(connection: sa.Connection) -> None:
        whole = commitments.find(connection, UUID(int=9), when)
        assert whole is not None
        connection.execute(balances._parts(str(UUID(int=9)), when, own=False)).all()

    found = plans(filled, ask)
    assert not reads_whole_table(found), found
    assert "totals" in found


def test_the_position_at_an_instant_is_looked_up(filled: Installation) -> None:
    found = plans(filled, lambda connection: log.position_at(connection, "2030-01-01T00:00:00.000000+00:00"))
    assert "ix_event_recorded_at_position" in found, found
    assert not re.search(r"Sort|TEMP B-TREE", found), found


SEARCHES = {
    "actor": {"actor": UUID(int=7)},
    "actor's organization": {"actor_organization": UUID(int=7)},
    "spoken for": {"on_behalf_of": UUID(int=5)},
    "institution": {"institution": UUID(int=5)},
    "rare kind": {"aggregate": "organization"},
    "rare topic": {"topic": ("organization.registered",)},
    "request": {"correlation": UUID(int=77)},
    "object": {"id": UUID(int=77)},
    "institution and topic": {"institution": UUID(int=5), "topic": ("commitment.registered",)},
}


@pytest.mark.parametrize("wanted", SEARCHES.values(), ids=SEARCHES)
def test_a_search_of_the_log_walks_along_an_index(filled: Installation, wanted: dict[str, Any]) -> None:
    def ask(connection: sa.Connection) -> None:
        finding.page(connection, Wanted(**wanted), after=100, upto=23_000, limit=201)

    found = plans(filled, ask)
    assert re.search(r"ix_event_|originator_id|autoindex_event", found), found
    assert not re.search(r"Seq Scan|SCAN event(?! USING)", found), found


def test_a_day_of_the_log_is_found_by_its_day(filled: Installation) -> None:
    day = date(2012, 3, 11)
    wanted = Wanted(occurred_from=day, occurred_until=day)
    found = plans(filled, lambda connection: finding.page(connection, wanted, after=0, upto=24_000, limit=201))
    assert "ix_event_occurred_on_position" in found, found


def test_a_period_of_recording_reads_only_its_positions(filled: Installation) -> None:
    found = plans(filled, lambda connection: finding.page(connection, Wanted(), after=5_000, upto=5_100, limit=201))
    assert not re.search(r"Seq Scan|SCAN event(?! USING)|Sort|TEMP B-TREE", found), found
