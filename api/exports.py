"""Lists: a page as JSON, or the whole list as CSV."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
import sqlalchemy as sa
from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from pydantic import Field

from api.cursors import Cursor, CursorInvalid, cut, fingerprint, read_cursor, write_cursor
from api.reading import CACHING, Paging, Reader, When, answer, position_headers, reader
from domain.errors import Invalid
from domain.values import Value
from projections.listing import Order, page
from projections.moment import Moment
from projections.rows import Rows
from roundtable.tokens import Caller

FormatParameter = Annotated[Literal["json", "csv"], Field(description="`csv` is the whole list as a file.")]
CSV_PAGE = 200
OF_A_PAGE = {"limit", "cursor", "format"}
"""Parameters that say how a list is cut, not what is in it."""


class Exported(When):
    """The moment of a short list, which is read whole, as JSON or as a file."""

    format: FormatParameter = "json"


class CapacityOfNobody(Invalid):
    """A capacity is an organization's."""

    en = "{field} {capacity} says nothing without organization. Send organization too."
    es = "{field} {capacity} no dice nada sin organization. Envíe también organization."


class Listing(NamedTuple):
    """A list of one read model: its sort keys by name, its conditions on a day, and how a row is shown."""

    rows: Rows
    orders: Mapping[str, Any]
    where: Callable[[Any, Moment], list[sa.ColumnElement[bool]]]
    shown: Callable[[sa.Row[Any], Moment], Any]
    view: type[Value]


class _Sorted(NamedTuple):
    """A list in the order asked for."""

    of: Listing
    asked: Any
    order: Order

    def read(self, read: Reader, after: Cursor | None, limit: int) -> Sequence[sa.Row[Any]]:
        """Return the next rows."""
        at, where = read.moment, self.of.where(self.asked, read.moment)
        mark = (after.key, after.born) if after else None
        return page(read.connection, self.of.rows, at, where, self.order, after=mark, limit=limit)

    def show(self, read: Reader, rows: Iterable[sa.Row[Any]]) -> list[Any]:
        """Return what readers see of rows."""
        return read.naming(self.of.shown(row, read.moment) for row in rows)


def listing(request: Request, who: Caller | None, asked: Any, of: Listing) -> Response:
    """Answer with a page of a list, or with the whole list as CSV.

    :raises CursorInvalid: the cursor is of another list.
    """
    order = Order(of.orders[asked.sort.removeprefix("-")], asked.sort.startswith("-"))
    wanted = _Sorted(of, asked, order)
    if asked.format == "csv":
        return _whole(request, who, wanted)
    digest = asked_for(of.rows.name, asked)
    paging, cursor = resume(asked, digest, order.key.type.python_type, request)
    with reader(request, who, paging) as read:
        try:
            rows, last = cut(wanted.read(read, cursor, asked.limit + 1), asked.limit)
        except sa.exc.DataError:
            if cursor is None:
                raise
            raise CursorInvalid(field="cursor") from None  # its key is none that the column could hold
        items = wanted.show(read, rows)
        more = None if last is None else write_cursor(digest, read.moment, last.sort, last.born)
    return answer(request, {"items": items, "next": more}, read.moment.position)


def asked_for(name: str, asked: Paging) -> str:
    """Return a digest of what is asked for, however the list is cut into pages."""
    about = asked.model_dump(mode="json", exclude=OF_A_PAGE)
    return fingerprint(name, sorted(about.items()))


def resume(asked: Any, digest: str, key: type[Any], request: Request) -> tuple[Any, Cursor | None]:
    """Return the paging at the moment that its cursor began at, and the cursor.

    :raises CursorInvalid: the cursor is of another list.
    """
    if asked.cursor is None:
        return asked, None
    cursor = read_cursor(asked.cursor, digest, key)
    today = request.app.state.installation.settings.today()
    moved = {"at_position": cursor.position, "as_of": None, "valid_at": cursor.day if cursor.day != today else None}
    return asked.model_copy(update=moved), cursor


def _whole(request: Request, who: Caller | None, wanted: _Sorted) -> Response:
    with reader(request, who, wanted.asked) as read:
        at = read.moment
    moment = {"at_position": at.position, "as_of": None, "valid_at": None if at.today else at.day}
    fixed = wanted.asked.model_copy(update=moment)

    def pages() -> Iterator[list[Any]]:
        after: Cursor | None = None
        while True:
            with reader(request, who, fixed) as read:
                rows, last = cut(wanted.read(read, after, CSV_PAGE + 1), CSV_PAGE)
                shown = wanted.show(read, rows)
            yield shown
            if last is None:
                return
            after = Cursor(at.position, at.day, last.sort, last.born)

    return as_csv(wanted.of.rows.name.removesuffix("s") + "s", wanted.of.view, at.position, pages())


def as_csv(name: str, view: type[Value], position: int, pages: Iterable[Iterable[Any]]) -> Response:
    """Answer with pages of views as one CSV file (RFC 4180), a page at a time."""

    def lines() -> Iterator[str]:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(view.__struct_encode_fields__)
        for views in pages:
            for shown in views:
                writer.writerow(map(_cell, msgspec.to_builtins(shown).values()))
            yield out.getvalue()
            out.seek(0)
            out.truncate()

    headers = {**position_headers(position), "Content-Disposition": f'attachment; filename="{name}.csv"', **CACHING}
    return StreamingResponse(lines(), media_type="text/csv; charset=utf-8; header=present", headers=headers)


def _cell(value: Any) -> Any:
    """Write lists and objects as JSON, and keep spreadsheets from running what looks like a formula."""
    if isinstance(value, dict | list | tuple):
        return msgspec.json.encode(value).decode()
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
