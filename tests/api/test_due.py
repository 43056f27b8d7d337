"""What is due, by who answers for it and by who follows it up: counts, money by currency, items; at any moment."""

import csv
import io
from typing import Any

import pytest

from tests.harness import Person, Refused, pen

CHUMBIVILCAS = {"system": "PE-UBIGEO-INEI", "code": "080701"}
ON = "2019-06-30"
STANDINGS = ("overdue", "due_soon", "due_later", "without_deadline", "waived")


class Promises:
    """Six promises of two ministries, one of them joint, two followed up by the region; all made on 1 March 2019."""

    def __init__(self, person: Person) -> None:
        self.person = person
        names = ("Ministerio de Vivienda", "Ministerio de Transportes", "Gobierno Regional")
        self.housing, self.roads, self.region = (person.registers_organization(name=name) for name in names)
        make = self._makes
        make("LATE", self.housing, deadline="2019-06-29", amount=pen("100.10"), follow_up_body=self.region)
        make("TODAY", self.housing, self.roads, deadline=ON, amount=pen("200.00"), sector="water")
        make("SOON", self.roads, deadline="2019-07-30", amount={"amount": "5.00", "currency": "USD"})
        make("LATER", self.roads, deadline="2019-07-31", territories=[CHUMBIVILCAS], follow_up_body=self.region)
        make("OPEN", self.housing, amount=pen("7.00"))
        make("WAIVED", self.roads)
        person.does("/commitments/WAIVED/waive-deadline", occurred_on="2019-06-01", reason="Permanent")
        for gone in ("DONE", "LOST"):
            make(gone, self.housing, deadline="2019-06-01", amount=pen("900.00"))
        person.does("/commitments/LOST/declare-unfulfilled", occurred_on="2019-06-02", reason="No works")
        evidence = [{"document": "5" * 64, "kind": "report", "description": "Acta", "issued_on": "2019-05-02"}]
        person.does("/commitments/DONE/start", occurred_on="2019-05-01")
        self.reported = person.does("/commitments/DONE/report-fulfilment", occurred_on="2019-05-31", evidence=evidence)[
            "position"
        ]

    def _makes(self, code: str, *responsibles: str, **about: Any) -> None:
        self.person.registers_commitment(*responsibles, code=code, occurred_on="2019-03-01", **about)

    def due(self, **asked: Any) -> Any:
        return self.person.sees("/commitments/due", **({"valid_at": ON} | asked))

    def codes(self, **asked: Any) -> list[str]:
        found = self.person.sees("/commitments/due/items", **({"valid_at": ON} | asked))
        return [item["code"] for item in found["items"]]


@pytest.fixture
def promises(secretary: Person) -> Promises:
    return Promises(secretary)


def counts(line: dict[str, Any]) -> tuple[int, ...]:
    return tuple(line[name]["count"] for name in ("open", *STANDINGS, "stale"))


def test_each_responsible_sees_what_it_owes_and_the_whole_counts_each_promise_once(promises: Promises) -> None:
    found = promises.due()
    assert counts(found["total"]) == (6, 1, 2, 1, 1, 1, 5)
    housing, roads = found["lines"]
    assert (housing["organization"], housing["name"]) == (promises.housing, "Ministerio de Vivienda")
    assert counts(housing) == (3, 1, 1, 0, 1, 0, 3)
    assert (roads["organization"], counts(roads)) == (promises.roads, (4, 0, 2, 1, 0, 1, 3))
    assert housing["open"]["amounts"] == [pen("307.10")]
    assert roads["open"]["amounts"] == [pen("200.00"), {"amount": "5.00", "currency": "USD"}]
    assert found["total"]["due_soon"]["amounts"] == [pen("200.00"), {"amount": "5.00", "currency": "USD"}]
    assert found["total"]["waived"]["amounts"] == []


