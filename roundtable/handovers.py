"""`roundtable transition`: the documents of a handover, and its rehearsal, from a terminal."""

import csv
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, get_args
from uuid import UUID

import msgspec
import sqlalchemy as sa
import typer
from rich.console import Console
from rich.table import Table

from domain.errors import ObjectNotFound
from projections import administrations, transitions
from projections.dossiers import Rehearsal
from projections.dossiers.rehearsal import Gap, Lack
from projections.moment import Moment, resolve
from roundtable.console import language, say
from roundtable.doing import CannotDo
from roundtable.dossiers.printing import Kind, handover_draft, printed
from roundtable.dossiers.reading import rehearsed
from roundtable.dossiers.words import Speaker
from roundtable.installation import Installation
from roundtable.printing.document import Language

Opens = Callable[[], AbstractContextManager[Installation]]
Spoken = Annotated[str | None, typer.Option("--language", help="es or en; left out: that of the terminal.")]
MOST_NAMED = 3
"""Institutions that are named beside what is missing; the list below has all."""
FORMATS = ("text", "csv", "json")
Find = Callable[[sa.Connection, UUID | str, Moment], sa.Row[Any] | None]


def commands(opens: Opens, explained: Callable[[Callable[..., None]], Callable[..., None]]) -> typer.Typer:
    """Return the commands of handovers, for installations opened in this way."""
    app = typer.Typer(no_args_is_help=True, help="Handovers: documents and rehearsals.")

    @explained
    def document(
        transition: Annotated[str, typer.Argument(metavar="ID", help="Id or code of the transition.")],
        output: Annotated[Path, typer.Option(help="The file to write.")],
        kind: Annotated[str, typer.Option(help=f"One of: {', '.join(get_args(Kind))}.")] = "dossier",
        language_: Spoken = None,
    ) -> None:
        """Write a document of a handover: PDF, or a spreadsheet for the inventory."""
        chosen: Kind | None = next((one for one in get_args(Kind) if one == kind), None)
        if chosen is None:
            msg = f"There is no document {kind}; choose one of {', '.join(get_args(Kind))}."
            raise CannotDo(msg)
        with opens() as installation:
            with installation.database.snapshot() as connection:
                moment = resolve(connection, installation.settings.today())
                row = _found(connection, "transition", transition, transitions.find, moment)
                folder = installation.settings.regimes
                draft = handover_draft(connection, folder, row, moment, chosen, _language(language_))
            content = printed(installation, draft)
        try:
            output.write_bytes(content)
        except OSError as error:
            msg = f"{output}: {error.strerror}"
            raise CannotDo(msg) from error
        say(f"Written: {output}", f"Escrito: {output}")

    @explained
    def dry_run(
        administration: Annotated[str, typer.Argument(help="Id or code of the outgoing administration.")],
        cut_off: Annotated[str | None, typer.Option(help="The day of the handover; today where left out.")] = None,
        language_: Spoken = None,
        regime: Annotated[str | None, typer.Option(help="The rules; left out: those of the country.")] = None,
        format_: Annotated[str, typer.Option("--format", help=f"One of: {', '.join(FORMATS)}.")] = "text",
    ) -> None:
        """Rehearse a handover: what the dossier would contain, what is missing, and who must fill it."""
        if format_ not in FORMATS:
            msg = f"There is no format {format_}; choose one of {', '.join(FORMATS)}."
            raise CannotDo(msg)
        spoken = _language(language_)
        with opens() as installation:
            found = _rehearsed(installation, administration, _day(cut_off), regime)
        match format_:
            case "json":
                typer.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
            case "csv":
                typer.echo(as_csv(found, spoken), nl=False)
            case _:
                show(Console(highlight=False, soft_wrap=not sys.stdout.isatty()), found, Speaker(spoken))

    app.command("document")(document)
    app.command("dry-run")(dry_run)
    return app


def as_csv(found: Rehearsal, spoken: Language) -> str:
    """Return what is missing as CSV: a row for each gap, in words of a language."""
    speaker, out = Speaker(spoken), io.StringIO()
    writer = csv.writer(out)
    writer.writerow([speaker.say(name) for name in ("code", "what", "missing", "who")])
    for gap in found.gaps:
        writer.writerow(map(_harmless, _cells(speaker, gap)))
    return out.getvalue()


