"""Why an organization refuses a command."""

from domain.errors import Conflict, Invalid


class OrganizationNotStanding(Conflict):
    """The organization has merged or was dissolved."""

    en = "{name} is {status} since {moved_on}; only a registered organization can change."
    es = "{name} está {status} desde el {moved_on}; solo cambia una organización registrada."


class MergesIntoItself(Invalid):
    """An organization cannot merge into itself."""

    en = "No organization merges into itself: {id} is the same or merged into it. Name in {field} who continues."
    es = "Nadie se fusiona consigo mismo: {id} es la misma o se fusionó en ella. Indique en {field} quién continúa."


class NameUnchanged(Conflict):
    """The organization already has the name."""

    en = "The organization already bears the name {name} on {occurred_on}."
    es = "La organización ya lleva el nombre {name} el {occurred_on}."


class IdentifierKnown(Conflict):
    """The organization already has the identifier."""

    en = "The organization already has {identifier}."
    es = "La organización ya tiene {identifier}."
