"""Transitions: /v1/transitions."""

from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.commands import add_commands
from api.cursors import cut, write_cursor
from api.exports import Exported, FormatParameter, Listing, as_csv, asked_for, listing, resume
from api.histories import add_history
from api.reading import ObjectName, Paging, Reader, When, answer, found, reader
from domain.administration.types import AdministrationState
from domain.errors import NotFound
from domain.regimes import Regime
from domain.texts import Title
from domain.transition import Transition
from domain.transition.types import Status, TransitionState
from domain.values import Value, model_of
from projections import administrations, inheritance, organizations, transitions
from projections.deadlines import NOT_COUNTED, Deadline, Deadlines, case, deadlines, steps
from projections.deliverables import AskedFor, Deliverables, deliverables
from projections.inheritance import Filters, InheritedItem, Span, Told
from projections.moment import Moment
from projections.rulebooks import regime_under
from projections.transitions import ORDERS, ROWS, FrozenInventory, TransitionView, Undecided, transition_view
from roundtable.dossiers.errors import NoInventory
from roundtable.regimes import ClosedDays


class NoIncoming(NotFound):
    """The transition had no incoming administration at the moment asked about."""

    en = "Transition {id} had no incoming administration by then. Use name-incoming, or ask about a later moment."
    es = "La transferencia {id} no tenía gestión entrante. Use name-incoming o consulte un momento posterior."


class TransitionPage(Value, frozen=True, kw_only=True):
    """A page of transitions."""

    items: tuple[TransitionView, ...]
    next: str | None


class TransitionList(Paging):
    """Which transitions, in which order."""

    administration: Annotated[UUID | None, Field(description="The outgoing or the incoming one.")] = None
    outgoing: UUID | None = None
    incoming: UUID | None = None
    state: Annotated[tuple[Status, ...], Field(max_length=12, description="Any of these states.")] = ()
    q: Annotated[Title | None, Field(description="Words of the code.")] = None
    sort: Literal["recorded", "code", "state", "-recorded", "-code", "-state"] = "recorded"
    format: FormatParameter = "json"


class ItemList(Paging):
    """A page of items."""

    format: FormatParameter = "json"


router = APIRouter(prefix="/v1/transitions", tags=["Transition"])


def _where(asked: TransitionList, _: Moment) -> list[sa.ColumnElement[bool]]:
    return transitions.filters(**TransitionList.filters(asked))


def _shown(row: sa.Row[Any], _: Moment) -> TransitionView:
    return transition_view(row)


LISTING = Listing(ROWS, ORDERS, _where, _shown, TransitionView)


@router.get("", response_model=model_of(TransitionPage), operation_id="transition.list")
def index(request: Request, who: MayRead, asked: Annotated[TransitionList, Query()]) -> Response:
    """List transitions."""
    return listing(request, who, asked, LISTING)


