"""Lists: a page as JSON, or the whole list as CSV."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

import msgspec
import sqlalchemy as sa
from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from pydantic import Field

from api.reading import POSITION, Paging, Reader, fingerprint, json, page_of, read_cursor, reader
from domain.values import Value
from projections.listing import Order, page
from projections.moment import Moment
from projections.rows import Rows
from roundtable.tokens import Caller

FormatParameter = Annotated[Literal["json", "csv"], Field(description="`csv` is the whole list as a file.")]
Shown = Callable[[sa.Row[Any], Reader], Value]
CSV_PAGE = 200


def listing(
    request: Request,
    who: Caller | None,
    asked: Any,
    *,
    rows: Rows,
    order: Any,
    where: Callable[[Moment], list[sa.ColumnElement[bool]]],
    shown: Shown,
) -> Response:
    """Answer with a page of a list, or with the whole list as CSV."""
    settings = request.app.state.installation.settings
    about = asked.model_dump(exclude={"limit", "cursor", "as_of", "at_position", "valid_at", "format"})
    digest = fingerprint(rows.name, sorted(about.items()))
    paging, cursor = read_cursor(asked, settings.today(), digest)
    direction = Order(order, asked.sort.startswith("-"))
    after = (cursor.key, cursor.born) if cursor else None
    if asked.format == "csv":
        return _csv(request, who, paging, rows, direction, where, shown)
    with reader(request, who, paging) as read:
        at = read.moment._replace(all_known=False) if cursor else read.moment
        found = page(read.connection, rows, at, where(at), direction, after=after, limit=asked.limit + 1)
        some, more = page_of(found, asked.limit, digest, read.moment)
        items = [shown(row, read) for row in some]
    return json({"items": items, "next": more}, read.moment.position)


def _csv(
    request: Request,
    who: Caller | None,
    paging: Paging,
    rows: Rows,
    order: Order,
    where: Callable[[Moment], Any],
    shown: Shown,
) -> Response:
    with reader(request, who, paging) as read:
        position = read.moment.position
    whole = paging.model_copy(update={"at_position": position, "as_of": None})

    def lines() -> Iterator[str]:
        after: tuple[Any, int] | None = None
        head = True
        while True:
            with reader(request, who, whole) as read:
                found = page(read.connection, rows, read.moment, where(read.moment), order, after=after, limit=CSV_PAGE)
                items = [msgspec.to_builtins(shown(row, read)) for row in found]
            yield _written(items, head=head)
            if len(found) < CSV_PAGE:
                return
            after, head = (found[-1].sort, found[-1].born), False

    headers = {POSITION: str(position), "Content-Disposition": f'attachment; filename="{rows.name}s.csv"'}
    return StreamingResponse(lines(), media_type="text/csv; charset=utf-8", headers=headers)


def _written(items: list[dict[str, Any]], *, head: bool) -> str:
    if not items:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(items[0]))
    if head:
        writer.writeheader()
    for item in items:
        writer.writerow({name: _cell(value) for name, value in item.items()})
    return out.getvalue()


def _cell(value: Any) -> Any:
    """Write lists and objects as JSON, and keep spreadsheets from running what looks like a formula."""
    if isinstance(value, dict | list | tuple):
        return msgspec.json.encode(value).decode()
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@"} else value
