"""The tables of the peer and its connection to them."""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal
from sqlite3 import Connection
from typing import ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, configure_mappers, mapped_column
from sqlalchemy_continuum import make_versioned  # type: ignore[import-untyped]

make_versioned(user_cls=None)


def now() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC)


def digest(secret: str) -> str:
    """Hash a token, so that the table of tokens opens nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Base(DeclarativeBase):
    """The tables of the peer."""


class Token(Base):
    """A bearer token that may use the API, by its digest."""

    __tablename__ = "token"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(100))


class Commitment(Base):
    """A commitment as it is now; Continuum keeps each row it has been in `commitment_version`."""

    __tablename__ = "commitment"
    __table_args__ = (sa.Index("commitment_by_creation", "created", "id"),)
    __versioned__: ClassVar[dict[str, bool]] = {}

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str | None] = mapped_column(sa.String(40), unique=True)
    title: Mapped[str] = mapped_column(sa.String(300))
    statement: Mapped[str] = mapped_column(sa.Text)
    kind: Mapped[str] = mapped_column(sa.String(20))
    sector: Mapped[str] = mapped_column(sa.String(40))
    territory: Mapped[str] = mapped_column(sa.String(61))
    organization: Mapped[UUID]
    amount: Mapped[Decimal | None] = mapped_column(sa.Numeric(18, 2))
    currency: Mapped[str | None] = mapped_column(sa.String(3))
    projects: Mapped[int | None]
    deadline: Mapped[date | None]
    occurred_on: Mapped[date]
    source: Mapped[str] = mapped_column(sa.String(500))
    status: Mapped[str] = mapped_column(sa.String(20), default="agreed")
    percent: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    created: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), default=now)
    updated: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), default=now, onupdate=now)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


configure_mappers()


def connect(url: str) -> tuple[sa.Engine, sa.Engine]:
    """Open a database, to read and to write, so that a commit survives a power cut.

    PostgreSQL comes so. SQLite gets a write-ahead log with full syncs; as it has one writer at a time, writers share
    one connection and wait for it in line, which is faster and fairer than its own waiting by sleeping.
    """
    if not url.startswith("sqlite"):
        engine = sa.create_engine(url, pool_size=20)
        return engine, engine
    reader = sa.create_engine(url, pool_size=20)
    writer = sa.create_engine(url, pool_size=1, max_overflow=0)
    for engine, begin in ((reader, "BEGIN"), (writer, "BEGIN IMMEDIATE")):
        sa.event.listen(engine, "connect", configure)
        sa.event.listen(engine, "begin", lambda connection, begin=begin: connection.exec_driver_sql(begin))
    return reader, writer


def configure(connection: Connection, _: object) -> None:
    """Make a connection to SQLite durable, and leave its transactions to SQLAlchemy."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
