"""Minutes over HTTP: who may sign, what a signature seals, what hangs on it; commitments of signed minutes."""

from typing import Any

import httpx
import pytest

from roundtable.checks import Check
from roundtable.installation import Installation
from tests.api.test_sessions import ACT, Table, at_once, id_of, refused
from tests.harness import Person, pen

TEXT, REVISED, FILE = "1" * 64, "2" * 64, "3" * 64
HELD = "2019-03-15"


class Acta:
    """A session of three seats with an agreement, and its minutes, drafted by one secretary and approved by another."""

    def __init__(self, secretary: Person, colleague: Person, *, code: str = "CHU-A3") -> None:
        """Hold the session and write it down."""
        self.secretary, self.colleague = secretary, colleague
        self.table = Table(secretary)
        self.session = self.table.sits(HELD, "1", "2")
        self.table.agrees(self.session, HELD, "Acuerdo 7", "1")
        self.closed = secretary.does(f"{self.session}/close", occurred_on=HELD)
        body = {"session": id_of(self.session), "number": "03-2019", "text": TEXT, "code": code}
        self.path = f"/minutes/{secretary.does('/minutes', occurred_on='2019-03-16', **body)['id']}"

    @property
    def id(self) -> str:
        return id_of(self.path)

    def does(self, command: str, on: str, **body: Any) -> dict[str, Any]:
        return self.secretary.does(f"{self.path}/{command}", occurred_on=on, **body)

    def is_approved(self) -> "Acta":
        self.does("circulate", "2019-03-17")
        self.colleague.does(f"{self.path}/approve", occurred_on="2019-03-20")
        return self

    def is_signed(self, seat: str = "pcm", on: str = "2019-03-25") -> "Acta":
        self.does("sign", on, seat=seat)
        return self

    @property
    def origin(self) -> dict[str, Any]:
        return {"roundtable": self.table.id, "session": id_of(self.session), "minutes": self.id, "item": "Acuerdo 7"}


@pytest.fixture
def colleague(installation: Installation) -> Person:
    """Another person of the secretariat."""
    return Person.arrives(installation)


@pytest.fixture
def acta(secretary: Person, colleague: Person) -> Acta:
    """Minutes as drafted."""
    return Acta(secretary, colleague)


def test_minutes_are_reviewed_approved_by_another_signed_and_published(acta: Acta, secretary: Person) -> None:
    acta.does("circulate", "2019-03-17")
    acta.does("observe", "2019-03-18", seat="region", reason="The deadline is missing")
    acta.does("revise", "2019-03-19", text=REVISED)
    acta.does("circulate", "2019-03-19")
    assert refused(lambda: acta.does("approve", "2019-03-20")) == "drafter-approves-alone"
    acta.colleague.does(f"{acta.path}/approve", occurred_on="2019-03-20")
    assert refused(lambda: acta.is_signed("front")) == "seat-did-not-attend"
    acta.is_signed("region").is_signed("pcm", "2019-03-22")
    acta.does("refuse-signature", "2019-03-26", seat="town", reason="Not what was said")
    for command, body in (("revise", {"text": TEXT}), ("observe", {"reason": "r"}), ("discard", {"reason": "r"})):
        for day in ("2019-03-19", "2019-04-01"):
            assert refused(lambda c=command, b=body, d=day: acta.does(c, d, **b)) in (
                "minutes-not-open",
                "state-moved-later",
            )
    acta.does("publish", "2019-04-02", file=FILE)
    fixed = acta.does("issue-correction", "2019-05-02", kind="erratum", text="Donde dice 2019 debe decir 2020")
    seen = secretary.sees("/minutes/CHU-A3")
    assert (seen["state"], seen["text"], seen["text_version"], seen["file"]) == ("published", REVISED, 2, FILE)
    assert ([s["seat"] for s in seen["signatures"]], seen["unsigned"]) == (["pcm", "region"], [])
    assert (seen["roundtable"], seen["corrections"][0]["kind"]) == (acta.table.id, "erratum")
    assert secretary.sees(acta.path, at_position=fixed["position"] - 1)["corrections"] == []
    before = secretary.sees(acta.path, valid_at="2019-03-23")
    assert (before["state"], before["since"], before["unsigned"]) == ("signed", "2019-03-22", ["region", "town"])


def test_a_session_has_one_acta_at_a_time(acta: Acta, secretary: Person) -> None:
    body = {"session": id_of(acta.session), "number": "03-2019", "text": TEXT, "occurred_on": "2019-03-18"}
    assert refused(lambda: secretary.does("/minutes", **body)) == "session-has-minutes"
    acta.does("discard", "2019-03-17", reason="Wrong session")
    assert secretary.does("/minutes", **body)
    convened = acta.table.convenes("2019-06-15", "1")
    body |= {"session": id_of(convened), "occurred_on": "2019-06-16"}
    assert refused(lambda: secretary.does("/minutes", **body)) == "session-not-held"


