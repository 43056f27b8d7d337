"""Differences between two moments: /v1/{collection}/difference and /v1/{collection}/{id}/difference.

One mechanism for every collection: a router with a `LISTING` and a list called `index` has its differences from here.
"""

from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Annotated, Any, NamedTuple, get_type_hints
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, create_model

from api import between
from api.access import MayRead
from api.between import Between, BetweenPaging
from api.changes import ChangedField, Difference, DifferencePage, ObjectDifference, as_lines, difference_view
from api.cursors import cut
from api.exports import CSV_PAGE, CapacityOfNobody, FormatParameter, Listing, as_csv, asked_for
from api.reading import ObjectName, Reader, answer, named
from domain.errors import ObjectNotFound
from domain.values import model_of
from projections import differences
from projections.differences import Found, Pair
from roundtable.store import log
from roundtable.tokens import Caller


class BetweenMoments(Between):
    """The difference of one object."""

    format: FormatParameter = "json"


class Collection(NamedTuple):
    """A collection: what it is called, its list, and what a difference of the list may be asked with."""

    name: str
    listing: Listing
    asked: type[BaseModel]

    @property
    def kind(self) -> str:
        """What its objects are called."""
        return self.listing.rows.name

    def found(self, read: Reader, moments: Pair, asked: Any, after: int, limit: int) -> list[Found]:
        """Return the next objects that the moments show differently."""
        where = Pair(*(self.listing.where(asked, at) for at in moments))
        return differences.page(read.connection, self.listing.rows, moments, where, after=after, limit=limit)

    def shown(self, read: Reader, moments: Pair, found: Iterable[Found]) -> list[Difference]:
        """Return what readers see of the differences of objects."""
        some = list(found)
        views = [
            Pair(*(row and self.listing.shown(row, at) for row, at in zip(f.rows, moments, strict=True))) for f in some
        ]
        named = iter(read.naming(view for pair in views for view in pair if view))
        views = [Pair(*(view and next(named) for view in pair)) for pair in views]
        events = differences.between(read.connection, [f.id for f in some], moments)
        return [difference_view(f, pair, events.get(f.id, [])) for f, pair in zip(some, views, strict=True)]


def collections(modules: Iterable[ModuleType]) -> Iterator[Collection]:
    """Yield the collections that routers hold."""
    for module in modules:
        if (listing := getattr(module, "LISTING", None)) is not None:
            name = module.router.prefix.rpartition("/")[2]
            yield Collection(name, listing, _asked(name, get_type_hints(module.index, include_extras=True)["asked"]))


def _asked(name: str, listed: Any) -> type[BaseModel]:
    """Return what a difference of a list may be asked with: its filters, and two moments."""
    model = listed.__origin__
    hints = get_type_hints(model, include_extras=True)
    filters: dict[str, Any] = {name: (hints[name], model.model_fields[name].default) for name in model.filters_of()}
    return create_model(f"{name.title()}Difference", __base__=BetweenPaging, __doc__=BetweenPaging.__doc__, **filters)


def router_of(modules: Iterable[ModuleType]) -> APIRouter:
    """Return the routes of the differences of all collections; they come before those that read an id."""
    router = APIRouter(prefix="/v1", tags=["Difference"])
    for of in collections(modules):
        for path, view, name, endpoint in (
            (f"/{of.name}/difference", DifferencePage, "list-difference", _list(of)),
            (f"/{of.name}/{{id}}/difference", ObjectDifference, "difference", _one(of)),
        ):
            about = f"{of.kind}.{name}"
            router.add_api_route(path, endpoint, methods=["GET"], response_model=model_of(view), operation_id=about)
    return router


