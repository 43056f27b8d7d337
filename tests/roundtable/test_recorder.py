"""The recorder keeps the promises of the library's recorders and its own: no gaps, no going back, all or nothing."""

import inspect
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any
from unittest import TestCase, mock
from uuid import uuid4

import pytest
import sqlalchemy as sa
from eventsourcing.persistence import IntegrityError, StoredEvent, Tracking

from roundtable.installation import Installation
from roundtable.store import log
from roundtable.store.entries import EventTooLarge
from roundtable.store.recorder import CLOCK_TOLERANCE, ClockBehind, Recorder
from roundtable.store.tables import event, log_head

# The module of the cases also tests ciphers, which need a package that nothing here uses.
with mock.patch.dict(sys.modules, {"eventsourcing.cipher": mock.Mock(spec=ModuleType, AESCipher=None)}):
    from eventsourcing.tests import persistence as cases


class WithoutPositions(Recorder):
    """The library's aggregate recorders tell no positions; ours does."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **more: Any) -> None:
        super().insert_events(stored_events, **more)


RECORDERS: dict[type[TestCase], type[Recorder]] = {
    cases.AggregateRecorderTestCase: WithoutPositions,
    cases.ApplicationRecorderTestCase: Recorder,
    cases.TrackingRecorderTestCase: Recorder,
    cases.ProcessRecorderTestCase: Recorder,
}
PROMISES = [
    pytest.param(case, name, id=f"{case.__name__}-{name}")
    for case in RECORDERS
    for name, _ in inspect.getmembers(case, inspect.isfunction)
    if name.startswith("test_")
]


@pytest.mark.parametrize(("case", "name"), PROMISES)
def test_it_keeps_a_promise_of_the_library(installation: Installation, case: Any, name: str) -> None:
    class Run(case):
        def create_recorder(self) -> Recorder:
            return RECORDERS[case](installation.database)

    before = set(threading.enumerate())
    getattr(Run(name), name)()
    for reader in set(threading.enumerate()) - before:  # one case stops its readers without waiting for them
        reader.join()


def stored(body: bytes = b"{}", id: Any = None, version: int = 1) -> StoredEvent:
    return StoredEvent(id or uuid4(), version, "fact", body)


def positions(installation: Installation) -> list[int]:
    with installation.database.reading() as connection:
        found = list(connection.scalars(sa.select(event.c.position).order_by(event.c.position)))
        assert log.head(connection) == len(found)
    return found


def test_positions_have_no_gap_when_eight_writers_write_and_some_of_them_fail(installation: Installation) -> None:
    recorder = Recorder(installation.database)
    taken = stored()
    recorder.insert_events([taken])

    def write(writer: int) -> int:
        failed = 0
        for n in range(20):
            try:
                if n % 3 == 0:
                    recorder.insert_events([stored(), taken])
                elif n % 3 == 1:
                    with installation.database.writing() as connection:
                        recorder.insert_events([stored(), stored()], connection=connection)
                        if writer % 2:
                            raise TimeoutError  # noqa: TRY301 - the transaction must fail
                else:
                    recorder.insert_events([stored()])
            except (IntegrityError, TimeoutError):
                failed += 1
        return failed

    with ThreadPoolExecutor(8) as pool:
        failed = sum(pool.map(write, range(8)))
    assert failed == 8 * 7 + 4 * 7
    assert positions(installation) == list(range(1, 1 + 8 * 6 + 4 * 7 * 2 + 1))


def test_a_reader_that_saw_a_position_has_seen_everything_before_it(installation: Installation) -> None:
    recorder = Recorder(installation.database)
    with ThreadPoolExecutor(4) as pool:
        writers = [
            pool.submit(lambda: [recorder.insert_events([stored(), stored()]) for _ in range(25)]) for _ in "abc"
        ]
        seen: list[int] = []
        while len(seen) < 150:
            new = recorder.select_notifications(start=len(seen), limit=500, inclusive_of_start=False)
            seen += [n.id for n in new]
            assert seen == list(range(1, len(seen) + 1))
        for writer in writers:
            writer.result()


def ahead_by(installation: Installation, by: timedelta) -> str:
    """Let the log have recorded last at a time that has not come yet; return that time."""
    moved = (datetime.now(UTC) + by).isoformat(timespec="microseconds")
    with installation.database.writing() as connection:
        connection.execute(log_head.update().values(recorded_at=moved))
    return moved


def test_the_time_of_recording_never_goes_back_when_the_clock_does(installation: Installation) -> None:
    recorder = Recorder(installation.database)
    moved = ahead_by(installation, CLOCK_TOLERANCE - timedelta(minutes=1))
    recorder.insert_events([stored()])
    recorder.insert_events([stored()])
    with installation.database.reading() as connection:
        times = list(connection.scalars(sa.select(event.c.recorded_at).order_by(event.c.position)))
        assert times == [moved, moved]
        assert log.position_at(connection, moved) == 2
        assert log.position_at(connection, datetime.now(UTC).isoformat(timespec="microseconds")) == 0


def test_nothing_is_recorded_under_a_clock_that_was_set_far_back(installation: Installation) -> None:
    recorder = Recorder(installation.database)
    moved = ahead_by(installation, CLOCK_TOLERANCE + timedelta(minutes=1))
    with pytest.raises(ClockBehind, match="Set the clock of the server right") as refused:
        recorder.insert_events([stored()])
    assert refused.value.values["last"] == moved
    assert positions(installation) == []


def test_an_event_beyond_60_kib_is_refused_and_nothing_is_recorded(installation: Installation) -> None:
    recorder = Recorder(installation.database)
    fits = b'"' + b"x" * (60 * 1024 - 2) + b'"'
    recorder.insert_events([stored(fits)])
    with pytest.raises(EventTooLarge) as refused:
        recorder.insert_events([stored(), stored(fits + b" ")])
    assert refused.value.size == 60 * 1024 + 1
    assert positions(installation) == [1]


def test_bytes_count_not_letters(installation: Installation) -> None:
    with pytest.raises(EventTooLarge):
        Recorder(installation.database).insert_events([stored("ñ".encode() * (30 * 1024 + 1))])


def test_an_error_after_the_append_leaves_no_event_and_no_position(installation: Installation) -> None:
    recorder = Recorder(installation.database)

    def fail() -> None:
        with installation.database.writing() as connection:
            assert recorder.insert_events([stored(), stored()], connection=connection) == [1, 2]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert positions(installation) == []
    assert recorder.insert_events([stored()]) == [1]


def test_an_event_and_how_far_its_cause_was_read_are_recorded_together_or_not_at_all(
    installation: Installation,
) -> None:
    recorder = Recorder(installation.database)
    recorder.insert_events([stored()], tracking=Tracking("upstream", 5))
    with pytest.raises(IntegrityError):
        recorder.insert_events([stored()], tracking=Tracking("upstream", 5))
    assert (positions(installation), recorder.max_tracking_id("upstream")) == ([1], 5)


def test_the_head_is_locked_until_the_transaction_ends(installation: Installation) -> None:
    recorder = Recorder(installation.database)
    with ThreadPoolExecutor(1) as pool:
        with installation.database.writing() as connection:
            assert recorder.lock_head(connection) == 0
            other = pool.submit(recorder.insert_events, [stored()])
            with pytest.raises(TimeoutError):
                other.result(timeout=0.2)
            assert recorder.insert_events([stored()], connection=connection) == [1]
        assert other.result() == [2]
