"""Why a document of a handover cannot be printed."""

from domain.errors import NotFound


class NoInventory(NotFound):
    """The transition had no frozen inventory at the moment asked about."""

    en = "The inventory of transition {id} was not frozen by then. Use freeze-inventory, or ask about a later moment."
    es = "El inventario de la transferencia {id} no estaba congelado. Use freeze-inventory o consulte otro momento."


class NothingRecorded(NotFound):
    """The log is empty, so that no document could say what it follows from."""

    en = "Nothing is recorded yet: a document names the entries of the log that it follows from."
    es = "Aún no hay nada registrado: un documento indica las entradas del registro de las que procede."
