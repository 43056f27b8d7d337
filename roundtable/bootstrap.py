"""The composition root: the one place that puts database, read models, application and API together."""

from fastapi import FastAPI

from api.app import create_app
from projections.administrations import administrations
from projections.commitments import commitments
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
from roundtable.application import Roundtable
from roundtable.installation import Installation
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
)


def open_installation(settings: Settings | None = None) -> Installation:
    """Open the installation that the settings describe; its database must be migrated before it is used."""
    chosen = settings or Settings.from_environment()
    database = Database(chosen.database_url, synchronous=chosen.sqlite_synchronous)
    projector = Projector(database, PROJECTIONS)
    app = Roundtable(database, chosen, projector, FACTS, ProjectionFailed)
    return Installation(chosen, database, projector, app)


def build() -> FastAPI:
    """Build the HTTP application of this process's settings."""
    return create_app(open_installation())
