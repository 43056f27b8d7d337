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
