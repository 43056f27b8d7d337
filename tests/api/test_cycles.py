"""Nothing takes its own place, however late it is recorded: neither a commitment nor an organization."""

from typing import Any

import pytest

from tests.harness import Person, Refused


def refused(who: Person, path: str, **body: Any) -> str:
    with pytest.raises(Refused) as refusal:
        who.does(path, **body)
    return refusal.value.name


class Promises:
    """Three commitments, of which the second took the place of the first, and the third that of the second."""

    def __init__(self, person: Person) -> None:
        self.person = person
        ministry = person.registers_organization()
        made = (person.registers_commitment(ministry, code=f"DEMO-{n}", occurred_on="2018-01-01") for n in range(3))
        self.first, self.second, self.third = (str(one["id"]) for one in made)
        self.ended = self.supersedes(self.first, self.second, on="2019-06-01")
        self.supersedes(self.second, self.third, on="2019-07-01")

    def supersedes(self, id: str, *successors: str, on: str) -> int:
        done = self.person.does(f"/commitments/{id}/supersede", occurred_on=on, successors=successors, reason="merged")
        return int(done["position"])


@pytest.fixture
def promises(secretary: Person) -> Promises:
    return Promises(secretary)


@pytest.mark.parametrize("earlier", ["first", "second"])
def test_a_late_supersession_closes_no_cycle(promises: Promises, earlier: str) -> None:
    path = f"/commitments/{promises.third}/supersede"
    body = {"successors": [getattr(promises, earlier)], "reason": "merged", "occurred_on": "2019-01-01"}
    assert refused(promises.person, path, **body) == "succeeds-itself"
    assert promises.person.sees(f"/commitments/{promises.third}")["successors"] == []


def test_what_was_voided_does_not_come_back_to_close_a_cycle(promises: Promises) -> None:
    path = f"/commitments/{promises.first}"
    void = promises.person.voids(path, promises.ended)
    promises.supersedes(promises.third, promises.first, on="2019-08-01")
    with pytest.raises(Refused) as refusal:
        promises.person.voids(path, void["position"])
    assert refusal.value.name == "succeeds-itself"


def test_a_correction_closes_no_cycle(promises: Promises) -> None:
    other = promises.person.registers_commitment(promises.person.registers_organization(), occurred_on="2018-01-01")
    done = promises.supersedes(promises.third, other["id"], on="2019-08-01")
    with pytest.raises(Refused) as refusal:
        promises.person.corrects(f"/commitments/{promises.third}", done, {"successors": [promises.first]})
    assert refusal.value.name == "succeeds-itself"


def test_a_late_merger_closes_no_cycle(secretary: Person) -> None:
    first, second, third = (secretary.registers_organization() for _ in range(3))
    merged = secretary.does(f"/organizations/{first}/merge", occurred_on="2019-06-01", into=second)
    secretary.does(f"/organizations/{second}/merge", occurred_on="2019-07-01", into=third)
    for earlier in (first, second):
        path = f"/organizations/{third}/merge"
        assert refused(secretary, path, occurred_on="2019-01-01", into=earlier) == "merges-into-itself"
    void = secretary.voids(f"/organizations/{first}", merged["position"])
    secretary.does(f"/organizations/{third}/merge", occurred_on="2019-08-01", into=first)
    with pytest.raises(Refused) as refusal:
        secretary.voids(f"/organizations/{first}", void["position"])
    assert refusal.value.name == "merges-into-itself"
