"""The rebuild of one read model against the least that any rebuild must do.

Ours is `Projection.rebuild` of the commitments: it reads the log object by object, decodes, folds, makes rows, drops
indexes, inserts and indexes, in one transaction. The least is: read the same events in the order of the log, decode
them with the same codec, drop indexes, insert the very same rows and index them, in one transaction; the rows come
ready-made from a file, whose reading is not timed. Both begin with empty tables, both commit durably, each run is a
process of its own whose peak of memory is told (PostgreSQL's own processes are not in it).
"""

import json
import marshal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from projections.commitments import commitments
from roundtable.installation import Installation
from roundtable.store.tables import event
from tests.bench.http import Tell
from tests.bench.product import settle
from tests.bench.rebuilding import Part, Way
from tests.bench.report import Row, interleaved
from tests.bench.servers import ROOT

ROUNDS = 5
TARGET = 0.5
LONGEST_S = 7200


def rows(installation: Installation, folder: Path, about: Mapping[str, str], tell: Tell) -> Iterator[Row]:
    """Measure the rebuild of the commitments of a filled installation."""
    ready = folder / "rows"
    tell(f"{about['database']}: writing down the rows")
    with installation.database.snapshot() as connection, ready.open("wb") as file:
        for part in commitments.folded(connection):
            marshal.dump(tuple(part), file)
    with installation.database.reading() as connection:
        ours = sa.select(sa.func.count(), sa.func.count(event.c.originator_id.distinct()))
        events, objects = connection.execute(ours.where(event.c.aggregate == "commitment")).one()
    settle(installation.database)
    url = installation.database.url.render_as_string(hide_password=False)
    ways = {str(way): partial(measured, way, url, ready) for way in Way}
    runs = iter(range(1, 100))
    found = interleaved(ways, ROUNDS, after=lambda: tell(f"{about['database']}: rebuild, run {next(runs)}"))
    least, whole = found["least"], found["ours"]
    steps = f"read + decode {least.read:.1f}, insert {least.insert:.1f}, index {least.indexed:.1f}"
    yield Row.at_least(
        TARGET,
        least.seconds / whole.seconds,
        what="rebuild of the commitments, against select + decode + bulk insert of the same rows (events/s)",
        database=about["database"],
        size=f"{events:,} events of {objects:,} objects",
        compared=f"{events / least.seconds:,.0f}/s ({least.seconds:.1f} s: {steps}), {least.megabytes:.0f} MB",
        ours=f"{events / whole.seconds:,.0f}/s ({whole.seconds:.1f} s), {whole.megabytes:.0f} MB",
    )


def measured(way: Way, url: str, ready: Path) -> Part:
    """Run one way in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.rebuilding", way, url, str(ready)]
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True, timeout=LONGEST_S)
    return Part(**json.loads(done.stdout))
