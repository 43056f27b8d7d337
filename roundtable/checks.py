"""`roundtable check`: replay everything and compare it with what the database shows; name the first difference."""

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from domain.codec import UnreadableEvent
from projections import logs
from projections.base import Projection
from projections.rows import Rows
from projections.timeline import Timeline
from roundtable.installation import Installation
from roundtable.log import tiles
from roundtable.log.soundness import Soundness, Unsound
from roundtable.log.transparency import compare
from roundtable.store import log
from roundtable.store.mapper import entry, institutions
from roundtable.store.recorder import Recorded
from roundtable.store.tables import event
from roundtable.verify.notes import Key

Tell = Callable[[str, int, int], None]
OBJECTS = 500
"""Objects compared at once."""


class Finding(NamedTuple):
    """Something that is not as the log says, and where it stands."""

    where: str
    what: str


class Result(NamedTuple):
    """What a check looked at, and what it found first."""

    events: int
    objects: int
    rows: int
    finding: Finding | None


class Differs(Exception):
    """The check found something."""

    def __init__(self, where: str, what: str) -> None:
        """Name the place and the difference."""
        self.finding = Finding(where, what)
        super().__init__(f"{where}: {what}")


class Check:
    """One check of one installation, in one snapshot of its database."""

    def __init__(self, installation: Installation, tell: Tell = lambda *_: None) -> None:
        """Check an installation; `tell` is told what is being replayed, how much is done, and of how much."""
        self.installation, self.tell = installation, tell
        self.events = self.objects = self.rows = 0

    def run(self) -> Result:
        """Check the log, then every read model against it."""
        finding = None
        try:
            with self.installation.database.snapshot() as connection:
                total = log.head(connection)
                self._log(connection, total)
                _found_by_institution(connection)
                for projection in self.installation.projector.projections.values():
                    self._read_model(connection, projection, total)
                self._followers()
                self._signer(connection)
        except Differs as differs:
            finding = differs.finding
        except Unsound as unsound:
            finding = Finding(unsound.where, unsound.what)
        return Result(self.events, self.objects, self.rows, finding)

    def _followers(self) -> None:
        """Check that no read model was set aside."""
        for name, error in self.installation.projector.errors().items():
            raise Differs(f"read model {name}", f"set aside: {error}")

    def _signer(self, connection: sa.Connection) -> None:
        """Check that the log continues what was signed last."""
        last = self.installation.log.signer.last()
        if last is not None and (found := compare(connection, last)) is not None:
            raise Differs("log", found.message("en"))

    def _log(self, connection: sa.Connection, head: int) -> None:
        """Check that positions are gapless, times in order, columns what the bodies say, and all of it sealed."""
        position, before = 0, ""
        sealed = Soundness(connection, self._keys(connection))
        while rows := log.after(connection, position, log.PAGE):
            for row in rows:
                position += 1
                where = f"event at position {row.position}"
                if row.position != position:
                    raise Differs(where, f"position {position} is missing")
                if row.recorded_at < before:
                    raise Differs(where, f"recorded at {row.recorded_at}, before its predecessor at {before}")
                before = row.recorded_at
                _must_match_body(row, where)
            sealed.take(rows)
            self.events = position
            self.tell("log", position, head)
        if position != head:
            raise Differs("log head", f"says {head}, but the last event is at position {position}")
        sealed.finish()

    def _keys(self, connection: sa.Connection) -> list[Key]:
        """Return the keys that the log says sign it, and those that do here."""
        origin = tiles.tree(connection).origin
        found = logs.opened(connection, origin) if origin else None
        recorded = [Key.parse(key.vkey) for key in found[1].keys] if found else []
        return [*recorded, *self.installation.log.signer.held()]

    def _read_model(self, connection: sa.Connection, projection: Projection, total: int) -> None:
        batch: dict[str, Timeline] = {}
        done = 0
        for id, timeline in projection.timelines(connection):
            stream = timeline.stream or []
            versions = [0, *(e.event.originator_version for e in stream)]
            if any(b != a + 1 for a, b in pairwise(versions)):
                raise Differs(f"{projection.name} {id}", f"its versions are {versions[1:][:20]}, not 1, 2, 3 …")
            batch[id] = timeline
            done += len(stream)
            if len(batch) == OBJECTS:
                self._compare(connection, projection.rows, batch)
                self.tell(projection.name, done, total)
                batch = {}
        self._compare(connection, projection.rows, batch)
        self.tell(projection.name, total, total)
        for table in (projection.rows.table, projection.rows.link):
            ours = sa.select(event.c.originator_id).where(event.c.aggregate == projection.kind.TOPIC)
            stray = connection.scalar(sa.select(table.c.id).where(table.c.id.not_in(ours)).limit(1))
            if stray is not None:
                raise Differs(f"{table.name} {stray}", "the log has no such object")

    def _compare(self, connection: sa.Connection, rows: Rows, batch: dict[str, Timeline]) -> None:
        table, links = rows.table, rows.link
        live = _by_object(connection.execute(sa.select(table).where(table.c.id.in_(batch))))
        entered = _by_object(connection.execute(sa.select(links).where(links.c.id.in_(batch))))
        names = table.columns.keys()
        for id, timeline in batch.items():
            born = (timeline.stream or [])[0].position
            expected = {row[:3]: row for row in map(_by_key(names), rows.new(id, timeline, born))}
            shown = {row[:3]: row for row in map(_by_key(names), map(tuple, live.get(id, [])))}
            for key in sorted({*expected, *shown}):
                self.rows += 1
                _must_be_same(table.name, names, expected.get(key), shown.get(key))
            wanted = {link for link, _ in rows.new_links({id: timeline})}
            found = {row.link for row in entered.get(id, [])}
            if wanted != found:
                wrong = ", ".join(sorted(wanted ^ found)[:5])
                raise Differs(f"{links.name} {id}", f"there or missing by mistake: {wrong}")
            self.objects += 1


