"""What a check can find, how grave it is, and what it means, in English and Spanish."""

from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from typing import Any, NamedTuple

MOST = 100


class Grade(IntEnum):
    """What a finding makes of the evidence; the numbers are exit codes."""

    NOTICE = 0
    VIOLATION = 1
    MALFORMED = 2
    TOO_LITTLE = 3


class Meaning(NamedTuple):
    """What is said about a finding."""

    grade: Grade
    en: str
    es: str


class Finding(NamedTuple):
    """Something that was found, the values it is about, and the entry, if it is about one."""

    code: str
    values: dict[str, Any]
    leaf_index: int | None = None
    topic: str = ""

    @property
    def grade(self) -> Grade:
        """How grave it is."""
        return MEANINGS[self.code].grade

    def sentence(self, language: str) -> str:
        """Say in `es` or `en` what was found and what it means."""
        meaning = MEANINGS[self.code]
        spoken = {name: printable(value) for name, value in self.values.items()}
        said = (meaning.es if language == "es" else meaning.en).format_map(spoken)
        if self.leaf_index is None:
            return said
        entry, position = ("entrada", "posición") if language == "es" else ("entry", "position")
        topic = f", {printable(self.topic)}" if self.topic else ""
        return f"[{entry} {self.leaf_index}, {position} {self.leaf_index + 1}{topic}] {said}"


class Findings:
    """All that was found so far: the first hundred of each code, and how many there were."""

    def __init__(self) -> None:
        self._found: list[Finding] = []
        self.counts: Counter[str] = Counter()

    def add(self, code: str, leaf_index: int | None = None, topic: str = "", **values: Any) -> None:
        """Note a finding."""
        self.counts[code] += 1
        if self.counts[code] <= MOST:
            self._found.append(Finding(code, values, leaf_index, topic))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found)

    def __contains__(self, code: str) -> bool:
        return code in self.counts

    @property
    def verdict(self) -> Grade:
        """The gravest grade: a violation before what cannot be read before what is not enough."""
        grades = {finding.grade for finding in self._found}
        return next((grade for grade in list(Grade)[1:] if grade in grades), Grade.NOTICE)


