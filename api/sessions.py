"""Sessions: /v1/sessions, and what the next one of a roundtable should deal with."""

from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.commands import add_commands
from api.exports import FormatParameter, Listing, listing
from api.histories import add_history
from api.reading import ObjectName, Paging, When, answer, found, reader
from domain.session import Session
from domain.session.types import Modality, OutcomeType, SessionType, Status
from domain.texts import Day, Title
from domain.values import Value, model_of
from projections import roundtables, sessions
from projections.agendas import AgendaProposal, agenda_proposal
from projections.moment import Moment
from projections.sessions import ORDERS, ROWS, SessionDetail, SessionView, session_detail, session_view

Waivable = Literal["agenda", "previous_minutes"]


class SessionPage(Value, frozen=True, kw_only=True):
    """A page of sessions."""

    items: tuple[SessionView, ...]
    next: str | None


class SessionList(Paging):
    """Which sessions, in which order."""

    roundtable: Annotated[UUID | None, Field(description="Sessions of this roundtable.")] = None
    state: Annotated[tuple[Status, ...], Field(max_length=6, description="Any of these states.")] = ()
    type: SessionType | None = None
    modality: Modality | None = None
    held_from: Annotated[Day | None, Field(description="Held, or called for, this day or later.")] = None
    held_until: Annotated[Day | None, Field(description="Held, or called for, this day or earlier.")] = None
    organization: Annotated[UUID | None, Field(description="It was represented there.")] = None
    responsible: Annotated[UUID | None, Field(description="An outcome names it as responsible.")] = None
    commitment: Annotated[UUID | None, Field(description="It was on the agenda.")] = None
    outcome: Annotated[OutcomeType | None, Field(description="With an outcome of this type.")] = None
    waived: Annotated[tuple[Waivable, ...], Field(max_length=2, description="Waived with a reason.")] = ()
    q: Annotated[Title | None, Field(description="Words of code, place, agenda or outcomes, without accents.")] = None
    sort: Literal["recorded", "code", "held_on", "-recorded", "-code", "-held_on"] = "recorded"
    format: FormatParameter = "json"


router = APIRouter(prefix="/v1/sessions", tags=["Session"])


def _where(asked: SessionList, _: Moment) -> list[sa.ColumnElement[bool]]:
    return sessions.filters(**SessionList.filters(asked))


def _shown(row: sa.Row[Any], _: Moment) -> SessionView:
    return session_view(row)


LISTING = Listing(ROWS, ORDERS, _where, _shown, SessionView)


@router.get("", response_model=model_of(SessionPage), operation_id="session.list")
def index(request: Request, who: MayRead, asked: Annotated[SessionList, Query()]) -> Response:
    """List sessions."""
    return listing(request, who, asked, LISTING)


@router.get("/{id}", response_model=model_of(SessionDetail), operation_id="session.show")
def show(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show a session by id or code, with its quorum computed from the seats of the day and those present."""
    with reader(request, who, when) as read:
        shown = session_detail(read.connection, found("session", id, read, sessions.find), read.moment)
    return answer(request, shown, read.moment.position, version=shown.version)


def show_agenda_proposal(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show what the next session should deal with: items left open, and open commitments, each with its origin."""
    with reader(request, who, when) as read:
        row = found("roundtable", id, read, roundtables.find)
        shown = agenda_proposal(read.connection, UUID(row.id), read.moment)
    return answer(request, shown, read.moment.position)


add_history(router, Session, sessions.find)
add_commands(router, Session, sessions.find)
of_roundtable = APIRouter(prefix="/v1/roundtables", tags=["Roundtable"])
of_roundtable.get(
    "/{id}/agenda-proposal", response_model=model_of(AgendaProposal), operation_id="roundtable.agenda-proposal"
)(show_agenda_proposal)
router.routes.extend(of_roundtable.routes)
