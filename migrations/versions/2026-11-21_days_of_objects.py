"""The steps of an object by day, for what administrations inherit."""

from alembic import op

revision = "days_of_objects"
down_revision = "audit_reads"
branch_labels = None
depends_on = None

INHERITED = ("commitment", "project", "plan")
COLUMNS = ["id", "valid_from", "valid_to", "recorded_from", "recorded_to", "replaced_at"]


def upgrade() -> None:
    for name in INHERITED:
        op.create_index(f"ix_{name}_days", name, COLUMNS)


def downgrade() -> None:
    for name in INHERITED:
        op.drop_index(f"ix_{name}_days", name)
