"""The moment that a read is about: what was known at a position, and what was true on a day."""

from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from domain.errors import Conflict, Invalid
from projections.times import at
from roundtable.store import log


class PositionAhead(Invalid):
    """A position that has not come yet cannot be asked about."""

    en = "{field} {position} lies ahead: the log ends at {head}. Leave it out to ask about everything known."
    es = "{field} {position} aún no existe: el registro termina en {head}. Omítalo para consultar todo lo conocido."


class TwoMoments(Invalid):
    """A read is about one moment of knowledge."""

    en = "{field} and {other} both say when it was known; send one of them."
    es = "{field} y {other} indican ambos cuándo se conocía; envíe uno de los dos."


class ReadModelBehind(Conflict):
    """A read model stopped at an error and has not caught up; what it does not know yet cannot be decided or read."""

    en = "The read model {read_model} stopped at position {stopped_at} of {head}. Try again when it has caught up."
    es = (
        "El modelo de lectura {read_model} se detuvo en la posición {stopped_at} de {head}. Intente cuando esté al día."
    )


class Moment(NamedTuple):
    """A resolved moment: everything up to a position, true on a day."""

    position: int
    day: date
    all_known: bool
    today: bool

    def selects(self, row: Any) -> sa.ColumnElement[bool]:
        """Select the steps of this moment."""
        return at(row, None if self.all_known else self.position, None if self.today else self.day.isoformat())


def resolve(
    connection: sa.Connection,
    today: date,
    *,
    as_of: datetime | None = None,
    at_position: int | None = None,
    valid_at: date | None = None,
    names: tuple[str, str] = ("as_of", "at_position"),
) -> Moment:
    """Return the moment that a request asks about; nothing given means everything known, true today.

    While a read model is set aside, everything known ends where it stopped. Refusals call the parameters by `names`.

    :raises TwoMoments: both `as_of` and `at_position` are given.
    :raises PositionAhead: the log has not come to `at_position`.
    :raises ReadModelBehind: the log has come to that moment, but a read model has not.
    """
    head, stopped, stopped_at = log.reach(connection)
    if as_of is not None and at_position is not None:
        raise TwoMoments(field=names[0], other=names[1])
    if at_position is not None and at_position > head:
        raise PositionAhead(field=names[1], position=at_position, head=head)
    last = head if stopped_at is None else stopped_at
    position = last if at_position is None else at_position
    if as_of is not None:
        position = log.position_at(connection, as_of.astimezone(UTC).isoformat(timespec="microseconds"))
    if position > last:
        raise ReadModelBehind(read_model=stopped, stopped_at=last, head=head)
    day = today if valid_at is None else valid_at
    return Moment(position, day, all_known=position == head, today=day >= today)
