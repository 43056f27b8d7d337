"""The composition root: the one place that puts database, read models and application together."""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from domain.facts import Facts
from domain.regimes import Regime
from domain.transition.facts import Rulebook
from projections.administrations import administrations
from projections.commitments import commitments
from projections.logs import logs
from projections.minutes import minutes
from projections.organizations import organizations
from projections.participatory_budgets import participatory_budgets
from projections.plans import plans
from projections.projector import ProjectionFailed, Projector
from projections.projects import projects
from projections.queries import FACTS
from projections.roundtables import roundtables
from projections.rulebooks import regime_under, rules_of
from projections.sessions import sessions
from projections.transitions import state_of, transitions
from roundtable.application import Query, Roundtable
from roundtable.commands import Ask
from roundtable.declaring import declare
from roundtable.installation import Installation
from roundtable.log.transparency import TransparencyLog
from roundtable.regimes import ClosedDays, NoSuchRegime, recorded, regimes
from roundtable.settings import Settings
from roundtable.store.database import Database

PROJECTIONS = (
    organizations,
    administrations,
    roundtables,
    sessions,
    minutes,
    commitments,
    projects,
    participatory_budgets,
    transitions,
    plans,
    logs,
)


def open_installation(settings: Settings | None = None) -> Installation:
    """Open the installation that the settings describe; its database must be migrated before it is used."""
    chosen = settings or Settings.from_environment()
    database = Database(chosen.database_url, synchronous=chosen.sqlite_synchronous)
    projector = Projector(database, PROJECTIONS)
    transparency = TransparencyLog(database, chosen)
    queries: dict[type[Facts], Query] = {**FACTS, Rulebook: _rulebook(chosen)}
    app = Roundtable(database, chosen, projector, queries, ProjectionFailed, transparency.must_be_consistent)
    transparency.declare = partial(declare, app)
    return Installation(chosen, database, projector, app, transparency)


def _rulebook(settings: Settings) -> Query:
    """Return the query of the regimes; their files are read once. A transition keeps the one it was planned under.

    Whoever stated a fact that is being corrected does not write today; who corrects it does.
    """
    known = regimes(settings.regimes)
    texts = {id: recorded(regime) for id, regime in known.items()}

    def query(connection: sa.Connection, ask: Ask) -> Rulebook:
        rules: Mapping[str, Regime] = known
        said: dict[str, dict[str, Any] | None] = {**texts}
        state = state_of(connection, ask.id)
        if state is not None:
            said |= {state.regime: rules_of(connection, cast("UUID", ask.id), state.regime)}
            with suppress(NoSuchRegime):
                rules = {**known, state.regime: regime_under(connection, settings.regimes, ask.id, state.regime)}
        closed = {id: ClosedDays(regime) for id, regime in rules.items()}
        return Rulebook(today=None if ask.again else settings.today(), regimes=rules, closed=closed, texts=said)

    return query
