"""Commitments: /v1/commitments."""

from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.commands import add_commands
from api.exports import CapacityOfNobody, FormatParameter, Listing, listing
from api.histories import add_history
from api.holding import add_holders
from api.reading import ObjectName, Paging, When, answer, found, reader
from domain.commitment import Commitment
from domain.commitment.types import CommitmentKind, Status
from domain.texts import Slug, Title
from domain.values import Value, model_of
from projections import commitments
from projections.balances import Balance, balance
from projections.commitments import ORDERS, ROWS, Capacity, CommitmentView, commitment_view
from projections.moment import Moment

Gap = Literal["deadline", "follow_up_body", "verifier", "sector", "territory", "amount", "origin", "evidence"]
Waivable = Literal["deadline", "follow_up_body"]


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
    state: Annotated[tuple[Status, ...], Field(max_length=12, description="Any of these states.")] = ()
    kind: CommitmentKind | None = None
    part_of: Annotated[UUID | None, Field(description="Items of this announcement.")] = None
    session: Annotated[UUID | None, Field(description="Its origin names this session.")] = None
    minutes: Annotated[UUID | None, Field(description="Its origin names these minutes.")] = None
    participatory_budget: Annotated[UUID | None, Field(description="Its origin names this one.")] = None
    roundtable: Annotated[UUID | None, Field(description="Agreed there, or itemising what was.")] = None
    overdue: Annotated[bool | None, Field(description="Open after its deadline, on the day asked about.")] = None
    missing: Annotated[tuple[Gap, ...], Field(max_length=8, description="Neither filled in nor waived.")] = ()
    waived: Annotated[tuple[Waivable, ...], Field(max_length=2, description="Waived with a reason.")] = ()
    q: Annotated[Title | None, Field(description="Words of code, title or statement, without accents.")] = None
    sort: Literal[
        "recorded", "code", "title", "deadline", "amount", "state",
        "-recorded", "-code", "-title", "-deadline", "-amount", "-state",
    ] = "recorded"  # fmt: skip
    format: FormatParameter = "json"


router = APIRouter(prefix="/v1/commitments", tags=["Commitment"])


def _where(asked: CommitmentList, at: Moment) -> list[sa.ColumnElement[bool]]:
    where = commitments.filters(at.day, **CommitmentList.filters(asked, but="roundtable"))
    return [*where, *([commitments.made_at(asked.roundtable, at)] if asked.roundtable else [])]


def _shown(row: sa.Row[Any], at: Moment) -> CommitmentView:
    return commitment_view(row, at.day, {})


LISTING = Listing(ROWS, ORDERS, _where, _shown, CommitmentView)


@router.get("", response_model=model_of(CommitmentPage), operation_id="commitment.list")
def index(request: Request, who: MayRead, asked: Annotated[CommitmentList, Query()]) -> Response:
    """List commitments."""
    if asked.capacity and not asked.organization:
        raise CapacityOfNobody(field="capacity", capacity=asked.capacity)
    return listing(request, who, asked, LISTING)


@router.get("/{id}", response_model=model_of(CommitmentView), operation_id="commitment.show")
def show(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show a commitment by id or code."""
    with reader(request, who, when) as read:
        row = found("commitment", id, read, commitments.find)
        [shown] = read.naming([_shown(row, read.moment)])
    return answer(request, shown, read.moment.position, version=shown.version)


@router.get("/{id}/balance", response_model=model_of(Balance), operation_id="commitment.balance")
def show_balance(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show how an announcement and its items reconcile: headline, itemised, remainder, approved, executed."""
    with reader(request, who, when) as read:
        row = found("commitment", id, read, commitments.find)
        shown = balance(read.connection, row, read.moment)
    return answer(request, shown, read.moment.position)


add_history(router, Commitment, commitments.find)
add_holders(router, commitments.INHERITABLE, commitments.find)
add_commands(router, Commitment, commitments.find)
