"""The sections of a dossier as lists of their own: /v1/transitions/{id}/dossier/…, in pages or as a file."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access import MayRead
from api.cursors import cut, write_cursor
from api.exports import FormatParameter, as_csv, asked_for, resume
from api.reading import ObjectName, Paging, Reader, answer, found, reader
from domain.values import Value, model_of
from projections import transitions
from projections.deadlines import Deadline
from projections.dossiers import Dossier
from projections.dossiers.agenda import Due
from projections.dossiers.catalogue import CatalogueLine
from projections.dossiers.decided_budgets import HeldBudget
from projections.dossiers.holdings import HeldCommitment
from projections.dossiers.open_observations import OpenObservation
from projections.dossiers.portfolio import HeldProject
from projections.dossiers.record_quality import Measured
from projections.dossiers.standing_plans import HeldPlan
from projections.kept import Kept
from roundtable.dossiers.reading import about
from roundtable.dossiers.reading import read as dossiers


class CommitmentsPage(Value, frozen=True, kw_only=True):
    """A page of the commitments that are handed over."""

    items: tuple[HeldCommitment, ...]
    next: str | None


class ProjectsPage(Value, frozen=True, kw_only=True):
    """A page of the projects that are handed over."""

    items: tuple[HeldProject, ...]
    next: str | None


class PlansPage(Value, frozen=True, kw_only=True):
    """A page of the plans in force that are handed over."""

    items: tuple[HeldPlan, ...]
    next: str | None


class BudgetsPage(Value, frozen=True, kw_only=True):
    """A page of the participatory budgets of this fiscal year and the next."""

    items: tuple[HeldBudget, ...]
    next: str | None


class DaysPage(Value, frozen=True, kw_only=True):
    """A page of what comes up."""

    items: tuple[Due, ...]
    next: str | None


class ObservationsPage(Value, frozen=True, kw_only=True):
    """A page of what was observed and not answered."""

    items: tuple[OpenObservation, ...]
    next: str | None


class QualityPage(Value, frozen=True, kw_only=True):
    """A page of how complete the record is."""

    items: tuple[Measured, ...]
    next: str | None


class CataloguePage(Value, frozen=True, kw_only=True):
    """A page of the catalogue of the regime."""

    items: tuple[CatalogueLine, ...]
    next: str | None


class DeadlinesPage(Value, frozen=True, kw_only=True):
    """A page of the deadlines of the regime."""

    items: tuple[Deadline, ...]
    next: str | None


class SectionList(Paging):
    """A page of a section."""

    format: FormatParameter = "json"


class Part(NamedTuple):
    """A section: the last part of its address, its page, what stands in it, and where the dossier has it."""

    name: str
    page: type[Value]
    view: type[Value]
    of: Callable[[Dossier], Sequence[Any]]
    says: str


PARTS = (
    Part("commitments", CommitmentsPage, HeldCommitment, lambda d: d.commitments.items, "the commitments"),
    Part("projects", ProjectsPage, HeldProject, lambda d: d.projects.items, "the projects"),
    Part("plans", PlansPage, HeldPlan, lambda d: d.plans.items, "the plans in force"),
    Part(
        "participatory-budgets", BudgetsPage, HeldBudget, lambda d: d.participatory_budgets.items,
        "the participatory budgets of this fiscal year and the next",
    ),
    Part(
        "first-hundred-days", DaysPage, Due, lambda d: d.first_hundred_days.items,
        "what comes up in the first hundred days of the incoming term",
    ),
    Part(
        "before-handover", DaysPage, Due, lambda d: d.first_hundred_days.before,
        "what comes up after the cut-off and before the incoming term",
    ),
    Part("observations", ObservationsPage, OpenObservation, lambda d: d.observations.items, "the open observations"),
    Part("quality", QualityPage, Measured, lambda d: d.quality.items, "how complete the record is"),
    Part("catalogue", CataloguePage, CatalogueLine, lambda d: d.catalogue, "the catalogue of the regime"),
    Part("deadlines", DeadlinesPage, Deadline, lambda d: d.deadlines, "the deadlines of the regime"),
)  # fmt: skip
_kept: Kept[int, Dossier] = Kept(4)
"""The pages of one section read the dossier once."""
router = APIRouter()


def add_section(part: Part) -> None:
    """Let a section of dossiers be asked for as a list of its own."""

    def show(request: Request, who: MayRead, id: ObjectName, asked: Annotated[SectionList, Query()]) -> Response:
        digest = asked_for(f"{part.name} of {id}", asked)
        paging, cursor = resume(asked, digest, int, request)
        with reader(request, who, paging) as read:
            items = part.of(_dossier(request, read, id))
        if asked.format == "csv":
            return as_csv(part.name, part.view, read.moment.position, [items])
        first = cursor.born if cursor else 0
        rows, last = cut(items[first : first + asked.limit + 1], asked.limit)
        more = None if last is None else write_cursor(digest, read.moment, 0, first + asked.limit)
        return answer(request, part.page(items=tuple(rows), next=more), read.moment.position)

    show.__doc__ = f"""List {part.says}, as in the dossier of a handover: as frozen, or as it would be.

    :raises NoSuchRegime: the installation has lost the regime under which the handover was planned.
    """
    router.get(
        f"/v1/transitions/{{id}}/dossier/{part.name}",
        tags=["Transition"],
        response_model=model_of(part.page),
        operation_id=f"transition.dossier-{part.name}",
    )(show)


def _dossier(request: Request, read: Reader, id: str) -> Dossier:
    row = found("transition", id, read, transitions.find)
    folder = str(request.app.state.installation.settings.regimes)
    handover = about(read.connection, row, read.moment)
    question, position = (row.id, read.moment.day, folder), read.moment.position
    return _kept.get(
        read.connection, question, position, lambda: dossiers(read.connection, folder, handover, read.moment)
    )


for one in PARTS:
    add_section(one)
