"""Administration: one term of government of an institution. It inherits what the institution stood in before."""

from domain.administration.aggregate import Administration

__all__ = ["Administration"]
