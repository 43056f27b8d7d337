"""Bearer tokens: who calls, in which role, for which organization. Only the hash of a token is stored."""

import hashlib
import secrets
from datetime import UTC, datetime
from typing import Literal, NamedTuple, get_args
from uuid import UUID, uuid4

import sqlalchemy as sa

from roundtable.store.database import Database
from roundtable.store.tables import token as table

Role = Literal["secretariat", "auditor", "reader"]
ROLES: tuple[Role, ...] = get_args(Role)
PREFIX = "rt_"


class Caller(NamedTuple):
    """Who calls: the token's id, a random id for the actor, the role, and the organization if the token has one."""

    token: UUID
    actor: UUID
    role: Role
    organization: UUID | None
    seal: bytes = b""
    """A key that only the holder of the token can make again: digests under it cannot be guessed from the database."""


class Issued(NamedTuple):
    """A token as the database knows it: whose, in which role, for which institution, and when."""

    actor: str
    role: Role
    organization: str | None
    created_at: str
    revoked_at: str | None


def create(database: Database, role: Role, organization: UUID | None = None, actor: UUID | None = None) -> str:
    """Create a token and return its secret, which is shown this once; the log will know the actor by a random id.

    Somebody whom the log knows already, such as a member of a team, is named by that id.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    about = {"id": str(uuid4()), "actor": str(actor or uuid4()), "role": role, "secret_hash": _hash(secret)}
    about |= {"created_at": datetime.now(UTC).isoformat(timespec="microseconds")}
    with database.writing() as connection:
        connection.execute(table.insert(), about | {"organization": str(organization) if organization else None})
    return secret


def caller(connection: sa.Connection, secret: str) -> Caller | None:
    """Return who a secret belongs to; nobody where it is unknown or revoked."""
    row = connection.execute(_find, {"hash": _hash(secret)}).first()
    if row is None:
        return None
    seal = hashlib.sha256(b"seal:" + secret.encode()).digest()
    organization = UUID(row.organization) if row.organization else None
    return Caller(UUID(row.id), UUID(row.actor), row.role, organization, seal)


def all_of(connection: sa.Connection, *, organization: UUID | None = None, actor: UUID | None = None) -> list[Issued]:
    """Return the tokens that were ever issued, the oldest first, revoked ones too."""
    query = sa.select(*(table.c[name] for name in Issued._fields)).order_by(table.c.created_at, table.c.id)
    for column, value in ((table.c.organization, organization), (table.c.actor, actor)):
        query = query.where(column == str(value)) if value else query
    return [Issued._make(row) for row in connection.execute(query)]


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


_find = sa.select(table).where(table.c.secret_hash == sa.bindparam("hash"), table.c.revoked_at.is_(None))
