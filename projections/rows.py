"""The table of a read model: one row per step, and the statements that load and save them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from projections.timeline import Step, Timeline
from projections.times import OPEN, literal
from roundtable.store.columns import Day, Id, Position
from roundtable.store.tables import metadata

TIMES = ("recorded_from", "recorded_to", "valid_from", "valid_to", "replaced_at")
"""The columns that say at which moments a step is read."""
_encode = msgspec.json.Encoder(decimal_format="string").encode


DAYS = ("id", "valid_from", "valid_to", "recorded_from", "recorded_to", "replaced_at")
"""The columns of an index that leads to the step of an object on a day, past all its other steps."""


class Rows:
    """The steps of all objects of one kind, and the links by which they are found.

    `columns` maps a state to the values that queries filter, order or sum by. `links` yields what an object is
    connected with (`responsible:<id>`, `territory:<code>`): each step keeps its own in the column `links`, and the
    link table holds every link an object ever had, so that an index leads to the few steps worth reading.
    """

    def __init__(
        self,
        name: str,
        state: type[Any],
        columns: Sequence[sa.Column[Any]],
        copy: Callable[[Any], tuple[Any, ...]],
        links: Callable[[Any], Iterable[str]],
    ) -> None:
        """Define the two tables of a read model."""
        self.name, self.copy, self.links_of = name, copy, links
        self.decode: Callable[[str], Any] = msgspec.json.Decoder(state).decode
        self.table = sa.Table(
            name,
            metadata,
            sa.Column("id", Id, primary_key=True),
            sa.Column("recorded_from", Position, primary_key=True, autoincrement=False),
            sa.Column("valid_from", Day, primary_key=True),
            sa.Column("recorded_to", Position, nullable=False),
            sa.Column("valid_to", Day, nullable=False),
            sa.Column("replaced_at", Position, nullable=False),
            sa.Column("version", Position, nullable=False),
            sa.Column("born", Position, nullable=False, comment="first position of the object: the order of lists"),
            *columns,
            sa.Column("links", sa.Text, nullable=False),
            sa.Column("state", sa.Text, nullable=False),
        )
        self.link = sa.Table(
            f"{name}_link",
            metadata,
            sa.Column("link", sa.Text, primary_key=True),
            sa.Column("id", Id, primary_key=True),
            sa.Index(f"ix_{name}_link_id", "id"),
        )
        row = self.table.c
        ids = row.id.in_(sa.bindparam("ids", expanding=True))
        self._newest = sa.select(self.table).where(ids, row.recorded_to == literal(OPEN))
        self._in_force = sa.select(self.table).where(ids, row.replaced_at == literal(OPEN))
        self._in_force = self._in_force.order_by(row.valid_from, row.recorded_from)
        key = (row.id == sa.bindparam("of"), row.recorded_from == sa.bindparam("from_position"))
        self._end = self.table.update().where(*key, row.valid_from == sa.bindparam("from_day"))
        self._end = self._end.values({c: sa.bindparam(c) for c in ("recorded_to", "valid_to", "replaced_at")})
        enter = f"INSERT INTO {name}_link (link, id) VALUES (:link, :id) ON CONFLICT DO NOTHING"  # noqa: S608 - our own name
        self._enter = sa.text(enter).bindparams(sa.bindparam("id", type_=Id))
        self.index("newest", "id", newest=True, unique=True)
        self.index("now", "born", newest=True)
        self.index("past", "born", *TIMES)

    def index(self, name: str, *columns: str, newest: bool = False, unique: bool = False) -> None:
        """Add an index; a `newest` one holds only what is known now and true today."""
        only = self.table.c.recorded_to == literal(OPEN) if newest else None
        keys = [self.table.c[c] for c in columns]
        sa.Index(f"ix_{self.table.name}_{name}", *keys, unique=unique, sqlite_where=only, postgresql_where=only)

    def load_newest(self, connection: sa.Connection, timelines: Mapping[str, Timeline]) -> dict[str, int]:
        """Give each timeline its newest step; return the first position of each object that has one."""
        return self._load(timelines, connection.execute(self._newest, {"ids": list(timelines)}))

    def load_in_force(self, connection: sa.Connection, timelines: Mapping[str, Timeline]) -> dict[str, int]:
        """Give each timeline all its steps that are not replaced."""
        return self._load(timelines, connection.execute(self._in_force, {"ids": list(timelines)}))

    def _load(self, timelines: Mapping[str, Timeline], found: Iterable[sa.Row[Any]]) -> dict[str, int]:
        born = {}
        for timeline in timelines.values():
            timeline.steps.clear()
        for row in found:
            timelines[row.id].steps.append(self.step(row))
            born[row.id] = row.born
        return born

    def step(self, row: sa.Row[Any]) -> Step:
        """Return the step of a row."""
        times = (row.recorded_to, row.valid_to, row.replaced_at)
        return Step(row.recorded_from, row.valid_from, self.decode(row.state), row.version, *times, stored=True)

    def save(self, connection: sa.Connection, timelines: Mapping[str, Timeline], born: Mapping[str, int]) -> None:
        """Store new steps, the ends of stored ones, and new links."""
        ended = [
            {"of": id, "from_position": s.recorded_from, "from_day": s.valid_from}
            | {"recorded_to": s.recorded_to, "valid_to": s.valid_to, "replaced_at": s.replaced_at}
            for id, timeline in timelines.items()
            for s in timeline.all()
            if s.stored and s.changed
        ]
        if ended:
            connection.execute(self._end, ended)
        rows = [row for id, timeline in timelines.items() for row in self.new(id, timeline, born[id])]
        if rows:
            connection.execute(
                self.table.insert(), [dict(zip(self.table.columns.keys(), row, strict=True)) for row in rows]
            )
            self.add_links(connection, self.new_links(timelines))

    def add_links(self, connection: sa.Connection, pairs: Iterable[tuple[str, str]]) -> None:
        """Enter links that objects have not had before."""
        if wanted := sorted(set(pairs)):
            connection.execute(self._enter, [{"link": link, "id": id} for link, id in wanted])

    def new_links(self, timelines: Mapping[str, Timeline]) -> Iterator[tuple[str, str]]:
        """Yield the links of steps that are not stored yet, where they differ from the step before."""
        for id, timeline in timelines.items():
            before: set[str] = set()
            for step in timeline.all():
                links = set(self._links(step))
                if not step.stored:
                    for link in links - before:
                        yield link, id
                before = links

    def _links(self, step: Step) -> list[str]:
        if step.links is None:
            step.links = sorted(self.links_of(step.state))
        return step.links

    def new(self, id: str, timeline: Timeline, born: int) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of steps that are not stored yet, in the order of the table's columns."""
        for s in timeline.all():
            if not s.stored:
                times = (s.recorded_from, s.valid_from, s.recorded_to, s.valid_to, s.replaced_at)
                links = "|".join(("", *self._links(s), ""))
                yield id, *times, s.version, born, *self.copy(s.state), links, _encode(s.state).decode()
