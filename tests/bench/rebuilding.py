"""The process of one rebuild: does it the one way or the other, and tells what it took.

python -m tests.bench.rebuilding ours|least URL FILE     (see tests/bench/rebuild.py, which runs it)
"""

import json
import marshal
import resource
import sys
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from projections.commitments import commitments
from roundtable.store import bulk, log
from roundtable.store.database import Database
from roundtable.store.mapper import entry

STATUS = Path("/proc/self/status")


class Way(StrEnum):
    """How a rebuild is done."""

    LEAST = "least"
    OURS = "ours"


class Part(NamedTuple):
    """Seconds in all and by step (steps of ours are not told apart), and the peak of memory."""

    seconds: float
    read: float
    insert: float
    indexed: float
    megabytes: float


def empty(database: Database) -> None:
    """Remove all rows, in the quickest way of the database."""
    tables = (commitments.rows.table.name, commitments.rows.link.name)
    with database.writing() as connection:
        for name in tables:
            connection.execute(sa.text(f"DELETE FROM {name}" if database.is_sqlite else f"TRUNCATE {name}"))  # noqa: S608


def ours(database: Database) -> Part:
    """Rebuild as the product does."""
    start = time.perf_counter()
    with database.writing() as connection:
        for _ in commitments.rebuild(connection):
            pass
    return Part(time.perf_counter() - start, 0, 0, 0, megabytes())


def least(database: Database, ready: Path) -> Part:
    """Read, decode, and insert rows that are already made."""
    table, link = commitments.rows.table, commitments.rows.link
    indexes = [*table.indexes, *link.indexes]
    read = insert = index = 0.0
    start = time.perf_counter()
    with database.writing() as connection:
        position = 0
        while page := log.after(connection, position, log.PAGE, commitments.kind.TOPIC):
            for row in page:
                entry(row)
            position = page[-1].position
        read, start = time.perf_counter() - start, time.perf_counter()
        for each in indexes:
            each.drop(connection, checkfirst=True)
        index, start = time.perf_counter() - start, time.perf_counter()
        for rows, links, _ in pages(ready):
            start = time.perf_counter()
            bulk.insert(connection, table, rows)
            bulk.insert(connection, link, links)
            insert += time.perf_counter() - start
        start = time.perf_counter()
        for each in indexes:
            each.create(connection)
    index += time.perf_counter() - start
    return Part(read + insert + index, read, insert, index, megabytes())


def pages(ready: Path) -> Iterator[Any]:
    """Read the rows of a rebuild, many at a time."""
    with ready.open("rb") as file:
        while True:
            try:
                yield marshal.load(file)  # noqa: S302 - written a moment ago
            except EOFError:
                return


def megabytes() -> float:
    """Return the peak of this process's memory.

    On Linux the kernel counts the parent into the first number of `getrusage`; its own number of the program is right.
    """
    if STATUS.exists():
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024**2 if sys.platform == "darwin" else peak / 1024


def main() -> None:
    """Do it and write what it took as JSON."""
    way, url, ready = Way(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    database = Database(url)
    empty(database)
    took = ours(database) if way is Way.OURS else least(database, ready)
    database.close()
    sys.stdout.write(json.dumps(took._asdict()))


if __name__ == "__main__":
    main()