def test_each_follow_up_body_sees_what_it_follows_and_what_nobody_does_stands_apart(promises: Promises) -> None:
    region, nobody = promises.due(by="follow_up_body")["lines"]
    assert (region["name"], counts(region)) == ("Gobierno Regional", (2, 1, 0, 1, 0, 0, 2))
    assert (nobody["organization"], nobody["name"], counts(nobody)) == (None, None, (4, 0, 2, 0, 1, 1, 3))
    mine = promises.due(by="follow_up_body", organization=promises.region)
    assert [line["name"] for line in mine["lines"]] == ["Gobierno Regional"]
    assert counts(mine["total"]) == counts(region)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["LATE", "TODAY", "SOON", "LATER", "OPEN", "WAIVED"]),
        ({"standing": "overdue"}, ["LATE"]),
        ({"standing": "due_soon"}, ["TODAY", "SOON"]),
        ({"standing": "due_soon", "within_days": 29}, ["TODAY"]),
        ({"standing": "due_soon", "within_days": 31}, ["TODAY", "SOON", "LATER"]),
        ({"standing": ["without_deadline", "waived"]}, ["OPEN", "WAIVED"]),
        ({"stale": True}, ["LATE", "TODAY", "SOON", "LATER", "OPEN"]),
        ({"stale": False}, ["WAIVED"]),
        ({"stale": True, "stale_days": 121}, []),
        ({"sector": "water"}, ["TODAY"]),
        ({"territory": "PE-UBIGEO-INEI:0807"}, ["LATER"]),
        ({"sort": "-deadline", "limit": 2}, ["WAIVED", "OPEN"]),
        ({"valid_at": "2019-07-01", "standing": "overdue"}, ["LATE", "TODAY"]),
        ({"valid_at": "2019-05-31", "standing": "waived"}, []),
        ({"valid_at": "2019-02-28"}, []),
    ],
)
def test_the_list_holds_what_is_asked_for(promises: Promises, asked: dict[str, Any], expected: list[str]) -> None:
    assert promises.codes(**asked) == expected
    if "limit" not in asked:
        without = {name: value for name, value in asked.items() if name != "sort"}
        assert promises.due(**without)["total"]["open"]["count"] == len(expected)


def test_an_item_says_how_late_it_is_and_who_is_to_be_asked(promises: Promises) -> None:
    late, *_, waived = promises.person.sees("/commitments/due/items", valid_at=ON)["items"]
    assert (late["standing"], late["days"], late["unchanged_since"], late["stale"]) == (
        "overdue",
        -1,
        "2019-03-01",
        True,
    )
    assert (late["responsibles"], late["follow_up_body"]) == ([promises.housing], promises.region)
    assert (waived["standing"], waived["days"], waived["deadline_waiver"]) == ("waived", None, "Permanent")
    assert (waived["unchanged_since"], waived["stale"]) == ("2019-06-01", False)
    only = promises.codes(by="responsible", organization=promises.roads)
    assert only == ["TODAY", "SOON", "LATER", "WAIVED"]
    first = promises.person.sees("/commitments/due/items", valid_at=ON, limit=4)
    rest = promises.person.sees("/commitments/due/items", valid_at=ON, limit=4, cursor=first["next"])
    assert [item["code"] for item in (*first["items"], *rest["items"])] == promises.codes()


def test_what_was_known_before_still_answers(promises: Promises) -> None:
    assert promises.codes(at_position=promises.reported - 1, standing="overdue") == ["DONE", "LATE"]
    path, later = "/commitments/LATE", "2019-12-31"
    act = {"type": "resolution", "number": "RM 1", "issuer": "Ministry", "date": "2019-06-01"}
    promises.person.does(
        f"{path}/extend-deadline", occurred_on="2019-06-15", deadline=later, act=act, reason="Rain", source=None
    )
    assert promises.codes(standing="overdue") == []
    assert promises.codes(standing="overdue", at_position=promises.reported) == ["LATE"]
    [moved] = [
        item for item in promises.person.sees("/commitments/due/items", valid_at=ON)["items"] if item["extensions"]
    ]
    assert (moved["original_deadline"], moved["deadline"]) == ("2019-06-29", later)
    before = promises.due(at_position=promises.reported)["lines"][0]
    assert (before["name"], before["overdue"]) == ("Ministerio de Vivienda", {"count": 1, "amounts": [pen("100.10")]})


def test_both_come_as_files(promises: Promises) -> None:
    bodies = promises.person.get("/commitments/due", valid_at=ON, format="csv")
    found = list(csv.DictReader(io.StringIO(bodies.text)))
    assert [row["name"] for row in found] == ["Ministerio de Vivienda", "Ministerio de Transportes"]
    items = promises.person.get("/commitments/due/items", valid_at=ON, format="csv", by="responsible")
    assert [row["code"] for row in csv.DictReader(io.StringIO(items.text))] == promises.codes()


def test_at_a_table_only_what_was_agreed_there_is_due(promises: Promises) -> None:
    about = {"name": "Mesa", "type": "technical_table", "level": "provincial", "occurred_on": "2018-02-01"}
    table = promises.person.does("/roundtables", **about)["id"]
    promises.person.registers_commitment(promises.roads, code="MINE", origin={"roundtable": table})
    assert promises.codes(roundtable=table) == ["MINE"]
    assert promises.due(roundtable=table)["total"]["open"]["count"] == 1


@pytest.mark.parametrize("asked", [{"by": "verifier"}, {"within_days": -1}, {"standing": "late"}, {"valid_at": "soon"}])
def test_what_cannot_be_asked_is_refused(promises: Promises, asked: dict[str, Any]) -> None:
    for path in ("/commitments/due", "/commitments/due/items"):
        with pytest.raises(Refused) as refusal:
            promises.person.sees(path, **asked)
        assert (refusal.value.status, refusal.value.name) == (422, "invalid-request")
