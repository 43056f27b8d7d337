"""`roundtable witness`: make a witness, sign what logs show, and say what was signed. No database is needed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from roundtable.console import complain, say
from roundtable.verify.errors import Malformed
from roundtable.verify.findings import printable
from roundtable.verify.times import iso, parse_span
from roundtable.witness.memory import MemoryLost
from roundtable.witness.pulling import Unreachable, pull
from roundtable.witness.server import WitnessServer
from roundtable.witness.witness import Refused, Witness

app = typer.Typer(no_args_is_help=True, help=__doc__)
Folder = Annotated[Path, typer.Option(help="Where the witness keeps its key, its memory and its logs.")]
HERE = Path("witness")
ALARM, UNREACHABLE = 1, 3


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except MemoryLost as error:
        complain(
            f"The memory {error} is gone. Bring it back from a backup; without it, make a new witness with a new key.",
            f"Falta la memoria {error}. Recupérela de un respaldo; si no la hay, cree otro testigo con otra clave.",
        )
    except (Malformed, OSError) as error:
        complain(str(error), str(error))
    else:
        return
    raise typer.Exit(2)


@app.command()
def init(
    name: Annotated[str, typer.Argument(help="A name like witness.example.org/transition, without spaces or +.")],
    log: Annotated[list[str] | None, typer.Option(help="A log to trust: its key and its address, in one text.")] = None,
    folder: Folder = HERE,
) -> None:
    """Make a witness with a key of its own. Its last line is what verifiers and the log put into their policy."""
    with _explained():
        witness = Witness.begin(folder, name, log or ())
    say(
        f"Add logs to {folder / 'logs.txt'} as `log <key> <address>`. The line for policies:",
        f"Agregue registros a {folder / 'logs.txt'} como `log <clave> <dirección>`. La línea para las políticas:",
    )
    typer.echo(f"witness {name.rpartition('/')[2]} {witness.key.key}")


@app.command()
def cosign(folder: Folder = HERE) -> None:
    """Once: fetch the newest checkpoint of every log, check it, sign it, and send the signature back."""
    with _explained():
        code = _round(Witness(folder))
    raise typer.Exit(code)


@app.command()
def run(
    every: Annotated[str, typer.Option(help="How often to fetch: 30s, 5m, 24h.")] = "5m",
    listen: Annotated[str, typer.Option(help="Also answer logs that push: address and port, 127.0.0.1:8100.")] = "",
    folder: Folder = HERE,
) -> None:
    """Do so again and again, until stopped."""
    with _explained():
        pause = parse_span(every)
        server = _listening(Witness(folder), listen) if listen else None
        try:
            while True:
                _round(Witness(folder))
                _wait(pause)
        except KeyboardInterrupt:
            return
        finally:
            if server:
                server.shutdown()
                server.server_close()


@app.command()
def status(folder: Folder = HERE) -> None:
    """Say which key signs, and what was signed last of each log."""
    with _explained():
        witness = Witness(folder)
        known = witness.memory.read()
    typer.echo(str(witness.key.key))
    for log in witness.policy.logs:
        signed = known.get(log.key.name)
        name = printable(log.key.name)
        if signed is None:
            say(f"{name}: nothing signed yet", f"{name}: nada firmado aún")
        else:
            size, root, at = signed.checkpoint.size, signed.checkpoint.root.hex(), iso(signed.at)
            say(f"{name}: {size} entries, root {root}, {at}", f"{name}: {size} entradas, raíz {root}, {at}")


def _round(witness: Witness) -> int:
    """Pull every log that has an address; return the exit code."""
    code = 0
    for log in witness.policy.logs:
        if not log.url:
            continue
        name = printable(log.key.name)
        try:
            size = pull(witness, log).checkpoint.size
        except Unreachable as error:
            complain(f"{name}: no answer: {printable(error)}", f"{name}: sin respuesta: {printable(error)}")
            code = code or UNREACHABLE
        except Refused as refused:
            told = printable(refused)
            code = ALARM if refused.is_alarm else code or UNREACHABLE
            if refused.is_alarm:
                place = witness.folder / "evidence"
                complain(f"{name}: ALARM: {told}. See {place}.", f"{name}: ALARMA: {told}. Vea {place}.")
            else:
                complain(f"{name}: not signed: {told}", f"{name}: sin firmar: {told}")
        else:
            say(f"{name}: signed at size {size}", f"{name}: firmado con tamaño {size}")
    return code


def _listening(witness: Witness, listen: str) -> WitnessServer:
    host, _, port = listen.rpartition(":")
    if not port.isdecimal():
        raise Malformed(f"{listen} is no address and port")
    server = WitnessServer((host or "127.0.0.1", int(port)), witness)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(
        f"Witness: http://{host}:{server.server_port}/add-checkpoint",
        f"Testigo: http://{host}:{server.server_port}/add-checkpoint",
    )
    return server


def _wait(seconds: int) -> None:
    threading.Event().wait(seconds)
