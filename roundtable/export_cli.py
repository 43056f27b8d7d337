"""`roundtable export`, `import` and `mirror`: the whole log, for a verifier, a successor, or whoever keeps a copy."""

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from roundtable import backups, importing
from roundtable.console import complain, progress, say
from roundtable.exports import SOFTWARE, contents
from roundtable.exports.archives import zipped
from roundtable.exports.copies import CopyDamaged
from roundtable.installation import Installation
from roundtable.mirroring import Alarm, Mirror, Unreachable
from roundtable.replaying import Replayed
from roundtable.verify.errors import Malformed
from roundtable.verify.policies import Policy

PATIENCE_S = 60.0
FORKED, DAMAGED, UNREACHABLE = 1, 2, 3
LASTING = {0, UNREACHABLE}
"""Codes after which a mirror looks again."""
Opened = Callable[[], AbstractContextManager[Installation]]
Explained = Callable[[Callable[..., Any]], Callable[..., Any]]


def add(app: typer.Typer, opened: Opened, explained: Explained) -> None:
    """Add the commands; `opened` gives the installation, `explained` turns refusals into sentences."""

    @app.command()
    @explained
    def export(
        *,
        output: Annotated[Path | None, typer.Option(help="The file to write; it must not exist.")] = None,
        size: Annotated[int | None, typer.Option(help="As the log was at a checkpoint of this size.")] = None,
        disclosures: Annotated[bool, typer.Option("--with-disclosures", help="Texts about people too.")] = False,
        documents: Annotated[bool, typer.Option("--with-documents", help="Documents too.")] = False,
    ) -> None:
        """Write the log into one archive that `roundtable-verify` checks; without --output into a pipe."""
        if output is None and sys.stdout.isatty():
            msg = "An export is no text for a terminal: name a file with --output, or write into a pipe."
            raise backups.BackupFailed(msg)
        with opened() as installation, progress() as tell:
            write(installation, output, size, contents.Wanted(disclosures, documents), tell)
        if output is not None:
            say(f"Written: {output}", f"Escrito: {output}")

    @app.command("import")
    @explained
    def take_over(
        file: Annotated[Path, typer.Argument(help="An archive that `roundtable export` or a mirror wrote.")],
        policy: Annotated[Path | None, typer.Option(help="Your own policy; the export must then be proven.")] = None,
    ) -> None:
        """Fill an empty installation from an export, and continue the same log with a key of its own."""
        with opened() as installation, progress() as tell:
            taken = importing.take_over(installation, file, read_policy(policy) if policy else None, tell)
        say(
            f"Taken over: {taken.size} events of {taken.origin}, root {taken.root}.",
            f"Recibidos: {taken.size} eventos de {taken.origin}, raíz {taken.root}.",
        )
        if taken.key is not None:
            say(
                f"The log goes on with this key, for the policies of verifiers: {taken.key}",
                f"El registro continúa con esta clave, para las políticas de quienes verifican: {taken.key}",
            )
        say(
            "Tokens were not in the export: make one with `roundtable token create`.",
            "La exportación no trae credenciales: cree una con `roundtable token create`.",
        )

    @app.command()
    @explained
    def mirror(
        url: Annotated[str, typer.Argument(help="The server, or the folder of a static copy over HTTP.")],
        *,
        output: Annotated[Path, typer.Option(help="The folder that keeps the copy.")],
        once: Annotated[bool, typer.Option("--once", help="Look once, then end.")] = False,
        interval: Annotated[float, typer.Option(min=1, help="Seconds between looks.")] = 60.0,
        policy: Annotated[Path | None, typer.Option(help="Your own policy: its keys of the log are trusted.")] = None,
    ) -> None:
        """Follow a log, verify that it only grows, keep a copy. Exit code 1: it forked; 2: the copy is damaged."""
        keys = tuple(log.key for log in read_policy(policy).logs) if policy else ()
        with httpx.Client(timeout=PATIENCE_S, follow_redirects=True) as client:
            following = Mirror(client, url, output, keys)
            while (code := follow(following)) in LASTING and not once:
                time.sleep(interval)
        raise typer.Exit(code)


def follow(mirror: Mirror) -> int:
    """Look once and say what was seen; return the exit code."""
    try:
        with progress() as tell:
            seen = mirror.round(tell)
    except Alarm as alarm:
        complain(
            f"ALARM: {alarm}. Both signed notes are in {alarm.evidence}; show them to other auditors.",
            f"ALERTA: {alarm}. Las dos notas firmadas están en {alarm.evidence}; muéstrelas a otros auditores.",
        )
        return FORKED
    except CopyDamaged as damaged:
        complain(f"The copy is damaged: {damaged}", f"La copia está dañada: {damaged}")
        return DAMAGED
    except Unreachable as missing:
        complain(f"Nothing verified: {missing}", f"No se verificó nada: {missing}")
        return UNREACHABLE
    size, root = seen.checkpoint.size, seen.checkpoint.root.hex()
    say(
        f"{seen.checkpoint.origin}: {size} entries ({seen.grown} new), root {root}",
        f"{seen.checkpoint.origin}: {size} entradas ({seen.grown} nuevas), raíz {root}",
    )
    return 0


def tell_replay(result: Replayed) -> None:
    """Say what a replay of an export showed; differences end with exit code 1."""
    say(f"Replayed {result.events} events.", f"Se reprodujeron {result.events} eventos.")
    for place, what in result.differences:
        complain(f"Difference: {place}: {what}", f"Diferencia: {place}: {what}")
    if result.differences:
        raise typer.Exit(1)
    if result.compared:
        say(
            f"{result.rows} rows of the database follow from the export.",
            f"{result.rows} filas de la base de datos se siguen de la exportación.",
        )
    else:
        say("The database is empty: nothing was compared.", "La base de datos está vacía: no se comparó nada.")


def read_policy(file: Path) -> Policy:
    """Read a policy of a verifier.

    :raises ImportFailed: it cannot be read.
    """
    try:
        return Policy.parse(file.read_bytes())
    except (OSError, Malformed) as error:
        raise importing.ImportFailed(f"{file}: {error}") from error


def write(
    installation: Installation,
    output: Path | None,
    size: int | None = None,
    wanted: contents.Wanted = contents.PUBLIC,
    tell: contents.Tell = lambda *_: None,
) -> None:
    """Write an export into a new file, which is there only when it is whole, or into standard output.

    :raises BackupFailed: the file exists or cannot be written.
    """
    signed = contents.newest(installation.log, size)
    if (stopped := installation.log.inconsistency()) is not None:
        complain(
            f"The export ends with the last checkpoint that was signed. {stopped.message('en')}",
            f"La exportación termina en el último punto de control firmado. {stopped.message('es')}",
        )
    about = contents.about(installation.database, signed)
    archive = zipped(about, contents.members(installation.database, signed, wanted, tell), SOFTWARE)
    if output is None:
        for piece in archive:
            sys.stdout.buffer.write(piece)
        return
    beside = output.with_name(f".{output.name}.partial")
    try:
        if output.exists():
            raise FileExistsError(f"{output} exists")
        with beside.open("xb") as file:
            for piece in archive:
                file.write(piece)
        beside.rename(output)
    except OSError as error:
        raise backups.BackupFailed(str(error)) from error
    finally:
        beside.unlink(missing_ok=True)