@pytest.mark.parametrize("turn", range(2))
def test_a_session_gets_one_acta_even_in_a_race(secretary: Person, turn: int) -> None:
    session = Table(secretary).sits(HELD, "1")
    body = {"session": id_of(session), "number": "03-2019", "text": TEXT, "occurred_on": "2019-03-16"}

    def draft() -> httpx.Response:
        return secretary.post("/minutes", body)

    assert at_once(draft, draft) == ["recorded", "session-has-minutes"]


def test_an_acta_is_signed_once_the_session_has_ended(acta: Acta, secretary: Person) -> None:
    secretary.voids(acta.session, acta.closed["position"])
    acta.is_approved()
    assert refused(acta.is_signed) == "session-not-ended"


def test_the_next_session_decides_once_the_acta_is_signed(acta: Acta, secretary: Person) -> None:
    acta.is_approved()
    table = acta.table
    sooner, later = (table.sits(day, "1") for day in ("2019-06-15", "2019-06-15"))
    assert refused(lambda: table.agrees(sooner, "2019-06-15", "A1", "1")) == "previous-minutes-not-final"
    acta.is_signed(on="2019-06-16")
    assert refused(lambda: table.agrees(sooner, "2019-06-15", "A1", "1")) == "previous-minutes-not-final"
    acta.is_signed("region", "2019-06-15")
    table.agrees(sooner, "2019-06-15", "A1", "1")
    assert refused(lambda: table.agrees(later, "2019-06-15", "A1", "1")) == "previous-minutes-not-final"
    waive = {"occurred_on": "2019-06-15", "reason": "none"}
    assert refused(lambda: secretary.does(f"{sooner}/waive-previous-minutes", **waive)) == "minutes-not-missing"


def test_commitments_come_of_signed_minutes_and_keep_the_chain(acta: Acta, secretary: Person) -> None:
    def registers(**origin: Any) -> dict[str, Any]:
        return secretary.registers_commitment(acta.table.town, origin=acta.origin | origin, occurred_on=HELD)

    acta.is_approved()
    assert refused(registers) == "minutes-not-final"
    acta.is_signed()
    quote = {"text": "Yakuta churasaqku", "language": "qu"}
    made = registers(page=4, quote=quote)
    seen = secretary.sees(f"/commitments/{made['id']}")["origin"]
    assert seen == acta.origin | {"page": 4, "quote": quote, "participatory_budget": None}
    for name in ("roundtable", "session", "minutes"):
        found = secretary.sees("/commitments", **{name: seen[name]})["items"]
        assert [item["id"] for item in found] == [made["id"]]
    assert refused(lambda: registers(item="Acuerdo 8")) == "outcome-not-there"
    assert refused(lambda: registers(minutes=acta.table.id)) == "unknown-minutes"
    assert refused(lambda: registers(minutes=None, session=acta.table.id)) == "unknown-session"
    other = Acta(secretary, acta.colleague, code="CHU-A4")
    assert refused(lambda: registers(session=id_of(other.session))) == "origin-contradicts"
    assert refused(lambda: registers(roundtable=other.table.id)) == "origin-contradicts"


@pytest.mark.parametrize("named", ["minutes", "session"])
def test_an_origin_that_names_only_the_minutes_leads_to_session_and_table(
    acta: Acta, secretary: Person, named: str
) -> None:
    acta.is_approved().is_signed()
    origin = {named: acta.origin[named], "item": "Acuerdo 7"}
    made = secretary.registers_commitment(acta.table.town, origin=origin, amount=pen(500), occurred_on=HELD)
    seen = secretary.sees(f"/commitments/{made['id']}")["origin"]
    assert (seen["session"], seen["roundtable"]) == (acta.origin["session"], acta.origin["roundtable"])
    assert seen["minutes"] == origin.get("minutes")
    balance = secretary.sees(f"/roundtables/{acta.table.id}/balance")
    assert (balance["commitments"], balance["pledged"]["amount"]["amount"]) == (1, "500.00")
    [listed] = secretary.sees("/commitments", roundtable=acta.table.id)["items"]
    assert listed["id"] == made["id"]
    moved = {"origin": {"session": acta.origin["session"]}}
    secretary.corrects(f"/commitments/{made['id']}", made["position"], moved)
    assert secretary.sees(f"/commitments/{made['id']}")["origin"]["roundtable"] == acta.table.id


