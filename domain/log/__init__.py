"""Log: what the transparency log says of itself, as facts in it: its name, its keys, the forms of its entries."""

from domain.log.aggregate import Log
from domain.log.types import KeyInForce, LogState, SchemaDigest

__all__ = ["KeyInForce", "Log", "LogState", "SchemaDigest"]
