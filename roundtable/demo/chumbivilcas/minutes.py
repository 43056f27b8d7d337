"""The minutes of the sessions of the Technical Table, as texts. All of them are invented."""

from roundtable.demo.chumbivilcas import calendar
from roundtable.demo.chumbivilcas.items import ITEMS
from roundtable.demo.chumbivilcas.sessions import SITTINGS

WRITTEN = {
    "DEMO-ACTA-01-2018": "DEMO-MT-S1",
    "DEMO-ACTA-02-2018": "DEMO-MT-S2",
    "DEMO-ACTA-03-2018": "DEMO-MT-S3",
    "DEMO-ACTA-05-2018": "DEMO-MT-S5",
    "DEMO-ACTA-06-2019": "DEMO-MT-S6",
}
"""Minutes by code, and the session that each writes down."""
ITEMISING = "DEMO-ACTA-03-2018"
"""The minutes whose outcomes are the 32 items."""


def text_of(code: str, version: int, *, signed: bool = False) -> str:
    """Return the text of minutes in a version; of the first ones of the third session rows are missing."""
    session = WRITTEN[code]
    sitting = SITTINGS[session]
    lines = [
        f"Acta {code} de la sesión {session}, {calendar.held_on(session)}. Documento ficticio, solo para demostración.",
        *(f"{item['key']}. {item['title']}" for item in sitting.agenda),
        *(f"{outcome.key} ({outcome.item}): {outcome.text}" for outcome in sitting.outcomes),
    ]
    if code == ITEMISING:
        lines += [row_of(item.code) for item in ITEMS[: 8 * version + 8 if version < _COMPLETE else len(ITEMS)]]
    if signed:
        lines.append("Firmada por los asientos presentes.")
    return "\n".join([*lines, f"Versión {version}.", ""])


_COMPLETE = 3


def row_of(code: str) -> str:
    """Return the row of the matrix that an item stands in, in its literal words."""
    item = next(item for item in ITEMS if item.code == code)
    return f"Fila {ITEMS.index(item) + 1}: {item.title}, {item.ministry}, S/ {item.promised:,}.00"
