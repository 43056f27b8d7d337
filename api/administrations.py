"""Administrations: /v1/administrations."""

from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.commands import add_commands
from api.cursors import cut, write_cursor
from api.exports import FormatParameter, Listing, as_csv, asked_for, listing, resume
from api.histories import add_history
from api.reading import ObjectName, Paging, Reader, When, answer, found, reader
from domain.administration import Administration
from domain.administration.types import Standing
from domain.texts import Day, Slug, Title
from domain.values import Value, model_of
from projections import administrations, gone, handovers, inheritance
from projections.administrations import ORDERS, ROWS, AdministrationView, administration_view
from projections.gone import Gone
from projections.handovers import Answer, handover
from projections.inheritance import Filters, Inheritance, InheritedItem, Span
from projections.moment import Moment

Days = Annotated[int, Field(ge=1, le=3660, examples=[30])]
"""How many days back from a handover."""


class AdministrationPage(Value, frozen=True, kw_only=True):
    """A page of administrations."""

    items: tuple[AdministrationView, ...]
    next: str | None


class AdministrationList(Paging):
    """Which administrations, in which order."""

    institution: UUID | None = None
    state: Annotated[
        tuple[Standing, ...], Field(max_length=3, description="Any of these, on the day asked about.")
    ] = ()
    on: Annotated[Day | None, Field(description="In office on this day.")] = None
    predecessor: UUID | None = None
    re_elected: bool | None = None
    q: Annotated[Title | None, Field(description="Words of the titles or the code, without accents.")] = None
    sort: Literal["recorded", "code", "title", "from", "-recorded", "-code", "-title", "-from"] = "recorded"
    format: FormatParameter = "json"


class InheritanceList(Paging):
    """Which inherited items."""

    kind: Annotated[Slug | None, Field(description="Of this kind, such as `commitment`.")] = None
    capacity: Annotated[Slug | None, Field(description="In this capacity, such as `responsible`.")] = None
    state: Annotated[tuple[Slug, ...], Field(max_length=20, description="In any of these states now.")] = ()
    state_at_start: Annotated[tuple[Slug, ...], Field(max_length=20, description="In any of these on the eve.")] = ()
    changed: Annotated[bool | None, Field(description="Something was recorded for a day since the term began.")] = None
    changed_since_cut_off: Annotated[
        bool | None,
        Field(description="Differs from the frozen inventory of the transition; without one, from the eve."),
    ] = None
    overdue_at_start: Annotated[bool | None, Field(description="Open after its deadline on the eve.")] = None
    overdue: Annotated[bool | None, Field(description="Open after its deadline, on the day asked about.")] = None
    closed_before: Annotated[
        Days | None,
        Field(description="Closed on the eve and not yet so many days before the cut-off, else before the eve."),
    ] = None
    amended_before: Annotated[
        Days | None, Field(description="Amount, deadline or scope changed in so many last days up to the eve.")
    ] = None
    never_verified: Annotated[bool | None, Field(description="By the eve no other party had found it done.")] = None
    decision: Annotated[
        tuple[Answer, ...], Field(max_length=5, description="Any of these, in the transition to the administration.")
    ] = ()
    format: FormatParameter = "json"


class GonePage(Value, frozen=True, kw_only=True):
    """A page of what was frozen and is not inherited any more."""

    items: tuple[Gone, ...]
    next: str | None


class GoneList(Paging):
    """Which of it."""

    kind: Annotated[Slug | None, Field(description="Of this kind, such as `commitment`.")] = None
    capacity: Annotated[Slug | None, Field(description="In this capacity, such as `responsible`.")] = None
    format: FormatParameter = "json"


ASKED = tuple(name for name in InheritanceList.model_fields if name not in {*Paging.model_fields, "format", "decision"})
router = APIRouter(prefix="/v1/administrations", tags=["Administration"])


def _where(asked: AdministrationList, at: Moment) -> list[sa.ColumnElement[bool]]:
    return administrations.filters(at.day, **AdministrationList.filters(asked))


def _shown(row: sa.Row[Any], at: Moment) -> AdministrationView:
    return administration_view(row, at.day)


LISTING = Listing(ROWS, ORDERS, _where, _shown, AdministrationView)


