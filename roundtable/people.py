"""Texts about people: the log holds a salted digest, a side table that can be emptied holds the value (RFC 9901)."""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from roundtable.store.tables import disclosure

SALT_BYTES = 16
"""RFC 9901 §9.3 recommends at least 128 bits."""


class Sealed(NamedTuple):
    """A text and what stands for it in the log."""

    digest: str
    disclosure: str


def seal(name: str, value: str) -> Sealed:
    """Return the disclosure of a value with a fresh salt, and its digest (RFC 9901 §4.2.1, §4.2.3)."""
    salt = _base64url(secrets.token_bytes(SALT_BYTES))
    text = _base64url(json.dumps([salt, name, value], ensure_ascii=False).encode())
    return Sealed(digest_of(text), text)


def digest_of(text: str) -> str:
    """Return the digest of a disclosure: SHA-256 over its ASCII, in base64url."""
    return _base64url(hashlib.sha256(text.encode("ascii")).digest())


def keep(connection: sa.Connection, object_id: UUID, sealed: Iterable[Sealed]) -> None:
    """Store the disclosures of an object's event, in the transaction that records it."""
    rows = [{"digest": s.digest, "object_id": str(object_id), "disclosure": s.disclosure} for s in sealed]
    if rows:
        connection.execute(disclosure.insert(), rows)


def values(connection: sa.Connection, digests: Iterable[str]) -> dict[str, str]:
    """Return the values that are still known, by digest."""
    wanted = list(digests)
    if not wanted:
        return {}
    query = sa.select(disclosure.c.digest, disclosure.c.disclosure).where(disclosure.c.digest.in_(wanted))
    return {row.digest: _value(row.disclosure) for row in connection.execute(query)}


def _value(text: str) -> str:
    return str(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))[2])


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