@router.get("/{id}", response_model=model_of(TransitionView), operation_id="transition.show")
def show(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show a transition by id or code."""
    with reader(request, who, when) as read:
        shown = transition_view(found("transition", id, read, transitions.find))
    return answer(request, shown, read.moment.position, version=shown.version)


class _Page:
    """A page of inherited items of a transition, whatever moment they are about."""

    def __init__(self, request: Request, name: str, asked: Paging) -> None:
        self.digest, self.limit = asked_for(name, asked), asked.limit
        self.paging, self.cursor = resume(asked, self.digest, int, request)

    def read(self, read: Reader, span: Span, which: Filters, told: Told) -> dict[str, Any]:
        """Return the items of the page, and where it goes on."""
        after = (int(self.cursor.key), self.cursor.born) if self.cursor else None
        rows = inheritance.page(read.connection, span, which, after=after, limit=self.limit + 1)
        some, last = cut(rows, self.limit)
        more = None if last is None else write_cursor(self.digest, read.moment, last.sort, last.born)
        return {"items": tuple(inheritance.item(row, span, told) for row in some), "next": more}


@router.get("/{id}/inventory", response_model=model_of(FrozenInventory), operation_id="transition.inventory")
def show_inventory(request: Request, who: MayRead, id: ObjectName, asked: Annotated[ItemList, Query()]) -> Response:
    """Show the frozen inventory: what the institution stood in, as known and true when it was frozen.

    :raises NoInventory: it was not frozen by the moment asked about.
    """
    page = _Page(request, f"inventory of {id}", asked)
    with reader(request, who, page.paging) as read:
        row = found("transition", id, read, transitions.find)
        state: TransitionState = ROWS.decode(row.state)
        if state.inventory is None:
            raise NoInventory(id=id)
        frozen = state.inventory
        span = transitions.frozen(frozen.institution, frozen.position, frozen.cut_off)
        told = Told(inherited_from=state.outgoing)
        if asked.format == "csv":
            items = list(inheritance.everything(read.connection, span, told=told))
            return as_csv("inventory", InheritedItem, read.moment.position, [items])
        shown = FrozenInventory(
            transition=UUID(row.id),
            position=frozen.position,
            cut_off=frozen.cut_off,
            digest=frozen.digest,
            counts=frozen.counts,
            **page.read(read, span, Filters(), told),
        )
    return answer(request, shown, read.moment.position)


@router.get("/{id}/undecided", response_model=model_of(Undecided), operation_id="transition.undecided")
def show_undecided(request: Request, who: MayRead, id: ObjectName, asked: Annotated[ItemList, Query()]) -> Response:
    """Show what the incoming administration inherited and has not decided on.

    :raises NoIncoming: nobody had named the incoming administration by the moment asked about.
    """
    page = _Page(request, f"undecided of {id}", asked)
    with reader(request, who, page.paging) as read:
        row = found("transition", id, read, transitions.find)
        state: TransitionState = ROWS.decode(row.state)
        incoming = state.incoming and administrations.find(read.connection, state.incoming, read.moment)
        if not incoming:
            raise NoIncoming(id=id)
        cut_off = transitions.cut_off(state)
        span = inheritance.span(administrations.ROWS.decode(incoming.state), read.moment, cut_off)
        told = Told(inherited_from=state.outgoing)
        which = Filters(but=frozenset(decision.item.id for decision in state.decisions))
        if asked.format == "csv":
            items = list(inheritance.everything(read.connection, span, which, told))
            return as_csv("undecided", InheritedItem, read.moment.position, [items])
        shown = Undecided(
            transition=UUID(row.id),
            decided=len(state.decisions),
            totals=inheritance.totals(read.connection, span, which),
            **page.read(read, span, which, told),
        )
    return answer(request, shown, read.moment.position)


@router.get("/{id}/deadlines", response_model=model_of(Deadlines), operation_id="transition.deadlines")
def show_deadlines(request: Request, who: MayRead, id: ObjectName, asked: Annotated[Exported, Query()]) -> Response:
    """Show what is due by when under the regime of the handover, and what follows when a day passes.

    :raises NoSuchRegime: the installation has lost the regime under which the handover was planned.
    """
    with reader(request, who, asked) as read:
        transition, state, regime = _with_rules(request, read, id)
        outgoing, incoming = (_administration(read, id) for id in (state.outgoing, state.incoming))
        about = case(state, outgoing, incoming, _kind(read, outgoing))
        moment = read.moment
    items = deadlines(regime, ClosedDays(regime), steps(state, outgoing, incoming), moment.day, about)
    if asked.format == "csv":
        return as_csv("deadlines", Deadline, moment.position, [items])
    shown = Deadlines(
        transition=transition,
        regime=regime.id,
        name=regime.name,
        valid_at=moment.day,
        position=moment.position,
        note=NOT_COUNTED,
        items=items,
    )
    return answer(request, shown, moment.position)


@router.get("/{id}/deliverables", response_model=model_of(Deliverables), operation_id="transition.deliverables")
def show_deliverables(request: Request, who: MayRead, id: ObjectName, asked: Annotated[Exported, Query()]) -> Response:
    """Show which documents the regime of the handover asks for, and which of them were filed.

    :raises NoSuchRegime: the installation has lost the regime under which the handover was planned.
    """
    with reader(request, who, asked) as read:
        transition, state, regime = _with_rules(request, read, id)
        moment = read.moment
    items = deliverables(regime, state)
    if asked.format == "csv":
        return as_csv("deliverables", AskedFor, moment.position, [items])
    shown = Deliverables(
        transition=transition,
        regime=regime.id,
        name=regime.name,
        valid_at=moment.day,
        position=moment.position,
        missing=sum(one.filed_on is None for one in items),
        items=items,
    )
    return answer(request, shown, moment.position)


def _administration(read: Reader, id: UUID | None) -> AdministrationState | None:
    row = administrations.find(read.connection, id, read.moment) if id else None
    return administrations.ROWS.decode(row.state) if row else None


def _with_rules(request: Request, read: Reader, id: str) -> tuple[UUID, TransitionState, Regime]:
    """Return a transition with the regime as it read when the transition was planned."""
    row = found("transition", id, read, transitions.find)
    state: TransitionState = ROWS.decode(row.state)
    folder = str(request.app.state.installation.settings.regimes)
    return UUID(row.id), state, regime_under(read.connection, folder, UUID(row.id), state.regime)


def _kind(read: Reader, outgoing: AdministrationState | None) -> str | None:
    row = organizations.find(read.connection, outgoing.institution, read.moment) if outgoing else None
    return organizations.ROWS.decode(row.state).kind if row else None


add_history(router, Transition, transitions.find)
add_commands(router, Transition, transitions.find)
