"""Which document of a handover or a session is made of what, and at which moment of the log."""

from typing import Any, Literal, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.regimes import Regime
from domain.transition.types import Item, TransitionState, entry_of
from projections import transitions
from projections.dossiers import Handover
from projections.dossiers.open_observations import item_name
from projections.dossiers.scope import Scope
from projections.moment import Moment
from roundtable.dossiers.acta import acta_document
from roundtable.dossiers.anchors import anchor
from roundtable.dossiers.complementary import complementary_document
from roundtable.dossiers.dossier import dossier_document
from roundtable.dossiers.errors import NoInventory
from roundtable.dossiers.inventory import inventory_document
from roundtable.dossiers.minutes import minutes_document
from roundtable.dossiers.reading import about, last_said, read, regime_of
from roundtable.dossiers.sitting import sitting
from roundtable.dossiers.summary import summary_document
from roundtable.dossiers.words import Speaker
from roundtable.installation import Installation
from roundtable.printing import Document, pdf, xlsx
from roundtable.printing.document import Language

Kind = Literal["dossier", "acta", "complementary", "summary", "inventory"]
KINDS: tuple[Kind, ...] = ("dossier", "acta", "complementary", "summary", "inventory")
NEEDS_INVENTORY = frozenset({"acta", "complementary"})


class Draft(NamedTuple):
    """A document that lacks only the head of the log, and the size at which it follows from it."""

    size: int
    document: Document
    sheet: bool = False


def handover_draft(
    connection: sa.Connection, folder: str, found: sa.Row[Any], moment: Moment, kind: Kind, language: Language
) -> Draft:
    """Read what a document of a transition says.

    :raises NoInventory: an acta needs a frozen inventory, and there was none by the moment asked about.
    :raises NoSuchRegime: the installation has lost the regime of the transition.
    """
    handover = about(connection, found, moment)
    if kind in NEEDS_INVENTORY and handover.state and handover.state.inventory is None:
        raise NoInventory(id=handover.state.code or handover.id)
    match kind:
        case "acta":
            return _acta(connection, folder, handover, moment, language)
        case "complementary":
            return _complementary(connection, folder, handover, moment, language)
    dossier = read(connection, folder, handover, moment)
    if kind == "inventory":
        return Draft(dossier.position, inventory_document(dossier, language), sheet=True)
    if kind == "summary":
        return Draft(dossier.position, summary_document(dossier, language))
    return Draft(dossier.position, dossier_document(dossier, language))


def minutes_draft(connection: sa.Connection, found: sa.Row[Any], moment: Moment, language: Language) -> Draft:
    """Read what the minutes of a session say."""
    told = sitting(connection, found, moment)
    return Draft(told.moment.position, minutes_document(told, language))


def printed(installation: Installation, draft: Draft) -> bytes:
    """Return a document as the bytes of its file.

    :raises NothingRecorded: nothing was recorded by then.
    :raises LeafMissing: an entry of the log is missing.
    """
    document = draft.document._replace(anchor=anchor(installation, draft.size))
    return xlsx(document) if draft.sheet else pdf(document)


def _acta(connection: sa.Connection, folder: str, handover: Handover, moment: Moment, language: Language) -> Draft:
    """Read the acta as of the last fact about the transition: what is recorded elsewhere leaves it as it is."""
    at = last_said(connection, moment, _id(handover))
    then = _at(connection, handover, at)
    state = _state(then)
    regime, dossier = regime_of(connection, folder, then), read(connection, folder, then, at)
    names = _names(Scope(connection, dossier.institution, at), state, regime_names(regime, language))
    return Draft(at.position, acta_document(dossier, state, regime, names, language))


def _complementary(
    connection: sa.Connection, folder: str, handover: Handover, moment: Moment, language: Language
) -> Draft:
    state = _state(handover)
    regime = regime_of(connection, folder, handover)
    frozen = read(connection, folder, handover, moment)
    now = read(connection, folder, handover, moment, now=True)
    names = _names(Scope(connection, frozen.institution, moment), state, regime_names(regime, language))
    return Draft(moment.position, complementary_document(frozen, now, state, regime, names, language))


def _at(connection: sa.Connection, handover: Handover, at: Moment) -> Handover:
    row = transitions.find(connection, _id(handover), at)
    return about(connection, row, at) if row else handover


def _id(handover: Handover) -> UUID:
    return handover.id or UUID(int=0)


def _state(handover: Handover) -> TransitionState:
    if handover.state is None:
        raise NoInventory(id=handover.id)
    return handover.state


def regime_names(regime: Regime, language: Language) -> dict[UUID, str]:
    """Return how the entries of a regime's catalogue are called, by the ids under which they are handed over."""
    speaker = Speaker(language)
    return {entry_of(one.key).id: speaker.of(one.name) for one in regime.catalogue}


def _names(scope: Scope, state: TransitionState, entries: dict[UUID, str]) -> dict[Item, str]:
    return {one: item_name(scope, one, entries) for one in state.items}
