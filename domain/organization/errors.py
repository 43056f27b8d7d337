"""Why an organization refuses a command."""

from domain.errors import Conflict, Invalid


class OrganizationNotStanding(Conflict):
    """The organization has merged or was dissolved."""

    en = "{name} is {status} since {moved_on}; only a registered organization can change."
    es = "{name} está {status} desde el {moved_on}; solo cambia una organización registrada."


class MergesIntoItself(Invalid):
    """An organization cannot merge into itself."""

    en = "Organization {id} cannot merge into itself. Name the institution that continues in {field}."
    es = "La organización {id} no puede fusionarse consigo misma. Indique en {field} la institución que continúa."


class NameUnchanged(Conflict):
    """The organization already has the name."""

    en = "The organization already bears the name {name} on {occurred_on}."
    es = "La organización ya lleva el nombre {name} el {occurred_on}."


class IdentifierKnown(Conflict):
    """The organization already has the identifier."""

    en = "The organization already has {identifier}."
    es = "La organización ya tiene {identifier}."
