"""Why a log refuses a command."""

from domain.errors import Conflict, Invalid


class KeyOfAnotherLog(Invalid):
    """A key of the log bears the name of the log."""

    en = "{field} is a key of {name}, and this is the log {origin}. Make a key under the name of this log."
    es = "{field} es una clave de {name} y este registro es {origin}. Cree una clave con el nombre de este registro."


class KeyKnown(Conflict):
    """The log has the key already."""

    en = "The log has had the key {vkey} since size {valid_from_size}. A retired key does not come back: make another."
    es = "El registro tiene la clave {vkey} desde el tamaño {valid_from_size}. Una clave retirada no vuelve: haga otra."


class KeyNotInForce(Conflict):
    """A key is retired once, after it was added."""

    en = "The key {vkey} does not sign this log now. Name a key that was added and not retired."
    es = "La clave {vkey} no firma este registro ahora. Indique una clave añadida y no retirada."


class LastKey(Conflict):
    """A log always has a key that signs."""

    en = "The key {vkey} is the only one that signs. Add the next key first."
    es = "La clave {vkey} es la única que firma. Añada antes la siguiente."


class KeyEndsBeforeItBegan(Invalid):
    """A key signs from one size up to a larger one."""

    en = "{field} {given} is less than the size {valid_from_size} from which the key signs."
    es = "{field} {given} es menor que el tamaño {valid_from_size} desde el cual firma la clave."


class SchemasUnchanged(Conflict):
    """A publication says something new."""

    en = "All these schemas are published already with these digests."
    es = "Todos esos esquemas ya están publicados con esos resúmenes."


class NothingWasLost(Invalid):
    """A restore leaves less than what was signed."""

    en = "{field} {given} is not less than the {signed_size} entries that were signed: nothing was lost."
    es = "{field} {given} no es menor que las {signed_size} entradas firmadas: no se perdió nada."
