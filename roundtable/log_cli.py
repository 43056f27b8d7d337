"""`roundtable log …`: the keys of the log and how it stands."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated, Any

import typer

from projections import logs
from roundtable.console import say
from roundtable.declaring import record
from roundtable.doing import CannotDo
from roundtable.installation import Installation
from roundtable.log import checkpoints, tiles
from roundtable.log.signer import Signed
from roundtable.verify.notes import Key

Opened = Callable[[], AbstractContextManager[Installation]]
Explained = Callable[[Callable[..., Any]], Callable[..., Any]]


def commands(opened: Opened, explained: Explained) -> typer.Typer:
    """Return the commands; `opened` gives the installation, `explained` turns refusals into sentences."""
    app = typer.Typer(no_args_is_help=True, help="The transparency log: how it stands, and its keys.")

    @app.command()
    @explained
    def status() -> None:
        """Say which log this is, how much of it is signed, and whether facts may be recorded."""
        with opened() as installation:
            _tell(installation)

    @app.command("new-key")
    @explained
    def new_key() -> None:
        """Make a key that signs too from now on, and record it. Also where the old key is lost."""
        with opened() as installation:
            key = add_key(installation)
        say("The log is also signed by:", "El registro también se firma con:")
        typer.echo(str(key))

    @app.command("retire-key")
    @explained
    def retire(vkey: Annotated[str, typer.Argument(help="The key as `log status` writes it.")]) -> None:
        """Record that a key signs no more, and forget it. Another one must be there."""
        with opened() as installation:
            retire_key(installation, vkey)
        say("The key signs no more.", "La clave ya no firma.")

    return app


def add_key(installation: Installation) -> Key:
    """Make a key for the log of an installation and let the log record it.

    :raises CannotDo: the log has not begun.
    """
    signer = installation.log.signer
    with installation.database.reading() as connection:
        origin, newest = tiles.tree(connection).origin, checkpoints.latest(connection)
    if origin is None:
        msg = "The log begins with its first checkpoint, and gets its key then: run `roundtable checkpoint`."
        raise CannotDo(msg)
    installation.log.must_be_consistent()
    if signer.last() is None and newest is not None:
        signer.begin_at(Signed(origin, newest.size, bytes.fromhex(newest.root)))
    key = signer.add_key(origin)
    installation.log.checkpoint(force=True)
    return key


def retire_key(installation: Installation, vkey: str) -> None:
    """Let a key sign once more, record that this was the last time, and forget it.

    :raises CannotDo: the key is not among those that sign here.
    :raises LastKey: no other key signs.
    """
    signer = installation.log.signer
    key = next((key for key in signer.held() if str(key) == vkey), None)
    newest = installation.log.checkpoint(force=True)
    if key is None or newest is None:
        msg = f"{vkey} is no key that signs here; `roundtable log status` lists them."
        raise CannotDo(msg)
    with installation.database.reading() as connection:
        found = logs.opened(connection, key.name)
    if found is not None:
        record(installation.app, "retire_key", found[0], vkey=vkey, valid_to_size=newest.size)
    signer.drop_key(key)
    installation.log.checkpoint(force=True)


def _tell(installation: Installation) -> None:
    with installation.database.reading() as connection:
        origin, size = tiles.tree(connection)
        newest = checkpoints.latest(connection)
    stopped = installation.log.inconsistency()
    typer.echo(f"origin      {origin or '-'}")
    typer.echo(f"integrated  {size}")
    typer.echo(f"checkpoint  {f'{newest.size} {newest.root} {newest.created_at}' if newest else '-'}")
    for key in installation.log.signer.held():
        typer.echo(f"key         {key}")
    if stopped is not None:
        say(f"read-only: {stopped.message('en')}", f"solo lectura: {stopped.message('es')}")
        raise typer.Exit(1)
