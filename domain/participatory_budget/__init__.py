"""ParticipatoryBudget: one municipality, one fiscal year, from the ordinance that regulates it to its accounts."""

from domain.participatory_budget.aggregate import ParticipatoryBudget

__all__ = ["ParticipatoryBudget"]
