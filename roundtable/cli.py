"""The command line: run an installation, check it, keep it, and record facts from a terminal."""

import functools
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
import uvicorn

from domain.errors import DomainError
from projections import organizations
from projections.moment import Moment
from projections.projector import ProjectionFailed
from roundtable import backups, checks, demo, export_cli, handovers, log_cli, matrices, schema, tokens
from roundtable.bootstrap import open_installation
from roundtable.console import complain, language, out, progress, say
from roundtable.doing import CannotDo, described, do
from roundtable.importing import ImportFailed
from roundtable.installation import Installation
from roundtable.log.remote import SignerServer
from roundtable.log.signer import FileSigner
from roundtable.replaying import replay
from roundtable.settings import Settings
from roundtable.store.database import Database
from roundtable.store.entries import EventTooLarge
from roundtable.tokens import ROLES
from roundtable.verify import cli as verifier
from roundtable.verify import packing
from roundtable.witness.cli import app as witness_app

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_show_locals=False)
token_app = typer.Typer(no_args_is_help=True, help="Bearer tokens.")
app.add_typer(token_app, name="token")
app.add_typer(witness_app, name="witness")
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.")]


def _explained(run: Callable[..., Any]) -> Callable[..., Any]:
    """Turn refusals into a sentence and exit code 1."""

    @functools.wraps(run)
    def explained(*args: Any, **kwargs: Any) -> Any:
        try:
            return run(*args, **kwargs)
        except DomainError as error:
            complain(error.message("en"), error.message("es"))
        except (backups.BackupFailed, demo.PartlyLoaded, CannotDo, EventTooLarge, ImportFailed) as error:
            complain(str(error), str(error))
        raise typer.Exit(1)

    return explained


@contextmanager
def _installation() -> Iterator[Installation]:
    """Open the installation of the settings; its database must be up to date."""
    try:
        installation = open_installation()
    except DomainError as error:  # a file of rules is wrong
        complain(error.message("en"), error.message("es"))
        raise typer.Exit(1) from error
    try:
        if not schema.is_current(installation.database):
            complain(
                "The database is not up to date. Run `roundtable migrate` first.",
                "La base de datos no está al día. Ejecute antes `roundtable migrate`.",
            )
            raise typer.Exit(1)
        yield installation
    finally:
        installation.close()


app.add_typer(matrices.commands(_installation, _explained), name="matrix")
app.add_typer(handovers.commands(_installation, _explained), name="transition")
export_cli.add(app, _installation, _explained)
app.add_typer(log_cli.commands(_installation, _explained), name="log")


@app.command()
@_explained
def checkpoint() -> None:
    """Sign a checkpoint of the log now, and print it."""
    with _installation() as installation:
        signed = installation.log.checkpoint(force=True)
    if signed is None:
        complain("The log is empty: there is nothing to sign.", "El registro está vacío: no hay nada que firmar.")
        raise typer.Exit(1)
    typer.echo(signed.note, nl=False)


@app.command()
def signer(
    socket: Annotated[Path, typer.Option(help="Where to listen; the same as the server's ROUNDTABLE_LOG_SIGNER.")],
) -> None:
    """Hold the keys of the log (ROUNDTABLE_LOG_KEY) for a server that runs as another user. No database is needed."""
    with SignerServer(socket, FileSigner(Settings.from_environment().key_file())) as server:
        say(f"Signing at {socket}", f"Firmando en {socket}")
        server.serve_forever()


