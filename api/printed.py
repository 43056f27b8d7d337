"""Documents that people sign and print, as files: the same facts always give the same bytes."""

import hashlib
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.reading import CACHING, POSITION, ObjectName, When, found, is_known, reader
from projections import minutes, transitions
from roundtable.dossiers.printing import Draft, Kind, handover_draft, minutes_draft, printed
from roundtable.installation import Installation

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Printed(When):
    """The moment, and the language of the words that are not records."""

    language: Annotated[Literal["es", "en"], Field(description="Spanish or English; records stay as recorded.")] = "es"


def _bytes(media_type: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {media_type: {"schema": {"type": "string", "format": "binary"}}}}}


router = APIRouter()


@router.get(
    "/v1/transitions/{id}/dossier.pdf",
    tags=["Transition"],
    operation_id="transition.dossier-pdf",
    response_class=Response,
    responses=_bytes(PDF),
)
def dossier_pdf(request: Request, who: MayRead, id: ObjectName, asked: Annotated[Printed, Query()]) -> Response:
    """Print the handover dossier: every section, from the frozen inventory; before that, as a draft."""
    return _handover(request, who, id, asked, "dossier")


@router.get(
    "/v1/transitions/{id}/acta.pdf",
    tags=["Transition"],
    operation_id="transition.acta-pdf",
    response_class=Response,
    responses=_bytes(PDF),
)
def acta_pdf(request: Request, who: MayRead, id: ObjectName, asked: Annotated[Printed, Query()]) -> Response:
    """Print the acta of the handover: parties, what was delivered in what state, who signed, who refused and why.

    :raises NoInventory: the inventory was not frozen by the moment asked about.
    """
    return _handover(request, who, id, asked, "acta")


@router.get(
    "/v1/transitions/{id}/complementary-acta.pdf",
    tags=["Transition"],
    operation_id="transition.complementary-acta-pdf",
    response_class=Response,
    responses=_bytes(PDF),
)
def complementary_pdf(request: Request, who: MayRead, id: ObjectName, asked: Annotated[Printed, Query()]) -> Response:
    """Print the complementary acta: what is still observed or missing, and what changed since the cut-off.

    :raises NoInventory: the inventory was not frozen by the moment asked about.
    """
    return _handover(request, who, id, asked, "complementary")


@router.get(
    "/v1/transitions/{id}/summary.pdf",
    tags=["Transition"],
    operation_id="transition.summary-pdf",
    response_class=Response,
    responses=_bytes(PDF),
)
def summary_pdf(request: Request, who: MayRead, id: ObjectName, asked: Annotated[Printed, Query()]) -> Response:
    """Print two pages at most: what is inherited, what is due and overdue, what nobody verifies, what to decide."""
    return _handover(request, who, id, asked, "summary")


@router.get(
    "/v1/transitions/{id}/inventory.xlsx",
    tags=["Transition"],
    operation_id="transition.inventory-xlsx",
    response_class=Response,
    responses=_bytes(XLSX),
)
def inventory_xlsx(request: Request, who: MayRead, id: ObjectName, asked: Annotated[Printed, Query()]) -> Response:
    """Return the inventory as a spreadsheet, a sheet for each section."""
    return _handover(request, who, id, asked, "inventory")


@router.get(
    "/v1/minutes/{id}/minutes.pdf",
    tags=["Minutes"],
    operation_id="minutes.pdf",
    response_class=Response,
    responses=_bytes(PDF),
)
def minutes_pdf(request: Request, who: MayRead, id: ObjectName, asked: Annotated[Printed, Query()]) -> Response:
    """Print the minutes of a session: attendance, agenda, outcomes word for word, quorum, signatures."""
    with reader(request, who, asked) as read:
        row = found("minutes", id, read, minutes.find)
        draft = minutes_draft(read.connection, row, read.moment, asked.language)
    return _file(request, draft, f"minutes-{_plain(id)}.pdf")


def _handover(request: Request, who: Any, id: str, asked: Printed, kind: Kind) -> Response:
    installation: Installation = request.app.state.installation
    with reader(request, who, asked) as read:
        row = found("transition", id, read, transitions.find)
        draft = handover_draft(read.connection, installation.settings.regimes, row, read.moment, kind, asked.language)
    return _file(request, draft, f"{kind}-{_plain(id)}.{'xlsx' if draft.sheet else 'pdf'}")


def _file(request: Request, draft: Draft, name: str) -> Response:
    content = printed(request.app.state.installation, draft)
    headers = {
        POSITION: str(draft.size),
        "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        "Content-Disposition": f'inline; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        **CACHING,
    }
    if is_known(request, headers["ETag"]):
        return Response(None, 304, headers)
    return Response(content, media_type=XLSX if draft.sheet else PDF, headers=headers)


def _plain(name: str) -> str:
    return "".join(one for one in name if one.isascii() and (one.isalnum() or one == "-"))
