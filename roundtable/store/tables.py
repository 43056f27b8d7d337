"""The tables of the store. Alembic makes them; the read models add their own to the same metadata."""

import sqlalchemy as sa

from roundtable.store.columns import Day, Id, Instant, Position

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)

log_head = sa.Table(
    "log_head",
    metadata,
    sa.Column("log", sa.Text, primary_key=True),
    sa.Column("position", Position, nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
)
event = sa.Table(
    "event",
    metadata,
    sa.Column("position", Position, primary_key=True, autoincrement=False),
    sa.Column("event_id", Id, nullable=False, unique=True),
    sa.Column("aggregate", sa.Text, nullable=False),
    sa.Column("originator_id", Id, nullable=False),
    sa.Column("originator_version", Position, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("schema_version", sa.Integer, nullable=False),
    sa.Column("occurred_on", Day, nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.Column("actor", Id, nullable=False),
    sa.Column("correlation", Id, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("leaf_hash", sa.LargeBinary, comment="of the entry (roundtable/store/entries.py); null: not sealed"),
    sa.Column("actor_organization", Id, comment="as the body says, to find by"),
    sa.Column("on_behalf_of", Id, comment="as the body says, to find by"),
    sa.UniqueConstraint("originator_id", "originator_version"),
    sa.Index(None, "recorded_at", "position"),
    sa.Index(None, "actor", "position"),
    sa.Index(None, "actor_organization", "position"),
    sa.Index(None, "on_behalf_of", "position"),
    sa.Index(None, "aggregate", "position"),
    sa.Index(None, "topic", "position"),
    sa.Index(None, "correlation", "position"),
    sa.Index(None, "occurred_on", "position"),
)
log_tree = sa.Table(
    "log_tree",
    metadata,
    sa.Column("log", sa.Text, primary_key=True),
    sa.Column("origin", sa.Text, comment="fixed with the first checkpoint"),
    sa.Column("size", Position, nullable=False, comment="how many leaves the tiles hold"),
)
log_tile = sa.Table(
    "log_tile",
    metadata,
    sa.Column("level", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("n", Position, primary_key=True, autoincrement=False),
    sa.Column("hashes", sa.LargeBinary, nullable=False, comment="up to 256; a full tile never changes"),
)
log_checkpoint = sa.Table(
    "log_checkpoint",
    metadata,
    sa.Column("number", Position, primary_key=True, autoincrement=False),
    sa.Column("size", Position, nullable=False, index=True),
    sa.Column("root", sa.Text, nullable=False, comment="hexadecimal"),
    sa.Column("note", sa.Text, nullable=False, comment="signed note; lines of witnesses are added"),
    sa.Column("created_at", Instant, nullable=False),
)
tracking = sa.Table(
    "tracking",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("upstream", sa.Text, primary_key=True),
    sa.Column("position", Position, nullable=False),
    comment="How far a follower of the log has read.",
)
read_model = sa.Table(
    "projection",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False, comment="the shape of its rows"),
    sa.Column("position", Position, comment="where it stopped; null while it follows every append"),
    sa.Column("error", sa.Text),
)
idempotency = sa.Table(
    "idempotency",
    metadata,
    sa.Column("token", Id, primary_key=True),
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("request", sa.Text, nullable=False, comment="HMAC-SHA-256 of the body as understood"),
    sa.Column("receipt", sa.Text, nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
)
token = sa.Table(
    "token",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("secret_hash", sa.Text, nullable=False, unique=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("actor", Id, nullable=False),
    sa.Column("organization", Id),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("revoked_at", Instant),
)
disclosure = sa.Table(
    "disclosure",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("object_id", Id, nullable=False, index=True),
    sa.Column("disclosure", sa.Text, nullable=False, comment="base64url of [salt, name, value] (RFC 9901)"),
)
document = sa.Table(
    "document",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("stored_at", Instant, nullable=False),
)