@app.command()
def migrate() -> None:
    """Bring the database up to date, and rebuild read models that have another shape."""
    settings = Settings.from_environment()
    database = Database(settings.database_url, synchronous=settings.sqlite_synchronous)
    schema.upgrade(database)
    database.close()
    with _installation() as installation, progress() as tell:
        if installation.projector.outdated():
            installation.projector.rebuild(tell)
    say("The database is up to date.", "La base de datos está al día.")


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the HTTP interface. An empty database is prepared first."""
    database = Database(Settings.from_environment().database_url)
    empty = schema.is_empty(database)
    database.close()
    if empty:
        migrate()
    with _installation() as installation:
        for name in installation.projector.errors():
            _catch_up(installation, name)
        for name in installation.projector.outdated():
            complain(f"{name} needs `roundtable rebuild`.", f"{name} requiere `roundtable rebuild`.")
    say(f"Roundtable: http://{host}:{port}/docs", f"Roundtable: http://{host}:{port}/docs")
    uvicorn.run(
        "roundtable.serving:build",
        factory=True,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=10,
    )


def _catch_up(installation: Installation, name: str) -> None:
    """Let a read model that was set aside follow the log again, if what stopped it is repaired."""
    try:
        installation.projector.catch_up(name)
    except ProjectionFailed:
        problem = installation.projector.errors().get(name, "")
        complain(f"Read model {name} is still set aside: {problem}", f"El modelo {name} sigue apartado: {problem}")


@app.command()
def rebuild() -> None:
    """Fold the whole log into empty read models, in one maintenance transaction."""
    with _installation() as installation, progress() as tell:
        installation.projector.rebuild(tell)
    say("All read models are rebuilt.", "Todos los modelos de lectura se reconstruyeron.")


@app.command("check")
@_explained
def check_command(
    export: Annotated[
        Path | None, typer.Option(help="Replay this export instead of the log, and compare what follows from it.")
    ] = None,
) -> None:
    """Replay everything, compare it with the live rows, and name the first difference."""
    if export is None:
        check()
        return
    with _installation() as installation, progress() as tell:
        export_cli.tell_replay(replay(installation, export, tell))


def check() -> None:
    """Replay the log and compare it with the live rows."""
    with _installation() as installation, progress() as tell:
        result = checks.Check(installation, tell).run()
    say(
        f"Replayed {result.events} events; compared {result.rows} rows of {result.objects} objects.",
        f"Se reprodujeron {result.events} eventos; se compararon {result.rows} filas de {result.objects} objetos.",
    )
    if result.finding:
        place, what = result.finding
        complain(f"First difference: {place}: {what}", f"Primera diferencia: {place}: {what}")
        raise typer.Exit(1)
    say("Everything is as the log says.", "Todo está como dice el registro.")


@app.command()
@_explained
def backup(file: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")]) -> None:
    """Write the whole installation into one file while it goes on working."""
    with progress() as tell:
        backups.backup(Settings.from_environment(), file, lambda done, total: tell("backup", done, total))
    say(f"Written: {file}", f"Escrito: {file}")


@app.command()
@_explained
def restore(file: Annotated[Path, typer.Argument(help="A file that `roundtable backup` wrote.")]) -> None:
    """Fill an empty database from a backup, then check it."""
    with progress() as tell:
        backups.restore(Settings.from_environment(), file, lambda done, total: tell("restore", done, total))
    check()


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def verify(context: typer.Context) -> None:
    """Check an export, a receipt or a checkpoint offline: the same as roundtable-verify.pyz. No database is needed."""
    raise typer.Exit(verifier.main(context.args, "roundtable verify"))


@app.command("verify-tool")
def verify_tool(
    output: Annotated[Path, typer.Option(help="The file to write.")] = Path(packing.NAME),
) -> None:
    """Write the verifier as one file that any Python 3.11 runs, with nothing installed."""
    output.write_bytes(packing.build())
    output.chmod(0o755)
    say(f"Written: {output}", f"Escrito: {output}")


@token_app.command("create")
@_explained
def create_token(
    role: Annotated[str, typer.Option(help=f"One of: {', '.join(ROLES)}.")],
    organization: Annotated[str | None, typer.Option(help="Id or code of the organization it belongs to.")] = None,
) -> None:
    """Create a bearer token. It is shown this once, alone on the last line."""
    known = next((known for known in ROLES if known == role), None)
    if known is None:
        msg = f"There is no role {role}; choose one of {', '.join(ROLES)}."
        raise CannotDo(msg)
    with _installation() as installation:
        belongs = _organization(installation, organization) if organization else None
        secret = tokens.create(installation.database, known, belongs)
    if sys.stdout.isatty():
        say("Keep this token; only its hash is stored:", "Guarde este token; solo se almacena su resumen:")
    typer.echo(secret)


def _organization(installation: Installation, name: str) -> UUID:
    now = Moment(0, installation.settings.today(), all_known=True, today=True)
    try:
        asked: UUID | str = UUID(name)
    except ValueError:
        asked = name
    with installation.database.reading() as connection:
        row = organizations.find(connection, asked, now)
    if row is None:
        msg = f"There is no organization {name}. Register it first, with a token that belongs to none."
        raise CannotDo(msg)
    return UUID(row.id)


@app.command("do")
@_explained
def do_command(
    aggregate: Annotated[str, typer.Argument(help="organization, commitment …")],
    command: Annotated[str | None, typer.Argument(help="register, report-progress …; left out: lists them.")] = None,
    rest: Annotated[
        list[str] | None, typer.Argument(help="Id or code, then field=value …; values may be JSON.")
    ] = None,
    token: Annotated[str, typer.Option(envvar="ROUNDTABLE_TOKEN", help="A token of role secretariat.")] = "",
    if_match: Annotated[int | None, typer.Option(help="Refuse unless the object is at this version.")] = None,
    key: Annotated[str | None, typer.Option(help="The same key gets the same answer.")] = None,
) -> None:
    """Record a fact: `roundtable do commitment report-progress CHU-2018-A03-07 percent=40 occurred_on=2019-03`."""
    if command is None or not rest:
        for line in described(aggregate, command):
            out.print(line, markup=False)
        return
    with _installation() as installation:
        receipt = do(installation, aggregate, command, rest or [], secret=token, expected=if_match, key=key)
    out.print_json(data={"id": str(receipt.id), "version": receipt.version, "position": receipt.position})


@app.command("demo")
@_explained
def demo_command(
    *,
    serve_after: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve when the data are there.")] = True,
    story: Annotated[str, typer.Option(help=f"One of: {', '.join(demo.STORIES)}.")] = "chumbivilcas",
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Load a true story as commands, show its answers, and serve it."""
    if story not in demo.STORIES:
        complain(f"There is no story {story}.", f"No existe la historia {story}.")
        raise typer.Exit(1)
    migrate()
    with _installation() as installation:
        with progress() as tell:
            loaded = demo.STORIES[story].load(installation, lambda done, total, what: tell(what, done, total))
        demo.show(out, installation, loaded, language(), f"http://{host}:{port}")
    if serve_after:
        serve(host, port)


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def bench(context: typer.Context) -> None:
    """Print the rows of the speed table, measured side by side in one run. It needs a checkout with its tests."""
    if not (schema.ROOT / "tests" / "bench").is_dir():
        complain(
            "The measurements are in tests/bench of a checkout.", "Las mediciones están en tests/bench del código."
        )
        raise typer.Exit(1)
    done = subprocess.run([sys.executable, "-m", "tests.bench", *context.args], cwd=schema.ROOT, check=False)
    raise typer.Exit(done.returncode)


if __name__ == "__main__":
    app()
