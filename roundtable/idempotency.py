"""Requests with an `Idempotency-Key` are carried out once: the same key gets the same answer."""

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

import msgspec
import sqlalchemy as sa
from pydantic import BaseModel

from domain.errors import Invalid
from domain.values import Value
from roundtable.store.tables import idempotency as table

T = TypeVar("T")


class Receipt(Value, frozen=True, kw_only=True):
    """Where the log keeps what a command recorded."""

    id: UUID
    version: int
    position: int


class KeyReused(Invalid):
    """The key belongs to another request."""

    en = "Idempotency-Key {key} was used on {path} with another body. Use a new key for a new request."
    es = "La Idempotency-Key {key} ya se usó en {path} con otro contenido. Use una clave nueva para otra solicitud."


class Key(NamedTuple):
    """A key in its scope: the token and the path. `seal` is what only the holder of the token can make again."""

    token: UUID
    path: str
    key: str
    seal: bytes


class Once(NamedTuple, Generic[T]):
    """A request that is carried out once: its key, what it asks, and the kind of its answer."""

    key: Key
    body: BaseModel
    kind: type[T]


def request_digest(key: Key, body: BaseModel) -> str:
    """Return a digest of a request as it was understood: spacing and the order of fields do not matter.

    It is keyed with what the database does not hold, so that a name in an erased request cannot be guessed from it.
    """
    said = msgspec.json.encode(body.model_dump(mode="json"), order="sorted")
    return hmac.new(key.seal, said, hashlib.sha256).hexdigest()


def answered(connection: sa.Connection, once: Once[T]) -> T | None:
    """Return the answer that the key has got before.

    :raises KeyReused: it got it for another body.
    """
    key = once.key
    where = (table.c.token == str(key.token), table.c.path == key.path, table.c.key == key.key)
    row = connection.execute(sa.select(table.c.request, table.c.receipt).where(*where)).first()
    if row is None:
        return None
    if row.request != request_digest(key, once.body):
        raise KeyReused(field="Idempotency-Key", key=key.key, path=key.path)
    return msgspec.json.decode(row.receipt, type=once.kind)


def keep(connection: sa.Connection, once: Once[T], answer: T) -> None:
    """Store what a key got, in the transaction that recorded it. Refusals are not stored."""
    key = once.key
    connection.execute(
        table.insert(),
        {
            "token": str(key.token),
            "path": key.path,
            "key": key.key,
            "request": request_digest(key, once.body),
            "receipt": msgspec.json.encode(answer).decode(),
            "recorded_at": datetime.now(UTC).isoformat(timespec="microseconds"),
        },
    )
