"""`roundtable matrix`: a commitment matrix imported from a file, and exported into one."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Annotated
from uuid import UUID

import msgspec
import sqlalchemy as sa
import typer

from projections.moment import Moment, resolve
from roundtable.console import complain, language, out, progress, say
from roundtable.doing import CannotDo, recorder
from roundtable.installation import Installation
from roundtable.matrix import Asked, Report, import_matrix
from roundtable.matrix.exports import headers
from roundtable.matrix.files import written
from roundtable.matrix.names import Names
from roundtable.matrix.pages import exported
from roundtable.matrix.report import RESULTS, RESULTS_ES, RowReport

Opens = Callable[[], AbstractContextManager[Installation]]
Table = Annotated[str | None, typer.Option("--roundtable", help="Code or id of the roundtable.")]


def commands(opens: Opens, explained: Callable[[Callable[..., None]], Callable[..., None]]) -> typer.Typer:
    """Return the commands of the matrix, for installations opened in this way."""
    app = typer.Typer(no_args_is_help=True, help="The commitment matrix, as CSV.")

    @explained
    def import_(
        file: Annotated[Path, typer.Argument(help="CSV in UTF-8; the first row names the columns.")],
        roundtable: Table = None,
        *,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Report, and record nothing.")] = False,
        on_behalf_of: Annotated[str | None, typer.Option(help="Organization spoken for: code, id or name.")] = None,
        occurred_on: Annotated[str | None, typer.Option(help="The day of changes; today where left out.")] = None,
        reason: Annotated[str | None, typer.Option(help="Why rows change what is recorded.")] = None,
        report: Annotated[Path | None, typer.Option(help="Where to write the report: .csv, or else JSON.")] = None,
        token: Annotated[str, typer.Option(envvar="ROUNDTABLE_TOKEN", help="A token of role secretariat.")] = "",
    ) -> None:
        """Import a matrix as one decision: all rows are recorded, or none."""
        asked = Asked(occurred_on, on_behalf_of, reason, roundtable, dry_run)
        with opens() as installation, progress() as tell:
            found = import_matrix(installation, recorder(installation, token), _content(file), asked, tell)
        if report is not None:
            _write(report, found)
        _tell(found)
        if found.refused:
            raise typer.Exit(1)

    @explained
    def export(
        file: Annotated[Path | None, typer.Argument(help="The file to write; left out: prints it.")] = None,
        roundtable: Table = None,
        language_: Annotated[str, typer.Option("--headers", help="en or es: the language of the first row.")] = "en",
        valid_at: Annotated[str | None, typer.Option(help="As true on this day.")] = None,
    ) -> None:
        """Export the matrix; importing the same file changes nothing."""
        with opens() as installation:
            lines = _exported(installation, roundtable, language_, valid_at)
            if file is None:
                for line in lines:
                    typer.echo(line, nl=False)
                return
            with file.open("w", encoding="utf-8", newline="") as target:
                target.writelines(lines)
        say(f"Written: {file}", f"Escrito: {file}")

    app.command("import")(import_)
    app.command("export")(export)
    return app


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        msg = f"{file}: {error.strerror}"
        raise CannotDo(msg) from error


def _exported(installation: Installation, table: str | None, spoken: str, valid_at: str | None) -> Iterator[str]:
    """Yield the lines of the matrix as known now."""
    today = installation.settings.today()
    try:
        day = msgspec.convert(valid_at, type=Moment.__annotations__["day"] | None)
    except msgspec.ValidationError as error:
        msg = f"--valid-at {valid_at}: {error}"
        raise CannotDo(msg) from error
    with installation.database.snapshot() as connection:
        at = resolve(connection, today, valid_at=day)._replace(all_known=False)
        wanted: UUID | None = Names(connection).object("roundtable", "roundtable", table) if table else None

    @contextmanager
    def opening() -> Iterator[tuple[sa.Connection, Moment]]:
        with installation.database.snapshot() as connection:
            yield connection, at

    return written(exported(opening, wanted), headers(spoken))


def _write(file: Path, report: Report) -> None:
    if file.suffix == ".csv":
        with file.open("w", encoding="utf-8", newline="") as target:
            target.writelines(report.as_csv())
    else:
        file.write_bytes(msgspec.json.format(msgspec.json.encode(report)))


def _tell(report: Report) -> None:
    """Print what became of the rows: every refusal, every change, and the sums."""
    spanish = language() == "es"
    for item in report.items:
        for line in _lines(item, spanish=spanish):
            out.print(line, markup=False)
    sums = {name: getattr(report, name) for name in RESULTS}
    say(
        f"{report.rows} rows: " + ", ".join(f"{count} {name}" for name, count in sums.items()),
        f"{report.rows} filas: " + ", ".join(f"{count} {RESULTS_ES[name]}" for name, count in sums.items()),
    )
    if report.recorded:
        say(
            f"Recorded {report.facts} facts up to position {report.position}, correlation {report.correlation}.",
            f"Se registraron {report.facts} hechos hasta la posición {report.position}, {report.correlation}.",
        )
    elif report.refused and not report.dry_run:
        complain("Nothing was recorded.", "No se registró nada.")
    else:
        say("Nothing was recorded.", "No se registró nada.")


def _lines(item: RowReport, *, spanish: bool) -> Iterator[str]:
    start = f"{'fila' if spanish else 'row'} {item.row} {item.code}".rstrip()
    for why in item.refusals:
        yield f"{start} · {why.column} · {why.value or '-'}: {why.es if spanish else why.en}"
    for change in item.changes:
        yield f"{start} · {change.column}: {change.from_ or '-'} → {change.to} ({change.command})"
    if item.duplicates:
        yield f"{start} · {'¿duplica a' if spanish else 'may repeat'} {', '.join(item.duplicates)}{'?' * spanish}"
