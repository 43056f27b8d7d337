"""How long an export takes, against packing the same rows, and how much memory it needs: no more for a longer log."""

import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

from roundtable.export_cli import write
from roundtable.installation import Installation
from roundtable.store import log
from tests.bench.databases import key_file
from tests.bench.processes import run
from tests.bench.product import Tell
from tests.bench.report import Row, Seconds, interleaved

MOST_MEGABYTES = 300


def rows(installation: Installation, folder: Path, about: dict[str, str], tell: Tell) -> Iterator[Row]:
    """Measure on a filled database, every event of which is signed first."""
    tell(f"{about['database']}: exporting")
    installation.log.checkpoint(force=True)
    output = folder / "export.zip"
    found = interleaved({"export": lambda: exported(installation, output), "plain": lambda: packed(installation)}, 3)
    ours, plain = found["export"].seconds, found["plain"].seconds
    megabytes = most_megabytes(installation, folder / "again.zip")
    yield Row.at_most(
        2,
        ours / plain,
        what="export the whole log",
        compared=f"read its rows and pack them: {plain:.2f} s",
        ours=f"{ours:.2f} s, {megabytes:.0f} MB at most in a process of its own",
        **about,
    ).also(f"≤ {MOST_MEGABYTES} MB", met=megabytes <= MOST_MEGABYTES)


def exported(installation: Installation, output: Path) -> Seconds:
    """Write an export."""
    output.unlink(missing_ok=True)
    start = time.perf_counter()
    write(installation, output)
    return Seconds(time.perf_counter() - start)


def most_megabytes(installation: Installation, output: Path) -> float:
    """Export as the command does; return the megabytes that it took at most."""
    url = installation.database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "roundtable.cli", "export", "--output", str(output)]
    return run(*command, ROUNDTABLE_DATABASE_URL=url, ROUNDTABLE_LOG_KEY=str(key_file(url)))[1]


def packed(installation: Installation) -> Seconds:
    """Read every row of the log, page by page, and pack its columns, with nothing around them."""
    start, position, packing = time.perf_counter(), 0, zlib.compressobj()
    with installation.database.reading() as connection:
        while page := log.after(connection, position, log.PAGE):
            position = page[-1].position
            packing.compress("".join("\n".join(map(str, row)) for row in page).encode())
    packing.flush()
    return Seconds(time.perf_counter() - start)
