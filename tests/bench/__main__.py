"""`roundtable bench`: print the rows of the speed table, measured side by side in one run.

All data lie on the disk under `--folder` and are removed at the end. At a scale of 1 the sizes are those of the table:
10⁴ commitments for the rows over HTTP; 10⁶ events of 10⁵ commitments, 10⁴ of them items of one announcement, for
the others. An object of 10⁴ events, a matrix of 10⁴ rows and an inheritance of 10⁴ commitments are there at any scale.
Every row states its size.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer
from rich.console import Console

from tests.bench import (
    exporting,
    growth,
    http,
    inheritance,
    matrix,
    product,
    reads,
    rebuild,
    report,
    sealing,
    totals,
    verifying,
)
from tests.bench.databases import Kind, databases, named
from tests.bench.dataset import Dataset
from tests.bench.report import Row

OBJECTS = 100_000
FEWEST = 1000
ROWS = ("http", "inheritance", "matrix", "reads", "rebuild", "objects", "log", "export", "verify")
DISK = Path("/var/tmp")  # noqa: S108 - where systems keep large temporary files on the disk
err = Console(stderr=True)


def main(
    rows: Annotated[str, typer.Option(help=f"all, or some of: {', '.join(ROWS)}; separated by commas.")] = "all",
    database: Annotated[Literal["sqlite", "postgresql", "both"], typer.Option(help="On which database.")] = "both",
    scale: Annotated[float, typer.Option(min=0.01, max=100, help="1 is the size of the speed table.")] = 0.1,
    folder: Annotated[Path | None, typer.Option(help="Where on the disk the data lie while it runs.")] = None,
) -> None:
    """Print the rows of the speed table, measured side by side in one run."""
    chosen = ROWS if rows == "all" else tuple(rows.split(","))
    if unknown := set(chosen) - set(ROWS):
        raise typer.BadParameter(f"there are no rows {', '.join(sorted(unknown))}; there are: {', '.join(ROWS)}")
    kinds: tuple[Kind, ...] = get_args(Kind) if database == "both" else (database,)
    found: list[Row] = []
    with workplace(folder) as place, err.status("", spinner="line") as status:
        if not err.is_terminal:
            status.stop()
        try:
            for row in every(kinds, chosen, place, scale, status.update):
                found.append(row)
                err.print(f"{row.what}, {row.database}: {row.ratio:.2f} ×") if err.is_terminal else None
        finally:
            status.stop()
            report.show(found)


@contextmanager
def workplace(folder: Path | None) -> Iterator[Path]:
    """Make a folder on the disk and remove it afterwards; it is open to others, as PostgreSQL run by root needs."""
    within = folder or (DISK if DISK.is_dir() else None)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rt-bench-", dir=within) as name:
        Path(name).chmod(0o755)
        yield Path(name)


def every(
    kinds: tuple[Kind, ...], chosen: tuple[str, ...], place: Path, scale: float, tell: product.Tell
) -> Iterator[Row]:
    """Measure the chosen rows: those that need no database once, the others on each."""
    if "verify" in chosen:
        yield from verifying.rows(place / "verify", scale, tell)
    on_databases = tuple(row for row in chosen if row != "verify")
    for kind in kinds if on_databases else ():
        yield from measured(kind, on_databases, place / kind, scale, tell)


def measured(kind: Kind, chosen: tuple[str, ...], folder: Path, scale: float, tell: product.Tell) -> Iterator[Row]:
    """Measure the chosen rows on one database."""
    folder.mkdir()
    folder.chmod(0o755)
    if "http" in chosen:
        yield from http.rows(kind, folder / "http", product.serving, scale, tell)
    if "matrix" in chosen:
        yield from matrix.rows(kind, folder / "matrix", tell)
    if "inheritance" in chosen:
        yield from inheritance.rows(kind, folder / "inheritance", scale, tell)
    if not set(chosen) - {"http", "inheritance", "matrix"}:
        return
    dataset = Dataset(max(FEWEST, int(OBJECTS * scale)), histories=growth.HISTORIES)
    smaller = Dataset(0, seed=2, histories=growth.HISTORIES[1:])
    with databases(kind, folder / "data", "grown", "empty") as urls, ExitStack() as stack:
        name = f"{named(urls['grown'])}, durable"
        grown = stack.enter_context(product.opened(urls["grown"]))
        events = product.fill(grown, dataset, lambda what: tell(f"{name}: {what}"))
        about = {"database": name, "size": f"{events:,} events"}
        if "reads" in chosen:
            with product.serving(urls["grown"]) as side:
                yield from reads.rows(grown, dataset, side, scale, about, tell)
            yield from totals.rows(grown, dataset, scale, about, tell)
        if "objects" in chosen:
            empty = stack.enter_context(product.opened(urls["empty"]))
            product.fill(empty, smaller, lambda _: None)
            yield from growth.rows(grown, dataset, empty, smaller, about, tell)
        if "rebuild" in chosen:
            yield from rebuild.rows(grown, folder, about, tell)
        if "log" in chosen:
            yield from sealing.rows(grown, scale, about, tell)
        if "export" in chosen:
            yield from exporting.rows(grown, folder, about, tell)


if __name__ == "__main__":
    typer.run(main)
