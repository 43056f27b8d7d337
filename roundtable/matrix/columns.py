"""The columns of the commitment matrix: their names in English and Spanish, and the words that cells may hold."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from domain.commitment.types import Status
from projections.listing import folded


class Column(NamedTuple):
    """A column: its name, its Spanish headers (the first is written), the field it fills, and what it holds."""

    name: str
    es: tuple[str, ...]
    path: str
    holds: str


COLUMNS = (
    Column("code", ("código",), "code", "Code of the commitment; rows are told apart by it."),
    Column("title", ("título",), "title", "Heading; left out where the statement is short."),
    Column("statement", ("compromiso", "texto literal", "acuerdo"), "statement", "What was promised, literally."),
    Column("language", ("idioma",), "language", "Language of the statement, `es` where empty."),
    Column("kind", ("tipo",), "kind", "A kind of commitment, `investment` where empty."),
    Column("state", ("estado",), "state", "Where it stands."),
    Column("percent", ("avance", "porcentaje de avance"), "percent", "Progress reported, 0 to 100."),
    Column("block_cause", ("causa del bloqueo",), "cause", "What stops it, beside the state `blocked`."),
    Column("sector", ("sector",), "sector", "A short name such as `transport`."),
    Column("territories", ("territorios", "ubicación"), "territories", "System and code: `PE-UBIGEO-INEI:080707`."),
    Column("occurred_on", ("fecha del compromiso", "fecha"), "occurred_on", "When it was made: day, month or year."),
    Column("deadline", ("plazo", "fecha límite", "fecha de vencimiento"), "deadline", "Day by which it is due."),
    Column("deadline_waiver", ("exención de plazo",), "deadline_waiver", "Why it has no deadline."),
    Column("amount", ("monto",), "amount", "What it amounts to now."),
    Column("currency", ("moneda",), "currency", "ISO 4217 code of all amounts of the row."),
    Column("approved", ("monto aprobado",), "approved", "How much a budget approved for it."),
    Column("executed", ("monto ejecutado",), "executed", "How much was executed so far."),
    Column("responsibles", ("responsables", "responsable"), "responsibles", "`MTC [lead 60%] | MEF [co 40%]`."),
    Column("collaborators", ("colaboradores",), "collaborators", "Organizations."),
    Column("counterparts", ("contrapartes",), "counterparts", "`CODE = what it owes`."),
    Column("follow_up_body", ("órgano de seguimiento", "seguimiento"), "follow_up_body", "Who follows it up."),
    Column("follow_up_waiver", ("exención de seguimiento",), "follow_up_waiver", "Why nobody follows it up."),
    Column("verifier", ("verificador",), "verifier", "Who verifies it, none of the responsibles."),
    Column("part_of", ("parte de",), "part_of", "Code of the announcement it is part of."),
    Column("projects", ("proyectos",), "projects", "How many projects it counts as, 1 where empty."),
    Column("headline_amount", ("monto anunciado",), "headline", "Of an announcement: its amount."),
    Column("headline_projects", ("proyectos anunciados",), "headline.projects", "Of an announcement: its projects."),
    Column("headline_sectors", ("sectores anunciados",), "headline.sectors", "Of an announcement: its sectors."),
    Column("beneficiaries", ("beneficiarios",), "beneficiaries", "Whom it is for, in words."),
    Column("beneficiaries_people", ("personas beneficiarias",), "beneficiaries.people", "How many people."),
    Column("beneficiaries_women", ("mujeres beneficiarias",), "beneficiaries.women", "How many women among them."),
    Column("conditions", ("condiciones", "condición"), "conditions", "What it depends on."),
    Column("sdg_targets", ("metas ods",), "sdg_targets", "Targets such as `6.1`."),
    Column("roundtable", ("mesa",), "origin.roundtable", "Code of the roundtable where it was made."),
    Column("session", ("sesión",), "origin.session", "Code of the session."),
    Column("minutes", ("acta",), "origin.minutes", "Code of the signed minutes."),
    Column("item", ("punto del acta",), "origin.item", "Item of the minutes."),
    Column("page", ("página del acta",), "origin.page", "Page of the minutes."),
    Column("quote", ("cita literal",), "origin.quote", "Words of the minutes."),
    Column("quote_language", ("idioma de la cita",), "origin.quote.language", "Their language."),
    Column("source", ("fuente",), "source", "Where it is written down."),
    Column("source_document", ("documento fuente",), "source.document", "SHA-256 digest of the stored document."),
    Column("source_page", ("página de la fuente",), "source.page", "Page of the source."),
    Column("illustrative", ("campos ilustrativos", "ilustrativo"), "illustrative", "Fields that are invented."),
    Column("reason", ("motivo",), "reason", "Why the row changes what is recorded."),
    Column("act_type", ("tipo de norma",), "act", "Act that moves the deadline: its type."),
    Column("act_number", ("número de norma",), "act.number", "Its number."),
    Column("act_issuer", ("emisor de la norma",), "act.issuer", "Who issued it."),
    Column("act_date", ("fecha de la norma",), "act.date", "Its date."),
)
"""All columns, in the order in which they are written."""
NAMES = tuple(column.name for column in COLUMNS)
SAY_WHY = frozenset({"reason", "act_type", "act_number", "act_issuer", "act_date"})
"""Columns that say why a row changes something; an export leaves them empty."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "investment": ("inversión", "proyecto"),
    "financial_transfer": ("transferencia financiera",),
    "legal_act": ("norma", "acto administrativo"),
    "technical_assistance": ("asistencia técnica",),
    "study": ("estudio", "informe"),
    "service": ("servicio",),
    "procedure": ("gestión", "trámite"),
    "employment": ("empleo", "compra local"),
    "environmental": ("ambiental", "fiscalización ambiental"),
}
STATES: Mapping[str, tuple[str, ...]] = {status.value: (status.es,) for status in Status} | {
    Status.REQUESTED.value: (Status.REQUESTED.es, "pedido"),
    Status.AGREED.value: (Status.AGREED.es, "pendiente"),
    Status.IN_PROGRESS.value: (Status.IN_PROGRESS.es, "en proceso"),
    Status.REPORTED_FULFILLED.value: (Status.REPORTED_FULFILLED.es, "cumplido por verificar"),
}
ROLES: Mapping[str, tuple[str, ...]] = {
    "lead": ("principal", "líder"),
    "co": ("corresponsable",),
    "support": ("apoyo",),
}


def plain(header: str) -> str:
    """Return a header or word without accents, capitals or underscores."""
    return " ".join(folded(header).replace("_", " ").split())


def spellings(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return every way to write each word, with the word."""
    return {plain(said): name for name, others in words.items() for said in (name, *others)}


HEADERS = spellings({column.name: column.es for column in COLUMNS})
"""Every header that is understood, with its column."""
_PATHS = {
    **{column.name: column.name for column in COLUMNS},
    **{column.path: column.name for column in COLUMNS},
    "organization": "responsibles",
    "origin": "roundtable",
}


def column_of(field: str, default: str) -> str:
    """Return the column that fills a field of a command, such as `origin.minutes`; the default where none does."""
    path = field.removeprefix("changes.")
    while path:
        if path in _PATHS:
            return _PATHS[path]
        path = path.rpartition(".")[0]
    return default
