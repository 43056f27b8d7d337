"""What is due: who answers for it or follows it up, how late or how soon, and what nobody has dated or heard of."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.commitment import types as t
from domain.types import Money, decimals_of
from domain.values import Value
from projections import organizations
from projections.commitments import ROWS, row
from projections.listing import linked, place_of
from projections.moment import Moment
from projections.times import NEVER

By = Literal["responsible", "follow_up_body"]
Standing = Literal["overdue", "due_soon", "due_later", "without_deadline", "waived"]
LONG_AGO, FAR_AWAY = date.min, date.max


class Horizon(NamedTuple):
    """The day asked about, how far ahead something is due soon, and after how long a silence it is stale."""

    day: date
    within_days: int
    stale_days: int

    @property
    def soon(self) -> str:
        """The last day that is soon."""
        return (self.day + min(timedelta(days=self.within_days), FAR_AWAY - self.day)).isoformat()

    @property
    def silent_since(self) -> str:
        """The day before which the last fact of something stale lies."""
        return (self.day - min(timedelta(days=self.stale_days), self.day - LONG_AGO)).isoformat()


class DueTally(Value, frozen=True, kw_only=True):
    """How many commitments, and what they amount to, one sum for each currency; announcements have no amount."""

    count: int = 0
    amounts: tuple[Money, ...] = ()


class DueCounts(Value, frozen=True, kw_only=True):
    """Open promises by when they are due. `stale` ones, of which nothing was heard for long, are among the others."""

    open: DueTally
    overdue: DueTally
    due_soon: DueTally
    due_later: DueTally
    without_deadline: DueTally
    waived: DueTally
    stale: DueTally


class DueLine(DueCounts, frozen=True, kw_only=True):
    """What one organization answers for or follows up; without an organization, what nobody follows up.

    Joint commitments stand in full with each: lines are not to be added.
    """

    organization: UUID | None
    code: str | None
    name: str | None


class DueList(Value, frozen=True, kw_only=True):
    """What is due on a day, as known at a position: a line for each body, and all of it, each commitment once."""

    by: By
    within_days: int
    stale_days: int
    total: DueCounts
    lines: tuple[DueLine, ...]
    position: int
    valid_at: date


class DueItem(Value, frozen=True, kw_only=True):
    """A commitment that is still to be kept; `days` are left until its deadline, or less than none when it is past.

    `unchanged_since` is the day of the last fact about it, and `stale` that this lies longer ago than asked.
    """

    id: UUID
    code: str | None
    title: str
    state: str
    standing: Standing
    days: int | None
    original_deadline: date | None
    deadline: date | None
    deadline_waiver: str | None
    extensions: int
    unchanged_since: date
    stale: bool
    responsibles: tuple[UUID, ...]
    follow_up_body: UUID | None
    follow_up_waiver: str | None
    amount: Money | None
    part_of: UUID | None
    sector: str | None
    illustrative: tuple[str, ...]


def _standing(horizon: Horizon) -> sa.ColumnElement[str]:
    undated = row.deadline == NEVER
    return sa.case(
        (sa.and_(undated, place_of(row.links, "|waived:deadline|") > 0), "waived"),
        (undated, "without_deadline"),
        (row.deadline < horizon.day.isoformat(), "overdue"),
        (row.deadline <= horizon.soon, "due_soon"),
        else_="due_later",
    )


def _stale(horizon: Horizon) -> sa.ColumnElement[bool]:
    return row.valid_from < horizon.silent_since


def filters(
    horizon: Horizon,
    by: By,
    *,
    organization: UUID | None = None,
    sector: str | None = None,
    territory: str | None = None,
    standing: Iterable[str] = (),
    stale: bool | None = None,
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of what is due."""
    named = ((by, organization), ("sector", sector), ("territory", territory))
    where = [row.status.in_(sorted(t.DUE)), *(linked(ROWS, f"{name}:{value}") for name, value in named if value)]
    if wanted := list(standing):
        where.append(_standing(horizon).in_(wanted))
    if stale is not None:
        where.append(_stale(horizon) if stale else sa.not_(_stale(horizon)))
    return where


