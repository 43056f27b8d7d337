"""The foundation: the log and what is recorded with it, organizations and commitments."""

import sqlalchemy as sa
from alembic import op

from roundtable.store.columns import Day, Id, Instant

revision = "foundation"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commitment",
        sa.Column("id", Id, nullable=False),
        sa.Column(
            "recorded_from", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("valid_from", Day, nullable=False),
        sa.Column("recorded_to", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("valid_to", Day, nullable=False),
        sa.Column("replaced_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "born",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="first position of the object: the order of lists",
        ),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("part_of", Id, nullable=True),
        sa.Column("projects", sa.BigInteger(), nullable=False),
        sa.Column("promised", sa.BigInteger(), nullable=True, comment="minor units"),
        sa.Column("amount", sa.BigInteger(), nullable=True, comment="minor units, as adjusted"),
        sa.Column("approved", sa.BigInteger(), nullable=True, comment="minor units"),
        sa.Column("executed", sa.BigInteger(), nullable=True, comment="minor units"),
        sa.Column("invented", sa.Integer(), nullable=False, comment="which of these amounts are invented, bit by bit"),
        sa.Column("deadline", Day, nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "recorded_from", "valid_from", name=op.f("pk_commitment")),
    )
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_commitment_code",
            ["code"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_commitment_newest",
            ["id"],
            unique=True,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_commitment_now",
            ["born"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_commitment_past",
            ["born", "recorded_from", "recorded_to", "valid_from", "valid_to", "replaced_at"],
            unique=False,
            sqlite_where=None,
            postgresql_where=None,
        )
        batch_op.create_index(
            "ix_commitment_totals_now",
            ["part_of", "status", "sector", "projects", "amount", "approved", "executed", "invented"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_commitment_totals_past",
            [
                "part_of",
                "valid_from",
                "valid_to",
                "recorded_from",
                "recorded_to",
                "replaced_at",
                "status",
                "sector",
                "projects",
                "amount",
                "approved",
                "executed",
                "invented",
            ],
            unique=False,
            sqlite_where=None,
            postgresql_where=None,
        )

    op.create_table(
        "commitment_link",
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.PrimaryKeyConstraint("link", "id", name=op.f("pk_commitment_link")),
    )
    with op.batch_alter_table("commitment_link", schema=None) as batch_op:
        batch_op.create_index("ix_commitment_link_id", ["id"], unique=False)

    op.create_table(
        "disclosure",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("object_id", Id, nullable=False),
        sa.Column("disclosure", sa.Text(), nullable=False, comment="base64url of [salt, name, value] (RFC 9901)"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_disclosure")),
    )
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosure_object_id"), ["object_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_document")),
    )
    op.create_table(
        "event",
        sa.Column(
            "position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("event_id", Id, nullable=False),
        sa.Column("aggregate", sa.Text(), nullable=False),
        sa.Column("originator_id", Id, nullable=False),
        sa.Column("originator_version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("occurred_on", Day, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.Column("actor", Id, nullable=False),
        sa.Column("correlation", Id, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_event")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_event_id")),
        sa.UniqueConstraint(
            "originator_id", "originator_version", name=op.f("uq_event_originator_id_originator_version")
        ),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_recorded_at_position"), ["recorded_at", "position"], unique=False)

    op.create_table(
        "idempotency",
        sa.Column("token", Id, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False, comment="HMAC-SHA-256 of the body as understood"),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("token", "path", "key", name=op.f("pk_idempotency")),
    )
    op.create_table(
        "log_head",
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_log_head")),
    )
    op.create_table(
        "organization",
        sa.Column("id", Id, nullable=False),
        sa.Column(
            "recorded_from", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("valid_from", Day, nullable=False),
        sa.Column("recorded_to", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("valid_to", Day, nullable=False),
        sa.Column("replaced_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "born",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="first position of the object: the order of lists",
        ),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "recorded_from", "valid_from", name=op.f("pk_organization")),
    )
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.create_index(
            "ix_organization_code",
            ["code"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_organization_newest",
            ["id"],
            unique=True,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_organization_now",
            ["born"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_organization_past",
            ["born", "recorded_from", "recorded_to", "valid_from", "valid_to", "replaced_at"],
            unique=False,
            sqlite_where=None,
            postgresql_where=None,
        )

    op.create_table(
        "organization_link",
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.PrimaryKeyConstraint("link", "id", name=op.f("pk_organization_link")),
    )
    with op.batch_alter_table("organization_link", schema=None) as batch_op:
        batch_op.create_index("ix_organization_link_id", ["id"], unique=False)

    op.create_table(
        "projection",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False, comment="the shape of its rows"),
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="where it stopped; null while it follows every append",
        ),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_projection")),
    )
    op.create_table(
        "token",
        sa.Column("id", Id, nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("actor", Id, nullable=False),
        sa.Column("organization", Id, nullable=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("revoked_at", Instant, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_token_secret_hash")),
    )
    op.create_table(
        "tracking",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("upstream", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("name", "upstream", name=op.f("pk_tracking")),
        comment="How far a follower of the log has read.",
    )
    op.execute(
        "INSERT INTO log_head (log, position, recorded_at) VALUES ('main', 0, '1970-01-01T00:00:00.000000+00:00')"
    )


def downgrade() -> None:
    op.drop_table("tracking")
    op.drop_table("token")
    op.drop_table("projection")
    with op.batch_alter_table("organization_link", schema=None) as batch_op:
        batch_op.drop_index("ix_organization_link_id")

    op.drop_table("organization_link")
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.drop_index("ix_organization_past", sqlite_where=None, postgresql_where=None)
        batch_op.drop_index(
            "ix_organization_now",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_organization_newest",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_organization_code",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )

    op.drop_table("organization")
    op.drop_table("log_head")
    op.drop_table("idempotency")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_recorded_at_position"))

    op.drop_table("event")
    op.drop_table("document")
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosure_object_id"))

    op.drop_table("disclosure")
    with op.batch_alter_table("commitment_link", schema=None) as batch_op:
        batch_op.drop_index("ix_commitment_link_id")

    op.drop_table("commitment_link")
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_index("ix_commitment_totals_past", sqlite_where=None, postgresql_where=None)
        batch_op.drop_index(
            "ix_commitment_totals_now",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index("ix_commitment_past", sqlite_where=None, postgresql_where=None)
        batch_op.drop_index(
            "ix_commitment_now",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_commitment_newest",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_commitment_code",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )

    op.drop_table("commitment")
