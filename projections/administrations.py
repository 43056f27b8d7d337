"""Administrations as listed and shown: where one stands in its term is computed for the day asked about."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.administration import Administration
from domain.administration.facts import KnownTerm
from domain.administration.types import AdministrationState, Heading, Mandate, Standing, Term
from domain.types import Act
from domain.values import Value
from projections.base import Projection
from projections.codes import Coded
from projections.listing import folded, matching
from projections.moment import Moment
from projections.rows import Rows
from projections.times import at
from projections.views import view
from roundtable.store.columns import Day, Id


class AdministrationView(Value, frozen=True, kw_only=True):
    """An administration as a reader sees it on a day; `state` is where it stands in its term that day."""

    id: UUID
    version: int
    code: str | None
    state: Standing
    title: str
    titles: tuple[Heading, ...]
    institution: UUID
    term: Term
    original_until: date
    eve: date
    mandate: Mandate
    elected_on: date
    proclaimed_on: date | None
    proclamation: Act | None
    took_office_on: date | None
    predecessor: UUID | None
    re_elected: bool
    end_cause: str | None
    end_reason: str | None
    end_act: Act | None
    began_on: date
    illustrative: tuple[str, ...]


def _columns(state: AdministrationState) -> tuple[Any, ...]:
    return (
        state.code,
        str(state.institution),
        state.term.from_.isoformat(),
        state.term.until.isoformat(),
        str(state.predecessor) if state.predecessor else None,
        state.re_elected,
        folded(state.titles[0].text)[:200],
        folded(" ".join((state.code or "", *(title.text for title in state.titles)))),
    )


ROWS = Rows(
    "administration",
    AdministrationState,
    (
        sa.Column("code", sa.Text),
        sa.Column("institution", Id, nullable=False),
        sa.Column("term_from", Day, nullable=False),
        sa.Column("term_until", Day, nullable=False, comment="the first day after the term"),
        sa.Column("predecessor", Id),
        sa.Column("re_elected", sa.Boolean, nullable=False),
        sa.Column("title_key", sa.Text, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
    ),
    _columns,
    lambda _: (),
)
ROWS.index("code", "code", newest=True)
ROWS.index("institution", "institution", "term_from")
administrations = Projection(Administration, ROWS)
codes: Coded[AdministrationState] = Coded(ROWS)
find, holders, state_of = codes.find, codes.holders, codes.state_of
row = ROWS.table.c
ORDERS = {
    "recorded": row.born,
    "code": sa.func.coalesce(row.code, ""),
    "title": row.title_key,
    "from": row.term_from,
}


def eve(term: Term) -> date:
    """Return the last day before a term."""
    return term.from_ - timedelta(days=1)


def administration_view(found: sa.Row[Any], day: date) -> AdministrationView:
    """Return the view of a row on a day."""
    state: AdministrationState = ROWS.decode(found.state)
    return view(
        AdministrationView,
        state,
        id=UUID(found.id),
        version=found.version,
        state=state.term.standing(day),
        title=state.titles[0].text,
        eve=eve(state.term),
    )


def filters(
    day: date,
    *,
    institution: UUID | None = None,
    state: Iterable[Standing] = (),
    on: date | None = None,
    predecessor: UUID | None = None,
    re_elected: bool | None = None,
    q: str | None = None,
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a list on a day."""
    equal = ((row.institution, institution), (row.predecessor, predecessor))
    where = [column == str(value) for column, value in equal if value]
    if on:
        where.append(_in_office(on))
    if re_elected is not None:
        where.append(row.re_elected.is_(re_elected))
    today = day.isoformat()
    stands = {"elected": row.term_from > today, "in_office": _in_office(day), "ended": row.term_until <= today}
    if wanted := [stands[name] for name in state]:
        where.append(sa.or_(*wanted))
    return where + (matching(row.search, q) if q else [])


def _in_office(day: date) -> sa.ColumnElement[bool]:
    return sa.and_(row.term_from <= day.isoformat(), row.term_until > day.isoformat())


def of_institutions(
    connection: sa.Connection, institutions: Iterable[UUID], moment: Moment
) -> list[tuple[UUID, AdministrationState]]:
    """Return the administrations of institutions at a moment, in the order of their terms."""
    query = sa.select(row.id, row.state).where(row.institution.in_([str(id) for id in institutions]))
    found = connection.execute(query.where(moment.selects(row)).order_by(row.term_from, row.born))
    return [(UUID(one.id), ROWS.decode(one.state)) for one in found]


def terms(
    connection: sa.Connection, institutions: Iterable[UUID], named: Iterable[UUID], own: UUID | None
) -> tuple[KnownTerm, ...]:
    """Return the terms of institutions, those of the named administrations, and those that follow one, as known now."""
    concerned = sa.or_(
        row.institution.in_([str(id) for id in institutions]),
        row.id.in_([str(id) for id in named]),
        row.predecessor == str(own or UUID(int=0)),
    )
    query = sa.select(row.id, row.state).where(concerned, at(row), row.id != str(own or UUID(int=0)))
    states = ((UUID(found.id), ROWS.decode(found.state)) for found in connection.execute(query.order_by(row.born)))
    return tuple(
        KnownTerm(id=id, institution=state.institution, term=state.term, predecessor=state.predecessor)
        for id, state in states
    )
