"""Documents that people sign and print, as files: the same facts always give the same bytes."""

import hashlib
from typing import Annotated, Any, Literal, NamedTuple

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


class Paper(NamedTuple):
    """A document of a handover: the last part of its address, what it is, and what it says."""

    name: str
    kind: Kind
    says: str
    once_frozen: bool = False


PAPERS = (
    Paper(
        "dossier.pdf",
        "dossier",
        "Print the handover dossier: every section, from the frozen inventory; before that, as a draft.",
    ),
    Paper(
        "acta.pdf",
        "acta",
        "Print the acta of the handover: parties, what was delivered in what state, who signed, who refused and why.",
        once_frozen=True,
    ),
    Paper(
        "complementary-acta.pdf",
        "complementary",
        "Print the complementary acta: what is still observed or missing, and what changed since the cut-off.",
        once_frozen=True,
    ),
    Paper(
        "summary.pdf",
        "summary",
        "Print two pages at most: what is inherited, what is due and overdue, what nobody verifies, what to decide.",
    ),
    Paper("inventory.xlsx", "inventory", "Return the inventory as a spreadsheet, a sheet for each section."),
)


def add_paper(paper: Paper) -> None:
    """Let a document of handovers be printed."""

    def show(request: Request, who: MayRead, id: ObjectName, asked: Annotated[Printed, Query()]) -> Response:
        installation: Installation = request.app.state.installation
        with reader(request, who, asked) as read:
            row, regimes = found("transition", id, read, transitions.find), installation.settings.regimes
            draft = handover_draft(read.connection, regimes, row, read.moment, paper.kind, asked.language)
        return _file(request, draft, f"{paper.kind}-{_plain(id)}.{'xlsx' if draft.sheet else 'pdf'}")

    name = paper.name.replace(".", "-")
    show.__name__, show.__doc__ = name.replace("-", "_"), paper.says
    if paper.once_frozen:
        show.__doc__ += "\n\n:raises NoInventory: the inventory was not frozen by the moment asked about."
    router.get(
        f"/v1/transitions/{{id}}/{paper.name}",
        tags=["Transition"],
        operation_id=f"transition.{name}",
        response_class=Response,
        responses=_bytes(XLSX if paper.name.endswith(".xlsx") else PDF),
    )(show)


for one in PAPERS:
    add_paper(one)


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
