"""The chain of holders of an object, for every kind that administrations inherit: …/{id}/holders."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access import MayRead
from api.exports import Exported, as_csv
from api.reading import Find, ObjectName, answer, found, reader
from domain.values import model_of
from projections.holders import Holder, Holders, holders
from projections.inheritable import Inheritable


def add_holders(router: APIRouter, source: Inheritable, find: Find) -> None:
    """Let the holders of objects of a kind be asked for."""

    @router.get("/{id}/holders", response_model=model_of(Holders), operation_id=f"{source.kind}.holders")
    def show_holders(request: Request, who: MayRead, id: ObjectName, asked: Annotated[Exported, Query()]) -> Response:
        """Show who held it since it began: each institution, in which capacity, under which administration.

        With where it stood on the first and the last of these days, and how it was passed on when a term ended.
        """
        with reader(request, who, asked) as read:
            row = found(source.kind, id, read, find)
            shown = holders(read.connection, source, UUID(row.id), read.moment)
        if asked.format == "csv":
            return as_csv(f"holders-{row.id}", Holder, read.moment.position, [shown.items])
        return answer(request, shown, read.moment.position)