@router.get("", response_model=model_of(AdministrationPage), operation_id="administration.list")
def index(request: Request, who: MayRead, asked: Annotated[AdministrationList, Query()]) -> Response:
    """List administrations."""
    return listing(request, who, asked, LISTING)


@router.get("/{id}", response_model=model_of(AdministrationView), operation_id="administration.show")
def show(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show an administration by id or code."""
    with reader(request, who, when) as read:
        shown = _shown(found("administration", id, read, administrations.find), read.moment)
    return answer(request, shown, read.moment.position, version=shown.version)


@router.get("/{id}/inheritance", response_model=model_of(Inheritance), operation_id="administration.inheritance")
def show_inheritance(
    request: Request, who: MayRead, id: ObjectName, asked: Annotated[InheritanceList, Query()]
) -> Response:
    """Show what an administration inherited: state on the eve of its term and now, in which capacity, from where.

    One item for each object and capacity, with what the administration decided of it in the transition, which changes
    nothing of the object. Before the term begins, it is what it would inherit. Totals are of all pages.
    """
    digest = asked_for(f"inheritance of {id}", asked)
    filters = Filters(**{name: getattr(asked, name) for name in ASKED})
    paging, cursor = resume(asked, digest, int, request)
    with reader(request, who, paging) as read:
        row = found("administration", id, read, handovers.find)
        state = ROWS.decode(row.state)
        known = handover(read.connection, UUID(row.id), state, read.moment)
        span, which = known.span, known.narrowed(filters, asked.decision)
        if asked.format == "csv":
            items = list(inheritance.everything(read.connection, span, which, known.told))
            return as_csv("inheritance", InheritedItem, read.moment.position, [items])
        after = (int(cursor.key), cursor.born) if cursor else None
        totals = inheritance.totals(read.connection, span, which)
        listed = inheritance.page(read.connection, span, which, after=after, limit=asked.limit + 1, known=totals)
        rows, last = cut(listed, asked.limit)
        shown = Inheritance(
            administration=UUID(row.id),
            institution=state.institution,
            term=state.term,
            at_start=span.start.day,
            valid_at=read.moment.day,
            position=read.moment.position,
            items=tuple(inheritance.item(row, span, known.told) for row in rows),
            totals=totals,
            next=None if last is None else write_cursor(digest, read.moment, last.sort, last.born),
            inherited_from=known.told.inherited_from,
            transition=known.transition,
            cut_off=span.cut_off.day if span.cut_off else None,
            **(_gone(read, span, which, asked) if asked.changed_since_cut_off else {}),
        )
    return answer(request, shown, read.moment.position)


def _gone(read: Reader, span: Span, which: Filters, asked: InheritanceList) -> dict[str, Any]:
    lost = () if asked.cursor else gone.page(read.connection, span, which, after=None, limit=asked.limit)
    found = tuple(gone.shown(read.connection, one, span) for one in lost)
    return {"gone": found, "gone_count": gone.count(read.connection, span, which)}


@router.get("/{id}/gone", response_model=model_of(GonePage), operation_id="administration.gone")
def show_gone(request: Request, who: MayRead, id: ObjectName, asked: Annotated[GoneList, Query()]) -> Response:
    """List what was frozen in the inventory and is not inherited any more, with the fact by which it left.

    It was voided, began later by what is known now, or the institution did not stand in it any more on the eve.
    """
    digest = asked_for(f"gone of {id}", asked)
    which = Filters(kind=asked.kind, capacity=asked.capacity)
    paging, cursor = resume(asked, digest, int, request)
    with reader(request, who, paging) as read:
        row = found("administration", id, read, administrations.find)
        span = handover(read.connection, UUID(row.id), ROWS.decode(row.state), read.moment).span
        after = (int(cursor.key), cursor.born) if cursor else None
        most = None if asked.format == "csv" else asked.limit + 1
        listed = gone.page(read.connection, span, which, after=after, limit=most)
        rows, last = (listed, None) if most is None else cut(listed, asked.limit)
        items = tuple(gone.shown(read.connection, one, span) for one in rows)
        if asked.format == "csv":
            return as_csv("gone", Gone, read.moment.position, [items])
        more = None if last is None else write_cursor(digest, read.moment, last.sort, last.born)
    return answer(request, GonePage(items=items, next=more), read.moment.position)


add_history(router, Administration, administrations.find)
add_commands(router, Administration, administrations.find)
