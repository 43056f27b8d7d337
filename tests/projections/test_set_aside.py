"""A read model that fails stops alone: recording goes on, nobody is told more than it knows, and it catches up."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from domain.commitment import Commitment
from projections import moment
from projections.commitments import ROWS
from projections.moment import ReadModelBehind
from projections.projector import ProjectionFailed
from roundtable.installation import Installation
from roundtable.store import log
from tests.harness import Person, Refused
from tests.projections.test_times import dump

TODAY = date(2030, 1, 1)


def head(installation: Installation) -> int:
    with installation.database.reading() as connection:
        return log.head(connection)


def stand_in_the_way(installation: Installation, id: str, day: str) -> None:
    """Put a row where the row of the object's next fact must go, so that it cannot be stored."""
    with installation.database.writing() as connection:
        row = connection.execute(sa.select(ROWS.table).where(ROWS.table.c.id == id)).mappings().first()
        assert row is not None
        next_one = log.head(connection) + 1
        blocking = {"recorded_from": next_one, "recorded_to": next_one, "valid_from": day, "valid_to": day}
        connection.execute(ROWS.table.insert(), dict(row) | blocking)


def step_aside(installation: Installation) -> None:
    with installation.database.writing() as connection:
        connection.execute(ROWS.table.delete().where(ROWS.table.c.valid_from == ROWS.table.c.valid_to))


def a_failed_read_model(installation: Installation, secretary: Person) -> tuple[str, int]:
    """Return a commitment whose progress the read model could not fold, and the position before that."""
    made = secretary.registers_commitment(secretary.registers_organization())
    stand_in_the_way(installation, made["id"], "2019-01-01")
    secretary.does(f"/commitments/{made['id']}/report-progress", percent=10)
    return made["id"], made["position"]


def test_recording_goes_on_without_a_read_model_that_fails(installation: Installation, secretary: Person) -> None:
    _, before = a_failed_read_model(installation, secretary)
    assert head(installation) == before + 1
    error = installation.projector.errors()["commitment"]
    assert f"stopped at position {before}" in error
    assert "IntegrityError" in error
    secretary.registers_organization()
    assert installation.projector.errors()["commitment"] == error
    ready = secretary.client.get("/readyz")
    assert (ready.status_code, set(ready.json()["read_models"])) == (503, {"commitment"})


def test_commands_on_its_objects_are_decided_from_the_log(installation: Installation, secretary: Person) -> None:
    id, _ = a_failed_read_model(installation, secretary)
    secretary.does(f"/commitments/{id}/start", occurred_on="2019-02-01")
    with pytest.raises(Refused) as refused:
        secretary.does(f"/commitments/{id}/start", occurred_on="2019-02-01")
    assert refused.value.name == "commitment-not-open"
    with installation.database.reading() as connection:
        loaded = installation.projector.load(connection, Commitment, UUID(id), "2019-01-15")
    assert loaded is not None
    assert (loaded.version, loaded.state.percent, loaded.state.status) == (3, 10, "agreed")
    assert loaded.newest.status == "in_progress"


def test_commands_that_need_facts_of_it_are_refused(installation: Installation, secretary: Person) -> None:
    _, before = a_failed_read_model(installation, secretary)
    with pytest.raises(Refused) as refused:
        secretary.registers_commitment(secretary.registers_organization(), code="C-1")
    assert (refused.value.status, refused.value.name) == (503, "read-model-behind")
    assert refused.value.problem["values"]["stopped_at"] == before
    secretary.registers_commitment(secretary.registers_organization())


def test_reads_answer_as_of_where_it_stopped_and_refuse_what_came_after(
    installation: Installation, secretary: Person
) -> None:
    id, before = a_failed_read_model(installation, secretary)
    with installation.database.reading() as connection:
        assert moment.resolve(connection, TODAY).position == before
        assert moment.resolve(connection, TODAY, at_position=before).position == before
        with pytest.raises(ReadModelBehind, match=f"commitment stopped at position {before} of {before + 1}"):
            moment.resolve(connection, TODAY, at_position=before + 1)
    response = secretary.get(f"/commitments/{id}")
    assert (response.json()["percent"], response.headers["Roundtable-Position"]) == (None, str(before))


def test_it_catches_up_once_it_can(installation: Installation, secretary: Person) -> None:
    id, before = a_failed_read_model(installation, secretary)
    secretary.does(f"/commitments/{id}/start", occurred_on="2019-02-01")
    with pytest.raises(ProjectionFailed):
        installation.projector.catch_up("commitment")
    assert f"stopped at position {before}" in installation.projector.errors()["commitment"]
    step_aside(installation)
    installation.projector.catch_up("commitment")
    assert installation.projector.errors() == {}
    assert secretary.sees(f"/commitments/{id}")["percent"] == 10
    live = dump(installation)
    installation.projector.rebuild()
    assert dump(installation) == live


def test_a_second_writer_that_failed_too_does_not_move_where_it_stopped(
    installation: Installation, secretary: Person
) -> None:
    id, before = a_failed_read_model(installation, secretary)
    installation.projector.set_aside(ProjectionFailed("commitment"))
    assert f"stopped at position {before}" in installation.projector.errors()["commitment"]
    step_aside(installation)
    installation.projector.catch_up("commitment")
    assert secretary.sees(f"/commitments/{id}")["percent"] == 10


@pytest.mark.parametrize("repair", ["catch_up", "rebuild"])
def test_writers_go_on_while_it_is_repaired(installation: Installation, secretary: Person, repair: str) -> None:
    ministry = secretary.registers_organization()
    made = [secretary.registers_commitment(ministry)["id"] for _ in range(3)]
    installation.projector.page = 2

    def write(id: str) -> None:
        for n in range(12):
            day = f"2019-01-{12 - n if n % 4 == 3 else n + 1:02}"
            secretary.does(f"/commitments/{id}/report-progress", percent=n, occurred_on=day)

    def mend(_: Any) -> None:
        for _ in range(4):
            installation.projector.set_aside(ProjectionFailed("commitment"))
            installation.projector.catch_up("commitment") if repair == "catch_up" else installation.projector.rebuild()

    with ThreadPoolExecutor(4) as pool:
        work = [*(pool.submit(write, id) for id in made), pool.submit(mend, None)]
        for done in work:
            done.result()
    assert installation.projector.errors() == {}
    live = dump(installation)
    assert len({row[0] for row in live["commitment"]}) == 3
    installation.projector.rebuild()
    assert dump(installation) == live


def test_rows_of_another_shape_are_left_alone_until_they_are_rebuilt(
    installation: Installation, secretary: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = secretary.registers_commitment(secretary.registers_organization())
    projection = installation.projector.projections["commitment"]
    with monkeypatch.context() as newer:
        newer.setitem(projection.__dict__, "fingerprint", "a newer shape")
        secretary.does(f"/commitments/{made['id']}/report-progress", percent=10)
        assert installation.projector.outdated() == ["commitment"]
        with pytest.raises(ProjectionFailed):
            installation.projector.catch_up("commitment")
    assert f"stopped at position {made['position']}" in installation.projector.errors()["commitment"]
    installation.projector.catch_up("commitment")
    assert secretary.sees(f"/commitments/{made['id']}")["percent"] == 10