def test_a_roundtable_that_is_over_takes_no_commitments_by_way_of_its_minutes(acta: Acta, secretary: Person) -> None:
    acta.is_approved().is_signed()
    acta.table.does("extinguish", "2019-06-01", act={**ACT, "date": "2019-06-01"})
    for named in ("session", "minutes"):
        made = {"occurred_on": "2019-06-02", "origin": {named: acta.origin[named]}}
        assert refused(lambda m=made: secretary.registers_commitment(acta.table.town, **m)) == (
            "roundtable-takes-no-commitments"
        )


def test_what_others_rest_on_stays_on_record(acta: Acta, secretary: Person) -> None:
    acta.is_approved().is_signed()
    made = secretary.registers_commitment(acta.table.town, origin=acta.origin, occurred_on=HELD)

    def takes_back(path: str) -> str:
        [first, *_] = secretary.sees(f"{path}/history")["items"]
        return refused(lambda: secretary.voids(path, first["position"]))

    paths = (acta.path, acta.session, f"/roundtables/{acta.table.id}", f"/organizations/{acta.table.town}")
    assert {takes_back(path) for path in paths} == {"others-rest-on-it"}
    secretary.voids(f"/commitments/{made['id']}", made["position"])
    assert takes_back(acta.session) == "others-rest-on-it"


def test_what_seats_signed_of_a_session_stays(acta: Acta, secretary: Person) -> None:
    outcome = next(e for e in secretary.sees(f"{acta.session}/history")["items"] if e["data"].get("key") == "Acuerdo 7")
    change = {"position": outcome["position"], "changes": {"text": "Habrá agua y desagüe"}, "reason": "typo"}
    assert secretary.post(f"{acta.session}/correct", change).status_code == 200
    acta.is_approved().is_signed()
    for command, body in (
        ("correct", change | {"changes": {"text": "Habrá luz"}}),
        ("void", {"position": acta.closed["position"], "reason": "typo"}),
    ):
        answer = secretary.post(f"{acta.session}/{command}", body)
        assert (answer.status_code, answer.json()["values"]["minutes"]) == (409, "CHU-A3"), command
    [drafted, *_, signed] = secretary.sees(f"{acta.path}/history")["items"]
    assert refused(lambda: secretary.voids(acta.path, drafted["position"])) == "signed-content-stays"
    secretary.voids(acta.path, signed["position"])
    assert secretary.post(f"{acta.session}/correct", change | {"changes": {"text": "Habrá luz"}}).status_code == 200


def test_a_commitment_is_corrected_only_to_an_outcome_that_exists(acta: Acta, secretary: Person) -> None:
    acta.is_approved().is_signed()
    made = secretary.registers_commitment(acta.table.town, origin=acta.origin, occurred_on=HELD)
    path, wrong = f"/commitments/{made['id']}", acta.origin | {"item": "Acuerdo 9"}
    correct = {"position": made["position"], "changes": {"origin": wrong}, "reason": "typo"}
    assert secretary.post(f"{path}/correct", correct).json()["type"].endswith("outcome-not-there")


def test_lists_find_minutes_by_what_a_secretariat_asks(acta: Acta, secretary: Person) -> None:
    other = Acta(secretary, acta.colleague, code="CHU-A4")
    acta.is_approved().is_signed()
    acta.does("refuse-signature", "2019-03-26", seat="town", reason="Not what was said")
    acta.does("issue-correction", "2019-05-02", kind="clarification", text="Se aclara")

    def codes(**asked: Any) -> list[str]:
        return [item["code"] for item in secretary.sees("/minutes", **asked)["items"]]

    assert codes(roundtable=acta.table.id) == codes(session=id_of(acta.session)) == ["CHU-A3"]
    assert codes(state="signed") == codes(signed_by="pcm") == codes(refused_by="town") == ["CHU-A3"]
    assert (codes(corrected=True), codes(corrected=False)) == (["CHU-A3"], ["CHU-A4"])
    assert codes(q="a4") == codes(state="draft") == ["CHU-A4"]
    assert codes(sort="-code") == ["CHU-A4", "CHU-A3"]
    exported = secretary.get("/minutes", format="csv")
    assert 'filename="minutes.csv"' in exported.headers["content-disposition"]
    assert secretary.sees(f"{other.path}/history")["items"][0]["topic"] == "minutes.drafted"


def test_rows_of_minutes_are_those_that_a_rebuild_makes(
    installation: Installation, acta: Acta, secretary: Person
) -> None:
    acta.is_approved().is_signed().is_signed("region", "2019-03-22")
    published = acta.does("publish", "2019-04-02", file=FILE)
    secretary.corrects(acta.path, published["position"], {"file": REVISED})
    assert Check(installation).run().finding is None