def show(console: Console, found: Rehearsal, speaker: Speaker) -> None:
    """Print a rehearsal: tables on a terminal, lines with tabs in a pipe."""
    day = f"{found.cut_off:%d/%m/%Y}" if speaker.language == "es" else f"{found.cut_off}"
    title = speaker.say("rehearsal.title", institution=found.institution_name, title=found.title, day=day)
    console.print(title, style="bold", markup=False)
    console.print(speaker.of(found.regime_name), markup=False)
    if found.illustrative:
        console.print(speaker.say("illustrative.whole"), style="italic", markup=False)
    for note in found.notes:
        console.print(speaker.say(f"note.{note}"), markup=False)
    contents = [[speaker.name(one.section), str(one.count)] for one in found.contents]
    contents.append([speaker.say("overdue"), str(found.overdue)])
    _table(console, speaker.say("rehearsal.contents"), ["", speaker.say("count")], contents)
    missing = [[speaker.name(one.missing), str(one.count), _fillers(one)] for one in found.missing]
    _table(console, speaker.say("missing"), ["", speaker.say("count"), speaker.say("who")], missing)
    waived = [[speaker.name(one.missing), str(one.count)] for one in found.waived]
    _table(console, speaker.say("waived"), ["", speaker.say("count")], waived)
    who = [[one.institution, str(one.count)] for one in found.who]
    _table(console, speaker.say("rehearsal.who"), [speaker.say("institution"), speaker.say("count")], who)
    heads = [speaker.say(name) for name in ("code", "what", "missing", "who")]
    _table(console, speaker.say("rehearsal.gaps"), heads, list(_together(speaker, found)))
    if not found.gaps:
        console.print(speaker.say("rehearsal.complete"), style="green", markup=False)


def _fillers(one: Lack) -> str:
    """Write who must fill most of what is missing."""
    more = ["…"] if len(one.who) > MOST_NAMED else []
    return "; ".join([f"{who.institution} {who.count}" for who in one.who[:MOST_NAMED]] + more)


def _table(console: Console, title: str, heads: list[str], rows: list[list[str]]) -> None:
    if not rows:
        return
    console.print()
    console.print(title, style="bold", markup=False)
    if not console.is_terminal:
        for row in rows:
            console.file.write("\t".join(row) + "\n")
        return
    table = Table(*heads, show_header=any(heads[:1]), box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(_escaped, row))
    console.print(table)


def _together(speaker: Speaker, found: Rehearsal) -> Iterator[list[str]]:
    """Yield a line for each object with all that it lacks."""
    for _, some in groupby(found.gaps, key=lambda gap: gap.id):
        gaps = list(some)
        code, what, _, _ = _cells(speaker, gaps[0])
        who = "; ".join(dict.fromkeys(name for gap in gaps for name in gap.who))
        yield [code, what, ", ".join(speaker.name(gap.missing) for gap in gaps), who]


def _escaped(text: str) -> str:
    return text.replace("[", "\\[")


def _cells(speaker: Speaker, gap: Gap) -> list[str]:
    return [gap.code or str(gap.id), speaker.of(gap.title), speaker.name(gap.missing), "; ".join(gap.who)]


def _harmless(cell: str) -> str:
    """Keep spreadsheets from running what looks like a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _rehearsed(installation: Installation, name: str, day: date | None, regime: str | None) -> Rehearsal:
    today = installation.settings.today()
    with installation.database.snapshot() as connection:
        moment = resolve(connection, today)
        row = _found(connection, "administration", name, administrations.find, moment)
        return rehearsed(connection, installation.settings.regimes, row, moment, day, regime)


def _found(connection: sa.Connection, kind: str, name: str, find: Find, moment: Moment) -> sa.Row[Any]:
    try:
        asked: UUID | str = UUID(name)
    except ValueError:
        asked = name
    row = find(connection, asked, moment)
    if row is None:
        raise ObjectNotFound(kind=kind, id=name)
    return row


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        msg = f"--cut-off {text}: {error}"
        raise CannotDo(msg) from error


def _language(chosen: str | None) -> Language:
    match chosen:
        case None:
            return language()
        case "es":
            return "es"
        case "en":
            return "en"
        case _:
            msg = f"There is no language {chosen}; choose es or en."
            raise CannotDo(msg)
