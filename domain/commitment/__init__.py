"""Commitment: what somebody promised at a table, and what becomes of it."""

from domain.commitment.aggregate import Commitment

__all__ = ["Commitment"]
