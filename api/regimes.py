"""Regimes: /v1/regimes. They are files of the installation, not facts of the log."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.reading import answer
from domain.clocks import Backing, Words
from domain.regimes import Regime
from domain.transition.types import entry_of
from domain.values import Value, model_of
from roundtable.regimes import ClosedDays, decreed, regime_named, regimes


class CatalogueEntry(Value, frozen=True, kw_only=True):
    """A line of what is handed over. Commands name it as an item of kind `entry` with this id."""

    id: UUID
    key: str
    name: Words
    assembled_from: tuple[str, ...]
    backing: Backing


class RegimeView(Value, frozen=True, kw_only=True):
    """A regime with the ids of its catalogue entries."""

    regime: Regime
    entries: tuple[CatalogueEntry, ...]


class RegimeList(Value, frozen=True, kw_only=True):
    """Every regime of the installation."""

    items: tuple[RegimeView, ...]


class Holiday(Value, frozen=True, kw_only=True):
    """A day on which public offices are closed, and why."""

    day: date
    name: str


class Holidays(Value, frozen=True, kw_only=True):
    """The holidays of a year in the country of a regime."""

    regime: str
    year: int
    items: tuple[Holiday, ...]


RegimeName = Annotated[str, Path(max_length=60, pattern=r"^[a-z0-9-]+$")]
router = APIRouter(prefix="/v1/regimes", tags=["Regime"])


@router.get("", response_model=model_of(RegimeList), operation_id="regime.list")
async def index(request: Request) -> Response:
    """List the regimes: roles, deliverables, catalogues and clocks, each with its source and how sure that is."""
    return answer(request, RegimeList(items=tuple(map(_view, _known(request).values()))))


@router.get("/{name}", response_model=model_of(RegimeView), operation_id="regime.show")
async def show(request: Request, name: RegimeName) -> Response:
    """Show a regime."""
    return answer(request, _view(_named(request, name)))


@router.get("/{name}/holidays", response_model=model_of(Holidays), operation_id="regime.holidays")
async def holidays(
    request: Request, name: RegimeName, year: Annotated[int, Query(), Field(ge=1990, le=2100)]
) -> Response:
    """List the days of a year on which the clocks of a regime do not count business days, weekends apart."""
    regime = _named(request, name)
    days = dict(ClosedDays(regime).within(year))
    named = decreed(_folder(request)).get(regime.country or "", {})
    days |= {day: named.get(day, "-") for day in regime.closed if day.year == year and day not in days}
    items = tuple(Holiday(day=day, name=text) for day, text in sorted(days.items()))
    return answer(request, Holidays(regime=name, year=year, items=items))


def _folder(request: Request) -> str:
    return str(request.app.state.installation.settings.regimes)


def _known(request: Request) -> dict[str, Regime]:
    return dict(regimes(_folder(request)))


def _named(request: Request, name: str) -> Regime:
    return regime_named(_folder(request), name)


def _view(regime: Regime) -> RegimeView:
    entries = tuple(
        CatalogueEntry(
            id=entry_of(one.key).id,
            key=one.key,
            name=one.name,
            assembled_from=one.assembled_from,
            backing=one.backing,
        )
        for one in regime.catalogue
    )
    return RegimeView(regime=regime, entries=entries)
