"""Several commands are one decision: one transaction, one correlation, all of them or none."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from domain.aggregate import KINDS
from domain.errors import DomainError
from domain.facts import CodeTaken, UnknownOrganization
from roundtable import tokens
from roundtable.checks import Check
from roundtable.commands import commands_of
from roundtable.deciding import Deciding
from roundtable.idempotency import Key, KeyReused, Once, Receipt
from roundtable.installation import Installation
from roundtable.store.database import remembered
from roundtable.store.tables import event
from roundtable.tokens import Caller
from tests.harness import Person
from tests.projections.test_set_aside import head, stand_in_the_way

MINISTRY: dict[str, Any] = {"name": "Ministry", "kind": "national_government", "occurred_on": "1990"}
PROMISE: dict[str, Any] = {"title": "Road", "occurred_on": "2019"}


@pytest.fixture
def caller(installation: Installation) -> Caller:
    secret = tokens.create(installation.database, "secretariat")
    with installation.database.reading() as connection:
        found = tokens.caller(connection, secret)
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def everything_agrees(installation: Installation) -> Any:
    """After every decision, the read models show what the log says."""
    yield
    assert Check(installation).run().finding is None


def does(deciding: Deciding, kind: str, command_name: str, /, id: UUID | None = None, **fields: Any) -> Receipt:
    command = commands_of(KINDS[kind])[command_name]
    return deciding.execute(command, command.body.model_validate(fields), id=id)


def a_ministry_and_its_road(deciding: Deciding) -> tuple[Receipt, ...]:
    """Register an organization, then a commitment of it, then progress of that: each needs the one before."""
    ministry = does(deciding, "organization", "register", **MINISTRY)
    road = does(deciding, "commitment", "register", **PROMISE, responsibles=[{"organization": str(ministry.id)}])
    moved = does(deciding, "commitment", "report_progress", road.id, percent=10, occurred_on="2019")
    return ministry, road, moved


def recorded(installation: Installation) -> list[sa.Row[Any]]:
    with installation.database.reading() as connection:
        return list(connection.execute(sa.select(event).order_by(event.c.position)))


def test_later_commands_find_what_earlier_ones_recorded_under_one_correlation(
    installation: Installation, caller: Caller, secretary: Person
) -> None:
    receipts = installation.app.decide(a_ministry_and_its_road, caller=caller)
    assert [r.position for r in receipts] == [1, 2, 3]
    facts = recorded(installation)
    assert len({fact.correlation for fact in facts}) == 1
    assert [fact.topic for fact in facts] == [
        "organization.registered",
        "commitment.registered",
        "commitment.progress-reported",
    ]
    assert secretary.sees(f"/commitments/{receipts[1].id}")["percent"] == 10


def test_a_refusal_leaves_nothing_of_the_whole(installation: Installation, caller: Caller) -> None:
    def ends_badly(deciding: Deciding) -> None:
        a_ministry_and_its_road(deciding)
        does(deciding, "commitment", "register", **PROMISE, responsibles=[{"organization": str(UUID(int=1))}])

    with pytest.raises(UnknownOrganization):
        installation.app.decide(ends_badly, caller=caller)
    assert recorded(installation) == []


def test_what_is_undone_leaves_what_came_before_and_work_goes_on(installation: Installation, caller: Caller) -> None:
    refused: list[DomainError] = []

    def goes_on(deciding: Deciding) -> None:
        does(deciding, "organization", "register", **MINISTRY, code="DEMO-MIN")
        try:
            with deciding.undoing():
                does(deciding, "organization", "register", **MINISTRY, code="DEMO-UNDONE")
                does(deciding, "organization", "register", **MINISTRY, code="DEMO-MIN")
        except CodeTaken as refusal:
            refused.append(refusal)
        does(deciding, "organization", "register", **MINISTRY, code="DEMO-UNDONE")

    installation.app.decide(goes_on, caller=caller)
    assert [refusal.values["code"] for refusal in refused] == ["DEMO-MIN"]
    assert [fact.position for fact in recorded(installation)] == [1, 2]


def test_the_head_of_the_log_is_taken_again_after_a_savepoint_is_undone(
    installation: Installation, caller: Caller
) -> None:
    def look(deciding: Deciding) -> bool:
        does(deciding, "organization", "register", **MINISTRY, code="DEMO-MIN")
        with pytest.raises(CodeTaken), deciding.undoing():
            does(deciding, "organization", "register", **MINISTRY, code="DEMO-MIN")
        return "head" in remembered(deciding.connection)

    assert not installation.app.decide(look, caller=caller)


def test_a_dry_decision_answers_as_if_and_records_nothing(installation: Installation, caller: Caller) -> None:
    receipts = installation.app.decide(a_ministry_and_its_road, caller=caller, dry=True)
    assert [r.version for r in receipts] == [1, 1, 2]
    assert recorded(installation) == []
    assert installation.app.decide(a_ministry_and_its_road, caller=caller)[0].position == 1


def test_a_read_model_that_fails_is_set_aside_and_the_whole_is_decided_again(
    installation: Installation, caller: Caller, secretary: Person
) -> None:
    made = secretary.registers_commitment(secretary.registers_organization())
    stand_in_the_way(installation, made["id"], "2019-12-31")
    turns: list[int] = []

    def work(deciding: Deciding) -> Receipt:
        turns.append(head(installation))
        does(deciding, "commitment", "report_progress", UUID(made["id"]), percent=10, occurred_on="2019")
        return does(deciding, "organization", "register", **MINISTRY)

    receipt = installation.app.decide(work, caller=caller)
    assert (len(turns), receipt.position) == (2, made["position"] + 2)
    assert set(installation.projector.errors()) == {"commitment"}
    with installation.database.writing() as connection:
        table = installation.projector.projections["commitment"].rows.table
        connection.execute(table.delete().where(table.c.valid_from == table.c.valid_to))
    installation.projector.rebuild()


class TestOnce:
    """A decision with a key is taken once."""

    @staticmethod
    def once(caller: Caller, **asked: Any) -> Once[tuple[Receipt, ...]]:
        body = commands_of(KINDS["organization"])["register"].body.model_validate(MINISTRY | asked)
        return Once(Key(caller.token, "/demo", "k", caller.seal), body, tuple[Receipt, ...])

    def test_the_same_request_gets_the_same_answer(self, installation: Installation, caller: Caller) -> None:
        first = installation.app.decide(a_ministry_and_its_road, caller=caller, once=self.once(caller))
        again = installation.app.decide(a_ministry_and_its_road, caller=caller, once=self.once(caller))
        assert again == first
        assert len(recorded(installation)) == 3

    def test_another_request_with_the_key_is_refused(self, installation: Installation, caller: Caller) -> None:
        installation.app.decide(a_ministry_and_its_road, caller=caller, once=self.once(caller))
        with pytest.raises(KeyReused):
            installation.app.decide(a_ministry_and_its_road, caller=caller, once=self.once(caller, name="Other"))

    def test_at_once_it_is_taken_once_and_everybody_gets_its_answer(
        self, installation: Installation, caller: Caller
    ) -> None:
        def decide(_: int) -> tuple[Receipt, ...]:
            return installation.app.decide(a_ministry_and_its_road, caller=caller, once=self.once(caller))

        with ThreadPoolExecutor(4) as threads:
            answers = list(threads.map(decide, range(4)))
        assert answers == [answers[0]] * 4
        assert len(recorded(installation)) == 3

    def test_a_dry_decision_keeps_no_answer(self, installation: Installation, caller: Caller) -> None:
        installation.app.decide(a_ministry_and_its_road, caller=caller, once=self.once(caller), dry=True)
        installation.app.decide(a_ministry_and_its_road, caller=caller, once=self.once(caller))
        assert len(recorded(installation)) == 3
