"""What the command line shows: Spanish or English, bars on a terminal, silence in a pipe."""

import locale
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)
Tell = Callable[[str, int, int], None]
Language = Literal["es", "en"]


def language() -> Language:
    """Return the language of the reader: `ROUNDTABLE_LANGUAGE`, else that of the environment, else English."""
    chosen = os.environ.get("ROUNDTABLE_LANGUAGE") or (locale.getlocale()[0] or os.environ.get("LANG", ""))
    return "es" if chosen.lower().startswith(("es", "spanish")) else "en"


def say(english: str, spanish: str) -> None:
    """Print a sentence in the language of the reader."""
    out.print(spanish if language() == "es" else english, markup=False)


def complain(english: str, spanish: str) -> None:
    """Print what went wrong, on the error stream."""
    err.print(spanish if language() == "es" else english, markup=False, style="red")


@contextmanager
def progress() -> Iterator[Tell]:
    """Show progress on a terminal; the callback is told what is being done, how much of it, and of how much."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as shown:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what, total=total)
            shown.update(tasks[what], completed=done, total=max(total, 1))

        yield tell