def printable(value: Any) -> str:
    """Return a value as text that cannot steer a terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode() for c in str(value))[:2000]


_V, _M, _T, _N = Grade.VIOLATION, Grade.MALFORMED, Grade.TOO_LITTLE, Grade.NOTICE
MEANINGS = {
    "ROOT_MISMATCH": Meaning(
        _V,
        "The entries do not lead to the root that was signed for size {size}: something before it was altered, removed "
        "or inserted after the checkpoint was made. Entries from {good} on are not to be trusted unless named intact.",
        "Las entradas no llevan a la raíz firmada para el tamaño {size}: algo anterior se alteró, quitó o insertó "
        "después del punto de control. No confíe en las entradas desde la {good}, salvo las que consten intactas.",
    ),
    "ENTRY_ALTERED": Meaning(
        _V,
        "This entry is not the one that was sealed: the tree that was signed at size {size} holds another one here.",
        "Esta entrada no es la que se selló: el árbol firmado con tamaño {size} contiene otra en su lugar.",
    ),
    "FORK": Meaning(
        _V,
        "Two different roots were signed for size {size}: the log told two histories.",
        "Se firmaron dos raíces distintas para el tamaño {size}: el registro contó dos historias.",
    ),
    "INCONSISTENT_WITH_PINNED": Meaning(
        _V,
        "The history differs from what {pin} remembers at size {size}: it was rewritten since.",
        "La historia difiere de lo que recuerda {pin} con tamaño {size}: se reescribió desde entonces.",
    ),
    "ROLLBACK": Meaning(
        _V,
        "{pin} remembers a log of size {size}; its newest checkpoint here is of size {newest}: it went back.",
        "{pin} recuerda un registro de tamaño {size}; el último aquí es de tamaño {newest}: retrocedió.",
    ),
    "TRUNCATED": Meaning(
        _V,
        "A checkpoint was signed for size {size} but only {held} entries are here: the end is missing.",
        "Se firmó un punto de control de tamaño {size} pero aquí hay solo {held} entradas: falta el final.",
    ),
    "ORIGIN": Meaning(
        _V,
        "The checkpoint is of the log {origin}; expected: {expected}.",
        "El punto de control es del registro {origin}; se esperaba: {expected}.",
    ),
    "LOG_KEY": Meaning(
        _V,
        "The checkpoint of size {size} is signed by no key that was valid for the log then: {why}.",
        "El punto de control de tamaño {size} no lleva firma de una clave válida del registro en ese momento: {why}.",
    ),
    "SIGNATURE": Meaning(
        _V,
        "The signature of {name} under the checkpoint of size {size} is false.",
        "La firma de {name} en el punto de control de tamaño {size} es falsa.",
    ),
    "INDEX": Meaning(
        _V,
        "The entry says it is number {said}: entries were moved, removed or inserted.",
        "La entrada dice ser la número {said}: se movieron, quitaron o insertaron entradas.",
    ),
    "STREAM_GAP": Meaning(
        _V,
        "Version {version} of {object} follows version {last}: a fact of this object is missing or doubled.",
        "La versión {version} de {object} sigue a la versión {last}: falta o se repite un hecho de este objeto.",
    ),
    "TIME_ORDER": Meaning(
        _V,
        "Recorded at {recorded_at}, before the entry that stands before it ({before}): the time was set back.",
        "Registrada el {recorded_at}, antes que la entrada anterior ({before}): se atrasó la hora.",
    ),
    "TIME_BOUND": Meaning(
        _V,
        "Says it was recorded at {recorded_at}, but witnesses bound it between {low} and {high}: it is backdated or "
        "postdated.",
        "Dice haberse registrado el {recorded_at}, pero los testigos la sitúan entre {low} y {high}.",
    ),
    "TILE": Meaning(
        _V,
        "The tile {path} does not hold the hashes that the entries have.",
        "La tesela {path} no contiene los resúmenes de las entradas.",
    ),
    "DISCLOSURE_DIGEST": Meaning(
        _V,
        "The disclosure in line {line} belongs to no sealed text: {why}.",
        "La revelación de la línea {line} no corresponde a ningún texto sellado: {why}.",
    ),
    "MISSING_DISCLOSURE": Meaning(
        _V,
        "The text in {field} is sealed here, its disclosure is absent, and no recorded erasure explains that.",
        "El texto de {field} está sellado aquí, falta su revelación y ninguna supresión registrada lo explica.",
    ),
    "SCHEMA": Meaning(
        _V,
        "The schema {name} is not the one that the log published ({why}).",
        "El esquema {name} no es el que publicó el registro ({why}).",
    ),
    "SCHEMA_UNKNOWN": Meaning(
        _N,
        "{count} schemas are either only in the export or only among those that the log published: {names} …",
        "{count} esquemas están solo en la exportación o solo entre los que publicó el registro: {names} …",
    ),
    "NO_MANIFEST": Meaning(
        _N,
        "There is no manifest: a copy of the public files of the log, and nothing that the log does not seal.",
        "No hay manifiesto: es una copia de los archivos públicos del registro, sin nada que el registro no selle.",
    ),
    "DOCUMENT": Meaning(
        _V,
        "The document {name} is not what its digest says ({why}).",
        "El documento {name} no es lo que dice su resumen ({why}).",
    ),
    "ACTA": Meaning(
        _V,
        "At size {size} the root is {root}, not the one printed in the minutes ({printed}).",
        "Con tamaño {size} la raíz es {root}, no la impresa en el acta ({printed}).",
    ),
    "RECEIPT": Meaning(
        _V, "The receipt does not prove this entry: {why}.", "El comprobante no demuestra esta entrada: {why}."
    ),
    "ARCHIVE": Meaning(_M, "The archive cannot be read: {why}.", "No se puede leer el archivo: {why}."),
    "MANIFEST": Meaning(
        _M,
        "{path} is not what the manifest lists ({why}): the archive was changed or damaged after it was made.",
        "{path} no es lo que lista el manifiesto ({why}): el archivo se cambió o dañó después de hacerse.",
    ),
    "NOTE": Meaning(
        _M,
        "The checkpoint in {place} cannot be read: {why}.",
        "No se puede leer el punto de control en {place}: {why}.",
    ),
    "FRAMING": Meaning(_M, "The entry cannot be read: {why}.", "No se puede leer la entrada: {why}."),
    "LOG_FACT": Meaning(
        _M,
        "What the log says about itself here cannot be read: {why}.",
        "No se puede leer lo que el registro dice de sí mismo aquí: {why}.",
    ),
    "POLICY": Meaning(_M, "The policy cannot be used: {why}.", "No se puede usar la política: {why}."),
    "PIN": Meaning(_M, "{pin} cannot be read: {why}.", "No se puede leer {pin}: {why}."),
    "QUORUM": Meaning(
        _T,
        "No checkpoint has the cosignatures that the policy asks for; the newest is cosigned by: {names}. Ask the "
        "witnesses what they saw: without them, whoever keeps the log could have rewritten it.",
        "Ningún punto de control tiene las cofirmas que pide la política; el último lo cofirman: {names}. Pregunte a "
        "los testigos qué vieron: sin ellos, quien lleva el registro pudo reescribirlo.",
    ),
    "NO_QUORUM_ASKED": Meaning(
        _T,
        "The policy asks for no witness, so nothing can be proven: whoever holds the log's key can write any history.",
        "La política no exige testigos, así que nada queda demostrado: con la clave se escribe cualquier historia.",
    ),
    "UNWITNESSED_TAIL": Meaning(
        _T,
        "{count} entries from position {position} on are covered by no witnessed checkpoint: not proven yet.",
        "{count} entradas desde la posición {position} no tienen punto de control atestiguado: sin demostrar.",
    ),
    "STALE": Meaning(
        _T,
        "The newest witnessed checkpoint is of {time}, older than {max_age}: newer facts may be withheld.",
        "El último punto de control atestiguado es del {time}, anterior a {max_age}: podrían ocultarse hechos nuevos.",
    ),
    "NO_CHECKPOINT": Meaning(
        _T, "There is no checkpoint: nothing was signed.", "No hay punto de control: nada está firmado."
    ),
    "FUTURE": Meaning(
        _N,
        "A cosignature of {name} under size {size} is of {time}, in the future; it is not counted.",
        "Una cofirma de {name} con tamaño {size} es del {time}, en el futuro; no se cuenta.",
    ),
    "RESTORED": Meaning(
        _N,
        "A backup was restored: of {signed} signed entries {kept} were left. Ask who remembers the others.",
        "Se restauró un respaldo: de {signed} entradas firmadas quedaron {kept}. Pregunte qué decían las demás.",
    ),
    "MORE_FILES": Meaning(
        _N,
        "The archive also holds {path}, which is no part of an export; it was not looked at.",
        "El archivo contiene también {path}, ajeno a una exportación; no se examinó.",
    ),
}
