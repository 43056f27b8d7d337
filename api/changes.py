"""What readers see of a difference: what was there, what changed, and the facts between."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from api.between import MomentView
from domain.values import Value
from projections.differences import Found, Pair
from roundtable.store.recorder import Recorded

UNTOLD = {"id", "version"}
"""Fields of a view that say nothing of the object; that there are events between stands in `events`."""


class Both(Value, frozen=True, kw_only=True):
    """Whether something holds at the one moment and at the other."""

    before: bool
    after: bool


class Change(Value, frozen=True, kw_only=True):
    """A field as shown at the one moment and at the other; null where the object was not there."""

    field: str
    before: Any = None
    after: Any = None


class Cause(Value, frozen=True, kw_only=True):
    """An event that one of the moments knows, or has as true, and the other does not."""

    position: int
    topic: str
    occurred_on: date
    recorded_at: datetime
    actor: UUID
    correlation: UUID


class Difference(Value, frozen=True, kw_only=True):
    """What two moments say differently of an object of a list.

    Without `events`, only the calendar moved (something fell due, a term began), or another object changed.
    """

    id: UUID
    code: str | None
    exists: Both
    matches_filter: Both
    changes: tuple[Change, ...]
    events: tuple[Cause, ...]


class DifferencePage(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A page of what two moments show differently of a list."""

    from_: MomentView
    to: MomentView
    items: tuple[Difference, ...]
    next: str | None


class ObjectDifference(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """What two moments say differently of one object, what the calendar alone changes included."""

    from_: MomentView
    to: MomentView
    id: UUID
    code: str | None
    exists: Both
    changes: tuple[Change, ...]
    events: tuple[Cause, ...]


class ChangedField(Value, frozen=True, kw_only=True):
    """A line of a difference as a file: a field that changed, if one did, and the positions of the events between."""

    id: UUID
    code: str | None
    exists_before: bool
    exists_after: bool
    matches_before: bool
    matches_after: bool
    field: str | None
    before: Any
    after: Any
    positions: tuple[int, ...]


def difference_view(found: Found, views: Pair, events: Iterable[Recorded]) -> Difference:
    """Return the view of an object that two moments show differently."""
    names = Cause.__struct_fields__
    return Difference(
        id=UUID(found.id),
        code=getattr(views.after or views.before, "code", None),
        exists=_both(views),
        matches_filter=_both(found.matches),
        changes=_changes(views),
        events=tuple(msgspec.convert({name: getattr(row, name) for name in names}, Cause) for row in events),
    )


def _both(pair: Pair) -> Both:
    return Both(before=bool(pair.before), after=bool(pair.after))


def _changes(views: Pair) -> tuple[Change, ...]:
    before, after = (msgspec.to_builtins(view) if view else {} for view in views)
    differ = [name for name in before | after if before.get(name) != after.get(name)]
    return tuple(
        Change(field=name, before=before.get(name), after=after.get(name)) for name in differ if name not in UNTOLD
    )


def as_lines(item: Difference) -> Iterator[ChangedField]:
    """Yield the lines of a difference as a file; one where no field changed."""
    changed: tuple[Change | None, ...] = item.changes or (None,)
    for change in changed:
        yield ChangedField(
            id=item.id,
            code=item.code,
            exists_before=item.exists.before,
            exists_after=item.exists.after,
            matches_before=item.matches_filter.before,
            matches_after=item.matches_filter.after,
            field=change.field if change else None,
            before=change.before if change else None,
            after=change.after if change else None,
            positions=tuple(cause.position for cause in item.events),
        )
