"""Questions with their answers, and how they are shown: a table on a terminal, plain lines in a pipe."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from rich.console import Console
from rich.markup import escape
from rich.table import Table

Language = Literal["es", "en"]
ADDRESS = "http://127.0.0.1:8000"


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
    "position": Said("en posición {}", "at position {}"),
    "try": Said("Con el servidor en marcha, sin token:", "With the server running, without a token:"),
    "invented": Said(
        "* Cifras, códigos DEMO- y días inventados para la demostración. Del documento: 166 millones de soles, "
        "32 proyectos, 2018, sectores e instituciones.",
        "* Figures, DEMO- codes and days invented for demonstration. From the document: 166 million PEN, "
        "32 projects, 2018, sectors and institutions.",
    ),
}  # fmt: skip


def show(console: Console, rows: Sequence[Row], language: Language = "es", address: str = ADDRESS) -> None:
    """Print questions with their answers and the commands that ask them again."""

    def word(name: str) -> str:
        return str(getattr(WORDS[name], language))

    if console.is_terminal:
        _table(console, rows, language, address)
    else:
        for number, row in enumerate(rows, 1):
            day, known = _moment(row, language)
            moment = f"{word('day')}: {day} · {word('known')}: {known}"
            answer = f"{_answer(row, language)}".replace("\n", "\n   ")
            text = f"{number}. {_question(row, language)}\n   {moment}\n   {answer}\n   {row.curl(address)}\n"
            console.print(text, markup=False, highlight=False, soft_wrap=True)
    console.print(word("invented"), markup=False, highlight=False, soft_wrap=not console.is_terminal)


def _table(console: Console, rows: Sequence[Row], language: Language, address: str) -> None:
    def word(name: str) -> str:
        return str(getattr(WORDS[name], language))

    table = Table(title=word("title"), show_lines=True, title_style="bold", header_style="bold")
    table.add_column("", justify="right", style="dim")
    table.add_column(word("question"), ratio=4)
    table.add_column(word("day"), min_width=10)
    table.add_column(word("known"), min_width=8, max_width=15)
    table.add_column(word("answer"), ratio=6)
    for number, row in enumerate(rows, 1):
        table.add_row(
            str(number), escape(_question(row, language)), *_moment(row, language), escape(_answer(row, language))
        )
    console.print(table)
    console.print(f"\n[bold]{word('try')}[/bold]")
    for number, row in enumerate(rows, 1):
        console.print(f"{number:>2}  {row.curl(address)}", markup=False, highlight=False, soft_wrap=True)
    console.print()


def _question(row: Row, language: Language) -> str:
    return str(getattr(row.question, language))


def _answer(row: Row, language: Language) -> str:
    return f"{getattr(row.answer, language)}{' *' if row.invented else ''}"


def _moment(row: Row, language: Language) -> tuple[str, str]:
    """Return the day and the position that a question is about, in words."""
    known = WORDS["today"] if row.known is None else WORDS["position"]
    return row.day or str(getattr(WORDS["today"], language)), str(getattr(known, language)).format(row.known)
