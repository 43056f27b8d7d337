"""The other sittings: communal workshops of four municipal tables, and two sessions of the regional table.

All of this is invented. In the workshops somebody interprets from and into Quechua.
"""

from roundtable.demo.chumbivilcas.places import DISTRICTS, MUNICIPAL_TABLES, PARTNERS
from roundtable.demo.chumbivilcas.roundtables import REGIONAL_TABLE, SEATS
from roundtable.demo.chumbivilcas.sessions import Outcome, Sitting

_ALL = tuple(seat.key for seat in SEATS[REGIONAL_TABLE])
_COUNTS = {"ST": (96, 38, 71), "CA": (84, 37, 79), "LI": (102, 41, 90), "QU": (78, 35, 74)}
"""How many took part in each workshop, how many of them were women, how many spoke Quechua."""


def _workshop(place: str) -> Sitting:
    people, women, quechua = _COUNTS[place]
    district = DISTRICTS[place][1]
    return Sitting(
        MUNICIPAL_TABLES[place],
        "technical",
        ({"key": "Punto 1", "title": "Seguimiento del plan de desarrollo económico local"},),
        tuple(seat.key for seat in SEATS[MUNICIPAL_TABLES[place]]),
        (Outcome("Informe 1", "Punto 1", "report", f"Prioridades de las comunidades de {district} para el plan."),),
        people=(people, women),
        number=f"T1-{place}",
        place=f"{district}, local comunal (ficticio)",
        quechua=quechua,
    )


WORKSHOPS: dict[str, Sitting] = {f"DEMO-TALLER-{place}": _workshop(place) for place in PARTNERS} | {
    "DEMO-MR-S1": Sitting(
        REGIONAL_TABLE,
        "installation",
        ({"key": "Punto 1", "title": "Instalación de la mesa regional"},),
        _ALL,
        (Outcome("Acuerdo 1", "Punto 1", "agreement", "Se declara instalada la mesa técnica regional."),),
        people=(47, 19),
        number="R1-2018",
        next_on="2019-06-14",
    ),
    "DEMO-MR-S2": Sitting(
        REGIONAL_TABLE,
        "ordinary",
        ({"key": "Punto 1", "title": "Cadenas productivas de la provincia"},),
        tuple(key for key in _ALL if key != "productores"),
        number="R2-2019",
    ),
}
"""By code. Nine of ten seats came to the second session of the regional table; without producers it had no quorum."""
