"""Participatory budgets."""

import sqlalchemy as sa
from alembic import op

from roundtable.store.columns import Day, Id

revision = "participatory_budgets"
down_revision = "projects"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "participatory_budget",
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
        sa.Column("municipality", Id, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "recorded_from", "valid_from", name=op.f("pk_participatory_budget")),
    )
    with op.batch_alter_table("participatory_budget", schema=None) as batch_op:
        batch_op.create_index(
            "ix_participatory_budget_code",
            ["code"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_participatory_budget_newest",
            ["id"],
            unique=True,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_participatory_budget_now",
            ["born"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_participatory_budget_past",
            ["born", "recorded_from", "recorded_to", "valid_from", "valid_to", "replaced_at"],
            unique=False,
        )
        batch_op.create_index(
            "ix_participatory_budget_year",
            ["municipality", "fiscal_year"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )

    op.create_table(
        "participatory_budget_link",
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.PrimaryKeyConstraint("link", "id", name=op.f("pk_participatory_budget_link")),
    )
    with op.batch_alter_table("participatory_budget_link", schema=None) as batch_op:
        batch_op.create_index("ix_participatory_budget_link_id", ["id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("participatory_budget_link", schema=None) as batch_op:
        batch_op.drop_index("ix_participatory_budget_link_id")

    op.drop_table("participatory_budget_link")
    with op.batch_alter_table("participatory_budget", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_participatory_budget_year",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index("ix_participatory_budget_past")
        batch_op.drop_index(
            "ix_participatory_budget_now",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_participatory_budget_newest",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_participatory_budget_code",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )

    op.drop_table("participatory_budget")
