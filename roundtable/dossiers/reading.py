"""Finding what a document is about, at the moment that it follows from."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from msgspec.structs import replace

from domain.errors import ObjectNotFound
from domain.regimes import Regime
from domain.transition.types import TransitionState
from projections import administrations, organizations, transitions
from projections.dossiers import Dossier, Handover, Rehearsal, dossier, handover_from, handover_of, rehearse
from projections.moment import Moment
from projections.rulebooks import regime_under
from roundtable.regimes import ClosedDays, regime_in, regime_named
from roundtable.store import log


def about(connection: sa.Connection, found: sa.Row[Any], moment: Moment) -> Handover:
    """Return what a transition hands over.

    :raises ObjectNotFound: its outgoing administration was not recorded by the moment asked about.
    """
    handover = handover_of(connection, found, moment)
    if handover is None:
        state: TransitionState = transitions.ROWS.decode(found.state)
        raise ObjectNotFound(kind="administration", id=state.outgoing)
    return handover


def regime_of(connection: sa.Connection, folder: str, handover: Handover) -> Regime:
    """Return the regime of a transition as it read when the transition was planned.

    :raises NoSuchRegime: it was not kept, and the installation has lost it.
    """
    state = handover.state
    return regime_under(connection, folder, handover.id, state.regime) if state else regime_named(folder, "generic")


def regime_for(connection: sa.Connection, folder: str, handover: Handover, asked: str | None, moment: Moment) -> Regime:
    """Return the regime of a name, of a planned transition, or else of the country in which the institution is.

    :raises NoSuchRegime: the installation has none of this name.
    """
    if asked is not None:
        return regime_named(folder, asked)
    if handover.state is not None:
        return regime_of(connection, folder, handover)
    row = organizations.find(connection, handover.outgoing[1].institution, moment)
    territories = organizations.ROWS.decode(row.state).territories if row else ()
    country = next((one.system[:2] for one in territories), None)
    return regime_in(folder, country, moment.day)


def rehearsed(
    connection: sa.Connection, folder: str, row: sa.Row[Any], moment: Moment, cut_off: date | None, asked: str | None
) -> Rehearsal:
    """Rehearse the handover of an administration on a day, under a regime by name or the one that applies.

    :raises NoSuchRegime: the installation has none of this name.
    """
    day = cut_off or moment.day
    at = moment._replace(day=day, today=moment.today and day >= moment.day)
    handover = handover_from(connection, UUID(row.id), administrations.ROWS.decode(row.state), at)
    regime = regime_for(connection, folder, handover, asked, at)
    return rehearse(connection, handover, regime, ClosedDays(regime), at)


def read(connection: sa.Connection, folder: str, handover: Handover, moment: Moment, *, now: bool = False) -> Dossier:
    """Return the dossier of a handover: as frozen, by the days closed by decree until then, or as it would be `now`."""
    regime = regime_of(connection, folder, handover)
    frozen = handover.state.inventory if handover.state and not now else None
    if frozen and frozen.closed is not None:
        regime = replace(regime, closed=frozen.closed)
    return dossier(connection, handover, regime, ClosedDays(regime), moment, rehearsed=now)


def last_said(connection: sa.Connection, moment: Moment, *ids: UUID) -> Moment:
    """Return the moment of the last fact about some objects, so that what is recorded elsewhere changes no document."""
    rows = [row for id in ids for row in log.rows_of(connection, id, upto=moment.position)]
    last = max(rows, key=lambda row: row.position)
    day = min(moment.day, date.fromisoformat(max(row.occurred_on for row in rows)))
    return Moment(last.position, day, all_known=False, today=False)
