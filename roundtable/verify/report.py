"""What a check showed, for people in Spanish or English and for machines as JSON."""

import json
from collections.abc import Iterator
from typing import Any

from roundtable.verify.checker import Report
from roundtable.verify.findings import MOST, Finding, Grade, printable
from roundtable.verify.times import iso

VERDICTS = {
    Grade.NOTICE: ("proven", "PROVEN", "DEMOSTRADO"),
    Grade.VIOLATION: ("violation", "VIOLATION", "INFRACCIÓN"),
    Grade.MALFORMED: ("malformed", "MALFORMED", "ILEGIBLE"),
    Grade.TOO_LITTLE: ("not-enough-evidence", "NOT ENOUGH EVIDENCE", "EVIDENCIA INSUFICIENTE"),
}
AGREES = ("agrees", "AGREES", "CONCUERDA")
"""What is said where no witnesses are asked, so that nothing is called proven."""
NOT_CHECKED = {
    "READ_MODELS": (
        "Read models (what screens and lists show): replay them with `roundtable check --export FILE`.",
        "Los modelos de lectura (lo que muestran las pantallas): reprodúzcalos con `roundtable check --export FILE`.",
    ),
    "TRUTH": (
        "Whether what was recorded is true, and whether the persons behind the actors are who the server says.",
        "Si lo registrado es verdad, y si las personas detrás de los actores son quienes dice el servidor.",
    ),
    "COMPLETENESS": (
        "Facts that nobody ever recorded; a fork agreed with a quorum of witnesses that nobody else remembers.",
        "Hechos que nadie registró; una bifurcación pactada con un quórum de testigos que nadie más recuerda.",
    ),
    "OTHER_ENTRIES": (
        "All other entries of the log: check an export with `bundle`.",
        "Las demás entradas del registro: compruebe una exportación con `bundle`.",
    ),
    "FRESHNESS": (
        "Whether newer facts are withheld: give --max-age.",
        "Si se ocultan hechos más recientes: indique --max-age.",
    ),
    "MEMORY": (
        "Whether the history continues what you saw before: give --pin, which remembers.",
        "Si la historia continúa la que usted vio antes: indique --pin, que recuerda.",
    ),
    "DISCLOSURES": (
        "Texts about people: only their sealed digests are in this export.",
        "Los textos sobre personas: esta exportación solo contiene sus resúmenes sellados.",
    ),
    "DOCUMENTS": (
        "Attached documents: none are in this export.",
        "Los documentos adjuntos: esta exportación no los contiene.",
    ),
    "MLDSA": (
        "Cosignatures of the ML-DSA-44 kind, which this Python cannot verify: install `cryptography`.",
        "Las cofirmas ML-DSA-44, que este Python no puede verificar: instale `cryptography`.",
    ),
}


def as_json(report: Report) -> str:
    """Return the report for machines."""
    head = report.newest
    witnessed = head and {
        "size": head.size,
        "root": head.checkpoint.root.hex(),
        "first": iso(head.first or 0),
        "last": iso(head.last or 0),
        "witnesses": {printable(name): [iso(time) for time in times] for name, times in head.witnesses.items()},
    }
    told = {
        "verdict": VERDICTS[report.verdict][0],
        "exit_code": int(report.verdict),
        "origin": report.origin,
        "size": report.size,
        "root": report.root.hex(),
        "witnessed": witnessed,
        "checkpoints": report.checkpoints,
        "entries_read": report.read,
        "last_recorded_at": report.last_recorded_at,
        "schemas": report.schemas,
        "documents": report.documents,
        "disclosures": report.disclosures,
        "findings": [_finding(finding) for finding in report.findings],
        "counts": dict(report.findings.counts),
        "keys_not_in_policy": list(report.new_keys),
        "not_checked": {name: NOT_CHECKED[name][0] for name in report.not_checked},
    }
    return json.dumps(told, indent=1)


def _finding(finding: Finding) -> dict[str, Any]:
    index = finding.leaf_index
    return {
        "code": finding.code,
        "grade": VERDICTS[finding.grade][0] if finding.grade else "notice",
        "entry": index,
        "position": None if index is None else index + 1,
        "topic": finding.topic or None,
        "values": {name: printable(value) for name, value in finding.values.items()},
        "en": finding.sentence("en"),
        "es": finding.sentence("es"),
    }


def as_text(report: Report, language: str) -> str:
    """Return the report for people."""
    return "\n".join(_lines(report, spanish=language == "es"))


def _lines(report: Report, *, spanish: bool) -> Iterator[str]:
    yield VERDICTS[report.verdict][2 if spanish else 1]
    yield ""
    yield from _about(report, spanish=spanish)
    yield from _witnesses(report, spanish=spanish)
    yield from _findings(report, spanish=spanish)
    for key in report.new_keys:
        yield (
            f"El registro anunció una clave que su política no tiene; agréguela si quien la usa se la confirma: {key}"
            if spanish
            else f"The log announced a key that your policy does not have; add it if its holder confirms it: {key}"
        )
    yield ""
    yield "No se comprobó:" if spanish else "Not checked:"
    yield from (f"  - {NOT_CHECKED[name][spanish]}" for name in report.not_checked)


def _about(report: Report, *, spanish: bool) -> Iterator[str]:
    told = {
        "Registro" if spanish else "Log": printable(report.origin) or "—",
        "Entradas" if spanish else "Entries": f"{report.size}, {'leídas' if spanish else 'read'}: {report.read}",
        "Raíz" if spanish else "Root": report.root.hex(),
        "Puntos de control" if spanish else "Checkpoints": str(report.checkpoints),
        "Última entrada" if spanish else "Last entry": report.last_recorded_at or "—",
        "Esquemas" if spanish else "Schemas": str(report.schemas),
        "Documentos" if spanish else "Documents": str(report.documents),
        "Revelaciones" if spanish else "Disclosures": str(report.disclosures),
    }
    width = max(map(len, told)) + 1
    yield from (f"{name + ':':<{width}} {value}" for name, value in told.items())


def _witnesses(report: Report, *, spanish: bool) -> Iterator[str]:
    if report.newest is None:
        yield "Ningún punto de control atestiguado." if spanish else "No checkpoint is witnessed."
        return
    size = report.newest.size
    yield ""
    yield (
        f"El punto de control de tamaño {size} está atestiguado por:"
        if spanish
        else f"The checkpoint of size {size} is witnessed by:"
    )
    for name, times in report.newest.witnesses.items():
        yield f"  - {printable(name)}, {', '.join(map(iso, times))}"


def _findings(report: Report, *, spanish: bool) -> Iterator[str]:
    found = list(report.findings)
    if not found:
        return
    yield ""
    yield "Hallazgos:" if spanish else "Findings:"
    for finding in found:
        yield f"  - {finding.code}: {finding.sentence('es' if spanish else 'en')}"
    for code, count in report.findings.counts.items():
        if count > MOST:
            more = count - MOST
            yield f"  - {code}: {more} {'más del mismo tipo' if spanish else 'more of this kind'}"
