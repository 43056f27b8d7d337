"""Project: a work or investment, from the wish at a table to the works received."""

from domain.project.aggregate import Project

__all__ = ["Project"]
