"""Events are found by who recorded them, for which institution, about what and when."""

import sqlalchemy as sa
from alembic import op

from roundtable.store.columns import Id

revision = "audit_reads"
down_revision = "transparency_log"
branch_labels = None
depends_on = None

INDEXED = ("actor", "actor_organization", "on_behalf_of", "aggregate", "topic", "correlation", "occurred_on")
AS_THE_BODY_SAYS = ("actor_organization", "on_behalf_of")
VALUE = {
    "sqlite": "json_extract(body, '$.context.{0}')",
    "postgresql": "(body::json #>> '{{context,{0}}}')::uuid",
}


def upgrade() -> None:
    for name in AS_THE_BODY_SAYS:
        op.add_column("event", sa.Column(name, Id, nullable=True, comment="as the body says, to find by"))
    value = VALUE[op.get_context().dialect.name]
    said = ", ".join(f"{name} = {value.format(name)}" for name in AS_THE_BODY_SAYS)
    op.execute(f"UPDATE event SET {said}")  # noqa: S608 - our own names
    for name in INDEXED:
        op.create_index(f"ix_event_{name}_position", "event", [name, "position"])


def downgrade() -> None:
    for name in INDEXED:
        op.drop_index(f"ix_event_{name}_position", "event")
    with op.batch_alter_table("event") as batch:
        for name in AS_THE_BODY_SAYS:
            batch.drop_column(name)
