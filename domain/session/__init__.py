"""Session: a sitting of a roundtable, its agenda, who attended, and what came of it."""

from domain.session.aggregate import Session

__all__ = ["Session"]
