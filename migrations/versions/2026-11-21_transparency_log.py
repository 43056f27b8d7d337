"""The transparency log: every event sealed, those stored before too; tiles and checkpoints."""

import sqlalchemy as sa
from alembic import op

from roundtable.store.columns import Day, Id, Instant, Position
from roundtable.store.entries import leaf
from roundtable.store.recorder import Recorded

revision = "transparency_log"
down_revision = "participatory_budgets"
branch_labels = None
depends_on = None

PAGE = 2000
_texts = dict.fromkeys(("aggregate", "topic", "body"), sa.Text())
_ids = dict.fromkeys(("event_id", "originator_id", "actor", "correlation"), Id)
_numbers = dict.fromkeys(("position", "originator_version", "schema_version"), Position)
_types = _texts | _ids | _numbers | {"occurred_on": Day, "recorded_at": Instant}
_event = sa.table("event", *(sa.column(n, _types[n]) for n in Recorded._fields), sa.column("leaf_hash", sa.LargeBinary))


def upgrade() -> None:
    op.add_column(
        "event",
        sa.Column(
            "leaf_hash",
            sa.LargeBinary(),
            nullable=True,
            comment="of the entry (roundtable/store/entries.py); null: not sealed",
        ),
    )
    op.create_table(
        "log_tree",
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=True, comment="fixed with the first checkpoint"),
        sa.Column(
            "size",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="how many leaves the tiles hold",
        ),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_log_tree")),
    )
    op.create_table(
        "log_tile",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False, comment="up to 256; a full tile never changes"),
        sa.PrimaryKeyConstraint("level", "n", name=op.f("pk_log_tile")),
    )
    op.create_table(
        "log_checkpoint",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("root", sa.Text(), nullable=False, comment="hexadecimal"),
        sa.Column("note", sa.Text(), nullable=False, comment="signed note; lines of witnesses are added"),
        sa.Column("created_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_log_checkpoint")),
    )
    op.create_index(op.f("ix_log_checkpoint_size"), "log_checkpoint", ["size"], unique=False)
    _create_read_model()
    op.execute("INSERT INTO log_tree (log, size) VALUES ('main', 0)")
    _seal(op.get_bind())


def _create_read_model() -> None:
    """Make the tables of what the log says of itself."""
    position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    newest = sa.text("recorded_to = 9223372036854775807")
    op.create_table(
        "log",
        sa.Column("id", Id, nullable=False),
        sa.Column("recorded_from", position, autoincrement=False, nullable=False),
        sa.Column("valid_from", Day, nullable=False),
        sa.Column("recorded_to", position, nullable=False),
        sa.Column("valid_to", Day, nullable=False),
        sa.Column("replaced_at", position, nullable=False),
        sa.Column("version", position, nullable=False),
        sa.Column("born", position, nullable=False, comment="first position of the object: the order of lists"),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "recorded_from", "valid_from", name=op.f("pk_log")),
    )
    for name, columns, unique in (("newest", ["id"], True), ("now", ["born"], False)):
        op.create_index(f"ix_log_{name}", "log", columns, unique=unique, sqlite_where=newest, postgresql_where=newest)
    past = ["born", "recorded_from", "recorded_to", "valid_from", "valid_to", "replaced_at"]
    op.create_index("ix_log_past", "log", past, unique=False)
    op.create_table(
        "log_link",
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.PrimaryKeyConstraint("link", "id", name=op.f("pk_log_link")),
    )
    op.create_index("ix_log_link_id", "log_link", ["id"], unique=False)


def _seal(connection: sa.Connection) -> None:
    """Seal what was recorded before, page by page; the columns stay as they are."""
    columns = [_event.c[name] for name in Recorded._fields]
    page = sa.select(*columns).where(_event.c.position > sa.bindparam("after")).order_by(_event.c.position).limit(PAGE)
    sealed = _event.update().where(_event.c.position == sa.bindparam("at")).values(leaf_hash=sa.bindparam("leaf"))
    after = 0
    while rows := [Recorded._make(row) for row in connection.execute(page, {"after": after})]:
        connection.execute(sealed, [{"at": row.position, "leaf": leaf(row)} for row in rows])
        after = rows[-1].position


def downgrade() -> None:
    op.drop_table("log_link")
    op.drop_table("log")
    op.drop_index(op.f("ix_log_checkpoint_size"), table_name="log_checkpoint")
    op.drop_table("log_checkpoint")
    op.drop_table("log_tile")
    op.drop_table("log_tree")
    op.drop_column("event", "leaf_hash")
