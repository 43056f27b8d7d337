"""Plans. Commitments are to be folded anew: their rows now say which plans they serve."""

import sqlalchemy as sa
from alembic import op

from roundtable.store.columns import Day, Id

revision = "plans"
down_revision = "sessions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan",
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
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column(
            "in_force", sa.Integer(), nullable=True, comment="the version in force, also when its validity has run out"
        ),
        sa.Column("valid_until", Day, nullable=False, comment="while it can expire"),
        sa.Column("handed_over", sa.Boolean(), nullable=False),
        sa.Column("recognised", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True, comment="none: plans are inherited without one"),
        sa.Column("headline", sa.BigInteger(), nullable=True, comment="none: plans are inherited without one"),
        sa.Column("currency", sa.Text(), nullable=True, comment="none: plans are inherited without one"),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "recorded_from", "valid_from", name=op.f("pk_plan")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(
            "ix_plan_code",
            ["code"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_plan_newest",
            ["id"],
            unique=True,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_plan_now",
            ["born"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_plan_past",
            ["born", "recorded_from", "recorded_to", "valid_from", "valid_to", "replaced_at"],
            unique=False,
            sqlite_where=None,
            postgresql_where=None,
        )

    op.create_table(
        "plan_link",
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.PrimaryKeyConstraint("link", "id", name=op.f("pk_plan_link")),
    )
    with op.batch_alter_table("plan_link", schema=None) as batch_op:
        batch_op.create_index("ix_plan_link_id", ["id"], unique=False)

    op.execute("DELETE FROM projection WHERE name = 'commitment'")


def downgrade() -> None:
    with op.batch_alter_table("plan_link", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_link_id")

    op.drop_table("plan_link")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_past", sqlite_where=None, postgresql_where=None)
        batch_op.drop_index(
            "ix_plan_now",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_plan_newest",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_plan_code",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )

    op.drop_table("plan")
