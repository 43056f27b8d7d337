"""What the import of a commitment matrix costs: ten thousand rows by the command line, in one decision.

The import runs in a process of its own, twice with the same file: every row is registered, then every row is found
unchanged. Measured are the seconds of each and the most memory that the process held, libraries included.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from roundtable import tokens
from roundtable.matrix.exports import headers
from roundtable.matrix.files import written
from tests.bench import product
from tests.bench.databases import Kind, databases, named
from tests.bench.http import Tell
from tests.bench.report import Row

ROWS = 10_000
ORGANIZATIONS = 40
MOST_MEMORY = 300
"""MiB."""
BETWEEN = ("sh", "-c", '"$@"; exit $?', "sh")
"""A small process between: what a process held before it became another program counts as its own."""
MEASURED = """
import resource, sys
from roundtable.cli import app
try:
    app(sys.argv[1:])
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
"""


def rows(kind: Kind, folder: Path, tell: Tell) -> Iterator[Row]:
    """Measure the import on one database."""
    with databases(kind, folder, "matrix") as urls:
        url = urls["matrix"]
        with product.opened(url) as installation:
            secret = tokens.create(installation.database, "secretariat")
            who = product.caller(installation, secret)
            organizations = [str(product.register_organization(installation, who)) for _ in range(ORGANIZATIONS)]
        file = folder / "matrix.csv"
        file.write_text("".join(written((row(n, organizations) for n in range(ROWS)), headers("en"))), "utf-8")
        tell(f"{named(url)}, durable: importing {ROWS:,} rows")
        first, peak = imported(url, secret, file, f"{ROWS} created")
        again, more = imported(url, secret, file, f"{ROWS} unchanged")
        yield Row.at_most(
            1.0,
            max(peak, more) / MOST_MEMORY,
            what=f"import of a matrix: peak memory of {ROWS:,} rows",
            database=f"{named(url)}, durable",
            size=f"{ROWS:,} rows, {file.stat().st_size / 2**20:.1f} MiB",
            compared=f"{MOST_MEMORY} MiB",
            ours=f"{max(peak, more)} MiB; {first:.1f} s, {ROWS / first:,.0f} rows/s; the same file again {again:.1f} s",
        )


def row(number: int, organizations: list[str]) -> Mapping[str, str]:
    """Return a row as secretariats write them: a project with two responsibles."""
    lead, other = organizations[number % ORGANIZATIONS], organizations[(number + 1) % ORGANIZATIONS]
    return {
        "code": f"DEMO-{number:05}",
        "statement": f"Construir y supervisar la obra número {number} con su expediente técnico (ficticio)",
        "sector": ("transport", "education", "housing", "agriculture")[number % 4],
        "territories": f"PE-UBIGEO-INEI:08070{number % 8 + 1}",
        "occurred_on": "2018-07-25",
        "deadline": "2020-12-31",
        "amount": f"{number + 1}.50",
        "currency": "PEN",
        "responsibles": f"{lead} [lead 60%] | {other} [co 40%]",
        "follow_up_body": organizations[0],
    }


def imported(url: str, secret: str, file: Path, expected: str) -> tuple[float, int]:
    """Import a file in a process of its own; return the seconds and the MiB that it took."""
    env = os.environ | {"ROUNDTABLE_DATABASE_URL": url, "ROUNDTABLE_TOKEN": secret, "ROUNDTABLE_LANGUAGE": "en"}
    words = [*BETWEEN, sys.executable, "-c", MEASURED, "matrix", "import", str(file)]
    started = time.perf_counter()
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    assert expected in done.stdout, done.stdout[-500:]
    return time.perf_counter() - started, int(done.stderr.splitlines()[-1])
