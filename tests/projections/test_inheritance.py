"""What is inherited, and its totals, are those of the definition at every moment, in whichever order one asks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.organization import Organization
from domain.types import Money
from projections import inheritance
from projections.held import CAPACITIES, SOURCES, Filters, Span
from projections.inheritable import Inheritable
from projections.inherited_totals import CapacityTotal
from projections.moment import resolve
from roundtable.installation import Installation
from tests.projections import naive
from tests.projections.histories import DAYS, Batch, histories
from tests.projections.recording import Recording, emptied
from tests.projections.test_times import ASKED, thorough

TODAY = date(2018, 2, 15)


class Item(NamedTuple):
    """An object in one capacity, on the eve and now."""

    source: Inheritable
    id: UUID
    born: int
    capacity: str
    before: Any
    after: Any
    changed: bool
    currency: str | None


def inherited(history: Sequence[naive.Recorded], position: int, span: Span) -> list[Item]:
    """Return what the institution stood in on the eve, in the order of pages."""
    found = []
    for source in SOURCES:
        kind = source.projection.kind
        then, now = (naive.things(history, kind, position, at.day) for at in (span.start, span.now))
        for thing in then.values():
            links = set(source.rows.links_of(thing.state))
            about = [
                source.about(state, at.day)
                for state, at in ((thing.state, span.start), (now[thing.id].state, span.now))
            ]
            changed = now[thing.id].state != thing.state
            currency = getattr(thing.state, "currency", None)  # facts recorded past the rules may lack it
            found += [
                Item(source, UUID(thing.id), thing.born, capacity, *about, changed, currency)
                for capacity in source.capacities
                if f"{capacity}:{span.institution}" in links
            ]
    return sorted(found, key=lambda one: (one.born, CAPACITIES.index(one.capacity)))


def asked_for(one: Item, which: Filters) -> bool:
    asked: Iterable[tuple[Any, Any]] = (
        (which.kind, one.source.kind),
        (which.capacity, one.capacity),
        (which.changed, one.changed),
        (which.overdue, one.after.overdue),
        (which.overdue_at_start, one.before.overdue),
    )
    named = one.id not in which.but and (which.only is None or one.id in which.only)
    return named and all(wanted in (None, found) for wanted, found in asked)


def added(amounts: Iterable[tuple[str | None, Money | None]]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for currency, amount in amounts:
        if currency is not None and amount is not None:
            sums[currency] += amount.minor_units
    return dict(sums)


def totals_of(items: Sequence[Item]) -> dict[tuple[str, str], Any]:
    """Add items up, by capacity and kind."""
    found = {}
    for capacity, source in {(one.capacity, one.source.kind): one.source for one in items}.items():
        mine = [one for one in items if (one.capacity, one.source.kind) == capacity]
        counted = [one for one in mine if one.before.state not in source.replaced]
        by_state = {
            state: [one for one in mine if one.before.state == state] for state in {m.before.state for m in mine}
        }
        found[capacity] = (
            len(mine),
            sum(one.before.overdue for one in mine),
            sum(one.after.overdue for one in mine),
            added((one.currency, one.before.amount) for one in counted),
            added((one.currency, one.before.headline) for one in counted),
            {s: (len(some), added((one.currency, one.before.amount) for one in some)) for s, some in by_state.items()},
        )
    return found


def told(totals: dict[str, CapacityTotal]) -> dict[tuple[str, str], Any]:
    """Write totals in the same form."""
    return {
        (capacity, kind): (
            total.count,
            total.overdue,
            total.overdue_now,
            units(total.amounts),
            units(total.headlines),
            {one.state: (one.count, units(one.amounts)) for one in total.by_state},
        )
        for capacity, every in totals.items()
        for kind, total in every.by_kind.items()
    }


def units(amounts: Iterable[Money]) -> dict[str, int]:
    return {amount.currency: amount.minor_units for amount in amounts}


def walked(connection: sa.Connection, span: Span, which: Filters, limit: int) -> list[tuple[int, str, bool]]:
    found, after = list[tuple[int, str, bool]](), None
    while some := inheritance.page(connection, span, which, after=after, limit=limit):
        found += [(one.born, CAPACITIES[one.sort], inheritance.item(one, span).changed) for one in some]
        after = (some[-1].sort, some[-1].born)
    return found


def wanted(ids: Sequence[UUID]) -> st.SearchStrategy[Filters]:
    some = st.sets(st.integers(0, len(ids) - 1), max_size=3).map(lambda which: frozenset(ids[n] for n in which))
    either = st.none() | st.booleans()
    named = {
        "kind": st.sampled_from([None, None, "commitment", "project"]),
        "capacity": st.sampled_from([None, None, "responsible", "collaborator"]),
        "changed": either,
        "overdue": either,
        "overdue_at_start": either,
        "but": some,
        "only": st.none() | some,
    }
    return st.fixed_dictionaries(named).map(lambda asked: Filters(**asked))


def agree(recording: Recording, connection: sa.Connection, data: st.DataObject, position: int | None) -> None:
    """Compare one question with the definition."""
    history = recording.history
    upto = len(history) if position is None else position
    institutions = recording.objects(Organization)
    eve, now = sorted(data.draw(st.tuples(st.sampled_from(DAYS[-3:]), st.sampled_from([*DAYS[-3:], TODAY])), "days"))
    at = resolve(connection, TODAY, at_position=position, valid_at=None if now == TODAY else now)
    span = inheritance.between(UUID(institutions[0]), eve, at)
    ids = [UUID(id) for id in dict.fromkeys(r.id for r in history)]
    which = data.draw(st.just(Filters()) | wanted(ids), "filters")
    expected = [one for one in inherited(history, upto, span) if asked_for(one, which)]
    assert told(inheritance.totals(connection, span, which)) == totals_of(expected)
    limit = data.draw(st.integers(1, 3), "limit")
    assert walked(connection, span, which, limit) == [(one.born, one.capacity, one.changed) for one in expected]


FEWER = settings(thorough, max_examples=int(ASKED or 20))
"""Each history is asked about many times."""


@FEWER
@given(batches=histories(), data=st.data())
def test_pages_and_totals_are_those_of_the_definition_while_the_log_grows_and_at_every_earlier_position(
    installation: Installation, batches: list[Batch], data: st.DataObject
) -> None:
    emptied(installation)
    recording = Recording(installation)
    for batch in batches:
        recording.run([batch])
        with installation.database.snapshot() as connection:
            agree(recording, connection, data, None)
    with installation.database.snapshot() as connection:
        for _ in range(3):
            agree(recording, connection, data, data.draw(st.integers(0, len(recording.history)), "position"))
