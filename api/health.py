"""/healthz, /readyz, /metrics: is it up, can it work, how is it doing."""

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from api.access import MayRead
from api.problems import language
from roundtable.installation import Installation
from roundtable.store import log

REGISTRY = CollectorRegistry()
REQUESTS = Counter("roundtable_requests", "Requests answered.", ["method", "status"], registry=REGISTRY)
SECONDS = Histogram("roundtable_request_seconds", "Time to answer.", ["method"], registry=REGISTRY)
POSITION = Gauge("roundtable_log_position", "The last position of the log.", registry=REGISTRY)
SET_ASIDE = Gauge("roundtable_read_models_set_aside", "Read models that stopped at an error.", registry=REGISTRY)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
router = APIRouter(tags=["Health"])


def observe(method: str, status: int, seconds: float) -> None:
    """Count a request; methods that nobody knows count as one, so that callers cannot make up series."""
    known = method if method in METHODS else "other"
    REQUESTS.labels(known, status).inc()
    SECONDS.labels(known).observe(seconds)


@router.get("/healthz", operation_id="health.alive")
async def alive() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "ok"}


@router.get("/readyz", operation_id="health.ready", responses={503: {"description": "It cannot work as it should."}})
def ready(request: Request, who: MayRead) -> JSONResponse:
    """Say whether the database answers, facts may be recorded, and every read model follows the log.

    What stopped a read model is told to callers with a token. `read-only` means that the log does not continue what
    was signed, as after restoring an old backup; `log` says why, or why no checkpoint is signed.
    """
    installation: Installation = request.app.state.installation
    try:
        with installation.database.reading() as connection:
            position = log.head(connection)
        problems = installation.projector.errors()
        problems |= dict.fromkeys(installation.projector.outdated(), "needs `roundtable rebuild`")
        stopped = installation.log.inconsistency()
    except sa.exc.SQLAlchemyError:
        return JSONResponse({"status": "unavailable", "detail": "the database does not answer"}, 503)
    told = problems if who else dict.fromkeys(problems, "does not follow the log")
    trouble = stopped or installation.log.trouble
    status = "read-only" if stopped else "degraded" if problems or trouble else "ok"
    said = trouble.message(language(request)) if trouble else None
    body = {"status": status, "position": position, "read_models": told, "log": said}
    return JSONResponse(body, 200 if status == "ok" else 503)


@router.get("/metrics", operation_id="health.metrics", response_class=Response)
def metrics(request: Request) -> Response:
    """Return counters for Prometheus."""
    installation: Installation = request.app.state.installation
    with installation.database.reading() as connection:
        POSITION.set(log.head(connection))
    SET_ASIDE.set(len(installation.projector.errors()))
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)
