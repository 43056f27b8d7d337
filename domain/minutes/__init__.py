"""Minutes (acta): what a session wrote down, who approved and signed it, and what was corrected since."""

from domain.minutes.aggregate import Minutes

__all__ = ["Minutes"]
