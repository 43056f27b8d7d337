"""Races: several writers at the same moment, in threads and in processes, on both databases."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from roundtable.checks import Check
from roundtable.installation import Installation
from roundtable.store.tables import event
from tests.harness import Person, migrated, pen

ROUNDS = 6
Act = Callable[[], httpx.Response]


def at_once(*acts: Act) -> list[httpx.Response]:
    """Do several things at the same moment."""
    ready = threading.Barrier(len(acts))

    def do(act: Act) -> httpx.Response:
        ready.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(do, acts))


def statuses(answers: list[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def names(answers: list[httpx.Response]) -> set[str]:
    return {a.json()["type"].rpartition(":")[2] for a in answers if a.status_code >= 400}


@pytest.fixture
def offices(installation: Installation, secretary: Person) -> list[Person]:
    """Two offices, each with its own server on the same database."""
    other = migrated(installation.database.url.render_as_string(hide_password=False))
    people = [secretary, Person.arrives(other)]
    yield people
    other.close()


@pytest.fixture(autouse=True)
def everything_agrees(installation: Installation) -> Any:
    """After every race, positions have no gap and the read models show what the log says."""
    yield
    assert Check(installation).run().finding is None
    with installation.database.reading() as connection:
        positions = list(connection.scalars(sa.select(event.c.position).order_by(event.c.position)))
    assert positions == list(range(1, len(positions) + 1))


def test_of_two_writers_who_expect_the_same_version_one_wins(offices: list[Person]) -> None:
    one, two = offices
    made = one.registers_commitment(one.registers_organization(), amount=pen("10.00"))
    path = f"/commitments/{made['id']}"
    for turn in range(ROUNDS):
        version = one.sees(path)["version"]

        def amend(person: Person, amount: str, version: int = version) -> Act:
            body = {"amount": pen(amount), "reason": "r", "occurred_on": "2019"}
            return lambda: person.post(f"{path}/amend-amount", body, If_Match=f'"{version}"')

        answers = at_once(amend(one, f"{turn}.11"), amend(two, f"{turn}.22"), amend(one, f"{turn}.33"))
        assert statuses(answers)[200] == 1, [a.text for a in answers]
        assert names(answers) <= {"version-mismatch", "stale-version"}
        assert one.sees(path)["version"] == version + 1


def test_writers_without_an_expected_version_either_record_or_are_told_to_read_again(offices: list[Person]) -> None:
    one, two = offices
    made = one.registers_commitment(one.registers_organization())
    path = f"/commitments/{made['id']}"
    for turn in range(ROUNDS):
        before = one.sees(path)["version"]
        body = {"percent": turn, "occurred_on": "2019"}
        answers = at_once(*[lambda p=p, b=body: p.post(f"{path}/report-progress", b) for p in (one, two) * 2])
        assert names(answers) <= {"stale-version"}
        assert one.sees(path)["version"] == before + statuses(answers)[200]
        assert statuses(answers)[200] >= 1


def test_a_code_and_an_identifier_go_to_one_object_only(offices: list[Person]) -> None:
    one, two = offices
    ministry = one.registers_organization()
    for turn in range(ROUNDS):
        code, ruc = f"C-{turn}", {"scheme": "PE-RUC", "id": f"2013137064{turn}"}
        commitment = {"title": "T", "responsibles": [{"organization": ministry}], "occurred_on": "2019", "code": code}
        answers = at_once(*[lambda p=p, b=commitment: p.post("/commitments", b) for p in (one, two) * 2])
        assert statuses(answers) == {201: 1, 409: 3}
        assert names(answers) == {"code-taken"}
        body = {"name": "N", "kind": "company", "occurred_on": "2019", "identifiers": [ruc]}
        a, b = one.registers_organization(), one.registers_organization()
        said = {"identifier": ruc, "occurred_on": "2019"}
        answers = at_once(
            lambda b=body: one.post("/organizations", b),
            lambda b=body: two.post("/organizations", b),
            lambda a=a, s=said: one.post(f"/organizations/{a}/identify", s),
            lambda b=b, s=said: two.post(f"/organizations/{b}/identify", s),
        )
        assert statuses(answers)[409] == 3, [a.text for a in answers]
        assert names(answers) == {"code-taken"}


def test_an_item_and_the_correction_of_its_announcement_never_contradict(offices: list[Person]) -> None:
    one, two = offices
    ministry = one.registers_organization()
    for _ in range(ROUNDS):
        whole = one.registers_commitment(ministry, headline={"amount": pen("10.00"), "projects": 2})
        usd = {"amount": {"amount": "10.00", "currency": "USD"}, "projects": 2}
        item = {"title": "I", "responsibles": [{"organization": ministry}], "occurred_on": "2019"}
        item |= {"part_of": whole["id"], "amount": pen("1.00")}
        correct = {"position": whole["position"], "changes": {"headline": usd}, "reason": "r"}
        at_once(
            lambda c=correct, w=whole["id"]: two.post(f"/commitments/{w}/correct", c),
            lambda i=item: one.post("/commitments", i),
        )
        assert one.get(f"/commitments/{whole['id']}/balance").status_code == 200


def test_an_organization_that_ends_takes_no_new_commitments(offices: list[Person]) -> None:
    one, two = offices
    for _ in range(ROUNDS):
        ministry = one.registers_organization()
        promise = {"title": "T", "responsibles": [{"organization": ministry}], "occurred_on": "2020"}
        ended, promised = at_once(
            lambda m=ministry: two.post(f"/organizations/{m}/dissolve", {"occurred_on": "2019", "reason": "r"}),
            lambda p=promise: one.post("/commitments", p),
        )
        assert ended.status_code == 200
        if promised.status_code == 201:
            assert promised.json()["position"] < ended.json()["position"]
        else:
            assert names([promised]) == {"organization-ended"}


def test_a_withdrawal_and_a_new_party_never_pass_each_other(offices: list[Person]) -> None:
    one, two = offices
    ministry, town = one.registers_organization(), one.registers_organization()
    for _ in range(ROUNDS):
        path = f"/commitments/{one.registers_commitment(ministry)['id']}"
        leave = {"agreed_by": [ministry], "reason": "r", "source": {"citation": "c"}, "occurred_on": "2019"}
        withdrawn, joined = at_once(
            lambda p=path, b=leave: one.post(f"{p}/withdraw", b),
            lambda p=path: two.post(f"{p}/add-collaborator", {"organization": town, "occurred_on": "2019"}),
        )
        assert statuses([withdrawn, joined])[200] == 1, (withdrawn.text, joined.text)
        assert names([withdrawn, joined]) <= {"stale-version", "commitment-not-open", "party-not-agreed"}


def test_a_fact_is_voided_once(offices: list[Person]) -> None:
    one, two = offices
    path = f"/organizations/{one.registers_organization()}"
    for turn in range(ROUNDS):
        renamed = one.does(f"{path}/rename", name=f"N{turn}")["position"]
        body = {"position": renamed, "reason": "r"}
        answers = at_once(*[lambda p=p, b=body: p.post(f"{path}/void", b) for p in (one, two)])
        assert statuses(answers) == {200: 1, 409: 1}
        assert names(answers) <= {"fact-already-voided", "stale-version"}
