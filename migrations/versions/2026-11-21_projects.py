"""Projects."""

import sqlalchemy as sa
from alembic import op

from roundtable.store.columns import Day, Id

revision = "projects"
down_revision = "plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project",
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
        sa.Column("cui", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False, comment="of the track at the table"),
        sa.Column("investment", sa.Text(), nullable=False),
        sa.Column("works", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True, comment="minor units, the cost"),
        sa.Column("accrued", sa.BigInteger(), nullable=True, comment="minor units, of all fiscal years"),
        sa.Column("currency", sa.Text(), nullable=True, comment="of cost and budgets"),
        sa.Column("due", Day, nullable=False, comment="the planned end while it is to be built"),
        sa.Column("next_milestone", Day, nullable=False, comment="the first that is to be reached"),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "recorded_from", "valid_from", name=op.f("pk_project")),
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(
            "ix_project_code",
            ["code"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_project_cui",
            ["cui"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_project_newest",
            ["id"],
            unique=True,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_project_now",
            ["born"],
            unique=False,
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.create_index(
            "ix_project_past",
            ["born", "recorded_from", "recorded_to", "valid_from", "valid_to", "replaced_at"],
            unique=False,
            sqlite_where=None,
            postgresql_where=None,
        )

    op.create_table(
        "project_link",
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.PrimaryKeyConstraint("link", "id", name=op.f("pk_project_link")),
    )
    with op.batch_alter_table("project_link", schema=None) as batch_op:
        batch_op.create_index("ix_project_link_id", ["id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("project_link", schema=None) as batch_op:
        batch_op.drop_index("ix_project_link_id")

    op.drop_table("project_link")
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_index("ix_project_past", sqlite_where=None, postgresql_where=None)
        batch_op.drop_index(
            "ix_project_now",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_project_newest",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_project_cui",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )
        batch_op.drop_index(
            "ix_project_code",
            sqlite_where=sa.text("recorded_to = 9223372036854775807"),
            postgresql_where=sa.text("recorded_to = 9223372036854775807"),
        )

    op.drop_table("project")
