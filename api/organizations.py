"""/organizations"""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.commands import command_router, identify
from api.exports import FormatParameter, listing
from api.histories import History, HistoryPaging, history
from api.reading import ObjectName, Paging, When, found, json, reader
from domain.organization import Organization, OrganizationKind
from domain.texts import Slug, Title
from domain.values import Value, model_of
from projections import organizations
from projections.organizations import ROWS, OrganizationView, organization_view


class OrganizationPage(Value, frozen=True, kw_only=True):
    """A page of organizations."""

    items: tuple[OrganizationView, ...]
    next: str | None


class OrganizationList(Paging):
    """Which organizations, in which order."""

    kind: OrganizationKind | None = None
    sector: Slug | None = None
    state: Literal["registered", "merged", "dissolved"] | None = None
    identifier: Annotated[Title | None, Field(description="Scheme and id, such as `PE-RUC:20131370645`.")] = None
    territory: Annotated[Title | None, Field(description="System and code, such as `PE-UBIGEO-INEI:0807`.")] = None
    q: Annotated[Title | None, Field(description="Words of the names or the code, without accents.")] = None
    sort: Literal["recorded", "name", "code", "-recorded", "-name", "-code"] = "recorded"
    format: FormatParameter = "json"


router = APIRouter()
router.include_router(command_router(Organization, "/organizations", organizations.find))
reads = APIRouter(prefix="/organizations", tags=["Organization"])


@reads.get("", response_model=model_of(OrganizationPage), operation_id="organization.list")
def index(request: Request, who: MayRead, asked: Annotated[OrganizationList, Query()]) -> Response:
    """List organizations."""
    filters = {n: getattr(asked, n) for n in ("kind", "sector", "state", "identifier", "territory", "q")}
    return listing(
        request,
        who,
        asked,
        rows=ROWS,
        order=organizations.ORDERS[asked.sort.removeprefix("-")],
        where=lambda _: organizations.filters(**filters),
        shown=lambda row, read: organization_view(row, read.values([ROWS.decode(row.state).contact])),
    )


@reads.get("/{id}", response_model=model_of(OrganizationView), operation_id="organization.show")
def show(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show an organization by id or code."""
    with reader(request, who, when) as read:
        row = found("organization", id, read, organizations.find)
        shown = organization_view(row, read.values([ROWS.decode(row.state).contact]))
    return json(shown, read.moment.position, ETag=f'"{shown.version}"')


@reads.get("/{id}/history", response_model=model_of(History), operation_id="organization.history")
def show_history(request: Request, who: MayRead, id: ObjectName, paging: Annotated[HistoryPaging, Query()]) -> Response:
    """Show everything recorded of an organization, with corrections and voids."""
    return history(request, who, "organization", identify(request, Organization, id, organizations.find), paging)


router.include_router(reads)
