"""What sectors and states are called."""

from roundtable.demo.rows import Said

SECTORS = {
    "agriculture": Said("Agricultura", "Agriculture"),
    "education": Said("Educación", "Education"),
    "housing": Said("Vivienda", "Housing"),
    "transport": Said("Transporte", "Transport"),
}
STATES = {
    "requested": Said("solicitado{s}", "requested"),
    "agreed": Said("acordado{s}", "agreed"),
    "in_progress": Said("en proceso", "in progress"),
    "blocked": Said("bloqueado{s}", "blocked"),
    "reported_fulfilled": Said("cumplido{s} por verificar", "reported as fulfilled"),
    "fulfilled": Said("cumplido{s}", "fulfilled"),
    "dismissed": Said("desestimado{s}", "dismissed"),
}
"""In the order in which they are counted; `{s}` makes a plural."""
SEATED = {
    "state": Said("del Estado", "of the State"),
    "company": Said("de empresas", "of companies"),
    "civil_society": Said("de la sociedad civil", "of civil society"),
    "community": Said("de comunidades", "of communities"),
}
SESSION_STATES = {
    "closed": Said("cerrada{s}", "closed"),
    "failed_quorum": Said("sin quórum", "without a quorum"),
}
HANDOVER_STATES = {
    "closed": Said("cerrada{s}", "closed"),
    "signed": Said("con acta suscrita", "signed"),
    "complemented": Said("con acta complementaria", "with a complementary acta"),
    "unsigned": Said("con acta no suscrita", "left unsigned"),
    "delivered_late": Said("entregada{s} fuera de plazo", "delivered late"),
    "not_required": Said("no requerida{s}", "not required"),
}
DECISIONS = {
    "ratified": Said("ratificado{s}", "ratified"),
    "adopted_with_changes": Said("adoptado{s} con cambios", "adopted with changes"),
    "under_review": Said("en revisión", "under review"),
    "not_continued": Said("no continuado{s}", "not continued"),
}
TRACKS = {
    ("table", "in_execution"): Said("en la mesa: en ejecución", "at the table: in execution"),
    ("investment", "approved"): Said("inversión: aprobada", "investment: approved"),
    ("works", "halted"): Said("obra: paralizada", "works: halted"),
}
"""The states of tracks that answers speak of."""
