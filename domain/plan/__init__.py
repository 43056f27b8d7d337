"""Plan: what a territory or an institution wants to reach, in versions that are each fixed once adopted."""

from domain.plan.aggregate import Plan

__all__ = ["Plan"]
