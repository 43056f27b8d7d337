"""A read model: the fold of one kind of aggregate, and its rows."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

import msgspec
import sqlalchemy as sa

from domain.aggregate import Aggregate
from domain.corrections import Entry
from projections.moment import ReadModelBehind
from projections.rows import Rows
from projections.timeline import Timeline
from roundtable.store import bulk, log
from roundtable.store.database import remembered
from roundtable.store.mapper import entry
from roundtable.store.tables import read_model

PAGE = 2000


class Projection:
    """A fold with a position: the same code follows every append, catches up in pages, and rebuilds."""

    def __init__(self, kind: type[Aggregate[Any]], rows: Rows) -> None:
        """Fold the events of a kind of aggregate into rows."""
        self.kind, self.rows, self.name = kind, rows, rows.name

    @cached_property
    def fingerprint(self) -> str:
        """A digest of the shape of the rows; rows of another shape must be rebuilt."""
        shape = msgspec.json.encode(msgspec.json.schema(self.kind.STATE), order="deterministic")
        columns = ",".join(f"{c.name}:{c.type}" for c in self.rows.table.columns)
        return hashlib.sha256(shape + columns.encode()).hexdigest()

    def follows(self, connection: sa.Connection) -> bool:
        """Tell whether the rows have all events."""
        known = remembered(connection)
        if "progress" not in known:
            known["progress"] = {row.name: row for row in connection.execute(sa.select(read_model))}
        found = known["progress"].get(self.name)
        return found is not None and found.position is None and found.fingerprint == self.fingerprint

    def must_follow(self, connection: sa.Connection) -> None:
        """Keep decisions off stale rows.

        :raises ReadModelBehind: the rows do not have all events.
        """
        if not self.follows(connection):
            found = connection.execute(_progress, {"name": self.name}).first()
            stopped_at = (found.position if found else None) or 0
            raise ReadModelBehind(read_model=self.name, stopped_at=stopped_at, head=log.head(connection))

    def apply(self, connection: sa.Connection, events: Sequence[tuple[str, Entry]]) -> None:
        """Fold the next events of the log into the rows of their objects."""
        remembered(connection).pop(self.name, None)
        added: dict[str, list[Entry]] = defaultdict(list)
        for id, new in events:
            added[id].append(new)
        timelines = {id: Timeline(self.kind.fold) for id in added}
        known = {id: timelines[id] for id, entries in added.items() if entries[0].event.originator_version > 1}
        born = self.rows.load_newest(connection, known) if known else {}
        late = {id: timelines[id] for id, entries in added.items() if not timelines[id].takes(entries)}
        if late:
            self.rows.load_in_force(connection, late)
        for id, timeline in late.items():
            timeline.stream = log.stream(connection, id, upto=added[id][0].position - 1)
            born.setdefault(id, (timeline.stream or added[id])[0].position)
        for id, entries in added.items():
            born.setdefault(id, entries[0].position)
            for new in entries:
                timelines[id].record(new)
        self.rows.save(connection, timelines, born)

    def rebuild(self, connection: sa.Connection) -> Iterator[int]:
        """Fold the whole log into empty rows; yield how many events are done, page by page."""
        table, link = self.rows.table, self.rows.link
        indexes = sorted((*table.indexes, *link.indexes), key=lambda index: str(index.name))
        for index in indexes:
            connection.execute(sa.schema.DropIndex(index, if_exists=True))
        connection.execute(table.delete())
        connection.execute(link.delete())
        done = 0
        for rows, links, count in self.folded(connection):
            bulk.insert(connection, table, rows)
            bulk.insert(connection, link, links)
            done += count
            yield done
        for index in indexes:
            connection.execute(sa.schema.CreateIndex(index))
        connection.exec_driver_sql(f"ANALYZE {table.name}")
        connection.exec_driver_sql(f"ANALYZE {link.name}")

    def folded(self, connection: sa.Connection) -> Iterator[tuple[list[tuple[Any, ...]], list[tuple[str, str]], int]]:
        """Yield the rows and links of all objects, many at a time, with the number of events folded."""
        rows: list[tuple[Any, ...]] = []
        links: list[tuple[str, str]] = []
        count = 0
        for id, timeline in self.timelines(connection):
            stream = timeline.stream or []
            rows += sorted(self.rows.new(id, timeline, stream[0].position))
            links += sorted(set(self.rows.new_links({id: timeline})))
            count += len(stream)
            if len(rows) > PAGE:
                yield rows, links, count
                rows, links, count = [], [], 0
        yield rows, links, count

    def timelines(self, connection: sa.Connection) -> Iterator[tuple[str, Timeline]]:
        """Yield every object with all its steps, folded from the log."""
        recorded: Iterable[Any] = log.object_by_object(connection, self.kind.TOPIC)
        for id, events in groupby(recorded, lambda row: row.originator_id):
            timeline = Timeline(self.kind.fold, stream=())
            for row in events:
                timeline.record(entry(row))
            yield id, timeline


_progress = sa.select(read_model.c.position, read_model.c.fingerprint).where(read_model.c.name == sa.bindparam("name"))
