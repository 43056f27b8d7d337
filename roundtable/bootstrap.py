"""The composition root: the one place that puts database, read models, application and API together."""

from collections.abc import Callable
from functools import partial

from fastapi import FastAPI

from api.app import create_app
from domain.facts import Facts
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
from projections.sessions import sessions
from projections.transitions import transitions
from roundtable.application import Query, Roundtable
from roundtable.declaring import declare
from roundtable.installation import Installation
from roundtable.log.transparency import TransparencyLog
from roundtable.regimes import ClosedDays, regimes
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


def _rulebook(settings: Settings) -> Callable[..., Rulebook]:
    """Return the query of the regimes; their files are read once.

    Whoever stated a fact that is being corrected does not write today; who corrects it does.
    """
    known = regimes(settings.regimes)
    closed = {id: ClosedDays(regime) for id, regime in known.items()}
    return lambda _, ask: Rulebook(today=None if ask.again else settings.today(), regimes=known, closed=closed)


def build() -> FastAPI:
    """Build the HTTP application of this process's settings."""
    return create_app(open_installation())
