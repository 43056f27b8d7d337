"""Interleaved runs, their medians, and the speed table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple, Self, TypeVar

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

Figures = TypeVar("Figures", bound=NamedTuple)
PIPE_WIDTH = 340


class Seconds(NamedTuple):
    """How long one run took, for what is not measured in requests."""

    seconds: float


class Times(NamedTuple):
    """The median and the 99th percentile of the times of one run, in milliseconds."""

    p50: float
    p99: float

    @classmethod
    def of(cls, seconds: Iterable[float]) -> Self:
        """Summarise the times of single calls."""
        ordered = sorted(seconds)
        return cls(*(ordered[int(len(ordered) * share)] * 1000 for share in (0.5, 0.99)))

    def __str__(self) -> str:
        """Write them as a cell of the table."""
        return f"p50 {self.p50:.2f} ms, p99 {self.p99:.2f} ms"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the speed table: ours against a peer, or against another state of ours, on one database."""

    what: str
    database: str
    size: str
    compared: str
    ours: str
    ratio: float
    target: str
    met: bool

    @classmethod
    def at_least(cls, target: float, ratio: float, **cells: str) -> Self:
        """Make a row whose ratio should reach the target; `cells` are what, database, size, compared, ours."""
        return cls(**cells, ratio=ratio, target=f"≥ {target} ×", met=ratio >= target)

    @classmethod
    def at_most(cls, target: float, ratio: float, **cells: str) -> Self:
        """Make a row whose ratio should not pass the target; `cells` are what, database, size, compared, ours."""
        return cls(**cells, ratio=ratio, target=f"≤ {target} ×", met=ratio <= target)

    def also(self, target: str, *, met: bool) -> Self:
        """Add a second condition."""
        return replace(self, met=self.met and met, target=f"{self.target}, {target}")


def interleaved(
    ways: Mapping[str, Callable[[], Figures]], rounds: int = 5, after: Callable[[], object] = lambda: None
) -> dict[str, Figures]:
    """Run each way once a round and return the median of each figure of each way.

    Every other round goes backwards, so that no way always has the machine as the other left it. `after` is called
    after each run, to move a progress bar.
    """
    runs: dict[str, list[Figures]] = {name: [] for name in ways}
    for turn in range(rounds):
        for name in list(ways)[:: -1 if turn % 2 else 1]:
            runs[name].append(ways[name]())
            after()
    return {name: figures[0]._make(map(median, zip(*figures, strict=True))) for name, figures in runs.items()}


def duration(whole: float, scale: float) -> float:
    """Shorten a run with the scale, but not so far that it says nothing."""
    return min(whole, max(1.2, whole * scale))


def show(rows: Iterable[Row], console: Console | None = None) -> None:
    """Print the table; in a pipe, as plain text without frames, a row a line."""
    console = console or Console()
    if not console.is_terminal:
        console = Console(file=console.file, width=PIPE_WIDTH, color_system=None)
    table = Table(box=box.SIMPLE_HEAD if console.is_terminal else None, pad_edge=False)
    for title in ("what", "database", "size", "compared with", "ours"):
        table.add_column(title)
    for title in ("ratio", "target", "met?"):
        table.add_column(title, justify="right")
    for row in rows:
        met = "[green]yes[/]" if row.met else "[red]no[/]"
        cells = map(
            escape, (row.what, row.database, row.size, row.compared, row.ours, f"{row.ratio:.2f} ×", row.target)
        )
        table.add_row(*cells, met)
    console.print(table)
