"""The HTTP application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from api import (
    administrations,
    catalogue,
    commitments,
    differences,
    documents,
    dossiers,
    due,
    errors,
    events,
    health,
    logs,
    matrix,
    minutes,
    openapi,
    organizations,
    participatory_budgets,
    plans,
    printed,
    projects,
    regimes,
    roles,
    roundtables,
    sections,
    sessions,
    transitions,
    transparency,
)
from api.limits import Limits
from roundtable.installation import Installation
from roundtable.log.checkpointer import Checkpointer
from roundtable.log.witnessing import Witnesses

TITLE = "Roundtable"
VERSION = "0.1.0"
DESCRIPTION = """
Roundtable records what was promised at a table, by whom, and what became of it.

Every read answers **as it was** (`valid_at`, a day) and **as it was known** (`as_of`, an instant, or `at_position`),
and says in `Roundtable-Position` from which position of the log it follows. Commands are `POST`s; each returns a
receipt. `If-Match` refuses a change of something that changed meanwhile; `Idempotency-Key` makes a repeated request
safe. Errors are problems (RFC 9457) with a stable `type`; `/v1/problems` lists them. `HEAD` works wherever `GET` does.
"""
ROUTERS = (
    matrix,
    due,
    commitments,
    organizations,
    administrations,
    roundtables,
    sessions,
    minutes,
    projects,
    participatory_budgets,
    transitions,
    dossiers,
    sections,
    printed,
    plans,
    regimes,
    logs,
    events,
    roles,
    transparency,
    documents,
    catalogue,
    health,
)
_routers = (differences.router_of(ROUTERS), *(module.router for module in ROUTERS))
ROUTES = tuple(route for router in _routers for route in router.routes)


@cache
def described() -> dict[str, Any]:
    """Return the OpenAPI document; it takes seconds, and is the same for every installation."""
    return openapi.describe(ROUTES, title=TITLE, version=VERSION, description=DESCRIPTION)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Sign checkpoints while the server runs."""
    installation: Installation = app.state.installation
    with Checkpointer(installation.log, Witnesses(installation.log).ask).running():
        yield


def create_app(installation: Installation) -> FastAPI:
    """Build the HTTP application of an installation."""
    app: FastAPI = FastAPIOffline(
        title=TITLE,
        version=VERSION,
        description=DESCRIPTION,
        lifespan=_lifespan,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    app.state.installation = installation
    app.router.routes.extend(ROUTES)  # an included router would be searched twice for each request
    app.openapi = described  # type: ignore[method-assign]
    errors.install(app)
    app.add_middleware(Limits, largest_document=installation.settings.largest_document)
    return app