class _Sums:
    """Counts and minor units by standing and currency."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = defaultdict(int)
        self.units: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))

    def add(self, one: Any) -> None:
        for name in ("open", one.standing, *(["stale"] if one.stale else [])):
            self.counts[name] += one.commitments
            if one.currency is not None and one.amount is not None:
                self.units[name][one.currency] += int(one.amount)

    def shown(self) -> dict[str, DueTally]:
        return {name: self._tally(name) for name in DueCounts.__struct_fields__}

    def _tally(self, name: str) -> DueTally:
        sums = sorted(self.units[name].items()) if name in self.units else []
        amounts = (Money(amount=Decimal(n).scaleb(-decimals_of(currency)), currency=currency) for currency, n in sums)
        return DueTally(count=self.counts.get(name, 0), amounts=tuple(amounts))


def due(
    connection: sa.Connection,
    moment: Moment,
    horizon: Horizon,
    by: By,
    where: list[sa.ColumnElement[bool]],
    organization: UUID | None = None,
) -> DueList:
    """Return what is due at a moment, for each body, the one with most overdue first."""
    all_, bodies = _Sums(), defaultdict[str | None, _Sums](_Sums)
    for one in connection.execute(_summed(moment, horizon, where)):
        all_.add(one)
    for one in connection.execute(_by_body(moment, horizon, by, where)):
        if organization is None or one.body == str(organization):
            bodies[one.body].add(one)
    for one in connection.execute(_summed(moment, horizon, [*where, place_of(row.links, f"|{by}:") == 0])):
        bodies[None].add(one)
    named = _names(connection, [UUID(body) for body in bodies if body], moment)
    lines = [_line(body, sums, named) for body, sums in bodies.items()]
    return DueList(
        by=by,
        within_days=horizon.within_days,
        stale_days=horizon.stale_days,
        total=DueCounts(**all_.shown()),
        lines=tuple(sorted(lines, key=lambda line: (-line.overdue.count, line.name or "", str(line.organization)))),
        position=moment.position,
        valid_at=moment.day,
    )


def _line(body: str | None, sums: _Sums, named: dict[UUID, tuple[str | None, str]]) -> DueLine:
    id = UUID(body) if body else None
    code, name = named.get(id, (None, None)) if id else (None, None)
    return DueLine(organization=id, code=code, name=name, **sums.shown())


def _sums(horizon: Horizon) -> tuple[Any, ...]:
    counted = sa.func.count().label("commitments"), sa.func.sum(row.amount).label("amount")
    return (_standing(horizon).label("standing"), _stale(horizon).label("stale"), row.currency, *counted)


def _summed(moment: Moment, horizon: Horizon, where: list[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    """Select counts and sums, each commitment once."""
    query = sa.select(*_sums(horizon)).where(moment.selects(row), *where)
    return query.group_by(sa.literal_column("standing"), sa.literal_column("stale"), row.currency)


def _by_body(moment: Moment, horizon: Horizon, by: By, where: list[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    """Select counts and sums for each organization of a capacity; a link leads there only while it is in the row."""
    link, prefix = ROWS.link.c.link, f"{by}:"
    body = sa.func.substr(link, len(prefix) + 1).label("body")
    there = place_of(row.links, sa.literal("|").concat(link).concat("|")) > 0
    joined = ROWS.table.join(ROWS.link, sa.and_(ROWS.link.c.id == row.id, place_of(link, prefix) == 1, there))
    query = sa.select(body, *_sums(horizon)).select_from(joined).where(moment.selects(row), *where)
    return query.group_by(
        sa.literal_column("body"), sa.literal_column("standing"), sa.literal_column("stale"), row.currency
    )


def _names(connection: sa.Connection, ids: list[UUID], moment: Moment) -> dict[UUID, tuple[str | None, str]]:
    c = organizations.row
    query = sa.select(c.id, c.state).where(c.id.in_([str(id) for id in ids]), moment.selects(c))
    found = ((UUID(one.id), organizations.ROWS.decode(one.state)) for one in connection.execute(query))
    return {id: (state.code, state.name) for id, state in found}


def item(found: sa.Row[Any], horizon: Horizon) -> DueItem:
    """Return a commitment as an item of the list."""
    state: t.CommitmentState = ROWS.decode(found.state)
    last = date.fromisoformat(found.valid_from)
    return DueItem(
        id=UUID(found.id),
        code=state.code,
        title=state.title,
        state=state.status.value,
        standing=standing(state, horizon),
        days=(state.deadline - horizon.day).days if state.deadline else None,
        original_deadline=state.original_deadline,
        deadline=state.deadline,
        deadline_waiver=state.deadline_waiver,
        extensions=len(state.extensions),
        unchanged_since=last,
        stale=last.isoformat() < horizon.silent_since,
        responsibles=tuple(one.organization for one in state.responsibles),
        follow_up_body=state.follow_up_body,
        follow_up_waiver=state.follow_up_waiver,
        amount=state.ladder.current,
        part_of=state.part_of,
        sector=state.sector,
        illustrative=state.illustrative,
    )


def standing(state: t.CommitmentState, horizon: Horizon) -> Standing:
    """Tell how a commitment stands towards its deadline."""
    if state.deadline is None:
        return "waived" if state.deadline_waiver else "without_deadline"
    if state.deadline < horizon.day:
        return "overdue"
    return "due_soon" if state.deadline.isoformat() <= horizon.soon else "due_later"
