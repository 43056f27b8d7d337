"""Organizations: /v1/organizations."""

from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.commands import add_commands
from api.exports import FormatParameter, Listing, listing
from api.histories import add_history
from api.reading import ObjectName, Paging, When, answer, found, reader
from domain.organization import Organization, OrganizationKind
from domain.texts import Slug, Title
from domain.values import Value, model_of
from projections import organizations
from projections.moment import Moment
from projections.organizations import ORDERS, ROWS, OrganizationView, organization_view


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


router = APIRouter(prefix="/v1/organizations", tags=["Organization"])


def _where(asked: OrganizationList, _: Moment) -> list[sa.ColumnElement[bool]]:
    return organizations.filters(**OrganizationList.filters(asked))


def _shown(row: sa.Row[Any], _: Moment) -> OrganizationView:
    return organization_view(row, {})


LISTING = Listing(ROWS, ORDERS, _where, _shown, OrganizationView)


@router.get("", response_model=model_of(OrganizationPage), operation_id="organization.list")
def index(request: Request, who: MayRead, asked: Annotated[OrganizationList, Query()]) -> Response:
    """List organizations."""
    return listing(request, who, asked, LISTING)


@router.get("/{id}", response_model=model_of(OrganizationView), operation_id="organization.show")
def show(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show an organization by id or code."""
    with reader(request, who, when) as read:
        row = found("organization", id, read, organizations.find)
        [shown] = read.naming([_shown(row, read.moment)])
    return answer(request, shown, read.moment.position, version=shown.version)


add_history(router, Organization, organizations.find)
add_commands(router, Organization, organizations.find)
