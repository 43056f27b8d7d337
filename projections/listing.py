"""Pages of a list: keyset pagination over the steps of one moment."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from projections.moment import Moment
from projections.rows import Rows


class place_of(GenericFunction[int]):  # noqa: N801 - the name of a function in SQL
    """The place of a text in another, nought where it is not there. LIKE would not see capitals in SQLite."""

    type = sa.Integer()
    inherit_cache = True


@compiles(place_of, "sqlite")
def _instr(function: Any, compiler: Any, **about: Any) -> str:
    return f"instr({compiler.process(function.clauses, **about)})"


@compiles(place_of, "postgresql")
def _strpos(function: Any, compiler: Any, **about: Any) -> str:
    return f"strpos({compiler.process(function.clauses, **about)})"


class Order(NamedTuple):
    """How a list is sorted: by a column, then by the order in which objects entered the log."""

    key: Any
    descending: bool = False


def page(
    connection: sa.Connection,
    rows: Rows,
    moment: Moment,
    where: Sequence[sa.ColumnElement[bool]],
    order: Order,
    *,
    after: tuple[Any, int] | None,
    limit: int,
) -> list[sa.Row[Any]]:
    """Return the next rows of a list after a sort key and a birth, with `sort` as their sort key."""
    c = rows.table.c
    query = sa.select(c.id, c.version, c.born, c.valid_from, c.state, order.key.label("sort"))
    query = query.where(moment.selects(c), *where).limit(limit)
    if not moment.all_known:
        query = query.where(c.born <= moment.position)  # always so; it leads planners to the index in this order
    if after is not None:
        key, born = after
        mark = sa.tuple_(order.key, c.born)
        bound = sa.tuple_(sa.literal(key, order.key.type), sa.literal(born, c.born.type))
        query = query.where(mark < bound if order.descending else mark > bound)
    directed = (order.key.desc(), c.born.desc()) if order.descending else (order.key, c.born)
    unique = order.key is c.born
    query = query.order_by(*(directed[:1] if unique else directed))
    return list(connection.execute(query))


def linked(rows: Rows, link: str) -> sa.ColumnElement[bool]:
    """Select steps that have a link; the link table leads to the few objects that ever had it."""
    ever = sa.select(rows.link.c.id).where(rows.link.c.link == link)
    return sa.and_(rows.table.c.id.in_(ever), place_of(rows.table.c.links, f"|{link}|") > 0)


@lru_cache(maxsize=4096)  # the steps of an object mostly have the same texts
def folded(text: str) -> str:
    """Return a text without accents or capitals, as lists are searched and sorted."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def matching(column: Any, words: str) -> list[sa.ColumnElement[bool]]:
    """Select rows whose folded text has every word, in any order, without accents."""
    return [place_of(column, word) > 0 for word in folded(words).split()]