def _list(of: Collection) -> Callable[..., Response]:
    model: Any = of.asked

    def difference(request: Request, who: MayRead, asked: Annotated[model, Query()]) -> Response:
        """Show what two moments show differently of a list: what came, went, entered or left it, and what changed.

        Listed is what is in the list (as filtered) at either moment and was changed by a fact, or is in it at one
        moment only. `matches_filter` tells at which; `events` which facts lie between.

        Qué difiere entre dos momentos de una lista: qué apareció o desapareció (`exists`), qué cumple el filtro en uno
        y no en el otro (`matches_filter`), qué campos cambiaron y qué hechos median.

        :raises NothingToCompare: it says nothing of the first moment.
        """
        return _listed(of, request, who, asked)

    return difference


def _listed(of: Collection, request: Request, who: Caller | None, asked: Any) -> Response:
    if getattr(asked, "capacity", None) and not asked.organization:
        raise CapacityOfNobody(field="capacity", capacity=asked.capacity)
    digest = asked_for(f"difference of {of.name}", asked)
    paging, after = between.resume(asked, digest)
    with between.reading(request, who, paging) as (read, moments):
        if asked.format == "csv":
            lines = _lines(of, request, who, between.fixed(asked, moments))
            return as_csv(f"difference-{of.name}", ChangedField, moments.after.position, lines)
        found, last = cut(of.found(read, moments, paging, after, asked.limit + 1), asked.limit)
        page = DifferencePage(
            from_=between.shown(moments.before),
            to=between.shown(moments.after),
            items=tuple(of.shown(read, moments, found)),
            next=None if last is None else between.write(digest, moments, last.born),
        )
    return answer(request, page, moments.after.position)


def _lines(of: Collection, request: Request, who: Caller | None, asked: Any) -> Iterator[list[ChangedField]]:
    after: int | None = 0
    while after is not None:
        with between.reading(request, who, asked) as (read, moments):
            found, last = cut(of.found(read, moments, asked, after, CSV_PAGE + 1), CSV_PAGE)
            shown = of.shown(read, moments, found)
        yield [line for item in shown for line in as_lines(item)]
        after = None if last is None else last.born


def _one(of: Collection) -> Callable[..., Response]:
    def difference(
        request: Request, who: MayRead, id: ObjectName, asked: Annotated[BetweenMoments, Query()]
    ) -> Response:
        """Show what two moments say differently of an object: whether it was there, fields that changed, facts between.

        What the calendar alone changes (overdue, in office) is shown too.

        Qué dicen de distinto dos momentos sobre un objeto: si existía (`exists`), qué campos cambiaron, con su valor
        anterior y posterior, y qué hechos median. También lo que cambia solo el calendario.

        :raises NothingToCompare: it says nothing of the first moment.
        :raises ObjectNotFound: the log knows no such object.
        """
        with between.reading(request, who, asked) as (read, moments):
            [shown] = of.shown(read, moments, [_named(of, read, moments, id)])
        position = moments.after.position
        if asked.format == "csv":
            return as_csv(f"difference-{shown.id}", ChangedField, position, [as_lines(shown)])
        content = ObjectDifference(
            from_=between.shown(moments.before),
            to=between.shown(moments.after),
            id=shown.id,
            code=shown.code,
            exists=shown.exists,
            changes=shown.changes,
            events=shown.events,
        )
        return answer(request, content, position)

    return difference


def _named(of: Collection, read: Reader, moments: Pair, name: str) -> Found:
    """Return an object by id, or by the code that it has at one of the moments, the later one first.

    :raises ObjectNotFound: the log knows no such object.
    """
    known, c = named(name), of.listing.rows.table.c
    for at in reversed(moments) if isinstance(known, str) and "code" in c else ():
        coded = sa.select(c.id).where(c.code == known, at.selects(c))
        if (id := read.connection.scalar(coded)) is not None:
            known = UUID(id)
            break
    recorded = log.rows_of(read.connection, known) if isinstance(known, UUID) else []
    if not recorded or recorded[0].aggregate != of.kind:
        raise ObjectNotFound(kind=of.kind, id=name)
    rows = differences.at_both(read.connection, of.listing.rows, moments, str(known))
    return Found(str(known), recorded[0].position, rows, rows)