def _found_by_institution(connection: sa.Connection) -> None:
    """Check that the columns by which events are found for an institution are what the bodies say."""
    position = 0
    named = (event.c.position, event.c.body, event.c.actor_organization, event.c.on_behalf_of)
    page = sa.select(*named).order_by(event.c.position).limit(log.PAGE)
    while rows := connection.execute(page.where(event.c.position > position)).all():
        for row in rows:
            said = institutions(row.body)
            for name, value in msgspec.structs.asdict(said).items():
                if getattr(row, name) != value:
                    what = f"column {name} is {getattr(row, name)!r}, its body says {value!r}"
                    raise Differs(f"event at position {row.position}", what)
        position = rows[-1].position


def _by_object(found: Any) -> dict[str, list[sa.Row[Any]]]:
    rows: dict[str, list[sa.Row[Any]]] = {}
    for row in found:
        rows.setdefault(row.id, []).append(row)
    return rows


def _by_key(names: list[str]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """Bring the key of a step to the front of its row: object, recorded from, valid from."""
    order = [names.index(name) for name in ("id", "recorded_from", "valid_from")]
    rest = [i for i in range(len(names)) if i not in order]
    return lambda row: tuple(row[i] for i in (*order, *rest))


Cells = tuple[Any, ...]


def _must_be_same(table: str, names: list[str], expected: Cells | None, shown: Cells | None) -> None:
    id, position, day = (expected or shown or ())[:3]
    where = f"{table} {id}, step recorded from position {position}, valid from {day}"
    if shown is None:
        raise Differs(where, "the row is missing")
    if expected is None:
        raise Differs(where, "the log knows no such step")
    key = ("id", "recorded_from", "valid_from")
    columns = (*key, *(name for name in names if name not in key))
    for name, ours, theirs in zip(columns, expected, shown, strict=True):
        if ours != theirs:
            raise Differs(where, f"{name} is {_short(theirs)}, the log says {_short(ours)}")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}…"  # noqa: PLR2004 - as much as a line can show


def _must_match_body(row: Recorded, where: str) -> None:
    try:
        read = entry(row).event
    except UnreadableEvent as error:
        raise Differs(where, str(error)) from error
    said = {
        "occurred_on": read.occurred_on.isoformat(),
        "actor": str(read.context.actor),
        "correlation": str(read.context.correlation),
        "aggregate": getattr(read, "aggregate", row.topic.partition(".")[0]),
    }
    for name, value in said.items():
        if getattr(row, name) != value:
            raise Differs(where, f"column {name} is {getattr(row, name)!r}, its body says {value!r}")
    datetime.fromisoformat(row.recorded_at)
