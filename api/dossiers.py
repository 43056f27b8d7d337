"""What is handed over, and its rehearsal: /v1/transitions/{id}/dossier, /v1/administrations/{id}/rehearsal."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.access import MayRead
from api.exports import FormatParameter, as_csv
from api.reading import ObjectName, When, answer, found, reader
from domain.regimes import RegimeId
from domain.texts import Day
from domain.values import model_of
from projections import administrations, transitions
from projections.dossiers import Dossier, Rehearsal
from projections.dossiers.rehearsal import Gap
from roundtable.dossiers.reading import about, rehearsed
from roundtable.dossiers.reading import read as dossiers


class Rehearsed(When):
    """The day of the rehearsal, and under which rules."""

    cut_off: Annotated[Day | None, Field(description="The day as of which things would be handed over.")] = None
    regime: Annotated[RegimeId | None, Field(description="Left out: that of the planned handover or country.")] = None
    format: FormatParameter = "json"


router = APIRouter()


@router.get(
    "/v1/transitions/{id}/dossier",
    tags=["Transition"],
    response_model=model_of(Dossier),
    operation_id="transition.dossier",
)
def show_dossier(request: Request, who: MayRead, id: ObjectName, when: Annotated[When, Query()]) -> Response:
    """Show all that is handed over, section by section: as frozen, or while it is not, as it would be.

    :raises NoSuchRegime: the installation has lost the regime under which the handover was planned.
    """
    with reader(request, who, when) as read:
        row = found("transition", id, read, transitions.find)
        handover = about(read.connection, row, read.moment)
        shown = dossiers(read.connection, _folder(request), handover, read.moment)
    return answer(request, shown, read.moment.position)


@router.get(
    "/v1/administrations/{id}/rehearsal",
    tags=["Administration"],
    response_model=model_of(Rehearsal),
    operation_id="administration.rehearsal",
)
def show_rehearsal(request: Request, who: MayRead, id: ObjectName, asked: Annotated[Rehearsed, Query()]) -> Response:
    """Rehearse the handover of an administration: what the dossier would contain, what is missing, who must fill it.

    It needs no transition. With `format=csv` it is the list of what is missing.

    :raises NoSuchRegime: the installation has no regime of this name.
    """
    with reader(request, who, asked) as read:
        row = found("administration", id, read, administrations.find)
        shown = rehearsed(read.connection, _folder(request), row, read.moment, asked.cut_off, asked.regime)
    if asked.format == "csv":
        return as_csv("rehearsal", Gap, read.moment.position, [list(shown.gaps)])
    return answer(request, shown, read.moment.position)


def _folder(request: Request) -> str:
    return str(request.app.state.installation.settings.regimes)
