"""Questions with their answers, and how they are shown: a table on a terminal, plain lines in a pipe."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from rich.console import Console
from rich.markup import escape
from rich.table import Table

Language = Literal["es", "en"]
ADDRESS = "http://127.0.0.1:8000"
WIDEST_ANSWER, FRAME, NARROWEST_QUESTION = 48, 7, 20
"""Characters: of a line of an answer that should not be broken, of lines and gaps, of a question at least."""


class Said(NamedTuple):
    """A text in both languages."""

    es: str
    en: str

    def __add__(self, other: "Said") -> "Said":  # type: ignore[override]
        """Say one thing after another."""
        return Said(self.es + other.es, self.en + other.en)


class Row(NamedTuple):
    """A question, the moment it is asked about, the answer, and the read that gives it."""

    question: Said
    path: str
    known: int | None
    day: str | None
    answer: Said
    invented: bool

    def curl(self, address: str) -> str:
        """Return the command that asks the same of a server."""
        return f"curl -s '{address}/v1{self.path}'"


WORDS = {
    "title": Said("Lo prometido, y lo que fue de ello", "What was promised, and what became of it"),
    "question": Said("Pregunta", "Question"),
    "day": Said("Como era", "As it was"),
    "known": Said("Como se sabía", "As it was known"),
    "answer": Said("Respuesta", "Answer"),
    "today": Said("hoy", "today"),
    "position": Said("posición {}", "position {}"),
    "try": Said("Con el servidor en marcha, sin token:", "With the server running, without a token:"),
    "invented": Said(
        "* Cifras, códigos DEMO- y días inventados para la demostración. Del documento: 166 millones de soles, "
        "32 proyectos, 2018, sectores, instituciones, mesas, planes y que hubo transferencia. De la ley: elecciones y "
        "periodos.",
        "* Figures, DEMO- codes and days invented for demonstration. From the document: 166 million PEN, "
        "32 projects, 2018, sectors, institutions, tables, plans, and that there were handovers. From the law: "
        "elections and terms.",
    ),
}  # fmt: skip


def print_rows(console: Console, rows: Sequence[Row], language: Language = "es", address: str = ADDRESS) -> None:
    """Print questions with their answers and the commands that ask them again."""
    word = {name: str(getattr(said, language)) for name, said in WORDS.items()}
    if console.is_terminal:
        _table(console, rows, language, word)
        console.print(f"\n[bold]{word['try']}[/bold]")
        for number, row in enumerate(rows, 1):
            console.print(f"{number:>2}  {row.curl(address)}", markup=False, highlight=False, soft_wrap=True)
        console.print()
    else:
        for number, row in enumerate(rows, 1):
            parts = (_moment(row, word), *_answer(row, language).splitlines(), row.curl(address))
            text = "\n   ".join((f"\n{number}. {getattr(row.question, language)}", *parts))
            console.print(text, markup=False, highlight=False, soft_wrap=True)
    console.print(f"\n{word['invented']}", markup=False, highlight=False, soft_wrap=not console.is_terminal)


def _table(console: Console, rows: Sequence[Row], language: Language, word: Mapping[str, str]) -> None:
    table = Table(title=word["title"], show_lines=True, title_style="bold", header_style="bold")
    table.add_column(word["question"], max_width=max(NARROWEST_QUESTION, console.width - WIDEST_ANSWER - FRAME))
    table.add_column(word["answer"], min_width=min(WIDEST_ANSWER, console.width // 2))
    for number, row in enumerate(rows, 1):
        question = f"{number}. {escape(getattr(row.question, language))}"
        moment = escape(_moment(row, word).replace(" · ", "\n"))
        table.add_row(f"{question}\n[dim]{moment}[/dim]", escape(_answer(row, language)))
    console.print(table, soft_wrap=False)


def _answer(row: Row, language: Language) -> str:
    return f"{getattr(row.answer, language)}{' *' if row.invented else ''}"


def _moment(row: Row, word: Mapping[str, str]) -> str:
    """Return the day and the position that a question is about, in words."""
    known = word["today"] if row.known is None else word["position"].format(row.known)
    return f"{word['day']}: {row.day or word['today']} · {word['known']}: {known}"
