"""Sessions and minutes."""

import sqlalchemy as sa
from alembic import op

from roundtable.store.columns import Day, Id

revision = "sessions"
down_revision = "roundtables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "minutes",
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
        sa.Column("session", Id, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "recorded_from", "valid_from", name=op.f("pk_minutes")),
    )
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_minutes_code",
            ["code"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_minutes_newest",
            ["id"],
            unique=True,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_minutes_now",
            ["born"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index("ix_minutes_of", ["session"], unique=False, sqlite_where=None, postgresql_where=None)
        batch_op.create_index(
            "ix_minutes_past",
            ["born", "recorded_from", "recorded_to", "valid_from", "valid_to", "replaced_at"],
            unique=False,
            sqlite_where=None,
            postgresql_where=None,
        )

    op.create_table(
        "minutes_link",
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.PrimaryKeyConstraint("link", "id", name=op.f("pk_minutes_link")),
    )
    with op.batch_alter_table("minutes_link", schema=None) as batch_op:
        batch_op.create_index("ix_minutes_link_id", ["id"], unique=False)

    op.create_table(
        "session",
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
        sa.Column("roundtable", Id, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("held_on", Day, nullable=False, comment="of the opening, else of the call"),
        sa.Column("second_call_of", Id, nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "recorded_from", "valid_from", name=op.f("pk_session")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(
            "ix_session_code",
            ["code"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_session_newest",
            ["id"],
            unique=True,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_session_now",
            ["born"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index("ix_session_of", ["roundtable"], unique=False, sqlite_where=None, postgresql_where=None)
        batch_op.create_index(
            "ix_session_past",
            ["born", "recorded_from", "recorded_to", "valid_from", "valid_to", "replaced_at"],
            unique=False,
            sqlite_where=None,
            postgresql_where=None,
        )

    op.create_table(
        "session_link",
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.PrimaryKeyConstraint("link", "id", name=op.f("pk_session_link")),
    )
    with op.batch_alter_table("session_link", schema=None) as batch_op:
        batch_op.create_index("ix_session_link_id", ["id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("session_link", schema=None) as batch_op:
        batch_op.drop_index("ix_session_link_id")

    op.drop_table("session_link")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index("ix_session_past", sqlite_where=None, postgresql_where=None)
        batch_op.drop_index("ix_session_of", sqlite_where=None, postgresql_where=None)
        batch_op.drop_index(
            "ix_session_now",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_session_newest",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_session_code",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )

    op.drop_table("session")
    with op.batch_alter_table("minutes_link", schema=None) as batch_op:
        batch_op.drop_index("ix_minutes_link_id")

    op.drop_table("minutes_link")
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.drop_index("ix_minutes_past", sqlite_where=None, postgresql_where=None)
        batch_op.drop_index("ix_minutes_of", sqlite_where=None, postgresql_where=None)
        batch_op.drop_index(
            "ix_minutes_now",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_minutes_newest",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_minutes_code",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )

    op.drop_table("minutes")
