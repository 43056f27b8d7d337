"""The three tracks of a project. They are independent: none follows from another, and they are never collapsed."""

from enum import StrEnum
from typing import Literal

FirstTable = Literal["new", "pending", "prioritised", "eligible_for_funding", "funded", "in_execution"]
"""Where a project may stand on the table when it enters the record."""
FirstInvestment = Literal["idea", "formulation", "viable", "approved"]
"""Where a project may stand as an investment when it enters the record."""
FirstWorks = Literal["not_started", "running"]
"""How far the works may be when a project enters the record."""
TRACKS = ("table", "investment", "works")


class Table(StrEnum):
    """How far a project is at the roundtable that asked for it."""

    NEW = "new"
    PENDING = "pending"
    PRIORITISED = "prioritised"
    ELIGIBLE = "eligible_for_funding"
    FUNDED = "funded"
    IN_EXECUTION = "in_execution"
    CONCLUDED = "concluded"
    DISMISSED = "dismissed"

    @property
    def es(self) -> str:
        """The state in Spanish."""
        return _SPANISH[self]


class Investment(StrEnum):
    """How far a project is in the investment system: studies and approvals."""

    IDEA = "idea"
    FORMULATION = "formulation"
    VIABLE = "viable"
    APPROVED = "approved"
    CLOSED = "closed"
    DEACTIVATED = "deactivated"

    @property
    def es(self) -> str:
        """The state in Spanish."""
        return _SPANISH[self]


class Works(StrEnum):
    """How far the works themselves are."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    HALTED = "halted"
    FINISHED = "finished"
    RECEIVED = "received"

    @property
    def es(self) -> str:
        """The state in Spanish."""
        return _SPANISH[self]


_SPANISH: dict[StrEnum, str] = {
    Table.NEW: "nuevo",
    Table.PENDING: "pendiente",
    Table.PRIORITISED: "priorizado",
    Table.ELIGIBLE: "apto para financiamiento",
    Table.FUNDED: "financiado",
    Table.IN_EXECUTION: "en ejecución",
    Table.CONCLUDED: "concluido",
    Table.DISMISSED: "desestimado",
    Investment.IDEA: "en idea",
    Investment.FORMULATION: "en formulación",
    Investment.VIABLE: "declarado viable",
    Investment.APPROVED: "aprobado",
    Investment.CLOSED: "cerrado",
    Investment.DEACTIVATED: "desactivado",
    Works.NOT_STARTED: "sin iniciar",
    Works.RUNNING: "en curso",
    Works.HALTED: "con obra paralizada",
    Works.FINISHED: "con obra culminada",
    Works.RECEIVED: "con obra recibida",
}
OVER_AT_TABLE = frozenset({Table.CONCLUDED, Table.DISMISSED})
"""States in which a table expects nothing more of a project."""
OVER_AS_INVESTMENT = frozenset({Investment.CLOSED, Investment.DEACTIVATED})
"""States in which nothing more is invested."""
BUILT = frozenset({Works.FINISHED, Works.RECEIVED})
"""States in which the works are done."""
