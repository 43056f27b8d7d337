"""/commitments"""

from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.commands import command_router, identify
from api.exports import FormatParameter, listing
from api.histories import History, HistoryPaging, history
from api.reading import ObjectName, Paging, Reader, When, found, json, reader
from domain.commitment import Commitment
from domain.commitment.types import CommitmentKind, Status
from domain.texts import Slug, Title
from domain.values import Value, model_of
from projections import commitments
from projections.balances import Balance, balance
from projections.commitments import ROWS, Capacity, CommitmentView, commitment_view

Gap = Literal["deadline", "follow_up_body", "verifier", "sector", "territory", "amount", "origin", "evidence"]


class CommitmentPage(Value, frozen=True, kw_only=True):
    """A page of commitments."""

    items: tuple[CommitmentView, ...]
    next: str | None


class CommitmentList(Paging):
    """Which commitments, in which order."""

    organization: Annotated[UUID | None, Field(description="A party or follow-up body, in any capacity.")] = None
    capacity: Annotated[Capacity | None, Field(description="The capacity of `organization`.")] = None
    sector: Slug | None = None
    territory: Annotated[Title | None, Field(description="System and code; a province has its districts' too.")] = None
    state: Annotated[list[Status], Field(max_length=12, description="Any of these states.")] = []
    kind: CommitmentKind | None = None
    part_of: Annotated[UUID | None, Field(description="Items of this announcement.")] = None
    overdue: Annotated[bool | None, Field(description="Open after its deadline, on the day asked about.")] = None
    missing: Annotated[list[Gap], Field(max_length=8, description="Neither filled in nor waived.")] = []
    waived: Annotated[list[Literal["deadline", "follow_up_body"]], Field(max_length=2)] = []
    q: Annotated[Title | None, Field(description="Words of code, title or statement, without accents.")] = None
    sort: Literal[
        "recorded", "code", "title", "deadline", "amount", "state",
        "-recorded", "-code", "-title", "-deadline", "-amount", "-state",
    ] = "recorded"  # fmt: skip
    format: FormatParameter = "json"


FILTERS = (
    "organization",
    "capacity",
    "sector",
    "territory",
    "state",
    "kind",
    "part_of",
    "overdue",
    "missing",
    "waived",
    "q",
)
router = APIRouter()
router.include_router(command_router(Commitment, "/commitments", commitments.find))
reads = APIRouter(prefix="/commitments", tags=["Commitment"])


def _shown(row: sa.Row[Any], read: Reader) -> CommitmentView:
    return commitment_view(row, read.moment.day, read.values([ROWS.decode(row.state).contact]))


@reads.get("", response_model=model_of(CommitmentPage), operation_id="commitment.list")
def index(request: Request, who: MayRead, asked: Annotated[CommitmentList, Query()]) -> Response:
    """List commitments."""
    filters = {name: getattr(asked, name) for name in FILTERS}
    return listing(
        request,
        who,
        asked,
        rows=ROWS,
        order=commitments.ORDERS[asked.sort.removeprefix("-")],
        where=lambda at: commitments.filters(at.day, **filters),
        shown=_shown,
    )


@reads.get("/{id}", response_model=model_of(CommitmentView), operation_id="commitment.show")
def show(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show a commitment by id or code."""
    with reader(request, who, when) as read:
        row = found("commitment", id, read, commitments.find)
        shown = _shown(row, read)
    return json(shown, read.moment.position, ETag=f'"{shown.version}"')


@reads.get("/{id}/balance", response_model=model_of(Balance), operation_id="commitment.balance")
def show_balance(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show how an announcement and its items reconcile: headline, itemised, remainder, approved, executed."""
    with reader(request, who, when) as read:
        row = found("commitment", id, read, commitments.find)
        shown = balance(read.connection, row, read.moment)
    return json(shown, read.moment.position)


@reads.get("/{id}/history", response_model=model_of(History), operation_id="commitment.history")
def show_history(request: Request, who: MayRead, id: ObjectName, paging: Annotated[HistoryPaging, Query()]) -> Response:
    """Show everything recorded of a commitment, with corrections and voids."""
    return history(request, who, "commitment", identify(request, Commitment, id, commitments.find), paging)


router.include_router(reads)
