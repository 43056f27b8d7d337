"""What the next session of a roundtable should deal with: what was left open, and what is still owed."""

from datetime import date
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from msgspec.structs import replace

from domain.commitment.types import OPEN
from domain.session.types import OVER, ItemOrigin, SessionState
from domain.values import Value
from projections import commitments
from projections.moment import Moment
from projections.sessions import of_roundtable


class ProposedItem(Value, frozen=True, kw_only=True):
    """A matter for the next agenda; `key`, `title` and `origin` can be sent as an agenda item as they are.

    `code` is that of the session or commitment it comes from, `path` the sessions before on whose agenda it was.
    """

    kind: Literal["open_item", "commitment"]
    key: str
    title: str
    origin: ItemOrigin
    code: str | None
    since: date
    path: tuple[ItemOrigin, ...]
    state: str | None = None
    deadline: date | None = None
    overdue: bool = False


class AgendaProposal(Value, frozen=True, kw_only=True):
    """What the next session of a roundtable should deal with."""

    roundtable: UUID
    items: tuple[ProposedItem, ...]
    position: int
    valid_at: date


def agenda_proposal(connection: sa.Connection, roundtable: UUID, moment: Moment) -> AgendaProposal:
    """Return the open items of past sessions, oldest first, then the open commitments, the most overdue first."""
    found = (*_open_items(connection, roundtable, moment), *_commitments(connection, roundtable, moment))
    return AgendaProposal(roundtable=roundtable, items=_distinct(found), position=moment.position, valid_at=moment.day)


def _open_items(connection: sa.Connection, roundtable: UUID, moment: Moment) -> tuple[ProposedItem, ...]:
    states = {id: state for id, _, state in of_roundtable(connection, roundtable, moment)}
    taken_up = {item.origin for state in states.values() for item in state.all_items if item.origin}
    return tuple(
        ProposedItem(
            kind="open_item",
            key=item.key,
            title=item.title,
            origin=origin,
            code=state.code,
            since=state.held_on,
            path=_path(states, item.origin),
        )
        for id, state in states.items()
        if state.status in OVER
        for item in state.open_items
        if (origin := ItemOrigin(session=id, item=item.key)) not in taken_up
    )


def _path(states: dict[UUID, SessionState], origin: ItemOrigin | None) -> tuple[ItemOrigin, ...]:
    """Return where an item came from, and where that came from, the first last."""
    path: list[ItemOrigin] = []
    while origin is not None and origin not in path:
        path.append(origin)
        before = states.get(origin.session) if origin.session else None
        origin = next((item.origin for item in before.all_items if item.key == origin.item), None) if before else None
    return tuple(path)


def _commitments(connection: sa.Connection, roundtable: UUID, moment: Moment) -> list[ProposedItem]:
    row = commitments.row
    query = sa.select(row.id, row.state).where(commitments.made_at(roundtable, moment), moment.selects(row))
    found = connection.execute(query.where(row.status.in_(sorted(OPEN))).order_by(row.deadline, row.born))
    proposed = []
    for one in found:
        state = commitments.ROWS.decode(one.state)
        late = state.deadline is not None and state.deadline < moment.day
        origin = ItemOrigin(commitment=UUID(one.id))
        proposed.append(
            ProposedItem(
                kind="commitment",
                key=state.code or one.id,
                title=state.title,
                origin=origin,
                code=state.code,
                since=state.began_on,
                path=(),
                state=state.status.value,
                deadline=state.deadline,
                overdue=late,
            )
        )
    return proposed


def _distinct(items: tuple[ProposedItem, ...]) -> tuple[ProposedItem, ...]:
    """Give items of different sessions different keys, so that they fit on one agenda."""
    used: set[str] = set()
    named = []
    for item in items:
        key, times = item.key, 1
        while key in used:
            times += 1
            mark = f" ({times})"
            key = item.key[: 60 - len(mark)] + mark
        used.add(key)
        named.append(replace(item, key=key))
    return tuple(named)
