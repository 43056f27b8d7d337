"""Roundtable: where the parties meet, by which act, with which seats and rules, and until when."""

from domain.roundtable.aggregate import Roundtable

__all__ = ["Roundtable"]
