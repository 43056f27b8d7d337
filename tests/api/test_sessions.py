"""Sessions over HTTP: quorum from the seats of the day, outcomes, the next agenda, lists, the past."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import httpx
import pytest

from roundtable.checks import Check
from roundtable.installation import Installation
from tests.harness import Person, Refused

ACT = {"type": "resolution", "number": "RM 424-2023", "issuer": "Ministry", "date": "2019-01-10"}
CITED = {"source": {"citation": "Acta de instalación"}}
LETTER = {"citation": "Oficio 12-2019"}
SEATS = ("pcm", "region", "town", "front")
MAJORITY = {"quorum": {"share": "1/2", "exceeded": True}, "decision": "majority"}


class Table:
    """A roundtable of four seats that works since 2019-01-12, and the secretary who records it."""

    def __init__(self, secretary: Person, rules: dict[str, Any] | None = None) -> None:
        """Bring the roundtable to work."""
        self.secretary = secretary
        self.town = secretary.registers_organization()
        body = {"name": "Mesa técnica", "type": "technical_table", "level": "provincial"}
        self.id = str(secretary.does("/roundtables", **body)["id"])
        self.does("constitute", "2019-01-10", act=ACT, valid_until="2030-12-31")
        for seat in SEATS:
            sector = "civil_society" if seat == "front" else "state"
            self.does("define-seat", "2019-01-10", seat=seat, organization=self.town, sector=sector)
        self.does("complete-accreditation", "2019-01-11", waiver="The act names nobody")
        self.does("install", "2019-01-12", **CITED)
        self.does("approve-rules", "2019-01-12", rules=rules or MAJORITY)
        self.does("activate", "2019-01-12")

    def does(self, command: str, on: str, **body: Any) -> dict[str, Any]:
        return self.secretary.does(f"/roundtables/{self.id}/{command}", occurred_on=on, **body)

    def convenes(self, on: str, *items: str, **about: Any) -> str:
        """Call a session for a day and return its path."""
        agenda = [{"key": key, "title": f"Item {key}"} for key in items]
        body = {"roundtable": self.id, "type": "ordinary", "scheduled_on": on, "agenda": agenda, "occurred_on": on}
        return f"/sessions/{self.secretary.does('/sessions', **(body | about))['id']}"

    def sits(self, on: str, *items: str, seats: tuple[str, ...] = SEATS[:3], **about: Any) -> str:
        """Open a session with some seats and return its path."""
        path = self.convenes(on, *items, **about)
        for seat in seats:
            self.secretary.does(f"{path}/record-attendance", occurred_on=on, seat=seat)
        self.secretary.does(f"{path}/open", occurred_on=on)
        return path

    def agrees(self, path: str, on: str, key: str, item: str, **about: Any) -> dict[str, Any]:
        body = {"key": key, "type": "agreement", "text": "Habrá agua", "agenda_item": item, "decision": "consensus"}
        return self.secretary.does(f"{path}/record-outcome", occurred_on=on, **(body | about))


def id_of(path: str) -> str:
    return path.rpartition("/")[2]


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.name


def at_once(*sends: Callable[[], httpx.Response]) -> list[str]:
    """Send requests at the same time; return what each was answered: `recorded` or the name of its refusal."""
    start = Barrier(len(sends))

    def send(one: Callable[[], httpx.Response]) -> str:
        start.wait()
        answer = one()
        return "recorded" if answer.is_success else str(answer.json()["type"]).rpartition(":")[2]

    with ThreadPoolExecutor(len(sends)) as pool:
        return sorted(pool.map(send, sends))


def test_quorum_is_computed_from_the_seats_of_the_day_and_by_sector(secretary: Person) -> None:
    table = Table(secretary, MAJORITY | {"quorum_by_sector": [{"sector": "civil_society"}]})
    path = table.convenes("2019-03-15", "1", code="CHU-S1")
    for seat in ("pcm", "region", "town"):
        secretary.does(f"{path}/record-attendance", occurred_on="2019-03-15", seat=seat)
    assert refused(lambda: secretary.does(f"{path}/open", occurred_on="2019-03-15")) == "quorum-not-reached"
    lacking = secretary.sees("/sessions/CHU-S1")["quorum"]
    front = {"sector": "civil_society", "required": 1, "present": 0}
    assert lacking == {"required": 3, "present": 3, "reached": False, "by_sector": [front]}
    secretary.does(f"{path}/record-attendance", occurred_on="2019-03-15", seat="front", capacity="alternate")
    opened = secretary.does(f"{path}/open", occurred_on="2019-03-15")
    quorum = secretary.sees(path)["quorum"]
    assert (quorum["present"], quorum["reached"], quorum["by_sector"][0]["present"]) == (4, True, 1)
    for seat in ("pcm", "region"):
        table.does("withdraw-seat", "2019-04-01", seat=seat, reason="reform")
    assert secretary.sees(path)["quorum"] == quorum
    known = table.does("withdraw-seat", "2019-03-01", seat="front", reason="found late")
    assert secretary.sees(path)["quorum"]["by_sector"][0]["present"] == 0
    assert secretary.sees(path, at_position=known["position"] - 1)["quorum"] == quorum
    assert secretary.sees(path, at_position=opened["position"] - 1)["state"] == "convened"


def test_a_seat_that_is_not_in_force_that_day_does_not_attend(secretary: Person) -> None:
    table = Table(secretary)
    table.does("withdraw-seat", "2019-02-01", seat="front", reason="left")
    path = table.convenes("2019-03-15", "1")
    attend = {"occurred_on": "2019-03-15", "seat": "front"}
    assert refused(lambda: secretary.does(f"{path}/record-attendance", **attend)) == "seat-not-in-force"


@pytest.mark.parametrize(
    ("command", "body"), [("suspend", {"reason": "unrest"}), ("conclude", {"final_report": LETTER})]
)
def test_no_deciding_session_while_suspended_or_after_the_end(
    secretary: Person, command: str, body: dict[str, Any]
) -> None:
    table = Table(secretary)
    table.does(command, "2019-03-01", **body)
    assert refused(lambda: table.sits("2019-03-15", "1")) == "roundtable-may-not-decide"


def test_no_deciding_session_before_the_installation_or_after_expiry(secretary: Person) -> None:
    table = Table(secretary)
    body = {"roundtable": table.id, "code": "EARLY"}
    assert refused(lambda: table.sits("2019-01-11", "1", **body)) == "roundtable-may-not-decide"
    assert table.sits("2019-01-11", "1", type="installation")
    short = Table(secretary)
    first = secretary.sees(f"/roundtables/{short.id}/history")["items"]
    constituted = next(item["position"] for item in first if item["topic"] == "roundtable.constituted")
    secretary.corrects(f"/roundtables/{short.id}", constituted, {"valid_until": "2019-12-31"})
    assert refused(lambda: short.sits("2020-01-01", "1")) == "roundtable-may-not-decide"
    assert short.sits("2019-12-31", "1")


def test_a_session_without_quorum_is_called_a_second_time(secretary: Person) -> None:
    table = Table(secretary, MAJORITY | {"second_call": {"seats": 2}})
    first = table.convenes("2019-03-15", "1", "2")
    secretary.does(f"{first}/record-attendance", occurred_on="2019-03-15", seat="pcm")
    again = {"second_call_of": id_of(first)}
    assert refused(lambda: table.convenes("2019-03-16", **again)) == "not-a-second-call"
    secretary.does(f"{first}/declare-quorum-failed", occurred_on="2019-03-15")
    second = table.sits("2019-03-16", seats=("pcm", "region"), **again)
    seen = secretary.sees(second)
    assert seen["quorum"] == {"required": 2, "present": 2, "reached": True, "by_sector": []}
    assert [(i["key"], i["origin"]["session"]) for i in seen["agenda"]] == [("1", id_of(first)), ("2", id_of(first))]
    assert refused(lambda: table.convenes("2019-03-17", **again)) == "not-a-second-call"


def test_open_items_and_open_commitments_return_with_their_origin(secretary: Person) -> None:
    table = Table(secretary)
    origin = {"roundtable": table.id}
    late = secretary.registers_commitment(table.town, origin=origin, deadline="2019-02-01", occurred_on="2019-01-20")
    done = secretary.registers_commitment(table.town, origin=origin, occurred_on="2019-01-20")
    secretary.does(f"/commitments/{done['id']}/start", occurred_on="2019-02-01")
    first = table.sits("2019-03-15", "1", "2", "3", code="CHU-S1")
    table.agrees(first, "2019-03-15", "A1", "1")
    secretary.does(f"{first}/withdraw-agenda-item", occurred_on="2019-03-15", key="3", reason="no longer needed")
    proposal = f"/roundtables/{table.id}/agenda-proposal"
    assert secretary.sees(proposal)["items"][0]["kind"] == "commitment"
    closed = secretary.does(f"{first}/close", occurred_on="2019-03-15")
    items = secretary.sees(proposal, valid_at="2019-04-01")["items"]
    assert [(i["kind"], i["key"], i["overdue"]) for i in items] == [
        ("open_item", "2", False),
        ("commitment", late["id"], True),
        ("commitment", done["id"], False),
    ]
    assert items[0]["origin"] == {"session": id_of(first), "item": "2", "commitment": None}
    assert len(secretary.sees(proposal, at_position=closed["position"] - 1)["items"]) == 2
    agenda = [{name: item[name] for name in ("key", "title", "origin")} for item in items]
    second = table.convenes("2019-06-15", agenda=agenda)
    assert [i["kind"] for i in secretary.sees(proposal)["items"]] == ["commitment", "commitment"]
    secretary.does(f"{second}/cancel", occurred_on="2019-06-15", reason="strike")
    [again, *_] = secretary.sees(proposal)["items"]
    assert again["origin"]["session"] == id_of(second)
    assert again["path"] == [{"session": id_of(first), "item": "2", "commitment": None}]
    assert [s["id"] for s in secretary.sees("/sessions", commitment=late["id"])["items"]] == [id_of(second)]


def test_an_item_comes_from_something_recorded(secretary: Person) -> None:
    table = Table(secretary)
    first = table.convenes("2019-03-15", "1")
    origin = {"session": id_of(first), "item": "9"}
    item = {"key": "1", "title": "Agua", "origin": origin}
    assert refused(lambda: table.convenes("2019-06-15", agenda=[item])) == "unknown-origin"
    origin["item"] = "1"
    assert table.convenes("2019-06-15", agenda=[item])


def test_nothing_is_decided_while_the_minutes_of_the_session_before_are_missing(secretary: Person) -> None:
    table = Table(secretary)
    first = table.sits("2019-03-15", "1")
    table.agrees(first, "2019-03-15", "A1", "1")
    secretary.does(f"{first}/close", occurred_on="2019-03-15")
    second = table.sits("2019-06-15", "1")
    assert refused(lambda: table.agrees(second, "2019-06-15", "A1", "1")) == "previous-minutes-not-final"
    secretary.does(f"{second}/waive-previous-minutes", occurred_on="2019-06-15", reason="The book was lost")
    table.agrees(second, "2019-06-15", "A1", "1")
    assert [s["id"] for s in secretary.sees("/sessions", waived="previous_minutes")["items"]] == [id_of(second)]


def test_a_session_agrees_with_those_present_at_the_moment(secretary: Person) -> None:
    table = Table(secretary)
    path = table.sits("2019-03-15", "1", "2")
    secretary.does(f"{path}/record-departure", occurred_on="2019-03-15", seat="town", left="12:00")
    assert refused(lambda: table.agrees(path, "2019-03-15", "A1", "1")) == "quorum-not-reached"
    table.agrees(path, "2019-03-15", "A1", "1", at="11:00")
    votes = {"decision": "vote", "votes": {"for": ["pcm"], "against": []}}
    outcome = {"type": "request", "text": "Un puente"} | votes
    table.agrees(path, "2019-03-15", "P1", "2", **outcome)
    [agreement, request] = secretary.sees(path)["outcomes"]
    assert (agreement["present"], request["present"]) == (["pcm", "region", "town"], ["pcm", "region"])
    assert request["votes"]["for"] == ["pcm"]
    [bound] = secretary.sees(path)["quorum_of_outcomes"]
    assert (bound["outcome"], bound["quorum"]["present"], bound["quorum"]["reached"]) == ("A1", 3, True)


def test_an_attendance_voided_later_shows_in_the_quorum_of_what_was_decided(secretary: Person) -> None:
    table = Table(secretary)
    path = table.sits("2019-03-15", "1")
    table.agrees(path, "2019-03-15", "A1", "1")
    attended = [i for i in secretary.sees(f"{path}/history")["items"] if i["topic"] == "session.attendance-recorded"]
    secretary.voids(path, attended[0]["position"])
    seen = secretary.sees(path)
    assert (seen["quorum"]["reached"], seen["quorum_of_outcomes"][0]["quorum"]["present"]) == (False, 2)


def test_lists_find_sessions_by_what_a_secretariat_asks(secretary: Person) -> None:
    table, other = Table(secretary), Table(secretary)
    first = table.sits("2019-03-15", "1", code="S1", place="Santo Tomás")
    table.agrees(first, "2019-03-15", "A1", "1", responsibles=[table.town])
    table.convenes("2019-06-15", code="S2", modality="virtual", type="technical")
    other.convenes("2019-06-15", code="S3")

    def codes(**asked: Any) -> list[str]:
        return [item["code"] for item in secretary.sees("/sessions", **asked)["items"]]

    assert codes(roundtable=table.id) == ["S1", "S2"]
    assert codes(state="open") == codes(outcome="agreement") == codes(responsible=table.town) == ["S1"]
    assert codes(organization=table.town) == codes(q="santo tomas") == codes(held_until="2019-03-15") == ["S1"]
    assert codes(modality="virtual") == codes(type="technical") == ["S2"]
    assert codes(held_from="2019-06-15", sort="-code") == ["S3", "S2"]
    assert codes(valid_at="2019-03-14") == []
    assert secretary.get("/sessions", format="csv").text.count("\n") == 4
    assert secretary.sees("/sessions/S1/history")["items"][0]["topic"] == "session.convened"


@pytest.mark.parametrize("turn", range(2))
def test_a_session_is_called_again_once_even_in_a_race(secretary: Person, turn: int) -> None:
    table = Table(secretary)
    first = table.convenes("2019-03-15", "1")
    secretary.does(f"{first}/declare-quorum-failed", occurred_on="2019-03-15")
    body = {"roundtable": table.id, "type": "ordinary", "scheduled_on": "2019-03-16", "occurred_on": "2019-03-16"}

    def again() -> httpx.Response:
        return secretary.post("/sessions", body | {"second_call_of": id_of(first)})

    assert at_once(again, again) == ["not-a-second-call", "recorded"]


def test_rows_of_sessions_are_those_that_a_rebuild_makes(installation: Installation, secretary: Person) -> None:
    table = Table(secretary)
    path = table.sits("2019-03-15", "1", "2")
    table.agrees(path, "2019-03-15", "A1", "1")
    late = secretary.does(f"{path}/record-participation", occurred_on="2019-03-15", people=40, women=22)
    secretary.does(f"{path}/close", occurred_on="2019-03-16")
    secretary.corrects(path, late["position"], {"women": 21})
    secretary.does(f"{path}/record-participation", occurred_on="2019-03-15", people=41)
    assert Check(installation).run().finding is None
