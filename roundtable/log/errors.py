"""Why the log goes no further. While it is inconsistent, the installation only reads."""

from domain.errors import DomainError, NotFound


class LogInconsistent(DomainError):
    """What is stored does not continue what was signed; nothing is recorded until it does."""


class LogRolledBack(LogInconsistent):
    """The database holds less than what was signed, as after restoring an old backup."""

    en = (
        "The log has {size} entries, and {signed} were signed. Nothing is recorded, so that no signed entry is "
        "replaced: bring back the entries from {size} on, from an export or a mirror (`roundtable import`) or a newer "
        "backup. To give this log up and begin another, move its key and memory away, or set ROUNDTABLE_LOG_KEY."
    )
    es = (
        "El registro tiene {size} entradas y se firmaron {signed}. No se registra nada, para no reemplazar lo "
        "firmado: recupere las entradas desde la {size} con una exportación o una réplica (`roundtable import`) o con "
        "un respaldo más reciente. Para abandonarlo e iniciar otro, aparte su clave y memoria o use ROUNDTABLE_LOG_KEY."
    )


class LogRewritten(LogInconsistent):
    """The entries that were signed are not the entries that are stored."""

    en = (
        "The first {signed} entries are not those that were signed: their root is {root}, the signed one "
        "{signed_root}. Nothing is recorded. Run `roundtable check`, compare with an export or a mirror, and restore "
        "what was changed."
    )
    es = (
        "Las primeras {signed} entradas no son las firmadas: su raíz es {root} y la firmada, {signed_root}. No se "
        "registra nada. Ejecute `roundtable check`, compare con una exportación o una réplica y restaure lo cambiado."
    )


class LogForeign(LogInconsistent):
    """The key signs for another log."""

    en = (
        "The key has signed for {signed_origin}, and the database holds {origin}. Nothing is recorded. Set "
        "ROUNDTABLE_LOG_KEY to the key of this log, or ROUNDTABLE_DATABASE_URL to the database of that one."
    )
    es = (
        "La clave firmó para {signed_origin} y la base de datos contiene {origin}. No se registra nada. Indique en "
        "ROUNDTABLE_LOG_KEY la clave de este registro, o en ROUNDTABLE_DATABASE_URL la base de aquel."
    )


class KeyMissing(DomainError):
    """The log has a key elsewhere; a fresh one is not made without being asked for."""

    en = (
        "The log {origin} is signed, and its key is not in {file}. Put it there, or make a new one with "
        "`roundtable log new-key`, which the log then records. Until then no checkpoint is signed."
    )
    es = (
        "El registro {origin} está firmado y su clave no está en {file}. Colóquela ahí, o cree otra con "
        "`roundtable log new-key`, que quedará registrada. Hasta entonces no se firma ningún punto de control."
    )


class NoCheckpoint(NotFound):
    """Nothing was signed yet."""

    en = "There is no checkpoint yet: one is signed soon after the first fact. `roundtable checkpoint` signs at once."
    es = "Aún no hay punto de control: se firma poco después del primer hecho. `roundtable checkpoint` firma ya mismo."


class NoEntry(NotFound):
    """The log has no entry there."""

    en = "The log has no entry at position {position}: it ends at {head}."
    es = "El registro no tiene entrada en la posición {position}: termina en la {head}."


class TileNotFound(NotFound):
    """There is no such tile, or it is not that wide."""

    en = "There is no {path}: the log has {size} entries. Tiles are addressed as in C2SP tlog-tiles."
    es = "No existe {path}: el registro tiene {size} entradas. Las teselas se nombran como en C2SP tlog-tiles."


class SchemaNotFound(NotFound):
    """No entry has this form."""

    en = "There is no schema {name}. /v1/log/schemas lists them all, by topic and version."
    es = "No existe el esquema {name}. /v1/log/schemas los enumera por tema y versión."
