"""The command line."""

from typing import Annotated

import typer
import uvicorn

from roundtable import schema, tokens
from roundtable.bootstrap import open_installation
from roundtable.settings import Settings
from roundtable.store.database import Database

app = typer.Typer(no_args_is_help=True, add_completion=False)
token = typer.Typer(no_args_is_help=True)
app.add_typer(token, name="token")


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    database = Database(Settings.from_environment().database_url)
    schema.upgrade(database)
    installation = open_installation()
    if installation.projector.outdated():
        installation.projector.rebuild()


@app.command()
def serve(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the HTTP interface."""
    migrate()
    uvicorn.run("roundtable.bootstrap:build", factory=True, host=host, port=port, log_level="warning")


@token.command("create")
def create_token(role: Annotated[str, typer.Option()], organization: str | None = None) -> None:
    """Create a bearer token; the token alone stands on the last line."""
    database = Database(Settings.from_environment().database_url)
    typer.echo(tokens.create(database, role, organization))


if __name__ == "__main__":
    app()
