"""Under which rules a handover is done: those of its regime as they read when it was planned."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.corrections import FactCorrected
from domain.regimes import Regime
from domain.transition.events import TransitionPlanned
from roundtable.regimes import regime_from, regime_named, with_decreed
from roundtable.store import log


def rules_of(connection: sa.Connection, id: UUID, regime: str) -> dict[str, Any] | None:
    """Return a regime as the log keeps it for a transition; nothing where it was planned before the log kept any."""
    found: dict[str, Any] | None = None
    for entry in log.stream(connection, id):
        event = entry.event
        if isinstance(event, TransitionPlanned):
            said = event.rules
        elif isinstance(event, FactCorrected):
            said = event.changes.get("rules")
        else:
            continue
        found = said if said is not None and said.get("id") == regime else found
    return found


def regime_under(connection: sa.Connection, folder: str, id: UUID | None, regime: str) -> Regime:
    """Return the regime under which a transition was planned, else the one that the installation has of that name.

    Days that a decree has closed since then count: they change no rule.

    :raises NoSuchRegime: neither the log nor the installation has it.
    """
    rules = rules_of(connection, id, regime) if id is not None else None
    kept = regime_from(rules) if rules is not None else None
    return with_decreed(folder, kept) if kept is not None else regime_named(folder, regime)
