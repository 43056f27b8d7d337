"""Participatory budgets and their lines: /v1/participatory-budgets and /v1/budget-lines."""

from itertools import islice
from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api import carrying_over
from api.access import MayRead
from api.commands import add_commands
from api.cursors import cut, write_cursor
from api.exports import FormatParameter, Listing, as_csv, asked_for, listing, resume
from api.histories import add_history
from api.reading import ObjectName, Paging, Reader, When, answer, found, reader
from domain.errors import Invalid
from domain.participatory_budget import ParticipatoryBudget
from domain.participatory_budget.types import Status
from domain.texts import Title
from domain.values import Value, model_of
from projections import participatory_budgets
from projections.budget_lines import BudgetLine, Lines, lines
from projections.moment import Moment
from projections.participatory_budgets import (
    ORDERS,
    ROWS,
    ParticipatoryBudgetItem,
    ParticipatoryBudgetView,
    participatory_budget_item,
    participatory_budget_view,
)
from roundtable.tokens import Caller


class VersionOfNoPlan(Invalid):
    """A version or an objective is a plan's."""

    en = "{field} says nothing without plan. Send plan too."
    es = "{field} no dice nada sin plan. Envíe también plan."


class ParticipatoryBudgetPage(Value, frozen=True, kw_only=True):
    """A page of participatory budgets."""

    items: tuple[ParticipatoryBudgetItem, ...]
    next: str | None


class BudgetLinePage(Value, frozen=True, kw_only=True):
    """A page of budget lines."""

    items: tuple[BudgetLine, ...]
    next: str | None


class ParticipatoryBudgetList(Paging):
    """Which participatory budgets, in which order."""

    municipality: UUID | None = None
    fiscal_year: Annotated[int | None, Field(ge=1990, le=2100)] = None
    state: Annotated[tuple[Status, ...], Field(max_length=7, description="In any of these phases.")] = ()
    plan: Annotated[UUID | None, Field(description="A proposal cites this plan.")] = None
    version: Annotated[int | None, Field(ge=1, le=10_000, description="In this version of `plan`.")] = None
    objective: Annotated[Title | None, Field(description="The code of an objective of `plan`.")] = None
    territory: Annotated[Title | None, Field(description="Of a proposal; a province has its districts' too.")] = None
    organization: Annotated[UUID | None, Field(description="It takes part, in whichever way.")] = None
    q: Annotated[Title | None, Field(description="Words of the code and of proposals, without accents.")] = None
    sort: Literal[
        "recorded", "code", "fiscal_year", "state", "-recorded", "-code", "-fiscal_year", "-state",
    ] = "recorded"  # fmt: skip
    format: FormatParameter = "json"


class LinesOfBudget(Paging):
    """Which lines of one budget."""

    plan: UUID | None = None
    version: Annotated[int | None, Field(ge=1, le=10_000, description="Of the plan that a line cites.")] = None
    objective: Annotated[Title | None, Field(description="The code of the objective that a line serves.")] = None
    administration: Annotated[
        UUID | None, Field(description="In office when the plan version was adopted that a line cites.")
    ] = None
    format: FormatParameter = "json"


class BudgetLineList(LinesOfBudget):
    """Which lines of all budgets."""

    municipality: UUID | None = None
    fiscal_year: Annotated[int | None, Field(ge=1990, le=2100)] = None


router = APIRouter(prefix="/v1/participatory-budgets", tags=["ParticipatoryBudget"])
of_all = APIRouter(tags=["ParticipatoryBudget"])


def _where(asked: ParticipatoryBudgetList, _: Moment) -> list[sa.ColumnElement[bool]]:
    return participatory_budgets.filters(**ParticipatoryBudgetList.filters(asked))


def _shown(row: sa.Row[Any], _: Moment) -> ParticipatoryBudgetItem:
    return participatory_budget_item(row)


LISTING = Listing(ROWS, ORDERS, _where, _shown, ParticipatoryBudgetItem)


@router.get("", response_model=model_of(ParticipatoryBudgetPage), operation_id="participatory-budget.list")
def index(request: Request, who: MayRead, asked: Annotated[ParticipatoryBudgetList, Query()]) -> Response:
    """List participatory budgets; with `plan`, those that used it."""
    for field in ("version", "objective"):
        if getattr(asked, field) is not None and asked.plan is None:
            raise VersionOfNoPlan(field=field)
    return listing(request, who, asked, LISTING)


@router.get("/{id}", response_model=model_of(ParticipatoryBudgetView), operation_id="participatory-budget.show")
def show(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show a participatory budget by id or code."""
    with reader(request, who, when) as read:
        row = found("participatory-budget", id, read, participatory_budgets.find)
        shown = participatory_budget_view(row)
    return answer(request, shown, read.moment.position, version=shown.version)


@router.get("/{id}/lines", response_model=model_of(BudgetLinePage), operation_id="participatory-budget.lines")
def show_lines(request: Request, who: MayRead, id: ObjectName, asked: Annotated[LinesOfBudget, Query()]) -> Response:
    """Show the lines of a participatory budget: which objective of which plan version, adopted by whom, each serves."""
    return _lines(request, who, asked, id)


@of_all.get("/v1/budget-lines", response_model=model_of(BudgetLinePage), operation_id="budget-line.list")
def index_lines(request: Request, who: MayRead, asked: Annotated[BudgetLineList, Query()]) -> Response:
    """List the lines of all participatory budgets: which serve which objective of which plan version, adopted by whom.

    Budgets come in the order in which they were recorded, their lines by priority, then what was given up.
    """
    return _lines(request, who, asked)


def _lines(request: Request, who: Caller | None, asked: LinesOfBudget, name: str | None = None) -> Response:
    digest = asked_for(f"lines of {name}", asked)
    paging, cursor = resume(asked, digest, int, request)
    with reader(request, who, paging) as read:
        which = _which(asked, read, name)
        after = (cursor.born, int(cursor.key)) if cursor else None
        there = lines(read.connection, read.moment, which, after)
        if asked.format == "csv":
            every = [placed.line for placed in there]
            return as_csv("budget-lines", BudgetLine, read.moment.position, [every])
        placed, last = cut(list(islice(there, asked.limit + 1)), asked.limit)
        more = None if last is None else write_cursor(digest, read.moment, last.sort, last.born)
        shown = BudgetLinePage(items=tuple(one.line for one in placed), next=more)
    return answer(request, shown, read.moment.position)


def _which(asked: LinesOfBudget, read: Reader, name: str | None) -> Lines:
    said = {field: getattr(asked, field, None) for field in Lines._fields if field != "budget"}
    row = found("participatory-budget", name, read, participatory_budgets.find) if name else None
    return Lines(budget=UUID(row.id) if row is not None else None, **said)


add_history(router, ParticipatoryBudget, participatory_budgets.find)
add_commands(router, ParticipatoryBudget, participatory_budgets.find)
router.routes.extend((*of_all.routes, carrying_over.ROUTE))
