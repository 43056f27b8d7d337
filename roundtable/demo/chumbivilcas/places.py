"""Where the story happens. The codes are those of the national statistics institute."""

PROVINCE = "0807"
DISTRICTS = {
    "ST": ("080701", "Santo Tomás", "MP-CHUMBIVILCAS"),
    "CA": ("080702", "Capacmarca", "MD-CAPACMARCA"),
    "CH": ("080703", "Chamaca", "MD-CHAMACA"),
    "CO": ("080704", "Colquemarca", "MD-COLQUEMARCA"),
    "LI": ("080705", "Livitaca", "MD-LIVITACA"),
    "LL": ("080706", "Llusco", "MD-LLUSCO"),
    "QU": ("080707", "Quiñota", "MD-QUINOTA"),
    "VE": ("080708", "Velille", "MD-VELILLE"),
}
"""Code of the district, its name, and the municipality that governs it."""

PARTNERS = ("ST", "CA", "LI", "QU")
"""The districts whose municipalities worked with CISAL, as a source besides the document has it."""
MUNICIPAL_TABLES = {place: f"MM-DEL-{place}" for place in DISTRICTS}
CONCERTED_PLANS = {place: f"PDC-{place}" for place in DISTRICTS}
LED_PLANS = {place: f"PDEL-{place}" for place in PARTNERS}
HANDOVERS = {place: f"TG-2018-{place}" for place in DISTRICTS}
"""What each municipality has, by district."""
LATER_HANDOVERS = {place: f"TG-2022-{place}" for place in ("ST", "QU")}
"""The handovers after the elections of 2022 of which the story tells."""


def territory(ubigeo: str) -> dict[str, str]:
    """Write a territory as commands take it."""
    return {"system": "PE-UBIGEO-INEI", "code": ubigeo}


def project_of(item: str) -> str:
    """Return the code of the project that serves an item."""
    return item.replace("DEMO-", "DEMO-PIP-", 1)
