"""The catalogue of a regime: what the record fills by itself, and what the outgoing side delivers as a document."""

from uuid import UUID

from domain.clocks import Words
from domain.regimes import Entry, Regime
from domain.transition.types import TransitionState, entry_of
from domain.values import Value

SECTIONS = {
    "commitment": ("commitments",),
    "project": ("projects",),
    "plan": ("plans",),
    "participatory-budget": ("participatory_budgets",),
    "session": ("first_hundred_days",),
    "minutes": ("observations",),
}
"""Which sections a kind of record fills; other kinds plug in here."""
BY_KEY = {
    "continuity.first_hundred_days": ("first_hundred_days",),
    "continuity.open_observations": ("observations",),
    "continuity.record_quality": ("quality",),
}
"""Entries that have a section of their own, made of records that fill others too."""


class CatalogueLine(Value, frozen=True, kw_only=True):
    """An entry: `sections` fill it from the record; without any, a document does, and `state` says how far that is."""

    id: UUID
    key: str
    name: Words
    sections: tuple[str, ...]
    state: str
    document: str | None
    observation: str | None
    unconfirmed: bool
    source: str


def lines(regime: Regime, state: TransitionState | None) -> tuple[CatalogueLine, ...]:
    """Return the catalogue of a regime with what became of each entry in a transition, where there is one."""
    return tuple(_line(entry, state) for entry in regime.catalogue)


def names(regime: Regime) -> dict[UUID, str]:
    """Return the keys of the entries by the ids under which they are handed over."""
    return {entry_of(entry.key).id: entry.key for entry in regime.catalogue}


def _line(entry: Entry, state: TransitionState | None) -> CatalogueLine:
    ref = entry_of(entry.key)
    sections = BY_KEY.get(entry.key) or tuple(
        dict.fromkeys(section for kind in entry.assembled_from for section in SECTIONS.get(kind, ()))
    )
    item = state.item(ref) if state else None
    return CatalogueLine(
        id=ref.id,
        key=entry.key,
        name=entry.name,
        sections=sections,
        state="assembled" if sections and item is None else item.state if item else "pending",
        document=item.document if item else None,
        observation=item.observation if item else None,
        unconfirmed=entry.backing.unconfirmed,
        source=entry.backing.source,
    )
