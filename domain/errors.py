"""The ways a command can be refused, each with its values and a sentence in English and Spanish.

`api.errors` maps the four kinds to HTTP statuses. An error class states a fact (`CommitmentNotOpen`); its templates say
what was refused, why, and what to do.
"""

import re
from typing import Any, ClassVar, Self


class Words(str):
    """A phrase among the values of a refusal: itself in English, `es` in Spanish."""

    __slots__ = ("es",)
    es: str

    def __new__(cls, en: str, es: str) -> Self:
        """Keep both."""
        self = super().__new__(cls, en)
        self.es = es
        return self


SPANISH = {
    "administration": "gestión",
    "commitment": "compromiso",
    "log": "registro",
    "minutes": "acta",
    "organization": "organización",
    "participatory-budget": "presupuesto participativo",
    "plan": "plan",
    "project": "proyecto",
    "roundtable": "mesa",
    "session": "sesión",
    "transition": "transferencia",
}
"""The kinds of objects in Spanish."""


class DomainError(Exception):
    """A rule refused the command; nothing was recorded."""

    en: ClassVar[str] = "The command was refused."
    es: ClassVar[str] = "Se rechazó la orden."

    def __init__(self, **values: Any) -> None:
        """Keep the values that the refusal is about."""
        self.values = values
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """Say what was refused and why, in `es` or (any other language) in English."""
        if language != "es":
            return self.en.format_map(self.values)
        kind = self.values.get("kind")
        spoken = {name: getattr(value, "es", value) for name, value in self.values.items()}
        return self.es.format_map(spoken | {"kind": SPANISH.get(str(kind), kind)})


def slug(name: str) -> str:
    """Return the stable name of a refusal: `CommitmentNotOpen` is `commitment-not-open`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


class Invalid(DomainError):
    """What was sent cannot be a fact. The value `field` names the field."""


class NotFound(DomainError):
    """The thing named does not exist."""


class Conflict(DomainError):
    """The thing is in a state that does not allow this."""


class Forbidden(DomainError):
    """This actor may not do this."""


class ObjectNotFound(NotFound):
    """No object of this kind has the id or code."""

    en = "There is no {kind} {id}. Check the id, or look it up in the list."
    es = "No existe: {kind} {id}. Revise el identificador o búsquelo en la lista."


class ObjectVoided(NotFound):
    """The object was entered in error: the fact that began it is void."""

    en = "The {kind} {id} was voided as entered in error. Its history remains; voiding that void restores it."
    es = "Se anuló por registro erróneo: {kind} {id}. Su historial permanece; anular esa anulación lo restituye."


class InFuture(Invalid):
    """A fact cannot have happened after today."""

    en = "{field} {occurred_on} lies in the future: today is {today} in {timezone}. Record a fact once it has happened."
    es = (
        "{field} {occurred_on} está en el futuro: hoy es {today} en {timezone}. Registre el hecho cuando haya ocurrido."
    )


class BeforeObjectBegan(Invalid):
    """A fact of an object cannot predate the object."""

    en = "{field} {occurred_on} is before the {kind} began, on {began_on}. Correct the date of either fact."
    es = "{field} {occurred_on} es anterior al inicio ({kind}, {began_on}). Corrija la fecha de uno de los hechos."


class StateMovedLater(Conflict):
    """A fact that moves the state machine may not predate the object's latest such fact."""

    en = (
        "{command} on {occurred_on} would predate {latest} of {latest_on}, which moved the state last. "
        "Use that day or a later one, or correct the date of the earlier record."
    )
    es = (
        "{command} del {occurred_on} sería anterior a {latest} del {latest_on}, el último cambio de estado. "
        "Use esa fecha o una posterior, o corrija la fecha del registro anterior."
    )
