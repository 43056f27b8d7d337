"""Transition: the handover from one administration to the next."""

from domain.transition.aggregate import Transition

__all__ = ["Transition"]
