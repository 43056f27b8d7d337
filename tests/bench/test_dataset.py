"""The made-up log of the benchmarks is one that the product could have recorded, and is the same every time."""

from datetime import date
from itertools import islice

from projections import commitments
from projections.balances import balance
from projections.moment import Moment
from roundtable.checks import Check
from roundtable.installation import Installation
from tests.bench.dataset import Dataset
from tests.bench.product import fill

OBJECTS = 80
HISTORIES = (10, 200)


def test_a_loaded_log_is_as_the_read_models_show_it(installation: Installation) -> None:
    dataset = Dataset(OBJECTS, histories=HISTORIES)
    position = fill(installation, dataset, lambda _: None)
    result = Check(installation).run()
    assert result.finding is None
    assert result.events == position > OBJECTS * 5
    with installation.database.reading() as connection:
        today = Moment(position, date(2026, 1, 1), all_known=True, today=True)
        found = commitments.find(connection, dataset.announcement, today)
        assert found is not None
        assert balance(connection, found, today).itemised.projects == dataset.items == OBJECTS // 10


def test_the_same_arguments_make_the_same_log() -> None:
    first, second = (list(islice(Dataset(OBJECTS).rows(), 500)) for _ in range(2))
    assert first == second


def test_about_one_fact_in_fifty_is_late() -> None:
    newest: dict[str, str] = {}
    late = events = 0
    for row in Dataset(2000).rows():
        events += 1
        late += row.occurred_on < newest.get(row.originator_id, "")
        newest[row.originator_id] = max(row.occurred_on, newest.get(row.originator_id, ""))
    assert 0.015 < late / events < 0.025
    assert 9 < events / 2000 < 11
