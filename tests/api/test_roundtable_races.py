"""Rules across objects hold when two commands race: one of them is refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import httpx
import pytest

from roundtable.installation import Installation
from tests.api.test_roundtables import LETTER, active, id_of
from tests.harness import Person


def at_once(*sends: Callable[[], httpx.Response]) -> list[str]:
    """Send requests at the same time; return what each was answered: `recorded` or the name of its refusal."""
    start = Barrier(len(sends))

    def send(one: Callable[[], httpx.Response]) -> str:
        start.wait()
        answer = one()
        return "recorded" if answer.is_success else str(answer.json()["type"]).rpartition(":")[2]

    with ThreadPoolExecutor(len(sends)) as pool:
        return sorted(pool.map(send, sends))


@pytest.mark.parametrize("turn", range(3))
def test_one_of_two_gets_a_code(secretary: Person, turn: int) -> None:
    body = {"name": "Mesa", "type": "technical_table", "level": "provincial", "occurred_on": "2019-01-01"}

    def propose() -> httpx.Response:
        return secretary.post("/roundtables", body | {"code": f"CHU-{turn}"})

    assert at_once(propose, propose) == ["code-taken", "recorded"]


@pytest.mark.parametrize("day", ["2019-06-01", "2019-06-02"])
def test_a_roundtable_does_not_conclude_unfollowed_while_a_commitment_is_made(
    installation: Installation, secretary: Person, day: str
) -> None:
    ministry = secretary.registers_organization()
    path = active(secretary)
    origin: dict[str, Any] = {"roundtable": id_of(path)}
    commitment = {"title": "Water", "responsibles": [{"organization": ministry}], "origin": origin, "occurred_on": day}

    def agree() -> httpx.Response:
        return secretary.post("/commitments", commitment)

    def conclude() -> httpx.Response:
        return secretary.post(f"{path}/conclude", {"final_report": LETTER, "occurred_on": "2019-06-01"})

    told = at_once(agree, conclude)
    if day == "2019-06-01":
        assert told in (["open-commitments-unfollowed", "recorded"], ["recorded", "roundtable-takes-no-commitments"])
    else:
        assert told in (["recorded", "recorded"], ["recorded", "roundtable-takes-no-commitments"])
