"""Folding never refuses: any facts in any order give a state, and the state survives storage."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import msgspec
import pytest
from hypothesis import given as random
from hypothesis import strategies as st

from domain.aggregate import KINDS
from domain.codec import encode
from domain.commitment import Commitment
from domain.commitment import events as e
from domain.commitment.completeness import completeness
from domain.events import Created
from tests.domain.given import context, fact, given, reading
from tests.domain.samples import FIELDS, registered, sample

_strings = st.text(st.characters(codec="utf-8"), max_size=8)
_contexts = st.builds(
    context,
    st.dates(date(2015, 1, 1), date(2025, 12, 31)).map(str),
    by=st.uuids(),
    institution=st.none() | st.uuids(),
    on_behalf_of=st.none() | st.uuids(),
    reason=st.none() | _strings,
    illustrative=st.lists(_strings, max_size=2).map(tuple),
)


_ANY = {
    str: _strings,
    bool: st.booleans(),
    int: st.integers(0, 10**6),
    UUID: st.uuids(),
    date: st.dates(),
    Decimal: st.decimals(0, 10**6, places=2),
}


def _like(value):
    """Values of the same shape as a sample, with any content."""
    if isinstance(value, tuple):
        return st.lists(st.one_of([_like(item) for item in value]), max_size=3).map(tuple)
    if isinstance(value, msgspec.Struct):
        return st.builds(type(value), **{name: _like(getattr(value, name)) for name in value.__struct_fields__})
    return _ANY[type(value)]


def _fact(cls):
    optional = {f.name for f in msgspec.structs.fields(cls) if f.default is None}
    fields = {n: _like(v) | st.none() if n in optional else _like(v) for n, v in FIELDS[cls].items()}
    return st.builds(lambda about, said: fact(cls, about=about, **said), _contexts, st.fixed_dictionaries(fields))


FACTS = {kind: [_fact(cls) for cls in FIELDS if cls.TOPIC.startswith(f"{kind.TOPIC}.")] for kind in KINDS.values()}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_any_facts_in_any_order_fold_into_a_state_that_survives_storage(kind):
    created = next(cls for cls in FIELDS if issubclass(cls, Created) and cls.TOPIC.startswith(f"{kind.TOPIC}."))

    @random(st.lists(st.one_of(FACTS[kind]), max_size=12), st.integers(0, 12))
    def folds(events, begins):
        events.insert(min(begins, len(events)), sample(created))
        state = kind.folded(reading(event, position) for position, event in enumerate(events))
        assert state is not None
        stored = msgspec.json.encode(state)
        assert msgspec.json.decode(stored, type=kind.STATE) == state
        if kind is Commitment:
            assert 0 <= completeness(state).percent <= 100

    folds()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_facts_before_the_beginning_change_nothing(kind):
    for cls in FIELDS:
        if cls.TOPIC.startswith(f"{kind.TOPIC}.") and not issubclass(cls, Created):
            assert kind.fold(None, sample(cls)) is None


def test_an_object_begins_once():
    first, second = registered(title="First"), registered(title="Second")
    assert given(first, second).state().title == "First"


@random(st.permutations([fact(e.ProgressReported, f"2019-0{n}-01", percent=n) for n in range(1, 6)]))
def test_the_order_of_recording_does_not_matter_where_days_differ(events):
    assert given(registered(), *events).state() == given(registered(), *sorted(events, key=encode)).state()


def test_only_facts_that_move_the_state_say_when_it_moved():
    state = given(registered(), fact(e.ProgressReported, "2019-03-01", percent=5)).state()
    assert (state.moved_by, state.moved_on) == ("commitment.registered", date(2018, 7, 25))


def test_invented_fields_of_later_facts_carry_the_name_of_the_fact():
    first = fact(e.CommitmentRegistered, about=context("2018-07-25", illustrative=("occurred_on", "title")), **_plain())
    later = fact(e.ProgressReported, about=context("2019-01-01", illustrative=("occurred_on", "percent")), percent=5)
    assert given(first).state().illustrative == ("occurred_on", "title")
    of_progress = ("progress-reported.occurred_on", "progress-reported.percent")
    assert given(first, later).state().illustrative == ("occurred_on", *of_progress, "title")
    assert given(registered(), later).state().illustrative[-1] == "progress-reported.percent"


def _plain():
    return {
        name: FIELDS[e.CommitmentRegistered][name] for name in ("stage", "title", "statement", "kind", "responsibles")
    }
