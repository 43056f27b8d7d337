"""The commitment matrix: imported from CSV as one decision, exported as the same file."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal

import msgspec
import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api import access
from api.access import MayRead
from api.bodies import MediaTypeUnsupported
from api.commands import identify
from api.exports import FormatParameter
from api.problems import language
from api.reading import CACHING, POSITION, ObjectName, When, must_be_single, reader
from domain.calendar import PartialDate
from domain.roundtable import Roundtable
from domain.texts import Reason, Title
from domain.values import model_of
from projections import roundtables
from projections.moment import Moment
from roundtable.matrix import Asked, Report, import_matrix
from roundtable.matrix.errors import MatrixRefused
from roundtable.matrix.exports import headers
from roundtable.matrix.files import written
from roundtable.matrix.pages import exported
from roundtable.tokens import Caller

CSV = "text/csv; charset=utf-8; header=present"
TABLE: dict[str, Any] = {"schema": {"type": "string"}}


class Importing(BaseModel):
    """What holds for all rows of an import."""

    model_config = ConfigDict(extra="forbid")
    dry_run: Annotated[bool, Field(description="Say what would become of each row, and record nothing.")] = False
    roundtable: Annotated[Title | None, Field(description="Where new rows that name no roundtable were made.")] = None
    occurred_on: Annotated[PartialDate | None, Field(description="The day of changes; today where left out.")] = None
    on_behalf_of: Annotated[Title | None, Field(description="The organization spoken for: code, id or name.")] = None
    reason: Annotated[Reason | None, Field(description="Why rows change what is recorded.")] = None
    format: FormatParameter = "json"


class Exporting(When):
    """Which matrix."""

    roundtable: Annotated[ObjectName | None, Field(description="Agreed there, or itemising what was.")] = None
    headers: Annotated[Literal["en", "es"], Field(description="The language of the first row.")] = "en"


router = APIRouter(prefix="/v1/commitments", tags=["Commitment"])


@router.get(
    "/matrix.csv",
    operation_id="commitment.matrix",
    response_class=Response,
    responses={200: {"content": {"text/csv": TABLE}}},
)
def export(request: Request, who: MayRead, asked: Annotated[Exporting, Query()]) -> Response:
    """Export the commitment matrix; importing the same file changes nothing."""
    with reader(request, who, asked) as read:
        at = read.moment
    table = identify(request, Roundtable, asked.roundtable, roundtables.find) if asked.roundtable else None
    installation = request.app.state.installation

    @contextmanager
    def opens() -> Iterator[tuple[sa.Connection, Moment]]:
        with installation.database.snapshot() as connection:
            yield connection, at._replace(all_known=False)

    lines = written(exported(opens, table), headers(asked.headers))
    about = {POSITION: str(at.position), "Content-Disposition": 'attachment; filename="matrix.csv"', **CACHING}
    return StreamingResponse(lines, media_type=CSV, headers=about)


@router.post(
    "/matrix",
    operation_id="commitment.import-matrix",
    response_model=model_of(Report),
    openapi_extra={"requestBody": {"required": True, "content": {"text/csv": TABLE}}},
)
async def import_(request: Request, caller: access.MayRecord, asked: Annotated[Importing, Query()]) -> Response:
    """Import a commitment matrix as one decision: all rows are recorded, or none.

    Rows are told apart by `code`: a new one is registered, a recorded one is amended, extended, assigned, reported or
    corrected where its cells differ; an empty cell says nothing. The report says what became of each row. Where a row
    is refused, the answer is `matrix-refused` with each refused row, column, value and reason.
    """
    media_type = request.headers.get("content-type", "")
    kind, _, more = media_type.lower().replace(" ", "").replace('"', "").partition(";")
    if kind != "text/csv" or ("charset=" in more and "charset=utf-8" not in more):
        raise MediaTypeUnsupported(field="Content-Type", media_type=media_type[:80] or "-", taken="text/csv")
    must_be_single(request, asked)
    return await run_in_threadpool(_import, request, caller, asked, await request.body())


def _import(request: Request, caller: Caller, asked: Importing, content: bytes) -> Response:
    said = Asked(**asked.model_dump(exclude={"format"}))
    report = import_matrix(request.app.state.installation, caller, content, said)
    if report.refused and not report.dry_run:
        errors = list(_errors(report, language(request)))
        raise MatrixRefused(refused=report.refused, rows=report.rows, errors=errors)
    about = {POSITION: str(report.position)}
    if asked.format == "csv":
        about["Content-Disposition"] = 'attachment; filename="report.csv"'
        return StreamingResponse(report.as_csv(), media_type=CSV, headers=about)
    return Response(msgspec.json.encode(report), 200, about, "application/json")


def _errors(report: Report, spoken: str) -> Iterator[dict[str, Any]]:
    for item in report.items:
        for why in item.refusals:
            message = why.es if spoken == "es" else why.en
            yield {"field": why.column, "message": message, "type": why.problem, "value": why.value} | {
                "row": item.row,
                "code": item.code,
            }
