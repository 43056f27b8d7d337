"""The 32 projects. Their number and sum are of the document; everything in this table is invented."""

from decimal import Decimal
from typing import NamedTuple

from roundtable.demo.chumbivilcas.places import DISTRICTS

SECTORS = {
    "TRA": ("transport", "MTC", "Mejoramiento del camino vecinal de {} (ficticio)", "2020-06-30"),
    "VIV": ("housing", "MVCS", "Ampliación del agua potable y saneamiento de {} (ficticio)", "2020-12-31"),
    "EDU": ("education", "MINEDU", "Mejoramiento de los servicios educativos de {} (ficticio)", "2019-12-31"),
    "AGR": ("agriculture", "MINAGRI", "Instalación de riego tecnificado en {} (ficticio)", "2020-03-31"),
}
"""Sector, ministry, title and deadline."""
PAGES = {"TRA": 3, "VIV": 4, "EDU": 5, "AGR": 6}
"""The page of the minutes on which each sector's rows stand."""
AMOUNTS: dict[str, tuple[int, int, int]] = {
    "DEMO-TRA-ST": (12_400_000, 12_400_000, 11_904_000),
    "DEMO-TRA-CA": (6_200_000, 5_580_000, 2_790_000),
    "DEMO-TRA-CH": (7_400_000, 1_850_000, 592_000),
    "DEMO-TRA-CO": (8_100_000, 0, 0),
    "DEMO-TRA-LI": (8_900_000, 0, 0),
    "DEMO-TRA-LL": (5_600_000, 5_040_000, 2_520_000),
    "DEMO-TRA-QU": (5_200_000, 0, 0),
    "DEMO-TRA-VE": (8_200_000, 4_920_000, 2_460_000),
    "DEMO-VIV-ST": (9_800_000, 8_820_000, 4_410_000),
    "DEMO-VIV-CA": (4_400_000, 0, 0),
    "DEMO-VIV-CH": (5_100_000, 5_100_000, 4_896_000),
    "DEMO-VIV-CO": (6_000_000, 1_500_000, 480_000),
    "DEMO-VIV-LI": (6_900_000, 0, 0),
    "DEMO-VIV-LL": (4_300_000, 0, 0),
    "DEMO-VIV-QU": (3_900_000, 3_510_000, 1_755_000),
    "DEMO-VIV-VE": (6_100_000, 0, 0),
    "DEMO-EDU-ST": (7_600_000, 1_900_000, 608_000),
    "DEMO-EDU-CA": (3_100_000, 2_790_000, 1_395_000),
    "DEMO-EDU-CH": (3_900_000, 0, 0),
    "DEMO-EDU-CO": (4_300_000, 4_300_000, 4_300_000),
    "DEMO-EDU-LI": (5_200_000, 0, 0),
    "DEMO-EDU-LL": (3_200_000, 0, 0),
    "DEMO-EDU-QU": (2_900_000, 2_610_000, 1_305_000),
    "DEMO-EDU-VE": (4_300_000, 4_300_000, 4_128_000),
    "DEMO-AGR-ST": (4_200_000, 0, 0),
    "DEMO-AGR-CA": (2_200_000, 550_000, 176_000),
    "DEMO-AGR-CH": (2_600_000, 0, 0),
    "DEMO-AGR-CO": (3_100_000, 2_790_000, 1_395_000),
    "DEMO-AGR-LI": (3_600_000, 3_600_000, 3_456_000),
    "DEMO-AGR-LL": (2_300_000, 1_380_000, 690_000),
    "DEMO-AGR-QU": (2_100_000, 0, 0),
    "DEMO-AGR-VE": (2_900_000, 2_610_000, 1_305_000),
}
"""Promised, approved (PIM) and executed (devengado), in whole soles. They sum to 166, 75.55 and 50.565 million."""
WITHOUT_DEADLINE = frozenset({"DEMO-TRA-LI", "DEMO-VIV-LI", "DEMO-VIV-VE", "DEMO-EDU-LL", "DEMO-AGR-CH"})
WITHOUT_FOLLOW_UP = frozenset(
    {"DEMO-TRA-LI", "DEMO-TRA-QU", "DEMO-VIV-LI", "DEMO-EDU-CH", "DEMO-EDU-LL", "DEMO-AGR-CH"}
)
CO_RESPONSIBLE = {"DEMO-EDU-LI": "DEMO-MINERA"}
"""A company that answers for an item beside the ministry."""
REQUESTED = frozenset({"DEMO-AGR-QU"})
"""Asked for at the table, but not agreed."""


class Item(NamedTuple):
    """One of the 32 projects."""

    code: str
    title: str
    sector: str
    ministry: str
    ubigeo: str
    municipality: str
    deadline: str | None
    followed: bool
    promised: int
    approved: int
    executed: int


def _item(code: str, promised: int, approved: int, executed: int) -> Item:
    _, line, place = code.split("-")
    sector, ministry, title, deadline = SECTORS[line]
    ubigeo, district, municipality = DISTRICTS[place]
    return Item(
        code=code,
        title=title.format(district),
        sector=sector,
        ministry=ministry,
        ubigeo=ubigeo,
        municipality=municipality,
        deadline=None if code in WITHOUT_DEADLINE else deadline,
        followed=code not in WITHOUT_FOLLOW_UP,
        promised=promised,
        approved=approved,
        executed=executed,
    )


ITEMS = tuple(_item(code, *amounts) for code, amounts in AMOUNTS.items())


def soles(amount: int | Decimal) -> dict[str, str]:
    """Write an amount as commands take it."""
    return {"amount": f"{Decimal(amount):.2f}", "currency": "PEN"}
