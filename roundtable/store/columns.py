"""Column types that read the same from SQLite and PostgreSQL: ids, days and instants are ISO text in Python."""

from typing import Any

import sqlalchemy as sa


class AsText(sa.TypeDecorator[str]):
    """ISO text in Python and SQLite, a native type in PostgreSQL.

    Nothing is converted between the log and a read model, and such text sorts as what it means.
    """

    impl = sa.Text
    cache_ok = True

    def __init__(self, native: sa.types.TypeEngine[Any]) -> None:
        """Name the native type of PostgreSQL."""
        super().__init__()
        self.native = native

    def __repr__(self) -> str:
        """Write the type as migrations name it."""
        return next(name for name, type_ in NAMED.items() if type_.native.__class__ is self.native.__class__)

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Choose the type for a database."""
        return dialect.type_descriptor(self.native if dialect.name == "postgresql" else sa.Text())

    def coerce_compared_value(self, op: Any, value: Any) -> sa.types.TypeEngine[Any]:  # noqa: ARG002 - the base asks
        """Compare with values of the same type."""
        return self


Id = AsText(sa.Uuid(as_uuid=False))
Day = AsText(sa.Date())
Instant = AsText(sa.DateTime(timezone=True))
"""Instants are written `2018-07-25T15:04:05.000000+00:00`, always in UTC."""
NAMED = {"Id": Id, "Day": Day, "Instant": Instant}
"""The types by the names under which migrations import them."""
Position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
