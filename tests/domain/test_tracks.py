"""Objects with several state machines: a late fact is late on its own track only, and corrections keep each order."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.aggregate import KINDS, Aggregate, CorrectionReorders, command
from domain.errors import StateMovedLater
from domain.events import EVENTS, Context, Created, Event
from domain.events import fact as named
from domain.tracks import TrackedState
from tests.domain.given import fact, given


@named("bridge.planned")
class BridgePlanned(Created, frozen=True, kw_only=True):
    """A bridge is planned."""


@named("bridge.deck-laid", moves="deck")
class DeckLaid(Event, frozen=True, kw_only=True):
    """Its deck was laid."""


@named("bridge.deck-opened", moves="deck")
class DeckOpened(Event, frozen=True, kw_only=True):
    """Its deck was opened."""


@named("bridge.paid", moves="money")
class BridgePaid(Event, frozen=True, kw_only=True):
    """It was paid."""


class BridgeState(TrackedState, frozen=True, kw_only=True):
    """A bridge on a day."""

    deck: str = "planned"
    money: str = "open"


class Bridge(Aggregate[BridgeState]):
    """Something that is built and paid, one independent of the other."""

    TOPIC = "bridge"
    STATE = BridgeState

    @command(DeckLaid)
    def lay(self, *, context: Context) -> None:
        """Lay the deck."""
        self.record(DeckLaid, context)

    @command(DeckOpened)
    def open_deck(self, *, context: Context) -> None:
        """Open the deck."""
        self.record(DeckOpened, context)

    @command(BridgePaid)
    def pay(self, *, context: Context) -> None:
        """Pay."""
        self.record(BridgePaid, context)

    @staticmethod
    def evolve(state: Any, event: Any) -> Any:
        """Return the bridge after one more fact."""
        if isinstance(event, BridgePlanned):
            return BridgeState(began_on=event.occurred_on, moved_on=event.occurred_on, moved_by=event.TOPIC)
        moved = {DeckLaid: {"deck": "laid"}, DeckOpened: {"deck": "open"}, BridgePaid: {"money": "paid"}}
        return replace(state, **moved[type(event)])


for topic in [topic for topic in EVENTS if topic.startswith("bridge.")]:
    del EVENTS[topic]  # no other test meets them
del KINDS["bridge"]

PLANNED = fact(BridgePlanned, "2018-01-01")
LAID = fact(DeckLaid, "2019-03-01")


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Corrections read events by their topics."""
    for cls in (BridgePlanned, DeckLaid, DeckOpened, BridgePaid):
        monkeypatch.setitem(EVENTS, cls.TOPIC, cls)


def test_a_fact_may_come_before_what_moved_another_track() -> None:
    state = given(PLANNED, LAID, kind=Bridge).when("pay", "2018-06-01").then(BridgePaid)
    assert (state.money, state.deck) == ("paid", "laid")
    assert (state.since("money"), state.since("deck")) == (date(2018, 6, 1), date(2019, 3, 1))
    assert (state.moved_on, state.moved_by) == (date(2019, 3, 1), "bridge.deck-laid")


def test_a_fact_may_not_come_before_what_moved_its_own_track() -> None:
    bridge = given(PLANNED, LAID, fact(BridgePaid, "2020-01-01"), kind=Bridge)
    bridge.when("open-deck", "2019-02-28").refused(StateMovedLater, "bridge.deck-laid", "2019-03-01")
    assert bridge.when("open-deck", "2019-03-01").then(DeckOpened).deck == "open"


def test_a_track_that_never_moved_stands_where_it_began() -> None:
    state = given(PLANNED, LAID, kind=Bridge).state()
    assert (state.since("money"), state.last_move(BridgePaid)) == (date(2018, 1, 1), None)


@pytest.mark.usefixtures("known")
def test_a_corrected_date_keeps_the_order_of_its_own_track_and_passes_other_tracks() -> None:
    bridge = given(PLANNED, LAID, fact(DeckOpened, "2019-06-01"), fact(BridgePaid, "2019-04-01"), kind=Bridge)
    late = bridge.when("correct", position=2, changes={"occurred_on": "2019-06-02"})
    late.refused(CorrectionReorders, "bridge.deck-opened", "2019-06-01")
    past = bridge.when("correct", position=2, changes={"occurred_on": "2019-05-01"})
    assert past.refusal is None
    early = bridge.when("correct", position=4, changes={"occurred_on": "2018-02-01"})
    assert early.refusal is None
