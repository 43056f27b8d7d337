"""Old bodies are read as new events: upcast on reading, never rewritten."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.codec import UnreadableEvent, decode, encode
from domain.corrections import FactCorrected
from domain.events import EVENTS, Event, fact
from tests.domain.given import context
from tests.domain.given import fact as happened

ID = UUID(int=1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@fact("toll.paid", schema=3)
class TollPaid(Event, frozen=True, kw_only=True):
    """An event of schema 3: v1 had `price` in whole soles, v2 `amount` in céntimos, v3 says the currency too."""

    cents: int
    currency: str
    note: str | None = None


def _to_2(body):
    body["amount"] = body.pop("price") * 100


def _to_3(body):
    body["cents"] = body.pop("amount")
    body["currency"] = "PEN"


TollPaid.UPCASTS = {1: _to_2, 2: _to_3}
del EVENTS["toll.paid"]  # no other test meets it


@pytest.fixture
def toll(monkeypatch):
    monkeypatch.setitem(EVENTS, "toll.paid", TollPaid)
    return TollPaid


ABOUT = json.loads(encode(happened(FactCorrected, aggregate="x", position=1, schema=1, changes={})))["context"]


def read(schema, body, *corrections):
    raw = json.dumps({"context": ABOUT} | body).encode()
    return decode("toll.paid", schema, raw, id=ID, version=1, recorded_at=NOW, corrections=corrections)


def correction(schema, **changes):
    return happened(FactCorrected, aggregate="toll", position=1, schema=schema, changes=changes)


@pytest.mark.parametrize(
    ("schema", "body"), [(1, {"price": 5}), (2, {"amount": 500}), (3, {"cents": 500, "currency": "PEN"})]
)
def test_every_version_is_read_as_the_present_one(toll, schema, body):
    event = read(schema, body)
    assert type(event) is toll
    assert (event.cents, event.currency, event.originator_id) == (500, "PEN", ID)


@pytest.mark.parametrize(
    ("schema", "body", "corrections"),
    [
        (1, {"price": 5}, [correction(1, price=7)]),
        (1, {"price": 5}, [correction(2, amount=700)]),
        (1, {"price": 5}, [correction(3, cents=700)]),
        (1, {"price": 5}, [correction(1, price=6), correction(3, cents=700)]),
        (1, {"price": 5}, [correction(1, price=6), correction(2, amount=650), correction(3, cents=700)]),
        (2, {"amount": 500}, [correction(2, amount=700)]),
        (3, {"cents": 500, "currency": "PEN"}, [correction(3, cents=700)]),
    ],
)
def test_a_correction_is_applied_at_the_version_at_which_it_was_recorded(toll, schema, body, corrections):
    event = read(schema, body, *corrections)
    assert (type(event), event.cents, event.currency) == (toll, 700, "PEN")


def test_a_correction_of_the_context_leaves_the_rest_of_it(toll):
    event = read(1, {"price": 5}, correction(1, context={"occurred_on": "2019-02-02"}))
    assert (event.occurred_on.isoformat(), event.cents) == ("2019-02-02", 500)
    assert event.context.actor == context().actor


def test_a_newer_schema_is_refused(toll):
    with pytest.raises(UnreadableEvent, match=r"toll\.paid is stored at schema version 4; .* knows 3"):
        read(4, {"cents": 500, "currency": "PEN"})
    with pytest.raises(UnreadableEvent, match="schema version 4"):
        read(3, {"cents": 500, "currency": "PEN"}, correction(4, cents=700))


@pytest.mark.parametrize("body", [{}, {"price": "five"}, {"price": 5, "note": 7}])
def test_a_body_that_lacks_what_it_always_had_is_refused(toll, body):
    with pytest.raises(UnreadableEvent, match=r"event 0+-0+-0+-0+-0+1 v1 \(toll\.paid@1\) cannot be read"):
        read(1, body)


def test_an_unknown_topic_is_refused():
    with pytest.raises(UnreadableEvent, match=r"unknown topic toll\.paid"):
        read(1, {"price": 5})


def test_two_events_cannot_have_one_topic(toll):
    with pytest.raises(TypeError, match=r"two event classes claim the topic toll\.paid"):
        fact("toll.paid")(toll)
