"""The log speaks of itself: before a checkpoint is signed, its name, keys and schemas are facts in it."""

from typing import Any
from uuid import UUID

from domain.errors import Conflict
from domain.log import Log, LogState
from projections import logs
from roundtable.application import Roundtable
from roundtable.commands import commands_of
from roundtable.log.schemas import digests
from roundtable.log.signer import Signer
from roundtable.store import log
from roundtable.tokens import Caller

ITSELF = Caller(UUID(int=0), UUID(int=0), "secretariat", None)
"""The actor of facts that the installation records by itself."""


def declare(app: Roundtable, origin: str, signer: Signer) -> None:
    """Record what the log does not say of itself yet: that it is open, its keys, the schemas of its entries."""
    try:
        _declare(app, origin, signer)
    except Conflict:
        _declare(app, origin, signer)  # another process said part of it meanwhile


def _declare(app: Roundtable, origin: str, signer: Signer) -> None:
    found = _known(app, origin)
    if found is None:
        record(app, "open", None, origin=origin)
        found = _known(app, origin)
    if found is None:
        return  # the read model is set aside: it is said once that follows again
    id, state = found
    with app.database.reading() as connection:
        head = log.head(connection)
    held = signer.held()
    for key in held:
        if state.key(str(key)) is None:
            record(app, "add_key", id, vkey=str(key), valid_from_size=head + 1 if state.keys else 0)
    if new := tuple(schema for schema in digests() if schema not in state.schemas):
        record(app, "publish_schemas", id, schemas=new)


def record(app: Roundtable, name: str, id: UUID | None, **fields: Any) -> None:
    """Let the installation record a fact about its own log."""
    command = commands_of(Log)[name]
    body = command.body.model_validate({"occurred_on": app.settings.today().isoformat(), **fields})
    app.execute(command, body, caller=ITSELF, id=id)


def _known(app: Roundtable, origin: str) -> tuple[UUID, LogState] | None:
    with app.database.reading() as connection:
        return logs.opened(connection, origin)
