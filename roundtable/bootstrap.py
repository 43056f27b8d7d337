"""The composition root: the one place that puts database, read models, application and API together."""

from functools import partial

from fastapi import FastAPI

from api.app import create_app
from projections.administrations import administrations
from projections.commitments import commitments
from projections.logs import logs
from projections.minutes import minutes
from projections.organizations import organizations
from projections.projector import ProjectionFailed, Projector
from projections.queries import FACTS
from projections.roundtables import roundtables
from projections.sessions import sessions
from projections.transitions import transitions
from roundtable.application import Roundtable
from roundtable.declaring import declare
from roundtable.installation import Installation
from roundtable.log.transparency import TransparencyLog
from roundtable.settings import Settings
from roundtable.store.database import Database

PROJECTIONS = (organizations, administrations, roundtables, sessions, minutes, commitments, transitions, logs)


def open_installation(settings: Settings | None = None) -> Installation:
    """Open the installation that the settings describe; its database must be migrated before it is used."""
    chosen = settings or Settings.from_environment()
    database = Database(chosen.database_url, synchronous=chosen.sqlite_synchronous)
    projector = Projector(database, PROJECTIONS)
    transparency = TransparencyLog(database, chosen)
    app = Roundtable(database, chosen, projector, FACTS, ProjectionFailed, transparency.must_be_consistent)
    transparency.declare = partial(declare, app)
    return Installation(chosen, database, projector, app, transparency)


def build() -> FastAPI:
    """Build the HTTP application of this process's settings."""
    return create_app(open_installation())
